//! Counts of the report's own records: as many as are written down, never typed.

use crate::model::Report;
use crate::model::records::{Finding, TaskGroup};
use crate::model::report::Section;

/// A count: its name, what is counted, the measure word, how many there are.
pub(super) type Row = (&'static str, &'static str, &'static str, fn(&Report) -> usize);

fn items(section: &Option<Section>) -> usize {
    section.as_ref().map_or(0, |section| section.items.len())
}

pub(super) const RECORDS: &[Row] = &[
    ("recommendations.total", "建议案", "件", |r| r.recommendations.len()),
    ("organisation.total", "组织领导措施", "项", |r| items(&r.organisation)),
    ("findings.total", "问题", "个", |r| r.findings.len()),
    ("measures.total", "整改措施", "条", |r| {
        r.findings.iter().map(|f: &Finding| f.measures.len()).sum()
    }),
    ("goals.total", "工作目标", "项", |r| items(&r.goals)),
    ("task_groups.total", "任务的方面", "个", |r| r.task_groups.len()),
    ("tasks.total", "工作任务", "项", |r| {
        r.task_groups.iter().map(|group: &TaskGroup| group.tasks.len()).sum()
    }),
    ("phases.total", "工作阶段", "个", |r| r.phases.len()),
    ("requirements.total", "工作要求", "项", |r| items(&r.requirements)),
    ("members.total", "领导小组成员", "人", |r| {
        r.leading_group.as_ref().map_or(0, |group| group.members.len())
    }),
    ("practices.total", "做法", "项", |r| items(&r.practices)),
    ("results.total", "成效", "项", |r| items(&r.results)),
    ("next_steps.total", "下步打算", "项", |r| items(&r.next_steps)),
];
