//! Reports that are read out, notices that issue a document, and what nobody signs: from the header into all formats.

use std::collections::BTreeMap;

use crate::common;
use crate::common::pdf::{INSET, LEFT, LINE, NEAR, RIGHT, Sheet, TOP, sheets, words};
use banjie::typeset::{Element, Faces, Tree, typeset};
use banjie::write::html::{TEMPLATE, html};
use banjie::write::markdown::markdown;
use banjie::write::pdf::{Info, pdf};

struct Written {
    markdown: String,
    html: String,
    tree: Tree,
    pages: Vec<Sheet>,
}

fn write(header: &str, body: &str) -> Written {
    let header = serde_yaml::from_str(&format!("title: 报告\ndate_signed: 2024-06-17\n{header}")).unwrap();
    let (document, faults) = banjie::document::parse(body, &header);
    assert_eq!(faults, []);
    let faces = Faces::new(Vec::new());
    let info = Info {
        title: document.title.clone(),
        author: "市科学技术局".to_owned(),
        language: "zh-CN".to_owned(),
        date: "2024-06-17T00:00:00".parse().unwrap(),
    };
    let set = typeset(&document, &faces);
    let page = common::file("templates/page.html.tera");
    Written {
        markdown: markdown(&document),
        html: html(&document, &BTreeMap::new(), &[], (TEMPLATE, &page)).unwrap(),
        pages: sheets(&pdf(&set, &faces, &info, &[]).unwrap()),
        tree: set.tree,
    }
}

/// Every line of a page: its number in the grid, and what it says.
fn lines(page: &Sheet) -> Vec<(usize, String)> {
    page.lines().iter().map(|(baseline, line)| (((baseline - TOP) / LINE) as usize, words(line))).collect()
}

fn said(lines: &[(usize, &str)]) -> Vec<(usize, String)> {
    lines.iter().map(|(row, line)| (*row, (*line).to_owned())).collect()
}

const OCCASION: &str = "occasion:\n  date: 2024-01-07\n  meeting: 政协武汉市第十四届委员会第三次会议\n  speaker: {name: 李记泽, post: 市科技局局长}\n  salutation: 各位委员\n";

#[test]
fn a_report_that_is_read_out_says_where_and_by_whom_and_to_whom() {
    let written = write(OCCASION, "# 办理情况报告\n\n请予审议。\n");
    let meeting = "（2024年1月7日在政协武汉市第十四届委员会第三次会议上）";
    let begin = format!("# 办理情况报告\n\n{meeting}\n\n市科技局局长　李记泽\n\n各位委员：\n\n请予审议。\n");
    assert_eq!(written.markdown, begin);
    let below = format!(
        "</h1>\n<div class=\"occasion\">\n<p>{meeting}</p>\n<p>市科技局局长　李记泽</p>\n</div>\n<p class=\"addressees\">各位委员：</p>\n<p>请予审议。</p>"
    );
    assert!(written.html.contains(&below), "{}", written.html);
    let page = &written.pages[0];
    let expected = [
        (2, "办理情况报告"),
        (3, meeting),
        (4, "市科技局局长　李记泽"),
        (6, "各位委员："),
        (7, "请予审议。"),
    ];
    assert_eq!(lines(page), said(&expected));
    for (_, glyphs) in &page.lines()[1..3] {
        assert!(glyphs.iter().all(|glyph| glyph.size == 16.0));
        assert!(glyphs.iter().all(|glyph| glyph.font.contains("Kai") || glyph.text == "　"), "{glyphs:?}");
    }
    let middle = |index: usize| {
        let glyphs = &page.lines()[index].1;
        (glyphs[0].x + glyphs[glyphs.len() - 1].x - 2.0 * INSET + common::pdf::CELL) / 2.0
    };
    assert!((middle(2) - (LEFT + RIGHT) / 2.0).abs() < NEAR, "{}", middle(2));
    assert!((page.lines()[3].1[0].x - INSET - LEFT).abs() < NEAR);
    let kinds: Vec<bool> =
        written.tree.nodes()[1..].iter().map(|node| node.element == Element::Paragraph).collect();
    assert_eq!(kinds, [false, true, true, true, true]);
}

#[test]
fn a_long_meeting_has_lines_of_sense_and_a_speaker_may_have_no_post() {
    let header =
        OCCASION.replace("政协武汉市", "中国人民政治协商会议武汉市").replace(", post: 市科技局局长", "");
    let written = write(&header, "# 报告\n\n请予审议。\n");
    let expected = [
        (2, "报告"),
        (3, "（2024年1月7日在中国人民政治协商会议"),
        (4, "武汉市第十四届委员会第三次会议上）"),
        (5, "李记泽"),
        (7, "各位委员："),
        (8, "请予审议。"),
    ];
    assert_eq!(lines(&written.pages[0]), said(&expected));
    assert!(written.markdown.contains("\n\n李记泽\n\n"), "{}", written.markdown);
}

#[test]
fn addressees_stand_before_a_salutation() {
    let written = write(&format!("addressees: 市政协\n{OCCASION}"), "# 报告\n\n请予审议。\n");
    assert!(written.markdown.contains("\n市政协：\n") && !written.markdown.contains("各位委员"));
    assert!(!written.html.contains("各位委员"));
    assert_eq!(lines(&written.pages[0])[3], (6, "市政协：".to_owned()));
}

const NOTICE: &str = "# 印发办法的通知\n\n现印发给你们。\n\n# 办理工作办法\n\n## 总则\n\n为规范办理。\n\n# 成员名单\n\n甲乙。\n";

#[test]
fn what_a_notice_issues_is_not_its_annex() {
    let written = write("signature: 市科技局\nissues: 办理工作办法\n", NOTICE);
    assert_eq!(
        written.markdown,
        "# 印发办法的通知\n\n现印发给你们。\n\n市科技局  \n2024年6月17日\n\n# 办理工作办法\n\n## 一、总则\n\n为规范办理。\n\n# 成员名单\n\n甲乙。\n"
    );
    let article = written.html.split("<article").nth(1).unwrap();
    assert!(!article.contains("附件") && !article.contains("class=\"note\""), "{article}");
    for expected in [
        "<li><a href=\"#a1\">办理工作办法</a>\n<ul>\n<li><a href=\"#a1-s1\">一、总则</a></li>",
        "<li><a href=\"#a2\">成员名单</a></li>",
        "<section class=\"annex\" aria-labelledby=\"a1\">\n<h2 id=\"a1\">办理工作办法</h2>\n<h3 id=\"a1-s1\">",
    ] {
        assert!(written.html.contains(expected), "{expected}\nis not in\n{}", written.html);
    }
    let [first, second, third] = &written.pages[..] else { panic!("{} pages", written.pages.len()) };
    assert_eq!(lines(first)[1..], said(&[(4, "现印发给你们。"), (6, "市科技局"), (7, "2024年6月17日")]));
    assert_eq!(lines(second), said(&[(2, "办理工作办法"), (4, "一、总则"), (5, "为规范办理。")]));
    assert_eq!(lines(third), said(&[(2, "成员名单"), (4, "甲乙。")]));
    let folios = written.pages.iter().map(|page| words(&page.artifacts()).replace(' ', ""));
    assert_eq!(folios.collect::<Vec<_>>(), ["—1—", "—2—", "—3—"]);
    let headings = written.tree.nodes().iter().filter_map(|node| match &node.element {
        Element::Heading(level, words) => Some(format!("{level} {words}")),
        _ => None,
    });
    assert_eq!(
        headings.collect::<Vec<_>>(),
        ["1 印发办法的通知", "2 办理工作办法", "3 一、总则", "2 成员名单"]
    );
}

#[test]
fn the_same_text_without_an_issued_document_has_annexes() {
    let written = write("signature: 市科技局\n", NOTICE);
    assert!(written.markdown.contains("\n附件：1\\. 办理工作办法  \n2\\. 成员名单\n\n市科技局"));
    assert!(written.html.contains("<p class=\"label\">附件1</p>\n<h2 id=\"a1\">办理工作办法</h2>"));
    assert!(written.html.contains("<a href=\"#a2\">附件2　成员名单</a>"));
    assert_eq!(lines(&written.pages[1])[..2], said(&[(0, "附件1"), (2, "办理工作办法")]));
}

#[test]
fn what_nobody_signs_ends_with_its_text() {
    let written = write("", "# 报告\n\n请予审议。\n");
    assert_eq!(written.markdown, "# 报告\n\n请予审议。\n");
    let body = written.html.split("<body>").nth(1).unwrap();
    for word in ["sign-off", "<header", "2024"] {
        assert!(!body.contains(word), "{word} in {body}");
    }
    assert!(body.contains("<p>请予审议。</p>\n\n</article>"), "{body}");
    assert_eq!(lines(&written.pages[0]), said(&[(2, "报告"), (4, "请予审议。")]));
}
