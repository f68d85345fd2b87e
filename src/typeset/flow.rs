//! Flow: a document as a row of lines, tables and plates, in order, with what must stay together said beside them.

use super::lines::{fewest_lines, set_line};
use super::piece::{BODY, Flow, Flowed, Piece, TURNED, Tight, UPRIGHT, push_spans};
use super::role::Role;
use super::shape::{Shaper, Style, Text};
use super::tree::{Element, Part, Tree};
use super::{close, figure, head, list, table, title};
use crate::document::{Annex, Block, Document, Heading, Inline, Occasion, lead_words, plain};
use crate::policy::gbt9704 as law;

/// 2号, set solid: the grid is for the body.
const TITLE: Style = Style { size: law::SIZE_2, cell: law::SIZE_2 };

/// Everything from the head to the note; and 主送机关 that leave no room for the text on the first page, and so move into the
/// imprint (7.3.2).
pub(super) fn text(document: &Document, shaper: &mut Shaper) -> (Flowed, Option<String>) {
    let mut flow = Flow::new(Element::Document, UPRIGHT, shaper);
    let mut taken = 0.0;
    let heads = matches!(document.body.first(), Some(Block::Heading(heading)) if !heading.run_in);
    let shown = if heads { 2 } else { 1 };
    let title = match document.title_lines.len() {
        0 => (document.title.chars().count() as f32 * law::SIZE_2 / law::TYPE_WIDTH).ceil() as usize + 1,
        lines => lines,
    };
    let occasion = document.occasion.as_ref().map_or(0, |occasion| {
        let lines = |words: &str| words.chars().count().div_ceil(law::CHARS_PER_LINE);
        lines(&occasion.meeting) + lines(&occasion.speaker)
    });
    // The title with its blank lines, 主送机关, the first of the text.
    let below = law::ABOVE_TITLE + title + occasion + 1 + usize::from(document.addressees.is_some()) + shown;
    match head::set(&document.head, below, &mut flow) {
        Some(plate) => {
            taken = plate.height;
            flow.pieces.push(Piece::Plate(plate));
            flow.blank(law::ABOVE_TITLE);
        }
        // Without a red line the title stands where an annex has its own: on the third line of the page.
        None => flow.blank(2),
    }
    flow.title(1, &document.title, &document.title_lines, document.title.clone());
    if let Some(Occasion { meeting, speaker }) = &document.occasion {
        flow.below_title(meeting);
        flow.below_title(speaker);
    }
    flow.blank(1);
    let moved = flow.addressees(document.addressees.as_deref(), taken, shown);
    let opening = flow.pieces.len() + shown;
    let last = flow.blocks(&document.body, 1);
    let attached = document.attached();
    if !attached.is_empty() || document.sign_off.is_some() || document.note.is_some() {
        flow.keep_last_lines(last);
    }
    let closing = flow.pieces.len();
    close::annex_note(&mut flow, &attached);
    if let Some(sign_off) = &document.sign_off {
        close::sign_off(&mut flow, sign_off);
    }
    if let Some(note) = &document.note {
        close::note(&mut flow, note);
    }
    (Flowed { pieces: flow.pieces, opening, closing, area: UPRIGHT, tree: flow.tree }, moved)
}

/// An annex, which begins a page (7.3.7); all of it is turned if one of its tables is.
pub(super) fn annex(annex: &Annex, shaper: &mut Shaper) -> Flowed {
    let wide = annex.blocks.iter().any(|block| matches!(block, Block::Table(table) if table::is_wide(table)));
    let area = if wide { TURNED } else { UPRIGHT };
    let mut flow = Flow::new(Element::Section, area, shaper);
    match &annex.label {
        Some(label) => {
            flow.lines_of(&[(Role::Hei, label)], area.whole());
            flow.blank(1);
        }
        // The title stands on the same line of the page.
        None => flow.blank(2),
    }
    flow.title(2, &annex.title, &[], annex.name());
    flow.blank(1);
    flow.blocks(&annex.blocks, 2);
    Flowed { pieces: flow.pieces, opening: 0, closing: usize::MAX, area, tree: flow.tree }
}

impl Flow<'_, '_> {
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

    /// A line in the middle, or more of them that end as a title's do: of the occasion on which a report is read out.
    fn below_title(&mut self, words: &str) {
        let start = self.pieces.len();
        let part = self.part(Element::Paragraph);
        let text = self.shaper.shape(&[(Role::Kai, words)], BODY, part);
        let measure = self.area.centred();
        for range in title::break_title(&text, measure) {
            self.line(set_line(&text, &range, measure));
        }
        self.keep_from(start);
    }

    /// 主送机关 (7.3.2), flush left; returned where they would leave the page no room for the `shown` first lines of text.
    fn addressees(&mut self, addressees: Option<&str>, taken: f32, shown: usize) -> Option<String> {
        let addressees = addressees?;
        let start = self.pieces.len();
        self.lines_of(&[(Role::Fang, addressees), (Role::Fang, "：")], self.area.whole());
        self.keep_from(start);
        let lines = self.pieces.iter().filter(|piece| matches!(piece, Piece::Line { .. })).count();
        if taken + (lines + shown) as f32 * law::LINE <= law::TYPE_HEIGHT {
            return None;
        }
        self.pieces.truncate(start);
        // The part stays in the tree without a page and is not read; the imprint adds its own.
        Some(addressees.to_owned())
    }

    /// Blocks whose headings of the first depth are one below `level`. Returns how many lines the last paragraph has; 0 if the
    /// last block is none.
    fn blocks(&mut self, blocks: &[Block], level: u8) -> usize {
        let mut last = 0;
        // A heading that ends in a full stop waits here for the paragraph whose first line it begins.
        let mut run_in: Option<&Heading> = None;
        for block in blocks {
            let first = match (run_in.take(), block) {
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
                Block::Paragraph(inlines) => last = self.paragraph(first, inlines, level),
                Block::Table(table) => {
                    let node = self.tree.add(Tree::ROOT, Element::Table);
                    // On a turned page there is nothing to find out, and a ledger is long.
                    let area = if !self.area.turned && table::is_wide(table) { TURNED } else { self.area };
                    let table = table::set(table, area, node, &mut self.tree, self.shaper);
                    self.pieces.push(Piece::Table(table));
                }
                Block::List(list) => list::set(list, self),
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
    fn paragraph(&mut self, heading: Option<&Heading>, inlines: &[Inline], level: u8) -> usize {
        let follows_heading = matches!(self.pieces.last(), Some(Piece::Line { keep: true, .. }));
        let start = self.pieces.len();
        let mut segments: Vec<Segment> = Vec::new();
        if let Some(heading) = heading {
            segments.push((heading_spans(heading), self.heading_part(heading, level)));
        }
        // One below all headings above it, the one in this line included; so leads are each other's siblings.
        let below = level + self.depths.len() as u8 + 1;
        for segment in inlines.chunk_by(|a, b| !is_lead(a) && !is_lead(b)) {
            let element = match segment {
                [Inline::Lead(words)] => Element::Heading(below, lead_words(words)),
                _ => Element::Paragraph,
            };
            let mut spans = Vec::new();
            push_spans(&mut spans, segment, Role::Fang, Role::Kai);
            segments.push((spans, self.part(element)));
        }
        let text = self.shape_segments(&segments);
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

    /// One text of several parts.
    fn shape_segments(&mut self, segments: &[Segment]) -> Text {
        let spans = segments.iter().flat_map(|(spans, _)| spans).copied().collect::<Vec<_>>();
        let mut text = self.shaper.shape(&spans, BODY, segments.last().map_or(Part::Artifact, |last| last.1));
        let mut start = 0;
        for (spans, part) in segments.split_last().map_or(&[][..], |(_, others)| others) {
            let length = self.shaper.shape(spans, BODY, *part).atoms.len();
            text.atoms[start..start + length].iter_mut().for_each(|atom| atom.part = *part);
            start += length;
        }
        text
    }

    /// Two lines of text go along with what comes next, so that no page holds a signature alone; and a third if it would be
    /// the only one left behind of the last paragraph's `count`.
    fn keep_last_lines(&mut self, count: usize) {
        let lines = if count == 3 { 3 } else { 2 };
        self.keep_from(self.pieces.len().saturating_sub(lines));
    }
}

/// What is read as one: its text with its roles, and what it is.
type Segment<'a> = (Vec<(Role, &'a str)>, Part);

fn is_lead(inline: &Inline) -> bool {
    matches!(inline, Inline::Lead(_))
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
