//! The document: a tree of blocks and inlines, made once and written many times.
//!
//! It is parsed from the Markdown that a genre composed ([`mod@parse`]) and numbered from the depth of its headings
//! ([`number`]). Writers and the typesetter read it; nobody below knows a page and nobody above knows a ledger. A figure
//! keeps its name through every step, so that each writer can show where it came from.

pub mod appearance;
mod chart;
mod elements;
mod guard;
pub mod han;
pub mod number;
pub mod parse;
pub mod passage;
pub mod reading;

pub use parse::parse;

use crate::model::todo::find;

/// A whole report, ready to be written in any format. Elements of an official document stand in it only where the data has
/// them: a summary for the web is title, body and sign-off.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// 版头
    pub head: Head,
    /// The title in one piece.
    pub title: String,
    /// The same title as the lines that the office wants it broken into; empty: the typesetter chooses.
    pub title_lines: Vec<String>,
    /// Where a report is read out; stands below the title.
    pub occasion: Option<Occasion>,
    /// 主送机关, or whom a report that is read out speaks to (称谓), without the colon.
    pub addressees: Option<String>,
    /// Everything between the title and the sign-off.
    pub body: Vec<Block>,
    /// Who signed and when; stands after the body and before the annexes.
    pub sign_off: Option<SignOff>,
    /// 附注, without the brackets.
    pub note: Option<String>,
    /// 附件, or what a notice issues: each begins a new page and carries its own title.
    pub annexes: Vec<Annex>,
    /// 版记
    pub imprint: Imprint,
    /// Of a draft (草稿), in how many places something is still to be found out.
    pub draft: Option<usize>,
}

/// 版头 (GB/T 9704 7.2), every text ready to print.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Head {
    /// 份号: six digits (7.2.1).
    pub copy_number: Option<String>,
    /// 密级和保密期限: `机密★1年` (7.2.2).
    pub classification: Option<String>,
    /// 紧急程度 (7.2.3).
    pub urgency: Option<String>,
    /// 发文机关标志 (7.2.4): the issuing organs, the lead first; empty: there is no mark.
    pub issuers: Vec<String>,
    /// What follows the issuers in the mark: `文件`.
    pub issuer_suffix: Option<String>,
    /// 发文字号: `武科办〔2021〕1号` (7.2.5).
    pub number: Option<String>,
    /// 签发人 (7.2.6).
    pub signatories: Vec<String>,
}

/// Where a report is read out, and by whom, ready to print.
#[derive(Debug, Clone, PartialEq)]
pub struct Occasion {
    /// `（2024年1月17日在政协武汉市第十四届委员会第三次会议上）`
    pub meeting: String,
    /// `市科技局局长　李记泽`, or the name alone.
    pub speaker: String,
}

/// Signature and date, all ready to print (`2021年12月9日`).
#[derive(Debug, Clone, PartialEq)]
pub struct SignOff {
    /// The offices' names, the lead first; at least one.
    pub signatures: Vec<String>,
    /// The date in Arabic figures without leading zeros (GB/T 9704 7.3.5.4).
    pub date: String,
    /// What is pressed on it.
    pub seal: Seal,
}

/// What is pressed on signature and date, which decides where they stand (7.3.5.1–7.3.5.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seal {
    /// 不加盖印章
    None,
    /// 加盖印章: the offices' seals.
    Office,
    /// 加盖签发人签名章, with the signatory's post (`厅长`), which stands beside it.
    Signatory(String),
}

/// 版记 (GB/T 9704 7.4), every text ready to print.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imprint {
    /// 抄送机关, without the full stop.
    pub copies: Option<String>,
    /// 印发机关
    pub office: Option<String>,
    /// 印发日期: `2021年12月10日`.
    pub date: Option<String>,
}

/// One annex (附件), or a document that a notice issues.
#[derive(Debug, Clone, PartialEq)]
pub struct Annex {
    /// `附件`, or `附件1` where there are several; none of what a notice issues, which is not its annex.
    pub label: Option<String>,
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
    /// A list, such as of people.
    List(List),
    /// A chart, drawn from the table before it.
    Chart(Chart),
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

/// A list, such as of a committee's people (名单): columns without head, number and rules. Every row has as many cells as there
/// are columns.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// How each column is set: in a centred one every text is spread over its width (分散对齐).
    pub columns: Vec<Align>,
    /// The rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A bar chart: one bar, or one group of bars, a category.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// `图1`, counted through the whole document.
    pub number: String,
    /// The caption's words.
    pub caption: Vec<Inline>,
    /// How the series of a category stand.
    pub bars: Bars,
    /// What each bar or group is of, from the top down.
    pub categories: Vec<String>,
    /// At least one; every series has a value for every category.
    pub series: Vec<Series>,
}

/// How the series of a category stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bars {
    /// One after another in one bar: parts of a whole.
    Stacked,
    /// Below each other: to be compared.
    Grouped,
}

/// One series of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name.
    pub label: String,
    /// Its values, one a category: the number and how it is printed.
    pub values: Vec<(f64, String)>,
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
    /// Stressed text.
    Strong(Vec<Inline>),
    /// A heading inside a paragraph, such as 一是…, one level below the heading under which it stands. Only in a paragraph,
    /// and there in nothing else.
    Lead(Vec<Inline>),
    /// What is still to be found out: a text or a figure that is a mark, [`crate::model::todo`].
    Todo(Vec<Inline>),
    /// A number with the name it was asked for by.
    Figure {
        /// Name in the figures, such as `cases.total`.
        name: String,
        /// The number as printed.
        text: String,
    },
}

impl Annex {
    /// Label and title, for outlines.
    pub fn name(&self) -> String {
        self.label.as_ref().map_or(String::new(), |label| format!("{label}\u{3000}")) + &self.title
    }
}

impl Document {
    /// The annexes that the note of annexes (附件说明) names.
    pub fn attached(&self) -> Vec<&Annex> {
        self.annexes.iter().filter(|annex| annex.label.is_some()).collect()
    }

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
                Block::List(list) => list.rows.iter().flatten().for_each(|cell| each(cell, visit)),
                Block::Chart(chart) => each(&chart.caption, visit),
            }
        }
    }
}

fn each(inlines: &[Inline], visit: &mut impl FnMut(&Inline)) {
    for inline in inlines {
        visit(inline);
        if let Inline::Strong(inner) | Inline::Lead(inner) | Inline::Todo(inner) = inline {
            each(inner, visit);
        }
    }
}

/// A lead's words without the mark that ends it, for outlines.
pub fn lead_words(lead: &[Inline]) -> String {
    plain(lead).trim_end_matches(['。', '，', '；', '：', '、', '！', '？']).to_owned()
}

/// A text with the marks in it set apart; any other inline as it is.
fn with_todos(inline: Inline) -> Vec<Inline> {
    let Inline::Text(text) = inline else { return vec![inline] };
    let (mut rest, mut found) = (text.as_str(), Vec::new());
    let mut push = |inline: &dyn Fn(String) -> Inline, text: &str| {
        found.extend((!text.is_empty()).then(|| inline(text.to_owned())));
    };
    while let Some((start, end)) = find(rest) {
        push(&Inline::Text, &rest[..start]);
        push(&|text| Inline::Todo(vec![Inline::Text(text)]), &rest[start..end]);
        rest = &rest[end..];
    }
    push(&Inline::Text, rest);
    found
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
            Inline::Strong(inner) | Inline::Lead(inner) | Inline::Todo(inner) => push_plain(inner, out),
        }
    }
}
