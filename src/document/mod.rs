//! The document: a tree of blocks and inlines, made once and written many times.
//!
//! It is parsed from the Markdown that a genre composed ([`parse`]) and numbered from the depth of its headings
//! ([`number`]). Writers and the typesetter read it; nobody below knows a page and nobody above knows a ledger. A figure
//! keeps its name through every step, so that each writer can show where it came from.

pub mod number;
pub mod parse;

pub use parse::parse;

/// A whole report, ready to be written in any format.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The title in one piece.
    pub title: String,
    /// The same title as the lines that the office wants it broken into; empty: the typesetter chooses.
    pub title_lines: Vec<String>,
    /// Everything between the title and the sign-off.
    pub body: Vec<Block>,
    /// Who signed and when; stands after the body and before the annexes.
    pub sign_off: Option<SignOff>,
    /// 附件: each begins a new page and carries its own title.
    pub annexes: Vec<Annex>,
}

/// Signature and date, both ready to print (`2021年12月9日`).
#[derive(Debug, Clone, PartialEq)]
pub struct SignOff {
    /// The office's name.
    pub signature: String,
    /// The date in Arabic figures without leading zeros (GB/T 9704 7.3.5).
    pub date: String,
}

/// One annex (附件).
#[derive(Debug, Clone, PartialEq)]
pub struct Annex {
    /// `附件`, or `附件1` where there are several.
    pub label: String,
    /// Its title, equal to the one in the note of annexes (附件说明).
    pub title: String,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// A block of the body or of an annex.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A numbered heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A table.
    Table(Table),
}

/// A heading with the number that its depth and position gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 1 for `一、`, 2 for `（一）`, 3 for `1.`, 4 for `（1）`.
    pub depth: u8,
    /// The number as printed, marks included.
    pub number: String,
    /// The words.
    pub text: Vec<Inline>,
    /// Ends in a full stop, so the next paragraph goes on in the same line.
    pub run_in: bool,
}

/// A table: every row has as many cells as the head.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// `表1`, counted through the whole document.
    pub number: String,
    /// The caption's words.
    pub caption: Vec<Inline>,
    /// How each column is set.
    pub columns: Vec<Align>,
    /// The header cells.
    pub head: Vec<Vec<Inline>>,
    /// The body rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// Horizontal alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Text columns.
    Left,
    /// Short labels and dates.
    Center,
    /// Numbers.
    Right,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Plain text, already free of markup.
    Text(String),
    /// Stressed text, such as the lead of 一是….
    Strong(Vec<Inline>),
    /// A number with the name it was asked for by.
    Figure {
        /// Name in the figures, such as `cases.total`.
        name: String,
        /// The number as printed.
        text: String,
    },
}

impl Document {
    /// Visit every inline outside titles, in reading order.
    pub fn each_inline(&self, visit: &mut impl FnMut(&Inline)) {
        for block in self.body.iter().chain(self.annexes.iter().flat_map(|annex| &annex.blocks)) {
            match block {
                Block::Heading(heading) => each(&heading.text, visit),
                Block::Paragraph(text) => each(text, visit),
                Block::Table(table) => {
                    each(&table.caption, visit);
                    let rows = std::iter::once(&table.head).chain(&table.rows);
                    rows.flatten().for_each(|cell| each(cell, visit));
                }
            }
        }
    }
}

fn each(inlines: &[Inline], visit: &mut impl FnMut(&Inline)) {
    for inline in inlines {
        visit(inline);
        if let Inline::Strong(inner) = inline {
            each(inner, visit);
        }
    }
}

/// The text of some inlines, without markup.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Figure { text, .. } => out.push_str(text),
            Inline::Strong(inner) => push_plain(inner, out),
        }
    }
}
