//! .ods, read by our own reader: calamine unfolds every repetition, and says nothing of merged or hidden cells.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::parts::Parts;
use super::{LAST_COLUMN, LAST_ROW, Meter, Unread};
use crate::sheet::grid::{Book, Grid, Merge, Value};

/// A cell with a value that is repeated over more columns or rows than this is decoration, and is not unfolded.
const MOST_REPEATED: u32 = 1_000;

/// The cell that is being read.
#[derive(Default)]
struct Cell {
    kind: String,
    value: String,
    text: String,
    paragraphs: usize,
    columns: u32,
    spans: (u32, u32),
    has_formula: bool,
    has_comment: bool,
}

/// Where the reader is.
#[derive(Default)]
struct At {
    row: u32,
    column: u32,
    rows: u32,
    is_hidden: bool,
    /// Depth in a comment, whose text is not the cell's.
    comment: usize,
    cells: Vec<(u32, Cell)>,
}

pub(super) fn open(mut parts: Parts) -> Result<Book, Unread> {
    let manifest = parts.text("META-INF/manifest.xml");
    if manifest.contains("encryption-data") {
        return Err(Unread::encrypted());
    }
    let xml = parts.text("content.xml");
    let mut reader = Reader::from_str(&xml);
    let (mut grids, mut meter) = (Vec::<Grid>::new(), Meter::default());
    let (mut at, mut cell): (At, Option<Cell>) = Default::default();
    loop {
        let event = reader.read_event().map_err(Unread::damaged)?;
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(element) | Event::Empty(element) => {
                begin(&element, is_empty, &mut grids, &mut at, &mut cell);
                if is_empty {
                    end(element.local_name().as_ref(), &mut grids, &mut at, &mut cell, &mut meter)?;
                }
            }
            Event::End(element) => {
                end(element.local_name().as_ref(), &mut grids, &mut at, &mut cell, &mut meter)?
            }
            Event::Text(text) if at.comment == 0 => {
                let text = text.as_ref();
                cell.iter_mut().for_each(|cell| cell.text.push_str(text));
            }
            Event::GeneralRef(entity) if at.comment == 0 => {
                let entity = format!("&{};", entity.as_ref());
                let text = quick_xml::escape::unescape(&entity).map_err(Unread::damaged)?;
                cell.iter_mut().for_each(|cell| cell.text.push_str(&text));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(Book { grids, kind: "ODS", ..Book::default() })
}

/// An attribute by its local name.
fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|own| own.key.local_name().as_ref() == name)?;
    Some(quick_xml::escape::unescape(found.value.as_ref()).ok()?.into_owned())
}

fn number(element: &BytesStart, name: &str) -> u32 {
    attribute(element, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

fn begin(element: &BytesStart, is_empty: bool, grids: &mut Vec<Grid>, at: &mut At, cell: &mut Option<Cell>) {
    let is_hidden =
        || attribute(element, "visibility").is_some_and(|value| value == "collapse" || value == "filter");
    match element.local_name().as_ref() {
        "table" if cell.is_none() => {
            *at = At::default();
            grids.push(Grid { name: attribute(element, "name").unwrap_or_default(), ..Grid::default() });
        }
        "table-column" => {
            let count = number(element, "number-columns-repeated");
            let last = at.column.saturating_add(count - 1).min(LAST_COLUMN);
            if is_hidden()
                && let Some(grid) = grids.last_mut()
            {
                grid.hidden_columns.push((at.column, last));
            }
            at.column = last + 1;
        }
        "table-row" => {
            (at.column, at.rows, at.is_hidden) = (0, number(element, "number-rows-repeated"), is_hidden());
        }
        "table-cell" | "covered-table-cell" => {
            *cell = Some(Cell {
                kind: attribute(element, "value-type").unwrap_or_default(),
                value: ["date-value", "boolean-value", "time-value", "value"]
                    .into_iter()
                    .find_map(|name| attribute(element, name))
                    .unwrap_or_default(),
                columns: number(element, "number-columns-repeated"),
                spans: (number(element, "number-rows-spanned"), number(element, "number-columns-spanned")),
                has_formula: attribute(element, "formula").is_some(),
                ..Cell::default()
            });
        }
        "annotation" => {
            at.comment += usize::from(!is_empty);
            cell.iter_mut().for_each(|cell| cell.has_comment = true);
        }
        "p" if at.comment == 0 => {
            if let Some(cell) = cell {
                cell.paragraphs += 1;
                cell.text.push_str(if cell.paragraphs > 1 { "\n" } else { "" });
            }
        }
        "s" if at.comment == 0 => cell.iter_mut().for_each(|cell| cell.text.push(' ')),
        "line-break" if at.comment == 0 => cell.iter_mut().for_each(|cell| cell.text.push('\n')),
        _ => {}
    }
}

fn end(
    name: &str,
    grids: &mut [Grid],
    at: &mut At,
    cell: &mut Option<Cell>,
    meter: &mut Meter,
) -> Result<(), Unread> {
    match name {
        "annotation" => at.comment = at.comment.saturating_sub(1),
        "table-cell" | "covered-table-cell" => {
            let Some(cell) = cell.take() else { return Ok(()) };
            let column = at.column;
            at.column = column.saturating_add(cell.columns).min(LAST_COLUMN + 1);
            if column <= LAST_COLUMN {
                at.cells.push((column, cell));
            }
        }
        "table-row" => {
            let cells = std::mem::take(&mut at.cells);
            if let Some(grid) = grids.last_mut() {
                row(grid, at, &cells, meter)?;
            }
            at.row = at.row.saturating_add(at.rows).min(LAST_ROW + 1);
            at.column = 0;
        }
        _ => {}
    }
    Ok(())
}

/// Puts the cells of a row, as often as it is repeated, into the grid.
fn row(grid: &mut Grid, at: &At, cells: &[(u32, Cell)], meter: &mut Meter) -> Result<(), Unread> {
    let has_value = cells.iter().any(|(_, cell)| value(cell).is_some());
    if !has_value && !at.is_hidden {
        return Ok(());
    }
    let repeated = at.rows.min(MOST_REPEATED).min((LAST_ROW + 1).saturating_sub(at.row));
    for number in at.row..at.row + repeated {
        if at.is_hidden {
            grid.hidden_rows.push(number);
        }
        for (column, cell) in cells {
            let (rows, columns) = cell.spans;
            if (rows, columns) != (1, 1) {
                grid.merges.push(Merge {
                    rows: (number, number.saturating_add(rows - 1)),
                    columns: (*column, column.saturating_add(columns - 1)),
                });
            }
            if cell.has_comment {
                grid.comments.push((number, *column));
            }
            let Some(value) = value(cell) else { continue };
            for column in *column..column.saturating_add(cell.columns.min(MOST_REPEATED)) {
                meter.put(grid, (number, column), value.clone())?;
            }
        }
    }
    Ok(())
}

/// What a cell holds. LibreOffice writes an error as a text, and marks it in no other way.
fn value(cell: &Cell) -> Option<Value> {
    let is_error = cell.text.starts_with('#') && cell.text.ends_with(['!', '?', 'A']) && cell.has_formula;
    Some(match cell.kind.as_str() {
        _ if is_error => Value::Error(cell.text.clone()),
        "float" | "percentage" | "currency" => Value::Number(cell.value.parse().ok()?),
        "date" => Value::Day(cell.value.clone()),
        "boolean" => Value::Flag(cell.value == "true"),
        _ if cell.text.is_empty() => return cell.has_formula.then_some(Value::Uncounted),
        _ => Value::Text(cell.text.clone()),
    })
}
