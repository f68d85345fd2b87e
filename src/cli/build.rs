//! `banjie build`: make reports and write them.

use std::path::{Path, PathBuf};

use super::progress::Progress;
use super::{Maker, Session, Status, fail};
use crate::diagnostic::{Severity, say};
use crate::write::Format;

pub(super) fn build(session: &mut Session, formats: &[&'static Format], out: &Path) -> Status {
    let lang = session.lang;
    let mut status = Status::Clean;
    let mut errors = 0;
    if formats.iter().any(|format| format.name == "pdf") {
        let faces: Vec<String> = session.faces.names().iter().map(|served| format!("{} {}", served.role.label(), served.family)).collect();
        println!("{}: {}", lang.pick("字体", "faces"), faces.join(lang.pick("，", ", ")));
    }
    for (folder, name) in session.reports.clone() {
        let progress = Progress::start();
        let maker = Maker {
            world: session.world,
            templates: &session.templates,
            faces: &session.faces,
            step: &|step| progress.step(&name, step, lang),
        };
        let stem = out.join(&name).join(&name);
        let made = maker.make(&folder, formats, &stem, &mut session.sources);
        progress.stop();
        session.tell(&made.diagnostics);
        errors += made.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        if errors > 0 && made.files.is_empty() {
            status = Status::Errors;
            continue;
        }
        let mut lines = Vec::new();
        let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
        for file in made.files {
            let size = file.content.bytes.len().div_ceil(1024);
            let took = file.took.as_secs_f64() * 1000.0;
            let pages = file.content.pages.map_or(String::new(), |pages| format!("  {pages} {}", lang.pick("页", "pages")));
            lines.push(format!("{}{pages}  {size} KB  {took:.1} {}", file.path.display(), lang.pick("毫秒", "ms")));
            files.push((file.path, file.content.bytes));
        }
        if let Err(error) = session.world.write(&files) {
            let shown = out.display();
            return fail(lang, &say(format!("写不了 {shown}：{error}"), format!("cannot write to {shown}: {error}")));
        }
        lines.iter().for_each(|line| println!("{line}"));
    }
    session.tell_sum(errors);
    status
}
