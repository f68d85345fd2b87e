//! A spreadsheet as the text of `cases.yaml`, with the cell of each value in it, and everything that somebody should know of how
//! it was read.

use std::collections::BTreeMap;

use super::grid::{Book, Grid, column_name};
use super::table::{Assigned, Head, Meaning, assign, find};
use super::value::{Rules, shown};
use super::{rows, tell};
use crate::diagnostic::{Diagnostic, Say, Severity};
use crate::model::day::{self, Day};
use crate::model::profile::Class;
use crate::model::{Column, Columns, SheetChoice};
use crate::source::Cells;

/// What a spreadsheet is read by.
#[derive(Debug, Default)]
pub struct Settings<'a> {
    /// Which sheet is meant.
    pub sheet: SheetChoice,
    /// What columns hold, by the words of the report, and where it says nothing, of the profile.
    pub columns: Columns,
    /// What holds for every case whose row says nothing else.
    pub every_case: Vec<(Column, String)>,
    /// The year of the report, for days that do not say theirs.
    pub year: Option<i32>,
    /// The profile's letters for outcomes.
    pub classes: &'a [Class],
    /// Columns that the report does not use are kept as comments.
    pub keeps_unused: bool,
}

/// How a spreadsheet was understood.
#[derive(Debug, Default)]
pub struct Understood {
    /// The kind of file.
    pub kind: &'static str,
    /// The sheet's name.
    pub sheet: String,
    /// The other sheets.
    pub others: Vec<String>,
    /// First and last row of the head, from 1.
    pub head: (u32, u32),
    /// Each column.
    pub columns: Vec<ColumnSaid>,
    /// Fields that every case needs and that nothing is said of.
    pub missing: Vec<Column>,
    /// The year in the caption, or else of the report, or else of most days.
    pub year: Option<i32>,
    /// Rows that are no case, from 1, and why.
    pub left: Vec<(u32, Say)>,
    /// How many cases there are.
    pub cases: usize,
    /// What else there is to know.
    pub told: Vec<Say>,
}

impl Understood {
    /// The fields that nothing is said of, each with what may stand there until somebody has checked it.
    pub fn until_checked(&self, year: i32) -> Vec<(Column, String)> {
        let heads = || self.columns.iter().map(|column| column.head.as_str());
        let value = |field: &Column| match field {
            Column::Proposer | Column::Office => Some("todo".to_owned()),
            field => tell::example(*field, heads(), year),
        };
        self.missing.iter().filter_map(|field| Some((*field, value(field)?))).collect()
    }
}

/// How one column was understood.
#[derive(Debug)]
pub struct ColumnSaid {
    /// Its letters.
    pub letters: String,
    /// Its head.
    pub head: String,
    /// The field that it is read as; none: it is not used.
    pub field: Option<Column>,
    /// The word that a tick in it stands for.
    pub tick: Option<String>,
    /// Whether the head is known.
    pub is_known: bool,
}

/// A spreadsheet that was read.
#[derive(Debug, Default)]
pub struct Ledger {
    /// The text of `cases.yaml`; none if something has to be said first.
    pub text: Option<String>,
    /// Where its values stand.
    pub cells: Cells,
    /// What is wrong, and what was read with an assumption.
    pub diagnostics: Vec<Diagnostic>,
    /// How it was understood.
    pub understood: Understood,
}

/// The fields without which there is no case.
pub(super) const NEEDED: [Column; 9] = [
    Column::Id,
    Column::Title,
    Column::Level,
    Column::Kind,
    Column::Role,
    Column::Proposer,
    Column::Office,
    Column::Assigned,
    Column::Due,
];

/// Reads the ledger of a spreadsheet, whose file is shown as `file`.
pub fn ledger(book: &Book, file: &str, settings: &Settings) -> Ledger {
    let mut ledger = Ledger::default();
    let (at, head) = match find(book, &settings.sheet, &settings.columns) {
        Ok(found) => found,
        Err(why) => {
            ledger.diagnostics.push(tell::no_sheet(why, book, file));
            return ledger;
        }
    };
    let grid = &book.grids[at];
    let assigned = assign(grid, &head, &settings.columns);
    let others = book.grids.iter().filter(|other| other.name != grid.name).map(|other| other.name.clone());
    ledger.understood = Understood {
        kind: book.kind,
        sheet: grid.name.clone(),
        others: others.collect(),
        head: (head.rows.0 + 1, head.rows.1 + 1),
        columns: assigned.columns.iter().map(said).collect(),
        ..Understood::default()
    };
    ledger.cells = Cells {
        sheet: grid.name.clone(),
        head: head.rows.0 + 1,
        columns: columns(&assigned),
        ..Cells::default()
    };
    let year = caption_year(grid, &head).or(settings.year);
    let tell = tell::Tell { file, grid, head: &head, year: year.unwrap_or(2025) };
    ledger.diagnostics.extend(assigned.doubts.iter().map(|doubt| tell.doubt(doubt, &assigned)));
    let says = |field: &Column| settings.every_case.iter().any(|(own, _)| own == field);
    let doubtful = |field: &Column| assigned.doubts.iter().any(|doubt| doubt.may.contains(field));
    let is_missing = |field: &Column| !assigned.has(*field) && !says(field) && !doubtful(field);
    let missing: Vec<Column> = NEEDED.into_iter().filter(is_missing).collect();
    ledger.diagnostics.extend(tell.missing(&missing));
    ledger.understood.missing = missing;
    ledger.understood.year = year.or_else(|| usual_year(grid, &head));
    ledger.diagnostics.extend(tell.unknown(&assigned));
    if ledger.diagnostics.iter().any(|told| told.severity == Severity::Error) {
        return ledger;
    }
    let rules = Rules { year, from_1904: book.from_1904, classes: settings.classes };
    let read = rows::read(grid, &head, &assigned, settings, rules);
    ledger.understood.cases = read.rows.len();
    ledger.understood.left = read.left;
    ledger.diagnostics.extend(tell.unusable(&read.unusable));
    ledger.diagnostics.extend(tell.assumed(&read.assumed, year));
    ledger.diagnostics.extend(tell.hidden(&read.rows));
    ledger.understood.told = tell.told(book, &read.spread);
    (ledger.cells.rows, ledger.cells.starts) = (read.rows, read.starts);
    ledger.text = Some(read.text);
    ledger
}

fn said((column, head, meaning): &(u32, String, Meaning)) -> ColumnSaid {
    let (field, tick) = match meaning {
        Meaning::Field(field) => (Some(*field), None),
        Meaning::Tick(field, word) => (Some(*field), Some(word.clone())),
        Meaning::Left | Meaning::Unknown => (None, None),
    };
    ColumnSaid {
        letters: column_name(*column),
        head: head.clone(),
        field,
        tick,
        is_known: *meaning != Meaning::Unknown,
    }
}

/// The column of each field.
fn columns(assigned: &Assigned) -> Vec<(&'static str, String, String)> {
    let mut found: Vec<(Column, u32, &String)> = assigned
        .columns
        .iter()
        .filter_map(|(column, head, meaning)| match meaning {
            Meaning::Field(field) | Meaning::Tick(field, _) => Some((*field, *column, head)),
            Meaning::Left | Meaning::Unknown => None,
        })
        .collect();
    found.sort_by_key(|(field, column, _)| (*field, *column));
    found.dedup_by_key(|(field, _, _)| *field);
    found.into_iter().map(|(field, column, head)| (field.id(), column_name(column), head.clone())).collect()
}

/// The year in the caption above the head: `示例局2025年建议提案办理台账`.
fn caption_year(grid: &Grid, head: &Head) -> Option<i32> {
    let above = grid.rows.iter().take_while(|row| row.number < head.rows.0).flat_map(|row| &row.cells);
    above.filter_map(|(_, value)| year_in(&shown(value))).next()
}

/// The year that most days in a table are of.
fn usual_year(grid: &Grid, head: &Head) -> Option<i32> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    let below = grid.rows.iter().filter(|row| row.number > head.rows.1).take(1_000);
    for (_, value) in below.flat_map(|row| &row.cells) {
        if let Some(Day::Whole(day)) = day::read(&shown(value)) {
            *counts.entry(day.year()).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(year, _)| year)
}

fn year_in(text: &str) -> Option<i32> {
    let text: String = text.chars().map(crate::model::text::half_width).collect();
    text.match_indices('年').find_map(|(at, _)| {
        let digits = text.get(at.checked_sub(4)?..at)?;
        digits.parse().ok().filter(|year| (1950..2100).contains(year))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_of_a_caption_is_found() {
        assert_eq!(year_in("示例局２０２５年建议提案办理台账"), Some(2025));
        assert_eq!((year_in("3年计划"), year_in("第12025年"), year_in("台账")), (None, Some(2025), None));
    }
}
