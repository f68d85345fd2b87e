//! `banjie build --watch`: build again on every save, and say only what is new.
//!
//! It looks at lengths and times of a handful of files, again and again: that works on network drives and on every
//! system, and costs nothing to speak of. Templates and faces stay in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::build::{faces, write};
use super::put::hold;
use super::{Args, Job, Status, complain, print, reports};
use crate::diagnostic::{Code, Diagnostic, Say, Severity, say};
use crate::make::templates;
use crate::world::{Stamp, World};
use crate::write::Format;

/// The time between two looks. A file that looks the same twice has been saved completely.
const PAUSE: Duration = Duration::from_millis(25);

/// How many looks to wait for the end of a save. If it takes longer, half a file is built, and the whole one later.
const MOST_LOOKS: usize = 8;

/// What is watched: the files of each folder.
type Seen = BTreeMap<PathBuf, BTreeMap<String, Stamp>>;

/// Build what the arguments name until the user ends it. What goes wrong is shown, and is gone with the next save that
/// mends it.
pub(super) fn watch(
    mut job: Job,
    parsed: &Args,
    formats: &[&'static Format],
    out: &Path,
) -> Result<Status, Say> {
    let (world, lang) = (job.world, job.lang);
    // From the first call of `rest` on, Ctrl-C ends the run between two builds.
    if !world.rest(Duration::ZERO) {
        return Ok(Status::Clean);
    }
    let mut seen = look(world, parsed);
    let mut known = Known::default();
    if formats.iter().any(|format| format.paged) {
        print(&faces(&job)?);
    }
    for (folder, name) in job.reports.clone() {
        known.round(&mut job, (&folder, &name), formats, out);
    }
    let shown = parsed.data.display();
    print(
        say(
            format!("正在看着 {shown}，保存以后自动重新生成；按 Ctrl-C 结束"),
            format!("watching {shown}, building on every save; Ctrl-C ends it"),
        )
        .get(lang),
    );
    while world.rest(PAUSE) {
        let now = look(world, parsed);
        if now == seen {
            continue;
        }
        let Some(now) = settled(world, parsed, now) else { break };
        let changed = |folder: &Path| now.get(folder) != seen.get(folder);
        let own = parsed.templates.as_deref();
        let new_templates = own.is_some_and(|own| now.keys().any(|f| f.starts_with(own) && changed(f)));
        reload(&mut job, parsed, new_templates);
        // The report that was saved comes first: others may be compared with it.
        job.reports.sort_by_key(|(folder, name)| (!changed(folder), name.clone()));
        seen = now;
        for (folder, name) in job.reports.clone() {
            known.round(&mut job, (&folder, &name), formats, out);
        }
    }
    Ok(Status::Clean)
}

/// Looks again until two looks see the same, at most [`MOST_LOOKS`] times: a program may still be saving. None if the
/// user has ended the run.
fn settled(world: &dyn World, parsed: &Args, mut now: Seen) -> Option<Seen> {
    for _ in 0..MOST_LOOKS {
        if !world.rest(PAUSE) {
            return None;
        }
        let before = std::mem::replace(&mut now, look(world, parsed));
        if before == now {
            break;
        }
    }
    Some(now)
}

/// Reads the list of reports again, and the templates if they have changed. What cannot be read is reported, and stays
/// as it was.
fn reload(job: &mut Job, parsed: &Args, new_templates: bool) {
    if new_templates {
        match templates(job.world, parsed.templates.as_deref(), &mut job.sources) {
            Ok(templates) => job.templates = templates,
            Err(wrong) => complain(wrong.get(job.lang)),
        }
    }
    match reports(job.world, &parsed.data, &parsed.reports) {
        Ok(reports) => job.reports = reports,
        Err(wrong) => complain(wrong.get(job.lang)),
    }
}

/// The state of every folder of data and templates.
fn look(world: &dyn World, parsed: &Args) -> Seen {
    let mut seen = Seen::new();
    for root in [Some(&parsed.data), parsed.templates.as_ref()].into_iter().flatten() {
        seen.insert(root.clone(), world.stamps(root));
        for folder in world.list(root).unwrap_or_default() {
            if let Some(name) = folder.strip_suffix('/').filter(|name| !name.starts_with('.')) {
                let folder = root.join(name);
                seen.insert(folder.clone(), world.stamps(&folder));
            }
        }
    }
    seen
}

/// What has been shown: for each report, everything that is wrong with it.
#[derive(Default)]
struct Known(BTreeMap<String, BTreeSet<Fault>>);

/// What makes a fault the same after its line has moved: severity, code, file and message.
type Fault = (Severity, Code, String, String);

impl Known {
    /// Build one report and show what is new.
    fn round(
        &mut self,
        job: &mut Job,
        (folder, name): (&Path, &str),
        formats: &[&'static Format],
        out: &Path,
    ) {
        if let Err(wrong) = self.build(job, (folder, name), formats, &out.join(name)) {
            complain(&format!("{}{}", job.lang.pick("错误：", "error: "), wrong.get(job.lang)));
        }
    }

    fn build(
        &mut self,
        job: &mut Job,
        (folder, name): (&Path, &str),
        formats: &[&'static Format],
        own: &Path,
    ) -> Result<(), Say> {
        let lang = job.lang;
        let _held = hold(job.world, own, lang)?;
        let made = job.made(folder, formats, &own.join(name))?;
        let fault = |told: &Diagnostic| -> Fault {
            let file = told.place.as_ref().map_or(String::new(), |place| place.file.clone());
            (told.severity, told.code, file, told.message.get(lang).to_owned())
        };
        let now: BTreeSet<Fault> = made.diagnostics.iter().map(&fault).collect();
        let before = self.0.insert(name.to_owned(), now.clone()).unwrap_or_default();
        let news = made.diagnostics.into_iter().filter(|told| !before.contains(&fault(told))).collect();
        if job.teller.tell(news, &job.sources) > 0 {
            let words = say("有错误，没有写出，改好保存即可", "not written; mend it and save");
            complain(&format!("{name}: {}", words.get(lang)));
        }
        for (_, code, file, message) in before.difference(&now) {
            print(&format!("{} {code} {file}: {message}", lang.pick("已改好", "mended")));
        }
        for (line, is_news) in write(job, made.files)? {
            if is_news {
                print(&line);
            }
        }
        Ok(())
    }
}
