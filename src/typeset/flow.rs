//! Flow: a document as a row of lines, tables and plates, in order, with what must stay together said beside them.

use std::ops::Range;

use super::faces::Role;
use super::lines::{Fit, Line, Measure, break_lines, fewest_lines, set_line};
use super::shape::{Shaper, Style, Text};
use super::table::{self, Set};
use super::tree::{Element, Part, Tree};
use super::{Rule, close, figure, head, title};
use crate::document::{Annex, Block, Document, Heading, Inline, plain};
use crate::policy::gbt9704 as law;

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

/// A paragraph in one line less than is best for it: better than its last line alone at the top of a page (孤行).
pub(super) struct Tight {
    text: Text,
    measure: Measure,
    lines: Vec<Range<usize>>,
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
/// 2号, set solid: the grid is for the body.
const TITLE: Style = Style { size: law::SIZE_2, cell: law::SIZE_2 };

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

/// The text of a document, ready to be put on pages.
pub(super) struct Flowed {
    pub pieces: Vec<Piece>,
    /// So many of them stand on the first page whatever comes after them: it must show text (7.3.3).
    pub opening: usize,
    pub area: Area,
    pub tree: Tree,
}

/// Everything from the head to the note; and 主送机关 that leave no room for the text on the first page, and so move into the
/// imprint (7.3.2).
pub(super) fn text(document: &Document, shaper: &mut Shaper) -> (Flowed, Option<String>) {
    let mut flow = Flow::new(Element::Document, UPRIGHT, shaper);
    let mut taken = 0.0;
    match head::set(&document.head, &mut flow) {
        Some(plate) => {
            taken = plate.height;
            flow.pieces.push(Piece::Plate(plate));
            flow.blank(law::ABOVE_TITLE);
        }
        // Without a red line the title stands where an annex has its own: on the third line of the page.
        None => flow.blank(2),
    }
    flow.title(1, &document.title, &document.title_lines, document.title.clone());
    flow.blank(1);
    let heads = matches!(document.body.first(), Some(Block::Heading(heading)) if !heading.run_in);
    let shown = if heads { 2 } else { 1 };
    let moved = flow.addressees(document.addressees.as_deref(), taken, shown);
    let opening = flow.pieces.len() + shown;
    let last = flow.blocks(&document.body, 1);
    if !document.annexes.is_empty() || document.sign_off.is_some() || document.note.is_some() {
        flow.keep_last_lines(last);
    }
    close::annex_note(&mut flow, &document.annexes);
    if let Some(sign_off) = &document.sign_off {
        close::sign_off(&mut flow, sign_off);
    }
    if let Some(note) = &document.note {
        close::note(&mut flow, note);
    }
    (Flowed { pieces: flow.pieces, opening, area: UPRIGHT, tree: flow.tree }, moved)
}

/// An annex, which begins a page (7.3.7); all of it is turned if one of its tables is.
pub(super) fn annex(annex: &Annex, shaper: &mut Shaper) -> Flowed {
    let wide = annex.blocks.iter().any(|block| matches!(block, Block::Table(table) if table::is_wide(table)));
    let area = if wide { TURNED } else { UPRIGHT };
    let mut flow = Flow::new(Element::Section, area, shaper);
    flow.lines_of(&[(Role::Hei, &annex.label)], area.whole(), Element::Paragraph);
    flow.blank(1);
    flow.title(2, &annex.title, &[], format!("{}　{}", annex.label, annex.title));
    flow.blank(1);
    flow.blocks(&annex.blocks, 2);
    Flowed { pieces: flow.pieces, opening: 0, area, tree: flow.tree }
}

/// What is being set, so far.
pub(super) struct Flow<'s, 'f> {
    pub area: Area,
    pub shaper: &'s mut Shaper<'f>,
    pub tree: Tree,
    pub pieces: Vec<Piece>,
    /// The depths of the headings under which the next block stands.
    depths: Vec<u8>,
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

    /// A text as a part of its own.
    pub fn lines_of(&mut self, spans: &[(Role, &str)], measure: Measure, element: Element) {
        let part = self.part(element);
        let text = self.shaper.shape(spans, BODY, part);
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

    /// `level` is 1 for the document's title; `words` are those of the outline.
    fn title(&mut self, level: u8, title: &str, lines: &[String], words: String) {
        let start = self.pieces.len();
        let part = self.part(Element::Heading(level, words));
        let measure = self.area.centred();
        if lines.is_empty() {
            let text = self.shaper.shape(&[(Role::Title, title)], TITLE, part);
            for range in title::break_title(&text, measure) {
                self.line(set_line(&text, &range, measure));
            }
        }
        for line in lines {
            let text = self.shaper.shape(&[(Role::Title, line)], TITLE, part);
            self.lines(&text, measure);
        }
        self.keep_from(start);
    }

    /// 主送机关 (7.3.2), flush left; returned where they would leave the page no room for the `shown` first lines of text.
    fn addressees(&mut self, addressees: Option<&str>, taken: f32, shown: usize) -> Option<String> {
        let addressees = addressees?;
        let start = self.pieces.len();
        self.lines_of(&[(Role::Fang, addressees), (Role::Fang, "：")], self.area.whole(), Element::Paragraph);
        self.keep_from(start);
        let lines = self.pieces.iter().filter(|piece| matches!(piece, Piece::Line { .. })).count();
        if taken + (lines + shown) as f32 * law::LINE <= law::TYPE_HEIGHT {
            return None;
        }
        self.pieces.truncate(start);
        // The part stays in the tree without a page, which nobody reads; the imprint adds its own.
        Some(addressees.to_owned())
    }

    /// Blocks whose headings of the first depth are one below `level`. Returns how many lines the last paragraph has; 0 if the
    /// last block is none.
    fn blocks(&mut self, blocks: &[Block], level: u8) -> usize {
        let mut last = 0;
        // A heading that ends in a full stop waits here for the paragraph whose first line it begins.
        let mut run_in: Option<&Heading> = None;
        for block in blocks {
            let lead = match (run_in.take(), block) {
                (Some(heading), Block::Paragraph(_)) => Some(heading),
                (Some(heading), _) => {
                    self.heading(heading, level);
                    None
                }
                (None, _) => None,
            };
            last = 0;
            match block {
                Block::Heading(heading) if heading.run_in => run_in = Some(heading),
                Block::Heading(heading) => self.heading(heading, level),
                Block::Paragraph(inlines) => last = self.paragraph(lead, inlines, level),
                Block::Table(table) => {
                    let node = self.tree.add(Tree::ROOT, Element::Table);
                    let area = if table::is_wide(table) { TURNED } else { self.area };
                    let table = table::set(table, area, node, &mut self.tree, self.shaper);
                    self.pieces.push(Piece::Table(table));
                }
                Block::Chart(chart) => {
                    let plate = figure::plate(chart, self);
                    self.pieces.push(Piece::Plate(plate));
                }
            }
        }
        if let Some(heading) = run_in {
            self.heading(heading, level);
        }
        last
    }

    fn heading(&mut self, heading: &Heading, level: u8) {
        let start = self.pieces.len();
        let part = self.heading_part(heading, level);
        let text = self.shaper.shape(&heading_spans(heading), BODY, part);
        self.lines(&text, self.area.paragraph());
        self.keep_from(start);
    }

    /// 一、 may be followed by 1. where there are but two depths (7.3.3): levels are counted by what is there, so that none
    /// is skipped.
    fn heading_part(&mut self, heading: &Heading, level: u8) -> Part {
        self.depths.retain(|depth| *depth < heading.depth);
        self.depths.push(heading.depth);
        let level = level + self.depths.len() as u8;
        let words = format!("{}{}", heading.number, plain(&heading.text).trim_end_matches('。'));
        self.part(Element::Heading(level, words))
    }

    /// A paragraph that may begin with a heading. Returns the number of its lines.
    fn paragraph(&mut self, lead: Option<&Heading>, inlines: &[Inline], level: u8) -> usize {
        let follows_heading = matches!(self.pieces.last(), Some(Piece::Line { keep: true, .. }));
        let start = self.pieces.len();
        let heading = lead.map(|heading| (heading_spans(heading), self.heading_part(heading, level)));
        let part = self.part(Element::Paragraph);
        let mut spans = heading.as_ref().map_or(Vec::new(), |(spans, _)| spans.clone());
        push_spans(&mut spans, inlines, Role::Fang, Role::Kai);
        let mut text = self.shaper.shape(&spans, BODY, part);
        if let Some((spans, part)) = heading {
            let length = self.shaper.shape(&spans, BODY, part).atoms.len();
            text.atoms[..length].iter_mut().for_each(|atom| atom.part = part);
        }
        let measure = self.area.paragraph();
        self.lines(&text, measure);
        let count = self.pieces.len() - start;
        let lines = fewest_lines(&text, measure);
        // The last line does not begin a page alone (孤行).
        if let [.., Piece::Line { keep, .. }, _] = &mut self.pieces[start..] {
            *keep = true;
        }
        if let Some(Piece::Line { keep, tight, .. }) = self.pieces.get_mut(start) {
            // Below a heading stand at least two lines of its text.
            *keep |= follows_heading && count > 1;
            *tight = (lines.len() + 1 == count).then(|| Box::new(Tight { text, measure, lines }));
        }
        count
    }

    /// Two lines of text go along with what comes next, so that no page holds a signature alone; and a third if it would be
    /// the only one left behind of the last paragraph's `count`.
    fn keep_last_lines(&mut self, count: usize) {
        let lines = if count == 3 { 3 } else { 2 };
        self.keep_from(self.pieces.len().saturating_sub(lines));
    }
}

/// 一、 in 黑体, （一） in 楷体, 1. and （1） in 仿宋 (7.3.3).
fn heading_spans(heading: &Heading) -> Vec<(Role, &str)> {
    let role = match heading.depth {
        1 => Role::Hei,
        2 => Role::Kai,
        _ => Role::Fang,
    };
    let mut spans = vec![(role, heading.number.as_str())];
    push_spans(&mut spans, &heading.text, role, role);
    spans
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
            Inline::Strong(inner) => push_spans(spans, inner, strong, strong),
        }
    }
}
