//! How a figure came about: what `explain`, the page's list of sources and JSON all show.

use super::Query;
use crate::diagnostic::{Say, say};
use crate::model::profile::Method;
use crate::model::{About, Terms};

/// How a figure came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The formula in words, with its numbers where there is something to compute.
    pub formula: Say,
    /// What went into it.
    pub inputs: Vec<Input>,
    /// That it is counted otherwise than what it is compared with (口径说明), and how.
    pub definition: Option<String>,
    /// The word that says that the number is not exact.
    pub about: Option<About>,
    /// What it was made of.
    pub made: Made,
}

/// What went into a figure: a number with its unit, or words without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What it is.
    pub label: Say,
    /// The number or the words.
    pub value: String,
    /// The number's unit; empty: these are words.
    pub unit: String,
    /// The name of the figure that it is.
    pub name: Option<String>,
}

/// What a figure was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// Of nothing: it was declared.
    Declared,
    /// Of the cases that a query finds.
    Cases(Query),
    /// Of records of the report, by their headings.
    Records(Vec<String>),
    /// Of its inputs.
    Inputs,
    /// Of two counts, in percent.
    Rate {
        /// The numerator.
        part: u64,
        /// The denominator.
        whole: u64,
        /// Digits after the point, as printed.
        digits: usize,
        /// How it is rounded.
        method: Method,
    },
}

impl Origin {
    /// Nothing but a formula.
    pub(super) fn new(formula: Say, made: Made) -> Self {
        Self { formula, inputs: Vec::new(), definition: None, about: None, made }
    }

    /// What is not computed but taken over.
    pub(super) fn declared() -> Self {
        Self::new(say("照录，不计算", "declared, not computed"), Made::Declared)
    }

    /// A count of the ledger; `terms` are what roles are called.
    pub(super) fn cases(query: &Query, terms: Terms) -> Self {
        let (zh, en) = query.conditions(terms);
        let label = query.label(terms);
        let formula = if query.is_empty() {
            say("全部件数 = 台账的件数", "number of cases in the ledger")
        } else {
            let en = format!("number of cases in the ledger with {en}");
            say(format!("{label}件数 = 台账中 {zh} 的件数"), en)
        };
        Self::new(formula, Made::Cases(query.clone()))
    }

    /// With these inputs.
    pub(super) fn inputs(mut self, inputs: impl IntoIterator<Item = Input>) -> Self {
        self.inputs.extend(inputs);
        self
    }

    /// How it is rounded; none of what is not computed.
    pub fn rounding(&self) -> Option<Say> {
        let Made::Rate { digits, method, .. } = self.made else { return None };
        let (zh, en) = match method {
            Method::HalfUp => ("四舍五入", "rounded half up"),
            Method::LargestRemainder => {
                ("最大余额法，各项合计100%", "rounded by largest remainders, so that all make 100 %")
            }
        };
        Some(match (digits, method) {
            (0, Method::HalfUp) => say(format!("{zh}，取整数"), format!("{en} to a whole number")),
            (0, _) => say(format!("{zh}，取整数"), format!("{en}, to whole numbers")),
            _ => say(format!("{zh}，保留{digits}位小数"), format!("{en}, digits after the point: {digits}")),
        })
    }
}

impl Input {
    /// A number of cases, with its name if it is a figure.
    pub(super) fn cases(label: Say, count: u64, name: Option<&str>) -> Self {
        let (value, unit) = (count.to_string(), "件".to_owned());
        Self { label, value, unit, name: name.map(str::to_owned) }
    }

    /// Words.
    pub(super) fn words(zh: &str, en: &str, words: &str) -> Self {
        let label = say(zh.to_owned(), en.to_owned());
        Self { label, value: words.to_owned(), unit: String::new(), name: None }
    }
}
