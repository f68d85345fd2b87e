//! PDF: pages of placed glyphs into the bytes of a file.
//!
//! printpdf writes fonts, pages and their operators; what it cannot say is then said in its [`lopdf::Document`]: the
//! information dictionary, the language, an ID that depends on the content alone, and no clock anywhere. printpdf is
//! told each face's names and widths only; the face itself, cut down to the glyphs used, is put in afterwards.

mod cff;

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDateTime;
use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Object, StringFormat, dictionary};
use printpdf::{
    Codepoint, Color, DictItem, FontId, FontMetrics, FontType, Greyscale, Mm, Op, PaintMode, ParsedFont,
    PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub, PdfPage, PdfSaveOptions, Pt, Rect, TextItem,
    TextMatrix,
};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, GlyphId, MetadataProvider as _, Tag};
use subsetter::GlyphRemapper;

use crate::policy::gbt9704 as law;
use crate::typeset::faces::Face;
use crate::typeset::{FaceId, Faces, Page, Run};

/// What the file says about itself.
#[derive(Debug, Clone)]
pub struct Info {
    /// The document's title.
    pub title: String,
    /// The office that signed.
    pub author: String,
    /// Language of the text, as in BCP 47: `zh-CN`.
    pub language: String,
    /// When the file was made, in Beijing time.
    pub date: NaiveDateTime,
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
/// Compression of streams: measured, a third as slow as the usual 6 and within one part in ten of its size.
const LEVEL: u32 = 2;

/// Writes the pages; the same pages, faces and `info` give the same bytes.
pub fn pdf(pages: &[Page], faces: &Faces, info: &Info) -> Result<Vec<u8>, PdfError> {
    let fonts = fonts(pages, faces)?;
    std::thread::scope(|scope| {
        // Cutting and packing the faces takes as long as all the rest: each has a thread of its own meanwhile.
        let programs: Vec<_> = fonts
            .iter()
            .map(|(id, font)| (*id, scope.spawn(move || Program::cut(faces.face(*id), &font.remapper))))
            .collect();
        let mut file = assemble(pages, &fonts, info);
        pack(&mut file);
        for (id, program) in programs {
            let broken = |reason| PdfError::Face { family: faces.face(id).family.clone(), reason };
            let program = program.join().map_err(|_| broken("the subsetter failed".to_owned()))?;
            program.map_err(broken)?.embed(&mut file, &fonts[&id])?;
        }
        finish(&mut file, info)?;
        let mut bytes = Vec::new();
        file.save_to(&mut bytes).map_err(lopdf::Error::from)?;
        Ok(bytes)
    })
}

/// The file as printpdf makes it, with the font programs still to come.
fn assemble(pages: &[Page], fonts: &Fonts, info: &Info) -> lopdf::Document {
    let mut document = PdfDocument::new(&info.title);
    for (id, font) in fonts {
        document.resources.fonts.map.insert(font_id(*id), PdfFont::new(font.parsed.clone()));
    }
    let (width, height) = (Mm(law::PAPER_WIDTH / law::MM), Mm(law::PAPER_HEIGHT / law::MM));
    document
        .with_pages(pages.iter().map(|page| PdfPage::new(width, height, operators(page, fonts))).collect());
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    printpdf::serialize::to_lopdf_doc(&document, &options, &mut Vec::new())
}

/// A face as the file knows it.
struct Font {
    /// What printpdf is told: names, widths and measures, but only the first bytes of a program.
    parsed: ParsedFont,
    /// From the face's glyphs to the subset's.
    remapper: GlyphRemapper,
    /// By the face's glyph: the subset's, its width in thousandths of an em and the character it stands for.
    glyphs: BTreeMap<u16, (u16, f32, char)>,
}

type Fonts = BTreeMap<FaceId, Font>;

fn font_id(id: FaceId) -> FontId {
    FontId(format!("F{}", id.0))
}

/// The faces that the pages use.
fn fonts(pages: &[Page], faces: &Faces) -> Result<Fonts, PdfError> {
    let mut used: BTreeMap<FaceId, BTreeMap<u16, char>> = BTreeMap::new();
    for run in pages.iter().flat_map(|page| page.runs.iter().chain(&page.folio)) {
        let glyphs = used.entry(run.face).or_default();
        for glyph in &run.glyphs {
            glyphs.entry(glyph.id).or_insert(glyph.text);
        }
    }
    let describe = |(id, glyphs): (FaceId, BTreeMap<u16, char>)| {
        let face = faces.face(id);
        let broken = |reason| PdfError::Face { family: face.family.clone(), reason };
        Ok((id, describe(face, &glyphs).map_err(broken)?))
    };
    used.into_iter().map(describe).collect()
}

fn describe(face: &Face, used: &BTreeMap<u16, char>) -> Result<Font, String> {
    let tables = face.tables().ok_or("not a font")?;
    let head = tables.head().map_err(|error| error.to_string())?;
    let hhea = tables.hhea().map_err(|error| error.to_string())?;
    let metrics = tables.glyph_metrics(Size::unscaled(), LocationRef::default());
    let units_per_em = head.units_per_em();
    let mut remapper = GlyphRemapper::new();
    let mut widths = BTreeMap::new();
    let mut glyphs = BTreeMap::new();
    for (&glyph, &ch) in used {
        let new = remapper.remap(glyph);
        let advance = metrics.advance_width(GlyphId::from(glyph)).unwrap_or(0.0) as u16;
        // Rounded down as printpdf rounds them: the pen moves by what the file says.
        let thousandths = (f32::from(advance) * 1000.0 / f32::from(units_per_em)).trunc();
        widths.insert(new, advance);
        glyphs.insert(glyph, (new, thousandths, ch));
    }
    let is_cff = tables.cff().is_ok();
    let parsed = ParsedFont {
        font_name: Some(format!("{}+{}", subset_tag(face, used), face.postscript)),
        font_type: if is_cff { FontType::OpenTypeCFF(()) } else { FontType::TrueType },
        // printpdf takes the kind of font from the first bytes; the program follows in [`Program::embed`].
        original_bytes: if is_cff { b"OTTO".to_vec() } else { vec![0, 1, 0, 0] },
        font_index: 0,
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: widths,
        units_per_em,
        font_metrics: FontMetrics { ascent: hhea.ascender().to_i16(), descent: hhea.descender().to_i16() },
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em,
            x_min: head.x_min(),
            y_min: head.y_min(),
            x_max: head.x_max(),
            y_max: head.y_max(),
            caret_slope_rise: hhea.caret_slope_rise(),
            caret_slope_run: hhea.caret_slope_run(),
            us_weight_class: tables.os2().map_or(0, |os2| os2.us_weight_class()),
        },
    };
    Ok(Font { parsed, remapper, glyphs })
}

/// A font program cut down to the glyphs used, and packed.
struct Program {
    key: &'static [u8],
    stream: lopdf::Stream,
}

impl Program {
    fn cut(face: &Face, remapper: &GlyphRemapper) -> Result<Program, String> {
        let tables = face.tables().ok_or("not a font")?;
        let glyphs: Vec<u16> = remapper.remapped_gids().collect();
        if let Some(program) = tables.cff().ok().and_then(|cff| cff::cut(&cff, &glyphs)) {
            return Program::pack_cff(&program);
        }
        let subset =
            subsetter::subset(face.bytes(), face.index, remapper).map_err(|error| error.to_string())?;
        let tables = FontRef::new(&subset).map_err(|error| error.to_string())?;
        // The bare CFF table is what every viewer reads alike; the subsetter has numbered its glyphs from 0 on.
        if let Some(cff) = tables.table_data(Tag::new(b"CFF ")) {
            return Program::pack_cff(cff.as_bytes());
        }
        Program::pack(b"FontFile2", &subset, ("Length1", Object::from(subset.len() as i64)))
    }

    fn pack_cff(program: &[u8]) -> Result<Program, String> {
        Program::pack(b"FontFile3", program, ("Subtype", "CIDFontType0C".into()))
    }

    fn pack(key: &'static [u8], program: &[u8], entry: (&str, Object)) -> Result<Program, String> {
        let packed = Packer::new().pack(program);
        let dictionary = Dictionary::from_iter([entry, ("Filter", "FlateDecode".into())]);
        Ok(Program { key, stream: lopdf::Stream::new(dictionary, packed) })
    }

    /// Puts the program where printpdf's first bytes stand.
    fn embed(self, file: &mut lopdf::Document, font: &Font) -> Result<(), PdfError> {
        let name = font.parsed.font_name.as_deref().unwrap_or_default().as_bytes();
        let descriptor =
            file.objects.values().filter_map(|object| object.as_dict().ok()).find(|dictionary| {
                dictionary.has_type(b"FontDescriptor")
                    && dictionary.get(b"FontName").and_then(Object::as_name).is_ok_and(|own| own == name)
            });
        let Some(descriptor) = descriptor else {
            let family = font.parsed.font_name.clone().unwrap_or_default();
            return Err(PdfError::Face { family, reason: "it has no place in the file".to_owned() });
        };
        let id = descriptor.get(self.key)?.as_reference()?;
        file.set_object(id, self.stream);
        Ok(())
    }
}

/// Six capitals that mark a subset, the same for the same glyphs (ISO 32000-1, 9.6.4).
fn subset_tag(face: &Face, used: &BTreeMap<u16, char>) -> String {
    let glyphs = used.keys().fold(FNV, |hash, glyph| fnv(hash, &glyph.to_be_bytes()));
    let mut hash = fnv(glyphs, face.postscript.as_bytes());
    let mut letter = || {
        let letter = b'A' + (hash % 26) as u8;
        hash /= 26;
        char::from(letter)
    };
    (0..6).map(|_| letter()).collect()
}

/// The operators of a page: rules and folio as artifacts, the text in reading order.
fn operators(page: &Page, fonts: &Fonts) -> Vec<Op> {
    let black = Color::Greyscale(Greyscale { percent: 0.0, icc_profile: None });
    let mut ops = vec![Op::SetFillColor { col: black }];
    ops.push(Op::StartTextSection);
    push_runs(&mut ops, &page.runs, fonts);
    ops.push(Op::EndTextSection);
    ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() });
    for rule in &page.rules {
        let rectangle = Rect {
            x: Pt(round(rule.x)),
            y: Pt(round(law::PAPER_HEIGHT - rule.y - rule.height)),
            width: Pt(round(rule.width)),
            height: Pt(round(rule.height)),
            mode: Some(PaintMode::Fill),
            winding_order: None,
        };
        ops.push(Op::DrawRectangle { rectangle });
    }
    ops.push(Op::StartTextSection);
    push_runs(&mut ops, &page.folio, fonts);
    ops.push(Op::EndTextSection);
    ops.push(Op::EndMarkedContent);
    ops
}

fn push_runs(ops: &mut Vec<Op>, runs: &[Run], fonts: &Fonts) {
    let mut current = None;
    for run in runs {
        let (Some(font), Some(first)) = (fonts.get(&run.face), run.glyphs.first()) else { continue };
        if current != Some((run.face, run.size)) {
            let size = Pt(run.size);
            ops.push(Op::SetFont { font: PdfFontHandle::External(font_id(run.face)), size });
            current = Some((run.face, run.size));
        }
        let start = (round(first.x), round(law::PAPER_HEIGHT - run.baseline));
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(start.0), Pt(start.1)) });
        push_glyphs(ops, run, start.0, font);
    }
}

/// Shows a run's glyphs; numbers between them move the pen from where a glyph's width left it to the next one's place.
fn push_glyphs(ops: &mut Vec<Op>, run: &Run, start: f32, font: &Font) {
    let mut shown = Vec::with_capacity(run.glyphs.len());
    // In thousandths of an em from the start of the run.
    let mut pen = 0.0;
    for (index, glyph) in run.glyphs.iter().enumerate() {
        let Some(&(id, width, owner)) = font.glyphs.get(&glyph.id) else { continue };
        pen += width;
        let next = run.glyphs.get(index + 1).map(|next| (next.x - start) / run.size * 1000.0);
        let offset = next.map_or(0.0, |next| (pen - next).round());
        pen -= offset;
        let code = Codepoint { gid: id, offset, cid: Some(owner.to_string()) };
        if owner == glyph.text {
            shown.push(code);
            continue;
        }
        // A glyph can stand for one character only, here it stands for another: say so (ISO 32000-1, 14.9.4).
        flush(ops, &mut shown);
        let text = DictItem::String { data: utf16(&glyph.text.to_string()), literal: false };
        let properties = DictItem::Dict { map: BTreeMap::from([("ActualText".to_owned(), text)]) };
        ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
        shown.push(code);
        flush(ops, &mut shown);
        ops.push(Op::EndMarkedContent);
    }
    flush(ops, &mut shown);
}

fn flush(ops: &mut Vec<Op>, shown: &mut Vec<Codepoint>) {
    if !shown.is_empty() {
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(std::mem::take(shown))] });
    }
}

/// A thousandth of a point is finer than any press.
fn round(points: f32) -> f32 {
    (points * 1000.0).round() / 1000.0
}

/// Says in the file what printpdf does not, takes out what it left lying about, compresses and stamps it.
fn finish(file: &mut lopdf::Document, info: &Info) -> Result<(), PdfError> {
    file.version = "1.7".to_owned();
    let date = Object::string_literal(info.date.format("D:%Y%m%d%H%M%S+08'00'").to_string());
    let about = dictionary! {
        "Title" => text(&info.title),
        "Author" => text(&info.author),
        "Creator" => text(PRODUCER),
        "Producer" => text(PRODUCER),
        "CreationDate" => date.clone(),
        "ModDate" => date,
    };
    let about_id = file.trailer.get(b"Info")?.as_reference()?;
    file.set_object(about_id, about);
    let catalog = file.catalog_mut()?;
    catalog.remove(b"PageLayout");
    catalog.set("Lang", Object::string_literal(info.language.as_str()));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    drop_empty(file);
    file.prune_objects();
    file.renumber_objects();
    let hash = file.objects.values().filter_map(|object| object.as_stream().ok());
    let hash = hash.fold([FNV, !FNV], |hash, stream| hash.map(|half| fnv(half, &stream.content)));
    let hash = [info.title.as_bytes(), info.author.as_bytes(), info.date.to_string().as_bytes()]
        .iter()
        .fold(hash, |hash, bytes| hash.map(|half| fnv(half, bytes)));
    let id = hash.iter().flat_map(|half| half.to_be_bytes()).collect();
    let id = Object::String(id, StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id.clone(), id]);
    Ok(())
}

/// Takes out printpdf's empty resources and lists of annotations.
fn drop_empty(file: &mut lopdf::Document) {
    let is_empty =
        |object: &Object| matches!(object, Object::Dictionary(dictionary) if dictionary.is_empty());
    let empty: Vec<_> =
        file.objects.iter().filter(|(_, object)| is_empty(object)).map(|(id, _)| *id).collect();
    let is_idle = |value: &Object| match value {
        Object::Reference(id) => empty.contains(id),
        Object::Array(items) => items.is_empty(),
        _ => false,
    };
    for object in file.objects.values_mut() {
        let Object::Dictionary(dictionary) = object else { continue };
        for key in ["XObject", "ExtGState", "Shading", "Annots"] {
            if dictionary.get(key.as_bytes()).is_ok_and(is_idle) {
                dictionary.remove(key.as_bytes());
            }
        }
    }
}

/// Packs printpdf's streams.
fn pack(file: &mut lopdf::Document) {
    let mut packer = Packer::new();
    for stream in file.objects.values_mut().filter_map(|object| object.as_stream_mut().ok()) {
        let packed = packer.pack(&stream.content);
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(packed);
    }
}

/// Compresses one stream after another in the same memory: a new state is a quarter of a megabyte to clear.
struct Packer(Compress);

impl Packer {
    fn new() -> Self {
        Self(Compress::new(Compression::new(LEVEL), true))
    }

    fn pack(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.0.reset();
        let mut packed = Vec::with_capacity(bytes.len() / 2 + 64);
        loop {
            let read = self.0.total_in() as usize;
            // Compression into memory fails only for a wrong flush, and stalls only for want of room.
            match self.0.compress_vec(&bytes[read..], &mut packed, FlushCompress::Finish) {
                Ok(Status::StreamEnd) | Err(_) => return packed,
                Ok(_) => packed.reserve(packed.capacity()),
            }
        }
    }
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
