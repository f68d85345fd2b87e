//! Chinese numerals and the numbers that headings get from their depth (GB/T 9704 7.3.3).

const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// `一` to `九十九`; Arabic digits for larger numbers.
pub fn chinese(number: usize) -> String {
    match (number / 10, number % 10) {
        _ if number == 0 || number > 99 => number.to_string(),
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

/// The same before a measure word: `两个`, not 二个.
pub fn cardinal(number: usize) -> String {
    if number == 2 { "两".to_owned() } else { chinese(number) }
}

/// The number that Chinese numerals (一 to 九十九, and 两) or ASCII digits say.
pub fn number(words: &str) -> Option<usize> {
    if let Ok(number) = words.parse() {
        return Some(number);
    }
    let digit = |c: char| match c {
        '两' => Some(2),
        c => "〇一二三四五六七八九".chars().position(|digit| digit == c),
    };
    let chars: Vec<char> = words.chars().collect();
    match chars[..] {
        ['十'] => Some(10),
        [one] => digit(one),
        ['十', ones] => Some(10 + digit(ones)?),
        [tens, '十'] => Some(10 * digit(tens)?),
        [tens, '十', ones] => Some(10 * digit(tens)? + digit(ones)?),
        _ => None,
    }
}

/// Whether a heading begins with a number of its own: one would stand there twice.
pub fn is_numbered(heading: &str) -> bool {
    let digits = |c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit();
    let bracket = heading.trim_start_matches(['（', '(']);
    let rest = bracket.trim_start_matches(digits);
    rest.len() < bracket.len() && rest.starts_with(['）', ')', '、', '.', '．', '是'])
}

/// Counts headings, a counter a depth.
#[derive(Debug, Default)]
pub struct Counter([usize; 4]);

impl Counter {
    /// The number of the next heading of a depth from 1 to 4: `一、`, `（一）`, `1.`, `（1）`.
    pub fn next(&mut self, depth: u8) -> String {
        let depth = usize::from(depth.clamp(1, 4));
        self.0[depth - 1] += 1;
        self.0[depth..].fill(0);
        let count = self.0[depth - 1];
        match depth {
            1 => format!("{}、", chinese(count)),
            2 => format!("（{}）", chinese(count)),
            3 => format!("{count}."),
            _ => format!("（{count}）"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads a numeral back by the rules of the language, not by the table that wrote it.
    fn value(numeral: &str) -> usize {
        let ones = |c: char| "零一二三四五六七八九".chars().position(|d| d == c);
        let (mut total, mut last) = (0, None);
        for c in numeral.chars() {
            match c {
                '十' => total += 10 * last.take().unwrap_or(1),
                c => last = ones(c),
            }
        }
        total + last.unwrap_or(0)
    }

    proptest! {
        #[test]
        fn numerals_read_back(number in 1usize..=99) {
            prop_assert_eq!(value(&chinese(number)), number);
        }
    }

    #[test]
    fn a_heading_starts_the_deeper_ones_anew() {
        let mut counter = Counter::default();
        let numbers: Vec<String> = [1, 2, 2, 3, 4, 2, 3, 1, 2].iter().map(|&d| counter.next(d)).collect();
        assert_eq!(numbers, ["一、", "（一）", "（二）", "1.", "（1）", "（三）", "1.", "二、", "（一）"]);
    }
}
