//! The way from paths to bytes: the events of a YAML text, walked once for many paths.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use super::{Path, Step};

/// Where a path leads to.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Its last key.
    pub key: Range<usize>,
    /// The value there.
    pub value: Range<usize>,
}

/// Walk the events of a YAML text to the values at some paths, in their order. A path that ends at a key the file lacks stands
/// for the deepest value on the way to it: that is where the key is missing.
pub(super) fn locate<'p>(text: &str, paths: impl Iterator<Item = &'p Path>) -> Vec<Option<Found>> {
    let mut root = Wanted::default();
    let mut count = 0;
    for path in paths {
        let end = path.steps().iter().fold(&mut root, |wanted, step| wanted.below.entry(step).or_default());
        end.here.push(count);
        count += 1;
    }
    let mut walk = Walk::new(text);
    walk.found.resize(count, None);
    walk.open = count;
    _ = walk.run(&root);
    walk.found
}

/// The line, from 1, of each item of the list under a key at the root.
pub(super) fn item_lines(text: &str, key: &str) -> Option<Vec<usize>> {
    // No place is wanted, so the walk goes on to the last event.
    Walk { open: 1, ..Walk::new(text) }.items(key)
}

/// Paths by their steps.
#[derive(Default)]
struct Wanted<'p> {
    /// Those that end here, by number.
    here: Vec<usize>,
    below: BTreeMap<&'p Step, Wanted<'p>>,
}

struct Walk<'a, I: Iterator> {
    bytes: ByteIndex<'a>,
    events: I,
    found: Vec<Option<Found>>,
    /// How many are not found yet: nothing is read beyond the last one.
    open: usize,
    /// Found as a collection. It is shown by its first scalar: a whole record would cover the screen.
    whole: Vec<usize>,
}

impl<'a> Walk<'a, Parser<'a, saphyr_parser::StrInput<'a>>> {
    fn new(text: &'a str) -> Self {
        let (bytes, events) = (ByteIndex::new(text), Parser::new_from_str(text));
        Self { bytes, events, found: Vec::new(), open: 0, whole: Vec::new() }
    }
}

impl<'a, I, E> Walk<'a, I>
where
    I: Iterator<Item = Result<(Event<'a>, Span), E>>,
{
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        if self.open == 0 && self.whole.is_empty() {
            return None;
        }
        let (event, span) = self.events.next()?.ok()?;
        match event {
            Event::Scalar(..) if !self.whole.is_empty() => {
                let range = self.bytes.range(&span);
                for index in std::mem::take(&mut self.whole) {
                    if let Some(found) = &mut self.found[index] {
                        found.value = range.clone();
                    }
                }
            }
            Event::MappingEnd | Event::SequenceEnd => self.whole.clear(),
            _ => {}
        }
        Some((event, span))
    }

    fn run(&mut self, wanted: &Wanted) -> Option<()> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(_), _) => {}
                (event, span) => return self.visit(&event, &span, wanted, None),
            }
        }
    }

    /// Walk a value from its first event to its last.
    fn visit(
        &mut self,
        event: &Event<'a>,
        span: &Span,
        wanted: &Wanted,
        key: Option<Range<usize>>,
    ) -> Option<()> {
        let here = self.bytes.range(span);
        let found = Found { key: key.unwrap_or_else(|| here.clone()), value: here };
        for index in &wanted.here {
            self.tell(*index, &found);
        }
        if matches!(event, Event::MappingStart(..) | Event::SequenceStart(..)) {
            self.whole.extend(&wanted.here);
        }
        match event {
            Event::MappingStart(..) => self.mapping(wanted, found),
            Event::SequenceStart(..) => self.sequence(wanted, &found),
            _ => {
                wanted.below.values().for_each(|below| self.tell_all(below, &found));
                Some(())
            }
        }
    }

    fn mapping(&mut self, wanted: &Wanted, found: Found) -> Option<()> {
        // Where the key is missing, the record itself is the best place: its first key.
        let mut record = None;
        let mut missing: BTreeMap<&str, &Wanted> = BTreeMap::new();
        for (step, below) in &wanted.below {
            if let Step::Key(key) = step {
                missing.insert(key.as_str(), below);
            }
        }
        loop {
            let (key, span) = self.next()?;
            if matches!(key, Event::MappingEnd) {
                break;
            }
            let range = (!wanted.below.is_empty()).then(|| self.bytes.range(&span));
            let hit = match &key {
                Event::Scalar(name, ..) => missing.remove(name.as_ref()),
                _ => None,
            };
            if record.is_none() {
                record.clone_from(&range);
            }
            self.skip(&key)?;
            let (value, span) = self.next()?;
            match hit {
                Some(below) => self.visit(&value, &span, below, range)?,
                None => self.skip(&value)?,
            }
        }
        let at = record.unwrap_or_else(|| found.value.clone());
        let at = Found { key: at.clone(), value: at };
        missing.into_values().for_each(|below| self.tell_all(below, &at));
        let places = wanted.below.iter().filter(|(step, _)| matches!(step, Step::Index(_)));
        places.for_each(|(_, below)| self.tell_all(below, &found));
        Some(())
    }

    fn sequence(&mut self, wanted: &Wanted, found: &Found) -> Option<()> {
        let mut items: BTreeMap<usize, Vec<&Wanted>> = BTreeMap::new();
        for (step, below) in &wanted.below {
            match step {
                Step::Index(index) => items.entry(*index).or_default().push(below),
                // A section may be written as the list of its items alone: then no key leads to them.
                Step::Key(_) => {
                    below.here.iter().for_each(|index| self.tell(*index, found));
                    for (step, below) in &below.below {
                        match step {
                            Step::Index(index) => items.entry(*index).or_default().push(below),
                            Step::Key(_) => self.tell_all(below, found),
                        }
                    }
                }
            }
        }
        for index in 0.. {
            let (item, span) = self.next()?;
            if matches!(item, Event::SequenceEnd) {
                break;
            }
            match items.remove(&index).as_deref() {
                Some([below]) => self.visit(&item, &span, below, None)?,
                Some(several) => {
                    // Two ways to one item: told together by what it begins with.
                    let here = self.bytes.range(&span);
                    let here = Found { key: here.clone(), value: here };
                    several.iter().for_each(|below| self.tell_all(below, &here));
                    self.skip(&item)?;
                }
                None => self.skip(&item)?,
            }
        }
        items.into_values().flatten().for_each(|below| self.tell_all(below, found));
        Some(())
    }

    fn tell(&mut self, index: usize, found: &Found) {
        self.open -= usize::from(self.found[index].is_none());
        self.found[index] = Some(found.clone());
    }

    /// Nothing of this is there.
    fn tell_all(&mut self, wanted: &Wanted, found: &Found) {
        wanted.here.iter().for_each(|index| self.tell(*index, found));
        wanted.below.values().for_each(|below| self.tell_all(below, found));
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
            self.skip(&name)?;
            let (value, _) = self.next()?;
            if hit {
                break;
            }
            self.skip(&value)?;
        }
        let mut lines = Vec::new();
        loop {
            let (item, span) = self.next()?;
            if matches!(item, Event::SequenceEnd) {
                return Some(lines);
            }
            lines.push(span.start.line());
            self.skip(&item)?;
        }
    }

    fn skip(&mut self, event: &Event<'a>) -> Option<()> {
        let mut depth = usize::from(matches!(event, Event::MappingStart(..) | Event::SequenceStart(..)));
        while depth > 0 {
            match self.next()?.0 {
                Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
                Event::MappingEnd | Event::SequenceEnd => depth -= 1,
                _ => {}
            }
        }
        Some(())
    }
}

/// Character positions, as the parser counts, to bytes. Events come in order, so it only ever walks forward.
pub(super) struct ByteIndex<'a> {
    text: &'a str,
    chars: usize,
    byte: usize,
}

impl<'a> ByteIndex<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, chars: 0, byte: 0 }
    }

    pub(super) fn range(&mut self, span: &Span) -> Range<usize> {
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
pub(super) fn within(text: &str, value: &Range<usize>, chars: &Range<usize>) -> Option<Range<usize>> {
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
