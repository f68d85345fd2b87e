//! An HTML page: its text, every attribute, comments, and what is not shown.

use super::{APART, Surface};
use crate::diagnostic::say;

/// Elements that stand in a line of text and do not end it.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "em", "i", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "time", "tspan", "u", "var", "wbr", "br",
];

/// Attributes that place something, or give it looks.
const DRAWING: &[&str] = &[
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "d",
    "dx",
    "dy",
    "width",
    "height",
    "points",
    "viewbox",
    "transform",
    "style",
    "class",
];

pub(in crate::write) fn html(bytes: &[u8]) -> Option<Vec<Surface>> {
    let page = std::str::from_utf8(bytes).ok()?;
    let mut found = Vec::new();
    let (mut text, mut rest) = (String::new(), page);
    while let Some(at) = rest.find('<') {
        text.push_str(&decoded(&rest[..at]));
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").unwrap_or(comment.len());
            found.push(Surface::new(say("注释", "a comment"), &comment[..end]));
            rest = comment.get(end + 3..).unwrap_or_default();
            continue;
        }
        let (name, after) = tag(&rest[1..], &mut found);
        rest = after;
        if !INLINE.contains(&name.trim_start_matches('/')) {
            text.push(APART);
        }
        // What stands in these is no markup.
        if let Some(kind) = ["style", "script"].into_iter().find(|kind| *kind == name) {
            let end = rest.find(&format!("</{kind}")).unwrap_or(rest.len());
            let what = say(format!("<{kind}>"), format!("<{kind}>"));
            found.push(Surface { is_drawing: true, ..Surface::new(what, &rest[..end]) });
            rest = &rest[end..];
        }
    }
    text.push_str(&decoded(rest));
    found.insert(0, Surface::new(say("正文", "the text"), text));
    Some(found)
}

/// The name of a tag in lower case, and what stands after it; its attributes are added.
fn tag<'t>(tag: &'t str, found: &mut Vec<Surface>) -> (String, &'t str) {
    let is_name = |c: char| !c.is_whitespace() && !matches!(c, '>' | '=');
    let end = tag.find(|c: char| !is_name(c)).unwrap_or(tag.len());
    let name = tag[..end].trim_end_matches('/').to_ascii_lowercase();
    let mut rest = &tag[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/' || c == '=');
        if rest.is_empty() || rest.starts_with('>') {
            return (name, rest.strip_prefix('>').unwrap_or_default());
        }
        let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len()).max(1);
        let attribute = rest.get(..end).unwrap_or(rest);
        rest = rest.get(end..).unwrap_or_default().trim_start();
        let Some(value) = rest.strip_prefix('=').map(str::trim_start) else { continue };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => {
                value.split_at(value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len()))
            }
        };
        rest = after;
        let what = say(format!("属性 {attribute}"), format!("the attribute `{attribute}`"));
        let is_drawing = DRAWING.contains(&attribute.to_ascii_lowercase().as_str());
        found.push(Surface { is_drawing, ..Surface::new(what, decoded(value)) });
    }
}

/// Text without character references.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest[1..].split_once(';').filter(|(name, _)| name.len() <= 8);
        match reference.and_then(|(name, after)| Some((character(name)?, after))) {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn character(name: &str) -> Option<char> {
    let number = name.strip_prefix('#');
    let code = match number.map(|number| number.strip_prefix(['x', 'X']).ok_or(number)) {
        Some(Ok(hex)) => u32::from_str_radix(hex, 16).ok()?,
        Some(Err(decimal)) => decimal.parse().ok()?,
        None => match name {
            "amp" => u32::from('&'),
            "lt" => u32::from('<'),
            "gt" => u32::from('>'),
            "quot" => u32::from('"'),
            "apos" => u32::from('\''),
            "nbsp" | "ensp" | "emsp" => u32::from(' '),
            _ => return None,
        },
    };
    char::from_u32(code)
}
