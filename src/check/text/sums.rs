//! X018: a total and its parts. Where a text gives a total and then its parts, in brackets or after 其中, they make the total.

use std::ops::Range;

use super::scan::{Scan, before, number};
use super::{Slip, every, prose};
use crate::check::claims::words::{Sort, sorts, words};
use crate::diagnostic::{Code, say};
use crate::document::passage::Passage;

/// Measure words and units of what is added up.
const UNITS: &[&str] =
    &["件", "个", "项", "条", "家", "名", "人次", "人", "次", "场", "期", "篇", "万元", "亿元", "万人", "元"];
/// Words that say that a list is not all of it, that its parts overlap, or that a number is not exact.
const PARTLY: &[&str] = &[
    "等", "另", "约", "近", "超", "重复", "交叉", "兼", "同时", "部分", "余", "以上", "多", "比", "增", "减",
    "占", "含", "达", "不足", "上年", "去年", "同期", "每", "平均", "最", "第",
];
/// Decimals of amounts that are compared.
const SCALE: i64 = 10_000;

/// A number with its unit.
struct Amount {
    /// The bytes of number and unit.
    range: Range<usize>,
    /// In ten-thousandths.
    value: i64,
    unit: &'static str,
}

/// Totals in sentences that are not what their parts make.
pub(super) fn unequal(passages: &[Passage]) -> Vec<Slip> {
    every(passages, prose, |index, passage, found| {
        let text = &passage.text;
        for total in amounts(text) {
            let Some(parts) = bracketed(text, &total).or_else(|| among(text, &total)) else { continue };
            let sum: i64 = parts.iter().map(|part| part.value).sum();
            if sum == total.value {
                continue;
            }
            let list: Vec<&str> = parts.iter().map(|part| &text[part.range.clone()]).collect();
            let (list, words) = (list.join(" + "), &text[total.range.clone()]);
            let made = format!("{}{}", shown(sum), total.unit);
            found.push(Slip {
                also: None,
                code: Code::X018,
                passage: index,
                range: total.range.clone(),
                message: say(
                    format!("各部分相加不是{words}：{list} = {made}"),
                    format!("the parts do not make {words}: {list} = {made}"),
                ),
                help: say(
                    "核对总数和各部分；只列一部分或有重复的，写明“其中部分”“有重复”",
                    "check the total and its parts; if some are left out or counted twice, say so",
                ),
            });
        }
    })
}

/// Every number with a unit, except ordinals.
fn amounts(text: &str) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) =
        text[at..].find(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c))
    {
        let start = at + start;
        let mut scan = Scan::new(text, start);
        let amount = amount(&mut scan);
        at = scan.at.max(start + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
        let ordinal = before(text, start).is_some_and(|c| "第〔.,".contains(c) || c.is_ascii_alphanumeric());
        if let Some((value, unit)) = amount.filter(|_| !ordinal) {
            found.push(Amount { range: start..scan.at, value, unit });
        }
    }
    found
}

fn amount(scan: &mut Scan) -> Option<(i64, &'static str)> {
    let digits = scan.amount().to_owned();
    let value = match digits.is_empty() {
        false => scaled(&digits.replace(',', ""))?,
        true => {
            let numeral = scan.run(4, |c| "一二三四五六七八九十两".contains(c));
            i64::try_from(number(numeral)?).ok()? * SCALE
        }
    };
    scan.word("余");
    Some((value, scan.any(UNITS)?))
}

pub(super) fn scaled(digits: &str) -> Option<i64> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part: String = part.chars().chain("0000".chars()).take(4).collect();
    whole.parse::<i64>().ok()?.checked_mul(SCALE)?.checked_add(part.parse().ok()?)
}

pub(super) fn shown(value: i64) -> String {
    let part = format!("{:04}", value % SCALE);
    let part = part.trim_end_matches('0');
    format!("{}{}{part}", value / SCALE, if part.is_empty() { "" } else { "." })
}

/// `138件（主办45件，会办93件）`
fn bracketed(text: &str, total: &Amount) -> Option<Vec<Amount>> {
    let inside = text[total.range.end..].strip_prefix('（')?;
    let from = total.range.end + '（'.len_utf8();
    let end = closing(inside)?;
    let list = &inside[..end];
    let some = list.strip_prefix("其中");
    let (list, from) = some.map_or((list, from), |rest| (rest, from + "其中".len()));
    let (parts, sorts) = listed(list, from, total.unit)?;
    (parts.len() > 1 && (some.is_none() || is_whole(&sorts))).then_some(parts)
}

/// `138件，其中：主办45件、会办93件`; what follows 其中 may be some of it, so only a list by one key is held to be all: roles,
/// kinds or levels.
fn among(text: &str, total: &Amount) -> Option<Vec<Amount>> {
    let rest = &text[total.range.end..];
    let list = ["，其中", "。其中", "；其中", "，包括", "，分别为"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))?;
    let list = list.trim_start_matches(['：', '，']);
    let from = text.len() - list.len();
    let end = list.find(['。', '；', '！']).unwrap_or(list.len());
    let (parts, sorts) = listed(&list[..end], from, total.unit)?;
    let sum: i64 = parts.iter().map(|part| part.value).sum();
    (parts.len() > 1 && (is_whole(&sorts) || sum > total.value && rest.starts_with("，分别为")))
        .then_some(parts)
}

/// Where a bracket ends, with brackets inside.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '（') - i32::from(c == '）');
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The parts of a list, one amount each, and the sorts of cases that they are of; none where it is not certain that they are parts.
fn listed(list: &str, from: usize, unit: &str) -> Option<(Vec<Amount>, Vec<Sort>)> {
    let (mut parts, mut kinds) = (Vec::new(), Vec::new());
    for (start, piece) in pieces(list) {
        let bare = piece.find('（').map_or(piece, |at| &piece[..at]);
        let mut own: Vec<Amount> = amounts(bare).into_iter().filter(|amount| amount.unit == unit).collect();
        // What comes after the list says something else.
        if own.is_empty() && !parts.is_empty() && !piece.contains(|c: char| c.is_ascii_digit()) {
            break;
        }
        let (Some(amount), true) = (own.pop(), own.is_empty()) else { return None };
        let outside = format!("{}{}", &bare[..amount.range.start], &bare[amount.range.end..]);
        if PARTLY.iter().any(|word| outside.contains(word)) {
            return None;
        }
        kinds.extend(sorts(&words(bare)));
        parts.push(Amount {
            range: from + start + amount.range.start..from + start + amount.range.end,
            ..amount
        });
    }
    Some((parts, kinds))
}

/// The pieces of a list between its commas, brackets left whole, each with where it begins.
fn pieces(list: &str) -> Vec<(usize, &str)> {
    let (mut found, mut start, mut depth) = (Vec::new(), 0, 0);
    for (at, c) in list.char_indices() {
        depth += i32::from(c == '（') - i32::from(c == '）');
        if depth == 0 && matches!(c, '、' | '，' | '；' | '和') {
            found.push((start, &list[start..at]));
            start = at + c.len_utf8();
        }
    }
    found.push((start, &list[start..]));
    found
}

/// Whether every part names another value of one key: all roles, all kinds, or all levels.
fn is_whole(sorts: &[Sort]) -> bool {
    let differ = |same: &dyn Fn(&Sort, &Sort) -> bool| {
        sorts.iter().enumerate().all(|(at, one)| !sorts[..at].iter().any(|other| same(one, other)))
    };
    let by = |has: &dyn Fn(&Sort) -> bool| sorts.iter().all(has);
    let by_role = by(&|sort| !sort.roles.is_empty()) && differ(&|a, b| a.roles == b.roles);
    let has_origin = by(&|sort| sort.kinds.is_some()) || by(&|sort| !sort.levels.is_empty());
    let by_origin = has_origin && differ(&|a, b| (&a.kinds, &a.levels) == (&b.kinds, &b.levels));
    sorts.len() > 1 && (by_role || by_origin)
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn totals_are_what_their_parts_make() {
        for (text, slips) in [
            ("共138件（主办45件，会办92件）。", &["138件"][..]),
            ("共138件（主办45件、会办92件、参阅1件）。", &[]),
            ("全年138件，其中主办45件、会办92件。", &["138件"]),
            ("全年138件，其中：省级建议9件、市级建议43件、市级提案84件。", &["138件"]),
            ("全年138件，其中：人大代表建议54件，政协提案84件，办得较快。", &[]),
            ("主办45件（省级9件，市级35件），会办93件。", &["45件"]),
            ("投入3.5亿元（财政1.2亿元，社会2.4亿元）。", &["3.5亿元"]),
            ("投入3.5亿元（财政1.2亿元，社会2.3亿元）。", &[]),
            ("整改五项（立行立改三项、限期整改一项）。", &["五项"]),
            ("全年138件，其中领办5件、重点督办3件。", &[]),
            ("全年138件，其中主办45件，同比增长5件。", &[]),
            ("全年138件（含主办45件、会办5件）。", &[]),
            ("走访12家（甲公司、乙公司等5家）。", &[]),
            ("全年138件（主办45件，另有参阅3件）。", &[]),
            ("第3次会议（第一次3人，第二次5人）。", &[]),
        ] {
            assert_eq!(told(unequal, &[text]), slips, "{text}");
        }
    }
}
