//! The cells of a spreadsheet, whatever file they come from.

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text, as it is written.
    Text(String),
    /// A number without the format of a day.
    Number(f64),
    /// A number with the format of a day: the day, and the time if there is one.
    Day(String),
    /// TRUE or FALSE.
    Flag(bool),
    /// An error, such as `#REF!`.
    Error(String),
    /// A formula whose value the file does not hold.
    Uncounted,
}

/// A row that has something in it.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Its number, from 0.
    pub number: u32,
    /// The column, from 0, and the value of each cell that has one, from left to right.
    pub cells: Vec<(u32, Value)>,
}

impl Row {
    /// The value in a column.
    pub fn get(&self, column: u32) -> Option<&Value> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.0).ok()?;
        Some(&self.cells[at].1)
    }
}

/// Cells that are shown as one: first and last row, first and last column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First and last row, from 0.
    pub rows: (u32, u32),
    /// First and last column, from 0.
    pub columns: (u32, u32),
}

/// One sheet.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// Its name; empty where the file has none.
    pub name: String,
    /// The user does not see it.
    pub is_hidden: bool,
    /// Rows with something in them, from top to bottom.
    pub rows: Vec<Row>,
    /// Cells that are shown as one.
    pub merges: Vec<Merge>,
    /// Rows that the user does not see: hidden, or left out by a filter.
    pub hidden_rows: Vec<u32>,
    /// Columns that the user does not see, first and last.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Cells with a comment, by row and column.
    pub comments: Vec<(u32, u32)>,
}

impl Grid {
    /// Sets a cell. Cells mostly come row by row, from left to right.
    pub(super) fn put(&mut self, row: u32, column: u32, value: Value) {
        if self.rows.last().is_none_or(|last| last.number < row) {
            self.rows.push(Row { number: row, cells: vec![(column, value)] });
            return;
        }
        if let Some(last) = self.rows.last_mut().filter(|last| last.number == row)
            && last.cells.last().is_none_or(|cell| cell.0 < column)
        {
            last.cells.push((column, value));
            return;
        }
        let at = match self.rows.binary_search_by_key(&row, |own| own.number) {
            Ok(at) => at,
            Err(at) => {
                self.rows.insert(at, Row { number: row, cells: Vec::new() });
                at
            }
        };
        let cells = &mut self.rows[at].cells;
        match cells.binary_search_by_key(&column, |cell| cell.0) {
            Ok(at) => cells[at].1 = value,
            Err(at) => cells.insert(at, (column, value)),
        }
    }

    /// The row of a number, if there is something in it.
    pub fn row(&self, number: u32) -> Option<&Row> {
        let at = self.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        Some(&self.rows[at])
    }
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Book {
    /// Its sheets, in their order.
    pub grids: Vec<Grid>,
    /// What kind of file it is.
    pub kind: &'static str,
    /// It has macros, which are not run.
    pub has_macros: bool,
    /// Days are counted from 1904, not from 1900.
    pub from_1904: bool,
}

/// The name of a cell: `F37`, from row and column counted from 0.
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), u64::from(row) + 1)
}

/// The letters of a column, counted from 0.
pub fn column_name(column: u32) -> String {
    let (mut letters, mut left) = (Vec::new(), u64::from(column) + 1);
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Row and column, from 0, of a cell's name.
pub(super) fn cell_at(name: &str) -> Option<(u32, u32)> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let column = name[..letters].bytes().try_fold(0_u32, |sum, letter| {
        sum.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    let row: u32 = name[letters..].parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_a_spreadsheet_names_them() {
        for (row, column, name) in
            [(0, 0, "A1"), (36, 5, "F37"), (9, 26, "AA10"), (1_048_575, 16_383, "XFD1048576")]
        {
            assert_eq!(cell_name(row, column), name);
            assert_eq!(cell_at(name), Some((row, column)));
        }
        for wrong in ["", "A", "1", "A0", "ZZZZZZZZZZ1", "A99999999999", "甲1"] {
            assert_eq!(cell_at(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn cells_may_come_in_any_order() {
        let mut grid = Grid::default();
        for (row, column) in [(2, 1), (0, 0), (2, 0), (1, 3), (2, 1)] {
            grid.put(row, column, Value::Number(f64::from(column)));
        }
        let cells: Vec<(u32, Vec<u32>)> =
            grid.rows.iter().map(|row| (row.number, row.cells.iter().map(|cell| cell.0).collect())).collect();
        assert_eq!(cells, [(0, vec![0]), (1, vec![3]), (2, vec![0, 1])]);
        assert_eq!(grid.row(2).and_then(|row| row.get(1)), Some(&Value::Number(1.0)));
    }
}
