//! The formats: one writer each, and one table that names them all.

pub mod html;
pub mod inspect;
pub mod markdown;
mod page;
pub mod pdf;
mod read_pdf;
pub mod surface;

use std::collections::BTreeMap;

use crate::compose::read_error;
use crate::compute::Figure;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::Document;
use crate::model::Case;
pub use crate::model::Edition;
use crate::source::Place;
use crate::typeset::{Faces, Missing, show_grid, typeset};
pub use page::escaped;

/// A report in which nothing is left to decide.
pub struct Finished<'a> {
    /// The text.
    pub document: &'a Document,
    /// Every figure in it, by name.
    pub figures: &'a BTreeMap<String, Figure>,
    /// The cases that the page may list under the figures that count them: none in a public edition.
    pub cases: &'a [Case],
    /// The template of the HTML page: the name it is shown under, and its text.
    pub page: (&'a str, &'a str),
    /// The faces of the PDF.
    pub faces: &'a Faces,
    /// What the PDF says about itself.
    pub info: &'a pdf::Info,
    /// The files inside the PDF.
    pub attached: &'a [pdf::Attachment],
    /// Draw the grid over set pages.
    pub show_grid: bool,
}

/// A file's content.
#[derive(Debug, Default)]
pub struct Written {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// How many pages, where there are any.
    pub pages: Option<usize>,
    /// Characters that no face has.
    pub missing: Vec<Missing>,
}

/// Writes a report; an error is the fault of the format's own template or of a font.
type Writer = fn(&Finished) -> Result<Written, Box<Diagnostic>>;

/// A format that a report can be written in.
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// The file's extension.
    pub extension: &'static str,
    /// Set in pages, with faces.
    pub paged: bool,
    /// Writes it.
    pub write: Writer,
    /// Reads everything back that can be read in it.
    pub surfaces: surface::Surfaces,
    /// What it is, for the help: in Chinese and in English.
    pub about: (&'static str, &'static str),
    /// Reads what an archive must know of it.
    pub inspect: inspect::Inspect,
    /// The level of PDF/A that an archived public and internal edition claims; none if the format has no levels.
    pub levels: Option<[&'static str; 2]>,
    /// The check of `verify` that reports active content.
    pub active: &'static str,
}

impl Format {
    /// The level of PDF/A that an archived file of an edition claims.
    pub fn level(&self, edition: Edition) -> Option<&'static str> {
        let [public, internal] = self.levels?;
        Some(if edition == Edition::Public { public } else { internal })
    }
}

/// The format of a document in an archive, by its path there: `data/public/r.pdf`.
pub fn of_file(path: &str) -> Option<&'static Format> {
    let name = path.strip_prefix("data/public/").or_else(|| path.strip_prefix("data/internal/"))?;
    let (_, extension) = name.rsplit_once('.')?;
    FORMATS.iter().find(|format| format.extension == extension)
}

/// Every format; what is not said is written in all of them, in this order.
pub const FORMATS: &[Format] = &[
    Format {
        name: "markdown",
        extension: "md",
        paged: false,
        write: markdown,
        surfaces: surface::markdown,
        about: ("纯文本，可比对、可继续编辑", "plain text, to compare and to edit on"),
        inspect: inspect::markdown,
        levels: None,
        active: "page-active",
    },
    Format {
        name: "html",
        extension: "html",
        paged: false,
        write: html,
        surfaces: surface::html,
        about: ("网页，数字带出处", "a web page that shows the source of each figure"),
        inspect: inspect::html,
        levels: None,
        active: "page-active",
    },
    Format {
        name: "pdf",
        extension: "pdf",
        paged: true,
        write: pdf,
        surfaces: surface::pdf,
        about: ("按 GB/T 9704 排版，可打印、归档", "typeset by GB/T 9704, to print and to archive"),
        inspect: inspect::pdf,
        levels: Some(["2a", "3a"]),
        active: "pdf-active",
    },
];

fn markdown(report: &Finished) -> Result<Written, Box<Diagnostic>> {
    let bytes = markdown::markdown(report.document).into_bytes();
    Ok(Written { bytes, ..Written::default() })
}

fn html(report: &Finished) -> Result<Written, Box<Diagnostic>> {
    let page = html::html(report.document, report.figures, report.cases, report.page).map_err(|error| {
        let fault = read_error(&error);
        Box::new(Diagnostic::error(
            Code::T003,
            Place::bytes(report.page.0, fault.range(report.page.1)),
            fault.message,
        ))
    })?;
    Ok(Written { bytes: page.into_bytes(), ..Written::default() })
}

fn pdf(report: &Finished) -> Result<Written, Box<Diagnostic>> {
    let mut set = typeset(report.document, report.faces);
    if report.show_grid {
        show_grid(&mut set.pages);
    }
    let bytes = pdf::pdf(&set, report.faces, report.info, report.attached).map_err(|error| {
        Box::new(Diagnostic::placeless(Code::T003, say(format!("不能生成 PDF：{error}"), error.to_string())))
    })?;
    let written = Written { bytes, pages: Some(set.pages.len()), missing: std::mem::take(&mut set.missing) };
    // A ledger of thousands of rows has hundreds of thousands of runs: another thread frees them.
    std::thread::spawn(move || drop(set));
    Ok(written)
}
