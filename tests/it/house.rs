//! The house itself: no arrow runs back, no room grows too large, every rule has a page.

use std::fs;
use std::path::{Path, PathBuf};

use banjie::diagnostic::Severity;

/// The rooms from the ground up, as in ARCHITECTURE.md: a file uses only what stands before it.
const FLOORS: &[&str] = &[
    "source",
    "diagnostic",
    "world",
    "parallel",
    "model",
    "policy",
    "sheet",
    "load",
    "compute",
    "document",
    "compose",
    "check",
    "typeset",
    "write",
    "make",
    "draft",
    "archive",
    "diff",
    "cli",
];

/// Longest file, in lines: one that grows past it has two ideas in it.
const LONGEST: usize = 500;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The room that a file of `src/` is in; none for `lib.rs` and `main.rs`, the doors.
fn room(path: &Path) -> Option<String> {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let name = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    let name = name.trim_end_matches(".rs").to_owned();
    (name != "lib" && name != "main").then_some(name)
}

/// The rooms that a line of code names: `crate::load::…`, and each of `use crate::{load, write};`.
fn named(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let word =
            |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            Some(list) => {
                found.extend(list.split(',').map(|part| word(part.trim_start())).filter(|w| !w.is_empty()))
            }
            None => found.push(word(rest)),
        }
    }
    found
}

#[test]
fn no_arrow_runs_back() {
    let floor = |room: &str| FLOORS.iter().position(|name| *name == room);
    let mut wrong = Vec::new();
    let mut arrows = 0;
    for path in files(&root().join("src")) {
        let Some(room) = room(&path) else { continue };
        let own = floor(&room).unwrap_or_else(|| panic!("{room} stands on no floor"));
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            for used in named(line) {
                let Some(other) = floor(&used) else { panic!("{}: {line}", path.display()) };
                arrows += usize::from(other != own);
                if other > own {
                    wrong.push(format!("{}:{}: {room} uses {used}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(arrows > 50, "the test has stopped seeing the arrows: {arrows}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_arrow_is_seen_however_it_is_written() {
    assert_eq!(named("use crate::{load, write::pdf};"), ["load", "write"]);
    assert_eq!(named("    let made = crate::write::markdown(&d); // crate::cli"), ["write"]);
}

#[test]
fn only_the_loader_knows_yaml_and_only_the_door_knows_the_machine() {
    let allowed: &[(&str, &[&str])] = &[
        ("serde_yaml", &["load"]),
        ("saphyr_parser", &["source"]),
        ("schemars", &["model", "load"]),
        ("tera::", &["compose", "write"]),
        ("pulldown_cmark", &["document", "write"]),
        ("html5gum", &["sheet", "write"]),
        ("calamine", &["sheet"]),
        ("cfb::", &["sheet"]),
        ("csv::", &["sheet"]),
        ("encoding_rs", &["sheet"]),
        ("quick_xml", &["sheet"]),
        ("rust_xlsxwriter", &["sheet"]),
        ("zip::", &["sheet"]),
        ("printpdf", &["write"]),
        ("lopdf", &["write"]),
        ("sha2::", &["archive"]),
        ("skrifa", &["typeset", "write"]),
        ("clap", &["cli"]),
        ("ctrlc", &["world"]),
        ("std::fs", &["world"]),
        ("std::env", &["world"]),
        ("process::Command", &["world"]),
        ("similar::", &["diff"]),
        ("Instant", &["world"]),
        // A cache that is never walked; the order of a HashMap must reach no output.
        ("HashMap", &["typeset"]),
    ];
    for path in files(&root().join("src")) {
        let Some(room) = room(&path) else { continue };
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (word, rooms) in allowed {
            let uses = code.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word));
            assert!(!uses || rooms.contains(&room.as_str()), "{} uses {word}", path.display());
        }
    }
}

#[test]
fn the_house_is_as_its_page_says() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for floor in FLOORS {
        let rows = [format!("| `{floor}` |"), format!("| `{floor}/` |")];
        assert!(rows.iter().any(|row| page.contains(row)), "{floor} has no row");
    }
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut crates = 0;
    for section in
        manifest.split("\n[").filter(|section| section.split(']').next().unwrap().ends_with("dependencies"))
    {
        for name in section.lines().skip(1).filter_map(|line| line.split_once(" = ")).map(|(name, _)| name) {
            assert!(page.contains(&format!("`{name}`")), "{name} has no row");
            crates += 1;
        }
    }
    assert!(crates > 15, "the test has stopped seeing the dependencies: {crates}");
}

#[test]
fn files_can_be_read_in_one_sitting() {
    for path in files(&root().join("src")) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
    }
    let main = fs::read_to_string(root().join("src/main.rs")).unwrap();
    assert!(main.lines().count() < 40);
}

/// Every rule of the table is reported somewhere, has a page, and is named by its type, never by its text.
#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let table: Vec<&str> = banjie::diagnostic::RULES.iter().map(|rule| rule.code.as_str()).collect();
    let mut codes: Vec<String> = Vec::new();
    // Tables and tests name codes and report nothing.
    let names = ["diagnostic/code.rs", "check/table.rs", "tests.rs"];
    let reports = |path: &&PathBuf| !names.iter().any(|name| path.ends_with(name));
    for path in files(&root().join("src")).iter().filter(reports) {
        let text = fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        codes.extend(code.split("Code::").skip(1).filter_map(|rest| rest.get(..4)).map(str::to_owned));
        for rule in &table {
            assert!(!code.contains(&format!("\"{rule}\"")), "{}: {rule} as text", path.display());
        }
    }
    codes.retain(|code| code[1..].bytes().all(|byte| byte.is_ascii_digit()));
    codes.sort();
    codes.dedup();
    let mut pages: Vec<String> = fs::read_dir(root().join("docs/rules"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "README")
        .collect();
    pages.sort();
    assert_eq!(codes, pages);
    assert_eq!(codes, table, "src/diagnostic/code.rs");
}

/// The list of rules and the head of every page say what the table says.
#[test]
fn the_pages_of_rules_are_called_what_the_rules_are() {
    let list = fs::read_to_string(root().join("docs/rules/README.md")).unwrap();
    for banjie::diagnostic::Rule { code, severity, is_strict, label: (zh, en) } in banjie::diagnostic::RULES {
        let mark = match (severity, is_strict) {
            (Severity::Warning, true) => "警严 |",
            (Severity::Warning, false) => "警 |",
            (Severity::Error, _) => "|",
        };
        assert!(list.contains(&format!("| [{code}]({code}.md) | {mark} {zh} | {en} |")), "{code}");
        let page = fs::read_to_string(root().join(format!("docs/rules/{code}.md"))).unwrap();
        assert!(page.starts_with(&format!("# {code} {zh} · {en}\n")), "{code}");
        assert!(page.contains("不对 · wrong:") && page.contains("对 · right:"), "{code}");
    }
}
