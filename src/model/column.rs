//! What a spreadsheet says of the ledger in it: its columns, and what holds for every case.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::case::{Kind, Level, Role};
use super::day::Date;
use super::term::terms;
use super::text::Text;

terms! {
    /// What a column of a spreadsheet holds: a field of a case, by its way in `cases.yaml`.
    Column ("台账的栏目", "column of the ledger") {
        /// 编号
        Id = "id" "编号",
        /// 标题
        Title = "title" "标题" | "案由",
        /// 层级
        Level = "level" "层级",
        /// 类别: 议案, 建议, 提案.
        Kind = "kind" "类别",
        /// 办理角色: 主办, 会办.
        Role = "role" "办理角色" | "主办/会办",
        /// 提出者
        Proposer = "proposer" "提出者" | "代表/委员",
        /// 承办处室
        Office = "office" "承办处室",
        /// 领导领办
        LeaderLed = "leader_led" "领导领办",
        /// 交办日期
        Assigned = "assigned" "交办日期",
        /// 办理时限
        Due = "due" "办理时限",
        /// 延期至
        ExtendedUntil = "extended.until" "延期至",
        /// 同意延期日期
        ExtensionConsented = "extended.consented" "同意延期日期",
        /// 答复日期
        Replied = "replied" "答复日期",
        /// 办理结果
        Outcome = "outcome" "办理结果",
        /// 公开方式
        Decision = "disclosure.decision" "公开方式" | "是否公开",
        /// 不予公开的理由
        Reason = "disclosure.reason" "不予公开的理由",
        /// 保密审查日期
        Reviewed = "disclosure.reviewed" "保密审查日期",
        /// 征求公开意见日期
        DisclosureConsented = "disclosure.consented" "征求公开意见日期",
        /// 公开日期
        Published = "disclosure.published" "公开日期",
        /// 满意度
        Satisfaction = "satisfaction" "满意度",
        /// 联系方式
        Contact = "contact" "联系方式",
        /// 备注
        Notes = "notes" "备注",
        /// The report does not use it.
        Unused = "unused" "不用",
    }
}

/// Columns by what their heads say, or by their letters.
pub type Columns = BTreeMap<Text, Column>;

/// Which sheet of a spreadsheet is the ledger, where it is not the only one that can be.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetChoice {
    /// The sheet's name.
    pub name: Option<Text>,
    /// The row of the heads, from 1; of heads in two rows, the upper one.
    pub head_row: Option<u16>,
}

/// What holds for every case of a spreadsheet whose row says nothing else.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EveryCase {
    /// Where it came from.
    pub level: Option<Level>,
    /// What it is.
    pub kind: Option<Kind>,
    /// The office's part in it.
    pub role: Option<Role>,
    /// Who proposed it.
    pub proposer: Option<Text>,
    /// The section of the office that handles it.
    pub office: Option<Text>,
    /// 交办
    pub assigned: Option<Date>,
    /// The last day for the answer.
    pub due: Option<Date>,
}

impl EveryCase {
    /// What is said, by column.
    pub fn values(&self) -> Vec<(Column, String)> {
        let all = [
            (Column::Level, self.level.map(|level| level.label().to_owned())),
            (Column::Kind, self.kind.map(|kind| kind.label().to_owned())),
            (Column::Role, self.role.map(|role| role.label().to_owned())),
            (Column::Proposer, self.proposer.as_ref().map(Text::to_string)),
            (Column::Office, self.office.as_ref().map(Text::to_string)),
            (Column::Assigned, self.assigned.map(|day| day.to_string())),
            (Column::Due, self.due.map(|day| day.to_string())),
        ];
        all.into_iter().filter_map(|(column, value)| Some((column, value?))).collect()
    }
}
