//! What a genre's templates see: the keys of `report.yaml` by their own names, and what is made of the ledger.

use tera::{Context, Map, Value};

use super::note::note;
use crate::compute::{Figures, Sort};
use crate::model::text::PROSE;
use crate::model::{Case, Dataset, Edition, Group, LedgerTable, Report, Role, Status, Terms, Text, WITHHELD};
use crate::parallel::in_parallel;
use crate::source::Path;

/// Fewer cases than this are quickly made into values.
const LEAST_ROWS: usize = 2_000;

/// Everything but prose, which cannot name other prose. Days are `2021-09-01`; the filters `date` and `day` write them.
pub(super) fn gather(dataset: &Dataset, figures: &Figures) -> Context {
    let report = &dataset.report;
    let mut context = Context::new();
    let edition = figures.edition();
    insert(&mut context, facts(report, edition, &mut |_, _| None));
    insert_terms(&mut context, figures);
    context.insert_value("profile_words", note(&dataset.profile, figures.terms()).into());
    let role = |role: Role| role_value(role, figures.terms());
    let sort = |sort: &Sort| {
        let roles = sort.roles.iter().copied().map(role).collect::<Vec<_>>();
        let (level, kind) = (sort.level.id(), sort.kind.id());
        Value::from(map([
            ("label", sort.label().into()),
            ("level", level.into()),
            ("kind", kind.into()),
            ("roles", roles.into()),
        ]))
    };
    context.insert_value("sorts", figures.sorts().iter().map(sort).collect::<Vec<_>>().into());
    let sorts = figures.compared_sorts();
    context.insert("uncounted", &sorts.iter().any(|sort| !figures.was_counted(sort)));
    let compared = |of: &Sort| {
        let mut value = sort(of).into_map().unwrap_or_default();
        value.insert("counted".into(), figures.was_counted(of).into());
        Value::from(value)
    };
    context.insert_value("compared", sorts.iter().map(compared).collect::<Vec<_>>().into());
    context.insert_value("roles", figures.roles().into_iter().map(role).collect::<Vec<_>>().into());
    context.insert_value("trend", figures.trend().into());
    let rated = |case: &Case| case.satisfaction.is_some_and(|said| dataset.profile.scale().counts(said));
    context.insert("rated", &dataset.cases.iter().any(rated));
    context.insert("all_rated", &dataset.cases.iter().all(rated));
    let row = |case: &Case| case_value(case, figures.terms(), edition);
    let with = |status| {
        dataset.cases.iter().filter(move |case| case.has_status(status)).map(row).collect::<Vec<_>>()
    };
    context.insert_value("open", with(Status::Open).into());
    context.insert_value("overdue", with(Status::Overdue).into());
    // Of 100,000 cases this takes as long as most rules together.
    let rows = in_parallel(&dataset.cases, LEAST_ROWS, || (), |(), case| row(case));
    context.insert_value("cases", rows.into());
    context
}

pub(super) fn map(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> Map {
    pairs.into_iter().map(|(key, value)| (key.into(), value)).collect()
}

/// Put every value of a map into a context.
fn insert(context: &mut Context, values: Map) {
    for (key, value) in values {
        context.insert_value(key.as_str().unwrap_or_default().to_owned(), value);
    }
}

/// A report as values, by the keys that its file has, and by what is understood where they are left out. `prose` says what
/// stands for each piece of prose at its path; nothing: not even its key.
/// Nothing of a record that the edition may not have, either.
pub(super) fn facts(
    report: &Report,
    edition: Edition,
    prose: &mut dyn FnMut(&str, Path) -> Option<Value>,
) -> Map {
    let facts = fill(&Value::from_serializable(report), Path::root(), edition, prose);
    let mut facts = facts.and_then(Value::into_map).unwrap_or_default();
    facts.insert("as_of".into(), report.as_of().to_string().into());
    let tables = report.tables.as_deref().unwrap_or(LedgerTable::ALL);
    facts.insert("tables".into(), tables.iter().map(|table| table.id()).collect::<Vec<_>>().into());
    facts
}

/// A value with every piece of prose in it replaced, or taken out, and without what the edition may not have.
pub(super) fn fill(
    value: &Value,
    at: Path,
    edition: Edition,
    prose: &mut dyn FnMut(&str, Path) -> Option<Value>,
) -> Option<Value> {
    if let Some(map) = value.as_map() {
        let is_internal = map.get(&"internal".into()).and_then(Value::as_bool).unwrap_or_default();
        if is_internal && edition == Edition::Public {
            return None;
        }
        if let Some(text) = map.get(&PROSE.into()).and_then(Value::as_str) {
            return prose(text, at);
        }
        let mut filled = Map::default();
        for (key, value) in map.iter() {
            let at = at.key(key.as_str().unwrap_or_default());
            if let Some(value) = fill(value, at, edition, prose) {
                filled.insert(key.clone(), value);
            }
        }
        return Some(filled.into());
    }
    Some(match value.as_array() {
        Some(list) => {
            let item = |(index, value)| fill(value, at.index(index), edition, prose);
            list.iter().enumerate().filter_map(item).collect::<Vec<_>>().into()
        }
        None => value.clone(),
    })
}

/// Put the rendered prose into the context, in place of what had none.
pub(super) fn add_prose(context: &mut Context, prose: Map, figures: &Figures) {
    insert(context, prose);
    insert_terms(context, figures);
}

/// What groups of roles are called, by the report or else its profile.
fn insert_terms(context: &mut Context, figures: &Figures) {
    for (key, group) in [("reply_term", Group::Reply), ("assist_term", Group::Assist)] {
        context.insert_value(key, figures.terms().group(group).into());
    }
}

fn role_value(role: Role, terms: Terms) -> Value {
    map([("id", role.id().into()), ("label", terms.role(role).into())]).into()
}

fn case_value(case: &Case, terms: Terms, edition: Edition) -> Value {
    let is_withheld = edition == Edition::Public && case.is_withheld();
    let open = |text: &Text| Value::from(if is_withheld { WITHHELD } else { &**text });
    let decision = case.disclosure.as_ref().map(|disclosure| disclosure.decision.label());
    map([
        ("id", (&*case.id).into()),
        ("title", open(&case.title)),
        ("level", case.level.label().into()),
        ("kind", case.kind.label().into()),
        ("role", terms.role(case.role).into()),
        ("proposer", open(&case.proposer)),
        ("office", (&*case.office).into()),
        ("assigned", case.assigned.to_string().into()),
        ("due", case.due.to_string().into()),
        ("open", case.has_status(Status::Open).into()),
        ("replied", case.replied.map(|day| day.to_string()).into()),
        ("outcome", case.outcome.map(|outcome| outcome.label()).into()),
        ("decision", decision.into()),
        ("satisfaction", case.satisfaction.map(|satisfaction| satisfaction.label()).into()),
    ])
    .into()
}
