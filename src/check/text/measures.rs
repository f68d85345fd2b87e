//! X015: a count of cases that lost its 件, in a paragraph that counts others with it.

use super::scan::{Scan, cut};
use super::{Slip, every, prose};
use crate::diagnostic::{Code, say};
use crate::document::passage::Passage;

/// What stands before a count of cases.
const COUNTED: &[&str] =
    &["建议案", "建议", "提案", "议案", "主办", "承办", "独办", "分办", "会办", "协办", "参阅"];
/// Marks after which the next count begins, or where one in brackets is opened or closed.
const NEXT: &str = "，,、；;。（(）)";

/// Counts of cases without a measure word, beside counts that have it.
pub(in crate::check) fn lost(passages: &[Passage]) -> Vec<Slip> {
    every(passages, prose, |index, passage, found| {
        let text = &passage.text;
        // 建议 ends 代表建议 and begins 建议案: whatever matches, the number has to stand right behind it.
        let counts = || {
            let ends = COUNTED
                .iter()
                .flat_map(|word| text.match_indices(word).map(|(at, word)| (at, at + word.len())));
            ends.filter_map(|(at, end)| {
                let mut scan = Scan::new(text, end);
                // 建议案 is one word, not an 议案.
                let inside = text[at..].starts_with("议案") && text[..at].ends_with('建');
                (!scan.digits().is_empty() && !inside).then_some((at, scan))
            })
        };
        if !counts().any(|(_, mut scan)| scan.word("件")) {
            return;
        }
        for (at, scan) in counts() {
            if !scan.peek().is_some_and(|next| NEXT.contains(next)) {
                continue;
            }
            let words = &text[at..scan.at];
            let shown = cut(scan.rest(), 4);
            found.push(Slip {
                also: None,
                code: Code::X015,
                passage: index,
                range: at..scan.at,
                message: say(
                    format!("“{words}”后面没有“件”：{words}{shown}"),
                    format!("no measure word after \"{words}\": {words}{shown}"),
                ),
                help: say(format!("写成“{words}件”"), format!("write \"{words}件\"")),
            });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn counts_keep_their_measure_word() {
        for (text, expected) in [
            ("代表建议7（主办3件，会办4件），市政协建议案1（为主办件）。", &["建议7", "建议案1"][..]),
            ("主办6件,会办14、参阅2件。", &["会办14"]),
            ("代表建议7件，政协提案5件。", &[]),
            ("落实建议1、建议2、建议3。", &[]),
            ("主办6件，其中建议1号由局长领办，提案2021001号已答复。", &[]),
            ("主办率占会办30%，主办6件。", &[]),
        ] {
            assert_eq!(told(lost, &[text]), expected, "{text}");
        }
    }
}
