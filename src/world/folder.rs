//! Whole folders: created completely or not at all, and listed without following links.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::store::{hold, sync};
use super::{Entry, EntryKind};

/// How long to wait for another run that writes to the parent folder.
const PATIENCE: Duration = Duration::from_secs(10);

/// Most entries that are listed, and the deepest nesting of folders.
const MOST_ENTRIES: usize = 10_000;
const DEEPEST: usize = 16;

/// Creates a folder with these files: under a temporary name, which is changed when everything is on the disk.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub(super) fn create(folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()> {
    let around = folder.parent().ok_or(ErrorKind::InvalidInput)?;
    // No other run writes here while this one holds the lock, so every temporary folder was left by a run that was
    // killed.
    let held = hold(around, PATIENCE).ok_or(ErrorKind::ResourceBusy)?;
    if folder.symlink_metadata().is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    remove_stale(around)?;
    let mut name = std::ffi::OsString::from(".");
    name.push(folder.file_name().unwrap_or_default());
    name.push(format!("{MARK}{}{TEMPORARY}", std::process::id()));
    let temporary = folder.with_file_name(name);
    let result = fill(&temporary, files).and_then(|()| std::fs::rename(&temporary, folder));
    match &result {
        Ok(()) => sync(around),
        // Errors are ignored, since the next run removes what is left.
        Err(_) => _ = std::fs::remove_dir_all(&temporary),
    }
    drop(held);
    result
}

const MARK: &str = ".banjie-";
const TEMPORARY: &str = ".tmp";

/// Removes temporary folders of killed runs from a folder that is locked.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
fn remove_stale(around: &Path) -> io::Result<()> {
    let around = if around.as_os_str().is_empty() { Path::new(".") } else { around };
    for entry in std::fs::read_dir(around)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let run = name.strip_suffix(TEMPORARY).and_then(|name| name.rsplit_once(MARK));
        let is_run = |run: &str| !run.is_empty() && run.bytes().all(|byte| byte.is_ascii_digit());
        let ours = name.starts_with('.') && run.is_some_and(|(_, run)| is_run(run));
        if ours && entry.file_type()?.is_dir() {
            std::fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// Creates a folder with these files and forces all of them to the disk.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
fn fill(folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
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
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    folders.iter().for_each(|folder| sync(folder));
    Ok(())
}

/// Everything below a folder, sorted by path.
pub(super) fn tree(folder: &Path) -> io::Result<Vec<Entry>> {
    let mut found = Vec::new();
    walk(folder, Path::new(""), &mut found, DEEPEST)?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

#[expect(clippy::disallowed_methods, reason = "this is the door")]
fn walk(folder: &Path, inside: &Path, found: &mut Vec<Entry>, depth: usize) -> io::Result<()> {
    for entry in std::fs::read_dir(folder.join(inside))? {
        let entry = entry?;
        if found.len() >= MOST_ENTRIES || depth == 0 {
            return Err(io::Error::new(ErrorKind::InvalidData, "too many files or folders in it"));
        }
        let (path, kind) = (inside.join(entry.file_name()), entry.file_type()?);
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
