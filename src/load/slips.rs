//! Slips of the hand that break a file's YAML. The YAML reader notices them lines later, and as something else; here they
//! are looked for where they were made.

use std::ops::Range;

use crate::diagnostic::{Say, say};

/// A slip: where it is, what it is, and what to do.
pub(super) type Slip = (Range<usize>, Say, Say);

/// The first slip of a text that is no YAML, up to the end of the line on which the reader noticed something.
pub(super) fn first(text: &str, noticed: Option<usize>) -> Option<Slip> {
    let mut start = 0;
    // The column of the key whose block of text (`|-`) the lines are in.
    let mut block = None;
    for line in text.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        let indent = line.len() - line.trim_start_matches(' ').len();
        if !blank && block.is_some_and(|column| indent <= column) {
            block = None;
        }
        if !blank && block.is_none() && !line.trim_start().starts_with('#') {
            if let Some(slip) = in_line(text, start, line) {
                return Some(slip);
            }
            block = opens_block(line);
        }
        start += line.len();
        if noticed.is_some_and(|noticed| noticed < start) {
            return None;
        }
    }
    None
}

/// What is sound YAML and yet not what was meant: a value within Chinese quotation marks, which are printed with it, and one that is cut
/// at a # with a blank before it.
pub(super) fn misread(text: &str) -> Vec<Slip> {
    let mut found = Vec::new();
    if !text.contains(" #") && !text.contains('”') && !text.contains('’') {
        return found;
    }
    let (mut start, mut block) = (0, None);
    for line in text.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        let indent = line.len() - line.trim_start_matches(' ').len();
        if !blank && block.is_some_and(|column| indent <= column) {
            block = None;
        }
        if !blank && block.is_none() && !line.trim_start().starts_with('#') {
            found.extend(misread_line(start, line));
            block = opens_block(line);
        }
        start += line.len();
    }
    found
}

fn misread_line(start: usize, line: &str) -> Option<Slip> {
    let (key, ..) = entry(line);
    let (offset, value) = value(line).filter(|_| !key.is_empty())?;
    if value.starts_with(['"', '\'', '|', '>', '[', '{', '&', '*', '#']) {
        return None;
    }
    // A comment has a blank behind its sign.
    let cut = value.match_indices(" #").find(|(at, _)| {
        value[at + 2..].starts_with(|c: char| !c.is_whitespace() && c != '#') && !value[..*at].contains(" # ")
    });
    if let Some((at, _)) = cut {
        let at = start + offset + at + 1;
        let rest = value[at - start - offset..].trim_end();
        let message =
            say(format!("“{rest}”被当作注释，没有读进去"), format!("\"{rest}\" is read as a comment"));
        let help = say(
            "是值的一部分的，整个值加引号；是注释的，# 后面空一格",
            "if it is part of the value, quote the whole value; if it is a comment, write a blank after the #",
        );
        return Some((at..at + rest.len(), message, help));
    }
    let whole = value.split(" # ").next().unwrap_or_default().trim_end();
    let inner = [('“', '”'), ('‘', '’')].iter().find_map(|(open, close)| {
        let inner = whole.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains([*open, *close])).then_some(inner)
    })?;
    let message = say(
        format!("中文引号是值的一部分，会印出来：{whole}"),
        format!("Chinese quotation marks are part of the value and are printed: {whole}"),
    );
    let help = say(
        format!("不要引号就写 {inner}；要印引号就写 '{whole}'"),
        format!("write {inner} without them, or '{whole}' if they are meant to be printed"),
    );
    let at = start + offset;
    Some((at..at + whole.len(), message, help))
}

/// A line that begins with a key or a dash: the key, where what follows it begins, and that.
fn entry(line: &str) -> (&str, usize, &str) {
    let rest = line.trim_start_matches([' ', '-']);
    let letters =
        rest.bytes().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'_').count();
    let key = if rest.starts_with(|c: char| c.is_ascii_lowercase()) { &rest[..letters] } else { "" };
    let after = line.len() - rest.len() + key.len();
    (key, after, &line[after..])
}

/// The value in a line, and where it begins: behind its key, or behind a dash.
fn value(line: &str) -> Option<(usize, &str)> {
    let (key, at, rest) = entry(line);
    let rest = if key.is_empty() { rest } else { rest.strip_prefix(": ")? };
    let at = if key.is_empty() { at } else { at + ": ".len() };
    let value = rest.trim_start_matches(' ');
    Some((at + rest.len() - value.len(), value))
}

/// The column of the key or dash of a line whose value is the block of text below.
fn opens_block(line: &str) -> Option<usize> {
    let (_, value) = value(line)?;
    let header = value.split(" #").next()?.trim_end();
    let sign = header.strip_prefix(['|', '>'])?;
    let (key, after, _) = entry(line);
    let dash = || line.len() - line.trim_start_matches(' ').len();
    sign.chars()
        .all(|c| matches!(c, '+' | '-' | '1'..='9'))
        .then(|| if key.is_empty() { dash() } else { after - key.len() })
}

fn in_line(text: &str, start: usize, line: &str) -> Option<Slip> {
    let indent = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
    if let Some(tab) = line[..indent].find('\t') {
        let help = say("行首只用空格缩进", "indent with spaces only");
        let message = say("缩进用了制表符（Tab）", "a tab in the indentation");
        return Some((start + tab..start + tab + 1, message, help));
    }
    let (key, after, rest) = entry(line);
    let colon = rest.trim_start_matches(' ');
    let at = start + after + rest.len() - colon.len();
    if !key.is_empty() && colon.starts_with('：') {
        let help = say("改成半角“:”，后面空一格", "write `key: value`, with a half-width colon and a space");
        let message = say("键后面用了全角冒号", "a full-width colon after a key");
        return Some((at..at + '：'.len_utf8(), message, help));
    }
    let unspaced = rest.strip_prefix(':').filter(|value| !value.starts_with([' ', '\n', '\r', '/']));
    if !key.is_empty() && unspaced.is_some_and(|value| !value.is_empty()) {
        let message = say("冒号后面没有空格", "no space after the colon");
        let help = say("冒号后面空一格", "write `key: value`, with a space after the colon");
        return Some((at..at + 1, message, help));
    }
    let wide_dash = line.trim_start().chars().next().filter(|c| "－—–•·".contains(*c));
    if let Some(dash) = wide_dash {
        let at = start + line.len() - line.trim_start().len();
        let message = say(format!("列表行首用了“{dash}”"), format!("a list's line begins with \"{dash}\""));
        return Some((
            at..at + dash.len_utf8(),
            message,
            say("改成半角“-”，后面空一格", "write `- ` with a half-width hyphen"),
        ));
    }
    if let Some(blank) = line[..line.len() - line.trim_start().len()].find(|c: char| !c.is_ascii()) {
        let at = start + blank;
        let width = text[at..].chars().next().map_or(1, char::len_utf8);
        let message = say("行首用了全角空格", "a full-width blank in the indentation");
        return Some((
            at..at + width,
            message,
            say("行首只用半角空格缩进", "indent with spaces of half width only"),
        ));
    }
    if let Some(slip) = in_brackets(start, line) {
        return Some(slip);
    }
    let (offset, value) = value(line)?;
    let at = start + offset;
    if value.starts_with("{{") {
        return Some(unquoted_request(at));
    }
    let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let Some(close) = closing(&text[at + 1..], quote).map(|close| at + 1 + close) else {
        return Some(open_quote(at));
    };
    // A text may go on for lines, but not over the next keys.
    let begins_another = |line: &str| {
        let (key, _, rest) = entry(line);
        line.trim_start().starts_with("- ")
            || !key.is_empty() && (rest.starts_with(": ") || rest.trim_end() == ":")
    };
    if text[at..close].split('\n').skip(1).any(begins_another) {
        return Some(open_quote(at));
    }
    let rest = text[close + 1..].lines().next().unwrap_or_default();
    let more = rest.trim_start();
    let goes_on = !more.is_empty() && !more.starts_with('#') && !more.starts_with(':');
    goes_on.then(|| {
        let message = say("引号后面还有文字", "there is more after the closing quotation mark");
        let help = say(
            "整个值放在一对引号里，里面的引号用 “”",
            "put the whole value in one pair of quotes; inside, write “”",
        );
        (close..close + 1, message, help)
    })
}

fn unquoted_request(at: usize) -> Slip {
    let message = say("以 {{ 开头的值没有引号", "a value that begins with {{ is not quoted");
    let help = say(
        "整个值放进单引号，或另起一行写在 |- 下面",
        "put the whole value in single quotes, or on lines of its own below `|-`",
    );
    (at..at + 2, message, help)
}

/// Slips within a record or a list in brackets on one line: full-width marks, and requests without quotes.
fn in_brackets(start: usize, line: &str) -> Option<Slip> {
    let (mut depth, mut quote) = (0usize, None);
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            // A quotation mark opens where a value begins.
            (None, '"' | '\'') if line[..at].trim_end().ends_with([':', ',', '[', '{']) => quote = Some(c),
            (None, '#') if line[..at].ends_with(' ') => return None,
            (None, '{') if depth > 0 && line[at..].starts_with("{{") => {
                return Some(unquoted_request(start + at));
            }
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => depth = depth.saturating_sub(1),
            (None, '，' | '：') if depth > 0 && is_mark_of_record(line, at, c) => {
                let narrow = if c == '，' { ',' } else { ':' };
                let message =
                    say(format!("{{ }} 里用了全角的“{c}”"), format!("a full-width \"{c}\" within {{ }}"));
                let help = say(
                    format!("改成半角“{narrow}”，后面空一格"),
                    format!("write `{narrow} ` with a half-width mark"),
                );
                return Some((start + at..start + at + c.len_utf8(), message, help));
            }
            _ => {}
        }
    }
    None
}

/// Whether a full-width mark parts the entries of a record: a key stands before the colon, or behind the comma with its colon.
fn is_mark_of_record(line: &str, at: usize, mark: char) -> bool {
    let is_key = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    match mark {
        '：' => line[..at].rsplit(['{', ',', '，']).next().is_some_and(|word| is_key(word.trim())),
        _ => {
            let rest = &line[at + mark.len_utf8()..];
            rest.split_once([':', '：']).is_some_and(|(word, _)| is_key(word.trim()))
        }
    }
}

fn open_quote(at: usize) -> Slip {
    let message = say("引号没有配对", "the quotation mark is not closed");
    (at..at + 1, message, say("补上另一半引号", "close the quotation mark"))
}

/// Where a quoted text ends.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let escaped = match quote {
            '"' => c == '\\',
            _ => c == quote && chars.peek().is_some_and(|next| next.1 == quote),
        };
        if escaped {
            chars.next();
        } else if c == quote {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Lang;

    #[test]
    fn slips_are_found_where_they_were_made() {
        for (text, line, column, words) in [
            ("a: 一\nphone: \"65692205\nemail: \"x@y.cn\"\nb: 二\n", 2, 8, "not closed"),
            ("a: 一\nphone: '65692205\nb: 二\n", 2, 8, "not closed"),
            ("- \"甲\n- \"乙\"\nb: \"c\n", 1, 3, "not closed"),
            ("title: \"甲\"乙\n", 1, 10, "more after"),
            ("we:我市\ncase_term: 建议\n", 1, 3, "no space"),
            ("header:\n  title：甲\n", 2, 8, "full-width"),
            ("header:\n  a: 一\n\ttitle: 甲\n", 3, 1, "tab"),
            ("body: {{ x }}年\n", 1, 7, "not quoted"),
            ("items:\n  - body: |-\n      we:我市\n      a: \"b\n  - body:甲\n", 5, 9, "no space"),
            ("cases:\n  － id: 甲\n", 2, 3, "begins with \"－\""),
            ("header:\n\u{3000}\u{3000}title: 甲: 乙\n", 2, 1, "full-width blank"),
            ("a: { value：3, unit: 家 }\n", 1, 11, "full-width \"：\""),
            ("a: { value: 3，unit: 家 }\n", 1, 14, "full-width \"，\""),
            ("a: { body: {{ fig() }} }\n", 1, 12, "not quoted"),
            ("- |\n  we:我市\n- >-\n  a：b\n- a：b\n", 5, 4, "full-width"),
        ] {
            let (range, message, _) = first(text, None).unwrap();
            let mut sources = crate::source::Sources::default();
            sources.add("f", text.to_owned());
            assert_eq!(sources.line_column("f", range.start), Some((line, column)), "{text}");
            assert!(message.get(Lang::En).contains(words), "{text}: {}", message.get(Lang::En));
        }
    }

    #[test]
    fn what_is_read_otherwise_than_it_was_meant_is_found() {
        for (text, found) in [
            ("we: “我局”\n", &["“我局”"][..]),
            ("- title: 关于 #5 机组的建议\n", &["#5 机组的建议"]),
            ("a: 甲 #注\nb: ‘乙’ # 注\n", &["#注", "‘乙’"]),
            ("a: 甲 # 注\nb: '“乙”'\nc: “四个”和“五个”\nd: |-\n  we: “我局” #5\n", &[]),
            ("names: [“双千工程”]\n# we: “我局”\n- “甲”\n", &[]),
        ] {
            let words: Vec<&str> = misread(text).into_iter().map(|(range, ..)| &text[range]).collect();
            assert_eq!(words, found, "{text}");
        }
    }

    #[test]
    fn sound_lines_are_no_slips() {
        for text in [
            "a: \"甲\\\"乙\" # 注\nb: 'it''s'\nc: \"长文\n  还有一行\"\n",
            "url: http://a.cn\nhttp://b.cn\n\"a\": b\n# we:我市\n",
            "wording: |-\n  we:我市\n\n  \"甲\nnext: 1\n",
            "a: { title: 甲，乙：丙, text: '{{ x }}', b: \"c，d: e\" } # {{ x }}\n",
            "- { name:甲 }\n- 12:30\n- [a]\nkey:\n  - b\n",
        ] {
            assert!(first(text, None).is_none(), "{text}");
        }
        assert!(first("a: 一\nwe:我市\n", Some(3)).is_none(), "below what was noticed");
    }
}
