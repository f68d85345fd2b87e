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

/// The sections that have items, by their keys.
type Sections<'r> = [(&'static str, &'r [Item]); 6];

impl Report {
    fn sections(&self) -> Sections<'_> {
        fn items(section: &Option<Section>) -> &[Item] {
            section.as_ref().map_or(&[], |section| &section.items)
        }
        [
            ("organisation", items(&self.organisation)),
            ("goals", items(&self.goals)),
            ("requirements", items(&self.requirements)),
            ("practices", items(&self.practices)),
            ("results", items(&self.results)),
            ("next_steps", items(&self.next_steps)),
        ]
    }

    /// Every item that is for the office alone, with the way to it.
    pub fn internal_items(&self) -> Vec<(Path, &Item)> {
        let root = Path::root();
        let own = self.sections().map(|(key, items)| (root.key(key), items)).into_iter();
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

    /// Without what is for the office alone. Positions are others then: it is good for counting.
    pub fn public(&self) -> Self {
        let mut report = self.clone();
        let sections = [
            &mut report.organisation,
            &mut report.goals,
            &mut report.requirements,
            &mut report.practices,
            &mut report.results,
            &mut report.next_steps,
        ];
        let items = sections.into_iter().flatten().map(|section| &mut section.items);
        let fields = report.recommendations.iter_mut().flat_map(|one| &mut one.sections);
        for items in items.chain(fields.map(|field| &mut field.items)) {
            items.retain(|item| !item.internal);
        }
        report
    }
}
