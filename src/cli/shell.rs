//! `banjie completions` and `banjie man`: completion scripts and manual pages, made from the same tables as the help.

use clap_complete::Shell;
use clap_mangen::Man;

use super::program::program;
use super::{Status, print};
use crate::diagnostic::{Lang, Say, say};

/// Prints a script that completes commands and options in a shell.
pub(super) fn completions(shell: Shell, lang: Lang) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut program(lang), "banjie", &mut script);
    print(String::from_utf8_lossy(&script).trim_end());
    Status::Clean
}

/// Prints the manual page of the program, or of one command.
pub(super) fn manual(command: &[String], lang: Lang) -> Result<Status, Say> {
    let mut whole = program(lang);
    // Gives each command its full name, `banjie-build`.
    whole.build();
    let mut page = &whole;
    for name in command {
        let none = || say(format!("没有命令“{name}”"), format!("there is no command \"{name}\""));
        page = page.find_subcommand(name).ok_or_else(none)?;
    }
    let mut roff = Vec::new();
    let written =
        Man::new(page.clone()).source(concat!("banjie ", env!("CARGO_PKG_VERSION"))).render(&mut roff);
    written
        .map_err(|error| say(format!("写不成手册：{error}"), format!("cannot write the manual: {error}")))?;
    print(String::from_utf8_lossy(&roff).trim_end());
    Ok(Status::Clean)
}
