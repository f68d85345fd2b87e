//! The command line: one file a command. How a report is made stands in `make`.

mod archive;
mod args;
mod arguments;
mod build;
mod check;
mod commands;
mod diff;
mod explain;
mod figures;
mod genres;
mod history;
mod ledger;
mod lint;
mod mistakes;
mod new;
mod options;
mod program;
mod progress;
mod put;
mod schema;
mod shell;
mod tell;
mod verify;
mod watch;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::compose::Templates;
use crate::diagnostic::{Code, Diagnostic, Lang, Say, say};
use crate::make::{Made, MadeFile, Maker, face_files, templates};
use crate::source::{Place, Sources};
use crate::typeset::Faces;
use crate::typeset::faces::Reason;
use crate::world::World;
use crate::write::{Edition, Format};

use args::Args;
use progress::Progress;
use tell::{Style, Teller};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Every report or text is clean.
    Clean = 0,
    /// A report has errors, or a text has slips.
    Errors = 1,
    /// The program could not run.
    Failed = 2,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(status as u8)
    }
}

/// Run the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>, world: &dyn World) -> Status {
    let lang = world.language();
    let status = run_in(arguments, world, lang);
    if UNPRINTED.load(Ordering::Relaxed) {
        complain(lang.pick(
            "错误：输出没有写完，磁盘可能满了",
            "error: not all of the output could be written; the disk may be full",
        ));
        return Status::Failed;
    }
    status
}

fn run_in(arguments: impl IntoIterator<Item = OsString>, world: &dyn World, lang: Lang) -> Status {
    let parsed = match program::parse(arguments, lang) {
        Ok(parsed) => parsed,
        Err(stop) => {
            if stop.is_error {
                complain(stop.text.trim_end());
                return Status::Failed;
            }
            print(stop.text.trim_end());
            return Status::Clean;
        }
    };
    let mut sources = Sources::default();
    let status = match &parsed.command {
        args::Command::Build { formats, out, show_grid, edition, watch } => {
            with_job(world, lang, &parsed, |mut job| {
                (job.show_grid, job.edition) = (*show_grid, *edition);
                if *watch {
                    watch::watch(job, &parsed, formats, out)
                } else {
                    build::build(job, formats, out)
                }
            })
        }
        args::Command::Check { .. } => with_job(world, lang, &parsed, check::check),
        args::Command::Explain { figure, at, json, edition } => with_job(world, lang, &parsed, |mut job| {
            job.edition = *edition;
            explain::explain(job, figure.as_deref(), at.as_deref(), *json)
        }),
        args::Command::Figures { write, json } => {
            with_job(world, lang, &parsed, |job| figures::figures(job, *write, *json))
        }
        args::Command::Diff { sides: [old, new], show, out, edition } => {
            diff::diff(world, lang, &parsed, [old, new], *show, out.as_deref(), *edition)
        }
        args::Command::Archive { out } => with_job(world, lang, &parsed, |job| archive::archive(job, out)),
        args::Command::Verify { bag, json } => {
            verify::verify(world, bag, parsed.fonts.as_deref(), *json, lang)
        }
        args::Command::History { out, json } => history::history(world, out, *json, lang),
        args::Command::Lint { files, style } => lint::lint(world, files, *style, lang),
        args::Command::Schema { named, to } => schema::schema(world, named.as_deref(), to.as_deref(), lang),
        args::Command::Completions { shell } => Ok(shell::completions(*shell, lang)),
        args::Command::Manual { command } => shell::manual(command, lang),
        args::Command::Ledger { sheet } => ledger::ledger(world, sheet, lang),
        args::Command::LedgerTemplate { to } => ledger::template(world, to),
        args::Command::Import { sheet, to } => ledger::import(world, sheet, to.as_deref(), lang),
        args::Command::New(asked) => templates(world, parsed.templates.as_deref(), &mut sources)
            .and_then(|templates| new::new(world, &templates, asked, &parsed.data, lang)),
        args::Command::Genres { named } => templates(world, parsed.templates.as_deref(), &mut sources)
            .and_then(|templates| genres::genres(&templates, named, lang, &sources)),
        args::Command::Eject { genre, to } => templates(world, parsed.templates.as_deref(), &mut sources)
            .and_then(|templates| genres::eject(world, &templates, genre, to, lang)),
    };
    status.unwrap_or_else(|failure| {
        complain(&format!("{}{}", lang.pick("错误：", "error: "), failure.get(lang)));
        Status::Failed
    })
}

/// Runs a command that needs the reports, the templates and the faces.
fn with_job(
    world: &dyn World,
    lang: Lang,
    parsed: &Args,
    work: impl FnOnce(Job) -> Result<Status, Say>,
) -> Result<Status, Say> {
    let faces = LazyLock::new(|| face_files(world, parsed.fonts.as_deref()).map(Faces::new));
    std::thread::scope(|scope| {
        // Reading the fonts takes as long as reading and composing a report, so another thread does it meanwhile.
        scope.spawn(|| _ = LazyLock::force(&faces));
        let faces = || faces.as_ref().map_err(Clone::clone);
        work(Job::start(world, lang, parsed, &faces)?)
    })
}

/// Whether something could not be printed, as on a full disk.
static UNPRINTED: AtomicBool = AtomicBool::new(false);

/// Prints a line on standard output. A closed pipe, as in `banjie genres | head`, is no failure; what else keeps it from being printed makes
/// the run fail at its end.
fn print(line: &str) {
    paint(&escaped(line));
}

/// The same for a line with escape sequences of its own, whose data has been made safe.
fn paint(line: &str) {
    let done = writeln!(std::io::stdout(), "{line}").and_then(|()| std::io::stdout().flush());
    if done.is_err_and(|error| error.kind() != std::io::ErrorKind::BrokenPipe) {
        UNPRINTED.store(true, Ordering::Relaxed);
    }
}

/// Prints a line on standard error.
fn complain(line: &str) {
    complain_painted(&escaped(line));
}

/// The same for a line with escape sequences of its own.
fn complain_painted(line: &str) {
    _ = writeln!(std::io::stderr(), "{line}");
}

/// A text in which nothing steers a terminal or turns the direction of writing: such characters are written as JSON writes them.
fn escaped(text: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| if steers(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    // A line end of Windows is one.
    Cow::Owned(text.replace("\r\n", "\n").chars().map(shown).collect())
}

/// What a command that reads reports works with: the reports, the templates, the faces.
struct Job<'s> {
    world: &'s dyn World,
    lang: Lang,
    teller: Teller,
    sources: Sources,
    templates: Templates,
    faces: &'s dyn Fn() -> Result<&'s Faces, Say>,
    /// The user gave faces, and has not seen yet which of them are used.
    faces_to_tell: bool,
    show_grid: bool,
    edition: Edition,
    /// The folders of the reports, and their names.
    reports: Vec<(PathBuf, String)>,
}

impl<'s> Job<'s> {
    fn start(
        world: &'s dyn World,
        lang: Lang,
        parsed: &Args,
        faces: &'s dyn Fn() -> Result<&'s Faces, Say>,
    ) -> Result<Self, Say> {
        let mut sources = Sources::default();
        let templates = templates(world, parsed.templates.as_deref(), &mut sources)?;
        let reports = reports(world, &parsed.data, &parsed.reports)?;
        let faces_to_tell = parsed.fonts.is_some();
        let style = match &parsed.command {
            args::Command::Check { style, .. } => *style,
            _ => Style::Text,
        };
        let is_public = matches!(
            &parsed.command,
            args::Command::Check { edition: Edition::Public, .. }
                | args::Command::Explain { edition: Edition::Public, .. }
        );
        let mut teller = Teller::new(world, lang, style).without_words(is_public);
        teller.tell(templates.idle().iter().map(|shown| idle_template(shown)).collect(), &sources);
        Ok(Self {
            world,
            lang,
            teller,
            sources,
            templates,
            faces,
            faces_to_tell,
            show_grid: false,
            edition: Edition::Public,
            reports,
        })
    }

    /// Do something with a report in its folder, showing each step.
    fn with_maker<T>(&mut self, folder: &Path, work: impl FnOnce(&Maker, &mut Sources) -> T) -> T {
        let progress = Progress::start();
        let step = |step: &Say| progress.step(folder, step, self.lang);
        let faces = || (self.faces)();
        let maker = Maker {
            step: &step,
            show_grid: self.show_grid,
            edition: self.edition,
            ..Maker::new(self.world, &self.templates, &faces)
        };
        let done = work(&maker, &mut self.sources);
        progress.stop();
        done
    }

    /// Make one report and show what is wrong with it; returns its files, and the number of its errors.
    fn make(
        &mut self,
        folder: &Path,
        formats: &[&'static Format],
        stem: &Path,
    ) -> Result<(Vec<MadeFile>, usize), Say> {
        let made = self.made(folder, formats, stem)?;
        if std::mem::take(&mut self.faces_to_tell) {
            self.teller.tell(face_warnings((self.faces)()?), &self.sources);
        }
        let errors = self.teller.tell(made.diagnostics, &self.sources);
        Ok((made.files, errors))
    }

    /// Make one report and show nothing.
    fn made(&mut self, folder: &Path, formats: &[&'static Format], stem: &Path) -> Result<Made, Say> {
        self.with_maker(folder, |maker, sources| maker.make(folder, formats, stem, sources))
    }
}

/// The reports to make: those named, or every folder that has a `report.yaml`.
fn reports(world: &dyn World, data: &Path, named: &[String]) -> Result<Vec<(PathBuf, String)>, Say> {
    let shown = data.display();
    let folders = world.list(data).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => say(
            format!("这里没有数据文件夹 {shown}：到它的上一级文件夹里运行，或用 --data 指定"),
            format!("there is no data folder {shown} here: run where it lies, or name it with --data"),
        ),
        _ => say(
            format!("读不了数据文件夹 {shown}：{error}"),
            format!("cannot read the data folder {shown}: {error}"),
        ),
    })?;
    let folders: Vec<&str> = folders
        .iter()
        .filter_map(|name| name.strip_suffix('/'))
        .filter(|name| !name.starts_with('.'))
        .collect();
    // A shell completes `wuhan` to `data/wuhan/`: the folder of the data is removed from the name.
    let bare = |name: &String| {
        Path::new(name).strip_prefix(data).map_or(name.clone(), |name| name.to_string_lossy().into_owned())
    };
    let named: Vec<String> =
        named.iter().map(|name| bare(name).trim_end_matches(['/', '\\']).to_owned()).collect();
    if let Some(name) = named.iter().find(|name| !folders.contains(&name.as_str())) {
        let (zh, en) = (folders.join("、"), folders.join(", "));
        return Err(say(
            format!("{shown} 里没有报告“{name}”；有：{zh}"),
            format!("no report \"{name}\" in {shown}; there are: {en}"),
        ));
    }
    let has_report = |name: &&str| {
        world.list(&data.join(name)).is_ok_and(|files| files.iter().any(|f| f == "report.yaml"))
    };
    let names: Vec<String> = if named.is_empty() {
        folders.into_iter().filter(has_report).map(str::to_owned).collect()
    } else {
        let mut seen = BTreeSet::new();
        named.into_iter().filter(|name| seen.insert(name.clone())).collect()
    };
    if names.is_empty() {
        return Err(say(
            format!("{shown} 里没有报告：每份报告是一个文件夹，其中有 report.yaml"),
            format!("no reports in {shown}: a report is a folder with a report.yaml"),
        ));
    }
    Ok(names.into_iter().map(|name| (data.join(&name), name)).collect())
}

fn idle_template(shown: &str) -> Diagnostic {
    let message = say("没有用到这个模板", "nothing asks for this template");
    let help = say(
        "与内置模板同名才能代替它：检查文件名",
        "it takes the place of a built-in one of the same name: check the name",
    );
    Diagnostic::warning(Code::T005, Place::file(shown), message).help(help)
}

/// Warnings about the user's font files: those that are not used, and those that need a licence to be embedded.
fn face_warnings(faces: &Faces) -> Vec<Diagnostic> {
    let unused = faces.unused().iter().map(|unused| {
        let message = match &unused.reason {
            Reason::Broken(words) => {
                say(format!("不是可用的字体（{words}）"), format!("not a usable font ({words})"))
            }
            Reason::NoRole(family) => say(
                format!("“{family}”不是公文所用的字体，没有使用"),
                format!("\"{family}\" is no face of official documents and is not used"),
            ),
        };
        Diagnostic::warning(Code::G002, Place::file(&unused.origin), message)
    });
    let licensed = faces.names().into_iter().filter(|served| served.needs_licence).map(|served| {
        let message = say(
            format!("“{}”须有厂商授权才能嵌入文件", served.family),
            format!("\"{}\" may be embedded only with its foundry's licence", served.family),
        );
        Diagnostic::warning(Code::G003, Place::file(served.origin.as_deref().unwrap_or_default()), message)
    });
    unused.chain(licensed).collect()
}
