//! What is kept for good: `archive`, `verify`, `history`. On the real binary; where a bag is spoilt a hundred times over, on the
//! functions behind it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::common;
use crate::common::faults::{Chance, length, start};
use crate::common::office::{Office, Said};
use banjie::archive::verify::{Around, Check, Outcome, Remade, info, metadata, verify};
use banjie::archive::{self, Files, Folder};
use banjie::compose::Templates;
use banjie::diagnostic::Lang;
use banjie::source::Sources;
use banjie::world::{Entry, Fate, Machine, ReadFiles, Stamp, Unwritten, World};
use serde_json::Value;

/// The folder of the first archive.
const NUMBER: &str = "J001-WS·2021-D30-BGS-0007";
const KEEPING: &str = "\narchive: { fonds: J001, retention: 30年, section: BGS, item: 7 }\n";
/// 2022-01-10 in Beijing.
const DAY: &str = "1641772800";

/// An office whose report has a number.
fn office(name: &str) -> Office {
    let office = Office::new(name);
    append(&office, "report.yaml", KEEPING);
    office
}

fn append(office: &Office, name: &str, text: &str) {
    fs::write(office.file(name), office.text(name) + text).unwrap();
}

/// A run on a day.
fn run_on(office: &Office, day: &str, arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_banjie"));
    command.args(arguments).current_dir(&office.root).env_clear();
    command.env("LC_ALL", "C.UTF-8").env("SOURCE_DATE_EPOCH", day);
    let output = command.output().unwrap();
    Said {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn archived(office: &Office) -> PathBuf {
    let said = run_on(office, DAY, &["archive", "r"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{}", said.out);
    bag(office, NUMBER)
}

fn bag(office: &Office, name: &str) -> PathBuf {
    office.root.join("output/archive").join(name)
}

/// `verify` of a bag under `output/archive/`, as JSON, with its status.
fn verified(office: &Office, name: &str) -> (i32, Value) {
    let path = format!("output/archive/{name}");
    let said = office.run(&["verify", &path, "--format", "json"]);
    assert_eq!(said.err, "");
    (said.status, serde_json::from_str(&said.out).unwrap())
}

/// The checks that do not hold, `id result`.
fn wrong(report: &Value) -> Vec<String> {
    let checks = report["checks"].as_array().unwrap();
    let word = |check: &Value, key: &str| check[key].as_str().unwrap().to_owned();
    let told = checks.iter().map(|check| (word(check, "check"), word(check, "result")));
    told.filter(|(_, result)| result != "holds").map(|(id, result)| format!("{id} {result}")).collect()
}

/// Every file of a folder, by its path in it.
fn all_files(folder: &Path) -> Files {
    fn walk(folder: &Path, inside: &str, found: &mut Files) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{inside}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut found = Files::new();
    walk(folder, "", &mut found);
    found
}

/// One bag for the tests that spoil it in memory.
fn sound() -> Folder {
    static BAG: OnceLock<PathBuf> = OnceLock::new();
    let path = BAG.get_or_init(|| archived(&office("archive-spoilt")));
    archive::read(&Machine::new(), path).unwrap()
}

fn untouched(_: &archive::Metadata) -> Remade {
    Remade::Failed(banjie::diagnostic::say("没有重做", "not made anew"))
}

/// The ids of the checks that fail.
fn fails(checks: &[Check]) -> Vec<&'static str> {
    checks.iter().filter(|check| matches!(check.outcome, Outcome::Fails(_))).map(|check| check.id).collect()
}

/// The bag with its manifests made anew, as one does who wants to hide a change.
fn covered(files: &Files) -> Files {
    let kept: Files = files.iter().filter(|(path, _)| path.starts_with("data/")).map(own).collect();
    let folder = Folder { files: files.clone(), ..Folder::default() };
    archive::bag(kept, &info(&folder).unwrap())
}

fn own((path, bytes): (&String, &Vec<u8>)) -> (String, Vec<u8>) {
    (path.clone(), bytes.clone())
}

/// Puts files in the place of a bag's.
fn put(folder: &Path, files: &Files) {
    fs::remove_dir_all(folder).unwrap();
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn what_is_archived_is_sound_and_says_what_it_is() {
    let office = office("archive-sound");
    let bag = archived(&office);
    let (status, report) = verified(&office, NUMBER);
    assert_eq!((status, wrong(&report)), (0, Vec::new()));
    assert_eq!((&report["number"], &report["revision"]), (&NUMBER.into(), &1.into()));
    assert_eq!(report["result"], "sound");

    let files = all_files(&bag);
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    for edition in ["public", "internal"] {
        for extension in ["md", "html", "pdf"] {
            assert!(files.contains_key(&format!("data/{edition}/r.{extension}")), "{edition} {extension}");
        }
    }
    for name in ["report.yaml", "cases.yaml", "figures.yaml"] {
        assert_eq!(text(&format!("data/source/{name}")), office.text(name), "{name}");
    }
    for name in [
        "annual-summary/report.md.tera",
        "annual-summary/genre.yaml",
        "shared/parts.md.tera",
        "page.html.tera",
    ] {
        assert_eq!(
            text(&format!("data/templates/{name}")),
            common::file(&format!("templates/{name}")),
            "{name}"
        );
    }
    assert!(!files.keys().any(|path| path.contains("work-plan")), "nothing that was not used");
    assert!(files.contains_key("data/profile/wuhan.yaml"));
    let info = text("bag-info.txt");
    for line in ["External-Identifier: J001-WS·2021-D30-BGS-0007", "Bagging-Date: 2022-01-10", "Revision: 1"]
    {
        assert!(info.lines().any(|own| own == line), "{info}");
    }
    let metadata: Value = serde_json::from_slice(&files["data/metadata.json"]).unwrap();
    let value = |list: &str, code: &str, name: &str| {
        let all = metadata[list].as_array().unwrap();
        let found = all.iter().find(|element| element["code"] == code && element["name"] == name);
        found.unwrap()["value"].clone()
    };
    assert_eq!(metadata["document"].as_array().unwrap().len(), 18);
    assert_eq!(value("document", "date_signed", "成文日期"), "2021-12-09");
    assert_eq!(value("record", "M8", "档号"), NUMBER);
    assert_eq!(value("record", "M8", "保管期限"), "30年");
    assert_eq!(value("record", "M43", "页数"), metadata["pages"].to_string());
    assert_eq!(metadata["fonts"].as_array().unwrap().len(), 5);
    let file = &metadata["editions"][0];
    let bytes = &files[file["file"].as_str().unwrap()];
    assert_eq!((&file["size"], &file["sha256"]), (&bytes.len().into(), &archive::sha256(bytes).into()));
    assert!(text("data/README.txt").contains(NUMBER));
    // In the internal edition's PDF the data lie as they are.
    let pdf = lopdf::Document::load_mem(&files["data/internal/r.pdf"]).unwrap();
    let inside =
        pdf.objects.values().filter_map(|object| object.as_stream().ok()).any(|stream| {
            stream.get_plain_content().is_ok_and(|bytes| bytes == files["data/source/cases.yaml"])
        });
    assert!(inside);
}

/// A machine on which somebody saves two files of a report right after one of them has been read.
struct Saving<'o> {
    machine: Machine,
    office: &'o Office,
    /// How many more times they are saved.
    left: AtomicUsize,
}

impl<'o> Saving<'o> {
    fn new(office: &'o Office, times: usize) -> Self {
        Self { machine: Machine::new(), office, left: AtomicUsize::new(times) }
    }

    fn gather(&self, wrong: &mut Vec<banjie::diagnostic::Diagnostic>) -> Option<archive::Gathered> {
        let mut sources = Sources::default();
        let templates = Templates::load(self, None, &mut sources).unwrap();
        archive::gather(self, &templates, &self.office.root.join("data/r"), &mut sources, wrong)
    }
}

impl ReadFiles for Saving<'_> {
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        let bytes = self.machine.read(path);
        let left = self.left.load(Ordering::Relaxed);
        if left > 0 && path.ends_with("report.yaml") {
            self.left.store(left - 1, Ordering::Relaxed);
            append(self.office, "report.yaml", "# saved\n");
            append(self.office, "cases.yaml", "# saved\n");
        }
        bytes
    }

    fn list(&self, folder: &Path) -> std::io::Result<Vec<String>> {
        self.machine.list(folder)
    }

    fn stamps(&self, folder: &Path) -> BTreeMap<String, Stamp> {
        self.machine.stamps(folder)
    }
}

impl World for Saving<'_> {
    fn write(&self, files: &[(PathBuf, Vec<u8>)]) -> Result<Vec<Fate>, Unwritten> {
        self.machine.write(files)
    }

    fn git(&self, folder: &Path, arguments: &[&str]) -> std::io::Result<Vec<u8>> {
        self.machine.git(folder, arguments)
    }

    fn create_folder(&self, folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> std::io::Result<()> {
        self.machine.create_folder(folder, files)
    }

    fn tree(&self, folder: &Path) -> std::io::Result<Vec<Entry>> {
        self.machine.tree(folder)
    }

    fn arguments(&self) -> Vec<std::ffi::OsString> {
        Vec::new()
    }

    fn language(&self) -> Lang {
        Lang::En
    }

    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn program_folder(&self) -> Option<PathBuf> {
        None
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn now(&self) -> i64 {
        0
    }
}

#[test]
fn what_is_archived_is_of_one_moment() {
    let office = office("archive-saved-meanwhile");
    let mut wrong = Vec::new();
    let gathered = Saving::new(&office, 1).gather(&mut wrong).unwrap();
    for name in ["report.yaml", "cases.yaml"] {
        let kept = &gathered.kept[&format!("data/source/{name}")];
        assert!(kept.ends_with(b"# saved\n") && *kept == office.text(name).into_bytes(), "{name}");
    }
    assert!(wrong.iter().all(|told| told.severity == banjie::diagnostic::Severity::Warning), "{wrong:?}");
}

#[test]
fn a_report_that_is_saved_all_the_time_is_not_archived() {
    let office = office("archive-saved-always");
    let mut wrong = Vec::new();
    assert!(Saving::new(&office, usize::MAX).gather(&mut wrong).is_none());
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert!(wrong[0].message.get(Lang::En).contains("keeps changing"), "{wrong:?}");
}

#[test]
fn the_same_again_is_not_archived_again() {
    let office = office("archive-same");
    let bag = archived(&office);
    let before = all_files(&bag);
    let said = run_on(&office, "1700000000", &["archive", "r"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    assert_eq!(said.out, format!("already archived as output/archive/{NUMBER}, nothing new\n"));
    assert_eq!(all_files(&bag), before);
    assert_eq!(fs::read_dir(office.root.join("output/archive")).unwrap().count(), 1);
    // Not while what is there is another.
    fs::write(bag.join("data/README.txt"), "").unwrap();
    let said = office.run(&["archive", "r"]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("has been changed"), "{}", said.err);
}

#[test]
fn changed_data_is_another_revision_that_names_the_one_before() {
    let office = office("archive-revision");
    let first = all_files(&archived(&office));
    office.change("report.yaml", "虚心听取", "用心听取");
    let said = run_on(&office, "1641859200", &["archive", "r"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    assert!(said.out.starts_with(&format!("output/archive/{NUMBER}.r2  ")), "{}", said.out);
    assert_eq!(all_files(&bag(&office, NUMBER)), first);
    let second = format!("{NUMBER}.r2");
    let (status, report) = verified(&office, &second);
    assert_eq!((status, wrong(&report)), (0, Vec::new()));
    let files = all_files(&bag(&office, &second));
    let info = String::from_utf8(files["bag-info.txt"].clone()).unwrap();
    let sum = archive::sha256(&first["manifest-sha256.txt"]);
    assert!(info.contains(&format!("Previous-Bag: {NUMBER}\nPrevious-Manifest-SHA256: {sum}\n")), "{info}");

    // A clock that was set back is told of; the order is that of the numbers.
    office.change("report.yaml", "用心听取", "专心听取");
    let said = run_on(&office, "1609459200", &["archive", "r"]);
    assert_eq!(said.status, 0);
    assert!(said.err.starts_with("warning: ") && said.err.contains("2022-01-11"), "{}", said.err);
    let said = office.run(&["history", "--format", "json"]);
    assert_eq!(said.status, 0, "{}", said.out);
    let rows: Value = serde_json::from_str(&said.out).unwrap();
    let column = |key: &str| rows.as_array().unwrap().iter().map(|row| row[key].clone()).collect::<Vec<_>>();
    assert_eq!(column("revision"), [1, 2, 3]);
    assert_eq!(column("archived"), ["2022-01-10", "2022-01-11", "2021-01-01"]);
    assert_eq!(column("year"), ["2021", "2021", "2021"]);
    assert_eq!(column("whole"), [true, true, true]);
    assert_eq!(column("sha256")[0], sum);
    let said = office.run(&["history"]);
    assert!(said.out.lines().nth(1).unwrap().starts_with(&format!("{NUMBER}  2021  r2  ")), "{}", said.out);

    // A link of the chain is changed, whoever covers it; or is missing.
    let mut changed = first.clone();
    changed.insert("data/README.txt".to_owned(), b"x".to_vec());
    put(&bag(&office, NUMBER), &covered(&changed));
    assert_eq!(wrong(&verified(&office, &second).1), ["chain fails"]);
    let said = office.run(&["history"]);
    assert_eq!(said.status, 1);
    assert!(said.out.lines().nth(1).unwrap().contains("BROKEN"), "{}", said.out);
    fs::remove_dir_all(bag(&office, &second)).unwrap();
    let said = office.run(&["history"]);
    assert!(said.out.contains(&format!("BROKEN: {second} is missing")), "{}", said.out);
}

#[test]
fn nothing_is_archived_is_no_failure() {
    let office = Office::new("archive-none");
    let said = office.run(&["history"]);
    assert_eq!((said.status, said.out.as_str()), (0, "nothing is archived in output/archive\n"));
    assert_eq!(office.run(&["verify", "data/r"]).status, 2);
    assert_eq!(office.run(&["verify", "nowhere"]).status, 2);
}

/// In every file, one bit, at a hundred places.
#[test]
fn a_flipped_bit_is_found() {
    let sound = sound();
    assert_eq!(fails(&verify(&sound, &Around::default(), untouched)), ["rebuild"]);
    let mut chance = Chance(6);
    let names: Vec<&String> = sound.files.keys().collect();
    for round in 0..100.max(names.len()) {
        // Every file at least once: the small ones are those that a place taken at random would miss.
        let name = names[round % names.len()];
        let mut spoilt = Folder { files: sound.files.clone(), ..Folder::default() };
        let bytes = spoilt.files.get_mut(name).unwrap();
        let at = chance.next() as usize % bytes.len();
        bytes[at] ^= 1 << (chance.next() % 8);
        let found = fails(&verify(&spoilt, &Around::default(), |_| panic!("{name} at {at} is not found")));
        assert!(!found.is_empty(), "{name} at {at}");
    }
}

#[test]
fn what_a_file_manager_leaves_behind_is_named_and_the_rest_is_verified() {
    let office = office("archive-left-behind");
    let path = archived(&office);
    let before = verified(&office, NUMBER);
    for name in ["data/.DS_Store", "Thumbs.db", "data/source/desktop.ini"] {
        fs::write(path.join(name), "left").unwrap();
        let (status, report) = verified(&office, NUMBER);
        let (files, rest): (Vec<String>, Vec<String>) =
            wrong(&report).into_iter().partition(|check| check.starts_with("files "));
        assert_eq!((status, files.len(), rest), (1, 1, wrong(&before.1)), "{name}: {report}");
        assert!(report.to_string().contains("file manager"), "{report}");
        fs::remove_file(path.join(name)).unwrap();
    }
    assert_eq!(verified(&office, NUMBER), before);
}

#[test]
fn what_is_missing_or_too_much_is_found() {
    let office = office("archive-files");
    let path = archived(&office);
    let sound = all_files(&path);
    for name in sound.keys() {
        fs::remove_file(path.join(name)).unwrap();
        let (status, report) = verified(&office, NUMBER);
        assert_eq!(status, 1, "{name}: {report}");
        fs::write(path.join(name), &sound[name]).unwrap();
    }
    type Spoil = fn(&Path);
    let spoils: &[(&str, Spoil)] = &[
        ("files", |bag| fs::write(bag.join("data/more.exe"), "MZ").unwrap()),
        ("files", |bag| fs::write(bag.join("more.txt"), "").unwrap()),
        ("files", |bag| fs::create_dir(bag.join("data/more")).unwrap()),
        // Other tools would fetch what it names; all checksums are right.
        ("files", |bag| {
            let text = "https://a.example/x 1 data/x\n";
            fs::write(bag.join("fetch.txt"), text).unwrap();
            let manifest = bag.join("tagmanifest-sha256.txt");
            let mut lines: Vec<String> =
                fs::read_to_string(&manifest).unwrap().lines().map(str::to_owned).collect();
            lines.push(format!("{}  fetch.txt", archive::sha256(text.as_bytes())));
            lines.sort_by(|a, b| a[66..].cmp(&b[66..]));
            fs::write(manifest, lines.join("\n") + "\n").unwrap();
        }),
        #[cfg(unix)]
        ("plain", |bag| {
            let file = bag.join("data/README.txt");
            fs::rename(&file, bag.with_file_name("elsewhere")).unwrap();
            std::os::unix::fs::symlink("../../elsewhere", file).unwrap();
        }),
        #[cfg(unix)]
        ("plain", |bag| std::os::unix::fs::symlink("/", bag.join("data/more")).unwrap()),
        ("plain", |bag| {
            let manifest = bag.join("manifest-sha256.txt");
            let text = fs::read_to_string(&manifest).unwrap();
            let line = format!("{}  data/../../../r/report.yaml\n", archive::sha256(b""));
            fs::write(manifest, text + &line).unwrap();
        }),
    ];
    for (index, (id, spoil)) in spoils.iter().enumerate() {
        put(&path, &sound);
        spoil(&path);
        let (status, report) = verified(&office, NUMBER);
        assert_eq!(status, 1);
        assert!(wrong(&report).contains(&format!("{id} fails")), "{index}: {report}");
    }
    put(&path, &sound);
    // Under another name it is not where the metadata have it.
    fs::rename(&path, bag(&office, "other")).unwrap();
    assert_eq!(wrong(&verified(&office, "other").1), ["identity fails"]);
}

/// Whoever changes a file and makes all checksums anew is found by what the data make.
#[test]
fn a_change_whose_checksums_are_made_anew_is_found() {
    let office = office("archive-covered");
    let path = archived(&office);
    let sound = all_files(&path);
    let replaced = |name: &str, from: &str, to: &str| {
        let text = String::from_utf8(sound[name].clone()).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        let mut files = sound.clone();
        files.insert(name.to_owned(), text.replace(from, to).into_bytes());
        files
    };
    let other_pdf = || {
        let mut files = sound.clone();
        files.insert("data/public/r.pdf".to_owned(), sound["data/internal/r.pdf"].clone());
        files
    };
    let rows: Vec<(Files, &[&str])> = vec![
        (replaced("data/metadata.json", "2021-12-09", "2021-12-08"), &["content fails", "rebuild fails"]),
        (
            replaced("data/metadata.json", "武汉市科学技术局2021", "武汉市科学技术局2020"),
            &["identity fails", "content fails", "rebuild fails"],
        ),
        (replaced("data/metadata.json", "\"30年\"", "\"永久\""), &["rebuild fails"]),
        (replaced("data/metadata.json", "\"form\": 1", "\"form\": 1, \"more\": 1"), &["metadata fails"]),
        (replaced("data/public/r.md", "138", "139"), &["rebuild fails"]),
        (replaced("data/public/r.html", "138", "139"), &["rebuild fails"]),
        (
            replaced("data/public/r.html", "</body>", "<script>x()</script></body>"),
            &["rebuild fails", "page-active fails"],
        ),
        (replaced("data/README.txt", "请勿改动", "可以改动"), &["rebuild fails"]),
        (replaced("data/profile/wuhan.yaml", "label", "labels"), &["rebuild fails"]),
        (replaced("data/templates/annual-summary/report.md.tera", "{%", "多{%"), &["rebuild fails"]),
        (replaced("data/source/report.yaml", "item: 7", "item: 8"), &["rebuild fails"]),
        (replaced("data/source/report.yaml", "year: 2021", "year: two"), &["rebuild fails"]),
        (other_pdf(), &["rebuild fails", "pdfa fails"]),
    ];
    for (index, (files, expected)) in rows.into_iter().enumerate() {
        put(&path, &covered(&files));
        let (status, report) = verified(&office, NUMBER);
        let found: Vec<String> = wrong(&report).into_iter().filter(|row| !row.ends_with("skipped")).collect();
        assert_eq!(
            (status, found),
            (1, expected.iter().map(|row| (*row).to_owned()).collect()),
            "{index}: {report:#}"
        );
    }
}

#[test]
fn what_cannot_be_compared_is_not_called_sound() {
    let office = office("archive-incomparable");
    fs::create_dir_all(office.root.join("fonts/fandol")).unwrap();
    let face = "fonts/fandol/FandolFang-Regular.otf";
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(face), office.root.join(face)).unwrap();
    let path = archived(&office);
    assert_eq!(verified(&office, NUMBER).0, 0);
    // The face is gone; then it comes by another way.
    fs::rename(office.root.join("fonts/fandol"), office.root.join("own")).unwrap();
    let (status, report) = verified(&office, NUMBER);
    assert_eq!((status, wrong(&report)), (2, vec!["rebuild unknown".to_owned()]));
    assert_eq!(report["result"], "incomparable");
    let said = office.run(&["verify", &format!("output/archive/{NUMBER}"), "--fonts", "own"]);
    assert_eq!(said.status, 0, "{}", said.out);
    // What needs no face is compared all the same.
    let sound = all_files(&path);
    let mut files = sound.clone();
    files.insert("data/README.txt".to_owned(), b"x".to_vec());
    put(&path, &covered(&files));
    assert_eq!(wrong(&verified(&office, NUMBER).1), ["rebuild fails"]);
    // Another program made it, as it says everywhere.
    let version = env!("CARGO_PKG_VERSION");
    let mut files = sound;
    for name in ["data/metadata.json", "bag-info.txt"] {
        let text = String::from_utf8(files[name].clone()).unwrap();
        let text = text.replace(&format!("banjie {version}"), "banjie 0.0.1");
        files.insert(name.to_owned(), text.into_bytes());
    }
    put(&path, &covered(&files));
    let said = office.run_in("zh_CN.UTF-8", &["verify", &format!("output/archive/{NUMBER}")]);
    assert_eq!(said.status, 1, "the PDFs say another program: {}", said.out);
    assert!(said.out.contains("无法比较：存档由 banjie 0.0.1 生成"), "{}", said.out);
}

#[test]
fn a_report_with_errors_or_without_a_number_is_not_archived() {
    let without = Office::new("archive-refused");
    let said = without.run(&["archive", "r"]);
    assert_eq!(said.status, 1);
    assert!(said.err.starts_with("error[Y009]: the archive number lacks `fonds`"), "{}", said.err);
    assert!(said.err.contains("--> data/r/report.yaml:"), "{}", said.err);
    append(&without, "report.yaml", "\narchive: { number: '{year}.r2' }\n");
    let said = without.run(&["archive", "r"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("ends like a revision"), "{}", said.err);

    let draft = office("archive-draft");
    append(&draft, "report.yaml", "draft: true\n");
    let said = draft.run(&["archive", "r"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("error[Y009]: a draft is not archived"), "{}", said.err);

    let faulty = office("archive-faulty");
    faulty.change("cases.yaml", "replied: 2021-07-15", "replied: 2021-07-32");
    assert_eq!(faulty.run(&["archive", "r"]).status, 1);
    for office in [&without, &draft, &faulty] {
        assert!(!office.root.join("output").exists());
    }
    assert_eq!(faulty.run(&["archive"]).status, 2);
    assert_eq!(faulty.run(&["archive", "nobody"]).status, 2);
}

#[test]
fn two_archives_of_one_day_are_the_same() {
    let (one, other) = (office("archive-one"), office("archive-other"));
    fs::rename(other.root.join("data"), other.root.join("elsewhere")).unwrap();
    let first = all_files(&archived(&one));
    let said = run_on(&other, DAY, &["archive", "r", "--data", "elsewhere", "--out", "kept"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert_eq!(all_files(&other.root.join("kept/archive").join(NUMBER)), first);
    // But for the day nothing depends on the clock.
    let office = office("archive-day");
    assert_eq!(run_on(&office, "1700000000", &["archive", "r"]).status, 0);
    let later = all_files(&bag(&office, NUMBER));
    let differ: Vec<&String> = first.keys().filter(|name| first[*name] != later[*name]).collect();
    assert_eq!(differ, ["bag-info.txt", "tagmanifest-sha256.txt"]);
}

/// What the report was held against and made with is kept as well: last year's data, templates and rules of the office's own.
#[test]
fn everything_that_was_read_is_kept() {
    let office = office("archive-kept");
    fs::create_dir(office.root.join("data/last")).unwrap();
    for name in ["report.yaml", "cases.yaml", "figures.yaml"] {
        let text = office.text(name).replace("2021", "2020").replace(KEEPING, "");
        fs::write(office.root.join("data/last").join(name), text).unwrap();
    }
    office.change("report.yaml", "profile: wuhan\n", "profile: our.yaml\n");
    fs::write(office.file("our.yaml"), "label: 本市\nbased_on: wuhan\narchive: { fonds: J009 }\n").unwrap();
    append(&office, "report.yaml", "last_year: { source: 上年总结, total: 138, report: last }\n");
    office.change("report.yaml", "fonds: J001, ", "");
    let said = office.run(&["archive", "r", "--templates", "own"]);
    assert_eq!(said.status, 2, "no such folder");
    let page = common::file("templates/page.html.tera").replace("</body>", "<!-- ours --></body>");
    fs::create_dir(office.root.join("own")).unwrap();
    fs::write(office.root.join("own/page.html.tera"), page).unwrap();
    let said = office.run(&["archive", "r", "--templates", "own"]);
    let name = NUMBER.replace("J001", "J009");
    let path = bag(&office, &name);
    assert!(path.exists(), "{}", said.err);
    let files = all_files(&path);
    for path in ["data/beside/last/report.yaml", "data/beside/last/cases.yaml", "data/source/our.yaml"] {
        assert!(files.contains_key(path), "{path}");
    }
    assert!(!files.keys().any(|path| path.starts_with("data/profile/")));
    assert!(String::from_utf8_lossy(&files["data/public/r.html"]).contains("<!-- ours -->"));
    // Nothing but the bag is needed.
    fs::remove_dir_all(office.root.join("data")).unwrap();
    fs::remove_dir_all(office.root.join("own")).unwrap();
    let (status, report) = verified(&office, &name);
    assert_eq!((status, wrong(&report)), (0, Vec::new()), "{report:#}");
}

#[test]
fn a_killed_run_leaves_a_whole_archive_or_none() {
    let office = office("archive-killed");
    let all = office.root.join("output/archive");
    let whole_run = length(&office, &["archive", "r"]);
    let mut chance = Chance(33190);
    let mut seen = BTreeMap::new();
    for round in 0..50 {
        _ = fs::remove_dir_all(office.root.join("output"));
        let mut run = start(&office, &["archive", "r"]);
        // Writing is the last and shortest part: most rounds wait for it to begin.
        if round % 4 > 0 {
            while !all.exists() && run.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_micros(200));
            }
            std::thread::sleep(Duration::from_millis(25).mul_f64(chance.share()));
        } else {
            std::thread::sleep(whole_run.mul_f64(chance.share()));
        }
        run.kill().unwrap();
        run.wait().unwrap();
        let names = common::faults::files(&all);
        let whole = names.contains_key(NUMBER);
        let what = if whole { "whole" } else { "not there" };
        *seen.entry((what, names.len())).or_insert(0) += 1;
        if whole {
            let folder = archive::read(&Machine::new(), &all.join(NUMBER)).unwrap();
            assert_eq!(fails(&verify(&folder, &Around::default(), untouched)), ["rebuild"], "round {round}");
        } else if names.len() == 1 && round % 5 == 1 {
            // The next run clears away what this one has left.
            assert_eq!(office.run(&["archive", "r"]).status, 0, "round {round}");
            let names: Vec<String> = common::faults::files(&all).into_keys().collect();
            assert_eq!(names, [NUMBER], "round {round}");
        }
    }
    println!("archive and entries beside: {seen:?}");
}

#[test]
fn a_place_that_cannot_be_written_to_is_told_of() {
    let office = office("archive-unwritable");
    fs::create_dir(office.root.join("output")).unwrap();
    fs::write(office.root.join("output/archive"), "a file").unwrap();
    let said = office.run(&["archive", "r"]);
    assert_eq!(said.status, 2, "{}", said.err);
    if cfg!(target_os = "linux") {
        // Not even the administrator writes here.
        let said = office.run(&["archive", "r", "--out", "/proc"]);
        assert_eq!(said.status, 2);
        assert!(said.err.contains("cannot"), "{}", said.err);
    }
}

/// A PDF that somebody has spoilt on purpose stops nothing.
#[test]
fn a_spoilt_pdf_is_a_finding_and_no_more() {
    let mut sound = sound();
    let path = "data/public/r.pdf";
    let pdf = sound.files[path].clone();
    let metadata = metadata(&sound).unwrap();
    let mut chance = Chance(9);
    for round in 0..60 {
        let mut spoilt = pdf.clone();
        let tail = spoilt.len() - 2048;
        for _ in 0..1 + round % 8 {
            // The end tells where everything is: it is spoilt as often as all the rest.
            let from = if round % 2 == 0 { tail } else { 0 };
            let at = from + chance.next() as usize % (pdf.len() - from);
            spoilt[at] = chance.next() as u8;
        }
        if round % 5 == 0 {
            spoilt.truncate(chance.next() as usize % pdf.len());
        }
        sound.files.insert(path.to_owned(), spoilt);
        let folder = Folder { files: covered(&sound.files), ..Folder::default() };
        let checks = verify(&folder, &Around::default(), untouched);
        assert!(fails(&checks).contains(&"rebuild"), "round {round}");
    }
    for hostile in
        [b"%PDF-1.7\n1 0 obj ".repeat(2000), [&b"%PDF-1.7\n1 0 obj\n"[..], &b"[".repeat(200_000)].concat()]
    {
        sound.files.insert(path.to_owned(), hostile);
        let folder = Folder { files: covered(&sound.files), ..Folder::default() };
        assert!(fails(&verify(&folder, &Around::default(), untouched)).contains(&"opens"));
    }
    assert_eq!(metadata.number, NUMBER);
}

/// Both editions of every format are archived, and `verify` inspects each by its row: one that cannot be opened is told.
#[test]
fn every_format_is_archived_and_verified() {
    let office = office("archive-formats");
    let folder = archive::read(&Machine::new(), &archived(&office)).unwrap();
    for format in banjie::write::FORMATS {
        for edition in ["public", "internal"] {
            let path = format!("data/{edition}/r.{}", format.extension);
            assert!(folder.files.contains_key(&path), "{path}");
            assert_eq!(banjie::write::of_file(&path).map(|format| format.name), Some(format.name));
            let expected = banjie::write::inspect::Expected {
                title: "没有这个标题",
                signed: "2021-12-09",
                tool: "",
                words: &["没有这个标题"],
            };
            let inspected = (format.inspect)(&folder.files[&path], &expected).unwrap();
            assert_eq!(inspected.lacks, ["没有这个标题"], "{path}");
            assert!((format.inspect)(b"\xff", &expected).is_err(), "{path}");
        }
    }
    assert!(banjie::write::of_file("data/source/report.pdf").is_none());
}
