//! An HTML page as browsers read it (WHATWG HTML, 13.2.5): its tags, attributes, texts and comments, one after the other.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// A piece of a page. Names are in lower case; character references are resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A start tag; its attributes follow.
    Start(String),
    /// An attribute, its name and value; an empty one has none. One that a tag has twice is here twice.
    Attribute(String, String),
    /// An end tag.
    End(String),
    /// Text between tags.
    Text(String),
    /// What stands in an element whose text is no markup, such as `style` or `script`: the element and the text.
    Raw(String, String),
    /// A comment, a document type, or what a browser takes for a comment.
    Comment(String),
}

/// A text as the text of an element of XML or HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Elements whose text is not shown.
const RAW: &[&str] = &["style", "script"];

/// Elements that a browser with scripts or frames takes as plain text, and one without them as markup.
const FALLBACK: &[&str] = &["noscript", "iframe", "noembed"];

/// Every piece of a page; reading it never fails.
pub(super) fn read(page: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut element = String::new();
    for piece in tokens(page, true) {
        match piece {
            // One level only: a hostile page may nest these without end.
            Piece::Text(words) if FALLBACK.contains(&element.as_str()) => {
                pieces.extend(tokens(&words, false))
            }
            piece => {
                match &piece {
                    Piece::Start(name) => element.clone_from(name),
                    Piece::End(_) => element.clear(),
                    _ => {}
                }
                pieces.push(piece);
            }
        }
    }
    pieces
}

/// The text of a section of characters (`<![CDATA[…]]>`), which is text in a drawing and in XML, and a comment in a
/// page.
pub(super) fn character_section(comment: &str) -> Option<&str> {
    let text = comment.strip_prefix("[CDATA[")?;
    Some(text.strip_suffix("]]").unwrap_or(text))
}

/// The pieces in the order of the page. `switches`: the text of some elements, such as `script`, is no markup.
fn tokens(page: &str, switches: bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut raw: Option<String> = None;
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<()> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match event {
            CallbackEvent::OpenStartTag { name } => {
                let name = text(name);
                raw = RAW.contains(&name.as_str()).then(|| name.clone());
                pieces.push(Piece::Start(name));
            }
            CallbackEvent::AttributeName { name } => pieces.push(Piece::Attribute(text(name), String::new())),
            CallbackEvent::AttributeValue { value } => match pieces.last_mut() {
                Some(Piece::Attribute(_, own)) => own.push_str(&text(value)),
                _ => pieces.push(Piece::Attribute(String::new(), text(value))),
            },
            CallbackEvent::EndTag { name } => {
                raw = None;
                pieces.push(Piece::End(text(name)));
            }
            CallbackEvent::String { value } => pieces.push(match &raw {
                Some(element) => Piece::Raw(element.clone(), text(value)),
                None => Piece::Text(text(value)),
            }),
            CallbackEvent::Comment { value } => pieces.push(Piece::Comment(text(value))),
            CallbackEvent::Doctype { name, public_identifier, system_identifier, .. } => {
                let all = [Some(name), public_identifier, system_identifier].into_iter().flatten().map(text);
                pieces.push(Piece::Comment(all.collect::<Vec<_>>().join(" ")));
            }
            CallbackEvent::CloseStartTag { .. } | CallbackEvent::Error(_) => {}
        }
        None
    });
    emitter.naively_switch_states(switches);
    // The pieces come through the callback; reading a text in memory cannot fail.
    for token in Tokenizer::new_with_emitter(page, emitter) {
        let Ok(()) = token;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_browsers_do() {
        let attribute = |name: &str, value: &str| Piece::Attribute(name.to_owned(), value.to_owned());
        let start = |name: &str| Piece::Start(name.to_owned());
        let end = |name: &str| Piece::End(name.to_owned());
        let text = |text: &str| Piece::Text(text.to_owned());
        for (page, expected) in [
            ("<P Title='甲&amp;乙'>一&#x4e09;", vec![start("p"), attribute("title", "甲&乙"), text("一三")]),
            ("<p a=1 a=2>", vec![start("p"), attribute("a", "1"), attribute("a", "2")]),
            ("</p a=1>", vec![attribute("a", "1"), end("p")]),
            ("a&ampb", vec![text("a&b")]),
            (
                "<!-- 四 --><![CDATA[五]]>",
                vec![Piece::Comment(" 四 ".into()), Piece::Comment("[CDATA[五]]".into())],
            ),
            (
                "<style>a > b</style>c",
                vec![start("style"), Piece::Raw("style".into(), "a > b".into()), end("style"), text("c")],
            ),
            (
                "<noscript>a<b>&amp;</b></noscript>",
                vec![start("noscript"), text("a"), start("b"), text("&"), end("b"), end("noscript")],
            ),
            ("<title>a<b</title>", vec![start("title"), text("a<b"), end("title")]),
        ] {
            assert_eq!(read(page), expected, "{page}");
        }
    }
}
