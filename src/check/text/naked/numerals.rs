//! Quantities in Chinese numerals: 三十五家, 二十亿元, 百分之九十八点五, 九成以上, 三分之二, 两倍, 翻一番.

use std::ops::Range;

use super::super::scan::{Scan, before};
use crate::policy::units::{MEASURES, NO_MEASURES, NOT_TENTHS};

const DIGITS: &str = "〇零一二三四五六七八九两";
const MAGNITUDES: &str = "十百千万亿";

fn is_numeral(c: char) -> bool {
    DIGITS.contains(c) || MAGNITUDES.contains(c)
}

/// Every quantity of a text that is written in Chinese numerals, with its unit.
pub(super) fn quantities(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.char_indices().filter(|(_, c)| is_numeral(*c) || *c == '翻') {
        let inside = found.last().is_some_and(|last| at < last.end);
        if inside
            || before(text, at)
                .is_some_and(|c| is_numeral(c) || "第届数几上近".contains(c) || c.is_ascii_digit())
        {
            continue;
        }
        let mut scan = Scan::new(text, at);
        if fraction(&mut scan) || doubled(&mut scan) || tenths(&mut scan) || counted(&mut scan) {
            found.push(at..scan.at);
        }
    }
    found
}

/// `百分之九十八点五`, `三分之二`
fn fraction(scan: &mut Scan) -> bool {
    let mut ahead = *scan;
    let whole = ahead.run(5, is_numeral);
    if whole.is_empty() || !ahead.word("分之") || ahead.run(6, is_numeral).is_empty() {
        return false;
    }
    if ahead.word("点") {
        ahead.run(4, is_numeral);
    }
    *scan = ahead;
    true
}

/// `翻一番`, `翻了两番`
fn doubled(scan: &mut Scan) -> bool {
    let mut ahead = *scan;
    let is = ahead.word("翻") && {
        ahead.word("了");
        !ahead.run(2, is_numeral).is_empty() && ahead.word("番")
    };
    if is {
        *scan = ahead;
    }
    is
}

/// `九成以上`
fn tenths(scan: &mut Scan) -> bool {
    let mut ahead = *scan;
    let is = !ahead.run(1, |c| "一二三四五六七八九".contains(c)).is_empty()
        && ahead.word("成")
        && !NOT_TENTHS.iter().any(|word| ahead.rest().starts_with(word));
    if is {
        *scan = ahead;
    }
    is
}

/// `三十五家`, `二十亿元`; 一家 is an article, and 千家万户 counts nothing.
fn counted(scan: &mut Scan) -> bool {
    let mut ahead = *scan;
    let numeral = ahead.run(8, is_numeral);
    let digits = numeral.chars().filter(|c| DIGITS.contains(*c)).count();
    let only_one = matches!(numeral, "一" | "〇" | "零");
    if numeral.is_empty() || only_one || digits == 0 && !numeral.starts_with('十') {
        return false;
    }
    ahead.any(&["余", "多", "来"]);
    let rest = ahead.rest();
    if NO_MEASURES.iter().any(|word| rest.starts_with(word)) || ahead.any(MEASURES).is_none() {
        return false;
    }
    *scan = ahead;
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_in_numerals() {
        for (text, expected) in [
            ("走访企业三十五家，投入二十亿元。", &["三十五家", "二十亿元"][..]),
            ("满意率百分之九十八点五，三分之二已办结。", &["百分之九十八点五", "三分之二"]),
            (
                "九成以上建议得到采纳，增长两倍，产值翻一番、翻了两番。",
                &["九成", "两倍", "翻一番", "翻了两番"],
            ),
            ("二十余家企业、五名代表、十二场座谈。", &["二十余家", "五名", "十二场"]),
            ("第三家、第十四届二次会议、一家企业、五位一体、三位一体。", &[]),
            ("千家万户、百家企业、数十家、几百人。", &[]),
            ("三个方面、四项措施、“五个一”、双随机、一人一策。", &[]),
            ("第五成立大会，一成不变。", &[]),
            ("二〇二四年三月五日，十四五规划。", &[]),
        ] {
            let read: Vec<&str> = quantities(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(read, expected, "{text}");
        }
    }
}
