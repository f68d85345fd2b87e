//! The document as one HTML page: a Tera template over the tree, with every text escaped by Tera.
//!
//! The template gives the page its elements and its looks; here the tree becomes the values that it sees, and gets
//! what a page needs and a tree does not know: ids, levels of headings, contents, the list of sources.

mod chart;
mod elements;

use std::collections::BTreeMap;

use tera::{Context, Map, Tera, Value};

use crate::compute::Figure;
use crate::document::{Align, Annex, Block, Chart, Document, Heading, Inline, Table, plain};

/// The template's name in `templates/`.
pub const TEMPLATE: &str = "page.html.tera";

/// A column whose cells have no more characters than this holds labels, dates or figures, and does not wrap.
const LABEL: usize = 10;
/// A column with a cell of more characters than this holds running text, and is given room.
const LONG: usize = 16;

/// The whole page. `figures` are those of the document by name; `template` is its name as shown and its text.
pub fn html(
    document: &Document,
    figures: &BTreeMap<String, Figure>,
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
    context.insert_value("annexes", annexes.into());
    context.insert_value("contents", page.contents.into_iter().map(Value::from).collect::<Vec<_>>().into());
    context.insert_value("sources", page.sources.into());
    tera.render(template.0, &context)
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
                Block::Chart(chart) => self.chart(chart),
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
        let class = |(index, align): (usize, &Align)| {
            let align = match align {
                Align::Left => "l",
                Align::Center => "c",
                Align::Right => "r",
            };
            let length =
                |row: &Vec<Vec<Inline>>| row.get(index).map_or(0, |cell| plain(cell).chars().count());
            match table.rows.iter().map(length).max().unwrap_or(0) {
                longest if longest <= LABEL => format!("{align} n"),
                longest if longest <= LONG => align.to_owned(),
                _ => format!("{align} w"),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Bars, Head, Imprint, Seal, Series, SignOff};

    const BUILT_IN: (&str, &str) = (TEMPLATE, include_str!("../../templates/page.html.tera"));

    fn text(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    fn figure(name: &str, text: &str) -> Inline {
        Inline::Figure { name: name.to_owned(), text: text.to_owned() }
    }

    fn heading(depth: u8, number: &str, words: &str, run_in: bool) -> Block {
        Block::Heading(Heading { depth, number: number.to_owned(), text: vec![text(words)], run_in })
    }

    fn table(number: &str) -> Block {
        Block::Table(Table {
            number: number.to_owned(),
            caption: vec![text("办理情况")],
            columns: vec![Align::Left, Align::Center, Align::Right],
            head: vec![vec![text("来源")], vec![text("角色")], vec![text("合计")]],
            rows: vec![vec![vec![text("省人大")], vec![], vec![figure("cases.total", "138")]]],
        })
    }

    fn chart(words: &str) -> Block {
        let series =
            |value: f64| Series { label: words.to_owned(), values: vec![(value, value.to_string())] };
        Block::Chart(Chart {
            number: "图1".to_owned(),
            caption: vec![text(words), figure("cases.total", "138")],
            bars: Bars::Stacked,
            categories: vec!["省人大".to_owned()],
            series: vec![series(45.0), series(93.0)],
        })
    }

    /// Every element and every kind of block and inline, with `words` wherever a text can stand.
    fn document(words: &str) -> Document {
        let annex = |label: &str| Annex {
            label: label.to_owned(),
            title: words.to_owned(),
            blocks: vec![heading(1, "一、", words, false), table("表2"), heading(2, "（一）", "甲。", true)],
        };
        let some = || Some(words.to_owned());
        Document {
            head: Head {
                copy_number: some(),
                classification: some(),
                urgency: some(),
                issuers: vec![words.to_owned(), "甲市乙局".to_owned()],
                issuer_suffix: some(),
                number: some(),
                signatories: vec![words.to_owned(), "张三".to_owned()],
            },
            title: words.to_owned(),
            title_lines: vec![words.to_owned(), "总结".to_owned()],
            addressees: some(),
            body: vec![
                Block::Paragraph(vec![text("共"), figure("cases.total", "138"), text("件。")]),
                heading(1, "一、", words, false),
                heading(2, "（一）", "扛牢责任。", true),
                Block::Paragraph(vec![
                    Inline::Strong(vec![
                        text("一是"),
                        Inline::Strong(vec![text("强化")]),
                        figure("share", "3.5"),
                    ]),
                    text(words),
                    figure("unknown", words),
                ]),
                table("表1"),
                chart(words),
                heading(1, "二、", "打算", false),
            ],
            sign_off: Some(SignOff {
                signatures: vec![words.to_owned()],
                date: "2021年12月9日".to_owned(),
                seal: Seal::Office,
            }),
            note: some(),
            annexes: vec![annex("附件1"), annex("附件2")],
            imprint: Imprint { copies: some(), office: some(), date: some() },
        }
    }

    fn page(words: &str) -> String {
        let figure = |name: &str, value: &str| Figure {
            name: name.to_owned(),
            value: value.to_owned(),
            unit: words.to_owned(),
            source: words.to_owned(),
        };
        let figures = [figure("cases.total", "138"), figure("share", "3.5")];
        let figures = figures.into_iter().map(|figure| (figure.name.clone(), figure)).collect();
        html(&document(words), &figures, BUILT_IN).unwrap()
    }

    /// The tags of a page in order, without its style sheet.
    fn tags(page: &str) -> Vec<&str> {
        let (head, rest) = page.split_once("<style>").unwrap();
        let (_, body) = rest.split_once("</style>").unwrap();
        [head, body]
            .into_iter()
            .flat_map(|part| part.split('<').skip(1))
            .filter_map(|tag| tag.split('>').next())
            .collect()
    }

    fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
        let start = format!(" {name}=\"");
        page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn every_block_and_inline_has_its_element() {
        let page = page("文字");
        for expected in [
            "<title>文字</title>",
            "<h1><span class=\"line\">文字</span><span class=\"line\">总结</span></h1>",
            "<p>共<data class=\"figure\" value=\"138\" data-source=\"文字\" aria-describedby=\"f1\" tabindex=\"0\">138</data>件。</p>",
            "<h2 id=\"s1\">一、文字</h2>",
            "<div class=\"run-in\"><h3 id=\"s1-1\">（一）扛牢责任。</h3><p><strong>一是强化<data ",
            ">3.5</data></strong>文字<data value=\"文字\">文字</data></p></div>",
            "<div class=\"table\" role=\"region\" aria-labelledby=\"t1\" tabindex=\"0\">\n<table>\n<caption id=\"t1\"><span>表1　办理情况</span>",
            "<tr><th scope=\"col\" class=\"l n\">来源</th>",
            "<tr><th scope=\"row\" class=\"l n\">省人大</th><td class=\"c n\"></td><td class=\"r n\"><data ",
            "<figure class=\"chart\">\n<figcaption id=\"c1\">图1　文字<data ",
            "<svg viewBox=\"0 0 442.2 54\" role=\"img\" aria-labelledby=\"c1\" aria-describedby=\"c1-d\">\n<desc id=\"c1-d\">省人大：文字45、文字93。</desc>",
            "class=\"s0\"></rect>",
            "text-anchor=\"middle\" font-size=\"9\" class=\"deep\">45</text>",
            "text-anchor=\"middle\" font-size=\"9\" class=\"pale\">93</text>",
            "<span>2. <a href=\"#a2\">文字</a></span>",
            "<p>文字</p>\n<p>2021年12月9日</p>",
            "<p class=\"label\">附件2</p>\n<h2 id=\"a2\">文字</h2>\n<h3 id=\"a2-s1\">一、文字</h3>",
            "<h4 id=\"a2-s1-1\">（一）甲。</h4>",
            "<li><a href=\"#s1\">一、文字</a>\n<ul>\n<li><a href=\"#s1-1\">（一）扛牢责任</a></li>",
            "<li><b>3.5文字</b> <span id=\"f2\">文字</span> <code>share</code></li>",
        ] {
            assert!(page.contains(expected), "{expected}\nis not in\n{page}");
        }
        assert!(!page.contains("f3\""), "a source stands once");
    }

    #[test]
    fn the_elements_of_an_official_document_stand_in_order() {
        let page = page("文字");
        let mut rest = page.as_str();
        for expected in [
            "<article>\n<header class=\"head ruled\">\n<p>文字</p>\n<p class=\"hei\">文字</p>\n<p class=\"hei\">文字</p>\n",
            "<p class=\"mark\" style=\"--ems: 6\"><span><span class=\"line\">文字</span><span class=\"line\">甲市乙局</span></span><span>文字</span></p>\n",
            "<p>文字</p>\n<p>签发人：<span class=\"names\"><span>文字</span><span>张三</span></span></p>\n</div>\n</header>\n",
            "<h1>",
            "</h1>\n<p class=\"addressees\">文字：</p>\n<p>共<data",
            "<div class=\"sign-off office\">\n<p>文字</p>\n<p>2021年12月9日</p>\n</div>\n<p>（文字）</p>\n<section",
            "</section>\n<footer class=\"imprint\">\n<p class=\"copies\">抄送：文字。</p>\n",
            "<p class=\"printed\"><span>文字</span> <span>文字印发</span></p>\n</footer>\n</article>",
        ] {
            let at = rest.find(expected).unwrap_or_else(|| panic!("{expected}\nis not in\n{rest}"));
            rest = &rest[at + expected.len()..];
        }
    }

    #[test]
    fn beside_a_signature_stamp_stands_the_post() {
        let document = document("文字");
        let end =
            SignOff { seal: Seal::Signatory("局长".to_owned()), ..document.sign_off.clone().unwrap() };
        let page = html(&Document { sign_off: Some(end), ..document }, &BTreeMap::new(), BUILT_IN).unwrap();
        let stamped = "<div class=\"sign-off signatory\">\n<p>局长</p>\n<p>2021年12月9日</p>\n</div>";
        assert!(page.contains(stamped), "{page}");
    }

    #[test]
    fn elements_are_closed_in_order_and_ids_are_unique_and_found() {
        let page = page("文字");
        let mut open = Vec::new();
        for tag in tags(&page) {
            let name = tag.split(' ').next().unwrap_or_default();
            match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name)),
                None if ["!DOCTYPE", "meta"].contains(&name) => {}
                None => open.push(name),
            }
        }
        assert_eq!(open, [""; 0]);
        let mut ids = attributes(&page, "id");
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{ids:?}");
        let links = attributes(&page, "href").into_iter().filter_map(|link| link.strip_prefix('#'));
        for id in
            links.chain(attributes(&page, "aria-labelledby")).chain(attributes(&page, "aria-describedby"))
        {
            assert!(ids.contains(&id), "{id}");
        }
    }

    #[test]
    fn no_text_becomes_markup() {
        let hostile = "\"'><script>alert(1)</script>&amp;{{ title }}{% raw %}";
        let (calm, page) = (page("文字"), page(hostile));
        let names = |page: &str| {
            tags(page)
                .iter()
                .map(|tag| tag.split(' ').next().unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&page), names(&calm));
        assert!(!page.contains("<script") && !page.contains("\"'>"));
        assert!(
            page.contains(
                "&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;{{ title }}{% raw %}"
            )
        );
    }

    #[test]
    fn any_name_of_a_template_escapes() {
        let template = ("own/page.txt", "{{ title }}");
        assert_eq!(html(&document("<b>"), &BTreeMap::new(), template).unwrap(), "&lt;b&gt;");
        assert!(html(&document("甲"), &BTreeMap::new(), ("page", "{{ title")).is_err());
    }

    #[test]
    fn a_report_that_is_nothing_but_a_title_is_a_page() {
        let document = Document { title: "文字".to_owned(), ..Document::default() };
        let page = html(&document, &BTreeMap::new(), BUILT_IN).unwrap();
        assert!(
            !page.contains("<details>") && !page.contains("<nav") && !page.contains("class=\"note\""),
            "{page}"
        );
    }
}
