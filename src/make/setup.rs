//! Finds what every report is made with: the templates and the faces.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::compose::Templates;
use crate::diagnostic::{Say, say};
use crate::source::Sources;
use crate::typeset::FaceFile;
use crate::world::{ReadFiles, World};

/// The built-in templates, each replaced by one of its name in `folder`.
pub fn templates(
    files: &dyn ReadFiles,
    folder: Option<&Path>,
    sources: &mut Sources,
) -> Result<Templates, Say> {
    Templates::load(files, folder, sources).map_err(|error| {
        let shown = folder.unwrap_or(Path::new("")).display();
        say(
            format!("读不了模板文件夹 {shown}：{error}"),
            format!("cannot read the templates in {shown}: {error}"),
        )
    })
}

/// The preferred 仿宋. Its licence forbids linking it in, so it is read from the current folder or the program's folder.
const FANDOL: &str = "fonts/fandol/FandolFang-Regular.otf";

/// The faces in `folder`, then those that lie beside the program.
pub fn face_files(world: &dyn World, folder: Option<&Path>) -> Result<Vec<FaceFile>, Say> {
    let mut files = Vec::new();
    if let Some(folder) = folder {
        let shown = folder.display();
        let cannot = |error: std::io::Error| {
            say(
                format!("读不了字体文件夹 {shown}：{error}"),
                format!("cannot read the fonts in {shown}: {error}"),
            )
        };
        for name in world.list(folder).map_err(cannot)? {
            let extension = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            if matches!(extension.as_str(), "ttf" | "otf" | "ttc" | "otc") {
                let path = folder.join(&name);
                files.push(FaceFile {
                    origin: path.display().to_string(),
                    // The files of a user's folder may be written to meanwhile, so they are read, not mapped.
                    bytes: Arc::new(world.read(&path).map_err(cannot)?),
                });
            }
        }
    }
    let places = [Some(PathBuf::from(FANDOL)), world.program_folder().map(|folder| folder.join(FANDOL))];
    let fandol = places.into_iter().flatten().find_map(|path| world.map(&path).ok());
    files.extend(fandol.map(|bytes| FaceFile { origin: FANDOL.to_owned(), bytes }));
    Ok(files)
}
