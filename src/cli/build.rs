//! `banjie build`: make reports and write them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::put::hold;
use super::{Job, Status, print};
use crate::diagnostic::{Lang, Say, say};
use crate::make::{MadeFile, unwritten};
use crate::world::Fate;
use crate::write::Format;

pub(super) fn build(mut job: Job, formats: &[&'static Format], out: &Path) -> Result<Status, Say> {
    let mut faces_told = formats.iter().all(|format| !format.paged);
    for (folder, name) in job.reports.clone() {
        let own = out.join(&name);
        // Locked before reading: of two runs at once, the one that read older data must not write last.
        let _held = hold(job.world, &own, job.lang)?;
        let (made, _) = job.make(&folder, formats, &own.join(&name))?;
        let lines = write(&job, made)?;
        if !lines.is_empty() && !std::mem::replace(&mut faces_told, true) {
            print(&faces(&job)?);
        }
        lines.iter().for_each(|(line, _)| print(line));
    }
    Ok(job.teller.end(true))
}

/// Writes a report's files. Returns for each the line to print, and whether the file has changed.
pub(super) fn write(job: &Job, made: Vec<MadeFile>) -> Result<Vec<(String, bool)>, Say> {
    let (shown, files): (Vec<Shown>, Vec<(PathBuf, Vec<u8>)>) = made.into_iter().map(Shown::of).unzip();
    let fates = job.world.write(&files).map_err(|wrong| unwritten(&wrong))?;
    let rows = shown.iter().zip(&files).zip(&fates);
    let row = |((shown, (path, bytes)), fate): ((&Shown, &(PathBuf, Vec<u8>)), &Fate)| {
        (shown.line(path, bytes, fate, job.lang), *fate != Fate::Unchanged)
    };
    Ok(rows.map(row).collect())
}

/// Which face serves each role of the standard.
pub(super) fn faces(job: &Job) -> Result<String, Say> {
    let lang = job.lang;
    let served = (job.faces)()?.names();
    let names: Vec<String> =
        served.iter().map(|served| format!("{} {}", served.role.label(), served.family)).collect();
    Ok(format!("{}: {}", lang.pick("字体", "faces"), names.join(lang.pick("，", ", "))))
}

/// Numbers that are printed about a file, beside its name and size.
struct Shown {
    pages: Option<usize>,
    milliseconds: f64,
}

impl Shown {
    fn of(file: MadeFile) -> (Self, (PathBuf, Vec<u8>)) {
        let milliseconds = file.took.as_secs_f64() * 1000.0;
        (Self { pages: file.content.pages, milliseconds }, (file.path, file.content.bytes))
    }

    /// `output/r/r.pdf  18 pages  350 KB  unchanged  9.1 ms`
    fn line(&self, path: &Path, bytes: &[u8], fate: &Fate, lang: Lang) -> String {
        let pages = self.pages.map(|pages| format!("{pages} {}", lang.pick("页", "pages")));
        let size = format!("{} KB", bytes.len().div_ceil(1024));
        let became = match fate {
            Fate::New => None,
            Fate::Unchanged => Some(say("没有变化", "unchanged")),
            Fate::Changed(old) => Some(changed(path, old, bytes)),
        };
        let took = format!("{:.1} {}", self.milliseconds, lang.pick("毫秒", "ms"));
        let became = became.map(|words| words.get(lang).to_owned());
        let parts = [Some(path.display().to_string()), pages, Some(size), became, Some(took)];
        parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
    }
}

/// What has changed in a file: for Markdown, where a line is a paragraph or a row, how many lines.
fn changed(path: &Path, old: &[u8], new: &[u8]) -> Say {
    let lines = if path.extension().is_some_and(|extension| extension == "md") { moved(old, new) } else { 0 };
    match lines {
        0 => say("有变化", "changed"),
        1 => say("1 行有变化", "1 line changed"),
        lines => say(format!("{lines} 行有变化"), format!("{lines} lines changed")),
    }
}

/// The number of changed lines: of the lines only in the old text and those only in the new one, the larger count,
/// since an edited line is among both.
fn moved(old: &[u8], new: &[u8]) -> usize {
    let mut counts: BTreeMap<&[u8], i64> = BTreeMap::new();
    for (text, step) in [(old, -1), (new, 1)] {
        text.split(|byte| *byte == b'\n').for_each(|line| *counts.entry(line).or_default() += step);
    }
    let (mut gone, mut come) = (0, 0);
    for count in counts.into_values() {
        gone += (-count).max(0);
        come += count.max(0);
    }
    usize::try_from(gone.max(come)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_others_are_counted() {
        for (old, new, lines) in
            [("a\nb\n", "a\nc\n", 1), ("a\n", "a\nb\nc\n", 2), ("a\nb\n", "b\n", 1), ("a\nb", "b\na", 0)]
        {
            assert_eq!(moved(old.as_bytes(), new.as_bytes()), lines, "{old:?} {new:?}");
        }
    }
}
