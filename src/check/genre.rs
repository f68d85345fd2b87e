//! What a genre needs of a report, and what it has no use for.

use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::genre::PartKey;
use crate::model::{Genre, PARTS, Part, Report};
use crate::source::{Path, Place};

/// Y004: a part is missing that the genre would leave an empty section for.
pub(super) fn missing_part(report: &Report, genre: &Genre, file: &str) -> Vec<Diagnostic> {
    let told = |part: &PartKey| {
        let PartKey(Part { key, label: (zh, en), .. }) = part;
        // What stands at the top of the file is missed by the line that asks for it.
        let place = if key.contains('.') { part.0.path() } else { Path::root().key("genre") };
        let name = &report.genre;
        let (label_zh, label_en) = (&genre.label.zh, &genre.label.en);
        let message = say(
            format!("{label_zh}（{name}）需要 {key}（{zh}），报告里没有"),
            format!("the genre {name} ({label_en}) needs `{key}`: {en}"),
        );
        let help = say(format!("补上 {key}: …"), format!("add `{key}: …`"));
        Diagnostic::error(Code::Y004, Place::value(file, place), message).help(help)
    };
    genre.needs.iter().filter(|part| !(part.0.given)(report)).map(told).collect()
}

/// What prose may name though the genre does not, and the elements around the text, which stand there in any genre.
fn is_named_elsewhere(key: &str) -> bool {
    let settings = [
        "we",
        "case_term",
        "assist_term",
        "assigned_by",
        "as_of",
        "ledger",
        "last_year",
        "bodies",
        "inspection",
        "contact",
    ];
    key.starts_with("header.") || settings.contains(&key)
}

/// Y007: the report has a part that the genre does not print.
pub(super) fn idle_part(report: &Report, genre: &Genre, file: &str) -> Vec<Diagnostic> {
    let printed =
        |part: &&Part| genre.needs.iter().chain(&genre.takes).any(|PartKey(own)| own.key == part.key);
    let told = |part: &Part| {
        let (name, key) = (&report.genre, part.key);
        let message = say(
            format!("文种 {name} 不用 {key}，不会印出"),
            format!("the genre {name} does not print `{key}`"),
        );
        let help = say("删去，或换一个文种", "delete it, or choose another genre");
        Diagnostic::warning(Code::Y007, Place::key(file, part.path()), message).help(help)
    };
    let given = PARTS.iter().filter(|part| (part.given)(report) && !is_named_elsewhere(part.key));
    given.filter(|part| !printed(part)).map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_what_its_genre_needs_and_nothing_else() {
        let genre: Genre = serde_yaml::from_str(
            "label: { zh: 通报, en: note }\nabout: { zh: 通报, en: a note }\nneeds: [header.addressees, preamble]\ntakes: [closing]",
        )
        .unwrap();
        for (header, records, missing, idle) in [
            ("addressees: 各区", "preamble: 一", &[][..], &[][..]),
            ("addressees: 各区", "preamble: 一\nclosing: 二", &[], &[]),
            ("addressees: 各区", "closing: 二", &["genre"], &[]),
            ("", "", &["header.addressees", "genre"], &[]),
            ("addressees: 各区", "preamble: 一\nthanks: 二\ngoals: 三", &[], &["goals", "thanks"]),
        ] {
            let text = format!(
                "genre: note\nyear: 2020\nheader: {{ title: 通报, date_signed: 2020-04-26, {header} }}\n{records}"
            );
            let report: Report = serde_yaml::from_str(&text).unwrap();
            let places = |found: Vec<Diagnostic>| -> Vec<String> {
                let path = |told: Diagnostic| match told.place?.spot {
                    crate::source::Spot::Value(path) | crate::source::Spot::Key(path) => {
                        Some(path.to_string())
                    }
                    _ => None,
                };
                found.into_iter().filter_map(path).collect()
            };
            assert_eq!(places(missing_part(&report, &genre, "r")), missing, "{text}");
            assert_eq!(places(idle_part(&report, &genre, "r")), idle, "{text}");
        }
    }
}
