//! Texts and places in them.
//!
//! A place is a file and a spot in it. The spot is a *path* (`cases[37].replied`) until somebody has to print
//! it; only then are the file's YAML events walked to find the line and column.

mod cells;
mod scalars;
pub mod tree;
mod walk;
mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use walk::Found;
use words::Squeezed;

pub use cells::{Cell, Cells, cell_place};
pub use scalars::{Scalar, quoted, scalars};

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
    /// A cell of a spreadsheet, by its name: `办件!F37`.
    Cell(String),
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

    /// A cell of a spreadsheet, by its name.
    pub fn cell(file: &str, name: String) -> Self {
        Self { file: file.to_owned(), spot: Spot::Cell(name) }
    }

    /// Bytes of the file.
    pub fn bytes(file: &str, range: Range<usize>) -> Self {
        Self { file: file.to_owned(), spot: Spot::Bytes(range) }
    }
}

/// Every text of a run, by the name it is shown under.
#[derive(Debug, Default)]
pub struct Sources(BTreeMap<String, Source>);

/// A text, and what is made of it once somebody asks for places in it.
#[derive(Debug)]
struct Source {
    text: String,
    /// Where each line begins.
    lines: OnceLock<Vec<usize>>,
    squeezed: OnceLock<Squeezed>,
    /// Of a text that was made of a spreadsheet, where its values stand there.
    cells: Option<Cells>,
}

impl Sources {
    /// Keep a text.
    pub fn add(&mut self, file: impl Into<String>, text: String) {
        let (lines, squeezed, cells) = Default::default();
        self.0.insert(file.into(), Source { text, lines, squeezed, cells });
    }

    /// Keep the text of a ledger that was made of a spreadsheet: its places are cells.
    pub fn add_sheet(&mut self, file: impl Into<String>, text: String, cells: Cells) {
        let (lines, squeezed) = Default::default();
        self.0.insert(file.into(), Source { text, lines, squeezed, cells: Some(cells) });
    }

    /// Where the values of a file stand in its spreadsheet; none if it is no spreadsheet.
    pub fn cells(&self, file: &str) -> Option<&Cells> {
        self.0.get(file)?.cells.as_ref()
    }

    /// The cell that a place stands for, if its file is a spreadsheet; `range` are the bytes of the place.
    pub fn cell(&self, place: &Place, range: Option<&Range<usize>>) -> Option<Cell> {
        if let Spot::Cell(name) = &place.spot {
            return Some(Cell { name: name.clone(), ..Cell::default() });
        }
        let Source { text, cells, .. } = self.0.get(&place.file)?;
        match &place.spot {
            Spot::Value(path) | Spot::Key(path) | Spot::Within(path, _) => {
                Some(cells.as_ref()?.of_path(path))
            }
            _ => Some(cells.as_ref()?.of_byte(text, range?.start)),
        }
    }

    /// Keep other texts as well.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The text of a file.
    pub fn text(&self, file: &str) -> Option<&str> {
        self.0.get(file).map(|source| source.text.as_str())
    }

    /// Line and column of a byte of a file, both from 1, the column in characters.
    pub fn line_column(&self, file: &str, byte: usize) -> Option<(usize, usize)> {
        let Source { text, lines, .. } = self.0.get(file)?;
        let starts = lines.get_or_init(|| {
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        });
        let byte = text.floor_char_boundary(byte.min(text.len()));
        let line = starts.partition_point(|start| *start <= byte);
        let start = *starts.get(line.checked_sub(1)?)?;
        Some((line, text[start..byte].chars().count() + 1))
    }

    /// The line that a byte of a file stands in.
    pub fn line(&self, file: &str, byte: usize) -> Option<&str> {
        let text = self.text(file)?;
        let start = text.get(..byte)?.rfind('\n').map_or(0, |at| at + 1);
        text[start..].lines().next()
    }

    /// The files of a folder.
    fn inside(&self, folder: &str) -> impl Iterator<Item = (&String, &Source)> {
        self.0.iter().filter(move |(file, _)| file.strip_prefix(folder).is_some_and(|f| f.starts_with('/')))
    }

    /// How long the texts of a folder are together, in bytes.
    pub fn size(&self, folder: &str) -> usize {
        self.inside(folder).map(|(_, source)| source.text.len()).sum()
    }

    /// The first place where a file of `folder` has `needle`, comments aside.
    pub fn find(&self, folder: &str, needle: char) -> Option<Place> {
        self.inside(folder).find_map(|(file, source)| {
            let mut start = 0;
            for line in source.text.split_inclusive('\n') {
                let comment = line.trim_start().starts_with('#');
                if let Some(at) = line.find(needle).filter(|_| !comment) {
                    return Some(Place::bytes(file, start + at..start + at + needle.len_utf8()));
                }
                start += line.len();
            }
            None
        })
    }

    /// The place, in a file of these folders, that some bytes of a composed text were written at. The words around them tell
    /// one place from another: the most words that any file has decide, then the order of the folders, then the shortest file.
    /// White space does not count, since prose is folded; comments do not either.
    pub fn find_words(&self, folders: &[&str], text: &str, range: &Range<usize>) -> Option<Place> {
        let words = text.get(range.clone())?;
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let in_folder = |folder: &&str| {
            let mut files: Vec<_> = self.inside(folder).collect();
            // A ledger of 100,000 cases is the last to be looked through.
            files.sort_by_key(|(_, source)| source.text.len());
            files
        };
        let files: Vec<_> = folders.iter().flat_map(in_folder).collect();
        [24, 12, 6, 3, 1, 0].into_iter().find_map(|most| {
            let start = before.char_indices().rev().take(most).last().map_or(before.len(), |(at, _)| at);
            let end = after.char_indices().nth(most).map_or(after.len(), |(at, _)| at);
            let (before, after) = (&before[start..], &after[..end]);
            files.iter().find_map(|(file, source)| {
                let squeezed = source.squeezed.get_or_init(|| Squeezed::new(&source.text));
                Some(Place::bytes(file, squeezed.find(before, words, after)?))
            })
        })
    }

    /// The bytes that a place stands for; nothing for a file as a whole or a path that the file does not have.
    pub fn range(&self, place: &Place) -> Option<Range<usize>> {
        self.ranges([Some(place)]).pop()?
    }

    /// The same of many places, in their order: each file is walked once, however many there are in it.
    pub fn ranges<'p>(
        &self,
        places: impl IntoIterator<Item = Option<&'p Place>>,
    ) -> Vec<Option<Range<usize>>> {
        let mut ranges = Vec::new();
        let mut paths: BTreeMap<&str, Vec<(usize, &Spot, &Path)>> = BTreeMap::new();
        for (index, place) in places.into_iter().enumerate() {
            let path = place.and_then(|place| match &place.spot {
                Spot::Value(path) | Spot::Key(path) | Spot::Within(path, _) => Some((place, path)),
                Spot::File | Spot::Bytes(_) | Spot::Cell(_) => None,
            });
            ranges.push(match place.map(|place| &place.spot) {
                Some(Spot::Bytes(range)) => Some(range.clone()),
                _ => None,
            });
            if let Some((place, path)) = path {
                paths.entry(&place.file).or_default().push((index, &place.spot, path));
            }
        }
        for (file, wanted) in paths {
            let Some(text) = self.text(file) else { continue };
            let found = walk::locate(text, wanted.iter().map(|(_, _, path)| *path));
            for ((index, spot, _), found) in wanted.into_iter().zip(found) {
                ranges[index] = found.map(|Found { key, value }| match spot {
                    Spot::Key(_) => key,
                    Spot::Within(_, chars) => walk::within(text, &value, chars).unwrap_or(value),
                    _ => value,
                });
            }
        }
        ranges
    }

    /// The line, from 1, of each item of the list under a key at a file's root, all in one walk.
    pub fn item_lines(&self, file: &str, key: &str) -> Vec<usize> {
        self.text(file).and_then(|text| walk::item_lines(text, key)).unwrap_or_default()
    }
}

/// The bytes of the character at a line and a column, both from 1; nothing, at its end, beyond the line.
pub fn character(text: &str, line: usize, column: usize) -> Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line = text[start..].lines().next().unwrap_or_default();
    let ahead = line.char_indices().nth(column.saturating_sub(1));
    let at = start + ahead.map_or(line.len(), |(at, _)| at);
    at..at + text[at..].chars().next().map_or(0, char::len_utf8)
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
        let (line, column) = sources.line_column("f", range.start).unwrap();
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
    fn many_places_are_found_in_one_walk_as_each_is_alone() {
        let mut sources = Sources::default();
        sources.add("f", TEXT.to_owned());
        sources.add("g", "practices: [{ heading: 甲 }, { heading: 乙 }]\nempty: {}\n".to_owned());
        let root = Path::root;
        let case = |index| root().key("cases").index(index);
        let item = |index| root().key("practices").key("items").index(index);
        let paths = [
            ("f", root(), "header"),
            ("f", case(1).key("disclosure"), "decision"),
            ("f", case(1).key("disclosure").key("decision"), "全文公开"),
            ("f", case(1).key("disclosure").key("reviewed"), "decision"),
            ("f", case(0), "id"),
            ("f", case(0).key("id").key("more"), "甲"),
            ("f", case(0).key("role"), "主办"),
            ("f", case(0).key("role"), "主办"),
            ("f", root().key("none").key("below"), "header"),
            ("g", item(1).key("heading"), "乙"),
            ("g", item(0).key("body"), "heading"),
            ("g", root().key("empty").key("key"), "{"),
        ];
        let places = paths.clone().map(|(file, path, _)| Place::value(file, path));
        let told = sources.ranges(places.iter().map(Some));
        for ((place, range), (file, path, words)) in places.iter().zip(told).zip(paths) {
            assert_eq!(range, sources.range(place), "{path}");
            assert_eq!(range.map(|range| &sources.text(file).unwrap()[range]), Some(words), "{path}");
        }
        let nowhere = [Place::value("f", case(7)), Place::file("f"), Place::value("h", root())];
        let told = sources.ranges(nowhere.iter().map(Some).chain([None]));
        assert_eq!(
            (told[0].is_some(), &told[1..]),
            (true, &[None, None, None][..]),
            "a list that is too short"
        );
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
            let found = sources.find_words(&["r"], composed, &(byte..byte + 1));
            let range = found.and_then(|place| sources.range(&place))?;
            sources.line_column("r/report.yaml", range.start)
        };
        let threes: Vec<usize> = composed.match_indices('3').map(|(at, _)| at).collect();
        assert_eq!((at(threes[0]), at(threes[1])), (Some((3, 5)), Some((4, 7))));
        assert_eq!(at(composed.find('5').unwrap()), None);
        assert_eq!(sources.find_words(&["q"], composed, &(0..3)), None);
    }

    #[test]
    fn a_path_prints_as_the_clerk_would_say_it() {
        assert_eq!(Path::root().key("cases").index(37).key("replied").to_string(), "cases[37].replied");
    }
}
