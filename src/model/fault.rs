//! What is wrong with a value, in both languages, on its way through readers that carry one text only (serde, Tera). The marks
//! that it is written with are known in this file alone; no text of a file may hold them.

use std::fmt;

/// Stands between the Chinese and the English half.
const BETWEEN: char = '\u{1f}';
/// Stands before a fault of the value's key.
const OF_KEY: char = '\u{1e}';

/// A fault in both languages. A type that says what it expects says it in this form too.
pub fn fault(zh: impl fmt::Display, en: impl fmt::Display) -> String {
    format!("{zh}{BETWEEN}{en}")
}

/// The same fault, of the value's key.
pub(super) fn of_key(fault: impl fmt::Display) -> String {
    format!("{OF_KEY}{fault}")
}

/// The Chinese and the English half of a fault; none if the words are a reader's own.
pub fn halves(words: &str) -> Option<(&str, &str)> {
    words.trim_start_matches(OF_KEY).split_once(BETWEEN)
}

/// Whether a fault is one of the value's key.
pub fn is_of_key(words: &str) -> bool {
    words.starts_with(OF_KEY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_comes_back_in_both_languages() {
        let words = fault("不是日期", "is not a date");
        assert_eq!(halves(&words), Some(("不是日期", "is not a date")));
        assert_eq!((is_of_key(&words), is_of_key(&of_key(&words))), (false, true));
        assert_eq!(halves(&of_key(&words)), halves(&words));
        assert_eq!(halves("invalid type: map"), None);
    }
}
