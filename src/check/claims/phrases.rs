//! Words that say something of all cases: that all are concluded, on time, satisfied or published.

use std::ops::Range;

use crate::model::Claim;

/// What some words say: one of the claims, or a rate of which the ledger knows nothing (见面率).
pub(super) type Saying = Option<Claim>;

/// Words that say it wherever they stand.
const PHRASES: &[(Saying, &[&str])] = &[
    (Some(Claim::AllConcluded), &["全部办理完毕", "无一未办结"]),
    (
        Some(Claim::AllOnTime),
        &[
            "均按期",
            "均按时",
            "全部按期",
            "全部按时",
            "均在规定时限内",
            "均在规定期限内",
            "全部在规定时限内",
            "全部在规定期限内",
            "无一逾期",
            "无一件逾期",
            "没有一件逾期",
            "没有逾期",
            "无逾期",
        ],
    ),
    (Some(Claim::NoneDissatisfied), &["没有不满意", "无不满意", "无一不满意", "不满意件为零"]),
];

/// Words that say "all".
const ALL: &[&str] = &["均", "都", "全部", "全都", "皆", "逐件", "件件"];
/// What is said of all, behind such a word in the same clause. Words that end in others stand before them.
const DONE: &[(Claim, &[&str])] = &[
    (Claim::AllConcluded, &["办理完毕", "办理完结", "办结", "办复", "答复完毕", "答复", "办理完成"]),
    (Claim::AllDisclosed, &["公开"]),
    (Claim::AllSatisfied, &["满意"]),
];
/// A clause between "all" and what is said is at most so many characters long.
const NEAR: usize = 14;
/// Words between the two that say that all was on time as well.
const ON_TIME: &[&str] = &["按期", "按时", "时限", "期限", "限期内"];
/// What may follow the words; otherwise they are part of others (答复件, 公开招聘, 满意度).
const ENDS: &[&str] = &[
    "，",
    "。",
    "、",
    "；",
    "：",
    "）",
    "！",
    "代表",
    "委员",
    "提案人",
    "领衔",
    "工作",
    "并",
    "后",
    "了",
    "且",
    "和",
    "或",
    "（",
    "”",
];
/// Words between the two that say the opposite or something else.
const BETWEEN_NOT: &[&str] = &["未", "不", "需", "须", "应当", "应予", "可以", "待", "将", "尚", "基本"];

/// Rates that say something of all where they are 100 %. The longer ones stand before those that they end in.
const RATES: &[(Saying, &str)] = &[
    (Some(Claim::AllOnTime), "按期办结率"),
    (Some(Claim::AllOnTime), "按时办结率"),
    (Some(Claim::AllOnTime), "按期答复率"),
    (Some(Claim::AllOnTime), "按时答复率"),
    (Some(Claim::AllOnTime), "按期率"),
    (Some(Claim::AllConcluded), "办结率"),
    (Some(Claim::AllConcluded), "办复率"),
    (Some(Claim::AllConcluded), "答复率"),
    (Some(Claim::AllSatisfied), "满意率"),
    (Some(Claim::AllDisclosed), "公开率"),
    (None, "见面率"),
    (None, "沟通率"),
    (None, "面商率"),
    (None, "走访率"),
];
/// What may stand between a rate and its number, and the numbers that say all.
const IS: &[&str] =
    &["均达到", "均达", "均为", "都达到", "都是", "达到", "达", "为", "是", "保持在", "保持", "：", ""];
const WHOLE: &[&str] = &["100%", "100％", "百分之百", "百分百", "100.0%", "100.00%"];

/// Words between the last comma and a claim that make it a plan or its opposite.
const NOT_SAID: &[&str] = &[
    "凡",
    "应公开",
    "未",
    "没有",
    "并非",
    "不是",
    "不能",
    "难以",
    "确保",
    "力争",
    "争取",
    "务必",
    "努力",
    "必须",
    "保证",
    "将",
    "若",
    "目标",
];
/// Words right behind a claim that make it a plan or other words (均按时限).
const NOT_SAID_AFTER: &[&str] = &["的目标", "的要求", "目标", "之前", "限", "间"];

/// Every place of a text that says something of all cases, in the order of the text.
pub(super) fn claiming(text: &str) -> Vec<(Saying, Range<usize>)> {
    let mut found: Vec<(Saying, Range<usize>)> = Vec::new();
    let mut add = |saying: Saying, range: Range<usize>| {
        if !found.iter().any(|(_, other)| other.start < range.end && range.start < other.end) {
            found.push((saying, range));
        }
    };
    rates(text, &mut add);
    quantified(text, &mut add);
    for (saying, phrases) in PHRASES {
        for phrase in *phrases {
            text.match_indices(phrase).for_each(|(at, _)| add(*saying, at..at + phrase.len()));
        }
    }
    found.retain(|(_, range)| is_said(text, range));
    found.sort_by_key(|(_, range)| range.start);
    found
}

/// `办结率、满意率均为100%`
fn rates(text: &str, add: &mut impl FnMut(Saying, Range<usize>)) {
    for (saying, rate) in RATES {
        for (at, _) in text.match_indices(rate) {
            let after = past_other_rates(&text[at + rate.len()..]);
            let whole = IS.iter().find_map(|is| {
                let number = after.strip_prefix(is)?;
                WHOLE.iter().find_map(|whole| number.strip_prefix(*whole))
            });
            if let Some(rest) = whole {
                // Of several rates with one number, each is reported by its own name.
                let together = after.len() < text.len() - at - rate.len();
                let end = if together { at + rate.len() } else { text.len() - rest.len() };
                add(*saying, at..end);
            }
        }
    }
}

/// What follows other rates that share a number: `、满意率均为100%`.
fn past_other_rates(text: &str) -> &str {
    let other = text.strip_prefix(['、', '和']).and_then(|rest| rest.split_once('率'));
    match other {
        Some((name, rest)) if name.chars().count() <= 6 => past_other_rates(rest),
        _ => text,
    }
}

/// `均已按规定时限全部办结`, `已完成全部代表建议的答复工作`
fn quantified(text: &str, add: &mut impl FnMut(Saying, Range<usize>)) {
    let mut all: Vec<(usize, &str)> = ALL.iter().flat_map(|word| text.match_indices(word)).collect();
    all.sort_unstable_by_key(|(at, word)| (*at, word.len()));
    for (at, word) in all {
        let rest = &text[at + word.len()..];
        let clause = rest.find(['，', '。', '；', '！', '、', '：']).map_or(rest, |end| &rest[..end]);
        let near = clause.char_indices().nth(NEAR).map_or(clause, |(end, _)| &clause[..end]);
        let said = DONE.iter().flat_map(|(claim, words)| words.iter().map(move |word| (*claim, *word)));
        let places = said.filter_map(|(claim, word)| Some((near.find(word)?, word, claim)));
        let first = places.min_by_key(|(at, word, _)| (*at, usize::MAX - word.len()));
        let Some((behind, done, claim)) = first else { continue };
        let between = &near[..behind];
        let after = &rest[behind + done.len()..];
        let ends = after.is_empty() || ENDS.iter().any(|end| after.starts_with(end));
        if !ends || BETWEEN_NOT.iter().any(|word| between.contains(word)) {
            continue;
        }
        let end = text.len() - after.len();
        let on_time = ON_TIME.iter().filter_map(|word| Some(between.find(word)? + word.len())).max();
        let start = on_time.map_or(at, |on| at + word.len() + on);
        if start > at {
            add(Some(Claim::AllOnTime), at..start);
            // 均按期办结 lets a case be open that is not due yet, as the claim of that name does.
            if !["已", "全部"].iter().any(|word| between.contains(word)) {
                continue;
            }
        }
        let half = claim == Claim::AllSatisfied
            && ["或", "和", "、"].iter().any(|or| after.starts_with(&format!("{or}基本满意")));
        add(Some(if half { Claim::NoneDissatisfied } else { claim }), start..end);
    }
}

/// Whether a text says something and makes neither a plan nor the opposite of it.
fn is_said(text: &str, range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    let clause = before.rsplit(['，', '、', '：', '。', '；', '！', '？']).next().unwrap_or_default();
    let denied = NOT_SAID.iter().any(|word| clause.contains(word));
    let planned = NOT_SAID_AFTER.iter().any(|word| text[range.end..].starts_with(word));
    !denied && !planned
}
