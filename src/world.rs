//! The only door to files, clock and environment: one real world, one in memory, for tests and for what an archive holds.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::diagnostic::Lang;

/// Largest file that is read, in bytes: well above 100,000 cases, well below what could exhaust a machine.
pub const LARGEST_FILE: u64 = 64 << 20;

/// Most entries, and most folders one in another, that [`World::tree`] walks.
const MOST_ENTRIES: usize = 10_000;
const DEEPEST: usize = 16;

/// Bytes that many may hold.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// What the program may ask of the machine.
pub trait World: Sync {
    /// The bytes of a file; an error of kind `FileTooLarge` above [`LARGEST_FILE`].
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The bytes of a large file of which little will be looked at; otherwise as [`World::read`].
    fn map(&self, path: &Path) -> io::Result<Bytes> {
        Ok(Arc::new(self.read(path)?))
    }
    /// The names in a folder, sorted; folders end in `/`.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Write files whole: every one is written beside its place first, and only when all are, they are renamed.
    fn write(&self, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()>;
    /// Write a folder of files, by their paths in it, whole or not at all; an error of kind `AlreadyExists` if it is there.
    /// What a run that was killed left half done beside it is removed.
    fn create_folder(&self, folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()>;
    /// Everything below a folder, sorted by path; links are told, not followed. An error above [`MOST_ENTRIES`].
    fn tree(&self, folder: &Path) -> io::Result<Vec<Entry>>;
    /// The command line, the program's own name first.
    fn arguments(&self) -> Vec<OsString>;
    /// The user's language: Chinese where the locale is Chinese, English otherwise.
    fn language(&self) -> Lang;
    /// A variable of the environment.
    fn variable(&self, name: &str) -> Option<String>;
    /// The folder in which the program itself lies.
    fn program_folder(&self) -> Option<PathBuf>;
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

/// The real one.
pub struct Machine(Instant);

impl Machine {
    /// The machine, its clock at zero.
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    pub fn new() -> Self {
        Self(Instant::now())
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
        allow(&std::fs::metadata(path)?)?;
        std::fs::read(path)
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

    fn write(&self, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()> {
        let mut written = Vec::new();
        let result = write_beside(files, &mut written).and_then(|()| {
            written.iter().zip(files).try_for_each(|(from, (to, _))| std::fs::rename(from, to))
        });
        if result.is_err() {
            // What is left over is only ever ours; that it could not be removed changes nothing for the caller.
            written.iter().for_each(|path| _ = std::fs::remove_file(path));
        }
        result
    }

    fn create_folder(&self, folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()> {
        let parent = folder.parent().ok_or(io::ErrorKind::InvalidInput)?;
        std::fs::create_dir_all(parent)?;
        // Whoever holds the lock is alone: every temporary folder is one of the dead. The system frees it with its holder.
        let lock = std::fs::OpenOptions::new().create(true).append(true).open(parent.join(".lock"))?;
        lock.lock()?;
        if std::fs::symlink_metadata(folder).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        remove_stale(parent)?;
        let temporary = beside(folder);
        let result = fill(&temporary, files)
            .and_then(|()| std::fs::rename(&temporary, folder))
            .and_then(|()| sync_folder(parent));
        if result.is_err() {
            _ = std::fs::remove_dir_all(&temporary);
        }
        result
    }

    fn tree(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let mut found = Vec::new();
        walk(folder, Path::new(""), &mut found, DEEPEST)?;
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
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

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn now(&self) -> i64 {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
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

#[expect(clippy::disallowed_methods, reason = "this is the door")]
fn write_beside(files: &[(PathBuf, Vec<u8>)], written: &mut Vec<PathBuf>) -> io::Result<()> {
    for (path, bytes) in files {
        if path.is_dir() {
            return Err(io::Error::new(
                io::ErrorKind::IsADirectory,
                format!("{} is a folder", path.display()),
            ));
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let temporary = beside(path);
        written.push(temporary.clone());
        std::fs::write(&temporary, bytes)?;
    }
    Ok(())
}

/// Where a thing is written before it takes its place: `.r.pdf.4711.tmp`.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    path.with_file_name(name)
}

/// Removes the temporary folders in a folder.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
fn remove_stale(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') && name.ends_with(".tmp") && entry.file_type()?.is_dir() {
            std::fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// A new folder with these files; when it returns, all of it is on the disk.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
fn fill(folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()> {
    std::fs::create_dir(folder)?;
    let mut folders = vec![folder.to_owned()];
    for (name, bytes) in files {
        let path = folder.join(name);
        for above in path.ancestors().skip(1).take_while(|above| *above != folder) {
            if !folders.iter().any(|known| known == above) {
                std::fs::create_dir_all(above)?;
                folders.push(above.to_owned());
            }
        }
        let mut file = std::fs::File::create_new(&path)?;
        io::Write::write_all(&mut file, bytes)?;
        file.sync_all()?;
    }
    folders.iter().try_for_each(|folder| sync_folder(folder))
}

/// The names in a folder onto the disk; only Unix opens folders.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { std::fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

#[expect(clippy::disallowed_methods, reason = "this is the door")]
fn walk(folder: &Path, inside: &Path, found: &mut Vec<Entry>, depth: usize) -> io::Result<()> {
    for entry in std::fs::read_dir(folder.join(inside))? {
        let entry = entry?;
        let (path, kind) = (inside.join(entry.file_name()), entry.file_type()?);
        if found.len() >= MOST_ENTRIES || depth == 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "too many files or folders in it"));
        }
        let kind = match (kind.is_file(), kind.is_dir()) {
            (true, _) => EntryKind::File(entry.metadata()?.len()),
            (_, true) => EntryKind::Folder,
            _ => EntryKind::Other,
        };
        found.push(Entry { path: path.clone(), kind });
        if kind == EntryKind::Folder {
            walk(folder, &path, found, depth - 1)?;
        }
    }
    Ok(())
}

/// One in memory: for tests, and for an archive, whose files are all that it is made from.
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

    fn write(&self, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()> {
        self.lock().extend(files.iter().cloned());
        Ok(())
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
