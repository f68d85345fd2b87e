//! The integration tests, one program: each module looks at one side of banjie from outside. `cargo test --test it MODULE::`
//! runs one module.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test looks at the machine and stops at the unexpected"
)]

mod common;

mod archive;
mod chart;
mod checks;
mod clauses;
mod cli;
mod diff;
mod drafts;
mod editions;
mod explain;
mod faults;
mod figures;
mod genres;
mod hostile;
mod house;
mod leads;
mod leaks;
mod lint;
mod lists;
mod mutations;
mod notices;
mod official;
mod pdf;
mod profiles;
mod report;
mod schema;
mod sheet;
mod sheet_office;
mod story;
mod typeset;
mod watch;
