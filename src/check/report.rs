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

/// H002: the title names a year, and not the report's: a copy of last year's file.
pub(super) fn title_of_another_year(report: &Report, file: &str) -> Vec<Diagnostic> {
    let title = &*report.header.title;
    let year_before = |at: usize| title.get(at.checked_sub(4)?..at)?.parse::<u16>().ok();
    let years: Vec<u16> = title.match_indices('年').filter_map(|(at, _)| year_before(at)).collect();
    if years.is_empty() || years.contains(&report.year) {
        return Vec::new();
    }
    let message = say(
        format!("标题里的年份与 year: {} 不一致", report.year),
        format!("the title's year is not `year: {}`", report.year),
    );
    let help = say("改成一致", "make them agree");
    let place = Place::value(file, Path::root().key("header").key("title"));
    vec![Diagnostic::error("H002", place, message).help(help)]
}
