//! From files to the model. Only this room knows that the data is YAML; it never knows a page.
//!
//! Loading never stops at the first fault: it returns what it could read and everything that is wrong.

mod desk;
mod ledger;
mod lines;
mod profile;
pub mod schema;
mod slips;
mod syntax;
mod todo;
mod tree;
mod words;
mod yaml;

use std::collections::BTreeMap;
use std::path::Path as FilePath;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use crate::diagnostic::{Code, Diagnostic, Lang, Say, Severity, say};
use crate::model::lists::{at_least_one, each_once};
use crate::model::{
    Case, CrossChecks, Dataset, Declared, Files, Genre, Name, Profile, Report, Roster, Text, Todo,
};
use crate::sheet::is_spreadsheet;
use crate::source::{Path, Place, Sources};
use crate::world::ReadFiles;

pub use ledger::{Spreadsheet, spreadsheet};

use desk::Desk;

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
    let mut desk = Desk { files, folder, sources, wrong: Vec::new(), marked: Vec::new() };
    loaded.files.report = desk.shown("report.yaml");
    let text = desk.text("report.yaml", None);
    if let Some(text) = text {
        loaded.read(&text, &mut desk);
    }
    loaded.diagnostics = desk.wrong;
    loaded.marked = desk.marked;
    loaded
}

impl Loaded {
    /// Whether what the report says of its spreadsheet could not be read.
    fn doubts_sheet(&self) -> bool {
        let keys = ["sheet", "columns", "every_case"].map(|key| Path::root().key(key));
        self.doubtful.iter().any(|path| keys.iter().any(|key| path.steps().starts_with(key.steps())))
    }

    /// Reads everything from the text of `report.yaml` on.
    fn read(&mut self, text: &str, desk: &mut Desk) {
        let mut read = yaml::read(text, &self.files.report);
        self.doubtful = std::mem::take(&mut read.doubtful);
        self.report = keep(read, &mut desk.wrong);
        let names: Names = yaml::read_leniently(text).unwrap_or_default();
        // A file whose name is wrong or whose key is misspelt is not one that the report does without.
        let named = [&names.ledger, &names.figures, &names.bodies, &names.profile].map(Option::is_some);
        let keys = ["ledger", "figures", "bodies", "profile"].map(|key| Path::root().key(key));
        let given = [0, 1, 2, 3].map(|at| named[at] || self.doubtful.contains(&keys[at]));
        let [of_ledger, of_figures, of_bodies, of_profile] =
            keys.map(|key| Place::value(&self.files.report, key));
        let doubts_sheet = self.doubts_sheet();
        let files = &mut self.files;
        // The columns of a ledger are read by the words of the profile, so it comes first.
        self.profile = profile(desk, names.profile, given[3], of_profile, &mut files.profile);
        self.cases = match names.ledger.as_deref() {
            // Read by stand-ins, a ledger would be judged by what nobody wrote.
            Some(name) if is_spreadsheet(name) && doubts_sheet => {
                files.cases = desk.shown(name);
                None
            }
            Some(name) if is_spreadsheet(name) => {
                files.cases = desk.shown(name);
                let by = ledger::By { report: self.report.as_ref(), profile: self.profile.as_ref() };
                ledger::of_sheet(desk, name, &of_ledger, &by)
            }
            name => {
                ledger::without_sheet(self.report.as_ref(), &files.report, &mut desk.wrong);
                match desk.named(name, &of_ledger, &mut files.cases) {
                    Some(text) => ledger::of_text(desk, &text, &files.cases),
                    None => (!given[0]).then(Vec::new),
                }
            }
        };
        self.declared = match desk.named(names.figures.as_deref(), &of_figures, &mut files.figures) {
            Some(text) => {
                let read = yaml::read(&text, &files.figures);
                declared(read, &files.figures, &mut desk.wrong).map(|(figures, cross)| {
                    self.cross = cross;
                    figures
                })
            }
            None => (!given[1]).then(BTreeMap::new),
        };
        self.roster = match desk.named(names.bodies.as_deref(), &of_bodies, &mut files.bodies) {
            Some(text) => keep(yaml::read(&text, &files.bodies), &mut desk.wrong),
            None => (!given[2]).then(Roster::default),
        };
    }
}

/// The profile of a name; `given` says that the report has a key for it, be its name readable or not.
fn profile(
    desk: &mut Desk,
    name: Option<String>,
    given: bool,
    named: Place,
    file: &mut String,
) -> Option<Profile> {
    let (own, built_in) = match name {
        Some(name) if profile::is_file(&name) => (Some(name), None),
        name => (None, name),
    };
    match desk.named(own.as_deref(), &named, file) {
        Some(text) => profile::own(&text, file, &mut desk.wrong),
        None if own.is_some() || given && built_in.is_none() => None,
        None => profile::built_in(built_in.as_deref(), named, &mut desk.wrong),
    }
}

/// The report and the profile in a folder, without what is wrong with them and without any other file.
fn rules(files: &dyn ReadFiles, folder: &FilePath) -> (Option<Report>, Option<Profile>) {
    let mut sources = Sources::default();
    let mut desk = Desk { files, folder, sources: &mut sources, wrong: Vec::new(), marked: Vec::new() };
    let Some(text) = desk.text("report.yaml", None) else { return (None, None) };
    let report: Option<Report> = yaml::read(&text, "report.yaml").value;
    let names: Names = yaml::read_leniently(&text).unwrap_or_default();
    let given = names.profile.is_some();
    let profile = profile(&mut desk, names.profile, given, Place::file("report.yaml"), &mut String::new());
    (report, profile)
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
    match loaded.diagnostics.iter().find(|told| told.severity == Severity::Error) {
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

/// One ordinary component: no separators of any system, no drive letters, nothing hidden.
pub fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|'])
        && !name.chars().any(char::is_control)
}
