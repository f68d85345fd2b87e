//! Changes of a text by places: what is not changed stays as it was, comments and layout too.

use std::ops::Range;

/// Changes that do not overlap.
#[derive(Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Put a text in place of some bytes; nothing happens inside of what is replaced already.
    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        let meets = |other: &Range<usize>| other.start < range.end && range.start < other.end;
        if !self.0.iter().any(|(other, _)| meets(other)) {
            self.0.push((range, text.into()));
        }
    }

    /// Put a text before a byte.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.0.push((at..at, text.into()));
    }

    /// The text with all changes.
    pub fn apply(mut self, text: &str) -> String {
        // Stable: what is inserted first stands first.
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut out, mut end) = (String::with_capacity(text.len()), 0);
        for (range, new) in self.0 {
            out.push_str(&text[end..range.start]);
            out.push_str(&new);
            end = range.end;
        }
        out + &text[end..]
    }
}

/// The entries of a text whose root is a record written line by line: each key with the bytes from its line to the end of its
/// value. Comments before a key are the key's own.
pub(super) fn entries(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found: Vec<(&str, Range<usize>)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let key = line.split_once(':').map(|(key, _)| key).filter(|key| !key.is_empty());
        let is_key = |key: &&str| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if let Some(key) = key.filter(is_key) {
            found.push((key, start..end));
        } else if let Some((_, last)) = found.last_mut()
            && !line.trim().is_empty()
            && !line.starts_with('#')
        {
            last.end = end;
        }
        start = end;
    }
    found
}

/// The years in a text moved on by one: digits that stand as four.
pub(super) fn a_year_later(text: &str) -> String {
    let (mut out, mut digits) = (String::with_capacity(text.len()), String::new());
    for c in text.chars().map(Some).chain([None]) {
        match c {
            Some(digit) if digit.is_ascii_digit() => digits.push(digit),
            other => {
                let year = digits
                    .parse::<u32>()
                    .ok()
                    .filter(|year| digits.len() == 4 && (1900..2200).contains(year));
                out += &year.map_or(std::mem::take(&mut digits), |year| (year + 1).to_string());
                digits.clear();
                out.extend(other);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_end_before_the_comments_of_the_next() {
        let text = "# 头\na: 1\nb:\n  - x: |-\n      c: 3\n\n# 注\nlast_year: 2\n";
        let found: Vec<(&str, &str)> =
            entries(text).into_iter().map(|(key, range)| (key, &text[range])).collect();
        assert_eq!(
            found,
            [("a", "a: 1\n"), ("b", "b:\n  - x: |-\n      c: 3\n"), ("last_year", "last_year: 2\n")]
        );
    }

    #[test]
    fn years_move_on_and_other_numbers_stay() {
        assert_eq!(a_year_later("2021年第3次，20210号，9999"), "2022年第3次，20210号，9999");
        assert_eq!(a_year_later("2019—2020年"), "2020—2021年");
    }

    #[test]
    fn edits_leave_the_rest_and_never_overlap() {
        let mut edits = Edits::default();
        edits.replace(2..4, "XY");
        edits.replace(3..5, "no");
        edits.insert(0, "> ");
        assert_eq!(edits.apply("abcdef"), "> abXYef");
    }
}
