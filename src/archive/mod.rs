//! Archives a report as a bag (BagIt 1.0, RFC 8493): both editions, the data and templates that they are made from, and
//! metadata; and verifies such a bag.
//!
//! `create` archives a report; `gather` records the files that a report is made from, `filing` gives its number, `rebuild`
//! makes both editions from the recorded files. `payload` names the files of a bag, `metadata` describes the document, `bag`
//! writes the manifests. `folder` reads an untrusted bag, [`verify`](mod@verify) checks it (its documents in `contents`), and
//! [`history`] lists all bags.

mod bag;
mod contents;
mod create;
mod filing;
mod folder;
mod gather;
pub mod history;
mod metadata;
mod number;
mod payload;
mod rebuild;
pub mod verify;

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::{Say, say};

pub use bag::{BAG_INFO, Info, MANIFEST, Previous, bag, sha256};
pub use create::{Gathered, Kept, Subject, gather, keep};
pub use folder::{Folder, read};
pub use gather::Recorder;
pub use metadata::{Filing, Font, Metadata};
pub use number::{folder, of_folder};
pub use payload::{About, EDITIONS, METADATA, complete, edition_file, profile};
pub use rebuild::{Rebuilt, fonts, remake};

/// Files by their paths, with `/` between their parts.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The program that makes a bag, as it says in it.
pub const TOOL: &str = concat!("banjie ", env!("CARGO_PKG_VERSION"));

/// The folder of all archives in the output folder.
pub const FOLDER: &str = "archive";

/// Why a file or folder could not be read.
pub fn unreadable(path: &Path, error: &std::io::Error) -> Say {
    let shown = path.display();
    say(format!("读不了 {shown}：{error}"), format!("cannot read {shown}: {error}"))
}
