//! The rules over the ledger, over claims and figures, as the real binary tells them.

use std::fs;

use crate::common::office::Office;

/// What `check` says of a sample that was changed: codes and places.
fn told(office: &Office) -> Vec<String> {
    let said = office.run(&["check"]).err;
    let pairs = said.lines().zip(said.lines().skip(1));
    let diagnostic = |(head, place): (&str, &str)| {
        let code = head.strip_prefix("error[").or(head.strip_prefix("warning["))?.split(']').next()?;
        let place = place.trim_start().strip_prefix("--> ")?.trim_start_matches("data/r/");
        Some(format!("{code} {place}"))
    };
    pairs.filter_map(diagnostic).collect()
}

#[test]
fn the_ledger_is_held_against_what_others_count() {
    let office = Office::new("checks-totals");
    let counts = "{ where: {}, count: 139 }
    - { where: { rolle: 主办 }, count: 9 }
    - { where: { level: 郡 }, count: 9 }
    - { where: { office: 农村处 }, count: 14 }";
    let offices = "offices: [高新技术处, 社会发展处, 规划与资源配置处, 成果转化处, 农村科技处, 政策法规处, 科技金融处, 基础研究处]
ledger: ";
    office.change("report.yaml", "{ where: {}, count: 138 }", counts);
    assert_eq!(
        told(&office),
        [
            "L008 report.yaml:178:27",
            "L008 report.yaml:179:18",
            "L008 report.yaml:180:25",
            "L008 report.yaml:181:26",
        ]
    );
    let said = office.run(&["check"]).err;
    assert!(said.contains("139 cases by 交办清单, 138 by the ledger"), "{said}");
    assert!(said.contains("did you mean `role`?"), "{said}");
    let office = Office::new("checks-offices");
    office.change("report.yaml", "ledger: ", offices);
    assert_eq!(told(&office), ["L013 cases.yaml:478:13"]);
}

#[test]
fn cases_that_cannot_be() {
    let office = Office::new("checks-cases");
    office
        .change("cases.yaml", "due: 2021-05-31", "due: 2021-05-31\n    extended: { until: 2021-06-30 }")
        .change("cases.yaml", "due: 2021-12-31", "due: 2021-12-31\n    outcome: 正在解决")
        .change("cases.yaml", "replied: 2021-05-21", "replied: 2021-05-21\n    satisfaction: 满意")
        .change("cases.yaml", "level: 省", "level: 乡镇");
    let told = told(&office);
    let codes: Vec<&str> = told.iter().map(|told| &told[..4]).collect();
    assert_eq!(codes, ["L009", "L012", "L010", "L008"], "{told:?}");
    let said = office.run_in("zh_CN.UTF-8", &["check"]);
    assert!(said.err.contains("延期，没有写交办单位同意的日期"), "{}", said.err);
}

#[test]
fn claims_are_borne_out_or_refused() {
    let office = Office::new("checks-claims");
    office.change("report.yaml", "ledger: ", "claims: [均按期办结, 全部办结, 全部公开]\nledger: ");
    assert_eq!(told(&office), ["C001 report.yaml:14:17", "C001 report.yaml:14:23"]);
    let office = Office::new("checks-words");
    office.change("report.yaml", "总的看，", "总的看，各件全部办结，均按期答复，");
    assert_eq!(told(&office), ["C002 report.yaml:29:9", "C003 report.yaml:29:14"]);
    let said = office.run(&["check"]).err;
    assert!(said.contains("says otherwise of 市案-01") && said.contains("claims: [all_on_time]"), "{said}");
}

/// The templates' own sentences about open cases are true of any ledger: none is reported.
#[test]
fn sentences_of_the_templates_agree_with_the_ledger() {
    for opened in [1, 2, 3, 4, 9, 40] {
        let office = Office::new("checks-template");
        let text = office.text("cases.yaml");
        let (head, records) = text.split_once("\n  - id: ").unwrap();
        let mut left = opened;
        let records: Vec<String> = records
            .split("\n  - id: ")
            .map(|record| {
                let opens = left > 0 && record.contains("role: 会办") && record.contains("\n    replied:");
                left -= usize::from(opens);
                let stays = |line: &&str| !opens || !line.starts_with("    replied:");
                record.lines().filter(stays).collect::<Vec<_>>().join("\n")
            })
            .collect();
        let text = [head].into_iter().chain(records.iter().map(String::as_str)).collect::<Vec<_>>();
        fs::write(office.file("cases.yaml"), text.join("\n  - id: ") + "\n").unwrap();
        let told = told(&office);
        assert!(told.iter().all(|told| told.starts_with("L005")), "{opened}: {told:?}");
    }
}

#[test]
fn figures_are_held_against_each_other() {
    let office = Office::new("checks-figures");
    let more = "relations:
  - hightech_reviews_passed <= hightech_applications
  - hightech_applications < cases.total
shares: [[rd_share_of_gdp, hightech_review_pass_rate]]
figures:
  idle: { label: 议提案满意率, value: 300, unit: '%', source: 甲, as_of: 2021年, previous: { value: 3, as_of: 2020年 } }
";
    office.change("figures.yaml", "figures:\n", more);
    assert_eq!(
        told(&office),
        [
            "F002 figures.yaml:4:5",
            "F003 figures.yaml:5:29",
            "F005 figures.yaml:6:11",
            "D003 figures.yaml:8:18",
            "F004 figures.yaml:8:33",
        ]
    );
    let office = Office::new("checks-idle");
    let idle = "figures:\n  idle: { label: 甲, value: 3, unit: 家, source: 乙, as_of: 2021年 }\n";
    office.change("figures.yaml", "figures:\n", idle);
    assert_eq!(told(&office), ["F007 figures.yaml:4:3"]);
}

#[test]
fn last_years_report_is_only_held_against() {
    let office = Office::new("checks-last-year");
    let last = office.root.join("data/r-2020");
    fs::create_dir_all(&last).unwrap();
    for name in ["report.yaml", "cases.yaml", "figures.yaml"] {
        fs::copy(office.file(name), last.join(name)).unwrap();
    }
    let report = fs::read_to_string(last.join("report.yaml")).unwrap();
    fs::write(last.join("report.yaml"), report.replace("year: 2021", "year: 2020")).unwrap();
    let same = "last_year: { source: 上年, report: r-2020, total: 138 }\nledger: ";
    office.change("report.yaml", "ledger: ", same);
    let said = office.run(&["check", "r"]);
    assert_eq!((said.status, said.out.as_str()), (0, "r: no errors\n"), "{}", said.err);
    office.change("report.yaml", "total: 138", "total: 137");
    office.change("figures.yaml", "as_of: 2015年", "as_of: 2020年");
    let said = office.run(&["check", "r"]);
    assert!(said.err.contains("error[F006]: 合计: 137 cases last year"), "{}", said.err);
    assert!(said.err.contains("--> data/r/report.yaml:14:49"), "{}", said.err);
    assert!(said.err.contains("(data/r-2020/figures.yaml:6:12)"), "{}", said.err);
    office.change("report.yaml", "report: r-2020", "report: ../r");
    assert!(office.run(&["check", "r"]).err.contains("not the name of a folder"));
    office.change("report.yaml", "report: ../r", "report: r-2019");
    assert!(office.run(&["check", "r"]).err.contains("cannot read last year's report r-2019"));
}

#[test]
fn a_finding_can_be_let_stand_with_a_reason() {
    let office = Office::new("checks-allow");
    let titles = [
        ("关于支持武汉建设具有全国影响力科技创新中心的建议", "同名"),
        ("关于推动磷化工科技成果在武汉开展中试转化的建议", "同名"),
    ];
    for (from, to) in titles {
        office.change("cases.yaml", from, to);
    }
    assert_eq!(told(&office), ["L011 cases.yaml:19:12"]);
    office.change("report.yaml", "ledger: ", "allow: [{ rule: L011, reason: 两级分别提出 }]\nledger: ");
    assert_eq!(told(&office), Vec::<String>::new());
}
