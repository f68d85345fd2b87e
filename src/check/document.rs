//! Rules over the finished document.

use super::Named;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::{Document, Inline, number};
use crate::model::todo::is_mark;
use crate::source::Place;

/// F001: a figure's link was typed by hand, and its number is not the figure's.
pub(super) fn typed_figure(document: &Document, figures: &Named, file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    document.each_inline(&mut |inline| {
        let Inline::Figure { name, text } = inline else { return };
        let message = match figures.get(name) {
            None => return,
            Some(Err(unknown)) => unknown.clone(),
            // In a table the mark alone stands for one that is not known yet.
            Some(Ok(figure)) if figure.is_todo() && is_mark(text) => return,
            Some(Ok(figure)) if figure.value == *text || in_numerals(&figure.value, text) => return,
            Some(Ok(figure)) => say(
                format!("文中写着 {text}，而数据 {name} 是 {}", figure.value),
                format!("the text says {text}, but the figure `{name}` is {}", figure.value),
            ),
        };
        let help = say(
            "不要手写数据链接，用 {{ fig(name=\"…\") }} 取数",
            "do not type figure links: ask with {{ fig(name=\"…\") }}",
        );
        found.push(Diagnostic::error(Code::F001, Place::file(file), message).help(help));
    });
    found
}

/// Whether a text is a number in Chinese numerals.
fn in_numerals(value: &str, text: &str) -> bool {
    value.parse().is_ok_and(|value| number::cardinal(value) == text)
}
