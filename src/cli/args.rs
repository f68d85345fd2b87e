//! What the user asks for, and how each command reads it from what clap has parsed.

use std::path::PathBuf;

use clap::ArgMatches;
use clap_complete::Shell;

use super::arguments::{self as a, Argument};
use super::new::New;
use super::options::{self as o, Flag};
use super::tell::Style;
use crate::diff::Show;
use crate::write::{Edition, FORMATS, Format};

/// What the user asks for.
pub(super) struct Args {
    pub command: Command,
    /// Names of reports; empty: all reports.
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
        /// Whether to build again on every save.
        watch: bool,
    },
    Check {
        style: Style,
        edition: Edition,
    },
    /// Explain figures: the one with a name, those that print as a number, or all.
    Explain {
        figure: Option<String>,
        at: Option<String>,
        json: bool,
        edition: Edition,
    },
    /// Declare the numbers of the text that have no source, or show what would be declared.
    Figures {
        write: bool,
        json: bool,
    },
    /// Compare two versions of a report: names of reports, paths, or git revisions with a colon.
    Diff {
        sides: [String; 2],
        show: Show,
        out: Option<PathBuf>,
        edition: Edition,
    },
    /// Archive a report.
    Archive {
        out: PathBuf,
    },
    /// Verify an archive.
    Verify {
        bag: PathBuf,
        json: bool,
    },
    /// List archives.
    History {
        out: PathBuf,
        json: bool,
    },
    /// Say how a spreadsheet is understood.
    Ledger {
        sheet: PathBuf,
    },
    /// Write an empty ledger for a spreadsheet program.
    LedgerTemplate {
        to: PathBuf,
    },
    /// Write the ledger of a spreadsheet as YAML, to a file or to standard output.
    Import {
        sheet: PathBuf,
        to: Option<PathBuf>,
    },
    /// Check the words of texts.
    Lint {
        files: Vec<PathBuf>,
        style: Style,
    },
    /// List the schemas of data files, print one, or write all to a folder.
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

impl Args {
    /// Adds the options that several commands have; a command without one of them gets its default.
    pub(super) fn new(command: Command, matches: &ArgMatches) -> Self {
        Self {
            command,
            reports: words(matches, a::REPORTS.id),
            data: path(matches, o::DATA.id).unwrap_or_else(|| "data".into()),
            templates: path(matches, o::TEMPLATES.id),
            fonts: path(matches, o::FONTS.id),
        }
    }
}

/// The values of an argument; empty if the command has no such argument.
fn words(matches: &ArgMatches, name: &str) -> Vec<String> {
    matches.try_get_many(name).ok().flatten().into_iter().flatten().cloned().collect()
}

/// The last value of an argument; none if the command has no such argument.
fn word(matches: &ArgMatches, name: &str) -> Option<String> {
    words(matches, name).pop()
}

/// A path; none if it is left out, or if the command has no such argument.
fn path(matches: &ArgMatches, name: &str) -> Option<PathBuf> {
    matches.try_get_one(name).ok().flatten().cloned()
}

fn out(matches: &ArgMatches) -> PathBuf {
    path(matches, o::OUT.id).unwrap_or_else(|| "output".into())
}

/// The value of `--format`, which is `json` if the short form `--json` is given.
fn format(matches: &ArgMatches, flag: &Flag) -> String {
    if matches.get_flag(o::JSON.id) { "json".to_owned() } else { words(matches, flag.id).concat() }
}

fn is_json(matches: &ArgMatches) -> bool {
    format(matches, &o::TEXT_OR_JSON) == "json"
}

fn style(matches: &ArgMatches) -> Style {
    let asked = format(matches, &o::AS);
    Style::ALL.iter().find(|(name, _)| *name == asked).map_or(Style::Text, |(_, style)| *style)
}

/// The edition that is asked for, or the one that a command has otherwise.
fn edition(matches: &ArgMatches, otherwise: Edition) -> Edition {
    match word(matches, o::EDITION.id).as_deref() {
        Some(o::INTERNAL) => Edition::Internal,
        Some(_) => Edition::Public,
        None => otherwise,
    }
}

pub(super) fn build(matches: &ArgMatches) -> Command {
    let asked = words(matches, o::FORMAT.id);
    let wanted = |format: &&Format| asked.is_empty() || asked.iter().any(|name| *name == format.name);
    Command::Build {
        formats: FORMATS.iter().filter(wanted).collect(),
        out: out(matches),
        show_grid: matches.get_flag(o::SHOW_GRID.id),
        edition: edition(matches, Edition::Public),
        watch: matches.get_flag(o::WATCH.id),
    }
}

pub(super) fn check(matches: &ArgMatches) -> Command {
    Command::Check { style: style(matches), edition: edition(matches, Edition::Internal) }
}

pub(super) fn explain(matches: &ArgMatches) -> Command {
    Command::Explain {
        figure: word(matches, a::FIGURE.id),
        at: word(matches, o::AT.id),
        json: is_json(matches),
        edition: edition(matches, Edition::Internal),
    }
}

pub(super) fn figures(matches: &ArgMatches) -> Command {
    Command::Figures { write: matches.get_flag(o::WRITE.id), json: is_json(matches) }
}

pub(super) fn diff(matches: &ArgMatches) -> Command {
    let asked = format(matches, &o::SHOW);
    let show = Show::ALL.iter().find(|(name, _)| *name == asked).map_or(Show::Text, |(_, show)| *show);
    let side = |argument: &Argument| word(matches, argument.id).unwrap_or_default();
    let out = path(matches, o::FILE.id);
    Command::Diff {
        sides: [side(&a::OLD), side(&a::NEW)],
        show,
        out,
        edition: edition(matches, Edition::Public),
    }
}

pub(super) fn archive(matches: &ArgMatches) -> Command {
    Command::Archive { out: out(matches) }
}

pub(super) fn verify(matches: &ArgMatches) -> Command {
    Command::Verify { bag: path(matches, a::BAG.id).unwrap_or_default(), json: is_json(matches) }
}

pub(super) fn history(matches: &ArgMatches) -> Command {
    Command::History { out: out(matches), json: is_json(matches) }
}

pub(super) fn ledger(matches: &ArgMatches) -> Command {
    Command::Ledger { sheet: path(matches, a::SHEET.id).unwrap_or_default() }
}

pub(super) fn ledger_template(matches: &ArgMatches) -> Command {
    Command::LedgerTemplate { to: path(matches, o::XLSX.id).unwrap_or_else(|| "台账.xlsx".into()) }
}

pub(super) fn import(matches: &ArgMatches) -> Command {
    Command::Import { sheet: path(matches, a::SHEET.id).unwrap_or_default(), to: path(matches, o::YAML.id) }
}

pub(super) fn lint(matches: &ArgMatches) -> Command {
    let files = matches.get_many(a::TEXTS.id).into_iter().flatten().cloned().collect();
    Command::Lint { files, style: style(matches) }
}

pub(super) fn schema(matches: &ArgMatches) -> Command {
    Command::Schema { named: word(matches, a::SCHEMA.id), to: path(matches, o::SCHEMAS_TO.id) }
}

pub(super) fn completions(matches: &ArgMatches) -> Command {
    Command::Completions { shell: matches.get_one(a::SHELL.id).copied().unwrap_or(Shell::Bash) }
}

pub(super) fn manual(matches: &ArgMatches) -> Command {
    Command::Manual { command: words(matches, a::COMMAND.id) }
}

pub(super) fn new(matches: &ArgMatches) -> Command {
    Command::New(New {
        report: word(matches, a::NEW_REPORT.id).unwrap_or_default(),
        genre: word(matches, o::GENRE.id),
        year: matches.get_one(o::YEAR.id).copied(),
        from: word(matches, o::FROM.id),
        ledger: path(matches, o::LEDGER.id),
    })
}

pub(super) fn genres(matches: &ArgMatches) -> Command {
    Command::Genres { named: words(matches, a::GENRES.id) }
}

pub(super) fn eject(matches: &ArgMatches) -> Command {
    let to = path(matches, o::TO.id).unwrap_or_else(|| "templates".into());
    Command::Eject { genre: word(matches, a::GENRE.id).unwrap_or_default(), to }
}
