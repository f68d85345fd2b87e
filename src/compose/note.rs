//! The note on the rules that a report goes by (规则说明): what its profile says, in sentences. Numbers are in Chinese numerals,
//! as rules are quoted, and days as days: no figure of the report is among them.

use crate::document::number::cardinal;
use crate::document::parse::FIGURE;
use crate::model::profile::{Limit, Method, Publication, Until};
use crate::model::{Dataset, Group, Level, Profile, Terms};

/// The sentences. They are a text: what the profile says is not yet escaped.
pub(super) fn note(profile: &Profile, terms: Terms) -> String {
    let mut said = format!("办理期限和统计口径采用{}规则。", profile.label);
    let limits: Vec<String> = profile.limits.iter().flatten().map(|row| limit(row, terms)).collect();
    if !limits.is_empty() {
        said += &format!("{}。", limits.join("；"));
    }
    match profile.publication {
        Some(Publication::WorkingDays(days)) => {
            said += &format!("办理结果在答复后{}个工作日内公开。", cardinal(days.into()));
        }
        Some(Publication::Day(day)) => said += &format!("办理结果不晚于{}公开。", day.chinese()),
        None => {}
    }
    let class = |class: &crate::model::profile::Class| format!("{}类为{}", class.letter, class.label);
    if !profile.classes().is_empty() {
        let classes: Vec<String> = profile.classes().iter().map(class).collect();
        said += &format!("办理结果分类：{}。", classes.join("，"));
    }
    let scale = profile.scale();
    said += match (scale.count_basically_satisfied, scale.count_no_feedback) {
        (false, false) => "满意率为满意件数占有反馈件数的比例，基本满意不计为满意，未反馈的不计入。",
        (true, false) => "满意率为满意、基本满意件数占有反馈件数的比例，未反馈的不计入。",
        (false, true) => "满意率为满意件数占应反馈件数的比例，基本满意不计为满意，未反馈的计入应反馈件数。",
        (true, true) => "满意率为满意、基本满意件数占应反馈件数的比例，未反馈的计入应反馈件数。",
    };
    said += match profile.rounding().shares {
        Method::HalfUp => "百分比四舍五入。",
        Method::LargestRemainder => "百分比四舍五入，各项占比按最大余额法取整，合计为百分之百。",
    };
    said
}

/// What is said of shares that were rounded together, where a text has any and does not say by which rules it goes.
fn of_shares(markdown: &str, dataset: &Dataset) -> Option<&'static str> {
    let together = dataset.profile.rounding().shares == Method::LargestRemainder;
    let has_shares = || markdown.contains(&format!("({FIGURE}share?"));
    (together && !dataset.report.profile_note && has_shares()).then_some(OF_SHARES)
}

/// What [`note`] says of the same.
const OF_SHARES: &str = "说明：各项占比按最大余额法取整，合计为百分之百。";

/// A text with the note of [`of_shares`], where it needs that.
pub(super) fn added(markdown: String, dataset: &Dataset) -> String {
    match of_shares(&markdown, dataset) {
        Some(note) => at_the_end(&markdown, note),
        None => markdown,
    }
}

/// A text with a paragraph more, before its annexes.
fn at_the_end(markdown: &str, paragraph: &str) -> String {
    let title = markdown.find("# ").map_or(0, |at| at + 1);
    let end = markdown[title..].find("\n# ").map_or(markdown.len(), |at| title + at);
    let (text, annexes) = markdown.split_at(end);
    format!("{}\n\n{paragraph}\n{annexes}", text.trim_end())
}

/// `省级代表建议、政协提案的主（承、分）办件不晚于8月30日答复`
fn limit(limit: &Limit, terms: Terms) -> String {
    let (group, levels, kinds) = limit.of();
    let level = |level: &Level| match level {
        level if matches!(level.rank(), Level::National | Level::Township) => level.label().to_owned(),
        Level::CountyCity => level.label().to_owned(),
        level => format!("{}级", level.label()),
    };
    let levels = levels.iter().map(level).collect::<Vec<_>>().join("、");
    let kinds = kinds.iter().map(|kind| kind.label()).collect::<Vec<_>>().join("、");
    let of = if kinds.is_empty() { "" } else { "的" };
    let done = match group {
        Group::Reply => "答复",
        Group::Assist => "提出意见",
        Group::Reference => "阅办",
    };
    let until = match limit.until {
        Until::Months(months) => format!("自交办之日起{}个月内{done}", cardinal(months.into())),
        Until::Day(day) => format!("不晚于{}{done}", day.chinese()),
    };
    let extended = limit
        .extended
        .map_or(String::new(), |months| format!("，延期的自交办之日起最长{}个月", cardinal(months.into())));
    format!("{levels}{kinds}{of}{}件{until}{extended}", terms.group(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_said_in_sentences() {
        let profile = |yaml: &str| serde_yaml::from_str::<Profile>(yaml).unwrap();
        for (yaml, expected) in [
            (
                "label: 通用",
                "办理期限和统计口径采用通用规则。满意率为满意件数占有反馈件数的比例，基本满意不计为满意，未反馈的不计入。百分比四舍五入。",
            ),
            (
                "
label: 甲县
labels: { assist: 协办 }
limits:
  - { group: 答复, levels: [省, 市], kinds: [代表建议, 政协提案], months: 3, extended: 6 }
  - { group: 会办, last_day: 05-31 }
publication: { working_days: 20 }
outcomes: [{ letter: A, label: 已解决, outcomes: [已解决] }, { letter: B, label: 留作参考, outcomes: [留作参考] }]
satisfaction: { count_basically_satisfied: true }
rounding: { shares: largest_remainder }
",
                "办理期限和统计口径采用甲县规则。省级、市级代表建议、政协提案的主（承、分）办件自交办之日起三个月内答复，延期的自交办之日起最长六个月；协办件不晚于5月31日提出意见。办理结果在答复后二十个工作日内公开。办理结果分类：A类为已解决，B类为留作参考。满意率为满意、基本满意件数占有反馈件数的比例，未反馈的不计入。百分比四舍五入，各项占比按最大余额法取整，合计为百分之百。",
            ),
        ] {
            let profile = profile(yaml);
            assert_eq!(note(&profile, Terms::new(&profile, None)), expected);
        }
    }
}
