//! Mistakes on the command line, in Chinese: clap words them in English only.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::commands::COMMANDS;

/// clap's error in Chinese.
pub(super) fn chinese(error: &Error) -> String {
    format!("错误：{}\n用 banjie --help 看用法\n", message(error))
}

fn message(error: &Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join("、"),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    // An option begins with a hyphen; any other argument is shown as in the usage: `<报告>`.
    let kind = if argument.starts_with('-') { "选项" } else { "参数" };
    match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有命令“{}”", context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let names: Vec<&str> = COMMANDS.iter().map(|row| row.name).collect();
            format!("要写一个命令：{}", names.join("、"))
        }
        ErrorKind::UnknownArgument if kind == "选项" => format!("没有选项“{argument}”"),
        ErrorKind::UnknownArgument => format!("参数“{argument}”是多余的"),
        ErrorKind::InvalidValue if value.is_empty() && kind == "参数" => {
            format!("参数 {argument} 不能是空的")
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("选项 {argument} 后面要写一个值"),
        ErrorKind::InvalidValue => {
            let allowed = context(ContextKind::ValidValue);
            format!("{kind} {argument} 不能写“{value}”，可以写：{allowed}")
        }
        ErrorKind::ValueValidation => format!("{kind} {argument} 不能写“{value}”"),
        ErrorKind::TooManyValues => format!("选项 {argument} 后面不写值，写了“{value}”"),
        ErrorKind::InvalidUtf8 => "有一个参数不是 UTF-8 编码的文字".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            other if other.is_empty() || other == argument => format!("选项 {argument} 只能写一次"),
            other => format!("{argument} 和 {other} 不能同时写"),
        },
        _ => error.to_string(),
    }
}
