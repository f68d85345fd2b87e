//! An empty ledger for a spreadsheet program: heads, lists to choose from, days that are checked while they are typed, and a page
//! that says what to write.

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatBorder, Workbook,
    Worksheet, XlsxError,
};

use super::columns::table;
use super::ledger::NEEDED;
use crate::model::{Column, Decision, Kind, Level, Outcome, Reason, Role, Satisfaction};

/// The row, from 0, down to which lists and checks reach.
const LAST_ROW: u32 = 5_000;

/// The file. An error is the writer's own word.
pub fn template() -> Result<Vec<u8>, String> {
    written().map_err(|error| error.to_string())
}

fn written() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same bytes on every day.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?));
    let columns: Vec<Column> =
        Column::ALL.iter().copied().filter(|column| *column != Column::Unused).collect();
    ledger(book.add_worksheet(), &columns)?;
    instructions(book.add_worksheet(), &columns)?;
    book.save_to_buffer()
}

fn ledger(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    sheet.set_name("办件")?.set_freeze_panes(1, 2)?;
    let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_text_wrap();
    let (day, text) = (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("@"));
    for (column, at) in columns.iter().zip(0_u16..) {
        sheet.write_string_with_format(0, at, column.label(), &head)?;
        sheet.set_column_width(at, width(*column))?;
        let choices = choices(*column);
        if !choices.is_empty() {
            let list = DataValidation::new().allow_list_strings(&choices)?;
            sheet.add_data_validation(1, at, LAST_ROW, at, &list)?;
        } else if is_day(*column) {
            let from = DataValidationRule::GreaterThan(ExcelDateTime::from_ymd(1990, 1, 1)?);
            let check =
                DataValidation::new().allow_date(from).set_error_message("请写成 2025-03-05 这样的日期")?;
            sheet.add_data_validation(1, at, LAST_ROW, at, &check)?;
            sheet.set_column_format(at, &day)?;
        } else {
            // A number such as 0012 keeps its zeros.
            sheet.set_column_format(at, &text)?;
        }
    }
    Ok(())
}

fn instructions(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    sheet.set_name("填写说明")?;
    let bold = Format::new().set_bold();
    sheet.write_string(0, 0, "在“办件”表里一件填一行；有下拉的从下拉里选。没有的留空。这一页不读。")?;
    for (head, at) in ["栏目", "必填", "例子", "可以填的"].into_iter().zip(0_u16..) {
        sheet.write_string_with_format(2, at, head, &bold)?;
    }
    for (column, row) in columns.iter().zip(3_u32..) {
        let needed = if NEEDED.contains(column) { "必填" } else { "" };
        sheet.write_string(row, 0, column.label())?;
        sheet.write_string(row, 1, needed)?;
        sheet.write_string(row, 2, table().example(*column))?;
        sheet.write_string(row, 3, choices(*column).join("、"))?;
    }
    sheet.set_column_width(0, 20)?.set_column_width(2, 40)?.set_column_width(3, 60)?;
    Ok(())
}

/// What may stand in a column of terms.
fn choices(column: Column) -> Vec<&'static str> {
    match column {
        Column::Level => Level::ALL.iter().map(|term| term.label()).collect(),
        Column::Kind => Kind::ALL.iter().map(|term| term.label()).collect(),
        Column::Role => Role::ALL.iter().map(|term| term.label()).collect(),
        Column::Outcome => Outcome::ALL.iter().map(|term| term.label()).collect(),
        Column::Decision => Decision::ALL.iter().map(|term| term.label()).collect(),
        Column::Reason => Reason::ALL.iter().map(|term| term.label()).collect(),
        Column::Satisfaction => Satisfaction::ALL.iter().map(|term| term.label()).collect(),
        Column::LeaderLed => vec!["是", "否"],
        _ => Vec::new(),
    }
}

/// Whether a column has days.
pub(super) fn is_day(column: Column) -> bool {
    matches!(
        column,
        Column::Assigned
            | Column::Due
            | Column::ExtendedUntil
            | Column::ExtensionConsented
            | Column::Replied
            | Column::Reviewed
            | Column::DisclosureConsented
            | Column::Published
    )
}

/// In characters of a Latin font, of which a Chinese one takes two.
fn width(column: Column) -> f64 {
    match column {
        Column::Title => 44.0,
        Column::Notes => 30.0,
        _ => 16.0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Settings, ledger, open};
    use super::*;

    #[test]
    fn the_template_is_read_without_a_word_and_always_the_same() {
        let bytes = template().unwrap();
        assert!(bytes == template().unwrap());
        let read = ledger(&open(&bytes).unwrap(), "f", &Settings::default());
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        assert_eq!(read.text.as_deref(), Some("cases: []\n"));
        let fields: Vec<Column> = read.understood.columns.iter().filter_map(|column| column.field).collect();
        assert_eq!(
            fields,
            Column::ALL.iter().copied().filter(|column| *column != Column::Unused).collect::<Vec<_>>()
        );
        for column in fields {
            let example = table().example(column);
            assert!(!example.is_empty(), "{column:?}");
            assert!(choices(column).is_empty() || choices(column).contains(&example), "{column:?} {example}");
        }
    }
}
