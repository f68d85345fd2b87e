//! Writes files so that nothing is lost: each is written under a temporary name, forced to the disk, and then renamed.
//! It also cleans up after a run that was killed.
//!
//! While a run writes `r.md`, the same folder holds `.r.md.banjie-<run>.new`, the new content, until it is renamed to
//! `r.md`; and `.r.md.banjie-<run>.old`, the old content, until all files of the run have their names. So the names in
//! a folder tell how far a killed run came.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{Fate, Unwritten};

/// A folder that only this run writes to, until this is dropped or the program ends, however it ends.
#[derive(Debug, Default)]
pub struct FolderLock {
    /// Its lock; none where the folder cannot be locked.
    lock: Option<File>,
    /// Folders that were created in order to lock this one, the innermost first.
    made: Vec<PathBuf>,
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Removes those that are still empty; removing a folder with files in it fails.
        self.made.iter().for_each(|folder| _ = std::fs::remove_dir(folder));
        self.lock = None;
    }
}

/// The time between two attempts to lock.
const PAUSE: Duration = Duration::from_millis(20);

/// Locks a folder, which is created if it does not exist, and cleans up what a killed run has left in it. Returns none
/// if another run has held the lock for longer than `patience`. A folder that cannot be created or locked counts as
/// locked, since no other run can lock it either; if it cannot be written to, writing will fail.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub(super) fn hold(folder: &Path, patience: Duration) -> Option<FolderLock> {
    let begun = Instant::now();
    let absent = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    let made = folder.ancestors().take_while(absent).map(Path::to_owned).collect();
    let mut held = FolderLock { lock: None, made };
    loop {
        let Ok(file) = std::fs::create_dir_all(folder).and_then(|()| lock_file(folder)) else {
            return Some(held);
        };
        match file.try_lock() {
            Ok(()) if is_still(&file, folder) => {
                held.lock = Some(file);
                mend(folder);
                return Some(held);
            }
            // The run that held the lock has removed the empty folder: create it again.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if begun.elapsed() < patience => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return None,
            // Some network drives have no locks.
            Err(TryLockError::Error(_)) => return Some(held),
        }
    }
}

/// Opens what is locked: on Unix the folder itself, so that no lock file is left in it.
#[cfg(unix)]
fn lock_file(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

#[cfg(not(unix))]
fn lock_file(folder: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(".banjie.lock"))
}

#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "this is the door")]
fn is_still(file: &File, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |data: &std::fs::Metadata| (data.dev(), data.ino());
    matches!((file.metadata(), std::fs::metadata(folder)), (Ok(own), Ok(there)) if id(&own) == id(&there))
}

#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}

/// Writes files, all or none, and returns what each was before. A file that already has these bytes is not touched.
pub(super) fn put(files: &[(PathBuf, Vec<u8>)]) -> Result<Vec<Fate>, Unwritten> {
    let fates = files.iter().map(|(path, bytes)| fate(path, bytes)).collect::<Result<Vec<_>, _>>()?;
    let news: Vec<&(PathBuf, Vec<u8>)> = files
        .iter()
        .zip(&fates)
        .filter(|(_, fate)| **fate != Fate::Unchanged)
        .map(|(file, _)| file)
        .collect();
    let mut number = 0;
    loop {
        let run = format!("{}-{number}", std::process::id());
        let mut steps: Vec<Step> = news.iter().map(|(path, bytes)| Step::new(path, bytes, &run)).collect();
        match steps.iter_mut().try_for_each(Step::write) {
            Ok(()) => {
                place(&mut steps)?;
                return Ok(fates);
            }
            Err(wrong) => {
                steps.iter().for_each(Step::clear);
                // A run on another machine may have the same process number.
                if wrong.error.kind() != ErrorKind::AlreadyExists || number == MOST_NUMBERS {
                    return Err(wrong);
                }
                number += 1;
            }
        }
    }
}

/// Most names that are tried; so many runs with one process number do not write to a folder at once.
const MOST_NUMBERS: usize = 100;

#[expect(clippy::disallowed_methods, reason = "this is the door")]
fn fate(path: &Path, bytes: &[u8]) -> Result<Fate, Unwritten> {
    let wrong = |error| Unwritten { path: path.to_owned(), error };
    if path.is_dir() {
        return Err(wrong(ErrorKind::IsADirectory.into()));
    }
    // Reading a pipe never ends.
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        return Err(wrong(io::Error::new(ErrorKind::InvalidInput, "not a regular file")));
    }
    match std::fs::read(path) {
        Ok(there) if there == bytes => Ok(Fate::Unchanged),
        Ok(there) => Ok(Fate::Changed(there)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Fate::New),
        Err(error) => Err(wrong(error)),
    }
}

/// A file that is being written.
struct Step<'f> {
    path: &'f Path,
    bytes: &'f [u8],
    /// The path of the new content.
    new: PathBuf,
    written: bool,
    /// The path under which the old content is kept.
    old: PathBuf,
    kept: bool,
    placed: bool,
}

/// Part of every temporary name.
const MARK: &str = ".banjie-";

fn beside(path: &Path, run: &str, kind: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!("{MARK}{run}{kind}"));
    path.with_file_name(name)
}

const NEW: &str = ".new";
const OLD: &str = ".old";

#[expect(clippy::disallowed_methods, reason = "this is the door")]
impl<'f> Step<'f> {
    fn new(path: &'f Path, bytes: &'f [u8], run: &str) -> Self {
        let (new, old) = (beside(path, run, NEW), beside(path, run, OLD));
        Self { path, bytes, new, written: false, old, kept: false, placed: false }
    }

    fn wrong(&self, error: io::Error) -> Unwritten {
        Unwritten { path: self.path.to_owned(), error }
    }

    /// Writes the new content under its temporary name and forces it to the disk.
    fn write(&mut self) -> Result<(), Unwritten> {
        let mut write = || {
            std::fs::create_dir_all(self.path.parent().unwrap_or(Path::new("")))?;
            let mut file = OpenOptions::new().write(true).create_new(true).open(&self.new)?;
            self.written = true;
            file.write_all(self.bytes)?;
            file.sync_all()
        };
        write().map_err(|error| self.wrong(error))
    }

    /// Gives the old content a second name. It keeps its own name too, so that the file exists at every moment.
    fn keep(&mut self) -> Result<(), Unwritten> {
        let kept = match std::fs::hard_link(self.path, &self.old) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Ok(()) => Ok(()),
            // Copying onto a second name of the same file would empty it.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(self.wrong(error)),
            // Not every drive has hard links.
            Err(_) => std::fs::copy(self.path, &self.old).map(drop),
        };
        // Also after a failed copy, so that the part that was copied is removed.
        self.kept = true;
        kept.map_err(|error| self.wrong(error))
    }

    fn place(&mut self) -> Result<(), Unwritten> {
        std::fs::rename(&self.new, self.path).map_err(|error| self.wrong(error))?;
        self.placed = true;
        Ok(())
    }

    /// Undoes the renaming.
    fn undo(&self) -> io::Result<()> {
        match (self.placed, self.kept) {
            (false, _) => Ok(()),
            (true, true) => std::fs::rename(&self.old, self.path),
            (true, false) => std::fs::remove_file(self.path),
        }
    }

    /// Removes the temporary files. Errors are ignored, since the next run removes what is left.
    fn clear(&self) {
        for (path, ours) in [(&self.new, self.written && !self.placed), (&self.old, self.kept)] {
            if ours {
                _ = std::fs::remove_file(path);
            }
        }
    }
}

fn place(steps: &mut [Step]) -> Result<(), Unwritten> {
    let mut placed = steps.iter_mut().try_for_each(Step::keep);
    if placed.is_ok() {
        sync_folders(steps);
        placed = steps.iter_mut().try_for_each(Step::place);
    }
    // If undoing fails, the temporary files stay: the next run uses them to restore the old content.
    let undone =
        placed.is_ok() || steps.iter().rev().map(Step::undo).fold(true, |all, one| all & one.is_ok());
    sync_folders(steps);
    if undone {
        steps.iter().for_each(Step::clear);
    }
    placed
}

fn sync_folders(steps: &[Step]) {
    let mut folders: Vec<&Path> = steps.iter().filter_map(|step| step.path.parent()).collect();
    folders.dedup();
    folders.into_iter().for_each(sync);
}

/// Forces the names in a folder to the disk, on systems that can.
pub(super) fn sync(folder: &Path) {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if cfg!(unix) {
        _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Cleans up after killed runs in a folder that is locked. If a run has left a `.new` file, it was killed before all
/// its files had their names, so the old contents are put back. Otherwise it was complete, and only its `.old` files
/// are removed.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
fn mend(folder: &Path) {
    let mut runs: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if let Some((file, run, is_new)) = name.to_str().and_then(read_name) {
            runs.entry(run.to_owned()).or_default().push((file.to_owned(), is_new));
        }
    }
    for (run, left) in &runs {
        let unfinished = left.iter().any(|(_, is_new)| *is_new);
        // `.new` files are removed last: while one exists, the run counts as unfinished.
        for (file, _) in left.iter().filter(|(_, is_new)| !is_new) {
            let path = folder.join(file);
            let old = beside(&path, run, OLD);
            if unfinished {
                _ = std::fs::rename(&old, &path);
            }
            // Renaming does nothing where both are names of one file, so the old name is removed.
            _ = std::fs::remove_file(&old);
        }
        for (file, _) in left.iter().filter(|(_, is_new)| *is_new) {
            _ = std::fs::remove_file(beside(&folder.join(file), run, NEW));
        }
    }
    if !runs.is_empty() {
        sync(folder);
    }
}

/// Parses a temporary name into the file's name, the run, and whether it holds the new content.
fn read_name(name: &str) -> Option<(&str, &str, bool)> {
    let (file, rest) = name.strip_prefix('.')?.rsplit_once(MARK)?;
    let (run, is_new) = match rest.strip_suffix(NEW) {
        Some(run) => (run, true),
        None => (rest.strip_suffix(OLD)?, false),
    };
    let (process, number) = run.split_once('-')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (!file.is_empty() && digits(process) && digits(number)).then_some((file, run, is_new))
}

#[cfg(test)]
mod tests;
