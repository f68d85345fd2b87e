//! X008: one 《title》 cited in two ways.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Slip;
use crate::diagnostic::{Code, say};
use crate::document::passage::{Kind, Passage};

/// Shorter titles differ by little and are different, in characters.
const SHORTEST: usize = 8;
/// A title must be this long to be one that has a wrong character in it.
const LONG: usize = 12;
/// As many titles are held against all others; of more, each against those beside it in the order of words.
const FEW: usize = 300;
/// How many of those.
const BESIDE: usize = 8;

/// What makes another document: a level, a place, an ordinal, a stage.
const TELLING: &str = "省市区县州镇乡村街国家中东南西北上下前后左右内外大小新老男女总分正副主次甲乙丙丁一二三四五六七八九十百千两双单高低增减收支进出出入产供年月日期届版号批次季度试暂修草补初终";

struct Title<'t> {
    chars: Vec<char>,
    words: &'t str,
    /// The passage and the bytes where it is cited first, and how often it is.
    first: (usize, Range<usize>),
    count: usize,
    passages: Vec<usize>,
}

/// Titles that differ from another by a word such as 的, or by a wrong character.
pub(in crate::check) fn cited_two_ways(passages: &[Passage]) -> Vec<Slip> {
    let titles = titles(passages);
    let mut found = Vec::new();
    let mut tell = |one: &Title, other: &Title| {
        if !is_same(one, other) {
            return;
        }
        // The rarer is wrong, or else the later.
        let rank = |title: &Title| (std::cmp::Reverse(title.count), title.first.0, title.first.1.start);
        let (right, wrong) = if rank(one) <= rank(other) { (one, other) } else { (other, one) };
        found.push(Slip {
            also: Some((right.first.0, right.first.1.clone(), say("另一种写法", "cited otherwise here"))),
            code: Code::X008,
            passage: wrong.first.0,
            range: wrong.first.1.clone(),
            message: say(
                format!("同一文件有两种写法：《{}》和《{}》", wrong.words, right.words),
                format!("one document is cited two ways: 《{}》 and 《{}》", wrong.words, right.words),
            ),
            help: say("照文件原名统一写法", "cite it by the name that it bears, everywhere"),
        });
    };
    if titles.len() <= FEW {
        for (at, one) in titles.iter().enumerate() {
            titles[at + 1..].iter().for_each(|other| tell(one, other));
        }
    } else {
        // In the order of their words, two ways of one title stand side by side.
        for (at, one) in titles.iter().enumerate() {
            titles[at + 1..].iter().take(BESIDE).for_each(|other| tell(one, other));
        }
    }
    found
}

/// Every title by its words.
fn titles(passages: &[Passage]) -> Vec<Title<'_>> {
    let mut found: BTreeMap<String, Title<'_>> = BTreeMap::new();
    for (index, passage) in passages.iter().enumerate().filter(|(_, passage)| passage.kind != Kind::Cell) {
        for range in outermost(&passage.text) {
            let words = &passage.text[range.clone()];
            // Half-width marks are another rule's.
            let key: String = words.chars().filter(|c| !c.is_whitespace()).map(wide).collect();
            if key.chars().count() < SHORTEST {
                continue;
            }
            let title = found.entry(key.clone()).or_insert_with(|| Title {
                chars: key.chars().collect(),
                words,
                first: (index, range),
                count: 0,
                passages: Vec::new(),
            });
            title.count += 1;
            title.passages.push(index);
        }
    }
    found.into_values().collect()
}

fn wide(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        ',' => '，',
        ':' => '：',
        '<' => '〈',
        '>' => '〉',
        c => c,
    }
}

/// What stands in title marks that stand in none.
fn outermost(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0usize, 0);
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '《' | '》')) {
        if c == '《' {
            start = if depth == 0 { at + c.len_utf8() } else { start };
            depth += 1;
        } else if depth > 0 {
            depth -= 1;
            found.extend((depth == 0).then_some(start..at));
        }
    }
    found
}

/// Whether two titles are of one document.
fn is_same(one: &Title, other: &Title) -> bool {
    if one.chars.len().abs_diff(other.chars.len()) > 2 {
        return false;
    }
    let (short, long) = if one.chars.len() <= other.chars.len() { (one, other) } else { (other, one) };
    let head = short.chars.iter().zip(&long.chars).take_while(|(a, b)| a == b).count();
    let rest = (&short.chars[head..], &long.chars[head..]);
    let tail = rest.0.iter().rev().zip(rest.1.iter().rev()).take_while(|(a, b)| a == b).count();
    // What is left between the same beginning and the same end.
    let (lacks, has) = (&rest.0[..rest.0.len() - tail], &rest.1[..rest.1.len() - tail]);
    let telling = |chars: &[char]| {
        chars.iter().any(|c| TELLING.contains(*c) || c.is_ascii_alphanumeric() || *c == '〇')
    };
    match (lacks, has) {
        ([], added) => {
            // Added at either end it is another title: 《…办法》 and 《…办法解读》.
            let inside = head > 0 && tail > 0;
            added.len() <= 2 && inside && !telling(added) && !is_list(one, other)
        }
        ([a], [b]) => {
            let near = NEAR.iter().any(|pair| pair.contains(*a) && pair.contains(*b));
            let long = short.chars.len() >= LONG && head > 0 && tail > 0;
            // 洪山区 and 青山区 are two places, 张明同志 and 张亮同志 two people.
            let named = is_of_place(&short.chars[head + 1..]) || short.words.contains("同志");
            near || long && !named && !telling(&[*a, *b]) && !is_list(one, other)
        }
        _ => false,
    }
}

/// Whether what follows a character makes it part of a place's name.
fn is_of_place(rest: &[char]) -> bool {
    rest.iter().take(2).any(|c| "省市区县州镇乡村街路岛港".contains(*c))
}

/// Characters that are taken for each other.
const NEAR: &[&str] =
    &["的地得", "和与及", "定订", "作做", "帐账", "它他她", "制治", "筹畴", "部布", "像象", "划画"];

/// Whether both are named in one paragraph: then they are two.
fn is_list(one: &Title, other: &Title) -> bool {
    one.passages.iter().any(|passage| other.passages.binary_search(passage).is_ok())
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn a_title_is_cited_in_one_way() {
        for (texts, slips) in [
            (
                &[
                    "出台《武汉市促进成果转化的若干政策措施》。",
                    "按照《武汉市促进成果转化若干政策措施》，开展试点。",
                ][..],
                &["武汉市促进成果转化若干政策措施"][..],
            ),
            (
                &["《科技特派员工作站绩效评价制度》", "《科技特派员工作站绩郊评价制度》"],
                &["科技特派员工作站绩郊评价制度"],
            ),
            (&["《关于制定科技规划的通知》", "《关于制订科技规划的通知》"], &["关于制订科技规划的通知"]),
            (&["《2021年科技工作要点汇编》", "《2022年科技工作要点汇编》"], &[]),
            (&["《省科技计划项目管理办法》", "《市科技计划项目管理办法》"], &[]),
            (&["《科技计划项目管理办法》", "《科技计划项目管理暂行办法》"], &[]),
            (&["《示范园区认定管理办法》《示范楼宇认定管理办法》"], &[]),
            (&["《洪山区科技创新发展规划纲要》", "《青山区科技创新发展规划纲要》"], &[]),
            (&["《廉政谈话记录本》", "《廉政谈话记录表》"], &[]),
            (
                &[
                    "《武汉市示范创新园区认定工作指引》",
                    "《武汉市示范创新园区评定工作指引》《武汉市示范创新园区认定工作指引》",
                ],
                &[],
            ),
        ] {
            assert_eq!(told(cited_two_ways, texts), slips, "{texts:?}");
        }
    }
}
