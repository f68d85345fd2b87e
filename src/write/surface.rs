//! All that can be read in a finished file: its text, and everything that is not seen at first. It is taken from
//! the file's bytes, so that nothing is missed that a writer or a template has put there.

mod html;
mod markdown;
mod pdf;
#[cfg(test)]
mod tests;

use crate::diagnostic::Say;

pub(super) use html::html;
pub(super) use markdown::markdown;
pub(super) use pdf::pdf;

/// A text in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surface {
    /// What it is in the file.
    pub what: Say,
    /// The words; [`APART`] stands between what is not read in one go.
    pub text: String,
    /// Numbers in it are lengths and places of a drawing, not facts.
    pub is_drawing: bool,
}

/// Stands between texts that are not read in one go, such as two cells.
pub const APART: char = '\u{1}';

/// Everything that can be read in a file of a format; nothing if the file cannot be read back.
pub type Surfaces = fn(&[u8]) -> Option<Vec<Surface>>;

impl Surface {
    fn new(what: Say, text: impl Into<String>) -> Self {
        Self { what, text: text.into(), is_drawing: false }
    }
}
