//! What is said of how a spreadsheet was read: what has to be written first, what was assumed, what was left.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::table;
use super::grid::{Book, Grid, Value, cell_name, column_name};
use super::table::{Assigned, Doubt, Head, Meaning, NoSheet};
use super::value::{Assumed, shown};
use crate::diagnostic::{Code, Diagnostic, Say, closest, say};
use crate::model::{Column, Kind, Level, Role};
use crate::source::{Place, cell_place};

/// Cells, rows or names that a message lists.
const MOST_LISTED: usize = 8;

/// Cells without a value of which each has a message of its own.
const MOST_UNUSABLE: usize = 100;

/// No sheet of a file can be read as a ledger.
pub(super) fn no_sheet(why: NoSheet, book: &Book, file: &str) -> Diagnostic {
    let place = Place::file(file);
    let names: Vec<String> = book.grids.iter().map(|grid| format!("“{}”", grid.name)).collect();
    let names_en: Vec<String> = book.grids.iter().map(|grid| format!("\"{}\"", grid.name)).collect();
    let error = |place, zh: String, en: String| Diagnostic::error(Code::S002, place, say(zh, en));
    match why {
        NoSheet::Named(name) => {
            let near = closest(&name, book.grids.iter().map(|grid| grid.name.as_str())).unwrap_or_default();
            let near = if near.is_empty() { "……" } else { near };
            error(
                place,
                format!("没有工作表“{name}”，有：{}", names.join("、")),
                format!("there is no sheet \"{name}\"; there are: {}", names_en.join(", ")),
            )
            .help(say(
                format!("改成 sheet: {{ name: {near} }}"),
                format!("write `sheet: {{ name: {near} }}`"),
            ))
        }
        NoSheet::Several(several) => {
            let [zh, en] = [several.join("、"), several.join(", ")];
            let first = several.first().map_or("", String::as_str);
            error(
                place,
                format!("有几张工作表都像台账：{zh}"),
                format!("several sheets look like the ledger: {en}"),
            )
            .help(say(
                format!("在 report.yaml 里写明用哪一张：sheet: {{ name: {first} }}"),
                format!("say which one in report.yaml: `sheet: {{ name: {first} }}`"),
            ))
        }
        NoSheet::HeadRow(row) => {
            let row = row + 1;
            error(place, format!("第{row}行没有表头"), format!("there is no head in row {row}")).help(say(
                "改正 sheet 里的 head_row，或删去它",
                "correct `head_row` in `sheet`, or delete it",
            ))
        }
        NoSheet::NoCases(nearest) => no_cases(nearest, book, file),
    }
}

/// No sheet has the title of a case.
fn no_cases(nearest: Option<(usize, Head)>, book: &Book, file: &str) -> Diagnostic {
    let Some((at, head)) = nearest else {
        let message = say("找不到台账的表头", "no head of a ledger is found");
        let help = say(
            "表头要有案由、编号、交办日期这些栏目；栏目名称特别的，在 report.yaml 里写 columns: { 名称: title }，或写 sheet: { head_row: 表头的行号 }",
            "a head has columns such as 案由, 编号, 交办日期; for other names write `columns: { NAME: title }` in report.yaml, or `sheet: { head_row: N }`",
        );
        return Diagnostic::error(Code::S002, Place::file(file), message).help(help);
    };
    let grid = &book.grids[at];
    let first = head.names.first().map_or(0, |(column, _)| *column);
    let place = Place::cell(file, cell_place(&grid.name, &cell_name(head.rows.0, first)));
    let names: Vec<&str> = head.names.iter().map(|(_, name)| name.as_str()).take(MOST_LISTED).collect();
    let message = say(
        format!("没有“案由”一栏，不是一件一行的台账；这一行有：{}", names.join("、")),
        format!(
            "no column has the titles of cases, so this is not a ledger with a row a case; it has: {}",
            names.join(", ")
        ),
    );
    let help = say(
        "按单位汇总的数字表不能用，要用逐件登记的台账；案由一栏另有名称的，在 report.yaml 里写 columns: { 名称: title }",
        "a table of counts cannot be used, only a list of cases; if the titles have another name, write `columns: { NAME: title }` in report.yaml",
    );
    Diagnostic::error(Code::S002, place, message).help(help)
}

/// What the messages speak of.
pub(super) struct Tell<'t> {
    pub file: &'t str,
    pub grid: &'t Grid,
    pub head: &'t Head,
    /// The year of the ledger, for examples.
    pub year: i32,
}

impl Tell<'_> {
    fn cell(&self, row: u32, column: u32) -> Place {
        Place::cell(self.file, cell_place(&self.grid.name, &cell_name(row, column)))
    }

    fn name(&self, column: u32) -> &str {
        self.head.names.iter().find(|(own, _)| *own == column).map_or("", |(_, name)| name.as_str())
    }

    /// A column whose meaning has to be said.
    pub(super) fn doubt(&self, doubt: &Doubt, assigned: &Assigned) -> Diagnostic {
        let name = self.name(doubt.column);
        let labels: Vec<&str> = doubt.may.iter().map(|field| field.label()).collect();
        let ids: Vec<&str> = doubt.may.iter().map(|field| field.id()).collect();
        let place = self.cell(self.head.rows.1, doubt.column);
        let is_same = |other: u32| self.name(other) == name;
        let shares_name = assigned.columns.iter().filter(|(_, own, _)| own == name).count() > 1;
        // Of columns with one name, only the letters tell which is which.
        let key = if shares_name { column_name(doubt.column) } else { name.to_owned() };
        let field = ids.first().copied().unwrap_or_default();
        match doubt.other {
            Some(other) => {
                let (label, letters) = (labels.join("、"), column_name(other));
                let message = say(
                    format!("有两栏都像“{label}”：{letters} 栏“{}”和这一栏“{name}”", self.name(other)),
                    format!(
                        "two columns may be `{field}` ({label}): {letters} ({}) and this one ({name})",
                        self.name(other)
                    ),
                );
                let not = if is_same(other) { letters.clone() } else { self.name(other).to_owned() };
                let help = say(
                    format!(
                        "在 report.yaml 里写明：columns: {{ {key}: {field} }}；不用这一栏的，写 columns: {{ {not}: {field} }}"
                    ),
                    format!(
                        "say which in report.yaml: `columns: {{ {key}: {field} }}`, or `columns: {{ {not}: {field} }}` for the other one"
                    ),
                );
                Diagnostic::error(Code::S003, place, message)
                    .help(help)
                    .also(self.cell(self.head.rows.1, other), say("另一栏", "the other one"))
            }
            None => {
                let message = say(
                    format!(
                        "“{name}”是什么{}：{}？",
                        if name.contains(['日', '时']) { "日期" } else { "" },
                        labels.join("、")
                    ),
                    format!("what is \"{name}\": {}?", ids.join(", ")),
                );
                let help = say(
                    format!(
                        "在 report.yaml 里写明，如 columns: {{ {key}: {field} }}；不用的写 columns: {{ {key}: unused }}"
                    ),
                    format!(
                        "say so in report.yaml, such as `columns: {{ {key}: {field} }}`, or `columns: {{ {key}: unused }}`"
                    ),
                );
                Diagnostic::error(Code::S003, place, message).help(help)
            }
        }
    }

    /// The fields that every case needs and that have no column, all in one message.
    pub(super) fn missing(&self, fields: &[Column]) -> Option<Diagnostic> {
        let first = self.head.names.first().map_or(0, |(column, _)| *column);
        let labels: Vec<&str> = fields.iter().map(|field| field.label()).collect();
        let ids: Vec<String> =
            fields.iter().map(|field| format!("`{}` ({})", field.id(), field.label())).collect();
        let message = say(
            format!("表里没有这些栏目：{}", labels.join("、")),
            format!("there is no column for {}", ids.join(", ")),
        );
        let same: Vec<String> = fields
            .iter()
            .filter_map(|field| {
                Some(format!(
                    "{}: {}",
                    field.id(),
                    example(*field, self.head.names.iter().map(|(_, name)| name.as_str()), self.year)?
                ))
            })
            .collect();
        let id = fields.first()?.id();
        let (mut zh, mut en) = (
            format!("表头加上这些栏目；已有而名称不同的，在 report.yaml 里写 columns: {{ 名称: {id} }}"),
            format!(
                "add the columns; for one with another name write `columns: {{ NAME: {id} }}` in report.yaml"
            ),
        );
        if !same.is_empty() {
            let same = same.join(", ");
            zh += &format!("；各件都一样的，写 every_case: {{ {same} }}（换成实际的值）");
            en += &format!(
                "; for what is the same for all write `every_case: {{ {same} }}`, with your own values"
            );
        }
        Some(Diagnostic::error(Code::Y004, self.cell(self.head.rows.0, first), message).help(say(zh, en)))
    }

    /// The columns that are not known, all in one message.
    pub(super) fn unknown(&self, assigned: &Assigned) -> Option<Diagnostic> {
        let doubted: BTreeSet<u32> = assigned.doubts.iter().map(|doubt| doubt.column).collect();
        let unknown = assigned
            .columns
            .iter()
            .filter(|(column, _, meaning)| *meaning == Meaning::Unknown && !doubted.contains(column));
        let mut places = Vec::new();
        let mut shown: Vec<(String, String)> = Vec::new();
        for (column, name, _) in unknown {
            let near = closest(name, table().written());
            let (zh, en) = match (table().column(name), near.and_then(|near| table().column(near))) {
                (Some((field, _)), _) => (
                    format!("（里面没有{}的用词）", field.label()),
                    format!(" (without any term of `{}`)", field.id()),
                ),
                (None, Some((field, _))) => {
                    let near = near.unwrap_or_default();
                    (format!("（近似“{near}”{}）", field.id()), format!(" (near {near}, `{}`)", field.id()))
                }
                (None, None) => Default::default(),
            };
            let letters = column_name(*column);
            shown.push((format!("{letters} {name}{zh}"), format!("{letters} {name}{en}")));
            places.push(self.cell(self.head.rows.1, *column));
        }
        let headless = self.headless();
        shown.extend(headless.iter().map(|column| {
            (format!("{}（没有表头）", column_name(*column)), format!("{} (no head)", column_name(*column)))
        }));
        places.extend(headless.iter().map(|column| self.cell(self.head.rows.1, *column)));
        let place = places.into_iter().next()?;
        let zh: Vec<&str> = shown.iter().map(|(zh, _)| zh.as_str()).collect();
        let en: Vec<&str> = shown.iter().map(|(_, en)| en.as_str()).collect();
        let message = say(
            format!("没有用到这些栏目：{}", listed(&zh, "、", "等")),
            format!("columns that are not used: {}", listed(&en, ", ", " and more")),
        );
        let help = say(
            "有用的，在 report.yaml 里写 columns: { 名称: 项目 }，如 columns: { 承办科室: office }；不用的写 columns: { 名称: unused }，不再提示",
            "for one that is of use write `columns: { NAME: FIELD }` in report.yaml, such as `columns: { 承办科室: office }`; with `columns: { NAME: unused }` it is not reported",
        );
        Some(Diagnostic::warning(Code::S004, place, message).help(help))
    }

    /// Columns with values and without a head.
    fn headless(&self) -> BTreeSet<u32> {
        let named: Vec<u32> = self.head.names.iter().map(|(column, _)| *column).collect();
        let below = self.grid.rows.iter().filter(|row| row.number > self.head.rows.1);
        let mut found = BTreeSet::new();
        for row in below {
            let columns = row.cells.iter().map(|(column, _)| *column);
            found.extend(columns.filter(|column| named.binary_search(column).is_err()));
        }
        found
    }

    /// Cells of fields with an error, or a formula whose value the file does not hold.
    pub(super) fn unusable<'u>(
        &'u self,
        cells: &'u [(u32, u32, Value)],
    ) -> impl Iterator<Item = Diagnostic> + 'u {
        cells.iter().take(MOST_UNUSABLE).map(|(row, column, value)| {
            let (message, help) = match value {
                Value::Uncounted => (
                    say("公式没有存下结果", "the formula has no stored value"),
                    say("用 WPS 或 Excel 打开，保存一次", "open the file in Excel or WPS and save it"),
                ),
                value => (
                    say(
                        format!("单元格的值是错误 {}", shown(value)),
                        format!("the cell holds the error {}", shown(value)),
                    ),
                    say("改正公式，或填上实际的值", "mend the formula, or write the value itself"),
                ),
            };
            Diagnostic::error(Code::S005, self.cell(*row, *column), message).help(help)
        })
    }

    /// Values that were read with an assumption, one message for each kind.
    pub(super) fn assumed(
        &self,
        assumed: &BTreeMap<Assumed, Vec<(u32, u32)>>,
        year: Option<i32>,
    ) -> Vec<Diagnostic> {
        let tell = |(kind, cells): (&Assumed, &Vec<(u32, u32)>)| {
            let (row, column) = *cells.first()?;
            let names: Vec<String> =
                cells.iter().map(|(row, column)| cell_name(*row, *column)).take(MOST_LISTED + 1).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let (zh, en) = (listed(&names, "、", "等"), listed(&names, ", ", " and more"));
            let year = year.unwrap_or_default();
            let (message, help) = match kind {
                Assumed::Year => (
                    say(
                        format!("日期没有写年份，按{year}年读：{zh}"),
                        format!("days without a year, read as of {year}: {en}"),
                    ),
                    say("在表里补上年份", "add the year in the sheet"),
                ),
                Assumed::Serial => (
                    say(format!("数字按日期的序号读：{zh}"), format!("numbers that are read as days: {en}")),
                    say(
                        "把单元格的格式设为日期，看看对不对",
                        "give the cells the format of a date and see whether they are right",
                    ),
                ),
                Assumed::FirstOfLetter => (
                    say(
                        format!("这个字母包含几种办理结果，按地方规则里的第一种读：{zh}"),
                        format!(
                            "the letter stands for several outcomes; the first of the profile is taken: {en}"
                        ),
                    ),
                    say("在表里写明是哪一种", "write which one it is"),
                ),
                Assumed::UsualLetter => (
                    say(
                        format!(
                            "地方规则没有规定字母，按通常的用法读（A 已解决、B 正在解决、C 因条件限制、D 留作参考）：{zh}"
                        ),
                        format!(
                            "the profile has no letters; they are read as usual (A resolved, B in_progress, C constrained, D reference): {en}"
                        ),
                    ),
                    say(
                        "在 report.yaml 里写明 profile，或在表里写明办理结果",
                        "name a `profile` in report.yaml, or write the outcome itself",
                    ),
                ),
                Assumed::Joined => return None,
            };
            Some(Diagnostic::warning(Code::S006, self.cell(row, column), message).help(help))
        };
        assumed.iter().filter_map(tell).collect()
    }

    /// Cases in rows that the user does not see.
    pub(super) fn hidden(&self, cases: &[u32]) -> Option<Diagnostic> {
        let rows: BTreeSet<u32> = self.grid.hidden_rows.iter().map(|row| row + 1).collect();
        let hidden: Vec<u32> = cases.iter().copied().filter(|row| rows.contains(row)).collect();
        let names: Vec<String> = hidden.iter().map(u32::to_string).take(MOST_LISTED + 1).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let first = hidden.first()?;
        let count = hidden.len();
        let message = say(
            format!("有{count}行隐藏着或没有筛选出来，一样计入：第{}行", listed(&names, "、", "等")),
            format!(
                "{count} hidden or filtered rows are counted like the others: {}",
                listed(&names, ", ", " and more")
            ),
        );
        let help = say(
            "不算的，从表里删去；只是隐藏着的，取消隐藏",
            "delete rows that do not count; unhide the others",
        );
        Some(Diagnostic::warning(Code::S006, self.cell(first - 1, 0), message).help(help))
    }

    /// What else there is to know, for `banjie ledger`.
    pub(super) fn told(&self, book: &Book, spread: &BTreeSet<(u32, u32, u32)>) -> Vec<Say> {
        let mut told = Vec::new();
        if book.has_macros {
            told.push(say(
                "文件里有宏，没有运行，只读了值",
                "the file has macros: they were not run, only values are read",
            ));
        }
        if book.from_1904 {
            told.push(say("日期从1904年算起", "days are counted from 1904"));
        }
        for (first, last, column) in spread.iter().take(MOST_LISTED) {
            let cells = format!("{}:{}", cell_name(*first, *column), cell_name(*last, *column));
            let rows = last - first + 1;
            told.push(say(
                format!("合并的单元格 {cells} 的值属于{rows}行"),
                format!("the value of the merged cells {cells} belongs to {rows} rows"),
            ));
        }
        let columns: Vec<String> = self
            .grid
            .hidden_columns
            .iter()
            .map(|(first, last)| {
                if first == last {
                    column_name(*first)
                } else {
                    format!("{}—{}", column_name(*first), column_name(*last))
                }
            })
            .take(MOST_LISTED)
            .collect();
        if !columns.is_empty() {
            told.push(say(
                format!("隐藏的列一样读：{}", columns.join("、")),
                format!("hidden columns are read like the others: {}", columns.join(", ")),
            ));
        }
        let comments: Vec<String> = self
            .grid
            .comments
            .iter()
            .map(|(row, column)| cell_name(*row, *column))
            .take(MOST_LISTED)
            .collect();
        if !comments.is_empty() {
            told.push(say(
                format!("批注不读：{}", comments.join("、")),
                format!("comments are not read: {}", comments.join(", ")),
            ));
        }
        told
    }
}

/// The first of some names, and that there are more.
fn listed(names: &[&str], comma: &str, more: &str) -> String {
    let first = names.get(..MOST_LISTED).unwrap_or(names).join(comma);
    if names.len() > MOST_LISTED { format!("{first}{more}") } else { first }
}

/// What may stand in `every_case` for a field, by the heads of a sheet.
pub(super) fn example<'h>(
    field: Column,
    mut heads: impl Iterator<Item = &'h str>,
    year: i32,
) -> Option<String> {
    let mut kind = || match heads.any(|head| head.contains("提案") || head.contains("委员")) {
        true => Kind::CppccProposal,
        false => Kind::DeputySuggestion,
    };
    Some(match field {
        Column::Level => Level::Municipal.label().to_owned(),
        Column::Kind => kind().label().to_owned(),
        Column::Role => Role::Lead.label().to_owned(),
        Column::Proposer => "某某代表团".to_owned(),
        Column::Office => "某某处".to_owned(),
        Column::Assigned => format!("{year}-03-01"),
        Column::Due => format!("{year}-07-30"),
        _ => return None,
    })
}
