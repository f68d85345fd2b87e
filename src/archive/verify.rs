//! Whether a bag is what it was: 真实性, 完整性, 可用性, 安全性 (四性, DA/T 70), each by several checks.
//!
//! A person who changes a file can renew its checksum as well; so the files are made once more from the archived data and
//! templates, by the program, and compared byte by byte.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

use super::bag::{self, BAG_INFO, BAGIT, Info, MANIFEST, TAG_MANIFEST, sha256};
use super::folder::Folder;
use super::metadata::{Metadata, REQUIRED};
use super::payload::METADATA;
use super::rebuild::rebuild;
use super::{Files, TOOL, contents, number};
use crate::diagnostic::{Lang, Say, say};
use crate::typeset::{FaceFile, Faces};
use crate::world::World;
use crate::write::of_file;

/// What is to be shown of an archive (四性).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Property {
    /// 真实性: it is what it says that it is.
    Authenticity,
    /// 完整性: nothing is missing.
    Integrity,
    /// 可用性: it can be read.
    Usability,
    /// 安全性: nothing in it does harm.
    Security,
}

impl Property {
    /// All four, in their order.
    pub const ALL: [Self; 4] = [Self::Authenticity, Self::Integrity, Self::Usability, Self::Security];

    /// Its name.
    pub fn label(self) -> Say {
        match self {
            Property::Authenticity => say("真实性", "authenticity"),
            Property::Integrity => say("完整性", "integrity"),
            Property::Usability => say("可用性", "usability"),
            Property::Security => say("安全性", "security"),
        }
    }
}

/// What a check came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Holds,
    /// It does not: what was found.
    Fails(Vec<Say>),
    /// It cannot be said, and why: the program or a face is another.
    Unknown(Say),
    /// Nothing to be looked at, since the files are not those that were archived.
    Skipped,
}

/// One check.
#[derive(Debug, Clone)]
pub struct Check {
    /// What it is part of.
    pub property: Property,
    /// Its name for programs.
    pub id: &'static str,
    /// What holds if all is well.
    pub name: Say,
    /// What came of it.
    pub outcome: Outcome,
}

/// All files of a bag made once more.
pub enum Remade {
    /// As they should be, with the metadata; and whether they were made with the faces of the archive.
    Files {
        /// By their paths in the bag.
        files: Files,
        /// Whether every face of the archive was at hand.
        same_faces: bool,
    },
    /// The data no longer make a report: why.
    Failed(Say),
}

/// Most findings that a check lists.
const MOST_SHOWN: usize = 20;

use Property::{Authenticity, Integrity, Security, Usability};

/// Every check: its property, its name for programs, what holds.
const CHECKS: [(Property, &str, &str, &str); 15] = [
    (Authenticity, "identity", "档号、文件夹名、修订次数一致", "number, folder and revision agree"),
    (Authenticity, "content", "元数据与公文内容一致", "metadata and document agree"),
    (
        Authenticity,
        "rebuild",
        "由存档的数据和模板重新生成，逐字节相同",
        "made anew from data and templates, every byte is the same",
    ),
    (Integrity, "bagit", "BagIt 结构", "structure of a bag"),
    (Integrity, "files", "文件不多不少", "no file missing, none too many"),
    (Integrity, "checksums", "校验值相符", "checksums"),
    (Integrity, "size", "字节数和件数相符", "bytes and files as counted"),
    (Integrity, "metadata", "必备元数据齐全", "all metadata that must be there"),
    (Integrity, "chain", "与上一次存档衔接", "follows the revision before"),
    (
        Usability,
        "opens",
        "PDF 能打开，页数相符；文本是 UTF-8",
        "the PDFs open, pages as counted; texts are UTF-8",
    ),
    (Usability, "pdfa", "PDF 声明 PDF/A-2a、PDF/A-3a", "the PDFs say PDF/A-2a and PDF/A-3a"),
    (Usability, "fonts", "字体全部嵌入", "all fonts are in the PDFs"),
    (
        Security,
        "plain",
        "只有普通文件，没有链接和越出文件夹的路径",
        "plain files only, no links, no paths that lead out",
    ),
    (Security, "pdf-active", "PDF 没有脚本、动作和加密", "no scripts, actions or encryption in the PDFs"),
    (
        Security,
        "page-active",
        "网页没有脚本，不引用外部内容",
        "no scripts in the pages, nothing from outside",
    ),
];

/// The findings by check; what is not in it holds.
pub(super) type Found = BTreeMap<&'static str, Outcome>;

pub(super) fn fail(found: &mut Found, id: &'static str, what: Say) {
    match found.entry(id).or_insert_with(|| Outcome::Fails(Vec::new())) {
        Outcome::Fails(all) => all.push(what),
        other => *other = Outcome::Fails(vec![what]),
    }
}

/// What lies around a bag.
#[derive(Debug, Default)]
pub struct Around {
    /// The name of its folder; none if it is not known.
    pub folder: Option<String>,
    /// The manifest of the revision before; none if it does not lie beside.
    pub before: Option<Vec<u8>>,
}

/// What a bag's metadata say, if they can be read.
pub fn metadata(folder: &Folder) -> Option<Metadata> {
    serde_json::from_slice(folder.files.get(METADATA)?).ok()
}

/// What a bag's `bag-info.txt` says, if it can be read.
pub fn info(folder: &Folder) -> Option<Info> {
    Info::read(std::str::from_utf8(folder.files.get(BAG_INFO)?).ok()?)
}

/// Verifies the bag that was read from `place`, with those faces of `files` that it was made with.
pub fn verify_at(world: &dyn World, place: &Path, folder: &Folder, mut files: Vec<FaceFile>) -> Vec<Check> {
    verify(folder, &around(world, place, folder), |metadata| {
        let known: BTreeSet<&str> = metadata.fonts.iter().map(|font| font.sha256.as_str()).collect();
        files.retain(|file| known.contains(sha256((*file.bytes).as_ref()).as_str()));
        rebuild(folder, metadata, &Faces::new(files))
    })
}

/// What lies around the bag.
fn around(world: &dyn World, place: &Path, folder: &Folder) -> Around {
    let previous = info(folder).and_then(|info| info.previous);
    let beside = previous.filter(|previous| number::of_folder(&previous.folder).is_some());
    let manifest = beside
        .filter(|previous| !previous.folder.contains(['/', '\\']))
        .and_then(|previous| world.read(&place.parent()?.join(previous.folder).join(MANIFEST)).ok());
    Around { folder: place.file_name().map(|name| name.to_string_lossy().into_owned()), before: manifest }
}

/// Looks at everything. `remake` is asked only if the files are those that were archived.
pub fn verify(folder: &Folder, around: &Around, remake: impl FnOnce(&Metadata) -> Remade) -> Vec<Check> {
    let mut found = Found::new();
    bagit(folder, &mut found);
    let intact = found.is_empty();
    // Nothing of the archive is touched by them: all else is still looked at.
    for name in &folder.left_behind {
        let what = say(
            format!("多出 {name}，是文件管理器自动生成的，删去即可"),
            format!("{name} was left there by a file manager: delete it"),
        );
        fail(&mut found, "files", what);
    }
    let metadata = metadata(folder);
    identity(folder, metadata.as_ref(), around, &mut found);
    match &metadata {
        Some(metadata) if intact => {
            required(metadata, &mut found);
            contents::documents(folder, metadata, &mut found);
            rebuilt(&folder.files, metadata, remake(metadata), &mut found);
        }
        _ => {
            let unseen =
                ["content", "rebuild", "metadata", "opens", "pdfa", "fonts", "pdf-active", "page-active"];
            unseen.iter().for_each(|id| _ = found.insert(id, Outcome::Skipped));
            if intact {
                let what = say(format!("{METADATA} 读不懂"), format!("{METADATA} cannot be read"));
                found.insert("metadata", Outcome::Fails(vec![what]));
            }
        }
    }
    let check = |(property, id, zh, en): (Property, &'static str, &'static str, &'static str)| Check {
        property,
        id,
        name: say(zh, en),
        outcome: found.remove(id).map_or(Outcome::Holds, shortened),
    };
    CHECKS.into_iter().map(check).collect()
}

fn shortened(outcome: Outcome) -> Outcome {
    let Outcome::Fails(mut all) = outcome else { return outcome };
    if let Some(rest) = all.len().checked_sub(MOST_SHOWN).filter(|rest| *rest > 0) {
        all.truncate(MOST_SHOWN);
        all.push(say(format!("还有 {rest} 处"), format!("and {rest} more")));
    }
    Outcome::Fails(all)
}

/// The bag as a bag: its tags, its manifests, its files.
fn bagit(folder: &Folder, found: &mut Found) {
    let files = &folder.files;
    for what in &folder.strange {
        fail(found, "plain", what.clone());
    }
    for name in &folder.empty {
        fail(found, "files", say(format!("多出空文件夹 {name}"), format!("{name} is an empty folder")));
    }
    let known = [BAGIT, BAG_INFO, MANIFEST, TAG_MANIFEST];
    for (name, _) in bag::tags(files).filter(|(name, _)| !known.contains(&name.as_str())) {
        fail(found, "files", say(format!("多出 {name}"), format!("{name} does not belong there")));
    }
    let text = |name: &str| std::str::from_utf8(files.get(name)?).ok();
    if text(BAGIT) != Some(bag::DECLARATION) {
        fail(
            found,
            "bagit",
            say(format!("{BAGIT} 不是 BagIt 1.0"), format!("{BAGIT} is not that of BagIt 1.0")),
        );
    }
    match info(folder) {
        Some(info) if text(BAG_INFO) == Some(&info.text(files)) => {}
        Some(_) => {
            let oxum = bag::oxum(files);
            let counted =
                text(BAG_INFO).is_some_and(|text| text.contains(&format!("Payload-Oxum: {oxum}\n")));
            let (id, zh, en) = match counted {
                true => (
                    "bagit",
                    format!("{BAG_INFO} 不是原来的写法"),
                    format!("{BAG_INFO} is not as it was written"),
                ),
                false => (
                    "size",
                    format!("实有 {oxum}（字节数.文件数），与 {BAG_INFO} 不符"),
                    format!("{BAG_INFO} does not say {oxum}, bytes and files as they are"),
                ),
            };
            fail(found, id, say(zh, en));
        }
        None => {
            fail(found, "bagit", say(format!("{BAG_INFO} 缺少内容"), format!("{BAG_INFO} lacks something")))
        }
    }
    manifest(MANIFEST, text(MANIFEST), bag::payload(files).collect(), found);
    manifest(TAG_MANIFEST, text(TAG_MANIFEST), bag::tags(files).collect(), found);
}

/// One manifest against the files that it should list.
fn manifest(name: &'static str, text: Option<&str>, files: BTreeMap<&String, &Vec<u8>>, found: &mut Found) {
    let Some(text) = text else {
        let what = say(format!("没有可读的 {name}"), format!("there is no {name} that can be read"));
        return fail(found, "bagit", what);
    };
    let listed = match bag::read_manifest(text) {
        Ok(listed) => listed,
        Err(what) => {
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| what.get(lang));
            return fail(found, "bagit", say(format!("{name}：{zh}"), format!("{name}: {en}")));
        }
    };
    let mut same = true;
    for (path, sum) in &listed {
        let plain = !path.contains('\\') && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        if !plain {
            same = false;
            fail(
                found,
                "plain",
                say(format!("{name} 列出越界的路径 {path}"), format!("{name} lists {path}, which leads out")),
            );
            continue;
        }
        match files.get(path) {
            None => {
                same = false;
                fail(found, "files", say(format!("缺少 {path}"), format!("{path} is missing")));
            }
            Some(bytes) if sha256(bytes) != *sum => {
                same = false;
                fail(found, "checksums", say(format!("{path} 已被改动"), format!("{path} has been changed")));
            }
            Some(_) => {}
        }
    }
    for path in files.keys().filter(|path| !listed.contains_key(**path)) {
        same = false;
        fail(found, "files", say(format!("多出 {path}"), format!("{path} is not listed in {name}")));
    }
    // Order, case of letters, white space.
    if same && text != bag::manifest(files.into_iter()) {
        fail(
            found,
            "bagit",
            say(format!("{name} 不是原来的写法"), format!("{name} is not as it was written")),
        );
    }
}

/// The bag, its metadata and its folder name the same thing.
fn identity(folder: &Folder, metadata: Option<&Metadata>, around: &Around, found: &mut Found) {
    let Some(info) = info(folder) else { return };
    if let Some(metadata) = metadata {
        let same = info.number == metadata.number
            && info.revision == metadata.revision
            && info.previous == metadata.previous
            && info.agent == metadata.tool
            && metadata.document("title") == Some(&info.title);
        if !same {
            let zh = format!("{BAG_INFO} 与元数据所写的不是同一件");
            fail(found, "identity", say(zh, format!("{BAG_INFO} and the metadata are of different things")));
        }
    }
    let own = number::folder(&info.number, info.revision);
    if let Some(name) = around.folder.as_ref().filter(|name| **name != own) {
        let zh = format!("文件夹名是 {name}，档号和修订次数应是 {own}");
        fail(found, "identity", say(zh, format!("the folder is called {name}, and should be {own}")));
    }
    match (&info.previous, info.revision) {
        (None, 1) => {}
        (Some(previous), 2..) if previous.folder == number::folder(&info.number, info.revision - 1) => {
            let Some(before) = &around.before else {
                let zh = format!("无法比较：旁边没有 {}", previous.folder);
                let en = format!("cannot be compared: {} is not beside it", previous.folder);
                found.insert("chain", Outcome::Unknown(say(zh, en)));
                return;
            };
            if sha256(before) != previous.manifest_sha256 {
                let what = say(
                    format!("{} 的清单已不是当时的那一份", previous.folder),
                    format!("the manifest of {} is no longer what it was", previous.folder),
                );
                fail(found, "chain", what);
            }
        }
        _ => {
            fail(found, "chain", say("修订次数与上一次存档对不上", "revision and revision before do not fit"))
        }
    }
}

fn required(metadata: &Metadata, found: &mut Found) {
    let elements = || metadata.document.iter().chain(&metadata.record);
    for code in REQUIRED {
        if !elements().any(|element| element.code == code && element.value.is_some()) {
            fail(found, "metadata", say(format!("缺少 {code}"), format!("{code} is missing")));
        }
    }
    if metadata.document.len() != 18 {
        fail(found, "metadata", say("电子公文元数据不是 18 项", "the document's elements are not 18"));
    }
}

/// The files as they are made anew, against those that were archived.
fn rebuilt(files: &Files, metadata: &Metadata, remade: Remade, found: &mut Found) {
    let same_tool = metadata.tool == TOOL;
    let other_tool = say(
        format!("无法比较：存档由 {} 生成，本程序是 {TOOL}", metadata.tool),
        format!("cannot be compared: the archive was made by {}, this is {TOOL}", metadata.tool),
    );
    let (made, same_faces) = match remade {
        Remade::Files { files, same_faces } => (files, same_faces),
        Remade::Failed(what) if same_tool => return fail(found, "rebuild", what),
        Remade::Failed(_) => {
            found.insert("rebuild", Outcome::Unknown(other_tool));
            return;
        }
    };
    let payload: Files = bag::payload(files).map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
    let paths: BTreeSet<&String> = payload.keys().chain(made.keys()).collect();
    let differ: Vec<&String> =
        paths.into_iter().filter(|path| payload.get(*path) != made.get(*path)).collect();
    let of_faces = |path: &&String| !same_faces && of_file(path).is_some_and(|format| format.paged);
    if differ.is_empty() {
        return;
    }
    if !same_tool {
        found.insert("rebuild", Outcome::Unknown(other_tool));
    } else if differ.iter().all(of_faces) {
        let what = say(
            "无法比较 PDF：当时所用的字体不齐，用 --fonts 指定；其他文件逐字节相同",
            "the PDFs cannot be compared: not all faces of the archive are at hand, give them with --fonts; every other file is the same",
        );
        found.insert("rebuild", Outcome::Unknown(what));
    } else {
        for path in differ.into_iter().filter(|path| !of_faces(path)) {
            let zh = format!("{path} 与重新生成的不同");
            fail(found, "rebuild", say(zh, format!("{path} is not what the data make")));
        }
    }
}
