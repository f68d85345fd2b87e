//! Days: those of the data, and days as people write them.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::{Serialize, Serializer};

use super::fault::fault;
use super::text::{half_width, is_blank};
use super::todo::is_mark;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
#[schemars(extend("format" = "date", "pattern" = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
pub struct Date(#[schemars(with = "String")] NaiveDate);

impl Date {
    /// A day by year, month and day, if there is such a day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// `2021-09-01`, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let mark =
            |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
        if text.len() != 10 || !text.bytes().enumerate().all(mark) {
            return None;
        }
        Self::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
    }

    /// `2021年9月1日`: full Arabic digits, no leading zeros (GB/T 9704 7.3.5.4).
    pub fn chinese(self) -> String {
        format!("{}年{}月{}日", self.0.year(), self.0.month(), self.0.day())
    }

    /// `9月1日`, where the year is known.
    pub fn chinese_day(self) -> String {
        format!("{}月{}日", self.0.month(), self.0.day())
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.0.year()
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Day;
        impl Visitor<'_> for Day {
            type Value = Date;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str(&fault("日期（如 2021-09-30）", "a date like 2021-09-30"))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Date, E> {
                let shown: String = text.chars().take(40).collect();
                if is_mark(text) {
                    let en = "a day cannot be left open: write a likely one and correct it later";
                    return Err(E::custom(fault("日期不能写 todo，先写一个大致的日期，定稿前再核对", en)));
                }
                Date::parse(text).ok_or_else(|| {
                    if let Some(day) = likely(text) {
                        let zh = format!("日期“{shown}”写成 {day}");
                        return E::custom(fault(zh, format!("write the date \"{shown}\" as {day}")));
                    }
                    let zh = format!(
                        "“{shown}”不是一个日期，请写成 2021-09-30 这样（四位年-两位月-两位日，且确有这一天）"
                    );
                    let en =
                        format!("\"{shown}\" is not a date: write it like 2021-09-30, a day that exists");
                    E::custom(fault(zh, en))
                })
            }
        }
        deserializer.deserialize_str(Day)
    }
}

/// The day that is meant by a text in another form, or by the number of a spreadsheet.
fn likely(text: &str) -> Option<Date> {
    if let Ok(number) = text.parse::<u32>()
        && text.len() == 5
    {
        return serial(f64::from(number), false);
    }
    match read(text)? {
        Day::Whole(date) => Some(date),
        Day::OfYear(..) => None,
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

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
    fn only_days_that_exist_are_dates() {
        assert_eq!(Date::parse("2021-12-09").map(Date::chinese).as_deref(), Some("2021年12月9日"));
        for bad in ["2021-09-31", "2021-9-1", "20210901", "2021-09-01 ", "+021-09-01", "2021/09/01", ""] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_day_in_another_form_is_refused_with_the_form_to_write() {
        let told = |text: &str| serde_yaml::from_str::<Date>(text).err().map(|error| error.to_string());
        for text in [
            "2025.3.5",
            "2025/3/5",
            "2025年3月5日",
            "20250305",
            "45721",
            "2025-3-5",
            "２０２５-０３-０５",
            "二〇二五年三月五日",
        ] {
            let words = told(text).unwrap();
            assert!(words.contains("as 2025-03-05") && words.contains("写成 2025-03-05"), "{text}: {words}");
        }
        for text in ["2025.2.30", "3月5日", "12345", "去年", "2025.3"] {
            assert!(told(text).unwrap().contains("is not a date"), "{text}");
        }
        assert_eq!(told("2025-03-05"), None);
    }

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
