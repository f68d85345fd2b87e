//! Which block of the new text was which of the old one. First what is the same, then what is the same but for its digits,
//! then rows that begin alike, and at last what is alike: so a paragraph that was put in moves nothing.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::lines::{Kind, Line};

/// Two blocks that belong together, or one that only one text has.
pub(super) type Pair = (Option<usize>, Option<usize>);

/// Of a thousand; blocks less alike are not the same one.
const LEAST_ALIKE: u32 = 400;
/// Pairs of characters that are looked at between two anchors; where there is more, nothing is alike enough to be found so.
const MOST_WORK: usize = 50_000_000;

/// By what blocks are known, from the strictest on.
const KEYS: &[fn(&Line) -> Option<String>] = &[
    |line| Some(line.cells.join("\u{1f}")),
    |line| Some(line.cells.join("\u{1f}").replace(|c: char| c.is_ascii_digit(), "")),
    |line| (line.kind >= Kind::Columns).then(|| line.cells.first().cloned()).flatten(),
];

/// Every block of both texts once, in reading order; what was taken out stands before what was put in its place.
pub(super) fn align(old: &[Line], new: &[Line]) -> Vec<Pair> {
    let mut pairs = Vec::with_capacity(old.len().max(new.len()));
    between(old, new, 0..old.len(), 0..new.len(), 0, &mut pairs);
    pairs
}

type Range = std::ops::Range<usize>;

fn between(old: &[Line], new: &[Line], olds: Range, news: Range, level: usize, pairs: &mut Vec<Pair>) {
    if olds.is_empty() || news.is_empty() {
        pairs.extend(olds.map(|at| (Some(at), None)));
        pairs.extend(news.map(|at| (None, Some(at))));
        return;
    }
    let Some(key) = KEYS.get(level) else { return alike(old, new, olds, news, pairs) };
    // Without a key of its own a block is like none of the other text.
    let keys = |lines: &[Line], side: usize| {
        let key = |(at, line): (usize, &Line)| (line.kind, line.cells.len(), key(line).ok_or((side, at)));
        lines.iter().enumerate().map(key).collect::<Vec<_>>()
    };
    let (own, others) = (keys(&old[olds.clone()], 0), keys(&new[news.clone()], 1));
    let (mut gap_old, mut gap_new) = (olds.start, news.start);
    for op in capture_diff_slices(Algorithm::Myers, &own, &others) {
        let DiffOp::Equal { old_index, new_index, len } = op else { continue };
        let (from, to) = (olds.start + old_index, news.start + new_index);
        between(old, new, gap_old..from, gap_new..to, level + 1, pairs);
        pairs.extend((0..len).map(|at| (Some(from + at), Some(to + at))));
        (gap_old, gap_new) = (from + len, to + len);
    }
    between(old, new, gap_old..olds.end, gap_new..news.end, level + 1, pairs);
}

/// The pairs that are together most alike, in their order.
fn alike(old: &[Line], new: &[Line], olds: Range, news: Range, pairs: &mut Vec<Pair>) {
    let own: Vec<_> = old[olds.clone()].iter().map(bigrams).collect();
    let others: Vec<_> = new[news.clone()].iter().map(bigrams).collect();
    let letters = |lists: &[Vec<(char, char)>]| lists.iter().map(|list| list.len() + 1).sum::<usize>();
    let (rows, columns) = (own.len(), others.len());
    if letters(&own) * columns + letters(&others) * rows > MOST_WORK {
        pairs.extend(olds.map(|at| (Some(at), None)));
        pairs.extend(news.map(|at| (None, Some(at))));
        return;
    }
    let mut score = vec![0; rows * columns];
    let mut best = vec![0; (rows + 1) * (columns + 1)];
    let at = |row: usize, column: usize| row * (columns + 1) + column;
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let (line, other) = (&old[olds.start + row], &new[news.start + column]);
            let same_kind = line.kind == other.kind && line.cells.len() == other.cells.len();
            let likeness = if same_kind { likeness(&own[row], &others[column]) } else { 0 };
            let paired = if likeness >= LEAST_ALIKE { likeness + best[at(row + 1, column + 1)] } else { 0 };
            score[row * columns + column] = paired;
            best[at(row, column)] = paired.max(best[at(row + 1, column)]).max(best[at(row, column + 1)]);
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        let here = best[at(row, column)];
        if here > 0 && score[row * columns + column] == here {
            pairs.push((Some(olds.start + row), Some(news.start + column)));
            (row, column) = (row + 1, column + 1);
        } else if best[at(row + 1, column)] == here {
            pairs.push((Some(olds.start + row), None));
            row += 1;
        } else {
            pairs.push((None, Some(news.start + column)));
            column += 1;
        }
    }
    pairs.extend((row..rows).map(|row| (Some(olds.start + row), None)));
    pairs.extend((column..columns).map(|column| (None, Some(news.start + column))));
}

/// Every two characters that stand beside each other, sorted; a single one with itself.
fn bigrams(line: &Line) -> Vec<(char, char)> {
    let chars: Vec<char> =
        line.cells.iter().flat_map(|cell| cell.chars().filter(|c| !c.is_whitespace())).collect();
    let mut pairs: Vec<(char, char)> = chars.iter().copied().zip(chars.iter().copied().skip(1)).collect();
    if let [only] = chars[..] {
        pairs.push((only, only));
    }
    pairs.sort_unstable();
    pairs
}

/// How many of their pairs two texts have in common, of a thousand (Dice).
fn likeness(old: &[(char, char)], new: &[(char, char)]) -> u32 {
    let (mut common, mut at) = (0usize, 0);
    for pair in old {
        at += new[at..].partition_point(|other| other < pair);
        if new.get(at) == Some(pair) {
            (common, at) = (common + 1, at + 1);
        }
    }
    let all = old.len() + new.len();
    u32::try_from((2000 * common).checked_div(all).unwrap_or(0)).unwrap_or(0)
}
