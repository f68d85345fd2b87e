//! Texts and places in them.
//!
//! A place is a file and a spot in it. The spot is a *path* (`cases[37].replied`) for as long as nobody has to print
//! it; only then are the file's YAML events walked to find the line and column.

mod scalars;
pub mod tree;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

pub use scalars::{Scalar, scalars};

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A key of a mapping.
    Key(String),
    /// A position in a sequence, from 0.
    Index(usize),
}

/// The way from a file's root to a value in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(Vec<Step>);

impl Path {
    /// The root.
    pub fn root() -> Self {
        Self::default()
    }

    /// This path and one key more.
    pub fn key(&self, key: impl Into<String>) -> Self {
        self.with(Step::Key(key.into()))
    }

    /// This path and one position more.
    pub fn index(&self, index: usize) -> Self {
        self.with(Step::Index(index))
    }

    /// This path and all of `other`'s steps.
    pub fn join(&self, other: &Path) -> Self {
        Self(self.0.iter().chain(&other.0).cloned().collect())
    }

    /// The steps, outermost first.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl FromIterator<Step> for Path {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if i == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A spot in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// The value at a path.
    Value(Path),
    /// The key at the end of a path.
    Key(Path),
    /// Characters within the value at a path, counted without white space: folding a YAML scalar changes nothing else.
    Within(Path, Range<usize>),
    /// Bytes of the file.
    Bytes(Range<usize>),
}

/// A file, by the name it is shown under, and a spot in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name under which [`Sources`] knows the text.
    pub file: String,
    /// Where in it.
    pub spot: Spot,
}

impl Place {
    /// The file as a whole.
    pub fn file(file: &str) -> Self {
        Self { file: file.to_owned(), spot: Spot::File }
    }

    /// The value at `path`.
    pub fn value(file: &str, path: Path) -> Self {
        Self { file: file.to_owned(), spot: Spot::Value(path) }
    }

    /// The key at the end of `path`.
    pub fn key(file: &str, path: Path) -> Self {
        Self { file: file.to_owned(), spot: Spot::Key(path) }
    }

    /// Bytes of the file.
    pub fn bytes(file: &str, range: Range<usize>) -> Self {
        Self { file: file.to_owned(), spot: Spot::Bytes(range) }
    }
}

/// Every text of a run, by the name it is shown under.
#[derive(Debug, Default)]
pub struct Sources(BTreeMap<String, String>);

impl Sources {
    /// Keep a text.
    pub fn add(&mut self, file: impl Into<String>, text: String) {
        self.0.insert(file.into(), text);
    }

    /// The text of a file.
    pub fn text(&self, file: &str) -> Option<&str> {
        self.0.get(file).map(String::as_str)
    }

    /// The first place where a file of `folder` has `needle`, comments aside.
    pub fn find(&self, folder: &str, needle: char) -> Option<Place> {
        let inside =
            self.0.iter().filter(|(file, _)| file.strip_prefix(folder).is_some_and(|f| f.starts_with('/')));
        inside.into_iter().find_map(|(file, text)| {
            let mut start = 0;
            for line in text.split_inclusive('\n') {
                let comment = line.trim_start().starts_with('#');
                if let Some(at) = line.find(needle).filter(|_| !comment) {
                    return Some(Place::bytes(file, start + at..start + at + needle.len_utf8()));
                }
                start += line.len();
            }
            None
        })
    }

    /// The place in a file of `folder` of some bytes of a text that was made from it. What stands around them tells one place
    /// from another: as much of it as can be found. White space does not count, since prose is folded; comments do not either.
    pub fn find_words(&self, folder: &str, text: &str, range: &Range<usize>) -> Option<Place> {
        let words = text.get(range.clone())?;
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let inside = |file: &str| file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let files: Vec<(&String, Squeezed)> = self
            .0
            .iter()
            .filter(|(file, _)| inside(file))
            .map(|(file, text)| (file, Squeezed::new(text)))
            .collect();
        [24, 12, 6, 3, 1, 0].into_iter().find_map(|most| {
            let start = before.char_indices().rev().take(most).last().map_or(before.len(), |(at, _)| at);
            let end = after.char_indices().nth(most).map_or(after.len(), |(at, _)| at);
            let (before, after) = (&before[start..], &after[..end]);
            files.iter().find_map(|(file, own)| Some(Place::bytes(file, own.find(before, words, after)?)))
        })
    }

    /// The bytes that a place stands for; nothing for a file as a whole or a path that the file does not have.
    pub fn range(&self, place: &Place) -> Option<Range<usize>> {
        let text = self.text(&place.file)?;
        match &place.spot {
            Spot::File => None,
            Spot::Bytes(range) => Some(range.clone()),
            Spot::Value(path) => locate(text, path).map(|found| found.value),
            Spot::Key(path) => locate(text, path).map(|found| found.key),
            Spot::Within(path, chars) => {
                let value = locate(text, path)?.value;
                Some(within(text, &value, chars).unwrap_or(value))
            }
        }
    }
}

impl Sources {
    /// The line, from 1, of each item of the list under a key at a file's root, all in one walk.
    pub fn item_lines(&self, file: &str, key: &str) -> Vec<usize> {
        let Some(text) = self.text(file) else { return Vec::new() };
        let mut walk = Walk { bytes: ByteIndex::new(text), events: Parser::new_from_str(text) };
        walk.items(key).unwrap_or_default()
    }
}

/// A text without white space and comments.
struct Squeezed {
    text: String,
    /// Where each byte of it stands in the whole text.
    at: Vec<usize>,
}

impl Squeezed {
    fn new(whole: &str) -> Self {
        let (mut text, mut at) = (String::with_capacity(whole.len()), Vec::with_capacity(whole.len()));
        let mut start = 0;
        for line in whole.split_inclusive('\n') {
            let shown = |(_, c): &(usize, char)| !c.is_whitespace();
            let comment = line.trim_start().starts_with('#');
            for (offset, c) in line.char_indices().filter(shown).filter(|_| !comment) {
                text.push(c);
                at.extend((0..c.len_utf8()).map(|byte| start + offset + byte));
            }
            start += line.len();
        }
        Self { text, at }
    }

    /// Where words stand in the whole text between two others.
    fn find(&self, before: &str, words: &str, after: &str) -> Option<Range<usize>> {
        let [before, words, after] =
            [before, words, after].map(|part| part.split_whitespace().collect::<String>());
        let start = self.text.find(&format!("{before}{words}{after}"))? + before.len();
        let last = start + words.len().checked_sub(1)?;
        Some(*self.at.get(start)?..*self.at.get(last)? + 1)
    }
}

/// Line and column of a byte, both from 1, the column in characters.
pub fn line_column(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(byte.min(text.len()))];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

/// The bytes of the character at a line and a column, both from 1; nothing, at its end, beyond the line.
pub fn character(text: &str, line: usize, column: usize) -> Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line = text[start..].lines().next().unwrap_or_default();
    let ahead = line.char_indices().nth(column.saturating_sub(1));
    let at = start + ahead.map_or(line.len(), |(at, _)| at);
    at..at + text[at..].chars().next().map_or(0, char::len_utf8)
}

struct Found {
    key: Range<usize>,
    value: Range<usize>,
}

/// Walk the events of a YAML text to the value at `path`. A path that ends at a key the file lacks stands for the
/// deepest value on the way to it: that is where the key is missing.
fn locate(text: &str, path: &Path) -> Option<Found> {
    let mut walk = Walk { bytes: ByteIndex::new(text), events: Parser::new_from_str(text) };
    loop {
        match walk.next()? {
            (Event::StreamStart | Event::DocumentStart(_), _) => {}
            (event, span) => return walk.seek(event, span, path.steps(), None),
        }
    }
}

struct Walk<'a, I: Iterator> {
    bytes: ByteIndex<'a>,
    events: I,
}

impl<'a, I, E> Walk<'a, I>
where
    I: Iterator<Item = Result<(Event<'a>, Span), E>>,
{
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        self.events.next()?.ok()
    }

    fn seek(
        &mut self,
        event: Event<'a>,
        span: Span,
        steps: &[Step],
        key: Option<Range<usize>>,
    ) -> Option<Found> {
        let here = self.bytes.range(&span);
        let key = key.unwrap_or_else(|| here.clone());
        let Some((step, rest)) = steps.split_first() else {
            return Some(Found { key, value: self.whole(&event, here) });
        };
        // A section may be written as the list of its items alone: then no key leads to them.
        if let (Step::Key(_), Some(Step::Index(_)), Event::SequenceStart(..)) = (step, rest.first(), &event) {
            return self.seek(event, span, rest, Some(key));
        }
        match (step, &event) {
            (Step::Key(wanted), Event::MappingStart(..)) => {
                // Where the key is missing, the record itself is the best place: its first key.
                let mut record = None;
                loop {
                    let (key_event, key_span) = self.next()?;
                    if matches!(key_event, Event::MappingEnd) {
                        let at = record.unwrap_or(here);
                        return Some(Found { key: at.clone(), value: at });
                    }
                    let key_range = self.bytes.range(&key_span);
                    record.get_or_insert_with(|| key_range.clone());
                    let hit = matches!(&key_event, Event::Scalar(name, ..) if name == wanted);
                    self.skip(&key_event);
                    let (value, value_span) = self.next()?;
                    if hit {
                        return self.seek(value, value_span, rest, Some(key_range));
                    }
                    self.skip(&value);
                }
            }
            (Step::Index(wanted), Event::SequenceStart(..)) => {
                for index in 0.. {
                    let (item, item_span) = self.next()?;
                    if matches!(item, Event::SequenceEnd) {
                        break;
                    }
                    if index == *wanted {
                        return self.seek(item, item_span, rest, None);
                    }
                    self.skip(&item);
                }
                Some(Found { key, value: here })
            }
            _ => Some(Found { key, value: here }),
        }
    }

    /// The lines of the items of a root mapping's list.
    fn items(&mut self, key: &str) -> Option<Vec<usize>> {
        while !matches!(self.next()?.0, Event::MappingStart(..)) {}
        loop {
            let (name, _) = self.next()?;
            if matches!(name, Event::MappingEnd) {
                return None;
            }
            let hit = matches!(&name, Event::Scalar(name, ..) if name == key);
            self.skip(&name);
            let (value, _) = self.next()?;
            if hit {
                break;
            }
            self.skip(&value);
        }
        let mut lines = Vec::new();
        loop {
            let (item, span) = self.next()?;
            if matches!(item, Event::SequenceEnd) {
                return Some(lines);
            }
            lines.push(span.start.line());
            self.skip(&item);
        }
    }

    /// A collection is shown by its first scalar: a whole record would cover the screen.
    fn whole(&mut self, event: &Event<'a>, here: Range<usize>) -> Range<usize> {
        if !matches!(event, Event::MappingStart(..) | Event::SequenceStart(..)) {
            return here;
        }
        while let Some((event, span)) = self.next() {
            match event {
                Event::Scalar(..) => return self.bytes.range(&span),
                Event::MappingEnd | Event::SequenceEnd => break,
                _ => {}
            }
        }
        here
    }

    fn skip(&mut self, event: &Event<'a>) {
        let mut depth = usize::from(matches!(event, Event::MappingStart(..) | Event::SequenceStart(..)));
        while depth > 0 {
            match self.next() {
                Some((Event::MappingStart(..) | Event::SequenceStart(..), _)) => depth += 1,
                Some((Event::MappingEnd | Event::SequenceEnd, _)) => depth -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }
}

/// Character positions, as the parser counts, to bytes. Events come in order, so it only ever walks forward.
struct ByteIndex<'a> {
    text: &'a str,
    chars: usize,
    byte: usize,
}

impl<'a> ByteIndex<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, chars: 0, byte: 0 }
    }

    fn range(&mut self, span: &Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index());
        (self.chars, self.byte) = (span.start.index(), start);
        let trimmed = self.text[start..end].trim_end().len();
        start..start + trimmed
    }

    fn byte(&mut self, chars: usize) -> usize {
        if chars < self.chars {
            (self.chars, self.byte) = (0, 0);
        }
        let ahead = self.text[self.byte..].char_indices().nth(chars - self.chars);
        ahead.map_or(self.text.len(), |(at, _)| self.byte + at)
    }
}

/// Characters of a scalar to bytes of its file; a block scalar's text begins on the line after its `|` or `>`.
fn within(text: &str, value: &Range<usize>, chars: &Range<usize>) -> Option<Range<usize>> {
    let scalar = &text[value.clone()];
    let head = if scalar.starts_with(['|', '>']) {
        scalar.find('\n')?
    } else {
        usize::from(scalar.starts_with(['"', '\'']))
    };
    let visible = |&(_, c): &(usize, char)| !c.is_whitespace();
    let mut spots = scalar[head..].char_indices().filter(visible).skip(chars.start);
    let start = value.start + head + spots.next()?.0;
    let ends = chars
        .len()
        .checked_sub(2)
        .map_or(Some((start, ' ')), |last| spots.nth(last).map(|(at, c)| (value.start + head + at, c)));
    let end = ends.map_or(value.end, |(at, _)| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    Some(start..end.min(line_end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "header:\n  title: 标题\ncases:\n  - id: 甲\n    role: 主办\n  - id: 乙\n    disclosure:\n      decision: 全文公开\nbody: |-\n  一行\n  二行{{ x }}\n";

    fn at(spot: Spot) -> String {
        let mut sources = Sources::default();
        sources.add("f", TEXT.to_owned());
        let place = Place { file: "f".into(), spot };
        let range = sources.range(&place).unwrap();
        let (line, column) = line_column(TEXT, range.start);
        format!("{line}:{column} {}", &TEXT[range])
    }

    #[test]
    fn a_path_becomes_a_line_and_a_column() {
        let cases = Path::root().key("cases");
        assert_eq!(at(Spot::Value(Path::root().key("header").key("title"))), "2:10 标题");
        assert_eq!(at(Spot::Value(cases.index(0).key("role"))), "5:11 主办");
        assert_eq!(at(Spot::Key(cases.index(1).key("disclosure").key("decision"))), "8:7 decision");
        assert_eq!(at(Spot::Value(cases.index(1).key("replied"))), "6:5 id");
        assert_eq!(at(Spot::Within(Path::root().key("body"), 4..9)), "11:5 {{ x }}");
    }

    #[test]
    fn the_lines_of_all_items_are_found_in_one_walk() {
        let mut sources = Sources::default();
        sources.add("f", TEXT.to_owned());
        sources.add("g", "# 注\ncases: [{ id: 甲 },\n\n  { id: 乙, more: [1, 2] }]\n".to_owned());
        assert_eq!(sources.item_lines("f", "cases"), [4, 6]);
        assert_eq!(sources.item_lines("g", "cases"), [2, 4]);
        assert_eq!(sources.item_lines("f", "none"), [0; 0]);
        assert_eq!(sources.item_lines("h", "cases"), [0; 0]);
    }

    #[test]
    fn words_are_found_by_what_stands_around_them() {
        let mut sources = Sources::default();
        let text = "# 第3条\nbody: |-\n  甲有3\n  件，乙有3件，\n  丙有{{ fig }}。\n";
        sources.add("r/report.yaml", text.to_owned());
        let composed = "甲有3件，乙有3件，丙有5件。";
        let at = |byte: usize| {
            let found = sources.find_words("r", composed, &(byte..byte + 1));
            found.and_then(|place| sources.range(&place)).map(|range| line_column(text, range.start))
        };
        let threes: Vec<usize> = composed.match_indices('3').map(|(at, _)| at).collect();
        assert_eq!((at(threes[0]), at(threes[1])), (Some((3, 5)), Some((4, 7))));
        assert_eq!(at(composed.find('5').unwrap()), None);
        assert_eq!(sources.find_words("q", composed, &(0..3)), None);
    }

    #[test]
    fn a_path_prints_as_the_clerk_would_say_it() {
        assert_eq!(Path::root().key("cases").index(37).key("replied").to_string(), "cases[37].replied");
    }
}
