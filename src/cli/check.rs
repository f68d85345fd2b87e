//! `banjie check`: does everything that `build` does, but writes no files.

use std::path::Path;

use super::{Job, Status, print};
use crate::diagnostic::Say;
use crate::write::{FORMATS, Format};

pub(super) fn check(mut job: Job) -> Result<Status, Say> {
    let formats: Vec<&'static Format> = FORMATS.iter().collect();
    for (folder, name) in job.reports.clone() {
        let (_, wrong) = job.make(&folder, &formats, Path::new(&name))?;
        if wrong == 0 && job.teller.is_text() {
            print(&format!("{name}: {}", job.lang.pick("没有错误", "no errors")));
        }
    }
    Ok(job.teller.end(false))
}
