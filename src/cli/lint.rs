//! `banjie lint`: the rules over words, for any file of text.

use std::path::{Path, PathBuf};

use super::Status;
use super::tell::{Style, Teller};
use crate::check::text;
use crate::diagnostic::{Diagnostic, Lang, Say, say};
use crate::document::reading::Reading;
use crate::source::{Place, Sources};
use crate::world::World;

/// Reads files one after another and shows what is wrong with their words; the status is `Errors` if anything is.
pub(super) fn lint(world: &dyn World, files: &[PathBuf], style: Style, lang: Lang) -> Result<Status, Say> {
    let mut teller = Teller::new(world, lang, style);
    let mut clean = true;
    for path in files {
        let shown = path.display().to_string();
        let text = read(world, path)?;
        let found = slips(&shown, &text);
        clean &= found.is_empty();
        let mut sources = Sources::default();
        sources.add(shown, text);
        teller.tell(found, &sources);
    }
    // Slips are warnings. Here they fail the run nevertheless: the command looks for nothing else.
    let status = teller.end(false);
    Ok(if clean { status } else { Status::Errors })
}

fn read(world: &dyn World, path: &Path) -> Result<String, Say> {
    let shown = path.display();
    let bytes = world
        .read(path)
        .map_err(|error| say(format!("读不了 {shown}：{error}"), format!("cannot read {shown}: {error}")))?;
    String::from_utf8(bytes).map_err(|_| {
        say(
            format!("{shown} 不是 UTF-8 编码的文本：先另存为 UTF-8"),
            format!("{shown} is not text in UTF-8: save it as such"),
        )
    })
}

fn slips(shown: &str, text: &str) -> Vec<Diagnostic> {
    let extension = shown.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let reading = match extension.as_str() {
        "md" | "markdown" => Reading::markdown(text),
        _ => Reading::plain(text),
    };
    let place =
        |passage: usize, range: &std::ops::Range<usize>| Place::bytes(shown, reading.range(passage, range));
    let slips = text::slips(&reading.passages).into_iter();
    slips.map(|slip| slip.told(place, false)).collect()
}
