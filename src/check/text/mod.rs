//! Rules over words, whoever wrote them: a report that has been composed, or any file. One table; a rule looks at all
//! passages, since some slips show only beside another passage.

mod counts;
mod doubles;
mod growth;
mod marks;
mod measures;
mod naked;
mod names;
mod numerals;
mod ordinals;
mod pairs;
mod scan;
mod spans;
mod stops;
mod titles;

use std::ops::Range;

use crate::diagnostic::{Also, Code, Diagnostic, Say, Severity};
use crate::document::passage::{Kind, Passage};
use crate::source::Place;

/// Something wrong with the words of a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Slip {
    /// The rule's code.
    pub code: Code,
    /// The passage, by its position.
    pub passage: usize,
    /// The bytes of the passage's text.
    pub range: Range<usize>,
    /// Another place that it speaks of: passage, bytes, and what is there.
    pub also: Option<(usize, Range<usize>, Say)>,
    /// What is wrong.
    pub message: Say,
    /// What to do about it.
    pub help: Say,
}

impl Slip {
    /// As a diagnostic, with the places of passages' bytes.
    pub fn told(
        self,
        mut place: impl FnMut(usize, &Range<usize>) -> Place,
        severity: Severity,
    ) -> Diagnostic {
        let own = place(self.passage, &self.range);
        let told = Diagnostic::error(self.code, own, self.message).help(self.help);
        let also = self.also.map(|(passage, range, label)| Also { place: place(passage, &range), label });
        Diagnostic { severity, also: also.into_iter().collect(), ..told }
    }
}

/// Looks at all passages.
type OfPassages = fn(&[Passage]) -> Vec<Slip>;

/// The rules over any text.
const TEXT: &[super::Row<OfPassages>] = &[
    (Code::X001, pairs::unpaired),
    (Code::X002, marks::document_numbers),
    (Code::X003, marks::half_width),
    (Code::X004, doubles::doubled),
    (Code::X005, ordinals::out_of_series),
    (Code::X006, counts::miscounted),
    (Code::X007, stops::without_stop),
    (Code::X008, titles::cited_two_ways),
    (Code::X009, names::two_names),
    (Code::X010, growth::until),
    (Code::X011, numerals::units),
    (Code::X012, spans::years),
    (Code::X013, numerals::numbers),
    (Code::X014, growth::growth),
    (Code::X015, measures::lost),
];

/// What is wrong with the words of some passages, in their order.
pub fn slips(passages: &[Passage]) -> Vec<Slip> {
    let mut found: Vec<Slip> = TEXT.iter().flat_map(|(_, rule)| rule(passages)).collect();
    found.sort_by_key(|slip| (slip.passage, slip.range.start));
    found
}

/// What a rule finds in each passage of the wanted kinds, looked at alone.
fn every(
    passages: &[Passage],
    wanted: impl Fn(Kind) -> bool,
    look: impl Fn(usize, &Passage, &mut Vec<Slip>),
) -> Vec<Slip> {
    let mut found = Vec::new();
    let wanted = passages.iter().enumerate().filter(|(_, passage)| wanted(passage.kind));
    wanted.for_each(|(index, passage)| look(index, passage, &mut found));
    found
}

/// All but the cells of tables and lists, of which a ledger has hundreds of thousands.
fn prose(kind: Kind) -> bool {
    kind != Kind::Cell
}

pub use naked::naked;

#[cfg(test)]
mod tests {
    use super::*;

    /// Paragraphs of these words.
    pub(super) fn paragraphs(texts: &[&str]) -> Vec<Passage> {
        let passage =
            |text: &&str| Passage { kind: Kind::Paragraph, text: (*text).to_owned(), made: Vec::new() };
        texts.iter().map(passage).collect()
    }

    /// The words that a rule finds in some paragraphs.
    pub(super) fn told(rule: OfPassages, texts: &[&str]) -> Vec<String> {
        let mut slips = rule(&paragraphs(texts));
        slips.sort_by_key(|slip| (slip.passage, slip.range.start));
        slips.into_iter().map(|slip| texts[slip.passage][slip.range].to_owned()).collect()
    }
}
