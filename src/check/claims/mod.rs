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
        let needless = |said: &Said| match &said.verdict {
            Verdict::NeedlessExceptions(_) => true,
            Verdict::Exceptions { said, ids } => ids.len() < *said,
            _ => false,
        };
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
    let meant = cases.len().saturating_sub(scope.except.unwrap_or_default());
    if let Some(said) = scope.count.filter(|said| *said != meant) {
        // "All" may be all that were answered, or all whose proposers said anything.
        let some: Vec<usize> =
            cases.iter().copied().filter(|index| counts_for(claim, case(*index), dataset)).collect();
        let answered: Vec<usize> =
            cases.iter().copied().filter(|index| case(*index).replied.is_some()).collect();
        cases = match [some, answered].into_iter().find(|cases| cases.len() == said) {
            Some(cases) => cases,
            None => return Some((Verdict::Count { said, counted: meant }, false)),
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
        let help = match self.verdict {
            // A figure answers for what the ledger does not know.
            Verdict::NoData if self.written != self.range => return None,
            Verdict::NoData => say(
                "写进 figures.yaml，注明来源，用 {{ fig(…) }} 取",
                "declare it in figures.yaml with its source, and ask with {{ fig(…) }}",
            ),
            _ => say(
                "写明是哪几件（标题、编号、件数或类别），或在 report.yaml 写 claims: [{ claim: …, except: [编号] }]",
                "say which cases (title, id, number or kind), or write `claims: [{ claim: …, except: [id] }]` in report.yaml",
            ),
        };
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
mod tests;
