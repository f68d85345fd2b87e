//! What the two READMEs tell of a year is run, line by line, from their own text: draft, fix, compare, archive, verify.

#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::report_files;

/// The commands below a heading of a README.
fn commands(readme: &str, heading: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(readme)).unwrap();
    let (_, rest) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    let (_, rest) = rest.split_once("\n```sh\n").unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

/// Run in a copy of the sample that is under git; what it said.
fn run(name: &str, locale: &str, commands: &str) -> String {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if root.exists() {
        fs::remove_dir_all(&root).unwrap();
    }
    let data = root.join("data/wuhan-kjj-2021");
    fs::create_dir_all(&data).unwrap();
    for (file, text) in report_files("data/wuhan-kjj-2021") {
        fs::write(data.join(file), text).unwrap();
    }
    let program = Path::new(env!("CARGO_BIN_EXE_banjie")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let git = "git init -q && git add -A && git -c user.name=a -c user.email=a@example.org commit -q -m 1";
    let output = Command::new("sh")
        .args(["-euc", &format!("{git}\n{commands}")])
        .current_dir(&root)
        .env_clear()
        .env("PATH", path)
        .env("HOME", &root)
        .env("LC_ALL", locale)
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{commands}\n{out}\n{err}");
    for file in
        ["output/kjj-2022/kjj-2022.pdf", "output/archive/J001-WS·2021-D30-BGS-0007/manifest-sha256.txt"]
    {
        assert!(root.join(file).exists(), "{file}");
    }
    out
}

fn holds(told: &str, wanted: &[&str]) {
    let mut rest = told;
    for words in wanted {
        let at = rest.find(words);
        assert!(at.is_some(), "{words} is not told, or not in its turn:\n{told}");
        rest = &rest[at.unwrap() + words.len()..];
    }
}

#[test]
fn the_year_of_the_readme_is_what_happens() {
    let commands = commands("README.md", "A year, in commands");
    let told = run("story", "C.UTF-8", &commands);
    let wanted = [
        "kjj-2022.pdf",
        "wuhan-kjj-2021.pdf",
        "true → false",
        "cases.leader_led: 8件 → 7件",
        "[-8件-]{+7件+}",
        "the archive is sound",
        "J001-WS·2021-D30-BGS-0007  2021  r1",
    ];
    holds(&told, &wanted);
}

#[test]
fn the_chinese_readme_tells_the_same_year() {
    let english = commands("README.md", "A year, in commands");
    let chinese = commands("README.zh-CN.md", "一年的办理，几条命令");
    let lines = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
    };
    assert_eq!(lines(&english), lines(&chinese));
    let told = run("story-zh", "zh_CN.UTF-8", &chinese);
    holds(&told, &["kjj-2022.pdf", "wuhan-kjj-2021.pdf", "J001-WS·2021-D30-BGS-0007"]);
}
