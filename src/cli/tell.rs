//! Shows diagnostics: as text during the run, or all at its end as JSON or SARIF, for editors and CI.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::ops::Range;

use serde_json::{Value, json};

use super::{Status, complain, complain_painted, print};
use crate::diagnostic::{Code, Diagnostic, Lang, RULES, Rule, Severity, say};
use crate::source::{Place, Sources};
use crate::world::World;

/// The most diagnostics that are shown of a report as text: finding a place in a large file takes time.
const MOST_TOLD: usize = 100;

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Each with its line, on standard error.
    Text,
    /// One object on standard output.
    Json,
    /// SARIF 2.1.0 on standard output.
    Sarif,
}

impl Style {
    /// Every style by its name on the command line.
    pub(super) const ALL: &[(&str, Style)] =
        &[("text", Style::Text), ("json", Style::Json), ("sarif", Style::Sarif)];
}

/// Shows diagnostics and counts them.
pub(super) struct Teller {
    lang: Lang,
    color: bool,
    style: Style,
    /// Findings are shown by rule and place alone: their words may have withheld words of the data in them.
    without_words: bool,
    /// The diagnostics that are printed at the end of the run, as JSON or SARIF.
    rows: Vec<Row>,
    errors: usize,
    warnings: usize,
    /// How many of the warnings are open todos (Y008).
    todos: usize,
}

/// A diagnostic with its place found.
struct Row {
    diagnostic: Diagnostic,
    /// Of each of its places, where it is.
    regions: Vec<Option<Region>>,
}

/// Where a place is.
enum Region {
    /// The first line and column and the last, from 1; the last column is the one after.
    Lines([(usize, usize); 2]),
    /// A cell of a spreadsheet.
    Cell(String),
}

/// A finding on two lines: its rule, and its place.
fn short(diagnostic: &Diagnostic, start: Option<usize>, sources: &Sources, lang: Lang) -> String {
    let head =
        format!("{}[{}]: {}", diagnostic.severity.word(lang), diagnostic.code, diagnostic.message.get(lang));
    let Some(place) = &diagnostic.place else { return head };
    let spot = start.and_then(|start| sources.line_column(&place.file, start));
    let spot = spot.map_or(String::new(), |(line, column)| format!(":{line}:{column}"));
    format!("{head}\n  --> {}{spot}", place.file)
}

impl Teller {
    pub(super) fn new(world: &dyn World, lang: Lang, style: Style) -> Self {
        let color = std::io::stderr().is_terminal() && world.variable("NO_COLOR").is_none();
        Self { lang, color, style, without_words: false, rows: Vec::new(), errors: 0, warnings: 0, todos: 0 }
    }

    /// The same for the public, if it is: no words of the data are shown.
    pub(super) fn without_words(self, is_public: bool) -> Self {
        Self { without_words: is_public, ..self }
    }

    /// Whether diagnostics are shown as text.
    pub(super) fn is_text(&self) -> bool {
        self.style == Style::Text
    }

    /// Shows diagnostics, file by file, and in each file from top to bottom. Returns the number of errors among them.
    pub(super) fn tell(&mut self, mut diagnostics: Vec<Diagnostic>, sources: &Sources) -> usize {
        let count = diagnostics.len();
        let errors = diagnostics.iter().filter(|told| told.severity == Severity::Error).count();
        self.errors += errors;
        self.todos += diagnostics.iter().filter(|told| told.code == Code::Y008).count();
        self.warnings += count - errors;
        let most = if self.is_text() { MOST_TOLD } else { usize::MAX };
        let hidden = if count > most { hide(&mut diagnostics, most) } else { BTreeMap::new() };
        let mut files: Vec<Option<String>> = Vec::new();
        let mut placed = Vec::new();
        let told = &diagnostics[..count.min(most)];
        let mut ranges = sources.ranges(told.iter().flat_map(|told| told.places())).into_iter();
        diagnostics.truncate(most);
        for diagnostic in diagnostics {
            let own: Vec<_> = ranges.by_ref().take(1 + diagnostic.also.len()).collect();
            let file = diagnostic.place.as_ref().map(|place| place.file.clone());
            let rank = files.iter().position(|known| *known == file).unwrap_or_else(|| {
                files.push(file);
                files.len() - 1
            });
            placed.push((rank, own, diagnostic));
        }
        placed
            .sort_by_key(|(rank, own, _)| (*rank, own.first().and_then(|range| Some(range.as_ref()?.start))));
        for (_, own, diagnostic) in placed {
            let diagnostic = if self.without_words { diagnostic.without_words() } else { diagnostic };
            if self.is_text() && self.without_words {
                let start = own.first().and_then(|range| Some(range.as_ref()?.start));
                complain(&format!("{}\n", short(&diagnostic, start, sources, self.lang)));
            } else if self.is_text() {
                let shown = diagnostic.render(&own, sources, self.lang, self.color);
                let write = if self.color { complain_painted } else { complain };
                write(&format!("{shown}\n"));
            } else {
                let places = diagnostic.places().zip(own);
                let regions = places.map(|(place, range)| region(place, range, sources)).collect();
                self.rows.push(Row { diagnostic, regions });
            }
        }
        if !hidden.is_empty() {
            let rest = count - most;
            let by_rule: Vec<String> = hidden.iter().map(|(code, count)| format!("{code} {count}")).collect();
            let (zh, en) = (by_rule.join("、"), by_rule.join(", "));
            let say =
                say(format!("还有 {rest} 处没有列出：{zh}"), format!("{rest} more are not shown: {en}"));
            complain(say.get(self.lang));
        }
        errors
    }

    /// Prints the last line of a run, or all its diagnostics as JSON or SARIF, and returns its status. With `unwritten`
    /// the line says that reports with errors were not written.
    pub(super) fn end(self, unwritten: bool) -> Status {
        match self.style {
            Style::Text => self.sum(unwritten),
            Style::Json => print(&pretty(&self.json())),
            Style::Sarif => print(&pretty(&self.sarif())),
        }
        if self.errors == 0 { Status::Clean } else { Status::Errors }
    }

    fn sum(&self, unwritten: bool) {
        let (errors, warnings) = (self.errors, self.warnings);
        if errors + warnings == 0 {
            return;
        }
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        if errors > 0 {
            zh.push(format!("{errors} 个错误"));
            en.push(format!("{errors} error{}", plural(errors)));
        }
        if warnings > 0 {
            let (todo_zh, todo_en) = match self.todos {
                0 => Default::default(),
                todos => (format!("（其中 {todos} 处待核实）"), format!(" ({todos} still to be found out)")),
            };
            zh.push(format!("{warnings} 处警告{todo_zh}"));
            en.push(format!("{warnings} warning{}{todo_en}", plural(warnings)));
        }
        let (zh_end, en_end) = match unwritten && errors > 0 {
            true => ("，未写出有错误的报告", "; reports with errors were not written"),
            false => ("", ""),
        };
        let zh = format!("共有 {}{zh_end}", zh.join("、"));
        complain(say(zh, format!("{}{en_end}", en.join(", "))).get(self.lang));
    }

    /// `{ "diagnostics": […], "errors": 1, "warnings": 0 }`; docs/diagnostics.md describes it.
    fn json(&self) -> Value {
        let row = |row: &Row| {
            let told = &row.diagnostic;
            let mut value = json!({
                "code": told.code.as_str(),
                "severity": severity(told.severity),
                "message": told.message.get(self.lang),
                "help": told.help.as_ref().map(|help| help.get(self.lang)),
                "file": told.place.as_ref().map(|place| &place.file),
            });
            place_in(&mut value, row.regions.first());
            let also = told.also.iter().zip(row.regions.iter().skip(1)).map(|(also, region)| {
                let mut value = json!({ "label": also.label.get(self.lang), "file": also.place.file });
                place_in(&mut value, Some(region));
                value
            });
            let also: Vec<Value> = also.collect();
            if !also.is_empty() {
                value["also"] = also.into();
            }
            value
        };
        let rows: Vec<Value> = self.rows.iter().map(row).collect();
        json!({ "diagnostics": rows, "errors": self.errors, "warnings": self.warnings })
    }

    /// SARIF 2.1.0 (OASIS): one run, with the rules that fired.
    fn sarif(&self) -> Value {
        let fired = RULES.iter().filter(|rule| self.rows.iter().any(|row| row.diagnostic.code == rule.code));
        let rule = |rule: &Rule| {
            let (zh, en) = rule.label;
            json!({
                "id": rule.code.as_str(),
                "shortDescription": { "text": self.lang.pick(zh, en) },
                "defaultConfiguration": { "level": severity(rule.severity) },
            })
        };
        let result = |row: &Row| {
            let told = &row.diagnostic;
            let help = told.help.as_ref().map_or(String::new(), |help| format!("\n{}", help.get(self.lang)));
            let mut value = json!({
                "ruleId": told.code.as_str(),
                "level": severity(told.severity),
                "message": { "text": format!("{}{help}", told.message.get(self.lang)) },
            });
            if let Some(place) = &told.place {
                value["locations"] = json!([located(place, row.regions.first())]);
            }
            let related = told.also.iter().zip(row.regions.iter().skip(1)).map(|(also, region)| {
                let mut value = located(&also.place, Some(region));
                value["message"] = json!({ "text": also.label.get(self.lang) });
                value
            });
            let related: Vec<Value> = related.collect();
            if !related.is_empty() {
                value["relatedLocations"] = related.into();
            }
            value
        };
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "banjie",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": fired.map(rule).collect::<Vec<_>>(),
                } },
                "columnKind": "unicodeCodePoints",
                "results": self.rows.iter().map(result).collect::<Vec<_>>(),
            }],
        })
    }
}

/// Adds a region to an object of [`Teller::json`].
fn place_in(value: &mut Value, region: Option<&Option<Region>>) {
    match region {
        Some(Some(Region::Lines([(line, column), (end_line, end_column)]))) => {
            value["line"] = (*line).into();
            value["column"] = (*column).into();
            value["end_line"] = (*end_line).into();
            value["end_column"] = (*end_column).into();
        }
        Some(Some(Region::Cell(name))) => value["cell"] = name.as_str().into(),
        _ => {}
    }
}

/// A `physicalLocation` of SARIF.
fn location(place: &Place, region: Option<&Option<Region>>) -> Value {
    let mut location = json!({ "artifactLocation": { "uri": uri(&place.file) } });
    if let Some(Some(Region::Lines([(line, column), (end_line, end_column)]))) = region {
        location["region"] = json!({
            "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
        });
    }
    location
}

/// A `location` of SARIF: a cell of a spreadsheet has no line, but a name.
fn located(place: &Place, region: Option<&Option<Region>>) -> Value {
    let mut value = json!({ "physicalLocation": location(place, region) });
    if let Some(Some(Region::Cell(name))) = region {
        value["logicalLocations"] = json!([{ "fullyQualifiedName": name }]);
    }
    value
}

/// Put first what is shown where not all can be: at least one finding of every rule, of the rarest first, then errors,
/// then warnings. Returns how many of each rule are left out.
fn hide(diagnostics: &mut Vec<Diagnostic>, most: usize) -> BTreeMap<Code, usize> {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    diagnostics.iter().for_each(|told| *counts.entry(told.code).or_default() += 1);
    let mut seen = BTreeSet::new();
    diagnostics.sort_by_key(|told| told.severity);
    let mut rank = |told: &Diagnostic| match seen.insert(told.code) {
        true => (false, counts[&told.code]),
        false => (true, 0),
    };
    let mut ranked: Vec<_> = diagnostics.drain(..).map(|told| (rank(&told), told)).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    diagnostics.extend(ranked.into_iter().map(|(_, told)| told));
    let mut hidden: BTreeMap<Code, usize> = BTreeMap::new();
    diagnostics[most..].iter().for_each(|told| *hidden.entry(told.code).or_default() += 1);
    hidden
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// A path as the reference of a URI: what is not plain ASCII is written as its bytes (RFC 3986).
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn region(place: Option<&Place>, range: Option<Range<usize>>, sources: &Sources) -> Option<Region> {
    if let Some(cell) = sources.cell(place?, range.as_ref()) {
        return Some(Region::Cell(cell.name));
    }
    let (file, range) = (&place?.file, range?);
    let lines = [sources.line_column(file, range.start)?, sources.line_column(file, range.end)?];
    Some(Region::Lines(lines))
}
