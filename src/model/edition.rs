//! For whom a report is made, and what of it is for the office alone.

use super::records::Recommendation;
use super::report::{Item, Report, Section};
use crate::source::Path;

/// For whom a report is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Edition {
    /// For everybody: nothing that is withheld.
    #[default]
    Public,
    /// For the office: all of it.
    Internal,
}

/// A section of a report whose items may be internal.
struct Sectioned {
    key: &'static str,
    get: fn(&Report) -> &Option<Section>,
    get_mut: fn(&mut Report) -> &mut Option<Section>,
}

macro_rules! sections {
    ($($field:ident),+) => {
        /// Every field of a report that is a section: a test holds this list against the type.
        const SECTIONS: &[Sectioned] = &[$(Sectioned {
            key: stringify!($field),
            get: |report| &report.$field,
            get_mut: |report| &mut report.$field,
        },)+];
    };
}

sections!(organisation, goals, requirements, practices, results, next_steps);

impl Report {
    /// Every item that is for the office alone, with the way to it.
    pub fn internal_items(&self) -> Vec<(Path, &Item)> {
        let root = Path::root();
        let own = SECTIONS.iter().filter_map(|part| {
            let section = (part.get)(self).as_ref()?;
            Some((root.key(part.key), &*section.items))
        });
        let fields =
            self.recommendations.iter().enumerate().flat_map(|(index, one): (usize, &Recommendation)| {
                let at = Path::root().key("recommendations").index(index).key("sections");
                one.sections.iter().enumerate().map(move |(index, field)| (at.index(index), &*field.items))
            });
        let mut found = Vec::new();
        for (at, items) in own.chain(fields) {
            let internal = items.iter().enumerate().filter(|(_, item)| item.internal);
            found.extend(internal.map(|(index, item)| (at.key("items").index(index), item)));
        }
        found
    }

    /// Whether any of it is for the office alone.
    pub fn has_internal(&self) -> bool {
        self.promises.iter().any(|promise| promise.internal) || !self.internal_items().is_empty()
    }

    /// Without what is for the office alone. Positions are others then: it is good for counting.
    pub fn public(&self) -> Self {
        let mut report = self.clone();
        let public = |items: &mut Vec<Item>| items.retain(|item| !item.internal);
        for part in SECTIONS {
            if let Some(section) = (part.get_mut)(&mut report) {
                public(&mut section.items);
            }
        }
        let fields = report.recommendations.iter_mut().flat_map(|one| &mut one.sections);
        fields.for_each(|field| public(&mut field.items));
        report.promises.retain(|promise| !promise.internal);
        report
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PARTS;

    /// The keys of `report.yaml` that are settings and no parts: no genre says that it needs or prints them.
    const SETTINGS: &[&str] = &[
        "genre", "year", "draft", "strict", "allow", "header", "assigned", "claims", "offices", "figures",
        "profile", "archive", "wording",
    ];

    /// The fields of a report as its schema has them, each with what it is.
    fn fields() -> Vec<(String, String)> {
        let schema = schemars::schema_for!(Report);
        let fields = schema.get("properties").and_then(|fields| fields.as_object()).unwrap();
        fields.iter().map(|(key, field)| (key.clone(), field.to_string())).collect()
    }

    #[test]
    fn every_field_of_a_report_is_a_part_or_a_setting() {
        let fields = fields();
        for (key, _) in &fields {
            let is_part = PARTS.iter().any(|part| part.key == key);
            assert!(is_part != SETTINGS.contains(&key.as_str()), "{key} has no row in PARTS");
        }
        let known = |key: &str| fields.iter().any(|(field, _)| field == key);
        for key in PARTS.iter().map(|part| part.key).chain(SETTINGS.iter().copied()) {
            assert!(known(key.split('.').next().unwrap()), "{key} is no field of a report");
        }
    }

    #[test]
    fn no_section_is_forgotten_in_a_public_edition() {
        let mut of_type: Vec<String> = fields()
            .into_iter()
            .filter(|(_, field)| field.contains("/Section\""))
            .map(|(key, _)| key)
            .collect();
        let mut listed: Vec<String> = SECTIONS.iter().map(|part| part.key.to_owned()).collect();
        of_type.sort();
        listed.sort();
        assert_eq!(of_type, listed);
    }
}
