//! Tables: columns as wide as their content asks and the page allows, rows ready to be placed.
//!
//! The standard leaves tables to the office (clause 8 speaks of turned pages only): 五号 text in 仿宋 under a head in
//! 黑体, a full grid of thin rules in a thicker frame, the caption in 黑体 above it.

use super::kind::Kind;
use super::lines::{Fit, Line, Measure, break_lines, set_line};
use super::piece::{Area, Row, Set, UPRIGHT, baseline, push_spans};
use super::role::Role;
use super::shape::{Shaper, Style, Text};
use super::tree::{Element, NodeId, Part, Tree};
use crate::document::{Align, Inline, Table};
use crate::parallel::in_parallel;
use crate::policy::gbt9704 as law;

const TEXT: Style = Style { size: law::SIZE_5, cell: law::SIZE_5 };
const CAPTION: Style = Style { size: law::SIZE_SMALL_4, cell: law::SIZE_SMALL_4 };
/// Between rule and text, to either side: in tables of up to so many columns and on turned pages, and in wider ones.
const SIDE: (usize, f32, f32) = (6, 4.0, 3.0);
/// Between rule and text, above and below.
const ABOVE: f32 = 3.5;
/// From line to line in a cell.
const LEADING: f32 = 14.0;
/// A column whose cells are no wider than this many em holds labels and does not wrap.
const LABEL: f32 = 4.5;
/// Nor does one up to this wide, if there is a figure in every cell: dates, codes, amounts.
const FIGURES: f32 = 9.5;
/// The least width of any other column, in em.
const NARROWEST: f32 = 5.0;
/// A column of running text reads well from this many em on.
const READABLE: f32 = 12.0;
/// So many of a column's cells are most of them.
const MOST: f32 = 0.9;
/// A head higher than this share of the page is not repeated.
const HIGHEST_HEAD: f32 = 1.0 / 3.0;

/// Fewer rows are set faster by one core than they are handed out.
const MANY: usize = 100;

/// Whether a table's columns want a turned page: whether upright they would be narrower than they read well. By the count of
/// characters, since it has to be known before the first of them is set.
pub(super) fn is_wide(table: &Table) -> bool {
    let mut widest: Vec<f32> = table.head.iter().map(|cell| (width(cell) / 2.0).max(2.0)).collect();
    for row in &table.rows {
        for (widest, cell) in widest.iter_mut().zip(row) {
            *widest = widest.max(width(cell)).min(READABLE);
        }
    }
    let sides = 2.0 * side(widest.len(), UPRIGHT) * widest.len() as f32;
    widest.iter().sum::<f32>() * TEXT.size + sides > law::TYPE_WIDTH
}

/// The caption's lines and the table, whose parts become children of `node`.
pub(super) fn set(table: &Table, area: Area, node: NodeId, tree: &mut Tree, shaper: &mut Shaper) -> Set {
    let part = Part::Of(tree.add(node, Element::Caption));
    let caption = caption((&table.number, &table.caption), area, part, shaper);
    let head = row_node(tree, node, &table.head, [&Element::ColumnHead; 2]);
    let head = shape_row(&table.head, head, [Role::Hei; 2], shaper);
    let kinds = [&Element::RowHead, &Element::Cell];
    let nodes = table.rows.iter().map(|row| (row, row_node(tree, node, row, kinds)));
    let nodes: Vec<(&Vec<Vec<Inline>>, NodeId)> = nodes.collect();
    let roles = [Role::Fang, Role::Kai];
    let shaped = in_parallel(
        &nodes,
        MANY,
        || shaper.again(),
        |shaper, (row, node)| (shape_row(row, *node, roles, shaper), std::mem::take(&mut shaper.missing)),
    );
    let keep = |(row, missing)| {
        shaper.missing.extend(missing);
        row
    };
    let rows: Vec<Vec<Text>> = shaped.into_iter().map(keep).collect();
    let side = side(table.columns.len(), area);
    let widths = widths(&head, &rows, table.columns.len(), area);
    let mut x = area.left;
    let mut columns = vec![x];
    for width in &widths {
        x += width + 2.0 * side;
        columns.push(x);
    }
    let fits: Vec<Fit> = table.columns.iter().map(|align| fit(*align)).collect();
    let centred = vec![Fit::Center; fits.len()];
    let highest = area.height - caption.len() as f32 * law::LINE;
    let mut head = set_row(&head, &columns, side, &centred, highest);
    let repeated = head.iter().map(|row| row.height).sum::<f32>() < area.height * HIGHEST_HEAD;
    let room = if repeated { highest - head[0].height } else { highest };
    let mut set: Vec<Row> = Vec::with_capacity(rows.len() + head.len());
    let head = repeated.then(|| head.swap_remove(0)).or_else(|| {
        set.append(&mut head);
        None
    });
    let set_row = |row: &Vec<Text>| set_row(row, &columns, side, &fits, room);
    set.extend(in_parallel(&rows, MANY, || (), |(), row| set_row(row)).into_iter().flatten());
    Set { area, caption, columns, head, rows: set }
}

/// The width of a cell's text, estimated, in em.
fn width(cell: &[Inline]) -> f32 {
    let em = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
    let of = |inline: &Inline| match inline {
        Inline::Text(text) | Inline::Figure { text, .. } => text.chars().map(em).sum(),
        Inline::Strong(inner) | Inline::Lead(inner) | Inline::Todo(inner) => width(inner),
    };
    cell.iter().map(of).sum()
}

/// A row and its cells in the tree; the cells' numbers follow the row's.
fn row_node(tree: &mut Tree, table: NodeId, cells: &[Vec<Inline>], [first, other]: [&Element; 2]) -> NodeId {
    let row = tree.add(table, Element::Row);
    for column in 0..cells.len() {
        tree.add(row, if column == 0 { first } else { other }.clone());
    }
    row
}

fn shape_row(
    cells: &[Vec<Inline>],
    NodeId(row): NodeId,
    [plain, strong]: [Role; 2],
    shaper: &mut Shaper,
) -> Vec<Text> {
    let shape = |(cell, node): (&Vec<Inline>, u32)| {
        let mut spans = Vec::with_capacity(1);
        push_spans(&mut spans, cell, plain, strong);
        shaper.shape(&spans, TEXT, Part::Of(NodeId(node)))
    };
    cells.iter().zip(row + 1..).map(shape).collect()
}

/// The lines of the caption of a table or a figure: its number and its words.
pub(super) fn caption(
    (number, words): (&str, &[Inline]),
    area: Area,
    part: Part,
    shaper: &mut Shaper,
) -> Vec<Line> {
    let mut spans = vec![(Role::Hei, number), (Role::Hei, "\u{3000}")];
    push_spans(&mut spans, words, Role::Hei, Role::Hei);
    let text = shaper.shape(&spans, CAPTION, part);
    let measure = area.centred();
    break_lines(&text, measure).iter().map(|range| set_line(&text, range, measure)).collect()
}

fn fit(align: Align) -> Fit {
    match align {
        Align::Left => Fit::Left,
        Align::Center => Fit::Center,
        Align::Right => Fit::Right,
    }
}

fn side(columns: usize, area: Area) -> f32 {
    let (most, wide, narrow) = SIDE;
    if columns > most && !area.turned { narrow } else { wide }
}

/// Widths of the columns' text, together as wide as the type area without the padding.
fn widths(head: &[Text], rows: &[Vec<Text>], count: usize, area: Area) -> Vec<f32> {
    let em = TEXT.size;
    let room = area.width - 2.0 * side(count, area) * count as f32;
    let head_of = |column: usize| head.get(column).map_or(0.0, Text::natural_width);
    let mut wanted = vec![em; count];
    let mut all = vec![Vec::with_capacity(rows.len()); count];
    let mut figures = vec![true; count];
    for row in rows {
        for (column, text) in row.iter().enumerate().take(count) {
            let width = text.natural_width() + 0.1;
            wanted[column] = wanted[column].max(width);
            all[column].push(width);
            figures[column] &= text.atoms.iter().any(|atom| atom.kind == Kind::Digit);
        }
    }
    let cells = wanted;
    let wanted: Vec<f32> = (0..count).map(|column| cells[column].max(head_of(column) + 0.1)).collect();
    if wanted.iter().sum::<f32>() <= room {
        return spread(&wanted, &wanted, room);
    }
    let least = |column: usize| {
        // A head of more than three characters may wrap once before its column grows for it.
        let head = head_of(column);
        let head = if head > 3.5 * em { (head / 2.0 / em).ceil() * em } else { head + 0.1 };
        let label = if figures[column] { FIGURES } else { LABEL };
        if cells[column] <= label * em { cells[column].max(head) } else { head.max(NARROWEST * em) }
    };
    let least: Vec<f32> = (0..count).map(least).collect();
    let taken: f32 = least.iter().sum();
    if taken > room {
        return least.iter().map(|width| width * room / taken).collect();
    }
    // First every column gets what most of its cells want, then what the widest one does.
    let usual: Vec<f32> = all.iter_mut().map(|widths| usual(widths)).collect();
    let widths = grow(least, &usual, room);
    spread(&grow(widths, &wanted, room), &wanted, room)
}

/// A width that is enough for most of these.
fn usual(widths: &mut [f32]) -> f32 {
    match (widths.len() as f32 * MOST) as usize {
        _ if widths.is_empty() => 0.0,
        at => *widths.select_nth_unstable_by(at, f32::total_cmp).1,
    }
}

/// Gives the room left over to the columns in proportion to `shares`.
fn spread(widths: &[f32], shares: &[f32], room: f32) -> Vec<f32> {
    let left = room - widths.iter().sum::<f32>();
    let all: f32 = shares.iter().sum();
    widths.iter().zip(shares).map(|(width, share)| width + left * share / all).collect()
}

/// Grows the columns in proportion to what they want, none beyond it, until the room is full.
fn grow(mut widths: Vec<f32>, wanted: &[f32], room: f32) -> Vec<f32> {
    for _ in 0..widths.len() {
        let left = room - widths.iter().sum::<f32>();
        let hungry: Vec<usize> =
            (0..widths.len()).filter(|&column| widths[column] < wanted[column]).collect();
        let all: f32 = hungry.iter().map(|&column| wanted[column]).sum();
        if left <= 0.01 || all <= 0.0 {
            break;
        }
        for column in hungry {
            widths[column] = (widths[column] + left * wanted[column] / all).min(wanted[column]);
        }
    }
    widths
}

/// A row, or where a cell is higher than `room`, as many rows as it takes.
fn set_row(cells: &[Text], columns: &[f32], side: f32, fits: &[Fit], room: f32) -> Vec<Row> {
    let most_lines = (((room - 2.0 * ABOVE) / LEADING) as usize).max(1);
    let lines: Vec<Vec<Line>> = cells
        .iter()
        .zip(columns.windows(2))
        .zip(fits)
        .map(|((text, edges), &fit)| {
            let width = edges[1] - edges[0] - 2.0 * side;
            let measure = Measure { left: edges[0] + side, width, indent: 0.0, fit };
            break_lines(text, measure).iter().map(|range| set_line(text, range, measure)).collect()
        })
        .collect();
    let most = lines.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let mut rows = Vec::new();
    let mut cells: Vec<_> = lines.into_iter().map(Vec::into_iter).collect();
    for start in (0..most).step_by(most_lines) {
        let height = (most - start).min(most_lines) as f32 * LEADING;
        let mut row = Row { height: height + 2.0 * ABOVE, lines: Vec::new() };
        for cell in &mut cells {
            let lines: Vec<Line> = cell.by_ref().take(most_lines).collect();
            let top = ABOVE + (height - lines.len() as f32 * LEADING) / 2.0;
            let baselines = (0..).map(|index| top + index as f32 * LEADING + baseline(LEADING, TEXT.size));
            row.lines.extend(lines.into_iter().zip(baselines));
        }
        rows.push(row);
    }
    rows
}
