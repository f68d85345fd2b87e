//! What a genre's templates see.

use tera::{Context, Map, Value};

use super::prose::map;
use crate::compute::{Figures, Sort};
use crate::model::{Case, Dataset, Role, Status};

/// The report's facts as values, the prose as safe Markdown. Days are `2021-09-01`; the filters `date` and `day` write them.
pub(super) fn context(dataset: &Dataset, figures: &Figures, prose: &Map) -> Context {
    let report = &dataset.report;
    let mut context = Context::new();
    context.insert("year", &report.year);
    context.insert("title", &*report.header.title);
    context.insert("we", &*report.we);
    context.insert("case_term", &*report.case_term);
    context.insert("assigned_by", &*report.assigned_by);
    context.insert("as_of", &report.as_of.to_string());
    context.insert("deadline", &report.disclosure.deadline.to_string());
    let sorts: Vec<Value> = figures.sorts().iter().map(sort).collect();
    context.insert_value("sorts", sorts.into());
    let compared: Vec<Value> = figures.compared_sorts().iter().map(sort).collect();
    context.insert_value("compared", compared.into());
    let source = report.last_year.as_ref().map(|last| last.source.to_string());
    context.insert_value("last_year_source", source.into());
    let roles: Vec<Value> = figures.roles().into_iter().map(role).collect();
    context.insert_value("roles", roles.into());
    let with = |status| {
        dataset.cases.iter().filter(move |case| case.has_status(status)).map(row).collect::<Vec<_>>()
    };
    context.insert_value("open", with(Status::Open).into());
    context.insert_value("overdue", with(Status::Overdue).into());
    context.insert_value("cases", dataset.cases.iter().map(row).collect::<Vec<_>>().into());
    for (key, value) in prose {
        context.insert_value(key.as_str().unwrap_or_default().to_owned(), value.clone());
    }
    context
}

fn sort(sort: &Sort) -> Value {
    map([
        ("label", sort.label().into()),
        ("level", sort.level.id().into()),
        ("kind", sort.kind.id().into()),
        ("roles", sort.roles.iter().copied().map(role).collect::<Vec<_>>().into()),
    ])
    .into()
}

fn role(role: Role) -> Value {
    map([("id", role.id().into()), ("label", role.label().into())]).into()
}

fn row(case: &Case) -> Value {
    let decision = case.disclosure.as_ref().map(|disclosure| disclosure.decision.label());
    map([
        ("id", (&*case.id).into()),
        ("title", (&*case.title).into()),
        ("level", case.level.label().into()),
        ("kind", case.kind.label().into()),
        ("role", case.role.label().into()),
        ("proposer", (&*case.proposer).into()),
        ("office", (&*case.office).into()),
        ("assigned", case.assigned.to_string().into()),
        ("due", case.due.to_string().into()),
        ("replied", case.replied.map(|day| day.to_string()).into()),
        ("outcome", case.outcome.map(|outcome| outcome.label()).into()),
        ("decision", decision.into()),
        ("satisfaction", case.satisfaction.map(|satisfaction| satisfaction.label()).into()),
    ])
    .into()
}
