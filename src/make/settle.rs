//! Reads a folder whose files may be saved meanwhile, so that all that is read is of one moment.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, say};
use crate::source::Place;
use crate::world::ReadFiles;

/// How often the work is done before it is given up because files keep changing.
const MOST_READS: usize = 5;

/// Does some work that reads a folder, again while a file of it changes during the work. An error (Y005) names a file that
/// changed every time.
pub fn settled<T>(
    files: &dyn ReadFiles,
    folder: &Path,
    mut work: impl FnMut() -> T,
) -> Result<T, Box<Diagnostic>> {
    let mut before = files.stamps(folder);
    let mut moving = String::new();
    for _ in 0..MOST_READS {
        let done = work();
        let after = files.stamps(folder);
        let mut names = before.keys().chain(after.keys());
        match names.find(|name| before.get(*name) != after.get(*name)) {
            None => return Ok(done),
            Some(name) => moving.clone_from(name),
        }
        before = after;
    }
    Err(Box::new(unsettled(folder, &moving)))
}

fn unsettled(folder: &Path, name: &str) -> Diagnostic {
    let shown = folder.join(name).to_string_lossy().replace('\\', "/");
    let message = say("文件一直在改动，没有读到完整的内容", "the file keeps changing while it is read");
    let help = say("等文件保存好以后再运行", "run this again when it has been saved");
    Diagnostic::error(Code::Y005, Place::file(&shown), message).help(help)
}
