//! X016: a day that does not exist, or that was another day of the week.

use chrono::{Datelike, NaiveDate, Weekday};

use super::scan::{Scan, before, number};
use super::{Slip, every};
use crate::diagnostic::{Code, say};
use crate::document::passage::Passage;

/// What is wrong with a day of a text.
enum Wrong {
    /// There is no such month, day, hour or minute.
    None,
    /// It is this day of the week.
    Weekday(Weekday),
}

/// The days of the week after 星期, 周 or 礼拜.
const WEEKDAYS: &[(&str, Weekday)] = &[
    ("一", Weekday::Mon),
    ("二", Weekday::Tue),
    ("三", Weekday::Wed),
    ("四", Weekday::Thu),
    ("五", Weekday::Fri),
    ("六", Weekday::Sat),
    ("日", Weekday::Sun),
    ("天", Weekday::Sun),
];

/// Days that are written with their month, and hours with their minutes.
pub(in crate::check) fn impossible(passages: &[Passage]) -> Vec<Slip> {
    every(
        passages,
        |_| true,
        |index, passage, found| {
            let text = &passage.text;
            let mut at = 0;
            while let Some(start) = next_number(text, at) {
                let mut scan = Scan::new(text, start);
                let wrong = day(&mut scan).or_else(|| {
                    scan = Scan::new(text, start);
                    time(&mut scan)
                });
                at = scan.at.max(start + 1);
                while !text.is_char_boundary(at) {
                    at += 1;
                }
                let Some(wrong) = wrong else { continue };
                let words = &text[start..scan.at];
                let message = match wrong {
                    Wrong::None => {
                        say(format!("没有“{words}”这个日子或时间"), format!("there is no \"{words}\""))
                    }
                    Wrong::Weekday(own) => {
                        let own = WEEKDAYS.iter().find(|row| row.1 == own).map_or("", |row| row.0);
                        say(
                            format!("“{words}”是星期{own}"),
                            format!("\"{words}\" is another day of the week: 星期{own}"),
                        )
                    }
                };
                found.push(Slip {
                    also: None,
                    code: Code::X016,
                    passage: index,
                    range: start..scan.at,
                    message,
                    help: say("核对日期", "check the date"),
                });
            }
        },
    )
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十".contains(c)
}

/// Where the next number begins.
fn next_number(text: &str, from: usize) -> Option<usize> {
    text[from..].char_indices().map(|(at, _)| from + at).find(|at| {
        text[*at..].starts_with(is_digit)
            && !before(text, *at)
                .is_some_and(|c| is_digit(c) || c == '.' || c == '第' || c.is_ascii_alphabetic())
    })
}

/// Take a number that a unit follows.
fn counted(scan: &mut Scan, unit: &[&'static str]) -> Option<u32> {
    let mut ahead = *scan;
    let digits = ahead.run(4, is_digit);
    ahead.any(unit)?;
    let value = match digits.chars().all(|c| "〇零一二三四五六七八九".contains(c))
        && digits.chars().count() > 1
    {
        // 二〇二四
        true => digits.chars().try_fold(0, |sum, c| {
            let digit =
                "〇一二三四五六七八九".chars().position(|digit| digit == c).or((c == '零').then_some(0))?;
            Some(sum * 10 + digit)
        })?,
        false => number(digits)?,
    };
    *scan = ahead;
    u32::try_from(value).ok()
}

/// `2023年9月31日（星期三）`, `九月三十一日`; a month and a day without a year may be 29 February.
fn day(scan: &mut Scan) -> Option<Wrong> {
    let year = counted(scan, &["年"]).filter(|year| (1000..=9999).contains(year));
    let start = scan.at;
    let Some(month) = counted(scan, &["月"]) else {
        scan.at = start;
        return None;
    };
    // 3个月 has no 月 right after the number; 13月 and 0月 are no months.
    if !(1..=12).contains(&month) {
        return (!scan.rest().starts_with(['份', '均', '度']) || month > 12).then_some(Wrong::None);
    }
    let day = counted(scan, &["日", "号"])?;
    let Some(date) = NaiveDate::from_ymd_opt(year.map_or(2000, |year| year as i32), month, day) else {
        return Some(Wrong::None);
    };
    year?;
    let mut ahead = *scan;
    ahead.any(&["（", "(", "，"]);
    ahead.any(&["星期", "礼拜", "周"])?;
    let said = WEEKDAYS.iter().find(|(word, _)| ahead.word(word))?.1;
    // 周一 before 至 or 期 is a span or a word of its own.
    if ahead.rest().starts_with(['至', '到', '—', '期', '年']) || said == date.weekday() {
        return None;
    }
    ahead.any(&["）", ")"]);
    *scan = ahead;
    Some(Wrong::Weekday(date.weekday()))
}

/// `25时`, `8时75分`
fn time(scan: &mut Scan) -> Option<Wrong> {
    let whole = counted(scan, &["时"]);
    let hour = whole.or_else(|| counted(scan, &["点"]))?;
    let minute = counted(scan, &["分"]);
    // 25点意见 counts points: without minutes only 时 before the words of a time is an hour.
    let is_hour =
        minute.is_some() || whole.is_some() && scan.rest().starts_with(['至', '前', '许', '整', '，', '。']);
    (is_hour && (hour > 24 || minute.is_some_and(|minute| minute > 59))).then_some(Wrong::None)
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn days_that_do_not_exist() {
        for (text, slips) in [
            ("2023年9月31日前答复。", &["2023年9月31日"][..]),
            ("2月30日、13月1日。", &["2月30日", "13月"]),
            ("2023年2月29日办结。", &["2023年2月29日"]),
            ("二〇二三年六月三十一日", &["二〇二三年六月三十一日"]),
            ("六月三十一日", &["六月三十一日"]),
            ("25时30分开会，8时75分结束。", &["25时30分", "8时75分"]),
            ("2023年12月7日（星期五）", &["2023年12月7日（星期五）"]),
            ("2024年2月29日，2月29日，2023年12月31日。", &[]),
            ("2023年12月7日（星期四）上午9时30分。", &[]),
            ("2023年3月，用了12个月，第13次会议，3月份。", &[]),
            ("提出25点意见，共30点。2.30日均，24时前。", &[]),
            ("三月三十一日、十二月十日，一月内办结。", &[]),
        ] {
            assert_eq!(told(impossible, &[text]), slips, "{text}");
        }
    }
}
