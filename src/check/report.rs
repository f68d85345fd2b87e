//! Rules over `report.yaml`.

use crate::diagnostic::{Diagnostic, say};
use crate::model::Report;
use crate::source::{Path, Place};

/// H001: the title's lines do not make up the title.
pub(super) fn title_lines_differ(report: &Report, file: &str) -> Vec<Diagnostic> {
    let header = &report.header;
    let joined: String = header.title_lines.iter().map(|line| line.to_string()).collect();
    if header.title_lines.is_empty() || joined == *header.title {
        return Vec::new();
    }
    let message = say(
        format!("title_lines 连起来是“{joined}”，与 title 不同"),
        format!("title_lines make \"{joined}\", which is not the title"),
    );
    let help = say("改成一致，或删去 title_lines", "make them agree, or delete title_lines");
    let place = Place::value(file, Path::root().key("header").key("title_lines"));
    vec![Diagnostic::error("H001", place, message).help(help)]
}
