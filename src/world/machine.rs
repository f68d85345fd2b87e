//! The real world: the machine that the program runs on.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use super::{
    Bytes, Entry, Fate, FolderLock, LARGEST_FILE, ReadFiles, Stamp, Unwritten, World, folder, store,
};
use crate::diagnostic::Lang;

/// The real one.
pub struct Machine {
    begun: Instant,
    /// Set when the user wants the program to end, once somebody asks.
    ended: OnceLock<Arc<AtomicBool>>,
}

impl Machine {
    /// The machine, its clock at zero.
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    pub fn new() -> Self {
        Self { begun: Instant::now(), ended: OnceLock::new() }
    }
}

impl Default for Machine {
    fn default() -> Self {
        Self::new()
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the door")]
impl ReadFiles for Machine {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        for pause in PAUSES {
            allow(&std::fs::metadata(path)?)?;
            let file = std::fs::File::open(path)?;
            let before = stamp(&file.metadata()?);
            let mut bytes = Vec::new();
            file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
            // By its name, which another file may have by now.
            let after = std::fs::metadata(path).ok().map(|data| stamp(&data));
            if after == Some(before) && bytes.len() as u64 == before.0 {
                return Ok(bytes);
            }
            std::thread::sleep(Duration::from_millis(pause));
        }
        Err(io::ErrorKind::ResourceBusy.into())
    }

    #[expect(unsafe_code, reason = "a map is sound only while nobody cuts the file short")]
    fn map(&self, path: &Path) -> io::Result<Bytes> {
        let file = std::fs::File::open(path)?;
        allow(&file.metadata()?)?;
        // SAFETY: only the typeface that belongs to the program is mapped, which is installed once and not written to.
        // Should it be cut short while the program runs, the system stops it; what it writes is renamed into place only
        // when it is complete.
        Ok(Arc::new(unsafe { memmap2::Mmap::map(&file) }?))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let slash = if entry.path().is_dir() { "/" } else { "" };
            names.push(format!("{}{slash}", entry.file_name().to_string_lossy()));
        }
        names.sort();
        Ok(names)
    }

    fn stamps(&self, folder: &Path) -> BTreeMap<String, Stamp> {
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let row = |entry: std::fs::DirEntry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let data = std::fs::metadata(entry.path()).ok().filter(std::fs::Metadata::is_file)?;
            (!name.starts_with('.')).then(|| (name, stamp(&data)))
        };
        files.filter_map(row).collect()
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the door")]
impl World for Machine {
    fn hold(&self, folder: &Path, patience: Duration) -> Option<FolderLock> {
        store::hold(folder, patience)
    }

    fn write(&self, files: &[(PathBuf, Vec<u8>)]) -> Result<Vec<Fate>, Unwritten> {
        store::put(files)
    }

    fn git(&self, folder: &Path, arguments: &[&str]) -> io::Result<Vec<u8>> {
        let mut command = std::process::Command::new("git");
        // A repository may be somebody else's: nothing that its settings name is run, and nothing is fetched.
        for setting in
            ["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "diff.external="]
        {
            command.args(["-c", setting]);
        }
        command
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "none")
            .env("GIT_TERMINAL_PROMPT", "0");
        command.env("GIT_OPTIONAL_LOCKS", "0").arg("--no-pager");
        // No shell; and a folder's name is no option where `-C` stands before it.
        let output =
            command.arg("-C").arg(folder).args(arguments).stdin(std::process::Stdio::null()).output()?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let words = String::from_utf8_lossy(&output.stderr);
        Err(io::Error::other(words.lines().next().unwrap_or_default().to_owned()))
    }

    fn create_folder(&self, folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()> {
        folder::create(folder, files)
    }

    fn tree(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        folder::tree(folder)
    }

    fn arguments(&self) -> Vec<OsString> {
        std::env::args_os().collect()
    }

    fn language(&self) -> Lang {
        let chinese =
            sys_locale::get_locale().is_some_and(|locale| locale.to_ascii_lowercase().starts_with("zh"));
        if chinese { Lang::Zh } else { Lang::En }
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn program_folder(&self) -> Option<PathBuf> {
        Some(std::env::current_exe().ok()?.parent()?.to_owned())
    }

    fn rest(&self, time: Duration) -> bool {
        let ended = self.ended.get_or_init(|| {
            let ended = Arc::new(AtomicBool::new(false));
            let heard = Arc::clone(&ended);
            // If no handler can be set, the system ends the program.
            _ = ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed));
            ended
        });
        std::thread::sleep(time);
        !ended.load(Ordering::Relaxed)
    }

    fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    }
}

fn allow(file: &std::fs::Metadata) -> io::Result<()> {
    // A pipe or a device may never end.
    if !file.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    if file.len() > LARGEST_FILE {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(())
}

fn stamp(data: &std::fs::Metadata) -> Stamp {
    Stamp(data.len(), data.modified().ok())
}

/// Milliseconds between looks at a file that is being written to.
const PAUSES: [u64; 5] = [2, 5, 10, 20, 50];
