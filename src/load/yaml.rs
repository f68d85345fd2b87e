//! YAML into types, with every fault of a file in one run.
//!
//! serde stops at the first fault. So a file that does not read is taken apart: the fault is reported, the value that
//! caused it is replaced by a stand-in of the right kind, and reading goes on until nothing is wrong any more. The stand-ins
//! are only ever used to find further faults; what they make is thrown away.

use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use serde_yaml::Value;

use super::{syntax, todo, tree, words};
use crate::diagnostic::{Code, Diagnostic, Say, closest, say};
use crate::model::fault::is_of_key;
use crate::source::{Path, Place, Step};

/// Faults reported of one file; more of them mostly have one cause.
const MOST_FAULTS: usize = 100;

/// Faults that are mended in one file, those of the stand-ins among them: a record that is none is filled key by key.
const MOST_TURNS: usize = 20 * MOST_FAULTS;

/// What a file reads as.
pub struct Read<T> {
    /// The value; with a fault it is only good for finding others. There is none where even stand-ins did not help.
    pub value: Option<T>,
    /// Every fault.
    pub faults: Vec<Diagnostic>,
    /// What the file does not say, or not so that it could be read: stand-ins, and keys that were misspelt.
    pub doubtful: Vec<Path>,
}

impl<T> Read<T> {
    fn failed(fault: Diagnostic) -> Self {
        Self { value: None, faults: vec![fault], doubtful: Vec::new() }
    }
}

/// Read a file whole.
pub fn read<T: DeserializeOwned>(text: &str, file: &str) -> Read<T> {
    match serde_yaml::from_str(text) {
        Ok(value) => Read { value: Some(value), faults: Vec::new(), doubtful: Vec::new() },
        Err(error) => match syntax::parse(text, file) {
            Ok(tree) => told(Repair::<T>::new(file, Path::root()).run(tree), text, file, &error),
            Err(fault) => Read::failed(*fault),
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
        Ok(records) => return Read { value: Some(records), faults: Vec::new(), doubtful: Vec::new() },
        Err(error) => error,
    };
    let mut tree = match syntax::parse(text, file) {
        Ok(tree) => tree,
        Err(fault) => return Read::failed(*fault),
    };
    let list = tree.get_mut(key).and_then(Value::as_sequence_mut).map(std::mem::take).unwrap_or_default();
    let Read { mut faults, mut doubtful, .. } = Repair::<T>::new(file, Path::root()).run(tree);
    let mut read = Vec::new();
    for (index, record) in list.into_iter().enumerate() {
        if faults.len() < MOST_FAULTS {
            let record = Repair::<R>::new(file, Path::root().key(key).index(index)).run(record);
            faults.extend(record.faults);
            doubtful.extend(record.doubtful);
            read.extend(record.value);
        }
    }
    told(Read { value: Some(read), faults, doubtful }, text, file, &error)
}

/// Read what can be read of a file whose faults are reported elsewhere.
pub fn read_leniently<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_yaml::from_str(text).ok()
}

/// A file that did not read has a fault, if only the reader's own words.
fn told<T>(read: Read<T>, text: &str, file: &str, error: &serde_yaml::Error) -> Read<T> {
    if read.faults.is_empty() { Read::failed(syntax::plain(text, file, error)) } else { read }
}

struct Repair<'a, T> {
    file: &'a str,
    base: Path,
    /// What has been put in or taken out: what is wrong inside it is not the file's fault.
    invented: Vec<Path>,
    /// Missing keys that have been reported as misspelt.
    misspelt: Vec<Path>,
    kind: std::marker::PhantomData<T>,
}

struct Fault {
    /// The way to the value or the key that is wrong, or to the key that is missing.
    at: Path,
    wrong: Wrong,
    words: String,
}

#[derive(PartialEq)]
enum Wrong {
    /// The record has no such key.
    Unknown,
    /// The record lacks the key.
    Missing,
    /// The key is not one that can be chosen.
    Key,
    /// The value.
    Value,
}

impl<'a, T: DeserializeOwned> Repair<'a, T> {
    fn new(file: &'a str, base: Path) -> Self {
        Self { file, base, invented: Vec::new(), misspelt: Vec::new(), kind: std::marker::PhantomData }
    }

    fn run(mut self, value: Value) -> Read<T> {
        let mut value = tree::with_text_keys(value);
        let mut faults = Vec::new();
        // No place is mended twice, and what does not hold goes with what it is in, so this ends; the bound is for what nobody
        // foresaw.
        for _ in 0..MOST_TURNS {
            let Some(fault) = self.fault(&value) else { break };
            if self.reads_as_text(&mut value, &fault) {
                continue;
            }
            if !self.is_our_own(&fault) {
                faults.push(self.report(&fault, &value));
            }
            if faults.len() == MOST_FAULTS || !self.mend(&mut value, &fault) {
                break;
            }
        }
        let doubtful = self.invented.iter().chain(&self.misspelt).map(|path| self.base.join(path)).collect();
        Read { value: serde_yaml::from_value(value).ok(), faults, doubtful }
    }

    fn fault(&self, value: &Value) -> Option<Fault> {
        let error = serde_path_to_error::deserialize::<_, T>(value.clone()).err()?;
        let steps = error.path().iter().filter_map(|segment| match segment {
            Segment::Seq { index } => Some(Step::Index(*index)),
            Segment::Map { key } => Some(Step::Key(key.clone())),
            Segment::Enum { .. } | Segment::Unknown => None,
        });
        let path: Path = steps.collect();
        let words = error.inner().to_string();
        let (at, wrong) = if let Some(key) = quoted(&words, "unknown field `") {
            // An unknown key is named by the words and, by some readers, by the path as well.
            let within = path.key(key);
            (if tree::at(value, &within).is_some() { within } else { path }, Wrong::Unknown)
        } else if let Some(key) = quoted(&words, "missing field `") {
            // Of nothing, a reader of trees makes a record that lacks everything.
            match tree::at(value, &path) {
                Some(Value::Null) => (path, Wrong::Value),
                _ => (path.key(key), Wrong::Missing),
            }
        } else if is_of_key(&words) {
            (path, Wrong::Key)
        } else {
            (path, Wrong::Value)
        };
        Some(Fault { at, wrong, words })
    }

    /// A text may be written as `2021` or `true` without quotes: the reader of the whole file takes it, the tree of values
    /// has made a number or a flag of it. Where the text is not allowed either, its own fault says more than that of its kind.
    fn reads_as_text(&self, value: &mut Value, fault: &Fault) -> bool {
        if words::kinds(&fault.words).is_none() {
            return false;
        }
        let text = match tree::at(value, &fault.at) {
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Bool(flag)) => flag.to_string(),
            _ => return false,
        };
        let mut as_text = value.clone();
        tree::put(&mut as_text, &fault.at, Value::from(text));
        let reads =
            self.fault(&as_text).is_none_or(|next| next.at != fault.at || words::own(&next.words).is_some());
        if reads {
            *value = as_text;
        }
        reads
    }

    /// Whether a fault is none of the file's: it lies in what was put there, comes of what was taken away, or is one of parts
    /// that should agree and of which one is a stand-in.
    fn is_our_own(&self, fault: &Fault) -> bool {
        let inside = |path: &Path| fault.at.steps().starts_with(path.steps());
        let around = |path: &Path| path.steps().starts_with(fault.at.steps());
        self.misspelt.contains(&fault.at)
            || self.invented.iter().any(inside)
            || words::own(&fault.words).is_some() && self.invented.iter().any(around)
    }

    fn report(&mut self, fault: &Fault, value: &Value) -> Diagnostic {
        let path = self.base.join(&fault.at);
        let words = fault.words.as_str();
        let last = match path.steps().last() {
            Some(Step::Key(key)) => key.clone(),
            _ => String::new(),
        };
        match fault.wrong {
            Wrong::Unknown => {
                let known: Vec<&str> = words.split('`').skip(3).step_by(2).collect();
                // `{ name:张三 }` is a key as a whole.
                let unspaced = last.split_once([':', '：']).map(|(name, _)| name);
                let unspaced = unspaced.filter(|name| known.contains(name));
                let near = unspaced.or_else(|| closest(&last, known.iter().copied()));
                let parent = tree::parent(&fault.at).unwrap_or_default();
                self.misspelt.extend(near.map(|near| parent.key(near)));
                let known = known.join(", ");
                unknown_key(Place::key(self.file, path), &last, near, unspaced.is_some(), &known)
            }
            Wrong::Missing => missing_key(self.file, &tree::parent(&path).unwrap_or_default(), &last),
            Wrong::Key => {
                let message = words::own(words).unwrap_or_default();
                let message = say(message.0.to_owned(), message.1.to_owned());
                Diagnostic::error(Code::Y003, Place::key(self.file, path), message)
            }
            Wrong::Value => {
                let empty = tree::at(value, &fault.at).is_some_and(Value::is_null);
                let message = match words::own(words) {
                    Some((zh, en)) => say(zh.to_owned(), en.to_owned()),
                    None if empty => say("没有填写", "nothing is written here"),
                    None => words::wrong_kind(words),
                };
                let told = Diagnostic::error(Code::Y003, Place::value(self.file, path), message);
                match self.advice(fault, value) {
                    Some(help) => told.help(help),
                    None => told,
                }
            }
        }
    }

    /// What to write instead of a value of the wrong kind, where it is a list or a record.
    fn advice(&self, fault: &Fault, value: &Value) -> Option<Say> {
        let found = tree::at(value, &fault.at)?;
        if found.get(tree::NO_TEXT).is_some() {
            return Some(say("以 {{ 开头的值要放在引号里", "quote a value that begins with {{"));
        }
        let expected = match words::kinds(&fault.words) {
            Some((_, _, expected)) => expected,
            None if found.is_null() => "struct",
            None => return None,
        };
        if expected == "a sequence" {
            let Some(text) = found.as_str() else { return Some(words::items()) };
            let parts = text.split(['、', '，', '；', ',', ';']).map(|part| part.trim().to_owned());
            let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
            let plain = parts.iter().all(|part| part.chars().all(|c| c.is_alphanumeric() || c == '-'));
            let list = Value::Sequence(parts.iter().cloned().map(Value::from).collect());
            let reads = self.holds(value, &fault.at, list);
            return Some(if plain && reads { words::listed(&parts) } else { words::items() });
        }
        let keys = self.keys(value, &fault.at);
        let item = matches!(fault.at.steps().last(), Some(Step::Index(_)));
        (!keys.is_empty()).then(|| words::record(&keys, item))
    }

    /// Whether a value reads at a path.
    fn holds(&self, value: &Value, path: &Path, new: Value) -> bool {
        let mut with = value.clone();
        tree::put(&mut with, path, new)
            && self.fault(&with).is_none_or(|next| !next.at.steps().starts_with(path.steps()))
    }

    /// The keys that a record at a path would have; none where there may be no record.
    fn keys(&self, value: &Value, path: &Path) -> Vec<String> {
        const ASKED: &str = "\u{1f}";
        let mut with = value.clone();
        let asked = tree::put(&mut with, path, tree::record([(ASKED, Value::Null)]));
        let told = asked.then(|| self.fault(&with)).flatten();
        let told = told.filter(|told| told.wrong == Wrong::Unknown && told.at == path.key(ASKED));
        told.map_or_else(Vec::new, |told| {
            told.words.split('`').skip(3).step_by(2).map(str::to_owned).collect()
        })
    }

    /// Take the fault away; false if nothing helps.
    fn mend(&mut self, value: &mut Value, fault: &Fault) -> bool {
        if matches!(fault.wrong, Wrong::Unknown | Wrong::Key) {
            self.invented.extend((fault.wrong == Wrong::Key).then(|| fault.at.clone()));
            return tree::remove(value, &fault.at);
        }
        if !self.invented.contains(&fault.at) {
            self.invented.push(fault.at.clone());
            if let Some(mended) = self.with_stand_in(value, &fault.at) {
                *value = mended;
                return true;
            }
        }
        // No stand-in holds: the key goes; one that is gone and missed takes the record with it.
        let mut path = Some(fault.at.clone());
        while let Some(gone) = path {
            if tree::remove(value, &gone) {
                self.invented.push(gone);
                return true;
            }
            path = tree::parent(&gone);
        }
        false
    }

    /// The whole with a stand-in at a path.
    fn with_stand_in(&self, value: &Value, path: &Path) -> Option<Value> {
        let mut with = value.clone();
        let mut put = |new: Value, lacks: bool| {
            tree::put(&mut with, path, new);
            let next = self.fault(&with);
            let holds = next.is_none_or(|next| {
                let inside = next.at.steps().starts_with(path.steps());
                !inside || lacks && next.wrong == Wrong::Missing
            });
            holds.then(|| with.clone())
        };
        let whole = tree::stand_ins().find_map(|new| put(new, false));
        whole.or_else(|| tree::unfinished().into_iter().find_map(|new| put(new, true)))
    }
}

/// What stands between an opening phrase that ends in a backquote and the next backquote.
fn quoted<'w>(words: &'w str, opening: &str) -> Option<&'w str> {
    words.strip_prefix(opening)?.split('`').next()
}

fn missing_key(file: &str, record: &Path, key: &str) -> Diagnostic {
    // A clerk knows the thing by its Chinese name.
    let named = match todo::label(key) {
        Some(label) => format!("{label} {key}"),
        None => key.to_owned(),
    };
    let (zh, en) = match record.steps() {
        [] => (format!("缺少 {named}"), format!("the file lacks `{key}`")),
        [Step::Key(list), Step::Index(index)] if list == "cases" => {
            (format!("第{}件缺少 {named}", index + 1), format!("case {} lacks `{key}`", index + 1))
        }
        _ => (format!("{record} 缺少 {named}"), format!("{record} lacks `{key}`")),
    };
    Diagnostic::error(Code::Y004, Place::value(file, record.clone()), say(zh, en))
        .help(say(format!("补上一行 {key}: …"), format!("add a line `{key}: …`")))
}

fn unknown_key(place: Place, key: &str, near: Option<&str>, unspaced: bool, known: &str) -> Diagnostic {
    let message = say(format!("不认识的键 {key}"), format!("unknown key `{key}`"));
    let help = match near {
        // `{ value: 1,600 }` is a value of 1 and a key 600.
        _ if key.len() == 3 && key.bytes().all(|byte| byte.is_ascii_digit()) => say(
            "数字里的逗号会把它断成两截：去掉逗号，如 1600",
            "a comma within a number cuts it in two: write it without, like 1600",
        ),
        Some(name) if unspaced => say(
            format!("{name} 后面写半角冒号，再空一格：{name}: …"),
            format!("write a half-width colon and a space after {name}: `{name}: …`"),
        ),
        Some(near) => say(
            format!("是不是 {near}？这里可以写：{known}"),
            format!("did you mean `{near}`? Known here: {known}"),
        ),
        None => say(format!("这里可以写：{known}"), format!("known here: {known}")),
    };
    Diagnostic::error(Code::Y002, place, message).help(help)
}
