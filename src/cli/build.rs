//! `banjie build`: make reports and write them.

use std::path::{Path, PathBuf};

use super::{Job, MadeFile, Status, print};
use crate::diagnostic::{Lang, Say, say};
use crate::write::Format;

pub(super) fn build(mut job: Job, formats: &[&'static Format], out: &Path) -> Result<Status, Say> {
    let lang = job.lang;
    let mut faces_told = formats.iter().all(|format| !format.paged);
    for (folder, name) in job.reports.clone() {
        let (made, _) = job.make(&folder, formats, &out.join(&name).join(&name))?;
        let lines: Vec<String> = made.iter().map(|file| line(file, lang)).collect();
        let files: Vec<(PathBuf, Vec<u8>)> =
            made.into_iter().map(|file| (file.path, file.content.bytes)).collect();
        job.world.write(&files).map_err(|error| {
            let shown = out.display();
            say(format!("写不了 {shown}：{error}"), format!("cannot write to {shown}: {error}"))
        })?;
        if !lines.is_empty() && !std::mem::replace(&mut faces_told, true) {
            print(&faces(&job)?);
        }
        lines.iter().for_each(|line| print(line));
    }
    Ok(job.teller.end(true))
}

/// Which face serves each role of the standard.
fn faces(job: &Job) -> Result<String, Say> {
    let lang = job.lang;
    let served = (job.faces)()?.names();
    let names: Vec<String> =
        served.iter().map(|served| format!("{} {}", served.role.label(), served.family)).collect();
    Ok(format!("{}: {}", lang.pick("字体", "faces"), names.join(lang.pick("，", ", "))))
}

/// `output/r/r.pdf  18 pages  350 KB  9.1 ms`
fn line(file: &MadeFile, lang: Lang) -> String {
    let pages =
        file.content.pages.map_or(String::new(), |pages| format!("  {pages} {}", lang.pick("页", "pages")));
    let size = file.content.bytes.len().div_ceil(1024);
    let took = file.took.as_secs_f64() * 1000.0;
    format!("{}{pages}  {size} KB  {took:.1} {}", file.path.display(), lang.pick("毫秒", "ms"))
}
