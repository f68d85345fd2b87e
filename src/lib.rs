//! banjie (办结) writes an office's annual report on deputies' suggestions and CPPCC proposals from its data:
//! YAML through Tera templates into Markdown, HTML and PDF.
//!
//! The rooms stand on floors; a file uses only what stands above it in this list. `ARCHITECTURE.md` draws the house.

pub mod source;
pub mod diagnostic;
pub mod world;

pub mod model;
pub mod policy;

pub mod load;
pub mod compute;

pub mod document;
pub mod compose;

pub mod write { pub mod markdown; }
