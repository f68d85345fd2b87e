//! `banjie history`: lists the archives.

use std::path::Path;

use super::{Status, print};
use crate::archive::history::{Revision, Row, history as all};
use crate::archive::{FOLDER, unreadable};
use crate::diagnostic::{Lang, Say, say};
use crate::world::World;

/// How many digits of a checksum are shown: enough to tell two archives apart.
const SHORT: usize = 12;

/// Lists every archive; the status is `Errors` if a chain of revisions is broken.
pub(super) fn history(world: &dyn World, out: &Path, json: bool, lang: Lang) -> Result<Status, Say> {
    let folder = out.join(FOLDER);
    let known = all(world, &folder).map_err(|error| unreadable(&folder, &error))?;
    let revisions: Vec<&Revision> = known.values().flatten().collect();
    if json {
        let rows: Vec<Row> = revisions.iter().map(|revision| revision.row()).collect();
        print(&serde_json::to_string_pretty(&rows).unwrap_or_default());
    } else if revisions.is_empty() {
        let shown = folder.display();
        let nothing = say(format!("{shown} 里还没有存档"), format!("nothing is archived in {shown}"));
        print(nothing.get(lang));
    }
    for revision in revisions.iter().filter(|_| !json) {
        print(&line(revision, lang));
    }
    let whole = revisions.iter().all(|revision| revision.broken.is_none());
    Ok(if whole { Status::Clean } else { Status::Errors })
}

/// `J001-WS·2021-D30-BGS-0007  2021  r1  0f3a5c2e9b1d  19 pages  2022-01-10`
fn line(revision: &Revision, lang: Lang) -> String {
    let Row { folder, number, year, title, revision: count, sha256, pages, archived, .. } = revision.row();
    let mut parts = vec![number.unwrap_or(folder).to_owned()];
    parts.extend(year.map(|year| lang.pick(format!("{year}年"), year.to_owned())));
    parts.extend(count.map(|count| lang.pick(format!("第{count}次"), format!("r{count}"))));
    parts.extend(sha256.and_then(|sum| sum.get(..SHORT)).map(str::to_owned));
    parts.extend(pages.map(|pages| format!("{pages} {}", lang.pick("页", "pages"))));
    parts.extend([archived, title].into_iter().flatten().map(str::to_owned));
    let chain = revision
        .broken
        .as_ref()
        .map(|why| lang.pick(format!("存档不完整：{}", why.get(lang)), format!("BROKEN: {}", why.get(lang))));
    parts.extend(chain);
    parts.join("  ")
}
