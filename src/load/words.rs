//! What the reader says of a value, in words that a clerk knows: no kinds of values of any programming language.

use crate::diagnostic::{Say, say};
use crate::model::fault::halves;

/// The words of a value that knows itself what is wrong with it, in both languages.
pub(super) fn own(words: &str) -> Option<(&str, &str)> {
    if kinds(words).is_some() { None } else { halves(words) }
}

/// Of a value of the wrong kind: whether it is of the right kind but out of bounds, what it is, and what was expected.
pub(super) fn kinds(words: &str) -> Option<(bool, &str, &str)> {
    let of_kind = words.strip_prefix("invalid type: ");
    let (found, expected) =
        of_kind.or_else(|| words.strip_prefix("invalid value: "))?.split_once(", expected ")?;
    Some((of_kind.is_none(), found, expected))
}

/// What a value is found to be: the reader's word, ours in Chinese and in English.
const FOUND: &[(&str, &str, &str)] = &[
    ("string", "文字", "a text"),
    ("sequence", "列表", "a list"),
    ("map", "一组键值", "a record"),
    ("unit", "空值", "nothing"),
    ("null", "空值", "nothing"),
    ("enum", "带 ! 的标签", "a tag with !"),
];

/// What a value is expected to be, where its type does not say so itself.
const EXPECTED: &[(&str, &str, &str)] = &[
    ("u16", "整数", "a whole number"),
    ("a boolean", " true 或 false", "`true` or `false`"),
    ("a sequence", "列表", "a list"),
    ("struct", "一组键值", "a record"),
    ("a string", "文字", "a text"),
];

/// What is wrong with a value of the wrong kind.
pub(super) fn wrong_kind(words: &str) -> Say {
    let row = |rows: &[(&str, &'static str, &'static str)], words: &str| {
        rows.iter().find(|row| words.starts_with(row.0)).map(|row| (row.1.to_owned(), row.2.to_owned()))
    };
    let Some((out_of_bounds, found, expected)) = kinds(words) else {
        return say("这里不能这样写", "this cannot stand here");
    };
    // `integer `3``, `boolean `true``: the value itself says most.
    let shown = found.split('`').nth(1).map(|value| (format!(" {value}"), value.to_owned()));
    let found =
        shown.or_else(|| row(FOUND, found)).unwrap_or_else(|| ("别的".into(), "something else".into()));
    let expected = match halves(expected) {
        Some((zh, en)) => (zh.to_owned(), en.to_owned()),
        None if out_of_bounds && expected == "u16" => {
            (" 0 到 65535 的整数".to_owned(), "a whole number from 0 to 65535".to_owned())
        }
        None => row(EXPECTED, expected).unwrap_or_else(|| ("别的".into(), "something else".into())),
    };
    let zh = format!("这里应是{}，写的却是{}", expected.0, found.0);
    say(zh, format!("expected {}, found {}", expected.1, found.1))
}

/// How a list of single values is written where a text stands; nothing is said of one that could not be shown.
pub(super) fn listed(items: &[String]) -> Say {
    let list = items.join(", ");
    say(
        format!("写成 [{list}]，或每项一行、以 - 开头"),
        format!("write [{list}], or each item on a line of its own that begins with `-`"),
    )
}

/// How a list of records, or of what cannot be shown, is written.
pub(super) fn items() -> Say {
    say("每项另起一行，以 - 开头", "begin each item on a line of its own with `-`")
}

/// Keys of a record that are shown as they are written.
const MOST_SHOWN: usize = 6;

/// How a record with these keys is written; an item of a list begins with a dash.
pub(super) fn record(keys: &[String], item: bool) -> Say {
    let dash = if item { "- " } else { "" };
    if keys.len() > MOST_SHOWN {
        let list = keys.join(", ");
        return say(
            format!("每个键写一行，可以写：{list}"),
            format!("write a record, each key on a line of its own: {list}"),
        );
    }
    let list = keys.iter().map(|key| format!("{key}: …")).collect::<Vec<_>>().join(" / ");
    say(
        format!("每个键写一行：{dash}{list}"),
        format!("write a record, each key on a line of its own: {dash}{list}"),
    )
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_yaml::Value;

    use super::*;
    use crate::diagnostic::Lang;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Sample {
        number: u16,
        flag: bool,
        list: Vec<String>,
        record: Option<Box<Sample>>,
        text: String,
    }

    /// What serde says of a value, as the rows of `FOUND` and `EXPECTED` know it.
    #[test]
    fn the_reader_still_says_what_the_rows_know() {
        for (key, value, expected) in [
            ("number", "'3'", "expected a whole number, found a text"),
            ("number", "70000", "expected a whole number from 0 to 65535, found 70000"),
            ("flag", "3", "expected `true` or `false`, found 3"),
            ("flag", "[a]", "expected `true` or `false`, found a list"),
            ("list", "{a: b}", "expected a list, found a record"),
            ("text", "~", "expected a text, found nothing"),
            ("record", "x", "expected a record, found a text"),
            ("text", "{a: b}", "expected a text, found a record"),
        ] {
            let mut tree: Value = serde_yaml::from_str("{number: 1, flag: true, list: [], text: a}").unwrap();
            tree[key] = serde_yaml::from_str(value).unwrap();
            let error = serde_path_to_error::deserialize::<_, Sample>(tree).unwrap_err();
            let words = error.inner().to_string();
            assert_eq!(wrong_kind(&words).get(Lang::En), expected, "{words}");
        }
        for (text, begin) in [
            ("{nubmer: 1}", "unknown field `nubmer`, expected one of `number`, `flag`"),
            ("{number: 1}", "missing field `flag`"),
        ] {
            let words = serde_yaml::from_str::<Sample>(text).unwrap_err().to_string();
            assert!(words.starts_with(begin), "{words}");
        }
    }
}
