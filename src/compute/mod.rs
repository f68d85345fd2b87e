//! From the ledger to figures, each with its name, its number and where it comes from.
//!
//! A figure's name says all: `cases.total`, `cases?level=provincial&role=lead`, `gov_rd_appropriation`. So a name found in
//! the finished document leads back to the same figure.

mod origin;
mod query;
mod rates;
mod ratio;
mod records;
mod share;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::{Marks, Say, did_you_mean, say};
use crate::model::last_year::{LastCount, LastYear};
use crate::model::profile::MOST_DIGITS;
use crate::model::todo::{is_mark, mark};
use crate::model::{About, Case, Dataset, Edition, Kind, Level, Report, Role, Terms, Text};

pub use origin::{Input, Made, Origin};
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
    /// How it came about.
    pub origin: Origin,
}

/// Counts that have a name of their own, and what they ask for.
const NAMED: &[(&str, &str)] = &[
    ("cases.total", ""),
    ("cases.reply", "group=reply"),
    ("cases.assist", "group=assist"),
    ("cases.lead", "role=lead"),
    ("cases.sole", "role=sole"),
    ("cases.split", "role=split"),
    ("cases.reference", "role=reference"),
    ("cases.open", "status=open"),
    ("cases.concluded", "status=concluded"),
    ("cases.on_time", "status=on_time"),
    ("cases.overdue", "status=overdue"),
    ("cases.leader_led", "leader_led=true"),
];

type Rule = fn(&Figures, usize) -> Result<Figure, Say>;
/// Figures that are made of several counts; each with what it is; they are asked for with so
/// many digits after the point.
const DERIVED: &[(&str, &str, Rule)] = &[
    ("cases.growth", "件数的增减", |figures, _| figures.growth()),
    ("cases.growth_rate", "件数的增减幅度", Figures::growth_rate),
    ("cases.conclusion_rate", "办结率", Figures::conclusion_rate),
    ("cases.on_time_rate", "按期办结率", Figures::on_time_rate),
    ("cases.disclosure_rate", "公开率", Figures::disclosure_rate),
    ("cases.satisfaction_rate", "满意率", Figures::satisfaction_rate),
    ("cases.conclusion_base", "办结率的分母", |figures, _| figures.base(Figures::conclusion_rate)),
    ("cases.on_time_base", "按期办结率的分母", |figures, _| figures.base(Figures::on_time_rate)),
    ("cases.disclosure_base", "公开率的分母", |figures, _| figures.base(Figures::disclosure_rate)),
    ("cases.satisfaction_base", "满意率的分母", |figures, _| figures.base(Figures::satisfaction_rate)),
];

/// Between the name of a derived figure and its digits.
const DIGITS: &str = "?digits=";

/// How the names of last year's counts begin; what was counted follows.
const LAST_YEAR: &str = "last_year?";

/// All figures of a report.
#[derive(Debug, Clone)]
pub struct Figures {
    dataset: Arc<Dataset>,
    /// What has been counted, by the query's name: text, table and check ask for the same.
    counts: Arc<Mutex<BTreeMap<String, u64>>>,
    edition: Edition,
}

impl Figure {
    /// Whether it is still to be found out: then its number is a mark that says so.
    pub fn is_todo(&self) -> bool {
        is_mark(&self.value)
    }
}

impl Figures {
    /// The figures of a dataset, all of them.
    pub fn new(dataset: Arc<Dataset>) -> Self {
        Self { dataset, counts: Arc::default(), edition: Edition::Internal }
    }

    /// Those that an edition may have.
    pub fn of(&self, edition: Edition) -> Self {
        Self { edition, ..self.clone() }
    }

    /// For whom they are.
    pub fn edition(&self) -> Edition {
        self.edition
    }

    /// The report with the records that are counted.
    fn report(&self) -> Cow<'_, Report> {
        let report = &self.dataset.report;
        match self.edition {
            Edition::Public if report.has_internal() => Cow::Owned(report.public()),
            _ => Cow::Borrowed(report),
        }
    }

    /// The figure of a name.
    pub fn get(&self, name: &str) -> Result<Figure, Say> {
        if let Some(&(name, query)) = NAMED.iter().find(|row| row.0 == name) {
            return Ok(Figure { name: name.to_owned(), ..self.count(&self.parse(query)?)? });
        }
        let (derived, digits) = match name.split_once(DIGITS) {
            Some((derived, digits)) => (derived, Some(digits)),
            None => (name, None),
        };
        if let Some((_, label, rule)) = DERIVED.iter().find(|row| row.0 == derived) {
            let is_growth = derived.starts_with("cases.growth");
            if self.dataset.lacks_cases() || is_growth && self.last_total().is_some_and(|last| last.is_none())
            {
                return Ok(unknown_yet(name, label, if derived.ends_with("_rate") { "%" } else { "件" }));
            }
            let digits = match digits {
                Some(digits) => read_digits(digits)?,
                None => self.dataset.profile.rounding().digits,
            };
            return Ok(Figure { name: name.to_owned(), ..rule(self, digits)? });
        }
        if let Some(row) = records::RECORDS.iter().find(|row| row.0 == name) {
            return records::count(row, &self.report());
        }
        if let Some(query) = name.strip_prefix("cases?") {
            return self.count(&self.parse(query)?);
        }
        if let Some(share) = name.strip_prefix(share::SHARE) {
            return self.named_share(share);
        }
        if let Some(query) = name.strip_prefix(LAST_YEAR) {
            return self.last_year(&self.parse(query)?);
        }
        let (base, previous) = name.strip_suffix(".previous").map_or((name, false), |base| (base, true));
        let unknown = || unknown(name, self.dataset.declared.keys().map(ToString::to_string));
        let declared = self.dataset.declared.get(base).ok_or_else(unknown)?;
        if declared.internal && self.edition == Edition::Public {
            return Err(say(
                format!("数据 {base} 只供内部使用（internal），对外的版本不能用"),
                format!("the figure `{base}` is internal: the public edition cannot have it"),
            ));
        }
        let (value, as_of) = match (&declared.previous, previous) {
            (Some(earlier), true) => (&earlier.value, Some(&earlier.as_of)),
            (None, true) => {
                let zh = format!("数据 {base} 没有填写 previous");
                return Err(say(zh, format!("the figure `{base}` declares no `previous`")));
            }
            (_, false) => (&declared.value, declared.as_of.as_ref()),
        };
        let text = |text: Option<&Text>| text.map(ToString::to_string).unwrap_or_default();
        let (as_of, from) = (text(as_of), text(declared.source.as_ref()));
        let mut origin = Origin::declared().inputs([
            Input::words("名称", "what it is", &declared.label),
            Input::words("来源", "source", &from),
            Input::words("时间", "day or period", &as_of),
        ]);
        let definition = declared.previous.as_ref().and_then(|previous| previous.definition.as_ref());
        origin.definition = definition.map(ToString::to_string);
        origin.about = declared.about.filter(|_| !previous && !is_mark(&value.to_string()));
        let words = |about: About| Input::words("约数", "not exact", about.label());
        origin.inputs.extend(origin.about.map(words));
        Ok(Figure {
            name: name.to_owned(),
            value: value.to_string(),
            unit: declared.unit.to_string(),
            source: format!("{}，{as_of}；来源：{from}", declared.label),
            origin,
        })
    }

    /// How many cases a query finds; an error for an office that the ledger does not have, since nothing else would show a
    /// misspelt one from one without cases.
    pub fn count(&self, query: &Query) -> Result<Figure, Say> {
        if self.dataset.report.ledger.is_none() {
            return Err(say(
                "report.yaml 没有填写 ledger，无从计数",
                "report.yaml names no `ledger` to count in",
            ));
        }
        if self.dataset.lacks_cases() {
            let label = format!("{}件数", query.label(self.terms()));
            return Ok(unknown_yet(&format!("cases?{}", query.name()), &label, "件"));
        }
        if let Some(office) = query.office()
            && !self.dataset.cases.iter().any(|case| *case.office == *office)
        {
            let known = self.dataset.cases.iter().map(|case| &*case.office);
            let (zh, en) = did_you_mean(office, known, Marks::Quotes).after_message();
            return Err(say(
                format!("台账里没有处室“{office}”{zh}"),
                format!("the ledger has no office \"{office}\"{en}"),
            ));
        }
        Ok(Figure {
            name: format!("cases?{}", query.name()),
            value: self.number(query).to_string(),
            unit: "件".to_owned(),
            source: format!("台账计数：{}", query.label(self.terms())),
            origin: Origin::cases(query, self.terms()),
        })
    }

    /// How many cases a query finds.
    fn number(&self, query: &Query) -> u64 {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = || self.dataset.cases.iter().filter(|case| query.finds(case)).count() as u64;
        *counts.entry(query.name()).or_insert_with(count)
    }

    /// What roles are called.
    pub fn terms(&self) -> Terms<'_> {
        self.dataset.terms()
    }

    /// A query from pairs of key and word, in any order; outcomes may be asked for by the profile's letters.
    pub fn query<'p>(&self, pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> Result<Query, Say> {
        Query::new(pairs, self.dataset.profile.classes())
    }

    fn parse(&self, name: &str) -> Result<Query, Say> {
        Query::parse(name, self.dataset.profile.classes())
    }

    /// The counts of the year before: an error where the report does not say.
    fn counted_last_year(&self) -> Result<&LastYear, Say> {
        let missing = || say("report.yaml 没有填写 last_year", "report.yaml declares no `last_year`");
        self.dataset.report.last_year.as_ref().ok_or_else(missing)
    }

    /// How many cases there were the year before, if the report speaks of it and if that is known.
    fn last_total(&self) -> Option<Option<u32>> {
        Some(self.dataset.report.last_year.as_ref()?.total)
    }

    /// Whether there are more cases than the year before (增加), fewer (减少) or as many (持平); none where the report does not
    /// say how many there were.
    pub fn trend(&self) -> Option<&'static str> {
        let last = u64::from(self.last_total()??);
        if self.dataset.lacks_cases() {
            return None;
        }
        Some(match self.number(&Query::default()).cmp(&last) {
            Ordering::Greater => "增加",
            Ordering::Less => "减少",
            Ordering::Equal => "持平",
        })
    }

    /// How many cases of a level or kind there were the year before: an error where the report does not say. What it does not
    /// list is not zero: the number is not known.
    pub fn last_year(&self, query: &Query) -> Result<Figure, Say> {
        let last = self.counted_last_year()?;
        if !query.is_empty() && last.counts.is_empty() {
            let (zh, en) = (
                "last_year 只有总数 total，没有分类的 counts",
                "`last_year` has a total and no counts by kind",
            );
            return Err(say(zh, en));
        }
        let mut rows = Vec::new();
        for row in &last.counts {
            let counts = query.finds_sort(row.level, row.kind).ok_or_else(|| {
                say("上年的件数只能按 level 和 kind 取", "last year's counts have a level and a kind only")
            })?;
            rows.extend(counts.then_some(row));
        }
        let (terms, before) = (self.terms(), self.dataset.report.year.saturating_sub(1));
        let (label, (_, conditions)) = (query.label(terms), query.conditions(terms));
        if rows.is_empty() && !query.is_empty() {
            return Err(say(
                format!("last_year 的 counts 没有列出{label}；上年一件也没有，就写一行 count: 0"),
                format!(
                    "`last_year.counts` lists nothing with {conditions}; if there were none, say count: 0"
                ),
            ));
        }
        let name = format!("{LAST_YEAR}{}", query.name());
        let found = match (query.is_empty(), last.total) {
            (true, None) => return Ok(unknown_yet(&name, &format!("{before}年件数"), "件")),
            (true, Some(total)) => u64::from(total),
            (false, _) => rows.iter().map(|row| u64::from(row.count.0)).sum(),
        };
        let formula = say(
            format!("{before}年{label}件数 = report.yaml 的 last_year 所列"),
            format!("cases of {before} as report.yaml lists them under `last_year`"),
        );
        let input = |row: &&LastCount| {
            let label = say(
                format!("{}、{}", row.level.label(), row.kind.label()),
                format!("{} {}", row.level.id(), row.kind.id()),
            );
            Input::cases(label, u64::from(row.count.0), None)
        };
        let mut origin = Origin::new(formula, Made::Declared);
        origin.inputs = rows.iter().map(input).collect();
        origin.inputs.push(Input::words("来源", "source", &last.source));
        origin.definition = last.definition.as_ref().map(ToString::to_string);
        Ok(Figure {
            name,
            value: found.to_string(),
            unit: "件".to_owned(),
            source: format!("{before}年件数：{label}；来源：{}", last.source),
            origin,
        })
    }

    /// The kinds of cases of this year and the one before; none where the report declares no counts by kind.
    pub fn compared_sorts(&self) -> Vec<Sort> {
        let last = self.dataset.report.last_year.as_ref();
        if last.is_none_or(|last| last.counts.is_empty()) {
            return Vec::new();
        }
        self.all_sorts().filter(|sort| !sort.roles.is_empty() || self.was_counted(sort)).collect()
    }

    /// Whether the report says how many cases of a kind there were the year before.
    pub fn was_counted(&self, sort: &Sort) -> bool {
        let of_sort = |row: &LastCount| (row.level, row.kind) == (sort.level, sort.kind);
        self.dataset.report.last_year.as_ref().is_some_and(|last| last.counts.iter().any(of_sort))
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

fn read_digits(digits: &str) -> Result<usize, Say> {
    digits.parse().ok().filter(|digits| *digits <= MOST_DIGITS).ok_or_else(|| {
        say(format!("小数位数 digits 最多 {MOST_DIGITS}"), format!("`digits` is at most {MOST_DIGITS}"))
    })
}

/// A figure that is still to be found out (待核实).
fn unknown_yet(name: &str, label: &str, unit: &str) -> Figure {
    let formula = say("待核实，还没有数", "still to be found out");
    Figure {
        name: name.to_owned(),
        value: mark(label),
        unit: unit.to_owned(),
        source: format!("{label}，待核实"),
        origin: Origin::new(formula, Made::Declared),
    }
}

fn unknown(name: &str, declared: impl Iterator<Item = String>) -> Say {
    if name.is_empty() {
        return say("没有写数据的名字，或者名字没有加引号", "the figure has no name, or one without quotes");
    }
    let own = NAMED.iter().map(|row| row.0).chain(DERIVED.iter().map(|row| row.0));
    let own = own.chain(records::RECORDS.iter().map(|row| row.0)).map(str::to_owned);
    let known: Vec<String> = own.chain(declared).collect();
    let (zh, en) = did_you_mean(name, known.iter().map(String::as_str), Marks::Code).after_message();
    say(format!("没有名为 {name} 的数据{zh}"), format!("there is no figure named `{name}`{en}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_count_is_a_query_that_reads() {
        for (name, query) in NAMED {
            assert!(Query::parse(query, &[]).is_ok(), "{name}");
        }
    }

    pub(super) fn dataset() -> Dataset {
        let world = crate::world::Memory::with([
            ("r/report.yaml", include_str!("../../tests/reports/official/report.yaml")),
            ("r/cases.yaml", include_str!("../../tests/reports/official/cases.yaml")),
        ]);
        let mut sources = crate::source::Sources::default();
        crate::load::load(&world, std::path::Path::new("r"), &mut sources).dataset().unwrap()
    }

    #[test]
    fn growth_is_counted_from_last_years_figure() {
        let with = |total: u32| {
            let mut dataset = dataset();
            let last = dataset.report.last_year.as_mut().unwrap();
            (last.total, last.counts) = (Some(total), Vec::new());
            Figures::new(Arc::new(dataset))
        };
        let cases = dataset().cases.len() as u32;
        for (total, trend, growth, rate) in [
            (cases, "持平", "0", Some("0")),
            (cases - 2, "增加", "2", Some("50")),
            (cases + 1, "减少", "1", Some("14")),
            (0, "增加", "6", None),
        ] {
            let figures = with(total);
            assert_eq!(figures.trend(), Some(trend));
            let value = |name: &str| figures.get(name).map(|figure| figure.value).ok();
            assert_eq!(value("cases.growth").as_deref(), Some(growth));
            assert_eq!(value("cases.growth_rate").as_deref(), rate, "{total}");
            assert_eq!(value("last_year?"), Some(total.to_string()));
            assert_eq!(value("last_year?level=municipal"), None, "only the total is known");
        }
        let figure = with(cases + 1).get("cases.growth_rate?digits=2").unwrap();
        assert_eq!((figure.value.as_str(), figure.unit.as_str()), ("14.29", "%"));
        assert!(figure.source.contains("1÷7") && figure.source.contains("2022年7件"), "{}", figure.source);
        assert!(with(1).get("cases.growth_rate?digits=9").is_err());
    }

    #[test]
    fn records_are_counted_and_none_is_an_error() {
        let figures = Figures::new(Arc::new(dataset()));
        assert_eq!(figures.get("practices.total").map(|figure| figure.value).as_deref(), Ok("2"));
        assert!(figures.get("findings.total").is_err());
    }

    #[test]
    fn last_years_counts_are_asked_for_by_level_and_kind() {
        let mut dataset = dataset();
        let figures = Figures::new(Arc::new(dataset.clone()));
        let value = |name: &str| figures.get(name).map(|figure| figure.value);
        assert_eq!(value("last_year?").as_deref(), Ok("9"));
        assert_eq!(value("last_year?level=municipal").as_deref(), Ok("7"));
        assert!(
            value("last_year?level=provincial&kind=cppcc_proposal").is_err(),
            "not listed is not nothing"
        );
        assert!(value("last_year?role=lead").is_err());
        assert_eq!(figures.compared_sorts().len(), 3);
        dataset.report.last_year = None;
        let figures = Figures::new(Arc::new(dataset));
        assert!(figures.last_year(&Query::default()).is_err() && figures.compared_sorts().is_empty());
    }
}
