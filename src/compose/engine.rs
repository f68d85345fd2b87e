//! Tera, with the functions and filters that a report needs, and its errors as diagnostics.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;

use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::templates::{Template, Templates};
use crate::compute::{Figure, Figures, Query};
use crate::diagnostic::{Code, Diagnostic, Lang, Marks, Say, did_you_mean, say};
use crate::document::number;
use crate::document::parse::FIGURE;
use crate::model::fault::{fault, halves};
use crate::model::todo::{is_mark, mark};
use crate::model::{About, Date, Period, Roster};
use crate::source::{Place, character};

/// Errors reported of one template: each is blanked out to find the next.
const MOST_ERRORS: usize = 50;

pub(super) struct Engine {
    tera: Tera,
    templates: BTreeMap<String, Template>,
}

/// An error of a template.
pub struct Fault {
    /// The template's name, if the error has one.
    name: Option<String>,
    at: Spot,
    /// What is wrong.
    pub message: Say,
    syntax: bool,
}

impl Engine {
    pub(super) fn new(templates: &Templates, figures: &Figures, roster: &Roster) -> Self {
        let mut tera = Tera::new();
        tera.autoescape_on([".md.tera"]);
        tera.set_escape_fn(escape);
        let all = figures.clone();
        tera.register_function("fig", move |kwargs: Kwargs, _: &State| fig(&all, &kwargs));
        type Count = fn(&Figures, &Query) -> Result<Figure, Say>;
        for (name, count) in [("count", Figures::count as Count), ("last_year", Figures::last_year)] {
            let all = figures.clone();
            tera.register_function(name, move |kwargs: Kwargs, _: &State| counted(&all, &kwargs, count));
        }
        let all = figures.clone();
        tera.register_function("share", move |kwargs: Kwargs, _: &State| share(&all, &kwargs));
        tera.register_filter("ordinal", |index: usize, _: Kwargs, _: &State| number::chinese(index));
        tera.register_filter("date", |day: &str, _: Kwargs, _: &State| written(day, Date::chinese));
        tera.register_filter("day", |day: &str, _: Kwargs, _: &State| written(day, Date::chinese_day));
        tera.register_filter("period", |period: Value, _: Kwargs, _: &State| days(&period));
        tera.register_filter("titles", |records: Vec<Value>, _: Kwargs, _: &State| titles(&records));
        let roster = roster.clone();
        tera.register_filter("bodies", move |names: Vec<Value>, _: Kwargs, _: &State| {
            let names: Option<Vec<&str>> = names.iter().map(Value::as_str).collect();
            let names = names
                .ok_or_else(|| refuse(&say("bodies 用于单位的列表", "bodies is for a list of bodies")))?;
            TeraResult::Ok(roster.list(&names))
        });
        let markdown = templates.iter().filter(|(name, _)| name.ends_with(".md.tera"));
        Self { tera, templates: markdown.map(|(name, template)| (name.clone(), template.clone())).collect() }
    }

    /// Read all templates, which refer to each other; what is wrong with one that cannot be read.
    pub(super) fn compile(&mut self) -> Option<Diagnostic> {
        let texts = self.templates.iter().map(|(name, template)| (name.as_str(), template.text.as_str()));
        let error = read_error(&self.tera.add_raw_templates(texts).err()?);
        Some(self.told(&error, "").0)
    }

    /// Render a template of the genre; every error in it at once.
    pub(super) fn render(&mut self, name: &str, context: &Context) -> (String, Vec<Diagnostic>) {
        let mut wrong = Vec::new();
        loop {
            let error = match self.tera.render(name, context) {
                Ok(markdown) => return (if wrong.is_empty() { markdown } else { String::new() }, wrong),
                Err(error) => read_error(&error),
            };
            let (told, range) = self.told(&error, name);
            wrong.push(told);
            let template = self.templates.get_mut(error.name.as_deref().unwrap_or(name));
            let blanked = template.is_some_and(|template| !error.syntax && blank(&mut template.text, &range));
            if !blanked || wrong.len() == MOST_ERRORS {
                return (String::new(), wrong);
            }
            wrong.extend(self.compile());
        }
    }

    /// An error as a diagnostic, with its bytes in its template; `name` is the template's name if the error has none.
    fn told(&self, error: &Fault, name: &str) -> (Diagnostic, Range<usize>) {
        let name = error.name.as_deref().unwrap_or(name);
        let template = self.templates.get(name);
        let range = template.map_or(0..0, |template| error.range(&template.text));
        let place = template
            .map_or_else(|| Place::file(name), |template| Place::bytes(&template.shown, range.clone()));
        (Diagnostic::error(Code::T001, place, error.message.clone()), range)
    }

    /// Render prose; every error in it at once, each with the bytes of the prose that it is about.
    pub(super) fn render_prose(
        &mut self,
        prose: &str,
        context: &Context,
    ) -> Result<String, Vec<(Range<usize>, Say)>> {
        let mut text = prose.to_owned();
        let mut wrong = Vec::new();
        loop {
            let error = match self.tera.render_str(&text, context, true) {
                Ok(markdown) if wrong.is_empty() => return Ok(markdown),
                Ok(_) => return Err(wrong),
                Err(error) => read_error(&error),
            };
            let range = error.range(&text);
            wrong.push((range.clone(), error.message));
            if error.syntax || !blank(&mut text, &range) || wrong.len() == MOST_ERRORS {
                return Err(wrong);
            }
        }
    }
}

/// Overwrite the expression around a range with spaces, so that nothing else moves; false where there is none, as in a
/// `{% %}`, whose other half would then be a fault of its own.
fn blank(text: &mut String, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let start = before.rfind("{{").filter(|start| !before[*start..].contains("}}"));
    let end = text.get(range.start..).and_then(|after| after.find("}}")).map(|at| range.start + at + 2);
    let (Some(start), Some(end)) = (start, end) else { return false };
    text.replace_range(start..end, &" ".repeat(end - start));
    true
}

/// What Tera says, with its place.
pub fn read_error(error: &tera::Error) -> Fault {
    let (report, syntax) = match error.kind() {
        ErrorKind::SyntaxError(report) => (Some(report), true),
        ErrorKind::RenderingError(report) => (Some(report), false),
        _ => (None, true),
    };
    let words = report.map_or_else(|| error.to_string(), |report| report.message().to_owned());
    let words = std::error::Error::source(error).map_or(words, ToString::to_string);
    // Unknown functions and filters come as a drawn report: `error: words`, `--> name:line:column`, the line, a mark.
    let mut lines = words.lines();
    let first = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let drawn = lines.find_map(|line| line.trim_start().strip_prefix("--> ").map(str::to_owned));
    let message = match halves(&words) {
        Some((zh, en)) => say(zh.to_owned(), en.to_owned()),
        None => translated(&first),
    };
    let place = drawn.as_deref().and_then(|place| {
        let mut parts = place.rsplitn(3, ':');
        let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some((parts.next()?.to_owned(), line, column))
    });
    Fault {
        name: report
            .map(|report| report.filename().to_owned())
            .or(place.as_ref().map(|place| place.0.clone())),
        at: match (report, place) {
            (Some(report), _) => Spot::Bytes(report.span().range.clone()),
            (None, Some((_, line, column))) => Spot::LineColumn(line, column),
            (None, None) => Spot::Bytes(0..0),
        },
        message,
        syntax,
    }
}

/// What Tera says most often: how it begins, how it is said in Chinese and in English before the name that it quotes, and after.
const SAID: &[(&str, &str, &str, &str)] = &[
    ("Variable `", "没有名为 ", " 的一项", "there is nothing called"),
    ("Field `", "没有填写 ", "，取不到", "nothing is written under"),
    ("Unknown component `", "没有名为 ", " 的共用部分", "there is no component"),
    ("This function: `", "没有函数 ", "", "there is no function"),
    ("Unknown function `", "没有函数 ", "", "there is no function"),
    ("Unknown filter `", "没有过滤器 ", "", "there is no filter"),
];

/// Tera's own words, which are English and name Rust's types.
fn translated(words: &str) -> Say {
    for (begin, zh, zh_end, en) in SAID {
        let Some((name, rest)) = words.strip_prefix(begin).and_then(|rest| rest.split_once('`')) else {
            continue;
        };
        // What there is follows; of many names the nearest is enough.
        let known = rest.split_once("Available variables: ").map_or("", |(_, list)| list);
        let (near_zh, near_en) = did_you_mean(name, known.split(", "), Marks::Code).after_message();
        return say(format!("{zh}{name}{zh_end}{near_zh}"), format!("{en} `{name}`{near_en}"));
    }
    say(
        format!("模板写法有误（{words}）；函数写成 {{{{ fig(name=\"cases.total\") }}}}，括号和引号用半角"),
        format!(
            "template error: {words}; a function is written {{{{ fig(name=\"cases.total\") }}}}, with ASCII marks"
        ),
    )
}

/// Where an error is: Tera gives bytes, or only draws a line and a column, both from 1.
enum Spot {
    Bytes(Range<usize>),
    LineColumn(usize, usize),
}

impl Fault {
    /// The bytes of the template's text that it is about.
    pub fn range(&self, text: &str) -> Range<usize> {
        match &self.at {
            Spot::Bytes(range) => range.clone(),
            Spot::LineColumn(line, column) => character(text, *line, *column),
        }
    }
}

fn refuse(message: &Say) -> tera::Error {
    tera::Error::message(fault(message.get(Lang::Zh), message.get(Lang::En)))
}

/// `fig(name="cases.total")`: a figure and its unit; `unit=false`: the number alone; `chinese=true`: in Chinese numerals;
/// `digits=1`: of a figure in percent, so many digits after the point.
fn fig(figures: &Figures, kwargs: &Kwargs) -> TeraResult<Value> {
    let (words, form) = arguments(kwargs)?;
    let name = match words.as_slice() {
        [(key, name)] if key == "name" => name.clone(),
        [(first, digits), (second, name)] if first == "digits" && second == "name" => {
            format!("{name}?digits={digits}")
        }
        _ => {
            return Err(refuse(&say(
                "fig() 只写 name（和 unit=false、chinese=true、digits=1），例如 fig(name=\"cases.total\")",
                "fig() takes a name (and unit=false, chinese=true, digits=1): fig(name=\"cases.total\")",
            )));
        }
    };
    let figure = figures.get(&name).map_err(|message| refuse(&message))?;
    link(&figure, form)
}

/// `count(level="省", role="主办")`, `last_year(level="省")`: how many cases there are, or were the year before; `unit=false`:
/// the number alone.
fn counted(
    figures: &Figures,
    kwargs: &Kwargs,
    count: fn(&Figures, &Query) -> Result<Figure, Say>,
) -> TeraResult<Value> {
    let (words, form) = arguments(kwargs)?;
    let query = figures.query(words.iter().map(|(key, word)| (key.as_str(), word.as_str())));
    let figure = query.and_then(|query| count(figures, &query)).map_err(|message| refuse(&message))?;
    link(&figure, form)
}

/// `share(by="kind", kind="政协提案")`: how many of all cases, in percent of all kinds; `digits=1`, `unit=false`.
fn share(figures: &Figures, kwargs: &Kwargs) -> TeraResult<Value> {
    let (mut words, form) = arguments(kwargs)?;
    let mut take = |key: &str| {
        let at = words.iter().position(|word| word.0 == key)?;
        Some(words.remove(at).1)
    };
    let (by, digits) = (take("by").unwrap_or_default(), take("digits"));
    let query = figures.query(words.iter().map(|(key, word)| (key.as_str(), word.as_str())));
    let figure = query.and_then(|query| figures.share(&by, digits.as_deref(), &query));
    link(&figure.map_err(|message| refuse(&message))?, form)
}

/// How a figure is written.
#[derive(Clone, Copy)]
struct Form {
    unit: bool,
    chinese: bool,
}

/// The arguments of a function as words, and the form that is wanted. Tera gives them in no order; names of figures must
/// not depend on it.
fn arguments(kwargs: &Kwargs) -> TeraResult<(Vec<(String, String)>, Form)> {
    let mut form = Form { unit: true, chinese: false };
    let mut words = Vec::new();
    for (key, value) in kwargs.iter() {
        let key = key.as_str().unwrap_or_default();
        let flag = match key {
            "unit" => &mut form.unit,
            "chinese" => &mut form.chinese,
            _ => {
                words.push((key.to_owned(), value.to_string()));
                continue;
            }
        };
        *flag = value.as_bool().ok_or_else(|| {
            refuse(&say(format!("{key} 只能是 true 或 false"), format!("`{key}` is true or false")))
        })?;
    }
    words.sort();
    Ok((words, form))
}

/// A figure as the link that carries its name through every step.
fn link(figure: &Figure, form: Form) -> TeraResult<Value> {
    let value = match (figure.is_todo(), form) {
        // A cell has no room for words.
        (true, Form { unit: false, .. }) => mark(""),
        (true, _) | (false, Form { chinese: false, .. }) => figure.value.clone(),
        (false, _) => numeral(&figure.value)?,
    };
    let [before, between, after] = figure.origin.about.map_or([""; 3], About::around);
    let mut out = format!("{before}[{value}]({FIGURE}{}){between}", figure.name);
    if form.unit && !is_mark(&figure.unit) {
        let mut escaped = Vec::new();
        // Writing to memory cannot fail.
        _ = escape(&figure.unit, &mut escaped);
        out.push_str(&String::from_utf8_lossy(&escaped));
    }
    out.push_str(after);
    Ok(Value::safe_string(&out))
}

fn numeral(value: &str) -> TeraResult<String> {
    value.parse().map(number::cardinal).map_err(|_| {
        let en = format!("{value} is no whole number to write in Chinese numerals");
        refuse(&say(format!("{value} 不是整数，不能写成汉字"), en))
    })
}

/// `《甲》《乙》`, of records that have a title.
fn titles(records: &[Value]) -> TeraResult<String> {
    let title = |record: &Value| {
        let title = record.as_map().and_then(|record| record.get(&"title".into())?.as_str());
        title.map(|title| format!("《{title}》")).ok_or_else(|| {
            refuse(&say(
                "titles 用于有标题的各项，如 recommendations",
                "titles is for records that have a title, such as recommendations",
            ))
        })
    };
    records.iter().map(title).collect()
}

/// The days from `from` to `until` of a record, as [`Period`] writes them.
fn days(record: &Value) -> TeraResult<String> {
    let day = |key: &'static str| Date::parse(record.as_map()?.get(&key.into())?.as_str()?);
    let until = day("until").ok_or_else(|| {
        refuse(&say(
            "period 要有 until 的一项，如 phases 中的一项",
            "period is for a record with `until`, such as a phase",
        ))
    })?;
    Ok(Period { from: day("from"), until }.chinese())
}

fn written(day: &str, form: fn(Date) -> String) -> TeraResult<String> {
    Date::parse(day)
        .map(form)
        .ok_or_else(|| refuse(&say(format!("“{day}”不是日期"), format!("\"{day}\" is not a date"))))
}

/// A backslash makes any ASCII punctuation a plain character in Markdown; nothing else in a text can be markup.
fn escape(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.write_all(b"\\")?;
        }
        write!(out, "{c}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A template for each row of `SAID`: Tera's own words still begin as the row says.
    #[test]
    fn tera_still_says_what_the_rows_know() {
        for (template, expected) in [
            ("{{ nothing }}", "there is nothing called `nothing`"),
            ("{{ record.nothing }}", "nothing is written under `nothing`"),
            ("{{<nothing/>}}", "there is no component `nothing`"),
            ("{{ nothing() }}", "there is no function `nothing`"),
            ("{{ record | nothing }}", "there is no filter `nothing`"),
        ] {
            let mut tera = Tera::new();
            let mut context = Context::new();
            context.insert_value("record", Value::from(tera::Map::default()));
            let error = match tera.add_raw_templates([("t", template)]) {
                Err(error) => error,
                Ok(()) => tera.render("t", &context).unwrap_err(),
            };
            let said = read_error(&error).message;
            assert!(said.get(Lang::En).starts_with(expected), "{template}: {}", said.get(Lang::En));
        }
    }
}
