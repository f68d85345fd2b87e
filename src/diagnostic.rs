//! What a check reports, and how it is shown: rule code, severity, place, what is wrong, what to do.

mod code;
mod suggest;

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::source::{Cell, Place, Sources};

pub use code::{Code, RULES, Rule};
pub use suggest::{Marks, Suggestion, closest, did_you_mean};

/// The language of everything on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The one of two texts that this language wants.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    zh: Cow<'static, str>,
    en: Cow<'static, str>,
}

/// A text in Chinese and in English.
pub fn say(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Say {
    Say { zh: zh.into(), en: en.into() }
}

impl Say {
    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// No report is made.
    Error,
    /// The report is made; somebody should look.
    Warning,
}

/// One thing that is wrong with a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's code; its page is `docs/rules/<code>.md`.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is; none only when no file is to blame.
    pub place: Option<Place>,
    /// What is wrong.
    pub message: Say,
    /// What to do about it.
    pub help: Option<Say>,
    /// Other places that it speaks of.
    pub also: Vec<Also>,
}

/// Another place that a diagnostic speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    /// Where it is.
    pub place: Place,
    /// What is there.
    pub label: Say,
}

impl Severity {
    /// What it is called.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Severity::Error => lang.pick("错误", "error"),
            Severity::Warning => lang.pick("警告", "warning"),
        }
    }
}

impl Diagnostic {
    /// It by its rule and its place alone: what it says may have words of the data in it.
    pub fn without_words(self) -> Self {
        let (zh, en) = self.code.rule().label;
        Self { message: say(zh, en), help: None, also: Vec::new(), ..self }
    }

    /// An error at a place.
    pub fn error(code: Code, place: Place, message: Say) -> Self {
        Self { place: Some(place), ..Self::placeless(code, message) }
    }

    /// An error for which no file is to blame.
    pub fn placeless(code: Code, message: Say) -> Self {
        Self { code, severity: Severity::Error, place: None, message, help: None, also: Vec::new() }
    }

    /// A warning at a place.
    pub fn warning(code: Code, place: Place, message: Say) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message) }
    }

    /// With advice.
    pub fn help(mut self, help: Say) -> Self {
        self.help = Some(help);
        self
    }

    /// With another place that it speaks of.
    pub fn also(mut self, place: Place, label: Say) -> Self {
        self.also.push(Also { place, label });
        self
    }

    /// Its own place, then the others.
    pub fn places(&self) -> impl Iterator<Item = Option<&Place>> {
        std::iter::once(self.place.as_ref()).chain(self.also.iter().map(|also| Some(&also.place)))
    }

    /// The bytes of its own place.
    pub fn range(&self, sources: &Sources) -> Option<Range<usize>> {
        sources.range(self.place.as_ref()?)
    }

    /// As text for a screen, without a final line break. `ranges` are the bytes of its [`places`](Self::places): they take
    /// long to find, so a caller with many diagnostics finds all of them in one walk.
    pub fn render(
        &self,
        ranges: &[Option<Range<usize>>],
        sources: &Sources,
        lang: Lang,
        color: bool,
    ) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let name = self.severity.word(lang);
        let title = printable(self.message.get(lang));
        let mut group = Group::with_title(level.with_name(name).primary_title(title).id(self.code.as_str()));
        if let Some(place) = &self.place {
            group = show(group, place, ranges.first().cloned().flatten(), None, sources);
        }
        for (index, also) in self.also.iter().enumerate() {
            let range = ranges.get(index + 1).cloned().flatten();
            group = show(group, &also.place, range, Some(printable(also.label.get(lang)).into()), sources);
        }
        if let Some(help) = &self.help {
            let level = Level::HELP.with_name(lang.pick("办法", "help"));
            group = group.element(level.message(printable(help.get(lang))));
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let text = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
        self.without_lines(text, ranges, sources)
    }

    /// The renderer adds line and column to every place with a line; a cell has neither.
    fn without_lines(&self, mut text: String, ranges: &[Option<Range<usize>>], sources: &Sources) -> String {
        for (place, range) in self.places().zip(ranges) {
            let cell = place.and_then(|place| Some((place, sources.cell(place, range.as_ref())?)));
            if let Some((place, cell)) = cell {
                let column = cell.line("").0.chars().count() + 1;
                let place = place_of_cell(place, &cell);
                text = text.replace(&format!("{place}:{}:{column}", cell.row), &place);
            }
        }
        text
    }
}

/// `data/r/台账.xlsx 办件!F37`
fn place_of_cell(place: &Place, cell: &Cell) -> String {
    format!("{} {}", place.file, cell.name)
}

/// Characters of a place that are marked. The renderer cuts a long line to what is around them.
const LONGEST_PLACE: usize = 60;

/// Shows a place with its line; `label` says what is there.
fn show<'a>(
    group: Group<'a>,
    place: &'a Place,
    range: Option<Range<usize>>,
    label: Option<Cow<'a, str>>,
    sources: &'a Sources,
) -> Group<'a> {
    let cell = sources.cell(place, range.as_ref());
    let (Some(text), Some(range)) = (sources.text(&place.file), range) else {
        let origin = cell.map_or_else(|| place.file.clone(), |cell| place_of_cell(place, &cell));
        return group.element(Origin::path(origin));
    };
    // A place that is not in the text is shown at its end.
    let range = text.floor_char_boundary(range.start)..text.floor_char_boundary(range.end);
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.start..].find('\n').map_or(text.len(), |at| range.start + at);
    let number = sources.line_column(&place.file, range.start).map_or(1, |(line, _)| line);
    let line = text[start..end].trim_end_matches('\r');
    let from = (range.start - start).min(line.len());
    let to = (range.end - start).clamp(from, line.len());
    let shown = line[from..to].char_indices().nth(LONGEST_PLACE).map_or(to, |(at, _)| from + at);
    let kind = if label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
    if let Some(cell) = cell {
        let (line, from) = cell.line(line);
        let to = line[from..].char_indices().nth(LONGEST_PLACE).map_or(line.len(), |(at, _)| from + at);
        let snippet = Snippet::source(line).line_start(cell.row as usize).path(place_of_cell(place, &cell));
        return group.element(snippet.annotation(kind.span(from..to).label(label)));
    }
    group.element(
        Snippet::source(line)
            .line_start(number)
            .path(place.file.as_str())
            .annotation(kind.span(from..shown).label(label)),
    )
}

/// Messages quote data: keep them short, and keep control characters off the terminal.
fn printable(text: &str) -> String {
    const LONGEST: usize = 800;
    let mut out: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Path;

    #[test]
    fn a_diagnostic_shows_place_line_and_advice_in_both_languages() {
        let mut sources = Sources::default();
        sources.add("report.yaml", "title: 一份总结\nyear: 二〇二一\n".into());
        let place = Place::value("report.yaml", Path::root().key("year"));
        let diagnostic = Diagnostic::error(Code::Y003, place, say("类型不对", "wrong type"))
            .help(say("写成数字", "write a number"));
        let zh = diagnostic.render(&[diagnostic.range(&sources)], &sources, Lang::Zh, false);
        assert_eq!(
            zh,
            "错误[Y003]: 类型不对\n --> report.yaml:2:7\n  |\n2 | year: 二〇二一\n  |       ^^^^^^^^\n  |\n  = 办法: 写成数字"
        );
        let en = diagnostic.render(&[diagnostic.range(&sources)], &sources, Lang::En, false);
        assert!(en.contains("help: write a number"));
    }

    #[test]
    fn every_place_is_shown_with_what_is_there() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "cases:\n  - id: 甲\n  - id: 乙\n  - id: 甲\n".into());
        sources.add("b.yaml", "id: 甲\n".into());
        let id = |index| Place::value("a.yaml", Path::root().key("cases").index(index).key("id"));
        let diagnostic = Diagnostic::error(Code::L001, id(2), say("编号重复", "the id is used twice"))
            .also(id(0), say("先用在这里", "first used here"))
            .also(Place::value("b.yaml", Path::root().key("id")), say("还有这里", "and here"));
        let ranges = sources.ranges(diagnostic.places());
        assert_eq!(
            diagnostic.render(&ranges, &sources, Lang::En, false),
            "error[L001]: the id is used twice\n --> a.yaml:4:9\n  |\n4 |   - id: 甲\n  |         ^^\n  |\n ::: a.yaml:2:9\n  |\n2 |   - id: 甲\n  |         -- first used here\n  |\n ::: b.yaml:1:5\n  |\n1 | id: 甲\n  |     -- and here"
        );
        assert!(diagnostic.render(&ranges, &sources, Lang::Zh, false).contains("-- 先用在这里"));
    }

    #[test]
    fn a_long_line_is_cut_to_what_is_around_the_place() {
        let mut sources = Sources::default();
        let line = format!("{}37名{}", "本局认真办理，".repeat(100), "继续办好。".repeat(100));
        sources.add("f", line.clone());
        for (words, column) in [("本", 1), ("37", 701), ("名", 703)] {
            let at = line.find(words).unwrap();
            let diagnostic =
                Diagnostic::error(Code::N001, Place::bytes("f", at..at + words.len()), say("数字", "number"));
            let shown = diagnostic.render(&[diagnostic.range(&sources)], &sources, Lang::En, false);
            assert!(shown.contains(&format!("f:1:{column}\n")) && shown.contains(words), "{shown}");
            assert!(shown.contains("...") && shown.chars().count() < 400, "{shown}");
        }
    }

    #[test]
    fn no_control_character_reaches_the_screen() {
        let mut sources = Sources::default();
        sources.add("f", "a: \u{1b}[31m\u{202e}b\n".to_owned());
        let diagnostic = Diagnostic::error(Code::Y003, Place::bytes("f", 3..9), say("控制字符", "controls"));
        let shown = diagnostic.render(&[diagnostic.range(&sources)], &sources, Lang::En, false);
        assert!(shown.contains("f:1:4") && !shown.contains(['\u{1b}', '\u{202e}']), "{shown}");
    }

    #[test]
    fn of_a_hostile_line_little_is_shown() {
        let mut sources = Sources::default();
        sources.add("f", format!("title: \"{}\"\n", "长".repeat(10_000)));
        let place = Place::value("f", Path::root().key("title"));
        let diagnostic = Diagnostic::error(Code::Y003, place, say("太长", "too long"));
        let shown = diagnostic.render(&[diagnostic.range(&sources)], &sources, Lang::En, false);
        assert!(shown.contains("f:1:8") && shown.chars().count() < 500, "{shown}");
    }
}
