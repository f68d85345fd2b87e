//! The only door to files, clock, environment and git: one real world, one of a git revision, one in memory.

mod folder;
mod machine;
mod memory;
pub mod revision;
mod store;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::diagnostic::Lang;

pub use machine::Machine;
pub use memory::Memory;
pub use store::FolderLock;

/// Largest file that is read, in bytes: well above 100,000 cases, well below what could exhaust a machine.
pub const LARGEST_FILE: u64 = 64 << 20;

/// Bytes with several owners.
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

/// Why files were not written. None of them was changed.
#[derive(Debug)]
pub struct Unwritten {
    /// The first that could not be.
    pub path: PathBuf,
    /// The error of the system.
    pub error: io::Error,
}

/// The length of a file and the time of its last change: if they differ, the file has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(u64, Option<SystemTime>);

/// Reads files. Something that only holds files, such as a git revision, is this and no [`World`].
pub trait ReadFiles: Sync {
    /// The bytes of a file as they were at one moment; an error of kind `FileTooLarge` above [`LARGEST_FILE`], one of kind
    /// `ResourceBusy` if another program keeps writing to it.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The bytes of a large file of which only a small part is used; otherwise as [`ReadFiles::read`].
    fn map(&self, path: &Path) -> io::Result<Bytes> {
        Ok(Arc::new(self.read(path)?))
    }
    /// The names in a folder, sorted; folders end in `/`.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// The stamps of the files in a folder, by name, without hidden files; empty if there is no such folder.
    fn stamps(&self, _folder: &Path) -> BTreeMap<String, Stamp> {
        BTreeMap::new()
    }
}

/// What the program may ask of the machine besides files: to write, the clock, the environment, git.
pub trait World: ReadFiles {
    /// Locks a folder, so that no other run writes to it; none if another run has it locked for longer than `patience`.
    fn hold(&self, _folder: &Path, _patience: Duration) -> Option<FolderLock> {
        Some(FolderLock::default())
    }
    /// Writes files, all or none: each under a temporary name first; when all are written, they are renamed. A file
    /// that already has these bytes is not touched.
    fn write(&self, files: &[(PathBuf, Vec<u8>)]) -> Result<Vec<Fate>, Unwritten>;
    /// Runs `git` in a folder with these arguments and returns what it prints. The error has kind `NotFound` if git is
    /// not installed; otherwise it has the message of git.
    fn git(&self, folder: &Path, arguments: &[&str]) -> io::Result<Vec<u8>>;
    /// Creates a folder with these files, by their paths in it, completely or not at all. The error has kind
    /// `AlreadyExists` if the name is taken. Half-made folders of runs that were killed are removed.
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
    /// Waits; false if the user has asked the program to end (Ctrl-C). From the first call on, Ctrl-C does not end the
    /// program by itself.
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
