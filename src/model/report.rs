//! The report: its settings, its prose, and the figures that its office declares.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::case::{Kind, Level};
use super::header::Header;
use super::text::{Date, Decimal, Prose, Text, fault};

/// `report.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The folder of templates that composes it.
    pub genre: Text,
    /// The year it speaks of.
    pub year: u16,
    /// The elements around the text: title, signature, date, and whatever else there is.
    pub header: Header,
    /// How the office speaks of itself: 我局, 我厅.
    pub we: Text,
    /// What the cases are called together: 议提案, 建议提案.
    pub case_term: Text,
    /// Who assigned the cases.
    pub assigned_by: Text,
    /// The day on which the figures were closed.
    pub as_of: Date,
    /// The ledger's file, in the report's own folder.
    pub ledger: Text,
    /// The declared figures' file, in the report's own folder.
    pub figures: Option<Text>,
    /// The cases of the year before, to compare with.
    pub last_year: Option<LastYear>,
    /// A sentence above the ledger's table.
    pub ledger_note: Option<Prose>,
    /// The opening.
    pub preamble: Prose,
    /// What the overview says after its statistics.
    pub overview: Option<Prose>,
    /// How answers were published.
    pub disclosure: DisclosurePractice,
    /// 做法
    #[serde(deserialize_with = "some")]
    pub practices: Vec<Item>,
    /// 成效
    pub results: Results,
    /// 下步打算
    pub next_steps: Prose,
}

/// A list with something in it: an empty one would leave a heading with nothing below.
fn some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Item>, D::Error> {
    let items = Vec::deserialize(deserializer)?;
    if items.is_empty() {
        return Err(D::Error::custom(fault("至少要写一项", "at least one item is needed")));
    }
    Ok(items)
}

/// The cases of the year before, as its report counted them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastYear {
    /// Where the counts are from.
    pub source: Text,
    /// One a level and kind; what is not there was not there.
    #[serde(deserialize_with = "each_once")]
    pub counts: Vec<LastCount>,
}

/// How many cases of a level and kind there were.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastCount {
    /// Where they came from.
    pub level: Level,
    /// What they were.
    pub kind: Kind,
    /// How many.
    #[serde(deserialize_with = "whole")]
    pub count: u32,
}

/// Counts of which none is of the level and kind of another.
fn each_once<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<LastCount>, D::Error> {
    let counts: Vec<LastCount> = Vec::deserialize(deserializer)?;
    if counts.is_empty() {
        return Err(D::Error::custom(fault("至少要写一项", "at least one item is needed")));
    }
    for (index, row) in counts.iter().enumerate() {
        let sort = |other: &&LastCount| (other.level, other.kind) == (row.level, row.kind);
        if counts[..index].iter().any(|other| sort(&other)) {
            let (level, kind) = (row.level.label(), row.kind.label());
            let zh = format!("{level}、{kind}写了两次");
            return Err(D::Error::custom(fault(zh, format!("{level} {kind} is counted twice"))));
        }
    }
    Ok(counts)
}

/// A number of things.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let number = Text::deserialize(deserializer)?;
    number.parse().map_err(|_| {
        let zh = format!("“{number}”不是件数，请只写 0 以上的整数");
        D::Error::custom(fault(zh, format!("\"{number}\" is no count: write a whole number from 0 on")))
    })
}

/// How the office publishes its answers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisclosurePractice {
    /// The last day for publication.
    pub deadline: Date,
    /// What obliges the office to publish.
    pub rule: Prose,
    /// How answers are reviewed for secrecy.
    pub review: Prose,
    /// How proposers are asked.
    pub consent: Prose,
}

/// A heading that is a sentence, and what it says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// A sentence, full stop included.
    pub heading: Prose,
    /// The text.
    pub body: Prose,
}

/// What the handling achieved, by field.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// What is said before the fields.
    pub preamble: Option<Prose>,
    /// 一是…，二是…
    #[serde(deserialize_with = "some")]
    pub fields: Vec<Item>,
}

/// A figure that the office declares: it is not in the ledger, so it says where it is from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// What it measures.
    pub label: Text,
    /// The number, as published.
    pub value: Decimal,
    /// Its unit, printed after it.
    pub unit: Text,
    /// Who says so.
    pub source: Text,
    /// The day or period that it is of.
    pub as_of: Text,
    /// The same measure before.
    pub previous: Option<Previous>,
}

/// An earlier value of a declared figure, in the same unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Previous {
    /// The number, as published.
    pub value: Decimal,
    /// The day or period that it is of.
    pub as_of: Text,
}
