//! A diff as Markdown: `~~taken out~~` and `**put in**`. Every mark of the data is escaped.

use std::fmt::Write;

use super::outline::{Detail, beginning, clipped, none, nothing, parts, text_title};
use super::{Diff, Look, Op, Piece};

/// The diff, with a final line break.
pub fn markdown(diff: &Diff, look: Look) -> String {
    let lang = look.lang;
    let mut out = format!("# {}\n\n", lang.pick("花脸稿", "Redline"));
    for line in beginning(diff, lang) {
        _ = writeln!(out, "- {}", escape(&line));
    }
    if let Some(words) = nothing(diff, lang) {
        _ = writeln!(out, "\n{words}");
        return out;
    }
    for part in parts(diff, lang) {
        _ = writeln!(out, "\n## {}\n", escape(&part.title));
        for entry in part.entries {
            let head = redline(&[Piece { op: entry.op, text: entry.head }]);
            _ = writeln!(out, "- {head}");
            for detail in &entry.details {
                _ = writeln!(out, "  - {}", words(detail, look));
            }
        }
    }
    let mut section: Option<&[String]> = None;
    for edit in diff.changed() {
        if section.is_none() {
            _ = writeln!(out, "\n## {}", text_title(lang));
        }
        if section != Some(&edit.section) {
            section = Some(&edit.section);
            if !edit.section.is_empty() {
                _ = writeln!(out, "\n### {}", escape(&edit.section.join(" > ")));
            }
            out.push('\n');
        }
        let cells: Vec<String> = edit.cells.iter().map(|pieces| redline(&clipped(pieces))).collect();
        // Five spaces after the dash would be code.
        _ = writeln!(out, "- {}", cells.join(" \\| ").trim_start_matches(' '));
    }
    out
}

fn words(detail: &Detail, look: Look) -> String {
    match detail {
        Detail::Said(words) => escape(words),
        Detail::Value { label, old, new } => {
            let colon = if label.is_empty() { "" } else { look.lang.pick("：", ": ") };
            let shown = |side: &Option<String>| escape(side.as_deref().unwrap_or(none(look.lang)));
            format!("{}{colon}{} → {}", escape(label), shown(old), shown(new))
        }
    }
}

/// Pieces in a line. Where a mark would not open or close, since punctuation stands on its inner side and a letter on its
/// outer one (CommonMark, delimiter runs), a comment that is not shown stands between.
pub(super) fn redline(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let mark = match piece.op {
            Op::Same => {
                out += &escape(&piece.text);
                continue;
            }
            Op::Del => "~~",
            Op::Ins => "**",
        };
        let text = closed(&piece.text);
        let apart = |inner: Option<char>, outer: Option<char>| {
            let letter = |c: char| c.is_alphanumeric();
            inner.is_some_and(|c| !letter(c)) && outer.is_some_and(letter)
        };
        let next = pieces.get(at + 1).filter(|next| next.op == Op::Same);
        let (before, after) = (out.chars().last(), next.and_then(|next| next.text.chars().next()));
        let gap = |apart: bool| if apart { "<!-- -->" } else { "" };
        let (open, close) = (gap(apart(text.chars().next(), before)), gap(apart(text.chars().last(), after)));
        out += &format!("{open}{mark}{text}{mark}{close}");
    }
    out
}

/// Escaped words whose first and last characters are no white space, at which no mark opens or closes.
fn closed(text: &str) -> String {
    let words = text.trim();
    let (start, end) = text.split_once(words).filter(|_| !words.is_empty()).unwrap_or((text, ""));
    let spaces = |text: &str| text.chars().map(|c| format!("&#{};", u32::from(c))).collect::<String>();
    format!("{}{}{}", spaces(start), escape(words), spaces(end))
}

/// Words in one line in which no mark means anything.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => out.push('\u{fffd}'),
            // These begin and end nothing, but for `www.`, which some readers make a link of, as they do with `http:`.
            ',' | ';' | '?' | '%' | '/' | '\'' | '"' => out.push(c),
            '.' if !out.ends_with(['w', 'W']) => out.push(c),
            c if c.is_ascii_punctuation() => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    // At the beginning of a line: `1.` would begin a list.
    match out.find(|c: char| !c.is_ascii_digit()) {
        Some(at) if at > 0 && out[at..].starts_with('.') => out.insert(at, '\\'),
        _ => {}
    }
    out
}
