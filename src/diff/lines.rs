//! The document as the blocks that are held against each other: a paragraph, a heading, a row of a table.

use serde::Serialize;

use crate::document::{Block, Document, Inline, plain};

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An element of an official document around the text, from 份号 to 印发日期.
    Element,
    /// The title of the report or of an annex.
    Title,
    /// A heading on a line of its own.
    Heading,
    /// A paragraph; a heading that runs into it begins it.
    Paragraph,
    /// The caption of a table or a chart.
    Caption,
    /// The head of a table.
    Columns,
    /// A row of a table.
    Row,
    /// A row of a list.
    Item,
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: Kind,
    /// Of a heading, its depth from 1; otherwise 0.
    pub depth: u8,
    /// The annex, the headings and the table that it stands under, outermost first.
    pub section: Vec<String>,
    /// Its words; those of a row, cell by cell.
    pub cells: Vec<String>,
}

/// Every block in reading order.
pub(super) fn lines(document: &Document) -> Vec<Line> {
    let mut walk = Walk::default();
    let head = &document.head;
    let marks = [&head.copy_number, &head.classification, &head.urgency];
    walk.elements(marks.into_iter().flatten().cloned());
    if !head.issuers.is_empty() {
        let suffix = head.issuer_suffix.as_deref().unwrap_or_default();
        walk.elements([format!("{}{suffix}", head.issuers.join("　"))]);
    }
    walk.elements(head.number.clone());
    if !head.signatories.is_empty() {
        walk.elements([format!("签发人：{}", head.signatories.join("　"))]);
    }
    walk.push(Kind::Title, 0, vec![document.title.clone()]);
    if let Some(occasion) = &document.occasion {
        walk.elements([occasion.meeting.clone(), occasion.speaker.clone()]);
    }
    walk.elements(document.addressees.as_ref().map(|words| format!("{words}：")));
    walk.blocks(&document.body);
    walk.leave();
    let attached = document.attached();
    if !attached.is_empty() {
        let titles: Vec<&str> = attached.iter().map(|annex| annex.title.as_str()).collect();
        walk.elements([format!("附件：{}", titles.join("；"))]);
    }
    if let Some(end) = &document.sign_off {
        walk.elements(end.signatures.iter().cloned().chain([end.date.clone()]));
    }
    walk.elements(document.note.as_ref().map(|note| format!("（{note}）")));
    for annex in &document.annexes {
        walk.leave();
        walk.push(Kind::Title, 1, vec![annex.name()]);
        walk.annex = Some(annex.name());
        walk.blocks(&annex.blocks);
    }
    walk.leave();
    walk.annex = None;
    let imprint = &document.imprint;
    walk.elements(imprint.copies.as_ref().map(|copies| format!("抄送：{copies}。")));
    if let Some(office) = &imprint.office {
        walk.elements([format!("{office}　{}印发", imprint.date.as_deref().unwrap_or_default())]);
    }
    walk.found
}

#[derive(Default)]
struct Walk {
    found: Vec<Line>,
    annex: Option<String>,
    headings: Vec<(u8, String)>,
    table: Option<String>,
}

impl Walk {
    fn push(&mut self, kind: Kind, depth: u8, cells: Vec<String>) {
        let headings = self.headings.iter().map(|(_, words)| words);
        let section = self.annex.iter().chain(headings).chain(&self.table).cloned().collect();
        self.found.push(Line { kind, depth, section, cells });
    }

    fn elements(&mut self, texts: impl IntoIterator<Item = String>) {
        texts.into_iter().for_each(|text| self.push(Kind::Element, 0, vec![text]));
    }

    fn leave(&mut self) {
        self.headings.clear();
    }

    fn blocks(&mut self, blocks: &[Block]) {
        // A heading that waits for the paragraph it runs into.
        let mut open: Option<String> = None;
        for block in blocks {
            if let (Some(words), false) = (&open, matches!(block, Block::Paragraph(_))) {
                self.push(Kind::Paragraph, 0, vec![words.clone()]);
                open = None;
            }
            match block {
                Block::Heading(heading) => {
                    let words = format!("{}{}", heading.number, plain(&heading.text));
                    self.headings.retain(|(depth, _)| *depth < heading.depth);
                    if heading.run_in {
                        open = Some(words.clone());
                    } else {
                        self.push(Kind::Heading, heading.depth, vec![words.clone()]);
                    }
                    // A paragraph says the heading that runs into it.
                    if !heading.run_in {
                        self.headings.push((heading.depth, words));
                    }
                }
                Block::Paragraph(text) => {
                    let words = open.take().unwrap_or_default() + &plain(text);
                    self.push(Kind::Paragraph, 0, vec![words]);
                }
                Block::Table(table) => {
                    self.caption(&table.number, &table.caption);
                    self.push(Kind::Columns, 0, cells(&table.head));
                    table.rows.iter().for_each(|row| self.push(Kind::Row, 0, cells(row)));
                }
                Block::List(list) => list.rows.iter().for_each(|row| self.push(Kind::Item, 0, cells(row))),
                // It says nothing that the table before it does not.
                Block::Chart(chart) => self.caption(&chart.number, &chart.caption),
            }
            self.table = None;
        }
        if let Some(words) = open {
            self.push(Kind::Paragraph, 0, vec![words]);
        }
    }

    fn caption(&mut self, number: &str, words: &[Inline]) {
        let gap = if words.is_empty() { "" } else { "　" };
        let caption = format!("{number}{gap}{}", plain(words));
        self.push(Kind::Caption, 0, vec![caption.clone()]);
        self.table = Some(caption);
    }
}

fn cells(row: &[Vec<Inline>]) -> Vec<String> {
    row.iter().map(|cell| plain(cell)).collect()
}
