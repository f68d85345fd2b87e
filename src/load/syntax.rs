//! YAML without types: what can be wrong with its syntax, where, and what a clerk can do about it.

use serde_yaml::Value;

use super::{slips, words};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::fault::halves;
use crate::source::{Path, Place, Step, character};

/// Collections within collections that a file may have; the model needs six.
const DEEPEST: usize = 100;

/// What the YAML reader says, in Chinese, and what to do.
const SYNTAX: &[(&str, &str, &str, &str)] = &[
    (
        "duplicate entry",
        "同一个键写了两次",
        "删去一个；如果是两条记录，看看是不是漏了行首的 -",
        "delete one of the two; between two records a `-` may be missing",
    ),
    (
        "repetition limit",
        "别名展开得太多",
        "不要用 & 和 * 重复引用，直接写出内容",
        "write the content out instead of using & and *",
    ),
    ("recursion limit", "嵌套得太深", "减少嵌套的层数", "nest less deeply"),
    ("tab character", "缩进用了制表符（Tab）", "行首只用空格缩进", "indent with spaces only"),
    ("quoted scalar", "引号没有配对", "补上另一半引号", "close the quotation mark"),
    (
        "expected ':'",
        "这一行或上一行缺少冒号",
        "冒号用半角“:”，后面空一格",
        "write `key: value`, with a space after the colon",
    ),
    ("cannot start any token", "这里不能用这个字符开头", "给这个值加引号", "put the value in quotes"),
    (
        "mapping values are not allowed",
        "多了一个冒号，或缩进不对",
        "值里有“: ”就加引号，并对齐缩进",
        "quote values that hold \": \" and align the indents",
    ),
    (
        "did not find expected",
        "缩进没有对齐，或上一行没有写完",
        "同一条记录的各行要左边对齐",
        "align the lines of a record",
    ),
    ("more than one document", "文件里有一行 ---，分成了几份", "删去 --- 那一行", "delete the line `---`"),
    ("unknown anchor", "以 * 开头的值会被当作引用", "给这个值加引号", "quote the value"),
];

/// The tree of values, if the syntax is right.
pub(super) fn parse(text: &str, file: &str) -> Result<Value, Box<Diagnostic>> {
    serde_yaml::from_str(text).map_err(|error| {
        let noticed = error.location().map(|spot| character(text, spot.line(), spot.column()).start);
        if let Some((range, message, help)) = slips::first(text, noticed) {
            return Box::new(Diagnostic::error(Code::Y001, Place::bytes(file, range), message).help(help));
        }
        let words = error.to_string();
        let row = SYNTAX.iter().find(|row| words.contains(row.0));
        let place = place(text, file, &words, &error);
        let first = words.split(" at line ").next().unwrap_or_default();
        let (zh, help) = match row {
            Some(row) => (row.1, say(row.2, row.3)),
            None => (
                "这里不合 YAML 的写法",
                say("检查缩进、冒号后的空格和引号", "check indents, the space after colons, and quotes"),
            ),
        };
        let message = say(zh, format!("not valid YAML: {first}"));
        Box::new(Diagnostic::error(Code::Y001, place, message).help(help))
    })
}

/// The words of the reader itself, for what the taking apart does not find.
pub(super) fn plain(text: &str, file: &str, error: &serde_yaml::Error) -> Diagnostic {
    let all = error.to_string();
    let own = all.split(" at line ").next().unwrap_or_default();
    let kind = ["invalid type: ", "invalid value: "].into_iter().find_map(|words| own.find(words));
    let message = match (kind, halves(own)) {
        (Some(at), _) => words::wrong_kind(&own[at..]),
        (None, Some((zh, en))) => say(zh.rsplit(": ").next().unwrap_or(zh).to_owned(), en.to_owned()),
        (None, None) => say("这里读不出来，检查写法", format!("this cannot be read: {own}")),
    };
    Diagnostic::error(Code::Y003, place(text, file, &all, error), message)
}

fn place(text: &str, file: &str, words: &str, error: &serde_yaml::Error) -> Place {
    // `cases[0]: duplicate entry with key "role"` is located at its record; the key itself is nearer.
    if let Some((path, key)) = words.split_once("duplicate entry with key \"") {
        let key = key.split('"').next().unwrap_or_default();
        return Place::key(file, read_path(path.trim_end_matches(": ")).key(key));
    }
    // An open quotation mark is found missing at the end of the file; it stands where the scalar began.
    let begun = words.split("quoted scalar at line ").nth(1).and_then(|rest| {
        let mut numbers = rest.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    });
    match begun.or_else(|| error.location().map(|spot| (spot.line(), spot.column()))) {
        Some((line, column)) => Place::bytes(file, character(text, line, column)),
        None => Place::file(file),
    }
}

/// The reader's way of writing a path: `cases[0].disclosure`.
fn read_path(path: &str) -> Path {
    let steps = path.split(['.', '[']).filter(|step| !step.is_empty()).map(|step| {
        let index = step.strip_suffix(']').and_then(|index| index.parse().ok());
        index.map_or_else(|| Step::Key(step.to_owned()), Step::Index)
    });
    steps.collect()
}

/// Where a text nests so deeply that the YAML reader, whose work grows with the square of the depth, must not see it.
/// Brackets in texts are counted as well: no text has a hundred of them open.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let (mut open, mut dashes, mut line_start) = (0usize, 0, true);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            b'\n' => (dashes, line_start) = (0, true),
            b'-' | b'?' if line_start => dashes += 1,
            b' ' => {}
            _ => line_start = false,
        }
        if open > DEEPEST || dashes > DEEPEST {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text for each row of `SYNTAX`, in its order: the reader's own words still begin as the row says.
    #[test]
    fn the_reader_still_says_what_the_rows_know() {
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f]\n";
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        let texts = [
            "a: 1\na: 2",
            bomb,
            &deep,
            "a: |\n\tb",
            "a: \"b",
            "a: 1\nb\nc: 2",
            "a: @b",
            "a: b: c",
            "a: [b\nc: d",
            "a: 1\n---\nb: 2",
            "a: *b",
        ];
        assert_eq!(texts.len(), SYNTAX.len());
        for (text, row) in texts.iter().zip(SYNTAX) {
            let words = serde_yaml::from_str::<Value>(text).unwrap_err().to_string();
            let first = SYNTAX.iter().find(|row| words.contains(row.0)).map(|row| row.0);
            assert_eq!(first, Some(row.0), "{words}");
        }
    }
}
