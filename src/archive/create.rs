//! Archives a report in three steps: [`gather`] its files, make both editions from them
//! ([`remake`](super::remake)), and [`keep`] all of it in a new folder that is never written to again.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::bag::{Info, MANIFEST, Previous, bag, sha256};
use super::filing::may_be_filed;
use super::folder::read;
use super::gather::{Recorder, templates as kept_templates};
use super::history::{Archived, history};
use super::metadata::{Filing, Font};
use super::number;
use super::payload::{About, complete};
use super::rebuild::Rebuilt;
use super::{Files, unreadable};
use crate::compose::Templates;
use crate::diagnostic::{Diagnostic, Say, say};
use crate::make::{BEIJING, Maker, epoch, settled, unwritten};
use crate::source::Sources;
use crate::world::{LARGEST_FILE, Unwritten, World};

/// The files that a report is made from, and how it is filed.
#[derive(Debug)]
pub struct Gathered {
    /// Data and templates, by their paths in a bag.
    pub kept: Files,
    /// The archive number and its parts.
    pub filing: Filing,
}

/// Reads a report and remembers every file that was read. All files are of one moment: while some are saved, it reads again.
/// None if the report has errors or may not be archived; what is wrong is added to `wrong`.
pub fn gather(
    world: &dyn World,
    templates: &Templates,
    folder: &Path,
    sources: &mut Sources,
    wrong: &mut Vec<Diagnostic>,
) -> Option<Gathered> {
    let read = settled(world, folder, || {
        // Each reading has a recorder of its own: a file that only an earlier one read is not kept.
        let recorder = Recorder::new(world);
        let no_faces = || Err(say("读取数据不用字体", "reading data needs no faces"));
        let mut found = Vec::new();
        let maker = Maker { files: &recorder, ..Maker::new(world, templates, &no_faces) };
        let ready = maker.ready(folder, sources, &mut found);
        (ready, recorder.sources(folder), found)
    });
    let (ready, mut kept, found) = read.unwrap_or_else(|moving| (None, Files::new(), vec![*moving]));
    wrong.extend(found);
    let ready = ready?;
    let filing = may_be_filed(&ready.dataset, wrong)?;
    kept.extend(kept_templates(templates, &ready.dataset.report.genre));
    Some(Gathered { kept, filing })
}

/// What is archived: a report's name, the files that it is made from, and what they make.
pub struct Subject<'a> {
    /// The report's name.
    pub report: &'a str,
    /// How it is filed.
    pub filing: &'a Filing,
    /// Data and templates.
    pub kept: Files,
    /// Both editions, made from them.
    pub made: Rebuilt,
    /// The faces that were used.
    pub fonts: Vec<Font>,
}

/// What [`keep`] did.
#[derive(Debug)]
pub enum Kept {
    /// It wrote a new bag.
    New {
        /// The bag's folder.
        place: PathBuf,
        /// SHA-256 of its manifest, which stands for all of it.
        manifest: String,
        /// A warning: the revision before has a later date.
        clock: Option<Say>,
    },
    /// The last revision holds the same; nothing was written.
    Unchanged {
        /// That revision's folder.
        place: PathBuf,
    },
}

/// Writes a report as the next revision of its archive number into `all`, the folder of all archives. An error says why not.
pub fn keep(world: &dyn World, all: &Path, mut subject: Subject) -> Result<Kept, Say> {
    subject.kept.append(&mut subject.made.files);
    let number = &subject.filing.number;
    let known = history(world, all).map_err(|error| unreadable(all, &error))?;
    let mut next = (1, None);
    let mut clock = None;
    if let Some(last) = known.get(number).and_then(|revisions| revisions.last()) {
        let named = |bag: &&Archived| number::folder(number, bag.info.revision) == last.folder;
        let place = all.join(&last.folder);
        let Some(archived) = last.archived.as_ref().filter(named) else {
            let shown = place.display();
            return Err(say(
                format!("已有的存档 {shown} 读不懂，先查明原因"),
                format!("the archive {shown} cannot be read: see to it first"),
            ));
        };
        of_same_report(archived, &subject)?;
        let again = subject.bag(world, archived.info.revision, archived.info.previous.clone());
        if again.get(MANIFEST).is_some_and(|text| sha256(text) == archived.sha256) {
            return unchanged(world, place, &again);
        }
        clock = Some(&archived.info.date).filter(|date| **date > today(world)).map(|date| ahead(date));
        let previous = Previous { folder: last.folder.clone(), manifest_sha256: archived.sha256.clone() };
        next = (archived.info.revision.saturating_add(1), Some(previous));
    }
    let (revision, previous) = next;
    let files = subject.bag(world, revision, previous);
    let place = all.join(number::folder(number, revision));
    write(world, &place, &files)?;
    let manifest = files.get(MANIFEST).map(|text| sha256(text)).unwrap_or_default();
    Ok(Kept::New { place, manifest, clock })
}

impl Subject<'_> {
    /// All files of the bag, as the revision of this number.
    fn bag(&self, world: &dyn World, revision: u32, previous: Option<Previous>) -> Files {
        let Self { report, filing, kept, made, fonts } = self;
        let about = About {
            report,
            dataset: &made.dataset,
            document: &made.document,
            genre: &made.genre,
            filing,
            pages: made.pages,
            fonts: fonts.clone(),
            revision,
            previous: previous.clone(),
        };
        let (files, metadata) = complete(kept.clone(), about);
        let info = Info {
            number: filing.number.clone(),
            title: made.dataset.report.header.title.to_string(),
            date: today(world),
            agent: metadata.tool,
            revision,
            previous,
        };
        bag(files, &info)
    }
}

/// An archive number belongs to one report.
fn of_same_report(archived: &Archived, subject: &Subject) -> Result<(), Say> {
    let (other, report, number) = (&archived.metadata.report, subject.report, &subject.filing.number);
    if other == report {
        return Ok(());
    }
    Err(say(
        format!("档号 {number} 已经给了报告 {other}，没有存档；{report} 换一个件号"),
        format!("{number} is the number of {other}; nothing was archived: give {report} another item"),
    ))
}

/// A warning that the last revision was archived on a later day than today.
fn ahead(date: &str) -> Say {
    say(
        format!("警告：上一次存档的日期 {date} 在今天之后，请核对计算机的时钟"),
        format!("warning: the revision before was archived on {date}, after today: look at the clock"),
    )
}

/// Today in Beijing, or on the day that the environment says is today: `2022-01-10`.
fn today(world: &dyn World) -> String {
    let now = epoch(world).or_else(|| chrono::DateTime::from_timestamp(world.now(), 0)).unwrap_or_default();
    (now.naive_utc() + BEIJING).format("%Y-%m-%d").to_string()
}

/// The last revision holds the same data; it must still be as it was written.
fn unchanged(world: &dyn World, place: PathBuf, files: &Files) -> Result<Kept, Say> {
    let there = read(world, &place).map_err(|error| unreadable(&place, &error))?;
    // Only files outside `data/` hold the day of archiving.
    let mut data = files.iter().filter(|(path, _)| path.starts_with("data/"));
    if data.all(|(path, bytes)| there.files.get(path) == Some(bytes)) {
        return Ok(Kept::Unchanged { place });
    }
    let shown = place.display();
    Err(say(
        format!("已有的存档 {shown} 被改动过，用 banjie verify 查明"),
        format!("the archive {shown} has been changed: ask banjie verify"),
    ))
}

/// Writes the bag's folder, whole or not at all.
fn write(world: &dyn World, place: &Path, files: &Files) -> Result<(), Say> {
    let shown = place.display();
    if let Some((path, _)) = files.iter().find(|(_, bytes)| bytes.len() as u64 > LARGEST_FILE) {
        let most = LARGEST_FILE >> 20;
        return Err(say(
            format!("{path} 超过 {most} MB，不能存档"),
            format!("{path} has more than {most} MB and cannot be archived"),
        ));
    }
    let files: Vec<(PathBuf, Vec<u8>)> =
        files.iter().map(|(path, bytes)| (PathBuf::from(path), bytes.clone())).collect();
    world.create_folder(place, &files).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => say(
            format!("{shown} 刚刚由别的程序写出，请再运行一次"),
            format!("another program has just written {shown}: run this again"),
        ),
        _ => unwritten(&Unwritten { path: place.to_owned(), error }),
    })
}
