//! Profiles, as a user names them: built in, in a file, on top of another; and what they change.

use std::fs;

use crate::common::office::{Office, Said};

/// A sample with other rules, which stand in its folder.
fn with(name: &str, sample: &str, profile: &str) -> Office {
    let office = Office::with(name, sample);
    let named = if sample.starts_with("jilin") { "jilin" } else { "wuhan" };
    office.change("report.yaml", &format!("\nprofile: {named}\n"), "\nprofile: our.yaml\n");
    fs::write(office.file("our.yaml"), profile).unwrap();
    office
}

fn ok(said: &Said) -> &str {
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    &said.out
}

fn built(office: &Office, format: &str) -> String {
    let said = office.run(&["build", "--format", if format == "md" { "markdown" } else { format }]);
    assert_eq!(said.status, 0, "{}", said.err);
    fs::read_to_string(office.root.join(format!("output/r/r.{format}"))).unwrap()
}

#[test]
fn a_profile_has_two_names_and_without_one_nothing_changes() {
    let office = Office::new("profile-names");
    let by_id = built(&office, "md");
    office.change("report.yaml", "\nprofile: wuhan\n", "\nprofile: 武汉\n");
    assert_eq!(built(&office, "md"), by_id);
    office.change("report.yaml", "\nprofile: 武汉\n", "\n");
    assert_eq!(built(&office, "md"), by_id);
    office.change("report.yaml", "\nledger: cases.yaml\n", "\nledger: cases.yaml\nprofile: generic\n");
    assert_eq!(built(&office, "md"), by_id);
}

#[test]
fn a_profile_that_is_not_there_is_told() {
    let office = Office::new("profile-unknown");
    let at = |office: &Office, key: &str| {
        let line = office.text("report.yaml").lines().position(|line| line.starts_with(key)).unwrap() + 1;
        format!("report.yaml:{line}:{}", key.len() + 2)
    };
    office.change("report.yaml", "\nprofile: wuhan\n", "\nprofile: wuhna\n");
    let said = office.refuses(&[&format!("Y003 {}", at(&office, "profile:"))]);
    assert!(said.err.contains("did you mean wuhan?"), "{}", said.err);
    office.change("report.yaml", "\nprofile: wuhna\n", "\nprofile: our.yaml\n");
    office.refuses(&[&format!("Y005 {}", at(&office, "profile:"))]);
    office.change("report.yaml", "\nprofile: our.yaml\n", "\nprofile: ../our.yaml\n");
    office.refuses(&[&format!("Y006 {}", at(&office, "profile:"))]);
}

#[test]
fn a_faulty_profile_is_told_at_its_lines_and_judges_nothing() {
    let profile = "\
label: 本市
limit: []
limits:
  - { group: 会办, last_day: 02-30 }
  - { group: 答复, months: 1, last_day: 05-31 }
outcomes:
  - { letter: a, label: 甲, outcomes: [已解决] }
archive: { item: 7 }
rounding: { digits: 9 }
publication: { working_days: 1 }
";
    let office = with("profile-faulty", "wuhan-kjj-2021", profile);
    let said = office.run(&["check"]);
    assert_eq!(said.status, 1);
    for line in [2, 4, 5, 7, 8, 9] {
        assert!(said.err.contains(&format!("our.yaml:{line}:")), "line {line}: {}", said.err);
    }
    assert!(!said.err.contains("P00"), "{}", said.err);
    let based = with("profile-based-on", "wuhan-kjj-2021", "label: 本市\nbased_on: wuhna\n");
    based.refuses(&["Y003 our.yaml:2:11"]);
}

#[test]
fn limits_are_those_of_the_profile_or_of_the_one_that_it_is_based_on() {
    let office = with("profile-limits", "jilin-kjt-2024", "label: 本省\nbased_on: 吉林\n");
    ok(&office.run(&["explain", "r"]));
    let told = |profile: &str| {
        fs::write(office.file("our.yaml"), format!("label: 本省\nbased_on: jilin\n{profile}\n")).unwrap();
        let said = office.run(&["check"]);
        assert_eq!(said.status, 0, "{}", said.err);
        said.err
    };
    let limits = told("limits: [{ group: 协办, last_day: 04-29 }]");
    let first = "warning[P001]: 省建-01 is due on 2024-04-30, later than the profile 本省 allows: 2024-04-29";
    assert!(limits.contains(first) && !limits.contains("P002"), "{limits}");
    let publication = told("publication: { working_days: 1 }");
    let first =
        "warning[P002]: 省建-04 was published on 2024-05-13, later than the profile 本省 allows: 2024-05-09";
    assert!(publication.contains(first) && !publication.contains("P001"), "{publication}");
}

#[test]
fn roles_are_called_what_the_profile_calls_them_unless_the_report_says() {
    let labels = "label: 本市\nlabels: { sole: 独办, assist: 协办, reply: 主（独、分）办 }\n";
    let office = with("profile-labels", "wuhan-kjj-2021", labels);
    let markdown = built(&office, "md");
    assert!(markdown.contains("主（独、分）办45件，协办93件"), "{markdown}");
    assert!(markdown.contains("| 主（独、分）办 | 协办 |") && markdown.contains("| 独办 |"), "{markdown}");
    assert!(!markdown.contains("会办 |") && !markdown.contains("会办9"), "{markdown}");
    let said = office.run_in("zh_CN.UTF-8", &["explain", "r", "cases.assist"]);
    assert!(ok(&said).contains("角色组=协办"), "{}", said.out);
    office.change("report.yaml", "\nwe: 我局\n", "\nwe: 我局\nassist_term: 会同办理\n");
    assert!(built(&office, "md").contains("主（独、分）办45件，会同办理93件"));
}

#[test]
fn letters_count_what_the_profile_says_they_stand_for() {
    let office = Office::new("profile-letters");
    let count = |office: &Office, name: &str| {
        let said = office.run_in("zh_CN.UTF-8", &["explain", "r", name]);
        ok(&said).split('件').next().unwrap().parse::<u32>().unwrap()
    };
    let of = |office: &Office, words: &[&str]| -> u32 {
        words.iter().map(|word| count(office, &format!("cases?outcome={word}"))).sum()
    };
    assert_eq!(of(&office, &["B"]), of(&office, &["in_progress", "planned"]));
    assert!(of(&office, &["B"]) > 0);
    let said = office.run_in("zh_CN.UTF-8", &["explain", "r", "cases?outcome=B"]);
    assert!(said.out.contains("B类件数 = 台账中 结果=B类（正在解决、列入规划） 的件数"), "{}", said.out);
    let overview = "overview: |-\n";
    office.change("report.yaml", overview, "overview: |-\n  其中，A类{{ count(outcome=\"A\") }}。\n");
    let a = of(&office, &["resolved"]);
    assert!(built(&office, "md").contains(&format!("其中，A类{a}件。")));
    // Another scheme, another meaning; and without letters nobody knows.
    let said = office.run(&["explain", "r", "cases?outcome=E"]);
    assert!(said.status == 2 && said.err.contains("no letter E; it has A, B, C, D"), "{}", said.err);
    office.change("report.yaml", "\nprofile: wuhan\n", "\n");
    let said = office.run(&["build"]);
    assert!(said.status == 1 && said.err.contains("nobody says what A stands for"), "{}", said.err);
}

#[test]
fn satisfaction_is_counted_as_the_profile_says_and_explained_so() {
    for (name, scale, formula) in [
        ("none", "{}", "满意件数 ÷ 有反馈件数（满意、基本满意、不满意之和）"),
        (
            "basic",
            "{ count_basically_satisfied: true }",
            "满意和基本满意件数 ÷ 有反馈件数（满意、基本满意、不满意之和）",
        ),
        (
            "all",
            "{ count_basically_satisfied: true, count_no_feedback: true }",
            "满意和基本满意件数 ÷ 应反馈件数（满意、基本满意、不满意、未反馈之和）",
        ),
    ] {
        let profile = format!("label: 本省\nsatisfaction: {scale}\nrounding: {{ digits: 1 }}\n");
        let office = with(&format!("profile-scale-{name}"), "wuhan-kjj-2021", &profile);
        office.change("cases.yaml", "satisfaction: 满意", "satisfaction: none");
        let cases = office.text("cases.yaml");
        let said_so = |word: &str| cases.matches(&format!("\n    satisfaction: {word}\n")).count();
        let (satisfied, basically, silent) = (said_so("满意"), said_so("基本满意"), said_so("none"));
        assert_eq!((basically, silent), (3, 1));
        let part = if name == "none" { satisfied } else { satisfied + basically };
        let whole = satisfied + basically + if name == "all" { silent } else { 0 };
        // Who counts speaks for or against the claim that all are satisfied.
        let text = office.text("report.yaml");
        let claimed = format!("{text}claims: [满意率100%]\n");
        fs::write(office.file("report.yaml"), claimed).unwrap();
        let said = office.run(&["check"]);
        assert_eq!(said.err.contains("error[C001]"), name != "basic", "{name}: {}", said.err);
        fs::write(office.file("report.yaml"), text).unwrap();
        let said = office.run_in("zh_CN.UTF-8", &["explain", "r", "cases.satisfaction_rate"]);
        assert!(
            said.out.contains(&format!("满意率 = {formula} = {part} ÷ {whole} × 100%")),
            "{name}: {}{}",
            said.out,
            said.err
        );
        assert!(said.out.contains("保留1位小数"), "{name}: {}", said.out);
    }
}

#[test]
fn a_report_says_by_which_rules_it_goes_if_it_is_asked_to() {
    for (sample, words) in [
        ("wuhan-kjj-2021", "说明：办理期限和统计口径采用武汉规则。会办件不晚于5月31日提出意见；市级"),
        (
            "jilin-kjt-2024",
            "说明：办理期限和统计口径采用吉林规则。代表建议的主（承、分）办件自交办之日起三个月内答复",
        ),
    ] {
        let office = Office::with(&format!("profile-note-{sample}"), sample);
        let without = built(&office, "md");
        assert!(!without.contains("采用"));
        let text = office.text("report.yaml");
        fs::write(office.file("report.yaml"), format!("{text}profile_note: true\n")).unwrap();
        ok(&office.run(&["explain", "r"]));
        let with = built(&office, "md");
        assert!(with.contains(&format!("\n{words}")), "{with}");
        assert_eq!(with.lines().filter(|line| !without.contains(line)).count(), 1, "only the note is new");
        assert!(built(&office, "html").contains(&format!("<p>{words}")));
    }
    // A genre that does not print it says so.
    let office = Office::with("profile-note-idle", "wuhan-gov-2023");
    let text = office.text("report.yaml");
    fs::write(office.file("report.yaml"), format!("{text}profile_note: true\n")).unwrap();
    let said = office.run(&["check"]);
    assert!(said.err.contains("warning[Y007]"), "{}", said.err);
}

#[test]
fn what_a_profile_says_never_becomes_markup() {
    let profile =
        "label: \"*甲*[乙](x)\"\noutcomes: [{ letter: A, label: '<b>`{{ year }}', outcomes: [已解决] }]\n";
    let office = with("profile-markup", "wuhan-kjj-2021", profile);
    let text = office.text("report.yaml");
    fs::write(office.file("report.yaml"), format!("{text}profile_note: true\n")).unwrap();
    let html = built(&office, "html");
    assert!(html.contains("采用*甲*[乙](x)规则。办理结果分类：A类为&lt;b&gt;`{{ year }}。"), "{html}");
}

#[test]
fn shares_make_a_hundred_and_say_so_where_the_profile_rounds_them_together() {
    let cell =
        |role: &str| format!("  | {role} | {{{{ share(by=\"role\", role=\"{role}\", unit=false) }}}} |\n");
    let roles = ["主办", "承办", "分办", "会办"];
    let rows: String = roles.map(cell).concat();
    let table =
        format!("overview: |-\n  **按角色分（单位：%）**\n\n  | 角色 | 占比 |\n  | :-- | --: |\n{rows}\n  ");
    let note = "说明：各项占比按最大余额法取整，合计为百分之百。";
    // 42, 2, 1 and 93 of 138.
    for (shares, printed, rounding, notes) in [
        ("half_up", [30, 1, 1, 67], "half-up", 0),
        ("largest_remainder", [30, 2, 1, 67], "largest-remainder", 1),
    ] {
        let profile = format!("label: 本市\nrounding: {{ shares: {shares} }}\n");
        let office = with(&format!("profile-shares-{shares}"), "wuhan-kjj-2021", &profile);
        office.change("report.yaml", "overview: |-\n  ", &table);
        ok(&office.run(&["explain", "r"]));
        let markdown = built(&office, "md");
        for (role, share) in roles.iter().zip(printed) {
            assert!(markdown.contains(&format!("\n| {role} | {share} |\n")), "{markdown}");
        }
        assert_eq!(markdown.matches(note).count(), notes);
        assert!(notes == 0 || markdown.find(note) < markdown.find("办件台账**"), "before the annexes");
        let json = office.run(&["explain", "r", "share?by=role&digits=1&role=assist", "--json"]).out;
        assert!(json.contains(&format!("\"rounding\": \"{rounding}\"")), "{json}");
        assert!(json.contains("= 93 ÷ 138 × 100%"), "{json}");
        // Whoever asks for the rules reads it there, and once.
        let text = office.text("report.yaml");
        fs::write(office.file("report.yaml"), format!("{text}profile_note: true\n")).unwrap();
        let markdown = built(&office, "md");
        assert_eq!(markdown.matches("最大余额法").count(), notes, "{markdown}");
    }
}

#[test]
fn the_profile_of_the_page_works_as_it_stands() {
    let page = include_str!("../../docs/profiles.md");
    let example = page.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let office = with("profile-page", "wuhan-kjj-2021", example);
    let text = office.text("report.yaml");
    fs::write(office.file("report.yaml"), format!("{text}profile_note: true\narchive: {{ item: 7 }}\n"))
        .unwrap();
    let markdown = built(&office, "md");
    assert!(
        markdown.contains(
            "采用云溪市规则。协办件自交办之日起一个月内提出意见；省级主（独、分）办件不晚于8月30日答复；"
        ),
        "{markdown}"
    );
}
