//! The grid of 28 × 22 (5.2.3), drawn over the pages to show where everything stands in it.

use super::piece::{TURNED, UPRIGHT};
use super::{Ink, Page, Part, Rule};
use crate::policy::gbt9704 as law;

const HAIR: f32 = 0.2;
const PALE: Ink = Ink::Grey(0.7);

/// Draws the type area's lines and cells on every page. On a turned page the cells are those of the upright sheet.
pub fn show_grid(pages: &mut [Page]) {
    for page in pages {
        let area = if page.turned { TURNED } else { UPRIGHT };
        let [across, down] = if page.turned { [law::CELL, law::LINE] } else { [law::LINE, law::CELL] };
        let rule = |x, y, width, height| Rule { x, y, width, height, ink: PALE, part: Part::Artifact };
        let steps = |length: f32, step: f32| {
            let count = (length / step).round() as usize;
            (0..=count).map(move |index| index as f32 * step - HAIR / 2.0)
        };
        page.rules
            .extend(steps(area.height, across).map(|y| rule(area.left, area.top + y, area.width, HAIR)));
        page.rules.extend(steps(area.width, down).map(|x| rule(area.left + x, area.top, HAIR, area.height)));
    }
}
