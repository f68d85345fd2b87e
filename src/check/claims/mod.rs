//! Rules over what a report says of all its cases: that all are concluded, in time, satisfied, published. The ledger bears it
//! out or it does not.

mod phrases;
mod scope;
pub(super) mod words;

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::document::passage::{Kind, Passage};
use crate::model::{Case, Claim, Dataset, Declaration, Group, Report, Satisfaction, Status};
use crate::source::{Path, Place};
use scope::Meant;

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
        Claim::NoneDissatisfied => case.satisfaction == Some(Satisfaction::Dissatisfied),
        Claim::AllDisclosed => {
            case.role.group() == Group::Reply && case.replied.is_some() && case.published().is_none()
        }
    }
}

/// The cases that speak against a claim.
fn against(claim: Claim, dataset: &Dataset) -> Vec<&str> {
    dataset.cases.iter().filter(|case| contradicts(claim, case, dataset)).map(|case| &*case.id).collect()
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
    for (index, Declaration { claim, except }) in dataset.report.claims.iter().enumerate() {
        let at = Path::root().key("claims").index(index);
        let mut add = |at: &Path, (zh, en): (String, String), help: Say| {
            found.push(Diagnostic::error(Code::C001, Place::value(file, at.clone()), say(zh, en)).help(help));
        };
        let (zh, en) = (claim.label(), claim.id());
        if dataset.report.ledger.is_none() {
            let message = (
                format!("声明了“{zh}”，却没有台账可以核对"),
                format!("`{en}` is claimed, but there is no ledger to check it against"),
            );
            add(&at, message, say("填写 ledger，或删去这一条声明", "name a `ledger`, or delete the claim"));
            continue;
        }
        let against = against(*claim, dataset);
        for (index, id) in except.iter().enumerate() {
            let message = match dataset.cases.iter().any(|case| case.id == *id) {
                false => (format!("台账里没有 {id}"), format!("the ledger has no case {id}")),
                true if !against.contains(&&**id) => {
                    (format!("{id} 在台账里并不例外"), format!("by the ledger `{en}` holds for {id} too"))
                }
                true => continue,
            };
            let help = say("改正编号，或删去这一件", "correct the id, or delete it");
            add(&at.key("except").index(index), message, help);
        }
        let ids: Vec<&str> =
            against.into_iter().filter(|id| !except.iter().any(|other| **other == **id)).collect();
        if !ids.is_empty() {
            let (zh_ids, en_ids) = list(&ids);
            let message = (
                format!("声明了“{zh}”，台账不是这样：{zh_ids}"),
                format!("`{en}` is claimed, but the ledger says otherwise of {en_ids}"),
            );
            add(&at, message, advice());
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

/// Words that claim something of all cases, and what the ledger has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The passage, by its position.
    pub passage: usize,
    /// The bytes of it.
    pub range: Range<usize>,
    /// The bytes before the first figure among them: what somebody wrote.
    pub written: Range<usize>,
    /// What they claim of the whole ledger; such a claim can be declared.
    declarable: Option<Claim>,
    verdict: Verdict,
}

/// What the ledger says of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    Founded,
    /// Cases that speak against it, by their ids.
    Against(Vec<String>),
    /// Cases that are excepted although the claim holds for them.
    NeedlessExceptions(Vec<String>),
    /// So many exceptions are named; the ledger has other ones.
    Exceptions {
        said: usize,
        ids: Vec<String>,
    },
    /// So many cases are named; the ledger has another number of them.
    Count {
        said: usize,
        counted: usize,
    },
    /// The ledger does not know what these words mean.
    Unclear(String),
    /// The ledger has no data about it.
    NoData,
}

/// What the passages claim of all cases of the ledger, or of all but some. A sentence that plans or denies claims nothing.
pub fn said(passages: &[Passage], dataset: &Dataset) -> Vec<Said> {
    let mut found = Vec::new();
    if dataset.report.ledger.is_none() {
        return found;
    }
    let read = |kind: Kind| matches!(kind, Kind::Paragraph | Kind::Heading);
    for (index, passage) in passages.iter().enumerate().filter(|(_, passage)| read(passage.kind)) {
        for (saying, range) in phrases::claiming(&passage.text) {
            let Some((verdict, whole)) = verdict(saying, &passage.text, &range, dataset) else { continue };
            let end = range.clone().find(|byte| passage.is_made(*byte)).unwrap_or(range.end);
            let written = range.start..end;
            found.push(Said {
                passage: index,
                written,
                range,
                declarable: saying.filter(|_| whole),
                verdict,
            });
        }
    }
    let sentence =
        |said: &Said| (said.passage, scope::sentence(&passages[said.passage].text, said.range.start));
    for sentence in found.chunk_by_mut(|a, b| sentence(a) == sentence(b)) {
        // An exception is needed if one of the claims of its sentence needs it: 除…外均已办结，且均在时限内.
        let needless = |said: &Said| matches!(said.verdict, Verdict::NeedlessExceptions(_));
        if !sentence.iter().all(needless) {
            sentence
                .iter_mut()
                .filter(|said| needless(said))
                .for_each(|said| said.verdict = Verdict::Founded);
        }
    }
    found
}

/// What the ledger says of a claim, and whether it is of the whole ledger; none if it is not of this ledger.
fn verdict(
    saying: Option<Claim>,
    text: &str,
    range: &Range<usize>,
    dataset: &Dataset,
) -> Option<(Verdict, bool)> {
    let scope = match scope::scope(text, range, dataset) {
        Meant::Others => return None,
        // C001 tests what is declared of the exceptions.
        Meant::Unclear(_) if dataset.report.claims.iter().any(|declared| excepts(declared, saying)) => {
            return Some((Verdict::Founded, false));
        }
        Meant::Unclear(words) => return Some((Verdict::Unclear(words), false)),
        Meant::Cases(scope) => scope,
    };
    let Some(claim) = saying else { return Some((Verdict::NoData, scope.whole)) };
    let case = |index: usize| &dataset.cases[index];
    let contradicts = |index: &usize| contradicts(claim, case(*index), dataset);
    let ids = |cases: &[usize]| cases.iter().map(|index| case(*index).id.to_string()).collect();
    let mut cases = scope.cases.clone();
    if let Some(said) = scope.count.filter(|said| *said != cases.len()) {
        // "All" may be all that were answered, or all whose proposers said anything.
        let some: Vec<usize> =
            cases.iter().copied().filter(|index| counts_for(claim, case(*index), dataset)).collect();
        let answered: Vec<usize> =
            cases.iter().copied().filter(|index| case(*index).replied.is_some()).collect();
        cases = match [some, answered].into_iter().find(|cases| cases.len() == said) {
            Some(cases) => cases,
            None => return Some((Verdict::Count { said, counted: cases.len() }, false)),
        };
    }
    let against: Vec<usize> = cases.iter().copied().filter(contradicts).collect();
    let needless: Vec<usize> =
        scope.excepted.iter().filter(|cases| !cases.iter().any(contradicts)).flatten().copied().collect();
    let verdict = match scope.except {
        Some(said) if said != against.len() => Verdict::Exceptions { said, ids: ids(&against) },
        None if !against.is_empty() => Verdict::Against(ids(&against)),
        _ if !needless.is_empty() => Verdict::NeedlessExceptions(ids(&needless)),
        _ => Verdict::Founded,
    };
    Some((verdict, scope.whole && scope.except.is_none()))
}

fn excepts(declared: &Declaration, saying: Option<Claim>) -> bool {
    Some(declared.claim) == saying && !declared.except.is_empty()
}

/// Whether a claim can be true or false of a case.
fn counts_for(claim: Claim, case: &Case, dataset: &Dataset) -> bool {
    match claim {
        Claim::AllConcluded | Claim::AllOnTime => case.replied.is_some(),
        Claim::AllSatisfied | Claim::NoneDissatisfied => {
            case.satisfaction.is_some_and(|said| dataset.profile.scale().counts(said))
        }
        Claim::AllDisclosed => case.role.group() == Group::Reply && case.replied.is_some(),
    }
}

impl Said {
    /// C002: the ledger says otherwise. C004: the ledger cannot say.
    pub fn unfounded(&self, text: &str, place: impl FnOnce() -> Place) -> Option<Diagnostic> {
        let words = &text[self.range.clone()];
        let named = |ids: &[String]| list(&ids.iter().map(String::as_str).collect::<Vec<_>>());
        let (zh, en) = match &self.verdict {
            Verdict::Founded => return None,
            Verdict::Against(ids) => {
                let (zh, en) = named(ids);
                (
                    format!("文中说“{words}”，台账不是这样：{zh}"),
                    format!("the text says \"{words}\", but the ledger says otherwise of {en}"),
                )
            }
            Verdict::NeedlessExceptions(ids) => {
                let (zh, en) = named(ids);
                (
                    format!("“{words}”除外的{zh}，在台账里并不例外"),
                    format!("\"{words}\" excepts {en}, but by the ledger it holds for them too"),
                )
            }
            Verdict::Exceptions { said, ids } if ids.is_empty() => (
                format!("“{words}”除外{said}件，台账里没有这样的件"),
                format!("\"{words}\" excepts {said} cases, but the ledger has none"),
            ),
            Verdict::Exceptions { said, ids } => {
                let ((zh, en), count) = (named(ids), ids.len());
                (
                    format!("“{words}”除外{said}件，台账里有{count}件：{zh}"),
                    format!("\"{words}\" excepts {said} cases, but the ledger has {count}: {en}"),
                )
            }
            Verdict::Count { .. } | Verdict::Unclear(_) | Verdict::NoData => {
                return self.untestable(words, place());
            }
        };
        Some(Diagnostic::error(Code::C002, place(), say(zh, en)).help(advice()))
    }

    /// C004: it cannot be held against the ledger.
    fn untestable(&self, words: &str, place: Place) -> Option<Diagnostic> {
        let (zh, en) = match &self.verdict {
            Verdict::Count { said, counted } => (
                format!("“{words}”说的{said}件，台账里对不上（这样的件有{counted}件），无法核对"),
                format!(
                    "\"{words}\" is said of {said} cases; the ledger has {counted} such cases, so it cannot be tested"
                ),
            ),
            Verdict::Unclear(which) => (
                format!("“{words}”说的是哪些件，从“{which}”看不出来，无法核对"),
                format!("\"{words}\": \"{which}\" does not say which cases, so it cannot be tested"),
            ),
            _ => (
                format!("台账里没有可以核对“{words}”的数据"),
                format!("the ledger has no data about \"{words}\""),
            ),
        };
        let help = say(
            "写明是哪几件（标题、编号、件数或类别），或在 report.yaml 写 claims: [{ claim: …, except: [编号] }]",
            "say which cases (title, id, number or kind), or write `claims: [{ claim: …, except: [id] }]` in report.yaml",
        );
        Some(Diagnostic::warning(Code::C004, place, say(zh, en)).help(help))
    }

    /// C003: the report does not declare it. What a figure says needs no declaration.
    pub fn undeclared(&self, text: &str, place: Place, report: &Report) -> Option<Diagnostic> {
        let claim = self.declarable?;
        if report.claims.iter().any(|declared| declared.claim == claim) || self.written != self.range {
            return None;
        }
        let words = &text[self.range.clone()];
        let message = say(
            format!("文中说“{words}”，report.yaml 的 claims 里没有声明"),
            format!("the text says \"{words}\", which `claims` in report.yaml does not declare"),
        );
        let help = say(
            format!("写上 claims: [{}]，由台账核对", claim.label()),
            format!("write `claims: [{}]`: then it is checked against the ledger", claim.id()),
        );
        Some(Diagnostic::warning(Code::C003, place, message).help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{dataset, paths};
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::Lang;

    #[test]
    fn declared_claims_are_borne_out_by_the_ledger() {
        for (claims, expected) in [
            ("全部公开, 满意率100%", &[][..]),
            ("全部办结", &["claims[0]"]),
            ("all_satisfied, all_on_time", &["claims[1]"]),
            ("{ claim: 全部办结, except: [乙, 丙] }", &[]),
            ("{ claim: all_concluded, except: [乙] }, 没有不满意", &["claims[0]"]),
            (
                "{ claim: 全部办结, except: [乙, 丙, 甲, 丁] }",
                &["claims[0].except[2]", "claims[0].except[3]"],
            ),
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

    /// A verdict in a few words.
    fn short(verdict: &Verdict) -> String {
        match verdict {
            Verdict::Founded => "so".to_owned(),
            Verdict::Against(ids) => format!("not {}", ids.concat()),
            Verdict::NeedlessExceptions(ids) => format!("needless {}", ids.concat()),
            Verdict::Exceptions { said, ids } => format!("not {said} but {}", ids.concat()),
            Verdict::Count { said, counted } => format!("{said} of {counted}"),
            Verdict::Unclear(words) => format!("unclear {words}"),
            Verdict::NoData => "no data".to_owned(),
        }
    }

    /// Three cases: 甲 (省, 代表建议, 主办) is answered, 乙 (市, 代表建议, 会办) late, 丙 (市, 政协提案, 分办) open.
    #[test]
    fn words_that_claim_something_of_all_cases() {
        let dataset = dataset("", "");
        let passage = |kind, text: &str| Passage { kind, text: text.to_owned(), made: Vec::new() };
        let mut wrong = Vec::new();
        for (text, expected) in [
            ("上述3件已全部办结。", &["全部办结: not 乙丙"][..]),
            (
                "各项建议全部办结，且均在规定时限内，无一逾期。",
                &["全部办结: not 乙丙", "均在规定时限内: not 乙", "无一逾期: not 乙"],
            ),
            ("各件均已按规定时限全部办结。", &["均已按规定时限: not 乙", "全部办结: not 乙丙"]),
            ("已完成全部代表建议和政协提案的答复工作。", &["全部代表建议和政协提案的答复: not 乙丙"]),
            ("办结率100%，按期办结率达100%。", &["办结率100%: not 乙丙", "按期办结率达100%: not 乙"]),
            ("答复率、满意率均为100%。", &["答复率: not 乙丙", "满意率均为100%: so"]),
            ("见面率100%，代表没有不满意的。", &["见面率100%: no data", "没有不满意: so"]),
            ("测评结果均为满意或基本满意。", &["均为满意: so"]),
            ("代表、委员均表示非常满意。", &["均表示非常满意: so"]),
            ("答复的1件均按期寄出。", &["均按期: so"]),
            // Some sort of cases.
            ("主办件已全部办结。", &["全部办结: so"]),
            ("会办件已全部办结。", &["全部办结: not 乙"]),
            ("主、承、分、会办件均已办结。", &["均已办结: not 乙丙"]),
            ("主（承、分）办件均已答复。", &["均已答复: not 丙"]),
            ("1件省级建议全部办结。", &["全部办结: so"]),
            ("2件省级建议全部办结。", &["全部办结: 2 of 1"]),
            ("市级2件均已办结。", &["均已办结: not 乙丙"]),
            ("省级建议1件、市级提案1件，均已办结。", &["均已办结: not 丙"]),
            ("政协提案均已答复。", &["均已答复: not 丙"]),
            ("主办1件，会办1件，均已办结。", &["均已办结: not 乙"]),
            ("共3件，其中主办1件，会办1件，分办1件，均已办结。", &["均已办结: not 乙丙"]),
            ("主办1件，答复全部公开。", &["全部公开: so"]),
            ("重点建议均已办结。", &["均已办结: unclear 重点"]),
            // An exception.
            ("除乙、丙外，其余1件已全部办结，且均在规定时限内。", &["全部办结: so", "均在规定时限内: so"]),
            ("除乙外，其他主、承、分、会办件均已办结。", &["均已办结: not 丙"]),
            ("除乙、丙外，其余2件均已办结。", &["均已办结: 2 of 1"]),
            ("除《关于标题二的建议》外，其余均已按期答复。", &["均已按期: so", "答复: not 丙"]),
            ("除《标题一》《标题二》外，其他均已办结。", &["均已办结: so"]),
            ("除《标题三》外，其他均已办结。", &["均已办结: unclear 《标题三》"]),
            ("除甲、乙、丙外，全部办结。", &["全部办结: needless 甲"]),
            ("除2件正在办理以外，其他均已办结。", &["均已办结: so"]),
            ("除1件正在办理外，其他均已办结。", &["均已办结: not 1 but 乙丙"]),
            ("除会办件外，其他均已办结。", &["均已办结: not 丙"]),
            ("除市政协1件提案外，其他均已办结。", &["均已办结: not 乙"]),
            ("除了个别件，其余均已办结。", &["均已办结: unclear 个别件"]),
            ("除因客观条件限制外，其余均已办结。", &["均已办结: unclear 因客观条件限制"]),
            ("会办1件，其余2件均已办结。", &["均已办结: not 丙"]),
            ("2件正在办理，其余均已办结。", &["均已办结: so"]),
            ("其余1件已全部办结。", &["全部办结: unclear 其余"]),
            ("除书面答复外，还当面沟通，各件均已办结。", &["均已办结: not 乙丙"]),
            ("及时清除积压，额外加班，各件均已办结。", &["均已办结: not 乙丙"]),
            // Nothing that is claimed of these cases.
            ("办结率、满意率均为98%。", &[]),
            ("各处室均按时限、按程序办理，凡可以公开的全部公开。", &[]),
            ("办结率96.5%，满意率10%。", &[]),
            ("截至目前，尚未全部办结。", &[]),
            ("下一步，确保全部办结。", &[]),
            ("实现办结率100%的目标。", &[]),
            ("上年的建议均已办结。", &[]),
            ("2020年的3件均已答复。", &[]),
            ("各项任务全部办结。", &[]),
            ("岗位均公开招聘，过程均向社会公开征求意见。", &[]),
            ("各件均未答复。", &[]),
        ] {
            let found = said(&[passage(Kind::Cell, text), passage(Kind::Paragraph, text)], &dataset);
            assert!(found.iter().all(|said| said.passage == 1));
            let told: Vec<String> = found
                .iter()
                .map(|said| format!("{}: {}", &text[said.range.clone()], short(&said.verdict)))
                .collect();
            if told != expected {
                wrong.push(format!("{text} {told:?}, not {expected:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    proptest! {
        #[test]
        fn any_words_are_read(words in proptest::collection::vec(
            prop::sample::select(vec![
                "除", "外", "其余", "均已", "全部", "办结", "满意", "省", "市级", "建议", "提案", "主", "、", "办", "件", "，", "。",
                "《", "》", "标题一", "甲", "1", "２", "十", "年", "号", "率", "100%", "已", "和", "（", "）", "a", " ",
            ]),
            0..24,
        )) {
            let dataset = dataset("", "");
            let text = words.concat();
            said(&[Passage { kind: Kind::Paragraph, text, made: Vec::new() }], &dataset);
        }
    }

    #[test]
    fn a_declaration_says_what_is_excepted() {
        let text = "除个别件外，其余均已办结，均已按期答复。";
        let verdicts = |more: &str| -> Vec<String> {
            let passage = Passage { kind: Kind::Paragraph, text: text.to_owned(), made: Vec::new() };
            said(&[passage], &dataset(more, "")).iter().map(|said| short(&said.verdict)).collect()
        };
        let unclear = "unclear 个别件";
        assert_eq!(verdicts("")[..2], [unclear, unclear]);
        assert_eq!(verdicts("claims: [全部办结]")[0], unclear);
        assert_eq!(verdicts("claims: [{ claim: 全部办结, except: [乙, 丙] }]")[..2], ["so", unclear]);
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
