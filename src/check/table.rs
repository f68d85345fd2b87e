//! What finds the violations of each rule. The match has an arm for every code, so a rule without one does not compile.

use std::collections::BTreeMap;

use super::{
    LastReport, cases, claims, disclosure, document, figures, genre, last_year, ledger, profile, promises,
    records, report, text, todos, totals,
};
use crate::compute::{Figure, Figures};
use crate::diagnostic::{Code, Diagnostic, RULES, Say};
use crate::document::Document;
use crate::document::passage::Passage;
use crate::model::{Case, Dataset, Genre, Report, Roster};

/// Figures by name, and why there is none of a name.
pub type Named = BTreeMap<String, Result<Figure, Say>>;
/// The figures that a sound text names, by name.
pub type Used = BTreeMap<String, Figure>;

pub(super) type OfLedger = fn(&[Case], &str) -> Vec<Diagnostic>;
pub(super) type OfCases = fn(&[Case], &Report, &str) -> Vec<Diagnostic>;
pub(super) type OfReport = fn(&Report, &str) -> Vec<Diagnostic>;
pub(super) type OfRecords = fn(&Report, &Roster, &str) -> Vec<Diagnostic>;

/// The function of a rule, by what it looks at. The text is the file that the places are in.
pub(super) enum Finder {
    /// The cases of a file.
    Ledger(OfLedger),
    /// The cases of a file, and the report with its closing day.
    Cases(OfCases),
    /// The header, the settings and the records of a report.
    Report(OfReport),
    /// A report and its genre.
    Genre(fn(&Report, &Genre, &str) -> Vec<Diagnostic>),
    /// A report's records and the roster of bodies.
    Records(OfRecords),
    /// A report and all figures that its ledger gives.
    Totals(fn(&Report, &Figures, &str) -> Vec<Diagnostic>),
    /// Everything that a report is made from; the file is the report's.
    Dataset(fn(&Dataset, &str) -> Vec<Diagnostic>),
    /// The ledger and the profile.
    Profile(fn(&Dataset) -> Vec<Diagnostic>),
    /// The declared figures and the ledger's; the file is that of the declared ones.
    Figures(fn(&Dataset, &Figures, &str) -> Vec<Diagnostic>),
    /// A report and last year's report.
    LastYear(fn(&Dataset, &LastReport) -> Vec<Diagnostic>),
    /// The values that are still `todo`.
    Todos(fn(&Dataset) -> Vec<Diagnostic>),
    /// The finished text and the figures that it names.
    Document(fn(&Document, &Named, &str) -> Vec<Diagnostic>),
    /// The declared figures and those that the text names; the file is that of the declared ones.
    Declared(fn(&Dataset, &Named, &str) -> Vec<Diagnostic>),
    /// The passages of a report and the figures that they name.
    Counted(fn(&[Passage], &Used) -> Vec<text::Slip>),
    /// The passages of any text.
    Text(fn(&[Passage]) -> Vec<text::Slip>),
    /// No function of its own: the code that meets the fault reports it.
    Met,
}

/// What finds the violations of a rule.
pub(super) fn finder(code: Code) -> Finder {
    use Finder::*;
    match code {
        Code::A001 | Code::A002 => Met, // in check/allow.rs
        Code::C001 => Dataset(claims::unfounded),
        Code::C002 | Code::C003 | Code::C004 => Met, // in check/claims.rs
        Code::D001 => Cases(disclosure::published_late),
        Code::D002 => Cases(disclosure::undecided),
        Code::D003 => Figures(disclosure::declared_rate),
        Code::D004 => Cases(disclosure::without_day),
        Code::E001 => Met, // in check/leak.rs
        Code::F001 => Document(document::typed_figure),
        Code::F002 => Figures(figures::relations),
        // Found while the relations and the shares are read.
        Code::F003 => Met, // in check/figures.rs
        Code::F004 => Figures(|dataset, _, file| figures::another_magnitude(dataset, file)),
        Code::F005 => Figures(figures::shares),
        Code::F006 => LastYear(last_year::differs),
        Code::F007 => Declared(figures::unused),
        Code::F008 => Counted(text::bases::other_base),
        Code::G001 => Met,              // in make
        Code::G002 | Code::G003 => Met, // in cli
        Code::H001 => Report(report::title_lines_differ),
        Code::H002 => Report(report::title_of_another_year),
        Code::H003 => Report(report::classified_without_copy_number),
        Code::H004 => Report(report::number_of_another_year),
        Code::H005 => Report(report::seal_and_post_disagree),
        Code::H006 => Report(report::unsound_printing),
        Code::H007 => Report(report::no_mark_to_stand_with),
        Code::H008 => Report(report::unsound_mark),
        Code::H009 => Report(report::title_of_another_document),
        Code::H010 => Report(report::addressed_twice),
        Code::H011 => Report(report::signed_by_nobody),
        Code::H012 => Report(report::signed_too_early),
        Code::L001 => Ledger(ledger::same_id),
        Code::L002 => Ledger(ledger::days_out_of_order),
        Code::L003 => Ledger(ledger::unsound_disclosure),
        Code::L004 => Cases(ledger::days_after_closing),
        Code::L005 => Cases(ledger::open_and_late),
        Code::L006 => Cases(ledger::no_cases),
        Code::L007 => Cases(ledger::of_another_year),
        Code::L008 => Totals(totals::assigned_otherwise),
        Code::L009 => Ledger(cases::unsound_extension),
        Code::L010 => Ledger(cases::more_than_an_open_case_has),
        Code::L011 => Ledger(cases::same_title),
        Code::L012 => Ledger(cases::cannot_meet),
        Code::L013 => Cases(cases::unknown_office),
        Code::L014 => Ledger(cases::no_outcome),
        Code::L015 => Cases(ledger::assigned_in_another_year),
        Code::N001 => Met, // in check/text/naked.rs
        Code::P001 => Profile(profile::due_too_late),
        Code::P002 => Profile(profile::published_too_late),
        Code::R001 => Records(records::unknown_body),
        Code::R002 => Records(records::body_without_member),
        Code::R003 => Report(records::named_twice),
        Code::R004 => Report(records::phases_apart),
        Code::R005 => Report(records::days_out_of_order),
        Code::R006 => Report(records::typed_marks),
        Code::R008 => Text(text::leads::without_stop),
        Code::R007 => Report(promises::open_without_reason),
        Code::T001 => Met, // in compose
        Code::T002 => Met, // in make
        Code::T003 => Met, // in write
        Code::T004 => Met, // in compose
        Code::T005 => Met, // in cli
        Code::X001 => Text(text::pairs::unpaired),
        Code::X002 => Text(text::marks::document_numbers),
        Code::X003 => Text(text::marks::half_width),
        Code::X004 => Text(text::doubles::all),
        Code::X005 => Text(text::ordinals::out_of_series),
        Code::X006 => Text(text::counts::miscounted),
        Code::X007 => Text(text::stops::without_stop),
        Code::X008 => Text(text::titles::cited_two_ways),
        Code::X009 => Text(text::names::two_names),
        Code::X010 => Text(text::growth::until),
        Code::X011 => Text(text::numerals::units),
        Code::X012 => Text(text::spans::years),
        Code::X013 => Text(text::numerals::numbers),
        Code::X014 => Text(text::points::all),
        Code::X015 => Text(text::lost::all),
        Code::X016 => Text(text::days::impossible),
        Code::X017 => Text(text::blanks::placeholders),
        Code::X018 => Text(text::tables::all),
        Code::X019 => Text(text::variants::two_forms),
        Code::X020 => Text(text::joined::twice),
        Code::S001 | Code::S002 | Code::S003 | Code::S004 | Code::S005 | Code::S006 => Met, // in sheet
        Code::Y001 | Code::Y002 | Code::Y003 | Code::Y005 | Code::Y006 | Code::Y010 => Met, // in load
        Code::Y004 => Genre(genre::missing_part),
        Code::Y007 => Genre(genre::idle_part),
        Code::Y008 => Todos(todos::todos),
        Code::Y009 => Met, // in archive
    }
}

/// What all rules find that look at one thing.
pub(super) fn found<T>(look: impl Fn(Finder) -> Vec<T>) -> Vec<T> {
    RULES.iter().flat_map(|rule| look(finder(rule.code))).collect()
}
