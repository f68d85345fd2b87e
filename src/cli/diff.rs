//! `banjie diff`: two versions of a report, each a folder, a bag of `archive`, or a git revision.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::tell::{Style, Teller};
use super::{Args, Status, paint, print};
use crate::check::leak::Secrets;
use crate::diagnostic::{Diagnostic, Lang, Say, Severity, say};
use crate::diff::{self, Diff, Files, Look, Show, Side, Trouble};
use crate::make::{Exit, Maker, Ready, leaks, templates, unwritten};
use crate::model::Edition;
use crate::source::Sources;
use crate::source::tree::{self, Node};
use crate::world::revision::Revision;
use crate::world::{Memory, ReadFiles, World};

/// Where a version is.
enum Version<'w> {
    /// In a folder.
    Folder(PathBuf),
    /// In a bag, which brings its own templates.
    Bag { files: Memory, folder: PathBuf, templates: Option<PathBuf> },
    /// In a revision, by the folder's name there.
    Revision { revision: Revision<'w>, folder: PathBuf },
}

/// Compare two versions and show what differs, on standard output or in a file.
pub(super) fn diff(
    world: &dyn World,
    lang: Lang,
    args: &Args,
    [old, new]: [&str; 2],
    show: Show,
    out: Option<&Path>,
    edition: Edition,
) -> Result<Status, Say> {
    // A revision alone is one of the other side's folder.
    let (old, new) = match (folder(world, &args.data, old), folder(world, &args.data, new)) {
        (Some(old), Some(new)) => (old, new),
        (Some(folder), None) => {
            let new = revision(world, &args.data, new, Some(&folder))?;
            (folder, new)
        }
        (None, Some(folder)) => (revision(world, &args.data, old, Some(&folder))?, folder),
        (None, None) => (revision(world, &args.data, old, None)?, revision(world, &args.data, new, None)?),
    };
    let old = Read::new(world, &old, args.templates.as_deref(), lang, edition)?;
    let new = Read::new(world, &new, args.templates.as_deref(), lang, edition)?;
    let diff = Diff::new(old.side(), new.side(), edition);
    let color = out.is_none() && std::io::stdout().is_terminal() && world.variable("NO_COLOR").is_none();
    let look = Look { lang, color };
    let shown = |look: Look| match show {
        Show::Text => Ok((diff::screen(&diff, look), Exit::Text)),
        Show::Markdown => Ok((diff::markdown(&diff, look), Exit::Text)),
        Show::Html => Ok((diff::html(&diff, look), Exit::Html)),
        Show::Json => match diff.json() {
            Ok(json) => Ok((json, Exit::Json)),
            Err(error) => Err(say(format!("写不成 JSON：{error}"), format!("cannot write JSON: {error}"))),
        },
    };
    if edition == Edition::Public {
        let (plain, exit) = shown(Look { color: false, ..look })?;
        let found = old.leaks(&new, exit, plain.as_bytes()).into_iter();
        let found: Vec<Diagnostic> = found.chain(new.leaks(&old, exit, plain.as_bytes())).collect();
        if !found.is_empty() {
            let mut teller = Teller::new(world, lang, Style::Text);
            teller.tell(found.into_iter().map(Diagnostic::without_words).collect(), &Sources::default());
            return Ok(teller.end(false));
        }
    }
    let (text, _) = shown(look)?;
    match out {
        None if color => paint(text.trim_end()),
        None => print(text.trim_end()),
        Some(path) => {
            let text = format!("{}\n", text.trim_end()).into_bytes();
            world.write(&[(path.to_owned(), text)]).map_err(|wrong| unwritten(&wrong))?;
        }
    }
    Ok(if diff.has_trouble() { Status::Errors } else { Status::Clean })
}

/// The folder of a report that is named or whose path is given, or of a bag; none if there is none.
fn folder<'w>(world: &dyn World, data: &Path, argument: &str) -> Option<Version<'w>> {
    let has =
        |folder: &Path, name: &str| world.list(folder).is_ok_and(|names| names.iter().any(|own| own == name));
    for folder in [data.join(argument), PathBuf::from(argument)] {
        if has(&folder, "bagit.txt") {
            let templates = Some(folder.join("data/templates")).filter(|path| world.list(path).is_ok());
            return Some(Version::Bag {
                files: bag(world, &folder),
                folder: folder.join("data/source"),
                templates,
            });
        }
        if has(&folder, "report.yaml") {
            return Some(Version::Folder(folder));
        }
    }
    None
}

/// The files of a bag. Those that were read of other reports' folders lie in `data/beside/`; they are put beside the report's
/// own, where it looks for them. What cannot be read is left out, and reported when it is asked for.
fn bag(world: &dyn World, bag: &Path) -> Memory {
    let data = bag.join("data");
    let beside = world.list(&data.join("beside")).unwrap_or_default();
    let others = beside.iter().filter_map(|name| name.strip_suffix('/'));
    let folders = others.map(|name| (data.join("beside").join(name), data.join(name)));
    let own = (data.join("source"), data.join("source"));
    let mut files = BTreeMap::new();
    for (from, to) in std::iter::once(own).chain(folders) {
        for name in world.list(&from).unwrap_or_default() {
            files.extend(world.read(&from.join(&name)).ok().map(|bytes| (to.join(&name), bytes)));
        }
    }
    Memory { files: Mutex::new(files), ..Memory::default() }
}

/// `REV:` or `REV:path`.
fn revision<'w>(
    world: &'w dyn World,
    data: &Path,
    argument: &str,
    other: Option<&Version>,
) -> Result<Version<'w>, Say> {
    let Some((name, path)) = argument.split_once(':') else {
        let data = data.display();
        return Err(say(
            format!(
                "“{argument}”不是 {data} 里的报告，不是有 report.yaml 的文件夹，也不是归档包；git 版本写成“版本:”"
            ),
            format!(
                "\"{argument}\" is no report in {data}, no folder with a report.yaml and no bag; \
                 a git revision is written REV:"
            ),
        ));
    };
    let here = Path::new(".");
    let (within, path) = match (path, other) {
        ("", Some(Version::Folder(folder))) if folder.is_absolute() => {
            let name = folder.file_name().map_or_else(PathBuf::new, PathBuf::from);
            (folder.parent().unwrap_or(here), name)
        }
        ("", Some(Version::Folder(folder))) => (here, folder.clone()),
        ("", _) => {
            return Err(say(
                format!("“{argument}”后面要写是哪份报告，如 {name}:wuhan-kjj-2021"),
                format!("say which report of \"{argument}\" is meant, such as {name}:wuhan-kjj-2021"),
            ));
        }
        (path, _) if path.contains(['/', '\\']) => (here, PathBuf::from(path)),
        (path, _) => (here, data.join(path)),
    };
    if path.is_absolute() || path.as_os_str().is_empty() {
        return Err(say(
            format!("“{argument}”：冒号后面写报告的名字，或从当前文件夹起的路径"),
            format!("\"{argument}\": after the colon stands a report's name, or a path from this folder"),
        ));
    }
    let revision = Revision::find(world, within, name)?;
    let folder = PathBuf::from(format!("{name}:{}", path.to_string_lossy().replace('\\', "/")));
    Ok(Version::Revision { revision, folder })
}

/// A version that has been read.
struct Read {
    name: String,
    files: Files,
    made: Result<Ready, Trouble>,
}

impl Read {
    fn new(
        world: &dyn World,
        version: &Version,
        own: Option<&Path>,
        lang: Lang,
        edition: Edition,
    ) -> Result<Self, Say> {
        let (files, folder, own): (&dyn ReadFiles, _, _) = match version {
            Version::Folder(folder) => (world, folder, own),
            Version::Bag { files, folder, templates } => (files, folder, templates.as_deref().or(own)),
            Version::Revision { revision, folder } => (revision, folder, own),
        };
        let mut sources = Sources::default();
        let templates = templates(world, own, &mut sources)?;
        let mut wrong = Vec::new();
        let no_faces = || Err(say("比对不用字体", "a diff needs no faces"));
        let maker = Maker { files, edition, ..Maker::new(world, &templates, &no_faces) };
        let ready = maker.ready(folder, &mut sources, &mut wrong);
        let files = nodes(folder, &sources);
        let is_public = edition == Edition::Public;
        Ok(Self {
            name: folder.to_string_lossy().replace('\\', "/"),
            files: if is_public { diff::public(&files) } else { files },
            made: ready.ok_or_else(|| trouble(&wrong, &sources, lang, is_public)),
        })
    }

    /// What is withheld of it and can be read in what leaves; what the other version has in public is public.
    fn leaks(&self, other: &Self, exit: Exit, bytes: &[u8]) -> Vec<Diagnostic> {
        let Ok(Ready { dataset, used, .. }) = &self.made else { return Vec::new() };
        let secrets = Secrets::new(dataset, used);
        let secrets = match &other.made {
            Ok(other) => secrets.beside(&other.dataset),
            Err(_) => secrets,
        };
        leaks(&secrets, exit, Path::new("diff"), bytes)
    }

    fn side(&self) -> Side<'_> {
        let made = self.made.as_ref().map_err(Clone::clone);
        let made = made.map(|Ready { dataset, figures, used, document }| diff::Made {
            dataset,
            figures,
            used,
            document,
        });
        Side { name: self.name.clone(), files: self.files.clone(), made }
    }
}

/// What the files hold that the report was read from.
fn nodes(folder: &Path, sources: &Sources) -> Files {
    let read = |name: &str| {
        let shown = folder.join(name).to_string_lossy().replace('\\', "/");
        tree::parse(sources.text(&shown)?)
    };
    let report = read("report.yaml");
    let named = |key: &str| match report.as_ref()?.text(key) {
        Some(name) => read(name),
        None => Some(Node::Record(Vec::new())),
    };
    let others = [("cases.yaml", "ledger"), ("figures.yaml", "figures"), ("bodies.yaml", "bodies")];
    let others: Files = others.into_iter().map(|(file, key)| (file, named(key))).collect();
    // A built-in profile is no file of the report's.
    let profile = report.as_ref().and_then(|report| read(report.text("profile")?));
    let profile = profile.unwrap_or_else(|| Node::Record(Vec::new()));
    [vec![("report.yaml", report)], others, vec![("profile.yaml", Some(profile))]].concat()
}

fn trouble(wrong: &[Diagnostic], sources: &Sources, lang: Lang, is_public: bool) -> Trouble {
    let errors: Vec<&Diagnostic> = wrong.iter().filter(|told| told.severity == Severity::Error).collect();
    let first = errors.first().map_or_else(String::new, |told| {
        let (zh, en) = told.code.rule().label;
        let message = if is_public { lang.pick(zh, en) } else { told.message.get(lang) };
        let Some(place) = &told.place else { return format!("{} {message}", told.code) };
        let range = told.range(sources);
        let spot = match sources.cell(place, range.as_ref()) {
            Some(cell) => format!(" {}", cell.name),
            None => {
                let spot = range.and_then(|range| sources.line_column(&place.file, range.start));
                spot.map_or(String::new(), |(line, column)| format!(":{line}:{column}"))
            }
        };
        format!("{} {}{spot} {message}", told.code, place.file)
    });
    Trouble { errors: errors.len(), first }
}
