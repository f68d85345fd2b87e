//! The document as one HTML page: a Tera template over the tree, with every text escaped by Tera.
//!
//! The template gives the page its elements and its looks; here the tree becomes the values that it sees, and gets
//! what a page needs and a tree does not know: ids, levels of headings, contents, the list of sources.

use std::collections::BTreeMap;

use tera::{Context, Map, Tera, Value};

use crate::compute::Figure;
use crate::document::{Align, Annex, Block, Document, Heading, Inline, Table, plain};

/// The template's name in `templates/`.
pub const TEMPLATE: &str = "page.html.tera";

/// The whole page. `figures` are those of the document by name; `template` is its name as shown and its text.
pub fn html(
    document: &Document,
    figures: &BTreeMap<String, Figure>,
    template: (&str, &str),
) -> Result<String, tera::Error> {
    let mut tera = Tera::new();
    // Every name ends in nothing: the page is escaped, whatever its template is called.
    tera.autoescape_on([""]);
    tera.add_raw_template(template.0, template.1)?;
    let mut page = Page { figures, tables: 0, seen: BTreeMap::new(), sources: Vec::new(), contents: Vec::new() };
    let body = page.part("s", 2, &document.body);
    let annexes: Vec<Value> =
        document.annexes.iter().enumerate().map(|(index, annex)| page.annex(index + 1, annex)).collect();
    let mut context = Context::new();
    context.insert("title", &document.title);
    context.insert("title_lines", &document.title_lines);
    context.insert_value("body", body);
    context.insert_value("annexes", annexes.into());
    let sign_off = document.sign_off.as_ref();
    let sign_off = sign_off.map(|end| map([("signature", end.signature.as_str()), ("date", end.date.as_str())]));
    context.insert_value("sign_off", sign_off.into());
    context.insert_value("contents", page.contents.into_iter().map(Value::from).collect::<Vec<_>>().into());
    context.insert_value("sources", page.sources.into());
    tera.render(template.0, &context)
}

fn map<const N: usize>(pairs: [(&'static str, impl Into<Value>); N]) -> Value {
    pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect::<Map>().into()
}

/// What is counted through the whole page.
struct Page<'a> {
    figures: &'a BTreeMap<String, Figure>,
    tables: usize,
    /// The number of each figure that has stood in the page, by name.
    seen: BTreeMap<&'a str, usize>,
    sources: Vec<Value>,
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

impl<'a> Page<'a> {
    /// An annex; its title stands on level 2, so what is in it begins on level 3.
    fn annex(&mut self, number: usize, annex: &'a Annex) -> Value {
        let id = format!("a{number}");
        let text = format!("{}　{}", annex.label, annex.title);
        self.contents.push(Entry { id: id.clone(), text, under: Vec::new() });
        let blocks = self.part(&format!("{id}-s"), 3, &annex.blocks);
        let label = annex.label.as_str().into();
        map([("id", id.into()), ("label", label), ("title", annex.title.as_str().into()), ("blocks", blocks)])
    }

    /// The blocks of the body or of an annex, whose headings' ids begin with `prefix`: `s1-2`, `a1-s1`.
    fn part(&mut self, prefix: &str, level: usize, blocks: &'a [Block]) -> Value {
        let mut path: Vec<usize> = Vec::new();
        let mut out: Vec<Value> = Vec::new();
        let mut rest = blocks.iter().peekable();
        while let Some(block) = rest.next() {
            out.push(match block {
                Block::Heading(heading) => {
                    let depth = usize::from(heading.depth).max(1);
                    path.resize(depth, 0);
                    path[depth - 1] += 1;
                    let id = path.iter().map(usize::to_string).collect::<Vec<_>>().join("-");
                    let id = format!("{prefix}{id}");
                    self.enter(level == 2, &id, heading);
                    // The paragraph that goes on in the heading's line stands in one element with it.
                    let next = rest.next_if(|next| heading.run_in && matches!(next, Block::Paragraph(_)));
                    let runs_on = match next {
                        Some(Block::Paragraph(text)) => self.inlines(text),
                        _ => Value::none(),
                    };
                    map([
                        ("is", "heading".into()),
                        ("id", id.into()),
                        ("level", (level + depth - 1).min(6).into()),
                        ("number", heading.number.as_str().into()),
                        ("text", self.inlines(&heading.text)),
                        ("runs_on", runs_on),
                    ])
                }
                Block::Paragraph(text) => map([("is", "paragraph".into()), ("text", self.inlines(text))]),
                Block::Table(table) => self.table(table),
            });
        }
        out.into()
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
        let align = |align: &Align| match align {
            Align::Left => "l",
            Align::Center => "c",
            Align::Right => "r",
        };
        let mut row = |cells: &'a Vec<Vec<Inline>>| cells.iter().map(|cell| self.inlines(cell)).collect::<Vec<_>>();
        let head = row(&table.head);
        let rows: Vec<Vec<Value>> = table.rows.iter().map(row).collect();
        map([
            ("is", "table".into()),
            ("id", format!("t{}", self.tables).into()),
            ("number", table.number.as_str().into()),
            ("caption", self.inlines(&table.caption)),
            ("columns", table.columns.iter().map(align).collect::<Vec<_>>().into()),
            ("head", head.into()),
            ("rows", rows.into()),
        ])
    }

    /// Runs of text: a string where it is plain, as most cells are; else a list of strings and of maps with `strong` or
    /// `figure`.
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

    /// Strong text inside strong text is no stronger; so nothing lies deeper than a figure in strong text.
    fn push(&mut self, inlines: &'a [Inline], strong: bool, out: &mut Vec<Value>) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push(text.as_str().into()),
                Inline::Strong(inner) if strong => self.push(inner, true, out),
                Inline::Strong(inner) => {
                    let mut runs = Vec::with_capacity(inner.len());
                    self.push(inner, true, &mut runs);
                    out.push(map([("strong", runs)]));
                }
                Inline::Figure { name, text } => out.push(self.figure(name, text)),
            }
        }
    }

    /// A figure with its source; one that nobody knows is a number and no more.
    fn figure(&mut self, name: &'a str, text: &'a str) -> Value {
        let Some(figure) = self.figures.get(name) else { return map([("figure", text)]) };
        let number = *self.seen.entry(name).or_insert_with(|| {
            self.sources.push(map([
                ("value", figure.value.as_str()),
                ("unit", figure.unit.as_str()),
                ("source", figure.source.as_str()),
                ("name", figure.name.as_str()),
            ]));
            self.sources.len()
        });
        map([
            ("figure", text.into()),
            ("value", figure.value.as_str().into()),
            ("source", figure.source.as_str().into()),
            ("at", Value::from(number)),
        ])
    }
}
