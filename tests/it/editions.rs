//! Two editions of a report: what is withheld stands in the office's own and in no public file, wherever somebody puts it.

use std::fs;

use crate::common;
use crate::common::faults::files;
use crate::common::office::{Office, Said};
use banjie::write::FORMATS;

const TITLE: &str = "关于突破高端存储芯片关键核心技术的提案";
const PROPOSER: &str = "某某存储芯片攻关联合体";
const PHONE: &str = "027-65690001";
const CONTACT: &str = "联合体联络组，027-65690001";
const NOTES: &str = "已会同有关处室两次上门协商。提出者口头要求暂缓推进。";
const LABEL: &str = "拟安排的专项预算";
const VALUE: &str = "7316.5";
const SENTENCE: &str = "有两家单位的答复拟退回重办，不作通报";

/// Every withheld text, where it is written, and what it is called.
const SECRETS: &[(&str, &str, &str)] = &[
    (TITLE, "data/r/cases.yaml", "a withheld title"),
    (PROPOSER, "data/r/cases.yaml", "a withheld case's proposer"),
    (CONTACT, "data/r/cases.yaml", "a proposer's contact"),
    (PHONE, "data/r/cases.yaml", "a proposer's contact"),
    ("提出者口头要求暂缓推进", "data/r/cases.yaml", "handling notes"),
    (LABEL, "data/r/figures.yaml", "an internal figure's label"),
    (VALUE, "data/r/figures.yaml", "an internal figure"),
    (SENTENCE, "data/r/report.yaml", "internal prose"),
];

/// An office that has something of each kind to withhold, and a public edition without any of it.
fn office(name: &str) -> Office {
    let office = Office::new(name);
    let more = format!("proposer: {PROPOSER}\n    contact: {CONTACT}\n    notes: {NOTES}");
    let text = office.text("cases.yaml");
    let at = text.find(TITLE).unwrap();
    let text = format!("{}{}", &text[..at], text[at..].replacen("proposer: 致公党省委会", &more, 1));
    fs::write(office.file("cases.yaml"), text).unwrap();
    let figure = format!(
        "\n  secret_budget:\n    label: {LABEL}\n    value: {VALUE}\n    unit: 万元\n    source: 局党组会议\n    as_of: 2021年\n    internal: true\n"
    );
    fs::write(office.file("figures.yaml"), office.text("figures.yaml") + &figure).unwrap();
    let item = format!(
        "practices:\n  - heading: 对内另行说明。\n    internal: true\n    body: |-\n      {SENTENCE}。预算为{{{{ fig(name=\"secret_budget\") }}}}。\n"
    );
    // What is planted is to be found by this rule, whatever else there is to say of it.
    office.change("report.yaml", "practices:\n", &item).change(
        "report.yaml",
        "strict: true",
        "strict: false",
    );
    office
}

/// The findings of E001: what was told, and where it points to.
fn leaks(said: &Said) -> Vec<(String, String)> {
    let lines = said.err.lines().zip(said.err.lines().skip(1));
    lines
        .filter_map(|(head, place)| {
            let words = head.strip_prefix("error[E001]: ")?.to_owned();
            Some((words, place.trim_start().trim_start_matches("--> ").to_owned()))
        })
        .collect()
}

/// What is planted is found in each of these files, told at the place where it is withheld, and nothing is written.
fn refuses(office: &Office, more: &[&str], (text, file, what): (&str, &str, &str), wanted: &[&str]) {
    let said = office.run(&[&["build"], more].concat());
    assert_eq!(said.status, 1, "{text}: {}", said.err);
    let found = leaks(&said);
    for format in wanted {
        let told = format!("{what} \"");
        let names = format!("can be read in r.{format}, ");
        let is_told = |(words, place): &(String, String)| {
            words.starts_with(&told) && words.contains(&names) && place.starts_with(file)
        };
        assert!(found.iter().any(is_told), "{text} in {format}: {}", said.err);
    }
    assert!(files(&office.root.join("output")).is_empty(), "nothing that leaks is written");
}

#[test]
fn a_public_edition_holds_nothing_that_is_withheld_and_an_internal_one_all() {
    let office = office("editions");
    let said = office.run(&["build"]);
    assert_eq!((said.status, leaks(&said)), (0, Vec::new()), "{}", said.err);
    let public = files(&office.root.join("output/r"));
    assert_eq!(public.keys().collect::<Vec<_>>(), ["r.html", "r.md", "r.pdf"]);
    let text = |name: &str| String::from_utf8(files(&office.root.join("output/r"))[name].clone()).unwrap();
    for (secret, ..) in SECRETS {
        assert!(!text("r.md").contains(secret) && !text("r.html").contains(secret), "{secret}");
        let pages = common::pdf_pages(&public["r.pdf"]).concat().replace(common::BREAK, "");
        assert!(!pages.contains(secret), "{secret}");
    }
    assert!(text("r.md").contains("| 省提-06 | （不予公开） | （不予公开） |"));
    let said = office.run(&["build", "--edition", "internal"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.out.contains("output/r/r.internal.pdf"), "{}", said.out);
    let all = files(&office.root.join("output/r"));
    assert_eq!(all.len(), 6);
    assert!(public.iter().all(|(name, bytes)| all[name] == *bytes), "the public ones stay");
    for secret in [TITLE, PROPOSER, VALUE, SENTENCE] {
        assert!(text("r.internal.md").contains(secret), "{secret}");
    }
    for secret in [TITLE, CONTACT, NOTES, LABEL] {
        assert!(text("r.internal.html").contains(secret), "{secret}");
    }
    assert!(!text("r.internal.md").contains(PHONE));
    // The counts do not change: withheld cases are cases.
    let counts =
        |name: &str| text(name).lines().find(|line| line.starts_with("| 合计 |")).unwrap().to_owned();
    assert_eq!(counts("r.md"), counts("r.internal.md"));
    // The records that are counted are those that are printed.
    office.change("report.yaml", "总的看，", "做法{{ fig(name=\"practices.total\") }}。总的看，");
    office.run(&["build", "--format", "markdown"]);
    office.run(&["build", "--format", "markdown", "--edition", "internal"]);
    let count = |name: &str| -> u32 {
        let text = text(name);
        text.split("做法").find_map(|part| part.split_once("项。总的看")?.0.parse().ok()).unwrap()
    };
    assert_eq!(count("r.md") + 1, count("r.internal.md"));
}

#[test]
fn an_internal_figure_in_public_prose_is_an_error_with_its_place() {
    let office = office("internal-figure");
    office.change("report.yaml", "总的看，", "总的看{{ fig(name=\"secret_budget\") }}，");
    let said = office.run(&["build"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("error[T001]: the figure `secret_budget` is internal"), "{}", said.err);
    assert!(said.err.contains("--> data/r/report.yaml:29:9"), "{}", said.err);
    assert_eq!(office.run(&["build", "--edition", "internal"]).status, 0);
}

#[test]
fn what_is_planted_in_prose_is_found_in_every_format() {
    for (index, secret) in SECRETS.iter().enumerate() {
        let office = office(&format!("leak-prose-{index}"));
        office.change("report.yaml", "总的看，", &format!("总的看，{}，", secret.0));
        refuses(&office, &[], *secret, &["md", "html", "pdf"]);
    }
}

#[test]
fn what_is_planted_in_a_template_or_a_table_is_found() {
    for (index, secret) in SECRETS.iter().enumerate() {
        let office = office(&format!("leak-template-{index}"));
        let own = office.root.join("own/annual-summary");
        fs::create_dir_all(&own).unwrap();
        let plant = |file: &str, from: &str, to: &str| {
            let text = common::file(&format!("templates/annual-summary/{file}"));
            assert!(text.contains(from), "{file}");
            fs::write(own.join(file), text.replacen(from, to, 1)).unwrap();
            refuses(&office, &["--templates", "own"], *secret, &["md", "html", "pdf"]);
            fs::remove_file(own.join(file)).unwrap();
        };
        let (start, end) = secret.0.split_at(secret.0.char_indices().nth(2).unwrap().0);
        // Stressed in the middle, as a joke.
        let planted = format!("{{{{ preamble }}}}\n\n另有{start}**{end}**等。");
        plant("report.md.tera", "{{ preamble }}", &planted);
        plant("ledger.md.tera", "{{ case.office }}", &format!("{{{{ case.office }}}}{}", secret.0));
    }
}

#[test]
fn what_is_planted_in_the_header_is_found() {
    for (index, secret) in SECRETS.iter().enumerate() {
        for (element, wanted) in [("note", ["md", "html", "pdf"]), ("addressees", ["md", "html", "pdf"])] {
            let office = office(&format!("leak-{element}-{index}"));
            office.change(
                "report.yaml",
                "  signature: ",
                &format!("  {element}: {}\n  signature: ", secret.0),
            );
            refuses(&office, &[], *secret, &wanted);
        }
    }
    let office = office("leak-title");
    let lines = "  title_lines: [武汉市科学技术局2021年, 人大代表建议和政协提案办理工作总结]\n";
    office.change("report.yaml", lines, "");
    office.change("report.yaml", "工作总结\n", &format!("工作总结{TITLE}\n"));
    refuses(&office, &[], SECRETS[0], &["md", "html", "pdf"]);
}

/// What the page alone has: comments, attributes, entities, styles.
#[test]
fn what_is_planted_in_the_page_is_found_in_it() {
    let references: String = TITLE.chars().map(|c| format!("&#x{:x};", u32::from(c))).collect();
    let broken = TITLE.replacen("高端", "<b>高</b>\n端", 1);
    let plants = [
        format!("<!-- {TITLE} -->"),
        format!("<meta name=\"description\" content='甲 {TITLE}'>"),
        format!("<i data-x={TITLE}></i>"),
        format!("<i hidden>{references}</i>"),
        format!("<i title=\"{references}\"></i>"),
        format!("<style>i::after {{ content: \"{TITLE}\" }}</style>"),
        format!("<script>let a = '{TITLE}';</script>"),
        broken,
    ];
    for (index, plant) in plants.iter().enumerate() {
        let office = office(&format!("leak-page-{index}"));
        fs::create_dir_all(office.root.join("own")).unwrap();
        let page =
            common::file("templates/page.html.tera").replacen("</body>", &format!("{plant}</body>"), 1);
        fs::write(office.root.join("own/page.html.tera"), page).unwrap();
        refuses(&office, &["--templates", "own"], SECRETS[0], &["html"]);
    }
}

/// Everything in a PDF that holds words is read: pages, metadata twice, outline, what stands for a drawing.
#[test]
fn a_pdf_is_read_to_its_last_string() {
    let office = Office::new("pdf-surfaces");
    office.run(&["build", "--format", "pdf"]);
    let bytes = &files(&office.root.join("output/r"))["r.pdf"];
    let format = FORMATS.iter().find(|format| format.name == "pdf").unwrap();
    let found = (format.surfaces)(bytes).unwrap();
    let has = |what: &str, words: &str| {
        found.iter().any(|surface| {
            surface.what.get(banjie::diagnostic::Lang::En).contains(what) && surface.text.contains(words)
        })
    };
    let title = "武汉市科学技术局2021年人大代表建议和政协提案办理工作总结";
    assert!(has("Title", title), "the document's own title");
    assert!(has("metadata", title), "XMP");
    assert!(has("Title", "一、"), "the outline");
    assert!(
        has("Alt", "省人大代表建议：主办3") && has("ActualText", "省人大代表建议：主办3"),
        "what stands for the chart"
    );
    let text: String = common::pdf_pages(bytes).concat().replace(common::BREAK, "");
    let own =
        found.iter().find(|surface| surface.what.get(banjie::diagnostic::Lang::En) == "the text").unwrap();
    let longest = text.split(['。', '，']).max_by_key(|part| part.chars().count()).unwrap();
    assert!(own.text.contains(longest), "{longest}");
    assert!((format.surfaces)(b"no PDF").is_none());
}

/// Who proposed a withheld case may have proposed others, one title may be part of another, and a number of another.
#[test]
fn what_is_public_elsewhere_is_no_leak() {
    let office = office("no-leak");
    let text =
        office.text("cases.yaml").replacen(&format!("proposer: {PROPOSER}"), "proposer: 致公党省委会", 1);
    // Another case that is published has the withheld title within its own.
    let other = "title: 关于优化省级科技计划项目管理机制的提案";
    assert!(text.contains(other) && text.matches("proposer: 致公党省委会").count() == 1);
    let text = text.replacen(other, &format!("title: 对{TITLE}的补充意见"), 1);
    let at = text.find("补充意见").unwrap();
    let proposer = text[at..].find("proposer: ").unwrap() + at;
    let end = text[proposer..].find('\n').unwrap() + proposer;
    let text = format!("{}proposer: 致公党省委会{}", &text[..proposer], &text[end..]);
    fs::write(office.file("cases.yaml"), text).unwrap();
    office.change("report.yaml", "总的看，", "总的看，致公党省委会提得多，编号17316.52，");
    let said = office.run(&["build"]);
    assert_eq!((said.status, leaks(&said)), (0, Vec::new()), "{}", said.err);
}

#[test]
fn a_diff_an_explanation_and_findings_for_the_public_show_nothing_that_is_withheld() {
    let office = office("exits");
    let copy = office.root.join("data/old");
    fs::create_dir(&copy).unwrap();
    for name in ["report.yaml", "cases.yaml", "figures.yaml"] {
        let text = office
            .text(name)
            .replace(NOTES, "另有说明。")
            .replace(VALUE, "7000.25")
            .replace(CONTACT, "原联络组，027-65690009");
        fs::write(copy.join(name), text.replace("总的看，", "概括起来，")).unwrap();
    }
    for format in ["text", "markdown", "html", "json"] {
        let said = office.run(&["diff", "old", "r", "--format", format]);
        assert_eq!(said.status, 0, "{}", said.err);
        for (secret, ..) in SECRETS {
            assert!(!said.out.contains(secret), "{secret} in {format}: {}", said.out);
        }
        assert!(said.out.contains("概括") && !said.out.contains("内部资料"), "{format}");
        let whole =
            office.run_in("zh_CN.UTF-8", &["diff", "old", "r", "--format", format, "--edition", "internal"]);
        let words = whole.out.replace('\\', "");
        assert!(words.contains(VALUE) && words.contains(PHONE), "{format}: {words}");
        assert!(whole.out.contains("内部资料") || format == "json", "{format}: {}", whole.out);
    }
    // What was public and is withheld now cannot be shown as taken out.
    office.change(
        "report.yaml",
        "总的看，",
        "总的看，其中《关于突破高端存储芯片关键核心技术的提案》办理难度较大，",
    );
    let said = office.run(&["diff", "old", "r"]);
    assert_eq!((said.status, said.out.as_str()), (1, ""), "{}", said.err);
    assert!(said.err.contains("E001") && !said.err.contains("存储芯片"), "{}", said.err);

    let shown = |more: &[&str]| {
        let said = office.run(&[&["explain", "old", "cases.total"], more].concat());
        (said.status, said.out + &said.err)
    };
    assert!(shown(&[]).1.contains(TITLE));
    for more in [&["--edition", "public"][..], &["--edition", "public", "--json"]] {
        let (status, words) = shown(more);
        assert!(status == 0 && !words.contains(TITLE) && words.contains("（不予公开）"), "{words}");
    }
    assert_eq!(office.run(&["explain", "old", "secret_budget", "--edition", "public"]).status, 2);

    office.change("cases.yaml", TITLE, &format!("{TITLE}提案"));
    let own = office.run(&["check", "r"]);
    assert!(own.err.contains("存储芯片"), "{}", own.err);
    for more in [
        &["--edition", "public"][..],
        &["--edition", "public", "--json"],
        &["--edition", "public", "--format", "sarif"],
    ] {
        let said = office.run(&[&["check", "r"], more].concat());
        let words = said.out + &said.err;
        assert!(words.contains("E001") && !words.contains("存储芯片"), "{words}");
    }
}
