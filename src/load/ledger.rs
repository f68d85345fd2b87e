//! The ledger, from YAML or from a spreadsheet.

use std::path::Path as FilePath;

use super::desk::Desk;
use super::{Ledger, is_doubtful, keep, lines, todo, yaml};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::todo::is_mark;
use crate::model::{Case, Columns, Profile, Report};
use crate::sheet::{self, Settings};
use crate::source::{Path, Place, Sources, Spot, Step};
use crate::world::ReadFiles;

/// A spreadsheet as it is understood, and everything that is wrong with it.
#[derive(Debug)]
pub struct Spreadsheet {
    /// How it was read.
    pub ledger: sheet::Ledger,
    /// Its cases, if all of them could be read.
    pub cases: Option<Vec<Case>>,
    /// Everything that is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a spreadsheet by itself, or, in the folder of a report, as the report and its profile say. None where it is no
/// spreadsheet that can be read. With `keeps_unused` the columns that are not used stand in the text as comments.
pub fn spreadsheet(
    files: &dyn ReadFiles,
    path: &FilePath,
    keeps_unused: bool,
    sources: &mut Sources,
) -> Result<Spreadsheet, Box<Diagnostic>> {
    let folder = path.parent().unwrap_or(FilePath::new(""));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let in_report = files.list(folder).is_ok_and(|names| names.iter().any(|name| name == "report.yaml"));
    // What is wrong with the report is not asked for.
    let (report, profile) = if in_report { super::rules(files, folder) } else { (None, None) };
    let by = By { report: report.as_ref(), profile: profile.as_ref() };
    let mut desk = Desk { files, folder, sources, wrong: Vec::new(), marked: Vec::new() };
    let Some(bytes) = desk.bytes(&name, None) else {
        let nothing = || Diagnostic::placeless(Code::Y005, say("文件读不了", "the file cannot be read"));
        return Err(Box::new(desk.wrong.pop().unwrap_or_else(nothing)));
    };
    let file = desk.shown(&name);
    let book = sheet::open(&bytes).map_err(|why| Box::new(unread(why, &file)))?;
    let settings = Settings { keeps_unused, ..by.settings() };
    let mut ledger = sheet::ledger(&book, &file, &settings);
    drop((bytes, book));
    desk.wrong.append(&mut ledger.diagnostics);
    let cases = ledger.text.clone().and_then(|text| {
        let quick = lines::cases(&text, &ledger.cells.starts);
        let cases = quick.or_else(|| of_text(&mut desk, &todo::marked(&text, &file).0, &file));
        desk.sources.add_sheet(&file, text, ledger.cells.clone());
        cases
    });
    Ok(Spreadsheet { ledger, cases, diagnostics: desk.wrong })
}

fn unread(why: sheet::Unread, file: &str) -> Diagnostic {
    Diagnostic::error(Code::S001, Place::file(file), why.message).help(why.help)
}

/// Reports what only a spreadsheet is read by, in a report without one: it would have no effect.
pub(super) fn without_sheet(report: Option<&Report>, file: &str, wrong: &mut Vec<Diagnostic>) {
    let Some(report) = report else { return };
    let given = [
        ("sheet", report.sheet.is_some()),
        ("columns", !report.columns.is_empty()),
        ("every_case", report.every_case.is_some()),
    ];
    for (key, _) in given.iter().filter(|(_, given)| *given) {
        let message =
            say(format!("{key} 只用于表格台账"), format!("`{key}` is for a ledger in a spreadsheet"));
        let help = say(
            format!("删去 {key}，或把 ledger 改成表格文件，如 台账.xlsx"),
            format!("delete `{key}`, or name a spreadsheet under `ledger`, such as ledger.xlsx"),
        );
        let place = Place::key(file, Path::root().key(*key));
        wrong.push(Diagnostic::error(Code::Y003, place, message).help(help));
    }
}

/// What a spreadsheet is read by.
pub(super) struct By<'b> {
    pub report: Option<&'b Report>,
    pub profile: Option<&'b Profile>,
}

/// The cases of a text; none where some are lost, since they would be missed.
pub(super) fn of_text(desk: &mut Desk, text: &str, file: &str) -> Option<Vec<Case>> {
    let read = yaml::read_list(text, file, "cases", |ledger: Ledger| ledger.cases);
    let lost = is_doubtful(&read.doubtful, &Path::root().key("cases"));
    keep(read, &mut desk.wrong).filter(|_| !lost)
}

/// The cases of a spreadsheet, by way of the text that it is turned into. `named` is the place that names the file.
pub(super) fn of_sheet(desk: &mut Desk, name: &str, named: &Place, by: &By) -> Option<Vec<Case>> {
    let bytes = desk.bytes(name, Some(named))?;
    let file = desk.shown(name);
    let book = match sheet::open(&bytes) {
        Ok(book) => book,
        Err(why) => {
            desk.wrong.push(unread(why, &file));
            return None;
        }
    };
    let settings = by.settings();
    let mut ledger = sheet::ledger(&book, &file, &settings);
    drop((bytes, book));
    desk.wrong.append(&mut ledger.diagnostics);
    let text = ledger.text?;
    let marked = todo::may_have(&text).then(|| todo::marked(&text, &file));
    // With marks in it, the cases begin elsewhere.
    let is_marked = marked.as_ref().is_some_and(|(marked, _)| *marked != text);
    let quick = (!is_marked).then(|| lines::cases(&text, &ledger.cells.starts)).flatten();
    let cases = quick.or_else(|| of_text(desk, marked.as_ref().map_or(&text, |(marked, _)| marked), &file));
    let todos = marked.map(|(_, todos)| todos).unwrap_or_default();
    desk.marked.extend(todos.into_iter().filter(|todo| !is_of_every_case(&todo.place, &settings)));
    desk.sources.add_sheet(&file, text, ledger.cells);
    cases
}

/// Whether a place in the ledger is of a field that `every_case` leaves open: that is one thing to find out, at its place in the
/// report.
fn is_of_every_case(place: &Place, settings: &Settings) -> bool {
    let (Spot::Value(path) | Spot::Within(path, _)) = &place.spot else { return false };
    let Some(Step::Key(key)) = path.steps().last() else { return false };
    settings.every_case.iter().any(|(column, value)| column.id() == key && is_mark(value))
}

impl<'b> By<'b> {
    fn settings(&self) -> Settings<'b> {
        let mut columns = Columns::new();
        columns.extend(self.profile.iter().filter_map(|profile| profile.columns.clone()).flatten());
        columns.extend(self.report.iter().flat_map(|report| report.columns.clone()));
        Settings {
            sheet: self.report.and_then(|report| report.sheet.clone()).unwrap_or_default(),
            columns,
            every_case: self
                .report
                .and_then(|report| report.every_case.as_ref())
                .map_or_else(Vec::new, |every| every.values()),
            year: self.report.map(|report| i32::from(report.year)),
            classes: self.profile.map_or(&[], Profile::classes),
            keeps_unused: false,
        }
    }
}
