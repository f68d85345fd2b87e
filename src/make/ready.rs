//! The first half of making a report: load, check, compose, and check the text.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::{Maker, has_errors, settled};
use crate::check::{self, Allowed, claims, text};
use crate::compose::{Composed, Templates, compose};
use crate::compute::{Figure, Figures};
use crate::diagnostic::{Code, Diagnostic, Severity, say};
use crate::document::parse::Fault;
use crate::document::passage::passages;
use crate::document::{self, Document, Inline};
use crate::load::{self, Loaded};
use crate::model::genre::PartKey;
use crate::model::{Dataset, Genre};
use crate::source::{self, Place, Sources};

/// A report that is ready to be written.
pub struct Ready {
    /// Its facts.
    pub dataset: Arc<Dataset>,
    /// All its figures.
    pub figures: Figures,
    /// Its text.
    pub document: Document,
    /// The figures in the text, by name.
    pub used: BTreeMap<String, Figure>,
}

impl Maker<'_> {
    /// The report in `folder`, ready to be written; none if there are errors. What is wrong with it is added to `wrong`.
    pub fn ready(&self, folder: &Path, sources: &mut Sources, wrong: &mut Vec<Diagnostic>) -> Option<Ready> {
        let read = settled(self.files, folder, || {
            let mut found = Vec::new();
            (self.ready_once(folder, sources, &mut found), found)
        });
        let (ready, found) = read.unwrap_or_else(|moving| (None, vec![*moving]));
        wrong.extend(found);
        ready
    }

    /// The report from the files as they are read, even if some are saved meanwhile.
    pub(super) fn ready_once(
        &self,
        folder: &Path,
        sources: &mut Sources,
        wrong: &mut Vec<Diagnostic>,
    ) -> Option<Ready> {
        (self.step)(&say("读取数据", "reading data"));
        let mut loaded = load::load(self.files, folder, sources);
        let (genre, faults) = match &loaded.report {
            Some(report) => self.templates.genre(&report.genre),
            None => (None, Vec::new()),
        };
        wrong.append(&mut loaded.diagnostics);
        // A faulty genre may ask for parts by mistake; without a genre nothing can be composed.
        let no_genre = !faults.is_empty() || loaded.is_doubtful(&source::Path::root().key("genre"));
        let genre = genre.filter(|_| !no_genre);
        wrong.extend(faults);
        let sound = Sound::new(&loaded, wrong);
        check_data(&loaded, &sound, genre.as_ref(), wrong);
        // The prose is composed even if the data is wrong, so that its faults are reported as well.
        let dataset = Arc::new(loaded.dataset()?);
        let mut allowed = Allowed::new(&dataset.report, &dataset.files.report);
        allowed.spare(wrong, sources);
        if no_genre {
            return None;
        }
        (self.step)(&say("成文", "composing"));
        let figures = Figures::new(Arc::clone(&dataset));
        check_figures(&dataset, &figures, &sound, wrong);
        if let Some(name) = check::last_report(&dataset.report).filter(|_| sound.report && sound.figures) {
            let last = load::beside(self.files, folder, name);
            wrong.extend(check::last_year(&dataset, &last));
            if let Ok((_, texts)) = last {
                sources.extend(texts);
            }
        }
        wrong.extend(check::todos(&dataset));
        // Checks look at all of it; what is printed is for whom it is made.
        let figures = figures.of(self.edition);
        let mut composed = compose(&dataset, &figures, self.templates, genre.as_ref());
        if wrong.iter().any(|told| told.code == Code::Y004) {
            // A template that asks for what is missing is not at fault.
            let in_report =
                |told: &Diagnostic| told.place.as_ref().is_some_and(|p| p.file == dataset.files.report);
            composed.diagnostics.retain(in_report);
        }
        let made = self.document(&dataset, &figures, composed, wrong);
        if let Some(made) = &made {
            check_words(made, &dataset, self.templates, folder, sources, wrong);
        }
        allowed.spare(wrong, sources);
        // What is not written yet may still need them, and so may rules that did not run because of an error.
        let all_ran = made.is_some() && sound.all();
        let needless = |told: &Diagnostic| told.code == Code::A002 && (dataset.is_draft() || !all_ran);
        wrong.extend(allowed.rest().into_iter().filter(|told| !needless(told)));
        let (document, used) = made.filter(|_| !has_errors(wrong))?;
        Some(Ready { dataset, figures, document, used })
    }

    /// The document and the figures in it; none if the report cannot be read as one.
    fn document(
        &self,
        dataset: &Dataset,
        figures: &Figures,
        composed: Composed,
        wrong: &mut Vec<Diagnostic>,
    ) -> Option<(Document, check::Used)> {
        wrong.extend(composed.diagnostics);
        if has_errors(wrong) {
            return None;
        }
        let (mut document, faults) = document::parse(&composed.markdown, &dataset.report.header);
        document.draft = dataset.is_draft().then(|| dataset.todos().len());
        let fault =
            |fault: Fault| Diagnostic::error(Code::T002, Place::file(&composed.template), fault.message);
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
        wrong.extend(check::used(dataset, &used));
        let used = used.into_iter().filter_map(|(name, figure)| Some((name, figure.ok()?))).collect();
        Some((document, used))
    }
}

/// The files that read without a fault, or that the report does without: a rule has nothing to say of stand-ins.
struct Sound {
    report: bool,
    cases: bool,
    figures: bool,
    bodies: bool,
}

impl Sound {
    /// Whether every rule can run.
    fn all(&self) -> bool {
        self.report && self.cases && self.figures && self.bodies
    }

    fn new(loaded: &Loaded, wrong: &[Diagnostic]) -> Self {
        let broken: BTreeSet<&str> = wrong
            .iter()
            .filter(|told| told.severity == Severity::Error)
            .filter_map(|told| Some(told.place.as_ref()?.file.as_str()))
            .collect();
        let files = [&loaded.files.report, &loaded.files.cases, &loaded.files.figures, &loaded.files.bodies];
        let [report, cases, figures, bodies] = files.map(|file| !broken.contains(file.as_str()));
        Self { report, cases, figures, bodies }
    }
}

/// The rules over the data, file by file.
fn check_data(loaded: &Loaded, sound: &Sound, genre: Option<&Genre>, wrong: &mut Vec<Diagnostic>) {
    let files = &loaded.files;
    let report = loaded.report.as_ref().filter(|_| sound.report);
    // Nor of a ledger that the report does not have.
    let cases = loaded.cases.as_ref().filter(|_| sound.cases && !files.cases.is_empty());
    let roster = loaded.roster.as_ref().filter(|_| sound.bodies);
    wrong.extend(cases.into_iter().flat_map(|cases| check::ledger(cases, &files.cases)));
    wrong.extend(report.into_iter().flat_map(|report| check::report(report, &files.report)));
    wrong.extend(roster.into_iter().flat_map(|roster| check::roster(roster, &files.bodies)));
    if let (Some(cases), Some(report)) = (cases, report) {
        wrong.extend(check::cases(cases, report, &files.cases));
    }
    if let (Some(roster), Some(report)) = (roster, report) {
        wrong.extend(check::records(report, roster, &files.report));
    }
    if let (Some(genre), Some(report)) = (genre, &loaded.report) {
        // A part that could not be read, or whose key is misspelt, has been reported already: it is not missing.
        let told = |part: &PartKey| loaded.is_doubtful(&part.0.path());
        let (takes, needs): (Vec<PartKey>, Vec<PartKey>) = genre.needs.iter().copied().partition(told);
        let genre = Genre { needs, takes: [takes, genre.takes.clone()].concat(), ..genre.clone() };
        wrong.extend(check::genre(report, &genre, &files.report));
    }
}

/// The rules over what is counted.
fn check_figures(dataset: &Dataset, figures: &Figures, sound: &Sound, wrong: &mut Vec<Diagnostic>) {
    let (report, files) = (&dataset.report, &dataset.files);
    if sound.report && sound.cases {
        wrong.extend(check::totals(report, figures, &files.report));
        wrong.extend(check::dataset(dataset));
        wrong.extend(check::profile(dataset));
    }
    // A relation may compare with what the ledger counts.
    if sound.report && sound.cases && sound.figures {
        wrong.extend(check::figures(dataset, figures));
    }
}

/// Bytes that are searched for the places of slips: in a long ledger that takes time, and thousands of places are of no use.
const MOST_SEARCHED: usize = 2 << 30;
/// As many are looked for in any case.
const LEAST_PLACED: usize = 100;

/// The rules over the finished words, each slip at the place that it was written at.
fn check_words(
    (document, used): &(Document, check::Used),
    dataset: &Dataset,
    templates: &Templates,
    folder: &Path,
    sources: &Sources,
    wrong: &mut Vec<Diagnostic>,
) {
    let passages = passages(document);
    // A report that does not print its ledger never asks for the names in it.
    let names = LazyCell::new(|| dataset.names());
    let set_phrases = dataset.report.names.iter().chain(dataset.profile.names.iter().flatten());
    let set_phrases: Vec<&str> = set_phrases.map(|name| &**name).collect();
    let mut slips = text::naked(&passages, |cell| names.contains(cell), &dataset.contacts(), &set_phrases);
    slips.extend(text::slips_of_report(&passages, used));
    // The words of a draft are not final.
    let strict = dataset.report.strict && !dataset.is_draft();
    let folder = folder.to_string_lossy().replace('\\', "/");
    let mut folders = vec![folder.as_str()];
    folders.extend(templates.shown_folders(&dataset.report.genre));
    let place = |text: &str, range: &Range<usize>| {
        let found = sources.find_words(&folders, text, range);
        found.unwrap_or_else(|| Place::file(&dataset.files.report))
    };
    // What is still to be found out is reported by Y008.
    slips.retain(|slip| !passages[slip.passage].is_open(&slip.range));
    let most = LEAST_PLACED.max(MOST_SEARCHED / sources.size(&folder).max(1));
    for (index, slip) in slips.into_iter().enumerate() {
        let of = |passage: usize, range: &Range<usize>| match index < most {
            true => place(&passages[passage].text, range),
            false => Place::file(&dataset.files.report),
        };
        wrong.push(slip.told(of, strict));
    }
    // Most claims come of templates, which make none in vain: the ledger's own file is not searched for them.
    let mut prose = Sources::default();
    prose.add(&dataset.files.report, sources.text(&dataset.files.report).unwrap_or_default().to_owned());
    for said in claims::said(&passages, dataset) {
        let text = &passages[said.passage].text;
        let own = prose.find_words(&[folder.as_str()], text, &said.written);
        let unfounded = said.unfounded(text, || own.clone().unwrap_or_else(|| place(text, &said.written)));
        // Nothing can be declared of cases that are not there yet.
        let undeclared = || {
            if dataset.lacks_cases() {
                return None;
            }
            said.undeclared(text, own.clone()?, &dataset.report)
        };
        let told = unfounded.or_else(undeclared);
        wrong.extend(told.map(|told| {
            let severity = told.severity.min(text::severity(told.code, strict));
            Diagnostic { severity, ..told }
        }));
    }
}
