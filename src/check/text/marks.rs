//! X002: the year of a document's number stands in 〔〕. X003: Chinese text has full-width marks.

use std::ops::Range;

use super::scan::{Scan, before, cut, is_chinese, is_han};
use super::{Slip, every, prose};
use crate::diagnostic::{Code, Lang, say};
use crate::document::passage::Passage;

/// What is taken for 〔 and 〕.
const BRACKETS: [(char, char); 8] = [
    ('〔', '〕'),
    ('（', '）'),
    ('(', ')'),
    ('【', '】'),
    ('[', ']'),
    ('［', '］'),
    ('〖', '〗'),
    ('﹝', '﹞'),
];

/// The last character of an issuer's code.
const CODES: &str = "发办函字文";

/// Words that end in such a character and are no code.
const NO_CODES: &[&str] = &[
    "印发", "下发", "转发", "签发", "颁发", "开发", "核发", "补发", "研发", "主办", "承办", "会办", "分办",
    "协办", "交办", "督办", "代办", "举办", "来函", "复函", "发函", "致函", "数字", "文字", "公文", "发文",
    "来文", "收文",
];

/// Document numbers whose year stands in other brackets, or in none.
pub(in crate::check) fn document_numbers(passages: &[Passage]) -> Vec<Slip> {
    every(
        passages,
        |_| true,
        |index, passage, found| {
            let text = &passage.text;
            for (end, word) in text.match_indices('号') {
                let Some((range, right)) = bracketed(text, end).or_else(|| bare(text, end)) else { continue };
                let range = range.start..end + word.len();
                let words = &text[range.clone()];
                found.push(Slip {
                    also: None,
                    code: Code::X002,
                    passage: index,
                    message: say(
                        format!("发文字号的年份没有用“〔〕”：{words}"),
                        format!("the year of a document's number is not in \"〔〕\": {words}"),
                    ),
                    help: say(format!("写成“{right}”"), format!("write \"{right}\"")),
                    range,
                });
            }
        },
    )
}

/// A year in brackets before the number that ends at a byte: where it begins, and how it is written.
fn bracketed(text: &str, end: usize) -> Option<(Range<usize>, String)> {
    let number = serial(text, end)?;
    let head = text[..end - number.len()].trim_end_matches('第');
    let (close_at, close) = head.char_indices().next_back()?;
    let year = year(&head[..close_at])?;
    let head = &head[..close_at - year.len()];
    let (open_at, open) = head.char_indices().next_back()?;
    let opens = BRACKETS.iter().any(|(bracket, _)| *bracket == open);
    let closes = BRACKETS.iter().any(|(_, bracket)| *bracket == close);
    let right = (open, close) == BRACKETS[0];
    let coded = before(text, open_at).is_some_and(is_han);
    (opens && closes && coded && !right).then(|| (open_at..end, format!("〔{year}〕{number}号")))
}

/// A code and bare digits before a byte, as in 国办发201446号.
fn bare(text: &str, end: usize) -> Option<(Range<usize>, String)> {
    let digits = serial(text, end).filter(|digits| (5..=8).contains(&digits.len()))?;
    let (year, number) = (year(&digits[..4])?, &digits[4..]);
    let head = &text[..end - digits.len()];
    let (code_at, code) = head.char_indices().next_back()?;
    let coded = CODES.contains(code) && before(text, code_at).is_some_and(is_han);
    let named = coded && !NO_CODES.iter().any(|word| head.ends_with(word));
    named.then(|| (code_at..end, format!("{code}〔{year}〕{number}号")))
}

/// The ASCII digits that end at a byte.
fn serial(text: &str, end: usize) -> Option<&str> {
    let count = text[..end].bytes().rev().take_while(u8::is_ascii_digit).count();
    (count > 0).then(|| &text[end - count..end])
}

/// The four digits of a year at the end of a text.
fn year(text: &str) -> Option<&str> {
    serial(text, text.len())
        .filter(|year| year.len() == 4 && (year.starts_with("19") || year.starts_with("20")))
}

/// The half-width marks, each with the one that Chinese text has.
const HALF: [(char, &str); 13] = [
    (',', "，"),
    (':', "："),
    (';', "；"),
    ('?', "？"),
    ('!', "！"),
    ('.', "。"),
    ('(', "（"),
    (')', "）"),
    ('"', "“”"),
    ('<', "〈"),
    ('>', "〉"),
    ('\'', "‘’"),
    ('-', "—"),
];

/// Names of two parts that are joined by a short hyphen (GB/T 15834, 4.13.3.1): 吐鲁番-哈密盆地.
const HYPHENED: &[&str] =
    &["盆地", "断裂", "构造", "造山", "二氏", "综合征", "定律", "效应", "反应", "方程", "模型"];

/// More paragraphs than this with half-width marks, and the whole text is written with them: that is said once.
const HABIT: usize = 10;

/// Half-width marks beside Chinese text, reported once a passage, or once for prose that has them throughout.
pub(in crate::check) fn half_width(passages: &[Passage]) -> Vec<Slip> {
    let in_prose = |slip: &Slip| prose(passages[slip.passage].kind);
    let (mut found, cells): (Vec<Slip>, Vec<Slip>) =
        half_width_each(passages).into_iter().partition(in_prose);
    if found.len() > HABIT {
        let more = found.len() - 1;
        found.truncate(1);
        for slip in &mut found {
            let (zh, en) = (slip.message.get(Lang::Zh), slip.message.get(Lang::En));
            slip.message = say(
                format!("{zh}；另有{more}段也是这样"),
                format!("{en}; {more} more paragraphs are like it"),
            );
            slip.help = say("全文换成全角标点", "write full-width marks throughout");
        }
    }
    found.extend(cells);
    found
}

fn half_width_each(passages: &[Passage]) -> Vec<Slip> {
    every(
        passages,
        |_| true,
        |index, passage, found| {
            let text = &passage.text;
            let marks = half_marks(text);
            let Some((first, _)) = marks.first() else { return };
            let counted = |(mark, wide): &(char, &'static str)| {
                let count = marks.iter().filter(|(_, found)| found == mark).count();
                (count > 0).then(|| (format!("“{mark}”{count}处"), format!("{count} × \"{mark}\""), *wide))
            };
            let counts: Vec<_> = HALF.iter().filter_map(counted).collect();
            let zh: Vec<&str> = counts.iter().map(|row| row.0.as_str()).collect();
            let en: Vec<&str> = counts.iter().map(|row| row.1.as_str()).collect();
            let wide: Vec<&str> = counts.iter().map(|row| row.2).collect();
            let words = cut(&text[near(text, *first)..], 12);
            found.push(Slip {
                also: None,
                code: Code::X003,
                passage: index,
                range: *first..first + 1,
                message: say(
                    format!("汉字旁边用了半角标点，{}：{words}", zh.join("、")),
                    format!("half-width marks beside Han characters, {}: {words}", en.join(", ")),
                ),
                help: say(
                    format!("改成全角的 {}", wide.join(" ")),
                    format!("write the full-width {}", wide.join(" ")),
                ),
            });
        },
    )
}

/// Some characters before a byte.
fn near(text: &str, at: usize) -> usize {
    text[..at].char_indices().rev().take(6).last().map_or(at, |(start, _)| start)
}

/// The half-width marks of a text that should be full-width.
fn half_marks(text: &str) -> Vec<(usize, char)> {
    if text.is_ascii() || !text.bytes().any(|b| HALF.iter().any(|(mark, _)| *mark as u32 == u32::from(b))) {
        return Vec::new();
    }
    let addresses = addresses(text);
    let mut found = Vec::new();
    // Brackets that have been opened, and pointed ones beside Chinese text: they are judged in pairs.
    let (mut round, mut pointed) = (Vec::new(), None);
    for (at, mark) in text.char_indices().filter(|(_, c)| c.is_ascii_punctuation()) {
        if super::in_title(text, at) {
            continue;
        }
        let address = addresses.partition_point(|range| range.end <= at);
        if addresses.get(address).is_some_and(|range| range.contains(&at)) {
            continue;
        }
        let (ahead, behind) = (before(text, at), text[at + 1..].chars().next());
        let (after_chinese, to_chinese) = (ahead.is_some_and(is_chinese), behind.is_some_and(is_chinese));
        let wrong = match mark {
            ',' | ';' => after_chinese || to_chinese,
            ':' => after_chinese || behind.is_some_and(is_han),
            '?' | '!' => after_chinese,
            '-' => {
                let name = text[at + 1..].chars().take(6).collect::<String>();
                let joined = ahead.is_some_and(is_han) && behind.is_some_and(is_han);
                joined && !HYPHENED.iter().any(|end| name.contains(end))
            }
            // Not the dot of a file's name, nor that of an ordinal.
            '.' => after_chinese && !behind.is_some_and(|c| c.is_ascii_alphanumeric()),
            '(' => {
                round.push(after_chinese || to_chinese);
                after_chinese || to_chinese
            }
            ')' => round.pop().unwrap_or(false) || after_chinese,
            '"' | '\'' => {
                let letters = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                (after_chinese && !letters(behind))
                    || (to_chinese && !letters(ahead))
                    || (after_chinese && to_chinese)
            }
            '<' => {
                pointed = to_chinese.then_some(at);
                false
            }
            '>' if after_chinese => {
                found.extend(pointed.take().into_iter().flat_map(|open| [(open, '<'), (at, '>')]));
                false
            }
            _ => false,
        };
        found.extend(wrong.then_some((at, mark)));
    }
    found.sort_unstable();
    found
}

/// Addresses of the net, and of mail: runs of ASCII without the marks at their ends.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut scan = Scan::new(text, 0);
    while scan.peek().is_some() {
        scan.run(usize::MAX, |c| !c.is_ascii_graphic());
        let start = scan.at;
        let run = scan.run(usize::MAX, |c| c.is_ascii_graphic());
        if run.contains("://") || run.contains('@') || run.contains("www.") {
            let mark = |c: char| c.is_ascii_punctuation() && c != '/';
            let lead = run.len() - run.trim_start_matches(mark).len();
            found.push(start + lead..start + run.trim_end_matches(mark).len());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::{paragraphs, told};
    use super::*;

    #[test]
    fn a_document_number_has_its_year_in_its_brackets() {
        for (text, slips) in [
            ("（武科办【2021】1号）", &["【2021】1号"][..]),
            ("国办发[2014]46号、鄂政发（2021）12号", &["[2014]46号", "（2021）12号"]),
            ("国办发〔2014)46号", &["〔2014)46号"]),
            ("(国办发201446号)", &["发201446号"]),
            ("国办发〔2014〕46号、（2021）鄂01民终5号、2号议案", &[]),
            ("已印发202146号、主办2021件、第2021015号、学字20210012345号", &[]),
        ] {
            assert_eq!(told(document_numbers, &[text]), slips, "{text}");
        }
    }

    #[test]
    fn chinese_text_has_full_width_marks() {
        for (text, count) in [
            ("2021年,市科技局办理138件(主办45件,会办93件):办结.", 6),
            ("落实《规划(2021—2025年)》,办结。", 1),
            ("贯彻落实<工作条例>,推进\"放管服\"改革!", 6),
            ("邮箱372047@qq.com;邮编:430023", 2),
            ("省-市-县三级，中-小学，吐鲁番-哈密盆地，A-B，甲—乙。", 3),
            ("上午8:30，增长3.20%，达1,450家，见https://a.cn/b?c=1,d。", 0),
            ("1.强化领导。R&D（GB/T 9704, 2012）；附件.docx；A<B，5>3。It's f(x)为函数。", 0),
        ] {
            assert_eq!(half_marks(text).len(), count, "{text}");
        }
        let slips = half_width(&paragraphs(&["甲,乙,丙:丁"]));
        assert_eq!(slips.len(), 1);
        let message = slips[0].message.get(Lang::Zh);
        assert_eq!(message, "汉字旁边用了半角标点，“,”2处、“:”1处：甲,乙,丙:丁");
        assert_eq!(half_width(&paragraphs(&["甲,乙"; 10])).len(), 10);
        let slips = half_width(&paragraphs(&["甲,乙"; 11]));
        assert_eq!(slips.len(), 1);
        assert!(slips[0].message.get(Lang::Zh).ends_with("甲,乙；另有10段也是这样"));
    }
}
