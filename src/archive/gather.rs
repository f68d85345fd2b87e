//! What a report is made from, gathered while it is made; and a world that holds nothing but that.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::Files;
use crate::compose::Templates;
use crate::world::{Memory, ReadFiles};

/// Where the report's own files lie in a bag.
const SOURCE: &str = "data/source/";
/// Where what was read of other reports' folders lies: of last year's.
const BESIDE: &str = "data/beside/";
/// Where the templates lie.
const TEMPLATES: &str = "data/templates/";

/// Reads files and remembers each.
pub struct Recorder<'w> {
    files: &'w dyn ReadFiles,
    read: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
}

impl<'w> Recorder<'w> {
    /// Nothing has been read yet.
    pub fn new(files: &'w dyn ReadFiles) -> Self {
        Self { files, read: Mutex::default() }
    }

    /// What was read of a report's folder and of those beside it, by its place in a bag. Elsewhere nothing of a report lies.
    pub(super) fn sources(self, folder: &Path) -> Files {
        let read = self.read.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let above = folder.parent().unwrap_or(Path::new(""));
        let place = |path: &Path| {
            let slashed = |path: &Path| path.to_string_lossy().replace('\\', "/");
            let own = path.strip_prefix(folder).map(|rest| format!("{SOURCE}{}", slashed(rest)));
            own.or_else(|_| path.strip_prefix(above).map(|rest| format!("{BESIDE}{}", slashed(rest)))).ok()
        };
        read.into_iter().filter_map(|(path, bytes)| Some((place(&path)?, bytes))).collect()
    }
}

impl ReadFiles for Recorder<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let bytes = self.files.read(path)?;
        let mut read = self.read.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        read.insert(path.to_owned(), bytes.clone());
        Ok(bytes)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.files.list(folder)
    }
}

/// The templates that a genre is composed with, by their places in a bag: its own, those that all share, and whatever these
/// name.
pub(super) fn templates(templates: &Templates, genre: &str) -> Files {
    let own = format!("{}/", templates.folder(genre));
    let mut names: Vec<&String> = Vec::new();
    let belongs = |name: &str| name.starts_with(&own) || name.starts_with("shared/") || !name.contains('/');
    names.extend(templates.iter().map(|(name, _)| name).filter(|name| belongs(name)));
    let text = |name: &str| templates.get(name).map_or("", |template| template.text.as_str());
    let mut at = 0;
    while let Some(name) = names.get(at) {
        let text = text(name);
        let new = |(name, _): &(&'_ String, _)| text.contains(name.as_str()) && !names.contains(name);
        let named: Vec<&String> = templates.iter().filter(new).map(|(name, _)| name).collect();
        names.extend(named);
        at += 1;
    }
    names.iter().map(|name| (format!("{TEMPLATES}{name}"), text(name).as_bytes().to_vec())).collect()
}

/// The folder of a report in [`world`].
pub(super) fn report_folder(report: &str) -> PathBuf {
    Path::new("data").join(report)
}

/// The folder of the templates in [`world`].
pub(super) const TEMPLATE_FOLDER: &str = "templates";

/// A world with nothing in it but a bag's data and templates.
pub(super) fn world(files: &Files, report: &str) -> Memory {
    let place = |path: &str| {
        let own = path.strip_prefix(SOURCE).map(|rest| report_folder(report).join(rest));
        own.or_else(|| path.strip_prefix(BESIDE).map(|rest| Path::new("data").join(rest)))
            .or_else(|| path.strip_prefix(TEMPLATES).map(|rest| Path::new(TEMPLATE_FOLDER).join(rest)))
    };
    let files = files.iter().filter_map(|(path, bytes)| Some((place(path)?, bytes.clone())));
    Memory { files: Mutex::new(files.collect()), ..Memory::default() }
}

/// The report's own data files, by their names.
pub(super) fn sources(files: &Files) -> impl Iterator<Item = (&str, &Vec<u8>)> {
    files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(SOURCE)?, bytes)))
}

/// The files of a bag that the others are made from.
pub(super) fn kept(files: &Files) -> Files {
    let is_kept = |path: &str| [SOURCE, BESIDE, TEMPLATES].iter().any(|folder| path.starts_with(folder));
    let kept = files.iter().filter(|(path, _)| is_kept(path));
    kept.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}
