//! Values that are still to be found out (待核实): how they are written in the data, and how they stand in the text.
//!
//! In a file it is `todo`, alone or before words: `todo: 等统计局`. The loader puts `【待核实：等统计局】` in its place, and so it
//! goes through every step: a reader of the mark knows that something is still to be found out.

use crate::source::Place;

/// How the mark begins.
pub const OPENS: &str = "【待核实";
/// How it ends.
pub const CLOSES: char = '】';

/// Something to find out.
#[derive(Debug, Clone, PartialEq)]
pub struct Todo {
    /// Where it is to be written.
    pub place: Place,
    /// What it is.
    pub words: String,
}

/// The words after `todo` or `待核实`; none of a value that is something else.
pub fn words(value: &str) -> Option<&str> {
    let value = value.trim();
    let rest = value.strip_prefix("todo").or_else(|| value.strip_prefix("TODO"));
    let rest = rest.or_else(|| value.strip_prefix("待核实"))?;
    match rest.strip_prefix([':', '：']) {
        Some(words) => Some(words.trim()),
        None => rest.is_empty().then_some(rest),
    }
}

/// `【待核实：等统计局】`; of no words, `【待核实】`.
pub fn mark(words: &str) -> String {
    match words {
        "" => format!("{OPENS}{CLOSES}"),
        words => format!("{OPENS}：{words}{CLOSES}"),
    }
}

/// Whether all of a text is a mark.
pub fn is_mark(text: &str) -> bool {
    text.starts_with(OPENS) && text.ends_with(CLOSES) && find(text).is_some_and(|(_, end)| end == text.len())
}

/// Where the first mark of a text begins and ends; brackets in it go in pairs.
pub fn find(text: &str) -> Option<(usize, usize)> {
    text.match_indices(OPENS).find_map(|(start, _)| Some((start, start + length(&text[start..])?)))
}

/// The length of a mark that begins a text; none if it is another word in such brackets, or has no end.
fn length(text: &str) -> Option<usize> {
    if !text[OPENS.len()..].starts_with(['：', CLOSES]) {
        return None;
    }
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '【' => depth += 1,
            CLOSES if depth == 1 => return Some(at + c.len_utf8()),
            CLOSES => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn todo_is_a_value_of_its_own_and_not_a_word_in_others() {
        for (value, expected) in [
            ("todo", Some("")),
            ("待核实", Some("")),
            ("todo: 等统计局", Some("等统计局")),
            ("todo：等统计局", Some("等统计局")),
            ("待核实：去年的数", Some("去年的数")),
            ("TODO", Some("")),
            ("todos", None),
            ("待核实的数", None),
            ("尚待核实", None),
            ("", None),
        ] {
            assert_eq!(words(value), expected, "{value}");
        }
    }

    #[test]
    fn a_mark_is_found_whole() {
        assert_eq!(mark(""), "【待核实】");
        let text = format!("增至{}亿元", mark("【甲】"));
        assert_eq!(find(&text).map(|(start, end)| &text[start..end]), Some("【待核实：【甲】】"));
        assert_eq!(find("【待核实数】【待核实】"), Some((18, 33)));
        assert!(is_mark("【待核实】") && is_mark("【待核实：数】"));
        for no in ["【待核实：数", "【待核实数】", "【待核实：一】和【待核实：二】", "待核实"]
        {
            assert!(!is_mark(no), "{no}");
        }
    }
}
