//! The sample reports in all three formats: the golden files, one text in all of them, and what a change in the ledger
//! changes.

use std::fmt::Write;

use crate::common;
use crate::common::pdf::{Placed, sheets, words};
use crate::common::{BREAK, SAMPLES, file, golden, make, pdf_pages, report_files, sample};
use banjie::make::Made;

/// The text of each format, without what only one of them has. White space does not count; breaks stand between cells.
struct Texts {
    markdown: String,
    html: String,
    pdf: String,
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != BREAK).collect()
}

fn texts(made: &Made) -> Texts {
    // On a case that became one to answer, nobody has decided.
    let wrong: Vec<_> = made.diagnostics.iter().filter(|told| told.code.as_str() != "D002").collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let bytes = |index: usize| &made.files[index].content.bytes;
    Texts {
        markdown: markdown_text(&String::from_utf8(bytes(0).clone()).unwrap()),
        html: html_text(&String::from_utf8(bytes(1).clone()).unwrap()),
        pdf: pdf_text(bytes(2)),
    }
}

fn markdown_text(markdown: &str) -> String {
    let lines = markdown.lines().filter(|line| !line.starts_with("| :-"));
    let clean = |line: &str| {
        line.trim_start_matches(['#', ' ']).replace("**", "").replace('\\', "").replace('|', "\u{1}")
    };
    lines.map(|line| clean(line) + "\u{1}").collect()
}

fn html_text(html: &str) -> String {
    let article = html.split("<article").nth(1).and_then(|rest| rest.split("</article>").next()).unwrap();
    let mut text = String::new();
    for part in article.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        let inline = ["a", "/a", "data", "/data", "strong", "/strong", "span", "/span"]
            .contains(&tag.split(' ').next().unwrap());
        text.extend((!inline).then_some(BREAK));
        // What is written in a drawing, its description says.
        text.push_str(if tag.starts_with("text ") { "" } else { words });
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'");
    text.replace("&#39;", "'").replace("&amp;", "&")
}

fn pdf_text(bytes: &[u8]) -> String {
    let mut text = String::new();
    for page in pdf_pages(bytes) {
        text.push_str(&page);
        text.push(BREAK);
    }
    text
}

#[test]
fn one_text_in_every_format() {
    let faces = common::faces();
    for name in SAMPLES {
        let texts = texts(&make(&report_files(&format!("data/{name}")), &faces));
        assert!(texts.markdown.len() > 5_000);
        same(&format!("{name}.html"), &squeeze(&texts.markdown), &squeeze(&texts.html));
        same(&format!("{name}.pdf"), &squeeze(&texts.markdown), &squeeze(&texts.pdf));
    }
}

/// A report with every element of an official document.
#[test]
fn the_elements_of_an_official_document_stand_in_one_order() {
    let files =
        ["report.yaml", "cases.yaml"].map(|name| (name, file(&format!("tests/reports/official/{name}"))));
    let made = make(&files.into(), &common::faces());
    assert!(made.diagnostics.is_empty(), "{:?}", made.diagnostics);
    let text = |index: usize| String::from_utf8(made.files[index].content.bytes.clone()).unwrap();
    let markdown = squeeze(&markdown_text(&text(0)));
    same("html", &markdown, &squeeze(&html_text(&text(1))));
    same("pdf", &markdown, &squeeze(&pdf_text(&made.files[2].content.bytes)));
    assert!(markdown.contains("表32022年和2023年交办的建议提案（单位：件）"));
    assert!(markdown.contains("市政协提案：2022年为5、2023年为2。"), "{markdown}");
    let begin = "000001机密★1年特急云溪市水务局云溪市园林和林业局文件云水发〔2023〕36号签发人：江一川林可望关于2023年建议提案办理情况的报告市人民政府：今年，";
    assert!(markdown.starts_with(begin), "{markdown}");
    assert!(markdown.ends_with("园林和林业局。云溪市水务局办公室2023年12月6日印发"), "{markdown}");
}

fn same(name: &str, expected: &str, found: &str) {
    if expected != found {
        let at = expected.chars().zip(found.chars()).take_while(|(a, b)| a == b).count();
        let near = |text: &str| text.chars().skip(at.saturating_sub(20)).take(60).collect::<String>();
        panic!("{name} differs from the Markdown:\n{}\n{}", near(expected), near(found));
    }
}

#[test]
fn the_tracked_samples_are_what_is_made() {
    let faces = common::faces();
    for name in SAMPLES {
        let made = make(&report_files(&format!("data/{name}")), &faces);
        for (index, extension) in ["md", "html"].iter().enumerate() {
            let path = format!("output/{name}/{name}.{extension}");
            let made = String::from_utf8(made.files[index].content.bytes.clone()).unwrap();
            assert!(
                made == file(&path),
                "{path} is not what is made: run `cargo run --release -- build` and look at git diff"
            );
        }
    }
}

/// Deleting a case, or changing its role, changes every number that depends on it, in all formats, and nothing else.
#[test]
fn a_change_in_the_ledger_changes_every_dependent_number_and_nothing_else() {
    let faces = common::faces();
    // Without the counts as assigned, which would tell of every change.
    let free = || {
        let mut files = sample();
        let report = files["report.yaml"].split_once("\nassigned:").unwrap().0.to_owned();
        files.insert("report.yaml", report);
        files
    };
    let before = texts(&make(&free(), &faces));

    // 市提-02 is an assisted proposal of the city's conference, answered in time, not led by a leader.
    let cases = &sample()["cases.yaml"];
    let record = cases.split("\n\n").find(|record| record.contains("id: 市提-02\n")).unwrap();
    assert!(record.contains("role: 会办") && !record.contains("leader_led"), "{record}");
    let mut files = free();
    files.insert("cases.yaml", cases.replace(&format!("{record}\n\n"), ""));
    let deleted = texts(&make(&files, &faces));
    let overview = [
        ("138", "137"), // 共…件
        ("93", "92"),   // 会办
        ("87", "86"),   // 市政协提案
        ("62", "61"),   // of them 会办
        ("137", "136"), // 办结
        ("87", "86"),   // 表1: 市政协提案
        ("62", "61"),
        ("138", "137"), // 表1: 合计
        ("93", "92"),
        ("62", "61"), // 图1: 市政协提案 会办
        ("87", "86"), // 表2: 合计, 会办, 办结, 按期
        ("62", "61"),
        ("87", "86"),
        ("87", "86"),
        ("138", "137"),
        ("93", "92"),
        ("137", "136"),
        ("137", "136"),
    ];
    let row = row_of(&ledger(&before.markdown), "市提-02", "市提-03");
    for (name, old, new) in pairs(&before, &deleted) {
        assert_eq!(changes(name, old, new), overview, "{name}");
        same(name, &ledger(old).replacen(&row, "", 1), &ledger(new));
    }

    let mut files = free();
    files.insert(
        "cases.yaml",
        cases.replace(record, &record.replace("role: 会办", "role: 主办\n    outcome: 正在解决")),
    );
    let moved = texts(&make(&files, &faces));
    let new_row = row.replace("会办", "主办");
    let roles = [
        ("45", "46"), // 主（承、分）办
        ("93", "92"), // 会办
        ("22", "23"), // 市政协提案 主办
        ("62", "61"), // 会办
        ("22", "23"),
        ("62", "61"),
        ("42", "43"), // 表1: 合计
        ("93", "92"),
        ("22", "23"), // 图1: 市政协提案 主办
        ("62", "61"), // 会办
        ("25", "26"), // 表2
        ("62", "61"),
        ("45", "46"),
        ("93", "92"),
    ];
    for (name, old, new) in pairs(&before, &moved) {
        assert_eq!(changes(name, old, new), roles, "{name}");
        same(name, &ledger(old).replacen(&row, &new_row, 1), &ledger(new));
    }
}

fn pairs<'t>(before: &'t Texts, after: &'t Texts) -> [(&'static str, &'t str, &'t str); 3] {
    [
        ("markdown", &before.markdown, &after.markdown),
        ("html", &before.html, &after.html),
        ("pdf", &before.pdf, &after.pdf),
    ]
}

fn row_of(text: &str, id: &str, next: &str) -> String {
    let start = text.find(id).unwrap();
    text[start..start + text[start..].find(next).unwrap()].to_owned()
}

/// The ledger's table, which ends every document.
fn ledger(text: &str) -> String {
    squeeze(&text[text.rfind("表3").unwrap()..])
}

/// The numbers before the ledger's table that differ, in order; the words must be the same.
fn changes<'t>(name: &str, old: &'t str, new: &'t str) -> Vec<(&'t str, &'t str)> {
    let before_ledger = |text: &'t str| &text[..text.rfind("表3").unwrap()];
    let (old, new) = (before_ledger(old), before_ledger(new));
    let words = |text: &str| squeeze(text).replace(|c: char| c.is_ascii_digit(), "");
    same(name, &words(old), &words(new));
    let numbers = |text: &'t str| {
        text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect::<Vec<_>>()
    };
    let (old, new) = (numbers(old), numbers(new));
    assert_eq!(old.len(), new.len(), "{name}");
    old.into_iter().zip(new).filter(|(old, new)| old != new).collect()
}

/// Every page's geometry, read back from the PDF: where each run of glyphs begins in millimetres, in which face and size,
/// and what it says.
#[test]
fn the_pages_are_set_as_they_were() {
    let faces = common::faces();
    let mut changed = Vec::new();
    for name in SAMPLES {
        let made = make(&report_files(&format!("data/{name}")), &faces);
        let dump = pages(&made.files[2].content.bytes);
        changed.extend(golden(&format!("tests/golden/{name}.pages.txt"), &dump).err());
    }
    assert!(changed.is_empty(), "the pages have changed:\n{}", changed.join("\n"));
}

fn pages(pdf: &[u8]) -> String {
    let mut dump = String::new();
    for (number, page) in sheets(pdf).iter().enumerate() {
        _ = writeln!(dump, "page {}{}", number + 1, if page.turned { " turned" } else { "" });
        let alike = |a: &Placed, b: &Placed| {
            (a.baseline, a.size, &a.font, a.mark) == (b.baseline, b.size, &b.font, b.mark)
        };
        for run in page.glyphs.chunk_by(alike) {
            let Placed { x, baseline, size, font, .. } = &run[0];
            let font = font.split_once('+').unwrap().1;
            _ = writeln!(dump, "{x:7.2} {baseline:7.2} {size:5.2} {font} {}", words(run));
        }
        _ = writeln!(dump, "rules {}", page.rules.len());
    }
    dump
}
