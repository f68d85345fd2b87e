//! Rules over what last year's answers promised.

use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::{Promise, PromiseStatus, Report};
use crate::source::{Path, Place};

/// R007: a promise is still open, and no reason is given.
pub(super) fn open_without_reason(report: &Report, file: &str) -> Vec<Diagnostic> {
    let lacks = |promise: &Promise| promise.status == PromiseStatus::Open && promise.reason.is_none();
    let told = |(index, promise): (usize, &Promise)| {
        let at = Path::root().key("promises").index(index).key("status");
        let id = &promise.id;
        let message = say(
            format!("{id} 上年承诺的事项仍在办理，没有说明原因"),
            format!("what was promised for {id} last year is still open, and there is no reason"),
        );
        let help = say(
            "补上 reason: …，写明没有办完的原因和下一步安排",
            "add `reason`: why it is not done, and what comes next",
        );
        Diagnostic::error(Code::R007, Place::value(file, at), message).help(help)
    };
    report.promises.iter().enumerate().filter(|(_, promise)| lacks(promise)).map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{paths, report};
    use super::*;

    #[test]
    fn what_is_open_has_a_reason() {
        for (promise, expected) in [
            ("status: open", &["promises[0].status"][..]),
            ("status: 仍在办理, reason: 选址未定。", &[]),
            ("status: done", &[]),
            ("status: todo", &[]),
        ] {
            let report = report(&format!("promises: [{{ id: 甲, title: 题, {promise} }}]"));
            assert_eq!(paths(&open_without_reason(&report, "f")), expected, "{promise}");
        }
    }
}
