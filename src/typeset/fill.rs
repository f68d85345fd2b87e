//! Filling: lines, tables and plates onto pages of 22 lines, the imprint on the last of them, and the page numbers.

use std::collections::VecDeque;

use super::lines::{Fit, Line, Measure, set_whole};
use super::piece::{Area, Flowed, Piece, Plate, Row, SLACK, Set, Tight, UPRIGHT, baseline, lines_in};
use super::role::Role;
use super::shape::{Shaper, Style};
use super::tree::{NodeId, Part, Tree};
use super::{Ink, Page, Rule, Run};
use crate::policy::gbt9704 as law;

/// Pages, and how much of the last one is taken, in points from the top of the type area.
pub(super) struct Filled {
    pages: Vec<Page>,
    used: f32,
}

impl Filled {
    /// Adds the pages of a branch whose nodes' numbers have grown by `offset`.
    pub fn append(&mut self, mut branch: Filled, offset: u32) {
        let grow = |part: &mut Part| {
            if let Part::Of(NodeId(number)) = part {
                *number += offset;
            }
        };
        for page in &mut branch.pages {
            page.runs.iter_mut().for_each(|run| grow(&mut run.part));
            page.rules.iter_mut().for_each(|rule| grow(&mut rule.part));
        }
        self.pages.append(&mut branch.pages);
        self.used = branch.used;
    }
}

/// One section onto as many pages as it takes.
pub(super) fn fill(Flowed { pieces, opening, closing, area, tree }: Flowed) -> (Filled, Tree) {
    let mut wanted = wanted(&pieces, area);
    wanted.iter_mut().take(opening).for_each(|lines| *lines = 1);
    let closing_wants = wanted.get(closing).copied().unwrap_or(0);
    let count = pieces.len();
    let mut sheet = Sheet::new(area);
    let mut rest: VecDeque<(Piece, usize)> = pieces.into_iter().zip(wanted).collect();
    while let Some((piece, wanted)) = rest.pop_front() {
        sheet.enter(if let Piece::Table(table) = &piece { table.area } else { area });
        if !sheet.has_room(wanted) {
            sheet.turn();
        }
        match piece {
            Piece::Table(table) => {
                let is_last = count - rest.len() == closing;
                let after = if is_last && table.area == area { closing_wants } else { 0 };
                sheet.put_table(table, after as f32 * law::LINE);
            }
            Piece::Plate(plate) => {
                // Kept with more than a page holds, or with nothing, it has to fit itself.
                if !sheet.has_room(lines_of(plate.height)) {
                    sheet.turn();
                }
                sheet.put_plate(plate);
            }
            Piece::Line { tight: Some(tight), .. } if would_strand(&tight, &sheet, &rest) => {
                tight.set().into_iter().for_each(|line| sheet.put(line));
                rest.drain(..tight.usual_count() - 1);
            }
            Piece::Line { line, .. } => sheet.put(line),
        }
    }
    sheet.pages.push(sheet.page);
    (Filled { pages: sheet.pages, used: sheet.y }, tree)
}

/// Whether the paragraph's last line alone would fall on the next page, with nothing that must go with it.
fn would_strand(tight: &Tight, sheet: &Sheet, rest: &VecDeque<(Piece, usize)>) -> bool {
    let count = tight.usual_count();
    let last = rest.get(count.saturating_sub(2)).map(|(piece, _)| piece);
    count == sheet.free() + 1 && matches!(last, Some(Piece::Line { keep: false, .. }))
}

/// The lines that something so high takes.
fn lines_of(height: f32) -> usize {
    ((height - SLACK) / law::LINE).ceil().max(0.0) as usize
}

/// How many lines must be free where a piece begins: its own and those it may not be parted from.
fn wanted(pieces: &[Piece], area: Area) -> Vec<usize> {
    let mut wanted = vec![1; pieces.len()];
    let mut next = 0;
    // Headings before a table on pages of its own: the line before them goes along, so that none is alone on its page. So
    // many lines they are, and one.
    let mut stranded = 0;
    for (index, piece) in pieces.iter().enumerate().rev() {
        wanted[index] = match piece {
            Piece::Line { keep: true, .. } => 1 + next,
            Piece::Line { keep: false, .. } if stranded > 1 => stranded,
            Piece::Line { keep: false, .. } => 1,
            Piece::Plate(plate) => lines_of(plate.height) + if plate.keep { next } else { 0 },
            Piece::Table(table) => lines_of(table.least_height()),
        };
        next = wanted[index];
        stranded = match piece {
            // Nothing can be kept on one page with a table that is turned otherwise.
            Piece::Table(table) if table.area != area => {
                next = 0;
                1
            }
            Piece::Line { keep: true, .. } if stranded > 0 => stranded + 1,
            _ => 0,
        };
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
struct Sheet {
    area: Area,
    pages: Vec<Page>,
    page: Page,
    /// What is taken, from the top of the type area.
    y: f32,
    /// Where the page's grid begins: at the top, or below a head.
    grid: f32,
}

impl Sheet {
    fn new(area: Area) -> Self {
        let page = Page { turned: area.turned, ..Page::default() };
        Self { area, pages: Vec::new(), page, y: 0.0, grid: 0.0 }
    }

    /// Lines of the grid that are free.
    fn free(&self) -> usize {
        lines_in(self.area.height - self.y)
    }

    fn has_room(&self, lines: usize) -> bool {
        // More than a page cannot be kept together; it begins where it is.
        let page = lines_in(self.area.height);
        self.y == 0.0 || lines > page && self.free() > 0 || lines <= self.free()
    }

    /// Goes on in this area: on a page of its own, if it is turned otherwise than the last one.
    fn enter(&mut self, area: Area) {
        if self.area == area {
            return;
        }
        self.area = area;
        if self.y > 0.0 {
            self.turn();
        }
        self.page.turned = area.turned;
    }

    fn turn(&mut self) {
        let page = Page { turned: self.area.turned, ..Page::default() };
        self.pages.push(std::mem::replace(&mut self.page, page));
        (self.y, self.grid) = (0.0, 0.0);
    }

    /// Down to the next line of the grid.
    fn snap(&mut self) {
        let lines = ((self.y - self.grid - SLACK) / law::LINE).ceil().max(0.0);
        self.y = self.grid + lines * law::LINE;
    }

    fn put(&mut self, line: Line) {
        let top = self.area.top + self.y;
        self.page.runs.extend(line.placed(top + baseline(law::LINE, law::SIZE_3)));
        self.y += law::LINE;
    }

    fn put_plate(&mut self, plate: Plate) {
        let top = self.area.top + self.y;
        self.y += plate.height;
        let moves_grid = plate.moves_grid;
        plate.place(top, &mut self.page);
        if moves_grid {
            self.grid = self.y;
        }
        self.snap();
    }

    /// A table from the next line of the grid on, its head again on every page; the text goes on at the line below. If what
    /// comes `after` it, so many points high, does not fit below it, its last two rows go along to the next page.
    fn put_table(&mut self, table: Set, after: f32) {
        let Set { caption, columns, head, rows, .. } = table;
        let head_height = head.as_ref().map_or(0.0, |head| head.height);
        let begun =
            caption.len() as f32 * law::LINE + head_height + rows.first().map_or(0.0, |row| row.height);
        if self.y > 0.0 && self.y + begun > self.area.height + SLACK {
            self.turn();
        }
        for line in caption {
            self.put(line);
        }
        let mut edges = vec![self.y];
        if let Some(head) = &head {
            self.put_row(head.again(true), &mut edges);
        }
        let mut placed = 0;
        let last_two: f32 = rows.iter().rev().take(2).map(|row| row.height).sum();
        let count = rows.len();
        for (index, row) in rows.into_iter().enumerate() {
            // 孤行不成页: the last page of a table holds at least two rows.
            let along = index + 2 == count && head_height + last_two + after <= self.area.height;
            let needed = if along { last_two + after } else { row.height };
            if placed > 0 && self.y + needed > self.area.height + SLACK {
                self.frame(&columns, &edges);
                self.turn();
                edges = vec![self.y];
                if let Some(head) = &head {
                    self.put_row(head.again(false), &mut edges);
                }
                placed = 0;
            }
            self.put_row(row, &mut edges);
            placed += 1;
        }
        self.frame(&columns, &edges);
        self.snap();
    }

    fn put_row(&mut self, row: Row, edges: &mut Vec<f32>) {
        let top = self.area.top + self.y;
        for (line, baseline) in row.lines {
            self.page.runs.extend(line.placed(top + baseline));
        }
        self.y += row.height;
        edges.push(self.y);
    }

    /// The grid of rules around rows whose edges are at `edges`; the outer ones thick, inside the type area.
    fn frame(&mut self, columns: &[f32], edges: &[f32]) {
        let (Some(&top), Some(&bottom)) = (edges.first(), edges.last()) else { return };
        let last = |index: usize, count: usize| index == 0 || index + 1 == count;
        let weight = |outer: bool| if outer { law::RULE_THICK } else { law::RULE_THIN };
        // Thickness grows inwards at the outer edges and to both sides of the inner ones.
        let from = |at: f32, index: usize, count: usize, weight: f32| match index {
            0 => at,
            _ if index + 1 == count => at - weight,
            _ => at - weight / 2.0,
        };
        let rule = |x, y, width, height| Rule { x, y, width, height, ink: Ink::BLACK, part: Part::Artifact };
        let area = self.area;
        let across = edges.iter().enumerate().map(|(index, &y)| {
            let height = weight(last(index, edges.len()));
            rule(area.left, area.top + from(y, index, edges.len(), height), area.width, height)
        });
        let down = columns.iter().enumerate().map(|(index, &x)| {
            let width = weight(last(index, columns.len()));
            rule(from(x, index, columns.len(), width), area.top + top, width, bottom - top)
        });
        self.page.rules.extend(across.chain(down));
    }
}

impl Row {
    /// A copy, which is read only where the row stands for the first time.
    fn again(&self, first: bool) -> Row {
        let mut lines = self.lines.clone();
        if !first {
            lines.iter_mut().flat_map(|(line, _)| &mut line.runs).for_each(|run| run.part = Part::Artifact);
        }
        Row { height: self.height, lines }
    }
}

impl Plate {
    fn place(self, top: f32, page: &mut Page) {
        for (line, baseline) in self.lines {
            page.runs.extend(line.placed(top + baseline));
        }
        page.rules.extend(self.rules.into_iter().map(|rule| Rule { y: rule.y + top, ..rule }));
    }
}

/// The imprint at the foot of the last page, and the page numbers.
///
/// The last page is the back of the last sheet, so an even one (7.4.1). Where the text leaves no room on it, the imprint
/// stands on the back of another sheet, whose blank front and whose back have no number (7.5).
pub(super) fn close(filled: Filled, imprint: Option<Plate>, shaper: &mut Shaper) -> Vec<Page> {
    let Filled { mut pages, used } = filled;
    let mut numbered = pages.len();
    if let Some(plate) = imprint {
        let is_back = pages.len().is_multiple_of(2);
        let last = pages.last().filter(|page| is_back && !page.turned);
        let fits = last.is_some() && used + law::LINE + plate.height <= law::TYPE_HEIGHT;
        if !fits {
            pages.push(Page::default());
            if is_back {
                pages.push(Page::default());
            } else {
                numbered = pages.len();
            }
        }
        let top = UPRIGHT.top + UPRIGHT.height - plate.height;
        if let Some(page) = pages.last_mut() {
            plate.place(top, page);
        }
    }
    for (index, page) in pages[..numbered].iter_mut().enumerate() {
        page.folio = folio(index + 1, shaper);
    }
    pages
}

/// 页码 (7.5): 4号宋体 between dashes whose top is 7 mm below the type area; one character from the right edge on odd
/// pages, from the left on even ones.
fn folio(number: usize, shaper: &mut Shaper) -> Vec<Run> {
    let style = Style { size: law::SIZE_4, cell: law::SIZE_4 };
    let foot = law::TOP_MARGIN + law::TYPE_HEIGHT;
    let baseline = foot + law::PAGE_NUMBER_DROP + shaper.top_of(Role::Song, '—') * law::SIZE_4;
    let text = shaper.shape(&[(Role::Song, &format!("— {number} —"))], style, Part::Artifact);
    let fit = if number % 2 == 1 { Fit::Right } else { Fit::Left };
    let inset = law::PAGE_NUMBER_INSET as f32 * law::CELL;
    let width = law::TYPE_WIDTH - 2.0 * inset;
    let measure = Measure { left: law::LEFT_MARGIN + inset, width, indent: 0.0, fit };
    set_whole(&text, measure).placed(baseline).collect()
}
