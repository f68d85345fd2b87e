//! The report: its settings, its prose, and its records. What a genre needs of it, the genre says; what no genre can do
//! without is required here.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::case::{Kind, Level};
use super::claim::{Declaration, each_claim_once};
use super::fault::fault;
use super::header::Header;
use super::keeping::Keeping;
use super::lists::{each_once, each_sort_once, some};
use super::records::{
    Appraisal, Contact, Finding, Inspection, LeadingGroup, Phase, Promise, Recommendation, TaskGroup,
};
use super::term::terms;
use super::text::{Date, Decimal, Name, Prose, Text, WRITTEN, formed};
use super::todo;

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
    #[serde(default, deserialize_with = "some")]
    pub allow: Vec<Allowance>,
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
    #[serde(default, deserialize_with = "some")]
    pub offices: Vec<Text>,
    /// The day on which the figures were closed; none: the day of signing.
    pub as_of: Option<Date>,
    /// The ledger's file, in the report's own folder.
    pub ledger: Option<Text>,
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
    #[serde(default, deserialize_with = "some")]
    pub recommendations: Vec<Recommendation>,
    /// 巡察
    pub inspection: Option<Inspection>,
    /// 组织领导
    pub organisation: Option<Section>,
    /// 问题, each with its measures.
    #[serde(default, deserialize_with = "some")]
    pub findings: Vec<Finding>,
    /// 工作目标
    pub goals: Option<Section>,
    /// 工作任务, by field.
    #[serde(default, deserialize_with = "some")]
    pub task_groups: Vec<TaskGroup>,
    /// 工作安排
    #[serde(default, deserialize_with = "some")]
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
    #[serde(default, deserialize_with = "some")]
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
    #[serde(deserialize_with = "some")]
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

/// A section: prose, items, or both. In the file it may be the prose alone or the list of items alone.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(from = "Written")]
pub struct Section {
    /// What is said before the items, or all that is said.
    pub preamble: Option<Prose>,
    /// Points under headings of their own.
    pub items: Vec<Item>,
}

/// [`Section`] as it is written.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "the schema knows the ways; the reader below takes the one that it finds")]
enum Written {
    /// What is said.
    Prose(#[schemars(extend("type" = "string"))] Prose),
    /// Points under headings of their own.
    Items(Vec<Item>),
    /// Both.
    Both(Both),
}

/// A section's prose and its items.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
struct Both {
    /// What is said before the items, or all that is said.
    preamble: Option<Prose>,
    /// Points under headings of their own.
    #[serde(default, deserialize_with = "some")]
    items: Vec<Item>,
}

impl<'de> Deserialize<'de> for Section {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Section;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str(&fault(OF_SECTION.0, OF_SECTION.1))
            }
            // What is no text without quotes is not taken for one: nobody means a section to say `3` or `true`.
            fn visit_bool<E: Error>(self, flag: bool) -> Result<Section, E> {
                Err(E::custom(no_section(flag)))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Section, E> {
                Err(E::custom(no_section(number)))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Section, E> {
                Err(E::custom(no_section(number)))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Section, E> {
                Err(E::custom(no_section(number)))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Section, E> {
                let preamble = Prose::deserialize(text.into_deserializer())?;
                Ok(Section { preamble: Some(preamble), items: Vec::new() })
            }
            fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Section, A::Error> {
                Ok(Section { preamble: None, items: some(SeqAccessDeserializer::new(items))? })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Section, A::Error> {
                let Both { preamble, items } = Both::deserialize(MapAccessDeserializer::new(map))?;
                if preamble.is_none() && items.is_empty() {
                    let (zh, en) = ("要有 preamble 或 items", "a preamble or items are needed");
                    return Err(A::Error::custom(fault(zh, en)));
                }
                Ok(Section { preamble, items })
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// What a [`Section`] is written as, in both languages.
const OF_SECTION: (&str, &str) =
    ("文字、列表，或 preamble 和 items", "prose, a list, or `preamble` and `items`");

fn no_section(found: impl fmt::Display) -> String {
    let (zh, en) = OF_SECTION;
    fault(format!("这里应是{zh}，写的却是 {found}"), format!("expected {en}, found {found}"))
}

/// The cases of the year before, as its report counted them.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "Counted")]
pub struct LastYear {
    /// Where the counts are from.
    pub source: Text,
    /// How many there were; none: that is still to be found out.
    pub total: Option<u32>,
    /// One a level and kind; of what is not there nobody has said how many there were. Empty: only the total is known.
    pub counts: Vec<LastCount>,
    /// That this year's cases are counted otherwise (口径), and how.
    pub definition: Option<Definition>,
    /// The folder of last year's report, beside this one's; none: it is not kept.
    pub report: Option<Text>,
}

formed! {
    /// How a count differs from what it is compared with (口径说明): a sentence without its full stop.
    Definition = definition r".*[^。.；;\s]";
}

fn definition(text: &str) -> Result<(), String> {
    if !text.ends_with(['。', '.', '；', ';']) {
        return Ok(());
    }
    Err(fault("口径说明末尾不写句号，印出时会加上", "leave out the full stop: it is added in print"))
}

/// [`LastYear`] as it is written: the total, the counts, or both.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{ "required": ["total"] }, { "required": ["counts"] }]))]
struct Counted {
    /// Where the counts are from.
    source: Text,
    /// How many there were.
    total: Option<Total>,
    /// One a level and kind; together they are the total.
    #[serde(default, deserialize_with = "each_sort_once")]
    counts: Vec<LastCount>,
    /// That this year's cases are counted otherwise (口径), and how.
    definition: Option<Definition>,
    /// The folder of last year's report, beside this one's; none: it is not kept.
    report: Option<Text>,
}

impl TryFrom<Counted> for LastYear {
    type Error = String;

    fn try_from(counted: Counted) -> Result<Self, String> {
        let Counted { source, total, counts, definition, report } = counted;
        let sum = counts.iter().fold(0_u32, |sum, row| sum.saturating_add(row.count.0));
        match total {
            None if counts.is_empty() => Err(fault("要有 total 或 counts", "a total or counts are needed")),
            Some(Total(Some(total))) if !counts.is_empty() && total != sum => Err(fault(
                format!("counts 合计 {sum}，与 total {total} 不符"),
                format!("the counts make {sum}, not the total of {total}"),
            )),
            total => {
                let total = match total {
                    Some(Total(total)) if counts.is_empty() => total,
                    _ => Some(sum),
                };
                Ok(Self { source, total, counts, definition, report })
            }
        }
    }
}

/// How many cases of a level and kind there were.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LastCount {
    /// Where they came from.
    pub level: Level,
    /// What they were.
    pub kind: Kind,
    /// How many.
    pub count: Count,
}

/// A number of things.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "Text")]
#[schemars(extend("type" = ["integer", "string"], "minimum" = 0, "maximum" = u32::MAX, "pattern" = r"^\s*\+?[0-9]+\s*$"))]
pub struct Count(pub u32);

impl TryFrom<Text> for Count {
    type Error = String;

    fn try_from(number: Text) -> Result<Self, String> {
        number.parse().map(Self).map_err(|_| {
            let zh = format!("“{number}”不是件数，请只写 0 以上的整数");
            fault(zh, format!("\"{number}\" is no count: write a whole number from 0 on"))
        })
    }
}

/// A count, or nothing where it is still to be found out.
#[derive(Deserialize, JsonSchema)]
#[serde(try_from = "Text")]
#[schemars(extend("type" = ["integer", "string"], "minimum" = 0, "maximum" = u32::MAX, "pattern" = r"^\s*\+?[0-9]+\s*$|^\s*(todo|待核实)"))]
struct Total(#[schemars(with = "Text")] Option<u32>);

impl TryFrom<Text> for Total {
    type Error = String;

    fn try_from(text: Text) -> Result<Self, String> {
        if todo::is_mark(&text) {
            Ok(Self(None))
        } else {
            Count::try_from(text).map(|count| Self(Some(count.0)))
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

/// A heading that is a sentence, and what it says.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// A sentence, full stop included.
    pub heading: Prose,
    /// The text.
    pub body: Prose,
    /// For the office alone.
    #[serde(default, skip_serializing_if = "is_public")]
    pub internal: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_public(internal: &bool) -> bool {
    !internal
}

/// A figure that the office declares: it is not in the ledger, so it says where it is from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// What it measures.
    pub label: Text,
    /// The number, as published.
    pub value: Decimal,
    /// Its unit, printed after it.
    pub unit: Text,
    /// Who says so; none: who says it of the whole file.
    pub source: Option<Text>,
    /// The day or period that it is of; none: that of the whole file.
    pub as_of: Option<Text>,
    /// The same measure before.
    pub previous: Option<Previous>,
    /// For the office alone.
    #[serde(default)]
    pub internal: bool,
}

/// An earlier value of a declared figure, in the same unit.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Previous {
    /// The number, as published.
    pub value: Decimal,
    /// The day or period that it is of.
    pub as_of: Text,
    /// That the later value is counted otherwise (口径), and how.
    pub definition: Option<Definition>,
}
