//! The real binary, as a user runs it: what it makes, what it says, how it ends.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common;
use crate::common::office::Office;

#[test]
fn build_makes_three_files_and_says_so() {
    let office = Office::new("builds");
    let said = office.run(&["build"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    for (line, extension) in said.out.lines().skip(1).zip(["md", "html", "pdf"]) {
        assert!(line.starts_with(&format!("output/r/r.{extension}")) && line.ends_with(" ms"), "{line}");
        assert!(office.root.join(format!("output/r/r.{extension}")).exists());
    }
    assert!(said.out.lines().last().unwrap().contains(" pages  "), "{}", said.out);
    assert_eq!(said.out.lines().count(), 4, "{}", said.out);
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_locale_and_time_zone() {
    let office = Office::new("bytes");
    let read =
        || ["md", "html", "pdf"].map(|e| fs::read(office.root.join(format!("output/r/r.{e}"))).unwrap());
    office.run_in("C", &["build"]);
    let first = read();
    office.run_in("zh_CN.UTF-8", &["build"]);
    assert!(first == read());
    let mut command = Command::new(env!("CARGO_BIN_EXE_banjie"));
    command.arg("build").current_dir(&office.root).env_clear().env("TZ", "America/New_York");
    assert!(command.output().unwrap().status.success());
    assert!(first == read());
}

#[test]
fn formats_and_folders_can_be_chosen() {
    let office = Office::new("chosen");
    fs::rename(office.root.join("data"), office.root.join("reports")).unwrap();
    let said = office.run(&["build", "r", "--data", "reports", "--out", "made", "--format", "html,markdown"]);
    assert_eq!(said.status, 0, "{}", said.err);
    let mut made: Vec<_> =
        fs::read_dir(office.root.join("made/r")).unwrap().map(|f| f.unwrap().file_name()).collect();
    made.sort();
    assert_eq!(made, ["r.html", "r.md"]);
}

#[test]
fn the_grid_is_drawn_over_a_copy() {
    let office = Office::new("grid");
    let said = office.run(&["build", "--show-grid", "--format", "markdown,pdf"]);
    assert_eq!(said.status, 0, "{}", said.err);
    let read = |name: &str| fs::read(office.root.join("output/r").join(name));
    assert!(read("r.md").is_ok() && read("r.pdf").is_err());
    let rules = |bytes: &[u8]| {
        let pages = common::pdf::sheets(bytes);
        pages.iter().map(|page| page.rules.len()).collect::<Vec<_>>()
    };
    let with = rules(&read("r.grid.pdf").unwrap());
    office.run(&["build"]);
    let without = rules(&read("r.pdf").unwrap());
    // 29 lines down and 23 across the upright sheet; a turned page shows the same grid from its side.
    assert!(with.iter().zip(&without).all(|(with, without)| with - without == 52), "{with:?} {without:?}");
}

#[test]
fn check_writes_nothing() {
    let office = Office::new("checks");
    let said = office.run(&["check"]);
    assert_eq!((said.status, said.out.as_str()), (0, "r: no errors\n"));
    // As a shell completes it.
    assert_eq!(office.run(&["check", "data/r/"]).out, "r: no errors\n");
    assert!(!office.root.join("output").exists());
    office.change("cases.yaml", "id: 省建-02", "id: 省建-01");
    let said = office.run(&["check"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("error[L001]") && said.err.ends_with("\n1 error\n"), "{}", said.err);
}

#[test]
fn the_screen_is_chinese_where_the_locale_is() {
    let office = Office::new("languages");
    let zh = office.run_in("zh_CN.UTF-8", &["--help"]);
    assert!(
        zh.out.contains("用法：banjie <命令> [选项]") && zh.out.contains("build        生成报告"),
        "{}",
        zh.out
    );
    let en = office.run_in("en_US.UTF-8", &["build", "--help"]);
    assert!(en.out.contains("Usage: banjie build [REPORT]... [OPTIONS]"), "{}", en.out);
    let zh = office.run_in("zh_CN.UTF-8", &["build", "--formt", "pdf"]);
    assert_eq!((zh.status, zh.err.as_str()), (2, "错误：没有选项“--formt”\n用 banjie --help 看用法\n"));
    let zh = office.run_in("zh_CN.UTF-8", &["build", "--format", "doc"]);
    assert!(
        zh.err.starts_with("错误：选项 --format <格式> 不能写“doc”，可以写：markdown、html、pdf"),
        "{}",
        zh.err
    );
    office.change("report.yaml", "year: 2021", "year: 二〇二一");
    let zh = office.run_in("zh_CN.UTF-8", &["check"]);
    assert!(zh.err.contains("错误[Y003]: 这里应是整数，写的却是文字"), "{}", zh.err);
}

/// clap words its errors in English: in a Chinese locale none of them reaches the screen.
#[test]
fn mistakes_on_the_command_line_are_chinese() {
    let office = Office::new("mistakes");
    let table: &[(&[&str], &str)] = &[
        (&["biuld"], "没有命令“biuld”"),
        (&["check", "--jsno"], "没有选项“--jsno”"),
        (&["explain", "r", "cases.total", "more"], "参数“more”是多余的"),
        (&["build", "--out"], "选项 --out <文件夹> 后面要写一个值"),
        (&["verify", ""], "参数 <存档> 不能是空的"),
        (&["build", "--show-grid=1"], "选项 --show-grid 后面不写值，写了“1”"),
        (&["new", "n", "--genre", "g", "--year", "1800"], "选项 --year <年份> 不能写“1800”"),
        (&["completions", "sh"], "参数 <外壳> 不能写“sh”，可以写：bash、elvish、fish、powershell、zsh"),
        (&["explain"], "缺少 <报告>"),
        (&["check", "--json", "--json"], "选项 --json 只能写一次"),
        (&["check", "--json", "--format", "text"], "--json 和 --format <格式> 不能同时写"),
    ];
    for (arguments, words) in table {
        let said = office.run_in("zh_CN.UTF-8", arguments);
        let expected = format!("错误：{words}\n用 banjie --help 看用法\n");
        assert_eq!((said.status, said.err), (2, expected), "{arguments:?}");
    }
}

#[test]
fn what_cannot_run_ends_with_2() {
    let office = Office::new("cannot");
    let table: &[(&[&str], &str)] = &[
        (&["build", "--data", "nowhere"], "there is no data folder nowhere here"),
        (&["build", "other"], "no report \"other\" in data; there are: r"),
        (&["build", "../r"], "no report \"../r\" in data"),
        (&["build", "--templates", "nowhere"], "cannot read the templates in nowhere"),
        (&["build", "--fonts", "nowhere"], "cannot read the fonts in nowhere"),
        (&["build", "--data", "data/r"], "no reports in data/r"),
        (&["make"], "unrecognized subcommand 'make'"),
        (&[], "requires a subcommand"),
    ];
    for (arguments, words) in table {
        let said = office.run(arguments);
        assert!(said.status == 2 && said.err.contains(words), "{arguments:?}: {} {}", said.status, said.err);
    }
    fs::write(office.root.join("output"), "a file where a folder should be").unwrap();
    let said = office.run(&["build"]);
    assert!(said.status == 2 && said.err.contains("cannot write to output"), "{}", said.err);
}

#[test]
fn all_faults_of_all_files_are_told_at_once() {
    let office = Office::new("all");
    office
        .change("report.yaml", "year: 2021", "yaer: 2021")
        .change("report.yaml", "  signature: ", "  sigature: ")
        .change("cases.yaml", "    role: 会办", "    rolle: 会办")
        .change("cases.yaml", "replied: 2021-05-21", "replied: 2021-09-31")
        .change("cases.yaml", "level: 省", "level: 郡")
        .change("cases.yaml", "leader_led: true", "leader_led: maybe")
        .change("figures.yaml", "value: 152.67", "value: 152.67亿")
        .change("figures.yaml", "unit: 名", "unit:");
    let said = office.refuses(&[
        "Y002 report.yaml:4:1",
        "Y002 report.yaml:8:3",
        "Y002 cases.yaml:11:5",
        "Y003 cases.yaml:16:14",
        "Y003 cases.yaml:20:12",
        "Y003 cases.yaml:318:17",
        "Y003 figures.yaml:6:12",
        "Y003 figures.yaml:38:9",
    ]);
    assert!(said.err.contains("did you mean `role`?"), "{}", said.err);
    assert!(
        said.err.contains("\"郡\" is not a level; write one of: 全国 national、省 provincial"),
        "{}",
        said.err
    );
    assert!(said.err.contains("8 errors; reports with errors were not written"), "{}", said.err);
}

#[test]
fn elements_of_an_official_document_that_are_not_in_form() {
    let office = Office::new("elements");
    let elements = "  copy_number: 1
  classification: 机密1年
  urgency: 急
  issuers: [甲局, '']
  number: 武科办[2021]1号
  addressees: 市人民政府：
  seal: 公章
  note: （此件公开）
  copies: 市委督查室。
  date_printed: 2021-12-32
  title: ";
    office.change("report.yaml", "  title: ", elements);
    let said = office.refuses(&[
        "Y003 report.yaml:6:16",
        "Y003 report.yaml:7:19",
        "Y003 report.yaml:8:12",
        "Y003 report.yaml:9:17",
        "Y003 report.yaml:10:11",
        "Y003 report.yaml:11:15",
        "Y003 report.yaml:12:9",
        "Y003 report.yaml:13:9",
        "Y003 report.yaml:14:11",
        "Y003 report.yaml:15:17",
    ]);
    assert!(
        said.err.contains("brackets 〔〕: write a document's number like 武科办〔2021〕1号"),
        "{}",
        said.err
    );
    let office = Office::new("number-of-another-year");
    let elements = "  issuers: [甲局]\n  number: 武科办〔2020〕1号\n  title: ";
    let said = office.change("report.yaml", "  title: ", elements).run(&["check"]);
    assert!(said.status == 0 && said.err.contains("warning[H004]"), "{}", said.err);
}

/// Commands and options, as a help lists them.
fn listed(help: &str, head: &str) -> Vec<String> {
    let rows =
        help.split(head).nth(1).unwrap_or_default().lines().skip(1).take_while(|line| line.starts_with(' '));
    let word = |row: &str| {
        row.split_whitespace().find(|word| word.len() > 2 && !word.starts_with("-V")).map(str::to_owned)
    };
    let names = rows.filter(|row| row[2..].starts_with([' ', '-']) == (head == "Options:")).filter_map(word);
    names.filter(|name| head != "Options:" || name.starts_with("--")).collect()
}

/// The part of a completion script that is a command's own.
fn of_command<'s>(shell: &str, script: &'s str, words: &[&str]) -> std::borrow::Cow<'s, str> {
    let between = |from: &str, to: &str| {
        let rest = script.split_once(from).map_or("", |(_, rest)| rest);
        rest.split(to).next().unwrap_or_default()
    };
    let last = words[words.len() - 1];
    match shell {
        "bash" => {
            between(&format!("\n        banjie__subcmd__{})", words.join("__subcmd__")), "\n        banjie__")
                .into()
        }
        "zsh" => between(&format!("({last})\n_arguments"), ";;").into(),
        "powershell" => between(&format!("'banjie;{}' {{", words.join(";")), "break").into(),
        "elvish" => between(&format!("&'banjie;{}'= {{", words.join(";")), "\n        }").into(),
        _ => {
            let own = format!("__fish_seen_subcommand_from {last}\"");
            let alone = format!("__fish_banjie_using_subcommand {last}\"");
            let rows = script.lines().filter(|row| {
                row.contains(&own)
                    || row.contains(&alone)
                    || row.contains(&format!("__fish_banjie_using_subcommand {last};"))
            });
            rows.collect::<Vec<_>>().join("\n").into()
        }
    }
}

#[test]
fn completions_and_manual_name_every_command_and_option() {
    let office = Office::new("completions");
    let out = |arguments: &[&str]| {
        let said = office.run(arguments);
        assert_eq!((said.status, said.err.as_str()), (0, ""), "{arguments:?}");
        said.out
    };
    let commands = listed(&out(&["--help"]), "Commands:");
    assert!(commands.len() > 10, "{commands:?}");
    let shells = ["bash", "zsh", "fish", "powershell", "elvish"];
    let scripts = shells.map(|shell| out(&["completions", shell]));
    let manual = out(&["man"]);
    for command in commands.iter().map(String::as_str).chain(["genres eject"]) {
        let words: Vec<&str> = command.split(' ').collect();
        let options = listed(&out(&[&words[..], &["--help"]].concat()), "Options:");
        let page = out(&[&["man"], &words[..]].concat()).replace('\\', "");
        for option in &options {
            assert!(page.contains(option), "man {command}: {option}");
        }
        // Each shell has the options of a command in a place of its own.
        for (shell, script) in shells.iter().zip(&scripts) {
            let own = of_command(shell, script, &words);
            assert!(!own.is_empty(), "{shell}: {command}");
            // Whole words: `json` is also a value of `--format`, and `at` a part of it. fish writes `-l json` for `--json`.
            let own = own.replace(" -l ", " --");
            let words: Vec<&str> = own.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').collect();
            for option in &options {
                assert!(words.contains(&option.as_str()), "{shell}: {command} {option}: {own}");
            }
        }
        assert!(words.len() > 1 || manual.contains(&format!("banjie\\-{command}")), "man: {command}");
    }
    let said = office.run(&["man", "biuld"]);
    assert_eq!((said.status, said.err.as_str()), (2, "error: there is no command \"biuld\"\n"));
    let options: usize = commands.iter().map(|name| listed(&out(&[name, "--help"]), "Options:").len()).sum();
    assert!(options > 25, "the test has stopped seeing the options: {options}");
}

/// `--json` and `--format json` are the same, byte for byte, in every command that has them.
#[test]
fn json_has_two_names() {
    let office = Office::new("json");
    office.change(
        "report.yaml",
        "header:",
        "archive: { fonds: J001, retention: 30年, section: BGS, item: 7 }\nheader:",
    );
    assert_eq!(office.run(&["archive", "r", "--out", "out"]).status, 0);
    let bag = fs::read_dir(office.root.join("out/archive")).unwrap().next().unwrap().unwrap().path();
    // A second report, with numbers that were typed.
    fs::create_dir(office.root.join("data/typed")).unwrap();
    for file in ["report.yaml", "cases.yaml", "figures.yaml"] {
        let text = office.text(file).replacen("\npreamble: |-\n", "\npreamble: |-\n  走访企业35家。\n", 1);
        fs::write(office.root.join("data/typed").join(file), text).unwrap();
    }
    office.change("cases.yaml", "id: 省建-02", "id: 省建-01");
    let bag = bag.to_str().unwrap();
    let rows: [&[&str]; 7] = [
        &["check"],
        &["lint", "data/r/report.yaml"],
        &["verify", bag],
        &["history", "--out", "out"],
        &["explain", "r", "cases.total"],
        &["diff", "r", bag],
        &["figures", "typed"],
    ];
    let whole = office.run(&["--help"]).out;
    let with_format = listed(&whole, "Commands:")
        .into_iter()
        .filter(|name| name != "build" && office.run(&[name, "--help"]).out.contains("--format"));
    let named: std::collections::BTreeSet<&str> = rows.iter().map(|row| row[0]).collect();
    assert_eq!(
        with_format.collect::<std::collections::BTreeSet<_>>(),
        named.into_iter().map(str::to_owned).collect()
    );
    for row in rows {
        if row[0] == "explain" {
            office.change("cases.yaml", "id: 省建-01", "id: 省建-99");
        }
        let run = |more: &[&str]| {
            let said = office.run(&[row, more].concat());
            (said.status, said.out, said.err)
        };
        let short = run(&["--json"]);
        assert!(short.1.starts_with(['{', '[']), "{row:?}: {short:?}");
        assert_eq!(short, run(&["--format", "json"]), "{row:?}");
        assert_eq!(run(&["--json", "--format", "text"]).0, 2, "{row:?}");
    }
}

#[test]
fn a_duplicate_id_names_the_first() {
    let office = Office::new("duplicate");
    office.change("cases.yaml", "id: 省建-02", "id: 省建-01");
    let said = office.refuses(&["L001 cases.yaml:36:9"]);
    assert!(said.err.contains("already that of case 2"), "{}", said.err);
    // Both places are shown, each with its line.
    for words in ["--> data/r/cases.yaml:36:9", "::: data/r/cases.yaml:18:9", "------- first used here"] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
}

/// What cannot be printed is a failure, except where nobody reads on.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_on_standard_output_is_a_failure() {
    let office = Office::new("full-disk");
    for arguments in [
        &["check"][..],
        &["check", "--json"],
        &["explain", "r", "cases.total"],
        &["diff", "r", "r"],
        &["schema", "report"],
        &["genres"],
        &["figures", "r"],
        &["--help"],
    ] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_banjie"));
        command.args(arguments).current_dir(&office.root).env("LC_ALL", "C.UTF-8").env("LANG", "C.UTF-8");
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let done = command.stdout(full).output().unwrap();
        let err = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{arguments:?}: {err}");
        assert!(err.contains("the disk may be full"), "{arguments:?}: {err}");
    }
}

/// Names of files are data as well: what steers a terminal is shown and not sent.
#[cfg(unix)]
#[test]
fn nothing_that_steers_a_terminal_is_printed() {
    let office = Office::new("steering");
    let name = "r\u{1b}[2J\u{202e}x";
    fs::rename(office.root.join("data/r"), office.root.join("data").join(name)).unwrap();
    for arguments in
        [&["check"][..], &["check", "--json"], &["build", "--format", "markdown"], &["diff", "none", name]]
    {
        let said = office.run(arguments);
        let all = said.out + &said.err;
        assert!(!all.contains('\u{1b}') && !all.contains('\u{202e}'), "{arguments:?}: {all:?}");
    }
    assert!(office.run(&["check"]).out.contains("\\u001b[2J\\u202ex"));
}

#[test]
fn a_file_that_is_no_text_is_called_what_it_is() {
    let office = Office::new("foreign");
    for (bytes, words) in [
        (&b"PK\x03\x04\x14\x00"[..], "Word、Excel、WPS 文档或压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "旧版 Word、Excel 或 WPS 文档"),
        (b"%PDF-1.7\n", "是 PDF ，不是 YAML"),
        (b"\xff\xfea\x00", "UTF-16"),
        ("\u{feff}figures: {}\n".as_bytes(), ""),
    ] {
        fs::write(office.file("figures.yaml"), bytes).unwrap();
        let said = office.run_in("zh_CN.UTF-8", &["check"]);
        let is_told = said.err.contains("Y005") && said.err.contains(words);
        assert_eq!(is_told, !words.is_empty(), "{}", said.err);
    }
}

#[test]
fn a_missing_key_is_called_by_its_name() {
    let office = Office::new("missing-keys");
    let text = office.text("cases.yaml");
    let at = text.find("    level:").unwrap();
    let end = at + text[at..].find("    proposer:").unwrap();
    fs::write(office.file("cases.yaml"), format!("{}{}", &text[..at], &text[end..])).unwrap();
    let said = office.run_in("zh_CN.UTF-8", &["check"]);
    for words in ["缺少 层级 level", "缺少 种类 kind", "缺少 办理角色 role"] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
}

#[test]
fn files_that_are_missing_empty_or_elsewhere() {
    let office = Office::new("files");
    fs::remove_file(office.file("cases.yaml")).unwrap();
    fs::write(office.file("figures.yaml"), "\n \n").unwrap();
    office.refuses(&["Y005 report.yaml:14:9", "Y005 figures.yaml"]);
    for name in ["../r/cases.yaml", "/etc/passwd", "..", "C:cases.yaml", "sub/cases.yaml"] {
        let office = Office::new("elsewhere");
        office.change("report.yaml", "ledger: cases.yaml", &format!("ledger: \"{name}\""));
        let said = office.refuses(&["Y006 report.yaml:14:9"]);
        assert!(said.err.contains("not the name of a file in the report's own folder"), "{}", said.err);
    }
    let office = Office::new("none");
    fs::remove_file(office.file("report.yaml")).unwrap();
    assert_eq!(office.run(&["build"]).status, 2);
    let said = office.run(&["build", "r"]);
    assert!(said.status == 1 && said.err.contains("no such file: data/r/report.yaml"), "{}", said.err);
}

#[test]
fn a_yaml_bomb_is_refused() {
    let office = Office::new("bomb");
    let mut bomb = String::from("a0: &a0 [\"lol\"]\n");
    for level in 1..30 {
        let refs = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb += &format!("a{level}: &a{level} [{refs}]\n");
    }
    fs::write(office.file("cases.yaml"), bomb + "cases: *a29\n").unwrap();
    let said = office.run(&["build"]);
    assert!(said.status == 1 && said.err.contains("error[Y001]"), "{}", said.err);
    for deep in ["[", "{a: ", "- ", "-\n ", "? "] {
        fs::write(office.file("cases.yaml"), format!("cases:\n  {}", deep.repeat(30_000))).unwrap();
        let said = office.run(&["build"]);
        assert!(said.status == 1 && said.err.contains("error[Y001]"), "{deep}: {}", said.err);
    }
}

#[test]
fn a_huge_title_is_refused_and_not_shown() {
    let office = Office::new("huge");
    office.change(
        "cases.yaml",
        "title: 关于支持武汉",
        &format!("title: {}", "长".repeat((10 << 20) / "长".len())),
    );
    let said = office.refuses(&["Y003 cases.yaml:8:12"]);
    assert!(said.err.contains("text too long") && said.err.len() < 1000, "{}", said.err.len());
}

#[test]
fn bytes_that_are_no_text() {
    let office = Office::new("nul");
    office.change("cases.yaml", "title: 关于支持武汉", "title: \"\\0关于");
    office.change("cases.yaml", "中心的建议\n", "中心的建议\"\n");
    office.refuses(&["Y003 cases.yaml:8:12"]);
    let office = Office::new("raw-nul");
    office.change("cases.yaml", "title: 关于支持武汉", "title: \0关于");
    office.refuses(&["Y001 cases.yaml:8:12"]);
    let office = Office::new("gbk");
    let mut bytes = office.text("cases.yaml").into_bytes();
    let at = bytes.windows(4).position(|four| four == b"id: ").unwrap() + 4;
    bytes.splice(at..at + 6, [0xB9, 0xFA, 0xBD, 0xA8]);
    fs::write(office.file("cases.yaml"), bytes).unwrap();
    let said = office.refuses(&["Y005 cases.yaml:7:9"]);
    assert!(said.err.contains("not UTF-8") && said.err.contains("GBK"), "{}", said.err);
    let office = Office::new("bom");
    fs::write(office.file("cases.yaml"), format!("\u{feff}{}", office.text("cases.yaml"))).unwrap();
    assert_eq!(office.run(&["build"]).status, 0);
}

#[test]
fn nothing_in_a_case_becomes_markup() {
    let office = Office::new("markup");
    let title = "{{ fig(name=1) }} {% raw %} <script>alert(1)</script> | ](figure:cases.total) `**a**` &amp; # \\| 的建议";
    office.change("cases.yaml", "关于支持武汉建设具有全国影响力科技创新中心的建议", &format!("'{title}'"));
    let said = office.run(&["build"]);
    assert_eq!(said.status, 0, "{}", said.err);
    let html = fs::read_to_string(office.root.join("output/r/r.html")).unwrap();
    assert!(!html.contains("<script"), "a script tag");
    let escaped = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let plain =
        html.replace("&quot;", "\"").replace("&#x27;", "'").replace("&#39;", "'").replace("&#x2F;", "/");
    assert!(plain.contains(&escaped), "the title as it was");
    let markdown = fs::read_to_string(office.root.join("output/r/r.md")).unwrap();
    let row = markdown.lines().find(|line| line.contains("国建-01")).unwrap();
    assert_eq!(row.replace("\\|", "").matches('|').count(), 8, "{row}");
}

#[test]
fn templates_and_prose_say_where_they_fail() {
    let office = Office::new("prose");
    office
        .change("report.yaml", "fig(name=\"rd_share_of_gdp\")", "fig(name=\"rd_share\")")
        .change("report.yaml", "fig(name=\"open_challenge_lists\")", "fig(naem=\"x\")")
        .change(
            "report.yaml",
            "count(leader_led=true, role=\"会办\")",
            "count(leader_led=true, role=\"协助\")",
        )
        .change("report.yaml", "高标准谋划东湖科学城", "<b>高标准</b>谋划东湖科学城");
    let said = office.refuses(&[
        "T001 report.yaml:59:56",
        "T001 report.yaml:100:58",
        "T002 report.yaml:104:23",
        "T002 report.yaml:104:29",
        "T001 report.yaml:137:49",
    ]);
    assert!(said.err.contains("no figure named `rd_share`; did you mean `rd_share_of_gdp`?"), "{}", said.err);

    let office = Office::new("templates");
    let own = office.root.join("own/annual-summary");
    fs::create_dir_all(&own).unwrap();
    let text = common::file("templates/annual-summary/report.md.tera");
    let wrong = text.replacen("{{ preamble }}", "{{ preambel }}", 1).replacen(
        "wording.practices",
        "wordings.practices",
        1,
    );
    fs::write(own.join("report.md.tera"), wrong).unwrap();
    let text = common::file("templates/annual-summary/overview.md.tera");
    let wrong = text.replacen("fig(name=\"cases.total\"", "fig(name=\"cases.totel\"", 1);
    fs::write(own.join("overview.md.tera"), wrong).unwrap();
    let said = office.run(&["build", "--templates", "own"]);
    assert_eq!(said.status, 1);
    for words in [
        "--> own/annual-summary/report.md.tera:4:4",
        "--> own/annual-summary/report.md.tera:20:7",
        "--> own/annual-summary/overview.md.tera:8:11",
        "did you mean `cases.total`?",
    ] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
    fs::write(own.join("report.md.tera"), "# {{ title }\n").unwrap();
    let said = office.run(&["build", "--templates", "own"]);
    assert!(
        said.status == 1 && said.err.contains("--> own/annual-summary/report.md.tera:1:"),
        "{}",
        said.err
    );
}

#[test]
fn a_number_in_a_template_of_ones_own_has_its_line() {
    let office = Office::new("naked-template");
    let own = office.root.join("own/annual-summary");
    fs::create_dir_all(&own).unwrap();
    let text = common::file("templates/annual-summary/ledger.md.tera");
    fs::write(own.join("ledger.md.tera"), format!("{text}\n我局另有37名联络员。\n")).unwrap();
    let said = office.run(&["check", "--templates", "own"]);
    let line = text.lines().count() + 2;
    let place = format!("--> own/annual-summary/ledger.md.tera:{line}:");
    assert!(said.err.contains("[N001]") && said.err.contains(&place), "{}", said.err);
}

#[test]
fn a_template_of_ones_own_shadows_file_by_file() {
    let office = Office::new("shadow");
    let own = office.root.join("own/annual-summary");
    fs::create_dir_all(&own).unwrap();
    fs::write(own.join("ledger.md.tera"), "# 我的台账\n\n共{{ fig(name=\"cases.total\") }}。\n").unwrap();
    let said = office.run(&["build", "--templates", "own", "--format", "markdown"]);
    assert_eq!(said.status, 0, "{}", said.err);
    let markdown = fs::read_to_string(office.root.join("output/r/r.md")).unwrap();
    assert!(markdown.contains("# 我的台账\n\n共138件。\n") && markdown.contains("## 一、基本情况"));
    assert_eq!(said.err, "");
    fs::rename(own.join("ledger.md.tera"), own.join("leger.md.tera")).unwrap();
    let said = office.run(&["build", "--templates", "own", "--format", "markdown"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(
        said.err.contains("warning[T005]") && said.err.contains("own/annual-summary/leger.md.tera"),
        "{}",
        said.err
    );
}

#[test]
fn a_typed_figure_and_a_character_without_a_glyph() {
    let office = Office::new("typed");
    office.change("report.yaml", "总的看，", "总的看，[139](figure:cases.total)件");
    let said = office.refuses(&["F001 report.yaml:29:11"]);
    assert!(said.err.contains("do not type figure links"), "{}", said.err);
    let office = Office::new("glyph");
    office.change("cases.yaml", "title: 关于支持武汉", "title: 关于支持武汉\u{2a6d6}");
    let said = office.refuses(&["G001 cases.yaml:8:18"]);
    assert!(said.err.contains("U+2A6D6"), "{}", said.err);
}

#[test]
fn fonts_of_ones_own_are_named_and_useless_ones_are_warned_of() {
    let office = Office::new("fonts");
    let fonts = office.root.join("own");
    fs::create_dir_all(&fonts).unwrap();
    let fandol = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/fandol/FandolFang-Regular.otf");
    fs::copy(fandol, fonts.join("fang.otf")).unwrap();
    fs::write(fonts.join("broken.ttf"), "no font").unwrap();
    fs::write(fonts.join("readme.txt"), "no font either").unwrap();
    let said = office.run(&["build", "--fonts", "own", "--format", "pdf"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(
        said.err.contains("warning[G002]: not a usable font") && said.err.contains("own/broken.ttf"),
        "{}",
        said.err
    );
    assert!(!said.err.contains("readme.txt") && !said.err.contains("fang.otf"), "{}", said.err);
    assert!(said.out.contains("仿宋 FandolFang"), "{}", said.out);
    let without = office.run(&["build", "--format", "pdf"]);
    assert!(without.out.contains("仿宋 Banjie Fang"), "{}", without.out);
}

#[test]
fn what_would_be_wrong_in_silence_is_refused() {
    let second = "  hubei_laboratories:\n    label: 甲\n    value: 9\n    unit: 家\n    source: 乙\n    as_of: 2021年\n";
    let table: &[(&str, &str, &str, &str)] = &[
        ("figures.yaml", "figures:\n", &format!("figures:\n{second}"), "Y001 figures.yaml:4:3"),
        ("report.yaml", "count(leader_led=true)", "count(office=\"成果转换处\")", "T001 report.yaml:58:25"),
        ("report.yaml", "count(leader_led=true)", "count(leader_led=true, unit=1)", "T001 report.yaml:58:25"),
        (
            "report.yaml",
            "{{ count(leader_led=true) }}",
            "{ count(leader_led=true) }",
            "T001 report.yaml:58:24",
        ),
        (
            "report.yaml",
            "{{ count(leader_led=true) }}",
            "{% for a in [1] %}{% endfor %}",
            "T001 report.yaml:58:22",
        ),
        ("report.yaml", "{{ count(leader_led=true) }}", "{{ [a for a in cases] }}", "T001 report.yaml:58:28"),
        (
            "report.yaml",
            "{{ count(leader_led=true) }}",
            "{{ \"长\" | indent(width=9) }}",
            "T001 report.yaml:58:31",
        ),
        ("report.yaml", "heading: 扛牢", "heading: （一）扛牢", "T004 report.yaml:49:14"),
        ("report.yaml", "heading: 强化科技", "heading: 一是强化科技", "T004 report.yaml:87:16"),
        ("report.yaml", "总的看，", "5*6*7米，", "T002 report.yaml:29:4"),
        ("report.yaml", "year: 2021", "year: 2022", "H002 report.yaml:6:10"),
        ("report.yaml", "  title: ", "  classification: 秘密\n  title: ", "H003 report.yaml:6:19"),
        ("report.yaml", "  title: ", "  seal: 签名章\n  title: ", "H005 report.yaml:6:9"),
        ("report.yaml", "  title: ", "  printing_office: 甲\n  title: ", "H006 report.yaml:6:20"),
        ("report.yaml", "  title: ", "  number: 甲〔2021〕1号\n  title: ", "H007 report.yaml:6:11"),
        ("report.yaml", "  title: ", "  issuers: [武汉市科学技术局文件]\n  title: ", "H008 report.yaml:6:13"),
        (
            "report.yaml",
            "ledger: ",
            "last_year: { source: 上年报告, counts: [{ level: 省, kind: 代表建议, count: 5件 }] }\nledger: ",
            "Y003 report.yaml:14:68",
        ),
        ("cases.yaml", "replied: 2021-05-21", "replied: 2022-05-21", "L004 cases.yaml:16:14"),
        ("cases.yaml", "title: 关于支持武汉", "title: 关于\u{202e}支持武汉", "Y003 cases.yaml:8:12"),
        ("cases.yaml", "    role: 会办", "    role：会办", "Y001 cases.yaml:11:9"),
        ("cases.yaml", "title: 关于支持武汉", "title: \"关于支持武汉", "Y001 cases.yaml:8:12"),
        ("figures.yaml", "value: 152.67", "value: 152.67.1", "Y003 figures.yaml:6:12"),
    ];
    for (file, from, to, expected) in table {
        let office = Office::new("silence");
        office.change(file, from, to);
        office.refuses(&[expected]);
    }
    let office = Office::new("copied");
    assert!(!office.run(&["check"]).err.contains("L007"));
    office.change("report.yaml", "year: 2021", "year: 2022").change(
        "report.yaml",
        "title: 武汉市科学技术局2021年",
        "title: 武汉市科学技术局2022年",
    );
    office.change(
        "report.yaml",
        "title_lines: [武汉市科学技术局2021年",
        "title_lines: [武汉市科学技术局2022年",
    );
    let said = office.run(&["check"]);
    assert!(
        said.status == 0 && said.err.contains("warning[L007]") && said.err.contains("cases.yaml:14:15"),
        "{}",
        said.err
    );
    let office = Office::new("late");
    office.change("cases.yaml", "due: 2021-12-31", "due: 2021-11-30");
    let said = office.run(&["build"]);
    assert!(said.status == 0 && said.err.contains("warning[L005]"), "{}", said.err);
    let office = Office::new("none-left");
    fs::write(office.file("cases.yaml"), "cases: []\n").unwrap();
    assert!(office.run(&["check"]).err.contains("error[L006]"));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let office = Office::new("pipe");
    let mut command = Command::new(env!("CARGO_BIN_EXE_banjie"));
    command.arg("build").current_dir(&office.root).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

/// Diagnostics for editors and CI: the same findings, with the same places, as JSON and as SARIF.
#[test]
fn findings_are_told_to_machines() {
    let office = Office::new("machines");
    office
        .change("cases.yaml", "id: 省建-02", "id: 省建-01")
        .change("cases.yaml", "assigned: 2021-02-22", "assigned: 2020-02-22")
        // An error hides what this is for: it is not called unused (A002).
        .change("report.yaml", "year: 2021\n", "year: 2021\nallow: [{ rule: N001, reason: 名称 }]\n");
    let read = |style: &str| -> serde_json::Value {
        let said = office.run(&["check", "--format", style]);
        assert_eq!((said.status, said.err.as_str()), (1, ""));
        serde_json::from_str(&said.out).unwrap()
    };
    let json = read("json");
    assert_eq!((json["errors"].as_u64(), json["warnings"].as_u64()), (Some(1), Some(2)));
    let told = &json["diagnostics"];
    assert_eq!(told.as_array().unwrap().len(), 3);
    let error = told.as_array().unwrap().iter().find(|told| told["code"] == "L001").unwrap();
    assert_eq!(error["severity"], "error");
    assert_eq!(error["file"], "data/r/cases.yaml");
    let place = ["line", "column", "end_line", "end_column"].map(|key| error[key].as_u64().unwrap());
    let text = office.text("cases.yaml");
    let line = text.lines().nth(place[0] as usize - 1).unwrap();
    let word: String =
        line.chars().skip(place[1] as usize - 1).take((place[3] - place[1]) as usize).collect();
    assert_eq!((word.as_str(), place[0]), ("省建-01", place[2]));
    let first = &error["also"][0];
    assert_eq!((&first["file"], first["column"].as_u64()), (&error["file"], Some(9)));
    assert_eq!(first["label"], "first used here");
    let sarif = read("sarif");
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "banjie");
    let rules: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert_eq!(rules, ["L001", "L015", "P001"]);
    let result = run["results"].as_array().unwrap().iter().find(|result| result["ruleId"] == "L001").unwrap();
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "data/r/cases.yaml");
    assert_eq!(location["region"]["startLine"].as_u64(), Some(place[0]));
    let related = &result["relatedLocations"][0];
    assert_eq!(related["message"]["text"], "first used here");
    assert_eq!(related["physicalLocation"]["region"]["startLine"], first["line"]);
    let clean = Office::new("machines-clean").run(&["check", "--format", "json"]);
    assert_eq!(clean.status, 0);
    assert_eq!(clean.out.trim(), "{\n  \"diagnostics\": [],\n  \"errors\": 0,\n  \"warnings\": 0\n}");
}

/// Of a report with hundreds of findings every rule is shown at least once, and the rest is counted by rule.
#[test]
fn no_rule_is_hidden_by_another() {
    let office = Office::new("hidden");
    let text = office.text("cases.yaml");
    fs::write(office.file("cases.yaml"), text.replace("assigned: 2021-0", "assigned: 2020-0")).unwrap();
    office.change("report.yaml", "year: 2021\n", "year: 2021\nclaims: [全部办结]\n");
    let said = office.run(&["check"]);
    let shown = |code: &str| said.err.matches(&format!("[{code}]:")).count();
    assert_eq!((shown("L007"), shown("C001")), (1, 1), "{}", said.err);
    assert_eq!(["L007", "C001", "P001", "L002"].map(shown).iter().sum::<usize>(), 100, "{}", said.err);
    assert!(said.err.contains("more are not shown: "), "{}", said.err);
}

/// What an office has looked at stands, with a reason; a needless or a senseless allowance is told.
#[test]
fn what_is_allowed_stands() {
    let office = Office::new("allowed");
    office.change("report.yaml", "总的看，", "总的看，另有8家企业。");
    let said = office.run(&["check"]);
    assert!(said.status == 1 && said.err.contains("error[N001]"), "{}", said.err);
    assert!(said.err.contains("data/r/report.yaml:29:9"), "{}", said.err);
    let allow = |rule: &str, words: &str| {
        let text = office.text("report.yaml");
        let text = text.split("\nallow:").next().unwrap().to_owned();
        let line = format!("\nallow: [{{ rule: {rule}, words: {words}, reason: 名称 }}]\n");
        fs::write(office.file("report.yaml"), text.trim_end().to_owned() + &line).unwrap();
        office.run(&["check"])
    };
    let said = allow("N001", "另有8家");
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    // The rest of the line is not what was found.
    let said = allow("N001", "总的看");
    assert!(said.status == 1 && said.err.contains("error[N001]"), "{}", said.err);
    let said = allow("N001", "另有9家");
    assert!(
        said.status == 1 && said.err.contains("warning[A002]") && said.err.contains("error[N001]"),
        "{}",
        said.err
    );
    let said = allow("Y003", "一");
    assert!(
        said.status == 1 && said.err.contains("error[A001]: what Y003 finds cannot be allowed"),
        "{}",
        said.err
    );
    let said = allow("L00", "一");
    assert!(said.err.contains("error[A001]: there is no rule L00"), "{}", said.err);
}

/// What each of some texts in the place of a whole key of a sample's report is told as.
fn told_of(sample: &str, key: &str, next: &str, table: &[(&str, &[&str], &str)]) {
    for (text, expected, words) in table {
        let office = Office::with(&format!("told-of-{key}"), sample);
        let report = office.text("report.yaml");
        let at = report.find(&format!("\n{key}:")).unwrap() + 1;
        let end = at + report[at..].find(&format!("\n{next}")).unwrap() + 1;
        fs::write(office.file("report.yaml"), format!("{}{text}\n{}", &report[..at], &report[end..]))
            .unwrap();
        let said = office.refuses(expected);
        assert!(said.err.contains(words), "{text}: {}", said.err);
        for words in ["struct", "sequence", "u16", "unit value", "Vec<", "string"] {
            assert!(!said.err.contains(words), "{text}: {words}: {}", said.err);
        }
        let zh = office.run_in("zh_CN.UTF-8", &["check"]);
        let messages = zh.err.lines().filter_map(|line| line.strip_prefix("错误["));
        for message in messages {
            for words in ["expected", "found", "invalid", "a text"] {
                assert!(!message.contains(words), "{text}: {message}");
            }
        }
    }
}

#[test]
fn last_years_counts_that_do_not_read_are_told_once() {
    let missing = "a total or counts are needed";
    let twice = "last_year: { source: 甲, counts: [{ level: 省, kind: 提案, count: 4 }, { level: 省, kind: 政协提案, count: 1 }] }";
    // The stand-in for the second is like the first.
    let again = "last_year: { source: 甲, counts: [{ level: 全国, kind: 议案, count: 4 }, { level: 全国, kind: 议案, count: 1 }] }";
    told_of(
        "jilin-kjt-2024",
        "last_year",
        "\nwording",
        &[
            (
                "last_year: 98",
                &["Y003 report.yaml:20:12"],
                "write a record, each key on a line of its own: source: …",
            ),
            ("last_year: { source: 甲 }", &["Y003 report.yaml:20:14"], missing),
            ("last_year: { source: 甲, total: ~ }", &["Y003 report.yaml:20:14"], missing),
            (
                "last_year: { source: 甲, total: 5, counts: [{ level: 省, kind: 提案, count: 4 }] }",
                &["Y003 report.yaml:20:14"],
                "the counts make 4, not the total of 5",
            ),
            (
                "last_year: { source: 甲, total: 九十, counts: [{ level: 省, kind: 提案, count: 4 }] }",
                &["Y003 report.yaml:20:32"],
                "is no count",
            ),
            (twice, &["Y003 report.yaml:20:70"], "counted twice"),
            (again, &["Y003 report.yaml:20:71"], "counted twice"),
        ],
    );
    // The prose is composed all the same.
    let office = Office::with("last-year-in-prose", "jilin-kjt-2024");
    let text = office.text("report.yaml");
    let line = text.lines().find(|line| line.starts_with("last_year:")).unwrap();
    let prose = "{{ fig(name=\"nix\") }}";
    office.change("report.yaml", line, "last_year: 98").change("report.yaml", "件数明显增多", prose);
    office.refuses(&["Y003 report.yaml:20:12", "T001 report.yaml:30:6"]);
}

#[test]
fn what_stands_in_place_of_lists_and_records_hides_nothing() {
    let plan = "wuhan-motion2-2020";
    // A fault above and the prose below are told as well.
    let office = Office::with("instead", plan);
    office
        .change("report.yaml", "year: 2020", "year: 70000")
        .change("report.yaml", "        lead: [市科技局]", "        lead: 市科技局")
        .change("report.yaml", "leading_group.name }}", "leading_group.nam }}");
    let said = office.refuses(&["Y003 report.yaml:5:7", "Y003 report.yaml:43:15", "T001 report.yaml:222:26"]);
    assert!(said.err.contains("expected a whole number from 0 to 65535, found 70000"), "{}", said.err);
    assert!(said.err.contains("write [市科技局], or each item"), "{}", said.err);
    told_of(
        plan,
        "phases",
        "\nrequirements",
        &[
            ("phases: []", &["Y003 report.yaml:191:9"], "at least one item"),
            ("phases: 五月", &["Y003 report.yaml:191:9"], "begin each item on a line of its own with `-`"),
            ("phases:\n  name: 甲", &["Y003 report.yaml:192:3"], "expected a list, found a record"),
            (
                "phases: [~, 3]",
                &["Y003 report.yaml:191:10", "Y003 report.yaml:191:13"],
                "- name: … / from: …",
            ),
        ],
    );
    told_of(
        plan,
        "task_groups",
        "\nphases",
        &[
            (
                "task_groups: [~, []]",
                &["Y003 report.yaml:34:15", "Y003 report.yaml:34:18"],
                "- heading: … / tasks: …",
            ),
            (
                "task_groups: [{ heading: 甲, tasks: [{ heading: 一。, body: 一。, lead: 市财政局、市教育局 }] }]",
                &["Y003 report.yaml:34:68"],
                "write [市财政局, 市教育局]",
            ),
        ],
    );
    told_of(
        plan,
        "leading_group",
        "\n# 成文",
        &[(
            "leading_group: { name: ~, members: 3 }",
            &["Y003 report.yaml:234:24", "Y003 report.yaml:234:36"],
            "expected a list, found 3",
        )],
    );
}

#[test]
fn a_section_that_is_none_is_told_in_plain_words() {
    let words = |found: &str| format!("expected prose, a list, or `preamble` and `items`, found {found}");
    told_of(
        "wuhan-kjj-2021",
        "practices",
        "\nresults",
        &[
            ("practices: 5", &["Y003 report.yaml:48:12"], &words("5")),
            ("practices: -5", &["Y003 report.yaml:48:12"], &words("-5")),
            ("practices: 1.5", &["Y003 report.yaml:48:12"], &words("1.5")),
            ("practices: true", &["Y003 report.yaml:48:12"], &words("true")),
            (
                "practices: [一句。, 两句。]",
                &["Y003 report.yaml:48:13", "Y003 report.yaml:48:18"],
                "write a record, each key on a line of its own: - heading: … / body: …",
            ),
        ],
    );
}

#[test]
fn what_was_invented_is_not_checked() {
    let office = Office::new("no-genre");
    office.change("report.yaml", "genre: annual-summary\n", "");
    office.refuses(&["Y004 report.yaml:3:1"]);
    let office = Office::new("misspelt");
    office.change("report.yaml", "\npreamble:", "\npremble:").change(
        "report.yaml",
        "\nfigures:",
        "\nfigurs:",
    );
    office.refuses(&["Y002 report.yaml:15:1", "Y002 report.yaml:18:1"]);
    let office = Office::new("misnamed");
    office.change("figures.yaml", "  hubei_laboratories:", "  Hubei:");
    office.refuses(&["Y003 figures.yaml:28:3"]);
    let office = Office::new("sorce");
    office.change(
        "figures.yaml",
        "figures:\n",
        "sorce: 甲\nfigures:\n  x: { label: 甲, value: 1, unit: 件, as_of: 今年 }\n",
    );
    office.refuses(&["Y002 figures.yaml:3:1"]);
    let office = Office::new("faulty-genre");
    // A stand-in for the faulty need is the overview.
    office.change("report.yaml", "\noverview:", "\nclosing:");
    let own = office.root.join("own/annual-summary");
    fs::create_dir_all(&own).unwrap();
    let text = common::file("templates/annual-summary/genre.yaml");
    for (from, to, code) in
        [("needs: [we,", "needs: [practises, we,", "error[Y003]"), ("label: {", "label: \"{", "error[Y001]")]
    {
        assert!(text.contains(from));
        fs::write(own.join("genre.yaml"), text.replacen(from, to, 1)).unwrap();
        let said = office.run(&["build", "--templates", "own"]);
        assert!(said.status == 1 && said.err.contains(code), "{}", said.err);
        assert!(said.err.ends_with("\n1 error; reports with errors were not written\n"), "{}", said.err);
    }
}

#[test]
fn slips_of_the_hand_are_named_where_they_were_made() {
    let office = Office::with("quote", "wuhan-kjj-2024");
    office.change("report.yaml", "\"65692205\"", "\"65692205").change(
        "report.yaml",
        "  email: ",
        "  email: \"",
    );
    let said = office.run_in("zh_CN.UTF-8", &["check"]);
    assert!(
        said.err.contains("错误[Y001]: 引号没有配对\n") && said.err.contains("report.yaml:580:10"),
        "{}",
        said.err
    );
    for (from, to, expected, words) in [
        ("  signature: ", "\tsignature: ", "Y001 report.yaml:8:1", "signature: 武汉市科学技术局"),
        ("\nwe: ", "\nwe:", "Y001 report.yaml:10:3", "no space after the colon"),
        ("\nwe: ", "\nwe: {{ year }}", "Y001 report.yaml:10:5", "quote"),
        ("\nwe: ", "\nwording: { contact: 甲, Bad: 3 }\nwe: ", "Y003 report.yaml:10:24", "cannot be a name"),
    ] {
        let office = Office::new("slips");
        let said = office.change("report.yaml", from, to).refuses(&[expected]);
        assert!(said.err.contains(words), "{}", said.err);
    }
    let office = Office::with("unspaced", "wuhan-gov-2023");
    office.change("report.yaml", "{ name: 杨相卫 }", "{ name:杨相卫 }");
    let said = office.refuses(&["Y002 report.yaml:12:16"]);
    assert!(said.err.contains("a space after name"), "{}", said.err);
}
