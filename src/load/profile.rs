//! The profile that a report goes by: one that the program brings along, or a file of the report's own folder.

use super::{keep, yaml};
use crate::diagnostic::{Code, Diagnostic, Marks, did_you_mean, say};
use crate::model::Profile;
use crate::policy::profile::{self, PROFILES};
use crate::source::{Path, Place};

/// Whether a profile's name is that of a file.
pub(super) fn is_file(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// The built-in profile of a name; none named: the first. `said` is the place that names it.
pub(super) fn built_in(name: Option<&str>, said: Place, wrong: &mut Vec<Diagnostic>) -> Option<Profile> {
    if let Some((id, text)) = profile::built_in(name) {
        return keep(yaml::read(text, &format!("profiles/{id}.yaml")), wrong);
    }
    let name: String = name.unwrap_or_default().chars().take(40).collect();
    let known = PROFILES.iter().flat_map(|(id, label, _)| [*id, *label]);
    let (zh, en) = did_you_mean(&name, known, Marks::None).before_help();
    let list: Vec<String> = PROFILES.iter().map(|(id, label, _)| format!("{label} {id}")).collect();
    let message = say(format!("没有“{name}”这种地方规则"), format!("there is no profile \"{name}\""));
    let help = say(
        format!("{zh}可以写：{}，或本文件夹里的文件名，如 our.yaml", list.join("、")),
        format!(
            "{en}Write one of {}, or the name of a file in this folder, such as our.yaml",
            list.join(", ")
        ),
    );
    wrong.push(Diagnostic::error(Code::Y003, said, message).help(help));
    None
}

/// The profile in a file, on top of the one that it is based on.
pub(super) fn own(text: &str, file: &str, wrong: &mut Vec<Diagnostic>) -> Option<Profile> {
    let read = yaml::read::<Profile>(text, file);
    // With a stand-in among the rules, nothing that they are held against would be judged by what the file says.
    let sound = read.faults.is_empty();
    let profile = keep(read, wrong).filter(|_| sound)?;
    let Some(base) = profile.based_on.clone() else { return Some(profile) };
    let base = built_in(Some(&base), Place::value(file, Path::root().key("based_on")), wrong)?;
    Some(profile.over(base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_profiles_read() {
        for (id, label, _) in PROFILES {
            let mut wrong = Vec::new();
            let profile = built_in(Some(id), Place::file("f"), &mut wrong).unwrap();
            assert_eq!((wrong, &*profile.label), (Vec::new(), *label), "{id}");
            assert!(built_in(Some(label), Place::file("f"), &mut Vec::new()).is_some());
        }
    }
}
