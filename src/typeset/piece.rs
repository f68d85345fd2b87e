//! What is put on pages: lines, tables and plates in a row, and the row while it grows.

use std::ops::Range;

use super::Rule;
use super::lines::{Fit, Line, Measure, break_lines, set_line};
use super::role::Role;
use super::shape::{Shaper, Style, Text};
use super::tree::{Element, Part, Tree};
use crate::document::Inline;
use crate::policy::gbt9704 as law;

/// The text of a document, ready to be put on pages.
pub(super) struct Flowed {
    pub pieces: Vec<Piece>,
    /// So many of them stand on the first page whatever comes after them: it must show text (7.3.3).
    pub opening: usize,
    /// Here begins what closes the text, which shall not stand on a page without it.
    pub closing: usize,
    pub area: Area,
    pub tree: Tree,
}

/// What rounding may add to a page, in points.
pub(super) const SLACK: f32 = 0.01;

/// The lines that so much room holds.
pub(super) fn lines_in(height: f32) -> usize {
    ((height + SLACK) / law::LINE).max(0.0) as usize
}

/// Something that is put on a page.
pub(super) enum Piece {
    /// One line of the grid; no runs: a blank line.
    Line {
        /// The line.
        line: Line,
        /// It may not be the last on its page.
        keep: bool,
        /// On the first line of a paragraph that could also be set in one line less.
        tight: Option<Box<Tight>>,
    },
    /// A table, which begins and ends on the grid.
    Table(Set),
    /// Something of one piece.
    Plate(Plate),
}

/// Lines and rules that are placed together, relative to the plate's top.
#[derive(Default)]
pub(super) struct Plate {
    /// In points.
    pub height: f32,
    /// The lines with their baselines.
    pub lines: Vec<(Line, f32)>,
    /// Their y is relative, their x is on the page.
    pub rules: Vec<Rule>,
    /// What comes after it begins at its foot, and the grid of the page with it; otherwise on the grid's next line.
    pub moves_grid: bool,
    /// It may not be the last on its page.
    pub keep: bool,
}

/// A table ready to be placed.
pub(super) struct Set {
    /// Where: on a turned page, if that is where its columns have room.
    pub area: Area,
    /// The caption, a line of the grid each.
    pub caption: Vec<Line>,
    /// The x of every vertical rule, from the left edge of the type area to the right.
    pub columns: Vec<f32>,
    /// The head, repeated on every page; none if it is so high that it stands among the rows.
    pub head: Option<Row>,
    /// None is split between pages.
    pub rows: Vec<Row>,
}

/// A row ready to be placed.
#[derive(Default)]
pub(super) struct Row {
    pub height: f32,
    /// Lines, cell by cell, with their baselines' distances from the top of the row.
    pub lines: Vec<(Line, f32)>,
}

impl Set {
    /// Height below which it should not begin on a page: the caption, the head and two rows.
    pub fn least_height(&self) -> f32 {
        let head = self.head.as_ref().map_or(0.0, |head| head.height);
        let rows: f32 = self.rows.iter().take(2).map(|row| row.height).sum();
        self.caption.len() as f32 * law::LINE + head + rows
    }
}

/// A paragraph in one line less than is best for it: better than its last line alone at the top of a page (孤行).
pub(super) struct Tight {
    pub text: Text,
    pub measure: Measure,
    pub lines: Vec<Range<usize>>,
}

impl Tight {
    /// How many lines the paragraph has when it is set best.
    pub fn usual_count(&self) -> usize {
        self.lines.len() + 1
    }

    /// The lines, one less.
    pub fn set(&self) -> Vec<Line> {
        self.lines.iter().map(|range| set_line(&self.text, range, self.measure)).collect()
    }
}

impl Piece {
    fn line(line: Line, keep: bool) -> Piece {
        Piece::Line { line, keep, tight: None }
    }
}

/// 3号 in the cells of the grid.
pub(super) const BODY: Style = Style { size: law::SIZE_3, cell: law::CELL };
/// The type area of a sheet, seen as it is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub turned: bool,
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

/// 5.2.1
pub(super) const UPRIGHT: Area = Area {
    turned: false,
    left: law::LEFT_MARGIN,
    top: law::TOP_MARGIN,
    width: law::TYPE_WIDTH,
    height: law::TYPE_HEIGHT,
};
/// The same area on a sheet turned a quarter to the right, so that the head of a table is at the edge where odd pages are
/// bound (8).
pub(super) const TURNED: Area = Area {
    turned: true,
    left: law::PAPER_HEIGHT - law::TOP_MARGIN - law::TYPE_HEIGHT,
    top: law::LEFT_MARGIN,
    width: law::TYPE_HEIGHT,
    height: law::TYPE_WIDTH,
};

impl Area {
    /// The whole line, without indent.
    pub fn whole(self) -> Measure {
        Measure { left: self.left, width: self.width, indent: 0.0, fit: Fit::Justify }
    }

    /// A paragraph's lines.
    pub fn paragraph(self) -> Measure {
        Measure { indent: law::INDENT as f32 * law::CELL, ..self.whole() }
    }

    /// Lines in the middle.
    pub fn centred(self) -> Measure {
        Measure { fit: Fit::Center, ..self.whole() }
    }
}

/// What is being set, so far.
pub(super) struct Flow<'s, 'f> {
    pub area: Area,
    pub shaper: &'s mut Shaper<'f>,
    pub tree: Tree,
    pub pieces: Vec<Piece>,
    /// The depths of the headings under which the next block stands.
    pub depths: Vec<u8>,
}

impl<'s, 'f> Flow<'s, 'f> {
    pub fn new(root: Element, area: Area, shaper: &'s mut Shaper<'f>) -> Self {
        Self { area, shaper, tree: Tree::new(root), pieces: Vec::new(), depths: Vec::new() }
    }

    /// A new part of the whole.
    pub fn part(&mut self, element: Element) -> Part {
        Part::Of(self.tree.add(Tree::ROOT, element))
    }

    /// Blank lines, kept with what comes.
    pub fn blank(&mut self, count: usize) {
        self.pieces.extend((0..count).map(|_| Piece::line(Line::default(), true)));
    }

    /// A line; kept with what comes.
    pub fn line(&mut self, line: Line) {
        self.pieces.push(Piece::line(line, true));
    }

    /// A text in 3号 that is a paragraph of its own.
    pub fn text(&mut self, spans: &[(Role, &str)]) -> Text {
        let part = self.part(Element::Paragraph);
        self.shaper.shape(spans, BODY, part)
    }

    /// The lines of a text that is a paragraph of its own.
    pub fn lines_of(&mut self, spans: &[(Role, &str)], measure: Measure) {
        let text = self.text(spans);
        self.lines(&text, measure);
    }

    /// The lines of a text; kept together by nothing.
    pub fn lines(&mut self, text: &Text, measure: Measure) {
        for range in break_lines(text, measure) {
            self.pieces.push(Piece::line(set_line(text, &range, measure), false));
        }
    }

    /// Keeps everything from a piece on with what comes.
    pub fn keep_from(&mut self, start: usize) {
        for piece in &mut self.pieces[start..] {
            if let Piece::Line { keep, .. } | Piece::Plate(Plate { keep, .. }) = piece {
                *keep = true;
            }
        }
    }
}

/// The characters' square stands in the middle of its line; a Chinese em box reaches 0.88 em above the baseline.
pub(super) fn baseline(height: f32, size: f32) -> f32 {
    (height - size) / 2.0 + 0.88 * size
}

/// The texts of inlines with their roles.
pub(super) fn push_spans<'a>(
    spans: &mut Vec<(Role, &'a str)>,
    inlines: &'a [Inline],
    role: Role,
    strong: Role,
) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Figure { text, .. } => spans.push((role, text)),
            Inline::Strong(inner) | Inline::Lead(inner) => push_spans(spans, inner, strong, strong),
            Inline::Todo(inner) => push_spans(spans, inner, role, strong),
        }
    }
}
