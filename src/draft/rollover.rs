//! Last year's report as the beginning of this year's: its files are changed by places, so that comments, order and layout
//! stay.

use std::fmt::Write;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::edit::{Edits, a_year_later, entries};
use super::{File, empty_ledger};
use crate::model::genre::PartKey;
use crate::model::parts::{NextYear, next_year};
use crate::model::todo::mark;
use crate::model::{Case, Dataset, Date, Genre, Kind, Level, Outcome, PromiseStatus};
use crate::sheet::is_spreadsheet;
use crate::source::{Cells, Scalar, Sources, Step, quoted, scalars};

/// The files of the report that follows `old`, which is kept in a folder called `name`.
pub fn rolled_over(old: &Dataset, sources: &Sources, name: &str, genre: &Genre) -> Vec<File> {
    let text = |file: &str| sources.text(file).unwrap_or_default();
    let (report, files) = (&old.report, &old.files);
    let mut made = vec![("report.yaml".to_owned(), self::report(text(&files.report), old, name, genre))];
    if let Some(ledger) = &report.ledger {
        made.push(match sources.cells(&files.cases) {
            Some(cells) => (of_next_year(ledger), heads(cells)),
            None => (ledger.to_string(), empty_ledger(i32::from(report.year) + 1)),
        });
    }
    if let Some(figures) = &report.figures {
        made.push((figures.to_string(), self::figures(text(&files.figures), name)));
    }
    if let Some(bodies) = &report.bodies {
        made.push((bodies.to_string(), text(&files.bodies).to_owned()));
    }
    // Of a built-in one there is no file.
    if let Some(profile) = report.profile.as_ref().filter(|_| sources.text(&files.profile).is_some()) {
        made.push((profile.to_string(), text(&files.profile).to_owned()));
    }
    made
}

/// The name of a spreadsheet's successor: a table of text that any program for spreadsheets opens.
fn of_next_year(ledger: &str) -> String {
    let stem = ledger.rsplit_once('.').map_or(ledger, |(stem, _)| stem);
    format!("{}.csv", a_year_later(stem))
}

/// An empty ledger with the heads of a spreadsheet. The mark at its beginning tells Excel that it is UTF-8.
fn heads(cells: &Cells) -> String {
    let quoted = |head: &String| match head.contains(['"', ',', '\n']) {
        true => format!("\"{}\"", head.replace('"', "\"\"")),
        false => head.clone(),
    };
    let heads: Vec<String> = cells.columns.iter().map(|(_, _, head)| quoted(head)).collect();
    format!("\u{feff}{}\r\n", heads.join(","))
}

fn report(text: &str, old: &Dataset, name: &str, genre: &Genre) -> String {
    let mut edits = Edits::default();
    let takes = |key: &str| genre.needs.iter().chain(&genre.takes).any(|PartKey(part)| part.key == key);
    let mut added = Vec::new();
    if old.report.ledger.is_some() {
        added.push(("last_year", last_year(old, name)));
    }
    if takes("promises") {
        added.extend(promises(old).map(|block| ("promises", block)));
    }
    let entries = entries(text);
    for (key, range) in &entries {
        if let Some((_, block)) = added.iter().find(|(own, _)| own == key) {
            edits.replace(range.clone(), block.clone());
            continue;
        }
        match next_year(key) {
            NextYear::Stays | NextYear::Reread => {}
            NextYear::Dropped => edits.replace(range.clone(), ""),
            NextYear::Commented(why) => {
                let lines = text[range.clone()].split_inclusive('\n').map(|line| format!("# {line}"));
                edits.replace(range.clone(), format!("{why}{}", lines.collect::<String>()));
            }
        }
    }
    let is_reread = |key: &str| next_year(key) == NextYear::Reread;
    let mut dated = Vec::new();
    for scalar in scalars(text).unwrap_or_default() {
        if let Some(new) = changed(&scalar, text, old.report.year) {
            dated.extend(Date::parse(&scalar.value).map(|_| scalar.range.start));
            edits.replace(scalar.range, new);
            continue;
        }
        let is_prose =
            |(key, range): &(&str, Range<usize>)| is_reread(key) && range.contains(&scalar.range.start);
        if entries.iter().any(is_prose) {
            for stale in stale_years(text, &scalar.range, old.report.year) {
                edits.replace(stale.clone(), mark(&text[stale]));
            }
        }
    }
    for (key, range) in &entries {
        if is_reread(key) {
            edits.insert(range.start, "# 沿用上年文字，请核对。 / Last year's words: read them again.\n");
        }
        if dated.iter().any(|at| range.contains(at)) {
            edits.insert(range.start, "# 日期比上年顺延一年，请核对。 / Days are a year on: check them.\n");
        }
        if *key == "year" {
            edits.insert(
                range.end,
                "# 定稿时删去这一行。 / Delete this line when it is finished.\ndraft: true\n",
            );
        }
    }
    edits.insert(
        0,
        format!(
            "# 由 {name} 沿用而来：todo 处待填写，其余请核对。 / Rolled over from {name}: fill in each todo, check the rest.\n"
        ),
    );
    let mut out = edits.apply(text);
    for (key, block) in added {
        if !entries.iter().any(|(own, _)| *own == key) {
            let gap = if out.ends_with('\n') { "\n" } else { "\n\n" };
            _ = write!(out, "{gap}{block}");
        }
    }
    out
}

/// What stands in the new report for a value of the old one; none: the same.
fn changed(scalar: &Scalar, text: &str, year: u16) -> Option<String> {
    let raw = &text[scalar.range.clone()];
    let keys: Vec<&str> = scalar.path.steps().iter().filter_map(key).collect();
    if let Some(day) = Date::parse(&scalar.value) {
        return Some(raw.replace(&scalar.value, &a_year_on(day)?.to_string()));
    }
    match keys.as_slice() {
        ["year"] => Some((year + 1).to_string()),
        ["ledger"] if is_spreadsheet(&scalar.value) => Some(quoted(&of_next_year(&scalar.value))),
        ["header", "number" | "copy_number"] => Some("todo".to_owned()),
        ["header", "title" | "title_lines" | "issues"] => Some(a_year_later(raw)).filter(|new| new != raw),
        _ => None,
    }
}

/// The years typed in last year's words that are not true of the new one: last year itself, and whatever stands beside a
/// `.previous`, which is another year's now. Each becomes something to find out, so that none is overlooked.
fn stale_years(text: &str, range: &Range<usize>, year: u16) -> Vec<Range<usize>> {
    let words = &text[range.clone()];
    let compares = words.contains(".previous");
    let mut found = Vec::new();
    for (at, _) in words.match_indices(['年', '〕']) {
        let Some(digits) = at.checked_sub(4).and_then(|start| words.get(start..at)) else { continue };
        let before = words[..at - 4].chars().next_back();
        let is_year = digits.bytes().all(|byte| byte.is_ascii_digit())
            && !before.is_some_and(|c| c.is_ascii_alphanumeric());
        let in_template = words[..at].rfind("{{") > words[..at].rfind("}}");
        if is_year && !in_template && (compares || digits.parse() == Ok(year)) {
            let start = range.start + at - 4;
            let unit = if words[at..].starts_with('年') { '年'.len_utf8() } else { 0 };
            found.push(start..start + 4 + unit);
        }
    }
    found
}

fn key(step: &Step) -> Option<&str> {
    match step {
        Step::Key(key) => Some(key),
        Step::Index(_) => None,
    }
}

/// The same day a year later; of 29 February, the 28th.
fn a_year_on(day: Date) -> Option<Date> {
    let day = NaiveDate::from(day);
    let (year, month) = (day.year() + 1, day.month());
    Date::new(year, month, day.day()).or_else(|| Date::new(year, month, 28))
}

/// `last_year:` by the old ledger.
fn last_year(old: &Dataset, name: &str) -> String {
    let mut out = "# 由上年的台账得出。 / As last year's ledger counts.\nlast_year:\n".to_owned();
    _ = writeln!(out, "  source: {}", quoted(&format!("《{}》", old.report.header.title)));
    _ = writeln!(out, "  report: {}", quoted(name));
    if old.cases.is_empty() {
        return out + "  total: todo\n";
    }
    _ = writeln!(out, "  total: {}\n  counts:", old.cases.len());
    for &level in Level::ALL {
        for &kind in Kind::ALL {
            let of = |case: &&Case| (case.level, case.kind) == (level, kind);
            let count = old.cases.iter().filter(of).count();
            if count > 0 {
                let (level, kind) = (level.label(), kind.label());
                _ = writeln!(out, "    - {{ level: {level}, kind: {kind}, count: {count} }}");
            }
        }
    }
    out
}

/// `promises:` by the old ledger's outcomes, whatever letter a scheme gives them, and what was still open of older ones; none
/// where nothing was promised.
fn promises(old: &Dataset) -> Option<String> {
    const PROMISED: [Outcome; 3] = [Outcome::InProgress, Outcome::Planned, Outcome::Constrained];
    let older = old.report.promises.iter().filter(|promise| promise.status != PromiseStatus::Done);
    let older = older.map(|own| (&own.id, &own.title, own.outcome, own.office.as_ref(), own.internal));
    let promised = |case: &&Case| case.outcome.is_some_and(|outcome| PROMISED.contains(&outcome));
    let cases = old.cases.iter().filter(promised);
    let cases = cases.map(|own| (&own.id, &own.title, own.outcome, Some(&own.office), own.is_withheld()));
    let mut out = String::new();
    for (id, title, outcome, office, is_internal) in older.chain(cases) {
        _ = writeln!(out, "  - id: {}\n    title: {}", quoted(id), quoted(title));
        if let Some(outcome) = outcome {
            _ = writeln!(out, "    outcome: {}", outcome.label());
        }
        if let Some(office) = office {
            _ = writeln!(out, "    office: {}", quoted(office));
        }
        out.push_str("    status: todo\n");
        if is_internal {
            out.push_str("    internal: true\n");
        }
    }
    let head = "# 上年答复承诺继续办理的事项，逐件交代：status 写 已落实 或 仍在办理；仍在办理的，reason 写明原因和安排。\n\
                # internal: true 的，上年的答复不予公开，只印在内部版里。\n\
                # What last year's answers promised: `status` is done or open; what is open has a `reason`. What is\n\
                # `internal` was withheld last year and is printed in the internal edition only.\n\
                promises:\n";
    (!out.is_empty()).then(|| format!("{head}{out}"))
}

fn figures(text: &str, name: &str) -> String {
    let mut edits = Edits::default();
    let all = scalars(text).unwrap_or_default();
    let of = |figure: &str, rest: &[&str]| {
        all.iter().find(|scalar| {
            let keys: Vec<&str> = scalar.path.steps().iter().filter_map(key).collect();
            keys.split_first()
                .is_some_and(|(first, own)| *first == "figures" && own.split_first() == Some((&figure, rest)))
        })
    };
    let common = all.iter().find(|scalar| scalar.path.to_string() == "as_of");
    for scalar in &all {
        let keys: Vec<&str> = scalar.path.steps().iter().filter_map(key).collect();
        match keys.as_slice() {
            ["as_of"] | ["figures", _, "as_of"] => {
                edits.replace(scalar.range.clone(), a_year_later(&text[scalar.range.clone()]));
            }
            ["figures", figure, "value"] => {
                let raw = &text[scalar.range.clone()];
                let as_of = of(figure, &["as_of"]).or(common).map_or("todo", |as_of| as_of.value.as_str());
                edits.replace(scalar.range.clone(), "todo");
                if let Some(before) = of(figure, &["previous", "value"]) {
                    edits.replace(before.range.clone(), raw);
                    if let Some(then) = of(figure, &["previous", "as_of"]) {
                        edits.replace(then.range.clone(), quoted(as_of));
                    }
                    if let Some(definition) = of(figure, &["previous", "definition"]) {
                        edits.replace(definition.range.clone(), "'todo: 口径与上年是否相同'");
                    }
                } else {
                    let line = text[..scalar.range.start].rfind('\n').map_or(0, |at| at + 1);
                    let before = &text[line..scalar.range.start];
                    let indent = before.len() - before.trim_start_matches(' ').len();
                    let previous = format!("previous: {{ value: {raw}, as_of: {} }}", quoted(as_of));
                    if before.trim_start().starts_with("value:") {
                        let end = text[scalar.range.end..]
                            .find('\n')
                            .map_or(text.len(), |at| scalar.range.end + at);
                        edits.insert(end, format!("\n{}{previous}", " ".repeat(indent)));
                    } else {
                        edits.insert(scalar.range.end, format!(", {previous}"));
                    }
                }
            }
            _ => {}
        }
    }
    let head = format!(
        "# 由 {name} 沿用而来：数值待填写，上年的数在 previous；时间和来源请核对。\n\
         # Rolled over from {name}: fill in the values, last year's are under `previous`; check days and sources.\n"
    );
    edits.insert(0, head);
    edits.apply(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_keeps_last_years_value_as_the_earlier_one() {
        let text = "as_of: 2021年 # 全部\nfigures:\n  a:\n    label: 甲\n    value: \"3.20\" # 公开数\n    unit: 项\n  b: { label: 乙, value: 5, unit: 家, as_of: 2020年底, previous: { value: 4, as_of: 2015年, definition: 旧 } }\n  c: { label: 丙, value: 7, unit: 家 }\n";
        let new = figures(text, "去年");
        let new = new.split_once("previous`; check days and sources.\n").unwrap().1;
        assert_eq!(
            new,
            "as_of: 2022年 # 全部\nfigures:\n  a:\n    label: 甲\n    value: todo # 公开数\n    previous: { value: \"3.20\", as_of: \"2021年\" }\n    unit: 项\n  b: { label: 乙, value: todo, unit: 家, as_of: 2021年底, previous: { value: 5, as_of: \"2020年底\", definition: 'todo: 口径与上年是否相同' } }\n  c: { label: 丙, value: todo, previous: { value: 7, as_of: \"2021年\" }, unit: 家 }\n"
        );
    }

    #[test]
    fn days_move_on_to_days_that_exist() {
        for (day, next) in
            [("2021-12-09", "2022-12-09"), ("2024-02-29", "2025-02-28"), ("2023-02-28", "2024-02-28")]
        {
            assert_eq!(a_year_on(Date::parse(day).unwrap()).unwrap().to_string(), next);
        }
    }
}
