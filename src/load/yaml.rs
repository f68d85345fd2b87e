//! YAML into types, with every fault of a file in one run.
//!
//! serde stops at the first fault. So a file that does not read is taken apart: the fault is reported, the value that
//! caused it is replaced by a stand-in of the right kind, and reading goes on until nothing is wrong any more. The stand-ins
//! are only ever used to find further faults; what they make is thrown away.

use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use serde_yaml::Value;

use super::syntax;
use crate::diagnostic::{Diagnostic, Say, closest, say};
use crate::model::records::{LeaderRole, MemberRole};
use crate::model::text::FAULT;
use crate::model::{
    Claim, Decision, Kind, LedgerTable, Level, Outcome, PARTS, Reason, Role, Satisfaction, Seal,
};
use crate::source::{Path, Place, Step};

/// Faults reported of one file: whoever has more has one cause for all of them.
const MOST_FAULTS: usize = 100;

/// What a file reads as: the value, and every fault. With a fault the value is only good for finding others; there is
/// none where even a stand-in did not help.
pub type Read<T> = (Option<T>, Vec<Diagnostic>);

/// Read a file whole.
pub fn read<T: DeserializeOwned>(text: &str, file: &str) -> Read<T> {
    match serde_yaml::from_str(text) {
        Ok(value) => (Some(value), Vec::new()),
        Err(error) => match syntax::parse(text, file) {
            Ok(tree) => told(Repair::<T>::new(file, Path::root()).run(tree), text, file, &error),
            Err(fault) => (None, vec![*fault]),
        },
    }
}

/// Read a file that is a list of records under one key; one broken record says nothing of the others.
pub fn read_list<T: DeserializeOwned, R: DeserializeOwned>(
    text: &str,
    file: &str,
    key: &str,
    records: impl Fn(T) -> Vec<R>,
) -> Read<Vec<R>> {
    let error = match serde_yaml::from_str(text).map(records) {
        Ok(records) => return (Some(records), Vec::new()),
        Err(error) => error,
    };
    let mut tree = match syntax::parse(text, file) {
        Ok(tree) => tree,
        Err(fault) => return (None, vec![*fault]),
    };
    let list = tree.get_mut(key).and_then(Value::as_sequence_mut).map(std::mem::take).unwrap_or_default();
    let mut faults = Repair::<T>::new(file, Path::root()).run(tree).1;
    let mut read = Vec::new();
    for (index, record) in list.into_iter().enumerate() {
        if faults.len() < MOST_FAULTS {
            let (record, more) = Repair::<R>::new(file, Path::root().key(key).index(index)).run(record);
            faults.extend(more);
            read.extend(record);
        }
    }
    told((Some(read), faults), text, file, &error)
}

/// Read what can be read of a file whose faults are reported elsewhere.
pub fn read_leniently<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_yaml::from_str(text).ok()
}

/// A file that did not read has a fault, if only the reader's own words.
fn told<T>(read: Read<T>, text: &str, file: &str, error: &serde_yaml::Error) -> Read<T> {
    match read {
        (_, faults) if faults.is_empty() => (None, vec![syntax::plain(text, file, error)]),
        read => read,
    }
}

struct Repair<'a, T> {
    file: &'a str,
    base: Path,
    /// Stand-ins for keys that are missing: what is wrong inside them is not the file's fault.
    invented: Vec<Path>,
    /// Missing keys of which a misspelt one has been told already.
    misspelt: Vec<Path>,
    kind: std::marker::PhantomData<T>,
}

struct Fault {
    path: Path,
    words: String,
}

impl<'a, T: DeserializeOwned> Repair<'a, T> {
    fn new(file: &'a str, base: Path) -> Self {
        Self { file, base, invented: Vec::new(), misspelt: Vec::new(), kind: std::marker::PhantomData }
    }

    fn run(mut self, mut value: Value) -> Read<T> {
        let mut faults = Vec::new();
        // Each turn mends one fault for good, so this ends; the bound is for what nobody foresaw.
        for _ in 0..4 * MOST_FAULTS {
            let Some(fault) = self.fault(&value) else { break };
            if self.reads_as_text(&mut value, &fault) {
                continue;
            }
            let missing = quoted(&fault.words, "missing field `").map(|key| fault.path.key(key));
            let known = missing.is_some_and(|path| self.misspelt.contains(&path));
            if !known && !self.invented.iter().any(|path| fault.path.steps().starts_with(path.steps())) {
                faults.push(self.report(&fault, &value));
            }
            if faults.len() == MOST_FAULTS || !self.mend(&mut value, &fault) {
                break;
            }
        }
        (serde_yaml::from_value(value).ok(), faults)
    }

    fn fault(&self, value: &Value) -> Option<Fault> {
        let error = serde_path_to_error::deserialize::<_, T>(value.clone()).err()?;
        let steps = error.path().iter().filter_map(|segment| match segment {
            Segment::Seq { index } => Some(Step::Index(*index)),
            Segment::Map { key } => Some(Step::Key(key.clone())),
            Segment::Enum { .. } | Segment::Unknown => None,
        });
        let mut path: Path = steps.collect();
        let words = error.inner().to_string();
        // An unknown key is named by the words and, by some readers, by the path as well.
        if let (Some(Step::Key(last)), Some(key)) = (path.steps().last(), quoted(&words, "unknown field `"))
            && last == key
        {
            path = path.steps()[..path.steps().len() - 1].iter().cloned().collect();
        }
        Some(Fault { path, words })
    }

    /// A text may be written as `2021` or `true` without quotes: the reader of the whole file takes it, the tree of values
    /// has made a number or a flag of it. Where the text is not allowed either, its own fault says more than that of its kind.
    fn reads_as_text(&self, value: &mut Value, fault: &Fault) -> bool {
        let Some(found) = at(value, &fault.path) else { return false };
        let text = match found {
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            _ => return false,
        };
        let before = std::mem::replace(found, Value::from(text));
        let reads =
            self.fault(value).is_none_or(|next| next.path != fault.path || next.words.contains(FAULT));
        if !reads {
            put(value, &fault.path, before);
        }
        reads
    }

    fn report(&mut self, fault: &Fault, value: &Value) -> Diagnostic {
        let path = self.base.join(&fault.path);
        let words = fault.words.as_str();
        if let Some(key) = quoted(words, "unknown field `") {
            let known: Vec<&str> = words.split('`').skip(3).step_by(2).collect();
            let near = closest(key, known.iter().copied());
            self.misspelt.extend(near.map(|near| fault.path.key(near)));
            return unknown_key(Place::key(self.file, path.key(key)), key, near, &known);
        }
        let place = Place::value(self.file, path.clone());
        if let Some(key) = quoted(words, "missing field `") {
            let (zh, en) = match path.steps() {
                [] => (format!("缺少 {key}"), format!("the file lacks `{key}`")),
                [Step::Key(list), Step::Index(index)] if list == "cases" => {
                    (format!("第{}件缺少 {key}", index + 1), format!("case {} lacks `{key}`", index + 1))
                }
                _ => (format!("{path} 缺少 {key}"), format!("{path} lacks `{key}`")),
            };
            return Diagnostic::error("Y004", place, say(zh, en))
                .help(say(format!("补上一行 {key}: …"), format!("add a line `{key}: …`")));
        }
        let message = match words.split_once(FAULT) {
            Some((zh, en)) => say(zh.to_owned(), en.to_owned()),
            None => wrong_type(words, at(&mut value.clone(), &fault.path).is_some_and(|v| v.is_null())),
        };
        Diagnostic::error("Y003", place, message)
    }

    /// Take the fault away; false if nothing helps.
    fn mend(&mut self, value: &mut Value, fault: &Fault) -> bool {
        if let Some(key) = quoted(&fault.words, "unknown field `") {
            let record = at(value, &fault.path).and_then(Value::as_mapping_mut);
            return record.is_some_and(|record| record.remove(key).is_some());
        }
        let path = match quoted(&fault.words, "missing field `") {
            Some(key) => {
                let path = fault.path.key(key);
                self.invented.push(path.clone());
                path
            }
            None => fault.path.clone(),
        };
        stand_ins().any(|stand_in| {
            put(value, &path, stand_in)
                && self.fault(value).is_none_or(|next| {
                    let inside = next.path.steps().starts_with(path.steps());
                    !inside || next.words.starts_with("missing field")
                })
        })
    }
}

/// One value of every kind that the model has: a text that is also a date, numbers, the first word of each list of
/// terms, and nothing for what may be left out.
fn stand_ins() -> impl Iterator<Item = Value> {
    let words = [
        "2000-01-01",
        "1",
        Level::ALL[0].id(),
        Kind::ALL[0].id(),
        Role::ALL[0].id(),
        Outcome::ALL[0].id(),
        Decision::ALL[0].id(),
        Reason::ALL[0].id(),
        Satisfaction::ALL[0].id(),
        Seal::ALL[0].id(),
        LedgerTable::ALL[0].id(),
        Claim::ALL[0].id(),
        LeaderRole::ALL[0].id(),
        MemberRole::ALL[0].id(),
        PARTS[0].key,
        "000000",
        "name@example.cn",
    ];
    let others = [
        Value::from(1),
        Value::from(true),
        Value::Sequence(Vec::new()),
        Value::Mapping(Default::default()),
        Value::Null,
    ];
    words.into_iter().map(Value::from).chain(others)
}

fn at<'v>(value: &'v mut Value, path: &Path) -> Option<&'v mut Value> {
    path.steps().iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key.as_str()),
        Step::Index(index) => value.get_mut(*index),
    })
}

fn put(value: &mut Value, path: &Path, new: Value) -> bool {
    let Some((last, way)) = path.steps().split_last() else {
        *value = new;
        return true;
    };
    let parent = at(value, &way.iter().cloned().collect());
    match (parent, last) {
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

/// What stands between an opening phrase that ends in a backquote and the next backquote.
fn quoted<'w>(words: &'w str, opening: &str) -> Option<&'w str> {
    words.strip_prefix(opening)?.split('`').next()
}

fn unknown_key(place: Place, key: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    let message = say(format!("不认识的键 {key}"), format!("unknown key `{key}`"));
    let list = known.join(", ");
    let help = match near {
        Some(near) => say(
            format!("是不是 {near}？这里可以写：{list}"),
            format!("did you mean `{near}`? Known here: {list}"),
        ),
        None => say(format!("这里可以写：{list}"), format!("known here: {list}")),
    };
    Diagnostic::error("Y002", place, message).help(help)
}

/// serde's words for kinds of values, in Chinese.
const KINDS: &[(&str, &str)] = &[
    ("string", "文字"),
    ("integer", "整数"),
    ("floating point", "小数"),
    ("boolean", " true/false"),
    ("sequence", "列表"),
    ("map", "一组键值"),
    ("unit", "空值"),
    ("null", "空值"),
    ("a text", "文字"),
    ("prose or items", "文字、列表，或 preamble 和 items"),
    ("a date", "日期（如 2021-09-30）"),
    ("a number", "数字"),
    ("u16", "整数"),
    ("a boolean", " true 或 false"),
    ("a sequence", "列表（每项以 - 开头）"),
    ("struct", "一组键值"),
    ("a map", "一组键值"),
];

fn wrong_type(words: &str, is_null: bool) -> Say {
    if is_null {
        return say("没有填写", "nothing is written here");
    }
    let kind = |words: &str| {
        let row = KINDS.iter().find(|row| words.starts_with(row.0));
        row.map_or_else(|| words.to_owned(), |row| row.1.to_owned())
    };
    let plain = words.strip_prefix("invalid type: ").or_else(|| words.strip_prefix("invalid value: "));
    match plain.and_then(|rest| rest.split_once(", expected ")) {
        Some((found, expected)) => {
            let zh = format!("这里应是{}，写的却是{}", kind(expected), kind(found));
            say(zh, format!("expected {expected}, found {found}"))
        }
        None => say(format!("这个值不对（{words}）"), format!("wrong value: {words}")),
    }
}
