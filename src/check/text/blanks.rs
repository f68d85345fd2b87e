//! X017: words that were to be replaced: XX, ××, ＿＿, 〇〇件, 待定, TODO, （此处…）.

use super::scan::before;
use super::{Slip, every};
use crate::diagnostic::{Code, say};
use crate::document::passage::Passage;

/// Words that are placeholders wherever they stand.
const WORDS: &[&str] =
    &["TODO", "TBD", "待定", "待补充", "待填", "待完善", "（略）", "（此处", "（待", "〔 〕", "（  ）"];
/// Characters that are placeholders where two or more stand together.
const RUNS: &[char] = &['X', '×', '＿', '_', '〇', '○', '□', '＊', '*', '?', '？'];
/// Characters of a run that mean something on their own beside these: 100××, a_b.
const WITH_LATIN: &[char] = &['X', '_', '*', '?'];

/// Every placeholder of a text.
pub(in crate::check) fn placeholders(passages: &[Passage]) -> Vec<Slip> {
    every(
        passages,
        |_| true,
        |index, passage, found| {
            let text = &passage.text;
            let words =
                WORDS.iter().flat_map(|word| text.match_indices(word)).map(|(at, word)| at..at + word.len());
            let mut ranges: Vec<_> = words.filter(|range| !is_named(text, range.start)).collect();
            let mut chars = text.char_indices().peekable();
            while let Some((start, c)) = chars.next() {
                if !RUNS.contains(&c) {
                    continue;
                }
                let mut end = start + c.len_utf8();
                let mut length = 1;
                while let Some((at, _)) = chars.next_if(|(_, next)| *next == c) {
                    end = at + c.len_utf8();
                    length += 1;
                }
                if length > 1 && stands_alone(text, c, start, end) {
                    ranges.push(start..end);
                }
            }
            ranges.sort_by_key(|range| range.start);
            for range in ranges {
                let words = &text[range.clone()];
                found.push(Slip {
                    also: None,
                    code: Code::X017,
                    passage: index,
                    message: say(
                        format!("“{words}”是没有填的地方"),
                        format!("\"{words}\" stands for something that is not filled in"),
                    ),
                    range,
                    help: say(
                        "填上，或写成 todo（那样就是草稿）",
                        "fill it in, or write `todo`: then it is a draft",
                    ),
                });
            }
        },
    )
}

/// Whether a word belongs to a longer one: 等待定期.
fn is_named(text: &str, at: usize) -> bool {
    text[at..].starts_with("待定")
        && (before(text, at) == Some('等') || text[at + "待定".len()..].starts_with('期'))
}

/// Whether a run is not part of a word of letters, of a year (二〇〇〇年), of a product (3××4) or of emphasis.
fn stands_alone(text: &str, c: char, start: usize, end: usize) -> bool {
    let (behind, after) = (before(text, start), text[end..].chars().next());
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let numeral = |c: Option<char>| c.is_some_and(|c| "一二三四五六七八九年〇".contains(c));
    match c {
        '〇' | '○' => !numeral(behind) && !matches!(after, Some('年' | '一' | '二' | '三')),
        '？' | '?' => latin(behind) && after.is_some_and(|c| "件个项家".contains(c)),
        _ if WITH_LATIN.contains(&c) => !latin(behind) && !latin(after),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn what_is_left_to_be_filled_in() {
        for (text, slips) in [
            ("共办理XX件，××局牵头。", &["XX", "××"][..]),
            ("日期：＿＿年＿＿月。", &["＿＿", "＿＿"]),
            ("主办〇〇件，会办□□件。", &["〇〇", "□□"]),
            ("牵头单位待定，TODO，（此处补充做法）。", &["待定", "TODO", "（此处"]),
            ("二〇〇〇年、二〇二〇年", &[]),
            ("等待定期回访，XXL 号，3×4，A×B。", &[]),
            ("办得怎么样？？他问。", &[]),
            ("第十四届人大第三次会议（略有调整）。", &[]),
        ] {
            assert_eq!(told(placeholders, &[text]), slips, "{text}");
        }
    }
}
