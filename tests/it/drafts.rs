//! New reports on the real binary: skeletons of every genre, every sample rolled over, and one filled in to its end.

use std::fs;

use crate::common::office::{Office, Said};
use crate::common::pdf;

const GENRES: &[&str] =
    &["annual-summary", "department-report", "rectification-bulletin", "session-bulletin", "work-plan"];
const SAMPLES: &[(&str, u16)] = &[
    ("wuhan-kjj-2021", 2022),
    ("jilin-kjt-2024", 2025),
    ("wuhan-kjj-2024", 2025),
    ("wuhan-gov-2023", 2024),
    ("wuhan-motion2-2020", 2021),
];

/// The codes of what a run told, each once.
fn codes(said: &Said) -> Vec<String> {
    let heads = said.err.lines().filter_map(|line| {
        let rest = line.strip_prefix("warning[").or_else(|| line.strip_prefix("error["))?;
        rest.split(']').next().map(str::to_owned)
    });
    let mut found: Vec<String> = heads.collect();
    found.sort();
    found.dedup();
    found
}

/// What is there for the eye only, page by page.
fn margins(bytes: &[u8]) -> Vec<String> {
    pdf::sheets(bytes).iter().map(|sheet| pdf::words(&sheet.artifacts())).collect()
}

/// Nothing but what is to be found out, and every format is made and says that it is a draft.
fn is_a_draft(office: &Office, name: &str) {
    let said = office.run(&["build", name]);
    assert_eq!(said.status, 0, "{name}: {}", said.err);
    assert_eq!(codes(&said), ["Y008"], "{name}: {}", said.err);
    assert!(said.err.contains(" still to be found out)\n"), "{}", said.err);
    let file =
        |extension: &str| fs::read(office.root.join(format!("output/{name}/{name}.{extension}"))).unwrap();
    let text = |extension: &str| String::from_utf8(file(extension)).unwrap();
    let rest = "：还有 ";
    assert!(text("md").starts_with(&format!("> 草稿{rest}")), "{name}");
    let html = text("html");
    assert!(html.contains(&format!("<p class=\"draft\" role=\"note\">草稿{rest}")), "{name}");
    assert!(html.contains("<mark class=\"todo\">") && html.contains("【待核实"), "{name}");
    let pages = margins(&file("pdf"));
    assert!(
        !pages.is_empty() && pages.iter().all(|page| page.replace('\u{3000}', "").contains("草稿")),
        "{name}"
    );
}

#[test]
fn a_skeleton_of_every_genre_builds_at_once() {
    let office = Office::new("new-skeletons");
    let listed = office.run(&["genres"]).out;
    assert!(listed.lines().filter(|line| !line.is_empty() && !line.starts_with(' ')).count() == GENRES.len());
    for locale in ["zh_CN.UTF-8", "C.UTF-8"] {
        for genre in GENRES {
            let name = format!("{genre}-{}", &locale[..1]);
            let said = office.run_in(locale, &["new", &name, "--genre", genre, "--year", "2022"]);
            assert_eq!(said.status, 0, "{}", said.err);
            assert!(said.out.contains(&format!("banjie check {name}")), "{}", said.out);
            let text = fs::read_to_string(office.root.join(format!("data/{name}/report.yaml"))).unwrap();
            assert!(text.contains("todo") && text.contains("draft: true") && text.matches('#').count() > 8);
            is_a_draft(&office, &name);
        }
    }
}

#[test]
fn every_sample_rolls_over() {
    for (sample, year) in SAMPLES {
        let office = Office::with(&format!("new-from-{sample}"), sample);
        let said = office.run(&["new", "next", "--from", "r"]);
        assert_eq!(said.status, 0, "{}", said.err);
        is_a_draft(&office, "next");
        let new = |file: &str| fs::read_to_string(office.root.join("data/next").join(file)).unwrap();
        let report = new("report.yaml");
        assert!(report.contains(&format!("\nyear: {year}\n")), "{report}");
        // Comments, order and prose stay: what is not a date, a title or a count is there as it was.
        let kept: Vec<String> = office.text("report.yaml").lines().map(str::to_owned).collect();
        let changed = kept.iter().filter(|line| !report.contains(&***line)).count();
        assert!(changed < 24, "{changed} lines of {sample} are gone");
        for comment in kept.iter().filter(|line| line.starts_with('#')) {
            assert!(report.contains(&**comment), "{comment}");
        }
        if office.file("figures.yaml").exists() {
            let (old, figures) = (office.text("figures.yaml"), new("figures.yaml"));
            for comment in old.lines().filter(|line| line.trim_start().starts_with('#')) {
                assert!(figures.contains(comment), "{comment}");
            }
            assert_eq!(figures.matches("value: todo").count(), old.matches("label:").count());
            assert_eq!(figures.matches("previous:").count(), old.matches("label:").count());
        }
    }
}

#[test]
fn last_year_and_its_promises_come_from_its_ledger() {
    let office = Office::new("new-ledger");
    assert_eq!(
        office.run(&["new", "2022", "--from", "r", "--year", "2022", "--genre", "annual-summary"]).status,
        0
    );
    let report = fs::read_to_string(office.root.join("data/2022/report.yaml")).unwrap();
    for line in [
        "  report: \"r\"\n  total: 138\n  counts:\n",
        "    - { level: 市, kind: 政协提案, count: 87 }\n",
        "  date_signed: 2022-12-09\n",
        "  title: 武汉市科学技术局2022年人大代表建议和政协提案办理工作总结\n",
        "# assigned:\n",
        "【待核实：2021年】，在市人大代工委",
        "（武科办〔【待核实：2021】〕1号）",
        "由【待核实：2015年】的{{ fig(name=\"gov_rd_appropriation.previous\") }}",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
    let ledger = office.text("cases.yaml");
    let promised = ["正在解决", "列入规划", "因条件限制"]
        .map(|word| ledger.matches(&format!("outcome: {word}")).count());
    assert_eq!(report.matches("    status: todo\n").count(), promised.iter().sum::<usize>());
    // A promise that nobody speaks of is told; one that is open without a reason is an error.
    let change = |from: &str, to: &str| {
        let path = office.root.join("data/2022/report.yaml");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    };
    change("    status: todo\n", "    status: 仍在办理\n");
    let said = office.run(&["check", "2022"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("error[R007]"), "{}", said.err);
    change("    status: 仍在办理\n", "    status: 仍在办理\n    reason: 选址还没有确定，争取明年开工。\n");
    assert_eq!(office.run(&["check", "2022"]).status, 0);
}

#[test]
fn a_rolled_over_report_is_filled_in_and_no_draft_any_more() {
    let office = Office::with("new-filled", "jilin-kjt-2024");
    assert_eq!(office.run(&["new", "2025", "--from", "r"]).status, 0);
    let folder = office.root.join("data/2025");
    let read = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
    let ledger = office.text("cases.yaml").replace("2024-", "2025-").replace("-02-29", "-02-28");
    fs::write(folder.join("cases.yaml"), ledger).unwrap();
    let claims = "claims: [全部办结, 均按期办结, 满意率100%]";
    let report = read("report.yaml").replace(&format!("# {claims}"), claims);
    let report = report.replace("draft: true\n", "");
    let done = "    status: 已落实\n    reason: 措施已经落地。\n";
    fs::write(folder.join("report.yaml"), report.replace("    status: todo\n", done)).unwrap();
    assert!(codes(&office.run(&["check", "2025"])).contains(&"Y008".to_owned()), "the figure is left");
    fs::write(folder.join("figures.yaml"), read("figures.yaml").replace("value: todo", "value: 3")).unwrap();
    let said = office.run(&["build", "2025"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{}", said.err);
    let markdown = fs::read_to_string(office.root.join("output/2025/2025.md")).unwrap();
    assert!(markdown.starts_with("# ") && !markdown.contains("待核实") && !markdown.contains("草稿"));
    assert!(markdown.contains("办件总数与上年持平"), "{markdown}");
    // What was withheld last year is the office's own.
    let ledger = office.text("cases.yaml");
    let (mut promised, mut withheld) = (0, 0);
    for case in ledger.split("\n  - id:").filter(|case| {
        ["正在解决", "列入规划", "因条件限制"].iter().any(|word| case.contains(&format!("outcome: {word}")))
    }) {
        *(if case.contains("不予公开") { &mut withheld } else { &mut promised }) += 1;
    }
    assert!(withheld > 0, "{ledger}");
    assert_eq!(read("report.yaml").matches("    internal: true\n").count(), withheld);
    let sentence =
        format!("2024年答复中承诺继续办理的事项共{promised}件，其中已落实{promised}件，仍在办理0件。");
    assert_eq!(markdown.contains(&sentence), promised > 0, "{sentence}");
}

#[test]
fn what_is_to_be_found_out_is_marked_in_every_format() {
    let office = Office::new("new-marked");
    office.change("figures.yaml", "value: 152.67", "value: todo");
    office.change("report.yaml", "signature: 武汉市科学技术局", "signature: 'todo: 等\"班子\"定'");
    office.change("report.yaml", "做到应公开尽公开。", "做到【待核实：程度】公开。");
    let said = office.run(&["build"]);
    assert_eq!((said.status, codes(&said)), (0, vec!["Y008".to_owned()]), "{}", said.err);
    let places: Vec<&str> =
        said.err.lines().filter_map(|line| line.trim().strip_prefix("--> data/r/")).collect();
    assert_eq!(places, ["report.yaml:8:14", "report.yaml:40:26", "figures.yaml:6:12"], "{}", said.err);
    assert!(said.err.ends_with("3 warnings (3 still to be found out)\n"), "{}", said.err);
    let file = |extension: &str| fs::read(office.root.join(format!("output/r/r.{extension}"))).unwrap();
    let markdown = String::from_utf8(file("md")).unwrap();
    for words in [
        "> 草稿：还有 3 处待核实\n",
        "增至2020年的【待核实：地方财政科技拨款】亿元",
        "做到【待核实：程度】公开",
        "\n【待核实：等\"班子\"定】",
    ] {
        assert!(markdown.contains(words), "{words}");
    }
    let html = String::from_utf8(file("html")).unwrap();
    assert!(html.contains("做到<mark class=\"todo\">【待核实：程度】</mark>公开"));
    assert!(html.contains("<mark class=\"todo\"><a class=\"figure\""));
    // A ground under each of them, for the eye only.
    let grounds: Vec<_> = pdf::sheets(&file("pdf")).into_iter().flat_map(|sheet| sheet.rules).collect();
    let grounds: Vec<_> = grounds
        .iter()
        .filter(|area| {
            area.colour.len() == 3 && area.colour[0] == 1.0 && (area.colour[2] - 0.6).abs() < 0.001
        })
        .collect();
    let seen: Vec<_> = grounds.iter().map(|area| (area.mark, area.width)).collect();
    assert!(
        grounds.len() >= 3 && grounds.iter().all(|area| area.mark.is_none() && area.width > 1.0),
        "{seen:?}"
    );
}

#[test]
fn nothing_is_made_of_what_is_asked_wrongly() {
    let office = Office::new("new-wrong");
    for (arguments, told) in [
        (&["new", "x", "--genre", "anual-summary", "--year", "2022"][..], "did you mean annual-summary?"),
        (&["new", "r", "--genre", "annual-summary", "--year", "2022"], "exists and was left as it is"),
        (&["new", "../x", "--genre", "annual-summary", "--year", "2022"], "without a path"),
        (&["new", "x", "--genre", "annual-summary"], "--year"),
        (&["new", "x", "--genre", "annual-summary", "--year", "zwei"], "zwei"),
        (&["new", "x", "--from", "nobody"], "no report \"nobody\" in data; there are: r"),
        (&["new", "x", "--from", "r", "--year", "2024"], "can be rolled over to 2022"),
        (&["new", "x", "--from", "r", "--genre", "work-plan"], "cannot be rolled over to work-plan"),
    ] {
        let before = office.text("report.yaml");
        let said = office.run(arguments);
        assert_eq!(said.status, 2, "{arguments:?} {}", said.err);
        assert!(said.err.contains(told), "{}", said.err);
        assert!(!office.root.join("data/x").exists() && !office.root.join("x").exists());
        assert_eq!(office.text("report.yaml"), before);
        assert_eq!(fs::read_dir(office.root.join("data")).unwrap().count(), 1, "nothing is left beside it");
    }
}

#[test]
fn a_slip_of_yaml_beside_a_todo_is_told_where_it_is() {
    let office = Office::new("new-slip");
    office.change("figures.yaml", "value: 152.67", "value: todo");
    office.change("figures.yaml", "    value: 3\n", "   value: 3\n");
    let said = office.run(&["check"]);
    assert_eq!((said.status, codes(&said)), (1, vec!["Y001".to_owned()]), "{}", said.err);
}

#[test]
fn a_profile_of_ones_own_comes_along() {
    let office = Office::new("new-profile");
    office.change("report.yaml", "profile: wuhan", "profile: our.yaml");
    fs::write(office.file("our.yaml"), "based_on: wuhan\nlabel: 本市\n").unwrap();
    assert_eq!(office.run(&["new", "next", "--from", "r"]).status, 0);
    let said = office.run(&["check", "next"]);
    assert_eq!((said.status, codes(&said)), (0, vec!["Y008".to_owned()]), "{}", said.err);
}
