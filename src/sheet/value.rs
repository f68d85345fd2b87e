//! From what stands in a cell to what the ledger says in its place. What cannot be read is handed on as it is: the ledger's own
//! checks say what is wrong with it.

use super::columns::{plain, table};
use super::grid::Value;
use super::template::is_day;
use crate::model::day::{self, Day};
use crate::model::profile::Class;
use crate::model::text::{half_width, is_blank};
use crate::model::{Column, Date, Decision, Kind, Level, Outcome, Reason, Role, Satisfaction};

/// What the values of a file go by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules<'a> {
    /// The year of days that do not say theirs.
    pub year: Option<i32>,
    /// Serial numbers count from 1904.
    pub from_1904: bool,
    /// The profile's letters for outcomes.
    pub classes: &'a [Class],
}

/// What was read with an assumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Assumed {
    /// The year of a day.
    Year,
    /// That a number is a day: the cell has not the format of one.
    Serial,
    /// The first outcome of a letter that stands for several.
    FirstOfLetter,
    /// The usual outcome of a letter that the profile does not have.
    UsualLetter,
    /// Several offices are joined.
    Joined,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reading {
    /// Nothing.
    Nothing,
    /// This.
    Said(String, Option<Assumed>),
    /// It has an error, or a formula without a value.
    Unusable,
}

/// The text of a cell, as it is shown.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Day(text) | Value::Error(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        Value::Uncounted => String::new(),
    }
}

/// Reads a cell of a column.
pub(super) fn read(column: Column, value: &Value, rules: Rules) -> Reading {
    if matches!(value, Value::Error(_) | Value::Uncounted) {
        return Reading::Unusable;
    }
    let text = shown(value);
    let squeezed: String = text.chars().filter(|c| !is_blank(*c)).collect();
    if table().is_nothing(&squeezed) {
        return Reading::Nothing;
    }
    let said = |text: String| Reading::Said(text, None);
    match column {
        column if is_day(column) => date(value, &text, rules),
        Column::Level
        | Column::Kind
        | Column::Role
        | Column::Decision
        | Column::Reason
        | Column::Satisfaction
        | Column::LeaderLed => said(term(column, &text).unwrap_or(text)),
        Column::Outcome => outcome(&text, rules),
        Column::Id => said(squeezed.chars().map(half_width).collect()),
        Column::Office => {
            let parts: Vec<String> = text
                .split([',', '，', ';', '；', '/', '、', '\n'])
                .map(line)
                .filter(|part| !part.is_empty())
                .collect();
            // A line break may also stand in a single long name.
            let is_wrapped = text.contains('\n') && !text.contains([',', '，', ';', '；', '/', '、']);
            match parts.as_slice() {
                _ if is_wrapped => said(line(&text)),
                [one] => said(one.clone()),
                _ => Reading::Said(parts.join("、"), Some(Assumed::Joined)),
            }
        }
        Column::Notes => said(text.trim().replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ")),
        _ => said(line(&text)),
    }
}

/// A text in one line: blanks between Chinese characters are gone, others are one; digits and letters are half-width.
fn line(text: &str) -> String {
    if !text.contains(|c| is_blank(c) || half_width(c) != c) {
        return text.to_owned();
    }
    let narrow = |c: char| match half_width(c) {
        half if half.is_ascii_alphanumeric() => half,
        _ => c,
    };
    let words: Vec<String> = text
        .split(is_blank)
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().map(narrow).collect())
        .collect();
    let mut out = String::with_capacity(text.len());
    for word in words {
        let joins = out.ends_with(|c: char| c.is_ascii()) && word.starts_with(|c: char| c.is_ascii());
        if joins && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word);
    }
    out
}

fn date(value: &Value, text: &str, rules: Rules) -> Reading {
    let said = |day: Date, assumed| Reading::Said(day.to_string(), assumed);
    if let Value::Number(number) = value
        && let Some(day) = day::serial(*number, rules.from_1904)
    {
        return said(day, Some(Assumed::Serial));
    }
    match day::read(text) {
        Some(Day::Whole(day)) => said(day, None),
        Some(Day::OfYear(month, of_month)) => {
            match rules.year.and_then(|year| Date::new(year, month, of_month)) {
                Some(day) => said(day, Some(Assumed::Year)),
                None => Reading::Said(text.trim().to_owned(), None),
            }
        }
        None => Reading::Said(text.trim().to_owned(), None),
    }
}

/// The ledger's term for a text: as it is, without 类 or 件, before brackets, or in them.
pub(super) fn term(column: Column, text: &str) -> Option<String> {
    let text = plain(text);
    let (before, inside) = match text.split_once('(') {
        Some((before, rest)) => (before, rest.trim_end_matches(')')),
        None => (text.as_str(), ""),
    };
    [text.as_str(), before, inside].into_iter().find_map(|word| {
        let upper = word.to_ascii_uppercase();
        let own = is_term(column, word).then(|| word.to_owned());
        own.or_else(|| table().word(column, &upper).map(str::to_owned))
    })
}

fn is_term(column: Column, word: &str) -> bool {
    match column {
        Column::Level => Level::parse(word).is_ok(),
        Column::Kind => Kind::parse(word).is_ok(),
        Column::Role => Role::parse(word).is_ok(),
        Column::Outcome => Outcome::parse(word).is_ok(),
        Column::Decision => Decision::parse(word).is_ok(),
        Column::Reason => Reason::parse(word).is_ok(),
        Column::Satisfaction => Satisfaction::parse(word).is_ok(),
        Column::LeaderLed => word == "true" || word == "false",
        _ => false,
    }
}

/// An outcome by its term or by its letter: `A`, `A类`, `已解决(A)`.
fn outcome(text: &str, rules: Rules) -> Reading {
    if let Some(term) = term(Column::Outcome, text) {
        return Reading::Said(term, None);
    }
    let name = plain(text);
    if let Some(class) = rules.classes.iter().find(|class| plain(&class.label) == name) {
        return first(class);
    }
    let letter = name.trim_end_matches('类').trim_matches(['(', ')']).to_ascii_uppercase();
    let letter = match letter.as_bytes() {
        [b'A'..=b'Z'] => letter,
        _ => return Reading::Said(text.trim().to_owned(), None),
    };
    if let Some(class) = rules.classes.iter().find(|class| *class.letter == *letter) {
        return first(class);
    }
    match table().letter(&letter).filter(|_| rules.classes.is_empty()) {
        Some(term) => Reading::Said(term.to_owned(), Some(Assumed::UsualLetter)),
        None => Reading::Said(text.trim().to_owned(), None),
    }
}

fn first(class: &Class) -> Reading {
    let assumed = (class.outcomes.len() > 1).then_some(Assumed::FirstOfLetter);
    let label = class.outcomes.first().map_or_else(String::new, |outcome| outcome.label().to_owned());
    Reading::Said(label, assumed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules = Rules { year: Some(2025), from_1904: false, classes: &[] };

    fn said(column: Column, text: &str) -> String {
        match read(column, &Value::Text(text.to_owned()), RULES) {
            Reading::Said(text, _) => text,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn values_are_read_as_offices_write_them() {
        for (column, text, expected) in [
            (Column::Id, "２０２５－０１", "2025-01"),
            (Column::Id, "（一）", "(一)"),
            (Column::Office, " 示例 处室 ", "示例处室"),
            (Column::Office, "示例\n处室", "示例处室"),
            (Column::Office, "\u{a0}示例\u{3000}", "示例"),
            (Column::Office, "示例一处；示例二处", "示例一处、示例二处"),
            (Column::Office, "示例一处/示例二处", "示例一处、示例二处"),
            (Column::Title, "关于５Ｇ 网络\n建设的 建议", "关于5G网络建设的建议"),
            (Column::Title, "关于 AI  for 科学", "关于AI for科学"),
            (Column::Role, "主办(牵头)", "主办"),
            (Column::Role, "协办", "协办"),
            (Column::Role, "牵头", "主办"),
            (Column::Role, "参办", "参办"),
            (Column::Kind, "委员提案", "政协提案"),
            (Column::Level, "市 级", "市"),
            (Column::Decision, "○", "全文公开"),
            (Column::Decision, "0", "不予公开"),
            (Column::LeaderLed, "√", "true"),
            (Column::Satisfaction, "满　意", "满意"),
            (Column::Outcome, "已解决(A)", "已解决"),
            (Column::Outcome, "Ｂ", "正在解决"),
            (Column::Outcome, "计划3年内解决", "计划3年内解决"),
            (Column::Replied, "3月5日", "2025-03-05"),
            (Column::Replied, "未答复", "未答复"),
            (Column::Replied, "—", "Nothing"),
            (Column::Notes, "无", "Nothing"),
        ] {
            assert_eq!(said(column, text), expected, "{text}");
        }
        let number = |column, number: f64| read(column, &Value::Number(number), RULES);
        assert_eq!(
            number(Column::Replied, 45_721.0),
            Reading::Said("2025-03-05".into(), Some(Assumed::Serial))
        );
        assert_eq!(number(Column::Replied, 20_250_305.0), Reading::Said("2025-03-05".into(), None));
        assert_eq!(number(Column::Id, 12.0), Reading::Said("12".into(), None));
        assert_eq!(read(Column::Decision, &Value::Flag(true), RULES), Reading::Said("全文公开".into(), None));
        assert_eq!(read(Column::Id, &Value::Uncounted, RULES), Reading::Unusable);
    }
}
