//! Whether a report may be archived, and under which number.

use super::metadata::Filing;
use super::number;
use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::model::{Dataset, Text};
use crate::source::{self, Place};

/// How the report is filed; none if it may not be archived, with the reasons (Y009) added to `wrong`.
pub(super) fn may_be_filed(dataset: &Dataset, wrong: &mut Vec<Diagnostic>) -> Option<Filing> {
    let refuse = |key: &str, why, help| {
        let place = Place::value(&dataset.files.report, source::Path::root().key(key));
        Diagnostic::error(Code::Y009, place, why).help(help)
    };
    if dataset.is_draft() {
        let count = dataset.todos().len();
        let why = say(
            format!("草稿不能存档：还有 {count} 处待核实"),
            format!("a draft is not archived: {count} things are still to be found out"),
        );
        let help = say("核实以后，删去 draft: true", "find them out, then delete `draft: true`");
        wrong.push(refuse("draft", why, help));
    }
    let told = |why| {
        let help = say(
            "例如 archive: { fonds: J001, retention: 30年, section: BGS, item: 7 }",
            "such as archive: { fonds: J001, retention: D30, section: BGS, item: 7 }",
        );
        refuse("archive", why, help)
    };
    let filing = filing(dataset).map_err(|why| wrong.push(told(why))).ok();
    filing.filter(|_| !dataset.is_draft())
}

/// How the report is filed; an error says which part of its number is missing.
pub(super) fn filing(dataset: &Dataset) -> Result<Filing, Say> {
    let keeping = dataset.keeping();
    let own = |value: &Option<Text>| value.as_ref().map(ToString::to_string);
    let number = keeping.number(dataset.report.year)?;
    if number::of_folder(&number) != Some((&number, 1)) {
        return Err(say(
            format!("档号 {number} 的末尾像是修订次数，不能用"),
            format!("the archive number {number} ends like a revision"),
        ));
    }
    Ok(Filing {
        number,
        fonds: own(&keeping.fonds),
        category: own(&keeping.category),
        retention: keeping.retention.map(|kept| kept.label().to_owned()),
        section: own(&keeping.section),
        item: keeping.item.map(|item| format!("{item:04}")),
    })
}
