//! Rules over the cases: numbers of their own, days in order, disclosure on its way.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::{Case, Decision, Disclosure, Report};
use crate::source::{Path, Place};

fn at(index: usize) -> Path {
    Path::root().key("cases").index(index)
}

/// L001: two cases share a number.
pub(super) fn same_id(cases: &[Case], file: &str) -> Vec<Diagnostic> {
    let mut first = BTreeMap::new();
    let mut found = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        if let Some(earlier) = first.insert(&*case.id, index) {
            first.insert(&*case.id, earlier);
            let id = &case.id;
            let zh = format!("编号 {id} 已经用在第 {} 件上", earlier + 1);
            let en = format!("the id {id} is already that of case {}", earlier + 1);
            let help = say("删去重复的一件，或改正编号", "delete the repeated case or correct its id");
            let place = |index| Place::value(file, at(index).key("id"));
            let told = Diagnostic::error(Code::L001, place(index), say(zh, en)).help(help);
            found.push(told.also(place(earlier), say("先用在这里", "first used here")));
        }
    }
    found
}

/// L002: a case is due, or answered, before it was assigned.
pub(super) fn days_out_of_order(cases: &[Case], file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let later =
            [("due", Some(case.due), "期限", "due"), ("replied", case.replied, "答复日期", "answered")];
        for (key, day, zh, en) in later {
            if let Some(day) = day.filter(|day| *day < case.assigned) {
                let (id, assigned) = (&case.id, case.assigned);
                let message = say(
                    format!("{id} 的{zh} {day} 早于交办日期 {assigned}"),
                    format!("{id} is {en} on {day}, before it was assigned on {assigned}"),
                );
                let help = say("核对这两个日期", "check both dates");
                found.push(
                    Diagnostic::error(Code::L002, Place::value(file, at(index).key(key)), message).help(help),
                );
            }
        }
    }
    found
}

/// L003: an answer is published without decision, review or consent, or out of their order; or withheld without a reason.
pub(super) fn unsound_disclosure(cases: &[Case], file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let Some(disclosure) = &case.disclosure else { continue };
        for (key, zh, en) in disclosure_faults(case, disclosure) {
            let place = Place::value(file, at(index).key("disclosure").key(key));
            let message = say(format!("{}：{zh}", case.id), format!("{}: {en}", case.id));
            let help = match key {
                "reason" => say(
                    "加一行 reason: …，如 reason: 商业秘密",
                    "add a line such as `reason: commercial_secret`",
                ),
                _ => say(
                    "次序应为：答复、保密审查（reviewed）、征得同意（consented）、公开（published）",
                    "the order is: answer, secrecy review, consent, publication",
                ),
            };
            found.push(Diagnostic::error(Code::L003, place, message).help(help));
        }
    }
    found
}

/// Everything that is wrong with a disclosure: the key, in Chinese and in English.
fn disclosure_faults(
    case: &Case,
    disclosure: &Disclosure,
) -> Vec<(&'static str, &'static str, &'static str)> {
    let open = matches!(disclosure.decision, Decision::Full | Decision::Summary);
    let Disclosure { reviewed, consented, .. } = *disclosure;
    let mut found = Vec::new();
    if disclosure.decision == Decision::Withheld && disclosure.reason.is_none() {
        found.push(("reason", "不予公开，却没有写理由", "withheld without a reason"));
    }
    // L010 reports that it was not answered at all.
    let Some((replied, published)) = case.replied.zip(disclosure.published) else { return found };
    if !open {
        found.push(("published", "不公开的件却有公开日期", "published although the decision is not to"));
        return found;
    }
    if published < replied {
        found.push(("published", "答复之前就已公开", "published before it was answered"));
    }
    if reviewed.is_none_or(|day| day > published) {
        found.push(("reviewed", "公开之前没有保密审查", "published without a secrecy review before"));
    } else if reviewed.is_some_and(|day| day < replied) {
        found.push(("reviewed", "答复之前就已审查", "reviewed before it was answered"));
    }
    if consented.is_none_or(|day| day > published) {
        found.push(("consented", "公开之前没有征得同意", "published without consent before"));
    } else if reviewed.zip(consented).is_some_and(|(reviewed, consented)| consented < reviewed) {
        found.push(("consented", "审查之前就已征求意见", "consent was asked before the review"));
    }
    found
}

/// L004: a day later than the one on which the figures were closed: the report would count what had not happened.
pub(super) fn days_after_closing(cases: &[Case], report: &Report, file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let days = [
            (at(index).key("assigned"), Some(case.assigned), "交办", "assigned"),
            (at(index).key("replied"), case.replied, "答复", "answered"),
            (at(index).key("disclosure").key("published"), case.published(), "公开", "published"),
        ];
        for (path, day, zh, en) in days {
            if let Some(day) = day.filter(|day| *day > report.as_of()) {
                let (id, closed) = (&case.id, report.as_of());
                let zh = format!("{id} 的{zh}日期 {day} 晚于统计截止日 {closed}");
                let en = format!("{id} was {en} on {day}, after the figures were closed on {closed}");
                let help =
                    say("核对日期，或改 report.yaml 的 as_of", "check the day, or `as_of` in report.yaml");
                found.push(Diagnostic::error(Code::L004, Place::value(file, path), say(zh, en)).help(help));
            }
        }
    }
    found
}

/// L005: an open case that was due before the figures were closed.
pub(super) fn open_and_late(cases: &[Case], report: &Report, file: &str) -> Vec<Diagnostic> {
    let late = |case: &&Case| case.is_late(report.as_of());
    let told = |(index, case): (usize, &Case)| {
        let (id, day) = (&case.id, case.deadline());
        let zh = format!("{id} 已于 {day} 到期，至今没有答复");
        let en = format!("{id} was due on {day} and is still open");
        let at = at(index);
        let path = if case.extended.is_some() { at.key("extended").key("until") } else { at.key("due") };
        Diagnostic::warning(Code::L005, Place::value(file, path), say(zh, en))
    };
    cases.iter().enumerate().filter(|(_, case)| late(case)).map(told).collect()
}

/// L007: most cases were assigned in another year than the report's.
pub(super) fn of_another_year(cases: &[Case], report: &Report, file: &str) -> Vec<Diagnostic> {
    let year = i32::from(report.year);
    let strange: Vec<usize> =
        (0..cases.len()).filter(|&index| cases[index].assigned.year() != year).collect();
    let Some(&first) = strange.first().filter(|_| 2 * strange.len() > cases.len()) else { return Vec::new() };
    let (count, all) = (strange.len(), cases.len());
    let message = say(
        format!("报告是{year}年的，台账{all}件中有{count}件不是当年交办的"),
        format!("the report is of {year}, but {count} of {all} cases were not assigned in it"),
    );
    let help = say(
        "换成当年的台账，或改 report.yaml 的 year",
        "put in this year's ledger, or change `year` in report.yaml",
    );
    vec![Diagnostic::warning(Code::L007, Place::value(file, at(first).key("assigned")), message).help(help)]
}

/// L015: a few cases were assigned in another year than the report's, though they are due in it: the year may be mistyped.
pub(super) fn assigned_in_another_year(cases: &[Case], report: &Report, file: &str) -> Vec<Diagnostic> {
    let year = i32::from(report.year);
    // Where most are of another year, L007 says so.
    if !of_another_year(cases, report, file).is_empty() {
        return Vec::new();
    }
    let strange = |case: &Case| case.assigned.year() != year && case.due.year() == year;
    let told = |(index, case): (usize, &Case)| {
        let (id, day, due) = (&case.id, case.assigned, case.due);
        let message = say(
            format!("{id} 于 {day} 交办，期限却是 {due}"),
            format!("{id} was assigned on {day}, though it is due on {due}"),
        );
        let help = say("核对交办日期的年份", "check the year of `assigned`");
        Diagnostic::warning(Code::L015, Place::value(file, at(index).key("assigned")), message).help(help)
    };
    cases.iter().enumerate().filter(|(_, case)| strange(case)).map(told).collect()
}

/// L006: a ledger without a case; a draft's is still to be filled.
pub(super) fn no_cases(cases: &[Case], report: &Report, file: &str) -> Vec<Diagnostic> {
    let message = say("台账里一件也没有", "the ledger has no cases");
    let none = Diagnostic::error(Code::L006, Place::value(file, Path::root().key("cases")), message);
    if cases.is_empty() && !report.draft { vec![none] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::table::OfLedger;
    use super::*;

    fn codes(rule: OfLedger, changes: &[(&str, &str)]) -> usize {
        let mut yaml = "\
- {id: 甲, title: 标题, level: 省, kind: 代表建议, role: 主办, proposer: 代表团, office: 一处,
   assigned: 2021-03-01, due: 2021-08-30, replied: 2021-07-01,
   disclosure: {decision: 全文公开, reviewed: 2021-07-02, consented: 2021-07-03, published: 2021-07-04}}
- {id: 乙, title: 标题, level: 省, kind: 代表建议, role: 会办, proposer: 代表团, office: 一处,
   assigned: 2021-03-01, due: 2021-05-31}
"
        .to_owned();
        for (from, to) in changes {
            assert!(yaml.contains(from), "{from}");
            yaml = yaml.replace(from, to);
        }
        let cases: Vec<Case> = serde_yaml::from_str(&yaml).unwrap();
        rule(&cases, "cases.yaml").len()
    }

    #[test]
    fn only_a_drafts_ledger_may_be_empty() {
        let cases: Vec<Case> = serde_yaml::from_str(super::super::tests::LEDGER).unwrap();
        for (more, cases, expected) in
            [("", &cases[..], 0), ("", &[], 1), ("draft: true", &[], 0), ("draft: false", &[], 1)]
        {
            let report = super::super::tests::report(more);
            assert_eq!(no_cases(cases, &report, "f").len(), expected, "{more}");
        }
    }

    #[test]
    fn rules_fire_and_do_not_fire() {
        type Row = (OfLedger, &'static [(&'static str, &'static str)], usize);
        let table: &[Row] = &[
            (same_id, &[], 0),
            (same_id, &[("id: 乙", "id: 甲")], 1),
            (days_out_of_order, &[], 0),
            (days_out_of_order, &[("due: 2021-05-31", "due: 2021-03-01")], 0),
            (days_out_of_order, &[("due: 2021-05-31", "due: 2021-02-28")], 1),
            (days_out_of_order, &[("replied: 2021-07-01", "replied: 2021-02-01")], 1),
            (unsound_disclosure, &[], 0),
            (unsound_disclosure, &[("全文公开", "依申请公开")], 1),
            (unsound_disclosure, &[(", published: 2021-07-04", ""), ("全文公开", "依申请公开")], 0),
            (unsound_disclosure, &[(", published: 2021-07-04", ""), ("全文公开", "不予公开")], 1),
            (
                unsound_disclosure,
                &[(", published: 2021-07-04", ""), ("全文公开", "不予公开, reason: 商业秘密")],
                0,
            ),
            (unsound_disclosure, &[("reviewed: 2021-07-02, ", "")], 1),
            (unsound_disclosure, &[("consented: 2021-07-03", "consented: 2021-07-05")], 1),
            (unsound_disclosure, &[("replied: 2021-07-01", "replied: 2021-07-05")], 2),
            (unsound_disclosure, &[("reviewed: 2021-07-02, consented: 2021-07-03, ", "")], 2),
            (unsound_disclosure, &[("replied: 2021-07-01", "replied: 2021-07-03")], 1),
            (unsound_disclosure, &[("consented: 2021-07-03", "consented: 2021-07-01")], 1),
        ];
        for (row, (rule, changes, expected)) in table.iter().enumerate() {
            assert_eq!(codes(*rule, changes), *expected, "row {row}");
        }
    }

    #[test]
    fn a_case_for_reference_is_never_late() {
        let report: Report = serde_yaml::from_str(
            "{genre: g, year: 2021, header: {title: 题, signature: 甲局, date_signed: 2021-12-09}}",
        )
        .unwrap();
        for (role, told) in [("会办", 1), ("参阅", 0)] {
            let yaml = format!(
                "[{{id: 乙, title: 标题, level: 省, kind: 代表建议, role: {role}, proposer: 团, office: 一处, assigned: 2021-03-01, due: 2021-05-31}}]"
            );
            let cases: Vec<Case> = serde_yaml::from_str(&yaml).unwrap();
            assert_eq!(open_and_late(&cases, &report, "cases.yaml").len(), told, "{role}");
        }
    }
}
