//! Faces into fonts. printpdf gets each face's names, widths and characters and makes the font's dictionaries; the face
//! itself, cut down to the glyphs used, is put in afterwards.

use std::collections::BTreeMap;

use lopdf::{Object, dictionary};
use printpdf::{
    Codepoint, FontId, FontMetrics, FontType, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfFontMetricsStub, PdfPage, PdfSaveOptions, Pt, TextItem,
};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, GlyphId, MetadataProvider as _, Tag};
use subsetter::GlyphRemapper;

use super::file::Packer;
use super::{FNV, PdfError, cff, fnv};
use crate::policy::gbt9704 as law;
use crate::typeset::faces::Face;
use crate::typeset::{FaceId, Faces, Page};

/// A face as the file knows it.
pub(super) struct Font {
    /// What printpdf gets: names, widths and measures, but only the first bytes of a program.
    parsed: ParsedFont,
    /// From the face's glyphs to the subset's.
    pub remapper: GlyphRemapper,
    /// By the face's glyph: the subset's, its width in thousandths of an em and the character it stands for.
    pub glyphs: Glyphs,
}

/// What a page's content asks of a font, by the face's glyph.
pub(super) struct Glyphs(Vec<Option<(u16, f32, char)>>);

impl Glyphs {
    pub fn get(&self, glyph: &u16) -> Option<&(u16, f32, char)> {
        self.0.get(usize::from(*glyph))?.as_ref()
    }
}

pub(super) type Fonts = BTreeMap<FaceId, Font>;

fn font_id(id: FaceId) -> FontId {
    FontId(format!("F{}", id.0))
}

/// The faces that the pages use.
pub(super) fn fonts(pages: &[Page], faces: &Faces) -> Result<Fonts, PdfError> {
    // By glyph the character's number; 0 for none, so that the memory comes cleared.
    let mut used: BTreeMap<FaceId, Vec<u32>> = BTreeMap::new();
    for run in pages.iter().flat_map(|page| page.runs.iter().chain(&page.folio)) {
        let glyphs = used.entry(run.face).or_insert_with(|| vec![0; usize::from(u16::MAX) + 1]);
        for glyph in &run.glyphs {
            let owner = &mut glyphs[usize::from(glyph.id)];
            if *owner == 0 {
                *owner = u32::from(glyph.text);
            }
        }
    }
    let describe = |(id, glyphs): (FaceId, Vec<u32>)| {
        let face = faces.face(id);
        let broken = |reason| PdfError::Face { family: face.family.clone(), reason };
        let used = glyphs.into_iter().enumerate().filter(|(_, owner)| *owner != 0);
        let used = used.filter_map(|(glyph, owner)| Some((glyph as u16, char::from_u32(owner)?)));
        Ok((id, describe(id, face, &used.collect()).map_err(broken)?))
    };
    used.into_iter().map(describe).collect()
}

fn describe(id: FaceId, face: &Face, used: &BTreeMap<u16, char>) -> Result<Font, String> {
    let tables = face.tables().ok_or("not a font")?;
    let head = tables.head().map_err(|error| error.to_string())?;
    let hhea = tables.hhea().map_err(|error| error.to_string())?;
    let metrics = tables.glyph_metrics(Size::unscaled(), LocationRef::default());
    let units_per_em = head.units_per_em();
    let mut remapper = GlyphRemapper::new();
    let mut widths = BTreeMap::new();
    let most = used.keys().next_back().map_or(0, |glyph| usize::from(*glyph) + 1);
    let mut glyphs = vec![None; most];
    for (&glyph, &ch) in used {
        let new = remapper.remap(glyph);
        let advance = metrics.advance_width(GlyphId::from(glyph)).unwrap_or(0.0) as u16;
        // Rounded down as printpdf rounds them: the pen moves by what the file says.
        let thousandths = (f32::from(advance) * 1000.0 / f32::from(units_per_em)).trunc();
        widths.insert(new, advance);
        glyphs[usize::from(glyph)] = Some((new, thousandths, ch));
    }
    let is_cff = tables.cff().is_ok();
    let parsed = ParsedFont {
        font_name: Some(format!("{}+{}", subset_tag(id, face, used), face.postscript)),
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
    Ok(Font { parsed, remapper, glyphs: Glyphs(glyphs) })
}

/// printpdf's file: the fonts, and one page that shows each of their glyphs once, so that it knows what each stands for.
pub(super) fn specimen(title: &str, fonts: &Fonts) -> lopdf::Document {
    let mut document = PdfDocument::new(title);
    let mut ops = vec![Op::StartTextSection];
    for (id, font) in fonts {
        document.resources.fonts.map.insert(font_id(*id), PdfFont::new(font.parsed.clone()));
        let size = Pt(law::SIZE_3);
        ops.push(Op::SetFont { font: PdfFontHandle::External(font_id(*id)), size });
        let show =
            |&(gid, _, ch): &(u16, f32, char)| Codepoint { gid, offset: 0.0, cid: Some(ch.to_string()) };
        let glyphs = font.glyphs.0.iter().flatten().map(show).collect();
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
    }
    ops.push(Op::EndTextSection);
    let (width, height) = (Mm(law::PAPER_WIDTH / law::MM), Mm(law::PAPER_HEIGHT / law::MM));
    document.with_pages(vec![PdfPage::new(width, height, ops)]);
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    printpdf::serialize::to_lopdf_doc(&document, &options, &mut Vec::new())
}

/// A font program cut down to the glyphs used, and packed.
pub(super) struct Program {
    key: &'static [u8],
    stream: lopdf::Stream,
}

impl Program {
    /// A CFF program is left as it is unless `pack` is true.
    pub fn cut(
        face: &Face,
        remapper: &GlyphRemapper,
        pack: bool,
        packer: &mut Packer,
    ) -> Result<Program, String> {
        let tables = face.tables().ok_or("not a font")?;
        let glyphs: Vec<u16> = remapper.remapped_gids().collect();
        if let Some(program) = tables.cff().ok().and_then(|cff| cff::cut(&cff, &glyphs)) {
            return Ok(Program::of_cff(program, pack, packer));
        }
        let subset =
            subsetter::subset(face.bytes(), face.index, remapper).map_err(|error| error.to_string())?;
        let tables = FontRef::new(&subset).map_err(|error| error.to_string())?;
        // The bare CFF table is what every viewer reads alike; the subsetter has numbered its glyphs from 0 on.
        if let Some(cff) = tables.table_data(Tag::new(b"CFF ")) {
            return Ok(Program::of_cff(cff.as_bytes().to_vec(), pack, packer));
        }
        let dictionary = dictionary! { "Length1" => subset.len() as i64, "Filter" => "FlateDecode" };
        Ok(Program { key: b"FontFile2", stream: lopdf::Stream::new(dictionary, packer.pack(&subset)) })
    }

    fn of_cff(program: Vec<u8>, pack: bool, packer: &mut Packer) -> Program {
        let mut dictionary = dictionary! { "Subtype" => "CIDFontType0C" };
        let mut content = program;
        if pack {
            dictionary.set("Filter", "FlateDecode");
            content = packer.pack(&content);
        }
        Program { key: b"FontFile3", stream: lopdf::Stream::new(dictionary, content) }
    }

    /// Puts the program where printpdf's first bytes stand.
    pub fn embed(self, file: &mut lopdf::Document, font: &Font) -> Result<(), PdfError> {
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
fn subset_tag(id: FaceId, face: &Face, used: &BTreeMap<u16, char>) -> String {
    // Two faces without a name may have the same glyphs.
    let glyphs = used.keys().fold(fnv(FNV, &[id.0]), |hash, glyph| fnv(hash, &glyph.to_be_bytes()));
    let mut hash = fnv(glyphs, face.postscript.as_bytes());
    let mut letter = || {
        let letter = b'A' + (hash % 26) as u8;
        hash /= 26;
        char::from(letter)
    };
    (0..6).map(|_| letter()).collect()
}
