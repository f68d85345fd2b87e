//! `banjie lint`, the program itself, over texts of our own.

use std::path::Path;
use std::process::Command;

use banjie::check::text;
use banjie::diagnostic::{Code, RULES};
use banjie::document::reading::Reading;

/// Run over files of the repository: the exit status, and all that is told.
fn lint(files: &[&str], language: &str) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_banjie"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("lint").args(files);
    let output = command.env("LC_ALL", language).env("LANG", language).output().unwrap();
    assert!(output.stdout.is_empty());
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// Each finding's code, and its place after the file's name.
fn places(told: &str, file: &str) -> Vec<(String, String)> {
    let codes = told.lines().filter_map(|line| line.split_once("[X").filter(|(head, _)| *head == "warning"));
    let codes = codes.map(|(_, rest)| format!("X{}", &rest[..3]));
    let arrow = format!("--> {file}:");
    let places = told.lines().filter_map(|line| line.trim().strip_prefix(&*arrow)).map(str::to_owned);
    codes.zip(places).collect()
}

#[test]
fn every_slip_is_told_where_it_stands() {
    let file = "tests/texts/slips.md";
    let (status, told) = lint(&[file], "C.UTF-8");
    assert_eq!(status, Some(1));
    // A document that is cited two ways is shown at both places.
    assert!(told.contains("::: tests/texts/slips.md:") && told.contains("- cited otherwise here"), "{told}");
    let expected = [
        ("X001", "5:10"),
        ("X002", "7:6"),
        ("X003", "9:8"),
        ("X004", "11:10"),
        ("X005", "13:15"),
        ("X006", "15:10"),
        ("X007", "17:20"),
        ("X008", "21:6"),
        ("X009", "23:15"),
        ("X010", "25:1"),
        ("X011", "27:6"),
        ("X012", "29:3"),
        ("X013", "31:4"),
        ("X014", "33:8"),
        ("X015", "35:11"),
        ("X016", "37:2"),
        ("X017", "39:4"),
        ("X018", "41:2"),
        ("X019", "43:8"),
        ("X020", "45:10"),
    ];
    let expected: Vec<(String, String)> =
        expected.iter().map(|(code, place)| ((*code).to_owned(), (*place).to_owned())).collect();
    assert_eq!(places(&told, file), expected, "{told}");
    assert!(told.ends_with("\n20 warnings\n"), "{told}");
}

#[test]
fn a_text_without_slips_passes_in_silence() {
    assert_eq!(lint(&["tests/texts/clean.md"], "C.UTF-8"), (Some(0), String::new()));
}

/// Several files are told as one, in the shapes that `check` has.
#[test]
fn slips_are_told_as_json_and_sarif() {
    let read = |format: &str, files: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_banjie"));
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["lint", "--format", format]).args(files);
        let output = command.env("LC_ALL", "C.UTF-8").env("LANG", "C.UTF-8").output().unwrap();
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code(), value)
    };
    let both = ["tests/texts/clean.md", "tests/texts/slips.md"];
    let (status, json) = read("json", &both);
    assert_eq!((status, &json["errors"], &json["warnings"]), (Some(1), &0.into(), &20.into()));
    let told = json["diagnostics"].as_array().unwrap();
    assert_eq!(told.len(), 20);
    let first =
        ["code", "severity", "file", "line", "column", "end_line", "end_column"].map(|key| &told[0][key]);
    let expected = serde_json::json!(["X001", "warning", "tests/texts/slips.md", 5, 10, 5, 11]);
    assert_eq!(serde_json::json!(first), expected);

    let (status, sarif) = read("sarif", &both);
    let run = &sarif["runs"][0];
    assert_eq!((status, &sarif["version"]), (Some(1), &"2.1.0".into()));
    assert_eq!(run["results"].as_array().unwrap().len(), 20);
    assert_eq!(run["tool"]["driver"]["rules"].as_array().unwrap().len(), 20);
    let place = &run["results"][13]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "tests/texts/slips.md");
    assert_eq!(place["region"]["startLine"], 33);

    let (status, json) = read("json", &both[..1]);
    assert_eq!((status, json["diagnostics"].as_array().map(Vec::len)), (Some(0), Some(0)));
    assert!(!json["warnings"].is_null());
}

/// The two examples of every page: the rule finds the wrong one, and no rule the right one.
#[test]
fn the_pages_say_what_the_rules_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    for code in RULES.iter().map(|rule| rule.code.as_str()).filter(|code| code.starts_with('X')) {
        let page = std::fs::read_to_string(folder.join(code).with_extension("md")).unwrap();
        let examples: Vec<&str> = page.split("\n```").skip(1).step_by(2).collect();
        assert_eq!(examples.len(), 2, "{code}");
        // The first line of a file is its title.
        let found = examples.iter().map(|words| {
            let reading = Reading::plain(&words.replacen('\n', "题\n", 1));
            text::slips(&reading.passages).into_iter().map(|slip| slip.code).collect::<Vec<_>>()
        });
        let found: Vec<_> = found.collect();
        assert!(found[0].contains(&Code::find(code).unwrap()) && found[1].is_empty(), "{code}: {found:?}");
    }
}

#[test]
fn slips_are_told_in_chinese() {
    let (status, told) = lint(&["tests/texts/clean.md", "tests/texts/slips.md"], "zh_CN.UTF-8");
    assert_eq!(status, Some(1));
    assert!(told.contains("警告[X010]: “截止2021年”：到某一时间用“截至”"), "{told}");
    assert!(told.ends_with("\n共有 20 处警告\n"), "{told}");
}

#[test]
fn a_file_that_is_not_there_stops_the_run() {
    let (status, told) = lint(&["tests/texts/none.md"], "C.UTF-8");
    assert_eq!(status, Some(2));
    assert!(told.contains("cannot read tests/texts/none.md"), "{told}");
}
