//! Two versions of a report side by side: what was changed in the data, which figures moved because of it, and the finished
//! text as a redline (花脸稿). Pure functions; where the two come from, the command knows.

mod align;
mod data;
mod figures;
mod html;
mod lines;
mod markdown;
mod outline;
mod public;
mod redline;
mod screen;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::compute::{Figure, Figures};
use crate::diagnostic::Lang;
use crate::document::Document;
use crate::model::{Dataset, Edition};
use crate::source::tree::Node;

pub use data::{Change, Data};
pub use figures::Moved;
pub use html::html;
pub use lines::{Kind, Line};
pub use markdown::markdown;
pub use public::public;
pub use redline::{Edit, Op, Piece, redline, words};
pub use screen::screen;

/// One of the two versions.
pub struct Side<'a> {
    /// How it is shown: a folder, or a revision with its colon.
    pub name: String,
    /// What its files hold.
    pub files: Files,
    /// What was made of them; an error of the report stands here instead.
    pub made: Result<Made<'a>, Trouble>,
}

/// What a report's files hold, in the same order on both sides: `report.yaml`, `cases.yaml`, `figures.yaml` and so on, whatever
/// the report calls them. A file that it does without is an empty record; none: it cannot be read.
pub type Files = Vec<(&'static str, Option<Node>)>;

/// A report without errors.
#[derive(Clone, Copy)]
pub struct Made<'a> {
    /// Its facts.
    pub dataset: &'a Dataset,
    /// All its figures.
    pub figures: &'a Figures,
    /// The figures in the text, by name.
    pub used: &'a BTreeMap<String, Figure>,
    /// The text.
    pub document: &'a Document,
}

/// Why a side has no text.
#[derive(Debug, Clone, Serialize)]
pub struct Trouble {
    /// How many errors it has.
    pub errors: usize,
    /// The first, with its code and its place: `Y004 data/r/report.yaml:3:1 …`.
    pub first: String,
}

/// All that differs. docs/diff.md says what each key of the JSON holds; fields stand in its order.
#[derive(Debug, Serialize)]
pub struct Diff {
    /// For whom it is.
    #[serde(serialize_with = "edition")]
    pub edition: Edition,
    /// The old version.
    pub old: Name,
    /// The new one.
    pub new: Name,
    /// What was changed in the files.
    pub data: Data,
    /// Figures that moved, by name; none where a side has errors.
    pub figures: Option<Vec<Moved>>,
    /// The text block by block in reading order, those without a change among them; none where a side has errors.
    #[serde(serialize_with = "changed_only")]
    pub text: Option<Vec<Edit>>,
}

/// A side by its name.
#[derive(Debug, Serialize)]
pub struct Name {
    /// How it is shown.
    pub name: String,
    /// Why it has no text.
    pub trouble: Option<Trouble>,
}

impl Diff {
    /// Compare two versions, whose files and texts are those of the edition.
    pub fn new(old: Side, new: Side, edition: Edition) -> Self {
        let data = data::compare(&old.files, &new.files);
        let made = old.made.as_ref().ok().zip(new.made.as_ref().ok());
        let name = |side: &Side| Name { name: side.name.clone(), trouble: side.made.as_ref().err().cloned() };
        Self {
            edition,
            old: name(&old),
            new: name(&new),
            data,
            figures: made.map(|(old, new)| figures::moved(old, new)),
            text: made.map(|(old, new)| redline(&lines::lines(old.document), &lines::lines(new.document))),
        }
    }

    /// Whether a side has errors.
    pub fn has_trouble(&self) -> bool {
        self.old.trouble.is_some() || self.new.trouble.is_some()
    }

    /// Whether the two are the same, as far as they could be compared.
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
            && self.figures.as_ref().is_none_or(Vec::is_empty)
            && self.changed().next().is_none()
    }

    /// The blocks of the text that were changed.
    pub fn changed(&self) -> impl Iterator<Item = &Edit> {
        self.text.iter().flatten().filter(|edit| !edit.is_same())
    }

    /// As JSON; its keys and terms depend on no language.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}

fn edition<S: serde::Serializer>(edition: &Edition, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match edition {
        Edition::Public => "public",
        Edition::Internal => "internal",
    })
}

fn changed_only<S: serde::Serializer>(text: &Option<Vec<Edit>>, serializer: S) -> Result<S::Ok, S::Error> {
    match text {
        Some(edits) => serializer.collect_seq(edits.iter().filter(|edit| !edit.is_same())),
        None => serializer.serialize_none(),
    }
}

/// How a diff is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// For a screen.
    Text,
    /// Markdown.
    Markdown,
    /// A page of its own.
    Html,
    /// JSON.
    Json,
}

impl Show {
    /// Every way by its name on the command line.
    pub const ALL: &[(&str, Show)] =
        &[("text", Show::Text), ("markdown", Show::Markdown), ("html", Show::Html), ("json", Show::Json)];
}

/// What the words around the data are written in, and whether with colours.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The language.
    pub lang: Lang,
    /// Escape sequences instead of marks.
    pub color: bool,
}
