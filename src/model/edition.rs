//! For whom a report is made, and what of it is for the office alone.

use super::parts::PARTS;
use super::records::Recommendation;
use super::report::Report;
use super::section::Item;
use crate::source::Path;

/// Stands in place of what is withheld.
pub const WITHHELD: &str = "（不予公开）";

/// For whom a report is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Edition {
    /// For the public: nothing that is withheld.
    #[default]
    Public,
    /// For the office: all of it.
    Internal,
}

impl Report {
    /// Every item that is for the office alone, with the way to it.
    pub fn internal_items(&self) -> Vec<(Path, &Item)> {
        let root = Path::root();
        let own = PARTS.iter().filter_map(|part| {
            let section = (part.section.as_ref()?.get)(self).as_ref()?;
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
        for section in PARTS.iter().filter_map(|part| part.section.as_ref()) {
            if let Some(section) = (section.get_mut)(&mut report) {
                public(&mut section.items);
            }
        }
        let fields = report.recommendations.iter_mut().flat_map(|one| &mut one.sections);
        fields.for_each(|field| public(&mut field.items));
        report.promises.retain(|promise| !promise.internal);
        report
    }
}
