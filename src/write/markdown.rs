//! The document as Markdown: numbered headings, bare figures, tables as GitHub and pandoc read them.

use std::fmt::Write;

use crate::document::{Align, Block, Document, Inline, Table, plain};

/// The whole document, ending in a line break.
pub fn markdown(document: &Document) -> String {
    let mut out = format!("# {}\n", escape(&document.title));
    blocks(&mut out, &document.body);
    if !document.annexes.is_empty() {
        for (index, annex) in document.annexes.iter().enumerate() {
            let (head, number) = match document.annexes.len() {
                1 => ("附件：", String::new()),
                _ if index == 0 => ("附件：", format!("{}\\. ", index + 1)),
                _ => ("", format!("{}\\. ", index + 1)),
            };
            // Two spaces at the end of a line break it.
            let end = if index + 1 < document.annexes.len() { "  " } else { "" };
            let gap = if index == 0 { "\n" } else { "" };
            _ = writeln!(out, "{gap}{head}{number}{}{end}", escape(&annex.title));
        }
    }
    if let Some(sign_off) = &document.sign_off {
        out.push('\n');
        for signature in &sign_off.signatures {
            _ = writeln!(out, "{}  ", at_line_start(&escape(signature)));
        }
        _ = writeln!(out, "{}", escape(&sign_off.date));
    }
    for annex in &document.annexes {
        _ = write!(out, "\n{}\n\n# {}\n", escape(&annex.label), escape(&annex.title));
        blocks(&mut out, &annex.blocks);
    }
    out
}

fn blocks(out: &mut String, blocks: &[Block]) {
    for block in blocks {
        out.push('\n');
        match block {
            Block::Heading(heading) => {
                let marks = "#".repeat(usize::from(heading.depth) + 1);
                // `1.` after the marks would be read as nothing else, so only the words are escaped.
                _ = writeln!(out, "{marks} {}{}", heading.number, inlines(&heading.text));
            }
            Block::Paragraph(text) => {
                let text = inlines(text);
                _ = writeln!(out, "{}", at_line_start(&text));
            }
            Block::Table(table) => self::table(out, table),
            // A reader of Markdown sees no bars: what they show stands in words.
            Block::Chart(chart) => {
                caption(out, &chart.number, &chart.caption);
                _ = writeln!(out, "{}", at_line_start(&escape(&chart.description())));
            }
        }
    }
}

fn caption(out: &mut String, number: &str, words: &[Inline]) {
    let gap = if words.is_empty() { "" } else { "　" };
    _ = writeln!(out, "**{number}{gap}{}**\n", escape(&plain(words)));
}

fn table(out: &mut String, table: &Table) {
    caption(out, &table.number, &table.caption);
    row(out, &table.head);
    let rule = |align: &Align| match align {
        Align::Left => ":--",
        Align::Center => ":-:",
        Align::Right => "--:",
    };
    _ = writeln!(out, "| {} |", table.columns.iter().map(rule).collect::<Vec<_>>().join(" | "));
    for cells in &table.rows {
        row(out, cells);
    }
}

fn row(out: &mut String, cells: &[Vec<Inline>]) {
    _ = writeln!(out, "| {} |", cells.iter().map(|cell| inlines(cell)).collect::<Vec<_>>().join(" | "));
}

fn inlines(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Figure { text, .. } => out.push_str(&escape(text)),
            Inline::Strong(inner) => strong(&mut out, &plain(inner)),
        }
    }
    out
}

/// Strong text sheds the marks at its ends, `**强调**。后文`: next to a letter inside, `**` always opens and always
/// closes, whatever stands outside (CommonMark 6.2).
fn strong(out: &mut String, text: &str) {
    let core = text.trim_matches(|c: char| !c.is_alphanumeric());
    let start = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let stars = if core.is_empty() { "" } else { "**" };
    let (before, after) = (&text[..start], &text[start + core.len()..]);
    _ = write!(out, "{}{stars}{}{stars}{}", escape(before), escape(core), escape(after));
}

/// What Markdown would take for markup anywhere in a line.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let entity = c == '&' && text[at..].contains(';');
        if entity || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What Markdown would take for markup at the start of a line.
fn at_line_start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let ordinal = digits > 0 && text[digits..].starts_with(['.', ')']);
    if ordinal {
        format!("{}\\{}", &text[..digits], &text[digits..])
    } else if text.starts_with(['-', '+', '=', ':']) {
        format!("\\{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    /// What an ordinary reader of CommonMark sees: the text, and the text of what is strong.
    fn read(markdown: &str) -> (String, String) {
        let (mut all, mut stressed, mut depth) = (String::new(), String::new(), 0);
        for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Start(Tag::Strong) => depth += 1,
                Event::End(pulldown_cmark::TagEnd::Strong) => depth -= 1,
                Event::Text(text) => {
                    all.push_str(&text);
                    if depth > 0 {
                        stressed.push_str(&text);
                    }
                }
                Event::Start(Tag::Paragraph) | Event::End(_) => {}
                other => panic!("{markdown:?} became {other:?}"),
            }
        }
        (all, stressed)
    }

    proptest! {
        #[test]
        fn strong_text_is_read_back_as_strong(
            before in "[后文a1，。（“]{0,3}", core in "[强调ab，。“”）（1%、]{1,6}", after in "[后文a1，。）”]{0,3}",
        ) {
            let text = [Inline::Text(before.clone()), Inline::Strong(vec![Inline::Text(core.clone())]), Inline::Text(after.clone())];
            let (all, stressed) = read(&at_line_start(&inlines(&text)));
            prop_assert_eq!(all, format!("{before}{core}{after}"));
            prop_assert_eq!(stressed, core.trim_matches(|c: char| !c.is_alphanumeric()));
        }

        #[test]
        fn no_text_becomes_markup(text in "[甲a1\\\\`*_\\[\\]<>|~#&;!(){}.:=+$^'\"-]{1,12}") {
            let (all, stressed) = read(&at_line_start(&inlines(&[Inline::Text(text.clone())])));
            prop_assert_eq!(all, text);
            prop_assert_eq!(stressed, "");
        }
    }
}
