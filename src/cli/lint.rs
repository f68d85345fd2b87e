//! `banjie lint`: the rules over words, for any file of text.

use std::path::{Path, PathBuf};

use super::{Status, complain, print, tell, tell_rest};
use crate::check::text;
use crate::diagnostic::{Diagnostic, Lang, Say, Severity, say};
use crate::document::reading::Reading;
use crate::source::{Place, Sources};
use crate::world::World;

/// Read files one after another and tell what is wrong with their words.
pub(super) fn lint(world: &dyn World, files: &[PathBuf], lang: Lang, color: bool) -> Result<Status, Say> {
    let mut count = 0;
    for path in files {
        let shown = path.display().to_string();
        let text = read(world, path)?;
        let found = slips(&shown, &text);
        count += found.len();
        let sum = match found.len() {
            0 => say(format!("{shown}：没有发现差错"), format!("{shown}: nothing found")),
            1 => say(format!("{shown}：1 处"), format!("{shown}: 1 slip")),
            many => say(format!("{shown}：{many} 处"), format!("{shown}: {many} slips")),
        };
        let mut sources = Sources::default();
        sources.add(shown, text);
        let all = found.len();
        tell(&found, &sources, lang, color);
        tell_rest(all, lang);
        print(sum.get(lang));
    }
    if files.len() > 1 && count > 0 {
        let plural = if count == 1 { "" } else { "s" };
        complain(say(format!("共有 {count} 处"), format!("{count} slip{plural}")).get(lang));
    }
    Ok(if count == 0 { Status::Clean } else { Status::Errors })
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
    let told = text::slips(&reading.passages).into_iter().map(|slip| {
        let range = reading.range(slip.passage, &slip.range);
        slip.at(Place::bytes(shown, range), Severity::Warning)
    });
    told.collect()
}
