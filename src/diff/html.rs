//! A diff as one HTML page: the changes of the data, the figures that moved, and the whole text as a redline.

use std::fmt::Write;

use super::lines::Kind;
use super::outline::{Detail, beginning, internal, none, nothing, parts, text_title};
use super::{Diff, Edit, Look, Op, Piece};
use crate::diagnostic::Lang;
use crate::model::Edition;
use crate::write::escaped;

/// Rows of a table that did not change are shown if there are no more than these in a run.
const MOST_ROWS: usize = 2;

/// The page.
pub fn html(diff: &Diff, look: Look) -> String {
    let lang = look.lang;
    let title = lang.pick("花脸稿", "Redline");
    let code = lang.pick("zh-CN", "en");
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"banjie\">\n\
         <title>{title}</title>\n<style>\n{}{}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
        include_str!("page.css"),
        spoken(lang),
    );
    if diff.edition == Edition::Internal {
        _ = writeln!(out, "<p class=\"internal\" aria-hidden=\"true\">{}</p>", internal(lang));
    }
    for line in beginning(diff, lang) {
        _ = writeln!(out, "<p class=\"side\">{}</p>", escape(&line));
    }
    if let Some(words) = nothing(diff, lang) {
        _ = writeln!(out, "<p>{words}</p>");
    }
    for part in parts(diff, lang) {
        _ = writeln!(out, "<section>\n<h2>{}</h2>\n<ul>", escape(&part.title));
        for entry in part.entries {
            _ = write!(out, "<li>{}", run(entry.op, &entry.head));
            if !entry.details.is_empty() {
                let details: String =
                    entry.details.iter().map(|detail| format!("<li>{}</li>", words(detail, lang))).collect();
                _ = write!(out, "<ul>{details}</ul>");
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n</section>\n");
    }
    // The whole text, to be read as the draft that it is.
    if let Some(edits) = diff.text.as_ref().filter(|_| diff.changed().next().is_some()) {
        _ = writeln!(out, "<section>\n<h2>{}</h2>\n<article lang=\"zh-CN\">", text_title(lang));
        text(edits, lang, &mut out);
        out.push_str("</article>\n</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// What is said aloud, and copied as text, where words were taken out or put in.
fn spoken(lang: Lang) -> String {
    let (del, ins, end) = lang.pick(("〔删：", "〔增：", "〕"), ("[deleted: ", "[inserted: ", "]"));
    format!(
        "del::before {{ content: \"{del}\"; }}\nins::before {{ content: \"{ins}\"; }}\n\
         del::after, ins::after {{ content: \"{end}\"; }}\n"
    )
}

fn words(detail: &Detail, lang: Lang) -> String {
    match detail {
        Detail::Said(words) => escape(words),
        Detail::Value { label, old, new } => {
            let colon = if label.is_empty() { "" } else { lang.pick("：", ": ") };
            let shown = |op, side: &Option<String>| match side {
                Some(text) => run(op, text),
                None => none(lang).to_owned(),
            };
            format!("{}{colon}{} → {}", escape(label), shown(Op::Del, old), shown(Op::Ins, new))
        }
    }
}

fn text(edits: &[Edit], lang: Lang, out: &mut String) {
    // The last level of heading, since none is skipped.
    let mut level = 2;
    let mut at = 0;
    while let Some(edit) = edits.get(at) {
        let is_of = |kinds: &[Kind]| edits[at..].iter().take_while(|edit| kinds.contains(&edit.kind)).count();
        match edit.kind {
            Kind::Columns | Kind::Row => {
                let rows = is_of(&[Kind::Columns, Kind::Row]);
                table(&edits[at..at + rows], lang, out);
                at += rows;
                continue;
            }
            Kind::Item => {
                let rows = is_of(&[Kind::Item]);
                let item = |edit: &Edit| {
                    let cells: Vec<String> = edit.cells.iter().map(|cell| pieces(cell)).collect();
                    format!("<li{}>{}</li>\n", class(edit, ""), cells.join("　"))
                };
                _ = writeln!(out, "<ul>\n{}</ul>", edits[at..at + rows].iter().map(item).collect::<String>());
                at += rows;
                continue;
            }
            Kind::Title | Kind::Heading => {
                let own = if edit.kind == Kind::Title { 3 } else { 3 + edit.depth };
                level = own.min(level + 1).min(6);
                let name = if edit.kind == Kind::Title { "title" } else { "" };
                _ = writeln!(out, "<h{level}{}>{}</h{level}>", class(edit, name), cells(edit));
            }
            Kind::Element | Kind::Caption => {
                let name = if edit.kind == Kind::Caption { "caption" } else { "element" };
                _ = writeln!(out, "<p{}>{}</p>", class(edit, name), cells(edit));
            }
            Kind::Paragraph => _ = writeln!(out, "<p{}>{}</p>", class(edit, ""), cells(edit)),
        }
        at += 1;
    }
}

/// The class of a block: what it is, and whether it was changed.
fn class(edit: &Edit, name: &str) -> String {
    let changed = if edit.is_same() { "" } else { "changed" };
    match [name, changed].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ") {
        words if words.is_empty() => words,
        words => format!(" class=\"{words}\""),
    }
}

fn cells(edit: &Edit) -> String {
    edit.cells.iter().map(|cell| pieces(cell)).collect()
}

fn table(rows: &[Edit], lang: Lang, out: &mut String) {
    out.push_str("<div class=\"table\" role=\"region\" tabindex=\"0\"");
    _ = writeln!(out, " aria-label=\"{}\">\n<table>", lang.pick("表", "table"));
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(1);
    for run in rows.chunk_by(|row, next| row.kind == next.kind && row.is_same() == next.is_same()) {
        let unchanged = run.iter().all(|row| row.is_same() && row.kind == Kind::Row);
        if unchanged && run.len() > MOST_ROWS {
            let count = run.len();
            let words = lang.pick(format!("{count}行没有改动"), format!("{count} rows without a change"));
            _ = writeln!(out, "<tr><td class=\"rest\" colspan=\"{columns}\">{words}</td></tr>");
            continue;
        }
        for row in run {
            let tag = |at: usize| match row.kind {
                Kind::Columns => ("th scope=\"col\"", "th"),
                _ if at == 0 => ("th scope=\"row\"", "th"),
                _ => ("td", "td"),
            };
            let cell = |(at, cell): (usize, &Vec<Piece>)| {
                let (open, close) = tag(at);
                format!("<{open}>{}</{close}>", pieces(cell))
            };
            let cells: String = row.cells.iter().enumerate().map(cell).collect();
            _ = writeln!(out, "<tr{}>{cells}</tr>", class(row, ""));
        }
    }
    out.push_str("</table>\n</div>\n");
}

fn pieces(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| run(piece.op, &piece.text)).collect()
}

fn run(op: Op, text: &str) -> String {
    let text = escape(text);
    match op {
        Op::Same => text,
        Op::Del => format!("<del>{text}</del>"),
        Op::Ins => format!("<ins>{text}</ins>"),
    }
}

fn escape(text: &str) -> String {
    let printable = |c: char| if c.is_control() && c != '\n' { '\u{fffd}' } else { c };
    escaped(&text.chars().map(printable).collect::<String>()).replace('"', "&quot;").replace('\'', "&#39;")
}
