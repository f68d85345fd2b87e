//! The rules: what a report may not say. One table, one short file a family; every rule has a page in `docs/rules/`.

mod allow;
mod cases;
pub mod claims;
mod disclosure;
mod document;
mod exact;
mod figures;
mod genre;
mod last_year;
pub mod leak;
mod ledger;
mod profile;
mod promises;
mod records;
mod relation;
mod report;
pub mod text;
mod todos;
mod totals;

use std::collections::BTreeMap;

use crate::compute::{Figure, Figures};
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::document::Document;
use crate::model::{Case, Dataset, Genre, Report, Roster};

pub use allow::Allowed;
pub use last_year::{LastReport, last_report};
pub use todos::todos;

/// A rule's code, and what finds its violations.
type Row<Check> = (Code, Check);
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
/// Looks at a report by all figures that its ledger gives.
type OfTotals = fn(&Report, &Figures, &str) -> Vec<Diagnostic>;
/// Looks at everything that a report is made from; the file is the report's.
type OfDataset = fn(&Dataset, &str) -> Vec<Diagnostic>;
/// Looks at a report's ledger by its profile.
type OfProfile = fn(&Dataset) -> Vec<Diagnostic>;
/// Looks at declared figures; the file is theirs.
type OfFigures = fn(&Dataset, &Figures, &str) -> Vec<Diagnostic>;
/// Looks at the finished text and the figures that it names.
type OfDocument = fn(&Document, &Named, &str) -> Vec<Diagnostic>;
/// Figures by name, and why there is none of a name.
pub type Named = BTreeMap<String, Result<Figure, Say>>;

const LEDGER: &[Row<OfLedger>] = &[
    (Code::L001, ledger::same_id),
    (Code::L002, ledger::days_out_of_order),
    (Code::L003, ledger::unsound_disclosure),
    (Code::L009, cases::unsound_extension),
    (Code::L010, cases::more_than_an_open_case_has),
    (Code::L011, cases::same_title),
    (Code::L012, cases::cannot_meet),
    (Code::L014, cases::no_outcome),
];

const CASES: &[Row<OfCases>] = &[
    (Code::L004, ledger::days_after_closing),
    (Code::L005, ledger::open_and_late),
    (Code::L006, ledger::no_cases),
    (Code::L007, ledger::of_another_year),
    (Code::L013, cases::unknown_office),
    (Code::D001, disclosure::published_late),
    (Code::D002, disclosure::undecided),
];

const REPORT: &[Row<OfReport>] = &[
    (Code::H001, report::title_lines_differ),
    (Code::H002, report::title_of_another_year),
    (Code::H003, report::classified_without_copy_number),
    (Code::H004, report::number_of_another_year),
    (Code::H005, report::seal_and_post_disagree),
    (Code::H006, report::unsound_printing),
    (Code::H007, report::no_mark_to_stand_with),
    (Code::H008, report::unsound_mark),
    (Code::H009, report::title_of_another_document),
    (Code::H010, report::addressed_twice),
    (Code::H011, report::signed_by_nobody),
    (Code::H012, report::signed_too_early),
    (Code::R003, records::named_twice),
    (Code::R004, records::phases_apart),
    (Code::R005, records::days_out_of_order),
    (Code::R006, records::typed_marks),
    (Code::R007, promises::open_without_reason),
];

const GENRE: &[Row<OfGenre>] = &[(Code::Y004, genre::missing_part), (Code::Y007, genre::idle_part)];

const RECORDS: &[Row<OfRecords>] =
    &[(Code::R001, records::unknown_body), (Code::R002, records::body_without_member)];

const TOTALS: &[Row<OfTotals>] = &[(Code::L008, totals::assigned_otherwise)];

const DATASET: &[Row<OfDataset>] = &[(Code::C001, claims::unfounded)];

const PROFILE: &[Row<OfProfile>] =
    &[(Code::P001, profile::due_too_late), (Code::P002, profile::published_too_late)];

const FIGURES: &[Row<OfFigures>] = &[
    (Code::F002, figures::relations),
    (Code::F004, |dataset, _, file| figures::another_magnitude(dataset, file)),
    (Code::F005, figures::shares),
    (Code::D003, disclosure::declared_rate),
];

const DOCUMENT: &[Row<OfDocument>] = &[(Code::F001, document::typed_figure)];

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

/// Check what a report says of its ledger's counts.
pub fn totals(report: &Report, figures: &Figures, file: &str) -> Vec<Diagnostic> {
    TOTALS.iter().flat_map(|(_, rule)| rule(report, figures, file)).collect()
}

/// Check what a report declares of all its cases.
pub fn dataset(dataset: &Dataset) -> Vec<Diagnostic> {
    DATASET.iter().flat_map(|(_, rule)| rule(dataset, &dataset.files.report)).collect()
}

/// Check a report's ledger by its profile.
pub fn profile(dataset: &Dataset) -> Vec<Diagnostic> {
    PROFILE.iter().flat_map(|(_, rule)| rule(dataset)).collect()
}

/// Check declared figures against each other and the ledger's.
pub fn figures(dataset: &Dataset, figures: &Figures) -> Vec<Diagnostic> {
    FIGURES.iter().flat_map(|(_, rule)| rule(dataset, figures, &dataset.files.figures)).collect()
}

/// Check what a report says of last year by last year's own report.
pub fn last_year(dataset: &Dataset, last: &LastReport) -> Vec<Diagnostic> {
    last_year::differs(dataset, last)
}

/// Check whether the finished text asks for every declared figure.
pub fn used(dataset: &Dataset, used: &Named) -> Vec<Diagnostic> {
    figures::unused(dataset, used, &dataset.files.figures)
}

/// Check a document against the figures that it names; `file` is where its prose stands.
pub fn document(document: &Document, figures: &Named, file: &str) -> Vec<Diagnostic> {
    DOCUMENT.iter().flat_map(|(_, rule)| rule(document, figures, file)).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::source::{Sources, Spot};

    /// Three cases without a fault: one answered and published, one open to assist, one open to answer in part.
    pub(super) const LEDGER: &str = "\
- {id: 甲, title: 标题一, level: 省, kind: 代表建议, role: 主办, proposer: 代表团, office: 一处,
   assigned: 2021-03-01, due: 2021-08-30, replied: 2021-07-01, outcome: 已解决, satisfaction: 满意,
   disclosure: {decision: 全文公开, reviewed: 2021-07-02, consented: 2021-07-03, published: 2021-07-04}}
- {id: 乙, title: 标题二, level: 市, kind: 代表建议, role: 会办, proposer: 代表团, office: 二处,
   assigned: 2021-03-01, due: 2021-05-31}
- {id: 丙, title: 标题一, level: 市, kind: 政协提案, role: 分办, proposer: 界别, office: 一处,
   assigned: 2021-03-02, due: 2021-12-31}
";

    /// A text with something else in it, which was there.
    pub(super) fn changed(text: &str, changes: &[(&str, &str)]) -> String {
        changes.iter().fold(text.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        })
    }

    fn report_text(more: &str) -> String {
        format!(
            "genre: note\nyear: 2021\nheader: {{ title: 总结, date_signed: 2021-12-09 }}\nledger: cases.yaml\n{more}\n"
        )
    }

    /// A report with some keys more.
    pub(super) fn report(more: &str) -> Report {
        serde_yaml::from_str(&report_text(more)).unwrap()
    }

    /// The same with the three cases, and with declared figures if there are any.
    pub(super) fn dataset(more: &str, figures: &str) -> Arc<Dataset> {
        let cases = format!("cases:\n{LEDGER}");
        let mut files = vec![("r/cases.yaml", cases.as_str())];
        let named = if figures.is_empty() { "" } else { "figures: figures.yaml\n" };
        let report = report_text(&format!("{named}{more}"));
        files.push(("r/report.yaml", &report));
        if !figures.is_empty() {
            files.push(("r/figures.yaml", figures));
        }
        let loaded =
            crate::load::load(&crate::world::Memory::with(files), Path::new("r"), &mut Sources::default());
        assert_eq!(loaded.diagnostics, []);
        Arc::new(loaded.dataset().unwrap())
    }

    /// Where diagnostics point to, by paths.
    pub(super) fn paths(found: &[Diagnostic]) -> Vec<String> {
        let path = |told: &Diagnostic| match &told.place.as_ref().unwrap().spot {
            Spot::Value(path) | Spot::Key(path) | Spot::Within(path, _) => path.to_string(),
            other => format!("{other:?}"),
        };
        found.iter().map(path).collect()
    }
}
