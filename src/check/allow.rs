//! What an office has looked at and lets stand, each with its reason.

use super::RULES;
use crate::diagnostic::{Diagnostic, Lang, say};
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
                diagnostics.retain(|diagnostic| !covers(allowance, diagnostic, sources));
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
                let (zh, en) = match RULES.iter().any(|row| *row.code == **rule) {
                    false => (format!("没有规则 {rule}"), format!("there is no rule {rule}")),
                    true => (format!("规则 {rule} 不能放过"), format!("what {rule} finds cannot be allowed")),
                };
                let help = say("规则见 docs/rules", "the rules are in docs/rules");
                return Some(Diagnostic::error("A001", place, say(zh, en)).help(help));
            }
            let message = say(
                format!("没有什么要用 {rule} 放过，可以删去这一条"),
                format!("{rule} finds nothing here that is to be allowed: delete this"),
            );
            (!needed).then(|| Diagnostic::warning("A002", place, message))
        };
        rows.filter_map(told).collect()
    }
}

fn is_allowable(rule: &str) -> bool {
    rule.starts_with(|family| FAMILIES.contains(family)) && RULES.iter().any(|row| row.code == rule)
}

fn covers(allowance: &Allowance, diagnostic: &Diagnostic, sources: &Sources) -> bool {
    if *diagnostic.code != *allowance.rule {
        return false;
    }
    let Some(words) = &allowance.words else { return true };
    let said = [Lang::Zh, Lang::En].iter().any(|lang| diagnostic.message.get(*lang).contains(&**words));
    said || diagnostic.line(sources).is_some_and(|line| line.contains(&**words))
}
