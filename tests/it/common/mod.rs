//! What several tests need: a report made in memory, and a PDF read back without the code that wrote it.

#![allow(
    dead_code,
    clippy::panic,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "each test uses a part of this; a test looks at the machine and stops at the unexpected"
)]

pub mod faults;
pub mod office;
pub mod pdf;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use banjie::compose::Templates;
use banjie::document;
use banjie::load::load;
use banjie::make::{Made, Maker};
use banjie::model::Dataset;
use banjie::source::Sources;
use banjie::typeset::{FaceFile, Faces};
use banjie::world::Memory;
use banjie::write::{Edition, FORMATS};

/// A file of the repository.
pub fn file(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Hold what was made against a file of the repository: `Err` says how to renew it. `BLESS=1 cargo test` renews it.
pub fn golden(path: &str, made: &str) -> Result<(), String> {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&kept, made).unwrap();
    }
    if std::fs::read_to_string(&kept).is_ok_and(|kept| kept == made) {
        return Ok(());
    }
    let new = Path::new(env!("CARGO_TARGET_TMPDIR")).join(kept.file_name().unwrap());
    std::fs::write(&new, made).unwrap();
    Err(format!("{path} differs from {}; if that is right, renew it: BLESS=1 cargo test", new.display()))
}

/// The faces that `build` finds in this repository.
pub fn faces() -> Faces {
    let origin = "fonts/fandol/FandolFang-Regular.otf".to_owned();
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(&origin)).unwrap();
    Faces::new(vec![FaceFile { origin, bytes: Arc::new(bytes) }])
}

/// Every sample report, by the names of their folders in `data/`.
pub const SAMPLES: [&str; 5] =
    ["jilin-kjt-2024", "wuhan-gov-2023", "wuhan-kjj-2021", "wuhan-kjj-2024", "wuhan-motion2-2020"];

/// The files of a report's folder, by their names in a world of memory.
pub fn report_files(folder: &str) -> BTreeMap<&'static str, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let names = ["report.yaml", "cases.yaml", "figures.yaml", "bodies.yaml"];
    let files = names.into_iter().filter(|name| root.join(name).exists());
    files.map(|name| (name, file(&format!("{folder}/{name}")))).collect()
}

/// The files of the annual summary.
pub fn sample() -> BTreeMap<&'static str, String> {
    report_files("data/wuhan-kjj-2021")
}

/// Make a report of these files in every format.
pub fn make(files: &BTreeMap<&str, String>, faces: &Faces) -> Made {
    let named: Vec<(String, &str)> =
        files.iter().map(|(name, text)| (format!("data/r/{name}"), text.as_str())).collect();
    let world = Memory::with(named.iter().map(|(name, text)| (name.as_str(), *text)));
    let mut sources = Sources::default();
    let templates = Templates::load(&world, None, &mut sources).unwrap();
    let maker = Maker {
        files: &world,
        world: &world,
        templates: &templates,
        faces: &|| Ok(faces),
        step: &|_| {},
        show_grid: false,
        edition: Edition::Public,
    };
    let formats: Vec<_> = FORMATS.iter().collect();
    maker.make(Path::new("data/r"), &formats, Path::new("r"), &mut sources).unwrap()
}

/// Stands between pieces of text that are placed on their own, such as the cells of a table.
pub const BREAK: char = '\u{1}';

/// The sample's data.
fn dataset() -> Arc<Dataset> {
    let files = sample();
    let named: Vec<(String, &str)> =
        files.iter().map(|(name, text)| (format!("data/r/{name}"), text.as_str())).collect();
    let world = Memory::with(named.iter().map(|(name, text)| (name.as_str(), *text)));
    Arc::new(load(&world, Path::new("data/r"), &mut Sources::default()).dataset().unwrap())
}

/// Markdown as a document with the sample's header, and what is wrong with it.
pub fn parse(markdown: &str) -> (document::Document, Vec<document::parse::Fault>) {
    document::parse(markdown, &dataset().report.header)
}

/// The text of every page in the order in which it is drawn, without page numbers and other artifacts. Where a drawing has
/// words of its own, they stand for its labels.
pub fn pdf_pages(bytes: &[u8]) -> Vec<String> {
    let page = |sheet: &pdf::Sheet| {
        let mut text = String::new();
        let mut last: Option<&pdf::Placed> = None;
        for glyph in &sheet.glyphs {
            let Some(mark) = glyph.mark else { continue };
            if let Some(words) = sheet.figures.get(&mark) {
                if last.is_none_or(|last| last.mark != Some(mark)) {
                    text.extend([&BREAK.to_string(), words, &BREAK.to_string()].map(String::as_str));
                }
                last = Some(glyph);
                continue;
            }
            // Another line, or a way of more than an em: another cell.
            let near = |last: &pdf::Placed| {
                last.baseline == glyph.baseline && (glyph.x - last.end).abs() < glyph.size * 0.36
            };
            text.extend(last.is_some_and(|last| !near(last)).then_some(BREAK));
            text.push_str(&glyph.text);
            last = Some(glyph);
        }
        text
    };
    pdf::sheets(bytes).iter().map(page).collect()
}
