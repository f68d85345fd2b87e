//! One report's way from a folder to finished files: load, check and compose it ([`ready`](Maker::ready)), then typeset and
//! write it ([`make`](Maker::make)). Every command that reads a report goes through here, so all of them report the same faults.
//!
//! `settle` reads again while files are being saved; `setup` finds the templates and the faces; `unwritten` says why
//! files could not be written.

mod exit;
mod ready;
mod settle;
mod setup;
mod unwritten;

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::check::leak::Secrets;
use crate::compose::Templates;
use crate::diagnostic::{Code, Diagnostic, Say, Severity, say};
use crate::model::Dataset;
use crate::source::{Place, Sources};
use crate::typeset::{Faces, Missing};
use crate::world::{ReadFiles, World};
use crate::write::{Edition, Finished, Format, Written, html::TEMPLATE, pdf::Attachment, pdf::Info};

pub use exit::{Exit, leaks};
pub use ready::Ready;
pub use settle::settled;
pub use setup::{face_files, templates};
pub use unwritten::unwritten;

/// What a report is made with: [`Maker::new`] gives the usual settings, and struct update syntax changes them.
pub struct Maker<'a> {
    /// Where the files of reports are read.
    pub files: &'a dyn ReadFiles,
    /// Clock and environment.
    pub world: &'a dyn World,
    /// The genres.
    pub templates: &'a Templates,
    /// Returns the faces of the PDF. It is called only when they are needed, since another thread may still be reading them.
    pub faces: &'a dyn Fn() -> Result<&'a Faces, Say>,
    /// Called with the name of each step as it begins.
    pub step: &'a dyn Fn(&Say),
    /// Draw the grid of 28 × 22 over the pages; such a file gets `.grid` in its name.
    pub show_grid: bool,
    /// Which edition to make.
    pub edition: Edition,
}

/// A report's files, and everything that is wrong with it.
#[derive(Debug, Default)]
pub struct Made {
    /// The files that were asked for; none if there is an error.
    pub files: Vec<MadeFile>,
    /// Errors and warnings.
    pub diagnostics: Vec<Diagnostic>,
}

/// One file, not yet written.
#[derive(Debug)]
pub struct MadeFile {
    /// Where it goes.
    pub path: PathBuf,
    /// What it holds.
    pub content: Written,
    /// How long it took.
    pub took: Duration,
}

impl<'a> Maker<'a> {
    /// Reads the files of `world`, makes public editions without a grid and reports no steps.
    pub fn new(
        world: &'a dyn World,
        templates: &'a Templates,
        faces: &'a dyn Fn() -> Result<&'a Faces, Say>,
    ) -> Self {
        Self {
            files: world,
            world,
            templates,
            faces,
            step: &|_| {},
            show_grid: false,
            edition: Edition::Public,
        }
    }
}

impl Maker<'_> {
    /// Make the report in `folder` in some formats, as `stem` with their extensions. An error says why there are no faces.
    pub fn make(
        &self,
        folder: &Path,
        formats: &[&'static Format],
        stem: &Path,
        sources: &mut Sources,
    ) -> Result<Made, Say> {
        self.make_with(folder, formats, stem, &[], sources)
    }

    /// The same with files inside the PDF.
    pub fn make_with(
        &self,
        folder: &Path,
        formats: &[&'static Format],
        stem: &Path,
        attached: &[Attachment],
        sources: &mut Sources,
    ) -> Result<Made, Say> {
        let made = settled(self.files, folder, || self.make_once(folder, formats, stem, attached, sources));
        made.unwrap_or_else(|moving| Ok(Made { files: Vec::new(), diagnostics: vec![*moving] }))
    }

    /// Makes the report from the files as they are read, even if some are saved meanwhile.
    fn make_once(
        &self,
        folder: &Path,
        formats: &[&'static Format],
        stem: &Path,
        attached: &[Attachment],
        sources: &mut Sources,
    ) -> Result<Made, Say> {
        let mut made = Made::default();
        let Some(Ready { dataset, document, used: figures, .. }) =
            self.ready_once(folder, sources, &mut made.diagnostics)
        else {
            return Ok(made);
        };
        let report = &dataset.report;
        let info = Info {
            title: report.header.title.to_string(),
            author: document.sign_off.as_ref().map_or(String::new(), |end| end.signatures.join("、")),
            language: "zh-CN".to_owned(),
            date: self.date(&dataset),
        };
        let page = self.templates.get(TEMPLATE);
        let finished = Finished {
            document: &document,
            figures: &figures,
            cases: if self.edition == Edition::Internal { &dataset.cases } else { &[] },
            page: page.map_or((TEMPLATE, ""), |page| (page.shown.as_str(), page.text.as_str())),
            faces: (self.faces)()?,
            info: &info,
            attached,
            show_grid: self.show_grid,
        };
        (self.step)(&say("排版、写出", "typesetting and writing"));
        let secrets = (self.edition == Edition::Public).then(|| Secrets::new(&dataset, &figures));
        let secrets = secrets.filter(|secrets| !secrets.is_empty());
        for (format, (result, took)) in formats.iter().zip(self.write(formats, &finished)) {
            match result {
                Ok(content) => {
                    made.diagnostics.extend(
                        content.missing.iter().map(|missing| missing_glyph(missing, sources, folder)),
                    );
                    // `with_extension` would take a dot in the report's name for one.
                    let mut path = stem.as_os_str().to_owned();
                    let grid = if self.show_grid && format.paged { ".grid" } else { "" };
                    let edition = if self.edition == Edition::Internal { ".internal" } else { "" };
                    path.push(format!("{edition}{grid}.{}", format.extension));
                    let path = PathBuf::from(path);
                    // Before it has its name, so that nothing that leaks ever stands under it.
                    let leaks = secrets
                        .as_ref()
                        .map(|secrets| leaks(secrets, Exit::File(format), &path, &content.bytes));
                    made.diagnostics.extend(leaks.into_iter().flatten());
                    made.files.push(MadeFile { path, content, took });
                }
                Err(wrong) => made.diagnostics.push(*wrong),
            }
        }
        // A ledger of thousands of cases is a million small objects: another thread frees them.
        std::thread::spawn(move || drop((dataset, document, figures)));
        if has_errors(&made.diagnostics) {
            made.files.clear();
        }
        Ok(made)
    }

    /// Write every format at once, each on its own thread; the bytes depend on nothing of it.
    fn write(
        &self,
        formats: &[&'static Format],
        report: &Finished,
    ) -> Vec<(Result<Written, Box<Diagnostic>>, Duration)> {
        let timed = |format: &Format| {
            let begun = self.world.elapsed();
            let result = (format.write)(report);
            (result, self.world.elapsed().saturating_sub(begun))
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = formats.iter().map(|format| scope.spawn(|| timed(format))).collect();
            let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            threads.into_iter().map(join).collect()
        })
    }

    /// The day the report was signed, or the moment that the environment says.
    fn date(&self, dataset: &Dataset) -> chrono::NaiveDateTime {
        let signed = NaiveDate::from(dataset.report.header.date_signed).and_time(NaiveTime::MIN);
        epoch(self.world).map_or(signed, |utc| utc.naive_utc() + BEIJING)
    }
}

/// Beijing time minus UTC.
pub const BEIJING: TimeDelta = TimeDelta::hours(8);

/// The moment in `SOURCE_DATE_EPOCH`; none if it is not set or is no such number of seconds.
pub fn epoch(world: &dyn World) -> Option<DateTime<Utc>> {
    let seconds = world.variable("SOURCE_DATE_EPOCH")?.parse().ok()?;
    // A PDF's year has four digits.
    (0..=253_402_214_400).contains(&seconds).then(|| DateTime::from_timestamp(seconds, 0))?
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

fn missing_glyph(missing: &Missing, sources: &Sources, folder: &Path) -> Diagnostic {
    let (ch, code) = (missing.ch, format!("U+{:04X}", u32::from(missing.ch)));
    let shown = folder.to_string_lossy().replace('\\', "/");
    let place = sources.find(&shown, ch).unwrap_or_else(|| Place::file(&shown));
    let context = &missing.context;
    let message = say(
        format!("所有字体都没有“{ch}”（{code}），见“{context}”"),
        format!("no face has \"{ch}\" ({code}), in \"{context}\""),
    );
    let help = say(
        "换一个字，或用 --fonts 指定有这个字的字体",
        "write another character, or give a face that has it with --fonts",
    );
    Diagnostic::error(Code::G001, place, message).help(help)
}
