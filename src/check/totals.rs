//! Rules over what others count, held against the ledger.

use crate::compute::Figures;
use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::model::Report;
use crate::source::{Path, Place};

/// L008: the assigning office counts other cases than the ledger, or by something that the ledger does not have.
pub(super) fn assigned_otherwise(report: &Report, figures: &Figures, file: &str) -> Vec<Diagnostic> {
    let Some(assigned) = &report.assigned else { return Vec::new() };
    let mut found = Vec::new();
    for (index, row) in assigned.counts.iter().enumerate() {
        let at = Path::root().key("assigned").key("counts").index(index);
        let pairs: Vec<(String, &str)> =
            row.conditions.iter().map(|(key, word)| (key.to_string(), &**word)).collect();
        let faults = pairs.iter().filter_map(|(key, word)| fault(figures, key, word));
        let refused: Vec<Diagnostic> = faults.map(|(spot, why)| unreadable(file, &at, spot, why)).collect();
        if !refused.is_empty() {
            found.extend(refused);
            continue;
        }
        let counted = figures
            .query(pairs.iter().map(|(key, word)| (key.as_str(), *word)))
            .and_then(|query| Ok((query.label(figures.terms()), figures.count(&query)?.value)));
        match counted {
            Ok((_, count)) if count == row.count.0.to_string() => {}
            Ok((label, count)) => {
                let (source, own) = (&assigned.source, row.count.0);
                let message = say(
                    format!("{label}：{source}是{own}件，台账是{count}件"),
                    format!("{label}: {own} cases by {source}, {count} by the ledger"),
                );
                let help = say(
                    "核对台账有没有漏登、重登、登错，或改正这个件数",
                    "look for cases that are missing, repeated or misfiled, or correct this count",
                );
                found.push(
                    Diagnostic::error(Code::L008, Place::value(file, at.key("count")), message).help(help),
                );
            }
            Err(why) => {
                // Of conditions that can be read, one may name an office that the ledger does not have.
                let office = pairs.iter().any(|(key, _)| key == "office");
                found.push(unreadable(file, &at, if office { Spot::Word("office") } else { Spot::Row }, why));
            }
        }
    }
    found
}

/// What of a row is at fault.
enum Spot<'k> {
    Key(&'k str),
    Word(&'k str),
    Row,
}

/// What is wrong with a condition: its key, where any word would be refused alike; otherwise its word.
fn fault<'k>(figures: &Figures, key: &'k str, word: &str) -> Option<(Spot<'k>, Say)> {
    let why = figures.query([(key, word)]).err()?;
    let any = figures.query([(key, "")]).err().is_some_and(|other| other == why);
    Some((if any { Spot::Key(key) } else { Spot::Word(key) }, why))
}

fn unreadable(file: &str, at: &Path, spot: Spot, why: Say) -> Diagnostic {
    let conditions = at.key("where");
    let place = match spot {
        Spot::Key(key) => Place::key(file, conditions.key(key)),
        Spot::Word(key) => Place::value(file, conditions.key(key)),
        Spot::Row => Place::value(file, conditions),
    };
    let help = say("条件与 count() 的相同", "the conditions are those of count()");
    Diagnostic::error(Code::L008, place, why).help(help)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{dataset, paths};
    use super::*;

    #[test]
    fn counts_of_the_assigning_office_are_held_against_the_ledger() {
        for (counts, expected) in [
            ("{ count: 3 }", &[][..]),
            ("{ where: {}, count: 3 }", &[]),
            ("{ where: { level: 省, role: 主办 }, count: 1 }, { where: { role: 会办 }, count: 1 }", &[]),
            ("{ where: { leader_led: false }, count: 3 }", &[]),
            ("{ count: 3 }, { where: { level: 省 }, count: 2 }", &["assigned.counts[1].count"]),
            ("{ where: { lavel: 省 }, count: 1 }", &["assigned.counts[0].where.lavel"]),
            ("{ where: { level: 郡 }, count: 1 }", &["assigned.counts[0].where.level"]),
            ("{ where: { office: 三处 }, count: 1 }", &["assigned.counts[0].where.office"]),
        ] {
            let dataset = dataset(&format!("assigned: {{ source: 交办函, counts: [{counts}] }}"), "");
            let figures = Figures::new(dataset.clone());
            assert_eq!(paths(&assigned_otherwise(&dataset.report, &figures, "f")), expected, "{counts}");
        }
        let dataset = dataset("", "");
        assert!(assigned_otherwise(&dataset.report, &Figures::new(dataset.clone()), "f").is_empty());
    }
}
