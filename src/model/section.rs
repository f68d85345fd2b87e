//! A section of a report: prose, points under headings, or both.

use std::fmt;

use schemars::JsonSchema;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::fault::fault;
use super::lists::at_least_one;
use super::text::Prose;

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
    #[serde(default, deserialize_with = "at_least_one")]
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
            // `3` or `true` without quotes is no section: it is refused.
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
                Ok(Section { preamble: None, items: at_least_one(SeqAccessDeserializer::new(items))? })
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
