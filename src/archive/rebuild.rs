//! Makes the files of a bag from the data and templates that the bag keeps, and from nothing else: for `archive` when a
//! bag is made, for `verify` when one is checked.

use std::path::Path;
use std::sync::Arc;

use super::filing::filing;
use super::folder::Folder;
use super::gather::{self, TEMPLATE_FOLDER, report_folder};
use super::metadata::{Font, Metadata};
use super::payload::{self, About, EDITIONS, edition_file};
use super::verify::Remade;
use super::{Files, sha256};
use crate::compose::Templates;
use crate::diagnostic::{Diagnostic, Lang, Say, say};
use crate::document::Document;
use crate::make::{self, Maker, Ready};
use crate::model::Dataset;
use crate::source::Sources;
use crate::typeset::{Faces, Loaded};
use crate::write::{FORMATS, of_file, pdf::Attachment};

/// A report made from a bag's data and templates.
pub struct Rebuilt {
    /// Both editions, by their paths in the bag.
    pub files: Files,
    /// The facts of the public edition.
    pub dataset: Arc<Dataset>,
    /// The text of the public edition.
    pub document: Document,
    /// The genre's Chinese name.
    pub genre: String,
    /// Pages of the public edition.
    pub pages: usize,
}

/// Makes both editions from what a bag keeps, and nothing else; or everything that is wrong with it.
pub fn remake(
    kept: &Files,
    report: &str,
    faces: &Faces,
) -> Result<(Result<Rebuilt, Vec<Diagnostic>>, Sources), Say> {
    let world = gather::world(kept, report);
    let mut sources = Sources::default();
    let templates = make::templates(&world, Some(Path::new(TEMPLATE_FOLDER)), &mut sources)?;
    let attached: Vec<Attachment> = gather::sources(kept).map(attachment).collect();
    let folder = report_folder(report);
    let mut files = Files::new();
    let mut pages = 0;
    let faces = || Ok(faces);
    let maker = |edition| Maker { edition, ..Maker::new(&world, &templates, &faces) };
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
    Ok((Ok(Rebuilt { files, dataset, document, genre, pages }), sources))
}

fn genre_label(templates: &Templates, dataset: &Dataset) -> String {
    let name = &dataset.report.genre;
    templates.genre(name).0.map_or_else(|| name.to_string(), |genre| genre.label.zh.to_string())
}

/// A data file inside the internal edition's PDF.
fn attachment((name, bytes): (&str, &Vec<u8>)) -> Attachment {
    Attachment {
        name: name.to_owned(),
        media_type: media_type(name).to_owned(),
        description: "生成本报告所用的数据".to_owned(),
        bytes: bytes.clone(),
    }
}

/// What a data file is, by its name.
fn media_type(name: &str) -> &'static str {
    let (_, extension) = name.rsplit_once('.').unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsm" => "application/vnd.ms-excel.sheet.macroEnabled.12",
        "xls" => "application/vnd.ms-excel",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "htm" | "html" => "text/html",
        _ => "application/yaml",
    }
}

/// The faces as the metadata list them.
pub fn fonts(faces: &Faces) -> Vec<Font> {
    let font = |face: Loaded| Font {
        role: face.role.label().to_owned(),
        family: face.family.to_owned(),
        built_in: face.linked,
        sha256: sha256(face.bytes),
    };
    faces.loaded().map(font).collect()
}

/// Everything that the bag keeps, made anew from its data and templates.
pub(super) fn rebuild(folder: &Folder, recorded: &Metadata, faces: &Faces) -> Remade {
    let report = &recorded.report;
    let plain = !report.is_empty() && !report.starts_with('.') && !report.contains(['/', '\\', ':']);
    if !plain {
        return Remade::Failed(say(
            "元数据中的报告名不能用",
            "the report's name in the metadata cannot be used",
        ));
    }
    let kept = gather::kept(&folder.files);
    let failed = |why: &Say| {
        Remade::Failed(say(
            format!("存档的数据生成不了报告：{}", why.get(Lang::Zh)),
            format!("the archived data make no report: {}", why.get(Lang::En)),
        ))
    };
    let made = match remake(&kept, report, faces) {
        Ok((Ok(made), _)) => made,
        Ok((Err(wrong), _)) => {
            let first = wrong.iter().max_by_key(|told| std::cmp::Reverse(told.severity));
            return failed(&first.map_or_else(|| say("", ""), |first| first.message.clone()));
        }
        Err(why) => return failed(&why),
    };
    let Rebuilt { files, dataset, document, genre, pages } = made;
    let filing = match filing(&dataset) {
        Ok(filing) => filing,
        Err(why) => return failed(&why),
    };
    let same_faces = fonts(faces) == recorded.fonts;
    // Without the same faces, what the metadata say of a paged file is checked against the archived file.
    let mut remade = kept;
    let is_paged = |path: &str| !same_faces && of_file(path).is_some_and(|format| format.paged);
    for (path, bytes) in &files {
        let archived = folder.files.get(path).filter(|_| is_paged(path));
        remade.insert(path.clone(), archived.unwrap_or(bytes).clone());
    }
    let about = About {
        report,
        dataset: &dataset,
        document: &document,
        genre: &genre,
        filing: &filing,
        pages: if same_faces { pages } else { recorded.pages },
        fonts: recorded.fonts.clone(),
        revision: recorded.revision,
        previous: recorded.previous.clone(),
    };
    let (mut remade, _) = payload::complete(remade, about);
    remade.extend(files);
    Remade::Files { files: remade, same_faces }
}
