//! The only door to files, clock and environment: one real world, one in memory for tests.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::diagnostic::Lang;

/// Largest file that is read, in bytes: well above 100,000 cases, well below what could exhaust a machine.
pub const LARGEST_FILE: u64 = 64 << 20;

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
    /// Make a folder with files, by their names in it, or nothing at all: an error of kind `AlreadyExists` if there is something
    /// of its name.
    fn create_folder(&self, folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()>;
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
        if folder.symlink_metadata().is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        // Filled beside its place and renamed: nobody sees half of it. Renaming over a folder with something in it fails.
        let mut name = OsString::from(".");
        name.push(folder.file_name().unwrap_or_default());
        name.push(format!(".{}.tmp", std::process::id()));
        let beside = folder.with_file_name(name);
        let written: Vec<(PathBuf, Vec<u8>)> =
            files.iter().map(|(file, bytes)| (beside.join(file), bytes.clone())).collect();
        let result = std::fs::create_dir_all(&beside)
            .and_then(|()| self.write(&written))
            .and_then(|()| std::fs::rename(&beside, folder));
        if result.is_err() {
            // What is left over is only ever ours; that it could not be removed changes nothing for the caller.
            _ = std::fs::remove_dir_all(&beside);
        }
        result
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
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}.tmp", std::process::id()));
        let temporary = path.with_file_name(name);
        written.push(temporary.clone());
        std::fs::write(&temporary, bytes)?;
    }
    Ok(())
}

/// One in memory, for tests.
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
        if self.lock().keys().any(|path| path.starts_with(folder)) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let placed: Vec<_> = files.iter().map(|(file, bytes)| (folder.join(file), bytes.clone())).collect();
        self.write(&placed)
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
}
