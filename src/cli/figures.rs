//! `banjie figures`: the numbers of the text that have no source (N001) as declarations for `figures.yaml`; with `--write` they are
//! written there, and the text asks for them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Job, Status, print};
use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::draft::{Proposal, declarations, proposals, with_declarations, with_requests};
use crate::source::{Place, Sources, Spot, Step, scalars};
use crate::world::World;

/// The file that holds a report, and the one that holds its figures if it names none.
const REPORT: &str = "report.yaml";
const FIGURES: &str = "figures.yaml";

/// A report's texts, with the names that its figures have.
struct Texts {
    report: String,
    /// The path of the figures in the folder.
    figures_file: String,
    figures: String,
    names: BTreeSet<String>,
    has_source: bool,
    has_day: bool,
    names_figures: bool,
}

/// A proposal as `--json` shows it; docs/records.md describes each key.
#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    text: &'a str,
    #[serde(flatten)]
    proposal: &'a Proposal,
}

/// Shows what may be declared, or declares it.
pub(super) fn figures(mut job: Job, write: bool, json: bool) -> Result<Status, Say> {
    let Some((folder, _)) = job.reports.first().cloned() else { return Ok(Status::Clean) };
    let mut wrong = Vec::new();
    job.with_maker(&folder, |maker, sources| maker.ready(&folder, sources, &mut wrong));
    let (naked, wrong): (Vec<Diagnostic>, Vec<Diagnostic>) =
        wrong.into_iter().partition(|told| told.code == Code::N001);
    // Without a finished text nobody knows which numbers are in it.
    if naked.is_empty() {
        job.teller.tell(wrong.into_iter().filter(|told| told.code != Code::Y008).collect(), &job.sources);
        let status = job.teller.end(false);
        if status == Status::Clean && !json {
            print(job.lang.pick("文中的数字都有出处", "every number in the text has a source"));
        }
        return Ok(status);
    }
    let shown = folder.join(REPORT).to_string_lossy().replace('\\', "/");
    let texts = read(&shown, &folder, &job.sources)?;
    let numbers = ranges(&naked, &shown);
    let found = proposals(&texts.report, &numbers, &texts.names);
    if json {
        print(&rows(&found, &shown, &texts.report, &job.sources)?);
    } else {
        for line in lines(&found, &shown, &texts.report, &job.sources) {
            print(&line);
        }
    }
    let left = naked.len() - found.len();
    if left > 0 && !json {
        print(
            say(
                format!("另有 {left} 处不能自动处理，用 banjie check 查看"),
                format!("{left} more have to be declared by hand: see `banjie check`"),
            )
            .get(job.lang),
        );
    }
    if write {
        let written = save(job.world, &folder, &texts, &found)?;
        // JSON is read by a program: nothing else stands beside it.
        written.iter().filter(|_| !json).for_each(|path| print(&path.display().to_string()));
    } else if !json && !found.is_empty() {
        print(job.lang.pick(
            "名称和含义可以再改；加 --write 写进数据表，并把正文改成 fig(…)",
            "names and labels may be changed; --write declares them and makes the text ask for them",
        ));
    }
    Ok(Status::Clean)
}

fn read(shown: &str, folder: &Path, sources: &Sources) -> Result<Texts, Say> {
    let missing = || say(format!("读不了 {shown}"), format!("cannot read {shown}"));
    let report = sources.text(shown).ok_or_else(missing)?.to_owned();
    let named = scalars(&report).unwrap_or_default();
    let named =
        named.iter().find(|scalar| scalar.path.to_string() == "figures").map(|scalar| scalar.value.clone());
    let names_figures = named.is_some();
    let figures_file = named.unwrap_or_else(|| FIGURES.to_owned());
    let path = folder.join(&figures_file).to_string_lossy().replace('\\', "/");
    let figures = sources.text(&path).unwrap_or_default().to_owned();
    let declared = scalars(&figures).unwrap_or_default();
    let has = |key: &str| declared.iter().any(|scalar| scalar.path.to_string() == key);
    let name = |steps: &[Step]| match steps {
        [Step::Key(key), Step::Key(name), ..] if key == "figures" => Some(name.clone()),
        _ => None,
    };
    let names = declared.iter().filter_map(|scalar| name(scalar.path.steps())).collect();
    Ok(Texts {
        report,
        figures_file,
        names,
        has_source: has("source"),
        has_day: has("as_of"),
        figures,
        names_figures,
    })
}

/// The bytes of the numbers that stand in the report's own file, each once, in their order.
fn ranges(naked: &[Diagnostic], shown: &str) -> Vec<std::ops::Range<usize>> {
    let own = naked.iter().filter_map(|told| match &told.place {
        Some(Place { file, spot: Spot::Bytes(range) }) if file == shown => Some(range.clone()),
        _ => None,
    });
    let mut found: Vec<_> = own.collect();
    found.sort_by_key(|range| range.start);
    found.dedup();
    found
}

fn place(proposal: &Proposal, shown: &str, sources: &Sources) -> (usize, usize) {
    sources.line_column(shown, proposal.range.start).unwrap_or_default()
}

fn rows(found: &[Proposal], shown: &str, report: &str, sources: &Sources) -> Result<String, Say> {
    let row = |proposal| {
        let (line, column) = place(proposal, shown, sources);
        Row { file: shown, line, column, text: &report[proposal.range.clone()], proposal }
    };
    let rows: Vec<Row> = found.iter().map(row).collect();
    serde_json::to_string_pretty(&rows)
        .map_err(|error| say(format!("写不成 JSON：{error}"), format!("cannot write JSON: {error}")))
}

/// One line a number: where it stands, what it is, and what the text will say instead.
fn lines(found: &[Proposal], shown: &str, report: &str, sources: &Sources) -> Vec<String> {
    let line = |proposal: &Proposal| {
        let (line, column) = place(proposal, shown, sources);
        let text = &report[proposal.range.clone()];
        format!("{shown}:{line}:{column}  {text}  {}  {}", proposal.label, proposal.request)
    };
    found.iter().map(line).collect()
}

/// Writes both files, all or none; nothing that no longer reads as YAML is written.
fn save(world: &dyn World, folder: &Path, texts: &Texts, found: &[Proposal]) -> Result<Vec<PathBuf>, Say> {
    let mut report = with_requests(&texts.report, found);
    if !texts.names_figures {
        let gap = if report.ends_with('\n') { "" } else { "\n" };
        report = format!("{report}{gap}figures: {FIGURES}\n");
    }
    let figures = with_declarations(&texts.figures, &declarations(found, texts.has_source, texts.has_day));
    let files: Vec<(PathBuf, String)> =
        vec![(folder.join(REPORT), report), (folder.join(&texts.figures_file), figures)];
    for (path, text) in &files {
        if scalars(text).is_none() {
            let shown = path.display();
            return Err(say(
                format!("没有改动：{shown} 改后不是合格的 YAML；这几处请手工改"),
                format!("nothing was changed: {shown} would be no YAML afterwards; edit it by hand"),
            ));
        }
    }
    let files: Vec<(PathBuf, Vec<u8>)> =
        files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    world.write(&files).map_err(|unwritten| {
        let (shown, error) = (unwritten.path.display(), &unwritten.error);
        say(format!("写不了 {shown}：{error}"), format!("cannot write {shown}: {error}"))
    })?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}
