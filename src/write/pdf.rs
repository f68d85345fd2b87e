//! PDF: pages of placed glyphs into the bytes of a file that an archive takes and a screen reader reads.
//!
//! `font` lets printpdf make the fonts and puts the cut faces into its [`lopdf::Document`]; `content` writes what stands on
//! the pages, `tags` what it is, `outline` the bookmarks, `archive` what PDF/A and PDF/UA ask for, `file` the bytes. No clock
//! anywhere: the ID depends on the content alone.

mod archive;
mod cff;
mod content;
mod file;
mod font;
mod outline;
mod tags;

use std::fmt;

use chrono::NaiveDateTime;
use lopdf::{Object, ObjectId, StringFormat, dictionary};

use crate::parallel::in_parallel;
use crate::policy::gbt9704 as law;
use crate::typeset::{FaceId, Faces, NodeId, Page, Typeset};
use content::{Content, content};
use file::Packer;
use font::{Font, Fonts, Program};

/// What the file says about itself.
#[derive(Debug, Clone)]
pub struct Info {
    /// The document's title.
    pub title: String,
    /// The offices that signed; empty: there is no signature.
    pub author: String,
    /// Language of the text, as in BCP 47: `zh-CN`.
    pub language: String,
    /// When the file was made, in Beijing time.
    pub date: NaiveDateTime,
}

/// In a document of up to so many pages, packing the one large CFF face would take longer than all the rest, for a fifth of
/// its size; in a longer one it is done meanwhile.
const SHORT: usize = 60;

/// A file inside the file: what the document was made from.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type: `application/yaml`.
    pub media_type: String,
    /// What it is.
    pub description: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Why no PDF could be made.
#[derive(Debug)]
pub enum PdfError {
    /// A face could not be cut down to the glyphs used.
    Face {
        /// The face's family name.
        family: String,
        /// What the subsetter said.
        reason: String,
    },
    /// The file could not be assembled.
    File(lopdf::Error),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PdfError::Face { family, reason } => write!(f, "face {family} cannot be embedded: {reason}"),
            PdfError::File(error) => write!(f, "the PDF cannot be assembled: {error}"),
        }
    }
}

impl std::error::Error for PdfError {}

impl From<lopdf::Error> for PdfError {
    fn from(error: lopdf::Error) -> Self {
        PdfError::File(error)
    }
}

/// The program's name in the file's properties.
const PRODUCER: &str = concat!("banjie ", env!("CARGO_PKG_VERSION"));

/// Writes the pages; the same pages, faces, `info` and attachments give the same bytes. The file says that it is PDF/A-2a,
/// with files attached PDF/A-3a, and PDF/UA-1.
pub fn pdf(set: &Typeset, faces: &Faces, info: &Info, attached: &[Attachment]) -> Result<Vec<u8>, PdfError> {
    let fonts = font::fonts(&set.pages, faces)?;
    std::thread::scope(|scope| {
        // Cutting and packing the faces takes as long as all the rest: it is done meanwhile.
        let programs = scope.spawn(|| {
            let mut packer = Packer::new();
            let cut = |(id, font): (&FaceId, &Font)| {
                let face = faces.face(*id);
                let program = Program::cut(face, &font.remapper, set.pages.len() > SHORT, &mut packer);
                let broken = |reason| PdfError::Face { family: face.family.clone(), reason };
                Ok((*id, program.map_err(broken)?))
            };
            fonts.iter().map(cut).collect::<Result<Vec<_>, PdfError>>()
        });
        let mut file = font::specimen(&info.title, &fonts);
        let mut packer = Packer::new();
        for stream in file.objects.values_mut().filter_map(|object| object.as_stream_mut().ok()) {
            let packed = packer.pack(&stream.content);
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
        let (page_ids, contents) = put_pages(&mut file, set, &fonts)?;
        let outline = outline::outline(&mut file, &set.tree, &set.pages, &page_ids);
        catalogue(&mut file, info, attached, outline, &mut packer)?;
        let programs = programs.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        for (id, program) in programs? {
            program.embed(&mut file, &fonts[&id])?;
        }
        let first = file.max_id + 1;
        file.catalog_mut()?.set("StructTreeRoot", (first, 0));
        let structure = tags::structure(&set.tree, &set.pages, &contents, &page_ids, first);
        Ok(file::save(&file, &structure, format!("{info:?}").as_bytes()))
    })
}

/// Puts the pages in the place of printpdf's one, whose resources they share.
fn put_pages(
    file: &mut lopdf::Document,
    set: &Typeset,
    fonts: &Fonts,
) -> Result<(Vec<ObjectId>, Vec<Content>), PdfError> {
    let specimen = file.page_iter().next().ok_or(lopdf::Error::PageNumberNotFound(1))?;
    let page = file.get_dictionary(specimen)?;
    let resources = page.get(b"Resources")?.as_reference()?;
    let parent = page.get(b"Parent")?.as_reference()?;
    let contents = page.get(b"Contents")?.as_reference()?;
    let shared = file.get_dictionary(resources)?.get(b"Font")?.clone();
    file.objects.retain(|id, _| *id != specimen && *id != contents);
    file.set_object(resources, dictionary! { "Font" => shared });

    let tag = |node: NodeId| tags::tag(&set.tree.node(node).element);
    let written = in_parallel(&set.pages, 1, Packer::new, |packer, page| {
        let mut content = content(page, fonts, &set.tree, tag);
        content.operators = packer.pack(&content.operators);
        content
    });
    let mut ids = Vec::with_capacity(written.len());
    let mut contents = Vec::with_capacity(written.len());
    let edge = |points: f32| Object::Real((points * 1000.0).round() / 1000.0);
    for (number, (page, mut content)) in set.pages.iter().zip(written).enumerate() {
        let operators = std::mem::take(&mut content.operators);
        let stream =
            file.add_object(lopdf::Stream::new(dictionary! { "Filter" => "FlateDecode" }, operators));
        let size = vec![0.into(), 0.into(), edge(law::PAPER_WIDTH), edge(law::PAPER_HEIGHT)];
        let mut dictionary = dictionary! {
            "Type" => "Page",
            "Parent" => parent,
            "MediaBox" => size,
            "Resources" => resources,
            "Contents" => stream,
            "StructParents" => number as i64,
            "Tabs" => "S",
        };
        if page.turned {
            dictionary.set("Rotate", 90);
        }
        ids.push(file.add_object(dictionary));
        contents.push(content);
    }
    let kids: Vec<Object> = ids.iter().map(|id| Object::Reference(*id)).collect();
    file.set_object(parent, dictionary! { "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids });
    Ok((ids, contents))
}

/// Says in the catalogue what printpdf does not, and takes out what it left lying about.
fn catalogue(
    file: &mut lopdf::Document,
    info: &Info,
    attached: &[Attachment],
    outline: Option<ObjectId>,
    packer: &mut Packer,
) -> Result<(), PdfError> {
    let about = file.trailer.get(b"Info")?.as_reference()?;
    file.set_object(about, archive::information(info));
    let metadata = archive::metadata(file, info, !attached.is_empty());
    let intents = archive::output_intent(file, packer);
    let files = (!attached.is_empty()).then(|| archive::attachments(file, attached, info, packer));
    let catalogue = file.catalog_mut()?;
    catalogue.remove(b"PageLayout");
    catalogue.set("Lang", Object::string_literal(info.language.as_str()));
    catalogue.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalogue.set("MarkInfo", dictionary! { "Marked" => true });
    catalogue.set("Metadata", metadata);
    catalogue.set("OutputIntents", intents);
    if let Some(outline) = outline {
        catalogue.set("Outlines", outline);
        catalogue.set("PageMode", "UseOutlines");
    }
    if let Some((list, names)) = files {
        catalogue.set("AF", list);
        catalogue.set("Names", names);
    }
    file.prune_objects();
    Ok(())
}

/// A rectangle of a page, left, top, right and bottom as they are read, in the file's own way: left, bottom, right and top of
/// the upright sheet, from its foot.
fn upright(page: &Page, [left, top, right, bottom]: [f32; 4]) -> [f32; 4] {
    if page.turned {
        return [top, left, bottom, right];
    }
    [left, law::PAPER_HEIGHT - bottom, right, law::PAPER_HEIGHT - top]
}

/// A text string (ISO 32000-1, 7.9.2.2).
fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    Object::String(utf16(text), StringFormat::Hexadecimal)
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_be_bytes).collect()
}

/// A text string as it stands in a file.
fn hex(text: &str) -> String {
    let digits: String = utf16(text).iter().map(|byte| format!("{byte:02X}")).collect();
    format!("<{digits}>")
}

/// The start value of FNV-1a.
const FNV: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a by words of eight bytes, little end first: not a seal, only a stamp that changes with the content.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(hash, |hash, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        // Turned, so that the high half of the product takes part in the next one.
        (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3).rotate_left(29)
    })
}
