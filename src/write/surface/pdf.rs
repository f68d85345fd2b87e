//! A PDF: the text of its pages by the fonts' own tables, every string of every object (metadata, outline, alternatives), and
//! every stream that holds text (XMP, attachments). All of it inflated, whatever it is packed in.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, ObjectId};

use super::super::read_pdf::{open, page_text, text_string, unpacked};
use super::html::all;
use super::{APART, Surface};
use crate::diagnostic::say;

pub(in crate::write) fn pdf(bytes: &[u8]) -> Option<Vec<Surface>> {
    let file = open(bytes).ok()?;
    let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
    let contents: BTreeSet<ObjectId> = pages.iter().flat_map(|page| file.get_page_contents(*page)).collect();
    let mut reader = Reader::default();
    let (mut text, mut artifacts) = (String::new(), String::new());
    for page in &pages {
        let read = page_text(&file, *page)?;
        read.properties.iter().for_each(|property| reader.strings("ActualText", property));
        text.push_str(&read.text);
        artifacts.push_str(&read.artifacts);
        artifacts.push(APART);
    }
    reader.found.push(Surface::new(say("正文", "the text"), text));
    reader.found.push(Surface::new(say("页码等处", "what stands around the text"), artifacts));
    for (_, object) in file.objects.iter().filter(|(id, _)| !contents.contains(id)) {
        reader.strings("", object);
        if let Ok(stream) = object.as_stream() {
            let kind = stream.dict.get(b"Type").and_then(Object::as_name).unwrap_or(b"");
            // What is packed in them is among the objects; the rest is offsets, which are no words.
            if matches!(kind, b"ObjStm" | b"XRef") {
                continue;
            }
            let inflated = unpacked(stream)?;
            // Faces and colours are no text.
            if let Ok(text) = std::str::from_utf8(&inflated) {
                let is_drawing = !matches!(kind, b"Metadata" | b"EmbeddedFile");
                let kind = String::from_utf8_lossy(kind);
                let what = say(format!("元数据或附件 {kind}"), format!("metadata or an attachment ({kind})"));
                reader.found.push(Surface { is_drawing, ..Surface::new(what, all(text)) });
            }
        }
    }
    reader.strings("", &Object::Dictionary(file.trailer.clone()));
    Some(reader.found)
}

#[derive(Default)]
struct Reader {
    found: Vec<Surface>,
}

impl Reader {
    /// Every string in an object, each by its key.
    fn strings(&mut self, key: &str, object: &Object) {
        match object {
            Object::String(bytes, _) => {
                let what = say(format!("PDF 的 {key}"), format!("the PDF's {key}"));
                self.found.push(Surface::new(what, text_string(bytes)));
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
}
