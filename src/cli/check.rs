//! `banjie check`: everything that `build` does, but write.

use std::path::Path;

use super::{Session, Status, print};
use crate::diagnostic::Say;
use crate::write::{FORMATS, Format};

pub(super) fn check(session: &mut Session) -> Result<Status, Say> {
    let formats: Vec<&'static Format> = FORMATS.iter().collect();
    let mut errors = 0;
    for (folder, name) in session.reports.clone() {
        let (_, wrong) = session.make(&folder, &formats, Path::new(&name))?;
        errors += wrong;
        if wrong == 0 {
            print(&format!("{name}: {}", session.lang.pick("没有错误", "no errors")));
        }
    }
    Ok(session.end(errors))
}
