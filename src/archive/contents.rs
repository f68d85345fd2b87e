//! Checks the documents in a bag, each by its format's row: they open, say what the metadata say, embed their fonts, and contain
//! nothing active.

use super::folder::Folder;
use super::metadata::Metadata;
use super::verify::{Found, fail};
use crate::diagnostic::{Lang, Say, say};
use crate::model::Date;
use crate::write::inspect::{Expected, Inspection};
use crate::write::{Edition, Format, of_file};

/// Checks every document of both editions against the metadata.
pub(super) fn documents(folder: &Folder, metadata: &Metadata, found: &mut Found) {
    let value = |code: &str| metadata.document(code).unwrap_or_default();
    let (title, signed) = (value("title"), value("date_signed"));
    let date = Date::parse(signed).map(Date::chinese).unwrap_or_default();
    // A date is printed below a signature only.
    let printed = metadata.document("signature").map(|_| date.as_str());
    let words: Vec<&str> =
        [Some(title), metadata.document("doc_no"), printed].into_iter().flatten().collect();
    let expected = Expected { title, signed, tool: &metadata.tool, words: &words };
    for (path, bytes) in &folder.files {
        if let Some(format) = of_file(path) {
            let mut report = |id, words: Say| {
                let [zh, en] = [Lang::Zh, Lang::En].map(|lang| format!("{path} {}", words.get(lang)));
                fail(found, id, say(zh, en));
            };
            match (format.inspect)(bytes, &expected) {
                Err(why) => report("opens", why),
                Ok(inspected) => document(path, format, inspected, metadata, &mut report),
            }
        }
    }
}

/// Reports what is wrong with one document, by the name of the check.
fn document(
    path: &str,
    format: &Format,
    inspected: Inspection,
    metadata: &Metadata,
    report: &mut impl FnMut(&'static str, Say),
) {
    let edition = if path.starts_with("data/public/") { Edition::Public } else { Edition::Internal };
    let Inspection { pages, level, fonts_outside, active, lacks, differs } = inspected;
    if let Some(pages) = pages.filter(|pages| edition == Edition::Public && *pages != metadata.pages) {
        let own = metadata.pages;
        report(
            "opens",
            say(
                format!("有 {pages} 页，元数据写 {own}"),
                format!("has {pages} pages, the metadata say {own}"),
            ),
        );
    }
    if let Some(wanted) = format.level(edition).filter(|wanted| level.as_deref() != Some(*wanted)) {
        report(
            "pdfa",
            say(format!("没有声明 PDF/A-{wanted}"), format!("does not say that it is PDF/A-{wanted}")),
        );
    }
    for family in fonts_outside {
        report("fonts", say(format!("没有嵌入字体 {family}"), format!("lacks the font {family}")));
    }
    for what in active {
        report(format.active, say(format!("里有 {what}"), format!("has {what}")));
    }
    for words in lacks {
        report("content", say(format!("里没有“{words}”"), format!("does not have \"{words}\"")));
    }
    for property in differs {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| property.get(lang));
        report("content", say(format!("的{zh}与元数据不符"), format!("has another {en} than the metadata")));
    }
}
