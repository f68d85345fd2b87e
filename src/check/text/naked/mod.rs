//! N001: a number without a source. Every number of a report is a figure, or part of a date, a name, a title or a
//! document's number; any other was typed, and will be wrong one day.

mod numerals;

use std::ops::Range;

use super::Slip;
use crate::diagnostic::{Code, say};
use crate::document::passage::{Kind, Passage};
use crate::policy::names::NAMES;
use crate::policy::units::{LATIN, MARKS};

/// Numbers of a composed report that count something and are in no figure. A name of the ledger, such as the id of a case, is as
/// the data has it; so are `contacts` and `names` wherever they stand.
pub fn naked(
    passages: &[Passage],
    is_name: impl Fn(&str) -> bool,
    contacts: &[&str],
    names: &[&str],
) -> Vec<Slip> {
    let mut found = Vec::new();
    let known: Vec<&str> = NAMES.iter().chain(names).copied().collect();
    for (index, passage) in passages.iter().enumerate() {
        let text = &passage.text;
        let mut numbers: Vec<Range<usize>> = numbers(text);
        numbers.retain(|range| !is_part_of_more(text, range));
        numbers.extend(numerals::quantities(text));
        if numbers.is_empty() || passage.kind == Kind::Cell && is_name(text) {
            continue;
        }
        numbers.sort_by_key(|range| range.start);
        let titles = named(text, contacts);
        let phrases = phrases(text, &known);
        for range in numbers {
            // “3+N” is a name; “5件大事” counts.
            let counts = text[range.end..].starts_with(['件', '个', '项', '条', '家', '名', '人', '次', '%']);
            let quoted = |name: &&Range<usize>| name.contains(&range.start);
            let in_name = titles.iter().find(quoted).is_some_and(|name| {
                !counts || !text[..name.start].is_empty() && !text[name.clone()].starts_with('“')
            });
            let in_phrase =
                phrases.iter().any(|phrase| phrase.start <= range.start && range.start < phrase.end);
            if passage.is_made(range.start) || in_name || in_phrase || ends_id(text, &range, &is_name) {
                continue;
            }
            let number = &text[range.clone()];
            found.push(Slip {
                also: None,
                code: Code::N001,
                passage: index,
                range: range.clone(),
                message: say(
                    format!("数字 {number} 没有出处：不在数据、日期、编号、标题里"),
                    format!("the number {number} has no source: it is in no figure, date, title or document number"),
                ),
                help: say(
                    "写进 figures.yaml 用 {{ fig(…) }} 取，或用 count() 从台账取；是名称的，写进 names，或用 allow 说明理由",
                    "declare it in figures.yaml and ask with {{ fig(…) }}, or count() it; if it is part of a name, write that under `names`, or `allow` it",
                ),
            });
        }
    }
    found
}

/// Longest id of a case that is known in running text, in characters.
const LONGEST_ID: usize = 24;

/// Whether a number ends a name of the ledger with letters in it, such as the id 市案-01.
fn ends_id(text: &str, range: &Range<usize>, is_name: &impl Fn(&str) -> bool) -> bool {
    let before = text[..range.start].char_indices().rev().take(LONGEST_ID);
    before.filter(|(_, c)| !c.is_ascii_digit()).any(|(at, _)| is_name(&text[at..range.end]))
}

/// Where set phrases stand in a text, not inside a longer number: 110 is none in 1100.
fn phrases(text: &str, known: &[&str]) -> Vec<Range<usize>> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let whole = |at: usize, phrase: &str| {
        let (behind, after) = (text[..at].chars().next_back(), &text[at + phrase.len()..]);
        let joined = digit(behind) && digit(phrase.chars().next());
        let longer = phrase.ends_with(|c: char| c.is_ascii_digit())
            && after.starts_with(|c: char| {
                c.is_ascii_alphanumeric() || ".,件个家人项万亿元名条次场户".contains(c) || MARKS.contains(&c)
            });
        !joined && !longer
    };
    let places = known.iter().flat_map(|phrase| text.match_indices(phrase));
    places.filter(|(at, phrase)| whole(*at, phrase)).map(|(at, phrase)| at..at + phrase.len()).collect()
}

/// Runs of digits, of full width as well, with what stands between them.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    for (at, c) in text.char_indices().filter(|(_, c)| is_digit(*c)) {
        let end = at + c.len_utf8();
        match found.last_mut() {
            Some(last) if last.end == at => last.end = end,
            Some(last) if matches!(&text[last.end..at], "." | "," | "．") => last.end = end,
            _ => found.push(at..end),
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

/// Whether a number is part of a date, a time, an ordinal, a document's number or a name of letters and digits (5G, t4).
fn is_part_of_more(text: &str, range: &Range<usize>) -> bool {
    let (before, after, digits) = (&text[..range.start], &text[range.end..], &text[range.clone()]);
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if letter(before.chars().last()) || before.ends_with('第') {
        return true;
    }
    if letter(after.chars().next()) {
        let word = after.chars().take_while(|c| c.is_ascii_alphanumeric() || "²³".contains(*c)).count();
        let word: String = after.chars().take(word).collect();
        return !LATIN.contains(&word.as_str());
    }
    if after.starts_with(MARKS) {
        return false;
    }
    // 〔2021〕, 第13届, 2021—2025年, 5—8月: the first of two numbers is as good as the second.
    if before.ends_with('〔') && after.starts_with('〕') {
        return true;
    }
    let dash = after.strip_prefix(['—', '-', '–', '至', '～', '~']).and_then(|rest| {
        let other = rest.bytes().take_while(u8::is_ascii_digit).count();
        (other > 0).then(|| (&rest[other..], &rest[..other]))
    });
    is_dated(before, digits, after) || dash.is_some_and(|(after, other)| is_dated(before, other, after))
}

/// Whether digits before some words say when, or which one: a year and not a number of years.
fn is_dated(before: &str, digits: &str, after: &str) -> bool {
    let value: Option<u32> = digits.parse().ok();
    let is = |range: std::ops::RangeInclusive<u32>| value.is_some_and(|value| range.contains(&value));
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    let begins = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
    if after.starts_with('年') {
        // 3年, 满10年以上 last; 2021年, 90年代 and 21年底 say when.
        return is(1000..=2999) || begins(&["年代", "年底", "年初", "年度"]) && is(0..=99);
    }
    if after.starts_with('月') {
        return is(1..=12);
    }
    if after.starts_with('日') {
        return is(1..=31) && (ends(&["月", "、", "—", "-", "至"]) || !begins(&["日内", "日之内", "日以内"]));
    }
    if after.starts_with(['时', '分']) && !after.starts_with("分之") && !after.starts_with("时长") {
        return is(0..=60) && !begins(&["分钟", "分贝"]);
    }
    if begins(&["次会议", "次全会", "届"]) {
        return ends(&["届", "第"]) || after.starts_with('届');
    }
    begins(&["号", "世纪", "级", "版", "层楼", "栋", "室", "路公交"])
        || (is(1900..=2099) && begins(&["—", "-", "）", "》"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let passage =
            Passage { made: std::iter::once(0..3).collect(), ..Passage::new(Kind::Paragraph, text) };
        let slips = naked(&[passage], |name| name == "市案-01", &["65692205"], &["3号线"]);
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
            ("全长120km、50MW、500m²、12℃，另有90 ％。", &["120", "50", "500", "12", "90"]),
            ("满3年、10年以上，近3000人，召开4次会议，30日内答复。", &["3", "10", "3000", "4", "30"]),
            ("第3次会议，十四届2次会议，90年代，20世纪90年代，9时30分。", &[]),
            ("拨打12345热线，世界500强、PM2.5、2.0版、A4纸、3号线。", &[]),
            ("增加１２家，走访三十五家，九成以上满意，另有500家。", &["１２", "三十五家", "九成", "500"]),
            ("除市案-01外，市案-02、01。", &["02", "01"]),
            ("110接警110件，占5—8%，1/3的建议。", &["110", "5", "8", "1", "3"]),
        ] {
            assert_eq!(found(text), naked, "{text}");
        }
    }
}
