//! X011: units are written as their standard has them. X013: numerals as GB/T 15835 has them.

use std::ops::Range;

use super::scan::{Scan, before, is_han, is_numeral, number, numeral};
use super::{Slip, every};
use crate::diagnostic::{Code, Say, say};
use crate::document::passage::{Kind, Passage};

/// Units as they are written (GB 3100), found whatever the case of their letters.
const UNITS: &[&str] =
    &["kW", "kWh", "kg", "km", "kV", "kVA", "MW", "GW", "MPa", "kPa", "Hz", "kHz", "MHz", "GHz", "dB", "mL"];

/// What besides its right form is left alone: M for a million and m for a thousandth, KB, and what is an abbreviation.
const LEFT: &[&str] = &["mW", "ml", "DB", "mPa"];

/// Units in letters of the wrong case, after a number.
pub(in crate::check) fn units(passages: &[Passage]) -> Vec<Slip> {
    every(
        passages,
        |_| true,
        |index, passage, found| {
            let text = &passage.text;
            let mut scan = Scan::new(text, 0);
            while let Some(at) = scan.rest().find(|c: char| c.is_ascii_digit()) {
                let start = scan.at + at;
                scan.at = start;
                scan.amount();
                // P30km is a name.
                let named = before(text, start).is_some_and(|c| c.is_ascii_alphanumeric());
                let mut ahead = scan;
                ahead.word(" ");
                let from = ahead.at;
                let letters = ahead.run(usize::MAX, |c| c.is_ascii_alphabetic());
                let Some(unit) = UNITS.iter().find(|unit| unit.eq_ignore_ascii_case(letters)) else {
                    continue;
                };
                if named
                    || *unit == letters
                    || LEFT.contains(&letters)
                    || ahead.peek().is_some_and(|c| c.is_ascii_digit())
                {
                    continue;
                }
                found.push(Slip {
                    also: None,
                    code: Code::X011,
                    passage: index,
                    range: from..ahead.at,
                    message: say(
                        format!("单位“{letters}”的大小写不对：{}", &text[start..ahead.at]),
                        format!("the letters of the unit \"{letters}\": {}", &text[start..ahead.at]),
                    ),
                    help: say(format!("写成“{unit}”"), format!("write \"{unit}\"")),
                });
                scan = ahead;
            }
        },
    )
}

/// Tells of some bytes: what is wrong, and what to write.
type Tell<'t> = &'t mut dyn FnMut(Range<usize>, (&'static str, &'static str), String);

/// Numbers that are written as GB/T 15835 has them not.
pub(in crate::check) fn numbers(passages: &[Passage]) -> Vec<Slip> {
    // Years in numerals are wrong beside years in digits, in texts since the standard of 2012: before it they were usual.
    let in_digits = newest_year(passages).is_some_and(|year| year >= 2012);
    every(
        passages,
        |_| true,
        |index, passage, found| {
            let text = &passage.text;
            let mut tell = |range: Range<usize>, (zh, en): (&'static str, &'static str), right: String| {
                let words = &text[range.clone()];
                let (message, help): (Say, Say) = (
                    say(format!("{zh}：{words}"), format!("{en}: {words}")),
                    say(format!("写成“{right}”"), format!("write \"{right}\"")),
                );
                found.push(Slip { also: None, code: Code::X013, passage: index, range, message, help });
            };
            wide_digits(text, &mut tell);
            if passage.kind == Kind::Cell || text.is_ascii() {
                return;
            }
            from_digits(text, &mut tell);
            from_numerals(text, in_digits, &mut tell);
            about(text, &mut tell);
        },
    )
}

/// The newest year in digits outside tables.
fn newest_year(passages: &[Passage]) -> Option<u32> {
    let prose = passages.iter().filter(|passage| passage.kind != Kind::Cell);
    let years = prose.flat_map(|passage| {
        passage.text.match_indices('年').filter_map(|(at, _)| {
            let digits = passage.text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
            (digits == 4).then(|| passage.text[at - digits..at].parse().ok())?
        })
    });
    years.max()
}

/// １２, and ３．２.
fn wide_digits(text: &str, tell: Tell) {
    let is_wide = |c: char| ('０'..='９').contains(&c);
    let mut scan = Scan::new(text, 0);
    while let Some(at) = scan.rest().find(is_wide) {
        scan.at += at;
        let start = scan.at;
        let run = scan.run(usize::MAX, |c| is_wide(c) || c == '．').trim_end_matches('．');
        let narrow =
            |c: char| if c == '．' { Some('.') } else { char::from_digit(c as u32 - '０' as u32, 10) };
        tell(
            start..start + run.len(),
            ("数字是全角的", "full-width digits"),
            run.chars().filter_map(narrow).collect(),
        );
    }
}

/// What may follow a number of which 3-5 is a range.
const COUNTED: &[&str] = &["月", "日", "年", "天", "个", "家", "项", "件", "人", "次", "名", "岁"];
/// What may follow 3、4 where it means three or four.
const ABOUT: &[&str] = &["个", "家", "人", "天", "年", "次", "项", "件", "名", "位", "岁"];

/// What begins with an ASCII digit.
fn from_digits(text: &str, tell: Tell) {
    let mut scan = Scan::new(text, 0);
    while let Some(at) = scan.rest().find(|c: char| c.is_ascii_digit()) {
        let start = scan.at + at;
        scan.at = start;
        let first = scan.amount();
        let ahead = before(text, start);
        if ahead.is_some_and(|c| c.is_ascii_alphanumeric() || "-—.,/、．~～".contains(c)) {
            continue;
        }
        let mut next = scan;
        match next.peek() {
            Some('-') if first.len() <= 2 => {
                next.at += 1;
                let second = next.digits();
                if let (1 | 2, Some(unit)) = (second.len(), next.any(COUNTED))
                    && !next.rest().starts_with('级')
                    && !matches!(ahead, Some('第'))
                {
                    tell(
                        start..next.at,
                        ("起止的数字之间用了短横", "a hyphen between two numbers"),
                        format!("{first}—{second}{unit}"),
                    );
                }
            }
            Some('、') => {
                next.word("、");
                let second = next.digits();
                let pair = (number(first), number(second));
                if let ((Some(a), Some(b)), Some(unit)) = (pair, next.any(ABOUT))
                    && a + 1 == b
                    && b < 10
                    && !next.rest().starts_with('级')
                    && ahead.is_none_or(|c| !"第表图件款条项章".contains(c))
                {
                    tell(
                        start..next.at,
                        ("概数用了阿拉伯数字", "a number that is about so many, in digits"),
                        format!("{}{}{unit}", numeral(a), numeral(b)),
                    );
                }
            }
            Some('。') => {
                next.word("。");
                let second = next.digits();
                if let (1 | 2, Some(unit)) = (second.len(), next.any(&["%", "％", "万", "亿", "倍"])) {
                    tell(
                        start..next.at,
                        ("小数点写成了句号", "a full stop for a decimal point"),
                        format!("{first}.{second}{unit}"),
                    );
                }
            }
            Some('万' | '亿') => {
                let large = next.run(1, |_| true);
                let second = next.digits();
                let small = next.any(&["千", "百", "十"]);
                // 3万5千瓦 counts kilowatts.
                let unit = next.peek().is_some_and(|c| "瓦克米帕卡伏焦赫吨字".contains(c));
                if let (Some(small), false, false) = (small, second.is_empty(), unit) {
                    let tail = match (large, small) {
                        ("万", "千") => second.to_owned(),
                        ("万", "百") => format!("0{second}"),
                        _ => String::new(),
                    };
                    let right = match tail.is_empty() || first.contains('.') || second.len() > 1 {
                        true => format!("以“{large}”为单位的小数"),
                        false => format!("{first}.{tail}{large}"),
                    };
                    tell(start..next.at, ("一个数里用了两个单位", "a number of two units"), right);
                }
            }
            Some('月') => {
                next.word("月");
                let day = next.run(3, is_numeral);
                if let (Some(day), true) = (number(day).filter(|_| !day.is_empty()), next.word("日")) {
                    tell(
                        start..next.at,
                        ("日期混用两种数字", "a date in two kinds of numerals"),
                        format!("{first}月{day}日"),
                    );
                }
            }
            Some('年') if first.len() == 4 => {
                next.word("年");
                let month = next.run(2, is_numeral);
                if let (Some(month), true) = (number(month).filter(|_| !month.is_empty()), next.word("月")) {
                    tell(
                        start..next.at,
                        ("日期混用两种数字", "a date in two kinds of numerals"),
                        format!("{first}年{month}月"),
                    );
                }
            }
            _ => {}
        }
    }
}

/// What begins with a Chinese numeral.
fn from_numerals(text: &str, years_in_digits: bool, tell: Tell) {
    let is_zero = |c: char| matches!(c, '〇' | '○' | '零' | 'Ｏ' | '0' | 'O');
    let mut end = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| is_numeral(*c)) {
        if at < end || before(text, at).is_some_and(is_numeral) {
            continue;
        }
        let mut scan = Scan::new(text, at);
        let run = scan.run(4, |c| is_numeral(c) || is_zero(c));
        let quoted = before(text, at).is_some_and(|c| "“《".contains(c));
        if run.contains(['0', 'O', 'Ｏ']) && scan.any(&["年代", "年"]).is_some() {
            let digits: String = run.chars().filter_map(|c| digit(c, is_zero)).collect();
            let unit = if text[..scan.at].ends_with('代') { "年代" } else { "年" };
            tell(
                at..scan.at,
                ("混用两种数字", "two kinds of numerals in one number"),
                format!("{digits}{unit}"),
            );
        } else if run.chars().count() == 4
            && matches!(c, '一' | '二')
            && !run.contains('十')
            && years_in_digits
            && !quoted
        {
            if scan.word("年") {
                let digits: String = run.chars().filter_map(|c| digit(c, is_zero)).collect();
                tell(
                    at..scan.at,
                    ("年份有的用汉字，有的用阿拉伯数字", "years in numerals beside years in digits"),
                    format!("{digits}年"),
                );
            }
        } else {
            let mut scan = Scan::new(text, at);
            let month = number(scan.run(2, is_numeral)).filter(|_| scan.word("月"));
            let day = scan.digits();
            if let (Some(month), 1 | 2, true) = (month, day.len(), scan.word("日")) {
                tell(
                    at..scan.at,
                    ("日期混用两种数字", "a date in two kinds of numerals"),
                    format!("{month}月{day}日"),
                );
            }
        }
        end = scan.at;
    }
}

fn digit(c: char, is_zero: impl Fn(char) -> bool) -> Option<char> {
    if is_zero(c) {
        return Some('0');
    }
    char::from_digit(u32::try_from(number(&c.to_string())?).ok()?, 10)
}

/// Numbers that are said to be about so many, twice.
fn about(text: &str, tell: Tell) {
    for head in ["大约", "约", "将近", "接近", "近", "逾", "超过"] {
        for (at, _) in text.match_indices(head) {
            // 条约5个, 最近3年; 大约 has been looked at.
            if before(text, at)
                .is_some_and(|c| "条节合签制契违特邀公预大将接最附临邻靠亲贴远相就".contains(c))
            {
                continue;
            }
            let mut scan = Scan::new(text, at + head.len());
            scan.any(&["占", "为", "有"]);
            let digits = scan.amount();
            let amount = if digits.is_empty() {
                scan.run(4, |c| is_numeral(c) || "百千万亿两".contains(c))
            } else {
                digits
            };
            if amount.is_empty() {
                continue;
            }
            scan.run(2, |c| "万亿千百".contains(c));
            let number_end = scan.at;
            let more = scan.any(&["余", "多"]);
            if more.is_some() && !scan.rest().starts_with(['年', '种', '月']) {
                let right = text[at..number_end].to_owned();
                tell(at..scan.at, ("概数说了两次", "about so many is said twice"), right);
                continue;
            }
            scan.run(4, |c| (is_han(c) || c == '%' || c == '％') && !"左上".contains(c));
            if scan.any(&["左右", "上下"]).is_some() {
                let right = text[at..scan.at - "左右".len()].to_owned();
                tell(at..scan.at, ("概数说了两次", "about so many is said twice"), right);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn units_have_their_own_letters() {
        for (text, slips) in [
            ("100KW激光器，5KG，3.5 Km，220kv，10kwh", &["KW", "KG", "Km", "kv", "kwh"][..]),
            ("100kW、5MW、3km、公里/小时、P30KM、DB42、华星光电t4、5G、10dB、500ml、KW", &[]),
        ] {
            assert_eq!(told(units, &[text]), slips, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_in_one_way() {
        for (text, slips) in [
            ("5-6月，3-5家", &["5-6月", "3-5家"][..]),
            ("2021年，二〇二〇年，二○一九年", &["二〇二〇年", "二○一九年"]),
            ("九0年代，3、4个，1万2千，增长3。2%", &["九0年代", "3、4个", "1万2千", "3。2%"]),
            ("五月3日，5月三日，2021年五月", &["五月3日", "5月三日", "2021年五月"]),
            ("共１２件，占３．２%", &["１２", "３．２"]),
            ("约30家左右，近200余人，大约占5%左右", &["约30家左右", "近200余", "大约占5%左右"]),
            ("二〇二一年五月三日，九十年代，三四个，3亿4500万，3万5千瓦，5—6月，2021-05-06", &[]),
            ("第3、4个，1、2、3个，附件3、4项，第3-5年级，138件。2021年，“二〇二〇年”，027-65-6日", &[]),
            ("近20万群众，约5000人，最近3年多，近3年多来，条约5个左右，700余人次，十多年", &[]),
        ] {
            assert_eq!(told(numbers, &[text]), slips, "{text}");
        }
    }
}
