//! The document as it is read: one text a paragraph, without markup, with what was made in it marked. Rules over the finished
//! words look at this.

use std::ops::Range;

use super::{Block, Document, Inline, plain};
use crate::model::todo::is_mark;

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The title of the document or of an annex.
    Title,
    /// A heading on a line of its own.
    Heading,
    /// A paragraph; a heading that runs into it begins it.
    Paragraph,
    /// The caption of a table or a chart.
    Caption,
    /// A cell of a table or of a list.
    Cell,
}

/// A stretch of text that is read in one go.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// What it is.
    pub kind: Kind,
    /// Its words.
    pub text: String,
    /// The bytes that the program made: figures, and the numbers of headings.
    pub made: Vec<Range<usize>>,
    /// The figures among them: their bytes and their names.
    pub figures: Vec<(Range<usize>, String)>,
    /// Where a heading ends that the text runs on from.
    pub lead: Option<usize>,
    /// Of a cell of a table: its row and its column; row 0 is the head.
    pub cell: Option<(usize, usize)>,
}

impl Passage {
    /// A passage of these words, none of which were made.
    pub fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), made: Vec::new(), figures: Vec::new(), lead: None, cell: None }
    }

    fn push_made(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.made.push(start..self.text.len());
    }

    fn push(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text.push_str(text),
                Inline::Strong(inner) => self.push(inner),
                Inline::Lead(inner) => {
                    self.push(inner);
                    self.lead.get_or_insert(self.text.len());
                }
                Inline::Figure { name, text } => {
                    self.push_made(text);
                    self.figures.push((self.text.len() - text.len()..self.text.len(), name.clone()));
                }
                Inline::Todo(inner) => self.push_made(&plain(inner)),
            }
        }
    }

    /// Whether some bytes of it meet something that is still to be found out.
    pub fn is_open(&self, range: &Range<usize>) -> bool {
        let todo = |made: &Range<usize>| is_mark(&self.text[made.clone()]);
        let mut met = self.made.iter().filter(|made| made.start <= range.end && range.start <= made.end);
        met.any(todo)
    }

    /// Whether a byte of it was made.
    pub fn is_made(&self, byte: usize) -> bool {
        self.made.iter().any(|range| range.contains(&byte))
    }
}

/// Every passage in reading order.
pub fn passages(document: &Document) -> Vec<Passage> {
    let mut found = vec![Passage::new(Kind::Title, &document.title)];
    blocks(&document.body, &mut found);
    for annex in &document.annexes {
        found.push(Passage::new(Kind::Title, &annex.title));
        blocks(&annex.blocks, &mut found);
    }
    found
}

fn blocks(blocks: &[Block], found: &mut Vec<Passage>) {
    // A heading that waits for the paragraph it runs into.
    let mut open: Option<Passage> = None;
    for block in blocks {
        match block {
            Block::Heading(heading) => {
                let mut passage = Passage::new(Kind::Heading, "");
                passage.push_made(&heading.number);
                passage.push(&heading.text);
                passage.lead = heading.run_in.then_some(passage.text.len());
                found.extend(open.take());
                if heading.run_in { open = Some(passage) } else { found.push(passage) }
            }
            Block::Paragraph(text) => {
                let mut passage = open.take().unwrap_or(Passage::new(Kind::Paragraph, ""));
                passage.kind = Kind::Paragraph;
                passage.push(text);
                found.push(passage);
            }
            Block::Table(table) => {
                found.extend(open.take());
                found.push(of(Kind::Caption, &table.caption));
                for (row, cells) in std::iter::once(&table.head).chain(&table.rows).enumerate() {
                    let cell = |(column, cell): (usize, &Vec<Inline>)| Passage {
                        cell: Some((row, column)),
                        ..of(Kind::Cell, cell)
                    };
                    found.extend(cells.iter().enumerate().map(cell));
                }
            }
            Block::List(list) => {
                found.extend(open.take());
                found.extend(list.rows.iter().flatten().map(|cell| of(Kind::Cell, cell)));
            }
            Block::Chart(chart) => {
                found.extend(open.take());
                found.push(of(Kind::Caption, &chart.caption));
            }
        }
    }
    found.extend(open);
}

fn of(kind: Kind, inlines: &[Inline]) -> Passage {
    let mut passage = Passage::new(kind, "");
    passage.push(inlines);
    passage
}
