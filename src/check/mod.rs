//! The rules: what a report may not say. `table.rs` names the function of every rule; the functions stand in one short
//! file a family; every rule has a page in `docs/rules/`.

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
mod table;
pub mod text;
mod todos;
mod totals;

use crate::compute::Figures;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::model::{Case, Dataset, Genre, Report, Roster};
use table::{Finder, found};

pub use allow::Allowed;
pub use last_year::{LastReport, last_report};
pub use table::{Named, Used};

/// Check the cases of a ledger, shown as `file`.
pub fn ledger(cases: &[Case], file: &str) -> Vec<Diagnostic> {
    found(|finder| match finder {
        Finder::Ledger(rule) => rule(cases, file),
        _ => Vec::new(),
    })
}

/// Check the cases of a ledger, shown as `file`, by the report that they are for.
pub fn cases(cases: &[Case], report: &Report, file: &str) -> Vec<Diagnostic> {
    found(|finder| match finder {
        Finder::Cases(rule) => rule(cases, report, file),
        _ => Vec::new(),
    })
}

/// Check a report's header, settings and records.
pub fn report(report: &Report, file: &str) -> Vec<Diagnostic> {
    found(|finder| match finder {
        Finder::Report(rule) => rule(report, file),
        _ => Vec::new(),
    })
}

/// Check whether a report has what its genre needs.
pub fn genre(report: &Report, genre: &Genre, file: &str) -> Vec<Diagnostic> {
    found(|finder| match finder {
        Finder::Genre(rule) => rule(report, genre, file),
        _ => Vec::new(),
    })
}

/// Check a report's records by the roster of bodies.
pub fn records(report: &Report, roster: &Roster, file: &str) -> Vec<Diagnostic> {
    found(|finder| match finder {
        Finder::Records(rule) => rule(report, roster, file),
        _ => Vec::new(),
    })
}

/// Check the roster of bodies, shown as `file`.
pub fn roster(roster: &Roster, file: &str) -> Vec<Diagnostic> {
    records::roster(roster, file)
}

/// Check what a report says of its ledger's counts.
pub fn totals(report: &Report, figures: &Figures, file: &str) -> Vec<Diagnostic> {
    found(|finder| match finder {
        Finder::Totals(rule) => rule(report, figures, file),
        _ => Vec::new(),
    })
}

/// Check what a report declares of all its cases.
pub fn dataset(dataset: &Dataset) -> Vec<Diagnostic> {
    found(|finder| match finder {
        Finder::Dataset(rule) => rule(dataset, &dataset.files.report),
        _ => Vec::new(),
    })
}

/// Check a report's ledger by its profile.
pub fn profile(dataset: &Dataset) -> Vec<Diagnostic> {
    found(|finder| match finder {
        Finder::Profile(rule) => rule(dataset),
        _ => Vec::new(),
    })
}

/// Check declared figures against each other and the ledger's.
pub fn figures(dataset: &Dataset, figures: &Figures) -> Vec<Diagnostic> {
    found(|finder| match finder {
        Finder::Figures(rule) => rule(dataset, figures, &dataset.files.figures),
        _ => Vec::new(),
    })
}

/// Check what a report says of last year by last year's own report.
pub fn last_year(dataset: &Dataset, last: &LastReport) -> Vec<Diagnostic> {
    found(|finder| match finder {
        Finder::LastYear(rule) => rule(dataset, last),
        _ => Vec::new(),
    })
}

/// List what a report still has to find out.
pub fn todos(dataset: &Dataset) -> Vec<Diagnostic> {
    found(|finder| match finder {
        Finder::Todos(rule) => rule(dataset),
        _ => Vec::new(),
    })
}

/// Check a document against the figures that it names; `file` is where its prose stands.
pub fn document(document: &Document, figures: &Named, file: &str) -> Vec<Diagnostic> {
    found(|finder| match finder {
        Finder::Document(rule) => rule(document, figures, file),
        _ => Vec::new(),
    })
}

/// Check whether the finished text asks for every declared figure.
pub fn used(dataset: &Dataset, used: &Named) -> Vec<Diagnostic> {
    found(|finder| match finder {
        Finder::Declared(rule) => rule(dataset, used, &dataset.files.figures),
        _ => Vec::new(),
    })
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
