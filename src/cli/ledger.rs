//! `banjie ledger`, `banjie ledger template` and `banjie import`: how a spreadsheet is understood, an empty one, and a ledger as
//! YAML.

use std::path::Path;

use super::tell::{Style, Teller};
use super::{Status, print};
use crate::diagnostic::{Diagnostic, Lang, Say, say};
use crate::load::{Spreadsheet, spreadsheet};
use crate::make::unwritten;
use crate::sheet::{self, ColumnSaid, Understood};
use crate::source::Sources;
use crate::world::World;

/// Rows that are no case and that are listed.
const MOST_ROWS: usize = 10;

/// Says how a spreadsheet is understood; then what is wrong with it.
pub(super) fn ledger(world: &dyn World, path: &Path, lang: Lang) -> Result<Status, Say> {
    let mut sources = Sources::default();
    let mut teller = Teller::new(world, lang, Style::Text);
    match spreadsheet(world, path, false, &mut sources) {
        Ok(Spreadsheet { ledger, diagnostics, .. }) => {
            if !ledger.understood.columns.is_empty() {
                print(
                    screen(&path.to_string_lossy(), &ledger.understood, &ledger.cells.rows, lang).trim_end(),
                );
            }
            teller.tell(diagnostics, &sources);
        }
        Err(wrong) => _ = teller.tell(vec![*wrong], &sources),
    }
    Ok(teller.end(false))
}

/// Writes the ledger of a spreadsheet as YAML. Values that are wrong are written as they are, to be mended there.
pub(super) fn import(world: &dyn World, path: &Path, to: Option<&Path>, lang: Lang) -> Result<Status, Say> {
    let mut sources = Sources::default();
    let mut teller = Teller::new(world, lang, Style::Text);
    let (text, diagnostics): (Option<String>, Vec<Diagnostic>) =
        match spreadsheet(world, path, true, &mut sources) {
            Ok(Spreadsheet { ledger, diagnostics, .. }) => (ledger.text, diagnostics),
            Err(wrong) => (None, vec![*wrong]),
        };
    teller.tell(diagnostics, &sources);
    let Some(text) = text else { return Ok(teller.end(false)) };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let text = format!("# 由 {name} 转来。 / Imported from {name}.\n{text}");
    match to {
        None => print(text.trim_end()),
        Some(to) => put_new(world, to, text.into_bytes())?,
    }
    Ok(teller.end(false))
}

/// Writes an empty ledger for a spreadsheet program.
pub(super) fn template(world: &dyn World, to: &Path) -> Result<Status, Say> {
    let bytes = sheet::template().map_err(|error| {
        say(format!("写不成表格：{error}"), format!("cannot write a spreadsheet: {error}"))
    })?;
    put_new(world, to, bytes)?;
    Ok(Status::Clean)
}

/// Writes a file that is not there yet, and prints its name.
fn put_new(world: &dyn World, to: &Path, bytes: Vec<u8>) -> Result<(), Say> {
    let shown = to.display();
    if world.read(to).is_ok() {
        return Err(say(
            format!("{shown} 已经存在，没有改动；换一个名字"),
            format!("{shown} exists and was left as it is; choose another name"),
        ));
    }
    world.write(&[(to.to_owned(), bytes)]).map_err(|wrong| unwritten(&wrong))?;
    print(&shown.to_string());
    Ok(())
}

/// What was understood, on one screen.
fn screen(file: &str, understood: &Understood, cases: &[u32], lang: Lang) -> String {
    let Understood { kind, sheet, others, head: (first, last), columns, left, told, .. } = understood;
    let rows = if first == last { first.to_string() } else { format!("{first}—{last}") };
    let of_sheet = match sheet.as_str() {
        "" => String::new(),
        sheet => lang.pick(format!("，工作表“{sheet}”"), format!(", sheet \"{sheet}\"")),
    };
    let mut out = lang.pick(
        format!("{file}（{kind}）{of_sheet}，表头第{rows}行\n"),
        format!("{file} ({kind}){of_sheet}, head in row {rows}\n"),
    );
    if !others.is_empty() {
        let others = others.join(lang.pick("、", ", "));
        out += &lang
            .pick(format!("没有读的工作表：{others}\n"), format!("sheets that are not read: {others}\n"));
    }
    let width = columns.iter().map(|column| width(&column.head)).max().unwrap_or_default();
    for column in columns {
        let gap = " ".repeat(width - self::width(&column.head));
        out += &format!("  {:<3}{}{gap}  {}\n", column.letters, column.head, meaning(column, lang));
    }
    let count = cases.len();
    if let (Some(first), Some(last)) = (cases.first(), cases.last()) {
        out += &lang.pick(
            format!("{count}件，第{first}—{last}行\n"),
            format!("{count} cases, rows {first}—{last}\n"),
        );
    }
    for (row, why) in left.iter().take(MOST_ROWS) {
        let why = why.get(lang);
        out += &lang.pick(format!("第{row}行不是办件：{why}\n"), format!("row {row} is no case: {why}\n"));
    }
    if let Some(rest) = left.len().checked_sub(MOST_ROWS).filter(|rest| *rest > 0) {
        out += &lang.pick(format!("另有{rest}行不是办件\n"), format!("{rest} more rows are no cases\n"));
    }
    for say in told {
        out += &format!("{}\n", say.get(lang));
    }
    out
}

/// What a column is read as.
fn meaning(column: &ColumnSaid, lang: Lang) -> String {
    match (column.field, &column.tick) {
        (Some(field), Some(word)) => lang.pick(
            format!("→ {}（打钩的是“{word}”）", field.label()),
            format!("-> {} (a tick is {word})", field.id()),
        ),
        (Some(field), None) => lang.pick(format!("→ {}", field.label()), format!("-> {}", field.id())),
        (None, _) if column.is_known => lang.pick("不用", "not used").to_owned(),
        (None, _) => lang.pick("？ 不认识，没有读", "? not known, not read").to_owned(),
    }
}

/// How wide a text is on a screen: Chinese characters take two columns.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
