//! Rules over declared figures: what must hold between them, what is unlikely, what is there for nothing.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

use super::Named;
use super::exact::{Exact, measured};
use super::relation::Relation;
use crate::compute::Figures;
use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::model::Dataset;
use crate::source::{Path, Place, Spot};

/// F002: a relation does not hold. F003: it cannot be read, names no figure, or compares different units.
pub(super) fn relations(dataset: &Dataset, figures: &Figures, file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, text) in dataset.cross.relations.iter().enumerate() {
        let at = Path::root().key("relations").index(index);
        match Relation::parse(text).and_then(|relation| relation.broken(figures)) {
            Ok(None) => {}
            Ok(Some(numbers)) => {
                let message =
                    say(format!("{text} 不成立：{numbers}"), format!("`{text}` does not hold: {numbers}"));
                let help = say(
                    "核对这几项数据和它们的单位；关系写错的，改正关系",
                    "check these figures and their units, or correct the relation",
                );
                found.push(Diagnostic::error(Code::F002, Place::value(file, at), message).help(help));
            }
            Err((bytes, why)) => {
                let help = say(
                    "写成 passed <= applied 或 new + old = total 这样，名称与 fig() 的相同，两边单位相同",
                    "write it like `passed <= applied` or `new + old = total`, with the names of fig() and figures of one unit",
                );
                found.push(Diagnostic::error(Code::F003, within(file, at, text, &bytes), why).help(help));
            }
        }
    }
    found
}

/// Some bytes of a text in a file.
fn within(file: &str, path: Path, text: &str, bytes: &Range<usize>) -> Place {
    let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let start = visible(&text[..bytes.start]);
    let chars = start..start + visible(&text[bytes.clone()]);
    Place { file: file.to_owned(), spot: Spot::Within(path, chars) }
}

/// F004: a figure is ten times what it was, or a tenth: one of the two may have another unit.
pub(super) fn another_magnitude(dataset: &Dataset, file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, figure) in &dataset.declared {
        let Some(previous) = &figure.previous else { continue };
        let (now, then) = (figure.value.to_string(), previous.value.to_string());
        if is_another_magnitude(&now, &then) == Some(true) {
            let place = Place::value(file, Path::root().key("figures").key(name.to_string()).key("value"));
            let unit = &figure.unit;
            let message = say(
                format!("{name} 由 {then}{unit} 变为 {now}{unit}，相差十倍以上"),
                format!("`{name}` was {then} {unit} and is {now} {unit}: ten times, or more"),
            );
            let help = say(
                "核对小数点和单位；没有错的，用 allow 说明理由",
                "check the decimal point and the unit; if they are right, say so under `allow`",
            );
            found.push(Diagnostic::warning(Code::F004, place, message).help(help));
        }
    }
    found
}

/// Whether of two numbers one is at least ten times the other. Nothing and what is on the other side of it are no multiples.
fn is_another_magnitude(now: &str, then: &str) -> Option<bool> {
    let (now, then) = (Exact::parse(now)?, Exact::parse(then)?);
    if now.sign() * then.sign() != 1 {
        return Some(false);
    }
    let (now, then) = (now.magnitude(), then.magnitude());
    let tenfold = |small: Exact, large: Exact| Some(small.shifted(1)?.compare(large)?.is_le());
    Some(tenfold(now, then)? || tenfold(then, now)?)
}

/// F005: percentages of one whole do not make 100 %, rounding allowed for. F003: one of them is no percentage.
pub(super) fn shares(dataset: &Dataset, figures: &Figures, file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, names) in dataset.cross.shares.iter().enumerate() {
        let at = Path::root().key("shares").index(index);
        if names.iter().any(|name| figures.get(name).is_ok_and(|figure| figure.is_todo())) {
            continue;
        }
        let faults = names.iter().enumerate().filter_map(|(index, name)| {
            let why = share(figures, name).err()?;
            let help = say(
                "shares 每组写同一总体的各个百分比，名称与 fig() 的相同",
                "each list of `shares` has the percentages of one whole, by the names of fig()",
            );
            Some(Diagnostic::error(Code::F003, Place::value(file, at.index(index)), why).help(help))
        });
        let before = found.len();
        found.extend(faults);
        if found.len() > before {
            continue;
        }
        let sum = names.iter().try_fold(Exact::whole(0), |sum, name| sum.plus(share(figures, name).ok()?));
        if let Some(sum) = sum.filter(|sum| !is_whole(*sum)) {
            let message =
                say(format!("各项占比合计 {sum}%，不是 100%"), format!("the shares make {sum} %, not 100 %"));
            let help = say(
                "核对各项占比的分母是不是同一个，有没有漏列",
                "check that all have one denominator and none is missing",
            );
            found.push(Diagnostic::warning(Code::F005, Place::value(file, at), message).help(help));
        }
    }
    found
}

/// A percentage by its figure's name.
fn share(figures: &Figures, name: &str) -> Result<Exact, Say> {
    let figure = figures.get(name)?;
    measured(&figure.value, &figure.unit)
        .filter(|(_, unit)| matches!(*unit, "%" | "％"))
        .map(|(number, _)| number)
        .ok_or_else(|| {
            let unit = &figure.unit;
            say(
                format!("{name} 的单位是“{unit}”，不是百分比"),
                format!("`{name}` is in \"{unit}\", which is no percentage"),
            )
        })
}

/// 99.8 to 100.2: as far as a few rounded percentages may miss 100.
fn is_whole(sum: Exact) -> bool {
    let off = sum.minus(Exact::whole(100)).and_then(|off| off.magnitude().shifted(1));
    off.is_none_or(|tenths| tenths.compare(Exact::whole(2)) != Some(Ordering::Greater))
}

/// F007: a declared figure that nothing asks for.
pub(super) fn unused(dataset: &Dataset, used: &Named, file: &str) -> Vec<Diagnostic> {
    let cross = &dataset.cross;
    let asked = used.keys().map(String::as_str);
    let together = cross.relations.iter().chain(cross.shares.iter().flatten()).map(|text| &**text);
    // A derived figure's name holds those that it is made of.
    let words = |text: &'_ str| -> Vec<String> {
        let parts = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let named: BTreeSet<String> = asked.chain(together).flat_map(words).collect();
    // What is for the office alone is asked for in the internal edition.
    let open = dataset.declared.iter().filter(|(_, figure)| !figure.internal);
    let idle = open.map(|(name, _)| name.to_string()).filter(|name| !named.contains(name));
    let told = |name: String| {
        let message = say(format!("数据 {name} 没有用到"), format!("nothing asks for the figure `{name}`"));
        let help = say(
            format!("在正文里用 {{{{ fig(name=\"{name}\") }}}} 取，或删去"),
            format!("ask for it with {{{{ fig(name=\"{name}\") }}}}, or delete it"),
        );
        Diagnostic::warning(Code::F007, Place::key(file, Path::root().key("figures").key(name)), message)
            .help(help)
    };
    idle.map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{dataset, paths};
    use super::*;
    use crate::diagnostic::Lang;

    const FIGURES: &str = "\
source: 统计
as_of: 2021年
figures:
  applied: { label: 申报, value: 3954, unit: 家 }
  passed: { label: 通过, value: 4021, unit: 家, previous: { value: 402, as_of: 2020年 } }
  all: { label: 总量, value: 1.45, unit: 万家 }
  cost: { label: 投入, value: -1.5, unit: 亿元, previous: { value: -0.15, as_of: 2020年 } }
  trained: { label: 培训, value: 1700, unit: 家, about: 余 }
  first: { label: 甲类占比, value: 33.3, unit: '%' }
  second: { label: 乙类占比, value: 33.3, unit: '%' }
  third: { label: 丙类占比, value: 33.3, unit: '%' }
";

    fn of(more: &str) -> (std::sync::Arc<Dataset>, Figures) {
        let dataset = dataset("", &format!("{FIGURES}{more}"));
        (dataset.clone(), Figures::new(dataset))
    }

    #[test]
    fn relations_hold_or_are_told() {
        for (relation, expected) in [
            ("applied <= passed", None),
            ("applied+first<passed", Some((Code::F003, "单位不同：applied 是“家”，first 是“%”"))),
            ("passed <= applied", Some((Code::F002, "passed <= applied 不成立：4021家 <= 3954家"))),
            ("passed + applied - applied = passed", None),
            ("all > applied + passed", None),
            (
                "all = passed - applied",
                Some((Code::F002, "all = passed - applied 不成立：1.45万家 = 4021家 - 3954家")),
            ),
            ("cases.total ≥ cases.reply", None),
            ("cases?role=lead < cases.total", None),
            ("passed.previous < passed", None),
            ("pased <= applied", Some((Code::F003, "没有名为 pased 的数据，是不是 passed？"))),
            ("passed", Some((Code::F003, "这里应是 + - 或一个比较号"))),
            ("passed <=", Some((Code::F003, "这里应是数据的名称"))),
            ("applied < passed < all", Some((Code::F003, "这里应是 + - 或一个比较号"))),
            ("applied * passed = all", Some((Code::F003, "这里应是 + - 或一个比较号"))),
            ("trained <= applied", None),
            ("trained = applied", Some((Code::F003, "trained 是约数（余），不能用“=”比较；写成 <= 或 >="))),
            ("申报 < passed", Some((Code::F003, "这里应是数据的名称"))),
        ] {
            let (dataset, figures) = of(&format!("relations: ['{relation}']\n"));
            let found = relations(&dataset, &figures, "f");
            assert!(found.is_empty() || paths(&found) == ["relations[0]"], "{relation}");
            let told: Vec<_> = found.iter().map(|told| (told.code, told.message.get(Lang::Zh))).collect();
            assert_eq!(told.first().copied(), expected, "{relation}");
        }
    }

    #[test]
    fn a_fault_is_pointed_to_within_its_relation() {
        let (dataset, figures) = of("relations: ['applied <= passed', 'applied < pased']\n");
        let place = relations(&dataset, &figures, "f").remove(0).place.unwrap();
        assert_eq!(place.spot, Spot::Within(Path::root().key("relations").index(1), 8..13));
    }

    #[test]
    fn magnitudes() {
        let (dataset, _) = of("");
        assert_eq!(paths(&another_magnitude(&dataset, "f")), ["figures.cost.value", "figures.passed.value"]);
        for (now, then, expected) in [
            ("10", "1", true),
            ("9.99", "1", false),
            ("0.1", "1", true),
            ("0.11", "1", false),
            ("0", "5", false),
            ("-10", "1", false),
        ] {
            assert_eq!(is_another_magnitude(now, then), Some(expected), "{now} {then}");
        }
    }

    #[test]
    fn shares_make_a_whole() {
        for (list, expected) in [
            ("[first, second, third]", &[][..]),
            ("[first, second]", &["F005 shares[0]"]),
            ("[first, secnd, third]", &["F003 shares[0][1]"]),
            ("[first, passed]", &["F003 shares[0][1]"]),
        ] {
            let (dataset, figures) = of(&format!("shares: [{list}]\n"));
            let found = shares(&dataset, &figures, "f");
            let told: Vec<String> =
                found.iter().zip(paths(&found)).map(|(told, path)| format!("{} {path}", told.code)).collect();
            assert_eq!(told, expected, "{list}");
        }
        for (sum, whole) in [("99.8", true), ("99.79", false), ("100.2", true), ("100.21", false)] {
            assert_eq!(is_whole(Exact::parse(sum).unwrap()), whole, "{sum}");
        }
    }

    #[test]
    fn figures_that_nothing_asks_for() {
        let (dataset, figures) = of("relations: [applied < all]\nshares: [[first, second, third]]\n");
        let used =
            |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), figures.get(name))).collect();
        assert_eq!(paths(&unused(&dataset, &used(&["cost", "trained"]), "f")), ["figures.passed"]);
        assert_eq!(unused(&dataset, &used(&["cost", "trained", "passed.previous", "cases.total"]), "f"), []);
    }
}
