//! Spreadsheets as offices keep them and as systems export them: `tests/sheets/layouts`, made by openpyxl, xlwt and LibreOffice,
//! with what they mean in `tests/sheets/expected`.

use std::collections::BTreeMap;
use std::path::Path;

use banjie::diagnostic::{Code, Lang};
use banjie::model::{Column, Columns, SheetChoice, Text};
use banjie::sheet::grid::{Grid, Value};
use banjie::sheet::{Ledger, Settings, ledger, open};
use banjie::source::Spot;
use serde_json::Value as Json;

fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sheets").join(path)).unwrap()
}

fn text(text: &str) -> Text {
    Text::try_from(text.to_owned()).unwrap()
}

/// What holds for every case, as `every_case` says it.
const EVERY: [(Column, &str); 6] = [
    (Column::Level, "市"),
    (Column::Kind, "代表建议"),
    (Column::Role, "主办"),
    (Column::Office, "某某处"),
    (Column::Assigned, "2025-03-01"),
    (Column::Due, "2025-07-30"),
];

fn settings(columns: &[(&str, Column)], every: &[(Column, &str)]) -> Settings<'static> {
    Settings {
        columns: columns.iter().map(|(name, column)| (text(name), *column)).collect::<Columns>(),
        every_case: every.iter().map(|(column, value)| (*column, (*value).to_owned())).collect(),
        ..Settings::default()
    }
}

/// A layout read as a ledger.
fn read(file: &str, settings: &Settings) -> Ledger {
    let book = open(&bytes(&format!("layouts/{file}")))
        .unwrap_or_else(|why| panic!("{file}: {}", why.message.get(Lang::En)));
    ledger(&book, file, settings)
}

/// Code and cell of each diagnostic.
fn told(ledger: &Ledger) -> Vec<String> {
    let one = |told: &banjie::diagnostic::Diagnostic| match &told.place.as_ref().unwrap().spot {
        Spot::Cell(cell) => format!("{} {cell}", told.code),
        _ => told.code.to_string(),
    };
    ledger.diagnostics.iter().map(one).collect()
}

/// The cases of a ledger: its text as the loader reads it.
fn cases(ledger: &Ledger) -> Vec<Json> {
    let text = ledger.text.as_ref().unwrap();
    fn json(node: &banjie::source::tree::Node) -> Json {
        use banjie::source::tree::Node;
        match node {
            Node::Text(text) => Json::String(text.clone()),
            Node::List(items) => items.iter().map(json).collect(),
            Node::Record(entries) => entries.iter().map(|(key, value)| (key.clone(), json(value))).collect(),
        }
    }
    banjie::source::tree::parse(text).unwrap().items("cases").iter().map(json).collect()
}

/// A text without blanks, full-width forms, and leading zeros of days.
fn squeezed(text: &str) -> String {
    let half = |c: char| match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap(),
        _ => c,
    };
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}').map(half).collect()
}

/// The digits of a day: `2025年3月5日` and `2025-03-05T00:00:00` are `2025-3-5`.
fn day(text: &str) -> Option<String> {
    let text = squeezed(text);
    let groups: Vec<u32> =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|run| run.parse().ok()).collect();
    match groups.as_slice() {
        [one] if *one > 9_999_999 => Some(format!("{}-{}-{}", one / 10_000, one / 100 % 100, one % 100)),
        [year, month, rest, ..] => {
            let day = if *rest > 31 { rest / 100 } else { *rest };
            Some(format!("{year}-{month}-{day}"))
        }
        _ => None,
    }
}

/// What a cell shows, or the merged cells that it is part of.
fn shown(grid: &Grid, row: u32, column: u32) -> Option<String> {
    let text = |row: u32, column: u32| {
        Some(match grid.row(row)?.get(column)? {
            Value::Text(text) | Value::Day(text) | Value::Error(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::Uncounted => "?".to_owned(),
        })
    };
    let around = grid.merges.iter().find(|merge| {
        (merge.rows.0..=merge.rows.1).contains(&row) && (merge.columns.0..=merge.columns.1).contains(&column)
    });
    text(row, column).or_else(|| around.and_then(|merge| text(merge.rows.0, merge.columns.0)))
}

/// The number of a column, from its letters.
fn column(letters: &str) -> u32 {
    letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1) - 1
}

/// Every cell of every layout stands where it is expected, with its head and its value, whatever file it comes from.
#[test]
fn the_cells_of_every_layout_are_those_expected() {
    let mut compared = 0;
    let mut names: Vec<_> =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sheets/expected"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
    names.sort();
    assert_eq!(names.len(), 21);
    for name in names {
        let expected: Json = serde_json::from_slice(&bytes(&format!("expected/{name}"))).unwrap();
        let file = expected["file"].as_str().unwrap();
        let book = open(&bytes(&format!("layouts/{file}"))).unwrap();
        let (grid, sheet) = (&book.grids[0], expected["sheet"].as_str().unwrap());
        // Of a page the sheet has no name.
        assert!(grid.name == sheet || book.kind == "HTML", "{file}: {}", grid.name);
        let heads = expected["columns"].as_object().unwrap();
        let letters: BTreeMap<&str, &str> =
            heads.iter().map(|(letters, head)| (head.as_str().unwrap(), letters.as_str())).collect();
        for row in expected["rows"].as_array().unwrap() {
            let at = row["at"].as_u64().unwrap() as u32 - 1;
            for (head, letters) in &letters {
                let own = shown(grid, at, column(letters)).unwrap_or_default();
                let cell = format!("{file} {letters}{}: {own}", at + 1);
                let wanted = match &row[*head] {
                    Json::String(text) => text.clone(),
                    Json::Null => {
                        assert!(["", "/", "—", "无"].contains(&own.trim()), "{cell}");
                        continue;
                    }
                    other => other.to_string(),
                };
                let is_day = wanted.len() >= 10 && wanted.as_bytes()[4] == b'-';
                // A day without a year and a serial number are read with the ledger, below.
                let is_read_later = own.contains("３月") || own == "45721";
                let same = squeezed(&own) == squeezed(&wanted)
                    || is_day && (is_read_later || day(&own) == day(&wanted));
                assert!(same, "{cell}, not {wanted}");
                compared += 1;
            }
        }
    }
    assert!(compared > 1_400, "{compared}");
}

/// The layouts that are ledgers, with what is missing said once: the head and the meaning of its columns, and a case.
#[test]
fn every_layout_of_cases_reads_or_says_what_it_needs() {
    let none: &[(&str, Column)] = &[];
    let numbered: &[(&str, Column)] =
        &[("流水", Column::Unused), ("题目", Column::Title), ("届次", Column::Id)];
    for (file, columns, needs, case) in [
        (
            "01-cppcc-export.xlsx",
            none,
            "Y004 提案列表!A1, S004 提案列表!G1",
            r#"{"id":"20250001","title":"关于完善社区养老服务设施的提案","proposer":"甲一","replied":"2025-06-02","outcome":"已采纳"}"#,
        ),
        (
            "04-handling-sheet.xlsx",
            &[("会议名称", Column::Id)],
            "Y004 办理单!A1, S004 办理单!F1",
            r#"{"id":"示例政协第一次会议","title":"关于完善社区养老服务设施的建议","proposer":"甲一","assigned":"2017-02-28"}"#,
        ),
        (
            "05-suggestions.xlsx",
            none,
            "Y004 A2",
            r#"{"id":"001","title":"关于完善社区养老服务设施的建议","proposer":"甲一","office":"示例民政局"}"#,
        ),
        (
            "06-excellent.xls",
            none,
            "Y004 A2",
            r#"{"id":"011","title":"关于完善社区养老服务设施的建议","proposer":"甲一","office":"示例民政局","notes":"重点"}"#,
        ),
        (
            "08-appraisal.xlsx",
            none,
            "Y004 测评!A1",
            r#"{"id":"001","title":"关于完善社区养老服务设施的建议","proposer":"甲一","office":"示例民政局","satisfaction":"满意"}"#,
        ),
        (
            "09-assignment.csv",
            none,
            "Y004 A1",
            r#"{"id":"2025001","title":"关于完善社区养老服务设施的建议","kind":"建议","role":"主办","proposer":"甲一","office":"示例民政局","due":"2025-06-30"}"#,
        ),
        (
            "10-all-fields.xls",
            none,
            "Y004 全部!A1",
            r#"{"id":"101","title":"关于完善社区养老服务设施的建议","kind":"建议","proposer":"甲一","office":"示例民政局","outcome":"已解决","disclosure":{"decision":"全文公开"}}"#,
        ),
        (
            "11-congress-export.csv",
            none,
            "Y004 A1",
            r#"{"id":"1","title":"关于完善社区养老服务设施的建议","kind":"建议","proposer":"甲一","office":"示例民政局","outcome":"已解决","disclosure":{"decision":"全文公开"},"satisfaction":"满意"}"#,
        ),
        (
            "12-register.ods",
            none,
            "Y004 登记!A1, S004 登记!B1",
            r#"{"id":"31","title":"关于完善社区养老服务设施的建议","kind":"政协提案","proposer":"甲一、乙二","office":"示例民政局","assigned":"2025-01-10","contact":"000-000000、000-000001"}"#,
        ),
        (
            "13-tracking.xlsx",
            numbered,
            "Y004 跟踪!A1",
            r#"{"id":"一届二次","title":"关于完善社区养老服务设施的建议","proposer":"甲一","office":"示例民政局"}"#,
        ),
        (
            "16-epoch-1904.xlsx",
            none,
            "Y004 办件!A1",
            r#"{"id":"1","title":"关于完善社区养老服务设施的建议","assigned":"2025-03-05"}"#,
        ),
    ] {
        let asks = read(file, &settings(columns, &[]));
        assert_eq!(told(&asks).join(", "), needs, "{file}");
        let every = [&EVERY[..], &[(Column::Proposer, "某某团")]].concat();
        let sound = read(file, &settings(columns, &every));
        let is_error = |code: Code| code.rule().severity == banjie::diagnostic::Severity::Error;
        assert!(sound.diagnostics.iter().all(|told| !is_error(told.code)), "{file} {:?}", told(&sound));
        let expected: Json =
            serde_json::from_slice(&bytes(&format!("expected/{}.json", file.split('.').next().unwrap())))
                .unwrap();
        let (first, last) = sound.understood.head;
        let rows: Vec<u64> =
            expected["head_rows"].as_array().unwrap().iter().map(|row| row.as_u64().unwrap()).collect();
        assert_eq!((Some(&u64::from(first)), Some(&u64::from(last))), (rows.first(), rows.last()), "{file}");
        for column in &sound.understood.columns {
            assert_eq!(
                Some(squeezed(&column.head).as_str()),
                expected["columns"][&column.letters].as_str().map(squeezed).as_deref(),
                "{file}"
            );
        }
        // What every case has is added where the sheet says nothing.
        let mut wanted: Json = serde_json::from_str(case).unwrap();
        for (column, value) in &every {
            if wanted.get(column.id()).is_none() {
                wanted[column.id()] = (*value).into();
            }
        }
        assert_eq!(cases(&sound)[0], wanted, "{file}");
    }
}

#[test]
fn tables_of_counts_are_no_ledgers() {
    for (file, at) in [
        ("02-units.xls", "S002 统计!A1"),
        ("03-units-short.ods", "S002 统计!A1"),
        ("07-units-results.xlsx", "S002 结果!A2"),
        ("14-feedback.xls", "S002 A1"),
    ] {
        let read = read(file, &settings(&[], &EVERY));
        assert_eq!((told(&read), read.text), (vec![at.to_owned()], None), "{file}");
    }
}

/// The office's own ledger in four formats: twelve ways to write a day, merged cells, hidden rows, sums and notes.
#[test]
fn the_offices_own_ledger_reads_the_same_in_every_format() {
    let texts: Vec<String> =
        ["15-own-ledger.xlsx", "15b-own-ledger.ods", "15c-own-ledger-lo.xlsx", "15d-own-ledger-lo.xls"]
            .into_iter()
            .map(|file| {
                let read = read(file, &settings(&[], &[]));
                assert_eq!(
                    told(&read),
                    ["S006 办件!K9", "S006 办件!K8", "S006 办件!N3", "S006 办件!A5"],
                    "{file}"
                );
                let left: Vec<(u32, &str)> =
                    read.understood.left.iter().map(|(row, why)| (*row, why.get(Lang::Zh))).collect();
                assert_eq!(left, [(15, "“合计”行"), (17, "表下的说明")], "{file}");
                let also: Vec<&str> = read.understood.told.iter().map(|say| say.get(Lang::En)).collect();
                assert_eq!(
                    also,
                    [
                        "the value of the merged cells H3:H12 belongs to 10 rows",
                        "hidden columns are read like the others: J",
                        "comments are not read: E4"
                    ],
                    "{file}"
                );
                read.text.unwrap()
            })
            .collect();
    assert!(texts.iter().all(|text| *text == texts[0]));
    let read = read("15-own-ledger.xlsx", &settings(&[], &[]));
    let cases = cases(&read);
    let expected: Json = serde_json::from_slice(&bytes("expected/15-own-ledger.json")).unwrap();
    for (case, row) in cases.iter().zip(expected["rows"].as_array().unwrap()) {
        for (key, head) in [
            ("id", "编号"),
            ("title", "案由"),
            ("office", "承办处室"),
            ("assigned", "交办日期"),
            ("due", "办理时限"),
            ("replied", "答复日期"),
            ("satisfaction", "满意度"),
            ("contact", "联系电话"),
        ] {
            assert_eq!(case.get(key), row.get(head), "{row}");
        }
    }
    assert_eq!(cases.len(), 12);
    assert_eq!(read.cells.rows, (3..=14).collect::<Vec<u32>>());
}

/// Twelve odd columns.
#[test]
fn odd_values_are_read_or_handed_on_to_be_reported() {
    let columns = [
        ("全角", Column::Id),
        ("编号", Column::Contact),
        ("空格", Column::Title),
        ("日期两种", Column::Assigned),
        ("日期", Column::Due),
        ("是否", Column::Decision),
        ("角色", Column::Role),
        ("结果", Column::Outcome),
        ("多处室", Column::Office),
        ("占位", Column::Satisfaction),
        ("错误", Column::Unused),
        ("百分比", Column::Unused),
    ];
    let every = [(Column::Level, "市"), (Column::Kind, "代表建议"), (Column::Proposer, "某某团")];
    for (file, with_formulas) in [("17-odd-values.xlsx", false), ("17b-odd-values-lo.xlsx", true)] {
        let more = [&columns[..], &[("公式", Column::Unused)]].concat();
        let read_by = settings(&more, &every);
        let read_odd = read(file, &read_by);
        let cases = cases(&read_odd);
        let of = |key: &str| -> Vec<&str> {
            cases.iter().map(|case| case[key].as_str().unwrap_or_default()).collect()
        };
        assert_eq!(of("id"), ["2025-01", "AB", "(一)"], "{file}");
        assert_eq!(of("title"), ["示例处室", "示例处室", "示例"], "{file}");
        assert_eq!(of("contact")[1], "0012", "{file}");
        assert_eq!(of("assigned"), ["2025-03-05"; 3], "{file}");
        assert_eq!(of("due"), ["2025-03-05", "3月5日", "2025-03-05"], "{file}: the year is not said");
        assert_eq!(of("role"), ["主办", "协办", "参办"], "{file}");
        assert_eq!(of("outcome"), ["已解决", "已解决", "计划3年内解决"], "{file}");
        assert_eq!(of("office"), ["示例一处、示例二处"; 3], "{file}");
        assert!(
            cases.iter().all(
                |case| case["disclosure"]["decision"] == "全文公开" && case.get("satisfaction").is_none()
            ),
            "{file}"
        );
        let formulas = [&columns[..], &[("公式", Column::Notes)]].concat();
        let read_formulas = read(file, &settings(&formulas, &every));
        let is_unusable = told(&read_formulas).iter().filter(|told| told.starts_with("S005")).count();
        assert_eq!(is_unusable, if with_formulas { 0 } else { 3 }, "{file}");
        let errors = [&columns[..10], &[("错误", Column::Notes), ("公式", Column::Unused)]].concat();
        let unusable: Vec<String> = told(&read(file, &settings(&errors, &every)))
            .into_iter()
            .filter(|told| told.starts_with("S005"))
            .collect();
        assert_eq!(unusable, ["S005 值!L2", "S005 值!L3", "S005 值!L4"], "{file}");
    }
}

#[test]
fn what_is_in_doubt_has_to_be_said() {
    let csv = "编号,案由,层级,类别,角色,提案人,处室,日期,时限,答复日期,答复日期,走访\n1,题,市,建议,主办,甲,乙处,2025-3-1,2025-7-1,2025-5-1,2025-6-1,已访\n";
    let book = open(csv.as_bytes()).unwrap();
    let asks = ledger(&book, "f", &settings(&[], &[]));
    assert_eq!(told(&asks), ["S003 K1", "S003 H1", "S004 L1"]);
    let help = |index: usize| asks.diagnostics[index].help.as_ref().unwrap().get(Lang::En).to_owned();
    assert!(
        help(0).contains("`columns: { K: replied }`") && help(0).contains("`columns: { J: replied }`"),
        "{}",
        help(0)
    );
    assert!(help(1).contains("`columns: { 日期: assigned }`"), "{}", help(1));
    let said = settings(&[("K", Column::Replied), ("日期", Column::Assigned), ("走访", Column::Unused)], &[]);
    let read = ledger(&book, "f", &said);
    assert_eq!(told(&read), [""; 0]);
    assert_eq!(
        (&cases(&read)[0]["replied"], &cases(&read)[0]["assigned"]),
        (&"2025-06-01".into(), &"2025-03-01".into())
    );
}

#[test]
fn of_two_ledgers_one_has_to_be_named() {
    let page = |sheets: &[&str]| {
        let table = |title: &&str| {
            format!("<table><tr><td>编号<td>案由<td>提案人</tr><tr><td>1<td>{title}<td>甲</tr></table>")
        };
        format!("<html><body>{}</body></html>", sheets.iter().map(table).collect::<String>())
    };
    let mut book = open(page(&["甲", "乙"]).as_bytes()).unwrap();
    for (grid, name) in book.grids.iter_mut().zip(["2024", "2025"]) {
        grid.name = name.to_owned();
    }
    let by = |name: &str| Settings {
        sheet: SheetChoice { name: Some(text(name)), head_row: None },
        ..settings(&[], &EVERY)
    };
    assert_eq!(told(&ledger(&book, "f", &settings(&[], &EVERY))), ["S002"]);
    assert_eq!(cases(&ledger(&book, "f", &by("2025")))[0]["title"], "乙");
    assert_eq!(told(&ledger(&book, "f", &by("2026"))), ["S002"]);
    book.grids[0].is_hidden = true;
    assert_eq!(
        cases(&ledger(&book, "f", &settings(&[], &EVERY)))[0]["title"],
        "乙",
        "a hidden sheet is not taken"
    );
    let named = |row| Settings {
        sheet: SheetChoice { name: Some(text("2024")), head_row: Some(row) },
        ..settings(&[("甲", Column::Title)], &EVERY)
    };
    assert_eq!(told(&ledger(&book, "f", &named(9))), ["S002"]);
}

/// Blank rows, the head again, sums in between and a row that is only numbered are no cases.
#[test]
fn rows_that_are_no_cases_are_left_and_told() {
    let csv = "台账\n编号,案由,提案人\n1,题,甲\n,,\n编号,案由,提案人\n2,题二,乙\n小计,2,\n3,,\n4,题四,丙\n填报人：甲,审核人：乙,\n";
    let read = ledger(&open(csv.as_bytes()).unwrap(), "f", &settings(&[], &EVERY));
    assert_eq!(read.cells.rows, [3, 6, 9]);
    let left: Vec<u32> = read.understood.left.iter().map(|(row, _)| *row).collect();
    assert_eq!(left, [5, 7, 8, 10]);
    let empty = ledger(&open("编号,案由,提案人\n".as_bytes()).unwrap(), "f", &settings(&[], &EVERY));
    assert_eq!(empty.text.as_deref(), Some("cases: []\n"));
}
