//! `banjie verify`: verify an archive.

use std::path::Path;

use serde_json::{Value, json};

use super::{Status, print};
use crate::archive::verify::{Check, Outcome, Property, verify_at};
use crate::archive::{self, Folder, unreadable};
use crate::diagnostic::{Lang, Say, say};
use crate::make::face_files;
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
    let checks = verify_at(world, bag, &folder, face_files(world, faces)?);
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
    // A bag's names may be hostile.
    let shown = |line: String| line.replace(char::is_control, "\u{fffd}");
    lines.into_iter().map(shown).collect::<Vec<_>>().join("\n")
}
