//! `banjie check`: everything that `build` does, but write.

use std::path::Path;

use super::progress::Progress;
use super::{Maker, Session, Status};
use crate::diagnostic::Severity;
use crate::write::{FORMATS, Format};

pub(super) fn check(session: &mut Session) -> Status {
    let lang = session.lang;
    let formats: Vec<&'static Format> = FORMATS.iter().collect();
    let mut errors = 0;
    for (folder, name) in session.reports.clone() {
        let progress = Progress::start();
        let maker = Maker {
            world: session.world,
            templates: &session.templates,
            faces: &session.faces,
            step: &|step| progress.step(&name, step, lang),
        };
        let made = maker.make(&folder, &formats, Path::new(&name), &mut session.sources);
        progress.stop();
        if session.tell(&made.diagnostics) {
            println!("{name}: {}", lang.pick("没有错误", "no errors"));
        }
        errors += made.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    }
    session.tell_sum(errors);
    if errors > 0 { Status::Errors } else { Status::Clean }
}
