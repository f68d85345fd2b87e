//! An office's folder and the real binary in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own with a copy of the sample report, called `r`.
pub struct Office {
    pub root: PathBuf,
}

/// What a run of the program said, and how it ended.
pub struct Said {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Office {
    pub fn new(name: &str) -> Self {
        Self::with(name, "wuhan-kjj-2021")
    }

    /// With a copy of another sample.
    pub fn with(name: &str, sample: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        fs::create_dir_all(root.join("data/r")).unwrap();
        for (file, text) in super::report_files(&format!("data/{sample}")) {
            fs::write(root.join("data/r").join(file), text).unwrap();
        }
        Self { root }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.root.join("data/r").join(name)
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap()
    }

    /// Replace the first `from` of a file.
    pub fn change(&self, name: &str, from: &str, to: &str) -> &Self {
        let text = self.text(name);
        assert!(text.contains(from), "{name} has no {from:?}");
        fs::write(self.file(name), text.replacen(from, to, 1)).unwrap();
        self
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        self.run_in("C.UTF-8", arguments)
    }

    pub fn run_in(&self, locale: &str, arguments: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_banjie"));
        command.args(arguments).current_dir(&self.root).env_clear();
        command.env("LC_ALL", locale).env("LANG", locale);
        let Output { status, stdout, stderr } = command.output().unwrap();
        Said {
            status: status.code().unwrap_or(-1),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }

    /// Build; the data is wrong in exactly these ways, each `code place`, and the last good files are still there.
    pub fn refuses(&self, expected: &[&str]) -> Said {
        let old = self.root.join("output/r/r.md");
        fs::create_dir_all(old.parent().unwrap()).unwrap();
        fs::write(&old, "the last good one").unwrap();
        let said = self.run(&["build"]);
        assert_eq!(said.status, 1, "{}", said.err);
        assert_eq!(fs::read_to_string(&old).unwrap(), "the last good one");
        assert_eq!(fs::read_dir(old.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
        let found: Vec<String> = said
            .err
            .lines()
            .zip(said.err.lines().skip(1))
            .filter_map(|(head, place)| {
                let code = head.strip_prefix("error[")?.split(']').next()?;
                Some(format!(
                    "{code} {}",
                    place.trim_start().trim_start_matches("--> ").trim_start_matches("data/r/")
                ))
            })
            .collect();
        assert_eq!(found, expected, "{}", said.err);
        said
    }
}
