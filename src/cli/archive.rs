//! `banjie archive`: a report as a bag that is kept for good, and never written over.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::make::{BEIJING, epoch};
use super::put::unwritten;
use super::{Job, Maker, Ready, Status, complain, print};
use crate::archive::history::{Archived, history};
use crate::archive::{
    self, About, EDITIONS, Files, Filing, Font, Info, Previous, Recorder, TEMPLATE_FOLDER, edition_file,
};
use crate::compose::Templates;
use crate::diagnostic::{Diagnostic, Lang, Say, say};
use crate::document::Document;
use crate::model::{Dataset, Text};
use crate::source::{self, Place, Sources};
use crate::typeset::Faces;
use crate::world::{LARGEST_FILE, Unwritten, World};
use crate::write::{FORMATS, pdf::Attachment};

/// The folder of all archives in the output folder.
pub(super) const ARCHIVE: &str = "archive";

pub(super) fn archive(mut job: Job, out: &Path) -> Result<Status, Say> {
    let Some((folder, report)) = job.reports.first().cloned() else { return Ok(Status::Clean) };
    let recorder = Recorder::new(job.world);
    let mut wrong = Vec::new();
    let maker = Maker {
        world: &recorder,
        templates: &job.templates,
        faces: &|| (job.faces)(),
        step: &|_| {},
        show_grid: false,
        edition: EDITIONS[0].0,
    };
    let ready = maker.ready(&folder, &mut job.sources, &mut wrong);
    let filing = ready.as_ref().and_then(|ready| may_be_filed(&ready.dataset, &mut wrong));
    job.teller.tell(wrong, &job.sources);
    let (Some(ready), Some(filing)) = (ready, filing) else { return Ok(job.teller.end(true)) };

    let mut kept = recorder.sources(&folder);
    kept.extend(archive::templates(&job.templates, &ready.dataset.report.genre));
    let faces = (job.faces)()?;
    // What is kept is made from nothing but what is kept.
    let (made, sources) = remake(&kept, &report, faces)?;
    let Made { files, dataset, document, genre, pages } = match made {
        Ok(made) => made,
        Err(wrong) => {
            job.teller.tell(wrong, &sources);
            return Ok(job.teller.end(true));
        }
    };
    kept.extend(files);
    let all = out.join(ARCHIVE);
    let known = history(job.world, &all).map_err(|error| unreadable(&all, &error))?;
    let revisions = known.get(&filing.number).map_or(&[][..], Vec::as_slice);
    let bag = |revision: u32, previous: Option<Previous>| {
        let about = About {
            report: &report,
            dataset: &dataset,
            document: &document,
            genre: &genre,
            filing: &filing,
            pages,
            fonts: fonts(faces),
            revision,
            previous: previous.clone(),
        };
        let (files, metadata) = archive::complete(kept.clone(), about);
        let info = Info {
            number: filing.number.clone(),
            title: dataset.report.header.title.to_string(),
            date: today(job.world),
            agent: metadata.tool,
            revision,
            previous,
        };
        archive::bag(files, &info)
    };
    let mut next = (1, None);
    if let Some(last) = revisions.last() {
        let named = |bag: &&Archived| archive::folder(&filing.number, bag.info.revision) == last.folder;
        let Some(archived) = last.archived.as_ref().filter(named) else {
            return Err(say(
                format!("已有的存档 {} 读不懂，先查明原因", all.join(&last.folder).display()),
                format!("the archive {} cannot be read: see to it first", all.join(&last.folder).display()),
            ));
        };
        let other = &archived.metadata.report;
        if *other != report {
            return Err(say(
                format!("档号 {} 已经给了报告 {other}，没有存档；{report} 换一个件号", filing.number),
                format!(
                    "{} is the number of {other}; nothing was archived: give {report} another item",
                    filing.number
                ),
            ));
        }
        let again = bag(archived.info.revision, archived.info.previous.clone());
        if again.get(archive::MANIFEST).is_some_and(|text| archive::sha256(text) == archived.sha256) {
            return unchanged(job.world, job.lang, &all.join(&last.folder), &again);
        }
        if archived.info.date > today(job.world) {
            complain(
                say(
                    format!("警告：上一次存档的日期 {} 在今天之后，请核对计算机的时钟", archived.info.date),
                    format!(
                        "warning: the revision before was archived on {}, after today: look at the clock",
                        archived.info.date
                    ),
                )
                .get(job.lang),
            );
        }
        let previous = Previous { folder: last.folder.clone(), manifest_sha256: archived.sha256.clone() };
        next = (archived.info.revision.saturating_add(1), Some(previous));
    }
    let (revision, previous) = next;
    let files = bag(revision, previous);
    let place = all.join(archive::folder(&filing.number, revision));
    write(job.world, &place, &files)?;
    let manifest = files.get(archive::MANIFEST).map(|text| archive::sha256(text)).unwrap_or_default();
    print(&format!("{}  {}", place.display(), &manifest));
    Ok(job.teller.end(false))
}

/// How the report is filed, if it may be; otherwise why not.
fn may_be_filed(dataset: &Dataset, wrong: &mut Vec<Diagnostic>) -> Option<Filing> {
    let refuse = |key: &str, why, help| {
        let place = Place::value(&dataset.files.report, source::Path::root().key(key));
        Diagnostic::error("Y009", place, why).help(help)
    };
    if dataset.is_draft() {
        let count = dataset.todos().len();
        let why = say(
            format!("草稿不能存档：还有 {count} 处待核实"),
            format!("a draft is not archived: {count} things are still to be found out"),
        );
        let help = say("核实以后，删去 draft: true", "find them out, then delete `draft: true`");
        wrong.push(refuse("draft", why, help));
    }
    let told = |why| {
        let help = say(
            "例如 archive: { fonds: J001, retention: 30年, section: BGS, item: 7 }",
            "such as archive: { fonds: J001, retention: D30, section: BGS, item: 7 }",
        );
        refuse("archive", why, help)
    };
    let filing = filing(dataset).map_err(|why| wrong.push(told(why))).ok();
    filing.filter(|_| !dataset.is_draft())
}

/// How the report is filed; an error says which part of its number is missing.
pub(super) fn filing(dataset: &Dataset) -> Result<Filing, Say> {
    let keeping = dataset.keeping();
    let own = |value: &Option<Text>| value.as_ref().map(ToString::to_string);
    let number = keeping.number(dataset.report.year)?;
    if archive::of_folder(&number) != Some((&number, 1)) {
        return Err(say(
            format!("档号 {number} 的末尾像是修订次数，不能用"),
            format!("the archive number {number} ends like a revision"),
        ));
    }
    Ok(Filing {
        number,
        fonds: own(&keeping.fonds),
        category: own(&keeping.category),
        retention: keeping.retention.map(|kept| kept.label().to_owned()),
        section: own(&keeping.section),
        item: keeping.item.map(|item| format!("{item:04}")),
    })
}

/// A report made from a bag's data and templates.
pub(super) struct Made {
    /// Both editions, by their paths in the bag.
    pub files: Files,
    pub dataset: Arc<Dataset>,
    pub document: Document,
    /// The genre's Chinese name.
    pub genre: String,
    /// Pages of the public edition.
    pub pages: usize,
}

/// Makes both editions from what a bag keeps, and nothing else; or everything that is wrong with it.
pub(super) fn remake(
    kept: &Files,
    report: &str,
    faces: &Faces,
) -> Result<(Result<Made, Vec<Diagnostic>>, Sources), Say> {
    let world = archive::world(kept, report);
    let mut sources = Sources::default();
    let templates = super::templates(&world, Some(Path::new(TEMPLATE_FOLDER)), &mut sources)?;
    let attached: Vec<Attachment> = archive::sources(kept).map(attachment).collect();
    let folder = archive::report_folder(report);
    let mut files = Files::new();
    let mut pages = 0;
    let faces = || Ok(faces);
    let maker = |edition| Maker {
        world: &world,
        templates: &templates,
        faces: &faces,
        step: &|_| {},
        show_grid: false,
        edition,
    };
    let formats: Vec<_> = FORMATS.iter().collect();
    for (edition, name) in EDITIONS {
        let is_public = edition == EDITIONS[0].0;
        let attached = if is_public { &[][..] } else { &attached };
        let made = maker(edition).make_with(&folder, &formats, Path::new(report), attached, &mut sources)?;
        if made.files.is_empty() {
            return Ok((Err(made.diagnostics), sources));
        }
        for (format, file) in formats.iter().zip(made.files) {
            pages = file.content.pages.filter(|_| is_public).unwrap_or(pages);
            files.insert(edition_file(name, report, format.extension), file.content.bytes);
        }
    }
    let mut wrong = Vec::new();
    let Some(Ready { dataset, document, .. }) = maker(EDITIONS[0].0).ready(&folder, &mut sources, &mut wrong)
    else {
        return Ok((Err(wrong), sources));
    };
    let genre = genre_label(&templates, &dataset);
    Ok((Ok(Made { files, dataset, document, genre, pages }), sources))
}

fn genre_label(templates: &Templates, dataset: &Dataset) -> String {
    let name = &dataset.report.genre;
    templates.genre(name).0.map_or_else(|| name.to_string(), |genre| genre.label.zh.to_string())
}

/// A data file inside the internal edition's PDF.
fn attachment((name, bytes): (&str, &Vec<u8>)) -> Attachment {
    Attachment {
        name: name.to_owned(),
        media_type: "application/yaml".to_owned(),
        description: "生成本报告所用的数据".to_owned(),
        bytes: bytes.clone(),
    }
}

/// The faces as the metadata list them.
pub(super) fn fonts(faces: &Faces) -> Vec<Font> {
    let font = |face: crate::typeset::Loaded| Font {
        role: face.role.label().to_owned(),
        family: face.family.to_owned(),
        built_in: face.linked,
        sha256: archive::sha256(face.bytes),
    };
    faces.loaded().map(font).collect()
}

/// Today in Beijing, or on the day that the environment says is today: `2022-01-10`.
fn today(world: &dyn World) -> String {
    let now = epoch(world).or_else(|| chrono::DateTime::from_timestamp(world.now(), 0)).unwrap_or_default();
    (now.naive_utc() + BEIJING).format("%Y-%m-%d").to_string()
}

/// The same has been archived: nothing to do, if it is still there as it was.
fn unchanged(world: &dyn World, lang: Lang, place: &Path, files: &Files) -> Result<Status, Say> {
    let shown = place.display();
    let there = archive::read(world, place).map_err(|error| unreadable(place, &error))?;
    let as_it_was = files.iter().all(|(path, bytes)| {
        // The day stands in these two.
        !path.starts_with("data/") || there.files.get(path) == Some(bytes)
    });
    if !as_it_was {
        return Err(say(
            format!("已有的存档 {shown} 被改动过，用 banjie verify 查明"),
            format!("the archive {shown} has been changed: ask banjie verify"),
        ));
    }
    print(&lang.pick(
        format!("已存档为 {shown}，内容没有变化"),
        format!("already archived as {shown}, nothing new"),
    ));
    Ok(Status::Clean)
}

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

pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Say {
    let shown = path.display();
    say(format!("读不了 {shown}：{error}"), format!("cannot read {shown}: {error}"))
}
