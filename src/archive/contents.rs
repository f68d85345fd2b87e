//! Checks the documents in a bag: they open, say what the metadata say, embed their fonts, and contain nothing active.

use super::folder::Folder;
use super::metadata::Metadata;
use super::page;
use super::pdf::{Pdf, letters};
use super::verify::{Found, fail};
use crate::diagnostic::say;
use crate::model::Date;

/// Checks the PDFs and the Markdown against the metadata.
pub(super) fn papers(folder: &Folder, metadata: &Metadata, found: &mut Found) {
    let value = |code: &str| metadata.document(code).unwrap_or_default();
    let (title, signed) = (value("title"), value("date_signed"));
    let date = Date::parse(signed).map(Date::chinese).unwrap_or_default();
    // Nobody's date is printed.
    let printed = metadata.document("signature").map(|_| date.as_str());
    let words: Vec<&str> =
        [Some(title), metadata.document("doc_no"), printed].into_iter().flatten().collect();
    for (path, bytes) in &folder.files {
        let mut fails = |id, zh: String, en: String| {
            fail(found, id, say(format!("{path} {zh}"), format!("{path} {en}")));
        };
        if path.ends_with(".md") {
            let Ok(text) = std::str::from_utf8(bytes) else {
                fails("opens", "不是 UTF-8".into(), "is not UTF-8".into());
                continue;
            };
            let text = letters(text);
            for words in words.iter().filter(|words| !text.contains(&letters(words))) {
                fails("content", format!("里没有“{words}”"), format!("does not have \"{words}\""));
            }
        }
        if !path.ends_with(".pdf") {
            continue;
        }
        let pdf = match Pdf::open(bytes) {
            Ok(pdf) => pdf,
            Err(error) => {
                fails("opens", format!("打不开（{error}）"), format!("cannot be opened ({error})"));
                continue;
            }
        };
        let is_public = path.starts_with("data/public/");
        if is_public && pdf.pages() != metadata.pages {
            let (zh, en) = (
                format!("有 {} 页，元数据写 {}", pdf.pages(), metadata.pages),
                format!("has {} pages, the metadata say {}", pdf.pages(), metadata.pages),
            );
            fails("opens", zh, en);
        }
        let (claim, wanted) = (pdf.claim(), if is_public { "2a" } else { "3a" });
        if claim != wanted {
            fails(
                "pdfa",
                format!("没有声明 PDF/A-{wanted}"),
                format!("does not say that it is PDF/A-{wanted}"),
            );
        }
        for family in pdf.fonts_outside() {
            fails("fonts", format!("没有嵌入字体 {family}"), format!("lacks the font {family}"));
        }
        for key in pdf.active() {
            fails("pdf-active", format!("里有 {key}"), format!("has {key}"));
        }
        for words in pdf.lacks(&words) {
            fails("content", format!("里没有“{words}”"), format!("does not have \"{words}\""));
        }
        let properties = [
            (pdf.information("Title") == title, "标题", "title"),
            (
                pdf.information("CreationDate").starts_with(&format!("D:{}", signed.replace('-', ""))),
                "日期",
                "date",
            ),
            (pdf.information("Producer") == metadata.tool, "生成程序", "program"),
            (pdf.xmp.contains(&format!(">{}</rdf:li>", escaped(title))), "标题（XMP）", "title (XMP)"),
        ];
        for (_, zh, en) in properties.into_iter().filter(|(same, ..)| !same) {
            fails("content", format!("的{zh}与元数据不符"), format!("has another {en} than the metadata"));
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Checks that the web pages have the title, no scripts and no references to other places.
pub(super) fn pages(folder: &Folder, metadata: &Metadata, found: &mut Found) {
    for (path, bytes) in folder.files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let Ok(text) = std::str::from_utf8(bytes) else {
            fail(found, "opens", say(format!("{path} 不是 UTF-8"), format!("{path} is not UTF-8")));
            continue;
        };
        for reference in page::references(text) {
            fail(
                found,
                "page-active",
                say(format!("{path} 里有 {reference}"), format!("{path} has {reference}")),
            );
        }
        let title = metadata.document("title").unwrap_or_default();
        if !letters(text).contains(&letters(title)) {
            fail(
                found,
                "content",
                say(format!("{path} 里没有标题"), format!("{path} does not have the title")),
            );
        }
    }
}
