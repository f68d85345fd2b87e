//! The facts, as plain types: cases, the report's header, prose and records, declared figures, the roster of bodies; and
//! what a genre asks of them.
//!
//! Every type derives `Deserialize` once and knows no file format. A value that exists is a value that is allowed: dates
//! are real days, texts are short and free of control characters, terms are the field's terms.

pub mod case;
pub mod claim;
pub mod column;
pub mod cross;
pub mod day;
pub mod declared;
pub mod edition;
pub mod fault;
pub mod genre;
pub mod header;
pub mod keeping;
pub mod last_year;
pub mod lists;
pub mod parts;
pub mod period;
pub mod profile;
pub mod records;
pub mod report;
pub mod section;
pub mod term;
pub mod text;
pub mod todo;

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Path, Place};

pub use case::{
    Case, Decision, Disclosure, Extension, Group, Kind, Level, Outcome, Reason, Role, Satisfaction, Status,
};
pub use claim::{Claim, Declaration};
pub use column::{Column, Columns, EveryCase, SheetChoice};
pub use cross::CrossChecks;
pub use day::Date;
pub use declared::{About, Declared, Previous};
pub use edition::{Edition, WITHHELD};
pub use genre::Genre;
pub use header::{Header, Number, Organ, Seal, Urgency};
pub use keeping::{Keeping, Retention};
pub use parts::{PARTS, Part};
pub use period::Period;
pub use profile::{Profile, Terms};
pub use records::{Promise, PromiseStatus, Roster};
pub use report::{LedgerTable, Phrase, Report};
pub use text::{Decimal, Memo, Name, Prose, Text};
pub use todo::Todo;

/// Everything that one report is made from.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// The report itself.
    pub report: Report,
    /// The ledger (台账), in its own order.
    pub cases: Vec<Case>,
    /// Declared figures by name.
    pub declared: BTreeMap<Name, Declared>,
    /// What must hold between figures.
    pub cross: CrossChecks,
    /// The roster of bodies; empty where the report has none.
    pub roster: Roster,
    /// The rules of the place; the generic ones where the report names none.
    pub profile: Profile,
    /// The names under which the files are shown.
    pub files: Files,
    /// Where the files say that something is not known yet; see [`Dataset::todos`].
    pub marked: Vec<Todo>,
}

/// Names of a dataset's files, as diagnostics show them.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// `report.yaml`.
    pub report: String,
    /// The ledger; empty where the report has none.
    pub cases: String,
    /// The declared figures.
    pub figures: String,
    /// The roster of bodies.
    pub bodies: String,
    /// The profile; empty where it is a built-in one.
    pub profile: String,
}

impl Dataset {
    /// What roles are called.
    pub fn terms(&self) -> Terms<'_> {
        Terms::new(&self.profile, self.report.assist_term.as_deref())
    }

    /// How the report is filed: as it says itself, and where it does not, as the profile says.
    pub fn keeping(&self) -> Keeping {
        let profile = self.profile.archive.as_ref();
        self.report
            .archive
            .as_ref()
            .map_or_else(|| profile.cloned().unwrap_or_default(), |own| own.over(profile))
    }

    /// Everything that is still to be found out, file by file: values that say so, promises that are not accounted for, and
    /// the cases of a draft whose ledger is empty.
    pub fn todos(&self) -> Vec<Todo> {
        let mut todos = self.marked.clone();
        for (index, promise) in self.report.promises.iter().enumerate() {
            if promise.status == PromiseStatus::Todo {
                let at = Path::root().key("promises").index(index).key("status");
                let words = format!("{}的落实情况", promise.id);
                todos.push(Todo { place: Place::value(&self.files.report, at), words });
            }
        }
        if self.lacks_cases() {
            let place = Place::value(&self.files.cases, Path::root().key("cases"));
            todos.push(Todo { place, words: "台账里的办件".to_owned() });
        }
        todos
    }

    /// Whether it is not to leave the office as it is: something is still to be found out, or the report says so itself.
    pub fn is_draft(&self) -> bool {
        self.report.draft || !self.todos().is_empty()
    }

    /// Whether it is a draft whose cases have yet to be entered.
    pub fn lacks_cases(&self) -> bool {
        self.report.draft && self.report.ledger.is_some() && self.cases.is_empty()
    }

    /// Texts of the ledger that are printed as they stand and may hold numbers, which are part of a name.
    pub fn names(&self) -> BTreeSet<&str> {
        let texts = self.cases.iter().flat_map(|case| [&case.id, &case.title, &case.proposer, &case.office]);
        let promised = self.report.promises.iter().flat_map(|promise| [&promise.id, &promise.title]);
        texts
            .chain(promised)
            .map(|text| &**text)
            .filter(|text| text.bytes().any(|byte| byte.is_ascii_digit()))
            .collect()
    }

    /// The same of how the office can be reached.
    pub fn contacts(&self) -> Vec<&str> {
        let all = self.report.contact.iter().flat_map(|contact| {
            let others = [contact.email.as_deref(), contact.postcode.as_deref(), contact.address.as_deref()];
            others.into_iter().flatten().chain([&*contact.phone])
        });
        all.collect()
    }
}
