//! What can happen to a run from outside: it is killed, it has no room.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::office::Office;

/// Numbers that look like chance and are the same in every run (SplitMix64).
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// The program, started and left to run, silent.
pub fn start(office: &Office, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_banjie"));
    command.args(arguments).current_dir(&office.root).env_clear().env("LC_ALL", "C.UTF-8");
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// How long a run takes when nobody disturbs it.
pub fn length(office: &Office, arguments: &[&str]) -> Duration {
    let begun = Instant::now();
    assert!(start(office, arguments).wait().unwrap().success());
    begun.elapsed()
}

/// Start a run `rounds` times and kill it at a moment of its `length`, the latter half as often again as the first, since
/// files are put in place at the end. `before` gets the round and prepares it, `after` looks at what is left.
pub fn kill(
    office: &Office,
    arguments: &[&str],
    (rounds, seed, length): (usize, u64, Duration),
    mut before: impl FnMut(usize),
    mut after: impl FnMut(usize),
) {
    let mut chance = Chance(seed);
    for round in 0..rounds {
        before(round);
        let (first, share) = (if round % 3 == 0 { 0.0 } else { 0.5 }, chance.share());
        let mut run = start(office, arguments);
        std::thread::sleep(length.mul_f64(first + (1.1 - first) * share));
        // A signal that nobody can catch. Whether it came too late does not matter.
        run.kill().unwrap();
        run.wait().unwrap();
        after(round);
    }
}

/// Every file of a folder by name, hidden ones included; none where there is no folder.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap_or_default())
        })
        .collect()
}
