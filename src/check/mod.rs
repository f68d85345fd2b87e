//! The rules: what a report may not say. One table, one short file a family; every rule has a page in `docs/rules/`.

mod allow;
mod document;
mod genre;
mod ledger;
mod records;
mod report;
mod rules;
pub mod text;

use std::collections::BTreeMap;

use crate::compute::Figure;
use crate::diagnostic::{Diagnostic, Say};
use crate::document::Document;
use crate::model::{Case, Genre, Report, Roster};

pub use allow::Allowed;
pub use rules::{RULES, Rule};

/// A rule's code, and what finds its violations.
type Row<Check> = (&'static str, Check);
/// Looks at the cases of a file.
type OfLedger = fn(&[Case], &str) -> Vec<Diagnostic>;
/// Looks at the cases of a file by a report's day of closing.
type OfCases = fn(&[Case], &Report, &str) -> Vec<Diagnostic>;
/// Looks at a report's header and settings.
type OfReport = fn(&Report, &str) -> Vec<Diagnostic>;
/// Looks at a report by its genre.
type OfGenre = fn(&Report, &Genre, &str) -> Vec<Diagnostic>;
/// Looks at a report's records and the roster of bodies.
type OfRecords = fn(&Report, &Roster, &str) -> Vec<Diagnostic>;
/// Looks at the finished text and the figures that it names.
type OfDocument = fn(&Document, &Named, &str) -> Vec<Diagnostic>;
/// Figures by name, and why there is none of a name.
pub type Named = BTreeMap<String, Result<Figure, Say>>;

const LEDGER: &[Row<OfLedger>] = &[
    ("L001", ledger::same_id),
    ("L002", ledger::days_out_of_order),
    ("L003", ledger::unsound_disclosure),
    ("L006", ledger::no_cases),
];

const CASES: &[Row<OfCases>] = &[
    ("L004", ledger::days_after_closing),
    ("L005", ledger::open_and_late),
    ("L007", ledger::of_another_year),
];

const REPORT: &[Row<OfReport>] = &[
    ("H001", report::title_lines_differ),
    ("H002", report::title_of_another_year),
    ("H003", report::classified_without_copy_number),
    ("H004", report::number_of_another_year),
    ("H005", report::seal_and_post_disagree),
    ("H006", report::unsound_printing),
    ("H007", report::no_mark_to_stand_with),
    ("H008", report::unsound_mark),
    ("H009", report::title_of_another_document),
    ("H010", report::addressed_twice),
    ("H011", report::signed_by_nobody),
    ("R003", records::named_twice),
    ("R004", records::phases_apart),
    ("R005", records::days_out_of_order),
    ("R006", records::typed_marks),
];

const GENRE: &[Row<OfGenre>] = &[("Y004", genre::missing_part), ("Y007", genre::idle_part)];

const RECORDS: &[Row<OfRecords>] = &[("R001", records::unknown_body), ("R002", records::body_without_member)];

const DOCUMENT: &[Row<OfDocument>] = &[("F001", document::typed_figure)];

/// Check the cases of a ledger, shown as `file`.
pub fn ledger(cases: &[Case], file: &str) -> Vec<Diagnostic> {
    LEDGER.iter().flat_map(|(_, rule)| rule(cases, file)).collect()
}

/// Check the cases of a ledger, shown as `file`, by the report that they are for.
pub fn cases(cases: &[Case], report: &Report, file: &str) -> Vec<Diagnostic> {
    CASES.iter().flat_map(|(_, rule)| rule(cases, report, file)).collect()
}

/// Check a report's header and settings.
pub fn report(report: &Report, file: &str) -> Vec<Diagnostic> {
    REPORT.iter().flat_map(|(_, rule)| rule(report, file)).collect()
}

/// Check whether a report has what its genre needs.
pub fn genre(report: &Report, genre: &Genre, file: &str) -> Vec<Diagnostic> {
    GENRE.iter().flat_map(|(_, rule)| rule(report, genre, file)).collect()
}

/// Check a report's records by the roster of bodies.
pub fn records(report: &Report, roster: &Roster, file: &str) -> Vec<Diagnostic> {
    RECORDS.iter().flat_map(|(_, rule)| rule(report, roster, file)).collect()
}

/// Check the roster of bodies, shown as `file`.
pub fn roster(roster: &Roster, file: &str) -> Vec<Diagnostic> {
    records::roster(roster, file)
}

/// Check a document against the figures that it names; `file` is where its prose stands.
pub fn document(document: &Document, figures: &Named, file: &str) -> Vec<Diagnostic> {
    DOCUMENT.iter().flat_map(|(_, rule)| rule(document, figures, file)).collect()
}
