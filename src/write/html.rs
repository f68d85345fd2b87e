//! The document as one HTML page: a Tera template over the tree, with every text escaped by Tera.
//!
//! The template gives the page its elements and its looks; here the tree becomes the values that it sees, and gets
//! what a page needs and a tree does not know: ids, levels of headings, contents, the list of sources.

mod chart;
mod elements;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use tera::{Context, Map, Tera, Value};

use crate::compute::{Figure, Input, Made};
use crate::diagnostic::Lang;
use crate::document::{Align, Annex, Block, Chart, Document, Heading, Inline, List, Table, plain};
use crate::model::Case;

/// The template's name in `templates/`.
pub const TEMPLATE: &str = "page.html.tera";

/// A column whose cells have no more characters than this holds labels, dates or figures, and does not wrap.
const LABEL: usize = 10;
/// A column with a cell of more characters than this holds running text, and is given room.
const LONG: usize = 16;

/// Columns of a list that do not wrap may be so many characters wide on a telephone, and on a larger screen.
const PHONE: usize = 14;
const DESK: usize = 24;

/// The whole page. `figures` are those of the document by name; `cases` are listed under the figures that count them;
/// `template` is its name as shown and its text.
pub fn html(
    document: &Document,
    figures: &BTreeMap<String, Figure>,
    cases: &[Case],
    template: (&str, &str),
) -> Result<String, tera::Error> {
    let mut tera = Tera::new();
    // Every name ends in the empty suffix: the page is escaped, whatever its template is called.
    tera.autoescape_on([""]);
    tera.add_raw_template(template.0, template.1)?;
    let mut page = Page {
        figures,
        tables: 0,
        charts: 0,
        seen: BTreeMap::new(),
        sources: Vec::new(),
        contents: Vec::new(),
    };
    let body = page.part("s", 2, &document.body);
    let annexes: Vec<Value> =
        document.annexes.iter().enumerate().map(|(index, annex)| page.annex(index + 1, annex)).collect();
    let mut context = Context::new();
    elements::insert(&mut context, document);
    context.insert_value("body", body);
    context.insert_value("attached", attached(document));
    context.insert_value("annexes", annexes.into());
    context.insert_value("contents", page.contents.into_iter().map(Value::from).collect::<Vec<_>>().into());
    let source =
        |(number, (figure, count)): (usize, &(&Figure, usize))| source(figure, number, *count, cases);
    let sources = (1..).zip(&page.sources).map(source).collect::<Vec<_>>();
    context.insert_value("sources", sources.into());
    tera.render(template.0, &context)
}

/// The entry of that number in the list of sources, for a figure that stands so many times in the page.
fn source(figure: &Figure, number: usize, count: usize, cases: &[Case]) -> Value {
    let origin = &figure.origin;
    // Words among the inputs are in the source already.
    let input = |input: &Input| format!("{}{}{}", input.label.get(Lang::Zh), input.value, input.unit);
    let inputs = origin.inputs.iter().filter(|input| !input.unit.is_empty());
    let listed: Vec<Value> = match &origin.made {
        Made::Cases(query) => {
            let found = cases.iter().filter(|case| query.finds(case));
            found.map(listed).collect()
        }
        _ => Vec::new(),
    };
    let rounding = origin.rounding().map(|rounding| rounding.get(Lang::Zh).to_owned());
    map([
        ("value", Value::from(figure.value.as_str())),
        ("unit", figure.unit.as_str().into()),
        ("source", figure.source.as_str().into()),
        ("name", figure.name.as_str().into()),
        ("formula", origin.formula.get(Lang::Zh).into()),
        ("inputs", inputs.map(input).collect::<Vec<_>>().into()),
        ("rounding", rounding.into()),
        ("definition", origin.definition.clone().into()),
        ("places", (1..=count).map(|place| format!("f{number}-{place}")).collect::<Vec<_>>().into()),
        ("cases", listed.into()),
    ])
}

/// A case in the list of an internal edition.
fn listed(case: &Case) -> Value {
    map([
        ("id", Value::from(&*case.id)),
        ("title", (&*case.title).into()),
        ("contact", case.contact.as_deref().into()),
        ("notes", case.notes.as_deref().into()),
    ])
}

fn annex_id(number: usize) -> String {
    format!("a{number}")
}

/// What the note of annexes names, with the ids of the annexes.
fn attached(document: &Document) -> Value {
    let annexes = (1..).zip(&document.annexes).filter(|(_, annex)| annex.label.is_some());
    let entry =
        |(number, annex): (usize, &Annex)| map([("id", annex_id(number)), ("title", annex.title.clone())]);
    annexes.map(entry).collect::<Vec<_>>().into()
}

pub(super) fn map<const N: usize>(pairs: [(&'static str, impl Into<Value>); N]) -> Value {
    pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect::<Map>().into()
}

/// What is counted through the whole page.
struct Page<'a> {
    figures: &'a BTreeMap<String, Figure>,
    tables: usize,
    charts: usize,
    /// The number of each figure that has stood in the page, by name.
    seen: BTreeMap<&'a str, usize>,
    /// Those figures, and how often each has stood there.
    sources: Vec<(&'a Figure, usize)>,
    contents: Vec<Entry>,
}

/// A line of the contents, and those under it.
struct Entry {
    id: String,
    text: String,
    under: Vec<Entry>,
}

impl From<Entry> for Value {
    fn from(entry: Entry) -> Self {
        let under = entry.under.into_iter().map(Value::from).collect::<Vec<_>>();
        map([("id", entry.id.into()), ("text", entry.text.into()), ("under", Value::from(under))])
    }
}

/// The headings under which a block stands.
struct Above<'a> {
    prefix: &'a str,
    /// The level of a heading of the first depth.
    level: usize,
    /// How many of each depth there have been, down to the last heading.
    path: Vec<usize>,
    /// How many leads since then.
    leads: usize,
}

impl Above<'_> {
    /// Goes below a heading; returns its id.
    fn enter(&mut self, heading: &Heading) -> String {
        let depth = usize::from(heading.depth).max(1);
        self.path.resize(depth, 0);
        self.path[depth - 1] += 1;
        self.leads = 0;
        format!("{}{}", self.prefix, self.place())
    }

    fn place(&self) -> String {
        self.path.iter().map(usize::to_string).collect::<Vec<_>>().join("-")
    }

    fn heading_level(&self) -> usize {
        (self.level + self.path.len() - 1).min(6)
    }

    fn lead_level(&self) -> usize {
        (self.level + self.path.len()).min(6)
    }

    /// How many headings stand above and on this one: 一、 may be followed by 1., and what reads the page aloud skips no level.
    fn nested(&self) -> usize {
        self.path.iter().filter(|count| **count > 0).count()
    }

    /// The next lead's id.
    fn next_lead(&mut self) -> String {
        self.leads += 1;
        let dash = if self.path.is_empty() { "" } else { "-" };
        format!("{}{}{dash}l{}", self.prefix, self.place(), self.leads)
    }
}

fn is_lead(inline: &Inline) -> bool {
    matches!(inline, Inline::Lead(_))
}

fn align_class(align: Align) -> &'static str {
    match align {
        Align::Left => "l",
        Align::Center => "c",
        Align::Right => "r",
    }
}

/// The characters of a column's longest cell.
fn longest(rows: &[Vec<Vec<Inline>>], column: usize) -> usize {
    let length = |row: &Vec<Vec<Inline>>| row.get(column).map_or(0, |cell| plain(cell).chars().count());
    rows.iter().map(length).max().unwrap_or(0)
}

impl<'a> Page<'a> {
    /// An annex; its title stands on level 2, so what is in it begins on level 3.
    fn annex(&mut self, number: usize, annex: &'a Annex) -> Value {
        let id = annex_id(number);
        self.contents.push(Entry { id: id.clone(), text: annex.name(), under: Vec::new() });
        let blocks = self.part(&format!("{id}-s"), 3, &annex.blocks);
        let label = annex.label.clone().into();
        map([("id", id.into()), ("label", label), ("title", annex.title.as_str().into()), ("blocks", blocks)])
    }

    /// The blocks of the body or of an annex, whose headings' ids begin with `prefix`: `s1-2`, `a1-s1`.
    fn part(&mut self, prefix: &str, level: usize, blocks: &'a [Block]) -> Value {
        let mut above = Above { prefix, level, path: Vec::new(), leads: 0 };
        let mut out: Vec<Value> = Vec::new();
        let mut rest = blocks.iter().peekable();
        while let Some(block) = rest.next() {
            out.push(match block {
                Block::Heading(heading) => {
                    let id = above.enter(heading);
                    self.enter(level == 2, &id, heading);
                    let first = self.heading(id, &above, &heading.number, &heading.text);
                    // The paragraph that goes on in the heading's line stands in one element with it.
                    match rest.next_if(|next| heading.run_in && matches!(next, Block::Paragraph(_))) {
                        Some(Block::Paragraph(text)) => self.run_in(Some(first), text, &mut above),
                        _ => first,
                    }
                }
                Block::Paragraph(text) if text.iter().any(is_lead) => self.run_in(None, text, &mut above),
                Block::Paragraph(text) => self.paragraph(text),
                Block::Table(table) => self.table(table),
                Block::List(list) => self.list(list),
                Block::Chart(chart) => self.chart(chart),
            });
        }
        out.into()
    }

    fn heading(&mut self, id: String, above: &Above, number: &'a str, text: &'a [Inline]) -> Value {
        map([
            ("is", "heading".into()),
            ("id", id.into()),
            ("level", above.heading_level().into()),
            ("said", (above.level + above.nested() - 1).min(6).into()),
            ("number", number.into()),
            ("text", self.inlines(text)),
        ])
    }

    fn paragraph(&mut self, text: &'a [Inline]) -> Value {
        map([("is", "paragraph".into()), ("text", self.inlines(text))])
    }

    /// A paragraph with headings in its lines, at its beginning or among its text.
    fn run_in(&mut self, first: Option<Value>, text: &'a [Inline], above: &mut Above) -> Value {
        let mut parts: Vec<Value> = first.into_iter().collect();
        for segment in text.chunk_by(|a, b| !is_lead(a) && !is_lead(b)) {
            parts.push(match segment {
                [Inline::Lead(words)] => {
                    let mut text = Vec::with_capacity(words.len());
                    self.push(words, true, &mut text);
                    map([
                        ("is", "lead".into()),
                        ("id", above.next_lead().into()),
                        ("level", above.lead_level().into()),
                        ("said", (above.level + above.nested()).min(6).into()),
                        ("text", Value::from(text)),
                    ])
                }
                segment => self.paragraph(segment),
            });
        }
        map([("is", "run-in".into()), ("parts", Value::from(parts))])
    }

    /// Puts a heading into the contents: two depths of the body, one of an annex.
    fn enter(&mut self, in_body: bool, id: &str, heading: &Heading) {
        let text = format!("{}{}", heading.number, plain(&heading.text).trim_end_matches('。'));
        let entry = Entry { id: id.to_owned(), text, under: Vec::new() };
        match (heading.depth, self.contents.last_mut()) {
            (1, _) if in_body => self.contents.push(entry),
            (2, None) if in_body => self.contents.push(entry),
            (1, Some(annex)) => annex.under.push(entry),
            (2, Some(above)) if in_body => above.under.push(entry),
            _ => {}
        }
    }

    fn table(&mut self, table: &'a Table) -> Value {
        self.tables += 1;
        let class = |(index, align): (usize, &Align)| {
            let class = align_class(*align);
            match longest(&table.rows, index) {
                longest if longest <= LABEL => format!("{class} n"),
                longest if longest <= LONG => class.to_owned(),
                _ => format!("{class} w"),
            }
        };
        let columns: Vec<String> = table.columns.iter().enumerate().map(class).collect();
        let mut row =
            |cells: &'a Vec<Vec<Inline>>| cells.iter().map(|cell| self.inlines(cell)).collect::<Vec<_>>();
        let head = row(&table.head);
        let rows: Vec<Vec<Value>> = table.rows.iter().map(row).collect();
        map([
            ("is", "table".into()),
            ("id", format!("t{}", self.tables).into()),
            ("number", table.number.as_str().into()),
            ("caption", self.inlines(&table.caption)),
            ("columns", columns.into()),
            ("head", head.into()),
            ("rows", rows.into()),
        ])
    }

    /// A spread cell's colon at the end stands apart from what is spread.
    fn list(&mut self, list: &'a List) -> Value {
        // What does not wrap, with the space beside it; of the last column, a few characters.
        let ems = |index: usize| match longest(&list.rows, index) {
            longest if index + 1 == list.columns.len() => longest.min(4),
            longest if longest <= LABEL => longest + 1,
            _ => 0,
        };
        let ems: usize = (0..list.columns.len()).map(ems).sum();
        let class = |(index, align): (usize, &Align)| {
            let class = if *align == Align::Center { "s" } else { align_class(*align) };
            let fixed = ems <= DESK && longest(&list.rows, index) <= LABEL;
            if fixed { format!("{class} n") } else { class.to_owned() }
        };
        let columns: Vec<String> = list.columns.iter().enumerate().map(class).collect();
        let mut cell = |(cell, align): (&'a Vec<Inline>, &Align)| match cell.split_last() {
            _ if *align != Align::Center => map([("text", self.inlines(cell))]),
            Some((Inline::Text(last), before)) if last.ends_with('：') => {
                let mut text = Vec::with_capacity(cell.len());
                self.push(before, false, &mut text);
                text.push(last.trim_end_matches('：').into());
                map([("spread", Value::from(text)), ("colon", true.into())])
            }
            _ => map([("spread", self.inlines(cell)), ("colon", false.into())]),
        };
        let mut row = |row: &'a Vec<Vec<Inline>>| row.iter().zip(&list.columns).map(&mut cell).collect();
        let rows: Vec<Vec<Value>> = list.rows.iter().map(&mut row).collect();
        map([
            ("is", "list".into()),
            ("wide", (ems > PHONE).into()),
            ("columns", Value::from(columns)),
            ("rows", rows.into()),
        ])
    }

    fn chart(&mut self, chart: &'a Chart) -> Value {
        self.charts += 1;
        map([
            ("is", "chart".into()),
            ("id", format!("c{}", self.charts).into()),
            ("number", chart.number.as_str().into()),
            ("caption", self.inlines(&chart.caption)),
            ("description", chart.description().into()),
            ("drawing", chart::drawing(chart)),
        ])
    }

    /// Runs of text: a string where it is plain, as most cells are; else a list of strings and of maps with `strong`,
    /// `todo` or `figure`.
    fn inlines(&mut self, inlines: &'a [Inline]) -> Value {
        match inlines {
            [] => "".into(),
            [Inline::Text(text)] => text.as_str().into(),
            inlines => {
                let mut out = Vec::with_capacity(inlines.len());
                self.push(inlines, false, &mut out);
                out.into()
            }
        }
    }

    /// Strong text inside strong text is no stronger; so nothing lies deeper than a figure in a mark in strong
    /// text.
    fn push(&mut self, inlines: &'a [Inline], strong: bool, out: &mut Vec<Value>) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push(text.as_str().into()),
                Inline::Strong(inner) | Inline::Lead(inner) if strong => self.push(inner, true, out),
                Inline::Strong(inner) | Inline::Lead(inner) => {
                    let mut runs = Vec::with_capacity(inner.len());
                    self.push(inner, true, &mut runs);
                    out.push(map([("strong", runs)]));
                }
                Inline::Todo(inner) => {
                    let mut runs = Vec::with_capacity(inner.len());
                    self.push(inner, strong, &mut runs);
                    out.push(map([("todo", runs)]));
                }
                Inline::Figure { name, text } => out.push(self.figure(name, text)),
            }
        }
    }

    /// A figure with its source; one that is not known is printed as a number.
    fn figure(&mut self, name: &'a str, text: &'a str) -> Value {
        let Some(figure) = self.figures.get(name) else { return map([("figure", text)]) };
        let number = *self.seen.entry(name).or_insert_with(|| {
            self.sources.push((figure, 0));
            self.sources.len()
        });
        let count = &mut self.sources[number - 1].1;
        *count += 1;
        map([
            ("figure", text.into()),
            ("value", figure.value.as_str().into()),
            ("source", figure.source.as_str().into()),
            ("at", Value::from(number)),
            ("place", Value::from(*count)),
        ])
    }
}
