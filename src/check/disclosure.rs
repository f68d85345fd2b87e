//! Rules over disclosure: what the report says of it, held against the ledger; and rates whose denominator is not known.

use crate::compute::Figures;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::{Case, Dataset, Decision, Group, Report};
use crate::source::{Path, Place};

fn at(index: usize) -> Path {
    Path::root().key("cases").index(index).key("disclosure")
}

/// D001: published after the last day for it.
pub(super) fn published_late(cases: &[Case], report: &Report, file: &str) -> Vec<Diagnostic> {
    let Some(practice) = &report.disclosure else { return Vec::new() };
    let mut found = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        if let Some(day) = case.published().filter(|day| *day > practice.deadline) {
            let (id, deadline) = (&case.id, practice.deadline);
            let message = say(
                format!("{id} 于 {day} 公开，晚于公开期限 {deadline}"),
                format!("{id} was published on {day}, after the deadline of {deadline}"),
            );
            let help = say(
                "核对日期，或改 report.yaml 的 disclosure.deadline",
                "check the day, or `disclosure.deadline` in report.yaml",
            );
            found.push(
                Diagnostic::warning(Code::D001, Place::value(file, at(index).key("published")), message)
                    .help(help),
            );
        }
    }
    found
}

/// D002: the report speaks of disclosure, and an answer has no decision.
pub(super) fn undecided(cases: &[Case], report: &Report, file: &str) -> Vec<Diagnostic> {
    if report.disclosure.is_none() {
        return Vec::new();
    }
    let lacks = |case: &Case| {
        case.role.group() == Group::Reply && case.replied.is_some() && case.disclosure.is_none()
    };
    let told = |(index, case): (usize, &Case)| {
        let message = say(
            format!("{} 已经答复，没有写是否公开", case.id),
            format!("{} is answered, and nobody has decided on its disclosure", case.id),
        );
        let help = say(
            "补上 disclosure；不公开的写 decision: 不予公开 和 reason",
            "add `disclosure`; if it is not published, `decision: none` and a `reason`",
        );
        Diagnostic::warning(Code::D002, Place::value(file, at(index)), message).help(help)
    };
    cases.iter().enumerate().filter(|(_, case)| lacks(case)).map(told).collect()
}

/// D004: answers are to be published, and no day of publication is written: for none of them, so that a count of 0 would only
/// mean that nothing is known; or for some after the deadline, which is a warning.
pub(super) fn without_day(cases: &[Case], report: &Report, file: &str) -> Vec<Diagnostic> {
    let Some(practice) = &report.disclosure else { return Vec::new() };
    let is_due = |case: &Case| {
        let decision = case.disclosure.as_ref().map(|disclosure| disclosure.decision);
        case.replied.is_some() && matches!(decision, Some(Decision::Full | Decision::Summary))
    };
    let due: Vec<(usize, &Case)> = cases.iter().enumerate().filter(|(_, case)| is_due(case)).collect();
    let lacking: Vec<(usize, &Case)> =
        due.iter().copied().filter(|(_, case)| case.published().is_none()).collect();
    let Some(&(first, _)) = lacking.first() else { return Vec::new() };
    let (count, deadline) = (lacking.len(), practice.deadline);
    let help = say(
        "补上公开日期 published；还没有公开的，等公开以后再写",
        "add the day to `published` once it is published",
    );
    if lacking.len() == due.len() {
        let message = say(
            format!("{count}件决定公开，没有一件写了公开日期：公开件数和公开率会印成 0"),
            format!(
                "{count} answers are to be published, and none has a day: their count and rate would print as 0"
            ),
        );
        return vec![Diagnostic::error(Code::D004, Place::value(file, at(first)), message).help(help)];
    }
    if report.as_of() <= deadline {
        return Vec::new();
    }
    let ids: Vec<&str> = lacking.iter().take(5).map(|(_, case)| &*case.id).collect();
    let more = count - ids.len();
    let (zh, en) = match more {
        0 => (String::new(), String::new()),
        _ => (format!("等{count}件"), format!(" and {more} more")),
    };
    let message = say(
        format!("公开期限 {deadline} 已过，决定公开而没有公开日期：{}{zh}", ids.join("、")),
        format!(
            "the deadline of {deadline} has passed, and to be published without a day are {}{en}",
            ids.join(", ")
        ),
    );
    vec![Diagnostic::warning(Code::D004, Place::value(file, at(first)), message).help(help)]
}

/// Words of rates that the ledger gives, and the figures that they are. The longer ones stand before those that they end in.
const RATES: &[(&str, &str)] = &[
    ("按期办结率", "cases.on_time_rate"),
    ("按时办结率", "cases.on_time_rate"),
    ("按期答复率", "cases.on_time_rate"),
    ("按时答复率", "cases.on_time_rate"),
    ("按期率", "cases.on_time_rate"),
    ("办结率", "cases.conclusion_rate"),
    ("办复率", "cases.conclusion_rate"),
    ("答复率", "cases.conclusion_rate"),
    ("公开率", "cases.disclosure_rate"),
    ("满意率", "cases.satisfaction_rate"),
];

/// D003: a percentage is declared that the ledger gives.
pub(super) fn declared_rate(dataset: &Dataset, _: &Figures, file: &str) -> Vec<Diagnostic> {
    let has_ledger = dataset.report.ledger.is_some();
    let percent = |unit: &str| matches!(unit, "%" | "％");
    let declared = dataset.declared.iter().filter(|(_, figure)| has_ledger && percent(&figure.unit));
    let told = declared.filter_map(|(name, figure)| {
        let (word, own) = RATES.iter().find(|(word, _)| figure.label.contains(word))?;
        let place = Place::value(file, Path::root().key("figures").key(name.to_string()).key("label"));
        let message = say(
            format!("{name} 是写死的{word}，不知道分母，台账改了它不会跟着改"),
            format!("`{name}` is a declared rate (\"{word}\"): its denominator is unknown, and it will not follow the ledger"),
        );
        let help = say(
            format!("用 {{{{ fig(name=\"{own}\") }}}} 由台账取；不是这里的办件的，用 allow 说明"),
            format!("ask the ledger with {{{{ fig(name=\"{own}\") }}}}; if it is of something else, say so under `allow`"),
        );
        Some(Diagnostic::warning(Code::D003, place, message).help(help))
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::super::table::OfCases;
    use super::super::tests::{LEDGER, changed, dataset, paths, report};
    use super::*;

    #[test]
    fn rules_fire_and_do_not_fire() {
        let practice = "disclosure: { deadline: 2021-07-04, rule: 一 }";
        let early = "disclosure: { deadline: 2021-07-03, rule: 一 }";
        let published = "disclosure: {decision: 全文公开, reviewed: 2021-07-02, consented: 2021-07-03, published: 2021-07-04}";
        type Row<'r> = (OfCases, &'r str, &'r [(&'r str, &'r str)], &'static [&'static str]);
        let table: &[Row] = &[
            (published_late, practice, &[], &[]),
            (published_late, "", &[], &[]),
            (published_late, early, &[], &["cases[0].disclosure.published"]),
            (undecided, practice, &[], &[]),
            (undecided, "", &[(published, "")], &[]),
            (undecided, practice, &[(published, "")], &["cases[0].disclosure"]),
            (undecided, practice, &[("role: 会办,", "role: 会办, replied: 2021-05-01,")], &[]),
            (without_day, practice, &[], &[]),
            (without_day, "", &[(", published: 2021-07-04", "")], &[]),
            (
                without_day,
                practice,
                &[(published, "disclosure: {decision: 不予公开, reason: 个人隐私}")],
                &[],
            ),
            (without_day, practice, &[(", published: 2021-07-04", "")], &["cases[0].disclosure"]),
            (
                without_day,
                practice,
                &[(
                    "due: 2021-12-31",
                    "due: 2021-12-31, replied: 2021-07-01, disclosure: {decision: 摘要公开}",
                )],
                &["cases[2].disclosure"],
            ),
            (
                without_day,
                "as_of: 2021-07-03\ndisclosure: { deadline: 2021-07-04, rule: 一 }",
                &[(
                    "due: 2021-12-31",
                    "due: 2021-12-31, replied: 2021-07-01, disclosure: {decision: 摘要公开}",
                )],
                &[],
            ),
        ];
        for (row, (rule, settings, changes, expected)) in table.iter().enumerate() {
            let cases: Vec<Case> = serde_yaml::from_str(&changed(LEDGER, changes)).unwrap();
            assert_eq!(paths(&rule(&cases, &report(settings), "f")), *expected, "row {row}");
        }
    }

    #[test]
    fn a_rate_of_the_ledger_is_not_declared() {
        for (label, unit, own) in [
            ("代表满意率", "'%'", Some("cases.satisfaction_rate")),
            ("按期办结率", "'%'", Some("cases.on_time_rate")),
            ("答复率", "％", Some("cases.conclusion_rate")),
            ("专家评审通过率", "'%'", None),
            ("满意率提高", "个百分点", None),
        ] {
            let figures = format!(
                "source: 统计\nas_of: 2021年\nfigures:\n  rate: {{ label: {label}, value: 98.5, unit: {unit} }}\n"
            );
            let dataset = dataset("", &figures);
            let figures = Figures::new(dataset.clone());
            let found = declared_rate(&dataset, &figures, "f");
            assert_eq!(found.len(), usize::from(own.is_some()), "{label}");
            if let Some(own) = own {
                assert!(found[0].help.as_ref().unwrap().get(crate::diagnostic::Lang::En).contains(own));
                assert_eq!(paths(&found), ["figures.rate.label"]);
            }
        }
        // What is said to be asked for is there.
        let known = |(_, own): &(&str, &str)| match Figures::new(dataset("", "")).get(own) {
            Ok(_) => true,
            Err(why) => !why.get(crate::diagnostic::Lang::En).starts_with("there is no figure named"),
        };
        assert!(RATES.iter().all(known));
    }
}
