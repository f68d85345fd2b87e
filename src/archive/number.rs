//! 档号 as a folder's name: one folder a revision.

/// The folder of a revision: of the first, the number alone.
pub fn folder(number: &str, revision: u32) -> String {
    if revision == 1 { number.to_owned() } else { format!("{number}.r{revision}") }
}

/// The number and the revision that a folder is named after; none of a hidden one.
pub fn of_folder(name: &str) -> Option<(&str, u32)> {
    if name.is_empty() || name.starts_with('.') {
        return None;
    }
    let later = name.rsplit_once(".r").and_then(|(number, revision)| {
        let revision = revision.parse().ok().filter(|revision| *revision > 1)?;
        (folder(number, revision) == name).then_some((number, revision))
    });
    Some(later.unwrap_or((name, 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_tells_its_revision() {
        let number = "J001-WS·2021-Y-BGS-0007";
        for revision in [1, 2, 12] {
            assert_eq!(of_folder(&folder(number, revision)), Some((number, revision)));
        }
        for first in ["a.r1", "a.r02", "a.r", "a.r-2", "a.b"] {
            assert_eq!(of_folder(first), Some((first, 1)));
        }
        assert_eq!(of_folder(".a.4711.tmp"), None);
    }
}
