//! The office's spreadsheet as a ledger.
//!
//! `read` turns the bytes of a file into cells. `table` finds the sheet, its head and its rows; `columns` knows what offices
//! call each field; `value` and `day` read what stands in the cells. `ledger` puts it all together: the result is the text of
//! `cases.yaml`, which the loader reads like any other, and the cell of each value in it.

mod columns;
pub mod grid;
mod ledger;
pub mod read;
mod rows;
mod table;
mod tell;
mod template;
mod value;

pub use ledger::{ColumnSaid, Ledger, Settings, Understood, ledger};
pub use read::{Unread, is_spreadsheet, open};
pub use template::template;
