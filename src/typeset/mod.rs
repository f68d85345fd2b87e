//! Typesetting: a document goes in, pages of placed glyphs come out.
//!
//! The phases, a file each: [`faces`] finds who draws a character (`names` says which family serves which role), `shape`
//! puts characters in boxes (`kind` says how each behaves), `lines` ends and fills the lines, `title` shapes the title,
//! `head`, `close` and `imprint` set the elements around the text, `draft` says on each page that it is none yet, `table` sets
//! tables, `list` lists, `figure` the drawings that [`chart`] makes, `flow` turns a document into a row of pieces (`piece`),
//! `fill` puts those on pages. [`tree`] says what each of them is for those who do not see the page. The numbers are GB/T 9704's,
//! from [`crate::policy::gbt9704`]. Nothing here knows PDF.

pub mod chart;
mod close;
mod draft;
pub mod faces;
mod figure;
mod fill;
mod flow;
mod grid;
mod head;
mod imprint;
mod kind;
mod lines;
mod list;
mod names;
mod piece;
mod role;
mod shape;
mod table;
mod title;
pub mod tree;

use std::collections::BTreeSet;

use crate::document::Document;
use fill::{Filled, fill};
use shape::Shaper;

pub use faces::{FaceFile, FaceId, Faces, Loaded};
pub use grid::show_grid;
pub use role::Role;
pub use tree::{Element, Node, NodeId, Part, Tree};

/// A set document.
#[derive(Debug, Clone, PartialEq)]
pub struct Typeset {
    /// At least one page.
    pub pages: Vec<Page>,
    /// What is on them.
    pub tree: Tree,
    /// Characters that no face has, each once, in order of appearance; 〓 stands in their place.
    pub missing: Vec<Missing>,
}

/// A character that no face has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The character.
    pub ch: char,
    /// The text around it.
    pub context: String,
}

/// One A4 page; lengths in points, origin at the top left of the sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The sheet is turned a quarter to the right to be read: its top is the upright sheet's left edge. Places of `runs` and
    /// `rules` are those on the turned sheet, 297 mm wide and 210 mm high; the page number stays where it is on other pages.
    pub turned: bool,
    /// The text, in reading order.
    pub runs: Vec<Run>,
    /// Lines and areas.
    pub rules: Vec<Rule>,
    /// The page number, and that it is a draft's: no part of the text.
    pub folio: Vec<Run>,
}

/// Glyphs of one face and size on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The face.
    pub face: FaceId,
    /// Size of type.
    pub size: f32,
    /// Distance of the baseline from the top of the page.
    pub baseline: f32,
    /// The colour.
    pub ink: Ink,
    /// Who reads it.
    pub part: Part,
    /// It stands on a pale ground: something is still to be found out.
    pub is_todo: bool,
    /// From left to right.
    pub glyphs: Vec<Glyph>,
}

/// A placed glyph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// Its origin.
    pub x: f32,
    /// The character it stands for.
    pub text: char,
}

/// A filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// To the right.
    pub width: f32,
    /// Downwards.
    pub height: f32,
    /// The colour.
    pub ink: Ink,
    /// Who reads it: a figure, or no reader.
    pub part: Part,
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ink {
    /// From black, 0, to white, 1.
    Grey(f32),
    /// The red of official documents (6.2).
    Red,
    /// The ground of what is still to be found out.
    Pale,
}

impl Ink {
    /// BL 100 % (6.2), the colour of all text for which there is no other (5.2.4).
    pub const BLACK: Ink = Ink::Grey(0.0);
}

/// Sets a document by GB/T 9704.
pub fn typeset(document: &Document, faces: &Faces) -> Typeset {
    let mut shaper = Shaper::new(faces);
    // No page holds parts of both text and annexes, so the annexes, which hold the ledger, are set meanwhile.
    let (text, annexes) = std::thread::scope(|scope| {
        let annexes = scope.spawn(|| {
            let mut shaper = Shaper::new(faces);
            let annexes = document.annexes.iter().map(|annex| fill(flow::annex(annex, &mut shaper)));
            let annexes: Vec<(Filled, Tree)> = annexes.collect();
            (annexes, shaper.missing)
        });
        let (flowed, moved) = flow::text(document, &mut shaper);
        let text = (fill(flowed), moved);
        (text, annexes.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let ((mut filled, mut tree), moved) = text;
    for (annex, branch) in annexes.0 {
        filled.append(annex, tree.adopt(branch));
    }
    let imprint = imprint::set(moved, &document.imprint, &mut tree, &mut shaper);
    let mut pages = fill::close(filled, imprint, &mut shaper);
    if document.draft.is_some() {
        draft::mark(&mut pages, &mut shaper);
    }
    let mut missing = shaper.missing;
    missing.extend(annexes.1);
    let mut seen = BTreeSet::new();
    missing.retain(|missing| seen.insert(missing.ch));
    Typeset { pages, tree, missing }
}
