//! Pages of HTML that a system exports under the name of a spreadsheet. Every table is a sheet.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::{Meter, Unread};
use crate::sheet::grid::{Book, Grid, Merge, Value};

/// Most columns or rows that one cell covers.
const MOST_COVERED: u32 = 1_000;

/// Whether a text is a page.
pub(super) fn is_page(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(2_000).collect::<String>().to_ascii_lowercase();
    head.starts_with('<') && (head.contains("<html") || head.contains("<table") || head.contains("<meta"))
}

/// What is being read.
#[derive(Default)]
struct State {
    grids: Vec<Grid>,
    meter: Meter,
    row: u32,
    column: u32,
    /// Whether a row or a cell has begun; rows are counted from the first one.
    in_row: bool,
    in_cell: bool,
    text: String,
    covers: (u32, u32),
    element: String,
    attribute: String,
    stopped: Option<Unread>,
}

impl State {
    fn begin(&mut self, name: &str) {
        self.element = name.to_owned();
        match name {
            "table" => {
                self.grids.push(Grid { name: String::new(), ..Grid::default() });
                (self.row, self.column, self.in_row) = (0, 0, false);
            }
            "tr" => {
                self.end_cell();
                self.row += u32::from(self.in_row);
                (self.column, self.in_row) = (0, true);
            }
            "td" | "th" => {
                self.end_cell();
                (self.in_cell, self.covers) = (true, (1, 1));
            }
            "br" | "p" if self.in_cell && !self.text.is_empty() => self.text.push('\n'),
            _ => {}
        }
    }

    fn value(&mut self, value: &str) {
        if !self.in_cell || !matches!(self.element.as_str(), "td" | "th") {
            return;
        }
        let count = value.trim().parse().unwrap_or(1).clamp(1, MOST_COVERED);
        match self.attribute.as_str() {
            "rowspan" => self.covers.0 = count,
            "colspan" => self.covers.1 = count,
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        if !std::mem::take(&mut self.in_cell) {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let Some(grid) = self.grids.last_mut() else { return };
        // Cells that a cell above covers are not written.
        let covering = |column: u32| {
            let covers = |merge: &&Merge| {
                (merge.rows.0..=merge.rows.1).contains(&self.row)
                    && (merge.columns.0..=merge.columns.1).contains(&column)
            };
            grid.merges.iter().rev().take(MOST_COVERED as usize).find(covers).map(|merge| merge.columns.1)
        };
        while let Some(last) = covering(self.column) {
            self.column = last + 1;
        }
        let at = (self.row, self.column);
        let (rows, columns) = self.covers;
        if (rows, columns) != (1, 1) {
            grid.merges.push(Merge { rows: (at.0, at.0 + rows - 1), columns: (at.1, at.1 + columns - 1) });
        }
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}').to_owned();
        if let Err(wrong) = self.meter.put(grid, at, Value::Text(text)) {
            self.stopped = Some(wrong);
        }
        self.column += columns;
    }

    fn end(&mut self, name: &str) {
        if matches!(name, "td" | "th" | "tr" | "table") {
            self.end_cell();
        }
    }
}

pub(super) fn open(page: &str) -> Result<Book, Unread> {
    let mut state = State::default();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<()> {
        if state.stopped.is_some() {
            return None;
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match event {
            CallbackEvent::OpenStartTag { name } => state.begin(&text(name)),
            CallbackEvent::AttributeName { name } => state.attribute = text(name),
            CallbackEvent::AttributeValue { value } => state.value(&text(value)),
            CallbackEvent::EndTag { name } => state.end(&text(name)),
            CallbackEvent::String { value } if state.in_cell => {
                let words = text(value);
                state.text.push_str(&words);
            }
            _ => {}
        }
        None
    });
    // The cells come through the callback; reading a text in memory cannot fail.
    for token in Tokenizer::new_with_emitter(page, emitter) {
        let Ok(()) = token;
    }
    match state.stopped {
        Some(wrong) => Err(wrong),
        None => Ok(Book { grids: state.grids, kind: "HTML", ..Book::default() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covered_cells_are_counted_though_they_are_not_written() {
        let page = "<html><TABLE><tr><th rowspan=2>编号<th colspan=2>提出人</tr><tr><td>单位<td>姓名</tr><tr><td>1<td>&nbsp;<td>甲&amp;乙</table>";
        assert!(is_page(page) && !is_page("编号,案由") && !is_page("<编号>,1"));
        let book = open(page).unwrap();
        let cells: Vec<(u32, u32, &Value)> = book.grids[0]
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().map(|(column, value)| (row.number, *column, value)))
            .collect();
        let text = |text: &str| Value::Text(text.to_owned());
        let expected = [
            (0, 0, text("编号")),
            (0, 1, text("提出人")),
            (1, 1, text("单位")),
            (1, 2, text("姓名")),
            (2, 0, text("1")),
            (2, 2, text("甲&乙")),
        ];
        assert_eq!(
            cells,
            expected.iter().map(|(row, column, value)| (*row, *column, value)).collect::<Vec<_>>()
        );
    }
}
