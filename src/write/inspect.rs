//! What an archive must know of a finished file: it opens, says what it should, is complete, and contains nothing active. It is
//! read from the bytes, which may be hostile.

mod page;
mod pdf;

use super::page::escaped;
use crate::diagnostic::{Say, say};

/// What a file should say of its report.
pub struct Expected<'a> {
    /// The title.
    pub title: &'a str,
    /// The day of signing: `2021-12-09`.
    pub signed: &'a str,
    /// The program that made it.
    pub tool: &'a str,
    /// Words of the text, the title among them.
    pub words: &'a [&'a str],
}

/// What was found in a file.
#[derive(Debug, Default)]
pub struct Inspection {
    /// How many pages, where there are any.
    pub pages: Option<usize>,
    /// The level of archiving that it claims, where its format has levels: `2a`.
    pub level: Option<String>,
    /// Fonts that are not embedded.
    pub fonts_outside: Vec<String>,
    /// Whatever runs, or leads out of the file.
    pub active: Vec<String>,
    /// Expected words that it lacks.
    pub lacks: Vec<String>,
    /// Properties that differ from what is expected.
    pub differs: Vec<Say>,
}

/// Reads a file of a format; an error says why it cannot be opened.
pub type Inspect = fn(&[u8], &Expected) -> Result<Inspection, Say>;

pub(super) fn markdown(bytes: &[u8], expected: &Expected) -> Result<Inspection, Say> {
    let text = utf8(bytes)?;
    Ok(Inspection { lacks: lacking(text, expected), ..Inspection::default() })
}

pub(super) fn html(bytes: &[u8], expected: &Expected) -> Result<Inspection, Say> {
    let text = utf8(bytes)?;
    let lacks = lacking(&page::shown(text), expected);
    Ok(Inspection { active: page::references(text), lacks, ..Inspection::default() })
}

pub(super) fn pdf(bytes: &[u8], expected: &Expected) -> Result<Inspection, Say> {
    let file = pdf::Pdf::open(bytes)
        .map_err(|error| say(format!("打不开（{error}）"), format!("cannot be opened ({error})")))?;
    let Expected { title, signed, tool, words } = expected;
    let properties = [
        (file.information("Title") == *title, "标题", "title"),
        (
            file.information("CreationDate").starts_with(&format!("D:{}", signed.replace('-', ""))),
            "日期",
            "date",
        ),
        (file.information("Producer") == *tool, "生成程序", "program"),
        (file.xmp.contains(&format!(">{}</rdf:li>", escaped(title))), "标题（XMP）", "title (XMP)"),
    ];
    let differs = properties.into_iter().filter(|(same, ..)| !same);
    Ok(Inspection {
        pages: Some(file.pages()),
        level: Some(file.claim()),
        fonts_outside: file.fonts_outside(),
        active: file.active().into_iter().map(str::to_owned).collect(),
        lacks: file.lacks(words).into_iter().map(str::to_owned).collect(),
        differs: differs.map(|(_, zh, en)| say(zh, en)).collect(),
    })
}

fn utf8(bytes: &[u8]) -> Result<&str, Say> {
    std::str::from_utf8(bytes).map_err(|_| say("不是 UTF-8", "is not UTF-8"))
}

/// The expected words that a text lacks; white space and marks do not count.
fn lacking(text: &str, expected: &Expected) -> Vec<String> {
    let text = letters(text);
    let lacks = expected.words.iter().filter(|words| !text.contains(&letters(words)));
    lacks.map(|words| (*words).to_owned()).collect()
}

/// The letters and digits of a text.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
