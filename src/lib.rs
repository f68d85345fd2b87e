//! banjie (办结) writes an office's annual report on deputies' suggestions and CPPCC proposals from its data:
//! YAML through Tera templates into Markdown, HTML and PDF.
//!
//! The rooms stand on floors; a file uses only what stands above it in this list. `ARCHITECTURE.md` draws the house.

// base
pub mod diagnostic;
pub mod parallel;
pub mod source;
pub mod world;
// facts
pub mod model;
pub mod policy;
// data
pub mod compute;
pub mod load;
// document
pub mod compose;
pub mod document;
// check
pub mod check;
// typeset
pub mod typeset;
// write
pub mod write;
// life
pub mod archive;
pub mod diff;
pub mod draft;
// face
pub mod cli;
