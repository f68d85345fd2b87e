//! What several tests need: a report made in memory, and a PDF read back without the code that wrote it.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "each test uses a part of this; a test looks at the machine and stops at the unexpected"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use banjie::cli::{Made, Maker};
use banjie::compose::{Templates, compose};
use banjie::document;
use banjie::load::load;
use banjie::model::Dataset;
use banjie::source::Sources;
use banjie::typeset::{FaceFile, Faces};
use banjie::world::Memory;
use banjie::write::FORMATS;
use lopdf::content::Content;
use lopdf::{Dictionary, Document};

/// A file of the repository.
pub fn file(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The faces that `build` finds in this repository.
pub fn faces() -> Faces {
    let origin = "fonts/fandol/FandolFang-Regular.otf".to_owned();
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(&origin)).unwrap();
    Faces::new(vec![FaceFile { origin, bytes }])
}

/// The sample's three files, by their names in a world of memory.
pub fn sample() -> BTreeMap<&'static str, String> {
    ["report.yaml", "cases.yaml", "figures.yaml"]
        .map(|name| (name, file(&format!("data/wuhan-kjj-2021/{name}"))))
        .into()
}

/// Make a report of these files in every format.
pub fn make(files: &BTreeMap<&str, String>, faces: &Faces) -> Made {
    let named: Vec<(String, &str)> =
        files.iter().map(|(name, text)| (format!("data/r/{name}"), text.as_str())).collect();
    let world = Memory::with(named.iter().map(|(name, text)| (name.as_str(), *text)));
    let mut sources = Sources::default();
    let templates = Templates::load(&world, None, &mut sources).unwrap();
    let maker = Maker { world: &world, templates: &templates, faces: &|| Ok(faces), step: &|_| {} };
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

/// The sample as a document.
pub fn document() -> document::Document {
    let templates = Templates::load(&Memory::default(), None, &mut Sources::default()).unwrap();
    parse(&compose(&dataset(), &templates).markdown).0
}

/// Markdown as a document with the sample's header, and what is wrong with it.
pub fn parse(markdown: &str) -> (document::Document, Vec<document::parse::Fault>) {
    document::parse(markdown, &dataset().report.header)
}

/// The text of every page in the order in which it is drawn, without page numbers and other artifacts.
pub fn pdf_pages(bytes: &[u8]) -> Vec<String> {
    let document = Document::load_mem(bytes).unwrap();
    document.get_pages().values().map(|page| page_text(&document, *page)).collect()
}

fn page_text(document: &Document, page: lopdf::ObjectId) -> String {
    let fonts = document.get_page_fonts(page).unwrap();
    let maps: BTreeMap<Vec<u8>, BTreeMap<u16, String>> =
        fonts.into_iter().map(|(name, font)| (name, to_unicode(document, font))).collect();
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let mut text = String::new();
    let mut font = &BTreeMap::new();
    // What each open marked content stands for: nothing of its own, an artifact, or words given for its glyphs.
    let mut open: Vec<Option<String>> = Vec::new();
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "Tm" | "Td" => text.push(BREAK),
            "Tf" => font = &maps[operands[0].as_name().unwrap()],
            "BMC" => open.push((operands[0].as_name().unwrap() == b"Artifact").then(String::new)),
            "BDC" => {
                let artifact = operands[0].as_name().unwrap() == b"Artifact";
                let actual = operands[1].as_dict().ok().and_then(|dict| dict.get(b"ActualText").ok());
                open.push(if artifact {
                    Some(String::new())
                } else {
                    actual.map(|words| utf16(words.as_str().unwrap()))
                });
            }
            "EMC" => text.push_str(&open.pop().flatten().unwrap_or_default()),
            "Tj" | "TJ" if open.iter().all(Option::is_none) => {
                for item in operands.iter().flat_map(|o| o.as_array().map_or(vec![o], |a| a.iter().collect()))
                {
                    // A way of more than an em, in either direction, leads to another cell.
                    let far = item.as_float().is_ok_and(|way| way.abs() > 1000.0);
                    text.extend(far.then_some(BREAK));
                    for code in item.as_str().unwrap_or_default().chunks(2) {
                        text.push_str(&font[&u16::from_be_bytes([code[0], code[1]])]);
                    }
                }
            }
            _ => {}
        }
    }
    text
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks(2).skip(1).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
    String::from_utf16(&units).unwrap()
}

fn to_unicode(document: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let stream = font.get_deref(b"ToUnicode", document).unwrap().as_stream().unwrap();
    let text =
        String::from_utf8(stream.decompressed_content().unwrap_or_else(|_| stream.content.clone())).unwrap();
    let hex = |word: &str| {
        let digits = word.trim_matches(['<', '>']);
        let bytes: Vec<u8> = (0..digits.len() / 2)
            .map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap())
            .collect();
        bytes
    };
    let code = |word: &str| hex(word).iter().fold(0u16, |code, byte| code << 8 | u16::from(*byte));
    let words = |word: &str| {
        let bytes = hex(word);
        String::from_utf16(
            &bytes.chunks(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect::<Vec<_>>(),
        )
        .unwrap()
    };
    let mut map = BTreeMap::new();
    let section = |name: &str| -> Vec<Vec<String>> {
        let (begin, end) = (format!("begin{name}"), format!("end{name}"));
        let parts = text.split(begin.as_str()).skip(1).filter_map(|part| part.split(end.as_str()).next());
        parts
            .flat_map(str::lines)
            .map(|line| line.replace("><", "> <").split_whitespace().map(str::to_owned).collect())
            .collect()
    };
    for row in section("bfchar").iter().filter(|row| row.len() == 2) {
        map.insert(code(&row[0]), words(&row[1]));
    }
    for row in section("bfrange").iter().filter(|row| row.len() == 3) {
        let first = words(&row[2]).chars().next().unwrap();
        for (step, glyph) in (code(&row[0])..=code(&row[1])).enumerate() {
            map.insert(glyph, char::from_u32(u32::from(first) + step as u32).unwrap().to_string());
        }
    }
    map
}
