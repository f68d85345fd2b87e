//! The cases of the year before, as its report counted them.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{DeserializeSeed, Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::case::{Kind, Level};
use super::fault::fault;
use super::lists::not_empty;
use super::text::{Text, formed};
use super::todo;

/// The cases of the year before, as its report counted them.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "Counted")]
pub struct LastYear {
    /// Where the counts are from.
    pub source: Text,
    /// How many there were; none: that is still to be found out.
    pub total: Option<u32>,
    /// One for each level and kind; what is not listed is not known. Empty: only the total is known.
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

/// Counts of which none is of the level and kind of another; the second of two is the one at fault.
fn each_sort_once<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<LastCount>, D::Error> {
    struct Counts;
    impl<'de> Visitor<'de> for Counts {
        type Value = Vec<LastCount>;
        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("a sequence")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            let mut counts = Vec::new();
            while let Some(count) = items.next_element_seed(Unlike(&counts))? {
                counts.push(count);
            }
            not_empty(counts)
        }
    }
    deserializer.deserialize_seq(Counts)
}

/// A count of another level or kind than these.
struct Unlike<'c>(&'c [LastCount]);

impl<'de> DeserializeSeed<'de> for Unlike<'_> {
    type Value = LastCount;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<LastCount, D::Error> {
        let count = LastCount::deserialize(deserializer)?;
        if self.0.iter().any(|other| (other.level, other.kind) == (count.level, count.kind)) {
            let (level, kind) = (count.level.label(), count.kind.label());
            let zh = format!("{level}、{kind}写了两次");
            return Err(D::Error::custom(fault(zh, format!("{level} {kind} is counted twice"))));
        }
        Ok(count)
    }
}
