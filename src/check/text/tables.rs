//! X018, in tables: a row or a column of totals is what the others make.

use std::collections::BTreeMap;

use super::Slip;
use super::sums::{self, scaled, shown};
use crate::diagnostic::{Code, Say, say};
use crate::document::passage::Passage;

/// What the row and the column of totals are called.
const TOTALS: &[&str] = &["合计", "总计", "共计", "总数", "总件数"];
/// Words in a head whose numbers are not added up.
const NO_COUNTS: &[&str] = &[
    "率", "%", "％", "占比", "比重", "平均", "人均", "增长", "增减", "同比", "名次", "排名", "序号", "年",
    "单价",
];
/// Words of rows or columns that are counted in others as well.
const NESTED: &[&str] = &["其中", "小计", "#", "＃"];

/// A table: the passages of its cells, by row and column.
type Cells = BTreeMap<(usize, usize), usize>;

/// Totals in sentences and in tables that are not what their parts make.
pub(in crate::check) fn all(passages: &[Passage]) -> Vec<Slip> {
    [sums::unequal, unequal].iter().flat_map(|find| find(passages)).collect()
}

/// Totals in tables that are not what their rows or columns make.
fn unequal(passages: &[Passage]) -> Vec<Slip> {
    let mut found = Vec::new();
    let mut cells = Cells::new();
    for (index, passage) in passages.iter().enumerate() {
        let begins =
            passage.cell.is_none_or(|at| cells.last_key_value().is_some_and(|(last, _)| *last >= at));
        if begins && !cells.is_empty() {
            table(passages, &std::mem::take(&mut cells), &mut found);
        }
        cells.extend(passage.cell.map(|at| (at, index)));
    }
    table(passages, &cells, &mut found);
    found
}

fn table(passages: &[Passage], cells: &Cells, found: &mut Vec<Slip>) {
    let word = |at: (usize, usize)| cells.get(&at).map_or("", |index| passages[*index].text.as_str());
    let rows = cells.keys().map(|at| at.0).max().unwrap_or(0);
    let columns = cells.keys().map(|at| at.1).max().unwrap_or(0);
    let heads: Vec<String> = (0..=columns).map(|column| bare(word((0, column)))).collect();
    let names: Vec<String> = (0..=rows).map(|row| bare(word((row, 0)))).collect();
    let counts: Vec<usize> =
        (1..=columns).filter(|column| !NO_COUNTS.iter().any(|word| heads[*column].contains(word))).collect();
    let row_of_totals = only(&names);
    if let Some(total) = row_of_totals {
        // The row of totals stands below its parts, or above all of them.
        let parts: Vec<usize> = if total == 1 { (2..=rows).collect() } else { (1..total).collect() };
        for column in &counts {
            let parts: Vec<&str> = parts.iter().map(|row| word((*row, *column))).collect();
            if let Some(sum) = differs(word((total, *column)), &parts) {
                let of = (heads[*column].as_str(), "column");
                found.extend(cells.get(&(total, *column)).map(|index| slip(passages, *index, of, sum)));
            }
        }
    }
    if let Some(total) = only(&heads) {
        let parts: Vec<usize> = counts.iter().copied().filter(|column| *column != total).collect();
        let of_row = |row: usize| {
            let parts: Vec<&str> = parts.iter().map(|column| word((row, *column))).collect();
            (row, is_sum(word((row, total)), &parts).then(|| differs(word((row, total)), &parts)))
        };
        let read: Vec<_> = (1..=rows).map(of_row).collect();
        let sound = read.iter().filter(|(_, row)| matches!(row, Some(None))).count();
        let wrong: Vec<_> = read.iter().filter_map(|(row, sum)| Some((*row, (*sum)??))).collect();
        // Columns may count one case twice (办结, 满意): only where most rows add up is another row wrong.
        if sound >= 2 && sound > wrong.len() {
            for (row, sum) in wrong {
                let of = (names[row].as_str(), "row");
                found.extend(cells.get(&(row, total)).map(|index| slip(passages, *index, of, sum)));
            }
        }
    }
}

/// The one that is called a total, if there is one only and none is counted in another.
fn only(names: &[String]) -> Option<usize> {
    let nested = names.iter().any(|name| NESTED.iter().any(|word| name.contains(word)));
    let mut totals = names.iter().enumerate().filter(|(_, name)| TOTALS.contains(&name.as_str()));
    totals.next().filter(|_| !nested && totals.next().is_none()).map(|(at, _)| at)
}

fn bare(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A number of a cell in ten-thousandths; nothing stands for none.
fn number(cell: &str) -> Option<i64> {
    let cell = bare(cell);
    if matches!(cell.as_str(), "" | "—" | "－" | "-" | "/" | "无") {
        return Some(0);
    }
    let is_number = cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    is_number.then(|| scaled(&cell.replace(',', ""))).flatten()
}

fn is_sum(total: &str, parts: &[&str]) -> bool {
    let some = parts.iter().filter(|part| !bare(part).is_empty()).count() > 1;
    some && !bare(total).is_empty()
        && number(total).is_some()
        && parts.iter().all(|part| number(part).is_some())
}

/// What the parts make, if all are numbers and make another than the total.
fn differs(total: &str, parts: &[&str]) -> Option<i64> {
    let sum = parts.iter().map(|part| number(part)).sum::<Option<i64>>()?;
    (is_sum(total, parts) && number(total)? != sum).then_some(sum)
}

fn slip(passages: &[Passage], passage: usize, (name, line): (&str, &str), sum: i64) -> Slip {
    let (written, sum) = (passages[passage].text.trim(), shown(sum));
    let zh = if line == "row" { "一行" } else { "一列" };
    let message: Say = say(
        format!("“{name}”{zh}相加是{sum}，合计写的是{written}"),
        format!("the {line} \"{name}\" makes {sum}, and its total says {written}"),
    );
    Slip {
        also: None,
        code: Code::X018,
        passage,
        range: 0..passages[passage].text.len(),
        message,
        help: say("核对合计和各项", "check the total and its parts"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::passage::Kind;

    /// The totals that are wrong in a table whose rows stand one after another.
    fn wrong(rows: &[&[&str]]) -> Vec<String> {
        let cell = |row: usize, column: usize, text: &str| Passage {
            cell: Some((row, column)),
            ..Passage::new(Kind::Cell, text)
        };
        let mut passages = vec![Passage::new(Kind::Caption, "表")];
        for (row, cells) in rows.iter().enumerate() {
            passages.extend(cells.iter().enumerate().map(|(column, text)| cell(row, column, text)));
        }
        let twice: Vec<Passage> = passages.iter().chain(&passages).cloned().collect();
        let found: Vec<String> =
            unequal(&passages).into_iter().map(|slip| passages[slip.passage].text.clone()).collect();
        assert_eq!(unequal(&twice).len(), 2 * found.len());
        found
    }

    #[test]
    fn a_row_of_totals_is_the_sum_of_its_columns() {
        let rows = |total: &'static str| -> Vec<Vec<&str>> {
            vec![
                vec!["来源", "主办", "会办"],
                vec!["省", "3", "—"],
                vec!["市", "1,042", "91"],
                vec!["合　计", total, "91"],
            ]
        };
        for (total, found) in
            [("1045", &[][..]), ("1044", &["1044"]), ("1,045", &[]), ("", &[]), ("约千件", &[])]
        {
            let rows = rows(total);
            let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
            assert_eq!(wrong(&rows), found, "{total}");
        }
        // 其中 counts again, rates do not add up, and a total may stand above its parts.
        assert_eq!(wrong(&[&["", "件数"], &["省", "3"], &["其中：领办", "1"], &["合计", "3"]]), [""; 0]);
        assert_eq!(
            wrong(&[&["", "件数", "占比%"], &["省", "3", "30"], &["市", "7", "70"], &["合计", "10", "99"]]),
            [""; 0]
        );
        assert_eq!(wrong(&[&["", "件数"], &["合计", "11"], &["省", "3"], &["市", "7"]]), ["11"]);
    }

    #[test]
    fn a_column_of_totals_is_the_sum_of_its_rows_where_most_rows_are() {
        assert_eq!(
            wrong(&[
                &["", "主办", "会办", "合计"],
                &["省", "1", "2", "3"],
                &["市", "2", "2", "4"],
                &["区", "1", "1", "3"]
            ]),
            ["3"]
        );
        assert_eq!(
            wrong(&[&["", "办结", "满意", "总件数"], &["省", "1", "1", "1"], &["市", "2", "2", "2"]]),
            [""; 0]
        );
        assert_eq!(
            wrong(&[&["", "主办", "会办", "合计"], &["省", "1", "2", "3"], &["市", "2", "2", "4"]]),
            [""; 0]
        );
    }
}
