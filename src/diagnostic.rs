//! What a check reports, and how it is shown: rule code, severity, place, what is wrong, what to do.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::source::{Place, Sources};

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
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is; none only when no file is to blame.
    pub place: Option<Place>,
    /// What is wrong.
    pub message: Say,
    /// What to do about it.
    pub help: Option<Say>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, place: Place, message: Say) -> Self {
        Self { place: Some(place), ..Self::placeless(code, message) }
    }

    /// An error for which no file is to blame.
    pub fn placeless(code: &'static str, message: Say) -> Self {
        Self { code, severity: Severity::Error, place: None, message, help: None }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, place: Place, message: Say) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message) }
    }

    /// With advice.
    pub fn help(mut self, help: Say) -> Self {
        self.help = Some(help);
        self
    }

    /// The bytes of its place.
    pub fn range(&self, sources: &Sources) -> Option<Range<usize>> {
        sources.range(self.place.as_ref()?)
    }

    /// As text for a screen, without a final line break; `range` is its own, which is dear to find.
    pub fn render(&self, range: Option<Range<usize>>, sources: &Sources, lang: Lang, color: bool) -> String {
        let (level, name) = match self.severity {
            Severity::Error => (Level::ERROR, lang.pick("错误", "error")),
            Severity::Warning => (Level::WARNING, lang.pick("警告", "warning")),
        };
        let title = printable(self.message.get(lang));
        let mut group = Group::with_title(level.with_name(name).primary_title(title).id(self.code));
        if let Some(place) = &self.place {
            group = show(group, place, range, sources);
        }
        if let Some(help) = &self.help {
            let level = Level::HELP.with_name(lang.pick("办法", "help"));
            group = group.element(level.message(printable(help.get(lang))));
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        renderer.decor_style(DecorStyle::Ascii).render(&[group])
    }
}

/// Longest line, in bytes, that is shown: a snippet is to be read.
const SHOWN_LINE: usize = 600;

fn show<'a>(
    group: Group<'a>,
    place: &'a Place,
    range: Option<Range<usize>>,
    sources: &'a Sources,
) -> Group<'a> {
    let (Some(text), Some(range)) = (sources.text(&place.file), range) else {
        return group.element(Origin::path(place.file.as_str()));
    };
    // A place that is not in the text is shown at its end.
    let range = text.floor_char_boundary(range.start)..text.floor_char_boundary(range.end);
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.start..].find('\n').map_or(text.len(), |at| range.start + at);
    let (number, column) = sources.line_column(&place.file, range.start).unwrap_or((1, 1));
    let line = text[start..end].trim_end_matches('\r');
    if line.len() > SHOWN_LINE || line.contains(|c: char| c.is_control() && c != '\t') {
        return group.element(Origin::path(place.file.as_str()).line(number).char_column(column));
    }
    let span = range.start - start..range.end.clamp(range.start, range.start.max(start + line.len())) - start;
    group.element(
        Snippet::source(line)
            .line_start(number)
            .path(place.file.as_str())
            .annotation(AnnotationKind::Primary.span(span)),
    )
}

/// The known word that was most likely meant.
pub fn closest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let near = known.map(|known| (strsim::normalized_damerau_levenshtein(word, known), known));
    near.filter(|(score, _)| *score >= 0.5).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
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
        let diagnostic = Diagnostic::error("Y003", place, say("类型不对", "wrong type"))
            .help(say("写成数字", "write a number"));
        let zh = diagnostic.render(diagnostic.range(&sources), &sources, Lang::Zh, false);
        assert_eq!(
            zh,
            "错误[Y003]: 类型不对\n --> report.yaml:2:7\n  |\n2 | year: 二〇二一\n  |       ^^^^^^^^\n  |\n  = 办法: 写成数字"
        );
        let en = diagnostic.render(diagnostic.range(&sources), &sources, Lang::En, false);
        assert!(en.contains("help: write a number"));
    }

    #[test]
    fn a_hostile_line_is_named_but_not_shown() {
        let mut sources = Sources::default();
        sources.add("f", format!("title: \"{}\"\n", "长".repeat(10_000)));
        let place = Place::value("f", Path::root().key("title"));
        let diagnostic = Diagnostic::error("Y003", place, say("太长", "too long"));
        let shown = diagnostic.render(diagnostic.range(&sources), &sources, Lang::En, false);
        assert!(shown.contains("f:1:8") && shown.len() < 200, "{shown}");
    }
}
