//! The template files: those compiled in, shadowed file by file by a folder of the user's.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::load;
use crate::model::Genre;
use crate::source::Sources;
use crate::world::ReadFiles;

/// Every file of `templates/`, by its path there; the build script lists them.
const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// The file of a genre's folder that says what it needs.
const GENRE: &str = "genre.yaml";

/// One template.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its text.
    pub text: String,
    /// The name it is shown under.
    pub shown: String,
}

/// The files that a genre is composed by.
#[derive(Debug)]
pub struct Files<'t> {
    /// The name of the template of the whole report.
    pub name: String,
    /// That template.
    pub main: &'t Template,
    /// What the genre says of itself, if it does.
    pub genre: Option<&'t Template>,
}

/// All templates by name, such as `annual-summary/report.md.tera`.
#[derive(Debug, Clone)]
pub struct Templates {
    all: BTreeMap<String, Template>,
    idle: Vec<String>,
}

impl Templates {
    /// The built-in templates under those of `folder`; errors if the folder cannot be read.
    pub fn load(files: &dyn ReadFiles, folder: Option<&Path>, sources: &mut Sources) -> io::Result<Self> {
        let built_in = |&(name, text): &(&str, &str)| {
            (name.to_owned(), Template { text: text.to_owned(), shown: format!("templates/{name}") })
        };
        let mut all: BTreeMap<String, Template> = BUILT_IN.iter().map(built_in).collect();
        let mut own = Vec::new();
        if let Some(folder) = folder {
            for name in template_names(files, folder)? {
                own.push(name.clone());
                let path = folder.join(&name);
                let shown = path.to_string_lossy().replace('\\', "/");
                let text = String::from_utf8(files.read(&path)?)
                    .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, format!("{shown}: UTF-8?")))?;
                all.insert(name, Template { text, shown });
            }
        }
        for template in all.values() {
            sources.add(template.shown.clone(), template.text.clone());
        }
        // A template takes another's place, begins a genre, defines components, or is included somewhere.
        let is_built_in = |name: &String| BUILT_IN.iter().any(|(own, _)| own == name);
        let defines =
            |name: &String| all.get(name).is_some_and(|template| template.text.contains("component "));
        let is_named = |name: &String| {
            defines(name) || all.values().any(|template| template.text.contains(name.as_str()))
        };
        own.retain(|name| {
            !is_built_in(name)
                && !name.ends_with("/report.md.tera")
                && !name.ends_with(GENRE)
                && !is_named(name)
        });
        let idle = own.iter().filter_map(|name| Some(all.get(name)?.shown.clone())).collect();
        Ok(Self { all, idle })
    }

    /// Files of the user's that nothing asks for, as shown: a name may be mistyped.
    pub fn idle(&self) -> &[String] {
        &self.idle
    }

    /// A template by name.
    pub fn get(&self, name: &str) -> Option<&Template> {
        self.all.get(name)
    }

    /// The folder of a genre that is named by its folder or by its Chinese label.
    pub fn folder<'n>(&'n self, genre: &'n str) -> &'n str {
        let labelled = |folder: &&str| self.read_genre(folder).0.is_some_and(|own| *own.label.zh == *genre);
        let folders = self.genres();
        let known = folders.contains(&genre);
        folders.into_iter().find(|folder| !known && labelled(folder)).unwrap_or(genre)
    }

    /// The folders in which a genre's templates and the shared ones are shown, the genre's first. There are several where a
    /// user's templates replace some of the built-in ones.
    pub fn shown_folders(&self, genre: &str) -> Vec<&str> {
        let mut folders = Vec::new();
        for prefix in [self.folder(genre), "shared"] {
            let own = self
                .all
                .iter()
                .filter(|(name, _)| name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('/')));
            folders.extend(own.filter_map(|(_, template)| Some(template.shown.rsplit_once('/')?.0)));
        }
        let mut known = std::collections::BTreeSet::new();
        folders.retain(|folder| known.insert(*folder));
        folders
    }

    /// The files that a genre is composed by; none if there is no such genre.
    pub fn files(&self, genre: &str) -> Option<Files<'_>> {
        let folder = self.folder(genre);
        let name = format!("{folder}/report.md.tera");
        let (main, genre) = (self.all.get(&name)?, self.all.get(&format!("{folder}/{GENRE}")));
        Some(Files { name, main, genre })
    }

    fn read_genre(&self, folder: &str) -> (Option<Genre>, Vec<Diagnostic>) {
        let file = self.all.get(&format!("{folder}/{GENRE}"));
        file.map_or_else(Default::default, |file| load::genre(&file.text, &file.shown))
    }

    /// What a genre says of itself, and what is wrong with that; nothing where it says nothing.
    pub fn genre(&self, genre: &str) -> (Option<Genre>, Vec<Diagnostic>) {
        self.read_genre(self.folder(genre))
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Template)> {
        self.all.iter()
    }

    /// The genres that can be composed.
    pub fn genres(&self) -> Vec<&str> {
        self.all.keys().filter_map(|name| name.strip_suffix("/report.md.tera")).collect()
    }
}

/// Template files directly in a folder and in its folders.
fn template_names(files: &dyn ReadFiles, folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in files.list(folder)? {
        if entry.ends_with('/') {
            names.extend(files.list(&folder.join(&entry))?.iter().map(|name| format!("{entry}{name}")));
        } else {
            names.push(entry);
        }
    }
    names.retain(|name| name.ends_with(".tera") || name.ends_with(&format!("/{GENRE}")));
    Ok(names)
}
