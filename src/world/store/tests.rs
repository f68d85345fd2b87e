#![allow(clippy::disallowed_methods, reason = "a test looks at the machine")]

use super::*;

use std::fs;

/// A folder of its own, with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("banjie-store-{}-{name}", std::process::id()));
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn all(folder: &Path) -> Vec<(String, String)> {
    let mut found: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(&path).unwrap_or_default())
        })
        .collect();
    found.sort();
    fs::remove_dir_all(folder).unwrap();
    found
}

fn texts(found: &[(&str, &str)]) -> Vec<(String, String)> {
    found.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn a_later_name_that_cannot_be_given_takes_the_earlier_back() {
    let folder = folder("back", &[("a", "old a"), ("b", "old b")]);
    let (a, b, c) = (folder.join("a"), folder.join("b"), folder.join("c"));
    let files = [(c.as_path(), "new c"), (&a, "new a"), (&b, "new b")];
    let mut steps: Vec<Step> =
        files.iter().map(|(path, text)| Step::new(path, text.as_bytes(), "1-0")).collect();
    steps.iter_mut().try_for_each(Step::write).unwrap();
    // Somebody puts a folder where the last is to go.
    fs::remove_file(&b).unwrap();
    fs::create_dir(&b).unwrap();
    steps[..2].iter_mut().try_for_each(Step::keep).unwrap();
    let wrong = steps.iter_mut().try_for_each(Step::place).unwrap_err();
    assert_eq!(wrong.path, b);
    steps.iter().rev().for_each(|step| step.undo().unwrap());
    steps.iter().for_each(Step::clear);
    assert_eq!(all(&folder), texts(&[("a", "old a"), ("b", "")]));
}

#[test]
fn what_a_dead_run_has_left_is_put_in_order() {
    let unfinished = [
        ("a", "new a"),
        (".a.banjie-7-0.old", "old a"),
        ("b", "old b"),
        (".b.banjie-7-0.old", "old b"),
        (".b.banjie-7-0.new", "new b"),
        (".b.banjie-x.new", "the user's"),
    ];
    let folder_of = folder("unfinished", &unfinished);
    mend(&folder_of);
    assert_eq!(all(&folder_of), texts(&[(".b.banjie-x.new", "the user's"), ("a", "old a"), ("b", "old b")]));
    let finished = [("a", "new a"), (".a.banjie-7-0.old", "old a")];
    let folder_of = folder("finished", &finished);
    mend(&folder_of);
    assert_eq!(all(&folder_of), texts(&[("a", "new a")]));
    // A kept file and its own name are one file.
    let folder_of = folder("kept", &[("a", "old a"), (".a.banjie-7-0.new", "ne")]);
    fs::hard_link(folder_of.join("a"), folder_of.join(".a.banjie-7-0.old")).unwrap();
    mend(&folder_of);
    assert_eq!(all(&folder_of), texts(&[("a", "old a")]));
}

#[test]
fn the_same_bytes_are_not_written_again() {
    let folder = folder("same", &[("a", "as it is"), ("b", "old")]);
    let stamp = fs::metadata(folder.join("a")).unwrap().modified().unwrap();
    let file = |name: &str, text: &str| (folder.join(name), text.as_bytes().to_vec());
    let fates = put(&[file("a", "as it is"), file("b", "new"), file("sub/c", "c")]).unwrap();
    assert_eq!(fates, [Fate::Unchanged, Fate::Changed(b"old".to_vec()), Fate::New]);
    assert_eq!(fs::metadata(folder.join("a")).unwrap().modified().unwrap(), stamp);
    assert_eq!(all(&folder), texts(&[("a", "as it is"), ("b", "new"), ("sub", "")]));
}

#[test]
fn a_name_that_is_taken_beside_is_let_be() {
    let run = format!("{}-0", std::process::id());
    let taken = format!(".a.banjie-{run}.new");
    let folder = folder("taken", &[(&taken, "another machine's")]);
    put(&[(folder.join("a"), b"new".to_vec())]).unwrap();
    assert_eq!(all(&folder), texts(&[(&taken, "another machine's"), ("a", "new")]));
}

#[test]
fn a_held_folder_is_not_held_twice_and_one_made_in_vain_goes() {
    let root = folder("held", &[]);
    let inner = root.join("out/r");
    let held = hold(&inner, Duration::ZERO).unwrap();
    assert!(inner.is_dir() && hold(&inner, PAUSE).is_none());
    drop(held);
    assert!(hold(&inner, Duration::ZERO).is_some());
    assert_eq!(all(&root), []);
}
