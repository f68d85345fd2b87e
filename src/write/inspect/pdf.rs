//! An archived PDF, read for what it says of itself. It may be hostile.

use lopdf::{Dictionary, Document, Object};

use super::super::read_pdf::{open, page_text, text_string, unpacked};
use super::letters;

/// Most pages in which words are looked for.
const MOST_PAGES: usize = 200;

/// A PDF that could be opened.
pub(super) struct Pdf {
    file: Document,
    /// The metadata (XMP).
    pub xmp: String,
}

impl Pdf {
    /// Opens a file; an error says why it cannot be.
    pub fn open(bytes: &[u8]) -> Result<Self, String> {
        let file = open(bytes).map_err(|error| error.to_string())?;
        let metadata = file.catalog().and_then(|catalogue| catalogue.get(b"Metadata"));
        let stream = metadata.and_then(|metadata| file.dereference(metadata)?.1.as_stream());
        let xmp = stream.ok().and_then(unpacked).unwrap_or_default();
        let xmp = String::from_utf8_lossy(&xmp).into_owned();
        Ok(Self { file, xmp })
    }

    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.file.page_iter().count()
    }

    /// An entry of the information dictionary; empty where there is none.
    pub fn information(&self, key: &str) -> String {
        let words = self.file.trailer.get(b"Info").and_then(|info| {
            let info = self.file.dereference(info)?.1.as_dict()?;
            self.file.dereference(info.get(key.as_bytes())?)?.1.as_str()
        });
        words.map(text_string).unwrap_or_default()
    }

    /// Which part and level of PDF/A it says that it is: `3a`.
    pub fn claim(&self) -> String {
        let value = |tag: &str| {
            let (_, rest) = self.xmp.split_once(&format!("<pdfaid:{tag}>"))?;
            Some(rest.split_once('<')?.0.trim())
        };
        let [part, level] = ["part", "conformance"].map(|tag| value(tag).unwrap_or_default());
        format!("{part}{}", level.to_ascii_lowercase())
    }

    /// Those of some words that stand on none of its pages; white space and marks do not count.
    pub fn lacks<'w>(&self, words: &[&'w str]) -> Vec<&'w str> {
        let mut left = words.to_vec();
        let mut text = String::new();
        for page in self.file.page_iter().take(MOST_PAGES) {
            if left.is_empty() {
                break;
            }
            let page = page_text(&self.file, page).unwrap_or_default();
            text.push_str(&letters(&page.text));
            text.push_str(&letters(&page.artifacts));
            left.retain(|words| !text.contains(&letters(words)));
        }
        left
    }

    /// Fonts without their program inside the file.
    pub fn fonts_outside(&self) -> Vec<String> {
        let is_simple = |font: &Dictionary| {
            font.has_type(b"Font")
                && font
                    .get(b"Subtype")
                    .and_then(Object::as_name)
                    .is_ok_and(|kind| !matches!(kind, b"Type0" | b"Type3"))
        };
        let embedded = |font: &Dictionary| {
            let descriptor =
                font.get(b"FontDescriptor").and_then(|at| self.file.dereference(at)?.1.as_dict());
            descriptor.is_ok_and(|found| {
                ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| found.has(key.as_bytes()))
            })
        };
        let fonts = self.file.objects.values().filter_map(|object| object.as_dict().ok());
        let outside = fonts.filter(|font| is_simple(font) && !embedded(font));
        outside.map(|font| named(font.get(b"BaseFont"))).collect()
    }

    /// Whatever runs, leads out of the file or hides something, by its key, each once.
    pub fn active(&self) -> Vec<&'static str> {
        let mut found: Vec<&'static str> = Vec::new();
        let mut open: Vec<&Object> = self.file.objects.values().collect();
        let mut see = |dictionary: &Dictionary| {
            let key = |key: &&&str| dictionary.has(key.as_bytes());
            let kind = dictionary.get(b"S").and_then(Object::as_name).unwrap_or_default();
            found.extend(
                ACTIVE.iter().filter(key).chain(ACTIONS.iter().filter(|action| action.as_bytes() == kind)),
            );
        };
        see(&self.file.trailer);
        while let Some(object) = open.pop() {
            let dictionary = match object {
                Object::Array(items) => {
                    open.extend(items);
                    continue;
                }
                Object::Dictionary(dictionary) => dictionary,
                Object::Stream(stream) => &stream.dict,
                _ => continue,
            };
            see(dictionary);
            open.extend(dictionary.iter().map(|(_, value)| value));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Keys that no archived PDF has: scripts, actions, encryption.
const ACTIVE: [&str; 6] = ["JS", "JavaScript", "OpenAction", "AA", "Encrypt", "RichMedia"];

/// Kinds of actions that run something or lead out of the file.
const ACTIONS: [&str; 8] =
    ["JavaScript", "Launch", "URI", "GoToR", "GoToE", "SubmitForm", "ImportData", "Rendition"];

fn named(name: lopdf::Result<&Object>) -> String {
    name.and_then(Object::as_name)
        .map_or_else(|_| "?".to_owned(), |name| String::from_utf8_lossy(name).into_owned())
}
