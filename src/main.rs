//! banjie (办结): the program. Everything it does is in the library.

use std::process::ExitCode;

use banjie::cli;
use banjie::world::{Machine, World};

fn main() -> ExitCode {
    let world = Machine::new();
    cli::run(world.arguments(), &world).into()
}
