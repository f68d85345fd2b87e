//! The office's own prose: every piece is a template and Markdown, and every fault in it has its place in the YAML.

use std::ops::Range;

use tera::{Context, Map, Value};

use super::context::{facts, fill};
use super::engine::Engine;
use crate::diagnostic::{Diagnostic, Say, closest, say};
use crate::document::parse::{is_han, prose_faults};
use crate::model::{Genre, Report};
use crate::source::{Path, Place, Spot, Step};

/// A report's facts with all its prose as safe Markdown, its genre's phrases among them as `wording`. With the report and the
/// genre comes the name under which the file of each is shown.
pub(super) fn render(
    (report, file): (&Report, &str),
    genre: Option<(&Genre, &str)>,
    context: &Context,
    engine: &mut Engine,
    wrong: &mut Vec<Diagnostic>,
) -> Map {
    let mut writer = Writer { file, engine, context, wrong };
    let mut facts = facts(report, &mut |prose, at| writer.write(prose, at));
    let Some((genre, genre_file)) = genre else { return facts };
    writer.unknown_phrases(report, genre);
    writer.file = genre_file;
    let root = Path::root().key("wording");
    let mut wording = facts.remove(&"wording".into()).and_then(Value::into_map).unwrap_or_default();
    for (name, phrase) in genre.wording.iter().filter(|(name, _)| !report.wording.contains_key(*name)) {
        let phrase = Value::from_serializable(phrase);
        let name = name.to_string();
        let at = root.key(name.as_str());
        wording.insert(name.into(), fill(&phrase, at, &mut |prose, at| writer.write(prose, at)));
    }
    facts.insert("wording".into(), wording.into());
    facts
}

struct Writer<'a> {
    /// The file that the prose stands in.
    file: &'a str,
    engine: &'a mut Engine,
    context: &'a Context,
    wrong: &'a mut Vec<Diagnostic>,
}

impl Writer<'_> {
    /// Phrases that the report replaces and the genre does not have.
    fn unknown_phrases(&mut self, report: &Report, genre: &Genre) {
        let known: Vec<String> = genre.wording.keys().map(ToString::to_string).collect();
        for name in report.wording.keys().map(ToString::to_string).filter(|name| !known.contains(name)) {
            let near = closest(&name, known.iter().map(String::as_str));
            let message = say(
                format!("文种 {} 没有名为 {name} 的措辞", report.genre),
                format!("the genre {} has no phrase `{name}`", report.genre),
            );
            let (zh, en) = (known.join("、"), known.join(", "));
            let (near_zh, near_en) = near.map_or_else(Default::default, |near| {
                (format!("是不是 {near}？"), format!("did you mean `{near}`? "))
            });
            let help = say(format!("{near_zh}可以写：{zh}"), format!("{near_en}Known: {en}"));
            let place = Place::key(self.file, Path::root().key("wording").key(name));
            self.wrong.push(Diagnostic::error("Y002", place, message).help(help));
        }
    }

    fn write(&mut self, prose: &str, at: Path) -> Value {
        if let Some(Step::Key(key)) = at.steps().last()
            && ["heading", "title"].contains(&key.as_str())
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

/// The filters that prose may use; others could make much of little.
const FILTERS: &[&str] = &["date", "day", "period", "ordinal", "titles", "bodies", "length", "default"];

/// What prose may not hold: blocks of template code and loops, which could run for ever; figure links typed by hand; and a function
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
    let braces = text.match_indices("{{").map(|(at, _)| (at, &text[at..]));
    for (at, code) in braces.map(|(at, rest)| (at, rest.split("}}").next().unwrap_or_default())) {
        let refused =
            |found: usize, zh: String, en: String| Some((at + found..at + code.len(), ("T001", say(zh, en))));
        // What repeats could go on for ever.
        if let Some(found) = ["range(", " for "].iter().find_map(|words| code.find(words)) {
            return refused(found, "正文里不能用循环".to_owned(), "prose may not repeat anything".to_owned());
        }
        for (bar, _) in code.match_indices('|') {
            let rest = code[bar + 1..].trim_start();
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !FILTERS.contains(&name.as_str()) {
                let list = FILTERS.join(", ");
                let en = format!("prose has no filter `{name}` (known: {list})");
                return refused(bar, format!("正文里没有 | {name}，可以用：{list}"), en);
            }
        }
    }
    for function in ["fig(", "count(", "last_year("] {
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
