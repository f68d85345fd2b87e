//! Every positional argument of the commands: one constant each.

use std::path::PathBuf;

use clap::Arg;
use clap::builder::PossibleValuesParser;
use clap_complete::Shell;

use crate::load::schema::FILES;

/// A positional argument.
pub(super) struct Argument {
    /// The name by which it is looked up in what clap has parsed; unique within a command.
    pub id: &'static str,
    /// The name of its value, in Chinese and in English.
    pub value: (&'static str, &'static str),
    /// Its help, in Chinese and in English.
    pub help: (&'static str, &'static str),
    /// Adds to clap's argument which values it takes, how many, and whether it is required.
    pub read: fn(Arg) -> Arg,
}

/// Names of reports; all reports if left out.
pub(super) const REPORTS: Argument = Argument {
    id: "report",
    value: ("报告", "REPORT"),
    help: (
        "报告的名字，即数据文件夹里的文件夹名（默认全部）",
        "names of reports: folders in the data folder (all if left out)",
    ),
    read: |arg| arg.num_args(0..),
};
/// One report.
pub(super) const REPORT: Argument = Argument {
    id: "report",
    value: ("报告", "REPORT"),
    help: ("报告的名字，即数据文件夹里的文件夹名", "name of the report: a folder in the data folder"),
    read: |arg| arg.required(true),
};
/// A report to be made.
pub(super) const NEW_REPORT: Argument = Argument {
    id: "report",
    value: ("报告", "REPORT"),
    help: (
        "新报告的名字，即数据文件夹里要新建的文件夹",
        "name of the new report: a folder to be made in the data folder",
    ),
    read: |arg| arg.required(true),
};
/// A figure by its name.
pub(super) const FIGURE: Argument = Argument {
    id: "figure",
    value: ("数据", "FIGURE"),
    help: (
        "数据的名字，如 cases.lead、\"cases?level=省&role=主办\"（默认文中的全部）",
        "a figure's name, such as cases.lead or \"cases?level=provincial&role=lead\" (all in the text if left out)",
    ),
    read: |arg| arg,
};
/// The old side of a comparison.
pub(super) const OLD: Argument = Argument {
    id: "old",
    value: ("旧", "OLD"),
    help: (
        "旧的一份：报告的名字、文件夹、归档包，或 git 版本，如 HEAD~1:（同一份报告）、HEAD~1:报告",
        "the old one: a report's name, a folder, a bag, or a git revision: HEAD~1: (the same report), HEAD~1:REPORT",
    ),
    read: |arg| arg.required(true),
};
/// The new side of a comparison.
pub(super) const NEW: Argument = Argument {
    id: "new",
    value: ("新", "NEW"),
    help: ("新的一份，写法相同", "the new one, written likewise"),
    read: |arg| arg.required(true),
};
/// A spreadsheet.
pub(super) const SHEET: Argument = Argument {
    id: "sheet",
    value: ("表格", "SHEET"),
    help: (
        "台账的表格文件：.xlsx、.xls、.ods、.csv；在报告的文件夹里的，按报告的规定读",
        "the ledger's file: .xlsx, .xls, .ods, .csv; in the folder of a report it is read as the report says",
    ),
    read: |arg| arg.required(true).value_parser(clap::value_parser!(PathBuf)),
};
/// Files of text.
pub(super) const TEXTS: Argument = Argument {
    id: "file",
    value: ("文件", "FILE"),
    help: (
        "要检查的文本：.md 是 Markdown，其余每行是一段",
        "texts to read: .md is Markdown; of any other every line is a paragraph",
    ),
    read: |arg| arg.num_args(1..).required(true).value_parser(clap::value_parser!(PathBuf)),
};
/// A kind of data file.
pub(super) const SCHEMA: Argument = Argument {
    id: "schema",
    value: ("数据文件", "FILE KIND"),
    help: (
        "打印哪一种数据文件的格式，如 report（默认列出有哪些）",
        "the kind of file whose schema is printed, such as report (all are listed if left out)",
    ),
    read: |arg| {
        let names = PossibleValuesParser::new(FILES.iter().map(|kind| kind.name));
        arg.value_parser(names).hide_possible_values(true)
    },
};
/// An archive.
pub(super) const BAG: Argument = Argument {
    id: "bag",
    value: ("存档", "BAG"),
    help: ("存档文件夹", "folder of an archive"),
    read: |arg| arg.required(true).value_parser(clap::value_parser!(PathBuf)),
};
/// Genres, for the list of all or some.
pub(super) const GENRES: Argument = Argument {
    id: "genre",
    value: ("文种", "GENRE"),
    help: ("文种的名字", "names of genres"),
    read: |arg| arg.num_args(0..),
};
/// One genre.
pub(super) const GENRE: Argument = Argument { read: |arg| arg.required(true), ..GENRES };
/// A shell.
pub(super) const SHELL: Argument = Argument {
    id: "shell",
    value: ("外壳", "SHELL"),
    help: ("bash, zsh, fish, powershell, elvish", "bash, zsh, fish, powershell, elvish"),
    read: |arg| arg.required(true).value_parser(clap::value_parser!(Shell)).hide_possible_values(true),
};
/// A command, in one word or two.
pub(super) const COMMAND: Argument = Argument {
    id: "command",
    value: ("命令", "COMMAND"),
    help: (
        "哪一个命令的，如 genres eject（默认整个程序）",
        "of which command, such as genres eject (of the program if left out)",
    ),
    read: |arg| arg.num_args(0..),
};
