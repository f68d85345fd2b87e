//! Flow: a document's blocks as a row of lines and tables, in order, with what must stay together said beside them.

use std::ops::Range;

use super::faces::Role;
use super::lines::{Fit, Line, Measure, break_lines, fewest_lines, set_line};
use super::shape::{Shaper, Style, Text};
use super::table::{self, Set};
use super::title;
use crate::document::{Annex, Block, Document, Heading, Inline, SignOff};
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

/// Where paragraphs stand.
const PARAGRAPH: Measure = Measure {
    left: law::LEFT_MARGIN,
    width: law::TYPE_WIDTH,
    indent: law::INDENT as f32 * law::CELL,
    fit: Fit::Justify,
};

/// The text of a document, from its title to its sign-off.
pub(super) fn text(document: &Document, shaper: &mut Shaper) -> Vec<Piece> {
    let mut text = Vec::new();
    // 7.3.1 puts the title two lines below the red line; without one it stands where an annex has its title: on the
    // third line of the page.
    push_blank(&mut text, 2);
    push_title(&mut text, &document.title, &document.title_lines, shaper);
    push_blank(&mut text, 1);
    let last = push_blocks(&mut text, &document.body, shaper);
    if !document.annexes.is_empty() || document.sign_off.is_some() {
        keep_last_lines(&mut text, last);
    }
    if !document.annexes.is_empty() {
        push_annex_note(&mut text, &document.annexes, shaper);
    }
    if let Some(sign_off) = &document.sign_off {
        push_sign_off(&mut text, sign_off, shaper);
    }
    text
}

/// An annex, which begins a page (7.3.7).
pub(super) fn annex(annex: &Annex, shaper: &mut Shaper) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let label = shaper.shape(&[(Role::Hei, &annex.label)], BODY);
    push_lines(&mut pieces, &label, Measure { indent: 0.0, ..PARAGRAPH });
    push_blank(&mut pieces, 1);
    push_title(&mut pieces, &annex.title, &[], shaper);
    push_blank(&mut pieces, 1);
    push_blocks(&mut pieces, &annex.blocks, shaper);
    pieces
}

fn push_title(pieces: &mut Vec<Piece>, title: &str, lines: &[String], shaper: &mut Shaper) {
    let start = pieces.len();
    let measure = Measure { indent: 0.0, fit: Fit::Center, ..PARAGRAPH };
    let shaped = |line: &str, shaper: &mut Shaper| shaper.shape(&[(Role::Title, line)], TITLE);
    if lines.is_empty() {
        let text = shaped(title, shaper);
        for range in title::break_title(&text, measure) {
            pieces.push(Piece::line(set_line(&text, &range, measure), true));
        }
    }
    for line in lines {
        let text = shaped(line, shaper);
        push_lines(pieces, &text, measure);
    }
    keep_all(&mut pieces[start..]);
}

/// Returns how many lines the last paragraph has; 0 if the last block is none.
fn push_blocks(pieces: &mut Vec<Piece>, blocks: &[Block], shaper: &mut Shaper) -> usize {
    let mut last = 0;
    // A heading that ends in a full stop waits here for the paragraph whose first line it begins.
    let mut run_in: Option<&Heading> = None;
    for block in blocks {
        match (run_in.take(), block) {
            (Some(heading), Block::Paragraph(inlines)) => {
                let mut spans = heading_spans(heading);
                push_spans(&mut spans, inlines, Role::Fang, Role::Kai);
                last = push_paragraph(pieces, &spans, shaper);
                continue;
            }
            (Some(heading), _) => push_heading(pieces, heading, shaper),
            (None, _) => {}
        }
        match block {
            Block::Heading(heading) if heading.run_in => run_in = Some(heading),
            Block::Heading(heading) => push_heading(pieces, heading, shaper),
            Block::Paragraph(inlines) => {
                let mut spans = Vec::new();
                push_spans(&mut spans, inlines, Role::Fang, Role::Kai);
                last = push_paragraph(pieces, &spans, shaper);
                continue;
            }
            Block::Table(table) => {
                let (caption, table) = table::set(table, shaper);
                pieces.extend(caption.into_iter().map(|line| Piece::line(line, true)));
                pieces.push(Piece::Table(table));
            }
            Block::Chart(_) => {}
        }
        last = 0;
    }
    if let Some(heading) = run_in {
        push_heading(pieces, heading, shaper);
    }
    last
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

fn push_heading(pieces: &mut Vec<Piece>, heading: &Heading, shaper: &mut Shaper) {
    let start = pieces.len();
    let text = shaper.shape(&heading_spans(heading), BODY);
    push_lines(pieces, &text, PARAGRAPH);
    keep_all(&mut pieces[start..]);
}

/// Returns the number of its lines.
fn push_paragraph(pieces: &mut Vec<Piece>, spans: &[(Role, &str)], shaper: &mut Shaper) -> usize {
    let follows_heading = matches!(pieces.last(), Some(Piece::Line { keep: true, .. }));
    let start = pieces.len();
    let text = shaper.shape(spans, BODY);
    push_lines(pieces, &text, PARAGRAPH);
    let count = pieces.len() - start;
    let lines = fewest_lines(&text, PARAGRAPH);
    // The last line does not begin a page alone (孤行).
    if let [.., Piece::Line { keep, .. }, _] = &mut pieces[start..] {
        *keep = true;
    }
    if let Some(Piece::Line { keep, tight, .. }) = pieces.get_mut(start) {
        // Below a heading stand at least two lines of its text.
        *keep |= follows_heading && count > 1;
        *tight = (lines.len() + 1 == count).then(|| Box::new(Tight { text, measure: PARAGRAPH, lines }));
    }
    count
}

fn push_lines(pieces: &mut Vec<Piece>, text: &Text, measure: Measure) {
    for range in break_lines(text, measure) {
        pieces.push(Piece::line(set_line(text, &range, measure), false));
    }
}

fn push_blank(pieces: &mut Vec<Piece>, count: usize) {
    pieces.extend((0..count).map(|_| Piece::line(Line::default(), true)));
}

fn keep_all(pieces: &mut [Piece]) {
    for piece in pieces {
        if let Piece::Line { keep, .. } = piece {
            *keep = true;
        }
    }
}

/// Two lines of text go along with what comes next, so that no page holds a signature alone; and a third if it would be
/// the only one left behind of the last paragraph's `count`.
fn keep_last_lines(pieces: &mut [Piece], count: usize) {
    let lines = if count == 3 { 3 } else { 2 };
    let start = pieces.len().saturating_sub(lines);
    keep_all(&mut pieces[start..]);
}

/// 附件说明 (7.3.4): a blank line, “附件：” indented two characters, names below each other, no mark after them.
fn push_annex_note(pieces: &mut Vec<Piece>, annexes: &[Annex], shaper: &mut Shaper) {
    push_blank(pieces, 1);
    let start = pieces.len();
    let label = shaper.shape(&[(Role::Fang, "附件：")], BODY);
    let label_width = 3.0 * law::CELL;
    let left = law::LEFT_MARGIN + PARAGRAPH.indent;
    let numbers: Vec<Text> = (1..=annexes.len())
        .filter(|_| annexes.len() > 1)
        .map(|number| shaper.shape(&[(Role::Fang, &format!("{number}."))], BODY))
        .collect();
    let number_width = numbers.iter().map(Text::natural_width).fold(0.0, f32::max);
    let number_width = (number_width / law::CELL).ceil() * law::CELL;
    let at = |left: f32, fit: Fit| {
        let width = law::LEFT_MARGIN + law::TYPE_WIDTH - left;
        Measure { left, width, indent: 0.0, fit }
    };
    let names_left = left + label_width + number_width;
    for (index, annex) in annexes.iter().enumerate() {
        let name = shaper.shape(&[(Role::Fang, &annex.title)], BODY);
        let measure = at(names_left, Fit::Justify);
        for (row, range) in break_lines(&name, measure).iter().enumerate() {
            let mut line = Line::default();
            let mut put = |text: &Text, left: f32| {
                let all = 0..text.atoms.len();
                if !all.is_empty() {
                    line.runs.extend(set_line(text, &all, at(left, Fit::Left)).runs);
                }
            };
            if index == 0 && row == 0 {
                put(&label, left);
            }
            if let (0, Some(number)) = (row, numbers.get(index)) {
                put(number, left + label_width);
            }
            line.runs.extend(set_line(&name, range, measure).runs);
            pieces.push(Piece::line(line, false));
        }
    }
    // The note stays in one piece, and with the signature.
    keep_all(&mut pieces[start..]);
}

/// 不加盖印章 (7.3.5.2): the signature two characters from the right edge, and under it the date, whose first character
/// stands two characters right of the signature's first. If the date is the longer, it stands two characters from the
/// right edge and the signature begins two characters before it.
fn push_sign_off(pieces: &mut Vec<Piece>, sign_off: &SignOff, shaper: &mut Shaper) {
    let first = pieces.len();
    push_blank(pieces, 1);
    let two = 2.0 * law::CELL;
    let signature = shaper.shape(&[(Role::Fang, &sign_off.signatures.concat())], BODY);
    let date = shaper.shape(&[(Role::Fang, &sign_off.date)], BODY);
    let (signature_width, date_width) = (signature.natural_width(), date.natural_width());
    let right = law::TYPE_WIDTH - two;
    let start = (right - signature_width).min(right - date_width - two).max(0.0);
    let start = if signature_width >= date_width { (right - signature_width).max(0.0) } else { start };
    for (text, indent) in [(&signature, start), (&date, start + two)] {
        let left = law::LEFT_MARGIN + indent;
        push_lines(
            pieces,
            text,
            Measure { left, width: law::TYPE_WIDTH - indent, indent: 0.0, fit: Fit::Left },
        );
    }
    keep_all(&mut pieces[first..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Seal;
    use crate::typeset::faces::Faces;

    /// The first cells of signature and date.
    fn starts(signature: &str, date: &str) -> [f32; 2] {
        let faces = Faces::new(Vec::new());
        let mut pieces = Vec::new();
        let sign_off =
            SignOff { signatures: vec![signature.to_owned()], date: date.to_owned(), seal: Seal::None };
        push_sign_off(&mut pieces, &sign_off, &mut Shaper::new(&faces));
        [1, 2].map(|index| match &pieces[index] {
            Piece::Line { line, .. } => (line.runs[0].glyphs[0].x - law::LEFT_MARGIN) / law::CELL,
            Piece::Table(_) => f32::NAN,
        })
    }

    #[test]
    fn a_date_stands_two_characters_right_of_the_signature() {
        let [signature, date] = starts("吉林省科学技术厅", "2024年6月17日");
        assert!((signature - 18.0).abs() < 0.05 && (date - 20.0).abs() < 0.15, "{signature} {date}");
    }

    #[test]
    fn a_date_longer_than_the_signature_pushes_it_left() {
        let [signature, date] = starts("市科技局", "2021年12月9日");
        assert!((date - signature - 2.0).abs() < 0.15, "{signature} {date}");
        assert!(date < 20.0 && date > 18.5, "{date}");
    }
}
