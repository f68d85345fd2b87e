//! A bag's own files (BagIt 1.0, RFC 8493): the manifests and `bag-info.txt`, written and read.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::Files;
use crate::diagnostic::{Say, say};

/// `bagit.txt`.
pub const BAGIT: &str = "bagit.txt";
/// What the bag says of itself.
pub const BAG_INFO: &str = "bag-info.txt";
/// The checksums of what is kept.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// The checksums of the three files above.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";

/// Where all that is kept lies.
pub const PAYLOAD: &str = "data/";

/// What `bagit.txt` holds.
pub(super) const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// The SHA-256 of some bytes in 64 hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A revision that came before.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Previous {
    /// Its folder, beside this one.
    pub folder: String,
    /// The SHA-256 of its manifest, which vouches for all that it holds.
    pub manifest_sha256: String,
}

/// What `bag-info.txt` says besides the bag's size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// 档号
    pub number: String,
    /// The report's title.
    pub title: String,
    /// The day on which the bag was made: `2022-01-10`.
    pub date: String,
    /// The program and its version.
    pub agent: String,
    /// From 1.
    pub revision: u32,
    /// The revision before; none of the first.
    pub previous: Option<Previous>,
}

/// The labels in the order in which they are written.
const LABELS: [&str; 8] = [
    "External-Identifier",
    "External-Description",
    "Bagging-Date",
    "Bag-Software-Agent",
    "Payload-Oxum",
    "Revision",
    "Previous-Bag",
    "Previous-Manifest-SHA256",
];

impl Info {
    /// The text of `bag-info.txt` of a bag with these files.
    pub(super) fn text(&self, files: &Files) -> String {
        let revision = self.revision.to_string();
        let oxum = oxum(files);
        let previous = self.previous.as_ref();
        let values = [
            Some(&self.number),
            Some(&self.title),
            Some(&self.date),
            Some(&self.agent),
            Some(&oxum),
            Some(&revision),
            previous.map(|previous| &previous.folder),
            previous.map(|previous| &previous.manifest_sha256),
        ];
        let lines = LABELS.iter().zip(values);
        lines.filter_map(|(label, value)| Some(format!("{label}: {}\n", value?))).collect()
    }

    /// What a `bag-info.txt` says; none where it says less than [`Info::text`] writes.
    pub fn read(text: &str) -> Option<Self> {
        let all: BTreeMap<&str, &str> = text.lines().filter_map(|line| line.split_once(": ")).collect();
        let [number, title, date, agent, _, revision, folder, manifest] =
            LABELS.map(|label| all.get(label).map(|value| (*value).to_owned()));
        let previous = folder.zip(manifest);
        Some(Self {
            number: number?,
            title: title?,
            date: date?,
            agent: agent?,
            revision: revision?.parse().ok()?,
            previous: previous.map(|(folder, manifest_sha256)| Previous { folder, manifest_sha256 }),
        })
    }
}

/// `Payload-Oxum`: bytes and files.
pub(super) fn oxum(files: &Files) -> String {
    let (mut bytes, mut count) = (0, 0);
    for (_, content) in payload(files) {
        (bytes, count) = (bytes + content.len(), count + 1);
    }
    format!("{bytes}.{count}")
}

/// What a bag keeps, without the files that are about it.
pub(super) fn payload(files: &Files) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    files.iter().filter(|(path, _)| path.starts_with(PAYLOAD))
}

/// The tag manifest's files: all but itself.
pub(super) fn tags(files: &Files) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    files.iter().filter(|(path, _)| !path.starts_with(PAYLOAD) && *path != TAG_MANIFEST)
}

/// A manifest of files, as `sha256sum` writes it.
pub fn manifest<'f>(files: impl Iterator<Item = (&'f String, &'f Vec<u8>)>) -> String {
    files.map(|(path, bytes)| format!("{}  {}\n", sha256(bytes), encode(path))).collect()
}

/// The whole bag of what is kept.
pub fn bag(mut files: Files, info: &Info) -> Files {
    let about = info.text(&files);
    let manifest_text = manifest(payload(&files));
    files.insert(BAGIT.to_owned(), DECLARATION.as_bytes().to_vec());
    files.insert(BAG_INFO.to_owned(), about.into_bytes());
    files.insert(MANIFEST.to_owned(), manifest_text.into_bytes());
    let tag_manifest = manifest(tags(&files));
    files.insert(TAG_MANIFEST.to_owned(), tag_manifest.into_bytes());
    files
}

/// The checksums in a manifest, by path; an error says which line is none.
pub(super) fn read_manifest(text: &str) -> Result<BTreeMap<String, &str>, Say> {
    let mut all = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        let entry = line.split_once("  ").filter(|(sum, path)| {
            sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit()) && !path.is_empty()
        });
        let Some((sum, path)) = entry else {
            return Err(say(format!("第 {number} 行不是校验值"), format!("line {number} is no checksum")));
        };
        if all.insert(decode(path), sum).is_some() {
            return Err(say(format!("第 {number} 行重复"), format!("line {number} is there twice")));
        }
    }
    Ok(all)
}

/// The marks that a path in a manifest cannot hold (RFC 8493, 2.1.3).
const ENCODED: [(&str, &str); 3] = [("%", "%25"), ("\n", "%0A"), ("\r", "%0D")];

fn encode(path: &str) -> String {
    ENCODED.iter().fold(path.to_owned(), |path, (mark, code)| path.replace(mark, code))
}

fn decode(path: &str) -> String {
    ENCODED.iter().rev().fold(path.to_owned(), |path, (mark, code)| path.replace(code, mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info() -> Info {
        Info {
            number: "J001-WS·2021-D30-BGS-0007".to_owned(),
            title: "总结: 一".to_owned(),
            date: "2022-01-10".to_owned(),
            agent: "banjie 0.1.0".to_owned(),
            revision: 2,
            previous: Some(Previous {
                folder: "J001-WS·2021-D30-BGS-0007".to_owned(),
                manifest_sha256: sha256(b""),
            }),
        }
    }

    #[test]
    fn what_a_bag_says_of_itself_is_read_back() {
        let files = bag(Files::from([("data/a".to_owned(), b"abc".to_vec())]), &info());
        let text = String::from_utf8(files[BAG_INFO].clone()).unwrap();
        assert!(text.contains("Payload-Oxum: 3.1\n"), "{text}");
        assert_eq!(Info::read(&text), Some(info()));
        assert_eq!(Info::read("Bagging-Date: 2022-01-10\n"), None);
    }

    #[test]
    fn a_manifest_is_read_back() {
        let files = Files::from([
            ("data/100%25.txt".to_owned(), b"abc".to_vec()),
            ("data/一 二\r\n.txt".to_owned(), Vec::new()),
        ]);
        let text = manifest(files.iter());
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert!(text.starts_with(&format!("{abc}  data/100%2525.txt\n")), "{text}");
        let read = read_manifest(&text).unwrap();
        assert_eq!(read.keys().collect::<Vec<_>>(), files.keys().collect::<Vec<_>>());
        assert_eq!(read["data/100%25.txt"], abc);
    }

    #[test]
    fn what_is_no_manifest_is_told_by_its_line() {
        let sum = sha256(b"");
        for bad in [
            "x".to_owned(),
            format!("{sum} data/a"),
            format!("{sum}  "),
            format!("{sum}  data/a\n{sum}  data/a"),
            format!("{}  data/a", &sum[1..]),
        ] {
            assert!(read_manifest(&bad).is_err(), "{bad}");
        }
    }
}
