//! What each file may say, as JSON Schema (draft 2020-12), for editors that complete and check YAML. It is made from the types
//! that the files are read into.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::{Declarations, Ledger};
use crate::model::{Genre, Profile, Report, Roster};

/// A file that the program reads.
pub struct FileKind {
    /// What its schema is called.
    pub name: &'static str,
    /// The file's usual name.
    pub file: &'static str,
    /// What is in it, in Chinese and in English.
    pub label: (&'static str, &'static str),
    /// Its schema.
    pub schema: fn() -> Value,
}

/// Every file that the program reads.
pub const FILES: &[FileKind] = &[
    FileKind {
        name: "report", file: "report.yaml", label: ("报告", "the report"), schema: schema::<Report>
    },
    FileKind {
        name: "cases",
        file: "cases.yaml",
        label: ("办件台账", "the ledger"),
        schema: schema::<Ledger>,
    },
    FileKind {
        name: "figures",
        file: "figures.yaml",
        label: ("数据表", "the declared figures"),
        schema: schema::<Declarations>,
    },
    FileKind {
        name: "bodies",
        file: "bodies.yaml",
        label: ("单位名册", "the roster of bodies"),
        schema: schema::<Roster>,
    },
    FileKind {
        name: "profile",
        file: "profile.yaml",
        label: ("地方规则", "a profile"),
        schema: schema::<Profile>,
    },
    FileKind { name: "genre", file: "genre.yaml", label: ("文种", "a genre"), schema: schema::<Genre> },
];

fn schema<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(lists));
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// A list that is written has something in it, unless its own type says otherwise; what is understood where one is left out
/// is nothing to write.
fn lists(schema: &mut Schema) {
    let is = |kind: &Value| {
        kind == "array" || kind.as_array().is_some_and(|kinds| kinds.contains(&"array".into()))
    };
    if schema.get("type").is_some_and(is) && schema.get("minItems").is_none() {
        schema.insert("minItems".to_owned(), 1.into());
    }
    let empty = |value: &Value| {
        value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(|map| map.is_empty())
    };
    if schema.get("default").is_some_and(empty) {
        schema.remove("default");
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde::de::DeserializeOwned;

    use super::*;
    use crate::model::{
        case, claim, column, declared, genre, header, keeping, last_year, profile, records, report, section,
    };

    /// The keys that a reader knows, by its own words.
    fn known<T: DeserializeOwned>() -> BTreeSet<String> {
        let words = serde_yaml::from_str::<T>("{ \"?\": 1 }").err().unwrap().to_string();
        assert!(words.contains("unknown field"), "{words}");
        words.split('`').skip(3).step_by(2).map(str::to_owned).collect()
    }

    fn keys(schema: &Value) -> BTreeSet<String> {
        let properties = schema["properties"].as_object();
        properties.into_iter().flat_map(|properties| properties.keys().cloned()).collect()
    }

    /// Every record by its name in the schemas; a new one is missed below until it is listed here.
    #[test]
    fn the_schemas_have_the_keys_that_the_readers_know() {
        let mut records: BTreeMap<String, Value> = BTreeMap::new();
        for kind in FILES {
            let schema = (kind.schema)();
            records.extend(schema["$defs"].as_object().unwrap().clone());
            records.insert(schema["title"].as_str().unwrap().to_owned(), schema);
        }
        records.retain(|_, schema| schema.get("properties").is_some());
        macro_rules! same {
            ($($name:literal $kind:ty,)+) => {$(
                let schema = records.remove($name).unwrap_or_else(|| panic!("no record {}", $name));
                assert_eq!(keys(&schema), known::<$kind>(), $name);
                assert_eq!(schema["additionalProperties"], false, $name);
            )+};
        }
        same! {
            "Report" Report, "Ledger" Ledger, "Declarations" Declarations, "Roster" Roster, "Genre" Genre,
            "Case" case::Case, "Extension" case::Extension, "Disclosure" case::Disclosure,
            "Words" genre::Words,
            "Header" header::Header, "Occasion" header::Occasion, "Speaker" header::Speaker,
            "Allowance" report::Allowance, "Assigned" report::Assigned, "AssignedCount" report::AssignedCount,
            "Both" section::Section, "LastYear" last_year::LastYear, "LastCount" last_year::LastCount,
            "DisclosurePractice" report::DisclosurePractice, "Item" section::Item,
            "Declared" declared::Declared, "Previous" declared::Previous,
            "Recommendation" records::Recommendation, "Leader" records::Leader, "Field" records::Field,
            "Appraisal" records::Appraisal, "TaskGroup" records::TaskGroup, "Task" records::Task,
            "Phase" records::Phase, "LeadingGroup" records::LeadingGroup, "Member" records::Member,
            "Inspection" records::Inspection, "Finding" records::Finding, "Measure" records::Measure,
            "Contact" records::Contact, "BodyGroup" records::BodyGroup, "Promise" records::Promise,
            "Profile" profile::Profile, "Class" profile::Class, "Labels" profile::Labels, "Limit" profile::Limit,
            "Publication" profile::Publication, "Rounding" profile::Rounding, "Scale" profile::Scale,
            "SheetChoice" column::SheetChoice, "EveryCase" column::EveryCase,
            "Keeping" keeping::Keeping, "WithExceptions" claim::Declaration,
        }
        assert!(records.is_empty(), "not compared: {:?}", records.keys());
    }

    #[test]
    fn every_key_and_every_term_is_described() {
        fn walk(value: &Value, at: &str, missing: &mut Vec<String>) {
            for (key, property) in value["properties"].as_object().into_iter().flatten() {
                if property.get("description").is_none() {
                    missing.push(format!("{at}.{key}"));
                }
            }
            if value.get("enum").is_some() && value.get("title").is_some() && value["description"].is_null() {
                missing.push(format!("{at}: {}", value["title"]));
            }
            for (key, value) in value.as_object().into_iter().flatten() {
                walk(value, &format!("{at}/{key}"), missing);
            }
            for value in value.as_array().into_iter().flatten() {
                walk(value, at, missing);
            }
        }
        let mut missing = Vec::new();
        for kind in FILES {
            walk(&(kind.schema)(), kind.name, &mut missing);
        }
        assert!(missing.is_empty(), "{}", missing.join("\n"));
    }
}
