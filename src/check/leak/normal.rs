//! Texts in one form, so that nothing is hidden by how it is written: compatibility forms are resolved (NFKC), letters are small,
//! traditional characters are simplified, and marks, blanks, line ends and characters that are not seen are gone.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// What stood between two characters of a normal text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// A blank, a line end, a hyphen, a bracket: what may stand within one telephone number.
    Blank,
    /// A mark: two numbers beside it are two.
    Mark,
    /// The end of a sentence.
    End,
    /// The end of a text that is read in one go, such as a cell: no words go on beyond it.
    Apart,
}

/// A text in its normal form.
#[derive(Debug, Default)]
pub(super) struct Normal {
    /// The letters and digits, and the points within numbers.
    pub text: String,
    /// Where something stood between two characters: the byte of the second, and what it was, the strongest.
    breaks: Vec<(usize, Break)>,
}

/// Characters that are not seen (Unicode's default ignorables, and blanks that are drawn as nothing).
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(u32::from(c),
        0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E
        | 0x2060..=0x206F | 0x2800 | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0xFDD0..=0xFDEF
        | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Whether a character ends a sentence, or a text that is read in one go.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n' | '|') || c.is_control()
}

/// Traditional characters and their simplified ones, in order.
static SIMPLIFIED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let all: Vec<char> = ('\u{3400}'..='\u{9fff}').collect();
    // Apart, so that no two of them are read as a phrase.
    let apart: String = all.iter().flat_map(|c| [*c, '\n']).collect();
    let simple = hanconv::t2s(&apart);
    let pairs = all.iter().zip(simple.lines());
    pairs.filter_map(|(c, simple)| Some((*c, simple.chars().next().filter(|simple| simple != c)?))).collect()
});

fn simplified(c: char) -> char {
    if !('\u{3400}'..='\u{9fff}').contains(&c) {
        return c;
    }
    SIMPLIFIED.binary_search_by_key(&c, |pair| pair.0).map_or(c, |at| SIMPLIFIED[at].1)
}

impl Normal {
    pub(super) fn new(text: &str) -> Self {
        let mut normal = Self { text: String::with_capacity(text.len()), breaks: Vec::new() };
        let mut open: Option<Break> = None;
        let mut chars = text
            .chars()
            .filter(|c| !is_ignorable(*c))
            // Only the comma of half width stands within a number; NFKC makes them one.
            .map(|c| if c == '，' { '、' } else { c })
            .nfkc()
            .filter(|c| !is_ignorable(*c))
            .peekable();
        while let Some(c) = chars.next() {
            let next_is_digit = chars.peek().is_some_and(char::is_ascii_digit);
            let between =
                normal.text.ends_with(|c: char| c.is_ascii_digit()) && next_is_digit && open.is_none();
            let kind = match c {
                c if c.is_alphanumeric() || c == '.' && between => {
                    if let Some(kind) = open.take() {
                        normal.breaks.push((normal.text.len(), kind));
                    }
                    normal.text.extend(simplified(c).to_lowercase());
                    continue;
                }
                // Thousands: 1,450.
                ',' if between => Break::Blank,
                c if c.is_control() && !c.is_whitespace() => Break::Apart,
                c if ends_sentence(c) && c != '\n' => Break::End,
                c if c.is_whitespace() || "-‐‑‒–—()+·".contains(c) => Break::Blank,
                _ => Break::Mark,
            };
            open = open.max(Some(kind));
        }
        normal
    }

    /// What stands at a byte, before its character; the end of the text at both ends.
    pub(super) fn at(&self, byte: usize) -> Option<Break> {
        if byte == 0 || byte >= self.text.len() {
            return Some(Break::Apart);
        }
        self.breaks.binary_search_by_key(&byte, |own| own.0).ok().map(|at| self.breaks[at].1)
    }

    /// The strongest break within some bytes.
    pub(super) fn within(&self, start: usize, end: usize) -> Option<Break> {
        let from = self.breaks.partition_point(|(at, _)| *at <= start);
        self.breaks[from..].iter().take_while(|(at, _)| *at < end).map(|(_, kind)| *kind).max()
    }
}

/// A text in its normal form, without what stood between its characters.
pub(super) fn normal(text: &str) -> String {
    Normal::new(text).text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_it_is_written_it_is_the_same() {
        for text in [
            "推动磷化工5G项目",
            "推动“磷化工”（5G）项目",
            "推動磷化工５Ｇ項目",
            "推\u{ad}动\u{200b}磷\u{34f}化\u{e0041}工 5g\n项\u{3164}目",
            "推、动、磷-化-工 ５g 项 目",
        ] {
            assert_eq!(normal(text), "推动磷化工5g项目", "{text}");
        }
        assert_ne!(normal("磷化工"), normal("磷化"));
    }

    #[test]
    fn numbers_beside_a_mark_are_two() {
        let text = Normal::new("138 1234-5678，90。1,450.5 12\u{1}34");
        assert_eq!(text.text, "13812345678901450.51234");
        assert_eq!((text.within(0, 11), text.at(11)), (Some(Break::Blank), Some(Break::Mark)));
        assert_eq!(
            (text.at(13), text.within(13, 19), text.at(19)),
            (Some(Break::End), Some(Break::Blank), Some(Break::Blank))
        );
        assert_eq!((text.at(21), text.at(5), text.at(23)), (Some(Break::Apart), None, Some(Break::Apart)));
    }
}
