//! What `metadata.json` says: the document's elements (GB/T 33480), the record's (DA/T 46), and how the files were made.

use serde::{Deserialize, Serialize};

use super::bag::Previous;
use crate::document::Document;
use crate::model::{Dataset, Header};

/// `metadata.json`. Fields stand in the order of the JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// The number of this form of metadata: 1.
    pub form: u32,
    /// 档号
    pub number: String,
    /// From 1.
    pub revision: u32,
    /// The revision before.
    pub previous: Option<Previous>,
    /// The report's own name: that of its folder.
    pub report: String,
    /// The genre's name.
    pub genre: String,
    /// The program that made the files, and its version.
    pub tool: String,
    /// Pages of the public edition's PDF.
    pub pages: usize,
    /// 电子公文元数据 (GB/T 33480-2016): 18 elements.
    pub document: Vec<Element>,
    /// 文书类电子文件元数据 (DA/T 46-2009): those that are known.
    pub record: Vec<Element>,
    /// The files of both editions.
    pub editions: Vec<EditionFile>,
    /// The faces that the PDFs were set with.
    pub fonts: Vec<Font>,
}

/// An element of metadata.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// Its code: an English key, or the number that DA/T 46 gives it.
    pub code: String,
    /// Its Chinese name.
    pub name: String,
    /// What it says; none: the report does not say it.
    pub value: Option<String>,
}

/// A file of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionFile {
    /// `public` or `internal`.
    pub edition: String,
    /// Its path in the bag.
    pub file: String,
    /// Its size in bytes.
    pub size: usize,
    /// Its checksum.
    pub sha256: String,
}

/// A face that a PDF was set with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Font {
    /// The role that it can serve.
    pub role: String,
    /// Its family.
    pub family: String,
    /// Part of the program; otherwise a file of the office's.
    pub built_in: bool,
    /// The checksum of its file.
    pub sha256: String,
}

impl Metadata {
    /// What an element of the document says.
    pub fn document(&self, code: &str) -> Option<&str> {
        self.document.iter().find(|element| element.code == code)?.value.as_deref()
    }

    /// The text of `metadata.json`.
    pub fn text(&self) -> String {
        // Nothing in it fails to be written: it is texts and numbers.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// How a report is filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// 档号
    pub number: String,
    /// 全宗号
    pub fonds: Option<String>,
    /// 档案门类代码
    pub category: Option<String>,
    /// 保管期限: `永久`, `30年`, `10年`.
    pub retention: Option<String>,
    /// 机构或问题代码
    pub section: Option<String>,
    /// 件号
    pub item: Option<String>,
}

fn element(code: &str, name: &str, value: Option<String>) -> Element {
    Element { code: code.to_owned(), name: name.to_owned(), value }
}

fn text(value: &Option<impl ToString>) -> Option<String> {
    value.as_ref().map(ToString::to_string)
}

fn list<T: ToString>(values: &[T]) -> Option<String> {
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    (!values.is_empty()).then(|| values.join("、"))
}

fn signatures(header: &Header) -> Option<String> {
    let all: Vec<_> = header.signature.iter().chain(&header.co_signatures).collect();
    list(&all)
}

/// The 18 elements of GB/T 33480-2016.
pub fn document(dataset: &Dataset, document: &Document, genre: &str, number: &str) -> Vec<Element> {
    let header = &dataset.report.header;
    let annexes: Vec<&str> = document.attached().iter().map(|annex| annex.title.as_str()).collect();
    vec![
        element("doc_id", "公文标识", Some(number.to_owned())),
        element("doc_type", "文种", Some(genre.to_owned())),
        element("copy_no", "份号", text(&header.copy_number)),
        element("classification", "密级和保密期限", text(&header.classification)),
        element("urgency", "紧急程度", header.urgency.map(|urgency| urgency.label().to_owned())),
        element(
            "issuer_mark",
            "发文机关标志",
            list(&header.issuers)
                .map(|issuers| issuers + header.issuer_suffix.as_deref().unwrap_or_default()),
        ),
        element("doc_no", "发文字号", text(&header.number)),
        element("signatory", "签发人", list(&header.signatories)),
        element("title", "标题", Some(header.title.to_string())),
        element("addressees", "主送机关", text(&header.addressees)),
        element("attachment_note", "附件说明", list(&annexes)),
        element("signature", "发文机关或签发人署名", signatures(header)),
        element("date_signed", "成文日期", Some(header.date_signed.to_string())),
        element("note", "附注", text(&header.note)),
        element("copy_to", "抄送机关", text(&header.copies)),
        element("printing_office", "印发机关", text(&header.printing_office)),
        element("date_printed", "印发日期", text(&header.date_printed)),
        // Nothing in a report says to whom it may go; the note may.
        element("release_level", "发布层次", None),
    ]
}

/// The elements of DA/T 46-2009 that are known, by their numbers.
pub fn record(dataset: &Dataset, filing: &Filing, genre: &str, pages: usize) -> Vec<Element> {
    let header = &dataset.report.header;
    let (degree, period) = match header.classification.as_deref().map(|whole| whole.split_once('★')) {
        Some(Some((degree, period))) => (Some(degree.to_owned()), Some(period.to_owned())),
        Some(None) => (text(&header.classification), None),
        None => (None, None),
    };
    let office = signatures(header).or_else(|| list(&header.issuers));
    vec![
        element("M1", "聚合层次", Some("件".to_owned())),
        element("M6", "立档单位名称", office.clone()),
        element("M8", "档号", Some(filing.number.clone())),
        element("M8", "全宗号", filing.fonds.clone()),
        element("M8", "档案门类代码", filing.category.clone()),
        element("M8", "年度", Some(dataset.report.year.to_string())),
        element("M8", "保管期限", filing.retention.clone()),
        element("M8", "机构或问题", filing.section.clone()),
        element("M8", "件号", filing.item.clone()),
        element("M22", "题名", Some(header.title.to_string())),
        element("M31", "文件编号", text(&header.number)),
        element("M32", "责任者", office),
        element("M33", "日期", Some(header.date_signed.to_string())),
        element("M34", "文种", Some(genre.to_owned())),
        element("M35", "紧急程度", header.urgency.map(|urgency| urgency.label().to_owned())),
        element("M36", "主送", text(&header.addressees)),
        element("M37", "抄送", text(&header.copies)),
        element("M38", "密级", degree),
        element("M39", "保密期限", period),
        element("M42", "件数", Some("1".to_owned())),
        element("M43", "页数", Some(pages.to_string())),
        element("M44", "语种", Some("汉语".to_owned())),
        element("M45", "稿本", Some("正本".to_owned())),
    ]
}

/// The elements without which a document cannot be kept, by their codes.
pub(super) const REQUIRED: [&str; 9] =
    ["doc_id", "doc_type", "title", "date_signed", "M8", "M22", "M33", "M34", "M43"];
