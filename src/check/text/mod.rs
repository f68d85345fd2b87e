//! Rules over words: of a report that has been composed, or of any file. A rule looks at all passages,
//! since some slips show only beside another passage.

pub(super) mod bases;
pub(super) mod blanks;
mod clauses;
pub(super) mod counts;
pub(super) mod days;
pub(super) mod doubles;
pub(super) mod growth;
pub(super) mod joined;
pub(super) mod leads;
pub(super) mod lost;
pub(super) mod marks;
mod naked;
pub(super) mod names;
pub(super) mod numerals;
pub(super) mod ordinals;
pub(super) mod pairs;
pub(super) mod points;
pub(super) mod scan;
pub(super) mod spans;
pub(super) mod stops;
pub(super) mod sums;
pub(super) mod tables;
pub(super) mod titles;
pub(super) mod variants;

use std::ops::Range;

use crate::diagnostic::{Also, Code, Diagnostic, Say, Severity};
use crate::document::passage::{Kind, Passage};
use crate::source::Place;

use super::table::{Finder, Used, found};

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
    /// As a diagnostic, with the places of passages' bytes; `strict` makes an error of a warning that is one under `strict: true`.
    pub fn told(self, mut place: impl FnMut(usize, &Range<usize>) -> Place, strict: bool) -> Diagnostic {
        let own = place(self.passage, &self.range);
        let told = Diagnostic::error(self.code, own, self.message).help(self.help);
        let severity = severity(self.code, strict);
        let also = self.also.map(|(passage, range, label)| Also { place: place(passage, &range), label });
        Diagnostic { severity, also: also.into_iter().collect(), ..told }
    }
}

/// How bad a warning of a rule is in a report that is strict or not.
pub fn severity(code: Code, strict: bool) -> Severity {
    if strict && code.rule().is_strict { Severity::Error } else { Severity::Warning }
}

/// What is wrong with the words of some passages, in their order.
pub fn slips(passages: &[Passage]) -> Vec<Slip> {
    let found = found(|finder| match finder {
        Finder::Text(rule) => rule(passages),
        _ => Vec::new(),
    });
    sorted(passages, found)
}

/// The same for the passages of a report, with what is wrong with the figures that they name.
pub fn slips_of_report(passages: &[Passage], figures: &Used) -> Vec<Slip> {
    let found = found(|finder| match finder {
        Finder::Text(rule) => rule(passages),
        Finder::Counted(rule) => rule(passages, figures),
        _ => Vec::new(),
    });
    sorted(passages, found)
}

/// Rules that would have words written otherwise. The name of a document is as its issuer wrote it: what stands in 《》 is left alone.
const SPELLING: &[Code] = &[
    Code::X009,
    Code::X010,
    Code::X011,
    Code::X012,
    Code::X013,
    Code::X014,
    Code::X015,
    Code::X019,
    Code::X020,
];

fn sorted(passages: &[Passage], mut slips: Vec<Slip>) -> Vec<Slip> {
    let titled = |slip: &Slip| in_title(&passages[slip.passage].text, slip.range.start);
    slips.retain(|slip| !SPELLING.contains(&slip.code) || !titled(slip));
    slips.sort_by_key(|slip| (slip.passage, slip.range.start));
    slips
}

/// Whether a byte of a text stands in 《》.
fn in_title(text: &str, at: usize) -> bool {
    let opens = text[..at].rfind('《');
    let closes = text[..at].rfind('》');
    opens > closes && text[at..].contains('》')
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

    #[test]
    fn names_of_documents_are_as_their_issuers_wrote_them() {
        for words in ["截止目前其它帐户(试点)5KW项目", "2021-2025年、和３个", "5月12前增长了到5%"]
        {
            assert_eq!(slips(&paragraphs(&[&format!("印发《{words}的通知》。")])), [], "{words}");
            assert_ne!(slips(&paragraphs(&[&format!("印发{words}的通知。")])), [], "{words}");
        }
    }

    /// Paragraphs of these words.
    pub(super) fn paragraphs(texts: &[&str]) -> Vec<Passage> {
        texts.iter().map(|text| Passage::new(Kind::Paragraph, *text)).collect()
    }

    /// The words that a rule finds in some paragraphs.
    pub(super) fn told(rule: fn(&[Passage]) -> Vec<Slip>, texts: &[&str]) -> Vec<String> {
        let mut slips = rule(&paragraphs(texts));
        slips.sort_by_key(|slip| (slip.passage, slip.range.start));
        slips.into_iter().map(|slip| texts[slip.passage][slip.range].to_owned()).collect()
    }
}
