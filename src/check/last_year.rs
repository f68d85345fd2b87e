//! F006: last year's report is kept beside this one, and says otherwise of last year.

use super::exact::measured;
use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::model::{Dataset, Report};
use crate::source::{Path, Place, Sources};

/// What could be read of last year's report: its facts with the texts that they are from, or why there are none.
pub type LastReport = Result<(Dataset, Sources), Say>;

/// Compare this report's numbers of last year with last year's report.
pub(super) fn differs(dataset: &Dataset, last: &LastReport) -> Vec<Diagnostic> {
    let Some(ours) = &dataset.report.last_year else { return Vec::new() };
    let file = &dataset.files.report;
    let named = Place::value(file, Path::root().key("last_year").key("report"));
    let (last, sources) = match last {
        Ok(last) => last,
        Err(why) => return vec![Diagnostic::error(Code::F006, named, why.clone()).help(keep_or_drop())],
    };
    if i32::from(last.report.year) + 1 != i32::from(dataset.report.year) {
        let (year, own) = (last.report.year, dataset.report.year);
        let message = say(
            format!("{} 写的是{year}年，不是本报告（{own}年）的上一年", last.files.report),
            format!("{} is of {year}, not of the year before {own}", last.files.report),
        );
        return vec![Diagnostic::error(Code::F006, named, message).help(keep_or_drop())];
    }
    let mut found = Vec::new();
    if last.report.ledger.is_some() {
        for (index, row) in ours.counts.iter().enumerate() {
            let same =
                last.cases.iter().filter(|case| (case.level, case.kind) == (row.level, row.kind)).count();
            if same != row.count.0 as usize {
                let at = Path::root().key("last_year").key("counts").index(index).key("count");
                let label = format!("{}{}", row.level.label(), row.kind.label());
                found.push(counted(file, at, &label, row.count.0, (&last.files.cases, same)));
            }
        }
        let all = last.cases.len();
        if let Some(total) = ours.total.filter(|total| found.is_empty() && all != *total as usize) {
            // Counts by kind that are all right make no right total where one is missing.
            let key = if ours.counts.is_empty() { "total" } else { "counts" };
            let at = Path::root().key("last_year").key(key);
            found.push(counted(file, at, "合计", total, (&last.files.cases, all)));
        }
    }
    found.extend(dataset.declared.iter().filter_map(|(name, figure)| {
        let previous = figure.previous.as_ref()?;
        let then = last.declared.get(name)?;
        if previous.value.is_todo() || then.value.is_todo() {
            return None;
        }
        let years = (year(&previous.as_of), then.as_of.as_ref().and_then(|as_of| year(as_of)));
        if matches!(years, (Some(ours), Some(theirs)) if ours != theirs) {
            return None;
        }
        let own = measured(&previous.value.to_string(), &figure.unit);
        let other = measured(&then.value.to_string(), &then.unit);
        let equal = own.zip(other).is_some_and(|((own, unit), (other, of))| {
            unit == of && own.compare(other).is_some_and(|order| order.is_eq())
        });
        if equal {
            return None;
        }
        let at = Path::root().key("figures").key(name.to_string());
        let place = Place::value(&dataset.files.figures, at.key("previous").key("value"));
        let theirs = Place::value(&last.files.figures, at.key("value"));
        let spot = spot(&theirs, sources);
        let (value, unit, was, its) = (&previous.value, &figure.unit, &then.value, &then.unit);
        let message = say(
            format!("{name} 上年写作 {value}{unit}，上年的报告是 {was}{its}（{spot}）"),
            format!("`{name}` was {value} {unit} by this report, {was} {its} by last year's ({spot})"),
        );
        let told = Diagnostic::error(Code::F006, place, message).help(whose());
        Some(told.also(theirs, say("上年的报告", "last year's report")))
    }));
    found
}

fn counted(file: &str, at: Path, label: &str, own: u32, (ledger, count): (&str, usize)) -> Diagnostic {
    let message = say(
        format!("{label}：这里写的是上年{own}件，上年的台账 {ledger} 是{count}件"),
        format!("{label}: {own} cases last year by this report, {count} by its ledger {ledger}"),
    );
    Diagnostic::error(Code::F006, Place::value(file, at), message).help(whose())
}

fn whose() -> Say {
    say(
        "以哪一个为准，就把另一个改过来；口径变了的，在 definition 里说明，并删去 report",
        "decide which is right and correct the other; if it is counted otherwise now, say so in `definition` and delete `report`",
    )
}

fn keep_or_drop() -> Say {
    say(
        "report 写同一数据文件夹里上年报告的文件夹名；没有保存上年报告的，删去这一行",
        "`report` is the folder of last year's report beside this one; delete the line if it is not kept",
    )
}

/// The first four digits of a text that stand together.
fn year(text: &str) -> Option<&str> {
    let digits = text.split(|c: char| !c.is_ascii_digit());
    digits.into_iter().find(|run| run.len() == 4)
}

/// `figures.yaml:12:5`, `台账.xlsx 办件!F37`
fn spot(place: &Place, sources: &Sources) -> String {
    let range = sources.range(place);
    if let Some(cell) = sources.cell(place, range.as_ref()) {
        return format!("{} {}", place.file, cell.name);
    }
    match range.and_then(|range| sources.line_column(&place.file, range.start)) {
        Some((line, column)) => format!("{}:{line}:{column}", place.file),
        None => place.file.clone(),
    }
}

/// The folder of last year's report, if the report names one.
pub fn last_report(report: &Report) -> Option<&str> {
    report.last_year.as_ref()?.report.as_deref()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{dataset, paths};
    use super::*;
    use crate::diagnostic::Lang;

    const FIGURES: &str = "\
source: 统计
as_of: 2021年
figures:
  firms: { label: 企业, value: 1.45, unit: 万家, previous: { value: 1.2, as_of: 2020年 } }
  funds: { label: 拨款, value: 152.67, unit: 亿元, previous: { value: 68.19, as_of: 2015年 } }
";

    fn last(change: fn(&mut Dataset)) -> LastReport {
        let mut last =
            Dataset::clone(&dataset("", &FIGURES.replace("2021年", "2020年").replace("1.45", "1.2")));
        last.report.year = 2020;
        last.files.figures = "last/figures.yaml".into();
        let mut sources = Sources::default();
        sources.add("last/figures.yaml", FIGURES.to_owned());
        change(&mut last);
        Ok((last, sources))
    }

    #[test]
    fn last_years_report_says_the_same_or_is_told() {
        type Row<'r> = (&'r str, fn(&mut Dataset), &'static [&'static str]);
        let table: &[Row] = &[
            ("total: 3", |_| {}, &[]),
            ("total: 4", |_| {}, &["last_year.total"]),
            (
                "counts: [{ level: 省, kind: 代表建议, count: 1 }, { level: 市, kind: 代表建议, count: 1 }, { level: 市, kind: 政协提案, count: 1 }]",
                |_| {},
                &[],
            ),
            ("counts: [{ level: 省, kind: 代表建议, count: 2 }]", |_| {}, &["last_year.counts[0].count"]),
            ("counts: [{ level: 省, kind: 代表建议, count: 1 }]", |_| {}, &["last_year.counts"]),
            ("total: 4", |last| last.report.ledger = None, &[]),
            ("total: 3", |last| last.report.year = 2019, &["last_year.report"]),
            (
                "total: 3",
                |last| {
                    for figure in last.declared.values_mut() {
                        figure.value = crate::model::Decimal::parse("1.3").unwrap();
                    }
                },
                &["figures.firms.previous.value"],
            ),
        ];
        for (said, change, expected) in table {
            let dataset = dataset(&format!("last_year: {{ source: 上年, report: last, {said} }}"), FIGURES);
            assert_eq!(last_report(&dataset.report), Some("last"));
            assert_eq!(paths(&differs(&dataset, &last(*change))), *expected, "{said}");
            let missing = Err(say("没有", "none"));
            assert_eq!(paths(&differs(&dataset, &missing)), ["last_year.report"]);
        }
    }

    #[test]
    fn both_places_are_named() {
        let dataset = dataset("last_year: { source: 上年, report: last, total: 3 }", FIGURES);
        let changed = last(|last| {
            for figure in last.declared.values_mut() {
                figure.value = crate::model::Decimal::parse("1.3").unwrap();
            }
        });
        let message = differs(&dataset, &changed).remove(0).message;
        assert!(message.get(Lang::En).contains("(last/figures.yaml:4:30)"), "{message:?}");
    }
}
