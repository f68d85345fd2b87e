//! An HTML page: its text, every attribute, comments, and what is not shown.

use super::super::page::{Piece, character_section, read};
use super::{APART, Surface};
use crate::diagnostic::say;

/// Elements that begin a line of their own, or a cell. All others stand in a line of text and do not end it, as those do that a
/// browser does not know.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "col",
    "colgroup",
    "dd",
    "desc",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "img",
    "legend",
    "li",
    "line",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "optgroup",
    "p",
    "path",
    "pre",
    "rect",
    "search",
    "section",
    "select",
    "style",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "text",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
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
    let mut text = String::new();
    // How many drawings are open, one in another.
    let mut drawings = 0_usize;
    for piece in read(page) {
        match &piece {
            Piece::Start(name) if name == "svg" => drawings += 1,
            Piece::End(name) if name == "svg" => drawings = drawings.saturating_sub(1),
            _ => {}
        }
        match piece {
            Piece::Start(name) | Piece::End(name) if BLOCKS.contains(&name.as_str()) => text.push(APART),
            Piece::Start(name) | Piece::End(name) => found.extend(odd_name(name)),
            Piece::Text(words) => text.push_str(&words),
            Piece::Attribute(name, value) => {
                let what = say(format!("属性 {name}"), format!("the attribute `{name}`"));
                let is_drawing = DRAWING.contains(&name.as_str());
                found.push(Surface { is_drawing, ..Surface::new(what, value) });
                if !is_drawing {
                    found.extend(odd_name(name));
                }
            }
            Piece::Comment(words) if drawings > 0 && character_section(&words).is_some() => {
                text.push_str(character_section(&words).unwrap_or_default());
            }
            Piece::Comment(words) => found.push(Surface::new(say("注释", "a comment"), words)),
            Piece::Raw(element, words) => {
                let what = say(format!("<{element}>"), format!("<{element}>"));
                found.push(Surface { is_drawing: true, ..Surface::new(what, words) });
            }
        }
    }
    found.insert(0, Surface::new(say("正文", "the text"), text));
    Some(found)
}

/// The name of an element or an attribute, as a text: none if it has only the characters that such names usually have.
fn odd_name(name: String) -> Option<Surface> {
    let is_usual = name.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | ':'));
    (!is_usual).then(|| Surface::new(say("标签里的名称", "a name in a tag"), name))
}

/// Everything that can be read in XML or in a text that may be XML, in one text.
pub(super) fn all(xml: &str) -> String {
    let mut out = String::new();
    for piece in read(xml) {
        match piece {
            Piece::Text(words) => out.push_str(&words),
            Piece::Comment(words) if character_section(&words).is_some() => {
                out.push_str(character_section(&words).unwrap_or_default());
            }
            Piece::Start(words)
            | Piece::End(words)
            | Piece::Attribute(_, words)
            | Piece::Comment(words)
            | Piece::Raw(_, words) => {
                out.push(APART);
                out.push_str(&words);
                out.push(APART);
            }
        }
    }
    out
}
