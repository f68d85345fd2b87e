//! Headings inside paragraphs: from Markdown into the tree, and onto the page.

use crate::common;
use crate::common::pdf::{CELL, INSET, LEFT, NEAR, sheets, words};
use banjie::diagnostic::Lang;
use banjie::document::parse::{Fault, prose_faults};
use banjie::document::{Block, Document, Heading, Inline};
use banjie::typeset::{Faces, typeset};
use banjie::write::pdf::{Info, pdf};
use proptest::prelude::*;

/// `{lead}`, `<strong>`, `[figure]`.
fn show(inlines: &[Inline]) -> String {
    let show = |inline: &Inline| match inline {
        Inline::Text(text) => text.clone(),
        Inline::Strong(inner) => format!("<{}>", show(inner)),
        Inline::Lead(inner) => format!("{{{}}}", show(inner)),
        Inline::Todo(inner) => show(inner),
        Inline::Figure { text, .. } => format!("[{text}]"),
    };
    inlines.iter().map(show).collect()
}

/// The one paragraph of a text without faults.
fn paragraph(markdown: &str) -> String {
    let (document, faults) = common::parse(&format!("# 标题\n\n{markdown}\n"));
    assert_eq!(faults, [], "{markdown}");
    let [Block::Paragraph(inlines)] = &document.body[..] else { panic!("{markdown}: {:?}", document.body) };
    show(inlines)
}

#[test]
fn one_star_sets_a_lead_whatever_stands_beside_it() {
    for (markdown, expected) in [
        ("*培育力量。*高水平建设。*加快攻关。*围绕", "{培育力量。}高水平建设。{加快攻关。}围绕"),
        ("情况：*一是完善，*制发。*二是争取，*多次。", "情况：{一是完善，}制发。{二是争取，}多次。"),
        ("*甲。**乙。*丙", "{甲。}{乙。}丙"),
        ("*甲。**乙。**丙。*", "{甲。}{乙。}{丙。}"),
        ("*甲。***乙**丙", "{甲。}<乙>丙"),
        ("**甲***乙。*丙", "<甲>{乙。}丙"),
        ("*甲。***乙。***丙。*", "{甲。}<乙。>{丙。}"),
        ("**甲。****乙**", "<甲。><乙>"),
        ("*甲**乙**丙。*丁", "{甲<乙>丙。}丁"),
        ("*甲**乙***丁", "{甲<乙>}丁"),
        ("第1*2是a*3b*4*c", "第1{2是a}3b{4}c"),
        ("情况：*[3](figure:cases.total)件，*后", "情况：{[3]件，}后"),
        ("后*[3](figure:cases.total)*[4](figure:cases.lead)", "后{[3]}[4]"),
        ("后**[3](figure:cases.total)**后", "后<[3]>后"),
        (r"后*\(1\)甲\.*乙\*丙\*", "后{(1)甲.}乙*丙*"),
        ("5 * 6，**甲**", "5 * 6，<甲>"),
    ] {
        assert_eq!(paragraph(markdown), expected, "{markdown}");
    }
}

#[test]
fn a_star_that_is_left_open_ends_with_its_paragraph_or_its_cell() {
    let (document, faults) = common::parse("# 标题\n\n注*甲\n \n乙，**丙**丁\n\n|*|，**戊**|\n|-|-|\n");
    assert_eq!(faults, []);
    let [Block::Paragraph(first), Block::Paragraph(second), Block::Table(table)] = &document.body[..] else {
        panic!("{:?}", document.body)
    };
    assert_eq!([show(first), show(second)], ["注*甲", "乙，<丙>丁"]);
    assert_eq!([show(&table.head[0]), show(&table.head[1])], ["*", "，<戊>"]);
}

fn says_star(fault: &Fault) -> bool {
    fault.message.get(Lang::Zh).contains("单个的 *")
}

#[test]
fn a_lead_stands_in_a_paragraph_only_and_not_in_prose() {
    for markdown in [
        "## 甲*乙*",
        "| *甲* |\n|---|",
        "***表题***\n\n| 甲 |\n|---|",
        "**甲*乙*丙**",
        "*甲 _乙_ 丙*",
        "甲[*3*](figure:cases.total)",
    ] {
        let (_, faults) = common::parse(&format!("# 标题\n\n甲。\n\n{markdown}\n"));
        assert!(faults.iter().any(says_star), "{markdown}: {faults:?}");
    }
    let faults = prose_faults("*甲。*乙");
    assert!(matches!(&faults[..], [fault] if says_star(fault)), "{faults:?}");
}

/// Text, leads and strong text after one another, as Markdown and as it is shown.
fn pieces() -> impl Strategy<Value = (String, String)> {
    let words = "[甲a1，。（”%(.]{1,3}";
    let piece = prop_oneof![
        words.prop_map(|words| (words.clone(), words)),
        words.prop_map(|words| (format!("**{words}**"), format!("<{words}>"))),
        // Where one lead follows another, a mark at its end tells it from strong text inside.
        words.prop_map(|words| (format!("*{words}。*"), format!("{{{words}。}}"))),
    ];
    proptest::collection::vec(piece, 1..6).prop_map(|pieces| {
        let (markdown, shown): (Vec<String>, Vec<String>) = pieces.into_iter().unzip();
        (format!("文{}", markdown.concat()), format!("文{}", shown.concat()))
    })
}

proptest! {
    #[test]
    fn leads_and_strong_text_are_told_apart((markdown, shown) in pieces()) {
        prop_assert_eq!(paragraph(&markdown), shown);
    }
}

#[test]
fn a_paragraph_with_leads_is_set_as_one_in_kai_and_fang() {
    let text = |text: &str| Inline::Text(text.to_owned());
    let lead = |words: &str| Inline::Lead(vec![text(words)]);
    let heading =
        Heading {
            depth: 2, number: "（一）".to_owned(), text: vec![text("增强功能。")], run_in: true
        };
    let body = vec![
        Block::Heading(heading),
        Block::Paragraph(vec![lead("培育力量。"), text("高水平建设，"), lead("加快攻关，"), text("围绕。")]),
    ];
    let faces = Faces::new(Vec::new());
    let document = Document { title: "报告".to_owned(), body, ..Document::default() };
    let info = Info {
        title: "报告".to_owned(),
        author: "市科学技术局".to_owned(),
        language: "zh-CN".to_owned(),
        date: "2021-12-09T00:00:00".parse().unwrap(),
    };
    let pages = sheets(&pdf(&typeset(&document, &faces), &faces, &info, &[]).unwrap());
    let lines = pages[0].lines();
    let line = &lines[1].1;
    assert_eq!(words(line), "（一）增强功能。培育力量。高水平建设，加快攻关，围绕。");
    assert!((line[3].x - INSET - LEFT - (2.0 + 2.5) * CELL).abs() < CELL, "{}", line[3].x);
    for (glyph, kai) in
        line.iter().zip([[true; 13].as_slice(), &[false; 6], &[true; 5], &[false; 3]].concat())
    {
        assert_eq!(glyph.font.contains("Kai"), kai, "{glyph:?}");
    }
    // No wider and no narrower than the same words of one kind.
    let plain = Document { body: vec![Block::Paragraph(vec![text(&words(line))])], ..document };
    let plain = sheets(&pdf(&typeset(&plain, &faces), &faces, &info, &[]).unwrap());
    for (one, other) in line.iter().zip(&plain[0].lines()[1].1) {
        assert!((one.x - other.x).abs() < NEAR, "{one:?} {other:?}");
    }
    // Each heading and each text is a part of its own.
    let marks: Vec<i64> = line.iter().filter_map(|glyph| glyph.mark).collect();
    assert_eq!(marks.chunk_by(|a, b| a == b).map(<[i64]>::len).collect::<Vec<_>>(), [8, 5, 6, 5, 3]);
}
