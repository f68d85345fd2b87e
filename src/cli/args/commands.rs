//! The commands that take other arguments than `build` and `check`, with their help.

use std::path::PathBuf;

use clap::{Arg, Command as Clap};

use super::{TEXT_OR_JSON, option, plain};
use crate::diagnostic::Lang;

pub(super) fn lint_command(lang: Lang) -> Clap {
    let file = Arg::new("file").value_name(lang.pick("文件", "FILE")).num_args(1..).required(true);
    let file = file.value_parser(clap::value_parser!(PathBuf)).help(lang.pick(
        "要检查的文本：.md 是 Markdown，其余每行是一段",
        "texts to read: .md is Markdown; of any other every line is a paragraph",
    ));
    plain(lang, "lint")
        .about(lang.pick("检查任何文稿的文字", "check the words of any text"))
        .override_usage(lang.pick("banjie lint <文件>...", "banjie lint <FILE>..."))
        .arg(file)
}

pub(super) fn archive_command(lang: Lang) -> Clap {
    let report = Arg::new("report").value_name(lang.pick("报告", "REPORT")).required(true).help(
        lang.pick("报告的名字，即数据文件夹里的文件夹名", "name of the report: a folder in the data folder"),
    );
    plain(lang, "archive")
        .about(lang.pick("存档：两个版本、数据、模板和元数据，不再改动", "keep a report for good"))
        .override_usage(lang.pick("banjie archive <报告> [选项]", "banjie archive <REPORT> [OPTIONS]"))
        .arg(report)
        .args(["out", "data", "templates", "fonts"].iter().filter_map(|name| option(lang, name)))
}

pub(super) fn verify_command(lang: Lang) -> Clap {
    let bag = Arg::new("bag").value_name(lang.pick("存档", "BAG")).required(true);
    let bag =
        bag.value_parser(clap::value_parser!(PathBuf)).help(lang.pick("存档文件夹", "folder of an archive"));
    plain(lang, "verify")
        .about(lang.pick("检验存档：真实、完整、可用、安全", "see whether an archive is what it was"))
        .override_usage(lang.pick("banjie verify <存档> [选项]", "banjie verify <BAG> [OPTIONS]"))
        .arg(bag)
        .args([TEXT_OR_JSON, "fonts"].iter().filter_map(|name| option(lang, name)))
}

pub(super) fn history_command(lang: Lang) -> Clap {
    plain(lang, "history")
        .help_template(lang.pick(
            "{about}\n\n用法：{usage}\n\n选项：\n{options}\n",
            "{about}\n\nUsage: {usage}\n\nOptions:\n{options}\n",
        ))
        .about(lang.pick("列出已有的存档", "list archives"))
        .override_usage(lang.pick("banjie history [选项]", "banjie history [OPTIONS]"))
        .args(["out", TEXT_OR_JSON].iter().filter_map(|name| option(lang, name)))
}

pub(super) fn explain_command(lang: Lang) -> Clap {
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

pub(super) fn diff_command(lang: Lang) -> Clap {
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
    let options = ["show", "json", "file", "data", "templates"];
    plain(lang, "diff")
        .about(lang.pick("比对两份报告：数据、数字、文字（花脸稿）", "compare two versions: data, figures, text (a redline)"))
        .override_usage(lang.pick("banjie diff <旧> <新> [选项]", "banjie diff <OLD> <NEW> [OPTIONS]"))
        .after_help(lang.pick(
            "退出码：0 比对了，有没有不同都一样；1 有一份报告有错误，只比对了数据；2 程序无法运行",
            "Exit status: 0 compared, whether or not they differ; 1 one has errors, so only data was compared; 2 could not run",
        ))
        .args([old, new])
        .args(options.iter().filter_map(|name| option(lang, name)))
}

pub(super) fn new_command(lang: Lang) -> Clap {
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
        .args(["genre", "year", "from", "data", "templates"].iter().filter_map(|name| option(lang, name)))
}

pub(super) fn genres_command(lang: Lang) -> Clap {
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
