//! The rules: what a report may not say. One table, one short file a family; every rule has a page in `docs/rules/`.

mod document;
mod ledger;
mod report;

use crate::compute::Figures;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::model::{Case, Report};

/// A rule over the ledger: its code, and what finds its violations in the cases of a file.
type LedgerRule = (&'static str, fn(&[Case], &str) -> Vec<Diagnostic>);

/// The rules over the ledger.
const LEDGER: &[LedgerRule] = &[
    ("L001", ledger::same_id),
    ("L002", ledger::days_out_of_order),
    ("L003", ledger::unsound_disclosure),
];

/// The rules over `report.yaml`.
const REPORT: &[(&str, fn(&Report, &str) -> Vec<Diagnostic>)] = &[("H001", report::title_lines_differ)];

/// The rules over the finished document.
const DOCUMENT: &[(&str, fn(&Document, &Figures, &str) -> Vec<Diagnostic>)] = &[("F001", document::typed_figure)];

/// Check the cases of a ledger, shown as `file`.
pub fn ledger(cases: &[Case], file: &str) -> Vec<Diagnostic> {
    LEDGER.iter().flat_map(|(_, rule)| rule(cases, file)).collect()
}

/// Check a report's header and settings.
pub fn report(report: &Report, file: &str) -> Vec<Diagnostic> {
    REPORT.iter().flat_map(|(_, rule)| rule(report, file)).collect()
}

/// Check a document against the figures; `file` is where its prose stands.
pub fn document(document: &Document, figures: &Figures, file: &str) -> Vec<Diagnostic> {
    DOCUMENT.iter().flat_map(|(_, rule)| rule(document, figures, file)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_page() {
        let codes = LEDGER.iter().map(|r| r.0).chain(REPORT.iter().map(|r| r.0)).chain(DOCUMENT.iter().map(|r| r.0));
        for code in codes {
            let page = format!("{}/docs/rules/{code}.md", env!("CARGO_MANIFEST_DIR"));
            assert!(crate::world::World::read(&crate::world::Machine::new(), page.as_ref()).is_ok(), "{page}");
        }
    }
}
