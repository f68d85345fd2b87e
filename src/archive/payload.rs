//! What a bag keeps, and under which names.

use super::bag::{Previous, sha256};
use super::metadata::{self, EditionFile, Filing, Font, Metadata};
use super::{Files, TOOL};
use crate::document::Document;
use crate::model::Dataset;
use crate::policy::profile::built_in;
use crate::write::Edition;

/// The editions and what their folders are called.
pub const EDITIONS: [(Edition, &str); 2] = [(Edition::Public, "public"), (Edition::Internal, "internal")];

/// The metadata's path.
pub const METADATA: &str = "data/metadata.json";
/// The path of the note for the person who opens the folder.
const README: &str = "data/README.txt";

/// The path of an edition's file.
pub fn edition_file(edition: &str, report: &str, extension: &str) -> String {
    format!("data/{edition}/{report}.{extension}")
}

/// The built-in profile that a report goes by, by its path; none if it brings its own.
pub fn profile(dataset: &Dataset) -> Files {
    let name = dataset.report.profile.as_deref();
    let found = built_in(name).filter(|_| dataset.files.profile.is_empty());
    found
        .map(|(id, text)| (format!("data/profile/{id}.yaml"), text.as_bytes().to_vec()))
        .into_iter()
        .collect()
}

/// What the metadata are made from.
pub struct About<'a> {
    /// The report's own name.
    pub report: &'a str,
    /// Its facts.
    pub dataset: &'a Dataset,
    /// Its text.
    pub document: &'a Document,
    /// The genre's Chinese name.
    pub genre: &'a str,
    /// How it is filed.
    pub filing: &'a Filing,
    /// Pages of the public edition.
    pub pages: usize,
    /// The faces.
    pub fonts: Vec<Font>,
    /// From 1.
    pub revision: u32,
    /// The revision before.
    pub previous: Option<Previous>,
}

/// All that a bag keeps: these files, editions among them, and what is said of them.
pub fn complete(mut files: Files, about: About) -> (Files, Metadata) {
    let About { report, dataset, document, genre, filing, pages, fonts, revision, previous } = about;
    let editions = EDITIONS.iter().flat_map(|(_, edition)| {
        let prefix = format!("data/{edition}/");
        let own = files.iter().filter(move |(path, _)| path.starts_with(&prefix));
        own.map(|(path, bytes)| EditionFile {
            edition: (*edition).to_owned(),
            file: path.clone(),
            size: bytes.len(),
            sha256: sha256(bytes),
        })
    });
    let metadata = Metadata {
        form: 1,
        number: filing.number.clone(),
        revision,
        previous,
        report: report.to_owned(),
        genre: genre.to_owned(),
        tool: TOOL.to_owned(),
        pages,
        document: metadata::document(dataset, document, genre, &filing.number),
        record: metadata::record(dataset, filing, genre, pages),
        editions: editions.collect(),
        fonts,
    };
    files.extend(profile(dataset));
    files.insert(METADATA.to_owned(), metadata.text().into_bytes());
    files.insert(README.to_owned(), readme(&metadata).into_bytes());
    (files, metadata)
}

/// A note for the person who opens the folder.
fn readme(metadata: &Metadata) -> String {
    let Metadata { number, revision, previous, report, tool, pages, .. } = metadata;
    let title = metadata.document("title").unwrap_or_default();
    let signed = metadata.document("date_signed").unwrap_or_default();
    let previous = previous.as_ref().map_or(String::new(), |previous| {
        format!(
            "上一次存档：{}\n其 manifest-sha256.txt 的 SHA-256：{}\n",
            previous.folder, previous.manifest_sha256
        )
    });
    format!(
        "{title}\n\n档号：{number}\n成文日期：{signed}\n页数：{pages}\n第 {revision} 次存档\n{previous}
本文件夹是一件电子档案，按 BagIt 1.0（RFC 8493）存放，由 {tool} 生成。

public/    对外版。可以公开的只有这一部分。
  {report}.pdf   版式文件，PDF/A-2a
  {report}.html  网页
  {report}.md    文本
internal/  内部版：网页列出所数的各件；PDF/A-3a，数据文件也附在其中
source/    生成报告所用的数据，与原文件逐字节相同
beside/    核对时用到的上年报告的数据（没有用到就没有）
templates/ 生成报告所用的模板
profile/   报告所依的内置地方规则（用自己的规则时在 source/ 中）
metadata.json  元数据：电子公文（GB/T 33480）、文书类电子文件（DA/T 46）、制作环境

请勿改动其中任何文件。数据更正后重新存档，会另存为下一次，旧的不动。
检验：banjie verify 本文件夹的上一级文件夹
没有 banjie 时，在上一级文件夹执行 sha256sum -c manifest-sha256.txt
"
    )
}
