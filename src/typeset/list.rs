//! Lists, such as of a committee's people (名单): columns without rules in lines of the text, names spread over their column.

use super::lines::{Fit, Line, Measure, break_lines, set_line};
use super::piece::{Area, BODY, Flow, Piece, Plate, baseline, lines_in, push_spans};
use super::role::Role;
use super::shape::Text;
use super::tree::{Element, NodeId, Part, Tree};
use crate::document::{Align, Inline, List};
use crate::policy::gbt9704 as law;

/// Between two columns.
const AIR: f32 = law::CELL;
/// The last column, which takes what the others leave, has at least this share of the line.
const LAST: f32 = 1.0 / 3.0;

/// Sets a list, a plate a row: a page ends between two rows, but neither after the first nor before the last.
pub(super) fn set(list: &List, flow: &mut Flow) {
    // What says whose names follow stands on their page.
    if let Some(Piece::Line { keep, .. }) = flow.pieces.last_mut() {
        *keep = true;
    }
    let node = flow.tree.add(Tree::ROOT, Element::List { numbered: false });
    let mut rows: Vec<Vec<Text>> = list.rows.iter().map(|row| shape_row(row, node, flow)).collect();
    let measures = measures(list, &rows, flow.area);
    let count = rows.len();
    for (index, row) in rows.iter_mut().enumerate() {
        let mut cells: Vec<Vec<Line>> = Vec::with_capacity(row.len());
        for ((text, align), &(measure, widest)) in row.iter_mut().zip(&list.columns).zip(&measures) {
            if *align == Align::Center {
                text.spread(widest);
            }
            let ranges = break_lines(text, measure);
            cells.push(ranges.iter().map(|range| set_line(text, range, measure)).collect());
        }
        let keep = index == 0 && count > 1 || index + 2 == count;
        plates(cells, flow, keep);
    }
}

/// The cells of a row, each of them a paragraph of the list's item.
fn shape_row(row: &[Vec<Inline>], list: NodeId, flow: &mut Flow) -> Vec<Text> {
    let item = flow.tree.add(list, Element::Item);
    let body = flow.tree.add(item, Element::Body);
    let mut shape = |cell: &Vec<_>| {
        let part = Part::Of(flow.tree.add(body, Element::Paragraph));
        let mut spans = Vec::with_capacity(1);
        push_spans(&mut spans, cell, Role::Fang, Role::Kai);
        flow.shaper.shape(&spans, BODY, part)
    };
    row.iter().map(&mut shape).collect()
}

/// Each column's place, and the width of its widest text as far as there is room for it.
fn measures(list: &List, rows: &[Vec<Text>], area: Area) -> Vec<(Measure, f32)> {
    let widest = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(Text::natural_width).fold(0.0, f32::max)
    };
    let mut widths: Vec<f32> = (0..list.columns.len()).map(widest).collect();
    let indent = law::INDENT as f32 * law::CELL;
    let room = area.width - indent;
    let Some((last, others)) = widths.split_last_mut() else { return Vec::new() };
    let air = AIR * others.len() as f32;
    let taken: f32 = others.iter().sum();
    let most = room * (1.0 - LAST) - air;
    if taken > most {
        others.iter_mut().for_each(|width| *width *= most / taken);
    }
    let rest = room - air - taken.min(most);
    let last_widest = std::mem::replace(last, rest).min(rest);
    let count = widths.len();
    let mut left = area.left + indent;
    let mut place = |(column, &width): (usize, &f32)| {
        let fit = if list.columns[column] == Align::Right { Fit::Right } else { Fit::Justify };
        // What rounding takes away.
        let measure = Measure { left, width: width + 0.01, indent: 0.0, fit };
        left += width + AIR;
        (measure, if column + 1 == count { last_widest } else { width })
    };
    widths.iter().enumerate().map(&mut place).collect()
}

/// A row is one plate, or where it is higher than a page, several.
fn plates(cells: Vec<Vec<Line>>, flow: &mut Flow, keep: bool) {
    let page = lines_in(flow.area.height);
    let most = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let mut cells: Vec<_> = cells.into_iter().map(Vec::into_iter).collect();
    for start in (0..most).step_by(page) {
        let height = (most - start).min(page) as f32 * law::LINE;
        let mut plate = Plate { height, keep, ..Plate::default() };
        for cell in &mut cells {
            let baselines = (0..page).map(|row| row as f32 * law::LINE + baseline(law::LINE, law::SIZE_3));
            plate.lines.extend(baselines.zip(cell.by_ref()).map(|(baseline, line)| (line, baseline)));
        }
        flow.pieces.push(Piece::Plate(plate));
    }
}
