//! .xls, read by calamine once its records have been looked through: calamine keeps a sheet as a full rectangle, and two cells
//! far apart would take all memory.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, SheetVisible, Xls, XlsError};
use cfb::CompoundFile;

use super::{Meter, Unread};
use crate::diagnostic::say;
use crate::sheet::grid::{Book, Grid, Merge, Value};

/// Most cells of all rectangles together, empty ones among them.
const LARGEST_RECTANGLES: u64 = 8_000_000;
/// Most bytes of the stream of records.
const LARGEST_STREAM: u64 = 128 << 20;

pub(super) fn open(bytes: &[u8]) -> Result<Book, Unread> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(Unread::damaged)?;
    if file.exists("/EncryptedPackage") {
        return Err(Unread::encrypted());
    }
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.exists(name));
    let name = name.ok_or_else(|| other_format(".et"))?;
    let mut stream = Vec::new();
    let opened = file.open_stream(name).map_err(Unread::damaged)?;
    opened.take(LARGEST_STREAM).read_to_end(&mut stream).map_err(Unread::damaged)?;
    let sheets = records(&stream)?;
    if sheets.iter().map(Scanned::area).sum::<u64>() > LARGEST_RECTANGLES {
        return Err(Unread::too_large());
    }
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|wrong| match wrong {
        XlsError::Password => Unread::encrypted(),
        wrong => Unread::damaged(wrong),
    })?;
    let known: Vec<_> =
        book.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), sheet.visible)).collect();
    let mut sheets = sheets.into_iter();
    let (mut meter, mut grids) = (Meter::default(), Vec::new());
    for (name, visible) in known {
        let scanned = sheets.next().unwrap_or_default();
        let range = book.worksheet_range(&name).map_err(Unread::damaged)?;
        let mut grid = Grid {
            is_hidden: visible != SheetVisible::Visible,
            hidden_rows: scanned.hidden_rows,
            hidden_columns: scanned.hidden_columns,
            comments: scanned.comments,
            ..Grid::default()
        };
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            if let Some(value) = value(data) {
                meter.put(&mut grid, (top + row as u32, left + column as u32), value)?;
            }
        }
        let merges = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let merge = |merge: calamine::Dimensions| Merge {
            rows: (merge.start.0, merge.end.0),
            columns: (merge.start.1, merge.end.1),
        };
        grid.merges = merges.into_iter().map(merge).collect();
        grid.name = name;
        grids.push(grid);
    }
    Ok(Book {
        grids,
        kind: "XLS",
        has_macros: file.exists("/_VBA_PROJECT_CUR"),
        from_1904: book.has_1904_epoch(),
    })
}

/// A format that is not read.
pub(super) fn other_format(name: &str) -> Unread {
    Unread::new(
        say(format!("不能读这种格式（{name}）"), format!("this format ({name}) is not read")),
        say("用 WPS 或 Excel 打开，另存为 .xlsx", "open it in WPS or Excel and save it as .xlsx"),
    )
}

fn value(data: &Data) -> Option<Value> {
    Some(match data {
        Data::Empty => return None,
        Data::Int(number) => Value::Number(*number as f64),
        Data::Float(number) => Value::Number(*number),
        Data::String(text) => Value::Text(text.clone()),
        Data::Bool(flag) => Value::Flag(*flag),
        Data::DateTime(day) => super::xlsx::day(day),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Value::Day(text.clone()),
        Data::Error(error) => Value::Error(error.to_string()),
    })
}

/// What the records of a sheet say.
#[derive(Default)]
struct Scanned {
    /// First and last row and column with a cell.
    corners: Option<[u64; 4]>,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<(u32, u32)>,
    comments: Vec<(u32, u32)>,
}

impl Scanned {
    fn area(&self) -> u64 {
        self.corners.map_or(0, |[top, bottom, left, right]| (bottom - top + 1) * (right - left + 1))
    }

    fn cell(&mut self, row: u64, column: u64) {
        let [top, bottom, left, right] = self.corners.unwrap_or([row, row, column, column]);
        self.corners = Some([top.min(row), bottom.max(row), left.min(column), right.max(column)]);
    }
}

/// Looks through the records: each has a kind, a length, and that many bytes.
fn records(stream: &[u8]) -> Result<Vec<Scanned>, Unread> {
    const FILE_PASS: u64 = 0x2F;
    let (mut sheets, mut at, mut depth) = (Vec::new(), 0, 0);
    let number = |bytes: &[u8], at: usize| {
        bytes.get(at..at + 2).map_or(0, |two| u64::from(two[0]) | u64::from(two[1]) << 8)
    };
    while at + 4 <= stream.len() {
        let (kind, length) = (number(stream, at), number(stream, at + 2) as usize);
        let body = stream.get(at + 4..at + 4 + length).unwrap_or_default();
        let of = |at: usize| number(body, at);
        at += 4 + length;
        match kind {
            FILE_PASS => return Err(Unread::encrypted()),
            // Begin of the book, of a sheet, or of a chart in one.
            0x809 => {
                depth += 1;
                if depth == 1 && matches!(of(2), 0x10 | 0x20 | 0x40) {
                    sheets.push(Scanned::default());
                }
            }
            0x0A => depth = usize::max(depth, 1) - 1,
            _ => {}
        }
        let Some(sheet) = sheets.last_mut().filter(|_| depth == 1) else { continue };
        match kind {
            // Cells: a formula, numbers, texts, flags.
            0x06 | 0x203 | 0x27E | 0xFD | 0x204 | 0xD6 | 0x205 | 0x201 => sheet.cell(of(0), of(2)),
            // Several in one row: the last column stands at the end.
            0xBD | 0xBE => {
                sheet.cell(of(0), of(2));
                sheet.cell(of(0), of(length.saturating_sub(2)));
            }
            0x208 if of(12) & 0x20 != 0 => sheet.hidden_rows.push(of(0) as u32),
            0x7D if of(8) & 1 != 0 => sheet.hidden_columns.push((of(0) as u32, of(2) as u32)),
            0x1C => sheet.comments.push((of(0) as u32, of(2) as u32)),
            _ => {}
        }
    }
    Ok(sheets)
}
