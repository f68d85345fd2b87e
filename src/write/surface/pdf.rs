//! A PDF: the text of its pages by the fonts' own tables, every string of every object (metadata, outline, alternatives), and
//! every stream that holds text (XMP, attachments). All of it inflated, whatever it is packed in.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::html::all;
use super::{APART, Surface};
use crate::diagnostic::say;

pub(in crate::write) fn pdf(bytes: &[u8]) -> Option<Vec<Surface>> {
    let file = Document::load_mem(bytes).ok()?;
    let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
    let contents: BTreeSet<ObjectId> = pages.iter().flat_map(|page| file.get_page_contents(*page)).collect();
    let mut reader = Reader::default();
    pages.iter().try_for_each(|page| reader.page(&file, *page))?;
    let (text, artifacts) = (std::mem::take(&mut reader.text), std::mem::take(&mut reader.artifacts));
    reader.found.push(Surface::new(say("正文", "the text"), text));
    reader.found.push(Surface::new(say("页码等处", "what stands around the text"), artifacts));
    for (_, object) in file.objects.iter().filter(|(id, _)| !contents.contains(id)) {
        reader.strings("", object);
        if let Ok(stream) = object.as_stream() {
            let inflated = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            // Faces and colours are no text.
            if let Ok(text) = std::str::from_utf8(&inflated) {
                let kind = stream.dict.get(b"Type").and_then(Object::as_name).unwrap_or(b"");
                let kind = String::from_utf8_lossy(kind);
                let what = say(format!("元数据或附件 {kind}"), format!("metadata or an attachment ({kind})"));
                reader.found.push(Surface { is_drawing: true, ..Surface::new(what, all(text)) });
            }
        }
    }
    reader.strings("", &Object::Dictionary(file.trailer.clone()));
    Some(reader.found)
}

#[derive(Default)]
struct Reader {
    /// What is drawn, in the order of drawing.
    text: String,
    /// What is drawn for the eye only.
    artifacts: String,
    found: Vec<Surface>,
}

impl Reader {
    /// Every string in an object, each by its key.
    fn strings(&mut self, key: &str, object: &Object) {
        match object {
            Object::String(bytes, _) => {
                let what = say(format!("PDF 的 {key}"), format!("the PDF's {key}"));
                self.found.push(Surface::new(what, words(bytes)));
            }
            Object::Array(list) => list.iter().for_each(|item| self.strings(key, item)),
            Object::Dictionary(own) => self.dictionary(own),
            Object::Stream(stream) => self.dictionary(&stream.dict),
            _ => {}
        }
    }

    fn dictionary(&mut self, dictionary: &Dictionary) {
        for (key, value) in dictionary {
            self.strings(&String::from_utf8_lossy(key), value);
        }
    }

    /// What a page draws; nothing if it cannot be read.
    fn page(&mut self, file: &Document, page: ObjectId) -> Option<()> {
        let fonts = file.get_page_fonts(page).ok()?;
        let fonts: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = fonts
            .into_iter()
            .map(|(name, font)| Some((name, unicode(file, font)?)))
            .collect::<Option<_>>()?;
        let mut font = None;
        // Whether each marked content that is open is an artifact.
        let mut open: Vec<bool> = Vec::new();
        for operation in Content::decode(&file.get_page_content(page)).ok()?.operations {
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "BMC" | "BDC" => {
                    let kind = operands.first().and_then(|kind| kind.as_name().ok());
                    open.push(kind == Some(b"Artifact"));
                    operands.iter().for_each(|operand| self.strings("ActualText", operand));
                }
                "EMC" => _ = open.pop(),
                "Tf" => font = operands.first().and_then(|name| fonts.get(name.as_name().ok()?)),
                "Tj" | "TJ" | "'" | "\"" => {
                    let list = operands.first().and_then(|list| list.as_array().ok());
                    let out = if open.contains(&true) { &mut self.artifacts } else { &mut self.text };
                    for bytes in list.unwrap_or(operands).iter().filter_map(|item| item.as_str().ok()) {
                        for code in bytes.chunks_exact(2) {
                            let glyph = font?.get(&u16::from_be_bytes([code[0], code[1]]));
                            out.push_str(glyph.map_or("\u{fffd}", String::as_str));
                        }
                    }
                }
                _ => {}
            }
        }
        self.artifacts.push(APART);
        Some(())
    }
}

/// A text string (ISO 32000-1, 7.9.2.2): UTF-16 or UTF-8 with a mark, or bytes that are Latin letters.
fn words(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> =
                rest.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => std::str::from_utf8(bytes)
            .map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), str::to_owned),
    }
}

/// What each code of a font stands for (ISO 32000-1, 9.10.3).
fn unicode(file: &Document, font: &Dictionary) -> Option<BTreeMap<u16, String>> {
    let stream = font.get_deref(b"ToUnicode", file).ok()?.as_stream().ok()?;
    let inflated = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    let text = String::from_utf8_lossy(&inflated);
    let mut map = BTreeMap::new();
    for (name, each) in [("bfchar", 2), ("bfrange", 3)] {
        let (begin, end) = (format!("begin{name}"), format!("end{name}"));
        for section in text.split(&*begin).skip(1).filter_map(|part| part.split(&*end).next()) {
            let marks: Vec<Vec<u16>> = section.split('<').skip(1).filter_map(units).collect();
            for row in marks.chunks_exact(each) {
                let (first, last) = (*row[0].first()?, *row[each - 2].first()?);
                let start = String::from_utf16_lossy(&row[each - 1]);
                for (step, code) in (first..=last).enumerate() {
                    map.insert(code, later(&start, step));
                }
            }
        }
    }
    Some(map)
}

/// The units of `4e00>…`.
fn units(part: &str) -> Option<Vec<u16>> {
    let digits = part.split('>').next()?.as_bytes();
    let unit = |four: &[u8]| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok();
    digits.chunks(4).map(unit).collect()
}

/// A text whose last character is so many further on.
fn later(text: &str, step: usize) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    if let Some(last) = chars.last_mut() {
        let code = u32::from(*last) + u32::try_from(step).unwrap_or_default();
        *last = char::from_u32(code).unwrap_or(*last);
    }
    chars.into_iter().collect()
}
