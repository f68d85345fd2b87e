//! 草稿 on every page, in the head margin: a single sheet says that it is not the final document.

use super::Page;
use super::lines::set_whole;
use super::piece::{BODY, UPRIGHT};
use super::role::Role;
use super::shape::Shaper;
use super::tree::Part;
use crate::policy::gbt9704 as law;

/// From the head of the sheet to the foot of the words: the middle of the margin above the type area.
const BASELINE: f32 = law::TOP_MARGIN / 2.0;

/// Marks every page, blank ones too. On a turned page the words stand where they do on others, as the page number does.
pub(super) fn mark(pages: &mut [Page], shaper: &mut Shaper) {
    let text = shaper.shape(&[(Role::Hei, "草\u{3000}稿")], BODY, Part::Artifact);
    let line = set_whole(&text, UPRIGHT.centred());
    for page in pages {
        page.folio.extend(line.clone().placed(BASELINE));
    }
}
