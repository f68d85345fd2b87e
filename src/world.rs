//! The only door to files, clock, environment and git: one real world, one of a git revision, one in memory.

mod folder;
pub mod revision;
mod store;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use crate::diagnostic::Lang;

pub use store::FolderLock;

/// Largest file that is read, in bytes: well above 100,000 cases, well below what could exhaust a machine.
pub const LARGEST_FILE: u64 = 64 << 20;

/// Bytes that many may hold.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// What a file was before it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It was not there.
    New,
    /// It held other bytes, these.
    Changed(Vec<u8>),
    /// It held the same bytes, and was not touched.
    Unchanged,
}

/// Why files were not written; all of them are as they were.
#[derive(Debug)]
pub struct Unwritten {
    /// The first that could not be.
    pub path: PathBuf,
    /// What the system says.
    pub error: io::Error,
}

/// Tells one state of a file from another without reading it: its length, and when it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(u64, Option<SystemTime>);

/// What the program may ask of the machine.
pub trait World: Sync {
    /// The bytes of a file as they were at one moment; an error of kind `FileTooLarge` above [`LARGEST_FILE`], one of kind
    /// `ResourceBusy` where somebody does not stop writing to it.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The bytes of a large file of which little will be looked at; otherwise as [`World::read`].
    fn map(&self, path: &Path) -> io::Result<Bytes> {
        Ok(Arc::new(self.read(path)?))
    }
    /// The names in a folder, sorted; folders end in `/`.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// The stamps of the files in a folder that is there, by name; hidden ones aside.
    fn stamps(&self, _folder: &Path) -> BTreeMap<String, Stamp> {
        BTreeMap::new()
    }
    /// Keep other runs from writing to a folder; none if another keeps this one from it for longer than `patience`.
    fn hold(&self, _folder: &Path, _patience: Duration) -> Option<FolderLock> {
        Some(FolderLock::default())
    }
    /// Write files whole, all or none: every one is written beside its place first, and only when all are, they are renamed.
    /// One that holds these bytes already is not touched.
    fn write(&self, files: &[(PathBuf, Vec<u8>)]) -> Result<Vec<Fate>, Unwritten>;
    /// What the program `git` prints when it is run in a folder with these arguments. An error of kind `NotFound` where there is
    /// no such program; any other has git's own words.
    fn git(&self, folder: &Path, arguments: &[&str]) -> io::Result<Vec<u8>>;
    /// Write a folder of files, by their paths in it, whole or not at all; an error of kind `AlreadyExists` if there is something
    /// of its name. What a run that was killed left half done is removed.
    fn create_folder(&self, folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()>;
    /// Everything below a folder, sorted by path; links are named, not followed. An error where it is too much or too deep.
    fn tree(&self, folder: &Path) -> io::Result<Vec<Entry>>;
    /// The command line, the program's own name first.
    fn arguments(&self) -> Vec<OsString>;
    /// The user's language: Chinese where the locale is Chinese, English otherwise.
    fn language(&self) -> Lang;
    /// A variable of the environment.
    fn variable(&self, name: &str) -> Option<String>;
    /// The folder in which the program itself lies.
    fn program_folder(&self) -> Option<PathBuf>;
    /// Let some time go by; false when the user wants the program to end, which from the first call on it does by itself.
    fn rest(&self, _time: Duration) -> bool {
        false
    }
    /// Time since the program began, for progress and the lines that `build` prints; never for anything in a file.
    fn elapsed(&self) -> Duration;
    /// Seconds since 1970 began: for the day on which something is archived, and nothing else.
    fn now(&self) -> i64;
}

/// What lies in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path in the folder.
    pub path: PathBuf,
    /// What it is.
    pub kind: EntryKind,
}

/// What an [`Entry`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A file of so many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// A link, a pipe, a device.
    Other,
}

/// What a world that reads its files elsewhere still asks of the one in its field `world`.
macro_rules! asks_the_machine {
    () => {
        fn git(&self, folder: &std::path::Path, arguments: &[&str]) -> std::io::Result<Vec<u8>> {
            self.world.git(folder, arguments)
        }

        fn arguments(&self) -> Vec<std::ffi::OsString> {
            self.world.arguments()
        }

        fn language(&self) -> $crate::diagnostic::Lang {
            self.world.language()
        }

        fn variable(&self, name: &str) -> Option<String> {
            self.world.variable(name)
        }

        fn program_folder(&self) -> Option<std::path::PathBuf> {
            self.world.program_folder()
        }

        fn elapsed(&self) -> std::time::Duration {
            self.world.elapsed()
        }

        fn now(&self) -> i64 {
            self.world.now()
        }
    };
}
pub(crate) use asks_the_machine;

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
impl World for Machine {
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

    fn hold(&self, folder: &Path, patience: Duration) -> Option<FolderLock> {
        store::hold(folder, patience)
    }

    fn write(&self, files: &[(PathBuf, Vec<u8>)]) -> Result<Vec<Fate>, Unwritten> {
        store::put(files)
    }

    fn git(&self, folder: &Path, arguments: &[&str]) -> io::Result<Vec<u8>> {
        let mut command = std::process::Command::new("git");
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

/// One in memory: for tests, for an archive, whose files are all that it is made from, and for others that lie elsewhere.
#[derive(Debug, Default)]
pub struct Memory {
    /// Every file by its path.
    pub files: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
    /// The environment.
    pub variables: BTreeMap<String, String>,
}

impl Memory {
    /// A world with these text files.
    pub fn with<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let entry = |(path, text): (&str, &str)| (PathBuf::from(path), text.as_bytes().to_vec());
        Self { files: Mutex::new(files.into_iter().map(entry).collect()), variables: BTreeMap::new() }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<PathBuf, Vec<u8>>> {
        self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl World for Memory {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.lock().get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let files = self.lock();
        let below = files.keys().filter_map(|path| path.strip_prefix(folder).ok());
        let mut names: Vec<String> = below
            .filter_map(|rest| {
                let mut parts = rest.components();
                let name = parts.next()?.as_os_str().to_string_lossy().into_owned();
                Some(if parts.next().is_some() { name + "/" } else { name })
            })
            .collect();
        names.dedup();
        if names.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(names) }
    }

    fn write(&self, files: &[(PathBuf, Vec<u8>)]) -> Result<Vec<Fate>, Unwritten> {
        let mut all = self.lock();
        let fates = files.iter().map(|(path, bytes)| match all.insert(path.clone(), bytes.clone()) {
            None => Fate::New,
            Some(there) if there == *bytes => Fate::Unchanged,
            Some(there) => Fate::Changed(there),
        });
        Ok(fates.collect())
    }

    fn git(&self, _: &Path, _: &[&str]) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn create_folder(&self, folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()> {
        let mut all = self.lock();
        if all.keys().any(|path| path.starts_with(folder)) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        all.extend(files.iter().map(|(name, bytes)| (folder.join(name), bytes.clone())));
        Ok(())
    }

    fn tree(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let files = self.lock();
        let entry = |(path, bytes): (&PathBuf, &Vec<u8>)| {
            let kind = EntryKind::File(bytes.len() as u64);
            Some(Entry { path: path.strip_prefix(folder).ok()?.to_owned(), kind })
        };
        Ok(files.iter().filter_map(entry).collect())
    }

    fn arguments(&self) -> Vec<OsString> {
        Vec::new()
    }

    fn language(&self) -> Lang {
        Lang::En
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }

    fn program_folder(&self) -> Option<PathBuf> {
        None
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn now(&self) -> i64 {
        0
    }
}
