//! The real binary when something goes wrong around it: never a half file under its final name, never a lost old one, a clear
//! message, the right exit status. A full disk and one that can only be read are in `tools/outside-checks` as well.

use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use crate::common::faults::{Chance, files, kill, length, start};
use crate::common::office::Office;

/// A change of the data that moves a figure in every format.
const BEFORE: &str = "value: 152.67";
const AFTER: &str = "value: 163.78";

/// An office, its figures before and after the change, and what is built of each.
struct Two {
    office: Office,
    texts: [String; 2],
    built: [BTreeMap<String, Vec<u8>>; 2],
}

impl Two {
    fn new(name: &str) -> Self {
        let office = Office::new(name);
        let first = office.text("figures.yaml");
        let texts = [first.clone(), first.replacen(BEFORE, AFTER, 1)];
        assert!(texts[0] != texts[1]);
        let built = [0, 1].map(|which: usize| {
            fs::write(office.file("figures.yaml"), &texts[which]).unwrap();
            let said = office.run(&["build", "--out", "whole"]);
            assert_eq!(said.status, 0, "{}", said.err);
            files(&office.root.join("whole/r"))
        });
        assert!(
            built[0].iter().zip(&built[1]).all(|(before, after)| before.0 == after.0 && before.1 != after.1)
        );
        Self { office, texts, built }
    }

    fn save(&self, which: usize) {
        fs::write(self.office.file("figures.yaml"), &self.texts[which]).unwrap();
    }

    fn there(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.office.root.join("output/r"))
    }
}

#[test]
fn a_killed_build_leaves_whole_files_and_the_next_one_mends() {
    let two = Two::new("killed");
    two.save(0);
    let length = length(&two.office, &["build"]);
    let which = |round: usize| (round + 1) % 2;
    let mut dirty = 0;
    kill(
        &two.office,
        &["build"],
        (50, 9704, length),
        |round| two.save(which(round)),
        |round| {
            let there = two.there();
            dirty += usize::from(there.len() > 3);
            for (name, before) in &two.built[0] {
                let bytes = there.get(name).unwrap_or_else(|| panic!("round {round}: {name} is lost"));
                assert!(
                    bytes == before || *bytes == two.built[1][name],
                    "round {round}: {name} is not whole"
                );
            }
            let said = two.office.run(&["build"]);
            assert_eq!((said.status, said.err.as_str()), (0, ""), "round {round}");
            assert_eq!(two.there(), two.built[which(round)], "round {round}");
        },
    );
    println!("{dirty} runs were killed while they wrote");
}

/// Data with an error is not built: then what a killed run had begun is taken back, not left half done.
#[test]
fn formats_of_two_runs_do_not_mix_even_if_the_next_run_writes_nothing() {
    let two = Two::new("half-placed");
    two.save(0);
    assert_eq!(two.office.run(&["build"]).status, 0);
    // As a run leaves it that is killed when it has renamed the first of three files.
    let folder = two.office.root.join("output/r");
    let beside = |name: &str, kind: &str| folder.join(format!(".{name}.banjie-4711-0.{kind}"));
    for name in ["r.md", "r.html", "r.pdf"] {
        fs::hard_link(folder.join(name), beside(name, "old")).unwrap();
        fs::write(beside(name, "new"), &two.built[1][name]).unwrap();
    }
    fs::rename(beside("r.html", "new"), folder.join("r.html")).unwrap();
    fs::write(two.office.file("figures.yaml"), "figures: [\n").unwrap();
    assert_eq!(two.office.run(&["build"]).status, 1);
    assert_eq!(two.there(), two.built[0]);
}

#[test]
fn unchanged_files_are_not_touched_and_changes_are_told() {
    let two = Two::new("unchanged");
    two.save(0);
    two.office.run(&["build"]);
    let stamps = || {
        two.built[0].keys().map(|name| {
            let data = fs::metadata(two.office.root.join("output/r").join(name)).unwrap();
            data.modified().unwrap()
        })
    };
    let before: Vec<SystemTime> = stamps().collect();
    let said = two.office.run(&["build"]);
    for line in said.out.lines().skip(1) {
        assert!(line.contains(" KB  unchanged  ") && line.ends_with(" ms"), "{line}");
    }
    assert!(stamps().eq(before));
    assert!(two.office.run_in("zh_CN.UTF-8", &["build"]).out.contains(" KB  没有变化  "));
    two.save(1);
    let said = two.office.run(&["build"]);
    assert!(
        said.out.contains("output/r/r.md  ") && said.out.contains(" KB  1 line changed  "),
        "{}",
        said.out
    );
    assert!(said.out.contains("output/r/r.pdf  ") && said.out.contains(" KB  changed  "), "{}", said.out);
    two.save(0);
    assert!(two.office.run_in("zh_CN.UTF-8", &["build"]).out.contains(" KB  1 行有变化  "));
}

#[test]
fn two_builds_at_once_both_end_and_their_files_do_not_mix() {
    let two = Two::new("at-once");
    // The same report of the same name, with other data, into the same folder.
    for which in [0, 1] {
        let folder = two.office.root.join(format!("data-{which}/r"));
        fs::create_dir_all(&folder).unwrap();
        for name in ["report.yaml", "cases.yaml"] {
            fs::copy(two.office.file(name), folder.join(name)).unwrap();
        }
        fs::write(folder.join("figures.yaml"), &two.texts[which]).unwrap();
    }
    for round in 0..20 {
        let mut runs = [0, 1].map(|which: usize| {
            let data = format!("data-{}", (which + round) % 2);
            start(&two.office, &["build", "--data", &data])
        });
        for run in &mut runs {
            assert!(run.wait().unwrap().success(), "round {round}");
        }
        let there = two.there();
        assert!(two.built.contains(&there), "round {round}: {:?}", there.keys());
    }
}

/// Whoever writes for longer than anybody waits is not overwritten.
#[cfg(unix)]
#[test]
fn a_folder_that_another_run_holds_is_waited_for_and_then_left() {
    let office = Office::new("held-by-another");
    fs::create_dir_all(office.root.join("output/r")).unwrap();
    let folder = fs::File::open(office.root.join("output/r")).unwrap();
    folder.lock().unwrap();
    let said = office.run(&["build"]);
    assert_eq!(said.status, 2);
    let lines: Vec<&str> = said.err.lines().collect();
    assert_eq!(lines[0], "another banjie is writing to output/r, waiting for it…");
    assert!(
        lines[1].starts_with("error: another banjie has been writing to output/r for 10 seconds"),
        "{}",
        lines[1]
    );
    assert!(files(&office.root.join("output/r")).is_empty());
    let release = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(500));
        folder.unlock().unwrap();
    });
    let said = office.run_in("zh_CN.UTF-8", &["build"]);
    release.join().unwrap();
    assert_eq!((said.status, said.err.as_str()), (0, "另一个 banjie 正在写 output/r，等它写完…\n"));
}

/// The system lets a file grow to so much and no further: it ends a write as a full disk does.
#[cfg(unix)]
#[test]
fn a_file_that_has_no_room_takes_the_others_back() {
    let two = Two::new("no-room");
    let build = |locale: &str| {
        let mut command = std::process::Command::new("sh");
        // In blocks of half a kilobyte, or of one: the Markdown has room, the others have not.
        command.args(["-c", "trap '' XFSZ; ulimit -f 120; exec \"$0\" build", env!("CARGO_BIN_EXE_banjie")]);
        let output = command.current_dir(&two.office.root).env("LC_ALL", locale).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    two.save(1);
    let (status, told) = build("C.UTF-8");
    assert_eq!(status, 2, "{told}");
    assert!(told.starts_with("error: cannot write to output/r/r.html: the file is larger than"), "{told}");
    assert!(!two.office.root.join("output").exists(), "{:?}", two.there().keys());
    two.save(0);
    two.office.run(&["build"]);
    two.save(1);
    let (status, told) = build("zh_CN.UTF-8");
    assert_eq!(status, 2, "{told}");
    assert!(told.starts_with("错误：写不了 output/r/r.html：文件大小超过了系统允许的上限"), "{told}");
    assert_eq!(two.there(), two.built[0]);
    assert_eq!(two.office.run(&["build"]).status, 0);
    assert_eq!(two.there(), two.built[1]);
}

/// A folder whose permissions bind nobody but the superuser, and one of the system's that bind even that.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_without_permission_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let two = Two::new("no-permission");
    two.save(0);
    two.office.run(&["build"]);
    two.save(1);
    let folder = two.office.root.join("output/r");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let binds = fs::write(folder.join("probe"), "").is_err();
    _ = fs::remove_file(folder.join("probe"));
    let said = two.office.run(&["build"]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    if binds {
        assert!(said.status == 2 && said.err.contains("no permission, or another program"), "{}", said.err);
    }
    assert_eq!(two.there(), two.built[usize::from(!binds)]);
    let said = two.office.run_in("zh_CN.UTF-8", &["build", "--out", "/sys/kernel/banjie"]);
    assert_eq!(said.status, 2, "{}", said.err);
    assert!(said.err.starts_with("错误：写不了 /sys/kernel/banjie/r/r."), "{}", said.err);
    assert!(said.err.contains("没有写的权限") || said.err.contains("只能读"), "{}", said.err);
}

/// Outputs know no clock, and files from the future are files.
#[test]
fn a_clock_that_is_wrong_changes_nothing() {
    let two = Two::new("clock");
    let day = Duration::from_secs(86_400);
    let epoch = SystemTime::UNIX_EPOCH;
    for (which, time) in [(0, epoch + day), (1, epoch + day * 365 * 100), (0, epoch + day * 2)] {
        two.save(which);
        for name in ["report.yaml", "cases.yaml", "figures.yaml"] {
            fs::File::options().write(true).open(two.office.file(name)).unwrap().set_modified(time).unwrap();
        }
        let said = two.office.run(&["build"]);
        assert_eq!((said.status, said.err.as_str()), (0, ""));
        assert_eq!(two.there(), two.built[which]);
        for name in two.there().keys() {
            let path = two.office.root.join("output/r").join(name);
            fs::File::options().write(true).open(path).unwrap().set_modified(time + day * 365).unwrap();
        }
    }
}

#[test]
fn a_file_that_is_saved_while_it_is_read_gives_one_state_or_an_error() {
    let two = Two::new("saved-meanwhile");
    let (file, done) = (two.office.file("figures.yaml"), AtomicBool::new(false));
    two.save(0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut chance = Chance(1);
            for which in (0..2).cycle() {
                if done.load(Ordering::Relaxed) {
                    break;
                }
                // In place, as some editors do, in two steps, or as one file in place of another.
                let text = &two.texts[which];
                match chance.next() % 3 {
                    0 => fs::write(&file, text).unwrap(),
                    1 => {
                        fs::write(&file, &text[..text.len() / 2]).unwrap();
                        fs::write(&file, text).unwrap();
                    }
                    _ => {
                        let other = two.office.root.join("other");
                        fs::write(&other, text).unwrap();
                        fs::rename(&other, &file).unwrap();
                    }
                }
                std::thread::sleep(Duration::from_millis(chance.next() % 200));
            }
        });
        let mut whole = 0;
        for round in 0..25 {
            let said = two.office.run(&["build"]);
            match said.status {
                0 => whole += 1,
                1 => assert!(
                    said.err.contains("keeps changing") || said.err.contains("is empty"),
                    "{}",
                    said.err
                ),
                _ => panic!("{}", said.err),
            }
            let there = two.there();
            assert!(there.is_empty() || two.built.contains(&there), "round {round}");
        }
        done.store(true, Ordering::Relaxed);
        println!("{whole} of 25 builds found a moment of rest");
    });
    two.save(1);
    assert_eq!(two.office.run(&["build"]).status, 0);
    assert_eq!(two.there(), two.built[1]);
}
