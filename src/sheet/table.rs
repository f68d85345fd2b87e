//! Finds the sheet that holds the ledger, its head, and what each column is.

use std::collections::BTreeMap;

use super::columns::{plain, table};
use super::grid::{Book, Grid, Value, column_name};
use super::value::{shown, term};
use crate::model::{Column, Columns, SheetChoice};

/// Rows among which the head is looked for.
const HEAD_WITHIN: usize = 30;

/// Rows by which a column is judged whose name alone does not say what it is.
const SAMPLE: usize = 200;

/// The head of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Head {
    /// First and last row, from 0.
    pub rows: (u32, u32),
    /// The name of each column: of two rows, `upper/lower`.
    pub names: Vec<(u32, String)>,
    /// How many of them are known.
    pub known: usize,
}

/// What a column is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A field of a case.
    Field(Column),
    /// One of several columns of which one is ticked in each row: the field, and the word that a tick stands for.
    Tick(Column, String),
    /// Known, and not used.
    Left,
    /// Not known.
    Unknown,
}

/// A column that may be more than one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Doubt {
    /// The column, from 0.
    pub column: u32,
    /// What it may be.
    pub may: Vec<Column>,
    /// Another column that may be the same.
    pub other: Option<u32>,
}

/// What the columns are.
#[derive(Debug, Default)]
pub(super) struct Assigned {
    /// Each column with its name and its meaning, from left to right.
    pub columns: Vec<(u32, String, Meaning)>,
    /// What has to be said before the table can be read.
    pub doubts: Vec<Doubt>,
}

impl Assigned {
    /// Whether a field has a column.
    pub(super) fn has(&self, field: Column) -> bool {
        let is_of = |meaning: &Meaning| matches!(meaning, Meaning::Field(own) | Meaning::Tick(own, _) if *own == field);
        self.columns.iter().any(|(_, _, meaning)| is_of(meaning))
    }
}

/// Why there is no sheet to be read.
#[derive(Debug)]
pub(super) enum NoSheet {
    /// There is none of the name that is asked for; these there are.
    Named(String),
    /// Several may be it.
    Several(Vec<String>),
    /// The named head row is empty.
    HeadRow(u32),
    /// None has the title of a case; of the one that is nearest to a table, the sheet's position and the head.
    NoCases(Option<(usize, Head)>),
}

/// The sheet and the head of the ledger.
pub(super) fn find(book: &Book, choice: &SheetChoice, own: &Columns) -> Result<(usize, Head), NoSheet> {
    let is_asked = |grid: &Grid| choice.name.as_ref().is_none_or(|name| plain(&grid.name) == plain(name));
    let asked: Vec<usize> = (0..book.grids.len()).filter(|at| is_asked(&book.grids[*at])).collect();
    if let (Some(name), []) = (&choice.name, asked.as_slice()) {
        return Err(NoSheet::Named(name.to_string()));
    }
    if let Some(row) = choice.head_row {
        let row = u32::from(row).saturating_sub(1);
        let with_row = asked.iter().find_map(|&at| Some((at, head_at(&book.grids[at], row, own)?)));
        return with_row.ok_or(NoSheet::HeadRow(row));
    }
    let heads: Vec<(usize, Head)> =
        asked.iter().filter_map(|&at| Some((at, head(&book.grids[at], own)?))).collect();
    let has_titles = |head: &Head| head.names.iter().any(|(_, name)| known(name, own) == Some(Column::Title));
    let is_ledger = |(_, head): &&(usize, Head)| head.known > 1 && has_titles(head);
    let ledgers: Vec<&(usize, Head)> = heads.iter().filter(is_ledger).collect();
    let visible: Vec<&(usize, Head)> =
        ledgers.iter().copied().filter(|(at, _)| !book.grids[*at].is_hidden).collect();
    let name = |at: usize| book.grids[at].name.clone();
    match (visible.as_slice(), ledgers.as_slice()) {
        ([one], _) | ([], [one]) => Ok((one.0, one.1.clone())),
        ([], []) => Err(NoSheet::NoCases(
            heads.into_iter().max_by_key(|(at, head)| (head.known, std::cmp::Reverse(*at))),
        )),
        ([], several) => Err(NoSheet::Several(several.iter().map(|(at, _)| name(*at)).collect())),
        (several, _) => Err(NoSheet::Several(several.iter().map(|(at, _)| name(*at)).collect())),
    }
}

/// The column that a name is known as, by the report's own words or by the table.
fn known(name: &str, own: &Columns) -> Option<Column> {
    let said = own.iter().find(|(head, _)| plain(head) == plain(name)).map(|(_, column)| *column);
    said.or_else(|| table().column(name).map(|(column, _)| column))
}

fn is_known(name: &str, own: &Columns) -> bool {
    known(name, own).is_some() || table().is_left(name) || table().doubtful(name).is_some()
}

/// The head of a sheet: of its first rows the one with the most names that are known.
fn head(grid: &Grid, own: &Columns) -> Option<Head> {
    let rows = grid.rows.iter().take(HEAD_WITHIN);
    let heads: Vec<Head> = rows.filter_map(|row| head_at(grid, row.number, own)).collect();
    let most = heads.iter().map(|head| head.known).max()?;
    heads.into_iter().find(|head| head.known == most && most > 0)
}

/// The head that begins at a row.
fn head_at(grid: &Grid, row: u32, own: &Columns) -> Option<Head> {
    let upper = texts(grid, row);
    if upper.is_empty() {
        return None;
    }
    let lower = texts(grid, row + 1);
    let is_lower = has_lower(&upper, &lower, grid, row);
    let mut names = Vec::new();
    let mut group: Option<&str> = None;
    let last = upper.keys().chain(lower.keys().filter(|_| is_lower)).max().copied().unwrap_or_default();
    for column in 0..=last {
        let (above, below) = (upper.get(&column), lower.get(&column).filter(|_| is_lower));
        group = above.map(String::as_str).or(group.filter(|_| below.is_some()));
        match (above, below) {
            (Some(name), None) => names.push((column, name.clone())),
            (_, Some(name)) => {
                names.push((column, group.map_or_else(|| name.clone(), |group| format!("{group}/{name}"))))
            }
            (None, None) => {}
        }
    }
    let known = names.iter().filter(|(_, name)| is_known(name, own) || ticks(name, own).is_some()).count();
    Some(Head { rows: (row, row + u32::from(is_lower)), names, known })
}

/// The texts of a row, by column.
fn texts(grid: &Grid, row: u32) -> BTreeMap<u32, String> {
    let cells = grid.row(row).map(|row| row.cells.as_slice()).unwrap_or_default();
    let text = |(column, value): &(u32, Value)| match value {
        Value::Text(text) if !text.trim().is_empty() => Some((*column, plain(text))),
        _ => None,
    };
    cells.iter().filter_map(text).collect()
}

/// Whether a row is the lower half of a head: it has names only below cells that are covered by the group to their left, or
/// that begin such a group, and not all of the upper row begins one.
fn has_lower(upper: &BTreeMap<u32, String>, lower: &BTreeMap<u32, String>, grid: &Grid, row: u32) -> bool {
    let only_texts = grid
        .row(row + 1)
        .is_some_and(|own| own.cells.iter().all(|(_, value)| matches!(value, Value::Text(_))));
    let covered = |column: u32| !upper.contains_key(&column) && lower.contains_key(&column);
    let first = upper.keys().next().copied().unwrap_or_default();
    let fits = |column: &u32| {
        covered(*column) && *column > first || covered(column + 1) && upper.contains_key(column)
    };
    only_texts && lower.keys().any(|column| covered(*column)) && lower.keys().all(fits)
}

/// Of a name in two rows, whose upper one is a column of terms and whose lower one is such a term: both.
fn ticks(name: &str, own: &Columns) -> Option<(Column, String)> {
    let (group, word) = name.split_once('/')?;
    let column = known(group, own)?;
    let is_of_terms = matches!(
        column,
        Column::Satisfaction
            | Column::Outcome
            | Column::Role
            | Column::Kind
            | Column::Level
            | Column::Decision
    );
    Some((column, term(column, word).filter(|_| is_of_terms)?))
}

/// What each column of a head is.
pub(super) fn assign(grid: &Grid, head: &Head, own: &Columns) -> Assigned {
    let has_values =
        |column: u32| grid.rows.iter().any(|row| row.number > head.rows.1 && row.get(column).is_some());
    let mut assigned = Assigned::default();
    // Of each field: how good the best name is, and the columns that have such a one.
    let mut best: BTreeMap<Column, (usize, Vec<u32>)> = BTreeMap::new();
    for (column, name) in &head.names {
        let by_letter =
            own.iter().find(|(head, _)| ***head == *column_name(*column)).map(|(_, column)| (*column, 0));
        let by_name =
            || own.iter().find(|(head, _)| plain(head) == plain(name)).map(|(_, column)| (*column, 1));
        let said = by_letter.or_else(by_name);
        if said.is_none()
            && let Some((field, word)) = ticks(name, own)
        {
            assigned.columns.push((*column, name.clone(), Meaning::Tick(field, word)));
            continue;
        }
        let meant = said.or_else(|| table().column(name).map(|(field, rank)| (field, rank + 2)));
        let meant = meant.filter(|(field, rank)| *rank < 3 || fits(*field, *column, grid, head));
        let is_used = |field: &Column| *field != Column::Unused && (said.is_some() || has_values(*column));
        if let Some((field, rank)) = meant.filter(|(field, _)| is_used(field)) {
            let entry = best.entry(field).or_insert((rank, Vec::new()));
            match rank.cmp(&entry.0) {
                std::cmp::Ordering::Less => *entry = (rank, vec![*column]),
                std::cmp::Ordering::Equal => entry.1.push(*column),
                std::cmp::Ordering::Greater => {}
            }
        }
        let is_left = meant.is_some() || table().is_left(name) || !has_values(*column);
        assigned.columns.push((
            *column,
            name.clone(),
            if is_left { Meaning::Left } else { Meaning::Unknown },
        ));
    }
    for (field, (_, columns)) in &best {
        if let [first, second, ..] = columns.as_slice() {
            assigned.doubts.push(Doubt { column: *second, may: vec![*field], other: Some(*first) });
        }
        for (column, _, meaning) in &mut assigned.columns {
            if columns.first() == Some(column) {
                *meaning = Meaning::Field(*field);
            }
        }
    }
    empty_fields(grid, head, own, &mut assigned);
    doubtful(grid, head, &mut assigned);
    assigned
}

/// A field whose only column has no values has that column all the same: its cells are the places where values are missing.
fn empty_fields(grid: &Grid, head: &Head, own: &Columns, assigned: &mut Assigned) {
    for (column, name) in &head.names {
        let named = own.iter().find(|(head, _)| plain(head) == plain(name)).map(|(_, column)| (*column, 0));
        let Some((field, rank)) = named.or_else(|| table().column(name)) else { continue };
        if rank > 0 && !fits(field, *column, grid, head) {
            continue;
        }
        if field == Column::Unused || assigned.has(field) {
            continue;
        }
        if let Some(entry) = assigned.columns.iter_mut().find(|entry| entry.0 == *column) {
            entry.2 = Meaning::Field(field);
        }
    }
}

/// Names that may be several fields: a doubt where one of these is still missing.
fn doubtful(grid: &Grid, head: &Head, assigned: &mut Assigned) {
    let mut doubts = Vec::new();
    for (column, name, meaning) in &assigned.columns {
        let may = table().doubtful(name).filter(|_| *meaning == Meaning::Unknown).unwrap_or_default();
        let may: Vec<Column> = may.iter().copied().filter(|field| !assigned.has(*field)).collect();
        let has_values = grid.rows.iter().any(|row| row.number > head.rows.1 && row.get(*column).is_some());
        if !may.is_empty() && has_values {
            doubts.push(Doubt { column: *column, may, other: None });
        }
    }
    assigned.doubts.extend(doubts);
}

/// Whether a column of terms has any of them: `类别` may be a kind of case or a subject.
fn fits(field: Column, column: u32, grid: &Grid, head: &Head) -> bool {
    if !matches!(
        field,
        Column::Level
            | Column::Kind
            | Column::Role
            | Column::Outcome
            | Column::Decision
            | Column::Satisfaction
    ) {
        return true;
    }
    let below = grid.rows.iter().filter(|row| row.number > head.rows.1).take(SAMPLE);
    let mut values = below.filter_map(|row| row.get(column)).peekable();
    values.peek().is_none() || values.any(|value| term(field, &shown(value)).is_some())
}
