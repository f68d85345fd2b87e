//! Texts whose values stand between commas or tabs, in whatever encoding the system that exported them had.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030};

use super::{Meter, Unread};
use crate::diagnostic::say;
use crate::sheet::grid::{Book, Grid, Value};

/// The text of a file in UTF-8, in UTF-16 with its mark, or in GB18030, of which GBK and GB2312 are parts.
pub(super) fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, Unread> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, has_faults) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if has_faults { Err(unknown()) } else { Ok(text) };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.into());
    }
    let (text, has_faults) = GB18030.decode_without_bom_handling(bytes);
    if has_faults { Err(unknown()) } else { Ok(text) }
}

fn unknown() -> Unread {
    Unread::new(
        say(
            "看不出文件的编码，不是 UTF-8，也不是 GB18030（GBK）",
            "the file is neither UTF-8 nor GB18030 (GBK)",
        ),
        say("用 WPS 或 Excel 打开，另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
    )
}

/// The mark that stands between the values: the one that the first lines have most of.
fn separator(text: &str) -> u8 {
    let head: String = text.lines().take(5).collect();
    let count = |mark: &u8| head.bytes().filter(|byte| byte == mark).count();
    // Of two that are as many, the last one: a comma may stand in a text between tabs.
    [b';', b',', b'\t'].into_iter().max_by_key(count).unwrap_or(b',')
}

pub(super) fn open(text: &str) -> Result<Book, Unread> {
    // The reader counts a line when it comes to its last character, which it leaves for the next record if there are two.
    let text = text.replace("\r\n", "\n");
    let separator = separator(&text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let (mut grid, mut meter) = (Grid::default(), Meter::default());
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(Unread::damaged)? {
        // The reader skips empty lines; in a spreadsheet they are rows.
        let line = record.position().map_or(0, csv::Position::line);
        let row = u32::try_from(line.saturating_sub(1)).unwrap_or(u32::MAX);
        for (column, value) in record.iter().enumerate() {
            meter.put(&mut grid, (row, column as u32), Value::Text(value.to_owned()))?;
        }
    }
    let kind = if separator == b'\t' { "TSV" } else { "CSV" };
    Ok(Book { grids: vec![grid], kind, ..Book::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_in_every_encoding_that_offices_have() {
        for bytes in [
            "编号,案由\r\n1,\"甲,乙\"\r\n".as_bytes().to_vec(),
            "\u{feff}编号,案由\n1,\"甲,乙\"\n".as_bytes().to_vec(),
            GB18030.encode("编号\t案由\r\n1\t甲,乙\r\n").0.into_owned(),
            [
                b"\xff\xfe".to_vec(),
                "编号\t案由\n1\t甲,乙\n".encode_utf16().flat_map(u16::to_le_bytes).collect(),
            ]
            .concat(),
        ] {
            let book = open(&decoded(&bytes).unwrap()).unwrap();
            let rows: Vec<Vec<&Value>> =
                book.grids[0].rows.iter().map(|row| row.cells.iter().map(|cell| &cell.1).collect()).collect();
            let text = |text: &str| Value::Text(text.to_owned());
            assert_eq!(rows, [[&text("编号"), &text("案由")], [&text("1"), &text("甲,乙")]]);
        }
        assert!(decoded(b"\xff\xff\xff\xff").is_err());
    }
}
