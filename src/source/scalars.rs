//! Every scalar of a YAML text with the way to it and its bytes: what changes a text without writing it anew goes by these.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::Path;
use super::walk::ByteIndex;

/// A value of a YAML text that is neither a record nor a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    /// The way to it.
    pub path: Path,
    /// What it says.
    pub value: String,
    /// Its bytes, quotes included; of a block, from its `|` or `>` to the end of its last line that is not blank.
    pub range: Range<usize>,
}

/// A collection that is being read.
enum Open {
    /// A record, and the key whose value comes next.
    Record(Option<String>),
    /// A list, and the position of the item that comes next.
    List(usize),
}

/// The scalars of a text in their order; none where it is no YAML. Keys are not among them.
pub fn scalars(text: &str) -> Option<Vec<Scalar>> {
    let mut bytes = ByteIndex::new(text);
    let mut open: Vec<Open> = Vec::new();
    let mut found = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        match event {
            Event::MappingStart(..) => open.push(Open::Record(None)),
            Event::SequenceStart(..) => open.push(Open::List(0)),
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                done(&mut open);
            }
            Event::Scalar(value, style, ..) => {
                if let Some(Open::Record(key @ None)) = open.last_mut() {
                    *key = Some(value.into_owned());
                    continue;
                }
                let mut range = bytes.range(&span);
                if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
                    && !text[range.start..].starts_with(['|', '>'])
                {
                    range.start = text[..range.start].rfind(['|', '>']).unwrap_or(range.start);
                }
                if matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) {
                    // The parser counts a comment after the quotes as theirs.
                    range.end = range.start + quoted_length(&text[range.clone()]);
                }
                found.push(Scalar { path: path(&open), value: value.into_owned(), range });
                done(&mut open);
            }
            Event::Alias(_) => done(&mut open),
            _ => {}
        }
    }
    Some(found)
}

/// The length of what is quoted at the beginning of a text, quotes included.
fn quoted_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let quote = bytes.first().copied().unwrap_or_default();
    let mut at = 1;
    while at < bytes.len() {
        let doubled = quote == b'\'' && bytes.get(at + 1) == Some(&quote);
        match bytes[at] {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote && doubled => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// A value has been read: the next key or item follows.
fn done(open: &mut [Open]) {
    match open.last_mut() {
        Some(Open::Record(key)) => *key = None,
        Some(Open::List(at)) => *at += 1,
        None => {}
    }
}

fn path(open: &[Open]) -> Path {
    open.iter().fold(Path::root(), |path, open| match open {
        Open::Record(key) => path.key(key.clone().unwrap_or_default()),
        Open::List(at) => path.index(*at),
    })
}

/// A text as a YAML value that may stand anywhere: quoted, but where it is made of letters, digits, hyphens and dots.
pub fn quoted(text: &str) -> String {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let plain =
        |c: char| is_han(c) || c.is_alphanumeric() && !c.is_ascii() || "、（）《》“”：，。".contains(c);
    if text.starts_with(plain)
        && text.chars().all(|c| plain(c) || c.is_ascii_alphanumeric() || c == '-' || c == '.')
    {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '\\' | '"' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || c == '\u{feff}' => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scalar_is_found_with_its_bytes() {
        let text = "a: 甲 # 注\nb: 'x: ''y''' # 注 '\nc:\n  - {d: 1, e: \"二\\\"\" # \"\n    }\n  - f: |-\n      第一行\n      第二行\n\n    g: >-\n      折\n      行\n\nh: todo\n";
        let found: Vec<(String, String, &str)> = scalars(text)
            .unwrap()
            .into_iter()
            .map(|scalar| (scalar.path.to_string(), scalar.value, &text[scalar.range]))
            .collect();
        let found: Vec<(&str, &str, &str)> =
            found.iter().map(|(path, value, bytes)| (path.as_str(), value.as_str(), *bytes)).collect();
        assert_eq!(
            found,
            [
                ("a", "甲", "甲"),
                ("b", "x: 'y'", "'x: ''y'''"),
                ("c[0].d", "1", "1"),
                ("c[0].e", "二\"", "\"二\\\"\""),
                ("c[1].f", "第一行\n第二行", "|-\n      第一行\n      第二行"),
                ("c[1].g", "折 行", ">-\n      折\n      行"),
                ("h", "todo", "todo"),
            ]
        );
    }

    #[test]
    fn values_stand_anywhere() {
        for (text, written) in [
            ("省建-01", "省建-01"),
            ("2020年", "\"2020年\""),
            ("甲: 乙", "\"甲: 乙\""),
            ("说“\"”", "\"说“\\\"”\""),
            ("关于5G的建议", "关于5G的建议"),
            ("台账.xlsx", "台账.xlsx"),
            ("一行\n二行\u{7}", "\"一行\\n二行\\u0007\""),
        ] {
            assert_eq!(quoted(text), written);
        }
    }
}
