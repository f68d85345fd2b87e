//! A diff for a screen: `[-taken out-]{+put in+}`, or colours where there are any.

use super::outline::{Detail, beginning, clipped, none, nothing, parts, text_title};
use super::{Diff, Look, Op, Piece};

/// The diff as lines, without a final line break.
pub fn screen(diff: &Diff, look: Look) -> String {
    let lang = look.lang;
    let mut out: Vec<String> = beginning(diff, lang).iter().map(|line| plain(line)).collect();
    if let Some(words) = nothing(diff, lang) {
        out.push(words.to_owned());
        return out.join("\n");
    }
    for part in parts(diff, lang) {
        out.extend([String::new(), heading(&part.title, look)]);
        for entry in part.entries {
            let mark = match entry.op {
                Op::Ins => "+",
                Op::Del => "-",
                Op::Same => "*",
            };
            out.push(format!("  {mark} {}", painted(entry.op, &plain(&entry.head), look)));
            out.extend(entry.details.iter().map(|detail| format!("      {}", words(detail, look))));
        }
    }
    let mut section: Option<&[String]> = None;
    for edit in diff.changed() {
        if section.is_none() {
            out.extend([String::new(), heading(text_title(lang), look)]);
        }
        if section != Some(&edit.section) {
            section = Some(&edit.section);
            if !edit.section.is_empty() {
                out.push(format!("  {}", plain(&edit.section.join(" > "))));
            }
        }
        let cell = |pieces: &Vec<Piece>| clipped(pieces).iter().map(|piece| marked(piece, look)).collect();
        let cells: Vec<String> = edit.cells.iter().map(cell).collect();
        out.push(format!("    {}", cells.join(" | ")));
    }
    out.join("\n")
}

fn words(detail: &Detail, look: Look) -> String {
    match detail {
        Detail::Said(words) => plain(words),
        Detail::Value { label, old, new } => {
            let colon = if label.is_empty() { "" } else { look.lang.pick("：", ": ") };
            let shown = |side: &Option<String>| plain(side.as_deref().unwrap_or(none(look.lang)));
            format!("{}{colon}{} → {}", plain(label), shown(old), shown(new))
        }
    }
}

fn heading(title: &str, look: Look) -> String {
    if look.color { format!("\x1b[1m{title}\x1b[0m") } else { title.to_owned() }
}

fn marked(piece: &Piece, look: Look) -> String {
    let text = plain(&piece.text);
    match piece.op {
        Op::Same => text,
        _ if look.color => painted(piece.op, &text, look),
        Op::Del => format!("[-{text}-]"),
        Op::Ins => format!("{{+{text}+}}"),
    }
}

/// Red and struck out, green and underlined.
fn painted(op: Op, text: &str, look: Look) -> String {
    match op {
        Op::Del if look.color => format!("\x1b[31;9m{text}\x1b[0m"),
        Op::Ins if look.color => format!("\x1b[32;4m{text}\x1b[0m"),
        _ => text.to_owned(),
    }
}

/// Words in one line, and nothing that a terminal would obey: of a file with errors, texts may hold anything.
fn plain(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect()
}
