//! One report's way through the rooms: load, compose, check, write.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveTime};

use crate::check;
use crate::compose::{Templates, compose};
use crate::compute::Figures;
use crate::diagnostic::{Diagnostic, Say, Severity, say};
use crate::document::parse::Fault;
use crate::document::{self, Document, Inline};
use crate::load;
use crate::model::{Dataset, Genre};
use crate::source::{Place, Sources};
use crate::typeset::{Faces, Missing};
use crate::world::World;
use crate::write::{Finished, Format, Written, html::TEMPLATE, pdf::Info};

/// What a report is made with.
pub struct Maker<'a> {
    /// Files, clock, environment.
    pub world: &'a dyn World,
    /// The genres.
    pub templates: &'a Templates,
    /// The faces of the PDF; they are read meanwhile, and asked for only when they are needed.
    pub faces: &'a dyn Fn() -> Result<&'a Faces, Say>,
    /// Told what is being done.
    pub step: &'a dyn Fn(&Say),
    /// Draw the grid over set pages; they are for the eye and have a name of their own.
    pub show_grid: bool,
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

impl Maker<'_> {
    /// Make the report in `folder` in some formats, as `stem` with their extensions. An error says why there are no faces.
    pub fn make(
        &self,
        folder: &Path,
        formats: &[&'static Format],
        stem: &Path,
        sources: &mut Sources,
    ) -> Result<Made, Say> {
        let mut made = Made::default();
        (self.step)(&say("读取数据", "reading data"));
        let Some((dataset, genre)) = self.load(folder, sources, &mut made.diagnostics) else {
            return Ok(made);
        };
        (self.step)(&say("成文", "composing"));
        let Some((document, figures)) = self.compose(&dataset, genre.as_ref(), &mut made.diagnostics) else {
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
            page: page.map_or((TEMPLATE, ""), |page| (page.shown.as_str(), page.text.as_str())),
            faces: (self.faces)()?,
            info: &info,
            show_grid: self.show_grid,
        };
        (self.step)(&say("排版、写出", "typesetting and writing"));
        for (format, (result, took)) in formats.iter().zip(self.write(formats, &finished)) {
            match result {
                Ok(content) => {
                    made.diagnostics.extend(
                        content.missing.iter().map(|missing| missing_glyph(missing, sources, folder)),
                    );
                    // `with_extension` would take a dot in the report's name for one.
                    let mut path = stem.as_os_str().to_owned();
                    let grid = if self.show_grid && format.paged { ".grid" } else { "" };
                    path.push(format!("{grid}.{}", format.extension));
                    made.files.push(MadeFile { path: path.into(), content, took });
                }
                Err(wrong) => made.diagnostics.push(*wrong),
            }
        }
        // A ledger of thousands of cases is a million small things: nobody needs to wait until they are freed.
        std::thread::spawn(move || drop((dataset, document, figures)));
        if has_errors(&made.diagnostics) {
            made.files.clear();
        }
        Ok(made)
    }

    /// Read and check the data, and what its genre says of itself; nothing if it cannot be composed.
    fn load(
        &self,
        folder: &Path,
        sources: &mut Sources,
        wrong: &mut Vec<Diagnostic>,
    ) -> Option<(Arc<Dataset>, Option<Genre>)> {
        let mut loaded = load::load(self.world, folder, sources);
        wrong.append(&mut loaded.diagnostics);
        let broken: BTreeSet<String> =
            wrong.iter().filter_map(|d| Some(d.place.as_ref()?.file.clone())).collect();
        // A rule has nothing to say of stand-ins, nor of a file that the report does not have.
        let sound = |file: &str| !file.is_empty() && !broken.contains(file);
        let files = &loaded.files;
        let report = loaded.report.as_ref().filter(|_| sound(&files.report));
        let cases = loaded.cases.as_ref().filter(|_| sound(&files.cases));
        let roster = loaded.roster.as_ref().filter(|_| !broken.contains(&files.bodies));
        wrong.extend(cases.into_iter().flat_map(|cases| check::ledger(cases, &files.cases)));
        wrong.extend(report.into_iter().flat_map(|report| check::report(report, &files.report)));
        wrong.extend(roster.into_iter().flat_map(|roster| check::roster(roster, &files.bodies)));
        if let (Some(cases), Some(report)) = (cases, report) {
            wrong.extend(check::cases(cases, report, &files.cases));
        }
        if let (Some(roster), Some(report)) = (roster, report) {
            wrong.extend(check::records(report, roster, &files.report));
        }
        let (genre, faults) = match &loaded.report {
            Some(report) => self.templates.genre(&report.genre),
            None => (None, Vec::new()),
        };
        wrong.extend(faults);
        if let (Some(genre), Some(report)) = (&genre, &loaded.report) {
            wrong.extend(check::genre(report, genre, &files.report));
        }
        // The prose is composed even where the data is wrong, so that its faults are told as well.
        Some((Arc::new(loaded.dataset()?), genre))
    }

    fn compose(
        &self,
        dataset: &Arc<Dataset>,
        genre: Option<&Genre>,
        wrong: &mut Vec<Diagnostic>,
    ) -> Option<(Document, BTreeMap<String, crate::compute::Figure>)> {
        let figures = Figures::new(Arc::clone(dataset));
        let composed = compose(dataset, &figures, self.templates, genre);
        wrong.extend(composed.diagnostics);
        if has_errors(wrong) {
            return None;
        }
        let (document, faults) = document::parse(&composed.markdown, &dataset.report.header);
        let fault = |fault: Fault| Diagnostic::error("T002", Place::file(&composed.template), fault.message);
        wrong.extend(faults.into_iter().map(fault));
        // Each is counted once, however often it stands in the text.
        let mut used = BTreeMap::new();
        document.each_inline(&mut |inline| {
            if let Inline::Figure { name, .. } = inline
                && !used.contains_key(name)
            {
                used.insert(name.clone(), figures.get(name));
            }
        });
        wrong.extend(check::document(&document, &used, &dataset.files.report));
        let used = used.into_iter().filter_map(|(name, figure)| Some((name, figure.ok()?))).collect();
        (!has_errors(wrong)).then_some((document, used))
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
        let beijing = chrono::TimeDelta::hours(8);
        let epoch = self.world.variable("SOURCE_DATE_EPOCH").and_then(|text| text.parse().ok());
        // A PDF's year has four digits.
        let epoch = epoch.filter(|seconds| (0..=253_402_214_400).contains(seconds));
        let signed = NaiveDate::from(dataset.report.header.date_signed).and_time(NaiveTime::MIN);
        epoch
            .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
            .map_or(signed, |utc| utc.naive_utc() + beijing)
    }
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
    Diagnostic::error("G001", place, message).help(help)
}
