//! Rules over the report's records: bodies that are known and see to what they are named for, days in order, numbers of
//! their own.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Marks, did_you_mean, say};
use crate::model::records::Task;
use crate::model::todo::is_mark;
use crate::model::{Report, Roster};
use crate::source::{Path, Place};

/// Every task with its path.
fn tasks(report: &Report) -> impl Iterator<Item = (Path, &Task)> {
    report.task_groups.iter().enumerate().flat_map(|(group, tasks)| {
        let at = Path::root().key("task_groups").index(group).key("tasks");
        tasks.tasks.iter().enumerate().map(move |(index, task)| (at.index(index), task))
    })
}

/// Every body that a task names, with its path.
fn bodies_of_tasks(report: &Report) -> impl Iterator<Item = (Path, &str)> {
    tasks(report).flat_map(|(at, task)| {
        task.bodies().map(move |(key, index, body)| (at.key(key).index(index), &**body)).collect::<Vec<_>>()
    })
}

/// Every member's body, with its path.
fn bodies_of_members(report: &Report) -> impl Iterator<Item = (Path, &str)> {
    report.leading_group.iter().flat_map(|group| {
        let at = Path::root().key("leading_group").key("members");
        let place = move |index| at.index(index).key("body");
        group.members.iter().enumerate().map(move |(index, member)| (place(index), &*member.body))
    })
}

/// R001: a body that the roster does not have.
pub(super) fn unknown_body(report: &Report, roster: &Roster, file: &str) -> Vec<Diagnostic> {
    let known: Vec<String> = roster.bodies().map(|(name, ..)| name).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let strange = |(_, body): &(Path, &str)| !is_mark(body) && !known.iter().any(|name| name == body);
    let told = |(at, body): (Path, &str)| {
        let message = say(format!("名册里没有“{body}”"), format!("the roster has no \"{body}\""));
        let near = did_you_mean(body, known.iter().map(String::as_str), Marks::Quotes);
        let (zh, en) = near.before_help();
        let help = say(
            format!("{zh}写名册中的全称，或把它加进名册"),
            format!("{en}Write a full name of the roster, or add it there"),
        );
        Diagnostic::error(Code::R001, Place::value(file, at), message).help(help)
    };
    bodies_of_tasks(report).chain(bodies_of_members(report)).filter(strange).map(told).collect()
}

/// R002: a body has tasks, but no member in the leading group.
pub(super) fn body_without_member(report: &Report, roster: &Roster, file: &str) -> Vec<Diagnostic> {
    let known: BTreeSet<String> = roster.bodies().map(|(name, ..)| name).collect();
    let present: BTreeSet<&str> = bodies_of_members(report).map(|(_, body)| body).collect();
    if present.is_empty() {
        return Vec::new();
    }
    // Once a body, where it is named first; a misspelt one has been reported.
    let mut told = BTreeSet::new();
    let absent = |(_, body): &(Path, &str)| {
        if is_mark(body) {
            return false;
        }
        known.contains(*body) && !present.contains(body) && told.insert(body.to_string())
    };
    let tell = |(at, body): (Path, &str)| {
        let message = say(
            format!("“{body}”承担任务，领导小组里却没有它的成员"),
            format!("\"{body}\" has tasks, but no member in the leading group"),
        );
        let help = say(
            "在 leading_group.members 里补上它的成员，或改任务的单位",
            "add its member to leading_group.members, or correct the task",
        );
        Diagnostic::error(Code::R002, Place::value(file, at), message).help(help)
    };
    bodies_of_tasks(report).filter(absent).map(tell).collect()
}

/// R003: a body twice in a task, a person twice in the leading group, a recommendation's number twice.
pub(super) fn named_twice(report: &Report, file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut tell = |name: &str, at: Path| {
        let message = say(format!("“{name}”写了两次"), format!("\"{name}\" stands there twice"));
        let help = say("删去重复的一处，或改正", "delete the repetition or correct it");
        found.push(Diagnostic::error(Code::R003, Place::value(file, at), message).help(help));
    };
    for (at, task) in tasks(report) {
        let mut seen = BTreeSet::new();
        for (key, index, body) in task.bodies() {
            if !seen.insert(&**body) {
                tell(body, at.key(key).index(index));
            }
        }
    }
    let mut seen = BTreeSet::new();
    let members = Path::root().key("leading_group").key("members");
    for (index, member) in report.leading_group.iter().flat_map(|group| &group.members).enumerate() {
        // Two people may share a name, but not a name and a body.
        if !seen.insert((&*member.name, &*member.body)) {
            tell(&member.name, members.index(index).key("name"));
        }
    }
    let mut seen = BTreeSet::new();
    for (index, recommendation) in report.recommendations.iter().enumerate() {
        if !seen.insert(recommendation.number) {
            let at = Path::root().key("recommendations").index(index).key("number");
            tell(&format!("{}号建议案", recommendation.number), at);
        }
    }
    found
}

/// R004: phases that leave a gap or overlap, or end before they begin.
pub(super) fn phases_apart(report: &Report, file: &str) -> Vec<Diagnostic> {
    let at = |index: usize, key: &str| Place::value(file, Path::root().key("phases").index(index).key(key));
    let mut found = Vec::new();
    for (index, phase) in report.phases.iter().enumerate() {
        if phase.from.is_some_and(|from| from > phase.until) {
            let message = say(
                format!("“{}”的结束日期 {} 早于开始", phase.name, phase.until),
                format!("\"{}\" ends on {}, before it begins", phase.name, phase.until),
            );
            let help = say("核对 from 和 until", "check `from` and `until`");
            found.push(Diagnostic::error(Code::R004, at(index, "until"), message).help(help));
        } else if let Some(before) = index.checked_sub(1).map(|before| &report.phases[before])
            && !phase.period().follows(before.period())
        {
            let (name, end, last) = (&phase.name, before.until, &before.name);
            let (zh, en) = match phase.from {
                None => (format!("“{name}”没有写开始日期"), format!("\"{name}\" has no beginning")),
                Some(from) if from <= end => {
                    (format!("“{name}”与“{last}”重叠"), format!("\"{name}\" overlaps with \"{last}\""))
                }
                Some(_) => {
                    (format!("“{last}”与“{name}”之间有空档"), format!("there is a gap before \"{name}\""))
                }
            };
            let zh = format!("{zh}：“{last}”到 {end} 为止");
            let message = say(zh, format!("{en}: \"{last}\" ends on {end}"));
            let help = say(
                "from 应是上一阶段 until 的次日",
                "`from` is the day after the `until` of the phase before",
            );
            found.push(Diagnostic::error(Code::R004, at(index, "from"), message).help(help));
        }
    }
    found
}

/// R005: a deadline before the day of issue, an inspection whose days are out of order, an event after the report was signed.
pub(super) fn days_out_of_order(report: &Report, file: &str) -> Vec<Diagnostic> {
    let signed = report.header.date_signed;
    let root = Path::root();
    let mut found = Vec::new();
    let mut tell = |at: Path, zh: String, en: String| {
        let help = say("核对这两个日期", "check both dates");
        found.push(Diagnostic::error(Code::R005, Place::value(file, at), say(zh, en)).help(help));
    };
    let deadlines = tasks(report).filter_map(|(at, task)| Some((at.key("deadline"), task.deadline?)));
    let ends = report.phases.iter().enumerate();
    let ends = ends.map(|(index, phase)| (root.key("phases").index(index).key("until"), phase.until));
    for (at, day) in deadlines.chain(ends).filter(|(_, day)| *day < signed) {
        let zh = format!("期限 {day} 早于成文日期 {signed}");
        tell(at, zh, format!("the deadline {day} is before the day of signing, {signed}"));
    }
    if let Some(inspection) = &report.inspection {
        let days = [
            ("from", inspection.from),
            ("until", inspection.until),
            ("fed_back", inspection.fed_back),
            ("date_signed", signed),
        ];
        for [(key, day), (next_key, next)] in days.windows(2).filter_map(|pair| <[_; 2]>::try_from(pair).ok())
        {
            if next < day {
                let zh = format!("巡察的 {key}（{day}）晚于 {next_key}（{next}）");
                tell(
                    root.key("inspection").key(key),
                    zh,
                    format!("`{key}` {day} is after `{next_key}` {next}"),
                );
            }
        }
    }
    if let Some(appraisal) = report.appraisal.as_ref().filter(|appraisal| appraisal.date > signed) {
        let day = appraisal.date;
        let zh = format!("测评日期 {day} 晚于成文日期 {signed}");
        tell(
            root.key("appraisal").key("date"),
            zh,
            format!("appraised on {day}, after the signing on {signed}"),
        );
    }
    found
}

/// R006: a mark is typed that is added in print: 《》 around a recommendation's title, a colon after a finding's label, a mark
/// at the end of a measure's heading.
pub(super) fn typed_marks(report: &Report, file: &str) -> Vec<Diagnostic> {
    let root = Path::root();
    let titles = report.recommendations.iter().enumerate().filter(|(_, own)| own.title.starts_with('《'));
    let titles = titles.map(|(index, _)| (root.key("recommendations").index(index).key("title"), "《》"));
    let findings = || report.findings.iter().enumerate();
    let at = |index: usize| root.key("findings").index(index);
    let labels =
        findings().filter(|(_, own)| own.label.as_ref().is_some_and(|label| label.ends_with(['：', ':'])));
    let labels = labels.map(|(index, _)| (at(index).key("label"), "："));
    let measures = findings().flat_map(|(index, own)| {
        let marked = own
            .measures
            .iter()
            .enumerate()
            .filter(|(_, own)| own.heading.ends_with(['，', '。', '；', '：', ',', '.']));
        marked
            .map(move |(own, _)| (at(index).key("measures").index(own).key("heading"), "，"))
            .collect::<Vec<_>>()
    });
    let ended = findings().filter(|(_, own)| own.title.ends_with(['。', '.', '；', '，']));
    let ended = ended.map(|(index, _)| (at(index).key("title"), "。"));
    let told = |(at, mark): (Path, &str)| {
        let zh = format!("这里不写{mark}，印出时会加上");
        let message = say(zh, format!("{mark} is added in print and not written here"));
        let help = say("删去", "delete it");
        Diagnostic::error(Code::R006, Place::value(file, at), message).help(help)
    };
    titles.chain(labels).chain(measures).chain(ended).map(told).collect()
}

/// R003 for the roster: a body that stands in it twice.
pub(super) fn roster(roster: &Roster, file: &str) -> Vec<Diagnostic> {
    let mut first = BTreeMap::new();
    let mut found = Vec::new();
    for (name, group, index) in roster.bodies() {
        if first.insert(name.clone(), (group, index)).is_some() {
            let at = Path::root().key("groups").index(group).key("bodies").index(index);
            let message = say(format!("“{name}”写了两次"), format!("\"{name}\" stands there twice"));
            let help = say("每个单位写一次", "write every body once");
            found.push(Diagnostic::error(Code::R003, Place::value(file, at), message).help(help));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::table::OfRecords;
    use super::*;

    const ROSTER: &str =
        "groups: [{ name: 部门, bodies: [甲局, 乙局] }, { name: 区, suffix: 人民政府, bodies: [东区] }]";

    fn report(records: &str) -> Report {
        let header = "header: { title: 方案, signature: 甲局, date_signed: 2020-04-26 }";
        serde_yaml::from_str(&format!("genre: work-plan\nyear: 2020\n{header}\n{records}")).unwrap()
    }

    fn tasks(fields: &str) -> String {
        format!("task_groups: [{{ heading: 一, tasks: [{{ heading: 二。, body: 三, {fields} }}] }}]")
    }

    fn members(bodies: &[&str]) -> String {
        let member = |body: &&str| format!("{{ name: 张三, body: {body}, post: 局长, role: 成员 }}");
        let list: Vec<String> = bodies.iter().map(member).collect();
        format!("leading_group: {{ name: 小组, members: [{}] }}", list.join(", "))
    }

    #[test]
    fn rules_fire_and_do_not_fire() {
        let lead = |body: &str| tasks(&format!("lead: [{body}]"));
        let phases = |days: &[&str]| {
            let phase = |days: &&str| format!("{{ name: 甲, {days}, body: 乙 }}");
            format!("phases: [{}]", days.iter().map(phase).collect::<Vec<_>>().join(", "))
        };
        let inspection = |days: &str| format!("inspection: {{ name: 巡察, team: 巡察组, {days} }}");
        let appraisal = |day: &str| format!("appraisal: {{ date: {day}, by: 市政协, result: 满意 }}");
        let recommendation = |number: u8| {
            format!(
                "{{ number: {number}, title: 甲, leader: {{ name: 张三, post: 市长, role: 领办 }}, body: 乙, sections: [{{ heading: 丙。, items: [{{ heading: 丁。, body: 戊 }}] }}] }}"
            )
        };
        let recommendations =
            |a, b| format!("recommendations: [{}, {}]", recommendation(a), recommendation(b));
        let task = "task_groups[0].tasks[0]";
        // A rule that needs no roster is called like one that does.
        const TWICE: OfRecords = |report, _, file| named_twice(report, file);
        const APART: OfRecords = |report, _, file| phases_apart(report, file);
        const DAYS: OfRecords = |report, _, file| days_out_of_order(report, file);
        const MARKS: OfRecords = |report, _, file| typed_marks(report, file);
        let finding = |label: &str, heading: &str| {
            format!(
                "findings: [{{ title: 问题, label: {label}, measures: [{{ heading: {heading}, body: 一 }}] }}]"
            )
        };
        let table: &[(OfRecords, String, &[String])] = &[
            (MARKS, finding("整改情况", "健全机制"), &[]),
            (MARKS, finding("整改情况：", "健全机制"), &["findings[0].label".into()]),
            (MARKS, finding("整改情况", "健全机制，"), &["findings[0].measures[0].heading".into()]),
            (MARKS, finding("整改情况", "健全机制").replace("问题", "问题。"), &["findings[0].title".into()]),
            (MARKS, recommendations(1, 2), &[]),
            (MARKS, recommendations(1, 2).replacen("甲", "《甲》", 1), &["recommendations[0].title".into()]),
            (unknown_body, lead("甲局"), &[]),
            (unknown_body, lead("东区人民政府"), &[]),
            (unknown_body, lead("东区"), &[format!("{task}.lead[0]")]),
            (
                unknown_body,
                tasks("lead: [甲局], responsible: [乙局, 丙局]"),
                &[format!("{task}.responsible[1]")],
            ),
            (unknown_body, members(&["甲局", "丙局"]), &["leading_group.members[1].body".into()]),
            (body_without_member, lead("甲局"), &[]),
            (body_without_member, format!("{}\n{}", lead("甲局"), members(&["甲局"])), &[]),
            (
                body_without_member,
                format!("{}\n{}", tasks("lead: [乙局], responsible: [甲局]"), members(&["甲局"])),
                &[format!("{task}.lead[0]")],
            ),
            (TWICE, tasks("lead: [甲局], responsible: [乙局]"), &[]),
            (TWICE, tasks("lead: [甲局], responsible: [甲局]"), &[format!("{task}.responsible[0]")]),
            (TWICE, members(&["甲局", "乙局"]), &[]),
            (TWICE, members(&["甲局", "甲局"]), &["leading_group.members[1].name".into()]),
            (TWICE, recommendations(1, 2), &[]),
            (TWICE, recommendations(1, 1), &["recommendations[1].number".into()]),
            (APART, phases(&["until: 2020-04-30", "from: 2020-05-01, until: 2020-05-31"]), &[]),
            (
                APART,
                phases(&["until: 2020-04-30", "from: 2020-05-02, until: 2020-05-31"]),
                &["phases[1].from".into()],
            ),
            (
                APART,
                phases(&["until: 2020-04-30", "from: 2020-04-30, until: 2020-05-31"]),
                &["phases[1].from".into()],
            ),
            (APART, phases(&["until: 2020-04-30", "until: 2020-05-31"]), &["phases[1].from".into()]),
            (APART, phases(&["from: 2020-05-01, until: 2020-04-30"]), &["phases[0].until".into()]),
            (DAYS, tasks("lead: [甲局], deadline: 2020-04-26"), &[]),
            (DAYS, tasks("lead: [甲局], deadline: 2020-04-25"), &[format!("{task}.deadline")]),
            (DAYS, phases(&["until: 2020-04-30"]), &[]),
            (DAYS, phases(&["until: 2020-04-20"]), &["phases[0].until".into()]),
            (DAYS, inspection("from: 2020-01-01, until: 2020-02-01, fed_back: 2020-03-01"), &[]),
            (
                DAYS,
                inspection("from: 2020-02-02, until: 2020-02-01, fed_back: 2020-03-01"),
                &["inspection.from".into()],
            ),
            (
                DAYS,
                inspection("from: 2020-01-01, until: 2020-02-01, fed_back: 2020-05-01"),
                &["inspection.fed_back".into()],
            ),
            (DAYS, appraisal("2020-04-01"), &[]),
            (DAYS, appraisal("2020-04-27"), &["appraisal.date".into()]),
        ];
        let bodies: Roster = serde_yaml::from_str(ROSTER).unwrap();
        for (rule, records, expected) in table {
            let places = rule(&report(records), &bodies, "report.yaml").into_iter().filter_map(|told| {
                match told.place?.spot {
                    crate::source::Spot::Value(path) => Some(path.to_string()),
                    _ => None,
                }
            });
            assert_eq!(&places.collect::<Vec<_>>(), expected, "{records}");
        }
    }

    #[test]
    fn a_body_stands_in_the_roster_once() {
        let bodies: Roster = serde_yaml::from_str(ROSTER).unwrap();
        assert!(roster(&bodies, "bodies.yaml").is_empty());
        let twice = ROSTER.replace("甲局, 乙局", "甲局, 东区人民政府");
        let found = roster(&serde_yaml::from_str(&twice).unwrap(), "bodies.yaml");
        let at = Path::root().key("groups").index(1).key("bodies").index(0);
        assert_eq!(
            found.into_iter().map(|told| told.place).collect::<Vec<_>>(),
            [Some(Place::value("bodies.yaml", at))]
        );
    }
}
