//! N001: a number without a source. Every number of a report is a figure, or part of a date, a name, a title or a
//! document's number; any other was typed, and will be wrong one day.

use std::ops::Range;

use super::Slip;
use crate::diagnostic::{Code, say};
use crate::document::passage::{Kind, Passage};

/// The numbers of a composed report that are in no figure. Cells that are a name, such as the id of a case, are as the data
/// has them; so are `contacts` wherever they stand.
pub fn naked(passages: &[Passage], is_name: impl Fn(&str) -> bool, contacts: &[&str]) -> Vec<Slip> {
    let mut found = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        let numbers = numbers(&passage.text);
        if numbers.is_empty() || passage.kind == Kind::Cell && is_name(&passage.text) {
            continue;
        }
        let named = named(&passage.text, contacts);
        for range in numbers {
            // “3+N” is a name; “5件大事” counts.
            let counts =
                passage.text[range.end..].starts_with(['件', '个', '项', '条', '家', '名', '人', '次', '%']);
            let quoted = |name: &&Range<usize>| name.contains(&range.start);
            let in_name = named.iter().find(quoted).is_some_and(|name| {
                !counts
                    || !passage.text[..name.start].is_empty() && !passage.text[name.clone()].starts_with('“')
            });
            let told = passage.is_made(range.start) || in_name;
            if told || is_part_of_more(&passage.text, &range) {
                continue;
            }
            let number = &passage.text[range.clone()];
            found.push(Slip {
                also: None,
                code: Code::N001,
                passage: index,
                range: range.clone(),
                message: say(
                    format!("数字 {number} 没有出处：不在数据、日期、编号、标题里"),
                    format!("nobody answers for the number {number}: it is in no figure, date, title or document number"),
                ),
                help: say(
                    "写进 figures.yaml 用 {{ fig(…) }} 取，或用 count() 从台账取；确实是名称的，用 allow 说明理由",
                    "declare it in figures.yaml and ask with {{ fig(…) }}, or count() it; if it is a name, say so under `allow`",
                ),
            });
        }
    }
    found
}

/// Runs of ASCII digits, with what stands between digits.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in (0..bytes.len()).filter(|at| digit(*at)) {
        match found.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            Some(last) if last.end + 1 == at && matches!(bytes[last.end], b'.' | b',') => last.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

/// Titles, quotations, and texts of the data: whatever stands in them is part of a name.
fn named(text: &str, contacts: &[&str]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (open, close) in [('《', '》'), ('“', '”')] {
        let (mut depth, mut start) = (0, 0);
        for (at, c) in text.char_indices() {
            if c == open {
                start = if depth == 0 { at } else { start };
                depth += 1;
            } else if c == close && depth > 0 {
                depth -= 1;
                if depth == 0 {
                    found.push(start..at);
                }
            }
        }
    }
    for words in contacts {
        found.extend(text.match_indices(words).map(|(at, _)| at..at + words.len()));
    }
    found
}

/// What may follow the digits of a date, of a document, of something that is counted by its name.
const AFTER: &[&str] = &["年", "月", "日", "时", "分", "号", "届", "次会议", "届会议"];

/// Whether a number is part of a date, a document's number, a range of them, or a name of letters and digits (5G, t4).
fn is_part_of_more(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if letter(before.chars().last()) || letter(after.chars().next()) {
        return true;
    }
    // 〔2021〕, 第13届, 2021—2025年, 5—8月: the first of two numbers is as good as the second.
    let bracketed = before.ends_with('〔') && after.starts_with('〕');
    let dash = after.strip_prefix(['—', '-', '–', '至']).map(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        &rest[digits..]
    });
    let dated = |after: &str| AFTER.iter().any(|word| after.starts_with(word));
    bracketed || dated(after) || dash.is_some_and(dated)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let passage =
            Passage { kind: Kind::Paragraph, text: text.to_owned(), made: std::iter::once(0..3).collect() };
        let slips = naked(&[passage], |_| false, &["65692205"]);
        slips.into_iter().map(|slip| &text[slip.range]).collect()
    }

    #[test]
    fn a_number_without_a_source_is_naked() {
        for (text, naked) in [
            ("138件，都已办结。", &[][..]),
            ("138件，另有5件。", &["5"]),
            ("全市增长3.20%，达1,450家。", &["3.20", "1,450"]),
            ("2021年9月1日前，2021—2025年，2020年5—8月。", &[]),
            ("国办发〔2014〕46号、2号议案、十四届二次会议。", &[]),
            ("5G、t4、“3+N”、《方案（2021-2025）》。", &[]),
            ("电话：65692205，另拨12345。", &["12345"]),
            ("《甲》收录10篇。", &["10"]),
            ("突出“8个坚持”，《5件事》除外。", &["8"]),
            ("不足8000", &["8000"]),
        ] {
            assert_eq!(found(text), naked, "{text}");
        }
    }
}
