//! Rules over what a report says of all its cases: that all are concluded, in time, satisfied, published. The ledger bears it
//! out or it does not.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::document::passage::{Kind, Passage};
use crate::model::{Case, Claim, Dataset, Group, Report, Status};
use crate::source::{Path, Place};

/// Cases that are named when a claim fails.
const NAMED: usize = 5;

/// Whether a case of a report speaks against a claim.
fn contradicts(claim: Claim, case: &Case, dataset: &Dataset) -> bool {
    match claim {
        Claim::AllConcluded => case.has_status(Status::Open),
        Claim::AllOnTime => case.has_status(Status::Overdue) || case.is_late(dataset.report.as_of()),
        Claim::AllSatisfied => {
            let scale = dataset.profile.scale();
            case.satisfaction.is_some_and(|said| scale.counts(said) && !scale.is_satisfied(said))
        }
        Claim::AllDisclosed => {
            case.role.group() == Group::Reply && case.replied.is_some() && case.published().is_none()
        }
    }
}

/// The cases that speak against a claim; `answered`: of the answered ones.
fn against(claim: Claim, dataset: &Dataset, answered: bool) -> Vec<&str> {
    let cases = dataset.cases.iter().filter(|case| !answered || case.replied.is_some());
    cases.filter(|case| contradicts(claim, case, dataset)).map(|case| &*case.id).collect()
}

/// `国建-01、省建-02等7件`
fn list(ids: &[&str]) -> (String, String) {
    let (named, count) = (&ids[..ids.len().min(NAMED)], ids.len());
    match count > NAMED {
        false => (named.join("、"), named.join(", ")),
        true => (
            format!("{}等{count}件", named.join("、")),
            format!("{} and {} more", named.join(", "), count - NAMED),
        ),
    }
}

/// C001: a declared claim that the ledger does not bear out.
pub(super) fn unfounded(dataset: &Dataset, file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, &claim) in dataset.report.claims.iter().enumerate() {
        let place = Place::value(file, Path::root().key("claims").index(index));
        let (zh, en) = (claim.label(), claim.id());
        if dataset.report.ledger.is_none() {
            let message = say(
                format!("声明了“{zh}”，却没有台账可以核对"),
                format!("`{en}` is claimed, but there is no ledger to bear it out"),
            );
            let help = say("填写 ledger，或删去这一条声明", "name a `ledger`, or delete the claim");
            found.push(Diagnostic::error(Code::C001, place, message).help(help));
            continue;
        }
        let ids = against(claim, dataset, false);
        if !ids.is_empty() {
            let (zh_ids, en_ids) = list(&ids);
            let message = say(
                format!("声明了“{zh}”，台账不是这样：{zh_ids}"),
                format!("`{en}` is claimed, but the ledger says otherwise of {en_ids}"),
            );
            found.push(Diagnostic::error(Code::C001, place, message).help(advice()));
        }
    }
    found
}

fn advice() -> Say {
    say(
        "台账有误的改台账；没有错的，不能这样说，可写明除哪几件外",
        "correct the ledger if it is wrong; if it is not, this cannot be said: name the exceptions",
    )
}

/// Words that make a claim as they stand.
const PHRASES: &[(Claim, &[&str])] = &[
    (
        Claim::AllConcluded,
        &[
            "全部办结",
            "全部办理完毕",
            "全部办复",
            "已全部答复",
            "全部予以答复",
            "均已办结",
            "均已答复",
            "都已办结",
        ],
    ),
    (
        Claim::AllOnTime,
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
            "没有一件逾期",
        ],
    ),
    (
        Claim::AllSatisfied,
        &["全部满意", "均满意", "均非常满意", "均表示满意", "均表示非常满意", "都表示满意", "全部表示满意"],
    ),
    (Claim::AllDisclosed, &["全部公开", "全部予以公开", "全部向社会公开", "均已公开"]),
];

/// Rates that make a claim where they are 100 %. The longer ones stand before those that they end in.
const RATES: &[(Claim, &str)] = &[
    (Claim::AllOnTime, "按期办结率"),
    (Claim::AllOnTime, "按时办结率"),
    (Claim::AllOnTime, "按期答复率"),
    (Claim::AllOnTime, "按时答复率"),
    (Claim::AllOnTime, "按期率"),
    (Claim::AllConcluded, "办结率"),
    (Claim::AllConcluded, "办复率"),
    (Claim::AllConcluded, "答复率"),
    (Claim::AllSatisfied, "满意率"),
    (Claim::AllDisclosed, "公开率"),
];
/// What may stand between a rate and its number, and the numbers that say all.
const IS: &[&str] =
    &["均达到", "均达", "均为", "都达到", "都是", "达到", "达", "为", "是", "保持在", "保持", "：", ""];
const WHOLE: &[&str] = &["100%", "100％", "百分之百", "百分百", "100.0%", "100.00%"];

/// What makes of a claim a plan or its opposite, between the last comma and the words.
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
/// The same behind the words, and what makes other words of them (均按时限).
const NOT_SAID_AFTER: &[&str] = &["的目标", "的要求", "目标", "之前", "限", "间"];
/// Cases of some sort, where no number says how many.
const SOME: &[&str] =
    &["主办", "分办", "会办", "协办", "参阅", "领办", "督办", "重点", "其中", "其余", "部分"];

/// Words that claim something of all cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What they claim.
    pub claim: Claim,
    /// The passage, by its position.
    pub passage: usize,
    /// The bytes of it.
    pub range: Range<usize>,
    /// Those before the first figure among them: what somebody wrote.
    pub written: Range<usize>,
    /// The cases that speak against it, by their numbers.
    against: Vec<String>,
}

/// What the paragraphs claim of all cases of the ledger. A sentence that makes an exception (除…外), plans, denies, or
/// speaks of some cases only is no claim.
pub fn said(passages: &[Passage], dataset: &Dataset) -> Vec<Said> {
    let mut found = Vec::new();
    if dataset.report.ledger.is_none() {
        return found;
    }
    let counts = Counts::new(dataset);
    for (index, passage) in passages.iter().enumerate().filter(|(_, passage)| passage.kind == Kind::Paragraph)
    {
        for (claim, range) in claiming(&passage.text) {
            let Some(answered) = counts.all(claim, &passage.text, &range) else { continue };
            let against = against(claim, dataset, answered).into_iter().map(str::to_owned).collect();
            let end = range.clone().find(|byte| passage.is_made(*byte)).unwrap_or(range.end);
            found.push(Said { claim, passage: index, written: range.start..end, range, against });
        }
    }
    found
}

/// Every place of a text that reads like a claim.
fn claiming(text: &str) -> Vec<(Claim, Range<usize>)> {
    let mut found: Vec<(Claim, Range<usize>)> = Vec::new();
    let mut add = |claim, range: Range<usize>| {
        if !found.iter().any(|(_, other)| other.start < range.end && range.start < other.end) {
            found.push((claim, range));
        }
    };
    for (claim, rate) in RATES {
        for (at, _) in text.match_indices(rate) {
            let after = past_other_rates(&text[at + rate.len()..]);
            let whole = IS.iter().find_map(|is| {
                let number = after.strip_prefix(is)?;
                WHOLE.iter().find_map(|whole| number.strip_prefix(*whole))
            });
            if let Some(rest) = whole {
                // Of several rates with one number, each is told by its own name.
                let together = after.len() < text.len() - at - rate.len();
                let end = if together { at + rate.len() } else { text.len() - rest.len() };
                add(*claim, at..end);
            }
        }
    }
    for (claim, phrases) in PHRASES {
        for phrase in *phrases {
            text.match_indices(phrase).for_each(|(at, _)| add(*claim, at..at + phrase.len()));
        }
    }
    found.retain(|(_, range)| is_said(text, range));
    found.sort_by_key(|(_, range)| range.start);
    found
}

/// What follows other rates that share a number: `、满意率均为100%`.
fn past_other_rates(text: &str) -> &str {
    let other = text.strip_prefix(['、', '和']).and_then(|rest| rest.split_once('率'));
    match other {
        Some((name, rest)) if name.chars().count() <= 6 => past_other_rates(rest),
        _ => text,
    }
}

/// What stands before some words in their sentence.
fn sentence<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    let before = &text[..range.start];
    let start = before.rfind(['。', '；', '！', '？']).map_or(0, |at| at + '。'.len_utf8());
    &before[start..]
}

/// Whether words are said of what is, without exception.
fn is_said(text: &str, range: &Range<usize>) -> bool {
    let before = sentence(text, range);
    let clause = before.rsplit(['，', '、', '：']).next().unwrap_or_default();
    let excepts =
        before.find('除').is_some_and(|at| before[at..].contains('外') || before[at..].starts_with("除了"));
    let denied = NOT_SAID.iter().any(|word| clause.contains(word));
    let planned = NOT_SAID_AFTER.iter().any(|word| text[range.end..].starts_with(word));
    !excepts && !denied && !planned
}

/// How many cases there are, of those that a claim may mean when it says "all".
struct Counts {
    total: usize,
    answered: usize,
    replies: usize,
    rated: usize,
}

impl Counts {
    fn new(dataset: &Dataset) -> Self {
        let count = |which: &dyn Fn(&&Case) -> bool| dataset.cases.iter().filter(which).count();
        Self {
            total: dataset.cases.len(),
            answered: count(&|case| case.replied.is_some()),
            replies: count(&|case| case.role.group() == Group::Reply && case.replied.is_some()),
            rated: count(&|case| case.satisfaction.is_some_and(|said| dataset.profile.scale().counts(said))),
        }
    }

    /// Whether words speak of all cases, and then whether they speak of the answered ones; none where they speak of some. The
    /// last number of cases before them in their sentence tells.
    fn all(&self, claim: Claim, text: &str, range: &Range<usize>) -> Option<bool> {
        let before = sentence(text, range);
        let Some(count) = last_count(before) else {
            return (!SOME.iter().any(|word| before.contains(word))).then_some(false);
        };
        let means = match claim {
            Claim::AllConcluded => count == self.total,
            Claim::AllOnTime => [self.total, self.answered].contains(&count),
            Claim::AllSatisfied => [self.total, self.rated].contains(&count),
            Claim::AllDisclosed => [self.total, self.replies].contains(&count),
        };
        means.then_some(count != self.total)
    }
}

/// The number before the last 件 of a text.
fn last_count(text: &str) -> Option<usize> {
    let (before, _) = text.rsplit_once('件')?;
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    before[before.len() - digits..].parse().ok()
}

impl Said {
    /// C002: the ledger says otherwise.
    pub fn unfounded(&self, text: &str, place: impl FnOnce() -> Place) -> Option<Diagnostic> {
        if self.against.is_empty() {
            return None;
        }
        let ids: Vec<&str> = self.against.iter().map(String::as_str).collect();
        let ((zh_ids, en_ids), words) = (list(&ids), &text[self.range.clone()]);
        let message = say(
            format!("文中说“{words}”，台账不是这样：{zh_ids}"),
            format!("the text says \"{words}\", but the ledger says otherwise of {en_ids}"),
        );
        Some(Diagnostic::error(Code::C002, place(), message).help(advice()))
    }

    /// C003: the report does not declare it. What a figure says needs no declaration.
    pub fn undeclared(&self, text: &str, place: Place, report: &Report) -> Option<Diagnostic> {
        if report.claims.contains(&self.claim) || self.written != self.range {
            return None;
        }
        let (words, claim) = (&text[self.range.clone()], self.claim);
        let message = say(
            format!("文中说“{words}”，report.yaml 的 claims 里没有声明"),
            format!("the text says \"{words}\", which `claims` in report.yaml does not declare"),
        );
        let help = say(
            format!("写上 claims: [{}]，由台账核对", claim.label()),
            format!("write `claims: [{}]`: then the ledger is asked", claim.id()),
        );
        Some(Diagnostic::warning(Code::C003, place, message).help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{dataset, paths};
    use super::*;
    use crate::diagnostic::Lang;

    #[test]
    fn declared_claims_are_borne_out_by_the_ledger() {
        for (claims, expected) in [
            ("全部公开, 满意率100%", &[][..]),
            ("全部办结", &["claims[0]"]),
            ("all_satisfied, all_on_time", &["claims[1]"]),
        ] {
            let dataset = dataset(&format!("claims: [{claims}]"), "");
            assert_eq!(paths(&unfounded(&dataset, "f")), expected, "{claims}");
        }
        let dataset = dataset("claims: [全部办结]", "");
        let message = unfounded(&dataset, "f").remove(0).message;
        assert_eq!(message.get(Lang::Zh), "声明了“全部办结”，台账不是这样：乙、丙");
        let mut without = Dataset::clone(&dataset);
        without.report.ledger = None;
        assert_eq!(paths(&unfounded(&without, "f")), ["claims[0]"]);
    }

    #[test]
    fn at_most_five_cases_are_named() {
        assert_eq!(list(&["甲", "乙"]).0, "甲、乙");
        assert_eq!(
            list(&["1", "2", "3", "4", "5", "6", "7"]),
            ("1、2、3、4、5等7件".into(), "1, 2, 3, 4, 5 and 2 more".into())
        );
    }

    /// Three cases, of which two are open, one of these late.
    #[test]
    fn words_that_claim_something_of_all_cases() {
        let dataset = dataset("", "");
        let passage = |kind, text: &str| Passage { kind, text: text.to_owned(), made: Vec::new() };
        for (text, words, against) in [
            ("上述3件已全部办结。", &["全部办结"][..], &[2_usize][..]),
            (
                "各项建议全部办结，且均在规定时限内，无一逾期。",
                &["全部办结", "均在规定时限内", "无一逾期"],
                &[2, 1, 1],
            ),
            ("办结率100%，按期办结率达100%。", &["办结率100%", "按期办结率达100%"], &[2, 1]),
            ("答复率、满意率均为100%。", &["答复率", "满意率均为100%"], &[2, 0]),
            ("办结率、满意率均为98%。", &[], &[]),
            ("各处室均按时限、按程序办理，凡可以公开的全部公开。", &[], &[]),
            ("代表、委员均表示非常满意。", &["均表示非常满意"], &[0]),
            ("答复的1件均按期寄出。", &["均按期"], &[0]),
            ("办结率96.5%，满意率10%。", &[], &[]),
            ("除《甲》外，其余1件已全部办结，且均在规定时限内。", &[], &[]),
            ("其余1件已全部办结。", &[], &[]),
            ("主办件已全部办结。", &[], &[]),
            ("2件省建议全部办结。", &[], &[]),
            ("截至目前，尚未全部办结。", &[], &[]),
            ("下一步，确保全部办结。", &[], &[]),
            ("实现办结率100%的目标。", &[], &[]),
            ("主办1件，答复全部公开。", &["全部公开"], &[0]),
        ] {
            let found = said(&[passage(Kind::Cell, text), passage(Kind::Paragraph, text)], &dataset);
            assert!(found.iter().all(|said| said.passage == 1));
            let read: Vec<&str> = found.iter().map(|said| &text[said.range.clone()]).collect();
            let counted: Vec<usize> = found.iter().map(|said| said.against.len()).collect();
            assert_eq!((read.as_slice(), counted.as_slice()), (words, against), "{text}");
        }
    }

    #[test]
    fn what_is_said_is_founded_and_declared() {
        let dataset = dataset("claims: [全部公开]", "");
        let text = "各件答复全部公开，办结率100%，满意率100%。";
        let passage = Passage { kind: Kind::Paragraph, text: text.to_owned(), made: Vec::new() };
        let codes = |said: &Said| {
            let place = || Place::file("f");
            let found = [said.unfounded(text, place), said.undeclared(text, place(), &dataset.report)];
            found.map(|told| told.map(|told| told.code))
        };
        let found: Vec<_> = said(&[passage], &dataset).iter().map(codes).collect();
        assert_eq!(found, [[None, None], [Some(Code::C002), Some(Code::C003)], [None, Some(Code::C003)]]);
    }
}
