//! What an office has looked at and lets stand, each with its reason.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Lang, say};
use crate::model::Report;
use crate::model::report::Allowance;
use crate::source::{Path, Place, Sources};

/// Families whose findings may be let stand: the others keep the report from being made at all.
const FAMILIES: &str = "CDFHLNRX";

/// The allowances of a report, and which of them have been needed.
#[derive(Debug)]
pub struct Allowed<'r> {
    report: &'r Report,
    file: &'r str,
    needed: Vec<bool>,
}

impl<'r> Allowed<'r> {
    /// The allowances of a report, shown as `file`.
    pub fn new(report: &'r Report, file: &'r str) -> Self {
        Self { report, file, needed: vec![false; report.allow.len()] }
    }

    /// Take away what is allowed.
    pub fn spare(&mut self, diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
        for (allowance, needed) in self.report.allow.iter().zip(&mut self.needed) {
            if is_allowable(&allowance.rule) {
                let before = diagnostics.len();
                let mut covered = covered(allowance, diagnostics, sources).into_iter();
                diagnostics.retain(|_| !covered.next().unwrap_or_default());
                *needed |= diagnostics.len() < before;
            }
        }
    }

    /// Allowances that are for no rule (A001), or for nothing that was found (A002).
    pub fn rest(self) -> Vec<Diagnostic> {
        let rows = self.report.allow.iter().zip(&self.needed).enumerate();
        let told = |(index, (allowance, needed)): (usize, (&Allowance, &bool))| {
            let place = Place::value(self.file, Path::root().key("allow").index(index).key("rule"));
            let rule = &allowance.rule;
            if !is_allowable(rule) {
                let (zh, en) = match Code::find(rule).is_some() {
                    false => (format!("没有规则 {rule}"), format!("there is no rule {rule}")),
                    true => (format!("规则 {rule} 不能放过"), format!("what {rule} finds cannot be allowed")),
                };
                let help = say("规则见 docs/rules", "the rules are in docs/rules");
                return Some(Diagnostic::error(Code::A001, place, say(zh, en)).help(help));
            }
            let message = say(
                format!("没有什么要用 {rule} 放过，可以删去这一条"),
                format!("{rule} finds nothing here that is to be allowed: delete this"),
            );
            (!needed).then(|| Diagnostic::warning(Code::A002, place, message))
        };
        rows.filter_map(told).collect()
    }
}

fn is_allowable(rule: &str) -> bool {
    rule.starts_with(|family| FAMILIES.contains(family)) && Code::find(rule).is_some()
}

/// Whether some words stand in a text where they share a character with a range. A paragraph is one line, so that the line says
/// nothing.
fn meets(text: &str, range: &Range<usize>, words: &str) -> bool {
    let from = text.floor_char_boundary(range.start.saturating_sub(words.len()));
    let to = text.ceil_char_boundary(range.end + words.len());
    let mut found = text[from..to].match_indices(words).map(|(at, _)| from + at..from + at + words.len());
    found.any(|words| words.start < range.end && range.start < words.end)
}

/// Which of some diagnostics an allowance is for. The lines are looked up together, since that is dear.
fn covered(allowance: &Allowance, diagnostics: &[Diagnostic], sources: &Sources) -> Vec<bool> {
    let of_rule = |told: &Diagnostic| told.code.as_str() == &*allowance.rule;
    let Some(words) = &allowance.words else { return diagnostics.iter().map(of_rule).collect() };
    let says = |told: &Diagnostic| {
        [Lang::Zh, Lang::En].iter().any(|lang| told.message.get(*lang).contains(&**words))
    };
    let places = diagnostics.iter().map(|told| told.place.as_ref().filter(|_| of_rule(told) && !says(told)));
    let stands = |(told, range): (&Diagnostic, Option<Range<usize>>)| {
        let meets = || {
            let (text, range) = (sources.text(&told.place.as_ref()?.file)?, range?);
            Some(meets(text, &range, words))
        };
        of_rule(told) && (says(told) || meets().unwrap_or_default())
    };
    diagnostics.iter().zip(sources.ranges(places)).map(stands).collect()
}
