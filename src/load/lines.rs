//! The text that a spreadsheet was turned into, read without a YAML reader: each value stands on a line of its own, in the form
//! that `source::quoted` gives it. A ledger of 100,000 cases is read in a tenth of the time. What is not in this form, or does not
//! hold, is left to the YAML reader, which says what is wrong.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::value::{Error, MapDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::model::Case;
use crate::parallel::in_parallel;

/// Fewer cases than this are not worth another thread.
const LEAST: usize = 2_000;

/// A value of a case.
enum Item<'t> {
    Text(Cow<'t, str>),
    Flag(bool),
    Record(Vec<(&'t str, Item<'t>)>),
}

/// The cases of a text, each of which begins at one of these bytes; none if one of them does not read.
pub(super) fn cases(text: &str, starts: &[usize]) -> Option<Vec<Case>> {
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let records: Option<Vec<&str>> =
        starts.iter().zip(ends).map(|(start, end)| text.get(*start..end)).collect();
    let read = in_parallel(&records?, LEAST, || (), |(), record| case(record));
    read.into_iter().collect()
}

fn case(record: &str) -> Option<Case> {
    let mut items: Vec<(&str, Item)> = Vec::new();
    for line in record.lines() {
        let bare = line.trim_start_matches([' ', '-']);
        let (key, value) = bare.split_once(':')?;
        let is_inner = line.starts_with("      ");
        match (value.trim_start(), items.last_mut()) {
            ("", _) if !is_inner && ["extended", "disclosure"].contains(&key) => {
                items.push((key, Item::Record(Vec::new())));
            }
            ("", _) => return None,
            (value, Some((_, Item::Record(inner)))) if is_inner => inner.push((key, item(value)?)),
            (value, _) => items.push((key, item(value)?)),
        }
    }
    Case::deserialize(Item::Record(items)).ok()
}

fn item(value: &str) -> Option<Item<'_>> {
    Some(match value {
        "true" => Item::Flag(true),
        "false" => Item::Flag(false),
        value if value.starts_with('"') => {
            let inner = value.strip_prefix('"')?.strip_suffix('"')?;
            match inner.contains('\\') {
                true => Item::Text(serde_json::from_str::<String>(value).ok()?.into()),
                false => Item::Text(inner.into()),
            }
        }
        value => Item::Text(value.into()),
    })
}

impl<'de> IntoDeserializer<'de, Error> for Item<'de> {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Item<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Item::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Item::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Item::Flag(flag) => visitor.visit_bool(flag),
            Item::Record(items) => visitor.visit_map(MapDeserializer::new(items.into_iter())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Ledger, yaml};
    use super::*;

    const TEXT: &str = "cases:\n  - id: \"0250\"\n    title: \"关于“甲: 乙”的建议\"\n    level: 市\n    kind: 建议\n    role: 协办\n    proposer: 甲\n    office: 乙处\n    leader_led: true\n    assigned: 2025-03-05\n    due: 2025-05-31\n    extended:\n      until: 2025-08-31\n    replied: 2025-05-02\n    disclosure:\n      decision: 全文公开\n      consented: 2025-05-01\n    notes: \"一行\\n\\\"二行\\\"\"\n  - id: 甲-1\n    title: 题\n    level: 市\n    kind: 建议\n    role: 主办\n    proposer: 甲\n    office: 乙处\n    assigned: 2025-03-05\n    due: 2025-05-31\n";

    fn starts(text: &str) -> Vec<usize> {
        text.match_indices("  - ").map(|(at, _)| at).collect()
    }

    #[test]
    fn cases_are_those_that_the_yaml_reader_reads() {
        let quick = cases(TEXT, &starts(TEXT)).unwrap();
        let whole = yaml::read_list(TEXT, "f", "cases", |ledger: Ledger| ledger.cases).value.unwrap();
        assert_eq!(format!("{quick:?}"), format!("{whole:?}"));
    }

    #[test]
    fn what_does_not_hold_is_left_to_the_yaml_reader() {
        for (from, to) in [
            ("2025-05-31", "2025-05-32"),
            ("level: 市", "level:"),
            ("乙处", "\"乙"),
            ("until: 2025-08-31", "until:"),
        ] {
            let text = TEXT.replacen(from, to, 1);
            assert!(cases(&text, &starts(&text)).is_none(), "{to}");
        }
    }
}
