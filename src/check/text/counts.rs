//! X006: a text that announces so many things has so many. Told only where it is certain what is counted.

use std::ops::Range;

use super::Slip;
use super::ordinals::{firstlies, ordinal};
use super::scan::{Scan, before, is_han, is_numeral, last, number};
use crate::diagnostic::{Code, say};
use crate::document::passage::{Kind, Passage};

/// What is counted, after the number.
const UNITS: &[&str] = &["个", "项", "条", "点", "大", "种", "类", "方面"];

/// Words that announce what follows.
const ANNOUNCING: &[&str] = &["以下", "如下", "下列", "下述"];

/// What things are called where a text announces them.
const NOUNS: &[&str] = &[
    "方面", "措施", "工作", "要求", "原则", "问题", "任务", "环节", "建议", "意见", "做法", "特点", "重点",
    "举措", "经验", "体会", "不足", "打算", "目标", "机制", "转变", "突破", "亮点", "成效", "步骤", "阶段",
    "抓手", "困难",
];

/// What may stand before that.
const KINDS: &[&str] = &["重点", "主要", "具体", "突出", "重大", "关键", "基本", "方面的", "方面"];

/// Longest list that is counted, in characters.
const LONGEST_LIST: usize = 200;

/// As many paragraphs may lie below the one that announces them.
const MOST_BELOW: usize = 40;

/// A number of things.
struct Count {
    /// From the number on.
    range: Range<usize>,
    number: usize,
    /// What the things are called, if the text says so in quotes: 坚持 in “四个坚持”.
    word: String,
}

/// Numbers of things that are followed by another number of them.
pub(in crate::check) fn miscounted(passages: &[Passage]) -> Vec<Slip> {
    let mut found = Vec::new();
    for (index, passage) in passages.iter().enumerate().filter(|(_, passage)| passage.kind == Kind::Paragraph)
    {
        let text = &passage.text;
        let mut tell = |count: &Count, items: usize| {
            let (words, number) = (&text[count.range.clone()], count.number);
            found.push(Slip {
                also: None,
                code: Code::X006,
                passage: index,
                range: count.range.clone(),
                message: say(
                    format!("“{words}”说的是{number}个，列出的是{items}个"),
                    format!("\"{words}\" says {number}, and {items} are listed"),
                ),
                help: say("核对列出的各项，改正数目", "count what is listed, and correct the number"),
            });
        };
        for count in counts(text) {
            let listed = after(text, &count).or_else(|| quoted_before(text, &count));
            if let Some(items) = listed.filter(|items| *items != count.number) {
                tell(&count, items);
            }
        }
        if let Some(count) = announced(text) {
            let series = series(passages, index, &count);
            if let Some(items) = series.filter(|items| *items >= 2 && *items != count.number) {
                tell(&count, items);
            }
        }
    }
    found
}

/// Every number of things in a text.
fn counts(text: &str) -> Vec<Count> {
    let mut found = Vec::new();
    let mut end = 0;
    for (at, _) in text.char_indices().filter(|(_, c)| is_numeral(*c) || *c == '两' || c.is_ascii_digit()) {
        if at < end {
            continue;
        }
        let mut scan = Scan::new(text, at);
        let digits = scan.run(3, |c| c.is_ascii_digit());
        let words = if digits.is_empty() { scan.run(3, |c| is_numeral(c) || c == '两') } else { digits };
        end = scan.at;
        let ordinal =
            before(text, at).is_some_and(|c| c == '第' || c.is_ascii_alphanumeric() || ".,、—-".contains(c));
        let Some(number) = number(words).filter(|number| (2..=20).contains(number) && !ordinal) else {
            continue;
        };
        let quoted = text[..at].ends_with('“');
        let unit = scan.any(UNITS);
        let word = if quoted { scan.run(4, is_han) } else { "" };
        let closed = quoted && scan.word("”");
        // “五定”, “六个要”; without quotes it is not known where the word ends.
        if unit.is_some() || (closed && !word.is_empty()) {
            end = scan.at;
            found.push(Count {
                range: at..scan.at,
                number,
                word: if closed { word.to_owned() } else { String::new() },
            });
        }
    }
    found
}

/// How many items are listed after a number in quotes: “三个坚持”，即：坚持甲、坚持乙、坚持丙。
fn after(text: &str, count: &Count) -> Option<usize> {
    if count.word.is_empty() {
        return None;
    }
    let mut scan = Scan::new(text, count.range.end);
    scan.run(6, is_han);
    let bracketed = scan.any(&["（", "("]).is_some();
    scan.any(&["，", ","]);
    let said = scan.any(&["即", "就是"]).is_some();
    let colon = scan.any(&["：", ":", "——"]).is_some();
    if !(colon || said && bracketed) {
        return None;
    }
    let list = scan.run(LONGEST_LIST, |c| !"。！？）)".contains(c));
    items(list, &count.word)
}

/// How many items stand in the quotes before a number: “定领导、定人员”的“二定”, “研读—沟通—答复”等3个环节.
fn quoted_before(text: &str, count: &Count) -> Option<usize> {
    let mut head = text[..count.range.start].trim_end_matches('“');
    let partly = head.ends_with('等');
    head = head.trim_end_matches(['等', '的', '这']);
    let list = last(head.strip_suffix('”')?, LONGEST_LIST);
    let list = &list[list.rfind('“')? + '“'.len_utf8()..];
    let parts = list.split(['—', '-', '→']).filter(|part| !part.is_empty()).count();
    let listed = if parts > 2 && !list.contains('、') { parts } else { items(list, &count.word)? };
    // “甲、乙、丙”等5个 names some of them.
    (!partly || listed > count.number).then_some(listed)
}

/// The number of items of a list, if each of them has the word and it is clear where each ends.
fn items(list: &str, word: &str) -> Option<usize> {
    let mark = if list.contains(['；', ';']) { &['；', ';'][..] } else { &['、'][..] };
    let parts: Vec<&str> = list.split(mark).collect();
    let clear = parts.iter().all(|part| part.contains(word) && part.chars().count() <= 40);
    let joined = mark == ['、'] && list.contains(['，', ',', '和', '与', '及', '等', '或']);
    (parts.len() > 1 && clear && !joined && !word.is_empty()).then_some(parts.len())
}

/// The number of things by which a text announces what comes after it.
fn announced(text: &str) -> Option<Count> {
    let first = firstlies(text).into_iter().next().filter(|(number, range)| *number == 1 && range.start > 0);
    let head = first.map_or(text, |(_, range)| &text[..range.start]).trim_end();
    let body = head.trim_end_matches(['：', ':', '。']);
    let colon = head.ends_with(['：', ':']);
    let start = body.rfind(['。', '；', '！', '？', '\n']).map_or(0, |at| at + '。'.len_utf8());
    let mut inside = counts(body).into_iter().filter(|count| count.range.start >= start);
    let (count, None) = (inside.next()?, inside.next()) else { return None };
    let before = &body[start..count.range.start];
    let announcing = ANNOUNCING.iter().any(|word| before.ends_with(word));
    let rest = &body[count.range.end..];
    // 主要做了四个方面的工作： nothing else stands between the number and the colon; 对5个处室提出要求： has five of others.
    let named = |rest: &str| NOUNS.contains(&rest) || KINDS.contains(&rest);
    let thing = rest.is_empty() && (announcing || body.ends_with("方面"))
        || named(rest)
        || KINDS.iter().any(|kind| rest.strip_prefix(kind).is_some_and(named));
    let quoted = rest.chars().count() <= 8 && !rest.contains(['，', ',']);
    let sure = if count.word.is_empty() { colon && thing } else { quoted };
    (sure && body.len() - start < 240).then_some(count)
}

/// How many 一是…二是… follow a text that announces them, in it or at the beginnings of the paragraphs after it.
fn series(passages: &[Passage], index: usize, count: &Count) -> Option<usize> {
    let own = &passages[index].text;
    let rest = passages[index + 1..]
        .iter()
        .take(MOST_BELOW)
        .take_while(|passage| passage.kind == Kind::Paragraph && ordinal(&passage.text).is_none());
    let inside: Vec<(usize, &str)> =
        firstlies(own).into_iter().map(|(number, range)| (number, &own[range.end..])).collect();
    let starts = rest.map(|passage| passage.text.trim_start()).filter_map(|text| {
        let (number, range) = firstlies(text).into_iter().next().filter(|(_, range)| range.start == 0)?;
        Some((number, &text[range.end..]))
    });
    // One series, either here or below; a second 一是 is another's.
    let all: Vec<(usize, &str)> =
        if inside.len() > 1 { inside } else { inside.into_iter().chain(starts).collect() };
    let length = 1 + all.iter().skip(1).take_while(|(number, _)| *number != 1).count();
    let own = all.get(..length).filter(|own| own.first().is_some_and(|(number, _)| *number == 1))?;
    // X005 reports a missing numeral.
    let whole = own.iter().enumerate().all(|(at, (number, _))| *number == at + 1);
    let called = |text: &str| count.word.is_empty() || text.trim_start_matches('“').starts_with(&*count.word);
    (whole && own.iter().all(|(_, text)| called(text))).then_some(own.len())
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn as_many_are_listed_as_are_announced() {
        for (texts, slips) in [
            (
                &["我们突出“四个坚持”。", "一是坚持甲。", "二是坚持乙。", "三是坚持丙。"][..],
                &["四个坚持”"][..],
            ),
            (&["主要有以下四个方面：一是甲。二是乙。三是丙。"], &["四个"]),
            (&["做了三项工作：", "一是甲。", "二是乙。"], &["三项"]),
            (&["对标“六个要”，即：领导要挂帅、方案要可行、简报要快捷。"], &["六个要”"]),
            (&["落实“定领导、定人员、定时间、定任务”的“五定”要求。"], &["五定”"]),
            (&["按照“研读—沟通—办理—答复”6个环节进行。"], &["6个"]),
            (&["按照“研读—沟通—办理—答复”等3个环节进行。"], &["3个"]),
            (&["有以下三点：一是甲。二是乙。", "三个方面：一是甲；二是乙。"], &["三点", "三个"]),
            (&["落实“三个一”措施（即：作出1份承诺、领办1个项目、建立一个支部）。"], &[]),
            (&["对标“三个要”，即：领导要挂帅、方案要可行、简报要快捷。"], &[]),
            (&["深化“两个确立”的学习。", "一是甲。", "二是乙。", "三是丙。"], &[]),
            (&["围绕“光电、智能”等三大领域，全市8个区，共举办3场：一是甲。二是乙。"], &[]),
            (&["突出“两个坚持”：坚持甲和乙、坚持丙、坚持丁。"], &[]),
            (&["做了三项工作：一是甲。二是乙。四是丙。"], &[]),
            (&["按照“研读—沟通—办理—答复”等6个环节进行。"], &[]),
            (&["对5个处室提出要求：一是甲。二是乙。", "对4个问题整改如下：一是甲。二是乙。"], &[]),
        ] {
            assert_eq!(told(miscounted, texts), slips, "{texts:?}");
        }
    }
}
