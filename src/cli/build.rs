//! `banjie build`: make reports and write them.

use std::path::{Path, PathBuf};

use super::{MadeFile, Session, Status, fail};
use crate::diagnostic::{Lang, say};
use crate::write::Format;

pub(super) fn build(session: &mut Session, formats: &[&'static Format], out: &Path) -> Status {
    let lang = session.lang;
    if formats.iter().any(|format| format.name == "pdf") {
        let names = session.faces.names();
        let faces: Vec<String> =
            names.iter().map(|served| format!("{} {}", served.role.label(), served.family)).collect();
        println!("{}: {}", lang.pick("字体", "faces"), faces.join(lang.pick("，", ", ")));
    }
    let mut errors = 0;
    for (folder, name) in session.reports.clone() {
        let (made, wrong) = session.make(&folder, formats, &out.join(&name).join(&name));
        errors += wrong;
        let lines: Vec<String> = made.iter().map(|file| line(file, lang)).collect();
        let files: Vec<(PathBuf, Vec<u8>)> =
            made.into_iter().map(|file| (file.path, file.content.bytes)).collect();
        if let Err(error) = session.world.write(&files) {
            let shown = out.display();
            return fail(
                lang,
                &say(format!("写不了 {shown}：{error}"), format!("cannot write to {shown}: {error}")),
            );
        }
        lines.iter().for_each(|line| println!("{line}"));
    }
    session.end(errors)
}

/// `output/r/r.pdf  18 pages  350 KB  9.1 ms`
fn line(file: &MadeFile, lang: Lang) -> String {
    let pages =
        file.content.pages.map_or(String::new(), |pages| format!("  {pages} {}", lang.pick("页", "pages")));
    let size = file.content.bytes.len().div_ceil(1024);
    let took = file.took.as_secs_f64() * 1000.0;
    format!("{}{pages}  {size} KB  {took:.1} {}", file.path.display(), lang.pick("毫秒", "ms"))
}
