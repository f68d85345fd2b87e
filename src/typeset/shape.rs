//! Text into boxes: every character gets its face, its glyph and its share of the line, and every pair of neighbours
//! the space between them and the price of a line end there.
//!
//! A full-width mark is half ink and half blank. The box holds the ink; the blank is part of the gap, so that marks
//! which meet, and marks at either end of a line, lose it without further rules (CLREQ 3.1.6; GB/T 15834 5.1.10).

use std::collections::HashMap;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{GlyphId, MetadataProvider};

use super::faces::{FaceId, Faces};
use super::kind::Kind;
use super::role::Role;
use super::tree::Part;
use super::{Missing, kind};
use crate::model::todo::is_mark;

/// Size of type and width of a character, both in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Size of the glyphs.
    pub size: f32,
    /// Width of the box of a full-width character.
    pub cell: f32,
}

/// One character, ready to be placed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    pub ch: char,
    pub kind: Kind,
    pub face: FaceId,
    pub glyph: u16,
    /// Size at which the glyph is drawn.
    pub size: f32,
    /// Width of the box.
    pub width: f32,
    /// From the left edge of the box to the origin of the glyph.
    pub dx: f32,
    /// How far the glyph stands above the line's baseline.
    pub rise: f32,
    /// Who reads it.
    pub part: Part,
    /// Something is still to be found out.
    pub is_todo: bool,
}

/// The space after an atom, up to the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap {
    /// Width in an unjustified line.
    pub natural: f32,
    /// Narrowest width.
    pub least: f32,
    /// Width up to which it stretches before the others do.
    pub most: f32,
    /// Whether it gives way after that.
    pub give: Give,
    /// Cost of ending a line here, in the units of [`super::lines`].
    pub price: f32,
    /// A word space: its glyph, so that the text can be copied.
    pub space: Option<(FaceId, u16)>,
}

/// How a gap takes part in justification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Give {
    /// Inside a word, a dash or an ellipsis, or beside a connecting mark: never.
    Never,
    /// Between characters: stretches last.
    Plain,
    /// After 。？！: as plain, and shrinks last.
    Stop,
}

/// A shaped text; `gaps[k]` follows `atoms[k]`, so the last gap is never used.
#[derive(Debug)]
pub(super) struct Text {
    pub style: Style,
    pub atoms: Vec<Atom>,
    pub gaps: Vec<Gap>,
}

/// From here on a price means that a line may end here only where the text could not be set otherwise.
pub(super) const FORBIDDEN: f32 = 1e6;
/// Inside a Western word.
const IN_WORD: f32 = FORBIDDEN;
/// Inside a number.
const IN_NUMBER: f32 = 1e8;
/// Against the rules for marks.
const AGAINST_MARKS: f32 = 1e9;
/// Parting a figure from its unit: no better than one character alone in the last line.
const UNIT: f32 = 1000.0;
/// Parting a figure from the word before it, or an ellipsis from its sentence, is allowed but not nice.
const BOND: f32 = 2.0;

/// Space between Chinese and Western text in em: least, natural, most. CLREQ 3.2.3 allows up to a quarter and a half;
/// official documents are so full of figures that this would tear their lines to pieces.
const MIXED: [f32; 3] = [0.0625, 0.125, 0.25];
/// A word space in em (CLREQ 3.2.3): least, natural, most.
const WORD_SPACE: [f32; 3] = [0.25, 0.25, 0.5];
/// What is left of a mark's blank when it is squeezed to the last: CLREQ would let it vanish, but then ，looks like , and
/// 》《 touch.
const SQUEEZED_BLANK: f32 = 0.25;
/// Our 宋 face's figures beside 仿宋, which is smaller on its body: at this size a figure is half an em wide, as
/// GB/T 9704 (半角) wants it, and as high as the characters.
const LENT_SIZE: f32 = 0.9;

/// Inside a mark of two characters.
const CLOSED: Gap =
    Gap { natural: 0.0, least: 0.0, most: 0.0, give: Give::Never, price: AGAINST_MARKS, space: None };

#[derive(Clone, Copy)]
struct Slot {
    face: FaceId,
    glyph: u16,
    /// In em of the size it will be drawn at.
    advance: f32,
    scale: f32,
    rise: f32,
    missing: bool,
}

struct Opened<'a> {
    charmap: Charmap<'a>,
    metrics: GlyphMetrics<'a>,
}

/// Finds glyphs, and remembers what it found and what it could not find.
pub(super) struct Shaper<'a> {
    faces: &'a Faces,
    opened: Vec<Option<Opened<'a>>>,
    slots: HashMap<(Role, char), Slot>,
    pub missing: Vec<Missing>,
}

impl<'a> Shaper<'a> {
    pub fn new(faces: &'a Faces) -> Self {
        let open = |id| {
            let font = faces.face(id).tables()?;
            // At one unit per em the advances come out in em.
            let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
            Some(Opened { charmap: font.charmap(), metrics })
        };
        Shaper { faces, opened: faces.ids().map(open).collect(), slots: HashMap::new(), missing: Vec::new() }
    }

    /// Another one for the same faces.
    pub fn again(&self) -> Self {
        Self::new(self.faces)
    }

    /// Shapes spans of text set in one line after another, each in the face of its role; all of them are of one part.
    pub fn shape(&mut self, spans: &[(Role, &str)], style: Style, part: Part) -> Text {
        let mut text = Text { style, atoms: Vec::new(), gaps: Vec::new() };
        let mut space = None;
        for &(role, span) in spans {
            let is_todo = is_mark(span);
            for (at, ch) in span.char_indices() {
                if kind::is_invisible(ch) {
                    continue;
                }
                if ch.is_whitespace() && ch != '\u{3000}' {
                    space = Some(role);
                    continue;
                }
                let slot = self.slot(role, ch);
                if slot.missing {
                    self.report(ch, span, at);
                }
                let lent = self.faces.is_lent(slot.face, role);
                let atom = Atom { part, is_todo, ..boxed(ch, kind::of(ch), slot, style, lent) };
                if let Some(before) = text.atoms.last() {
                    // A space beside a Chinese character or mark is a habit of typing, not a word space.
                    let word_space = space.filter(|_| !before.kind.is_chinese() && !atom.kind.is_chinese());
                    let slot =
                        word_space.map(|role| self.slot(role, ' ')).map(|slot| (slot.face, slot.glyph));
                    text.gaps.push(gap(before, &atom, style, slot));
                }
                space = None;
                text.atoms.push(atom);
            }
        }
        if !text.atoms.is_empty() {
            text.gaps.push(Gap { price: 0.0, ..CLOSED });
        }
        pair_dashes(&mut text);
        text
    }

    /// The highest point of a character's glyph above the baseline, in em; page numbers hang by their dashes' tops (7.5).
    pub fn top_of(&mut self, role: Role, ch: char) -> f32 {
        let slot = self.slot(role, ch);
        let opened = self.opened.get(usize::from(slot.face.0)).and_then(Option::as_ref);
        let bounds = opened.and_then(|opened| opened.metrics.bounds(GlyphId::from(slot.glyph)));
        bounds.map_or(0.0, |bounds| bounds.y_max * slot.scale)
    }

    fn slot(&mut self, role: Role, ch: char) -> Slot {
        if let Some(slot) = self.slots.get(&(role, ch)) {
            return *slot;
        }
        // 〓 is what Chinese printers set for a sort they do not have.
        let missing = || self.find(role, '〓').map(|slot| Slot { missing: true, ..slot });
        let nothing = Slot { face: FaceId(0), glyph: 0, advance: 1.0, scale: 1.0, rise: 0.0, missing: true };
        let slot = self.find(role, ch).or_else(missing).unwrap_or(nothing);
        self.slots.insert((role, ch), slot);
        slot
    }

    fn find(&self, role: Role, ch: char) -> Option<Slot> {
        self.faces.candidates(role, ch).find_map(|id| {
            let opened = self.opened.get(usize::from(id.0))?.as_ref()?;
            let glyph = opened.charmap.map(ch).filter(|glyph| glyph.to_u32() != 0)?;
            let scale = if self.faces.is_lent(id, role) { LENT_SIZE } else { 1.0 };
            Some(Slot {
                face: id,
                glyph: u16::try_from(glyph.to_u32()).ok()?,
                advance: opened.metrics.advance_width(glyph)? * scale,
                scale,
                rise: self.faces.face(id).rise,
                missing: false,
            })
        })
    }

    fn report(&mut self, ch: char, span: &str, at: usize) {
        if self.missing.iter().any(|missing| missing.ch == ch) {
            return;
        }
        const AROUND: usize = 6;
        let before = span[..at].chars().rev().take(AROUND).count();
        let skipped = span[..at].chars().count() - before;
        let context = span.chars().skip(skipped).take(before + 1 + AROUND).collect();
        self.missing.push(Missing { ch, context });
    }
}

impl Text {
    /// Width of the whole text in one unjustified line, in points.
    pub fn natural_width(&self) -> f32 {
        let atoms: f32 = self.atoms.iter().map(|atom| atom.width).sum();
        let inner = self.gaps.len().saturating_sub(1);
        atoms + self.gaps[..inner].iter().map(|gap| gap.natural).sum::<f32>()
    }

    /// Spreads the characters over a width (分散对齐); a colon at the end keeps its place beside the last of them.
    pub fn spread(&mut self, width: f32) {
        let extra = width - self.natural_width();
        let colon = self.atoms.last().is_some_and(|atom| atom.ch == '：');
        let inner = self.gaps.len().saturating_sub(if colon { 2 } else { 1 });
        let gives = |gap: &&mut Gap| gap.give != Give::Never;
        let count = self.gaps[..inner].iter_mut().filter(gives).count();
        if extra > 0.0 && count > 0 {
            let each = extra / count as f32;
            self.gaps[..inner].iter_mut().filter(gives).for_each(|gap| gap.natural += each);
        }
    }
}

/// Puts a glyph in its box.
fn boxed(ch: char, kind: Kind, slot: Slot, style: Style, lent: bool) -> Atom {
    let Style { size, cell } = style;
    let half = cell / 2.0;
    let advance = slot.advance * size;
    let full = slot.advance > 0.75;
    let (width, dx) = match kind {
        // Of a full-width mark only the half with the ink; a narrow one is put where that half would be.
        Kind::Open if full => (half, (cell - advance) / 2.0 - half),
        Kind::Open => (half.max(advance), (half - advance).max(0.0)),
        Kind::Close | Kind::Pause | Kind::Stop if full => (half, (cell - advance) / 2.0),
        Kind::Close | Kind::Pause | Kind::Stop => (half.max(advance), 0.0),
        // 间隔号占半个字位置 (GB/T 15834 5.1.7), and so does a figure (GB/T 9704 半角).
        Kind::Middle => (half, (half - advance) / 2.0),
        Kind::Digit if lent => (half, (half - advance) / 2.0),
        _ if kind.is_western() => (advance, 0.0),
        _ if full => (cell, (cell - advance) / 2.0),
        _ => (advance, 0.0),
    };
    Atom {
        ch,
        kind,
        face: slot.face,
        glyph: slot.glyph,
        size: size * slot.scale,
        width,
        dx,
        rise: slot.rise * size,
        part: Part::Artifact,
        is_todo: false,
    }
}

/// The space between two neighbours.
fn gap(a: &Atom, b: &Atom, style: Style, space: Option<(FaceId, u16)>) -> Gap {
    let Style { size, cell } = style;
    let blank = if a.kind.has_trailing_blank() && b.kind.has_trailing_blank() {
        // ，” and ））: the first loses its blank, together they take one and a half em.
        0.0
    } else if (a.kind.has_trailing_blank() || b.kind == Kind::Open) && a.kind != Kind::Open {
        // A blank on either side, and where both meet, as in ，“, one of them.
        cell / 2.0
    } else {
        0.0
    };
    let glued = a.kind.is_western() && b.kind.is_western() && space.is_none();
    let joined = [a, b].iter().any(|atom| matches!(atom.kind, Kind::Connector | Kind::Slash));
    let mixed = a.kind.is_word() && b.kind == Kind::Han || a.kind == Kind::Han && b.kind.is_word();
    let [least, natural, most] = if space.is_some() {
        WORD_SPACE.map(|em| em * size)
    } else if mixed {
        MIXED.map(|em| em * size)
    } else {
        [blank * SQUEEZED_BLANK, blank, blank]
    };
    let give = match a.kind {
        _ if glued || joined => Give::Never,
        Kind::Stop => Give::Stop,
        _ => Give::Plain,
    };
    let price = if glued && (a.kind == Kind::Digit || b.kind == Kind::Digit) {
        IN_NUMBER
    } else if b.kind.never_first(b.ch) || a.kind.never_last(a.ch) {
        AGAINST_MARKS
    } else if glued {
        IN_WORD
    } else if (a.kind.is_word() || kind::multiplies(a.ch)) && kind::counts(b.ch) {
        UNIT
    } else if b.kind == Kind::Digit && kind::ordinal(a.ch) || b.kind == Kind::Ellipsis {
        BOND
    } else {
        0.0
    };
    Gap { natural, least, most, give, price, space }
}

/// —— and …… are one mark of two characters: no line ends and nothing stretches inside (GB/T 15834 5.1.4), and only a
/// dash that stands alone is a connecting mark, which may not begin a line (GB/T 15834 5.1.6).
fn pair_dashes(text: &mut Text) {
    let mut at = 0;
    while at < text.atoms.len() {
        let ch = text.atoms[at].ch;
        let run = text.atoms[at..].iter().take_while(|atom| atom.ch == ch).count();
        match text.atoms[at].kind {
            Kind::Dash | Kind::Ellipsis if run > 1 => {
                for gap in &mut text.gaps[at..at + run - 1] {
                    *gap = CLOSED;
                }
            }
            Kind::Dash => {
                text.atoms[at].kind = Kind::Connector;
                for gap in at.saturating_sub(1)..=at {
                    text.gaps[gap].give = Give::Never;
                }
                if at > 0 {
                    text.gaps[at - 1].price = AGAINST_MARKS;
                }
            }
            _ => {}
        }
        at += run;
    }
}
