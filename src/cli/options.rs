//! Every option of the command line: one constant each, so that a command cannot name one that does not exist.

use std::path::PathBuf;

use clap::Arg;
use clap::builder::PossibleValuesParser;

use super::tell::Style;
use crate::diff::Show;
use crate::write::FORMATS;

/// An option.
pub(super) struct Flag {
    /// The name by which it is looked up in what clap has parsed; unique within a command.
    pub id: &'static str,
    /// Its name on the command line. Several options have the same one, such as `--format`: what it takes depends on
    /// the command.
    pub long: &'static str,
    /// The name of its value, in Chinese and in English; none if it takes no value.
    pub value: Option<(&'static str, &'static str)>,
    /// Its help, in Chinese and in English.
    pub help: (&'static str, &'static str),
    /// Adds to clap's argument the values that it takes and the options that it excludes or needs.
    pub read: fn(Arg) -> Arg,
}

/// The editions on the command line.
const PUBLIC: &str = "public";
pub(super) const INTERNAL: &str = "internal";

/// An option whose value is one of these names.
fn named(arg: Arg, names: impl IntoIterator<Item = &'static str>) -> Arg {
    arg.value_parser(PossibleValuesParser::new(names)).hide_possible_values(true)
}

/// An option whose value is a file or a folder.
fn path(arg: Arg) -> Arg {
    arg.value_parser(clap::value_parser!(PathBuf))
}

/// Formats to write, for `build`.
pub(super) const FORMAT: Flag = Flag {
    id: "format",
    long: "format",
    value: Some(("格式", "FORMATS")),
    help: ("写出哪些格式，用逗号分开，默认全部：", "formats to write, comma-separated, all if left out: "),
    read: |arg| named(arg, FORMATS.iter().map(|format| format.name)).value_delimiter(','),
};
/// The output folder.
pub(super) const OUT: Flag = Flag {
    id: "out",
    long: "out",
    value: Some(("文件夹", "DIR")),
    help: ("写到哪个文件夹（默认 output）", "folder to write to (output if left out)"),
    read: path,
};
/// The folder of the reports.
pub(super) const DATA: Flag = Flag {
    id: "data",
    long: "data",
    value: Some(("文件夹", "DIR")),
    help: ("报告所在的文件夹（默认 data）", "folder of the reports (data if left out)"),
    read: path,
};
/// A folder of templates.
pub(super) const TEMPLATES: Flag = Flag {
    id: "templates",
    long: "templates",
    value: Some(("文件夹", "DIR")),
    help: (
        "自己的模板，逐个文件代替内置模板",
        "your own templates, each in place of the built-in one of its name",
    ),
    read: path,
};
/// A folder of faces.
pub(super) const FONTS: Flag = Flag {
    id: "fonts",
    long: "fonts",
    value: Some(("文件夹", "DIR")),
    help: (
        "自己的字体（小标宋、仿宋、楷体、黑体），优先使用",
        "your own faces (小标宋, 仿宋, 楷体, 黑体), used first",
    ),
    read: path,
};
/// How findings are shown.
pub(super) const AS: Flag = Flag {
    id: "as",
    long: "format",
    value: Some(("格式", "FORMAT")),
    help: (
        "怎样列出查到的问题：text（默认）、json、sarif",
        "how findings are shown: text (if left out), json, sarif",
    ),
    read: |arg| named(arg, Style::ALL.iter().map(|(name, _)| *name)).conflicts_with(JSON.id),
};
/// How results are shown, for commands without other formats.
pub(super) const TEXT_OR_JSON: Flag = Flag {
    id: "text-or-json",
    long: "format",
    value: Some(("格式", "FORMAT")),
    help: ("怎样列出结果：text（默认）、json", "how results are shown: text (if left out), json"),
    read: |arg| named(arg, ["text", "json"]).conflicts_with(JSON.id),
};
/// A folder to write templates to.
pub(super) const TO: Flag = Flag {
    id: "to",
    long: "to",
    value: Some(("文件夹", "DIR")),
    help: ("写到哪个文件夹（默认 templates）", "folder to write to (templates if left out)"),
    read: path,
};
/// A folder to write all schemas to.
pub(super) const SCHEMAS_TO: Flag = Flag {
    id: "schemas-to",
    long: "to",
    value: Some(("文件夹", "DIR")),
    help: ("把全部格式写到这个文件夹", "write all schemas to this folder"),
    read: |arg| path(arg).conflicts_with("schema"),
};
/// Draws the grid of 28 × 22 over the PDF.
pub(super) const SHOW_GRID: Flag = Flag {
    id: "show-grid",
    long: "show-grid",
    value: None,
    help: (
        "在 PDF 上画出 28 字 × 22 行的网格，另存为 .grid.pdf",
        "draw the grid of 28 × 22 over the PDF, written as .grid.pdf",
    ),
    read: |arg| arg,
};
/// Which edition is made.
pub(super) const EDITION: Flag = Flag {
    id: "edition",
    long: "edition",
    value: Some(("版本", "EDITION")),
    help: (
        "public 对外（默认），或 internal 内部：不予公开的、内部的也印，另存为 .internal.*",
        "public (if left out), or internal: with what is withheld, written as .internal.*",
    ),
    read: |arg| named(arg, [PUBLIC, INTERNAL]),
};
/// For whom an explanation or findings are.
pub(super) const FOR: Flag = Flag {
    id: "edition",
    long: "edition",
    value: Some(("版本", "EDITION")),
    help: (
        "给谁看：internal 本单位（默认），或 public 对外：不含不予公开的内容",
        "for whom: internal, the office (if left out), or public: nothing that is withheld",
    ),
    read: |arg| named(arg, [PUBLIC, INTERNAL]),
};
/// For whom a comparison is.
pub(super) const DIFF_EDITION: Flag = Flag {
    id: "edition",
    long: "edition",
    value: Some(("版本", "EDITION")),
    help: (
        "public 对外（默认），或 internal 内部：不予公开的也比对，每页标明内部",
        "public (if left out), or internal: what is withheld as well, marked as internal on every page",
    ),
    read: |arg| named(arg, [PUBLIC, INTERNAL]),
};
/// Builds again on every save.
pub(super) const WATCH: Flag = Flag {
    id: "watch",
    long: "watch",
    value: None,
    help: (
        "数据或模板一保存就重新生成，按 Ctrl-C 结束",
        "build again whenever data or templates are saved, until Ctrl-C",
    ),
    read: |arg| arg,
};
/// Figures that print as a number.
pub(super) const AT: Flag = Flag {
    id: "at",
    long: "at",
    value: Some(("数字", "NUMBER")),
    help: ("只说明印成这个数的数据", "only figures that print as this number"),
    read: |arg| arg.conflicts_with("figure"),
};
/// The short form of `--format json`, for every command that has that.
pub(super) const JSON: Flag = Flag {
    id: "json",
    long: "json",
    value: None,
    help: ("同 --format json", "the same as --format json"),
    read: |arg| arg,
};
/// Whether the files are changed.
pub(super) const WRITE: Flag = Flag {
    id: "write",
    long: "write",
    value: None,
    help: ("写进数据表，并改正文", "declare them, and change the text"),
    read: |arg| arg,
};
/// How a comparison is shown.
pub(super) const SHOW: Flag = Flag {
    id: "show",
    long: "format",
    value: Some(("格式", "FORMAT")),
    help: (
        "怎样写：text（默认）、markdown、html、json",
        "how it is written: text (if left out), markdown, html, json",
    ),
    read: |arg| named(arg, Show::ALL.iter().map(|(name, _)| *name)).conflicts_with(JSON.id),
};
/// A file for a comparison.
pub(super) const FILE: Flag = Flag {
    id: "file",
    long: "out",
    value: Some(("文件", "FILE")),
    help: ("写到文件（默认显示在屏幕上）", "file to write to (standard output if left out)"),
    read: path,
};
/// A file of YAML to write.
pub(super) const YAML: Flag = Flag {
    id: "yaml",
    long: "out",
    value: Some(("文件", "FILE")),
    help: ("写到文件（默认显示在屏幕上）", "file to write to (standard output if left out)"),
    read: |arg| path(arg).short('o'),
};
/// A spreadsheet to write.
pub(super) const XLSX: Flag = Flag {
    id: "xlsx",
    long: "out",
    value: Some(("文件", "FILE")),
    help: ("写到哪个文件（默认 台账.xlsx）", "file to write to (台账.xlsx if left out)"),
    read: |arg| path(arg).short('o'),
};
/// The spreadsheet that a new report begins with.
pub(super) const LEDGER: Flag = Flag {
    id: "ledger",
    long: "ledger",
    value: Some(("表格", "SHEET")),
    help: (
        "由台账的表格新建（文种和年份可以不写）",
        "begin with the ledger in this spreadsheet (genre and year may be left out)",
    ),
    read: |arg| path(arg).conflicts_with(FROM.id),
};
/// The genre of a new report.
pub(super) const GENRE: Flag = Flag {
    id: "genre",
    long: "genre",
    value: Some(("文种", "GENRE")),
    help: ("新报告的文种，见 banjie genres", "the new report's genre; see `banjie genres`"),
    read: |arg| arg.required_unless_present_any([FROM.id, LEDGER.id]),
};
/// The year of a new report.
pub(super) const YEAR: Flag = Flag {
    id: "year",
    long: "year",
    value: Some(("年份", "YEAR")),
    help: ("新报告的年份", "the new report's year"),
    read: |arg| {
        let years = clap::value_parser!(u16).range(1949..=2200);
        arg.value_parser(years).required_unless_present_any([FROM.id, LEDGER.id])
    },
};
/// The report to roll over.
pub(super) const FROM: Flag = Flag {
    id: "from",
    long: "from",
    value: Some(("上年报告", "REPORT")),
    help: (
        "由哪一份上年的报告沿用而来（文种和年份可以不写）",
        "last year's report, to roll over (genre and year may be left out)",
    ),
    read: |arg| arg,
};
