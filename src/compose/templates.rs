//! The template files: those compiled in, shadowed file by file by a folder of the user's.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::source::Sources;
use crate::world::World;

/// Every file of `templates/`, by its path there; the build script lists them.
const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// One template.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its text.
    pub text: String,
    /// The name it is shown under.
    pub shown: String,
}

/// All templates by name, such as `annual-summary/report.md.tera`.
#[derive(Debug, Clone)]
pub struct Templates(BTreeMap<String, Template>);

impl Templates {
    /// The built-in templates under those of `folder`; errors if the folder cannot be read.
    pub fn load(world: &dyn World, folder: Option<&Path>, sources: &mut Sources) -> io::Result<Self> {
        let built_in = |&(name, text): &(&str, &str)| {
            (name.to_owned(), Template { text: text.to_owned(), shown: format!("templates/{name}") })
        };
        let mut all: BTreeMap<String, Template> = BUILT_IN.iter().map(built_in).collect();
        if let Some(folder) = folder {
            for name in template_names(world, folder)? {
                let path = folder.join(&name);
                let shown = path.to_string_lossy().replace('\\', "/");
                let text = String::from_utf8(world.read(&path)?)
                    .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, format!("{shown}: UTF-8?")))?;
                all.insert(name, Template { text, shown });
            }
        }
        for template in all.values() {
            sources.add(template.shown.clone(), template.text.clone());
        }
        Ok(Self(all))
    }

    /// A template by name.
    pub fn get(&self, name: &str) -> Option<&Template> {
        self.0.get(name)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Template)> {
        self.0.iter()
    }

    /// The genres that can be composed.
    pub fn genres(&self) -> Vec<&str> {
        self.0.keys().filter_map(|name| name.strip_suffix("/report.md.tera")).collect()
    }
}

/// Template files directly in a folder and in its folders.
fn template_names(world: &dyn World, folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in world.list(folder)? {
        if entry.ends_with('/') {
            names.extend(world.list(&folder.join(&entry))?.iter().map(|name| format!("{entry}{name}")));
        } else {
            names.push(entry);
        }
    }
    names.retain(|name| name.ends_with(".tera"));
    Ok(names)
}
