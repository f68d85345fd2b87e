//! X004: words that stand twice in a row. Chinese doubles words on purpose as well (天天, 星星点点, 一项一项): what is reported
//! is what no sense can be made of.

use super::scan::{is_han, is_numeral};
use super::{Slip, clauses, every};
use crate::diagnostic::{Code, say};
use crate::document::passage::Passage;

/// Longest phrase that is looked for, in characters.
const LONGEST: usize = 8;

/// Words of one character that never stand twice, with those before the first or after the second that make two words of
/// them: 目的的, 为了了解, 是是否.
const SINGLE: &[(char, &str, &str)] = &[
    ('的', "目有打似标鹄中端", "确士"),
    ('了', "明得不完末未终罢", "解结却然了断如"),
    ('是', "但可还于就只凡若总正像要算也即倒国", "否非"),
    ('在', "现存正实所潜自内外健好", "建校职岗线编地场册位外京汉手案押任途逃座先野世乎"),
    ('和', "共饱温缓调总柔暖中附祥谦平求讲议柔", "谐平睦解好气美顺蔼善约县田政尚"),
    ('与', "参赋给授寄付", "会否其时日"),
    ('及', "以涉普波触顾危提论埃惠来不", "时早格其至物第"),
];

/// Marks that never stand twice.
const MARKS: &str = "、，。；：？";

/// Words of two characters that may stand twice.
const FREE: &[&str] = &["非常", "永远", "很多", "代表", "某某", "许多", "如何", "谢谢"];

/// Words that begin with the second of two equal words, where the first ends another: 市场主体|主体责任, 承办单位|单位负责人.
const COMPOUNDS: &[&str] = &[
    "主体责任",
    "主体地位",
    "主体作用",
    "单位负责",
    "单位主要",
    "责任单位",
    "责任人",
    "责任书",
    "责任制",
    "责任清单",
    "责任追究",
    "工作小组",
    "工作专班",
    "工作人员",
    "工作机制",
    "工作报告",
    "工作台账",
    "工作组",
    "工作者",
    "干部职工",
    "干部队伍",
    "政府工作",
    "政府常务",
    "政府网",
    "中心工作",
    "中心任务",
    "中心城区",
    "委员会",
    "委员提案",
    "部门负责",
    "部门主要",
    "机关党委",
    "机关干部",
    "机关事务",
    "服务中心",
    "服务大厅",
    "服务平台",
    "管理人员",
    "管理中心",
    "管理制度",
    "管理办法",
    "发展规划",
    "发展改革",
    "发展目标",
    "发展战略",
    "教育部门",
    "文化馆",
    "文化站",
    "建设项目",
    "建设单位",
    "技术人员",
    "技术中心",
    "经济社会",
    "产业链",
    "产业园",
    "城市管理",
    "城市更新",
    "安全生产",
    "安全监管",
    "信息化",
    "信息中心",
    "质量监督",
    "创新中心",
    "创新平台",
    "创新主体",
    "人才队伍",
    "组织生活",
    "监督检查",
    "群众路线",
    "群众工作",
    "问题清单",
    "问题导向",
    "目标任务",
    "目标管理",
    "项目建设",
    "项目单位",
    "社会组织",
    "社会保障",
    "社会治理",
    "小组组长",
    "代表建议",
    "代表团",
    "提案委",
    "企业家",
    "人民政府",
    "人民代表",
    "人民群众",
];

/// Verbs that may stand twice where nothing follows them: 请大家讨论讨论。
const TRIED: &[&str] = &[
    "研究", "讨论", "商量", "考虑", "学习", "了解", "打听", "琢磨", "锻炼", "体会", "交流", "休息", "尝试",
    "总结",
];

/// What makes another word of the second copy: 企业企业家, 研究研究院, 组织组织力.
const ENDINGS: &str = "家者员院所局部厅委长生力业法";

/// Words, phrases and clauses that are repeated.
pub(in crate::check) fn all(passages: &[Passage]) -> Vec<Slip> {
    let mut found = doubled(passages);
    found.extend(two_marks(passages));
    let clauses = clauses::doubled(passages);
    let met = |clause: &Slip, found: &[Slip]| {
        found.iter().any(|own| {
            own.passage == clause.passage
                && own.range.start < clause.range.end
                && clause.range.start < own.range.end
        })
    };
    for clause in clauses {
        if !met(&clause, &found) {
            found.push(clause);
        }
    }
    found
}

/// Two marks of which one is left over: ，、 or 。，
fn two_marks(passages: &[Passage]) -> Vec<Slip> {
    every(
        passages,
        |_| true,
        |index, passage, found| {
            let text = &passage.text;
            let is_mark = |c: char| "、，。；".contains(c);
            for (at, first) in text.char_indices().filter(|(_, c)| is_mark(*c)) {
                let Some(second) =
                    text[at + first.len_utf8()..].chars().next().filter(|c| is_mark(*c) && *c != first)
                else {
                    continue;
                };
                let range = at..at + first.len_utf8() + second.len_utf8();
                let words = &text[range.clone()];
                found.push(Slip {
                    also: None,
                    code: Code::X004,
                    passage: index,
                    message: say(
                        format!("两个标点连在一起：{words}"),
                        format!("two marks stand together: {words}"),
                    ),
                    help: say(
                        format!("只留一个，{first}或{second}"),
                        format!("keep one, {first} or {second}"),
                    ),
                    range,
                });
            }
        },
    )
}

fn doubled(passages: &[Passage]) -> Vec<Slip> {
    every(
        passages,
        |_| true,
        |index, passage, found| {
            let chars: Vec<(usize, char)> = passage.text.char_indices().collect();
            let mut at = 0;
            while at < chars.len() {
                let Some(length) = repeated(&chars, at) else {
                    at += 1;
                    continue;
                };
                // However often it stands there, it is one slip.
                let mut end = at + 2 * length;
                while same(&chars, at, end, length) {
                    end += length;
                }
                let byte = |at: usize| chars.get(at).map_or(passage.text.len(), |(byte, _)| *byte);
                let range = byte(at)..byte(end);
                let (words, once) =
                    (&passage.text[range.clone()], &passage.text[byte(at)..byte(at + length)]);
                found.push(Slip {
                    also: None,
                    code: Code::X004,
                    passage: index,
                    message: say(
                        format!("“{once}”重复：{words}"),
                        format!("\"{once}\" stands twice: {words}"),
                    ),
                    help: say(format!("只写一个“{once}”"), format!("write \"{once}\" once")),
                    range,
                });
                at = end;
            }
        },
    )
}

fn same(chars: &[(usize, char)], first: usize, second: usize, length: usize) -> bool {
    second + length <= chars.len() && (0..length).all(|step| chars[first + step].1 == chars[second + step].1)
}

/// The length of the shortest phrase that stands twice from here and should not.
fn repeated(chars: &[(usize, char)], at: usize) -> Option<usize> {
    let first = chars[at].1;
    if !is_han(first) {
        let twice = MARKS.contains(first) && chars.get(at + 1).is_some_and(|(_, second)| *second == first);
        return twice.then_some(1);
    }
    (1..=LONGEST).find(|length| {
        let free = |(_, c): &(usize, char)| is_han(*c);
        same(chars, at, at + length, *length)
            && chars[at..at + length].iter().all(free)
            && !is_meant(chars, at, *length)
    })
}

/// Whether the second copy makes sense.
fn is_meant(chars: &[(usize, char)], at: usize, length: usize) -> bool {
    let phrase: String = chars[at..at + length].iter().map(|(_, c)| *c).collect();
    let ahead = at.checked_sub(1).map(|at| chars[at].1);
    let behind = chars.get(at + 2 * length).map(|(_, c)| *c);
    let within = |list: &str, c: Option<char>| c.is_some_and(|c| list.contains(c));
    let all = |wanted: fn(char) -> bool| phrase.chars().all(wanted);
    match length {
        1 => !SINGLE.iter().any(|(word, before, after)| {
            phrase.starts_with(*word) && !within(before, ahead) && !within(after, behind)
        }),
        // 二〇二〇年, 一个一个, 哈哈哈哈.
        _ if all(|c| is_numeral(c) || "〇零百千万亿".contains(c)) => true,
        2 => {
            let [first, second] = [chars[at].1, chars[at + 1].1];
            first == second
                || matches!(first, '一' | '逐' | '几' | '第' | '越')
                || FREE.contains(&&*phrase)
                || within(ENDINGS, behind)
                || is_compound(chars, at)
                || TRIED.contains(&&*phrase) && !behind.is_some_and(is_han)
        }
        _ => false,
    }
}

/// Whether the first of two equal words ends a longer one and the second begins another.
fn is_compound(chars: &[(usize, char)], at: usize) -> bool {
    let second = chars[at + 2..].iter().map(|(_, c)| *c).take(4).collect::<String>();
    let begun = at >= 2 && chars[at - 2..at].iter().all(|(_, c)| is_han(*c));
    begun && COMPOUNDS.iter().any(|word| second.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn nothing_stands_twice_without_sense() {
        for (text, slips) in [
            ("高度重视建议建议提案工作，进行进行了部署。", &["建议建议", "进行进行"][..]),
            ("认真的的办理，完成了了任务，，按期。", &["的的", "了了", "，，"]),
            ("科技创新政策科技创新政策落实落实落实。", &["科技创新政策科技创新政策", "落实落实落实"]),
            ("压实市场主体主体责任，承办单位单位负责人，党员干部干部职工，党政机关机关事务。", &[]),
            ("加强主体主体建设。", &["主体主体"]),
            ("天天见，种种原因，一一回应，星星点点，认认真真，常常、往往，一项一项落实。", &[]),
            (
                "以满意为目的的办理，为了了解情况，关键是是否到位，现在在建项目，参与与会，涉及及时性，共和和谐。",
                &[],
            ),
            ("二〇二〇年，科技企业企业家，研究研究所，基层党组织组织力，请大家讨论讨论。", &[]),
        ] {
            assert_eq!(told(doubled, &[text]), slips, "{text}");
        }
    }

    #[test]
    fn two_marks_are_one_too_many() {
        for (text, slips) in [
            ("建议，、提案。，办结；。", &["，、", "。，", "；。"][..]),
            ("建议、提案，办结。”。（甲），乙；丙……", &[]),
        ] {
            assert_eq!(told(two_marks, &[text]), slips, "{text}");
        }
    }
}
