//! The program as clap knows it: commands, options and their help, in both languages.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command as Clap};
use clap_complete::Shell;

use std::path::PathBuf;

use super::options::{self as o, Flag};
use crate::diagnostic::Lang;
use crate::load::schema::FILES;
use crate::write::FORMATS;

const EXAMPLES: (&str, &str) = (
    "例子：\n  banjie build                               生成 data 里的全部报告\n  banjie build wuhan-kjj-2021 --format pdf   只生成一份报告的 PDF\n  banjie new 2022 --from wuhan-kjj-2021      由上年的报告新建今年的\n  banjie check                               只检查，不写文件\n  banjie explain wuhan-kjj-2021 cases.lead   说明一个数字怎样得来，列出所数的各件\n  banjie diff HEAD~1: wuhan-kjj-2021        与上一个 git 版本比对，列出改动（花脸稿）\n  banjie lint 总结.md                        检查一份文稿的文字\n  banjie genres                              列出文种和各自需要的数据\n\n退出码：0 没有错误；1 报告有错误，或文稿有差错；2 程序无法运行",
    "Examples:\n  banjie build                               make every report in data\n  banjie build wuhan-kjj-2021 --format pdf   make one report's PDF\n  banjie new 2022 --from wuhan-kjj-2021      begin this year's report from last year's\n  banjie check                               check only, write nothing\n  banjie explain wuhan-kjj-2021 cases.lead   say how a figure comes about, and list its cases\n  banjie diff HEAD~1: wuhan-kjj-2021        redline against the last git revision\n  banjie lint report.md                      check the words of a text\n  banjie genres                              list genres and what each needs\n\nExit status: 0 clean; 1 a report has errors, or a text has slips; 2 the program could not run",
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
        .subcommand(command(
            lang,
            "build",
            "生成报告",
            "make reports",
            &[o::FORMAT, o::OUT, o::DATA, o::TEMPLATES, o::FONTS, o::SHOW_GRID, o::EDITION, o::WATCH],
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
            &[o::AS, o::JSON, o::DATA, o::TEMPLATES, o::FONTS],
        ))
        .subcommand(lint_command(lang))
        .subcommand(schema_command(lang))
        .subcommand(archive_command(lang))
        .subcommand(verify_command(lang))
        .subcommand(history_command(lang))
        .subcommand(completions_command(lang))
        .subcommand(manual_command(lang))
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

fn command(lang: Lang, name: &'static str, zh: &'static str, en: &'static str, options: &[Flag]) -> Clap {
    let usage = match lang {
        Lang::Zh => format!("banjie {name} [报告]... [选项]"),
        Lang::En => format!("banjie {name} [REPORT]... [OPTIONS]"),
    };
    let report = Arg::new("report").value_name(lang.pick("报告", "REPORT")).num_args(0..).help(lang.pick(
        "报告的名字，即数据文件夹里的文件夹名（默认全部）",
        "names of reports: folders in the data folder (all if left out)",
    ));
    let command = plain(lang, name).about(lang.pick(zh, en)).override_usage(usage).arg(report);
    command.args(options.iter().map(|flag| option(lang, flag)))
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
        .args([o::AS, o::JSON].iter().map(|flag| option(lang, flag)))
}

fn archive_command(lang: Lang) -> Clap {
    let report = Arg::new("report").value_name(lang.pick("报告", "REPORT")).required(true).help(
        lang.pick("报告的名字，即数据文件夹里的文件夹名", "name of the report: a folder in the data folder"),
    );
    plain(lang, "archive")
        .about(lang.pick("存档：两个版本、数据、模板和元数据，不再改动", "keep a report for good"))
        .override_usage(lang.pick("banjie archive <报告> [选项]", "banjie archive <REPORT> [OPTIONS]"))
        .arg(report)
        .args([o::OUT, o::DATA, o::TEMPLATES, o::FONTS].iter().map(|flag| option(lang, flag)))
}

fn verify_command(lang: Lang) -> Clap {
    let bag = Arg::new("bag").value_name(lang.pick("存档", "BAG")).required(true);
    let bag =
        bag.value_parser(clap::value_parser!(PathBuf)).help(lang.pick("存档文件夹", "folder of an archive"));
    plain(lang, "verify")
        .about(lang.pick("检验存档：真实、完整、可用、安全", "verify an archive"))
        .override_usage(lang.pick("banjie verify <存档> [选项]", "banjie verify <BAG> [OPTIONS]"))
        .arg(bag)
        .args([o::TEXT_OR_JSON, o::JSON, o::FONTS].iter().map(|flag| option(lang, flag)))
}

fn history_command(lang: Lang) -> Clap {
    plain(lang, "history")
        .help_template(lang.pick(
            "{about}\n\n用法：{usage}\n\n选项：\n{options}\n",
            "{about}\n\nUsage: {usage}\n\nOptions:\n{options}\n",
        ))
        .about(lang.pick("列出已有的存档", "list archives"))
        .override_usage(lang.pick("banjie history [选项]", "banjie history [OPTIONS]"))
        .args([o::OUT, o::TEXT_OR_JSON, o::JSON].iter().map(|flag| option(lang, flag)))
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
    plain(lang, "schema")
        .about(about)
        .override_usage(usage)
        .arg(kind.value_parser(names).hide_possible_values(true))
        .arg(option(lang, &o::SCHEMAS_TO))
}

fn completions_command(lang: Lang) -> Clap {
    let shell = Arg::new("shell").value_name(lang.pick("外壳", "SHELL")).required(true);
    let shell = shell.value_parser(clap::value_parser!(Shell)).hide_possible_values(true);
    plain(lang, "completions")
        .about(lang.pick("打印命令补全脚本", "print a script that completes commands in a shell"))
        .override_usage(lang.pick("banjie completions <外壳>", "banjie completions <SHELL>"))
        .arg(shell.help("bash, zsh, fish, powershell, elvish"))
}

fn manual_command(lang: Lang) -> Clap {
    let command = Arg::new("command").value_name(lang.pick("命令", "COMMAND")).num_args(0..);
    let command = command.help(lang.pick(
        "哪一个命令的，如 genres eject（默认整个程序）",
        "of which command, such as genres eject (of the program if left out)",
    ));
    plain(lang, "man")
        .about(lang.pick("打印手册页，供 man 阅读", "print a manual page, for `man`"))
        .override_usage(lang.pick("banjie man [命令]...", "banjie man [COMMAND]..."))
        .arg(command)
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
    let options = [o::AT, o::TEXT_OR_JSON, o::JSON, o::DATA, o::TEMPLATES];
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
        .args(options.iter().map(|flag| option(lang, flag)))
}

fn diff_command(lang: Lang) -> Clap {
    let side = |name: &'static str, zh: (&'static str, &'static str), en: (&'static str, &'static str)| {
        Arg::new(name).value_name(lang.pick(zh.0, en.0)).required(true).help(lang.pick(zh.1, en.1))
    };
    let old = side(
        "old",
        ("旧", "旧的一份：报告的名字、文件夹、归档包，或 git 版本，如 HEAD~1:（同一份报告）、HEAD~1:报告"),
        (
            "OLD",
            "the old one: a report's name, a folder, a bag, or a git revision: HEAD~1: (the same report), HEAD~1:REPORT",
        ),
    );
    let new = side("new", ("新", "新的一份，写法相同"), ("NEW", "the new one, written likewise"));
    let options = [o::SHOW, o::JSON, o::FILE, o::DATA, o::TEMPLATES];
    plain(lang, "diff")
        .about(lang.pick("比对两份报告：数据、数字、文字（花脸稿）", "compare two versions: data, figures, text (a redline)"))
        .override_usage(lang.pick("banjie diff <旧> <新> [选项]", "banjie diff <OLD> <NEW> [OPTIONS]"))
        .after_help(lang.pick(
            "退出码：0 比对了，有没有不同都一样；1 有一份报告有错误，只比对了数据；2 程序无法运行",
            "Exit status: 0 compared, whether or not they differ; 1 one has errors, so only data was compared; 2 could not run",
        ))
        .args([old, new])
        .args(options.iter().map(|flag| option(lang, flag)))
}

fn new_command(lang: Lang) -> Clap {
    let usage = lang.pick(
        "banjie new <报告> --genre <文种> --year <年份> [选项]\n      banjie new <报告> --from <上年报告> [选项]",
        "banjie new <REPORT> --genre <GENRE> --year <YEAR> [OPTIONS]\n       banjie new <REPORT> --from <REPORT> [OPTIONS]",
    );
    let report = Arg::new("report").value_name(lang.pick("报告", "REPORT")).required(true).help(lang.pick(
        "新报告的名字，即数据文件夹里要新建的文件夹",
        "name of the new report: a folder to be made in the data folder",
    ));
    plain(lang, "new")
        .about(lang.pick(
            "新建一份报告：空白的，或由上年的沿用",
            "begin a report, empty or rolled over from last year's",
        ))
        .override_usage(usage)
        .arg(report)
        .args([o::GENRE, o::YEAR, o::FROM, o::DATA, o::TEMPLATES].iter().map(|flag| option(lang, flag)))
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
        .args([o::TO, o::TEMPLATES].iter().map(|flag| option(lang, flag)));
    plain(lang, "genres")
        .about(about)
        .override_usage(usage)
        .arg(genre(false))
        .arg(option(lang, &o::TEMPLATES))
        .args_conflicts_with_subcommands(true)
        .subcommand(eject)
}
