//! `banjie new`: the folder of a new report, a skeleton of its genre or last year's report rolled over.

use std::path::{Path, PathBuf};

use super::genres::unknown;
use super::{Status, print};
use crate::compose::Templates;
use crate::diagnostic::{Diagnostic, Lang, Say, Severity, say};
use crate::draft::{self, File};
use crate::load::{self, is_plain_name};
use crate::model::{Dataset, Genre};
use crate::sheet::is_spreadsheet;
use crate::source::{Sources, scalars};
use crate::world::World;

/// What is asked for.
pub(super) struct New {
    /// The report's name.
    pub report: String,
    /// Its genre; none: the genre of the report that it is rolled over from.
    pub genre: Option<String>,
    /// Its year; none: the year after that of the report that it is rolled over from.
    pub year: Option<u16>,
    /// The report that it is rolled over from.
    pub from: Option<String>,
    /// The spreadsheet that it begins with.
    pub ledger: Option<PathBuf>,
}

/// Makes the folder of a new report; it is an error if the folder exists.
pub(super) fn new(
    world: &dyn World,
    templates: &Templates,
    asked: &New,
    data: &Path,
    lang: Lang,
) -> Result<Status, Say> {
    let name = &asked.report;
    allowed(name)?;
    if let Some(genre) = &asked.genre {
        known(genre, templates)?;
    }
    let text = |(file, text): File| (PathBuf::from(file), text.into_bytes());
    let files: Vec<(PathBuf, Vec<u8>)> = match (&asked.from, &asked.ledger, &asked.genre, asked.year) {
        (Some(from), ..) => rolled_over(world, templates, asked, data, from)?.into_iter().map(text).collect(),
        (None, Some(sheet), ..) => from_sheet(world, templates, asked, sheet, lang)?,
        (None, None, Some(genre), Some(year)) => {
            let folder = templates.folder(genre);
            let files = draft::skeleton(folder, &sound(folder, templates)?, year, None, lang);
            files.into_iter().map(text).collect()
        }
        _ => {
            return Err(say(
                "要写 --ledger，或 --genre 和 --year，或 --from",
                "write --ledger, or --genre and --year, or --from",
            ));
        }
    };
    let folder = data.join(name);
    world.create_folder(&folder, &files).map_err(|error| {
        let shown = folder.display();
        match error.kind() {
            std::io::ErrorKind::AlreadyExists => say(
                format!("{shown} 已经存在，没有改动；换一个名字"),
                format!("{shown} exists and was left as it is; choose another name"),
            ),
            _ => say(format!("建不了 {shown}：{error}"), format!("cannot make {shown}: {error}")),
        }
    })?;
    for (file, _) in &files {
        print(&folder.join(file).display().to_string());
    }
    print_next_steps(name, lang);
    Ok(Status::Clean)
}

/// An error says why a report cannot have this name.
fn allowed(name: &str) -> Result<(), Say> {
    if !is_plain_name(name) {
        return Err(say(
            format!("“{name}”不能做报告的名字：只写文件夹名，不带路径，不以点开头，不含 : * ? 这些符号"),
            format!("\"{name}\" cannot be a report's name: write it without a path"),
        ));
    }
    if name == crate::archive::FOLDER {
        return Err(say(
            format!("{name} 是存档用的文件夹，报告换一个名字"),
            format!("{name} is the folder of the archives: call the report otherwise"),
        ));
    }
    Ok(())
}

/// Prints what to do with the new draft.
fn print_next_steps(name: &str, lang: Lang) {
    print(lang.pick(
        "这是一份草稿。填写各处 todo，还差哪些这样查看：",
        "This is a draft. Fill in each todo; what is left is listed by",
    ));
    print(&format!("  banjie check {name}"));
    print(
        lang.pick("随时可以生成，各页印有“草稿”：", "It can be built at any time, with 草稿 on each page:"),
    );
    print(&format!("  banjie build {name}"));
    print(lang.pick(
        "填完以后，删去 report.yaml 里的 draft: true。",
        "When nothing is left, delete `draft: true` in report.yaml.",
    ));
}

/// Checks that a genre exists, named by its folder or its label.
fn known(genre: &str, templates: &Templates) -> Result<(), Say> {
    let all = templates.genres();
    if all.contains(&templates.folder(genre)) { Ok(()) } else { Err(unknown(genre, &all)) }
}

/// What a genre says of itself, if its genre.yaml has no errors.
fn sound(genre: &str, templates: &Templates) -> Result<Genre, Say> {
    let (found, wrong) = templates.genre(genre);
    found.filter(|_| wrong.is_empty()).ok_or_else(|| {
        say(
            format!("文种 {genre} 没有可用的 genre.yaml，不知道需要哪些内容"),
            format!("the genre {genre} has no sound genre.yaml that says what it needs"),
        )
    })
}

/// The genre of a report that begins with a spreadsheet, unless another is asked for.
const USUAL_GENRE: &str = "annual-summary";

/// The files of a report whose ledger is a spreadsheet: the spreadsheet as it is, and a skeleton that says of it what has to be
/// said.
fn from_sheet(
    world: &dyn World,
    templates: &Templates,
    asked: &New,
    path: &Path,
    lang: Lang,
) -> Result<Vec<(PathBuf, Vec<u8>)>, Say> {
    let folder = templates.folder(asked.genre.as_deref().unwrap_or(USUAL_GENRE));
    let genre = sound(folder, templates)?;
    if !genre.needs.iter().any(|part| part.0.key == "ledger") {
        return Err(say(
            format!("文种 {folder} 不用台账，不能由表格新建"),
            format!("the genre {folder} has no ledger and cannot begin with a spreadsheet"),
        ));
    }
    let mut sources = Sources::default();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let failed = |wrong: &Diagnostic| {
        let of = |lang| wrong.message.get(lang).to_owned();
        say(format!("{name}：{}", of(Lang::Zh)), format!("{name}: {}", of(Lang::En)))
    };
    if !is_spreadsheet(&name) || !is_plain_name(&name) {
        return Err(say(
            format!("“{name}”不是表格的文件名，如 台账.xlsx"),
            format!("\"{name}\" is not the name of a spreadsheet, such as ledger.xlsx"),
        ));
    }
    let read = load::spreadsheet(world, path, false, &mut sources).map_err(|wrong| failed(&wrong))?;
    let understood = &read.ledger.understood;
    if understood.columns.is_empty() {
        return Err(read.diagnostics.first().map_or_else(|| say("", ""), failed));
    }
    let cases = read.cases.as_deref().unwrap_or_default();
    let latest = cases.iter().map(|case| case.assigned.year()).max().or(understood.year);
    let year = asked.year.or(latest.and_then(|year| u16::try_from(year).ok()));
    let year = year.ok_or_else(|| {
        say("表里看不出是哪一年的，请写 --year", "the sheet does not say its year: write --year")
    })?;
    let bytes = world
        .read(path)
        .map_err(|error| say(format!("读不了 {name}：{error}"), format!("cannot read {name}: {error}")))?;
    let text = read.ledger.text.as_deref().unwrap_or_default();
    let sheet = draft::Sheet {
        missing: understood.until_checked(i32::from(year)),
        assist: text.contains("role: 协办").then_some("协办"),
        name: name.clone(),
    };
    let files = draft::skeleton(folder, &genre, year, Some(&sheet), lang).into_iter();
    let files = files.map(|(file, text)| (PathBuf::from(file), text.into_bytes()));
    Ok(files.chain([(PathBuf::from(name), bytes)]).collect())
}

/// Last year's report as the files of the new one.
fn rolled_over(
    world: &dyn World,
    templates: &Templates,
    asked: &New,
    data: &Path,
    from: &str,
) -> Result<Vec<File>, Say> {
    if !is_plain_name(from) {
        return Err(say(
            format!("--from 写 {} 里的文件夹名，不带路径", data.display()),
            format!("--from is the name of a folder in {}, without a path", data.display()),
        ));
    }
    super::reports(world, data, &[from.to_owned()])?;
    let mut sources = Sources::default();
    let loaded = load::load(world, &data.join(from), &mut sources);
    let wrong = loaded.diagnostics.iter().find(|told| told.severity == Severity::Error);
    let why = wrong.map(|wrong: &Diagnostic| wrong.message.clone());
    let old: Dataset = match (why, loaded.dataset()) {
        (None, Some(old)) => old,
        (why, _) => {
            let of = |lang| why.as_ref().map_or(String::new(), |why| why.get(lang).to_owned());
            return Err(say(
                format!("上年的报告 {from} 有错误，先用 banjie check {from} 改好：{}", of(Lang::Zh)),
                format!("{from} has errors; run `banjie check {from}` and mend it first: {}", of(Lang::En)),
            ));
        }
    };
    let (genre, year) = (templates.folder(&old.report.genre), old.report.year);
    known(genre, templates)?;
    if let Some(other) = asked.genre.as_deref().filter(|other| templates.folder(other) != genre) {
        return Err(say(
            format!("{from} 的文种是 {genre}，不能沿用成 {other}"),
            format!("{from} is of the genre {genre} and cannot be rolled over to {other}"),
        ));
    }
    if let Some(other) = asked.year.filter(|other| u32::from(*other) != u32::from(year) + 1) {
        return Err(say(
            format!("{from} 是{year}年的，只能沿用成{}年的，不是{other}年", year + 1),
            format!("{from} is of {year} and can be rolled over to {}, not to {other}", year + 1),
        ));
    }
    let files = draft::rolled_over(&old, &sources, from, &sound(genre, templates)?);
    // Places are replaced in the text of the old file. An unusual layout could give broken YAML: that is refused, not
    // written.
    if let Some((file, _)) =
        files.iter().find(|(file, text)| !is_spreadsheet(file) && scalars(text).is_none())
    {
        return Err(say(
            format!(
                "{from} 的 {file} 写法特别，不能照样沿用：各项分行来写（label: …、value: … 各占一行），再试一次"
            ),
            format!(
                "{file} of {from} is written in a way that cannot be rolled over: write every key on a line of its own and try again"
            ),
        ));
    }
    Ok(files)
}
