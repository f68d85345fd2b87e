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

/// Reads files. Something that only holds files, such as a git revision, is this and no [`World`].
pub trait ReadFiles: Sync {
    /// The bytes of a file as they were at one moment; an error of kind `FileTooLarge` above [`LARGEST_FILE`], one of kind
    /// `ResourceBusy` where somebody does not stop writing to it.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The bytes of a large file of which little will be looked at; otherwise as [`ReadFiles::read`].
    fn map(&self, path: &Path) -> io::Result<Bytes> {
        Ok(Arc::new(self.read(path)?))
    }
    /// The names in a folder, sorted; folders end in `/`.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// The stamps of the files in a folder that is there, by name; hidden ones aside.
    fn stamps(&self, _folder: &Path) -> BTreeMap<String, Stamp> {
        BTreeMap::new()
    }
}

/// What the program may ask of the machine besides files: to write, the clock, the environment, git.
pub trait World: ReadFiles {
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
