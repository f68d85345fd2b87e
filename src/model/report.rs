//! The report: its settings, its prose, and its records. What a genre needs of it, the genre says; what no genre can do
//! without is required here.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::{Error, IntoDeserializer, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::claim::{Declaration, each_claim_once};
use super::column::{Columns, EveryCase, SheetChoice};
use super::day::Date;
use super::fault::fault;
use super::header::Header;
use super::keeping::Keeping;
use super::last_year::{Count, LastYear};
use super::lists::{at_least_one, each_once};
use super::records::{
    Appraisal, Contact, Finding, Inspection, LeadingGroup, Phase, Promise, Recommendation, TaskGroup,
};
use super::section::Section;
use super::term::terms;
use super::text::{Name, Prose, Text, WRITTEN};

/// `report.yaml`.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The folder of templates that composes it.
    pub genre: Text,
    /// The year it speaks of.
    pub year: u16,
    /// It is not finished, whether or not something is still to be found out.
    #[serde(default)]
    pub draft: bool,
    /// What the rules over the finished words find is an error, not a warning.
    #[serde(default)]
    pub strict: bool,
    /// What the office has looked at and lets stand.
    #[serde(default, deserialize_with = "at_least_one")]
    pub allow: Vec<Allowance>,
    /// Set phrases whose numbers count nothing, such as 12345热线, besides those that the program and the profile know.
    #[serde(default, deserialize_with = "at_least_one")]
    pub names: Vec<Text>,
    /// The elements around the text: title, signature, date, and whatever else there is.
    pub header: Header,
    /// How the office speaks of itself: 我局, 我厅.
    pub we: Option<Text>,
    /// What the cases are called together: 议提案, 建议提案.
    pub case_term: Option<Text>,
    /// What 会办 is called where the office is: 协办.
    pub assist_term: Option<Text>,
    /// Who assigned the cases.
    pub assigned_by: Option<Text>,
    /// How many cases there are by the assigning office's own count.
    pub assigned: Option<Assigned>,
    /// What the report says of all its cases.
    #[serde(default, deserialize_with = "each_claim_once")]
    #[schemars(extend("uniqueItems" = true))]
    pub claims: Vec<Declaration>,
    /// The sections of the office that handle cases; empty: any.
    #[serde(default, deserialize_with = "at_least_one")]
    pub offices: Vec<Text>,
    /// The day on which the figures were closed; none: the day of signing.
    pub as_of: Option<Date>,
    /// The ledger's file, in the report's own folder.
    pub ledger: Option<Text>,
    /// Which sheet of the ledger's spreadsheet it is, if there is more than one that can be.
    pub sheet: Option<SheetChoice>,
    /// What columns of the ledger's spreadsheet hold, by what their heads say or by their letters, where it is not plain.
    #[serde(default, deserialize_with = "each_once")]
    pub columns: Columns,
    /// What holds for every case of the ledger's spreadsheet whose row says nothing else.
    pub every_case: Option<EveryCase>,
    /// The declared figures' file, in the report's own folder.
    pub figures: Option<Text>,
    /// The file of the roster of bodies, in the report's own folder.
    pub bodies: Option<Text>,
    /// The rules of the place: the name of a built-in profile, or a file in the report's own folder; none: the generic one.
    pub profile: Option<Text>,
    /// Say at the end by which rules the figures are made.
    #[serde(default)]
    pub profile_note: bool,
    /// How the report is filed, where it is not as the profile says.
    pub archive: Option<Keeping>,
    /// The cases of the year before, to compare with.
    pub last_year: Option<LastYear>,
    /// Which tables of the ledger stand in the report; none said: all that its genre has.
    #[schemars(extend("minItems" = 0))]
    pub tables: Option<Vec<LedgerTable>>,
    /// A sentence above the ledger's table.
    pub ledger_note: Option<Prose>,
    /// The genre's own phrases, replaced.
    #[serde(default, deserialize_with = "each_once")]
    pub wording: BTreeMap<Name, Phrase>,
    /// The opening.
    pub preamble: Option<Prose>,
    /// What the overview says after its statistics.
    pub overview: Option<Prose>,
    /// How answers were published.
    pub disclosure: Option<DisclosurePractice>,
    /// 民主测评
    pub appraisal: Option<Appraisal>,
    /// 建议案, a chapter each.
    #[serde(default, deserialize_with = "at_least_one")]
    pub recommendations: Vec<Recommendation>,
    /// 巡察
    pub inspection: Option<Inspection>,
    /// 组织领导
    pub organisation: Option<Section>,
    /// 问题, each with its measures.
    #[serde(default, deserialize_with = "at_least_one")]
    pub findings: Vec<Finding>,
    /// 工作目标
    pub goals: Option<Section>,
    /// 工作任务, by field.
    #[serde(default, deserialize_with = "at_least_one")]
    pub task_groups: Vec<TaskGroup>,
    /// 工作安排
    #[serde(default, deserialize_with = "at_least_one")]
    pub phases: Vec<Phase>,
    /// 工作要求
    pub requirements: Option<Section>,
    /// 领导小组
    pub leading_group: Option<LeadingGroup>,
    /// 做法
    pub practices: Option<Section>,
    /// 成效
    pub results: Option<Section>,
    /// What last year's answers promised, and what became of it.
    #[serde(default, deserialize_with = "at_least_one")]
    pub promises: Vec<Promise>,
    /// 致谢
    pub thanks: Option<Prose>,
    /// 下步打算
    pub next_steps: Option<Section>,
    /// 结语
    pub closing: Option<Prose>,
    /// How the office can be reached.
    pub contact: Option<Contact>,
}

impl Report {
    /// The day on which the figures were closed.
    pub fn as_of(&self) -> Date {
        self.as_of.unwrap_or(self.header.date_signed)
    }
}

/// A rule's findings that are let stand, and why.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// The rule's code.
    pub rule: Text,
    /// Why.
    pub reason: Text,
    /// Words of the message or of the line; none: all that the rule finds.
    pub words: Option<Text>,
}

terms! {
    /// A table that is made from the ledger.
    LedgerTable ("台账的表", "table of the ledger") {
        /// 概况表: what there was, by origin and role, with its chart; in the text.
        Overview = "overview" "概况表",
        /// 统计表: an annex.
        Statistics = "statistics" "统计表",
        /// 台账: every case, an annex.
        Ledger = "ledger" "台账",
    }
}

/// How many cases there are, as the assigning office counts them.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    /// Where the counts are from.
    pub source: Text,
    /// Its counts.
    #[serde(deserialize_with = "at_least_one")]
    pub counts: Vec<AssignedCount>,
}

/// How many cases meet some conditions.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignedCount {
    /// Conditions as `count` takes them, all of which hold; none: every case.
    #[serde(rename = "where", default, deserialize_with = "each_once")]
    pub conditions: BTreeMap<Name, Text>,
    /// How many.
    pub count: Count,
}

/// One of the genre's phrases: prose, or nothing where the phrase is left out.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(extend("type" = WRITTEN, "maxLength" = 20_000, "pattern" = r"^$|\S"))]
pub struct Phrase(#[schemars(with = "String")] pub Option<Prose>);

impl<'de> Deserialize<'de> for Phrase {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;
        impl Visitor<'_> for Words {
            type Value = Phrase;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str(&fault("文字", "a text"))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Phrase, E> {
                let prose = |text: &str| Prose::deserialize(text.into_deserializer());
                if text.is_empty() { Ok(Phrase(None)) } else { prose(text).map(|prose| Phrase(Some(prose))) }
            }
        }
        deserializer.deserialize_str(Words)
    }
}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(prose) => prose.serialize(serializer),
            None => serializer.serialize_str(""),
        }
    }
}

/// How the office publishes its answers.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisclosurePractice {
    /// The last day for publication.
    pub deadline: Date,
    /// What obliges the office to publish.
    pub rule: Prose,
    /// How answers are reviewed for secrecy.
    pub review: Option<Prose>,
    /// How proposers are asked.
    pub consent: Option<Prose>,
}
