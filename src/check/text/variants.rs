//! X019: one word written two ways in one text. Which of two is right may depend on the object (制定方案, 制订方案): then only the
//! same object counts.

use std::ops::Range;

use super::scan::{Scan, is_han};
use super::{Slip, in_title, prose};
use crate::diagnostic::{Code, say};
use crate::document::passage::Passage;

/// A word, its other form, and by how many characters of what follows they are held to say the same; 0: wherever they stand.
const VARIANTS: &[(&str, &str, usize)] = &[
    ("制定", "制订", 4),
    ("作出", "做出", 2),
    ("其他", "其它", 0),
    ("账户", "帐户", 0),
    ("账号", "帐号", 0),
    ("台账", "台帐", 0),
    ("唯一", "惟一", 0),
    ("%", "％", 0),
];

/// A form as it stands in a text.
struct Found {
    passage: usize,
    range: Range<usize>,
    object: String,
}

/// Words in two forms, reported where the rarer form stands first.
pub(in crate::check) fn two_forms(passages: &[Passage]) -> Vec<Slip> {
    let slip = |(right, wrong, length): &(&str, &str, usize)| {
        let (ones, others) = (places(passages, right, *length), places(passages, wrong, *length));
        let pair = others
            .iter()
            .find_map(|other| Some((ones.iter().find(|one| one.object == other.object)?, other)))?;
        let count = |forms: &[Found]| forms.iter().filter(|form| form.object == pair.0.object).count();
        // The form that stands more often is kept; of two, the first of the table.
        let keeps_right = count(&ones) >= count(&others);
        let (keep, other) = if keeps_right { pair } else { (pair.1, pair.0) };
        let text = |form: &Found| &passages[form.passage].text[form.range.clone()];
        let (kept, written) = (text(keep), text(other));
        Some(Slip {
            code: Code::X019,
            passage: other.passage,
            range: other.range.clone(),
            also: Some((
                keep.passage,
                keep.range.clone(),
                say(format!("这里写的是“{kept}”"), format!("\"{kept}\" here")),
            )),
            message: say(
                format!("同一个词两种写法：“{written}”和“{kept}”"),
                format!("one word is written two ways: \"{written}\" and \"{kept}\""),
            ),
            help: say(format!("全文统一，例如都写“{kept}”"), format!("write one form, such as \"{kept}\"")),
        })
    };
    VARIANTS.iter().filter_map(slip).collect()
}

/// Where a form stands outside titles, each with what follows it.
fn places(passages: &[Passage], form: &str, length: usize) -> Vec<Found> {
    let mut found = Vec::new();
    for (passage, own) in passages.iter().enumerate().filter(|(_, passage)| prose(passage.kind)) {
        let text = &own.text;
        for (at, _) in text.match_indices(form) {
            let mut scan = Scan::new(text, at + form.len());
            scan.any(&["出台", "印发"]);
            scan.any(&["了", "的"]);
            scan.any(&["《"]);
            let object = scan.run(length, is_han).to_owned();
            if !in_title(text, at) && (length == 0 || !object.is_empty()) {
                found.push(Found { passage, range: at..at + form.len(), object });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn a_word_has_one_form() {
        for (texts, slips) in [
            (&["制定了《提案办理方案》，制订提案办理方案。"][..], &["制订"][..]),
            (&["作出部署。", "做出部署，再次做出部署。"], &["作出"]),
            (&["其它单位、其他单位。"], &["其它"]),
            (&["占5%，比上年增长3％。"], &["％"]),
            (&["制定方案，制订计划，作出贡献，做出成绩。"], &[]),
            (&["其他单位，《其它管理办法》。"], &[]),
            (&["占5%，增长3%，建立台账、制定制度。"], &[]),
        ] {
            assert_eq!(told(two_forms, texts), slips, "{texts:?}");
        }
    }
}
