//! The table of all commands. Help, completions, manual pages and the reading of the command line go by it.

use clap::ArgMatches;

use super::args::{self, Command};
use super::arguments::{self as a, Argument};
use super::options::{self as o, Flag};

/// A command.
pub(super) struct Row {
    pub name: &'static str,
    /// What it does, in Chinese and in English.
    pub about: (&'static str, &'static str),
    /// How it is written, in Chinese and in English.
    pub usage: (&'static str, &'static str),
    pub arguments: &'static [Argument],
    pub flags: &'static [Flag],
    /// What stands at the end of its help, in Chinese and in English.
    pub after: (&'static str, &'static str),
    /// The commands under it.
    pub commands: &'static [Row],
    /// Reads what only this command has.
    pub read: fn(&ArgMatches) -> Command,
}

/// The commands, in the order of the help.
pub(super) const COMMANDS: &[Row] = &[
    Row {
        name: "build",
        about: ("生成报告", "make reports"),
        usage: ("banjie build [报告]... [选项]", "banjie build [REPORT]... [OPTIONS]"),
        arguments: &[a::REPORTS],
        flags: &[o::FORMAT, o::OUT, o::DATA, o::TEMPLATES, o::FONTS, o::SHOW_GRID, o::EDITION, o::WATCH],
        after: ("", ""),
        commands: &[],
        read: args::build,
    },
    Row {
        name: "explain",
        about: ("说明数字怎样得来、用在哪里", "say where figures come from and where they stand"),
        usage: (
            "banjie explain <报告> [数据] [选项]\n      banjie explain <报告> --at <数字> [选项]",
            "banjie explain <REPORT> [FIGURE] [OPTIONS]\n       banjie explain <REPORT> --at <NUMBER> [OPTIONS]",
        ),
        arguments: &[a::REPORT, a::FIGURE],
        flags: &[o::AT, o::TEXT_OR_JSON, o::JSON, o::FOR, o::DATA, o::TEMPLATES],
        after: ("", ""),
        commands: &[],
        read: args::explain,
    },
    Row {
        name: "figures",
        about: ("把文中没有出处的数字变成数据", "declare the numbers of the text that have no source"),
        usage: ("banjie figures <报告> [选项]", "banjie figures <REPORT> [OPTIONS]"),
        arguments: &[a::REPORT],
        flags: &[o::WRITE, o::TEXT_OR_JSON, o::JSON, o::DATA, o::TEMPLATES],
        after: ("", ""),
        commands: &[],
        read: args::figures,
    },
    Row {
        name: "diff",
        about: (
            "比对两份报告：数据、数字、文字（花脸稿）",
            "compare two versions: data, figures, text (a redline)",
        ),
        usage: ("banjie diff <旧> <新> [选项]", "banjie diff <OLD> <NEW> [OPTIONS]"),
        arguments: &[a::OLD, a::NEW],
        flags: &[o::SHOW, o::JSON, o::FILE, o::DIFF_EDITION, o::DATA, o::TEMPLATES],
        after: (
            "退出码：0 比对了，有没有不同都一样；1 有一份报告有错误，只比对了数据；2 程序无法运行",
            "Exit status: 0 compared, whether or not they differ; 1 one has errors, so only data was compared; \
             2 could not run",
        ),
        commands: &[],
        read: args::diff,
    },
    Row {
        name: "new",
        about: (
            "新建一份报告：由台账的表格，空白的，或由上年的沿用",
            "begin a report: from a spreadsheet, empty, or rolled over from last year's",
        ),
        usage: (
            "banjie new <报告> --ledger <表格> [选项]\n      banjie new <报告> --genre <文种> --year <年份> [选项]\n      \
             banjie new <报告> --from <上年报告> [选项]",
            "banjie new <REPORT> --ledger <SHEET> [OPTIONS]\n       banjie new <REPORT> --genre <GENRE> --year <YEAR> [OPTIONS]\n       \
             banjie new <REPORT> --from <REPORT> [OPTIONS]",
        ),
        arguments: &[a::NEW_REPORT],
        flags: &[o::LEDGER, o::GENRE, o::YEAR, o::FROM, o::DATA, o::TEMPLATES],
        after: ("", ""),
        commands: &[],
        read: args::new,
    },
    Row {
        name: "ledger",
        about: ("说明台账的表格是怎样读的", "say how a spreadsheet is understood"),
        usage: (
            "banjie ledger <表格>\n      banjie ledger template [-o 文件]",
            "banjie ledger <SHEET>\n       banjie ledger template [-o FILE]",
        ),
        arguments: &[a::SHEET],
        flags: &[],
        after: ("", ""),
        commands: &[Row {
            name: "template",
            about: ("写出一份空的台账表格，供填写", "write an empty ledger to be filled in"),
            usage: ("banjie ledger template [-o 文件]", "banjie ledger template [-o FILE]"),
            arguments: &[],
            flags: &[o::XLSX],
            after: ("", ""),
            commands: &[],
            read: args::ledger_template,
        }],
        read: args::ledger,
    },
    Row {
        name: "import",
        about: ("把台账的表格转成 YAML", "turn a spreadsheet into YAML"),
        usage: ("banjie import <表格> [-o 文件]", "banjie import <SHEET> [-o FILE]"),
        arguments: &[a::SHEET],
        flags: &[o::YAML],
        after: ("", ""),
        commands: &[],
        read: args::import,
    },
    Row {
        name: "genres",
        about: ("列出文种和各自需要的数据", "list genres and what each needs"),
        usage: (
            "banjie genres [文种]... [选项]\n      banjie genres eject <文种> [--to 文件夹]",
            "banjie genres [GENRE]... [OPTIONS]\n       banjie genres eject <GENRE> [--to DIR]",
        ),
        arguments: &[a::GENRES],
        flags: &[o::TEMPLATES],
        after: ("", ""),
        commands: &[Row {
            name: "eject",
            about: ("写出一个文种的模板，供修改", "write a genre's templates out for editing"),
            usage: ("banjie genres eject <文种> [选项]", "banjie genres eject <GENRE> [OPTIONS]"),
            arguments: &[a::GENRE],
            flags: &[o::TO, o::TEMPLATES],
            after: ("", ""),
            commands: &[],
            read: args::eject,
        }],
        read: args::genres,
    },
    Row {
        name: "check",
        about: ("检查报告，不写文件", "check reports, write nothing"),
        usage: ("banjie check [报告]... [选项]", "banjie check [REPORT]... [OPTIONS]"),
        arguments: &[a::REPORTS],
        flags: &[o::AS, o::JSON, o::FOR, o::DATA, o::TEMPLATES, o::FONTS],
        after: ("", ""),
        commands: &[],
        read: args::check,
    },
    Row {
        name: "lint",
        about: ("检查任何文稿的文字", "check the words of any text"),
        usage: ("banjie lint <文件>... [选项]", "banjie lint <FILE>... [OPTIONS]"),
        arguments: &[a::TEXTS],
        flags: &[o::AS, o::JSON],
        after: ("", ""),
        commands: &[],
        read: args::lint,
    },
    Row {
        name: "schema",
        about: ("给编辑器用的数据格式（JSON Schema）", "JSON Schemas of the data files, for editors"),
        usage: (
            "banjie schema [数据文件]\n      banjie schema --to <文件夹>",
            "banjie schema [FILE KIND]\n       banjie schema --to <DIR>",
        ),
        arguments: &[a::SCHEMA],
        flags: &[o::SCHEMAS_TO],
        after: ("", ""),
        commands: &[],
        read: args::schema,
    },
    Row {
        name: "archive",
        about: ("存档：两个版本、数据、模板和元数据，不再改动", "keep a report for good"),
        usage: ("banjie archive <报告> [选项]", "banjie archive <REPORT> [OPTIONS]"),
        arguments: &[a::REPORT],
        flags: &[o::OUT, o::DATA, o::TEMPLATES, o::FONTS],
        after: ("", ""),
        commands: &[],
        read: args::archive,
    },
    Row {
        name: "verify",
        about: ("检验存档：真实、完整、可用、安全", "verify an archive"),
        usage: ("banjie verify <存档> [选项]", "banjie verify <BAG> [OPTIONS]"),
        arguments: &[a::BAG],
        flags: &[o::TEXT_OR_JSON, o::JSON, o::FONTS],
        after: ("", ""),
        commands: &[],
        read: args::verify,
    },
    Row {
        name: "history",
        about: ("列出已有的存档", "list archives"),
        usage: ("banjie history [选项]", "banjie history [OPTIONS]"),
        arguments: &[],
        flags: &[o::OUT, o::TEXT_OR_JSON, o::JSON],
        after: ("", ""),
        commands: &[],
        read: args::history,
    },
    Row {
        name: "completions",
        about: ("打印命令补全脚本", "print a script that completes commands in a shell"),
        usage: ("banjie completions <外壳>", "banjie completions <SHELL>"),
        arguments: &[a::SHELL],
        flags: &[],
        after: ("", ""),
        commands: &[],
        read: args::completions,
    },
    Row {
        name: "man",
        about: ("打印手册页，供 man 阅读", "print a manual page, for `man`"),
        usage: ("banjie man [命令]...", "banjie man [COMMAND]..."),
        arguments: &[a::COMMAND],
        flags: &[],
        after: ("", ""),
        commands: &[],
        read: args::manual,
    },
];
