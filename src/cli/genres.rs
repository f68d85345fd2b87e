//! `banjie genres`: which kinds of report there are and what each needs; `eject` writes one's templates out for
//! editing.

use std::path::{Path, PathBuf};

use super::{Status, complain, print};
use crate::compose::Templates;
use crate::diagnostic::{Lang, Say, closest, say};
use crate::make::unwritten;
use crate::model::Genre;
use crate::model::genre::{PartKey, Words};
use crate::source::Sources;
use crate::world::World;

/// List all genres, or describe those named with their phrases. A genre whose own file is wrong is reported.
pub(super) fn genres(
    templates: &Templates,
    named: &[String],
    lang: Lang,
    sources: &Sources,
) -> Result<Status, Say> {
    let all = templates.genres();
    if let Some(name) = named.iter().find(|name| !all.contains(&name.as_str())) {
        return Err(unknown(name, &all));
    }
    let mut status = Status::Clean;
    for name in all.iter().filter(|name| named.is_empty() || named.iter().any(|named| named == *name)) {
        let (genre, wrong) = templates.genre(name);
        for fault in &wrong {
            complain(&format!("{}\n", fault.render(&[fault.range(sources)], sources, lang, false)));
            status = Status::Errors;
        }
        print(&described(name, genre.filter(|_| wrong.is_empty()).as_ref(), !named.is_empty(), lang));
    }
    Ok(status)
}

/// The error that a genre does not exist, with the most similar name.
pub(super) fn unknown(name: &str, all: &[&str]) -> Say {
    let near = closest(name, all.iter().copied());
    let zh = near.map_or(String::new(), |near| format!("（是不是 {near}？）"));
    let en = near.map_or(String::new(), |near| format!(" (did you mean {near}?)"));
    say(
        format!("没有文种 {name}{zh}；有：{}", all.join("、")),
        format!("there is no genre {name}{en}; there are: {}", all.join(", ")),
    )
}

/// Describes a genre in a few lines; `whole` adds its phrases.
fn described(name: &str, genre: Option<&Genre>, whole: bool, lang: Lang) -> String {
    let Some(genre) = genre else {
        return format!("{name}\n  {}\n", lang.pick("没有 genre.yaml", "no genre.yaml"));
    };
    let words = |words: &Words| lang.pick(&*words.zh, &*words.en).to_owned();
    let mut out = format!("{name}  {}\n  {}\n", words(&genre.label), words(&genre.about));
    let lists =
        [(lang.pick("需要", "needs"), &genre.needs), (lang.pick("还可以有", "may have"), &genre.takes)];
    for (title, parts) in lists.into_iter().filter(|(_, parts)| !parts.is_empty()) {
        out += &format!("  {title}{}\n", lang.pick("：", ":"));
        for PartKey(part) in parts {
            out += &format!("    {:<18} {}\n", part.key, lang.pick(part.label.0, part.label.1));
        }
    }
    if whole && !genre.wording.is_empty() {
        let title = lang
            .pick("措辞（写在报告的 wording 里可以代替）：", "phrases (a report's `wording` replaces them):");
        out += &format!("  {title}\n");
        for (name, phrase) in &genre.wording {
            let text = phrase.0.as_ref().map_or("", |prose| prose);
            out += &format!("    {:<22} {text}\n", name.to_string());
        }
    }
    out
}

/// Writes the templates of a genre, or those that all genres share, to a folder. An existing file is never overwritten.
pub(super) fn eject(
    world: &dyn World,
    templates: &Templates,
    name: &str,
    folder: &Path,
    lang: Lang,
) -> Result<Status, Say> {
    let files: Vec<(PathBuf, Vec<u8>)> = templates
        .iter()
        .filter(|(file, _)| file.split_once('/').is_some_and(|(own, _)| own == name))
        .map(|(file, template)| (folder.join(file), template.text.clone().into_bytes()))
        .collect();
    if files.is_empty() {
        let mut all = templates.genres();
        all.push(SHARED);
        return Err(unknown(name, &all));
    }
    let there = world.list(&folder.join(name)).unwrap_or_default();
    let exists = |path: &Path| path.file_name().is_some_and(|name| there.iter().any(|file| **file == *name));
    if let Some((path, _)) = files.iter().find(|(path, _)| exists(path)) {
        let path = path.display();
        return Err(say(
            format!("{path} 已经存在，没有覆盖；换一个文件夹：--to …"),
            format!("{path} exists and was not overwritten; choose another folder with --to"),
        ));
    }
    world.write(&files).map_err(|wrong| unwritten(&wrong))?;
    for (path, _) in &files {
        print(&path.display().to_string());
    }
    let shown = folder.display();
    print(lang.pick("修改以后这样生成：", "edit them and build with"));
    print(&format!("  banjie build --templates {shown}"));
    if name != SHARED {
        print(lang.pick("各文种共用的部分这样写出：", "what all genres share is written by"));
        print(&format!("  banjie genres eject {SHARED} --to {shown}"));
    }
    Ok(Status::Clean)
}

/// The folder of the templates that all genres share.
const SHARED: &str = "shared";
