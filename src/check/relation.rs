//! Relations between figures as they are written: `passed <= applied`, `new + old = total`.

use std::cmp::Ordering;
use std::ops::Range;

use super::exact::{Exact, measured};
use crate::compute::{Figure, Figures};
use crate::diagnostic::{Say, say};
use crate::model::About;

/// A comparison of two sums.
#[derive(Debug)]
pub struct Relation<'t> {
    left: Vec<Term<'t>>,
    sign: Sign,
    right: Vec<Term<'t>>,
}

/// A figure in a sum.
#[derive(Debug)]
struct Term<'t> {
    minus: bool,
    name: &'t str,
    bytes: Range<usize>,
}

#[derive(Debug, Clone, Copy)]
enum Sign {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

const SIGNS: &[(&str, Sign)] = &[
    ("<=", Sign::AtMost),
    (">=", Sign::AtLeast),
    ("≤", Sign::AtMost),
    ("≥", Sign::AtLeast),
    ("<", Sign::Less),
    (">", Sign::More),
    ("=", Sign::Equal),
];

impl Sign {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Sign::Less => order.is_lt(),
            Sign::AtMost => order.is_le(),
            Sign::Equal => order.is_eq(),
            Sign::AtLeast => order.is_ge(),
            Sign::More => order.is_gt(),
        }
    }

    fn written(self) -> &'static str {
        SIGNS
            .iter()
            .find(|(_, sign)| std::mem::discriminant(sign) == std::mem::discriminant(&self))
            .map_or("", |row| row.0)
    }
}

/// What cannot be read, and where: bytes of the relation.
pub type Fault = (Range<usize>, Say);

impl<'t> Relation<'t> {
    /// Read a relation. Names are those of `fig()`; one with conditions (`cases?level=provincial`) ends at a space.
    pub fn parse(text: &'t str) -> Result<Self, Fault> {
        let (mut left, mut sign) = (Vec::new(), None);
        let mut terms = Vec::new();
        let (mut at, mut minus, mut wants_name) = (0, false, true);
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let space = rest.len() - rest.trim_start().len();
            let name = if space == 0 { name(rest) } else { 0 };
            let comparison = SIGNS.iter().find(|(written, _)| rest.starts_with(written));
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let length = match (comparison, rest.as_bytes()[0]) {
                _ if space > 0 => space,
                _ if name > 0 && wants_name => {
                    terms.push(Term { minus, name: &rest[..name], bytes: at..at + name });
                    wants_name = false;
                    name
                }
                (Some((written, found)), _) if !wants_name && sign.is_none() => {
                    (left, sign, minus, wants_name) = (std::mem::take(&mut terms), Some(*found), false, true);
                    written.len()
                }
                (None, mark @ (b'+' | b'-')) if !wants_name => {
                    (minus, wants_name) = (mark == b'-', true);
                    1
                }
                _ => return Err((at..at + first.max(name), unreadable(wants_name))),
            };
            at += length;
        }
        match sign {
            Some(sign) if !wants_name => Ok(Self { left, sign, right: terms }),
            _ => Err((0..text.len(), unreadable(wants_name))),
        }
    }

    /// Whether it holds; if it does not, what it says in numbers. A fault where a figure is unknown or the units differ.
    pub fn broken(&self, figures: &Figures) -> Result<Option<String>, Fault> {
        let mut known: Vec<(&Term, Figure)> = Vec::new();
        for term in self.left.iter().chain(&self.right) {
            let figure = figures.get(term.name).map_err(|why| (term.bytes.clone(), why))?;
            known.push((term, figure));
        }
        // A relation with a value that is not known yet is not tested.
        if known.iter().any(|(_, figure)| figure.is_todo()) {
            return Ok(None);
        }
        // 1700余 equals nothing; of bounds the number itself is compared.
        let inexact = known.iter().find(|(_, figure)| figure.origin.about.is_some());
        if let (Sign::Equal, Some((term, figure))) = (self.sign, inexact) {
            let word = figure.origin.about.map_or("", About::label);
            let message = say(
                format!("{} 是约数（{word}），不能用“=”比较；写成 <= 或 >=", term.name),
                format!("`{}` is not exact ({word}): compare it with <= or >=", term.name),
            );
            return Err((term.bytes.clone(), message));
        }
        let mut sums = [Exact::whole(0), Exact::whole(0)];
        let mut base: Option<(&str, &str)> = None;
        for (index, (term, figure)) in known.iter().enumerate() {
            let (number, unit) = measured(&figure.value, &figure.unit)
                .ok_or_else(|| (term.bytes.clone(), no_number(term.name)))?;
            let (first, common) = *base.get_or_insert((term.name, unit));
            if unit != common {
                let message = say(
                    format!("单位不同：{first} 是“{common}”，{} 是“{unit}”", term.name),
                    format!("other units: `{first}` is in \"{common}\", `{}` in \"{unit}\"", term.name),
                );
                return Err((term.bytes.clone(), message));
            }
            let sum = &mut sums[usize::from(index >= self.left.len())];
            let next = if term.minus { sum.minus(number) } else { sum.plus(number) };
            *sum = next.ok_or_else(|| (term.bytes.clone(), no_number(term.name)))?;
        }
        let order = sums[0].compare(sums[1]);
        if order.is_none_or(|order| self.sign.holds(order)) {
            return Ok(None);
        }
        let shown = |(index, (term, figure)): (usize, &(&Term, Figure))| {
            let mark = match (index == 0 || index == self.left.len(), term.minus) {
                (true, _) => "",
                (_, true) => " - ",
                (_, false) => " + ",
            };
            let sign =
                if index == self.left.len() { format!(" {} ", self.sign.written()) } else { String::new() };
            format!("{sign}{mark}{}{}", figure.value, figure.unit)
        };
        Ok(Some(known.iter().enumerate().map(shown).collect()))
    }
}

/// The bytes of a name at the beginning of a text.
fn name(text: &str) -> usize {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let length = text.find(|c: char| !plain(c)).unwrap_or(text.len());
    match text[length..].starts_with('?') {
        true => text.find(char::is_whitespace).unwrap_or(text.len()),
        false => length,
    }
}

fn unreadable(wants_name: bool) -> Say {
    match wants_name {
        true => say("这里应是数据的名称", "the name of a figure is wanted here"),
        false => say("这里应是 + - 或一个比较号", "`+`, `-` or one sign of comparison is wanted here"),
    }
}

fn no_number(name: &str) -> Say {
    say(format!("{name} 不能参与计算"), format!("`{name}` cannot be reckoned with"))
}
