//! Where figures stand in the finished text: under which headings, and between which words.

use super::{Annex, Block, Document, Heading, Inline, Table, lead_words, plain};

/// So many characters on either side of a figure are its surroundings.
const AROUND: usize = 16;

/// One figure at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// Its name.
    pub name: String,
    /// As printed.
    pub text: String,
    /// The annex, the headings with their numbers, and the table or chart in which it stands, outermost first.
    pub section: Vec<String>,
    /// The words before it; of a cell, its row and its column.
    pub before: String,
    /// The words after it.
    pub after: String,
}

/// Every figure in reading order.
pub fn appearances(document: &Document) -> Vec<Appearance> {
    let mut walk = Walk { found: Vec::new(), annex: None, headings: Vec::new() };
    walk.blocks(&document.body);
    for annex in &document.annexes {
        walk.annex = Some(annex);
        walk.headings.clear();
        walk.blocks(&annex.blocks);
    }
    walk.found
}

struct Walk<'d> {
    found: Vec<Appearance>,
    annex: Option<&'d Annex>,
    /// The headings above, with their depths.
    headings: Vec<(u8, String)>,
}

impl<'d> Walk<'d> {
    fn blocks(&mut self, blocks: &'d [Block]) {
        for block in blocks {
            match block {
                Block::Heading(heading) => {
                    self.enter(heading);
                    self.text(&heading.text, None);
                }
                Block::Paragraph(text) => self.paragraph(text),
                Block::Table(table) => self.table(table),
                Block::List(list) => {
                    list.rows.iter().flatten().for_each(|cell| self.text(cell, None));
                }
                Block::Chart(chart) => self.text(&chart.caption, Some(chart.number.clone())),
            }
        }
    }

    fn enter(&mut self, heading: &Heading) {
        self.headings.retain(|(depth, _)| *depth < heading.depth);
        let words = plain(&heading.text);
        self.headings.push((heading.depth, format!("{}{}", heading.number, words.trim_end_matches('。'))));
    }

    fn section(&self, inside: Option<String>) -> Vec<String> {
        let annex = self.annex.map(Annex::name);
        let headings = self.headings.iter().map(|(_, words)| words.clone());
        annex.into_iter().chain(headings).chain(inside).collect()
    }

    /// A paragraph, lead by lead.
    fn paragraph(&mut self, text: &'d [Inline]) {
        let mut lead = None;
        for segment in text.chunk_by(|_, next| !matches!(next, Inline::Lead(_))) {
            if let Some(Inline::Lead(words)) = segment.first() {
                lead = Some(lead_words(words));
            }
            self.text(segment, lead.clone());
        }
    }

    fn table(&mut self, table: &'d Table) {
        let caption = plain(&table.caption);
        let inside =
            if caption.is_empty() { table.number.clone() } else { format!("{}　{caption}", table.number) };
        self.text(&table.caption, Some(inside.clone()));
        table.head.iter().for_each(|cell| self.text(cell, Some(inside.clone())));
        for row in &table.rows {
            let label = row.first().map_or(String::new(), |cell| plain(cell));
            for (cell, head) in row.iter().zip(&table.head) {
                let from = self.found.len();
                self.text(cell, Some(inside.clone()));
                for found in &mut self.found[from..] {
                    found.before = format!("{label}，{}：{}", plain(head), found.before);
                }
            }
        }
    }

    fn text(&mut self, inlines: &'d [Inline], inside: Option<String>) {
        let mut figures = Vec::new();
        let mut text = String::new();
        flatten(inlines, &mut text, &mut figures);
        for (name, start, end) in figures {
            let before = text[..start].chars().count().saturating_sub(AROUND);
            self.found.push(Appearance {
                name: name.to_owned(),
                text: text[start..end].to_owned(),
                section: self.section(inside.clone()),
                before: text[..start].chars().skip(before).collect(),
                after: text[end..].chars().take(AROUND).collect(),
            });
        }
    }
}

/// The words of some inlines, and the bytes at which each figure in them begins and ends.
fn flatten<'d>(inlines: &'d [Inline], text: &mut String, figures: &mut Vec<(&'d str, usize, usize)>) {
    for inline in inlines {
        match inline {
            Inline::Text(words) => text.push_str(words),
            Inline::Strong(inner) | Inline::Lead(inner) | Inline::Todo(inner) => {
                flatten(inner, text, figures)
            }
            Inline::Figure { name, text: value } => {
                figures.push((name, text.len(), text.len() + value.len()));
                text.push_str(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Align;

    fn text(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    fn figure(text: &str) -> Inline {
        Inline::Figure { name: "n".to_owned(), text: text.to_owned() }
    }

    fn heading(depth: u8, number: &str, words: Vec<Inline>) -> Block {
        Block::Heading(Heading { depth, number: number.to_owned(), text: words, run_in: false })
    }

    #[test]
    fn a_figure_is_found_under_its_headings_and_between_its_words() {
        let table = Table {
            number: "表1".to_owned(),
            caption: vec![text("件数")],
            columns: vec![Align::Left, Align::Right],
            head: vec![vec![text("来源")], vec![text("合计")]],
            rows: vec![vec![vec![text("省")], vec![figure("4")]]],
        };
        let leads =
            vec![text("前"), Inline::Lead(vec![text("一是实。")]), text("办"), figure("3"), text("件。")];
        let long = "一二三四五六七八九十一二三四五六七八九十";
        let document = Document {
            body: vec![
                Block::Paragraph(vec![text(long), Inline::Strong(vec![figure("1")]), text(long)]),
                heading(1, "一、", vec![text("情况")]),
                heading(2, "（一）", vec![figure("2"), text("件。")]),
                Block::Paragraph(leads),
                heading(1, "二、", vec![text("统计")]),
                Block::Table(table),
            ],
            annexes: vec![Annex {
                label: Some("附件".to_owned()),
                title: "台账".to_owned(),
                blocks: vec![Block::Paragraph(vec![figure("5")])],
            }],
            ..Document::default()
        };
        let found: Vec<String> = appearances(&document)
            .iter()
            .map(|at| format!("{} | {}[{}]{}", at.section.join(" > "), at.before, at.text, at.after))
            .collect();
        assert_eq!(
            found,
            [
                " | 五六七八九十一二三四五六七八九十[1]一二三四五六七八九十一二三四五六",
                "一、情况 > （一）2件 | [2]件。",
                "一、情况 > （一）2件 > 一是实 | 一是实。办[3]件。",
                "二、统计 > 表1　件数 | 省，合计：[4]",
                "附件　台账 | [5]",
            ]
        );
    }
}
