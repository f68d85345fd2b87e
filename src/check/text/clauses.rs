//! X004, of clauses: a clause that stands twice in one sentence, and words that stand twice in one clause.

use std::ops::Range;

use super::scan::is_han;
use super::{Slip, every, prose};
use crate::diagnostic::{Code, say};
use crate::document::passage::Passage;

/// As many Han characters say something: fewer come twice by themselves.
const SHORTEST: usize = 8;

/// Marks that part the clauses of a sentence, of half width as well.
const MARKS: &[char] = &['，', '；', '：', '（', '）', '【', '】', ',', ';', ':', '(', ')'];

/// Clauses and parts of clauses that are repeated.
pub(super) fn doubled(passages: &[Passage]) -> Vec<Slip> {
    every(passages, prose, |index, passage, found| {
        let text = &passage.text;
        for sentence in pieces(text, 0..text.len(), &['。', '！', '？', '\n']) {
            let clauses = pieces(text, sentence, MARKS);
            for (at, clause) in clauses.iter().enumerate() {
                let words = text[clause.clone()].trim();
                let said = words.chars().count() >= SHORTEST && words.chars().all(is_han);
                let first = clauses[..at].iter().find(|other| said && text[(*other).clone()].trim() == words);
                let inner = || within(text, clause.clone());
                let Some(range) = first.map(|_| clause.clone()).or_else(inner) else { continue };
                let twice = &text[range.clone()];
                found.push(Slip {
                    also: None,
                    code: Code::X004,
                    passage: index,
                    message: say(
                        format!("同一句里“{twice}”写了两次"),
                        format!("\"{twice}\" stands twice in one sentence"),
                    ),
                    help: say("删去重复的一处", "delete one of the two"),
                    range,
                });
            }
        }
    })
}

/// The pieces of a range of a text between some marks.
fn pieces(text: &str, range: Range<usize>, marks: &[char]) -> Vec<Range<usize>> {
    let start = range.start;
    let mut at = start;
    let mut found = Vec::new();
    for piece in text[range].split(marks) {
        found.push(at..at + piece.len());
        at += piece.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// The second of two equal runs of Han characters in a clause, none of them in a title or a quotation or beside 、, which joins
/// what is alike.
fn within(text: &str, clause: Range<usize>) -> Option<Range<usize>> {
    let words = &text[clause.clone()];
    if words.contains(['《', '》', '“', '”', '、']) {
        return None;
    }
    let chars: Vec<(usize, char)> = words.char_indices().collect();
    for first in 0..chars.len() {
        for second in first + SHORTEST..chars.len().saturating_sub(SHORTEST - 1) {
            let run = (0..second - first)
                .take_while(|step| {
                    chars.get(second + step).is_some_and(|(_, c)| is_han(*c) && *c == chars[first + step].1)
                })
                .count();
            if run >= SHORTEST {
                let end = chars.get(second + run).map_or(words.len(), |(at, _)| *at);
                return Some(clause.start + chars[second].0..clause.start + end);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn a_sentence_says_a_thing_once() {
        for (text, slips) in [
            ("认真做好提案办理工作，加强督办，认真做好提案办理工作。", &["认真做好提案办理工作"][..]),
            ("关于加强农村公路养护的建议关于加强农村公路养护的建议已答复。", &["关于加强农村公路养护的建议"]),
            ("对人大代表建议办理情况和人大代表建议办理情况的通报。", &["人大代表建议办理情况"]),
            ("认真做好提案办理工作。认真做好提案办理工作。", &[]),
            ("坚持问题导向，坚持目标导向，坚持结果导向，主动公开，依法公开。", &[]),
            ("市政协十四届一次会议提案12件，市政协十四届一次会议建议案1件。", &[]),
            ("出台技术转移示范机构管理办法,组织技术转移示范机构入驻大市场。", &[]),
            ("《市政协提案办理工作办法》和《市政协提案办理工作办法实施细则》。", &[]),
        ] {
            assert_eq!(told(doubled, &[text]), slips, "{text}");
        }
    }
}
