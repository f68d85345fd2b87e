//! `banjie explain` and the internal edition, as a user runs them: formulas, places in the text, the very cases.

use std::fs;

use crate::common::office::{Office, Said};
use serde_json::Value;

fn ok(said: &Said) -> &str {
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    &said.out
}

fn json(office: &Office, arguments: &[&str]) -> Value {
    let arguments = [&["explain", "r"], arguments, &["--json"]].concat();
    serde_json::from_str(ok(&office.run(&arguments))).unwrap()
}

#[test]
fn every_figure_of_the_text_is_told_in_its_order() {
    let office = Office::with("explain-all", "jilin-kjt-2024");
    let said = office.run_in("zh_CN.UTF-8", &["explain", "r"]);
    let out = ok(&said);
    let begin = "146件  cases.total
  算法：全部件数 = 台账的件数
  用在：1处
    一、办理工作总体情况 | 2024年，我厅共承接建议提案[146]件，其中省人大代表建议24件（主

24件  cases?level=provincial&kind=deputy_suggestion
  算法：省、代表建议件数 = 台账中 层级=省、种类=代表建议 的件数
";
    assert!(out.starts_with(begin), "{out}");
    let rate = "
49%  cases.growth_rate
  算法：增减幅度 = 增减件数 ÷ 上年件数 = 48 ÷ 98 × 100%
  取数：2024年件数 146件  cases.total
  取数：2023年件数 98件  last_year?
  取数：2024年来源 台账计数
  取数：2023年来源 由已公开的2024年办理工作报告所列增加件数推算
  取舍：四舍五入，取整数
";
    assert!(out.contains(rate), "{out}");
    assert!(out.contains("  所数：坚持高位统筹，层层压实责任。\n"), "{out}");
    assert!(out.contains("着重做到“[四]个坚持”。\n"), "{out}");
    let en = office.run(&["explain", "r"]).out;
    assert!(en.contains("  formula: change ÷ cases of the year before = 48 ÷ 98 × 100%\n"), "{en}");
    assert!(en.contains("  rounding: rounded half up to a whole number\n"), "{en}");
    assert!(
        en.contains("number of cases in the ledger with level=provincial, kind=deputy_suggestion"),
        "{en}"
    );
}

#[test]
fn a_count_lists_its_very_cases_where_they_are_written() {
    let office = Office::new("explain-cases");
    let expected = "9件  cases?level=provincial&role=lead
  算法：省、主办件数 = 台账中 层级=省、角色=主办 的件数
  用在：文中没有用到
  所数的各件（9件）：
    省建-01  关于推动磷化工科技成果在武汉开展中试转化的建议  data/r/cases.yaml:18
";
    for name in ["cases?level=省&role=主办", "cases?role=lead&level=provincial"] {
        let said = office.run_in("zh_CN.UTF-8", &["explain", "r", name]);
        assert!(ok(&said).starts_with(expected), "{}", said.out);
        assert_eq!(said.out.lines().count(), 4 + 9, "{}", said.out);
    }
    // Every line that is told is the line on which the case begins.
    let text = office.text("cases.yaml");
    let lines: Vec<&str> = text.lines().collect();
    for (name, count) in [
        ("cases.total", 138),
        ("cases.lead", 42),
        ("cases.sole", 2),
        ("cases.split", 1),
        ("cases.open", 1),
        ("cases?office=成果转化处", 0),
    ] {
        let told = json(&office, &[name]);
        let figure = &told["figures"][0];
        let cases = figure["cases"].as_array().unwrap();
        assert_eq!(figure["value"], cases.len().to_string(), "{name}");
        assert!(cases.len() == count || count == 0 && !cases.is_empty(), "{name}: {}", cases.len());
        for case in cases {
            assert_eq!(case["file"], "data/r/cases.yaml");
            let line = lines[case["line"].as_u64().unwrap() as usize - 1];
            assert_eq!(line.trim_start(), format!("- id: {}", case["id"].as_str().unwrap()));
        }
    }
    // Counted by another name, it is the same figure.
    let places = &json(&office, &["cases.split"])["figures"][0]["places"];
    assert_eq!(places.as_array().map(Vec::len), Some(1), "{places}");
}

#[test]
fn json_has_its_keys_in_one_order_and_reads_back() {
    let office = Office::with("explain-json", "jilin-kjt-2024");
    let said = office.run(&["explain", "r", "cases.growth_rate", "--json"]);
    let keys: Vec<&str> =
        ok(&said).lines().filter_map(|line| line.strip_prefix("      \"")?.split('"').next()).collect();
    let expected = ["name", "value", "unit", "source", "formula", "inputs", "definition", "rate", "places"];
    assert_eq!(keys, expected, "{}", said.out);
    assert_eq!(said.out, office.run_in("zh_CN.UTF-8", &["explain", "r", "cases.growth_rate", "--json"]).out);
    let told: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(told["report"], "r");
    let rate = &told["figures"][0]["rate"];
    assert_eq!(
        (
            rate["numerator"].as_u64(),
            rate["denominator"].as_u64(),
            &rate["rounding"],
            rate["digits"].as_u64()
        ),
        (Some(48), Some(98), &Value::from("half-up"), Some(0))
    );
    let place = &told["figures"][0]["places"][0];
    assert_eq!(place["section"][0], "一、办理工作总体情况");
    assert_eq!(
        (place["before"].as_str(), place["text"].as_str(), place["after"].as_str()),
        (Some("。办件总数较上年增加48件，增幅"), Some("49"), Some("%。件数明显增多，折射出代表、委"))
    );
    let all = json(&office, &[]);
    let figures = all["figures"].as_array().unwrap();
    assert_eq!(figures.len(), 15);
    assert!(
        figures.iter().all(|figure| figure.get("cases").is_none()),
        "cases are listed of one figure only"
    );
    let records = &json(&office, &["practices.total"])["figures"][0]["records"];
    assert_eq!(records.as_array().map(Vec::len), Some(4));
}

#[test]
fn a_number_leads_to_every_figure_that_prints_as_it() {
    let office = Office::new("explain-at");
    let names = |number: &str| -> Vec<String> {
        let told = json(&office, &["--at", number]);
        let figures = told["figures"].as_array().unwrap();
        figures.iter().map(|figure| figure["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("138"), ["cases.total"]);
    assert_eq!(names("138件"), ["cases.total"]);
    assert_eq!(names("3.20%"), ["rd_share_of_gdp"]);
    assert_eq!(names("45"), ["cases.reply"]);
    assert!(names("1").len() > 3);
    let said = office.run(&["explain", "r", "--at", "139"]);
    assert_eq!((said.status, said.err.as_str()), (2, "error: no figure of the text prints as \"139\"\n"));
}

#[test]
fn what_is_unknown_ends_with_2_and_what_is_wrong_with_1() {
    let office = Office::new("explain-wrong");
    for (arguments, words) in [
        (&["explain", "r", "cases.leed"][..], "no figure named `cases.leed`; did you mean `cases.lead`?"),
        (&["explain", "r", "hubei_laboratory"], "did you mean `hubei_laboratories`?"),
        (&["explain", "r", "cases?lavel=省"], "did you mean `level`?"),
        (&["explain", "r", "cases?level=郡"], "\"郡\" is not a level"),
        (&["explain", "r", "cases.growth"], "report.yaml declares no `last_year`"),
        (&["explain", "q"], "no report \"q\" in data"),
        (&["explain"], "required arguments"),
        (&["explain", "r", "cases.total", "--at", "1"], "cannot be used with"),
        (&["build", "--edition", "secret"], "invalid value 'secret'"),
    ] {
        let said = office.run(arguments);
        assert!(said.status == 2 && said.err.contains(words), "{arguments:?}: {} {}", said.status, said.err);
        assert_eq!(said.out, "");
    }
    let zh = |arguments: &[&str]| office.run_in("zh_CN.UTF-8", arguments).err;
    assert_eq!(zh(&["explain"]), "错误：缺少 <报告>\n用 banjie --help 看用法\n");
    assert_eq!(
        zh(&["explain", "r", "cases.total", "--at", "1"]),
        "错误：[数据] 和 --at <数字> 不能同时写\n用 banjie --help 看用法\n"
    );
    office.change("cases.yaml", "id: 省建-02", "id: 省建-01");
    let said = office.run(&["explain", "r", "--json"]);
    assert_eq!((said.status, said.out.as_str()), (1, ""));
    assert!(said.err.contains("error[L001]") && said.err.ends_with("\n1 error\n"), "{}", said.err);
}

#[test]
fn rates_say_what_they_are_of_and_cases_for_reference_owe_nothing() {
    let office = Office::with("explain-rates", "jilin-kjt-2024");
    let rate = |name: &str| {
        let figure = &json(&office, &[name])["figures"][0];
        let number = |key: &str| figure["rate"][key].as_u64().unwrap();
        (number("numerator"), number("denominator"), figure["value"].as_str().unwrap().to_owned())
    };
    let (text, mut seen) = (office.text("cases.yaml"), false);
    assert_eq!(rate("cases.conclusion_rate"), (146, 146, "100".to_owned()));
    // The case for reference loses its reply, and one that assists as well.
    let records: Vec<String> = text
        .split("\n\n")
        .map(|record| {
            let first = record.contains("role: 协办") && !std::mem::replace(&mut seen, true);
            let drop = record.contains("role: 参阅") || first;
            let keep = |line: &&str| !drop || !line.trim_start().starts_with("replied:");
            record.lines().filter(keep).collect::<Vec<_>>().join("\n")
        })
        .collect();
    assert!(seen);
    fs::write(office.file("cases.yaml"), records.join("\n\n")).unwrap();
    office.change("report.yaml", "[全部办结, 均按期办结, 满意率100%]", "[满意率100%]");
    let said = office.run(&["check"]);
    assert_eq!(said.err.matches("L005").count(), 1, "the case for reference is not late: {}", said.err);
    let rate = |name: &str| {
        let said = office.run(&["explain", "r", name, "--json"]);
        let told: Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.err));
        let rate = told["figures"][0]["rate"].clone();
        (rate["numerator"].as_u64().unwrap(), rate["denominator"].as_u64().unwrap())
    };
    assert_eq!(rate("cases.conclusion_rate"), (144, 145));
    assert_eq!(rate("cases.on_time_rate"), (144, 145), "open though due counts as not in time");
    assert_eq!(rate("cases.disclosure_rate").1, 25, "answered to the proposer");
}

#[test]
fn what_last_year_does_not_list_is_a_dash_and_an_error_in_prose() {
    let office = Office::new("explain-last-year");
    let last = "last_year:
  source: 2020年办理工作总结
  definition: 2021年起“两会”期间建议计入件数
  counts:
    - { level: 省, kind: 代表建议, count: 0 }
    - { level: 市, kind: 政协提案, count: 81 }
ledger: ";
    office.change("report.yaml", "ledger: ", last);
    let said = office.run(&["build", "--format", "markdown"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    let markdown = fs::read_to_string(office.root.join("output/r/r.md")).unwrap();
    for words in [
        "2020年件数取自2020年办理工作总结，“—”表示没有列出，图中不画。",
        "| 省人大代表建议 | 0 | 7 |",
        "| 省政协提案 | — | 14 |",
        "| 合计 | 81 | 138 |",
        "口径说明：2021年起“两会”期间建议计入件数。",
    ] {
        assert!(markdown.contains(words), "{words}\n{markdown}");
    }
    let chart = markdown.split("比较（单位：件）").nth(1).unwrap();
    assert!(
        chart.contains("省人大代表建议：2020年为0、2021年为7；市政协提案：2020年为81、2021年为87。"),
        "{chart}"
    );
    let told = json(&office, &["cases.growth"]);
    assert_eq!(told["figures"][0]["definition"], "2021年起“两会”期间建议计入件数");
    office.change("report.yaml", "总的看，", "总的看，{{ last_year(level=\"省\", kind=\"政协提案\") }}");
    let said = office.run(&["check"]);
    let words = "`last_year.counts` lists nothing with level=provincial, kind=cppcc_proposal; if there were none, say count: 0";
    assert!(said.status == 1 && said.err.contains(words), "{}", said.err);
    let office = Office::new("explain-definition");
    office.change("report.yaml", "ledger: ", &last.replace("计入件数", "计入件数。"));
    let said = office.run(&["check"]);
    assert!(said.status == 1 && said.err.contains("leave out the full stop"), "{}", said.err);
    let office = Office::with("explain-definition-growth", "jilin-kjt-2024");
    office.change("report.yaml", "total: 98 }", "total: 98, definition: 上年不含参阅件 }");
    office.run(&["build", "--format", "markdown"]);
    let markdown = fs::read_to_string(office.root.join("output/r/r.md")).unwrap();
    assert!(markdown.contains("增加48件，增幅49%。口径说明：上年不含参阅件。"), "{markdown}");
}

#[test]
fn an_earlier_value_may_be_counted_otherwise() {
    let office = Office::new("explain-previous");
    office.change("figures.yaml", "as_of: 2015年 }", "as_of: 2015年, definition: 2018年起口径调整 }");
    for name in ["gov_rd_appropriation", "gov_rd_appropriation.previous"] {
        let said = office.run_in("zh_CN.UTF-8", &["explain", "r", name]);
        assert!(ok(&said).contains("  口径说明：2018年起口径调整\n"), "{}", said.out);
        assert!(
            said.out.contains("  取数：来源 武汉市科技局2021年办理工作总结（2021年12月9日公开）\n"),
            "{}",
            said.out
        );
    }
}

/// Only the internal edition lists cases, and only in the page.
#[test]
fn the_internal_edition_lists_the_cases() {
    let office = Office::new("explain-edition");
    let build = |edition: &[&str], stem: &str| {
        let said = office.run(&[&["build", "--format", "markdown,html"], edition].concat());
        assert_eq!(said.status, 0, "{}", said.err);
        ["md", "html"].map(|e| fs::read_to_string(office.root.join(format!("output/r/{stem}.{e}"))).unwrap())
    };
    let [markdown, public] = build(&[], "r");
    assert_eq!(build(&["--edition", "public"], "r"), [markdown, public.clone()]);
    let [_, internal] = build(&["--edition", "internal"], "r.internal");
    let footer = |page: &str| page.rsplit("<footer>").next().unwrap().to_owned();
    assert!(footer(&internal).contains("<li>市提-53　关于推进创新楼宇和创新街区建设的提案</li>"));
    assert!(internal.contains("<summary>所数的各件（138件）</summary>"));
    assert!(!footer(&public).contains("市提-53"));
    let article = |page: &str| page.split("</article>").next().unwrap().to_owned();
    let (open, all) = (article(&public), article(&internal));
    assert_eq!(open.lines().count(), all.lines().count());
    let others: Vec<&str> = open.lines().zip(all.lines()).filter(|(a, b)| a != b).map(|(a, _)| a).collect();
    assert!(others.len() == 6 && others.iter().all(|row| row.contains("（不予公开）")), "{others:#?}");
    assert!(public.contains("<p>算法：主（承、分）办件数 = 台账中 角色组=主（承、分）办 的件数。</p>"));
    assert!(
        public.contains("<p class=\"back\">用在 <a href=\"#f1-1\">第1处</a> <a href=\"#f1-2\">第2处</a>")
    );
    assert!(public.contains("<a class=\"figure\" id=\"f1-2\" href=\"#f1\""));
}
