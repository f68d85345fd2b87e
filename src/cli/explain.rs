//! `banjie explain`: where figures come from, what went into them, and where they stand in the text.

use std::path::Path;

use serde::Serialize;

use super::{Job, Status, print};
use crate::check::leak::Secrets;
use crate::compute::{Figure, Input, Made};
use crate::diagnostic::{Code, Lang, Say, say};
use crate::document::appearance::{Appearance, appearances};
use crate::make::{Exit, Ready, leaks};
use crate::model::profile::Method;
use crate::model::{Case, Edition, WITHHELD};
use crate::source::{self, Place, Sources};

/// How many places of each figure are shown in a list.
const MOST_PLACES: usize = 3;

/// Explain the figure that is named, those that print as a number, or all in the text. An error says why there is no
/// figure.
pub(super) fn explain(
    mut job: Job,
    figure: Option<&str>,
    at: Option<&str>,
    json: bool,
) -> Result<Status, Say> {
    let Some((folder, report)) = job.reports.first().cloned() else { return Ok(Status::Clean) };
    let mut wrong = Vec::new();
    let ready = job.with_maker(&folder, |maker, sources| maker.ready(&folder, sources, &mut wrong));
    // Open todos are reported by `check`.
    wrong.retain(|told| told.code != Code::Y008);
    job.teller.tell(wrong, &job.sources);
    let Some(ready) = ready else { return Ok(job.teller.end(false)) };
    let places = appearances(&ready.document);
    let explained = match figure {
        Some(name) => {
            let figure = ready.figures.of(job.edition).get(name)?;
            let same = places.iter().filter(|place| is_same(&figure, place, &ready));
            let mut entry = Entry::new(&figure, same);
            entry.cases = cases(&figure, &ready, &job.sources, job.edition);
            vec![entry]
        }
        None => in_text(&ready, &places, at)?,
    };
    let whole = figure.is_some() || at.is_some();
    let text = match json {
        true => serde_json::to_string_pretty(&Explained { report: &report, figures: explained })
            .map_err(|error| say(format!("写不成 JSON：{error}"), format!("cannot write JSON: {error}")))?,
        false => {
            let entry = |entry: &Entry| entry.text(job.lang, if whole { usize::MAX } else { MOST_PLACES });
            explained.iter().map(entry).collect::<Vec<_>>().join("\n")
        }
    };
    if job.edition == Edition::Public {
        let exit = if json { Exit::Json } else { Exit::Text };
        let secrets = Secrets::new(&ready.dataset, &ready.used);
        let found = leaks(&secrets, exit, Path::new("explain"), text.as_bytes());
        if !found.is_empty() {
            job.teller.tell(found, &job.sources);
            return Ok(job.teller.end(false));
        }
    }
    print(text.trim_end());
    Ok(Status::Clean)
}

/// Whether a place shows the same figure, if by another name: `cases.lead` counts what `cases?role=lead` counts.
fn is_same(figure: &Figure, place: &Appearance, ready: &Ready) -> bool {
    let counts_same =
        |used: &Figure| matches!(used.origin.made, Made::Cases(_)) && used.origin.made == figure.origin.made;
    place.name == figure.name || ready.used.get(&place.name).is_some_and(counts_same)
}

/// The figures in the text, in its order; with `number`, only those that print as this number.
fn in_text<'a>(
    ready: &'a Ready,
    places: &'a [Appearance],
    number: Option<&str>,
) -> Result<Vec<Entry<'a>>, Say> {
    let mut entries: Vec<Entry> = Vec::new();
    for place in places {
        let Some(figure) = ready.used.get(&place.name) else { continue };
        let prints = |number: &str| {
            place.text == number || number.strip_suffix(&*figure.unit) == Some(place.text.as_str())
        };
        if !number.is_none_or(prints) {
            continue;
        }
        match entries.iter_mut().find(|entry| entry.name == figure.name) {
            Some(entry) => entry.places.push(At::new(place)),
            None => entries.push(Entry::new(figure, std::iter::once(place))),
        }
    }
    match number {
        Some(number) if entries.is_empty() => Err(say(
            format!("文中没有印成“{number}”的数据"),
            format!("no figure of the text prints as \"{number}\""),
        )),
        _ => Ok(entries),
    }
}

/// The cases that a figure counts; none if it counts none.
fn cases<'a>(
    figure: &Figure,
    ready: &'a Ready,
    sources: &Sources,
    edition: Edition,
) -> Option<Vec<CaseLine<'a>>> {
    let Made::Cases(query) = &figure.origin.made else { return None };
    let file = &ready.dataset.files.cases;
    let lines = sources.item_lines(file, "cases");
    let found = ready.dataset.cases.iter().enumerate().filter(|(_, case)| query.finds(case));
    let is_sheet = sources.cells(file).is_some();
    let cell = |index| {
        let place = Place::value(file, source::Path::root().key("cases").index(index).key("id"));
        sources.cell(&place, None).map(|cell| cell.name)
    };
    let line = |(index, case): (usize, &'a Case)| CaseLine {
        id: &case.id,
        title: if edition == Edition::Public && case.is_withheld() { WITHHELD } else { &case.title },
        file,
        line: lines.get(index).copied().filter(|_| !is_sheet),
        cell: cell(index),
    };
    Some(found.map(line).collect())
}

/// The JSON of the command; docs/explain.md describes each key. Fields stand in the order of the JSON.
#[derive(Serialize)]
struct Explained<'a> {
    report: &'a str,
    figures: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: String,
    value: String,
    unit: String,
    source: String,
    formula: Both,
    inputs: Vec<Source>,
    definition: Option<String>,
    rate: Option<Rate>,
    #[serde(skip)]
    rounding: Option<Say>,
    #[serde(skip_serializing_if = "Option::is_none")]
    records: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cases: Option<Vec<CaseLine<'a>>>,
    places: Vec<At<'a>>,
}

/// A text in both languages.
#[derive(Serialize)]
struct Both {
    zh: String,
    en: String,
}

impl Both {
    fn new(say: &Say) -> Self {
        Self { zh: say.get(Lang::Zh).to_owned(), en: say.get(Lang::En).to_owned() }
    }

    fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

#[derive(Serialize)]
struct Source {
    label: Both,
    value: String,
    unit: String,
    name: Option<String>,
}

impl Source {
    fn new(input: &Input) -> Self {
        let Input { label, value, unit, name } = input.clone();
        Self { label: Both::new(&label), value, unit, name }
    }
}

#[derive(Serialize)]
struct Rate {
    numerator: u64,
    denominator: u64,
    rounding: &'static str,
    digits: usize,
}

#[derive(Serialize)]
struct CaseLine<'a> {
    id: &'a str,
    title: &'a str,
    file: &'a str,
    line: Option<usize>,
    /// In a spreadsheet, the cell of its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
}

#[derive(Serialize)]
struct At<'a> {
    section: &'a [String],
    before: &'a str,
    text: &'a str,
    after: &'a str,
}

impl<'a> At<'a> {
    fn new(place: &'a Appearance) -> Self {
        let Appearance { section, before, text, after, .. } = place;
        Self { section, before, text, after }
    }
}

impl<'a> Entry<'a> {
    fn new(figure: &Figure, places: impl Iterator<Item = &'a Appearance>) -> Self {
        let Figure { name, value, unit, source, origin } = figure.clone();
        let rounding = origin.rounding();
        let (rate, records) = match origin.made {
            Made::Rate { part, whole, digits, method } => {
                let rounding = match method {
                    Method::HalfUp => "half-up",
                    Method::LargestRemainder => "largest-remainder",
                };
                let rate = Rate { numerator: part, denominator: whole, rounding, digits };
                (Some(rate), None)
            }
            Made::Records(records) => (None, Some(records)),
            Made::Declared | Made::Cases(_) | Made::Inputs => (None, None),
        };
        Self {
            name,
            value,
            unit,
            source,
            formula: Both::new(&origin.formula),
            inputs: origin.inputs.iter().map(Source::new).collect(),
            definition: origin.definition,
            rate,
            rounding,
            records,
            cases: None,
            places: places.map(At::new).collect(),
        }
    }

    /// The text for a screen, with at most this many places.
    fn text(&self, lang: Lang, most: usize) -> String {
        let colon = lang.pick("：", ": ");
        let mut out = format!("{}{}  {}\n", self.value, self.unit, self.name);
        let mut line = |zh, en, words: &str| out += &format!("  {}{colon}{words}\n", lang.pick(zh, en));
        line("算法", "formula", self.formula.get(lang));
        for Source { label, value, unit, name } in &self.inputs {
            let name = name.as_ref().map_or(String::new(), |name| format!("  {name}"));
            line("取数", "input", &format!("{} {value}{unit}{name}", label.get(lang)));
        }
        if let Some(rounding) = &self.rounding {
            line("取舍", "rounding", rounding.get(lang));
        }
        if let Some(definition) = &self.definition {
            line("口径说明", "counted otherwise", definition);
        }
        for record in self.records.iter().flatten() {
            line("所数", "counted", record);
        }
        let (count, plural) = (self.places.len(), if self.places.len() == 1 { "" } else { "s" });
        let stands = match count {
            0 => say("文中没有用到", "nowhere in the text"),
            _ => say(format!("{count}处"), format!("{count} place{plural}")),
        };
        line("用在", "stands in", stands.get(lang));
        for At { section, before, text, after } in self.places.iter().take(most) {
            let section = section.join(" > ");
            out += &format!(
                "    {section}{}{before}[{text}]{after}\n",
                if section.is_empty() { "" } else { " | " }
            );
        }
        if let Some(rest) = self.places.len().checked_sub(most).filter(|rest| *rest > 0) {
            out += &lang.pick(format!("    另有{rest}处\n"), format!("    and {rest} more\n"));
        }
        if let Some(cases) = &self.cases {
            let count = cases.len();
            out += &format!(
                "  {}\n",
                lang.pick(format!("所数的各件（{count}件）："), format!("cases ({count}):"))
            );
            for CaseLine { id, title, file, line, cell } in cases {
                let line =
                    line.map(|line| format!(":{line}")).or(cell.as_ref().map(|cell| format!(" {cell}")));
                let line = line.unwrap_or_default();
                out += &format!("    {id}  {title}  {file}{line}\n");
            }
        }
        out
    }
}
