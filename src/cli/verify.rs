//! `banjie verify`: whether an archive is what it was.

use std::path::Path;

use serde_json::{Value, json};

use super::archive::{Made, fonts, remake, unreadable};
use super::{Status, face_files, print};
use crate::archive::verify::{Around, Check, Outcome, Property, Remade, verify as look};
use crate::archive::{self, About, Files, Folder, Metadata};
use crate::diagnostic::{Lang, Say, say};
use crate::typeset::Faces;
use crate::world::World;

/// Looks at a bag; the run fails if anything is wrong, and cannot be relied on if something could not be looked at.
pub(super) fn verify(
    world: &dyn World,
    bag: &Path,
    faces: Option<&Path>,
    json: bool,
    lang: Lang,
) -> Result<Status, Say> {
    if bag.file_name().is_none() {
        return Err(say(
            "写出存档文件夹的名字，不写 . 或 ..",
            "write the archive's folder by its name, not . or ..",
        ));
    }
    let folder = archive::read(world, bag).map_err(|error| unreadable(bag, &error))?;
    if [archive::BAG_INFO, archive::MANIFEST].iter().all(|name| !folder.files.contains_key(*name)) {
        let shown = bag.display();
        return Err(say(format!("{shown} 不是存档文件夹"), format!("{shown} is no archive")));
    }
    let files = face_files(world, faces)?;
    let remade = |metadata: &Metadata| {
        // Of the faces at hand, those that were there when it was archived.
        let known = |bytes: &[u8]| {
            let sum = archive::sha256(bytes);
            metadata.fonts.iter().any(|font| font.sha256 == sum)
        };
        let mut files = files;
        files.retain(|file| known((*file.bytes).as_ref()));
        rebuild(&folder, metadata, &Faces::new(files))
    };
    let checks = look(&folder, &around(world, bag, &folder), remade);
    let any = |wanted: fn(&Outcome) -> bool| checks.iter().any(|check| wanted(&check.outcome));
    let status = match () {
        () if any(|outcome| matches!(outcome, Outcome::Fails(_))) => Status::Errors,
        () if any(|outcome| matches!(outcome, Outcome::Unknown(_))) => Status::Failed,
        () => Status::Clean,
    };
    match json {
        true => print(
            &serde_json::to_string_pretty(&as_json(bag, &folder, &checks, status, lang)).unwrap_or_default(),
        ),
        false => print(&as_text(&checks, status, lang)),
    }
    Ok(status)
}

/// What lies around the bag.
fn around(world: &dyn World, bag: &Path, folder: &Folder) -> Around {
    let previous = archive::verify::info(folder).and_then(|info| info.previous);
    let beside = previous.filter(|previous| archive::of_folder(&previous.folder).is_some());
    let manifest = beside
        .filter(|previous| !previous.folder.contains(['/', '\\']))
        .and_then(|previous| world.read(&bag.parent()?.join(previous.folder).join(archive::MANIFEST)).ok());
    Around { folder: bag.file_name().map(|name| name.to_string_lossy().into_owned()), before: manifest }
}

/// Everything that the bag keeps, made anew from its data and templates.
fn rebuild(folder: &Folder, recorded: &Metadata, faces: &Faces) -> Remade {
    let report = &recorded.report;
    let plain = !report.is_empty() && !report.starts_with('.') && !report.contains(['/', '\\', ':']);
    if !plain {
        return Remade::Failed(say(
            "元数据中的报告名不能用",
            "the report's name in the metadata cannot be used",
        ));
    }
    let is_source = |path: &str| {
        ["data/source/", "data/beside/", "data/templates/"].iter().any(|at| path.starts_with(at))
    };
    let kept: Files = folder
        .files
        .iter()
        .filter(|(path, _)| is_source(path))
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    let failed = |words: [&str; 2]| {
        let [zh, en] = words;
        Remade::Failed(say(
            format!("存档的数据生成不了报告：{zh}"),
            format!("the archived data make no report: {en}"),
        ))
    };
    let both = |say: &Say| [Lang::Zh, Lang::En].map(|lang| say.get(lang).to_owned());
    let made = match remake(&kept, report, faces) {
        Ok((Ok(made), _)) => made,
        Ok((Err(wrong), _)) => {
            let first = wrong.iter().max_by_key(|told| std::cmp::Reverse(told.severity));
            let [zh, en] = first.map_or_else(Default::default, |told| both(&told.message));
            return failed([&zh, &en]);
        }
        Err(why) => {
            let [zh, en] = both(&why);
            return failed([&zh, &en]);
        }
    };
    let Made { files, dataset, document, genre, pages } = made;
    let filing = match super::archive::filing(&dataset) {
        Ok(filing) => filing,
        Err(why) => {
            let [zh, en] = both(&why);
            return failed([&zh, &en]);
        }
    };
    let same_faces = fonts(faces) == recorded.fonts;
    // What is said of the PDFs is held against those that are there, where they cannot be made.
    let mut remade = kept;
    let is_pdf = |path: &str| path.ends_with(".pdf") && !same_faces;
    for (path, bytes) in &files {
        let archived = folder.files.get(path).filter(|_| is_pdf(path));
        remade.insert(path.clone(), archived.unwrap_or(bytes).clone());
    }
    let about = About {
        report,
        dataset: &dataset,
        document: &document,
        genre: &genre,
        filing: &filing,
        pages: if same_faces { pages } else { recorded.pages },
        fonts: recorded.fonts.clone(),
        revision: recorded.revision,
        previous: recorded.previous.clone(),
    };
    let (mut remade, _) = archive::complete(remade, about);
    remade.extend(files);
    Remade::Files { files: remade, same_faces }
}

fn as_json(bag: &Path, folder: &Folder, checks: &[Check], status: Status, lang: Lang) -> Value {
    let info = archive::verify::info(folder);
    let check = |check: &Check| {
        let (result, details) = match &check.outcome {
            Outcome::Holds => ("holds", Vec::new()),
            Outcome::Fails(all) => ("fails", all.iter().map(|what| what.get(lang)).collect()),
            Outcome::Unknown(why) => ("unknown", vec![why.get(lang)]),
            Outcome::Skipped => ("skipped", Vec::new()),
        };
        json!({
            "property": check.property,
            "check": check.id,
            "name": check.name.get(lang),
            "result": result,
            "details": details,
        })
    };
    json!({
        "bag": bag.display().to_string(),
        "number": info.as_ref().map(|info| &info.number),
        "revision": info.as_ref().map(|info| info.revision),
        "result": result(status),
        "checks": checks.iter().map(check).collect::<Vec<_>>(),
    })
}

fn result(status: Status) -> &'static str {
    match status {
        Status::Clean => "sound",
        Status::Errors => "findings",
        Status::Failed => "incomparable",
    }
}

fn as_text(checks: &[Check], status: Status, lang: Lang) -> String {
    let mut lines = Vec::new();
    for property in Property::ALL {
        lines.push(property.label().get(lang).to_owned());
        for check in checks.iter().filter(|check| check.property == property) {
            let (mark, details) = match &check.outcome {
                Outcome::Holds => (lang.pick("通过", "ok"), Vec::new()),
                Outcome::Fails(all) => (lang.pick("不符", "WRONG"), all.iter().collect()),
                Outcome::Unknown(why) => (lang.pick("无法比较", "UNKNOWN"), vec![why]),
                Outcome::Skipped => (lang.pick("未查", "skipped"), Vec::new()),
            };
            lines.push(format!("  {mark}  {}", check.name.get(lang)));
            lines.extend(details.iter().map(|what| format!("        {}", what.get(lang))));
        }
    }
    let end = match status {
        Status::Clean => say("存档完好", "the archive is sound"),
        Status::Errors => say("存档有问题，见上", "something is wrong with the archive, see above"),
        Status::Failed => say(
            "没有查出问题，但有的内容无法比较，见上",
            "nothing wrong was found, but not all could be compared, see above",
        ),
    };
    lines.push(end.get(lang).to_owned());
    // A bag's names are anybody's.
    let shown = |line: String| line.replace(char::is_control, "\u{fffd}");
    lines.into_iter().map(shown).collect::<Vec<_>>().join("\n")
}
