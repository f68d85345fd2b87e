//! The genre (文种样式): what one kind of report needs, what else it prints, and the phrases that it brings along.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::lists::{each_once, some};
use super::report::{Phrase, Report};
use super::text::{Name, Text, fault};
use crate::source::Path;

/// `genre.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Genre {
    /// What it is called.
    pub label: Words,
    /// What it is for, in a sentence.
    pub about: Words,
    /// The parts without which it has something to leave empty.
    #[serde(default, deserialize_with = "some")]
    pub needs: Vec<PartKey>,
    /// Other parts that it prints.
    #[serde(default, deserialize_with = "some")]
    pub takes: Vec<PartKey>,
    /// Its phrases, which a report may replace.
    #[serde(default, deserialize_with = "each_once")]
    pub wording: BTreeMap<Name, Phrase>,
}

/// Words in both languages.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Chinese.
    pub zh: Text,
    /// English.
    pub en: Text,
}

/// A part of a report, by its key in `report.yaml`.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(try_from = "Text")]
#[schemars(transform = Self::keys)]
pub struct PartKey(#[schemars(with = "Text")] pub &'static Part);

impl PartKey {
    /// Only what there is.
    fn keys(schema: &mut schemars::Schema) {
        schema.insert("enum".to_owned(), PARTS.iter().map(|part| part.key).collect());
    }
}

impl TryFrom<Text> for PartKey {
    type Error = String;

    fn try_from(key: Text) -> Result<Self, String> {
        PARTS.iter().find(|part| part.key == &*key).map(Self).ok_or_else(|| {
            let list = PARTS.iter().map(|part| part.key).collect::<Vec<_>>().join(", ");
            fault(
                format!("报告没有 {key} 这一部分，可以写：{list}"),
                format!("a report has no part `{key}`: write one of {list}"),
            )
        })
    }
}

/// A part that a report may have.
#[derive(Debug)]
pub struct Part {
    /// Its key; `header.` before the elements around the text.
    pub key: &'static str,
    /// What it is, in Chinese and in English.
    pub label: (&'static str, &'static str),
    /// Whether a report has it.
    pub given: fn(&Report) -> bool,
}

impl Part {
    /// The way to it in `report.yaml`.
    pub fn path(&self) -> Path {
        self.key.split('.').fold(Path::root(), |path, key| path.key(key))
    }
}

macro_rules! parts {
    ($($key:literal $zh:literal $en:literal $given:expr;)+) => {
        /// Every part that not all genres have, in the order of reports.
        pub const PARTS: &[Part] = &[$(Part { key: $key, label: ($zh, $en), given: $given },)+];
    };
}

parts! {
    "header.addressees" "主送机关" "whom it is sent to" |r| r.header.addressees.is_some();
    "header.signature" "署名" "who signs" |r| r.header.signature.is_some();
    "header.issues" "所印发文件的标题" "the title of what it issues" |r| r.header.issues.is_some();
    "header.occasion" "会议、日期、报告人、称谓" "meeting, day, speaker, salutation" |r| r.header.occasion.is_some();
    "we" "自称，如 我局" "how the office calls itself" |r| r.we.is_some();
    "case_term" "办件的统称，如 议提案" "what cases are called" |r| r.case_term.is_some();
    "assist_term" "会办的叫法，如 协办" "what 会办 is called" |r| r.assist_term.is_some();
    "assigned_by" "交办单位" "who assigned the cases" |r| r.assigned_by.is_some();
    "as_of" "统计截止日" "the day the figures were closed" |r| r.as_of.is_some();
    "ledger" "办件台账" "the ledger" |r| r.ledger.is_some();
    "ledger_note" "台账的说明" "a note on the ledger" |r| r.ledger_note.is_some();
    "tables" "要附哪些表" "which tables stand in it" |r| r.tables.is_some();
    "last_year" "上年件数" "last year's cases" |r| r.last_year.is_some();
    "bodies" "单位名册" "the roster of bodies" |r| r.bodies.is_some();
    "preamble" "引言" "the opening" |r| r.preamble.is_some();
    "overview" "总体情况" "the overview" |r| r.overview.is_some();
    "disclosure" "公开的规定和做法" "how answers are published" |r| r.disclosure.is_some();
    "appraisal" "民主测评" "the appraisal" |r| r.appraisal.is_some();
    "recommendations" "建议案" "recommendations" |r| !r.recommendations.is_empty();
    "inspection" "巡察" "the inspection" |r| r.inspection.is_some();
    "organisation" "组织领导" "how the work was organised" |r| r.organisation.is_some();
    "findings" "问题和整改措施" "findings and measures" |r| !r.findings.is_empty();
    "goals" "工作目标" "goals" |r| r.goals.is_some();
    "task_groups" "工作任务" "tasks" |r| !r.task_groups.is_empty();
    "phases" "工作安排" "phases" |r| !r.phases.is_empty();
    "requirements" "工作要求" "requirements" |r| r.requirements.is_some();
    "leading_group" "领导小组" "the leading group" |r| r.leading_group.is_some();
    "practices" "做法" "practices" |r| r.practices.is_some();
    "results" "成效" "results" |r| r.results.is_some();
    "promises" "上年承诺事项的落实情况" "what became of last year's promises" |r| !r.promises.is_empty();
    "thanks" "致谢" "thanks" |r| r.thanks.is_some();
    "next_steps" "下步打算" "next steps" |r| r.next_steps.is_some();
    "closing" "结语" "the closing" |r| r.closing.is_some();
    "profile_note" "规则说明" "by which rules the figures are made" |r| r.profile_note;
    "contact" "联系方式" "how to reach the office" |r| r.contact.is_some();
}
