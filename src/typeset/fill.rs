//! Filling: lines and tables onto pages of 22 lines, and the page numbers under them.

use std::collections::VecDeque;

use super::faces::Role;
use super::flow::{Piece, Tight};
use super::lines::{Fit, Line, Measure, set_line};
use super::shape::{Shaper, Style};
use super::table::{Row, Set};
use super::{Page, Rule};
use crate::policy::gbt9704 as law;

/// The characters' square stands in the middle of its line; a Chinese em box reaches 0.88 em above the baseline.
pub(super) fn baseline(height: f32, size: f32) -> f32 {
    (height - size) / 2.0 + 0.88 * size
}

/// One section onto as many pages as it takes.
pub(super) fn fill(pieces: Vec<Piece>) -> Vec<Page> {
    let wanted = wanted(&pieces);
    let mut sheet = Sheet::default();
    let mut rest: VecDeque<(Piece, usize)> = pieces.into_iter().zip(wanted).collect();
    while let Some((piece, wanted)) = rest.pop_front() {
        if !sheet.has_room(wanted) {
            sheet.turn();
        }
        match piece {
            Piece::Table(table) => sheet.put_table(table),
            Piece::Line { tight: Some(tight), .. } if would_strand(&tight, &sheet, &rest) => {
                tight.set().into_iter().for_each(|line| sheet.put(line));
                rest.drain(..tight.usual_count() - 1);
            }
            Piece::Line { line, .. } => sheet.put(line),
        }
    }
    sheet.pages.push(sheet.page);
    sheet.pages
}

/// Whether the paragraph's last line alone would fall on the next page, with nothing that must go with it.
fn would_strand(tight: &Tight, sheet: &Sheet, rest: &VecDeque<(Piece, usize)>) -> bool {
    let count = tight.usual_count();
    let last = rest.get(count.saturating_sub(2)).map(|(piece, _)| piece);
    sheet.taken + count == law::LINES_PER_PAGE + 1 && matches!(last, Some(Piece::Line { keep: false, .. }))
}

/// How many lines must be free where a piece begins: its own and those it may not be parted from.
fn wanted(pieces: &[Piece]) -> Vec<usize> {
    let mut wanted = vec![1; pieces.len()];
    let mut next = 0;
    for (index, piece) in pieces.iter().enumerate().rev() {
        wanted[index] = match piece {
            Piece::Line { keep: true, .. } => 1 + next,
            Piece::Line { keep: false, .. } => 1,
            Piece::Table(table) => (table.least_height() / law::LINE).ceil() as usize,
        };
        next = wanted[index];
    }
    // 孤行不成页: the last page of a section holds at least two lines.
    if let [.., before, _] = wanted[..]
        && let [.., Piece::Line { .. }, Piece::Line { .. }] = pieces[..]
    {
        let index = wanted.len() - 2;
        wanted[index] = before.max(2);
    }
    wanted
}

/// The page being filled and those before it.
#[derive(Default)]
struct Sheet {
    pages: Vec<Page>,
    page: Page,
    /// Lines of the grid already taken.
    taken: usize,
}

impl Sheet {
    fn has_room(&self, lines: usize) -> bool {
        // More than a page cannot be kept together; it begins where it is.
        self.taken == 0
            || lines > law::LINES_PER_PAGE && self.taken < law::LINES_PER_PAGE
            || self.taken + lines <= law::LINES_PER_PAGE
    }

    fn turn(&mut self) {
        self.pages.push(std::mem::take(&mut self.page));
        self.taken = 0;
    }

    fn put(&mut self, line: Line) {
        let top = law::TOP_MARGIN + self.taken as f32 * law::LINE;
        self.page.runs.extend(line.placed(top + baseline(law::LINE, law::SIZE_3)));
        self.taken += 1;
    }

    /// A table from the next line of the grid on, its head again on every page; the text goes on at the line below.
    fn put_table(&mut self, table: Set) {
        let foot = law::TOP_MARGIN + law::TYPE_HEIGHT;
        let mut y = law::TOP_MARGIN + self.taken as f32 * law::LINE;
        let mut edges = vec![y];
        y = self.put_row(&table.head, y, &mut edges);
        for row in &table.rows {
            if y + row.height > foot {
                self.page.rules.extend(table.rules(&edges));
                self.turn();
                y = law::TOP_MARGIN;
                edges = vec![y];
                y = self.put_row(&table.head, y, &mut edges);
            }
            y = self.put_row(row, y, &mut edges);
        }
        self.page.rules.extend(table.rules(&edges));
        self.taken = ((y - law::TOP_MARGIN) / law::LINE).ceil() as usize;
    }

    fn put_row(&mut self, row: &Row, y: f32, edges: &mut Vec<f32>) -> f32 {
        for (line, baseline) in &row.lines {
            self.page.runs.extend(line.clone().placed(y + baseline));
        }
        let y = y + row.height;
        edges.push(y);
        y
    }
}

impl Set {
    /// The grid of rules around rows whose edges are at `edges`; the outer ones thick, inside the type area.
    fn rules(&self, edges: &[f32]) -> Vec<Rule> {
        let (Some(&top), Some(&bottom)) = (edges.first(), edges.last()) else { return Vec::new() };
        let last = |index: usize, count: usize| index == 0 || index + 1 == count;
        let weight = |outer: bool| if outer { law::RULE_THICK } else { law::RULE_THIN };
        // Thickness grows inwards at the outer edges and to both sides of the inner ones.
        let from = |at: f32, index: usize, count: usize, weight: f32| match index {
            0 => at,
            _ if index + 1 == count => at - weight,
            _ => at - weight / 2.0,
        };
        let across = edges.iter().enumerate().map(|(index, &y)| {
            let height = weight(last(index, edges.len()));
            let y = from(y, index, edges.len(), height);
            Rule { x: law::LEFT_MARGIN, y, width: law::TYPE_WIDTH, height }
        });
        let down = self.columns.iter().enumerate().map(|(index, &x)| {
            let width = weight(last(index, self.columns.len()));
            let x = from(x, index, self.columns.len(), width);
            Rule { x, y: top, width, height: bottom - top }
        });
        across.chain(down).collect()
    }
}

/// 页码 (7.5): 4号宋体 between dashes whose top is 7 mm below the type area; one character from the right edge on odd
/// pages, from the left on even ones.
pub(super) fn number(pages: &mut [Page], shaper: &mut Shaper) {
    let style = Style { size: law::SIZE_4, cell: law::SIZE_4 };
    let foot = law::TOP_MARGIN + law::TYPE_HEIGHT;
    let baseline = foot + law::PAGE_NUMBER_DROP + shaper.top_of(Role::Song, '—') * law::SIZE_4;
    for (index, page) in pages.iter_mut().enumerate() {
        let number = index + 1;
        let text = shaper.shape(&[(Role::Song, &format!("— {number} —"))], style);
        let fit = if number % 2 == 1 { Fit::Right } else { Fit::Left };
        let width = law::TYPE_WIDTH - 2.0 * law::CELL;
        let measure = Measure { left: law::LEFT_MARGIN + law::CELL, width, indent: 0.0, fit };
        page.folio = set_line(&text, &(0..text.atoms.len()), measure).placed(baseline).collect();
    }
}
