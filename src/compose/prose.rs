//! The office's own prose: every piece is a template and Markdown, and every fault in it has its place in the YAML.

use std::ops::Range;

use tera::{Context, Map, Value};

use super::context::{facts, fill};
use super::engine::Engine;
use super::guard::forbidden;
use crate::diagnostic::{Code, Diagnostic, Marks, did_you_mean, say};
use crate::document::han::is_wide;
use crate::document::number::is_numbered;
use crate::document::parse::prose_faults;
use crate::model::{Dataset, Edition, Genre, Name, Report};
use crate::source::{Path, Place, Spot, Step};

/// A report's facts with all its prose as safe Markdown, its genre's phrases among them as `wording`; and what is wrong with the
/// prose. With the genre comes the name under which its file is shown.
pub(super) fn render(
    dataset: &Dataset,
    genre: Option<(&Genre, &str)>,
    edition: Edition,
    context: &Context,
    engine: &mut Engine,
) -> (Map, Vec<Diagnostic>) {
    let report = &dataset.report;
    let mut writer = Writer { file: &dataset.files.report, engine, context, wrong: Vec::new() };
    let mut facts = facts(report, edition, &mut |prose, at| Some(writer.write(prose, at)));
    if let Some((genre, genre_file)) = genre {
        writer.unsound_phrases(report, genre);
        writer.file = genre_file;
        let own = facts.remove(&"wording".into()).and_then(Value::into_map).unwrap_or_default();
        facts.insert("wording".into(), writer.phrases(own, report, genre, edition).into());
    }
    (facts, writer.wrong)
}

struct Writer<'a> {
    /// The file that the prose stands in.
    file: &'a str,
    engine: &'a mut Engine,
    context: &'a Context,
    wrong: Vec<Diagnostic>,
}

impl Writer<'_> {
    /// The report's own phrases, and those of the genre that it does not replace.
    fn phrases(&mut self, mut own: Map, report: &Report, genre: &Genre, edition: Edition) -> Map {
        let root = Path::root().key("wording");
        for (name, phrase) in genre.wording.iter().filter(|(name, _)| !report.wording.contains_key(*name)) {
            let phrase = Value::from_serializable(phrase);
            let name = name.to_string();
            let at = root.key(name.as_str());
            let filled = fill(&phrase, at, edition, &mut |prose, at| Some(self.write(prose, at)));
            own.insert(name.into(), filled.into());
        }
        own
    }

    /// Phrases that the report replaces and the genre does not have, and headings that it would leave empty.
    fn unsound_phrases(&mut self, report: &Report, genre: &Genre) {
        let at = |name: &Name| Path::root().key("wording").key(name.to_string());
        let heads = |name: &Name| ["_heading", "_title"].iter().any(|end| name.to_string().ends_with(end));
        for (name, _) in report.wording.iter().filter(|(name, phrase)| phrase.0.is_none() && heads(name)) {
            let message = say("这是标题，不能留空", "this is a heading and cannot be left out");
            self.wrong.push(Diagnostic::error(Code::Y003, Place::value(self.file, at(name)), message));
        }
        let known: Vec<String> = genre.wording.keys().map(ToString::to_string).collect();
        for name in report.wording.keys().map(ToString::to_string).filter(|name| !known.contains(name)) {
            let message = say(
                format!("文种 {} 没有名为 {name} 的措辞", report.genre),
                format!("the genre {} has no phrase `{name}`", report.genre),
            );
            let (zh, en) = (known.join("、"), known.join(", "));
            let near = did_you_mean(&name, known.iter().map(String::as_str), Marks::Code);
            let (near_zh, near_en) = near.before_help();
            let help = say(format!("{near_zh}可以写：{zh}"), format!("{near_en}Known: {en}"));
            let place = Place::key(self.file, Path::root().key("wording").key(name));
            self.wrong.push(Diagnostic::error(Code::Y002, place, message).help(help));
        }
    }

    fn write(&mut self, prose: &str, at: Path) -> Value {
        if let Some(Step::Key(key)) = at.steps().last()
            && ["heading", "title", "name"].iter().any(|word| key.ends_with(word))
        {
            self.refuse_number(prose, &at);
        }
        let text = unfold(prose);
        if let Some((range, diagnosis)) = forbidden(&text) {
            let place = self.within(&at, &text, range);
            self.wrong.push(Diagnostic::error(diagnosis.0, place, diagnosis.1));
            return Value::none();
        }
        let markdown = match self.engine.render_prose(&text, self.context) {
            Ok(markdown) => markdown,
            Err(faults) => {
                for (range, message) in faults {
                    let place = self.within(&at, &text, range);
                    self.wrong.push(Diagnostic::error(Code::T001, place, message));
                }
                return Value::none();
            }
        };
        for fault in prose_faults(&markdown) {
            // What a template function wrote is not found in the prose; then the whole of it is shown.
            let found = text.find(&fault.words).map(|start| start..start + fault.words.len());
            let place = match found {
                Some(range) => self.within(&at, &text, range),
                None => Place::value(self.file, at.clone()),
            };
            let help = say(
                "正文只用文字、**强调**、表格和图；要印出行首的 - # > 就在前面加 \\，要印出 1. 就写 1\\.",
                "prose is text, **stress**, tables and charts; to print - # > at the start of a line put a \\ before it, for 1. write 1\\.",
            );
            self.wrong.push(Diagnostic::error(Code::T002, place, fault.message).help(help));
        }
        if markdown.chars().count() > LONGEST {
            let (zh, en) = (
                format!("这段文字展开以后超过 {LONGEST} 个字符"),
                format!("this prose grows to more than {LONGEST} characters"),
            );
            self.wrong.push(Diagnostic::error(Code::T001, Place::value(self.file, at), say(zh, en)));
            return Value::none();
        }
        Value::safe_string(&apart(markdown))
    }

    /// Numbers are made from the order of the headings; a typed one would stand twice.
    fn refuse_number(&mut self, heading: &str, at: &Path) {
        if is_numbered(heading) {
            let message =
                say("标题里不要写序号，序号由程序生成", "no number in a heading: it is made from the order");
            self.wrong.push(Diagnostic::error(Code::T004, Place::value(self.file, at.clone()), message));
        }
    }

    /// The place of some bytes of a prose text.
    fn within(&self, at: &Path, text: &str, range: Range<usize>) -> Place {
        let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let start = visible(text.get(..range.start).unwrap_or_default());
        let length = visible(text.get(range).unwrap_or_default());
        Place { file: self.file.to_owned(), spot: Spot::Within(at.clone(), start..start + length.max(1)) }
    }
}

/// Of rendered prose, in characters: five times what may be written.
const LONGEST: usize = 100_000;

/// A table or a chart at an end of some prose stands apart from what the template puts beside it: a row would take it for
/// more cells.
fn apart(markdown: String) -> String {
    let set_apart = |line: Option<&str>| line.is_some_and(|line| line.starts_with(['|', '!']));
    let mut lines = markdown.trim().lines();
    let (first, last) = (set_apart(lines.next()), set_apart(markdown.trim().lines().last()));
    match (first, last) {
        (false, false) => markdown,
        (first, _) => format!("{}{}\n\n", if first { "\n\n" } else { "" }, markdown.trim()),
    }
}

/// A folded YAML scalar joins lines with spaces; between Han characters there are none.
fn unfold(prose: &str) -> String {
    let mut out = String::with_capacity(prose.len());
    let mut chars = prose.chars().peekable();
    let mut braces = 0usize;
    while let Some(c) = chars.next() {
        // Words between braces are the template's.
        match c {
            '{' => braces += 1,
            '}' => braces = braces.saturating_sub(1),
            _ => {}
        }
        let joins_left = |before: Option<char>| before.is_some_and(|c| is_wide(c) || c == '}');
        let joins_right = |after: Option<&char>| after.is_some_and(|&c| is_wide(c) || c == '{');
        let between = c == ' ' && braces == 0 && joins_left(out.chars().last()) && joins_right(chars.peek());
        if !between {
            out.push(c);
        }
    }
    out
}
