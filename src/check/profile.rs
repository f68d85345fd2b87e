//! Rules over what the profile says: last days for answers, opinions and publication.

use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::model::profile::{Publication, Until, months_after};
use crate::model::{Dataset, Date};
use crate::source::{Path, Place};

fn at(index: usize) -> Path {
    Path::root().key("cases").index(index)
}

/// What to do about a day that the profile does not allow; `key` is that of the profile's section.
fn help(days: &str, key: &str) -> Say {
    say(
        format!("核对 {days}；本地规定不同的，写一份自己的规则（profile: our.yaml）改 {key}"),
        format!("check {days}; where the rule is another, write a profile of your own with other `{key}`"),
    )
}

/// P001: due later than the profile allows, or extended further.
pub(super) fn due_too_late(dataset: &Dataset) -> Vec<Diagnostic> {
    let (file, whose) = (&dataset.files.cases, &dataset.profile.label);
    let mut found = Vec::new();
    for (index, case) in dataset.cases.iter().enumerate() {
        let Some(limit) = dataset.profile.limit(case) else { continue };
        let (id, assigned) = (&case.id, case.assigned);
        if let Some(last) = limit.until.from(assigned).filter(|last| case.due > *last) {
            let (zh, en) = match limit.until {
                Until::Months(months) => (
                    format!("自 {assigned} 交办起 {months} 个月"),
                    format!("{months} months from {assigned}"),
                ),
                Until::Day(day) => (day.chinese(), "by its day of the year".to_owned()),
            };
            let message = say(
                format!("{id} 的期限 {} 晚于{whose}规则的 {last}（{zh}）", case.due),
                format!("{id} is due on {}, later than the profile {whose} allows: {last}, {en}", case.due),
            );
            let place = Place::value(file, at(index).key("due"));
            found.push(Diagnostic::warning(Code::P001, place, message).help(help("due", "limits")));
        }
        let most = limit.extended.and_then(|months| Some((months, months_after(assigned, months)?)));
        if let (Some((months, last)), Some(extended)) = (most, &case.extended)
            && extended.until > last
        {
            let until = extended.until;
            let message = say(
                format!(
                    "{id} 延期到 {until}，超过{whose}规则的最长期限 {last}（自 {assigned} 交办起 {months} 个月）"
                ),
                format!(
                    "{id} is extended to {until}, further than the profile {whose} allows: {last}, {months} months from {assigned}"
                ),
            );
            let place = Place::value(file, at(index).key("extended").key("until"));
            found
                .push(Diagnostic::warning(Code::P001, place, message).help(help("extended.until", "limits")));
        }
    }
    found
}

/// P002: published later after the answer than the profile allows.
pub(super) fn published_too_late(dataset: &Dataset) -> Vec<Diagnostic> {
    let (file, whose) = (&dataset.files.cases, &dataset.profile.label);
    let Some(publication) = dataset.profile.publication else { return Vec::new() };
    let days = |replied: Date| match publication {
        Publication::WorkingDays(days) => (
            format!("{replied} 答复后 {days} 个工作日，法定节假日没有扣除"),
            format!("{days} days from Monday to Friday after the answer of {replied}"),
        ),
        Publication::Day(day) => (day.chinese(), "by its day of the year".to_owned()),
    };
    let told = |(index, case): (usize, &crate::model::Case)| {
        let (id, replied, published) = (&case.id, case.replied?, case.published()?);
        let last = publication.from(replied).filter(|last| published > *last)?;
        let (zh, en) = days(replied);
        let message = say(
            format!("{id} 于 {published} 公开，晚于{whose}规则的 {last}（{zh}）"),
            format!("{id} was published on {published}, later than the profile {whose} allows: {last}, {en}"),
        );
        let place = Place::value(file, at(index).key("disclosure").key("published"));
        Some(Diagnostic::warning(Code::P002, place, message).help(help("replied、published", "publication")))
    };
    dataset.cases.iter().enumerate().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{dataset, paths};
    use super::*;
    use crate::model::{Extension, Profile};

    type Rule = fn(&Dataset) -> Vec<Diagnostic>;

    fn date(day: &str) -> Date {
        Date::parse(day).unwrap()
    }

    /// What a rule finds under a profile in three cases, the first answered on 2021-07-01, a Thursday, and published on 4 July.
    fn found(rule: Rule, profile: &str, change: fn(&mut Dataset)) -> Vec<String> {
        let mut dataset = (*dataset("", "")).clone();
        dataset.profile = serde_yaml::from_str::<Profile>(&format!("label: 甲\n{profile}")).unwrap();
        change(&mut dataset);
        paths(&rule(&dataset))
    }

    #[test]
    fn rules_fire_and_do_not_fire() {
        let extended: fn(&mut Dataset) = |dataset| {
            let until = date("2021-09-02");
            dataset.cases[0].extended = Some(Extension { until, consented: None });
        };
        let late: fn(&mut Dataset) =
            |dataset| dataset.cases[0].disclosure.as_mut().unwrap().published = Some(date("2021-07-30"));
        let as_is: fn(&mut Dataset) = |_| ();
        type Row<'r> = (Rule, &'r str, fn(&mut Dataset), &'static [&'static str]);
        let table: &[Row] = &[
            (due_too_late, "", as_is, &[]),
            // 2021-03-01 and 03-02 are the days of assignment, 08-30, 05-31 and 12-31 the days due.
            (due_too_late, "limits: [{ group: 答复, months: 6 }]", as_is, &["cases[2].due"]),
            (due_too_late, "limits: [{ group: 答复, months: 5 }]", as_is, &["cases[0].due", "cases[2].due"]),
            (due_too_late, "limits: [{ group: 会办, months: 3 }]", as_is, &[]),
            (due_too_late, "limits: [{ group: 会办, last_day: 05-31 }]", as_is, &[]),
            (due_too_late, "limits: [{ group: 会办, last_day: 05-30 }]", as_is, &["cases[1].due"]),
            (
                due_too_late,
                "limits: [{ group: 答复, kinds: [代表建议], months: 5 }]",
                as_is,
                &["cases[0].due"],
            ),
            (due_too_late, "limits: [{ group: 答复, levels: [市], months: 5 }]", as_is, &["cases[2].due"]),
            (
                due_too_late,
                "limits: [{ group: 答复, levels: [省], months: 6 }, { group: 答复, months: 10 }]",
                as_is,
                &[],
            ),
            (due_too_late, "limits: [{ group: 答复, months: 10, extended: 6 }]", as_is, &[]),
            (
                due_too_late,
                "limits: [{ group: 答复, months: 10, extended: 6 }]",
                extended,
                &["cases[0].extended.until"],
            ),
            (due_too_late, "limits: [{ group: 答复, months: 10, extended: 7 }]", extended, &[]),
            (published_too_late, "", late, &[]),
            (published_too_late, "publication: { working_days: 2 }", as_is, &[]),
            (
                published_too_late,
                "publication: { working_days: 1 }",
                as_is,
                &["cases[0].disclosure.published"],
            ),
            (published_too_late, "publication: { working_days: 21 }", late, &[]),
            (
                published_too_late,
                "publication: { working_days: 20 }",
                late,
                &["cases[0].disclosure.published"],
            ),
            (published_too_late, "publication: { last_day: 07-30 }", late, &[]),
            (
                published_too_late,
                "publication: { last_day: 07-29 }",
                late,
                &["cases[0].disclosure.published"],
            ),
        ];
        for (row, (rule, profile, change, expected)) in table.iter().enumerate() {
            assert_eq!(found(*rule, profile, *change), *expected, "row {row}: {profile}");
        }
    }
}
