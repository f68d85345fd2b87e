//! A bag as it lies on the disk. It may be hostile: it is read with limits, and links are not followed.

use std::collections::BTreeSet;
use std::io;
use std::path::{Component, Path};

use super::Files;
use crate::diagnostic::{Say, say};
use crate::world::{EntryKind, LARGEST_FILE, World};

/// Most bytes that are read of one bag.
const MOST_BYTES: u64 = 1 << 30;

/// Files that file managers leave in folders that they show.
const LEFT_BEHIND: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini"];

/// A folder's files, and what is no file of a bag's.
#[derive(Debug, Default)]
pub struct Folder {
    /// Every file.
    pub files: Files,
    /// Links, devices, names that are no text: none of them belongs in an archive.
    pub strange: Vec<Say>,
    /// Folders without a file in them.
    pub empty: Vec<String>,
    /// What a file manager has left in it: it is no part of the archive, and does no harm.
    pub left_behind: Vec<String>,
}

/// Reads all of a folder.
pub fn read(world: &dyn World, folder: &Path) -> io::Result<Folder> {
    let mut read = Folder::default();
    let mut folders = BTreeSet::new();
    let mut left = MOST_BYTES;
    for entry in world.tree(folder)? {
        let Some(name) = slashed(&entry.path) else {
            let shown = entry.path.display();
            read.strange
                .push(say(format!("{shown} 的名字不是 UTF-8"), format!("the name of {shown} is not UTF-8")));
            continue;
        };
        match entry.kind {
            EntryKind::File(_) if LEFT_BEHIND.iter().any(|own| name.rsplit('/').next() == Some(own)) => {
                read.left_behind.push(name);
            }
            EntryKind::Folder => _ = folders.insert(name),
            EntryKind::Other => read.strange.push(say(
                format!("{name} 是链接或设备，不是文件"),
                format!("{name} is a link or a device, not a file"),
            )),
            EntryKind::File(size) if size > LARGEST_FILE || size > left => read.strange.push(say(
                format!("{name} 太大（{size} 字节），没有读"),
                format!("{name} is too large ({size} bytes) and was not read"),
            )),
            EntryKind::File(size) => {
                left -= size;
                _ = read.files.insert(name, world.read(&folder.join(&entry.path))?);
            }
        }
    }
    let holds = |folder: &String| {
        let inside = format!("{folder}/");
        read.files.range(inside.clone()..).next().is_some_and(|(path, _)| path.starts_with(&inside))
    };
    folders.retain(|folder| !holds(folder));
    read.empty = folders.into_iter().collect();
    Ok(read)
}

/// A path as a manifest has it; none if it is not a text.
fn slashed(path: &Path) -> Option<String> {
    let part = |part: Component| part.as_os_str().to_str().map(str::to_owned);
    Some(path.components().map(part).collect::<Option<Vec<_>>>()?.join("/"))
}
