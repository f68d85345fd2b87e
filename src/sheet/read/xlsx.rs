//! .xlsx and .xlsm, read by calamine cell by cell. What it does not say (hidden rows and columns, comments, formulas without a
//! value) is looked up in the parts themselves.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx, XlsxError};

use super::parts::{Parts, attribute, elements};
use super::{Meter, Unread};
use crate::sheet::grid::{Book, Grid, Merge, Value, cell_at};

/// Cells of one sheet that cannot be read before the sheet is given up.
const MOST_BROKEN: usize = 1_000;

pub(super) fn open(bytes: &[u8], mut parts: Parts) -> Result<Book, Unread> {
    if parts.has("xl/workbook.bin") {
        return Err(super::xls::other_format(".xlsb"));
    }
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|wrong| match wrong {
        XlsxError::Password => Unread::encrypted(),
        wrong => Unread::damaged(wrong),
    })?;
    let paths = sheet_paths(&mut parts);
    let sheets: Vec<_> =
        book.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), sheet.visible)).collect();
    let mut meter = Meter::default();
    let mut grids = Vec::new();
    for (name, visible) in sheets {
        let mut grid = Grid { is_hidden: visible != SheetVisible::Visible, ..Grid::default() };
        if !cells(&mut book, &name, &mut grid, &mut meter)? {
            continue;
        }
        let merges = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        grid.merges = merges
            .iter()
            .map(|merge| Merge { rows: (merge.start.0, merge.end.0), columns: (merge.start.1, merge.end.1) })
            .collect();
        if let Some((_, path)) = paths.iter().find(|(own, _)| *own == name) {
            extras(&mut parts, path, &mut grid, &mut meter)?;
        }
        grid.name = name;
        grids.push(grid);
    }
    let has_macros = parts.has("xl/vbaProject.bin");
    Ok(Book {
        grids,
        kind: if has_macros { "XLSM" } else { "XLSX" },
        has_macros,
        from_1904: book.has_1904_epoch(),
    })
}

/// Reads the cells of a sheet; false if it is a chart or the like.
fn cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    grid: &mut Grid,
    meter: &mut Meter,
) -> Result<bool, Unread> {
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(false),
        Err(wrong) => return Err(Unread::damaged(wrong)),
    };
    let mut broken = 0;
    loop {
        match reader.next_cell() {
            Ok(None) => return Ok(true),
            Ok(Some(cell)) => {
                if let Some(value) = value(cell.get_value()) {
                    meter.put(grid, cell.get_position(), value)?;
                }
            }
            // An error text that calamine does not know: the cell is skipped, the rest is read.
            Err(XlsxError::CellError(_) | XlsxError::ParseFloat(_)) if broken < MOST_BROKEN => broken += 1,
            Err(wrong) => return Err(Unread::damaged(wrong)),
        }
    }
}

fn value(data: &DataRef) -> Option<Value> {
    Some(match data {
        DataRef::Empty => return None,
        DataRef::Int(number) => Value::Number(*number as f64),
        DataRef::Float(number) => Value::Number(*number),
        DataRef::String(text) => Value::Text(text.clone()),
        DataRef::SharedString(text) => Value::Text((*text).to_owned()),
        DataRef::Bool(flag) => Value::Flag(*flag),
        DataRef::DateTime(day) => self::day(day),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Value::Day(text.clone()),
        DataRef::Error(error) => Value::Error(error.to_string()),
    })
}

/// A number with the format of a day; a duration, or a number that is no day at all, stays a number.
pub(super) fn day(day: &ExcelDateTime) -> Value {
    if !day.is_datetime() || !(1.0..2_958_466.0).contains(&day.as_f64()) {
        return Value::Number(day.as_f64());
    }
    let (year, month, date, hour, minute, second, _) = day.to_ymd_hms_milli();
    let time = if (hour, minute, second) == (0, 0, 0) {
        String::new()
    } else {
        format!("T{hour:02}:{minute:02}:{second:02}")
    };
    Value::Day(format!("{year:04}-{month:02}-{date:02}{time}"))
}

/// The name of each sheet and the part that holds it.
fn sheet_paths(parts: &mut Parts) -> Vec<(String, String)> {
    let book = parts.text("xl/workbook.xml");
    let relations = targets(&parts.text("xl/_rels/workbook.xml.rels"), "xl/");
    let path = |id: String| Some(relations.iter().find(|(own, _)| *own == id)?.1.clone());
    elements(&book, "sheet")
        .filter_map(|(_, sheet)| Some((attribute(sheet, "name")?, path(attribute(sheet, "id")?)?)))
        .collect()
}

/// The id and the part of each relation; `folder` is the folder of the part that has them.
fn targets(relations: &str, folder: &str) -> Vec<(String, String)> {
    let target = |path: String| match (path.strip_prefix('/'), path.strip_prefix("../")) {
        (Some(whole), _) => whole.to_owned(),
        (None, Some(above)) => format!("xl/{above}"),
        (None, None) => format!("{folder}{path}"),
    };
    let row =
        |(_, relation): (_, &str)| Some((attribute(relation, "Id")?, target(attribute(relation, "Target")?)));
    elements(relations, "Relationship").filter_map(row).collect()
}

/// Adds what calamine does not say.
fn extras(parts: &mut Parts, path: &str, grid: &mut Grid, meter: &mut Meter) -> Result<(), Unread> {
    let xml = parts.text(path);
    let is_set = |element: &str, name: &str| {
        attribute(element, name).is_some_and(|value| value == "1" || value == "true")
    };
    // Most sheets hide nothing, and a sheet may be long.
    if xml.contains("hidden=") {
        let hidden = elements(&xml, "row").filter(|(_, row)| row.contains("hidden") && is_set(row, "hidden"));
        grid.hidden_rows =
            hidden.filter_map(|(_, row)| attribute(row, "r")?.parse::<u32>().ok()?.checked_sub(1)).collect();
        let number = |column: &str, name| attribute(column, name)?.parse::<u32>().ok()?.checked_sub(1);
        let hidden = elements(&xml, "col").filter(|(_, column)| is_set(column, "hidden"));
        grid.hidden_columns =
            hidden.filter_map(|(_, column)| Some((number(column, "min")?, number(column, "max")?))).collect();
    }
    if ["<f>", "<f ", "<f/", "t=\"e\""].iter().any(|mark| xml.contains(mark)) {
        unread(&xml, grid, meter)?;
    }
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let relations = targets(&parts.text(&format!("{folder}/_rels/{file}.rels")), &format!("{folder}/"));
    for (_, path) in relations.iter().filter(|(_, path)| path.contains("comments")) {
        let comments = parts.text(path);
        grid.comments.extend(
            elements(&comments, "comment").filter_map(|(_, comment)| cell_at(&attribute(comment, "ref")?)),
        );
    }
    Ok(())
}

/// Marks the cells that have a formula and no value, and errors that calamine does not know.
fn unread(xml: &str, grid: &mut Grid, meter: &mut Meter) -> Result<(), Unread> {
    for (at, cell) in elements(xml, "c").filter(|(_, cell)| !cell.ends_with('/')) {
        let inside = &xml[at..];
        let inside = &inside[..inside.find("</c>").unwrap_or(inside.len())];
        let shown =
            inside.split_once("<v>").map_or("", |(_, rest)| rest.split('<').next().unwrap_or_default());
        let value = if attribute(cell, "t").is_some_and(|kind| kind == "e") {
            Value::Error(shown.chars().take(20).collect())
        } else if shown.is_empty() && !inside.contains("<is>") && elements(inside, "f").next().is_some() {
            Value::Uncounted
        } else {
            continue;
        };
        if let Some((row, column)) = attribute(cell, "r").and_then(|name| cell_at(&name))
            && grid.row(row).is_none_or(|own| own.get(column).is_none())
        {
            meter.put(grid, (row, column), value)?;
        }
    }
    Ok(())
}
