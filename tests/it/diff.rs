//! `banjie diff` as a user runs it: cases, figures with their reasons, the redline; folders, bags and git revisions.

use std::fs;
use std::process::Command;

use crate::common::office::{Office, Said};
use banjie::diagnostic::Lang;
use banjie::diff::{
    Data, Diff, Edit, Kind, Line, Look, Name, Op, Piece, html, markdown, redline, screen, words,
};
use banjie::model::Edition;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::{Value, json};

/// The sample as `r`, and a copy of it as `old`.
fn office(name: &str) -> Office {
    let office = Office::new(name);
    let old = office.root.join("data/old");
    fs::create_dir_all(&old).unwrap();
    for file in ["report.yaml", "cases.yaml", "figures.yaml"] {
        fs::copy(office.file(file), old.join(file)).unwrap();
    }
    office
}

/// The same without the counts of what was assigned, against which the ledger is held: in both.
fn free(name: &str) -> Office {
    let office = Office::new(name);
    let text = office.text("report.yaml");
    let start = text.find("\nassigned:\n").unwrap();
    let end = text[start + 2..].find("\n\n").map_or(text.len(), |at| start + 2 + at);
    fs::write(office.file("report.yaml"), format!("{}{}", &text[..start], &text[end..])).unwrap();
    let old = office.root.join("data/old");
    fs::create_dir_all(&old).unwrap();
    for file in ["report.yaml", "cases.yaml", "figures.yaml"] {
        fs::copy(office.file(file), old.join(file)).unwrap();
    }
    office
}

fn ok(said: &Said) -> &str {
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{}", said.out);
    &said.out
}

fn json_of(office: &Office) -> Value {
    serde_json::from_str(ok(&office.run(&["diff", "old", "r", "--json"]))).unwrap()
}

/// The record of a case in the ledger.
fn case(office: &Office, id: &str) -> String {
    let text = office.text("cases.yaml");
    let start = text.find(&format!("  - id: {id}\n")).unwrap();
    let end = text[start..].find("\n\n").map_or(text.len(), |at| start + at + 2);
    text[start..end].to_owned()
}

fn figure<'v>(diff: &'v Value, name: &str) -> &'v Value {
    diff["figures"].as_array().unwrap().iter().find(|figure| figure["name"] == name).unwrap()
}

/// The blocks that were changed, as a terminal shows them.
fn blocks(diff: &Value) -> Vec<String> {
    let piece = |piece: &Value| {
        let text = piece["text"].as_str().unwrap();
        match piece["op"].as_str().unwrap() {
            "same" => text.to_owned(),
            "del" => format!("[-{text}-]"),
            _ => format!("{{+{text}+}}"),
        }
    };
    let cell = |cell: &Value| cell.as_array().unwrap().iter().map(piece).collect::<String>();
    let block =
        |edit: &Value| edit["cells"].as_array().unwrap().iter().map(cell).collect::<Vec<_>>().join("|");
    diff["text"].as_array().unwrap().iter().map(block).collect()
}

#[test]
fn equal_versions_are_the_same() {
    let office = office("diff-same");
    assert!(ok(&office.run_in("zh_CN.UTF-8", &["diff", "old", "r"])).ends_with("两份没有不同。\n"));
    assert!(ok(&office.run(&["diff", "data/old", "data/r"])).ends_with("the two are the same.\n"));
    for format in ["markdown", "html"] {
        let said = office.run(&["diff", "old", "r", "--format", format]);
        assert!(ok(&said).contains("the two are the same."), "{}", said.out);
    }
    let diff = json_of(&office);
    assert_eq!((&diff["figures"], &diff["text"]), (&json!([]), &json!([])));
    // Terms in the other language, another order of the ledger, and lines broken elsewhere are no changes of the data.
    let moved = case(&office, "国建-01");
    office.change("cases.yaml", &moved, "").change("cases.yaml", "level: 省", "level: provincial");
    let text = office.text("cases.yaml").trim_end().to_owned() + "\n\n" + &moved;
    fs::write(office.file("cases.yaml"), text).unwrap();
    office.change("report.yaml", "在市人大代工委、市政府督查室和", "在市人大代工委、\n  市政府督查室和");
    assert_eq!(json_of(&office)["data"], diff["data"]);
}

#[test]
fn cases_that_came_went_and_were_changed_are_told_field_by_field() {
    let office = free("diff-cases");
    let (gone, kept) = (case(&office, "省建-02"), case(&office, "省建-01"));
    let changed = kept
        .replace("satisfaction: 满意", "satisfaction: 基本满意")
        .replace("role: 主办", "role: 主办\n    leader_led: true")
        .replace("      published: 2021-07-26\n", "")
        .replace("replied: 2021-07-15", "replied: 2021-07-16");
    let come = gone.replace("省建-02", "省建-99").replace("社会发展处", "政策法规处");
    office.change("cases.yaml", &gone, &come).change("cases.yaml", &kept, &changed);
    let diff = json_of(&office);
    let title = "关于加强长江流域生态环境保护科技攻关的建议";
    assert_eq!(diff["data"]["cases"]["added"], json!([{ "id": "省建-99", "title": title }]));
    assert_eq!(diff["data"]["cases"]["removed"], json!([{ "id": "省建-02", "title": title }]));
    let field =
        |path: &str, old: Value, new: Value| json!({ "path": path, "old": old, "new": new, "prose": false });
    assert_eq!(
        diff["data"]["cases"]["changed"],
        json!([{
            "id": "省建-01",
            "title": "关于推动磷化工科技成果在武汉开展中试转化的建议",
            "fields": [
                field("leader_led", Value::Null, json!("true")),
                field("replied", json!("2021-07-15"), json!("2021-07-16")),
                field("disclosure.published", json!("2021-07-26"), Value::Null),
                field("satisfaction", json!("满意"), json!("基本满意")),
            ],
        }])
    );
    let told = office.run_in("zh_CN.UTF-8", &["diff", "old", "r"]).out;
    for line in [
        "台账：增1，减1，改1\n  + 省建-99　关于加强长江",
        "\n  - 省建-02　",
        "\n  * 省建-01　",
        "\n      领导领办：（无） → 是\n",
        "\n      公开日期：2021-07-26 → （无）\n",
        "\n      满意度：满意 → 基本满意\n",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
}

#[test]
fn a_figure_that_moved_says_because_of_which_cases() {
    let office = free("diff-figures");
    // 省建-02 会办 goes, 市案-01 is concluded, and a declared number is another.
    let gone = case(&office, "省建-02");
    let open = case(&office, "市案-01");
    let concluded = format!("{}\n    replied: 2021-12-01\n\n", open.trim_end());
    office.change("cases.yaml", &gone, "").change("cases.yaml", &open, &concluded);
    let diff = json_of(&office);
    assert_eq!(
        figure(&diff, "cases.total"),
        &json!({
            "name": "cases.total",
            "label": "全部件数",
            "old": { "value": "138", "unit": "件" },
            "new": { "value": "137", "unit": "件" },
            "because": [{ "is": "cases", "entered": [], "left": ["省建-02"] }],
        })
    );
    // One came and one went: the number stays, and nothing is told.
    assert!(diff["figures"].as_array().unwrap().iter().all(|figure| figure["name"] != "cases.concluded"));
    let open = figure(&diff, "cases.open");
    assert_eq!((&open["new"], &open["because"]), (&Value::Null, &json!([])));
    let told = office.run_in("zh_CN.UTF-8", &["diff", "old", "r"]).out;
    assert!(
        told.contains("  * 全部件数：138件 → 137件　cases.total\n      不再计入的件：省建-02\n"),
        "{told}"
    );
    assert!(told.contains("：1件，文中不再用　cases.open\n"), "{told}");
}

#[test]
fn rates_growth_and_declared_figures_say_what_moved_them() {
    let office = Office::with("diff-rates", "jilin-kjt-2024");
    let old = office.root.join("data/old");
    fs::create_dir_all(&old).unwrap();
    for file in ["report.yaml", "cases.yaml", "figures.yaml"] {
        fs::copy(office.file(file), old.join(file)).unwrap();
    }
    office.change("report.yaml", "total: 98", "total: 100").change(
        "figures.yaml",
        "value: 3\n",
        "value: 4\n",
    );
    let said = office.run(&["diff", "old", "r", "--json"]);
    let diff: Value = serde_json::from_str(&said.out).unwrap();
    let rate = figure(&diff, "cases.growth_rate");
    assert_eq!((&rate["old"]["value"], &rate["new"]["value"]), (&json!("49"), &json!("46")));
    assert_eq!(rate["because"][0], json!({ "is": "rate", "old": [48, 98], "new": [46, 100] }));
    assert_eq!(rate["because"][1]["old"], "98件");
    let declared = figure(&diff, "review_period");
    assert_eq!(declared["because"], json!([{ "is": "declared" }]));
    assert_eq!(
        diff["data"]["figures"]["changed"][0]["fields"],
        json!([{ "path": "value", "old": "3", "new": "4", "prose": false }])
    );
    assert_eq!(diff["data"]["files"][0]["changes"][0]["path"], "last_year.total");
}

#[test]
fn sentences_are_told_as_a_redline_and_a_paragraph_put_in_moves_nothing() {
    let office = free("diff-text");
    office.change("report.yaml", "在规范程序中保证质量", "在规范程序中确保质量").change(
        "report.yaml",
        "  - heading: 聚焦领办重点，发挥示范作用。\n",
        "  - heading: 加强组织领导。\n    body: 主要领导任组长。\n  - heading: 聚焦领办重点，发挥示范作用。\n",
    );
    let diff = json_of(&office);
    let blocks = blocks(&diff);
    assert!(blocks[0].contains("在规范程序中[-保证-]{+确保+}质量，在健全机制中提升实效"), "{}", blocks[0]);
    assert_eq!(blocks[1], "{+（二）加强组织领导。主要领导任组长。+}");
    assert!(blocks[2].starts_with("（[-二-]{+三+}）聚焦领办重点，发挥示范作用。今年"), "{}", blocks[2]);
    assert_eq!(blocks.len(), 5, "{blocks:#?}");
    let shown = office.run(&["diff", "old", "r"]).out;
    assert!(shown.contains("    ……立足科技管理职能，在规范程序中[-保证-]{+确保+}质量，"), "{shown}");
    assert!(!shown.contains('\u{1b}'), "no colours where nobody looks");
}

#[test]
fn a_side_with_errors_still_tells_its_data() {
    let office = office("diff-errors");
    office.change("report.yaml", "year: 2021", "year: 二〇二一").change(
        "cases.yaml",
        "role: 会办",
        "role: 参阅",
    );
    let said = office.run_in("zh_CN.UTF-8", &["diff", "old", "r"]);
    assert_eq!((said.status, said.err.as_str()), (1, ""));
    assert!(said.out.contains("新的一份有"), "{}", said.out);
    assert!(said.out.contains("数字和文字没有比对。第一个：Y003 data/r/report.yaml:4:7 "), "{}", said.out);
    assert!(said.out.contains("      办理角色：会办 → 参阅\n"), "{}", said.out);
    assert!(said.out.contains("  * year\n      2021 → 二〇二一\n"), "{}", said.out);
    // A file that is no YAML is named, the others are compared.
    fs::write(office.file("figures.yaml"), "figures: [\u{1b}]31m\n").unwrap();
    let said = office.run(&["diff", "old", "r"]);
    assert!(said.out.contains("cannot be read, not compared: figures.yaml\n"), "{}", said.out);
    assert!(
        !said.out.contains('\u{1b}')
            && said.out.contains("办理角色") != said.out.contains("role: 会办 → 参阅")
    );
}

/// Git without the user's settings.
fn git(office: &Office, arguments: &[&str]) {
    let mut command = Command::new("git");
    for (name, value) in [("NAME", "office"), ("EMAIL", "office@example.cn")] {
        command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let done = command.args(arguments).current_dir(&office.root).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Run where git does not look above the office's folder.
fn run_beside_git(office: &Office, path: Option<&str>, arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_banjie"));
    command.args(arguments).current_dir(&office.root).env("LC_ALL", "C.UTF-8").env("LANG", "C.UTF-8");
    command.env("GIT_CEILING_DIRECTORIES", office.root.parent().unwrap());
    if let Some(path) = path {
        command.env("PATH", path);
    }
    let output = command.output().unwrap();
    Said {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_git_revision_is_a_version() {
    let office = free("diff-git");
    git(&office, &["init", "-q"]);
    git(&office, &["add", "."]);
    git(&office, &["commit", "-qm", "first"]);
    office.change("report.yaml", "在规范程序中保证质量", "在规范程序中确保质量");
    git(&office, &["commit", "-qam", "second"]);
    let absolute = office.root.join("data/r").to_string_lossy().into_owned();
    let first = "在规范程序中[-保证-]{+确保+}质量";
    for sides in [
        ["HEAD~1:", "r"],
        ["HEAD~1:", "HEAD:r"],
        ["HEAD~1:r", "data/r"],
        ["HEAD~1:data/r", "HEAD:data/r"],
        ["HEAD~1:", absolute.as_str()],
        ["HEAD^{/first}:", "r"],
    ] {
        // Of two revisions both say which report.
        let both = sides == ["HEAD~1:", "HEAD:r"];
        let said = run_beside_git(&office, None, &["diff", sides[0], sides[1]]);
        assert_eq!(said.status, if both { 2 } else { 0 }, "{sides:?} {}", said.err);
        assert!(both || said.out.contains(first), "{sides:?} {}", said.out);
    }
    let back = run_beside_git(&office, None, &["diff", "r", "HEAD~1:"]);
    assert!(
        back.out.contains("在规范程序中[-确保-]{+保证+}质量") && back.out.contains("new: HEAD~1:data/r\n")
    );
    let same = run_beside_git(&office, None, &["diff", "HEAD:", "r"]);
    assert!(same.out.ends_with("the two are the same.\n"), "{}", same.out);
    // A report that the revision does not have is a side with an error.
    let none = run_beside_git(&office, None, &["diff", "HEAD:none", "r"]);
    assert_eq!(none.status, 1);
    assert!(none.out.contains("Y005 HEAD:data/none/report.yaml"), "{}", none.out);
}

/// A repository that fetches what is missing by a program of its own choice.
#[cfg(unix)]
#[test]
fn nothing_that_a_repository_names_is_run() {
    let office = free("diff-hostile-config");
    git(&office, &["init", "-q"]);
    git(&office, &["add", "."]);
    git(&office, &["commit", "-qm", "first"]);
    let object =
        Command::new("git").args(["rev-parse", "HEAD:data/r/report.yaml"]).current_dir(&office.root).output();
    let object = String::from_utf8(object.unwrap().stdout).unwrap();
    let path = office.root.join(".git/objects").join(&object[..2]).join(object[2..].trim());
    fs::remove_file(path).unwrap();
    for (key, value) in [
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "evil"),
        ("remote.evil.promisor", "true"),
        ("remote.evil.url", "ext::sh -c touch% pwned"),
        ("protocol.ext.allow", "always"),
        ("core.fsmonitor", "touch pwned"),
        ("core.pager", "touch pwned"),
        ("diff.external", "touch pwned"),
    ] {
        git(&office, &["config", key, value]);
    }
    run_beside_git(&office, None, &["diff", "HEAD:", "r"]);
    assert!(!office.root.join("pwned").exists(), "a program of the repository's ran");
}

#[test]
fn hostile_revisions_are_refused() {
    let office = office("diff-hostile");
    let refused = |arguments: &[&str], words: &str| {
        let said = run_beside_git(&office, None, arguments);
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{arguments:?} {}", said.err);
        assert!(said.err.contains(words), "{arguments:?} {}", said.err);
    };
    refused(&["diff", "HEAD:", "r"], "is in no git repository");
    git(&office, &["init", "-q"]);
    git(&office, &["add", "."]);
    git(&office, &["commit", "-qm", "first"]);
    let trap = office.root.join("trap");
    for name in [
        "--output=trap",
        "-p",
        "--upload-pack=touch trap",
        "$(touch trap)",
        "`touch trap`",
        "none",
        "",
        "HEAD\n",
        "HEAD..HEAD",
        ";touch trap",
    ] {
        refused(&["diff", "--", &format!("{name}:"), "r"], "git knows no revision");
        refused(&["diff", "--", "r", &format!("{name}:data/r")], "git knows no revision");
    }
    refused(&["diff", "HEAD:/etc", "r"], "a path from this folder");
    refused(&["diff", "nowhere", "r"], "is no report in data");
    assert!(!trap.exists());
    // What leads out of the repository is not there.
    let out = run_beside_git(&office, None, &["diff", "HEAD:../../etc", "r"]);
    assert_eq!(out.status, 1);
    assert!(out.out.contains("Y005 HEAD:../../etc/report.yaml"), "{}", out.out);
    let said = run_beside_git(&office, Some("/nowhere"), &["diff", "HEAD:", "r"]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("needs the program git"), "{}", said.err);
}

#[test]
fn a_bag_is_a_version_with_its_own_templates() {
    let office = free("diff-bag");
    let bag = office.root.join("bag");
    ok(&office.run(&["genres", "eject", "annual-summary", "--to", "bag/data/templates"]));
    fs::rename(office.root.join("data/old"), bag.join("data/source")).unwrap();
    fs::write(bag.join("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n").unwrap();
    let same = office.run(&["diff", "bag", "r"]);
    assert!(ok(&same).ends_with("the two are the same.\n"), "{}", same.out);
    let template = bag.join("data/templates/annual-summary/genre.yaml");
    let text = fs::read_to_string(&template).unwrap();
    assert!(text.contains("基本情况"));
    fs::write(&template, text.replace("基本情况", "总体情况")).unwrap();
    let said = office.run(&["diff", "bag", "r"]);
    assert!(ok(&said).contains("一、[-总体-]{+基本+}情况"), "{}", said.out);
    assert!(said.out.starts_with("old: bag/data/source\nnew: data/r\n"), "{}", said.out);
}

/// What was read of last year's report lies in the bag as well.
#[test]
fn a_bag_knows_last_years_report() {
    let office = free("diff-bag-beside");
    let said = "last_year:\n  source: 上年的总结\n  total: 138\n  report: last\n";
    let text = office.text("report.yaml");
    assert!(!text.contains("\nlast_year:"));
    let own = text.replace("year: 2021\n", &format!("year: 2021\n{said}"));
    let bag = office.root.join("bag/data");
    fs::create_dir_all(bag.join("source")).unwrap();
    fs::create_dir_all(bag.join("beside")).unwrap();
    fs::write(bag.join("../bagit.txt"), "BagIt-Version: 1.0\n").unwrap();
    for file in ["cases.yaml", "figures.yaml"] {
        fs::copy(office.file(file), bag.join("source").join(file)).unwrap();
    }
    fs::write(bag.join("source/report.yaml"), own).unwrap();
    fs::rename(office.root.join("data/old"), bag.join("beside/last")).unwrap();
    let last = bag.join("beside/last/report.yaml");
    fs::write(&last, text.replace("year: 2021\n", "year: 2020\n")).unwrap();
    let said = office.run(&["diff", "bag", "r"]);
    assert!(!said.out.contains("F006"), "{}", said.out);
    fs::remove_file(&last).unwrap();
    assert!(office.run(&["diff", "bag", "r"]).out.contains("F006 bag/data/source/report.yaml"));
}

#[test]
fn nothing_of_the_data_is_markup() {
    let office = free("diff-markup");
    let title = "关于<script>alert(1)</script>与**强**~~删~~[链](http://x.cn)`a`www.x.cn&amp;的建议";
    office.change(
        "cases.yaml",
        "title: 关于推动磷化工科技成果在武汉开展中试转化的建议",
        &format!("title: '{title}'"),
    );
    let page = office.run(&["diff", "old", "r", "--format", "html"]).out;
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script"), "{page}");
    assert!(page.contains("&amp;amp;"));
    let text = office.run(&["diff", "old", "r", "--format", "markdown"]).out;
    let mut shown = String::new();
    for event in Parser::new_ext(&text, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(words) => shown.push_str(&words),
            Event::InlineHtml(words) | Event::Html(words) => assert_eq!(&*words, "<!-- -->"),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) | Event::Code(_) => panic!("{text}"),
            _ => {}
        }
    }
    assert!(shown.contains(title), "{shown}");
    assert!(!text.contains("http:") && !text.contains("www.x"), "no reader makes a link of it");
}

#[test]
fn a_file_is_written_whole_and_says_what_the_screen_says() {
    let office = free("diff-out");
    office.change("report.yaml", "在规范程序中保证质量", "在规范程序中确保质量");
    for (format, file) in [("html", "d.html"), ("markdown", "d.md"), ("json", "d.json"), ("text", "d.txt")] {
        let shown = office.run(&["diff", "old", "r", "--format", format]).out;
        let written = office.run(&["diff", "old", "r", "--format", format, "--out", file]);
        assert_eq!(ok(&written), "");
        assert_eq!(fs::read_to_string(office.root.join(file)).unwrap(), shown);
    }
    let said = office.run(&["diff", "old", "r", "--out", "data"]);
    assert_eq!(said.status, 2, "{}", said.err);
    let page = office.run_in("zh_CN.UTF-8", &["diff", "old", "r", "--format", "html"]).out;
    assert!(page.contains("在规范程序中<del>保证</del><ins>确保</ins>质量"), "{page}");
    assert!(page.contains("<html lang=\"zh-CN\">") && page.contains("行没有改动"), "{page}");
}

#[test]
fn a_terminal_shows_colours_and_nothing_that_it_would_obey() {
    let name = || Name { name: "a\u{1b}]0;b".to_owned(), trouble: None };
    let text = Some(redline(&[line("共办理138件。\u{9b}31m")], &[line("共办理139件。\u{9b}31m")]));
    let diff = Diff {
        edition: Edition::Public,
        old: name(),
        new: name(),
        data: Data::default(),
        figures: None,
        text,
    };
    let shown = screen(&diff, Look { lang: Lang::Zh, color: true });
    assert!(
        shown.contains("共办理\u{1b}[31;9m138件\u{1b}[0m\u{1b}[32;4m139件\u{1b}[0m。\u{fffd}31m"),
        "{shown}"
    );
    assert!(shown.starts_with("旧：a\u{fffd}]0;b\n"), "{shown}");
}

/// The text without what was put in, or without what was taken out.
fn read<'p>(pieces: impl IntoIterator<Item = &'p Piece>, without: Op) -> String {
    pieces.into_iter().filter(|piece| piece.op != without).map(|piece| piece.text.as_str()).collect()
}

fn line(text: &str) -> Line {
    Line { kind: Kind::Paragraph, depth: 0, section: Vec::new(), cells: vec![text.to_owned()] }
}

/// Texts of marks, numbers, letters and Han, as a hostile clerk would write them.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "我局",
        "办理",
        "质量",
        "，",
        "。",
        "、",
        "“",
        "”",
        "（",
        "）",
        "138件",
        "2021年",
        "12.5%",
        "3",
        "a",
        "http://a",
        "b_c",
        "*",
        "**",
        "~~",
        "~",
        "\\",
        "<b>",
        "&amp;",
        "`",
        "[",
        "](x)",
        "#",
        "-",
        "1.",
        " ",
        "　",
        "|",
        "!",
        "\u{1f600}",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_redline_holds_both_texts(old in texts(), new in texts()) {
        let pieces = words(&old, &new);
        prop_assert_eq!(read(&pieces, Op::Ins), old);
        prop_assert_eq!(read(&pieces, Op::Del), new);
        // No confetti: what stands between two changes is more than a character.
        for three in pieces.windows(3) {
            prop_assert!(three[1].op != Op::Same || three[1].text.chars().count() > 1, "{:?}", pieces);
        }
    }

    #[test]
    fn aligned_blocks_hold_both_texts(old in prop::collection::vec(texts(), 0..8), new in prop::collection::vec(texts(), 0..8)) {
        let lines = |texts: &[String]| texts.iter().map(|text| line(text)).collect::<Vec<_>>();
        let edits = redline(&lines(&old), &lines(&new));
        let side = |own: Op, other: Op| -> Vec<String> {
            let edits = edits.iter().filter(|edit| edit.op == Op::Same || edit.op == own);
            edits.map(|edit| read(edit.cells.iter().flatten(), other)).collect()
        };
        prop_assert_eq!(side(Op::Del, Op::Ins), old);
        prop_assert_eq!(side(Op::Ins, Op::Del), new);
    }

    #[test]
    fn markdown_reads_back_as_both_texts(old in texts(), new in texts()) {
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        prop_assume!(squeezed(&old) != squeezed(&new));
        let edits = redline(&[line(&old)], &[line(&new)]);
        let name = || Name { name: "a".to_owned(), trouble: None };
        let diff = Diff { edition: Edition::Public, old: name(), new: name(), data: Data::default(), figures: None, text: Some(edits.clone()) };
        let look = Look { lang: Lang::Zh, color: false };
        let text = markdown(&diff, look);
        let (mut op, mut begun, mut pieces) = (Op::Same, false, Vec::new());
        for event in Parser::new_ext(&text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES) {
            match event {
                Event::End(TagEnd::Heading(_)) => begun = pieces.len() > 2,
                Event::Start(Tag::Strong) => op = Op::Ins,
                Event::Start(Tag::Strikethrough) => op = Op::Del,
                Event::End(TagEnd::Strong | TagEnd::Strikethrough) => op = Op::Same,
                Event::Text(text) => pieces.push((begun, Piece { op, text: text.into_string() })),
                Event::InlineHtml(text) => prop_assert_eq!(&*text, "<!-- -->"),
                Event::Start(Tag::Heading { .. } | Tag::Paragraph | Tag::List(None) | Tag::Item) => {}
                Event::End(TagEnd::Paragraph | TagEnd::List(_) | TagEnd::Item) => {}
                other => prop_assert!(false, "{:?} in {}", other, text),
            }
        }
        let found: Vec<Piece> = pieces.into_iter().filter(|(begun, _)| *begun).map(|(_, piece)| piece).collect();
        let said = |without| squeezed(&read(&found, without));
        prop_assert_eq!(said(Op::Ins), squeezed(&old), "{}", text);
        prop_assert_eq!(said(Op::Del), squeezed(&new), "{}", text);
        let page = html(&diff, look);
        prop_assert!(!page.contains("<b>"));
        let unmarked = |edit: &Edit| edit.cells.iter().flatten().all(|piece| !piece.text.is_empty());
        prop_assert!(edits.iter().all(unmarked));
    }
}
