//! The ledger, from YAML or from a spreadsheet.

use std::path::Path as FilePath;

use super::desk::Desk;
use super::{Ledger, is_doubtful, keep, lines, load, todo, yaml};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::todo::is_mark;
use crate::model::{Case, Column, Columns, Profile, Report};
use crate::sheet::{self, Settings};
use crate::source::{Path, Place, Sources, Step};
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
    let loaded =
        if in_report { load(files, folder, &mut Sources::default()) } else { super::Loaded::default() };
    let by = By { report: loaded.report.as_ref(), profile: loaded.profile.as_ref() };
    let mut desk = Desk { files, folder, sources, wrong: Vec::new(), marked: Vec::new() };
    let Some(bytes) = desk.bytes(&name, None) else {
        let nothing = || Diagnostic::placeless(Code::Y005, say("文件读不了", "the file cannot be read"));
        return Err(Box::new(desk.wrong.pop().unwrap_or_else(nothing)));
    };
    let file = desk.shown(&name);
    let book = sheet::open(&bytes).map_err(|why| Box::new(unread(why, &file)))?;
    let settings = Settings { keeps_unused, ..by.settings() };
    let mut ledger = sheet::ledger(&book, &file, &settings);
    desk.wrong.append(&mut ledger.diagnostics);
    let cases = ledger.text.clone().and_then(|text| {
        desk.sources.add_sheet(&file, text.clone(), ledger.cells.clone());
        of_text(&mut desk, &todo::marked(&text, &file).0, &file)
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
    let ledger = sheet::ledger(&book, &file, &settings);
    desk.wrong.extend(ledger.diagnostics);
    let text = ledger.text?;
    let (marked, todos) = todo::marked(&text, &file);
    // What every case lacks is one thing to find out, at its place in the report.
    let is_of_report =
        |column: &Column| settings.every_case.iter().any(|(own, value)| own == column && is_mark(value));
    let field = |path: &Path| match path.steps().last() {
        Some(Step::Key(key)) => Column::parse(key).ok(),
        _ => None,
    };
    let own = |place: &Place| match &place.spot {
        crate::source::Spot::Value(path) | crate::source::Spot::Within(path, _) => field(path),
        _ => None,
    };
    desk.marked.extend(
        todos.into_iter().filter(|todo| !own(&todo.place).is_some_and(|column| is_of_report(&column))),
    );
    // With marks in it, the cases begin elsewhere.
    let quick = (marked == text).then(|| lines::cases(&text, &ledger.cells.starts)).flatten();
    desk.sources.add_sheet(&file, text, ledger.cells);
    quick.or_else(|| of_text(desk, &marked, &file))
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
