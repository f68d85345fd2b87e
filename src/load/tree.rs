//! A file as a tree of values: the ways in it, and what may stand in it for what is wrong.

use serde_yaml::{Mapping, Value};

use crate::model::profile::Method;
use crate::model::records::{LeaderRole, MemberRole};
use crate::model::{
    Claim, Decision, Group, Kind, LedgerTable, Level, Outcome, PARTS, Reason, Retention, Role, Satisfaction,
    Seal,
};
use crate::source::{Path, Step};

/// Stands for a key that is a list or a record itself, as in `{{ x }}` without quotes.
pub(super) const NO_TEXT: &str = "{…}";

/// Keys as the texts that they are in the file: `2021:` is no number there.
pub(super) fn with_text_keys(value: Value) -> Value {
    let key = |key: Value| match key {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null => "~".to_owned(),
        _ => NO_TEXT.to_owned(),
    };
    match value {
        Value::Mapping(record) => {
            let entry = |(name, value)| (Value::from(key(name)), with_text_keys(value));
            Value::Mapping(record.into_iter().map(entry).collect())
        }
        Value::Sequence(list) => Value::Sequence(list.into_iter().map(with_text_keys).collect()),
        other => other,
    }
}

/// The value at a path.
pub(super) fn at<'v>(value: &'v Value, path: &Path) -> Option<&'v Value> {
    path.steps().iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get(key.as_str()),
        Step::Index(index) => value.get(*index),
    })
}

fn at_mut<'v>(value: &'v mut Value, steps: &[Step]) -> Option<&'v mut Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key.as_str()),
        Step::Index(index) => value.get_mut(*index),
    })
}

/// Put a value in the place of another or under a new key; false if there is no such place.
pub(super) fn put(value: &mut Value, path: &Path, new: Value) -> bool {
    let Some((last, way)) = path.steps().split_last() else {
        *value = new;
        return true;
    };
    match (at_mut(value, way), last) {
        (Some(Value::Mapping(record)), Step::Key(key)) => {
            record.insert(Value::from(key.as_str()), new);
            true
        }
        (Some(Value::Sequence(list)), Step::Index(index)) if *index < list.len() => {
            list[*index] = new;
            true
        }
        _ => false,
    }
}

/// Take a key out of its record; false if there is none. Items of a list stay, because other diagnostics name positions after
/// them.
pub(super) fn remove(value: &mut Value, path: &Path) -> bool {
    let Some((Step::Key(key), way)) = path.steps().split_last() else { return false };
    let record = at_mut(value, way).and_then(Value::as_mapping_mut);
    record.is_some_and(|record| record.remove(key.as_str()).is_some())
}

/// What a path leads through last.
pub(super) fn parent(path: &Path) -> Option<Path> {
    let (_, way) = path.steps().split_last()?;
    Some(way.iter().cloned().collect())
}

/// A record with these keys.
pub(super) fn record<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Mapping(entries.into_iter().map(|(key, value)| (Value::from(key), value)).collect::<Mapping>())
}

/// One value of every kind that the model has: a text that is also a date, the first word of each list of terms, numbers.
fn scalars() -> impl Iterator<Item = Value> {
    let words = [
        "2000-01-01",
        "1",
        Level::ALL[0].id(),
        Kind::ALL[0].id(),
        Role::ALL[0].id(),
        Group::ALL[0].id(),
        Outcome::ALL[0].id(),
        Decision::ALL[0].id(),
        Reason::ALL[0].id(),
        Satisfaction::ALL[0].id(),
        Seal::ALL[0].id(),
        LedgerTable::ALL[0].id(),
        Claim::ALL[0].id(),
        LeaderRole::ALL[0].id(),
        MemberRole::ALL[0].id(),
        Retention::ALL[0].id(),
        Method::ALL[0].id(),
        PARTS[0].key,
        "000000",
        "01-01",
        "A",
        "name@example.cn",
    ];
    words.into_iter().map(Value::from).chain([Value::from(1), Value::from(true)])
}

/// What may stand for a value that is wrong or missing: single values, lists of one, records that need nothing or whose parts
/// must agree. What has something in it comes first, so that prose that asks for it finds it.
pub(super) fn stand_ins() -> impl Iterator<Item = Value> {
    let list = |item| Value::Sequence(vec![item]);
    let count = record([
        ("level", Level::ALL[0].id().into()),
        ("kind", Kind::ALL[0].id().into()),
        ("count", "1".into()),
    ]);
    let last_year = record([("source", "1".into()), ("counts", list(count))]);
    scalars().chain([record([])]).chain(scalars().map(list)).chain([Value::Sequence(Vec::new()), last_year])
}

/// What may stand for a record and for a list of records: what they lack is put into them afterwards.
pub(super) fn unfinished() -> [Value; 2] {
    [record([]), Value::Sequence(vec![record([])])]
}
