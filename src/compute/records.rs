//! Counts of the report's own records: as many as are written down, never typed.

use super::{Figure, Made, Origin, unknown_yet};
use crate::diagnostic::{Say, say};
use crate::model::records::{Finding, Member, Phase, Recommendation, TaskGroup};
use crate::model::section::{Item, Section};
use crate::model::{PromiseStatus, Report};

/// A count: its name, what is counted, the measure word, the headings of what is counted.
pub(super) type Row = (&'static str, &'static str, &'static str, fn(&Report) -> Vec<String>);

fn texts<T>(records: &[T], text: impl Fn(&T) -> String) -> Vec<String> {
    records.iter().map(text).collect()
}

fn items(section: &Option<Section>) -> Vec<String> {
    let items = section.as_ref().map_or(&[][..], |section| &section.items);
    texts(items, |item: &Item| item.heading.to_string())
}

pub(super) const RECORDS: &[Row] = &[
    ("recommendations.total", "建议案", "件", |r| {
        texts(&r.recommendations, |record: &Recommendation| {
            format!("{}号《{}》", record.number, record.title)
        })
    }),
    ("organisation.total", "组织领导措施", "项", |r| items(&r.organisation)),
    ("findings.total", "问题", "个", |r| {
        texts(&r.findings, |finding: &Finding| finding.title.to_string())
    }),
    ("measures.total", "整改措施", "条", |r| {
        let measures = r.findings.iter().flat_map(|finding| &finding.measures);
        measures.map(|measure| measure.heading.to_string()).collect()
    }),
    ("task_groups.total", "任务的方面", "个", |r| {
        texts(&r.task_groups, |group: &TaskGroup| group.heading.to_string())
    }),
    ("goals.total", "工作目标", "项", |r| items(&r.goals)),
    ("tasks.total", "工作任务", "项", |r| {
        let tasks = r.task_groups.iter().flat_map(|group| &group.tasks);
        tasks.map(|task| task.heading.to_string()).collect()
    }),
    ("phases.total", "工作阶段", "个", |r| texts(&r.phases, |phase: &Phase| phase.name.to_string())),
    ("requirements.total", "工作要求", "项", |r| items(&r.requirements)),
    ("members.total", "领导小组成员", "人", |r| {
        let members = r.leading_group.as_ref().map_or(&[][..], |group| &group.members);
        texts(members, |member: &Member| member.name.to_string())
    }),
    ("practices.total", "做法", "项", |r| items(&r.practices)),
    ("results.total", "成效", "项", |r| items(&r.results)),
    ("next_steps.total", "下步打算", "项", |r| items(&r.next_steps)),
    ("promises.total", "上年承诺的事项", "件", |r| promises(r, |_| true)),
    ("promises.done", "已落实的承诺事项", "件", |r| {
        promises(r, |status| status == PromiseStatus::Done)
    }),
    ("promises.open", "仍在办理的承诺事项", "件", |r| {
        promises(r, |status| status == PromiseStatus::Open)
    }),
];

fn promises(report: &Report, wanted: impl Fn(PromiseStatus) -> bool) -> Vec<String> {
    let found = report.promises.iter().filter(|promise| wanted(promise.status));
    found.map(|promise| format!("{}《{}》", promise.id, promise.title)).collect()
}

/// Names of counts of promises. There is no count while some promise is not accounted for.
const PROMISES: &str = "promises.";

/// How many records of a row a report has; an error where it has none.
pub(super) fn count((name, label, unit, records): &Row, report: &Report) -> Result<Figure, Say> {
    let found = records(report);
    let key = name.trim_end_matches(".total");
    let by_state = name.starts_with(PROMISES) && !report.promises.is_empty() && *name != "promises.total";
    if by_state && report.promises.iter().any(|promise| promise.status == PromiseStatus::Todo) {
        return Ok(unknown_yet(name, label, unit));
    }
    if found.is_empty() && !by_state {
        return Err(say(
            format!("report.yaml 没有逐项列出{label}，无从计数"),
            format!("report.yaml lists nothing that `{name}` could count"),
        ));
    }
    let formula = say(
        format!("{label}总数 = 本报告所列{label}的条数"),
        format!("number of {key} that the report lists"),
    );
    Ok(Figure {
        name: (*name).to_owned(),
        value: found.len().to_string(),
        unit: (*unit).to_owned(),
        source: format!("本报告所列{label}计数"),
        origin: Origin::new(formula, Made::Records(found)),
    })
}
