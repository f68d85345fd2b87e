//! Numbers of the text that no figure declares, turned into declarations: each gets a name, a label from the words around it, its value
//! and its unit, and the text asks for it by that name.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;

use serde::Serialize;

use super::edit::{Edits, entries};
use crate::document::number;
use crate::model::About;
use crate::policy::units::{COUNTERS, LATIN, MARKS, MEASURES};
use crate::source::{Scalar, quoted, scalars};

/// A number that may become a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// The bytes of the report that the request takes the place of: the number with its unit and what says that it is not exact.
    #[serde(skip)]
    pub range: Range<usize>,
    /// The figure's name.
    pub name: String,
    /// What it measures, by the words around it.
    pub label: String,
    /// Its value.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// The word that says that it is not exact.
    pub about: Option<About>,
    /// `{{ fig(name="…") }}`
    pub request: String,
}

/// What ends the words that say what a number is.
const ENDS: &str = "，。；：！？、（）,;:!?()“”《》\n{}【】\"'";
/// Characters of a label on each side of its number.
const LONGEST: usize = 10;
/// Verbs before a number that say nothing of what it is.
const VERBS: &[&str] = &[
    "达到",
    "超过",
    "共计",
    "累计",
    "分别为",
    "合计",
    "达",
    "为",
    "共",
    "约",
    "近",
    "逾",
    "超",
    "是",
    "有",
    "了",
    "的",
];

/// A proposal for each number at these bytes of a report; none for one that has no unit, is no number by itself or stands where no
/// request can stand. `taken` are the names that there are.
pub fn proposals(report: &str, numbers: &[Range<usize>], taken: &BTreeSet<String>) -> Vec<Proposal> {
    let mut taken = taken.clone();
    let mut found: Vec<Proposal> = Vec::new();
    let scalars = scalars(report).unwrap_or_default();
    for range in numbers {
        let scalar =
            scalars.iter().find(|scalar| scalar.range.start <= range.start && range.end <= scalar.range.end);
        let Some(scalar) = scalar else { continue };
        let Some((mut proposal, chinese)) = read(report, range) else { continue };
        let overlaps = |other: &Proposal| {
            other.range.start < proposal.range.end && proposal.range.start < other.range.end
        };
        if found.iter().any(overlaps) {
            continue;
        }
        let key = entries(report).into_iter().find(|(_, entry)| entry.contains(&range.start));
        let key = key.map_or("figure", |(key, _)| key);
        let name = (1..).map(|serial| format!("{key}_{serial}")).find(|name| !taken.contains(name));
        proposal.name = name.unwrap_or_default();
        // Within double quotes a request has single ones.
        let written = &report[scalar.range.clone()];
        let mark = if written.starts_with('"') { '\'' } else { '"' };
        let numerals = if chinese { ", chinese=true" } else { "" };
        proposal.request = format!("{{{{ fig(name={mark}{}{mark}{numerals}) }}}}", proposal.name);
        // A value without quotes cannot begin with a request, nor have one among brackets.
        let plain = !written.starts_with(['"', '\'', '|', '>']);
        if plain && !is_same_data(&scalars, &with_requests(report, std::slice::from_ref(&proposal))) {
            continue;
        }
        taken.insert(proposal.name.clone());
        found.push(proposal);
    }
    found
}

/// Whether a text has the same values at the same places as before, whatever they say.
fn is_same_data(before: &[Scalar], after: &str) -> bool {
    let after = scalars(after).unwrap_or_default();
    before.len() == after.len() && before.iter().zip(&after).all(|(one, other)| one.path == other.path)
}

/// The number at some bytes with its unit and its label, and whether it is in Chinese numerals.
fn read(text: &str, range: &Range<usize>) -> Option<(Proposal, bool)> {
    let digits = &text[range.clone()];
    let numeral =
        digits.find(|c: char| !"〇零一二三四五六七八九十百千两".contains(c)).unwrap_or(digits.len());
    let (value, end) = match digits.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
    {
        true => (narrow(digits)?, range.end),
        false => (number::number(&digits[..numeral])?.to_string(), range.start + numeral),
    };
    let chinese = end != range.end || numeral > 0;
    let (unit, mut about, mut end) = unit(text, end)?;
    let mut start = range.start;
    for word in About::ALL {
        match word.around() {
            ["", "", after] if about.is_none() && text[end..].starts_with(after) => {
                (about, end) = (Some(*word), end + after.len())
            }
            [before, "", ""] if about.is_none() && text[..start].ends_with(before) => {
                (about, start) = (Some(*word), start - before.len())
            }
            _ => {}
        }
    }
    let label = label(text, &(start..end));
    let (name, request) = Default::default();
    Some((Proposal { range: start..end, name, label, value, unit, about, request }, chinese))
}

/// Digits without separators, of full width as well; none of anything else.
fn narrow(digits: &str) -> Option<String> {
    let digit = |c: char| match c {
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        '．' => Some('.'),
        c => (c.is_ascii_digit() || c == '.').then_some(c),
    };
    digits.chars().filter(|c| *c != ',').map(digit).collect()
}

/// The unit behind a number, 余 or 多 between them, and where the unit ends.
fn unit(text: &str, start: usize) -> Option<(String, Option<About>, usize)> {
    let rest = &text[start..];
    let odd = [About::Odd, About::More].into_iter().find(|word| rest.starts_with(word.label()));
    let from = start + odd.map_or(0, |word| word.label().len());
    let rest = text[from..].trim_start_matches(' ');
    let from = text.len() - text[from..].len() + (text[from..].len() - rest.len());
    // 5万余人 has 余 within its unit.
    let tens = ["万亿", "亿", "万"].into_iter().find(|tens| rest.starts_with(tens)).map_or(0, str::len);
    let more =
        ["余", "多"].into_iter().find(|more| tens > 0 && rest[tens..].starts_with(more)).map_or(0, str::len);
    let behind = &rest[tens + more..];
    let words = MEASURES.iter().chain(COUNTERS).chain(LATIN);
    let own = words.filter(|unit| behind.starts_with(**unit)).map(|unit| unit.len()).max();
    let mark = || behind.chars().next().filter(|c| MARKS.contains(c)).map(char::len_utf8);
    let length = tens + more + own.or_else(mark).unwrap_or(0);
    (length > 0).then(|| (rest[..length].to_owned(), odd, from + length))
}

/// What a number is, by the words of its clause before it and behind it.
fn label(text: &str, range: &Range<usize>) -> String {
    let within = |c: &char| !ENDS.contains(*c);
    let before: Vec<char> = text[..range.start].chars().rev().take(LONGEST).take_while(within).collect();
    let mut before: String = before.into_iter().rev().filter(|c| !c.is_whitespace()).collect();
    while let Some(rest) = VERBS.iter().find_map(|verb| before.strip_suffix(verb)) {
        before = rest.to_owned();
    }
    let after: String =
        text[range.end..].chars().take(LONGEST).take_while(within).filter(|c| !c.is_whitespace()).collect();
    let label = before + &after;
    if label.is_empty() { text[range.clone()].to_owned() } else { label }
}

/// The report with the requests in place of its numbers.
pub fn with_requests(report: &str, proposals: &[Proposal]) -> String {
    let mut edits = Edits::default();
    for proposal in proposals {
        edits.replace(proposal.range.clone(), &*proposal.request);
    }
    edits.apply(report)
}

/// The declarations of proposals, to stand under `figures:`; where the file says of itself who says so and of when, they do not.
pub fn declarations(proposals: &[Proposal], has_source: bool, has_day: bool) -> String {
    let mut out = String::new();
    for proposal in proposals {
        // Writing to memory cannot fail.
        _ = write!(
            out,
            "  {}:\n    label: {}\n    value: {}\n    unit: {}\n",
            proposal.name,
            quoted(&proposal.label),
            proposal.value,
            quoted(&proposal.unit)
        );
        if let Some(about) = proposal.about {
            _ = writeln!(out, "    about: {}", about.label());
        }
        if !has_source {
            out.push_str("    source: todo\n");
        }
        if !has_day {
            out.push_str("    as_of: todo\n");
        }
    }
    out
}

/// A file of figures with declarations more: behind those that it has.
pub fn with_declarations(figures: &str, declarations: &str) -> String {
    let entries = entries(figures);
    let Some((_, range)) = entries.iter().find(|(key, _)| *key == "figures") else {
        let gap = if figures.is_empty() || figures.ends_with('\n') { "" } else { "\n" };
        return format!("{figures}{gap}figures:\n{declarations}");
    };
    let entry = &figures[range.clone()];
    let empty = entry.trim_end().ends_with("{}");
    let entry = if empty { entry.replacen(" {}", "", 1) } else { entry.to_owned() };
    let gap = if entry.ends_with('\n') { "" } else { "\n" };
    format!("{}{entry}{gap}{declarations}{}", &figures[..range.start], &figures[range.end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "\
genre: note
overview: |-
  全年举办对接活动15场，培训1,700余名业务骨干，
  近2000名代表参加，占比98.5%。
practices: { preamble: \"走访企业三十五家。\", items: [{ title: 培训5000人次, text: \"投入3.2亿元以上\" }] }
note: '共12项'
";

    /// The proposals for these numbers, each wherever it stands first.
    fn of(numbers: &[&str]) -> Vec<Proposal> {
        let at = |number: &&str| {
            let start = REPORT.find(number).unwrap();
            start..start + number.len()
        };
        proposals(
            REPORT,
            &numbers.iter().map(at).collect::<Vec<_>>(),
            &BTreeSet::from(["overview_1".to_owned()]),
        )
    }

    #[test]
    fn numbers_are_declared_by_the_words_around_them() {
        let found = of(&["15", "1,700", "2000", "98.5", "三十五家", "5000", "3.2", "12"]);
        let rows: Vec<_> = found
            .iter()
            .map(|row| {
                (&*row.name, &*row.label, &*row.value, &*row.unit, row.about, &REPORT[row.range.clone()])
            })
            .collect();
        assert_eq!(
            rows,
            [
                ("overview_2", "全年举办对接活动", "15", "场", None, "15场"),
                ("overview_3", "培训业务骨干", "1700", "名", Some(About::Odd), "1,700余名"),
                ("overview_4", "代表参加", "2000", "名", Some(About::Nearly), "近2000名"),
                ("overview_5", "占比", "98.5", "%", None, "98.5%"),
                ("practices_1", "走访企业", "35", "家", None, "三十五家"),
                ("practices_2", "投入", "3.2", "亿元", Some(About::AtLeast), "3.2亿元以上"),
                ("note_1", "12项", "12", "项", None, "12项"),
            ]
        );
        let text = with_requests(REPORT, &found);
        for request in [
            "活动{{ fig(name=\"overview_2\") }}，培训{{ fig(name=\"overview_3\") }}业务",
            "\"走访企业{{ fig(name='practices_1', chinese=true) }}。\"",
            "'共{{ fig(name=\"note_1\") }}'",
            "title: 培训5000人次",
        ] {
            assert!(text.contains(request), "{text}");
        }
        let read: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(read["note"], "共{{ fig(name=\"note_1\") }}");
    }

    #[test]
    fn declarations_stand_behind_those_that_there_are() {
        let found = of(&["15", "1,700"]);
        let figures = "# 头\nsource: 统计\nfigures:\n  a: { label: 甲, value: 1, unit: 个 }  # 注\n\n# 关系\nrelations: ['a = a']\n";
        let text = with_declarations(figures, &declarations(&found, true, false));
        assert_eq!(
            text,
            "# 头\nsource: 统计\nfigures:\n  a: { label: 甲, value: 1, unit: 个 }  # 注\n  overview_2:\n    label: 全年举办对接活动\n    value: 15\n    unit: 场\n    as_of: todo\n  overview_3:\n    label: 培训业务骨干\n    value: 1700\n    unit: 名\n    about: 余\n    as_of: todo\n\n# 关系\nrelations: ['a = a']\n"
        );
        let empty = with_declarations("figures: {}\n", "  b: 1\n");
        assert_eq!(empty, "figures:\n  b: 1\n");
        assert_eq!(with_declarations("", "  b: 1\n"), "figures:\n  b: 1\n");
    }
}
