//! What is kept for good: a report as a bag (BagIt 1.0, RFC 8493) with both editions, the data and templates that they were
//! made from, and metadata; and whether such a bag is still what it was.
//!
//! Everything here is about the bag's files as bytes. `gather` remembers what a report was made from and makes a world of it
//! again, `payload` is what a bag keeps and under which names, `metadata` what it says of the document, `bag` the manifests;
//! `folder` reads one that nobody vouches for, [`verify`](mod@verify) looks at it, `pdf` and `page` into its files,
//! [`history`] over all of them.

mod bag;
mod folder;
mod gather;
pub mod history;
mod metadata;
mod number;
mod page;
mod payload;
mod pdf;
pub mod verify;

use std::collections::BTreeMap;

pub use bag::{BAG_INFO, Info, MANIFEST, Previous, bag, sha256};
pub use folder::{Folder, read};
pub use gather::{Recorder, TEMPLATE_FOLDER, report_folder, sources, templates, world};
pub use metadata::{Filing, Font, Metadata};
pub use number::{folder, of_folder};
pub use payload::{About, EDITIONS, METADATA, complete, edition_file, profile};

/// Files by their paths, with `/` between their parts.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The program that makes a bag, as it says in it.
pub const TOOL: &str = concat!("banjie ", env!("CARGO_PKG_VERSION"));
