//! The office's own prose: every piece is a template and Markdown, and every fault in it has its place in the YAML.

use std::ops::Range;

use tera::{Context, Map, Value};

use super::engine::Engine;
use crate::diagnostic::{Diagnostic, Say, say};
use crate::document::parse::{is_han, prose_faults};
use crate::model::report::Item;
use crate::model::{Prose, Report};
use crate::source::{Path, Place, Spot};

/// All prose of a report as safe Markdown, in the shape that templates see.
pub(super) fn render(report: &Report, file: &str, engine: &mut Engine, wrong: &mut Vec<Diagnostic>) -> Map {
    let mut context = Context::new();
    context.insert("year", &report.year);
    let mut writer = Writer { file, engine, context, wrong };
    let root = Path::root();
    let practice = &report.disclosure;
    let at = root.key("disclosure");
    let disclosure = [("rule", &practice.rule), ("review", &practice.review), ("consent", &practice.consent)];
    let disclosure: Vec<_> =
        disclosure.iter().map(|(key, prose)| (*key, writer.write(prose, at.key(*key)))).collect();
    let results = root.key("results");
    let fields = vec![
        ("preamble", writer.maybe(report.results.preamble.as_ref(), results.key("preamble"))),
        ("fields", writer.items(&report.results.fields, &results.key("fields"))),
    ];
    map([
        ("preamble", writer.write(&report.preamble, root.key("preamble"))),
        ("overview", writer.maybe(report.overview.as_ref(), root.key("overview"))),
        ("ledger_note", writer.maybe(report.ledger_note.as_ref(), root.key("ledger_note"))),
        ("disclosure", map(disclosure).into()),
        ("practices", writer.items(&report.practices, &root.key("practices"))),
        ("results", map(fields).into()),
        ("next_steps", writer.write(&report.next_steps, root.key("next_steps"))),
    ])
}

pub(super) fn map(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> Map {
    pairs.into_iter().map(|(key, value)| (key.into(), value)).collect()
}

struct Writer<'a> {
    file: &'a str,
    engine: &'a mut Engine,
    context: Context,
    wrong: &'a mut Vec<Diagnostic>,
}

impl Writer<'_> {
    fn items(&mut self, items: &[Item], at: &Path) -> Value {
        let item = |(index, item): (usize, &Item)| {
            let at = at.index(index);
            self.refuse_number(&item.heading, &at.key("heading"));
            let heading = self.write(&item.heading, at.key("heading"));
            Value::from(map([("heading", heading), ("body", self.write(&item.body, at.key("body")))]))
        };
        items.iter().enumerate().map(item).collect::<Vec<_>>().into()
    }

    fn maybe(&mut self, prose: Option<&Prose>, at: Path) -> Value {
        prose.map_or_else(Value::none, |prose| self.write(prose, at))
    }

    fn write(&mut self, prose: &Prose, at: Path) -> Value {
        let text = unfold(prose);
        if let Some((range, diagnosis)) = forbidden(&text) {
            let place = self.within(&at, &text, range);
            self.wrong.push(Diagnostic::error(diagnosis.0, place, diagnosis.1));
            return Value::none();
        }
        let markdown = match self.engine.render_prose(&text, &self.context) {
            Ok(markdown) => markdown,
            Err(faults) => {
                for (range, message) in faults {
                    let place = self.within(&at, &text, range);
                    self.wrong.push(Diagnostic::error("T001", place, message));
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
            self.wrong.push(Diagnostic::error("T002", place, fault.message).help(help));
        }
        Value::safe_string(&markdown)
    }

    /// Numbers are made from the order of the headings; a typed one would stand twice.
    fn refuse_number(&mut self, heading: &str, at: &Path) {
        let digits = |c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit();
        let bracket = heading.trim_start_matches(['（', '(']);
        let rest = bracket.trim_start_matches(digits);
        let typed = rest.len() < bracket.len() && rest.starts_with(['）', ')', '、', '.', '．', '是']);
        if typed {
            let message =
                say("标题里不要写序号，序号由程序生成", "no number in a heading: it is made from the order");
            self.wrong.push(Diagnostic::error("T004", Place::value(self.file, at.clone()), message));
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

/// What prose may not hold: blocks of template code, which could run for ever; figure links typed by hand; and a function
/// outside its braces, which would be printed as it stands.
fn forbidden(text: &str) -> Option<(Range<usize>, (&'static str, Say))> {
    let find = |words: &str| text.find(words).map(|at| at..at + words.len());
    if let Some(range) = find("{%") {
        return Some((
            range,
            ("T001", say("正文里只能用 {{ … }}，不能用 {% … %}", "prose may use {{ … }} but not {% … %}")),
        ));
    }
    if let Some(range) = find("](figure:") {
        let message = say(
            "不要手写数据链接，用 {{ fig(name=\"…\") }} 取数",
            "do not type figure links: ask with {{ fig(name=\"…\") }}",
        );
        return Some((range, ("F001", message)));
    }
    for function in ["fig(", "count("] {
        for (at, _) in text.match_indices(function) {
            let open = text[..at].rfind("{{").is_some_and(|start| !text[start..at].contains("}}"));
            if !open {
                let message =
                    say("函数要写在两对花括号里：{{ … }}", "a function stands in double braces: {{ … }}");
                return Some((at..at + function.len(), ("T001", message)));
            }
        }
    }
    None
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
        let joins_left = |before: Option<char>| before.is_some_and(|c| is_han(c) || c == '}');
        let joins_right = |after: Option<&char>| after.is_some_and(|&c| is_han(c) || c == '{');
        let between = c == ' ' && braces == 0 && joins_left(out.chars().last()) && joins_right(chars.peek());
        if !between {
            out.push(c);
        }
    }
    out
}
