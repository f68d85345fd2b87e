//! `banjie schema`: JSON Schemas of the data files, for editors that complete and check YAML.

use std::path::{Path, PathBuf};

use super::{Status, print};
use crate::diagnostic::{Lang, Say};
use crate::load::schema::{FILES, FileKind};
use crate::make::unwritten;
use crate::world::World;

/// Print the schema of one kind of file, write those of all to a folder, or list them.
pub(super) fn schema(
    world: &dyn World,
    named: Option<&str>,
    folder: Option<&Path>,
    lang: Lang,
) -> Result<Status, Say> {
    if let Some(folder) = folder {
        let file = |kind: &FileKind| (folder.join(name(kind)), format!("{}\n", text(kind)).into_bytes());
        let files: Vec<(PathBuf, Vec<u8>)> = FILES.iter().map(file).collect();
        world.write(&files).map_err(|wrong| unwritten(&wrong))?;
        files.iter().for_each(|(path, _)| print(&path.display().to_string()));
    } else if let Some(kind) = FILES.iter().find(|kind| Some(kind.name) == named) {
        print(&text(kind));
    } else {
        for kind in FILES {
            let (zh, en) = kind.label;
            print(&format!("{:<8} {:<13} {}", kind.name, kind.file, lang.pick(zh, en)));
        }
    }
    Ok(Status::Clean)
}

fn name(kind: &FileKind) -> String {
    format!("{}.schema.json", kind.name)
}

fn text(kind: &FileKind) -> String {
    serde_json::to_string_pretty(&(kind.schema)()).unwrap_or_default()
}
