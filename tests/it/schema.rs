//! `banjie schema`: what the schemas take, the loader takes, and the other way about.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common::office::Office;
use crate::common::{SAMPLES, file, report_files};
use banjie::load;
use banjie::load::schema::FILES;
use banjie::source::Sources;
use banjie::world::Memory;
use jsonschema::Validator;
use serde_json::Value;

type Files = BTreeMap<&'static str, String>;

fn validators() -> BTreeMap<&'static str, Validator> {
    let validator =
        |schema: Value| jsonschema::draft202012::options().should_validate_formats(true).build(&schema);
    FILES.iter().map(|kind| (kind.file, validator((kind.schema)()).unwrap())).collect()
}

/// A YAML text as an editor sees it.
fn value(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What the loader has against the files of a report.
fn faults(files: &Files) -> Vec<String> {
    let named: Vec<(String, &str)> =
        files.iter().map(|(name, text)| (format!("r/{name}"), text.as_str())).collect();
    let world = Memory::with(named.iter().map(|(name, text)| (name.as_str(), *text)));
    let loaded = load::load(&world, Path::new("r"), &mut Sources::default());
    loaded.diagnostics.iter().map(|told| format!("{:?}", told.message)).collect()
}

fn samples() -> Vec<Files> {
    let folders = SAMPLES.iter().map(|name| format!("data/{name}"));
    folders.chain(["tests/reports/official".to_owned()]).map(|folder| report_files(&folder)).collect()
}

fn genres() -> Vec<String> {
    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")).unwrap();
    let files = folders.map(|entry| entry.unwrap().path().join("genre.yaml")).filter(|path| path.exists());
    files.map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// The ways to every record of a value, as JSON pointers, the root first.
fn records(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.push(at.to_owned());
            map.iter().for_each(|(key, value)| records(value, &format!("{at}/{key}"), found));
        }
        Value::Array(list) => {
            list.iter()
                .enumerate()
                .for_each(|(index, value)| records(value, &format!("{at}/{index}"), found));
        }
        _ => {}
    }
}

#[test]
fn every_sample_is_what_its_schema_says() {
    let validators = validators();
    let mut seen = 0;
    for files in samples() {
        for (name, text) in &files {
            let value = value(text);
            let wrong: Vec<String> = validators[name]
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(wrong.is_empty(), "{name}: {}", wrong.join("\n"));
            seen += 1;
        }
    }
    for text in genres() {
        let wrong: Vec<String> =
            validators["genre.yaml"].iter_errors(&value(&text)).map(|e| e.to_string()).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
    assert!(seen > 12 && genres().len() == 5, "{seen}");
}

/// A key that nothing can be called, put into every record of every sample.
#[test]
fn a_key_that_is_not_known_is_refused_in_every_record() {
    let validators = validators();
    let (mut tried, mut kinds) = (0, BTreeMap::<String, usize>::new());
    for files in samples() {
        for (name, text) in &files {
            let whole = value(text);
            let mut found = Vec::new();
            records(&whole, "", &mut found);
            for at in found {
                // Of the records of a list one is enough.
                let kind =
                    at.split('/').filter(|step| step.parse::<usize>().is_err()).collect::<Vec<_>>().join("/");
                let count = kinds.entry(format!("{name}{kind}")).or_default();
                *count += 1;
                if *count > 1 {
                    continue;
                }
                let mut with = whole.clone();
                with.pointer_mut(&at).unwrap().as_object_mut().unwrap().insert("未知".to_owned(), "x".into());
                assert!(!validators[name].is_valid(&with), "the schema of {name} takes it at {at}");
                let mut changed = files.clone();
                changed.insert(name, serde_yaml::to_string(&with).unwrap());
                assert!(!faults(&changed).is_empty(), "the loader takes it in {name} at {at}");
                tried += 1;
            }
        }
    }
    assert!(tried > 50, "{tried}");
}

/// The official report with other words in a file.
fn official(name: &'static str, from: &str, to: &str) -> Files {
    let mut files = report_files("tests/reports/official");
    if !files.contains_key(name) {
        // Whatever the report lacks, a sample has.
        let sample = if name == "bodies.yaml" { "wuhan-motion2-2020" } else { "jilin-kjt-2024" };
        files.insert(name, file(&format!("data/{sample}/{name}")));
        let key = name.trim_end_matches(".yaml");
        let report = files.get_mut("report.yaml").unwrap();
        *report += &format!("\n{key}: {name}\n");
    }
    let text = files.get_mut(name).unwrap();
    assert!(text.contains(from), "{name} has no {from:?}");
    *text = text.replacen(from, to, 1);
    files
}

#[test]
fn schema_and_loader_refuse_the_same() {
    let validators = validators();
    let long = "长".repeat(201);
    let report = [
        ("year: 2023", "year: 二〇二三"),
        ("year: 2023", "year: \"2023\""),
        ("year: 2023", "year: 70000"),
        ("year: 2023", "year: -1"),
        ("year: 2023\n", ""),
        ("we: 两局", "we: \"\""),
        ("we: 两局", "we: \"  \""),
        ("we: 两局", &format!("we: {long}")),
        ("we: 两局", "we: [两局]"),
        ("we: 两局", "we: { a: b }"),
        ("we: 两局", "we: |-\n  两\n  局"),
        ("we: 两局", "we: 两局\nstrict: 是"),
        ("we: 两局", "we: 两局\ntables: [总表]"),
        ("we: 两局", "we: 两局\ntables: 概况表"),
        ("we: 两局", "we: 两局\nclaims: []"),
        ("we: 两局", "we: 两局\nclaims: [全部办完]"),
        ("we: 两局", "we: 两局\nclaims: [{ claim: 全部办结, except: [] }]"),
        ("we: 两局", "we: 两局\nclaims: [{ claim: 全部办结 }]"),
        ("we: 两局", "we: 两局\nclaims: [{ claim: 全部办结, excepts: [甲] }]"),
        ("we: 两局", "we: 两局\nclaims: [全部办结, 全部办结]"),
        ("we: 两局", "we: 两局\noffices: []"),
        ("we: 两局", "we: 两局\nallow: [{ rule: L005 }]"),
        ("we: 两局", "we: 两局\nassigned: { source: 甲, counts: [] }"),
        ("we: 两局", "we: 两局\nassigned: { source: 甲, counts: [{ where: { 级: 省 }, count: 1 }] }"),
        ("we: 两局", "we: 两局\nassigned: { source: 甲, counts: [{ count: -1 }] }"),
        ("we: 两局", "we: 两局\nassigned: { source: 甲, counts: [{ count: 一 }] }"),
        ("we: 两局", "we: 两局\nassigned: { source: 甲, counts: [{ count: 1.5 }] }"),
        ("we: 两局", "we: 两局\nwording: { \"A b\": 话 }"),
        ("we: 两局", "we: 两局\nwording: { growth: \" \" }"),
        ("we: 两局", "we: 两局\nwording: { growth: [] }"),
        ("we: 两局", "we: 两局\nclosing: [话]"),
        ("we: 两局", "we: 两局\ngoals: 3"),
        ("we: 两局", "we: 两局\ngoals: true"),
        ("we: 两局", "we: 两局\ngoals: {}"),
        ("we: 两局", "we: 两局\ngoals: []"),
        ("we: 两局", "we: 两局\ngoals: { items: [] }"),
        ("we: 两局", "we: 两局\ngoals: [{ heading: 一。 }]"),
        ("we: 两局", "we: 两局\ncontact: { phone: 电话 }"),
        ("we: 两局", "we: 两局\ncontact: { phone: 027-1, postcode: \"4300233\" }"),
        ("we: 两局", "we: 两局\ncontact: { phone: 027-1, email: a.b.cn }"),
        ("copy_number: \"000001\"", "copy_number: \"1\""),
        ("机密★1年", "机密☆1年"),
        ("机密★1年", "绝秘"),
        ("urgency: 特急", "urgency: 急"),
        ("[云溪市水务局, 云溪市园林和林业局]", "云溪市水务局"),
        ("[江一川, 林可望]", &format!("[{}]", "长".repeat(21))),
        ("云水发〔2023〕36号", "云水发[2023]36号"),
        ("云水发〔2023〕36号", "云水发〔2023〕036号"),
        ("addressees: 市人民政府", "addressees: 市人民政府："),
        ("co_signatures: [云溪市园林和林业局]", &format!("co_signatures: [{}]", "长".repeat(41))),
        ("date_signed: 2023-12-04", "date_signed: 2023-12-4"),
        ("date_signed: 2023-12-04", "date_signed: 2023-02-30"),
        ("date_signed: 2023-12-04", "date_signed: 20231204"),
        ("date_signed: 2023-12-04\n", "# \n"),
        ("seal: 加盖印章", "seal: 盖章"),
        ("note: 联系人", "note: （联系人"),
        ("园林和林业局\n  printing", "园林和林业局。\n  printing"),
        ("last_year:\n  source: 两局2022年办理情况报告\n  counts:", "last_year:\n  source: 两局\nx:"),
        ("count: 5", "count: 五"),
        ("count: 5", "count: -5"),
        ("deadline: 2023-10-31", "deadline: 十月底"),
        ("  items:\n", "  itmes:\n"),
    ];
    let cases = [
        ("level: 市", "level: 洲"),
        ("role: 主办", "role: 协助"),
        ("role: 主办", "role: Lead"),
        ("leader_led: true", "leader_led: 是"),
        ("role: 主办", "role: 主办\n    extended: {}"),
        ("role: 主办", "role: 主办\n    extended: { until: 明年 }"),
        ("outcome: ", "outcome: 已"),
        ("cases:", "case:"),
    ];
    let figures = [
        ("value: 3", "value: 3年"),
        ("value: 3", "value: 1e3x"),
        ("value: 3", "value: [3]"),
        ("value: 3", "value: \"3.\""),
        ("unit: 年\n", "\n"),
        ("review_period:", "Review-Period:"),
        ("figures:", "relations: []\nfigures:"),
        ("figures:", "shares: [甲]\nfigures:"),
    ];
    let bodies = [("groups:", "group:"), ("bodies: [", "bodies: [[], "), ("name:", "nmae:")];
    let all = [
        ("report.yaml", &report[..]),
        ("cases.yaml", &cases[..]),
        ("figures.yaml", &figures[..]),
        ("bodies.yaml", &bodies[..]),
    ];
    let mut wrong = Vec::new();
    for (name, table) in all {
        assert_eq!(faults(&official(name, "", "")), [""; 0], "{name}");
        for (from, to) in table {
            let files = official(name, from, to);
            if validators[name].is_valid(&value(&files[name])) {
                wrong.push(format!("the schema of {name} takes {to}"));
            }
            if faults(&files).is_empty() {
                wrong.push(format!("the loader takes {to} in {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn schema_and_loader_take_the_same() {
    let validators = validators();
    let report = [
        ("we: 两局", "we: 2023"),
        ("we: 两局", "we: true"),
        ("we: 两局", "we: ~"),
        ("we: 两局", "we: 两局\nstrict: true\ntables: []"),
        (
            "we: 两局",
            "we: 两局\ntables: [概况表, ledger]\nclaims: [all_concluded, 全部公开, { claim: 没有不满意, except: [省建-01] }]",
        ),
        ("we: 两局", "we: 两局\nwording: { growth: \"\", a_1: 话, b: 1 }"),
        (
            "we: 两局",
            "we: 两局\nassigned: { source: 甲, counts: [{ where: {}, count: 0 }, { count: \"12\" }] }",
        ),
        (
            "we: 两局",
            "we: 两局\ngoals: 话\nrequirements: [{ heading: 一。, body: 二。 }]\norganisation: { preamble: 话 }",
        ),
        ("we: 两局", "we: 两局\ncontact: { phone: 65692205, postcode: 430023, email: a@b.cn, address: 1 }"),
        ("copy_number: \"000001\"", "copy_number: 123456"),
        ("urgency: 特急", "urgency: urgent"),
        ("seal: 加盖印章", "seal: 签名章"),
        ("issuers: [云溪市水务局, 云溪市园林和林业局]", "issuers: []"),
        ("机密★1年", "秘密★长期"),
        ("count: 5", "count: \"5\""),
        ("counts:", "total: 9\n  definition: 口径有变\n  counts:"),
    ];
    let cases = [
        ("level: 市", "level: municipal"),
        ("role: 主办", "role: sole"),
        ("role: 主办", "role: 独办\n    extended: { until: 2024-01-01, consented: ~ }"),
    ];
    let figures = [("value: 3", "value: -3.20"), ("value: 3", "value: \"3\""), ("unit: 年", "unit: \"%\"")];
    for (name, table) in
        [("report.yaml", &report[..]), ("cases.yaml", &cases[..]), ("figures.yaml", &figures[..])]
    {
        for (from, to) in table {
            let files = official(name, from, to);
            assert_eq!(faults(&files), [""; 0], "the loader refuses {to}");
            let value = value(&files[name]);
            let wrong: Vec<String> =
                validators[name].iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(wrong.is_empty(), "the schema of {name} refuses {to}: {}", wrong.join("\n"));
        }
    }
}

#[test]
fn schemas_are_listed_printed_and_written() {
    let office = Office::new("schema");
    let listed = office.run(&["schema"]);
    assert_eq!(listed.status, 0);
    let names: Vec<&str> = listed.out.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, FILES.iter().map(|kind| kind.name).collect::<Vec<_>>());
    assert!(office.run_in("zh_CN.UTF-8", &["schema"]).out.contains("办件台账"));
    let printed = office.run(&["schema", "report"]);
    let schema: Value = serde_json::from_str(&printed.out).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let written = office.run(&["schema", "--to", "schemas"]);
    assert_eq!((written.status, written.out.lines().count()), (0, FILES.len()));
    assert_eq!(fs::read_to_string(office.root.join("schemas/report.schema.json")).unwrap(), printed.out);
    for wrong in [&["schema", "repotr"][..], &["schema", "report", "--to", "x"]] {
        assert_eq!(office.run(wrong).status, 2, "{wrong:?}");
    }
    assert!(office.run_in("zh_CN.UTF-8", &["schema", "repotr"]).err.contains("report、cases、figures"));
}
