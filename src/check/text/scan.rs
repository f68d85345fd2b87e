//! Looking at Chinese text: what its characters are, its numerals, and a reader that goes through it step by step.

pub(in crate::check) use crate::document::han::is_han;
pub(in crate::check) use crate::document::number::{chinese as numeral, number};

/// Whether a character is Han or a mark of Chinese text; the full-width space is neither.
pub(super) fn is_chinese(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Whether a character is a Chinese numeral up to ten.
pub(super) fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// The first characters of some words, for a message.
pub(super) fn cut(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}

/// The last characters of a text.
pub(super) fn last(text: &str, most: usize) -> &str {
    let start = text.char_indices().rev().take(most).last().map_or(text.len(), |(at, _)| at);
    &text[start..]
}

/// The last characters of some words, for a message.
pub(super) fn tail(words: &str, most: usize) -> &str {
    last(words, most).trim_start()
}

/// The character before a byte.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// Reads a text from left to right: each step takes what it wants, or leaves the place as it is.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Scan<'t> {
    text: &'t str,
    /// The byte that is next.
    pub at: usize,
}

impl<'t> Scan<'t> {
    /// A reader of a text from a byte on.
    pub(in crate::check) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    /// What has not been read.
    pub(in crate::check) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The next character.
    pub(in crate::check) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Take these words.
    pub(in crate::check) fn word(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// Take the first of these that is there.
    pub(in crate::check) fn any(&mut self, words: &[&'static str]) -> Option<&'static str> {
        let found = words.iter().find(|word| self.rest().starts_with(**word))?;
        self.at += found.len();
        Some(found)
    }

    /// Take characters, at most so many.
    pub(in crate::check) fn run(&mut self, most: usize, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let length = rest.chars().take(most).take_while(|c| wanted(*c)).map(char::len_utf8).sum();
        self.at += length;
        &rest[..length]
    }

    /// Take ASCII digits.
    pub(in crate::check) fn digits(&mut self) -> &'t str {
        self.run(usize::MAX, |c| c.is_ascii_digit())
    }

    /// Take a number in ASCII digits, with its separators and decimals; it begins and ends in a digit.
    pub(in crate::check) fn amount(&mut self) -> &'t str {
        let start = self.at;
        while !self.digits().is_empty() {
            let mut ahead = *self;
            if ahead.any(&[".", ","]).is_none() || !ahead.peek().is_some_and(|c| c.is_ascii_digit()) {
                break;
            }
            *self = ahead;
        }
        &self.text[start..self.at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read_and_written() {
        for (words, said) in [("一", 1), ("十", 10), ("十二", 12), ("三十", 30), ("九十九", 99)] {
            assert_eq!(number(words), Some(said));
            assert_eq!(numeral(said), words);
        }
        assert_eq!((number("两"), number("8"), number("个"), number("")), (Some(2), Some(8), None, None));
    }

    #[test]
    fn an_amount_ends_in_a_digit() {
        for (text, amount) in [("1,450家", "1,450"), ("3.20%", "3.20"), ("5.", "5"), ("家", "")] {
            assert_eq!(Scan::new(text, 0).amount(), amount);
        }
    }
}
