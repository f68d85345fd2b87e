//! The rows below the head as cases: what stands in them, written as `cases.yaml` has it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::columns::{plain, table};
use super::grid::{Grid, Row, Value};
use super::ledger::{NEEDED, Settings};
use super::table::{Assigned, Head, Meaning};
use super::value::{Assumed, Reading, Rules, read as read_value, shown};
use crate::diagnostic::{Say, say};
use crate::model::text::is_blank;
use crate::model::{Column, Date};
use crate::source::quoted;

/// What was read of the rows.
#[derive(Default)]
pub(super) struct Read {
    /// The cases as `cases.yaml` has them.
    pub text: String,
    /// The row of each case, from 1.
    pub rows: Vec<u32>,
    /// Where each case begins in the text.
    pub starts: Vec<usize>,
    /// Rows that are no case, from 1, and why.
    pub left: Vec<(u32, Say)>,
    /// Cells that were read with an assumption, by row and column.
    pub assumed: BTreeMap<Assumed, Vec<(u32, u32)>>,
    /// Cells with an error or without a value.
    pub unusable: Vec<(u32, u32, Value)>,
    /// Merged cells whose value was given to each of their rows: first row, last row, column.
    pub spread: BTreeSet<(u32, u32, u32)>,
}

/// The values of a case that is being read, its row, and what is kept beside it.
#[derive(Default)]
struct Case {
    row: u32,
    values: BTreeMap<Column, String>,
    unused: Vec<(String, String)>,
}

/// Texts that have been read, by the column that they stand in, and what they say.
type Known = BTreeMap<Column, BTreeMap<String, Reading>>;

/// Most texts of a column that are kept.
const MOST_KNOWN: usize = 1_000;

struct Reader<'r> {
    grid: &'r Grid,
    head: &'r Head,
    assigned: &'r Assigned,
    settings: &'r Settings<'r>,
    rules: Rules<'r>,
    read: Read,
    known: Known,
    /// Of each column, first and last row of the merged cells that have been come to last.
    merged: BTreeMap<u32, (u32, u32)>,
}

/// Reads the rows below a head.
pub(super) fn read(grid: &Grid, head: &Head, assigned: &Assigned, settings: &Settings, rules: Rules) -> Read {
    let mut merges: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for merge in grid.merges.iter().filter(|merge| merge.rows.0 < merge.rows.1 && merge.rows.0 > head.rows.1)
    {
        merges.entry(merge.rows.0).or_default().push((merge.columns.0, merge.rows.1));
    }
    let mut reader = Reader {
        grid,
        head,
        assigned,
        settings,
        rules,
        read: Read::default(),
        known: Known::new(),
        merged: BTreeMap::new(),
    };
    let mut case: Option<Case> = None;
    for row in grid.rows.iter().filter(|row| row.number > head.rows.1) {
        for (column, last) in merges.get(&row.number).into_iter().flatten() {
            reader.merged.insert(*column, (row.number, *last));
        }
        if let Some(why) = reader.no_case(row) {
            reader.read.left.extend(why.map(|why| (row.number + 1, why)));
            continue;
        }
        let goes_on = case.as_ref().is_some_and(|case| reader.goes_on(case, row));
        if !goes_on {
            case.replace(Case { row: row.number, ..Case::default() })
                .into_iter()
                .for_each(|case| reader.write(case));
        }
        if let Some(case) = &mut case {
            reader.row(row, case);
        }
    }
    case.into_iter().for_each(|case| reader.write(case));
    let mut read = reader.read;
    read.text.insert_str(0, if read.rows.is_empty() { "cases: []\n" } else { "cases:\n" });
    read.starts.iter_mut().for_each(|start| *start += "cases:\n".len());
    read
}

impl<'r> Reader<'r> {
    /// The value of a cell, or of the merged cells that it is part of.
    fn value<'v>(&self, row: &'v Row, column: u32) -> Option<(&'v Value, Option<(u32, u32)>)>
    where
        'r: 'v,
    {
        if let Some(value) = row.get(column) {
            return Some((value, None));
        }
        let (first, last) = self.merged.get(&column).copied().filter(|(_, last)| *last >= row.number)?;
        Some((self.grid.row(first)?.get(column)?, Some((first, last))))
    }

    fn fields(&self) -> impl Iterator<Item = (u32, Column)> {
        self.assigned.columns.iter().filter_map(|(column, _, meaning)| match meaning {
            Meaning::Field(field) => Some((*column, *field)),
            _ => None,
        })
    }

    /// Whether a row is no case: blank, a sum, the head again, a note. The reason is left out for rows that are blank.
    #[expect(clippy::option_option, reason = "a row that is no case, and why if there is a reason to tell")]
    fn no_case(&self, row: &Row) -> Option<Option<Say>> {
        // A ledger may have 100,000 rows, of which nearly all are cases: most of this is asked of few of them.
        let mut filled = row.cells.iter().filter(|(_, value)| !is_blank_cell(value));
        let Some((_, first)) = filled.next() else { return Some(None) };
        let count = 1 + filled.count();
        let first = shown(first);
        let word = plain(&first);
        if table().is_total(&word) {
            return Some(Some(say(format!("“{word}”行"), format!("a row of sums ({word})"))));
        }
        if table().is_note(&word) {
            return Some(Some(say("表下的说明", "a note")));
        }
        if self.is_head(&word) && self.heads(row) * 2 > count {
            return Some(Some(say("表头又写了一次", "the head again")));
        }
        let has_title = self.fields().any(|(column, field)| {
            field == Column::Title && self.value(row, column).is_some_and(|(value, _)| !is_blank_cell(value))
        });
        (!has_title && count == 1).then(|| {
            let shown: String = first.chars().take(20).collect();
            Some(say(format!("只有一格有内容：{shown}"), format!("a single cell: {shown}")))
        })
    }

    /// Whether a plain text is the name of a column.
    fn is_head(&self, text: &str) -> bool {
        self.head.names.iter().any(|(_, name)| name == text || name.rsplit('/').next() == Some(text))
    }

    /// How many cells of a row are the names of their columns.
    fn heads(&self, row: &Row) -> usize {
        let is_own = |(column, name): &&(u32, String)| {
            let last = name.rsplit('/').next().unwrap_or_default();
            row.get(*column)
                .is_some_and(|value| [name.as_str(), last].contains(&plain(&shown(value)).as_str()))
        };
        self.head.names.iter().filter(is_own).count()
    }

    /// Whether a row goes on with a case: id and title are merged cells that both rows are part of.
    fn goes_on(&self, case: &Case, row: &Row) -> bool {
        let mut keys =
            self.fields().filter(|(_, field)| matches!(field, Column::Id | Column::Title)).peekable();
        let covers = |(column, _): (u32, Column)| {
            self.merged.get(&column).is_some_and(|(first, last)| *first <= case.row && *last >= row.number)
        };
        keys.peek().is_some() && keys.all(covers)
    }

    /// Adds what a row says to a case.
    fn row(&mut self, row: &Row, case: &mut Case) {
        let goes_on = case.row != row.number;
        for (column, head, meaning) in &self.assigned.columns {
            let Some((value, merged)) = self.value(row, *column) else { continue };
            let (field, word) = match meaning {
                Meaning::Field(field) => (*field, None),
                Meaning::Tick(field, word) => (*field, Some(word)),
                Meaning::Left | Meaning::Unknown => {
                    if self.settings.keeps_unused && merged.is_none() {
                        case.unused.push((head.clone(), shown(value)));
                    }
                    continue;
                }
            };
            let reading = reading(
                &mut self.known,
                if word.is_some() { Column::Decision } else { field },
                value,
                self.rules,
            );
            match (reading, word) {
                (Reading::Nothing, _) => {}
                (Reading::Unusable, _) => self.read.unusable.push((row.number, *column, value.clone())),
                (Reading::Said(text, _), Some(_)) if text == "不予公开" => {}
                (Reading::Said(..), Some(word)) => add(case, field, word.clone()),
                (Reading::Said(text, assumed), None) => {
                    if let Some((first, last)) = merged {
                        self.read.spread.insert((first, last, *column));
                    }
                    if let Some(assumed) = assumed {
                        self.read.assumed.entry(assumed).or_default().push((row.number, *column));
                    }
                    if !goes_on || merged.is_none() {
                        add(case, field, text);
                    }
                }
            }
        }
    }

    /// Writes a case that is whole.
    fn write(&mut self, mut case: Case) {
        for (field, value) in &self.settings.every_case {
            case.values.entry(*field).or_insert_with(|| value.clone());
        }
        // A value that every case needs is a key all the same: the loader says that it is empty.
        for field in NEEDED {
            case.values.entry(field).or_default();
        }
        let text = &mut self.read.text;
        self.read.rows.push(case.row + 1);
        self.read.starts.push(text.len());
        let mut above = "";
        for (field, value) in &case.values {
            let (record, key) = field.id().split_once('.').unwrap_or(("", field.id()));
            if record != above && !record.is_empty() {
                _ = writeln!(text, "    {record}:");
            }
            above = record;
            text.push_str(match (record, *field) {
                (_, Column::Id) => "  - ",
                ("", _) => "    ",
                _ => "      ",
            });
            text.push_str(key);
            text.push(':');
            if !value.is_empty() {
                text.push(' ');
                let is_flag = *field == Column::LeaderLed && (value == "true" || value == "false");
                let is_plain = is_flag
                    || value.starts_with(|c: char| c.is_ascii_digit()) && Date::parse(value).is_some();
                if is_plain { text.push_str(value) } else { text.push_str(&quoted(value)) }
            }
            text.push('\n');
        }
        for (head, value) in &case.unused {
            _ = writeln!(
                text,
                "    # {}: {}",
                head.replace('\n', ""),
                value.split_whitespace().collect::<Vec<_>>().join(" ")
            );
        }
    }
}

/// What a cell says. In most columns few values stand in many rows, so each is read once.
fn reading(known: &mut Known, column: Column, value: &Value, rules: Rules) -> Reading {
    let (Value::Text(text) | Value::Day(text), false) =
        (value, matches!(column, Column::Id | Column::Title | Column::Notes))
    else {
        return read_value(column, value, rules);
    };
    let known = known.entry(column).or_default();
    if let Some(reading) = known.get(text.as_str()) {
        return reading.clone();
    }
    let reading = read_value(column, value, rules);
    if known.len() < MOST_KNOWN {
        known.insert(text.clone(), reading.clone());
    }
    reading
}

/// Adds a value to a case: what is said twice stands once; what is said of it in several rows stands side by side.
fn add(case: &mut Case, field: Column, value: String) {
    let own = case.values.entry(field).or_default();
    if own.is_empty() {
        *own = value;
    } else if !own.split('、').any(|part| part == value) {
        *own = format!("{own}、{value}");
    }
}

/// Whether a cell has nothing to be seen. A formula without a value has, in the program that counts it.
fn is_blank_cell(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.chars().all(is_blank))
}
