//! The command line, in both languages.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::ArgMatches;
use clap_complete::Shell;

use super::mistakes::chinese;
use super::new::New;
use super::options::{self as o, Flag};
use super::program::program;
use super::tell::Style;
use crate::diagnostic::Lang;
use crate::diff::Show;
use crate::write::{Edition, FORMATS, Format};

/// What the user asks for.
pub(super) struct Args {
    pub command: Command,
    /// Reports by name; none: all.
    pub reports: Vec<String>,
    pub data: PathBuf,
    pub templates: Option<PathBuf>,
    pub fonts: Option<PathBuf>,
}

/// A command and what only it has.
pub(super) enum Command {
    Build {
        formats: Vec<&'static Format>,
        out: PathBuf,
        show_grid: bool,
        edition: Edition,
        /// Again on every save.
        watch: bool,
    },
    Check {
        style: Style,
    },
    /// Say where figures come from: the one that is named, those that print as a number, or all.
    Explain {
        figure: Option<String>,
        at: Option<String>,
        json: bool,
    },
    /// Compare two versions of a report: names of reports, paths, or git revisions with a colon.
    Diff {
        sides: [String; 2],
        show: Show,
        out: Option<PathBuf>,
    },
    /// Keep a report for good.
    Archive {
        out: PathBuf,
    },
    /// Look at an archive.
    Verify {
        bag: PathBuf,
        json: bool,
    },
    /// List archives.
    History {
        out: PathBuf,
        json: bool,
    },
    /// Read files of text.
    Lint {
        files: Vec<PathBuf>,
        style: Style,
    },
    /// Print schemas of data files: the list, one of them, or all to a folder.
    Schema {
        named: Option<String>,
        to: Option<PathBuf>,
    },
    /// Print a script that completes commands in a shell.
    Completions {
        shell: Shell,
    },
    /// Print the manual page of the program, or of one command.
    Manual {
        command: Vec<String>,
    },
    /// Make the folder of a new report.
    New(New),
    /// List genres: those named, or all.
    Genres {
        named: Vec<String>,
    },
    /// Write a genre's templates to a folder.
    Eject {
        genre: String,
        to: PathBuf,
    },
}

/// No command: help, the version, or a mistake.
pub(super) struct Stop {
    pub text: String,
    pub is_error: bool,
}

pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>, lang: Lang) -> Result<Args, Stop> {
    let matches = program(lang).try_get_matches_from(arguments).map_err(|error| {
        let is_error = error.use_stderr();
        let text = match lang {
            Lang::Zh if is_error => chinese(&error),
            _ => error.to_string(),
        };
        Stop { text, is_error }
    })?;
    let (name, matches) = matches.subcommand().unwrap_or(("", &matches));
    let folder = |name: &str| matches.try_get_one::<PathBuf>(name).ok().flatten().cloned();
    let command = match name {
        "build" => build(matches),
        "genres" => genres(matches),
        "new" => new(matches),
        "schema" => Command::Schema { named: words(matches, "schema").pop(), to: folder(o::SCHEMAS_TO.id) },
        "completions" => {
            Command::Completions { shell: matches.get_one("shell").copied().unwrap_or(Shell::Bash) }
        }
        "man" => Command::Manual { command: words(matches, "command") },
        "lint" => Command::Lint {
            files: matches.get_many("file").into_iter().flatten().cloned().collect(),
            style: style(matches),
        },
        "explain" => explain(matches),
        "diff" => diff(matches),
        "archive" => Command::Archive { out: out(matches) },
        "verify" => Command::Verify {
            bag: folder("bag").unwrap_or_default(),
            json: format(matches, &o::TEXT_OR_JSON) == "json",
        },
        "history" => {
            Command::History { out: out(matches), json: format(matches, &o::TEXT_OR_JSON) == "json" }
        }
        _ => Command::Check { style: style(matches) },
    };
    Ok(Args {
        command,
        reports: words(matches, "report"),
        data: folder(o::DATA.id).unwrap_or_else(|| "data".into()),
        templates: folder(o::TEMPLATES.id),
        fonts: folder(o::FONTS.id),
    })
}

/// The values of an argument that may not be one of the command's.
fn words(matches: &ArgMatches, name: &str) -> Vec<String> {
    matches.try_get_many(name).ok().flatten().into_iter().flatten().cloned().collect()
}

fn genres(matches: &ArgMatches) -> Command {
    let Some(("eject", eject)) = matches.subcommand() else {
        return Command::Genres { named: words(matches, "genre") };
    };
    let to = eject.get_one::<PathBuf>(o::TO.id).cloned().unwrap_or_else(|| "templates".into());
    Command::Eject { genre: words(eject, "genre").concat(), to }
}

fn new(matches: &ArgMatches) -> Command {
    let one = |name| matches.get_one::<String>(name).cloned();
    let year = matches.get_one::<u16>(o::YEAR.id).copied();
    let report = one("report").unwrap_or_default();
    Command::New(New { report, genre: one(o::GENRE.id), year, from: one(o::FROM.id) })
}

/// What a command's `--format` says, or `--json`.
fn format(matches: &ArgMatches, flag: &Flag) -> String {
    if matches.get_flag(o::JSON.id) { "json".to_owned() } else { words(matches, flag.id).concat() }
}

fn style(matches: &ArgMatches) -> Style {
    let asked = format(matches, &o::AS);
    Style::ALL.iter().find(|(name, _)| *name == asked).map_or(Style::Text, |(_, style)| *style)
}

fn explain(matches: &ArgMatches) -> Command {
    let one = |name| matches.get_one::<String>(name).cloned();
    Command::Explain {
        figure: one("figure"),
        at: one(o::AT.id),
        json: format(matches, &o::TEXT_OR_JSON) == "json",
    }
}

fn diff(matches: &ArgMatches) -> Command {
    let one = |name| words(matches, name).concat();
    let asked = format(matches, &o::SHOW);
    let show = Show::ALL.iter().find(|(name, _)| *name == asked).map_or(Show::Text, |(_, show)| *show);
    Command::Diff {
        sides: [one("old"), one("new")],
        show,
        out: matches.get_one::<PathBuf>(o::FILE.id).cloned(),
    }
}

fn build(matches: &ArgMatches) -> Command {
    let asked: Vec<&String> = matches.get_many(o::FORMAT.id).into_iter().flatten().collect();
    let wanted = |format: &&Format| asked.is_empty() || asked.iter().any(|name| *name == format.name);
    let out = out(matches);
    let show_grid = matches.get_flag(o::SHOW_GRID.id);
    let internal = matches.get_one::<String>(o::EDITION.id).is_some_and(|name| name == o::INTERNAL);
    let edition = if internal { Edition::Internal } else { Edition::Public };
    let watch = matches.get_flag(o::WATCH.id);
    Command::Build { formats: FORMATS.iter().filter(wanted).collect(), out, show_grid, edition, watch }
}

fn out(matches: &ArgMatches) -> PathBuf {
    matches.get_one::<PathBuf>(o::OUT.id).cloned().unwrap_or_else(|| "output".into())
}
