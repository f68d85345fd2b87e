//! The redline (花脸稿): the new text with what was taken out of the old one and what was put in. Numbers with their units and
//! words of letters stay whole, and scattered characters that happen to be the same are not kept apart from the change around
//! them: a redline is read.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::align::align;
use super::lines::{Kind, Line};

/// What became of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// They stand in both texts.
    Same,
    /// They stood in the old one.
    Del,
    /// They stand in the new one.
    Ins,
}

/// Some words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What became of them.
    pub op: Op,
    /// The words.
    pub text: String,
}

/// What became of a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// Whether both texts have it.
    pub op: Op,
    /// What it is.
    pub kind: Kind,
    /// Of a heading, its depth from 1; of an annex's title 1; otherwise 0.
    pub depth: u8,
    /// What it stands under, outermost first.
    pub section: Vec<String>,
    /// Its words; those of a row, cell by cell.
    pub cells: Vec<Vec<Piece>>,
}

impl Edit {
    /// Whether nothing of it was changed.
    pub fn is_same(&self) -> bool {
        self.cells.iter().flatten().all(|piece| piece.op == Op::Same) && self.op == Op::Same
    }

    fn whole(op: Op, line: &Line) -> Self {
        let cell = |cell: &String| piece(op, cell.clone()).into_iter().collect();
        Self { cells: line.cells.iter().map(cell).collect(), ..Self::of(op, line) }
    }

    fn of(op: Op, line: &Line) -> Self {
        let Line { kind, depth, section, .. } = line.clone();
        Self { op, kind, depth, section, cells: Vec::new() }
    }
}

/// Compare two texts.
pub fn redline(old: &[Line], new: &[Line]) -> Vec<Edit> {
    let edit = |(was, is)| match (was, is) {
        (Some(was), Some(is)) => {
            let (was, is): (&Line, &Line) = (&old[was], &new[is]);
            let cells = was.cells.iter().zip(&is.cells).map(|(was, is)| words(was, is)).collect();
            Some(Edit { cells, ..Edit::of(Op::Same, is) })
        }
        (Some(was), None) => Some(Edit::whole(Op::Del, &old[was])),
        (None, Some(is)) => Some(Edit::whole(Op::Ins, &new[is])),
        (None, None) => None,
    };
    align(old, new).into_iter().filter_map(edit).collect()
}

fn piece(op: Op, text: String) -> Option<Piece> {
    (!text.is_empty()).then_some(Piece { op, text })
}

/// More than so many pairs of tokens, and sentences are held against each other instead.
const MOST_WORK: usize = 16_000_000;

/// Words that stay, or words in the place of others.
#[derive(Debug, Clone, Default)]
struct Stretch {
    same: String,
    del: String,
    ins: String,
}

/// Compare two stretches of text.
pub fn words(old: &str, new: &str) -> Vec<Piece> {
    if old == new {
        return piece(Op::Same, new.to_owned()).into_iter().collect();
    }
    let (mut own, mut others) = (tokens(old), tokens(new));
    if own.len() * others.len() > MOST_WORK {
        (own, others) = (sentences(old), sentences(new));
    }
    let stretch = |op: DiffOp| {
        let (was, is) = (own[op.old_range()].concat(), others[op.new_range()].concat());
        match op {
            DiffOp::Equal { .. } => Stretch { same: is, ..Stretch::default() },
            _ => Stretch { del: was, ins: is, ..Stretch::default() },
        }
    };
    let stretches = joined(capture_diff_slices(Algorithm::Myers, &own, &others).into_iter().map(stretch));
    let kept: usize = stretches.iter().map(|stretch| count(&stretch.same)).sum();
    if kept * 4 < count(old).min(count(new)) {
        return piece(Op::Del, old.to_owned()).into_iter().chain(piece(Op::Ins, new.to_owned())).collect();
    }
    let pieces = |Stretch { same, del, ins }| [(Op::Same, same), (Op::Del, del), (Op::Ins, ins)];
    stretches.into_iter().flat_map(pieces).filter_map(|(op, text)| piece(op, text)).collect()
}

fn count(text: &str) -> usize {
    text.chars().count()
}

/// Changes that too little stands between are one.
fn joined(stretches: impl Iterator<Item = Stretch>) -> Vec<Stretch> {
    let mut done: Vec<Stretch> = Vec::new();
    for next in stretches {
        let changed = |stretch: &Stretch| stretch.same.is_empty();
        let is_change = changed(&next);
        match done.as_mut_slice() {
            [.., last] if is_change && changed(last) => {
                last.del += &next.del;
                last.ins += &next.ins;
            }
            [.., before, between]
                if is_change && changed(before) && is_little(before, &between.same, &next) =>
            {
                let same = std::mem::take(&mut between.same);
                before.del.extend([&same, &next.del].map(String::as_str));
                before.ins.extend([&same, &next.ins].map(String::as_str));
                done.pop();
            }
            _ => done.push(next),
        }
    }
    done
}

fn is_little(before: &Stretch, same: &str, after: &Stretch) -> bool {
    let around = |stretch: &Stretch| count(&stretch.del).max(count(&stretch.ins));
    match count(same) {
        0 | 1 => true,
        2 | 3 => !same.contains(|c: char| c.is_ascii_digit()) && around(before).min(around(after)) >= 4,
        _ => false,
    }
}

/// What follows a number and belongs to it.
const UNITS: &str = "%％‰年月日时号件个项亿万千百元名次人家户处场条期届";

/// The least that is taken out or put in: a number with its unit, a word of letters, or a character.
fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            let mut number = run(rest, |c| c.is_ascii_digit());
            while rest[number..].starts_with(['.', ',']) {
                match run(&rest[number + 1..], |c| c.is_ascii_digit()) {
                    0 => break,
                    digits => number += 1 + digits,
                }
            }
            number + run(&rest[number..], |c| UNITS.contains(c))
        } else if first.is_ascii_alphabetic() {
            run(rest, |c| c.is_ascii_alphanumeric())
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        found.push(token);
        rest = after;
    }
    found
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['。', '；', '，', '！', '？', '\n']).collect()
}
