//! X020: 、 right before 和, 及 or 或. The word joins the last item by itself (GB/T 15834): 甲、乙和丙; 以及 has ，before it.

use super::scan::Scan;
use super::{Slip, every, prose};
use crate::diagnostic::{Code, say};
use crate::document::passage::Passage;

/// The words, with the characters that make another word of them: 、和谐, 、及时, 、与会代表, 、或许.
const JOINS: &[(&str, &str)] = &[
    ("以及", ""),
    ("和", "谐平睦解好气美顺蔼善田县硕政静林龙山布约声弦衷盘而"),
    ("及", "时早格其至物第笄"),
    ("与", "会否此其时日众国"),
    ("或", "许然称"),
];

/// 、 that stands before a word that joins.
pub(in crate::check) fn twice(passages: &[Passage]) -> Vec<Slip> {
    every(passages, prose, |index, passage, found| {
        let text = &passage.text;
        for (at, mark) in text.match_indices('、') {
            let mut scan = Scan::new(text, at + mark.len());
            let word = JOINS.iter().find(|(word, _)| scan.word(word));
            let Some((word, others)) = word else { continue };
            let other = scan.peek().is_some_and(|c| others.contains(c));
            if other || scan.peek().is_none() {
                continue;
            }
            let right =
                if matches!(*word, "以及" | "及") { format!("，{word}") } else { (*word).to_owned() };
            found.push(Slip {
                also: None,
                code: Code::X020,
                passage: index,
                range: at..scan.at,
                message: say(
                    format!("顿号和“{word}”不连用：{}", super::scan::cut(&text[at..], 8)),
                    format!("\"、\" before \"{word}\": {}", super::scan::cut(&text[at..], 8)),
                ),
                help: say(format!("写成“{right}”"), format!("write \"{right}\"")),
            });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn the_last_item_is_joined_once() {
        for (text, slips) in [
            ("建议、提案、和议案。", &["、和"][..]),
            ("主办、会办、及参阅件。", &["、及"]),
            ("市教育局、以及各区，代表、或委员。", &["、以及", "、或"]),
            ("文明、和谐、和睦，准确、及时，领导、与会代表。", &[]),
            ("建议、提案和议案，主办件，以及会办件。", &[]),
            ("快、及时、和平区。", &[]),
        ] {
            assert_eq!(told(twice, &[text]), slips, "{text}");
        }
    }
}
