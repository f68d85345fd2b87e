//! Figures of the text that moved, each with what moved it.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use serde::Serialize;

use super::Made as Version;
use crate::compute::{Figure, Input, Made};
use crate::diagnostic::{Lang, Say};

/// A figure that does not print as it did.
#[derive(Debug, Serialize)]
pub struct Moved {
    /// Its name.
    pub name: String,
    /// What it is, in Chinese; empty where nothing says so shortly.
    pub label: String,
    /// As the old text has it; none: it does not.
    pub old: Option<Printed>,
    /// As the new text has it; none: it does not.
    pub new: Option<Printed>,
    /// Why, where both have it.
    pub because: Vec<Reason>,
}

/// A number with its unit.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Printed {
    /// The number as printed.
    pub value: String,
    /// Its unit.
    pub unit: String,
}

/// What moved a figure.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Reason {
    /// Other cases are counted.
    Cases {
        /// Counted now and not before, in the ledger's order.
        entered: Vec<String>,
        /// Counted before and not now, in the old ledger's order.
        left: Vec<String>,
    },
    /// Other records are counted, by their headings.
    Records {
        /// Counted now and not before.
        entered: Vec<String>,
        /// Counted before and not now.
        left: Vec<String>,
    },
    /// Another value was declared.
    Declared,
    /// A rate of other numbers.
    Rate {
        /// Numerator and denominator before.
        old: [u64; 2],
        /// Numerator and denominator now.
        new: [u64; 2],
    },
    /// One of the numbers that it is made of.
    Input {
        /// What it is.
        label: Label,
        /// Before.
        old: String,
        /// Now.
        new: String,
        /// The cases that it counts now and did not before.
        entered: Vec<String>,
        /// The cases that it counted before and does not now.
        left: Vec<String>,
    },
    /// It is made in another way.
    Formula {
        /// Before.
        old: Label,
        /// Now.
        new: Label,
    },
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    zh: String,
    en: String,
}

impl Label {
    fn new(say: &Say) -> Self {
        Self { zh: say.get(Lang::Zh).to_owned(), en: say.get(Lang::En).to_owned() }
    }

    /// The text in one language.
    pub(super) fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// The figures of either text that do not print as they did, by name.
pub(super) fn moved(old: &Version, new: &Version) -> Vec<Moved> {
    let names: BTreeSet<&String> = old.used.keys().chain(new.used.keys()).collect();
    let both = Both { old, new, ids: [ids(old), ids(new)] };
    let moved = |name: &String| {
        let (was, is) = (old.used.get(name), new.used.get(name));
        let printed = |figure: &Figure| Printed { value: figure.value.clone(), unit: figure.unit.clone() };
        let (before, now) = (was.map(printed), is.map(printed));
        let because = was.zip(is).map_or_else(Vec::new, |(was, is)| both.reasons(was, is));
        let label = is.or(was).map(label).unwrap_or_default();
        (before != now).then(|| Moved { name: name.clone(), label, old: before, new: now, because })
    };
    names.into_iter().filter_map(moved).collect()
}

/// What a figure is: the left side of its formula, or what was declared of it.
fn label(figure: &Figure) -> String {
    let formula = figure.origin.formula.get(Lang::Zh).split_once(" = ").map(|(label, _)| label);
    let named =
        figure.origin.inputs.first().filter(|input| input.unit.is_empty()).map(|input| input.value.as_str());
    formula.or(named).unwrap_or_default().to_owned()
}

fn ids<'a>(version: &Version<'a>) -> BTreeMap<&'a str, Vec<usize>> {
    let mut ids: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, case) in version.dataset.cases.iter().enumerate() {
        ids.entry(&case.id).or_default().push(at);
    }
    ids
}

struct Both<'v, 'a> {
    old: &'v Version<'a>,
    new: &'v Version<'a>,
    /// Where each case stands, by its id.
    ids: [BTreeMap<&'a str, Vec<usize>>; 2],
}

impl Both<'_, '_> {
    fn reasons(&self, old: &Figure, new: &Figure) -> Vec<Reason> {
        let (was, is) = (&old.origin.made, &new.origin.made);
        let formula =
            || Reason::Formula { old: Label::new(&old.origin.formula), new: Label::new(&new.origin.formula) };
        if discriminant(was) != discriminant(is) {
            return vec![formula()];
        }
        match (was, is) {
            (Made::Cases(_), Made::Cases(_)) => {
                let [entered, left] = self.counted(old, new);
                vec![Reason::Cases { entered, left }]
            }
            (Made::Records(old), Made::Records(new)) => {
                let only = |own: &[String], other: &[String]| -> Vec<String> {
                    own.iter().filter(|record| !other.contains(record)).cloned().collect()
                };
                vec![Reason::Records { entered: only(new, old), left: only(old, new) }]
            }
            (Made::Rate { part: p, whole: w, .. }, Made::Rate { part, whole, .. }) => {
                let rate = Reason::Rate { old: [*p, *w], new: [*part, *whole] };
                std::iter::once(rate).chain(self.inputs(old, new)).collect()
            }
            (Made::Inputs, _) => self.inputs(old, new),
            // Last year's counts are declared one by one.
            _ => {
                let inputs = self.inputs(old, new);
                if inputs.is_empty() { vec![Reason::Declared] } else { inputs }
            }
        }
    }

    /// The numbers that went into both and differ.
    fn inputs(&self, old: &Figure, new: &Figure) -> Vec<Reason> {
        let reason = |input: &Input| {
            let same = |other: &&Input| match &input.name {
                Some(name) => other.name.as_ref() == Some(name),
                None => other.label == input.label,
            };
            let before = old.origin.inputs.iter().find(same)?;
            if before.value == input.value || input.unit.is_empty() {
                return None;
            }
            let figures = input
                .name
                .as_ref()
                .and_then(|name| Some((self.old.figures.get(name).ok()?, self.new.figures.get(name).ok()?)));
            let [entered, left] =
                figures.map_or_else(Default::default, |(old, new)| self.counted(&old, &new));
            let number = |input: &Input| format!("{}{}", input.value, input.unit);
            let (old, new) = (number(before), number(input));
            Some(Reason::Input { label: Label::new(&input.label), old, new, entered, left })
        };
        new.origin.inputs.iter().filter_map(reason).collect()
    }

    /// The cases that only the new count finds, and those that only the old one does.
    fn counted(&self, old: &Figure, new: &Figure) -> [Vec<String>; 2] {
        let (Made::Cases(was), Made::Cases(is)) = (&old.origin.made, &new.origin.made) else {
            return Default::default();
        };
        let [olds, news] = &self.ids;
        let found = |version: &Version, at: &[usize], query: &crate::compute::Query| {
            at.iter().filter(|at| query.finds(&version.dataset.cases[**at])).count()
        };
        let count = |id: &str| {
            let before = olds.get(id).map_or(0, |at| found(self.old, at, was));
            (before, news.get(id).map_or(0, |at| found(self.new, at, is)))
        };
        let only = |version: &Version, is_other: fn((usize, usize)) -> bool| {
            let mut seen = BTreeSet::new();
            let ids = version.dataset.cases.iter().map(|case| &*case.id);
            ids.filter(|id| is_other(count(id)) && seen.insert(id.to_string())).map(str::to_owned).collect()
        };
        [only(self.new, |(was, is)| is > was), only(self.old, |(was, is)| was > is)]
    }
}
