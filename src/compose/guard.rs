//! What prose may not hold. It is rendered as a template, and it comes with the data: so it may ask for figures and name facts,
//! and nothing that repeats, grows or is not meant for it.

use std::ops::Range;

use crate::diagnostic::{Code, Say, say};

/// The filters that prose may use; others could make much of little.
const FILTERS: &[&str] = &["date", "day", "period", "ordinal", "titles", "bodies", "length", "default"];
/// The functions that prose may call.
const FUNCTIONS: &[&str] = &["fig", "count", "share", "last_year"];

/// A fault: its bytes, its rule, what it is.
pub(super) type Forbidden = (Range<usize>, (Code, Say));

/// The first thing that prose may not hold.
pub(super) fn forbidden(text: &str) -> Option<Forbidden> {
    let find = |words: &str| text.find(words).map(|at| at..at + words.len());
    if let Some(range) = find("{%") {
        let message = say("正文里只能用 {{ … }}，不能用 {% … %}", "prose may use {{ … }} but not {% … %}");
        return Some((range, (Code::T001, message)));
    }
    if let Some(range) = find("](figure:") {
        let message = say(
            "不要手写数据链接，用 {{ fig(name=\"…\") }} 取数",
            "do not type figure links: ask with {{ fig(name=\"…\") }}",
        );
        return Some((range, (Code::F001, message)));
    }
    let code = code(text);
    let refused = code.iter().find_map(|range| refused(&text[range.clone()], range.start));
    refused.or_else(|| outside(text, &code))
}

/// A function outside its braces, which would be printed as it stands.
fn outside(text: &str, code: &[Range<usize>]) -> Option<Forbidden> {
    let calls = FUNCTIONS.iter().flat_map(|name| {
        text.match_indices(&format!("{name}(")).map(|(at, words)| at..at + words.len()).collect::<Vec<_>>()
    });
    let stray = calls.into_iter().find(|call| !code.iter().any(|range| range.contains(&call.start)))?;
    let message = say("函数要写在两对花括号里：{{ … }}", "a function stands in double braces: {{ … }}");
    Some((stray, (Code::T001, message)))
}

/// The bytes between double braces; what stands in quotation marks closes nothing.
fn code(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find("{{").map(|at| rest + at + 2) {
        let mut quote = None;
        let mut end = text.len();
        for (at, byte) in text.bytes().enumerate().skip(start) {
            match (quote, byte) {
                (None, b'"' | b'\'' | b'`') => quote = Some(byte),
                (Some(open), _) if open == byte => quote = None,
                (None, b'}') if text[at..].starts_with("}}") => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        found.push(start..end);
        rest = end;
    }
    found
}

/// A word between braces, not in quotation marks, with the marks before and after it.
struct Word<'t> {
    at: usize,
    text: &'t str,
    before: Option<char>,
    after: Option<char>,
}

fn words(code: &str) -> Vec<Word<'_>> {
    let mut found: Vec<Word> = Vec::new();
    let (mut quote, mut before, mut open) = (None, None, false);
    for (at, c) in code.char_indices() {
        let part = c.is_alphanumeric() || c == '_';
        if quote.is_none() && part {
            match found.last_mut() {
                Some(word) if open => word.text = &code[word.at..at + c.len_utf8()],
                _ => found.push(Word {
                    at,
                    text: &code[at..at + c.len_utf8()],
                    before: before.take(),
                    after: None,
                }),
            }
            open = true;
            continue;
        }
        open = false;
        match quote {
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            Some(mark) if mark == c => quote = None,
            _ => {}
        }
        if !c.is_whitespace() {
            before = Some(c);
            if let Some(word) = found.last_mut().filter(|word| word.after.is_none()) {
                word.after = Some(c);
            }
        }
    }
    found
}

/// What may not stand between braces: what repeats could go on for ever.
fn refused(code: &str, start: usize) -> Option<Forbidden> {
    let list = |known: &[&str]| known.join(", ");
    words(code).into_iter().find_map(|Word { at, text, before, after }| {
        let message = if text == "for" {
            say("正文里不能用循环", "prose may not repeat anything")
        } else if text.starts_with("__") {
            say(format!("正文里不能用 {text}"), format!("prose may not use `{text}`"))
        } else if before == Some('|') && !FILTERS.contains(&text) {
            let (zh, en) = (format!("正文里没有 | {text}"), format!("prose has no filter `{text}`"));
            say(format!("{zh}，可以用：{}", list(FILTERS)), format!("{en} (known: {})", list(FILTERS)))
        } else if after == Some('(') && before != Some('|') && !FUNCTIONS.contains(&text) {
            let (zh, en) = (format!("正文里没有函数 {text}()"), format!("prose has no function `{text}()`"));
            say(format!("{zh}，可以用：{}", list(FUNCTIONS)), format!("{en} (known: {})", list(FUNCTIONS)))
        } else {
            return None;
        };
        Some((start + at..start + at + text.len(), (Code::T001, message)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_asks_and_does_not_repeat() {
        for sound in [
            "共{{ fig(name=\"cases.total\") }}，{{ count(role=\"主办\", unit=false) }}件。",
            "{{ recommendations | titles }}{{ date_signed | date }}{{ <by_sort /> }}",
            "{{ \"均\" if recommendations | length > 1 else \"\" }}",
            "{{ \"for range() | upper\" }}",
            "{{ recommendations | length if we else year }}",
            "for 、range(1) 都是普通的字",
        ] {
            assert_eq!(forbidden(sound), None, "{sound}");
        }
        for (text, words) in [
            ("{{ [x for x in cases] }}", "for"),
            ("{{ [x\n  for x in cases] }}", "for"),
            ("{{ range (end=5) }}", "range"),
            ("{{ \"}}\" ~ range(end=5) }}", "range"),
            ("{{ \"}}\" | upper }}", "upper"),
            ("{{ cases\n|\n join(sep=\"\") }}", "join"),
            ("{{ __tera_context }}", "__tera_context"),
            ("{% for a in b %}", "{%"),
            ("[1](figure:x)", "](figure:"),
            ("共 count(role=\"主办\")", "count("),
            ("{{ we }} fig(name=\"x\")", "fig("),
        ] {
            let found = forbidden(text).map(|(range, _)| &text[range]);
            assert_eq!(found, Some(words), "{text}");
        }
    }
}
