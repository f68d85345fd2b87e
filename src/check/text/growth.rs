//! X010: 截止 ends, 截至 is until. X014: what grew, by how much or to how much.

use super::scan::{Scan, before, is_han, is_numeral, last};
use super::{Slip, every, prose};
use crate::diagnostic::{Code, Say, say};
use crate::document::passage::Passage;

/// How a time begins, besides digits.
const TIMES: &[&str] = &[
    "目前", "今年", "今天", "去年", "年底", "年末", "月底", "月末", "上年", "上月", "上周", "本月", "本年",
    "本周", "当前", "现在", "此时", "昨日", "昨天", "今日", "近日", "二〇", "二○",
];

/// Marks that end a clause.
const CLAUSE: &str = "，。；：！？、（）,;:!?()";

/// 截止 before a time, and 截至 with a second end.
pub(in crate::check) fn until(passages: &[Passage]) -> Vec<Slip> {
    every(passages, prose, |index, passage, found| {
        let text = &passage.text;
        let mut tell = |start: usize, end: usize, message: Say, help: Say| {
            found.push(Slip {
                also: None,
                code: Code::X010,
                passage: index,
                range: start..end,
                message,
                help,
            });
        };
        for (at, word) in text.match_indices("截止") {
            let mut scan = Scan::new(text, at + word.len());
            scan.word("至");
            let time = if scan.digits().is_empty() {
                scan.any(TIMES).is_some()
            } else {
                scan.any(&["年", "月", "日"]).is_some()
            };
            // 报名截止2023年5月 has a subject: something ends.
            if time && !before(text, at).is_some_and(is_han) {
                let end = scan.at;
                let rest = text[at + word.len()..end].trim_start_matches('至');
                tell(
                    at,
                    end,
                    say(
                        format!("“{}”：到某一时间用“截至”", &text[at..end]),
                        format!("\"{}\": until a time is \"截至\"", &text[at..end]),
                    ),
                    say(format!("写成“截至{rest}”"), format!("write \"截至{rest}\"")),
                );
            }
        }
        for (at, word) in text.match_indices("截至") {
            let mut scan = Scan::new(text, at + word.len());
            let clause = scan.run(24, |c| !CLAUSE.contains(c));
            let Some(extra) =
                ["为止", "底止", "日止", "月止", "年止"].iter().find(|extra| clause.ends_with(**extra))
            else {
                continue;
            };
            let second = if *extra == "为止" { "为止" } else { "止" };
            let words = &text[at..scan.at];
            tell(
                scan.at - second.len(),
                scan.at,
                say(
                    format!("“截至”和“{second}”重复：{words}"),
                    format!("\"截至\" and \"{second}\" say the same: {words}"),
                ),
                say(format!("删去“{second}”"), format!("delete \"{second}\"")),
            );
        }
    })
}

const RISES: &[&str] = &["增长", "增加", "提高", "上升", "扩大", "提升", "翻番", "增至"];
const FALLS: &[&str] = &["减少", "下降", "降低", "缩短", "缩小", "下跌", "回落"];
const MORE: &[&str] = &["超过", "超", "逾", "突破", "多于", "大于", "高于", "不少于", "不低于", "至少"];
const LESS: &[&str] = &["不足", "少于", "低于", "不到", "不超过", "至多", "最多", "小于"];

/// Growth that says both by and to, a fall of several times, and bounds that are said twice.
pub(super) fn growth(passages: &[Passage]) -> Vec<Slip> {
    every(passages, prose, |index, passage, found| {
        let text = &passage.text;
        let mut tell = |start: usize, end: usize, message: Say, help: Say| {
            found.push(Slip {
                also: None,
                code: Code::X014,
                passage: index,
                range: start..end,
                message,
                help,
            });
        };
        for (verb, falls) in
            RISES.iter().map(|verb| (*verb, false)).chain(FALLS.iter().map(|verb| (*verb, true)))
        {
            for (at, _) in text.match_indices(verb) {
                let mut scan = Scan::new(text, at + verb.len());
                let done = scan.word("了");
                let to = scan.any(&["到", "至"]);
                if let (true, Some(to)) = (done, to) {
                    tell(
                        at,
                        scan.at,
                        say(
                            format!("“{verb}了{to}”说不清是增减多少还是达到多少"),
                            format!("\"{verb}了{to}\" says neither by how much nor to how much"),
                        ),
                        say(
                            format!("达到多少写“{verb}{to}”，变化多少写“{verb}了”"),
                            format!("\"{verb}{to}\" is to how much, \"{verb}了\" by how much"),
                        ),
                    );
                    continue;
                }
                let number = quantity(&mut scan);
                if number.is_empty() || !scan.word("倍") {
                    continue;
                }
                let words = &text[at..scan.at];
                if falls {
                    tell(
                        at,
                        scan.at,
                        say(format!("减少不能用倍数：{words}"), format!("nothing falls by times: {words}")),
                        say(
                            "写成百分数或分数，例如“减少50%”",
                            "write a percentage or a fraction, such as \"减少50%\"",
                        ),
                    );
                } else if to.is_some() {
                    tell(
                        at,
                        scan.at,
                        say(format!("没有说是什么的几倍：{words}"), format!("how many times what: {words}")),
                        say(
                            format!("写成“{verb}到原来的{number}倍”，或写增长的倍数"),
                            format!("write \"{verb}到原来的{number}倍\", or by how many times it grew"),
                        ),
                    );
                }
            }
        }
        bounds(text, MORE, "以上", &mut tell);
        bounds(text, LESS, "以下", &mut tell);
        bounds(text, LESS, "以内", &mut tell);
    })
}

/// A number in digits or numerals.
pub(super) fn quantity<'t>(scan: &mut Scan<'t>) -> &'t str {
    let amount = scan.amount();
    if amount.is_empty() { scan.run(4, |c| is_numeral(c) || c == '两' || c == '百') } else { amount }
}

/// 超过…以上: the same bound before the number and after it.
fn bounds(text: &str, heads: &[&'static str], tail: &str, tell: &mut impl FnMut(usize, usize, Say, Say)) {
    for (end, _) in text.match_indices(tail) {
        let clause = end - last(&text[..end], 20).rsplit(|c| CLAUSE.contains(c)).next().map_or(0, str::len);
        let Some((at, head)) =
            heads.iter().filter_map(|head| Some((text[clause..end].rfind(head)? + clause, *head))).max()
        else {
            continue;
        };
        let mut scan = Scan::new(text, at + head.len());
        if quantity(&mut scan).is_empty() {
            continue;
        }
        scan.run(2, |c| "多余万亿千百%％".contains(c));
        scan.run(4, |c| is_han(c) && c != '以');
        if scan.at == end {
            let words = &text[at..end + tail.len()];
            tell(
                at,
                end + tail.len(),
                say(
                    format!("“{head}”和“{tail}”重复：{words}"),
                    format!("\"{head}\" and \"{tail}\" say the same: {words}"),
                ),
                say(format!("只写“{head}”或“{tail}”"), format!("write either \"{head}\" or \"{tail}\"")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn until_a_time_is_one_word() {
        for (text, slips) in [
            ("进行督办，截止2023年12月底，全部完成。", &["截止2023年"][..]),
            ("截止至5月18日，已办结。", &["截止至5月"]),
            ("截止目前，已办结。截至目前为止，已答复。", &["截止目前", "为止"]),
            ("截至2023年底止，共办理5件。", &["止"]),
            ("截至2023年12月底，截止日期不变，报名截止2023年5月1日，于5月1日截止。", &[]),
        ] {
            assert_eq!(told(until, &[text]), slips, "{text}");
        }
    }

    #[test]
    fn growth_is_by_or_to() {
        for (text, slips) in [
            ("从3%增长了到5%。", &["增长了到"][..]),
            ("投诉减少2倍，费用下降了三倍。", &["减少2倍", "下降了三倍"]),
            ("收入增长到3倍。", &["增长到3倍"]),
            (
                "超过100人以上，不少于5家以上，不超过30天以内。",
                &["超过100人以上", "不少于5家以上", "不超过30天以内"],
            ),
            ("增长了5%，增长到上年的3倍，增长3倍，减少到5件，超过100人，5家以上，高于省级以上平均数。", &[]),
            ("超过市级以上标准，培训人数超4000人，亿元以上工业项目126个。", &[]),
        ] {
            assert_eq!(told(growth, &[text]), slips, "{text}");
        }
    }
}
