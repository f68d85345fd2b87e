//! From files to the model. Only this room knows that the data is YAML; it never knows a page.
//!
//! Loading never stops at the first fault: it returns what it could read and everything that is wrong.

mod profile;
pub mod schema;
mod slips;
mod syntax;
mod todo;
mod tree;
mod words;
mod yaml;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path as FilePath;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use crate::diagnostic::{Code, Diagnostic, Lang, Say, say};
use crate::model::lists::{at_least_one, each_once};
use crate::model::{
    Case, CrossChecks, Dataset, Declared, Files, Genre, Name, Profile, Report, Roster, Text, Todo,
};
use crate::source::{Path, Place, Sources};
use crate::world::{LARGEST_FILE, ReadFiles};

/// What could be read of one report's folder, and what is wrong with the rest. With a diagnostic the values are only good
/// for finding what else is wrong: stand-ins may be among them.
#[derive(Debug, Default)]
pub struct Loaded {
    /// `report.yaml`.
    pub report: Option<Report>,
    /// The ledger.
    pub cases: Option<Vec<Case>>,
    /// The declared figures.
    pub declared: Option<BTreeMap<Name, Declared>>,
    /// What must hold between figures.
    pub cross: CrossChecks,
    /// The roster of bodies.
    pub roster: Option<Roster>,
    /// The profile.
    pub profile: Option<Profile>,
    /// The files' names.
    pub files: Files,
    /// What the files say is still to be found out.
    pub marked: Vec<Todo>,
    /// Everything that is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// What the report's file does not say, or not so that it could be read: where stand-ins are, or nothing for that reason.
    doubtful: Vec<Path>,
}

impl Loaded {
    /// Whether something of the report is not what its file says: a rule that asks for it would be wrong to find or miss it.
    pub fn is_doubtful(&self, path: &Path) -> bool {
        is_doubtful(&self.doubtful, path)
    }

    /// All of it, if all of it could be read.
    pub fn dataset(self) -> Option<Dataset> {
        Some(Dataset {
            report: self.report?,
            cases: self.cases?,
            declared: self.declared?,
            cross: self.cross,
            roster: self.roster?,
            profile: self.profile?,
            files: self.files,
            marked: self.marked,
        })
    }
}

/// The ledger (台账).
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Ledger {
    /// One a case (件).
    #[schemars(extend("minItems" = 0))]
    cases: Vec<Case>,
}

/// The declared figures.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Declarations {
    /// Who says so, of every figure that says nothing else.
    source: Option<Text>,
    /// The day or period of every figure that says nothing else.
    as_of: Option<Text>,
    /// The figures by name.
    #[serde(deserialize_with = "each_once")]
    figures: BTreeMap<Name, Declared>,
    /// Comparisons of sums that must hold (勾稽关系): `passed <= applied`, `new + old = total`.
    #[serde(default, deserialize_with = "at_least_one")]
    relations: Vec<Text>,
    /// Figures that are the percentages of one whole.
    #[serde(default, deserialize_with = "at_least_one")]
    shares: Vec<Vec<Text>>,
}

/// The file names that `report.yaml` gives, read even where the rest of it is wrong.
#[derive(Default, Deserialize)]
struct Names {
    #[serde(default, deserialize_with = "lenient")]
    ledger: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    figures: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    bodies: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    profile: Option<String>,
}

/// A text, if only one without quotes that looks like a number or a flag, or nothing where there is something else.
fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let value = serde_yaml::Value::deserialize(deserializer)?;
    Ok(match value {
        serde_yaml::Value::String(text) => Some(text),
        serde_yaml::Value::Number(number) => Some(number.to_string()),
        serde_yaml::Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    })
}

/// Read the report in `folder`: `report.yaml` and the files that it names.
pub fn load(files: &dyn ReadFiles, folder: &FilePath, sources: &mut Sources) -> Loaded {
    let mut loaded = Loaded::default();
    let shown = |name: &str| folder.join(name).to_string_lossy().replace('\\', "/");
    loaded.files.report = shown("report.yaml");
    let Some(text) = read_text(files, folder, "report.yaml", None, &mut loaded.diagnostics, sources) else {
        return loaded;
    };
    let (text, marked) = todo::marked(&text, &loaded.files.report);
    loaded.marked.extend(marked);
    let mut read = yaml::read(&text, &loaded.files.report);
    let doubtful = std::mem::take(&mut read.doubtful);
    loaded.report = keep(read, &mut loaded.diagnostics);

    let names: Names = yaml::read_leniently(&text).unwrap_or_default();
    let report = loaded.files.report.clone();
    let mut read = |key: &str, name: Option<String>, file: &mut String| {
        let name = name?;
        *file = shown(&name);
        let said = Place::value(&report, Path::root().key(key));
        let text = read_text(files, folder, &name, Some(said), &mut loaded.diagnostics, sources)?;
        let (text, marked) = todo::marked(&text, file);
        loaded.marked.extend(marked);
        Some(text)
    };
    let files = &mut loaded.files;
    // A file whose name is wrong or whose key is misspelt is not one that the report does without.
    let named = [&names.ledger, &names.figures, &names.bodies, &names.profile].map(Option::is_some);
    let keys = ["ledger", "figures", "bodies", "profile"].map(|key| Path::root().key(key));
    let given = [0, 1, 2, 3].map(|at| named[at] || doubtful.contains(&keys[at]));
    let (profile_file, built_in) = match names.profile {
        Some(name) if profile::is_file(&name) => (Some(name), None),
        name => (None, name),
    };
    let ledger = read("ledger", names.ledger, &mut files.cases);
    let figures = read("figures", names.figures, &mut files.figures);
    let bodies = read("bodies", names.bodies, &mut files.bodies);
    let profile = read("profile", profile_file.clone(), &mut files.profile);
    let wrong = &mut loaded.diagnostics;
    loaded.cases = match ledger {
        Some(text) => {
            let read = yaml::read_list(&text, &files.cases, "cases", |l: Ledger| l.cases);
            let lost = is_doubtful(&read.doubtful, &Path::root().key("cases"));
            keep(read, wrong).filter(|_| !lost)
        }
        None => (!given[0]).then(Vec::new),
    };
    loaded.declared = match figures {
        Some(text) => {
            declared(yaml::read(&text, &files.figures), &files.figures, wrong).map(|(figures, cross)| {
                loaded.cross = cross;
                figures
            })
        }
        None => (!given[1]).then(BTreeMap::new),
    };
    loaded.roster = match bodies {
        Some(text) => keep(yaml::read(&text, &files.bodies), wrong),
        None => (!given[2]).then(Roster::default),
    };
    loaded.profile = match profile {
        Some(text) => profile::own(&text, &files.profile, wrong),
        None if profile_file.is_some() || given[3] && built_in.is_none() => None,
        None => profile::built_in(built_in.as_deref(), Place::value(&files.report, keys[3].clone()), wrong),
    };
    loaded.doubtful = doubtful;
    loaded
}

/// The report in a folder beside this one, with its own texts: nothing of it becomes part of this one. An error says why it
/// cannot be read.
pub fn beside(files: &dyn ReadFiles, folder: &FilePath, name: &str) -> Result<(Dataset, Sources), Say> {
    if !is_plain_name(name) {
        return Err(say(
            format!("“{name}”不是文件夹名，不要带路径"),
            format!("\"{name}\" is not the name of a folder: write it without a path"),
        ));
    }
    let mut sources = Sources::default();
    let loaded = load(files, &folder.with_file_name(name), &mut sources);
    match loaded.diagnostics.first() {
        Some(wrong) => {
            let say_of = |lang| wrong.message.get(lang).to_owned();
            Err(say(
                format!("读不了上年的报告 {name}：{}", say_of(Lang::Zh)),
                format!("cannot read last year's report {name}: {}", say_of(Lang::En)),
            ))
        }
        None => {
            let missing = || {
                say(format!("上年的报告 {name} 不完整"), format!("last year's report {name} lacks something"))
            };
            Ok((loaded.dataset().ok_or_else(missing)?, sources))
        }
    }
}

/// A genre's `genre.yaml`, shown as `file`.
pub fn genre(text: &str, file: &str) -> (Option<Genre>, Vec<Diagnostic>) {
    let yaml::Read { value, faults, .. } = yaml::read(text, file);
    (value, faults)
}

/// Whether a path leads to or through one of these.
fn is_doubtful(doubtful: &[Path], path: &Path) -> bool {
    doubtful.iter().any(|doubtful| path.steps().starts_with(doubtful.steps()))
}

/// Figures with what the file says of all of them; none where some that it has are lost, since they would be missed.
fn declared(
    read: yaml::Read<Declarations>,
    file: &str,
    wrong: &mut Vec<Diagnostic>,
) -> Option<(BTreeMap<Name, Declared>, CrossChecks)> {
    let yaml::Read { value, faults, doubtful } = read;
    wrong.extend(faults);
    let Declarations { source, as_of, mut figures, relations, shares } = value?;
    let is_doubtful = |path: &Path| is_doubtful(&doubtful, path);
    let root = Path::root().key("figures");
    for (name, figure) in &mut figures {
        let path = root.key(name.to_string());
        for (key, own, all) in [("source", &mut figure.source, &source), ("as_of", &mut figure.as_of, &as_of)]
        {
            if own.is_none() {
                own.clone_from(all);
            }
            if own.is_none() && !is_doubtful(&path.key(key)) && !is_doubtful(&Path::root().key(key)) {
                let place = Place::value(file, path.clone());
                let message =
                    say(format!("数据 {name} 缺少 {key}"), format!("the figure `{name}` lacks `{key}`"));
                let help = say(
                    format!("补上一行 {key}: …；各项相同的，写在文件开头一次即可"),
                    format!(
                        "add a line `{key}: …`; what holds for all figures stands once at the top of the file"
                    ),
                );
                wrong.push(Diagnostic::error(Code::Y004, place, message).help(help));
            }
        }
    }
    // A figure of which nothing could be read, or not its name, is asked for by more than a stand-in has.
    let lost = |path: &Path| path.steps().len() == 2;
    (!is_doubtful(&root) && !doubtful.iter().any(lost))
        .then_some((figures, CrossChecks { relations, shares }))
}

fn keep<T>(read: yaml::Read<T>, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    diagnostics.extend(read.faults);
    read.value
}

/// The text of a file of the report's own folder; `named` is the place that asks for it.
fn read_text(
    files: &dyn ReadFiles,
    folder: &FilePath,
    name: &str,
    named: Option<Place>,
    diagnostics: &mut Vec<Diagnostic>,
    sources: &mut Sources,
) -> Option<String> {
    let path = folder.join(name);
    let shown = path.to_string_lossy().replace('\\', "/");
    let blamed = named.unwrap_or_else(|| Place::file(&shown));
    if !is_plain_name(name) {
        let zh = format!("“{name}”不是本报告文件夹里的文件名");
        let en = format!("\"{name}\" is not the name of a file in the report's own folder");
        let help = say(
            "只写文件名，例如 cases.yaml，不带路径",
            "write a file name such as cases.yaml, without a path",
        );
        diagnostics.push(Diagnostic::error(Code::Y006, blamed, say(zh, en)).help(help));
        return None;
    }
    let bytes = match files.read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let (zh, en) = match error.kind() {
                ErrorKind::NotFound => (format!("找不到文件 {shown}"), format!("no such file: {shown}")),
                ErrorKind::FileTooLarge => {
                    let most = LARGEST_FILE >> 20;
                    (format!("文件 {shown} 超过 {most} MB"), format!("{shown} is larger than {most} MB"))
                }
                ErrorKind::ResourceBusy => (
                    format!("文件 {shown} 一直在改动，没有读到完整的内容"),
                    format!("{shown} keeps changing while it is read"),
                ),
                _ => (format!("读不了文件 {shown}：{error}"), format!("cannot read {shown}: {error}")),
            };
            let help = say("检查文件名和存放的位置", "check the file's name and where it lies");
            diagnostics.push(Diagnostic::error(Code::Y005, blamed, say(zh, en)).help(help));
            return None;
        }
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let readable = String::from_utf8_lossy(error.as_bytes()).into_owned();
            sources.add(&shown, readable);
            let place = Place::bytes(&shown, at..at + '\u{fffd}'.len_utf8());
            let message = say("文件不是 UTF-8 编码", "the file is not UTF-8");
            let help = say(
                "可能是 GBK：用记事本或 WPS 打开，另存为 UTF-8",
                "it may be GBK: open it in an editor and save it as UTF-8",
            );
            diagnostics.push(Diagnostic::error(Code::Y005, place, message).help(help));
            return None;
        }
    };
    sources.add(&shown, text.clone());
    if let Some(at) = control(text.as_bytes()) {
        let place = Place::bytes(&shown, at..at + 1);
        let message = say("文件里有不可见的控制字符", "the file has a control character");
        let help = say("删去这个字符", "delete the character");
        diagnostics.push(Diagnostic::error(Code::Y001, place, message).help(help));
        return None;
    }
    if let Some(at) = syntax::too_deep(&text) {
        let message = say("嵌套得太深", "nested too deeply");
        let help = say("减少括号和短横的层数", "use fewer levels of brackets and dashes");
        diagnostics.push(Diagnostic::error(Code::Y001, Place::bytes(&shown, at..at + 1), message).help(help));
        return None;
    }
    if text.trim().is_empty() {
        let message = say(format!("文件 {shown} 是空的"), format!("{shown} is empty"));
        let help = say("从样例抄一份再改", "start from the sample's file");
        diagnostics.push(Diagnostic::error(Code::Y005, Place::file(&shown), message).help(help));
        return None;
    }
    Some(text)
}

/// The first control character but line breaks and tabs: below U+0020, U+007F to U+009F. By bytes, since a ledger has
/// millions of them.
fn control(text: &[u8]) -> Option<usize> {
    let low = |byte: u8| byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t') || byte == 0x7f;
    let high = |at: usize| text[at] == 0xc2 && text.get(at + 1).is_some_and(|next| *next < 0xa0);
    (0..text.len()).find(|at| low(text[*at]) || high(*at))
}

/// One ordinary component: no separators of any system, no drive letters, nothing hidden.
pub fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|'])
        && !name.chars().any(char::is_control)
}
