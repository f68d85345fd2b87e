//! Typesetting: a document goes in, pages of placed glyphs come out.
//!
//! The phases, a file each: [`faces`] finds who draws a character (`names` says which family serves which role), `shape`
//! puts characters in boxes (`kind` says how each behaves), `lines` ends and fills the lines, `title` shapes the title,
//! `table` sets tables, `flow` turns blocks into lines and tables in order, `fill` puts those on pages. The numbers are
//! GB/T 9704's, from [`crate::policy::gbt9704`]. Nothing here knows PDF.

pub mod chart;
pub mod faces;
mod fill;
mod flow;
mod kind;
mod lines;
mod names;
mod shape;
mod table;
mod title;

use std::collections::BTreeSet;

use crate::document::Document;
use shape::Shaper;

pub use faces::{FaceFile, FaceId, Faces, Role};

/// A set document.
#[derive(Debug, Clone, PartialEq)]
pub struct Typeset {
    /// At least one page.
    pub pages: Vec<Page>,
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
    /// The text, in reading order.
    pub runs: Vec<Run>,
    /// The rules of tables.
    pub rules: Vec<Rule>,
    /// The page number, no part of the text.
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
}

/// Sets a document by GB/T 9704.
pub fn typeset(document: &Document, faces: &Faces) -> Typeset {
    let mut shaper = Shaper::new(faces);
    // No page holds parts of both text and annexes, so the annexes, which hold the ledger, are set meanwhile.
    let (mut pages, annexes) = std::thread::scope(|scope| {
        let annexes = scope.spawn(|| {
            let mut shaper = Shaper::new(faces);
            let set = |annex| fill::fill(flow::annex(annex, &mut shaper));
            let pages: Vec<Page> = document.annexes.iter().flat_map(set).collect();
            (pages, shaper.missing)
        });
        let text = fill::fill(flow::text(document, &mut shaper));
        (text, annexes.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    pages.extend(annexes.0);
    fill::number(&mut pages, &mut shaper);
    let mut missing = shaper.missing;
    missing.extend(annexes.1);
    let mut seen = BTreeSet::new();
    missing.retain(|missing| seen.insert(missing.ch));
    Typeset { pages, missing }
}
