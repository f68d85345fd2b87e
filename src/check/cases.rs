//! Rules over what stands together in a case, and over cases that do not differ.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Marks, did_you_mean, say};
use crate::model::todo::is_mark;
use crate::model::{Case, Extension, Group, Kind, Level, Report};
use crate::source::{Path, Place};

fn at(index: usize) -> Path {
    Path::root().key("cases").index(index)
}

/// L009: a case is extended to a day that is not later, or without the consent that it needs in time.
pub(super) fn unsound_extension(cases: &[Case], file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let Some(Extension { until, consented }) = case.extended else { continue };
        let (id, due) = (&case.id, case.due);
        let place = |key| Place::value(file, at(index).key("extended").key(key));
        if until <= due {
            let zh = format!("{id} 延期到 {until}，不比原来的期限 {due} 晚");
            let en = format!("{id} is extended to {until}, which is not later than {due}, when it was due");
            let help = say("核对 due 和 extended.until", "check `due` and `extended.until`");
            found.push(Diagnostic::error(Code::L009, place("until"), say(zh, en)).help(help));
        }
        let message = match consented {
            Some(day) if day <= due => continue,
            Some(day) => say(
                format!("{id} 的延期 {day} 才经同意，原来的期限 {due} 已过"),
                format!("{id} was extended with consent of {day}, after it was due on {due}"),
            ),
            None => say(
                format!("{id} 延期，没有写交办单位同意的日期"),
                format!("{id} is extended, but nobody is said to have agreed"),
            ),
        };
        let help = say(
            "延期须在期限内经交办单位同意，日期写在 consented；没有同意的，删去 extended，按逾期计",
            "whoever assigned it agrees before it is due, on the day `consented`; if nobody did, delete `extended`: it is late",
        );
        found.push(Diagnostic::error(Code::L009, place("consented"), message).help(help));
    }
    found
}

/// The parts that only an answered case has: key, what it is in Chinese and English, whether a case has it.
type Part = (&'static str, &'static str, &'static str, fn(&Case) -> bool);
const ANSWERED: &[Part] = &[
    ("outcome", "办理结果", "an outcome", |case| case.outcome.is_some()),
    ("satisfaction", "满意度", "a satisfaction", |case| case.satisfaction.is_some()),
    ("disclosure", "公开方式", "a disclosure decision", |case| case.disclosure.is_some()),
];

/// L010: a case without an answer has what only an answer brings.
pub(super) fn more_than_an_open_case_has(cases: &[Case], file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, case) in cases.iter().enumerate().filter(|(_, case)| case.replied.is_none()) {
        // L012 reports what a role can never have.
        let parts = if case.role.group() == Group::Reply { ANSWERED } else { &ANSWERED[..1] };
        for (key, zh, en, has) in parts {
            if has(case) {
                let message = say(
                    format!("{} 没有答复日期，却有{zh}", case.id),
                    format!("{} is not answered, but has {en}", case.id),
                );
                let help = say(
                    format!("补上 replied: …，或删去 {key}"),
                    format!("add `replied: …`, or delete `{key}`"),
                );
                found.push(
                    Diagnostic::error(Code::L010, Place::key(file, at(index).key(*key)), message).help(help),
                );
            }
        }
    }
    found
}

/// L011: two cases of a kind have the same title.
pub(super) fn same_title(cases: &[Case], file: &str) -> Vec<Diagnostic> {
    let mut first: BTreeMap<(&str, Kind), usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let earlier = *first.entry((&case.title, case.kind)).or_insert(index);
        if earlier != index {
            let (id, other) = (&case.id, &cases[earlier].id);
            let message = say(
                format!("{id} 与 {other} 标题相同，都是{}", case.kind.label()),
                format!("{id} has the title and the kind of {other}"),
            );
            let help = say(
                "重复登记的删去一件；确是两件的，用 allow 说明理由",
                "delete one if it was entered twice; if there are two, say so under `allow`",
            );
            let place = |index| Place::value(file, at(index).key("title"));
            let told = Diagnostic::warning(Code::L011, place(index), message).help(help);
            found.push(told.also(place(earlier), say("标题与此相同", "the same title is here")));
        }
    }
    found
}

/// L012: a role or an origin that does not go with the rest: an assisting office never answers the proposer, and a
/// township has no conference.
pub(super) fn cannot_meet(cases: &[Case], file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let id = &case.id;
        let silent = case.role.group() != Group::Reply;
        for (key, zh, en, _) in ANSWERED[1..].iter().filter(|part| silent && (part.3)(case)) {
            let role = case.role;
            let message = say(
                format!("{id} 是{}件，不直接答复提出者，不会有{zh}", role.label()),
                format!("{id} has the role {}, which never answers the proposer, but has {en}", role.id()),
            );
            let help = say(format!("删去 {key}，或改 role"), format!("delete `{key}`, or correct `role`"));
            found.push(
                Diagnostic::error(Code::L012, Place::key(file, at(index).key(*key)), message).help(help),
            );
        }
        if case.level.rank() == Level::Township
            && matches!(case.kind, Kind::CppccRecommendation | Kind::CppccProposal)
        {
            let message = say(
                format!("{id} 是乡镇的{}，乡镇没有政协", case.kind.label()),
                format!("{id} is from the conference of a township, which has none"),
            );
            let help = say("核对 level 和 kind", "check `level` and `kind`");
            found.push(
                Diagnostic::error(Code::L012, Place::value(file, at(index).key("level")), message).help(help),
            );
        }
    }
    found
}

/// L013: a section that is not among the office's own, told where it stands first.
pub(super) fn unknown_office(cases: &[Case], report: &Report, file: &str) -> Vec<Diagnostic> {
    let own: Vec<&str> = report.offices.iter().map(|office| &**office).collect();
    if own.is_empty() {
        return Vec::new();
    }
    let mut strange: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (index, case) in cases.iter().enumerate() {
        if !own.contains(&&*case.office) && !is_mark(&case.office) {
            strange.entry(&case.office).or_insert((index, 0)).1 += 1;
        }
    }
    let mut strange: Vec<_> = strange.into_iter().collect();
    strange.sort_by_key(|(_, (first, _))| *first);
    let told = |(office, (first, count)): (&str, (usize, usize))| {
        let message = say(
            format!("处室名单里没有“{office}”（{count}件）"),
            format!("\"{office}\" ({count} cases) is not among the offices"),
        );
        let (zh, en) = did_you_mean(office, own.iter().copied(), Marks::Quotes).before_help();
        let help = say(
            format!("{zh}改正名称，或把它加进 report.yaml 的 offices"),
            format!("{en}Correct the name, or add it to `offices` in report.yaml"),
        );
        Diagnostic::error(Code::L013, Place::value(file, at(first).key("office")), message).help(help)
    };
    strange.into_iter().map(told).collect()
}

/// L014: an answered case without an outcome, where others have theirs.
pub(super) fn no_outcome(cases: &[Case], file: &str) -> Vec<Diagnostic> {
    if cases.iter().all(|case| case.outcome.is_none()) {
        return Vec::new();
    }
    let lacks =
        |case: &Case| case.role.group() == Group::Reply && case.replied.is_some() && case.outcome.is_none();
    let told = |(index, case): (usize, &Case)| {
        let message = say(
            format!("{} 已经办结，没有写办理结果", case.id),
            format!("{} is concluded, but has no outcome", case.id),
        );
        let help = say("补上一行 outcome: …，如 outcome: 已解决", "add a line such as `outcome: resolved`");
        Diagnostic::warning(Code::L014, Place::value(file, at(index).key("outcome")), message).help(help)
    };
    cases.iter().enumerate().filter(|(_, case)| lacks(case)).map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::super::table::{OfCases, OfLedger};
    use super::super::tests::{LEDGER, changed, paths, report};
    use super::*;

    #[test]
    fn rules_fire_and_do_not_fire() {
        type Row<'r> = (OfLedger, &'r [(&'r str, &'r str)], &'static [&'static str]);
        let extended = |extended: &str| format!("due: 2021-05-31, extended: {{ {extended} }}");
        let (sound, early) = (
            extended("until: 2021-06-30, consented: 2021-05-31"),
            extended("until: 2021-05-31, consented: 2021-05-01"),
        );
        let (alone, late) =
            (extended("until: 2021-06-30"), extended("until: 2021-06-30, consented: 2021-06-01"));
        let due = "due: 2021-05-31";
        let table: &[Row] = &[
            (unsound_extension, &[], &[]),
            (unsound_extension, &[(due, &sound)], &[]),
            (unsound_extension, &[(due, &early)], &["cases[1].extended.until"]),
            (unsound_extension, &[(due, &alone)], &["cases[1].extended.consented"]),
            (unsound_extension, &[(due, &late)], &["cases[1].extended.consented"]),
            (more_than_an_open_case_has, &[], &[]),
            (more_than_an_open_case_has, &[(due, "due: 2021-05-31, outcome: 已解决")], &["cases[1].outcome"]),
            (
                more_than_an_open_case_has,
                &[(", replied: 2021-07-01", "")],
                &["cases[0].outcome", "cases[0].satisfaction", "cases[0].disclosure"],
            ),
            (same_title, &[], &[]),
            (same_title, &[("title: 标题二", "title: 标题一")], &["cases[1].title"]),
            (
                same_title,
                &[("title: 标题二", "title: 标题一"), ("kind: 政协提案", "kind: 代表建议")],
                &["cases[1].title", "cases[2].title"],
            ),
            (cannot_meet, &[], &[]),
            (cannot_meet, &[(due, "due: 2021-05-31, satisfaction: 满意")], &["cases[1].satisfaction"]),
            (cannot_meet, &[("role: 主办", "role: 参阅")], &["cases[0].satisfaction", "cases[0].disclosure"]),
            (
                cannot_meet,
                &[("level: 市, kind: 政协提案", "level: 乡镇, kind: 政协提案")],
                &["cases[2].level"],
            ),
            (cannot_meet, &[("level: 省", "level: 乡镇")], &[]),
            (no_outcome, &[], &[]),
            (no_outcome, &[("role: 分办,", "role: 分办, replied: 2021-06-01,")], &["cases[2].outcome"]),
            (
                no_outcome,
                &[("role: 分办,", "role: 分办, replied: 2021-06-01,"), (" outcome: 已解决,", "")],
                &[],
            ),
        ];
        for (row, (rule, changes, expected)) in table.iter().enumerate() {
            let cases: Vec<Case> = serde_yaml::from_str(&changed(LEDGER, changes)).unwrap();
            assert_eq!(paths(&rule(&cases, "f")), *expected, "row {row}");
        }
    }

    #[test]
    fn an_office_is_one_of_the_list_if_there_is_one() {
        let rule: OfCases = unknown_office;
        let cases: Vec<Case> =
            serde_yaml::from_str(&changed(LEDGER, &[("office: 二处", "office: 二科")])).unwrap();
        for (offices, expected) in [
            ("", &[][..]),
            ("offices: [一处, 二科]", &[]),
            ("offices: [一处, 二处]", &["cases[1].office"]),
            ("offices: [人事处]", &["cases[0].office", "cases[1].office"]),
        ] {
            let found = rule(&cases, &report(offices), "f");
            assert_eq!(paths(&found), expected, "{offices}");
        }
        let found = rule(&cases, &report("offices: [一处, 二处]"), "f");
        assert!(found[0].help.as_ref().unwrap().get(crate::diagnostic::Lang::Zh).contains("是不是“二处”"));
    }

    #[test]
    fn an_extended_case_is_late_after_its_later_day_only() {
        use crate::model::Status;
        let case = |replied: &str| -> Case {
            let answered =
                format!("extended: {{ until: 2021-06-30, consented: 2021-05-01 }}, replied: {replied}");
            let text = changed(LEDGER, &[("due: 2021-05-31", &format!("due: 2021-05-31, {answered}"))]);
            serde_yaml::from_str::<Vec<Case>>(&text).unwrap().swap_remove(1)
        };
        let late = |day| (case(day).has_status(Status::OnTime), case(day).has_status(Status::Overdue));
        assert_eq!(
            [late("2021-05-31"), late("2021-06-30"), late("2021-07-01")],
            [(true, false), (true, false), (false, true)]
        );
    }
}
