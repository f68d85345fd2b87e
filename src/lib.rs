//! banjie (办结) writes an office's annual report on deputies' suggestions and CPPCC proposals from its data:
//! YAML through Tera templates into Markdown, HTML and PDF.
//!
//! To make a report in a program of your own:
//!
//! ```
//! use std::path::Path;
//!
//! use banjie::make::{self, Maker};
//! use banjie::source::Sources;
//! use banjie::typeset::Faces;
//! use banjie::world::Machine;
//! use banjie::write::FORMATS;
//!
//! let (world, mut sources) = (Machine::new(), Sources::default());
//! let templates = make::templates(&world, None, &mut sources)?;
//! let faces = Faces::new(make::face_files(&world, None)?);
//! let faces = || Ok(&faces);
//! let maker = Maker::new(&world, &templates, &faces);
//! let formats: Vec<_> = FORMATS.iter().collect();
//! let made = maker.make(Path::new("data/wuhan-kjj-2021"), &formats, Path::new("r"), &mut sources)?;
//! assert_eq!(made.files.len(), formats.len());
//! assert_eq!(made.files[0].path, Path::new("r.md"));
//! # Ok::<(), banjie::diagnostic::Say>(())
//! ```
//!
//! `made.files` holds the paths and bytes, not yet written; `made.diagnostics` all errors and warnings.
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
pub mod sheet;
// document
pub mod compose;
pub mod document;
// check
pub mod check;
// typeset
pub mod typeset;
// write
pub mod write;
// make
pub mod make;
// life
pub mod archive;
pub mod diff;
pub mod draft;
// face
pub mod cli;
