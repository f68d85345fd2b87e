//! `build --watch` on the real binary: a save is built, half a file is told and mends, Ctrl-C ends it.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::common;
use crate::common::office::Office;

/// A watch that runs, and every line that it prints, errors included.
struct Watch {
    run: Child,
    lines: Receiver<String>,
}

/// What takes longer does not come: a save is built in a few hundredths of a second.
const PATIENCE: Duration = Duration::from_secs(20);

impl Watch {
    fn start(office: &Office, more: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_banjie"));
        command.args(["build", "--watch"]).args(more).current_dir(&office.root).env_clear();
        command.env("LC_ALL", "C.UTF-8").stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut run = command.spawn().unwrap();
        let (sender, lines) = channel();
        let pipes: [Box<dyn Read + Send>; 2] =
            [Box::new(run.stdout.take().unwrap()), Box::new(run.stderr.take().unwrap())];
        for pipe in pipes {
            let sender = sender.clone();
            std::thread::spawn(move || {
                BufReader::new(pipe).lines().for_each(|line| _ = sender.send(line.unwrap()))
            });
        }
        Self { run, lines }
    }

    /// Every line up to one that has these words.
    fn until(&self, words: &str) -> Vec<String> {
        let begun = Instant::now();
        let mut seen = Vec::new();
        while begun.elapsed() < PATIENCE {
            if let Ok(line) = self.lines.recv_timeout(Duration::from_millis(100)) {
                seen.push(line);
                if seen.last().unwrap().contains(words) {
                    return seen;
                }
            }
        }
        panic!("no {words:?} in {seen:#?}");
    }

    /// Ctrl-C; its status and what it says in the end.
    fn end(mut self) -> (Option<i32>, Vec<String>) {
        let process = self.run.id().to_string();
        assert!(Command::new("sh").args(["-c", &format!("kill -INT {process}")]).status().unwrap().success());
        let status = self.run.wait().unwrap().code();
        (status, self.lines.iter().collect())
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // One that has ended cannot be killed, and need not be.
        _ = self.run.kill();
        _ = self.run.wait();
    }
}

#[test]
fn a_save_is_built_and_only_what_changed_is_told() {
    let office = Office::new("watch-save");
    let watch = Watch::start(&office, &[]);
    let first = watch.until("Ctrl-C ends it");
    assert!(first.iter().any(|line| line.starts_with("output/r/r.pdf")), "{first:#?}");
    office.change("figures.yaml", "value: 152.67", "value: 163.78");
    let lines = watch.until("output/r/r.pdf");
    assert!(
        lines.iter().any(|line| line.contains("output/r/r.md") && line.contains("1 line changed")),
        "{lines:#?}"
    );
    assert!(fs::read_to_string(office.root.join("output/r/r.md")).unwrap().contains("163.78"));
    // The same bytes anew: nothing to tell. What comes next is of the next save.
    let text = office.text("figures.yaml");
    fs::write(office.file("figures.yaml"), &text).unwrap();
    std::thread::sleep(Duration::from_millis(600));
    office.change("figures.yaml", "value: 163.78", "value: 152.67");
    let lines = watch.until("output/r/r.pdf");
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert_eq!(watch.end(), (Some(0), Vec::new()));
}

#[test]
fn half_a_file_is_told_and_mends() {
    let office = Office::new("watch-half");
    let watch = Watch::start(&office, &["--format", "markdown"]);
    watch.until("Ctrl-C ends it");
    let made = fs::read(office.root.join("output/r/r.md")).unwrap();
    let whole = office.text("cases.yaml");
    fs::write(office.file("cases.yaml"), &whole[..whole.find("level: 省").unwrap() + 3]).unwrap();
    let told = watch.until("not written; mend it and save");
    assert!(told.iter().any(|line| line.starts_with("error[")), "{told:#?}");
    assert!(fs::read(office.root.join("output/r/r.md")).unwrap() == made, "the last good one stays");
    fs::write(office.file("cases.yaml"), &whole).unwrap();
    watch.until("mended ");
    // No file is there for a moment, as some editors save.
    fs::remove_file(office.file("cases.yaml")).unwrap();
    watch.until("no such file");
    fs::write(office.file("cases.yaml"), whole.replacen("title: 关于支持武汉", "title: 关于大力支持武汉", 1))
        .unwrap();
    watch.until("output/r/r.md");
    assert_eq!(watch.end().0, Some(0));
}

/// The program that is writing has the file open, and puts its lock beside it.
#[test]
fn a_cell_that_is_corrected_is_built() {
    let office = Office::new("watch-sheet");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let sheet = fs::read(root.join("tests/sheets/sample.xlsx")).unwrap();
    fs::write(office.file("台账.xlsx"), &sheet).unwrap();
    office.change("report.yaml", "ledger: cases.yaml", "ledger: 台账.xlsx");
    let watch = Watch::start(&office, &["--format", "markdown"]);
    watch.until("Ctrl-C ends it");
    fs::write(office.file("~$台账.xlsx"), b"lock").unwrap();
    fs::write(office.file("台账.xlsx"), &sheet[..sheet.len() / 2]).unwrap();
    let told = watch.until("not written; mend it and save");
    assert!(told.iter().any(|line| line.starts_with("error[S001]")), "{told:#?}");
    let _open = fs::File::open(office.file("台账.xlsx")).unwrap();
    let corrected = "编号,案由,层级,类别,主办/会办,代表/委员,承办处室,交办日期,办理时限\n1,关于甲的建议,市,建议,会办,某团,某处,2021-3-1,2021-5-31\n";
    fs::write(office.file("台账.xlsx"), corrected).unwrap();
    watch.until("mended ");
    assert_eq!(watch.end().0, Some(0));
}

#[test]
fn a_template_that_is_saved_is_taken() {
    let office = Office::new("watch-template");
    let own = office.root.join("own/annual-summary");
    fs::create_dir_all(&own).unwrap();
    let text = common::file("templates/annual-summary/report.md.tera");
    fs::write(own.join("report.md.tera"), &text).unwrap();
    let watch = Watch::start(&office, &["--format", "markdown", "--templates", "own"]);
    watch.until("Ctrl-C ends it");
    fs::write(own.join("report.md.tera"), text.replacen("{{ preamble }}", "{{ preamble }}\n\n多一句。", 1))
        .unwrap();
    watch.until("output/r/r.md");
    assert!(fs::read_to_string(office.root.join("output/r/r.md")).unwrap().contains("多一句。"));
    assert_eq!(watch.end().0, Some(0));
}
