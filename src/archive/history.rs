//! All archives of an office, and whether the revisions of each follow one another. Only manifests are looked at: whether a
//! bag itself is sound, [`verify`](super::verify) says.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::Serialize;

use super::bag::{BAG_INFO, Info, MANIFEST, sha256};
use super::metadata::Metadata;
use super::number::{folder, of_folder};
use super::payload::METADATA;
use crate::diagnostic::{Say, say};
use crate::world::World;

/// A bag.
#[derive(Debug, Clone)]
pub struct Archived {
    /// What it says of itself.
    pub info: Info,
    /// What its metadata say.
    pub metadata: Metadata,
    /// The checksum of its manifest, which stands for all of it.
    pub sha256: String,
}

/// What is known of one revision.
#[derive(Debug, Clone)]
pub struct Revision {
    /// Its folder.
    pub folder: String,
    /// The bag; none if it cannot be read as one.
    pub archived: Option<Archived>,
    /// What is wrong with its place in the chain; none if nothing is.
    pub broken: Option<Say>,
}

/// What a row of the history says. Fields stand in the order of the JSON.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    /// The folder.
    pub folder: &'a str,
    /// 档号
    pub number: Option<&'a str>,
    /// The year that the document is filed under.
    pub year: Option<&'a str>,
    /// The title.
    pub title: Option<&'a str>,
    /// From 1.
    pub revision: Option<u32>,
    /// The checksum of its manifest.
    pub sha256: Option<&'a str>,
    /// Pages of the public edition.
    pub pages: Option<usize>,
    /// The day on which it was archived.
    pub archived: Option<&'a str>,
    /// Whether it follows the revision before.
    pub whole: bool,
}

impl Revision {
    /// What is shown of it.
    pub fn row(&self) -> Row<'_> {
        let archived = self.archived.as_ref();
        let year = archived.and_then(|bag| bag.metadata.record.iter().find(|element| element.name == "年度"));
        Row {
            folder: &self.folder,
            number: archived.map(|bag| bag.info.number.as_str()),
            year: year.and_then(|year| year.value.as_deref()),
            title: archived.map(|bag| bag.info.title.as_str()),
            revision: archived.map(|bag| bag.info.revision),
            sha256: archived.map(|bag| bag.sha256.as_str()),
            pages: archived.map(|bag| bag.metadata.pages),
            archived: archived.map(|bag| bag.info.date.as_str()),
            whole: self.broken.is_none(),
        }
    }
}

/// Every archive in a folder, by number, the revisions of each in their order; none where there is no such folder.
pub fn history(world: &dyn World, all: &Path) -> io::Result<BTreeMap<String, Vec<Revision>>> {
    let names = match world.list(all) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        names => names?,
    };
    let mut found: BTreeMap<String, BTreeMap<u32, Option<Archived>>> = BTreeMap::new();
    for name in names.iter().filter_map(|name| name.strip_suffix('/')) {
        if let Some((number, revision)) = of_folder(name) {
            let bag = archived(world, &all.join(name));
            found.entry(number.to_owned()).or_default().insert(revision, bag);
        }
    }
    let chained = |(number, bags): (String, BTreeMap<u32, Option<Archived>>)| {
        let rows = bags.iter().map(|(revision, archived)| Revision {
            folder: folder(&number, *revision),
            archived: archived.clone(),
            broken: broken(&number, *revision, &bags),
        });
        let rows = rows.collect();
        (number, rows)
    };
    Ok(found.into_iter().map(chained).collect())
}

fn archived(world: &dyn World, bag: &Path) -> Option<Archived> {
    let read = |name: &str| world.read(&bag.join(name)).ok();
    Some(Archived {
        info: Info::read(&String::from_utf8(read(BAG_INFO)?).ok()?)?,
        metadata: serde_json::from_slice(&read(METADATA)?).ok()?,
        sha256: sha256(&read(MANIFEST)?),
    })
}

/// What is wrong with a revision's place among the others.
fn broken(number: &str, revision: u32, bags: &BTreeMap<u32, Option<Archived>>) -> Option<Say> {
    let Some(bag) = &bags[&revision] else {
        return Some(say("读不成存档", "it cannot be read as an archive"));
    };
    if (bag.info.number.as_str(), bag.info.revision) != (number, revision) {
        return Some(say("文件夹名与其中的档号不符", "the folder is named after another number"));
    }
    let Some(previous) = &bag.info.previous else {
        return (revision > 1).then(|| say("没有写明上一次存档", "it does not say what came before"));
    };
    let before = bags.get(&revision.wrapping_sub(1)).and_then(Option::as_ref);
    let Some(before) = before.filter(|_| previous.folder == folder(number, revision.wrapping_sub(1))) else {
        return Some(say(format!("缺少 {}", previous.folder), format!("{} is missing", previous.folder)));
    };
    (before.sha256 != previous.manifest_sha256).then(|| {
        say(
            format!("{} 的清单已不是当时的那一份", previous.folder),
            format!("the manifest of {} is no longer what it was", previous.folder),
        )
    })
}
