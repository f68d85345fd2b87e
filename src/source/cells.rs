//! From the text that a spreadsheet was turned into back to its cells.

use super::{Path, Step};

/// Where the values of a ledger's text stand in the spreadsheet that it was made of.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// The sheet's name; empty where the file has none.
    pub sheet: String,
    /// The row of the head, from 1.
    pub head: u32,
    /// The row of each case, from 1.
    pub rows: Vec<u32>,
    /// Where each case begins in the text.
    pub starts: Vec<usize>,
    /// Of each field (`disclosure.decision`), the letters of its column and the column's head.
    pub columns: Vec<(&'static str, String, String)>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its name: `办件!F37`.
    pub name: String,
    /// What its column is called.
    pub head: String,
    /// Its row, from 1.
    pub row: u32,
    /// The key of its value in the ledger's text.
    pub key: String,
}

impl Cell {
    /// What the cell is shown as, `答复日期：2025-03-05`, and where the value begins. `line` is the line of the ledger's text
    /// that a place is in: the value's own, or another if the cell is empty.
    pub fn line(&self, line: &str) -> (String, usize) {
        let (key, value) = line.trim_start_matches([' ', '-']).split_once(':').unwrap_or_default();
        let value = if key == self.key { value.trim().trim_matches('"') } else { "" };
        let head = format!("{}：", self.head);
        (format!("{head}{value}"), head.len())
    }
}

/// The name of a cell of a sheet, as formulas name it.
pub fn cell_place(sheet: &str, cell: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    match sheet {
        "" => cell.to_owned(),
        sheet if sheet.chars().all(plain) && !sheet.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{sheet}!{cell}")
        }
        sheet => format!("'{}'!{cell}", sheet.replace('\'', "''")),
    }
}

impl Cells {
    /// The cell of a value in the ledger's text. What has no column is shown at the first column of its row; what is of no case,
    /// at the head.
    pub(super) fn of_path(&self, path: &Path) -> Cell {
        let (index, keys) = match path.steps() {
            [Step::Key(_), Step::Index(index), keys @ ..] => (Some(*index), keys),
            _ => (None, &[][..]),
        };
        let keys: Vec<&str> = keys
            .iter()
            .filter_map(|step| match step {
                Step::Key(key) => Some(key.as_str()),
                Step::Index(_) => None,
            })
            .collect();
        self.cell(index.and_then(|index| self.rows.get(index)).copied(), &keys.join("."))
    }

    /// The cell of a byte of the ledger's text.
    pub(super) fn of_byte(&self, text: &str, byte: usize) -> Cell {
        let Some(index) = self.starts.partition_point(|start| *start <= byte).checked_sub(1) else {
            return self.cell(None, "");
        };
        // Every value stands on a line of its own, below the key of its record.
        let before = text.get(self.starts[index]..byte).unwrap_or_default();
        let rest = text.get(byte..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let lines: Vec<&str> = before.split('\n').collect();
        let line = format!("{}{rest}", lines.last().copied().unwrap_or_default());
        let key =
            |line: &str| line.trim_start_matches([' ', '-']).split(':').next().unwrap_or_default().to_owned();
        let own = key(&line);
        let above = lines.iter().rev().find(|line| line.ends_with(':') && !line.starts_with("      "));
        let path = match above.filter(|_| line.starts_with("      ")) {
            Some(above) => format!("{}.{own}", key(above)),
            None => own,
        };
        self.cell(self.rows.get(index).copied(), &path)
    }

    fn cell(&self, row: Option<u32>, field: &str) -> Cell {
        let own = self.columns.iter().find(|(own, _, _)| *own == field);
        let part = || self.columns.iter().find(|(own, _, _)| own.split('.').next() == Some(field));
        let column = own.or_else(part).or(self.columns.first());
        let (letters, head) =
            column.map_or(("A", ""), |(_, letters, head)| (letters.as_str(), head.as_str()));
        let row = row.unwrap_or(self.head);
        let field = column.map_or("", |(field, _, _)| *field);
        let key = field.rsplit('.').next().unwrap_or_default().to_owned();
        Cell { name: cell_place(&self.sheet, &format!("{letters}{row}")), head: head.to_owned(), row, key }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_bytes_lead_back_to_cells() {
        let text = "cases:\n  - id: 甲\n    title: 题\n    disclosure:\n      decision: 全文公开\n      consented: 2021-03-05\n  - id: 乙\n    title: 题\n";
        let column = |field, letters: &str| (field, letters.to_owned(), format!("头{letters}"));
        let cells = Cells {
            sheet: "办件".to_owned(),
            head: 2,
            rows: vec![3, 9],
            starts: text.match_indices("  - ").map(|(at, _)| at).collect(),
            columns: vec![
                column("id", "B"),
                column("title", "F"),
                column("disclosure.decision", "G"),
                column("disclosure.consented", "H"),
            ],
        };
        let case = |index| Path::root().key("cases").index(index);
        for (path, name) in [
            (case(1).key("title"), "办件!F9"),
            (case(0).key("disclosure").key("consented"), "办件!H3"),
            (case(0).key("disclosure"), "办件!G3"),
            (case(0).key("office"), "办件!B3"),
            (case(1), "办件!B9"),
            (Path::root().key("cases"), "办件!B2"),
        ] {
            assert_eq!(cells.of_path(&path).name, name, "{path}");
        }
        for (words, name) in [
            ("全文", "办件!G3"),
            ("2021", "办件!H3"),
            ("乙", "办件!B9"),
            ("题", "办件!F3"),
            ("cases", "办件!B2"),
        ] {
            assert_eq!(cells.of_byte(text, text.find(words).unwrap()).name, name, "{words}");
        }
        assert_eq!(cell_place("2025 年", "A1"), "'2025 年'!A1");
        assert_eq!(
            (cell_place("", "A1"), cell_place("2025", "A1")),
            ("A1".to_owned(), "'2025'!A1".to_owned())
        );
    }
}
