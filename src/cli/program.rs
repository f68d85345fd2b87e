//! The program as clap knows it, made from the tables of commands and options, and the reading of a command line.

use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgMatches, Command as Clap};

use super::args::Args;
use super::arguments::Argument;
use super::commands::{COMMANDS, Row};
use super::mistakes::chinese;
use super::options::{self as o, Flag};
use crate::diagnostic::Lang;
use crate::write::FORMATS;

/// The end of the help: examples and exit statuses.
const EXAMPLES: (&str, &str) = (
    concat!(
        "例子：\n",
        "  banjie build                               生成 data 里的全部报告\n",
        "  banjie build wuhan-kjj-2021 --format pdf   只生成一份报告的 PDF\n",
        "  banjie new 2022 --from wuhan-kjj-2021      由上年的报告新建今年的\n",
        "  banjie check                               只检查，不写文件\n",
        "  banjie explain wuhan-kjj-2021 cases.lead   说明一个数字怎样得来，列出所数的各件\n",
        "  banjie diff HEAD~1: wuhan-kjj-2021        与上一个 git 版本比对，列出改动（花脸稿）\n",
        "  banjie lint 总结.md                        检查一份文稿的文字\n",
        "  banjie genres                              列出文种和各自需要的数据\n",
        "\n",
        "退出码：0 没有错误；1 报告有错误，或文稿有差错；2 程序无法运行",
    ),
    concat!(
        "Examples:\n",
        "  banjie build                               make every report in data\n",
        "  banjie build wuhan-kjj-2021 --format pdf   make one report's PDF\n",
        "  banjie new 2022 --from wuhan-kjj-2021      begin this year's report from last year's\n",
        "  banjie check                               check only, write nothing\n",
        "  banjie explain wuhan-kjj-2021 cases.lead   say how a figure comes about, and list its cases\n",
        "  banjie diff HEAD~1: wuhan-kjj-2021        redline against the last git revision\n",
        "  banjie lint report.md                      check the words of a text\n",
        "  banjie genres                              list genres and what each needs\n",
        "\n",
        "Exit status: 0 clean; 1 a report has errors, or a text has slips; 2 the program could not run",
    ),
);

pub(super) fn program(lang: Lang) -> Clap {
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
        .subcommands(COMMANDS.iter().map(|row| command(lang, row)))
}

fn help(lang: Lang) -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help(lang.pick("显示帮助", "show help"))
}

/// A command as clap knows it.
fn command(lang: Lang, row: &Row) -> Clap {
    let arguments = match row.arguments {
        [] => "",
        _ => lang.pick("参数：\n{positionals}\n\n", "Arguments:\n{positionals}\n\n"),
    };
    let template = match lang {
        Lang::Zh => format!("{{about}}\n\n用法：{{usage}}\n\n{arguments}选项：\n{{options}}{{after-help}}\n"),
        Lang::En => {
            format!("{{about}}\n\nUsage: {{usage}}\n\n{arguments}Options:\n{{options}}{{after-help}}\n")
        }
    };
    let command = Clap::new(row.name)
        .help_template(template)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .about(lang.pick(row.about.0, row.about.1))
        .override_usage(lang.pick(row.usage.0, row.usage.1))
        .args_conflicts_with_subcommands(!row.commands.is_empty())
        .subcommand_negates_reqs(!row.commands.is_empty())
        .arg(help(lang))
        .args(row.arguments.iter().map(|argument| positional(lang, argument)))
        .args(row.flags.iter().map(|flag| option(lang, flag)))
        .subcommands(row.commands.iter().map(|row| command(lang, row)));
    match lang.pick(row.after.0, row.after.1) {
        "" => command,
        after => command.after_help(after),
    }
}

/// An argument as clap knows it.
fn positional(lang: Lang, argument: &Argument) -> Arg {
    let arg = Arg::new(argument.id)
        .value_name(lang.pick(argument.value.0, argument.value.1))
        .help(lang.pick(argument.help.0, argument.help.1));
    (argument.read)(arg)
}

/// An option as clap knows it.
fn option(lang: Lang, flag: &Flag) -> Arg {
    let arg = Arg::new(flag.id).long(flag.long).help(lang.pick(flag.help.0, flag.help.1));
    let Some((zh, en)) = flag.value else { return arg.action(ArgAction::SetTrue) };
    let arg = arg.value_name(lang.pick(zh, en));
    let arg = (flag.read)(arg);
    if flag.id == o::FORMAT.id {
        return arg.help(format!("{}{}", lang.pick(flag.help.0, flag.help.1), formats(lang)));
    }
    arg
}

/// The list of formats for the help.
fn formats(lang: Lang) -> String {
    let row = |format: &crate::write::Format| {
        let (zh, en) = format.about;
        lang.pick(format!("{}（{zh}）", format.name), format!("{} ({en})", format.name))
    };
    FORMATS.iter().map(row).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// No command: help, the version, or a mistake.
pub(super) struct Stop {
    pub text: String,
    pub is_error: bool,
}

/// Reads the command line.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>, lang: Lang) -> Result<Args, Stop> {
    let matches = program(lang).try_get_matches_from(arguments).map_err(|error| {
        let is_error = error.use_stderr();
        let text = match lang {
            Lang::Zh if is_error => chinese(&error),
            _ => error.to_string(),
        };
        Stop { text, is_error }
    })?;
    // clap asks for a command, and knows only those of the table.
    let Some((row, matches)) = find(COMMANDS, &matches) else {
        return Err(Stop { text: program(lang).render_help().to_string(), is_error: true });
    };
    Ok(Args::new((row.read)(matches), matches))
}

/// The command that is named, down to the last word of `genres eject`, with its own options.
fn find<'m>(rows: &'static [Row], matches: &'m ArgMatches) -> Option<(&'static Row, &'m ArgMatches)> {
    let (name, own) = matches.subcommand()?;
    let row = rows.iter().find(|row| row.name == name)?;
    Some(find(row.commands, own).unwrap_or((row, own)))
}
