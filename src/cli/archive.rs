//! `banjie archive`: archive a report.

use std::path::Path;

use super::{Job, Status, complain, print};
use crate::archive::{self, FOLDER, Gathered, Kept, Subject};
use crate::diagnostic::{Say, say};

/// Archives the report that is named, and prints the new folder and the checksum of its manifest.
pub(super) fn archive(mut job: Job, out: &Path) -> Result<Status, Say> {
    let Some((folder, report)) = job.reports.first().cloned() else { return Ok(Status::Clean) };
    let mut wrong = Vec::new();
    let gathered = archive::gather(job.world, &job.templates, &folder, &mut job.sources, &mut wrong);
    job.teller.tell(wrong, &job.sources);
    let Some(Gathered { kept, filing }) = gathered else { return Ok(job.teller.end(true)) };
    let faces = (job.faces)()?;
    let (made, sources) = archive::remake(&kept, &report, faces)?;
    let made = match made {
        Ok(made) => made,
        Err(wrong) => {
            job.teller.tell(wrong, &sources);
            return Ok(job.teller.end(true));
        }
    };
    let subject = Subject { report: &report, filing: &filing, kept, made, fonts: archive::fonts(faces) };
    match archive::keep(job.world, &out.join(FOLDER), subject)? {
        Kept::Unchanged { place } => {
            let shown = place.display();
            let same = say(
                format!("已存档为 {shown}，内容没有变化"),
                format!("already archived as {shown}, nothing new"),
            );
            print(same.get(job.lang));
            Ok(Status::Clean)
        }
        Kept::New { place, manifest, clock } => {
            if let Some(clock) = clock {
                complain(clock.get(job.lang));
            }
            print(&format!("{}  {manifest}", place.display()));
            Ok(job.teller.end(false))
        }
    }
}
