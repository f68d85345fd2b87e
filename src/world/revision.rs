//! The files of a git revision, read where they are asked for: they can be read, and nothing else.

use std::io;
use std::path::{Path, PathBuf};

use super::{LARGEST_FILE, ReadFiles, World};
use crate::diagnostic::{Say, say};

/// A revision. Its files are called `HEAD~1:data/r/report.yaml`, with a path from the folder in which git is asked.
pub struct Revision<'w> {
    world: &'w dyn World,
    /// Where git is asked.
    folder: PathBuf,
    /// `HEAD~1:`
    prefix: String,
    /// The commit, by its full name: nothing that a user typed reaches git again.
    commit: String,
}

impl<'w> Revision<'w> {
    /// The revision that git knows by a name, asked in a folder. An error says why there is none.
    pub fn find(world: &'w dyn World, folder: &Path, name: &str) -> Result<Self, Say> {
        let unknown = || say(format!("git 里没有版本“{name}”"), format!("git knows no revision \"{name}\""));
        if name.is_empty() || name.starts_with('-') || name.chars().any(char::is_control) {
            return Err(unknown());
        }
        if let Err(error) = world.git(folder, &["rev-parse", "--git-dir"]) {
            let shown = folder.display();
            return Err(match error.kind() {
                io::ErrorKind::NotFound => say(
                    format!("要取版本“{name}”，但没有安装 git"),
                    format!("the revision \"{name}\" needs the program git, which is not there"),
                ),
                _ => say(
                    format!("{shown} 不在 git 仓库里，取不了版本“{name}”：{error}"),
                    format!("{shown} is in no git repository, so there is no revision \"{name}\": {error}"),
                ),
            });
        }
        let found = world.git(folder, &["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")]);
        let commit = String::from_utf8(found.map_err(|_| unknown())?).map_err(|_| unknown())?;
        let commit = commit.trim().to_owned();
        if commit.is_empty() || !commit.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(unknown());
        }
        Ok(Self { world, folder: folder.to_owned(), prefix: format!("{name}:"), commit })
    }

    /// `<commit>:./data/r/report.yaml`: relative to the folder in which git is asked.
    fn object(&self, path: &Path) -> String {
        let path = path.to_string_lossy().replace('\\', "/");
        format!("{}:./{}", self.commit, path.strip_prefix(&self.prefix).unwrap_or(&path))
    }
}

impl ReadFiles for Revision<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let object = self.object(path);
        let missing = |_| io::Error::from(io::ErrorKind::NotFound);
        let size = self.world.git(&self.folder, &["cat-file", "-s", &object]).map_err(missing)?;
        let size = String::from_utf8_lossy(&size).trim().parse::<u64>().map_err(io::Error::other)?;
        if size > LARGEST_FILE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.world.git(&self.folder, &["cat-file", "blob", &object])
    }

    fn list(&self, _: &Path) -> io::Result<Vec<String>> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "the folders of a revision are not listed"))
    }
}
