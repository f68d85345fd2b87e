//! The genre (文种样式): what one kind of report needs, what else it prints, and the phrases that it brings along.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::fault::fault;
use super::lists::{at_least_one, each_once};
use super::parts::{PARTS, Part};
use super::report::Phrase;
use super::text::{Name, Text};

/// `genre.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Genre {
    /// What it is called.
    pub label: Words,
    /// What it is for, in a sentence.
    pub about: Words,
    /// The parts without which it has something to leave empty.
    #[serde(default, deserialize_with = "at_least_one")]
    pub needs: Vec<PartKey>,
    /// Other parts that it prints.
    #[serde(default, deserialize_with = "at_least_one")]
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
