//! From the ledger to figures, each with its name, its number and where it comes from.
//!
//! A figure's name says all: `cases.total`, `cases?level=provincial&role=lead`, `gov_rd_appropriation`. So a name found in
//! the finished document leads back to the same figure.

mod query;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::{Say, closest, say};
use crate::model::{Case, Dataset, Kind, Level, Role};

pub use query::Query;

/// A number that may appear in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The name that leads back to it.
    pub name: String,
    /// The number, as printed.
    pub value: String,
    /// Its unit, as printed after it.
    pub unit: String,
    /// Where it comes from, in Chinese: it is shown in the document.
    pub source: String,
}

/// Counts that have a name of their own, and what they ask for.
const NAMED: &[(&str, &str, &str)] = &[
    ("cases.total", "全部", ""),
    ("cases.reply", "主（承、分）办", "group=reply"),
    ("cases.assist", "会办", "group=assist"),
    ("cases.open", "在办", "status=open"),
    ("cases.concluded", "办结", "status=concluded"),
    ("cases.on_time", "按期办结", "status=on_time"),
    ("cases.overdue", "逾期办结", "status=overdue"),
    ("cases.leader_led", "领导领办", "leader_led=true"),
];

/// How the names of last year's counts begin; what was counted follows.
const LAST_YEAR: &str = "last_year?";

/// All figures of a report.
#[derive(Debug, Clone)]
pub struct Figures {
    dataset: Arc<Dataset>,
    /// What has been counted, by the query's name: text, table and check ask for the same.
    counts: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Figures {
    /// The figures of a dataset.
    pub fn new(dataset: Arc<Dataset>) -> Self {
        Self { dataset, counts: Arc::default() }
    }

    /// The figure of a name.
    pub fn get(&self, name: &str) -> Result<Figure, Say> {
        if let Some(&(name, label, query)) = NAMED.iter().find(|row| row.0 == name) {
            let count = self.count(&Query::parse(query)?);
            let source = format!("台账计数：{label}");
            return Ok(Figure { name: name.to_owned(), source, ..count? });
        }
        if let Some(query) = name.strip_prefix("cases?") {
            return self.count(&Query::parse(query)?);
        }
        if let Some(query) = name.strip_prefix(LAST_YEAR) {
            return self.last_year(&Query::parse(query)?);
        }
        let (base, previous) = name.strip_suffix(".previous").map_or((name, false), |base| (base, true));
        let unknown = || unknown(name, self.dataset.declared.keys().map(ToString::to_string));
        let declared = self.dataset.declared.get(base).ok_or_else(unknown)?;
        let (value, as_of) = match (&declared.previous, previous) {
            (Some(earlier), true) => (&earlier.value, &earlier.as_of),
            (None, true) => {
                let zh = format!("数据 {base} 没有填写 previous");
                return Err(say(zh, format!("the figure `{base}` declares no `previous`")));
            }
            (_, false) => (&declared.value, &declared.as_of),
        };
        Ok(Figure {
            name: name.to_owned(),
            value: value.to_string(),
            unit: declared.unit.to_string(),
            source: format!("{}，{as_of}；来源：{}", declared.label, declared.source),
        })
    }

    /// How many cases a query finds; an error for an office that the ledger does not have, since nothing else would tell a
    /// misspelt one from one without cases.
    pub fn count(&self, query: &Query) -> Result<Figure, Say> {
        if let Some(office) = query.office()
            && !self.dataset.cases.iter().any(|case| *case.office == *office)
        {
            let near = closest(office, self.dataset.cases.iter().map(|case| &*case.office));
            let zh = near.map_or(String::new(), |near| format!("，是不是“{near}”？"));
            let en = near.map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
            return Err(say(
                format!("台账里没有处室“{office}”{zh}"),
                format!("the ledger has no office \"{office}\"{en}"),
            ));
        }
        let name = format!("cases?{}", query.name());
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = || self.dataset.cases.iter().filter(|case| query.finds(case)).count();
        let found = *counts.entry(name.clone()).or_insert_with(count);
        Ok(Figure {
            name,
            value: found.to_string(),
            unit: "件".to_owned(),
            source: format!("台账计数：{}", query.label()),
        })
    }

    /// How many cases of a level or kind there were the year before: an error where the report does not say.
    pub fn last_year(&self, query: &Query) -> Result<Figure, Say> {
        let report = &self.dataset.report;
        let Some(last) = &report.last_year else {
            return Err(say("report.yaml 没有填写 last_year", "report.yaml declares no `last_year`"));
        };
        let mut found = 0_u64;
        for row in &last.counts {
            let counts = query.finds_sort(row.level, row.kind).ok_or_else(|| {
                say("上年的件数只能按 level 和 kind 取", "last year's counts have a level and a kind only")
            })?;
            found += if counts { u64::from(row.count) } else { 0 };
        }
        Ok(Figure {
            name: format!("{LAST_YEAR}{}", query.name()),
            value: found.to_string(),
            unit: "件".to_owned(),
            source: format!(
                "{}年件数：{}；来源：{}",
                report.year.saturating_sub(1),
                query.label(),
                last.source
            ),
        })
    }

    /// The kinds of cases of this year and the one before; none where the report declares no counts of it.
    pub fn compared_sorts(&self) -> Vec<Sort> {
        let Some(last) = &self.dataset.report.last_year else { return Vec::new() };
        let had =
            |sort: &Sort| last.counts.iter().any(|row| (row.level, row.kind) == (sort.level, sort.kind));
        self.all_sorts().filter(|sort| !sort.roles.is_empty() || had(sort)).collect()
    }

    /// The roles that occur in the ledger, in the order in which reports name them.
    pub fn roles(&self) -> Vec<Role> {
        let occurs = |role: &&Role| self.dataset.cases.iter().any(|case| case.role == **role);
        Role::ALL.iter().filter(occurs).copied().collect()
    }

    /// The kinds of cases that the ledger holds, in the order in which reports name them.
    pub fn sorts(&self) -> Vec<Sort> {
        self.all_sorts().filter(|sort| !sort.roles.is_empty()).collect()
    }

    /// Every kind that there could be.
    fn all_sorts(&self) -> impl Iterator<Item = Sort> {
        let pairs = Level::ALL.iter().flat_map(|&level| Kind::ALL.iter().map(move |&kind| (level, kind)));
        pairs.map(|(level, kind)| {
            let of = |case: &&Case| case.level == level && case.kind == kind;
            let cases: Vec<&Case> = self.dataset.cases.iter().filter(of).collect();
            let has = |role: &&Role| cases.iter().any(|case| case.role == **role);
            Sort { level, kind, roles: Role::ALL.iter().filter(has).copied().collect() }
        })
    }
}

/// The cases of one level and one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// Where they came from.
    pub level: Level,
    /// What they are.
    pub kind: Kind,
    /// The office's parts in them: only those that occur in the ledger.
    pub roles: Vec<Role>,
}

impl Sort {
    /// `省人大代表建议`
    pub fn label(&self) -> String {
        let kind = match self.kind {
            Kind::DeputySuggestion => "人大代表建议",
            Kind::SessionOpinion => "“两会”期间建议",
            kind => kind.label(),
        };
        format!("{}{kind}", self.level.label())
    }
}

fn unknown(name: &str, declared: impl Iterator<Item = String>) -> Say {
    let known: Vec<String> = NAMED.iter().map(|row| row.0.to_owned()).chain(declared).collect();
    let (mut zh, mut en) = (format!("没有名为 {name} 的数据"), format!("there is no figure named `{name}`"));
    if let Some(near) = closest(name, known.iter().map(String::as_str)) {
        zh += &format!("，是不是 {near}？");
        en += &format!("; did you mean `{near}`?");
    }
    say(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_count_is_a_query_that_reads() {
        for (name, _, query) in NAMED {
            assert!(Query::parse(query).is_ok(), "{name}");
        }
    }
    #[test]
    fn last_years_counts_are_asked_for_by_level_and_kind() {
        let world = crate::world::Memory::with([
            ("r/report.yaml", include_str!("../../tests/reports/official/report.yaml")),
            ("r/cases.yaml", include_str!("../../tests/reports/official/cases.yaml")),
        ]);
        let mut sources = crate::source::Sources::default();
        let loaded = crate::load::load(&world, std::path::Path::new("r"), &mut sources);
        let mut dataset = loaded.dataset().unwrap();
        let figures = Figures::new(Arc::new(dataset.clone()));
        let value = |name: &str| figures.get(name).map(|figure| figure.value);
        assert_eq!(value("last_year?").as_deref(), Ok("9"));
        assert_eq!(value("last_year?level=municipal").as_deref(), Ok("7"));
        assert_eq!(value("last_year?level=provincial&kind=cppcc_proposal").as_deref(), Ok("0"));
        assert!(value("last_year?role=lead").is_err());
        assert_eq!(figures.compared_sorts().len(), 3);
        dataset.report.last_year = None;
        let figures = Figures::new(Arc::new(dataset));
        assert!(figures.last_year(&Query::default()).is_err() && figures.compared_sorts().is_empty());
    }
}
