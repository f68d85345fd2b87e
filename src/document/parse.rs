//! Markdown into the tree.
//!
//! The conventions are those of any Markdown reader: the first `#` is the title and every later one begins an annex, or in
//! a notice what it issues;
//! `##` to `#####` are the four depths of headings, without numbers; a paragraph that is all `**…**` just before a table is
//! its caption; a link to `figure:NAME` is a figure; a paragraph that is all `![caption](chart:stacked)` just after a table
//! is a chart of it; a table whose head is empty is a list, in whose centred columns names are spread; `*…*` in a paragraph
//! is a heading that goes on in the line (a lead), which templates set and prose does not. Markup that a document has no use
//! for is a fault.

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::chart::CHART;
use super::elements::elements;
use super::guard::{JOINER, guard};
use super::han::is_wide;
use super::number::{Counter, is_numbered};
use super::{Align, Annex, Block, Chart, Document, Heading, Inline, List, Table, plain, with_todos};
use crate::diagnostic::{Say, say};
use crate::model::Header;
use crate::model::todo::{OPENS, is_mark, mark};

/// The scheme of a figure's link.
pub const FIGURE: &str = "figure:";

/// Of a heading, in characters: as long as any text of the report's header.
const LONGEST_HEADING: usize = 200;
/// Of the caption of a table or a chart, in characters: three lines.
const LONGEST_CAPTION: usize = 100;
/// More would not be legible even on a turned page.
const MOST_COLUMNS: usize = 24;
/// The same for a list, whose type is as large as the text's and whose page is not turned.
const MOST_LIST_COLUMNS: usize = 8;

/// Markup that has no place in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The beginning of it.
    pub words: String,
    /// What it is.
    pub message: Say,
}

/// The tree of a composed text, and the markup that has no place in it.
pub fn parse(markdown: &str, header: &Header) -> (Document, Vec<Fault>) {
    let guarded = guard(markdown);
    let mut builder = Builder::default();
    builder.read(&guarded);
    builder.finish(header)
}

/// The markup in a piece of prose that has no place in a document. Prose has no headings and no leads: a
/// genre's templates give them.
pub fn prose_faults(markdown: &str) -> Vec<Fault> {
    let guarded = guard(markdown);
    let mut builder = Builder { is_prose: true, ..Builder::default() };
    builder.read(&guarded);
    builder.faults
}

#[derive(Default)]
struct Builder {
    is_prose: bool,
    in_paragraph: bool,
    title: Option<String>,
    body: Vec<Block>,
    annexes: Vec<Annex>,
    tables: usize,
    charts: usize,
    counter: Counter,
    /// What is being filled: the outermost is the block's text, the others are strong text or figures.
    open: Vec<Open>,
    table: Option<Table>,
    faults: Vec<Fault>,
}

#[derive(Default)]
struct Open {
    /// The name of the figure, or the kind of the chart, that its text belongs to.
    target: Option<String>,
    inlines: Vec<Inline>,
    /// The kind and the caption of a chart that stands in it.
    chart: Option<(String, Vec<Inline>)>,
}

impl Builder {
    fn read(&mut self, markdown: &str) {
        let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES);
        // `[注]: …` at the start of a line defines a link, which Markdown does not show.
        let mut defined: Vec<String> =
            parser.reference_definitions().iter().map(|(name, _)| format!("[{name}]:")).collect();
        defined.sort();
        for event in parser {
            self.take(event);
        }
        for words in defined {
            self.fault("“[…]:”（写成 \\[…]）", "a link definition (write \\[…])", &words);
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::SoftBreak | Event::HardBreak => self.line_break(),
            Event::Code(text) => self.fault("代码 `…`", "code", &text),
            Event::Html(text) | Event::InlineHtml(text) => self.fault("HTML 标签", "an HTML tag", &text),
            Event::Rule => self.fault("分隔线", "a rule", "---"),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis if self.takes_lead() => self.push(None),
            Tag::Emphasis => {
                self.single_star();
                self.push(None);
            }
            Tag::Paragraph => {
                self.in_paragraph = true;
                self.push(None);
            }
            Tag::Heading { .. } | Tag::TableCell | Tag::Strong => self.push(None),
            Tag::Link { dest_url, .. } => match dest_url.strip_prefix(FIGURE) {
                Some(name) => self.push(Some(name.to_owned())),
                None => {
                    self.fault("链接", "a link", &dest_url);
                    self.push(None);
                }
            },
            Tag::Image { dest_url, .. } => {
                let kind = dest_url.strip_prefix(CHART).map(str::to_owned);
                if kind.is_none() {
                    self.fault("图片", "an image", &dest_url);
                }
                self.push(kind);
            }
            Tag::Table(columns) => {
                let align = |alignment: &Alignment| match alignment {
                    Alignment::Right => Align::Right,
                    Alignment::Center => Align::Center,
                    Alignment::None | Alignment::Left => Align::Left,
                };
                if columns.len() > MOST_COLUMNS {
                    let (zh, en) = (
                        format!("超过 {MOST_COLUMNS} 列的表格"),
                        format!("a table of more than {MOST_COLUMNS} columns"),
                    );
                    self.fault(&zh, &en, &format!("{}", columns.len()));
                }
                self.table = Some(Table {
                    number: String::new(),
                    caption: Vec::new(),
                    columns: columns.iter().map(align).collect(),
                    head: Vec::new(),
                    rows: Vec::new(),
                });
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            // The text of a list's item comes without a paragraph of its own.
            Tag::Item => self.push(None),
            Tag::List(first) => {
                self.fault("列表", "a list", &first.map_or("-".to_owned(), |first| format!("{first}.")));
            }
            Tag::BlockQuote(_) => self.fault("引用块", "a block quote", ">"),
            Tag::CodeBlock(_) => {
                self.fault(
                    "代码块（行首空了四格以上也会变成代码块）",
                    "a code block (four spaces make one)",
                    "```",
                );
                self.push(None);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let text = self.pop();
                self.heading(level, text);
            }
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Strong | TagEnd::Emphasis => {
                let inner = self.pop();
                let is_lead = tag == TagEnd::Emphasis && self.takes_lead();
                self.inline(if is_lead { Inline::Lead(inner) } else { Inline::Strong(inner) });
            }
            TagEnd::Link => {
                let open = self.open.pop();
                match self.close(open) {
                    Open { target: Some(name), inlines, .. } => {
                        let text = plain(&inlines);
                        let is_todo = is_mark(&text);
                        let figure = Inline::Figure { name, text };
                        self.inline(if is_todo { Inline::Todo(vec![figure]) } else { figure });
                    }
                    Open { inlines, .. } => inlines.into_iter().for_each(|inline| self.inline(inline)),
                }
            }
            TagEnd::Image => {
                let open = self.open.pop();
                if let Open { target: Some(kind), inlines, .. } = self.close(open)
                    && let Some(around) = self.open.last_mut()
                    && let Some((second, _)) = around.chart.replace((kind, inlines))
                {
                    self.stray_chart(&second);
                }
            }
            TagEnd::TableCell => {
                let cell = self.pop();
                if let Some(table) = &mut self.table {
                    match table.rows.last_mut() {
                        Some(row) => row.push(cell),
                        None => table.head.push(cell),
                    }
                }
            }
            TagEnd::TableHead => self.end_head(),
            TagEnd::Table => match self.table.take() {
                Some(Table { columns, head, rows, .. }) if is_blank(&head) => {
                    self.block(Block::List(List { columns, rows }));
                }
                table => table.into_iter().for_each(|table| self.block(Block::Table(table))),
            },
            TagEnd::CodeBlock | TagEnd::Item => _ = self.pop(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.in_paragraph = false;
        match self.open.pop() {
            Some(Open { chart: Some((kind, caption)), inlines, .. }) if inlines.is_empty() => {
                self.chart(&kind, caption);
            }
            open => {
                let text = self.close(open).inlines;
                if !text.is_empty() {
                    self.block(Block::Paragraph(text));
                }
            }
        }
    }

    fn single_star(&mut self) {
        let zh = "单个的 * 或 _（写成 \\* 或 \\_，强调用 **）";
        self.fault(zh, "a single * or _ (write \\* or \\_; stress is **)", "*");
    }

    /// A lead stands in a paragraph itself, in nothing else that stands in it.
    fn takes_lead(&self) -> bool {
        !self.is_prose && self.in_paragraph && self.open.len() == 1
    }

    fn push(&mut self, target: Option<String>) {
        self.open.push(Open { target, ..Open::default() });
    }

    fn pop(&mut self) -> Vec<Inline> {
        let open = self.open.pop();
        self.close(open).inlines
    }

    /// What has been filled, where no chart may stand.
    fn close(&mut self, open: Option<Open>) -> Open {
        let mut open = open.unwrap_or_default();
        if let Some((kind, _)) = open.chart.take() {
            self.stray_chart(&kind);
        }
        if open.inlines.iter().any(|inline| matches!(inline, Inline::Text(text) if text.contains(OPENS))) {
            open.inlines = open.inlines.into_iter().flat_map(with_todos).collect();
        }
        open
    }

    fn inline(&mut self, inline: Inline) {
        let Some(open) = self.open.last_mut() else { return };
        match (open.inlines.last_mut(), inline) {
            (Some(Inline::Text(text)), Inline::Text(more)) => text.push_str(&more),
            (_, inline) => open.inlines.push(inline),
        }
    }

    fn text(&mut self, text: &CowStr<'_>) {
        let mut text = text.replace(JOINER, "");
        // Written as `&#27;` it has passed the loader.
        if let Some(c) = text.chars().find(|c| c.is_control() && *c != '\n') {
            self.fault("控制字符", "a control character", &format!("U+{:04X}", u32::from(c)));
        }
        let before = self.open.last().and_then(|open| last_char(&open.inlines));
        // A line break between Han characters is no space; see `line_break`.
        if before == Some(' ') && text.starts_with(is_wide) {
            self.drop_space();
        }
        if before.is_none_or(is_wide) {
            text = text.trim_start_matches('\n').to_owned();
        }
        if !text.is_empty() {
            self.inline(Inline::Text(text));
        }
    }

    /// A break in the source is a space, but not next to a Han character or a full-width mark.
    fn line_break(&mut self) {
        let before = self.open.last().and_then(|open| last_char(&open.inlines));
        if before.is_some_and(|c| !is_wide(c)) {
            self.inline(Inline::Text(" ".to_owned()));
        }
    }

    fn drop_space(&mut self) {
        if let Some(Inline::Text(text)) = self.open.last_mut().and_then(|open| open.inlines.last_mut())
            && text.ends_with(' ')
        {
            text.pop();
        }
    }

    fn heading(&mut self, level: HeadingLevel, text: Vec<Inline>) {
        if self.is_prose {
            self.fault("标题", "a heading", &plain(&text));
            return;
        }
        self.limit("标题", "a heading", &text, LONGEST_HEADING);
        if is_numbered(&plain(&text)) && level != HeadingLevel::H1 {
            self.fault(
                "手写的标题序号（序号由程序生成）",
                "a typed number of a heading, which is made",
                &plain(&text),
            );
        }
        let depth = match level {
            HeadingLevel::H1 if self.title.is_none() => {
                self.title = Some(plain(&text));
                return;
            }
            HeadingLevel::H1 => {
                self.counter = Counter::default();
                self.annexes.push(Annex { label: None, title: plain(&text), blocks: Vec::new() });
                return;
            }
            HeadingLevel::H2 => 1,
            HeadingLevel::H3 => 2,
            HeadingLevel::H4 => 3,
            HeadingLevel::H5 => 4,
            HeadingLevel::H6 => return self.fault("六级标题", "a heading of the sixth level", &plain(&text)),
        };
        let run_in = plain(&text).ends_with('。');
        let number = self.counter.next(depth);
        self.block(Block::Heading(Heading { depth, number, text, run_in }));
    }

    fn block(&mut self, block: Block) {
        match self.annexes.last_mut() {
            Some(annex) => annex.blocks.push(block),
            None => self.body.push(block),
        }
    }

    /// A table with a head is numbered and takes its caption; one without is a list.
    fn end_head(&mut self) {
        let Some(mut table) = self.table.take() else { return };
        if is_blank(&table.head) {
            if table.columns.len() > MOST_LIST_COLUMNS {
                let (zh, en) = (
                    format!("超过 {MOST_LIST_COLUMNS} 列的名单"),
                    format!("a list of more than {MOST_LIST_COLUMNS} columns"),
                );
                self.fault(&zh, &en, &format!("{}", table.columns.len()));
            }
        } else {
            table.caption = self.caption();
            self.limit("表题", "a caption", &table.caption, LONGEST_CAPTION);
            self.tables += 1;
            table.number = format!("表{}", self.tables);
        }
        self.table = Some(table);
    }

    /// The caption of a table that begins now: the paragraph before it, if all of it is strong.
    fn caption(&mut self) -> Vec<Inline> {
        let blocks = self.annexes.last_mut().map_or(&mut self.body, |annex| &mut annex.blocks);
        let Some(Block::Paragraph(text)) = blocks.last_mut() else { return Vec::new() };
        match text.as_mut_slice() {
            [Inline::Strong(caption)] => {
                let caption = std::mem::take(caption);
                blocks.pop();
                caption
            }
            // `***…***`
            [Inline::Lead(lead)] if matches!(lead[..], [Inline::Strong(_)]) => {
                self.single_star();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// A heading or a caption that would fill the page is none.
    fn limit(&mut self, zh: &str, en: &str, text: &[Inline], most: usize) {
        let words = plain(text);
        if words.chars().count() > most {
            self.fault(
                &format!("超过{most}字的{zh}"),
                &format!("{en} of more than {most} characters"),
                &words,
            );
        }
    }

    /// A chart of the table before it.
    fn chart(&mut self, kind: &str, caption: Vec<Inline>) {
        self.limit("图题", "a caption", &caption, LONGEST_CAPTION);
        let blocks = self.annexes.last().map_or(&self.body, |annex| &annex.blocks);
        let Some(Block::Table(table)) = blocks.last() else { return self.stray_chart(kind) };
        let is_todo = |cell: &Vec<Inline>| cell.iter().any(|inline| matches!(inline, Inline::Todo(_)));
        if table.rows.iter().flatten().any(is_todo) {
            let words = Inline::Text(mark(&plain(&caption)));
            return self.block(Block::Paragraph(vec![Inline::Todo(vec![words])]));
        }
        match Chart::of(table, kind, format!("图{}", self.charts + 1), caption) {
            Ok(chart) => {
                self.charts += 1;
                self.block(Block::Chart(chart));
            }
            Err(message) => self.faults.push(Fault { words: format!("{CHART}{kind}"), message }),
        }
    }

    fn stray_chart(&mut self, kind: &str) {
        let words = format!("{CHART}{kind}");
        let message = say(
            format!("图要自成一段，紧跟在它的表后面：{words}"),
            format!("a chart is a paragraph of its own, just after its table: {words}"),
        );
        self.faults.push(Fault { words, message });
    }

    fn fault(&mut self, zh: &str, en: &str, words: &str) {
        let words: String = words.trim().chars().take(30).collect();
        let message =
            say(format!("文中不能用{zh}：{words}"), format!("a report has no place for {en}: {words}"));
        self.faults.push(Fault { words, message });
    }

    fn finish(self, header: &Header) -> (Document, Vec<Fault>) {
        let mut annexes = self.annexes;
        let several = annexes.len() > 1;
        // What a notice issues is not its annex.
        let labelled = if header.issues.is_none() { &mut annexes[..] } else { &mut [] };
        for (index, annex) in labelled.iter_mut().enumerate() {
            annex.label = Some(if several { format!("附件{}", index + 1) } else { "附件".to_owned() });
        }
        let mut document = Document { body: self.body, annexes, ..elements(header) };
        if let Some(title) = self.title {
            document.title = title;
        }
        (document, self.faults)
    }
}

fn is_blank(cells: &[Vec<Inline>]) -> bool {
    cells.iter().all(|cell| plain(cell).trim().is_empty())
}

/// The last character of some inlines; their text may be long, and this is asked at every piece of it.
fn last_char(inlines: &[Inline]) -> Option<char> {
    inlines.iter().rev().find_map(|inline| match inline {
        Inline::Text(text) | Inline::Figure { text, .. } => text.chars().last(),
        Inline::Strong(inner) | Inline::Lead(inner) | Inline::Todo(inner) => last_char(inner),
    })
}
