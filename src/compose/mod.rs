//! From facts to Markdown: a genre's Tera templates ask for figures by name and take the office's prose.
//!
//! Everything that comes from data is escaped on its way in, so that no title becomes markup; figures come as links
//! `[138](figure:cases.total)`; prose is a template of its own, so that its figures are asked for by name as well.

mod context;
mod engine;
mod guard;
mod note;
mod prose;
mod templates;

use crate::compute::Figures;
use crate::diagnostic::{Code, Diagnostic, Marks, did_you_mean, say};
use crate::model::{Dataset, Genre};
use crate::source::{Path, Place};

pub use engine::read_error;
pub use templates::Templates;

/// The report as Markdown, and everything that went wrong on the way to it.
#[derive(Debug)]
pub struct Composed {
    /// Markdown with figure links; empty if the genre's own template fails.
    pub markdown: String,
    /// The template it was made by, as shown.
    pub template: String,
    /// What went wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Compose a dataset by its genre; `figures` are its own, `genre` is what the genre says of itself, if anything.
pub fn compose(
    dataset: &Dataset,
    figures: &Figures,
    templates: &Templates,
    genre: Option<&Genre>,
) -> Composed {
    let mut composed = Composed { markdown: String::new(), template: String::new(), diagnostics: Vec::new() };
    let Some(files) = templates.files(&dataset.report.genre) else {
        composed.diagnostics.push(unknown_genre(dataset, templates));
        return composed;
    };
    composed.template = files.main.shown.clone();
    let mut engine = engine::Engine::new(templates, figures, &dataset.roster);
    if let Some(fault) = engine.compile() {
        composed.diagnostics.push(fault);
        return composed;
    }
    let mut context = context::gather(dataset, figures);
    let genre = genre.zip(files.genre.map(|file| file.shown.as_str()));
    let (prose, wrong) = prose::render(dataset, genre, figures.edition(), &context, &mut engine);
    composed.diagnostics.extend(wrong);
    context::add_prose(&mut context, prose, figures);
    let (markdown, wrong) = engine.render(&files.name, &context);
    composed.diagnostics.extend(wrong);
    composed.markdown = note::added(markdown, dataset);
    std::thread::spawn(move || drop(context));
    composed
}

fn unknown_genre(dataset: &Dataset, templates: &Templates) -> Diagnostic {
    let place = Place::value(&dataset.files.report, Path::root().key("genre"));
    let genre = &dataset.report.genre;
    let genres = templates.genres();
    let (zh, en) = did_you_mean(genre, genres.iter().copied(), Marks::None).before_help();
    let message = say(format!("没有“{genre}”这种文种样式"), format!("there is no genre \"{genre}\""));
    let help = say(
        format!("{zh}可以写：{}；自己的文种要用 --templates 指定模板文件夹", genres.join("、")),
        format!("{en}Known: {}; one of your own needs --templates", genres.join(", ")),
    );
    Diagnostic::error(Code::T001, place, message).help(help)
}
