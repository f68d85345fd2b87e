//! Days as people write them.

use super::text::{Date, half_width, is_blank};

/// What a text says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// A day.
    Whole(Date),
    /// Month and day; the year is not said.
    OfYear(u32, u32),
}

/// Reads a day. A time after it is left out; blanks do not count. None if the text is something else, or no day that exists.
pub fn read(text: &str) -> Option<Day> {
    let text: String = text.chars().map(half_width).collect();
    let text: String = without_time(text.trim()).chars().filter(|c| !is_blank(*c)).collect();
    let text = western(&text);
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Day::Whole(Date::new(
            text[..4].parse().ok()?,
            text[4..6].parse().ok()?,
            text[6..].parse().ok()?,
        )?));
    }
    let parts: Vec<&str> = text
        .trim_end_matches(['日', '号'])
        .split(['-', '.', '/', '年', '月', '·', '—', '–', '、', '\\'])
        .collect();
    let number = |part: &str, most: usize| -> Option<u32> {
        let digits = (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok())?
    };
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => {
            let year = i32::try_from(number(year, 4)?).ok()?;
            Some(Day::Whole(Date::new(year, number(month, 2)?, number(day, 2)?)?))
        }
        // Two numbers may be anything unless they say what they are.
        [month, day] if text.contains('月') => {
            let (month, day) = (number(month, 2)?, number(day, 2)?);
            // A leap year has every day.
            Date::new(2000, month, day).map(|_| Day::OfYear(month, day))
        }
        _ => None,
    }
}

/// The day of a serial number: days from the end of 1899, or from 1904. Numbers before 1950 and after 2100 are no days of a
/// ledger.
pub fn serial(number: f64, from_1904: bool) -> Option<Date> {
    let number = number + if from_1904 { 1462.0 } else { 0.0 };
    if !(18_264.0..73_051.0).contains(&number) {
        return None;
    }
    // Serial 60 is 29 February 1900, which was no day; after it the count is from 30 December 1899.
    let base = chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let day = base.checked_add_days(chrono::Days::new(number as u64))?;
    Date::parse(&day.to_string())
}

/// What stands before a time: `2025-03-05 10:28`, `2025-03-05T10:28:00`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let hour = text[..colon].trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    match hour.chars().next_back() {
        Some('T' | 't') => &hour[..hour.len() - 1],
        Some(c) if is_blank(c) || c == '日' || c == '号' => hour,
        _ => text,
    }
}

/// Chinese figures as digits: `二〇二五年三月十五日`.
fn western(text: &str) -> String {
    const FIGURES: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let figure = |c: char| FIGURES.iter().position(|own| *own == c).or((c == '零' || c == '○').then_some(0));
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| figure(chars[at]));
        let after = chars.get(at + 1).copied().and_then(figure);
        match (c, figure(c)) {
            ('十', _) => out.push_str(match (before.is_some(), after.is_some()) {
                (true, true) => "",
                (true, false) => "0",
                (false, true) => "1",
                (false, false) => "10",
            }),
            (_, Some(digit)) => out.push_str(&digit.to_string()),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let day = Day::Whole(Date::new(2025, 3, 5).unwrap());
        for text in [
            "2025.3.5",
            "2025年3月5日",
            "2025/3/5",
            "20250305",
            "2025 - 03 - 05",
            "2025.03.05",
            "2025年03月05号",
            "2025-3-5 ",
            "2025-3-5 0:00:00",
            "2025-03-05T10:28:00",
            "2025-03-05 10：28",
            "２０２５年３月５日",
            "二〇二五年三月五日",
            "2025年3月5日10:28",
            "二○二五年三月五日",
        ] {
            assert_eq!(read(text), Some(day), "{text}");
        }
        assert_eq!(read("二〇二五年十二月二十五日"), Date::new(2025, 12, 25).map(Day::Whole));
        assert_eq!(read("二〇二五年十月三十日"), Date::new(2025, 10, 30).map(Day::Whole));
        assert_eq!(read("３月５日"), Some(Day::OfYear(3, 5)));
        for text in [
            "",
            "3.5",
            "2025.3",
            "2025-02-30",
            "13月5日",
            "25.3.5",
            "已答复",
            "2025年3月",
            "20251301",
            "12:30",
            "甲:乙",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn serial_numbers_are_days_in_both_systems() {
        assert_eq!(serial(45_721.5, false), Date::new(2025, 3, 5));
        assert_eq!(serial(44_259.0, true), Date::new(2025, 3, 5));
        assert_eq!((serial(31.0, false), serial(f64::NAN, false), serial(1e300, true)), (None, None, None));
    }
}
