//! Markdown as its readers see it, and what stands in its links and comments.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{APART, Surface};
use crate::diagnostic::say;

pub(in crate::write) fn markdown(bytes: &[u8]) -> Option<Vec<Surface>> {
    let source = std::str::from_utf8(bytes).ok()?;
    let (mut text, mut hidden) = (String::new(), String::new());
    for event in Parser::new_ext(source, Options::ENABLE_TABLES) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::Html(words) | Event::InlineHtml(words) => {
                hidden.push_str(&words);
                hidden.push(APART);
            }
            Event::Start(Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. }) => {
                hidden.extend([&*dest_url, "\u{1}", &*title, "\u{1}"]);
            }
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item | TagEnd::CodeBlock,
            ) => text.push(APART),
            _ => {}
        }
    }
    let hidden = Surface::new(say("链接或注释", "a link or a comment"), hidden);
    Some(vec![Surface::new(say("正文", "the text"), text), hidden])
}
