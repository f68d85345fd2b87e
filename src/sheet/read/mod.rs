//! From the bytes of a file to cells. The kind of a file is seen by its first bytes, not by its name: systems export tables of
//! HTML and of tabs under the name of a spreadsheet.

mod delimited;
mod ods;
mod page;
mod parts;
mod xls;
mod xlsx;

use super::grid::{Book, Grid, Value};
use crate::diagnostic::{Say, say};

/// Most cells with a value in one file.
const MOST_CELLS: usize = 3_000_000;
/// Most bytes of all values together: a text that is kept once in the file may stand in a million cells.
const MOST_TEXT: usize = 256 << 20;
/// Last row and column that are read, as in Excel.
const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u32 = 16_383;

/// Why a file cannot be read, and what to do.
#[derive(Debug)]
pub struct Unread {
    /// What is wrong.
    pub message: Say,
    /// What to do about it.
    pub help: Say,
}

impl Unread {
    fn new(message: Say, help: Say) -> Self {
        Self { message, help }
    }

    /// The file is damaged; `why` is the reader's own word for it.
    fn damaged(why: impl std::fmt::Display) -> Self {
        let why: String = why.to_string().chars().take(120).collect();
        Self::new(
            say(
                format!("表格文件不完整或已损坏（{why}）"),
                format!("the spreadsheet is cut off or damaged ({why})"),
            ),
            say(
                "用 WPS 或 Excel 打开，另存为 .xlsx；打不开的，向对方再要一份",
                "open it in Excel or WPS and save it as .xlsx; if it does not open, ask for it again",
            ),
        )
    }

    fn too_large() -> Self {
        Self::new(
            say("表格太大，不再读下去", "the spreadsheet is too large to be read"),
            say(
                "只留台账所在的工作表，删去空白的行和列，另存为 .xlsx",
                "keep the ledger's sheet alone, delete empty rows and columns, and save it as .xlsx",
            ),
        )
    }

    fn encrypted() -> Self {
        Self::new(
            say("表格设了打开密码", "the spreadsheet has a password"),
            say("打开后取消密码，另存一份再用", "open it, remove the password and save it"),
        )
    }
}

/// Counts what is read, so that no file takes all memory.
#[derive(Default)]
struct Meter {
    cells: usize,
    bytes: usize,
}

impl Meter {
    /// Puts a value into a grid; an error says that there are too many of them.
    fn put(&mut self, grid: &mut Grid, (row, column): (u32, u32), value: Value) -> Result<(), Unread> {
        if row > LAST_ROW || column > LAST_COLUMN {
            return Ok(());
        }
        self.cells += 1;
        self.bytes += match &value {
            Value::Text(text) | Value::Day(text) | Value::Error(text) => text.len(),
            _ => 0,
        };
        if self.cells > MOST_CELLS || self.bytes > MOST_TEXT {
            return Err(Unread::too_large());
        }
        if !matches!(&value, Value::Text(text) if text.is_empty()) {
            grid.put(row, column, value);
        }
        Ok(())
    }
}

/// Whether a file of this name is read as a spreadsheet.
pub fn is_spreadsheet(name: &str) -> bool {
    const ENDINGS: [&str; 12] =
        [".xlsx", ".xlsm", ".xls", ".xlsb", ".xlt", ".xltx", ".ods", ".csv", ".tsv", ".et", ".htm", ".html"];
    let name = name.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// The cells of a file.
pub fn open(bytes: &[u8]) -> Result<Book, Unread> {
    const ZIP: &[u8] = b"PK\x03\x04";
    const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unread::new(
            say("文件是空的", "the file is empty"),
            say("检查是不是存错了文件", "check whether this is the right file"),
        ));
    }
    if bytes.starts_with(ZIP) {
        let parts = parts::Parts::open(bytes)?;
        return if parts.has("content.xml") { ods::open(parts) } else { xlsx::open(bytes, parts) };
    }
    if bytes.starts_with(COMPOUND) {
        return xls::open(bytes);
    }
    if bytes.starts_with(b"%PDF") || bytes.contains(&0) && !bytes.starts_with(b"\xff\xfe") {
        return Err(Unread::new(
            say("不是表格文件", "the file is no spreadsheet"),
            say("用 WPS 或 Excel 打开，另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
        ));
    }
    let text = delimited::decoded(bytes)?;
    if page::is_page(&text) { page::open(&text) } else { delimited::open(&text) }
}
