//! A world in memory.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use super::{Entry, EntryKind, Fate, ReadFiles, Unwritten, World};
use crate::diagnostic::Lang;

/// One in memory: for tests, for an archive, whose files are all that it is made from, and for others that lie
/// elsewhere.
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

impl ReadFiles for Memory {
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
}

impl World for Memory {
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
