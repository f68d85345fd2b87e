//! The facts, as plain types: cases, the report's header, prose and records, declared figures, the roster of bodies; and
//! what a genre asks of them.
//!
//! Every type derives `Deserialize` once and knows no file format. A value that exists is a value that is allowed: dates
//! are real days, texts are short and free of control characters, terms are the field's terms.

pub mod case;
pub mod cross;
pub mod edition;
pub mod genre;
pub mod header;
pub mod lists;
pub mod period;
pub mod records;
pub mod report;
pub mod term;
pub mod text;

use std::collections::{BTreeMap, BTreeSet};

pub use case::{
    Case, Decision, Disclosure, Extension, Group, Kind, Level, Outcome, Reason, Role, Satisfaction, Status,
};
pub use cross::CrossChecks;
pub use edition::Edition;
pub use genre::{Genre, PARTS, Part};
pub use header::{Header, Number, Organ, Seal, Urgency};
pub use period::Period;
pub use records::Roster;
pub use report::{Claim, Declared, LedgerTable, Phrase, Previous, Report};
pub use text::{Date, Decimal, Memo, Name, Prose, Text};

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
    /// The names under which the files are shown.
    pub files: Files,
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
}

impl Dataset {
    /// Texts of the ledger that are printed as they stand and may hold numbers, which are part of a name.
    pub fn names(&self) -> BTreeSet<&str> {
        let texts = self.cases.iter().flat_map(|case| [&case.id, &case.title, &case.proposer, &case.office]);
        texts.map(|text| &**text).filter(|text| text.bytes().any(|byte| byte.is_ascii_digit())).collect()
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
