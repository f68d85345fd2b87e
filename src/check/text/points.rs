//! X014, of rates: a rate that is compared moves by percentage points (百分点). X014, of 翻: it counts doublings (番), not times.

use super::growth::{growth, quantity};
use super::scan::Scan;
use super::{Slip, every, prose};
use crate::diagnostic::{Code, Say, say};
use crate::document::passage::Passage;

/// Verbs that say by how much a rate moved.
const MOVES: &[&str] = &["增长", "增加", "提高", "上升", "提升", "减少", "下降", "降低", "回落"];
/// What ends the name of a rate in percent.
const RATES: &[&str] = &["率", "占比", "比重", "满意度", "覆盖面", "贡献度"];
/// Names in 率 that are no percentages of a whole: to raise them by 5% is well said.
const NO_RATES: &[&str] = &[
    "效率",
    "生产率",
    "功率",
    "速率",
    "频率",
    "汇率",
    "心率",
    "倍率",
    "分辨率",
    "产率",
    "周转率",
    "比率",
    "容积率",
    "增长率",
    "产出率",
];
/// What may stand between the rate and the verb.
const BETWEEN: &[&str] = &[
    "同比",
    "环比",
    "较上年同期",
    "比上年同期",
    "较去年同期",
    "比去年同期",
    "较上年",
    "比上年",
    "较去年",
    "比去年",
    "较年初",
    "比年初",
    "较同期",
    "比同期",
    "分别",
    "平均",
    "进一步",
    "大幅",
    "显著",
    "明显",
    "持续",
    "稳步",
    "再",
    "又",
    "也",
    "均",
    "都",
    "则",
    "共",
    "已",
];

/// All wordings of growth and of rates.
pub(in crate::check) fn all(passages: &[Passage]) -> Vec<Slip> {
    [growth, percent, doublings].iter().flat_map(|find| find(passages)).collect()
}

/// Rates that rise or fall by percent.
fn percent(passages: &[Passage]) -> Vec<Slip> {
    every(passages, prose, |index, passage, found| {
        let text = &passage.text;
        for verb in MOVES {
            for (at, _) in text.match_indices(verb) {
                let mut scan = Scan::new(text, at + verb.len());
                scan.word("了");
                let number = scan.amount().to_owned();
                if number.is_empty() || scan.any(&["%", "％"]).is_none() || !is_of_rate(&text[..at]) {
                    continue;
                }
                let range = at..scan.at;
                let words = &text[range.clone()];
                let message = say(
                    format!("率的增减用百分点：{words}"),
                    format!("a rate moves by percentage points: {words}"),
                );
                let help = say(
                    format!("写成“{}{number}个百分点”", &text[at..scan.at - number.len() - '%'.len_utf8()]),
                    format!("write \"{verb}{number}个百分点\""),
                );
                found.push(slip(index, range, message, help));
            }
        }
    })
}

/// Whether what stands before a verb is a rate in percent: in the same clause (满意率同比), or in the one before it with its
/// number (满意率为98.5%，同比).
fn is_of_rate(ahead: &str) -> bool {
    let bare = without_between(ahead);
    if is_rate(bare) {
        return true;
    }
    let Some(clause) = bare.strip_suffix('，') else { return false };
    let Some(clause) = clause.strip_suffix(['%', '％']) else { return false };
    let subject = clause.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let subject = ["达到", "提高到", "提升到", "升至", "提升至", "达", "为", "是", "至"]
        .iter()
        .find_map(|verb| subject.strip_suffix(verb))
        .unwrap_or(subject);
    subject.len() < clause.len() && is_rate(subject)
}

fn is_rate(words: &str) -> bool {
    RATES.iter().any(|rate| words.ends_with(rate)) && !NO_RATES.iter().any(|other| words.ends_with(other))
}

fn without_between(mut ahead: &str) -> &str {
    while let Some(rest) = BETWEEN.iter().find_map(|words| ahead.strip_suffix(words)) {
        ahead = rest;
    }
    ahead
}

/// 翻 with times, and other verbs with doublings.
fn doublings(passages: &[Passage]) -> Vec<Slip> {
    every(passages, prose, |index, passage, found| {
        let text = &passage.text;
        for (verb, wrong) in [("翻", "倍"), ("增长", "番"), ("增加", "番"), ("提高", "番"), ("提升", "番")]
        {
            for (at, _) in text.match_indices(verb) {
                let mut scan = Scan::new(text, at + verb.len());
                scan.word("了");
                let number = quantity(&mut scan);
                if number.is_empty() || !scan.word(wrong) {
                    continue;
                }
                let words = &text[at..scan.at];
                let (message, help): (Say, Say) = if wrong == "倍" {
                    (
                        say(
                            format!("“翻”用“番”计，不用“倍”：{words}"),
                            format!("\"翻\" counts doublings (番), not times: {words}"),
                        ),
                        say(
                            "翻一番是原来的2倍，翻两番是4倍；也可写增长几倍",
                            "翻一番 is twice as much, 翻两番 four times; or write by how many times it grew",
                        ),
                    )
                } else {
                    (
                        say(
                            format!("“番”只和“翻”连用：{words}"),
                            format!("\"番\" goes with \"翻\" only: {words}"),
                        ),
                        say(format!("写成“翻{number}番”"), format!("write \"翻{number}番\"")),
                    )
                };
                found.push(slip(index, at..scan.at, message, help));
            }
        }
    })
}

fn slip(passage: usize, range: std::ops::Range<usize>, message: Say, help: Say) -> Slip {
    Slip { also: None, code: Code::X014, passage, range, message, help }
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn rates_move_by_points() {
        for (text, slips) in [
            ("满意率同比提高5.5%。", &["提高5.5%"][..]),
            ("满意率为98.5%，同比提高5.5%。", &["提高5.5%"]),
            ("研发投入占比较上年提升了0.3％，城镇化率提高1%。", &["提升了0.3％", "提高1%"]),
            ("办结率提高到98%，满意率上升2个百分点，效率提升30%，劳动生产率提高5%。", &[]),
            ("生产总值增长5%，占比12%，投资增长8%。", &[]),
            ("按时办结率100%，投诉下降20%。", &[]),
        ] {
            assert_eq!(told(percent, &[text]), slips, "{text}");
        }
    }

    #[test]
    fn doublings_are_no_times() {
        for (text, slips) in [
            ("产值翻了两倍，收入翻3倍。", &["翻了两倍", "翻3倍"][..]),
            ("产值增长两番。", &["增长两番"]),
            ("产值翻两番，增长两倍，翻一番，翻阅三份材料。", &[]),
        ] {
            assert_eq!(told(doublings, &[text]), slips, "{text}");
        }
    }
}
