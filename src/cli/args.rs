//! The command line, in both languages.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command as Clap};

use super::tell::Style;
use crate::diagnostic::Lang;
use crate::load::schema::FILES;
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
        "public 对外（默认），或 internal 内部：网页的数字来源里列出所数的各件",
        "public (if left out), or internal: the page lists the cases behind each count",
    ),
    ("at", "数字", "NUMBER", "只说明印成这个数的数据", "only figures that print as this number"),
    ("json", "", "", "写成 JSON", "write JSON"),
];

const EXAMPLES: (&str, &str) = (
    "例子：\n  banjie build                               生成 data 里的全部报告\n  banjie build wuhan-kjj-2021 --format pdf   只生成一份报告的 PDF\n  banjie check                               只检查，不写文件\n  banjie explain wuhan-kjj-2021 cases.lead   说明一个数字怎样得来，列出所数的各件\n  banjie lint 总结.md                        检查一份文稿的文字\n  banjie genres                              列出文种和各自需要的数据\n\n退出码：0 没有错误；1 报告有错误，或文稿有差错；2 程序无法运行",
    "Examples:\n  banjie build                               make every report in data\n  banjie build wuhan-kjj-2021 --format pdf   make one report's PDF\n  banjie check                               check only, write nothing\n  banjie explain wuhan-kjj-2021 cases.lead   say how a figure comes about, and list its cases\n  banjie lint report.md                      check the words of a text\n  banjie genres                              list genres and what each needs\n\nExit status: 0 clean; 1 a report has errors, or a text has slips; 2 the program could not run",
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
        "schema" => Command::Schema { named: words(matches, "schema").pop(), to: folder("to") },
        "lint" => Command::Lint {
            files: matches.get_many("file").into_iter().flatten().cloned().collect(),
            style: style(matches),
        },
        "explain" => explain(matches),
        _ => Command::Check { style: style(matches) },
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

fn style(matches: &ArgMatches) -> Style {
    let asked = words(matches, "as").concat();
    Style::ALL.iter().find(|(name, _)| *name == asked).map_or(Style::Text, |(_, style)| *style)
}

fn explain(matches: &ArgMatches) -> Command {
    let one = |name| matches.get_one::<String>(name).cloned();
    Command::Explain { figure: one("figure"), at: one("at"), json: matches.get_flag("json") }
}

fn build(matches: &ArgMatches) -> Command {
    let asked: Vec<&String> = matches.get_many("format").into_iter().flatten().collect();
    let wanted = |format: &&Format| asked.is_empty() || asked.iter().any(|name| *name == format.name);
    let out = matches.get_one::<PathBuf>("out").cloned().unwrap_or_else(|| "output".into());
    let show_grid = matches.get_flag("show-grid");
    let internal = matches.get_one::<String>("edition").is_some_and(|name| name == INTERNAL);
    let edition = if internal { Edition::Internal } else { Edition::Public };
    Command::Build { formats: FORMATS.iter().filter(wanted).collect(), out, show_grid, edition }
}

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
            &["format", "out", "data", "templates", "fonts", "show-grid", "edition"],
        ))
        .subcommand(explain_command(lang))
        .subcommand(genres_command(lang))
        .subcommand(command(
            lang,
            "check",
            "检查报告，不写文件",
            "check reports, write nothing",
            &["as", "data", "templates", "fonts"],
        ))
        .subcommand(lint_command(lang))
        .subcommand(schema_command(lang))
}

fn help(lang: Lang) -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help(lang.pick("显示帮助", "show help"))
}

/// A command without arguments.
fn plain(lang: Lang, name: &'static str) -> Clap {
    let template = lang.pick(
        "{about}\n\n用法：{usage}\n\n参数：\n{positionals}\n\n选项：\n{options}\n",
        "{about}\n\nUsage: {usage}\n\nArguments:\n{positionals}\n\nOptions:\n{options}\n",
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
    // Both are called `--format` where they are used: what is made, and how findings are told.
    let long = if row.0 == "as" { "format" } else { row.0 };
    let arg = Arg::new(row.0).long(long).help(lang.pick(row.3, row.4));
    let valued = |arg: Arg| arg.value_name(lang.pick(row.1, row.2));
    Some(match row.0 {
        "show-grid" | "json" => arg.action(ArgAction::SetTrue),
        "as" => {
            let names = PossibleValuesParser::new(Style::ALL.iter().map(|(name, _)| *name));
            valued(arg).value_parser(names).hide_possible_values(true)
        }
        "edition" => {
            valued(arg).value_parser(PossibleValuesParser::new([PUBLIC, INTERNAL])).hide_possible_values(true)
        }
        "at" => valued(arg).conflicts_with("figure"),
        "format" => {
            let names = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name));
            valued(arg).value_delimiter(',').value_parser(names).hide_possible_values(true)
        }
        _ => valued(arg).value_parser(clap::value_parser!(PathBuf)),
    })
}

fn lint_command(lang: Lang) -> Clap {
    let file = Arg::new("file").value_name(lang.pick("文件", "FILE")).num_args(1..).required(true);
    let file = file.value_parser(clap::value_parser!(PathBuf)).help(lang.pick(
        "要检查的文本：.md 是 Markdown，其余每行是一段",
        "texts to read: .md is Markdown; of any other every line is a paragraph",
    ));
    plain(lang, "lint")
        .about(lang.pick("检查任何文稿的文字", "check the words of any text"))
        .override_usage(lang.pick("banjie lint <文件>... [选项]", "banjie lint <FILE>... [OPTIONS]"))
        .arg(file)
        .args(option(lang, "as"))
}

fn schema_command(lang: Lang) -> Clap {
    let about =
        lang.pick("给编辑器用的数据格式（JSON Schema）", "JSON Schemas of the data files, for editors");
    let usage = lang.pick(
        "banjie schema [数据文件]\n      banjie schema --to <文件夹>",
        "banjie schema [FILE KIND]\n       banjie schema --to <DIR>",
    );
    let kind = Arg::new("schema").value_name(lang.pick("数据文件", "FILE KIND")).help(lang.pick(
        "打印哪一种数据文件的格式，如 report（默认列出有哪些）",
        "the kind of file whose schema is printed, such as report (all are listed if left out)",
    ));
    let names = PossibleValuesParser::new(FILES.iter().map(|kind| kind.name));
    let to = Arg::new("to").long("to").value_name(lang.pick("文件夹", "DIR"));
    let to = to.value_parser(clap::value_parser!(PathBuf)).conflicts_with("schema");
    plain(lang, "schema")
        .about(about)
        .override_usage(usage)
        .arg(kind.value_parser(names).hide_possible_values(true))
        .arg(to.help(lang.pick("把全部格式写到这个文件夹", "write all schemas to this folder")))
}

fn explain_command(lang: Lang) -> Clap {
    let about = lang.pick("说明数字怎样得来、用在哪里", "say where figures come from and where they stand");
    let usage = lang.pick(
        "banjie explain <报告> [数据] [选项]\n      banjie explain <报告> --at <数字> [选项]",
        "banjie explain <REPORT> [FIGURE] [OPTIONS]\n       banjie explain <REPORT> --at <NUMBER> [OPTIONS]",
    );
    let report = Arg::new("report").value_name(lang.pick("报告", "REPORT")).required(true);
    let figure = Arg::new("figure").value_name(lang.pick("数据", "FIGURE")).help(lang.pick(
        "数据的名字，如 cases.lead、\"cases?level=省&role=主办\"（默认文中的全部）",
        "a figure's name, such as cases.lead or \"cases?level=provincial&role=lead\" (all in the text if left out)",
    ));
    let options = ["at", "json", "data", "templates"];
    plain(lang, "explain")
        .about(about)
        .override_usage(usage)
        .arg(report.help(
            lang.pick(
                "报告的名字，即数据文件夹里的文件夹名",
                "name of the report: a folder in the data folder",
            ),
        ))
        .arg(figure)
        .args(options.iter().filter_map(|name| option(lang, name)))
}

fn genres_command(lang: Lang) -> Clap {
    let about = lang.pick("列出文种和各自需要的数据", "list genres and what each needs");
    let usage = lang.pick(
        "banjie genres [文种]... [选项]\n      banjie genres eject <文种> [--to 文件夹]",
        "banjie genres [GENRE]... [OPTIONS]\n       banjie genres eject <GENRE> [--to DIR]",
    );
    let genre = |required: bool| {
        let help = lang.pick("文种的名字", "names of genres");
        let arg = Arg::new("genre").value_name(lang.pick("文种", "GENRE")).help(help).required(required);
        if required { arg } else { arg.num_args(0..) }
    };
    let eject = plain(lang, "eject")
        .about(lang.pick("写出一个文种的模板，供修改", "write a genre's templates out for editing"))
        .override_usage(
            lang.pick("banjie genres eject <文种> [选项]", "banjie genres eject <GENRE> [OPTIONS]"),
        )
        .arg(genre(true))
        .args(["to", "templates"].iter().filter_map(|name| option(lang, name)));
    plain(lang, "genres")
        .about(about)
        .override_usage(usage)
        .arg(genre(false))
        .args(option(lang, "templates"))
        .args_conflicts_with_subcommands(true)
        .subcommand(eject)
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
            "要写一个命令：build、check、explain、lint、schema 或 genres".to_owned()
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
