//! A spreadsheet as the ledger, on the real binary: the same report as from YAML, and every command. `tests/sheets/sample.xlsx`
//! is the sample's ledger as an office would keep it; `make_sample.py` beside it made it with openpyxl.

use std::fs;
use std::path::Path;

use crate::common::office::{Office, Said};

/// An office whose report `r` has the sample's data in a spreadsheet of this name, with one column that nothing uses.
fn office(name: &str) -> Office {
    let office = Office::new(name);
    fs::copy(sheet("sample.xlsx"), office.file("台账.xlsx")).unwrap();
    fs::remove_file(office.file("cases.yaml")).unwrap();
    office.change("report.yaml", "ledger: cases.yaml", "ledger: 台账.xlsx\ncolumns: { 跟踪人: unused }");
    office
}

fn sheet(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sheets").join(name)
}

fn sound(said: &Said) {
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{}", said.out);
}

/// The same ledger in a table of text, each value as a clerk would type it.
fn as_csv(office: &Office) -> String {
    office.run(&["import", "data/r/台账.xlsx", "-o", "cases.yaml"]);
    let cases = fs::read_to_string(office.root.join("cases.yaml")).unwrap();
    let cases = banjie::source::tree::parse(&cases).unwrap();
    let fields = [
        "id",
        "title",
        "level",
        "kind",
        "role",
        "proposer",
        "office",
        "assigned",
        "due",
        "replied",
        "outcome",
        "satisfaction",
        "leader_led",
    ];
    let of = |case: &banjie::source::tree::Node| -> String {
        let disclosure = case.get("disclosure");
        let more = ["decision", "reason", "reviewed", "consented", "published"];
        let own = fields.iter().map(|key| case.text(key).unwrap_or_default());
        let more = more.iter().map(|key| disclosure.and_then(|record| record.text(key)).unwrap_or_default());
        own.chain(more).map(|value| format!("\"{value}\"")).collect::<Vec<_>>().join(",")
    };
    let heads = "编号,案由,层级,类别,主办/会办,代表/委员,承办处室,交办日期,办理时限,答复日期,办理结果,满意度,是否领办,是否公开,不公开理由,保密审查日期,征求公开意见日期,公开日期";
    let rows: Vec<String> = cases.items("cases").iter().map(of).collect();
    format!("{heads}\r\n{}\r\n", rows.join("\r\n"))
}

#[test]
fn a_report_from_a_spreadsheet_is_the_same_bytes_as_from_yaml() {
    let office = office("sheet-same");
    sound(&office.run(&["build", "--format", "markdown,html"]));
    sound(&Office::new("sheet-same-yaml").run(&["build", "--format", "markdown,html"]));
    let said = office.run(&["build", "r", "--edition", "internal"]);
    assert_eq!(said.status, 0, "{}", said.err);
    let yaml = Office::new("sheet-same-yaml");
    yaml.run(&["build"]);
    yaml.run(&["build", "--edition", "internal"]);
    office.run(&["build"]);
    for file in ["r.md", "r.html", "r.pdf", "r.internal.md", "r.internal.html", "r.internal.pdf"] {
        let made = |office: &Office| fs::read(office.root.join("output/r").join(file)).unwrap();
        assert!(made(&office) == made(&yaml), "{file}");
    }
    let csv = as_csv(&office);
    fs::write(office.file("台账.csv"), csv).unwrap();
    office.change("report.yaml", "ledger: 台账.xlsx\ncolumns: { 跟踪人: unused }", "ledger: 台账.csv");
    let before = fs::read(office.root.join("output/r/r.pdf")).unwrap();
    sound(&office.run(&["check"]));
    office.run(&["build"]);
    assert!(before == fs::read(office.root.join("output/r/r.pdf")).unwrap());
}

#[test]
fn every_command_takes_a_spreadsheet_and_names_its_cells() {
    let office = office("sheet-commands");
    let said = office.run(&["explain", "r", "cases.lead"]);
    assert!(said.out.contains("data/r/台账.xlsx '2021年办件'!B4\n"), "{}", said.out);
    let said = office.run(&["explain", "r", "cases.lead", "--json"]);
    assert!(
        said.out.contains("\"line\": null") && said.out.contains("\"cell\": \"'2021年办件'!B4\""),
        "{}",
        said.out
    );
    // A corrected cell is a corrected report.
    let csv = as_csv(&office);
    fs::create_dir(office.root.join("data/s")).unwrap();
    for file in ["report.yaml", "figures.yaml"] {
        fs::copy(office.file(file), office.root.join("data/s").join(file)).unwrap();
    }
    let report = office
        .text("report.yaml")
        .replace("ledger: 台账.xlsx\ncolumns: { 跟踪人: unused }", "ledger: 台账.csv");
    fs::write(office.root.join("data/s/report.yaml"), report).unwrap();
    let changed = csv.replacen("2021-05-21", "2021.5.22", 1);
    assert_ne!(csv, changed);
    fs::write(office.root.join("data/s/台账.csv"), changed).unwrap();
    let said = office.run(&["diff", "r", "s"]);
    assert!(
        said.out.contains("2021-05-21 → 2021-05-22") || said.out.contains("2021-05-21 -> 2021-05-22"),
        "{}",
        said.out
    );
    // A wrong cell is named as a spreadsheet names it, as text, in JSON and in SARIF.
    let wrong = csv.replacen("\"2021-05-21\"", "\"2021.5.32\"", 1);
    fs::write(office.root.join("data/s/台账.csv"), wrong).unwrap();
    let said = office.run(&["check", "s"]);
    assert_eq!(said.status, 1);
    assert!(
        said.err.contains("error[Y003]: \"2021.5.32\" is not a date: write it like 2021-09-30, a day that exists\n --> data/s/台账.csv J2\n  |\n2 | 答复日期：2021.5.32\n  |           ^^^^^^^^^"),
        "{}",
        said.err
    );
    let said = office.run(&["check", "s", "--json"]);
    assert!(said.out.contains("\"cell\": \"J2\"") && !said.out.contains("\"line\""), "{}", said.out);
    let said = office.run(&["check", "s", "--format", "sarif"]);
    assert!(
        said.out.contains("\"fullyQualifiedName\": \"J2\"") && !said.out.contains("\"region\""),
        "{}",
        said.out
    );
}

#[test]
fn a_spreadsheet_is_archived_and_verified_as_it_was() {
    let office = office("sheet-archive");
    office.change(
        "report.yaml",
        "we: 我局",
        "we: 我局\narchive: { fonds: J001, retention: 30年, section: BGS, item: 7 }",
    );
    let said = office.run(&["archive", "r"]);
    assert_eq!(said.status, 0, "{}", said.err);
    let bag = said
        .out
        .lines()
        .find(|line| line.contains("output"))
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();
    let kept = fs::read(office.root.join(&bag).join("data/source/台账.xlsx")).unwrap();
    assert!(kept == fs::read(sheet("sample.xlsx")).unwrap());
    let said = office.run(&["verify", &bag]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let said = office.run(&["diff", &bag, "r"]);
    assert_eq!(said.status, 0, "{}", said.err);
    fs::write(office.root.join(&bag).join("data/source/台账.xlsx"), b"x").unwrap();
    assert_eq!(office.run(&["verify", &bag]).status, 1);
}

#[test]
fn a_spreadsheet_rolls_over_to_an_empty_one_with_its_heads() {
    let office = office("sheet-rollover");
    let said = office.run(&["new", "next", "--from", "r"]);
    assert_eq!(said.status, 0, "{}", said.err);
    let text = |file: &str| fs::read_to_string(office.root.join("data/next").join(file)).unwrap();
    assert!(text("report.yaml").contains("\nledger: 台账.csv\n"), "{}", text("report.yaml"));
    assert!(text("台账.csv").starts_with("\u{feff}编号,案由,层级,"), "{}", text("台账.csv"));
    let said = office.run(&["build", "next"]);
    assert_eq!(said.status, 0, "{}", said.err);
}

#[test]
fn a_first_report_comes_straight_from_a_spreadsheet() {
    let office = Office::new("sheet-new");
    for (file, words) in [
        ("sample.xlsx", "year: 2021\n"),
        (
            "layouts/01-cppcc-export.xlsx",
            "every_case:\n  level: 市\n  kind: 政协提案\n  role: 主办\n  office: todo\n  assigned: 2025-03-01\n  due: 2025-07-30\n",
        ),
        ("layouts/12-register.ods", "every_case:\n  level: 市\n  role: 主办\n  due: 2025-07-30\n"),
        ("layouts/16-epoch-1904.xlsx", "proposer: todo\n"),
    ] {
        let name = file.split(['/', '.']).nth(1).unwrap();
        let said = office.run(&["new", name, "--ledger", sheet(file).to_str().unwrap()]);
        assert_eq!(said.status, 0, "{file}: {}", said.err);
        let report = fs::read_to_string(office.root.join("data").join(name).join("report.yaml")).unwrap();
        assert!(report.contains(words), "{file}: {report}");
        let said = office.run(&["build", name]);
        assert_eq!(said.status, 0, "{file}: {}", said.err);
        assert!(office.root.join(format!("output/{name}/{name}.pdf")).exists());
    }
    let said = office.run(&["new", "counts", "--ledger", sheet("layouts/02-units.xls").to_str().unwrap()]);
    assert_eq!(said.status, 2);
    assert!(
        said.err.contains("not a ledger with a row a case") && !office.root.join("data/counts").exists(),
        "{}",
        said.err
    );
}

#[test]
fn what_was_understood_fits_on_one_screen() {
    let office = office("sheet-screen");
    let said = office.run_in("zh_CN.UTF-8", &["ledger", "data/r/台账.xlsx"]);
    sound(&said);
    assert!(said.out.starts_with("data/r/台账.xlsx（XLSX），工作表“2021年办件”，表头第2行\n  A  序号              不用\n  B  编号              → 编号\n"), "{}", said.out);
    assert!(
        said.out.contains("  T  跟踪人            不用\n138件，第3—140行\n第141行不是办件：“合计”行\n"),
        "{}",
        said.out
    );
    // By itself, nothing is known of the own column.
    let said = office.run(&["ledger", sheet("sample.xlsx").to_str().unwrap()]);
    assert!(said.out.contains("  T  跟踪人            ? not known, not read\n"), "{}", said.out);
    assert!(
        said.status == 0 && said.err.contains("warning[S004]: columns that are not used: T 跟踪人\n"),
        "{}",
        said.err
    );
    let said = office.run(&["ledger", "data/r/none.xlsx"]);
    assert!(said.status == 1 && said.err.contains("no such file"), "{}", said.err);
}

#[test]
fn an_imported_ledger_makes_the_same_report_and_keeps_what_is_not_used() {
    let office = office("sheet-import");
    sound(&office.run(&["import", "data/r/台账.xlsx", "-o", "data/r/cases.yaml"]));
    assert!(office.text("cases.yaml").contains("    # 跟踪人: 示例\n"));
    office.change("report.yaml", "ledger: 台账.xlsx\ncolumns: { 跟踪人: unused }", "ledger: cases.yaml");
    sound(&office.run(&["check"]));
    let said = office.run(&["import", "data/r/台账.xlsx", "-o", "data/r/cases.yaml"]);
    assert!(said.status == 2 && said.err.contains("exists and was left as it is"), "{}", said.err);
    office.change("report.yaml", "ledger: cases.yaml", "ledger: cases.yaml\nevery_case: { level: 市 }");
    let said = office.run(&["check"]);
    assert!(
        said.status == 1 && said.err.contains("`every_case` is for a ledger in a spreadsheet"),
        "{}",
        said.err
    );
}

#[test]
fn an_empty_ledger_is_written_and_never_over_another() {
    let office = Office::new("sheet-template");
    let said = office.run(&["ledger", "template"]);
    assert_eq!((said.status, said.out.as_str()), (0, "台账.xlsx\n"), "{}", said.err);
    let said = office.run(&["ledger", "台账.xlsx"]);
    assert!(
        said.status == 0 && said.err.is_empty() && said.out.contains("sheets that are not read: 填写说明\n"),
        "{}{}",
        said.out,
        said.err
    );
    let said = office.run(&["ledger", "template"]);
    assert!(said.status == 2 && said.err.contains("exists and was left as it is"), "{}", said.err);
    sound(&office.run(&["ledger", "template", "-o", "空表.xlsx"]));
    let read = |name: &str| fs::read(office.root.join(name)).unwrap();
    assert!(read("空表.xlsx") == read("台账.xlsx"));
    assert_eq!(office.run(&["ledger"]).status, 2);
}

/// What the report says of its spreadsheet is wrong: that alone is reported, and the ledger is not judged by stand-ins.
#[test]
fn a_ledger_is_not_read_by_settings_that_do_not_read() {
    let office = office("sheet-settings");
    office.change("report.yaml", "{ 跟踪人: unused }", "{ 跟踪人: unusd }\nevery_case: { level: 市直 }");
    let said = office.run(&["check"]);
    let codes: Vec<&str> = said.err.lines().filter(|line| line.starts_with("error[")).collect();
    assert_eq!(codes.len(), 2, "{}", said.err);
    assert!(
        codes.iter().all(|line| line.starts_with("error[Y003]")) && !said.err.contains("台账.xlsx '"),
        "{}",
        said.err
    );
}
