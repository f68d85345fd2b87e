//! Rules over words, whoever wrote them: a report that has been composed, or any file. One table; a rule looks at all
//! passages, since some slips show only beside another passage.

mod naked;

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Say, Severity};
use crate::document::passage::Passage;
use crate::source::Place;

/// Something wrong with the words of a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Slip {
    /// The rule's code.
    pub code: &'static str,
    /// The passage, by its position.
    pub passage: usize,
    /// The bytes of the passage's text.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: Say,
    /// What to do about it.
    pub help: Say,
}

impl Slip {
    /// As a diagnostic at a place.
    pub fn at(self, place: Place, severity: Severity) -> Diagnostic {
        Diagnostic { severity, ..Diagnostic::error(self.code, place, self.message).help(self.help) }
    }
}

/// Looks at all passages.
type OfPassages = fn(&[Passage]) -> Vec<Slip>;

/// The rules over any text.
const TEXT: &[super::Row<OfPassages>] = &[];

/// What is wrong with the words of some passages, in their order.
pub fn slips(passages: &[Passage]) -> Vec<Slip> {
    let mut found: Vec<Slip> = TEXT.iter().flat_map(|(_, rule)| rule(passages)).collect();
    found.sort_by_key(|slip| (slip.passage, slip.range.start));
    found
}

pub use naked::naked;
