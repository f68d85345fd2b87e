//! The command line, in both languages.

mod commands;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command as Clap};

use super::new::New;
use super::tell::Style;
use crate::diagnostic::Lang;
use crate::diff::Show;
use crate::write::{Edition, FORMATS, Format};
use commands::{
    archive_command, diff_command, explain_command, genres_command, history_command, lint_command,
    new_command, verify_command,
};

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

/// Options: name, value's name in Chinese and English, if it has a value, help in Chinese and English.
const OPTIONS: &[(&str, &str, &str, &str, &str)] = &[
    (
        "format",
        "格式",
        "FORMATS",
        "写出哪些格式，用逗号分开：markdown、html、pdf（默认全部）",
        "formats to write, comma-separated: markdown, html, pdf (all if left out)",
    ),
    ("out", "文件夹", "DIR", "写到哪个文件夹（默认 output）", "folder to write to (output if left out)"),
    ("data", "文件夹", "DIR", "报告所在的文件夹（默认 data）", "folder of the reports (data if left out)"),
    (
        "templates",
        "文件夹",
        "DIR",
        "自己的模板，逐个文件代替内置模板",
        "your own templates, each in place of the built-in one of its name",
    ),
    (
        "fonts",
        "文件夹",
        "DIR",
        "自己的字体（小标宋、仿宋、楷体、黑体），优先使用",
        "your own faces (小标宋, 仿宋, 楷体, 黑体), used first",
    ),
    (
        "as",
        "格式",
        "FORMAT",
        "怎样列出查到的问题：text（默认）、json、sarif",
        "how findings are told: text (if left out), json, sarif",
    ),
    (
        "text-or-json",
        "格式",
        "FORMAT",
        "怎样列出结果：text（默认）、json",
        "how results are told: text (if left out), json",
    ),
    ("to", "文件夹", "DIR", "写到哪个文件夹（默认 templates）", "folder to write to (templates if left out)"),
    (
        "show-grid",
        "",
        "",
        "在 PDF 上画出 28 字 × 22 行的网格，另存为 .grid.pdf",
        "draw the grid of 28 × 22 over the PDF, written as .grid.pdf",
    ),
    (
        "edition",
        "版本",
        "EDITION",
        "public 对外（默认），或 internal 内部：不予公开的、内部的也印，另存为 .internal.*",
        "public (if left out), or internal: with what is withheld, written as .internal.*",
    ),
    (
        "watch",
        "",
        "",
        "数据或模板一保存就重新生成，按 Ctrl-C 结束",
        "build again whenever data or templates are saved, until Ctrl-C",
    ),
    ("at", "数字", "NUMBER", "只说明印成这个数的数据", "only figures that print as this number"),
    ("json", "", "", "写成 JSON", "write JSON"),
    (
        "show",
        "格式",
        "FORMAT",
        "怎样写：text（默认）、markdown、html、json",
        "how it is written: text (if left out), markdown, html, json",
    ),
    (
        "file",
        "文件",
        "FILE",
        "写到文件（默认显示在屏幕上）",
        "file to write to (standard output if left out)",
    ),
    (
        "genre",
        "文种",
        "GENRE",
        "新报告的文种，见 banjie genres",
        "the new report's genre; see `banjie genres`",
    ),
    ("year", "年份", "YEAR", "新报告的年份", "the new report's year"),
    (
        "from",
        "上年报告",
        "REPORT",
        "由哪一份上年的报告沿用而来（文种和年份可以不写）",
        "last year's report, to roll over (genre and year may be left out)",
    ),
];

const EXAMPLES: (&str, &str) = (
    "例子：\n  banjie build                               生成 data 里的全部报告\n  banjie build wuhan-kjj-2021 --format pdf   只生成一份报告的 PDF\n  banjie new 2022 --from wuhan-kjj-2021      由上年的报告新建今年的\n  banjie check                               只检查，不写文件\n  banjie explain wuhan-kjj-2021 cases.lead   说明一个数字怎样得来，列出所数的各件\n  banjie diff HEAD~1: wuhan-kjj-2021        与上一个 git 版本比对，列出改动（花脸稿）\n  banjie lint 总结.md                        检查一份文稿的文字\n  banjie genres                              列出文种和各自需要的数据\n\n退出码：0 没有错误；1 报告有错误，或文稿有差错；2 程序无法运行",
    "Examples:\n  banjie build                               make every report in data\n  banjie build wuhan-kjj-2021 --format pdf   make one report's PDF\n  banjie new 2022 --from wuhan-kjj-2021      begin this year's report from last year's\n  banjie check                               check only, write nothing\n  banjie explain wuhan-kjj-2021 cases.lead   say how a figure comes about, and list its cases\n  banjie diff HEAD~1: wuhan-kjj-2021        redline against the last git revision\n  banjie lint report.md                      check the words of a text\n  banjie genres                              list genres and what each needs\n\nExit status: 0 clean; 1 a report has errors, or a text has slips; 2 the program could not run",
);

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
        "lint" => Command::Lint { files: matches.get_many("file").into_iter().flatten().cloned().collect() },
        "explain" => explain(matches),
        "diff" => diff(matches),
        "archive" => Command::Archive { out: out(matches) },
        "verify" => Command::Verify {
            bag: folder("bag").unwrap_or_default(),
            json: words(matches, TEXT_OR_JSON).concat() == "json",
        },
        "history" => {
            Command::History { out: out(matches), json: words(matches, TEXT_OR_JSON).concat() == "json" }
        }
        _ => check(matches),
    };
    Ok(Args {
        command,
        reports: words(matches, "report"),
        data: folder("data").unwrap_or_else(|| "data".into()),
        templates: folder("templates"),
        fonts: folder("fonts"),
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
    let to = eject.get_one::<PathBuf>("to").cloned().unwrap_or_else(|| "templates".into());
    Command::Eject { genre: words(eject, "genre").concat(), to }
}

fn new(matches: &ArgMatches) -> Command {
    let one = |name| matches.get_one::<String>(name).cloned();
    let year = matches.get_one::<u16>("year").copied();
    let report = one("report").unwrap_or_default();
    Command::New(New { report, genre: one("genre"), year, from: one("from") })
}

fn check(matches: &ArgMatches) -> Command {
    let asked = words(matches, "as").concat();
    let style = Style::ALL.iter().find(|(name, _)| *name == asked).map_or(Style::Text, |(_, style)| *style);
    Command::Check { style }
}

fn explain(matches: &ArgMatches) -> Command {
    let one = |name| matches.get_one::<String>(name).cloned();
    Command::Explain { figure: one("figure"), at: one("at"), json: matches.get_flag("json") }
}

fn diff(matches: &ArgMatches) -> Command {
    let one = |name| words(matches, name).concat();
    let asked = if matches.get_flag("json") { "json".to_owned() } else { one("show") };
    let show = Show::ALL.iter().find(|(name, _)| *name == asked).map_or(Show::Text, |(_, show)| *show);
    Command::Diff { sides: [one("old"), one("new")], show, out: matches.get_one::<PathBuf>("file").cloned() }
}

fn build(matches: &ArgMatches) -> Command {
    let asked: Vec<&String> = matches.get_many("format").into_iter().flatten().collect();
    let wanted = |format: &&Format| asked.is_empty() || asked.iter().any(|name| *name == format.name);
    let out = out(matches);
    let show_grid = matches.get_flag("show-grid");
    let internal = matches.get_one::<String>("edition").is_some_and(|name| name == INTERNAL);
    let edition = if internal { Edition::Internal } else { Edition::Public };
    let watch = matches.get_flag("watch");
    Command::Build { formats: FORMATS.iter().filter(wanted).collect(), out, show_grid, edition, watch }
}

fn out(matches: &ArgMatches) -> PathBuf {
    matches.get_one::<PathBuf>("out").cloned().unwrap_or_else(|| "output".into())
}

/// The option of those commands that know no other formats.
const TEXT_OR_JSON: &str = "text-or-json";

/// The editions on the command line.
const PUBLIC: &str = "public";
const INTERNAL: &str = "internal";

fn program(lang: Lang) -> Clap {
    let template = lang.pick(
        "{about}\n\n用法：{usage}\n\n命令：\n{subcommands}\n\n选项：\n{options}{after-help}\n",
        "{about}\n\nUsage: {usage}\n\nCommands:\n{subcommands}\n\nOptions:\n{options}{after-help}\n",
    );
    Clap::new("banjie")
        .version(env!("CARGO_PKG_VERSION"))
        .about(lang.pick(
            "办结：由数据生成建议提案办理的总结、通报、方案和报告（Markdown、HTML、PDF）",
            "banjie writes an office's reports from its data, as Markdown, HTML and PDF",
        ))
        .override_usage(lang.pick("banjie <命令> [选项]", "banjie <COMMAND> [OPTIONS]"))
        .help_template(template)
        .after_help(lang.pick(EXAMPLES.0, EXAMPLES.1))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help(lang))
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(lang.pick("显示版本", "show the version")),
        )
        .subcommand(command(
            lang,
            "build",
            "生成报告",
            "make reports",
            &["format", "out", "data", "templates", "fonts", "show-grid", "edition", "watch"],
        ))
        .subcommand(explain_command(lang))
        .subcommand(diff_command(lang))
        .subcommand(new_command(lang))
        .subcommand(genres_command(lang))
        .subcommand(command(
            lang,
            "check",
            "检查报告，不写文件",
            "check reports, write nothing",
            &["as", "data", "templates", "fonts"],
        ))
        .subcommand(lint_command(lang))
        .subcommand(archive_command(lang))
        .subcommand(verify_command(lang))
        .subcommand(history_command(lang))
}

fn help(lang: Lang) -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help(lang.pick("显示帮助", "show help"))
}

/// A command without arguments.
fn plain(lang: Lang, name: &'static str) -> Clap {
    let template = lang.pick(
        "{about}\n\n用法：{usage}\n\n参数：\n{positionals}\n\n选项：\n{options}{after-help}\n",
        "{about}\n\nUsage: {usage}\n\nArguments:\n{positionals}\n\nOptions:\n{options}{after-help}\n",
    );
    Clap::new(name)
        .help_template(template)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(help(lang))
}

fn command(lang: Lang, name: &'static str, zh: &'static str, en: &'static str, options: &[&str]) -> Clap {
    let usage = match lang {
        Lang::Zh => format!("banjie {name} [报告]... [选项]"),
        Lang::En => format!("banjie {name} [REPORT]... [OPTIONS]"),
    };
    let report = Arg::new("report").value_name(lang.pick("报告", "REPORT")).num_args(0..).help(lang.pick(
        "报告的名字，即数据文件夹里的文件夹名（默认全部）",
        "names of reports: folders in the data folder (all if left out)",
    ));
    let command = plain(lang, name).about(lang.pick(zh, en)).override_usage(usage).arg(report);
    command.args(options.iter().filter_map(|name| option(lang, name)))
}

/// An option by its name in the table.
fn option(lang: Lang, name: &str) -> Option<Arg> {
    let row = OPTIONS.iter().find(|row| row.0 == name)?;
    // Where they are used, these are called alike: what is made, how findings are told, how a diff is shown; and where to.
    let long = match row.0 {
        "as" | "show" | TEXT_OR_JSON => "format",
        "file" => "out",
        name => name,
    };
    let arg = Arg::new(row.0).long(long).help(lang.pick(row.3, row.4));
    let valued = |arg: Arg| arg.value_name(lang.pick(row.1, row.2));
    Some(match row.0 {
        "show-grid" | "json" | "watch" => arg.action(ArgAction::SetTrue),
        "as" => {
            let names = PossibleValuesParser::new(Style::ALL.iter().map(|(name, _)| *name));
            valued(arg).value_parser(names).hide_possible_values(true)
        }
        "show" => {
            let names = PossibleValuesParser::new(Show::ALL.iter().map(|(name, _)| *name));
            valued(arg).value_parser(names).hide_possible_values(true).conflicts_with("json")
        }
        TEXT_OR_JSON => {
            valued(arg).value_parser(PossibleValuesParser::new(["text", "json"])).hide_possible_values(true)
        }
        "edition" => {
            valued(arg).value_parser(PossibleValuesParser::new([PUBLIC, INTERNAL])).hide_possible_values(true)
        }
        "at" => valued(arg).conflicts_with("figure"),
        "genre" => valued(arg).required_unless_present("from"),
        "year" => {
            let years = clap::value_parser!(u16).range(1949..=2200);
            valued(arg).value_parser(years).required_unless_present("from")
        }
        "from" => valued(arg),
        "format" => {
            let names = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name));
            valued(arg).value_delimiter(',').value_parser(names).hide_possible_values(true)
        }
        _ => valued(arg).value_parser(clap::value_parser!(PathBuf)),
    })
}

/// clap speaks English only.
fn chinese(error: &clap::Error) -> String {
    let said = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join("、"),
        _ => String::new(),
    };
    let argument = said(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有命令“{}”", said(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "要写一个命令：build、check、new、explain、diff、lint、archive、verify、history 或 genres"
                .to_owned()
        }
        ErrorKind::UnknownArgument => format!("没有选项“{argument}”"),
        ErrorKind::InvalidValue if said(ContextKind::InvalidValue).is_empty() => {
            format!("选项 {argument} 后面要写一个值")
        }
        ErrorKind::InvalidValue => {
            let allowed = said(ContextKind::ValidValue);
            format!("选项 {argument} 不能写“{}”，可以写：{allowed}", said(ContextKind::InvalidValue))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => match said(ContextKind::PriorArg) {
            other if other.is_empty() || other == argument => format!("选项 {argument} 只能写一次"),
            other => format!("{argument} 和 {other} 不能同时写"),
        },
        _ => error.to_string(),
    };
    format!("错误：{what}\n用 banjie --help 看用法\n")
}
