//! The page's elements, one of each.

use super::*;
use crate::compute::{Origin, Query};
use crate::diagnostic::say;
use crate::document::{Bars, Head, Imprint, Occasion, Seal, Series, SignOff};
use crate::model::profile::Method;

const BUILT_IN: (&str, &str) = (TEMPLATE, include_str!("../../../templates/page.html.tera"));

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn figure(name: &str, text: &str) -> Inline {
    Inline::Figure { name: name.to_owned(), text: text.to_owned() }
}

fn heading(depth: u8, number: &str, words: &str, run_in: bool) -> Block {
    Block::Heading(Heading { depth, number: number.to_owned(), text: vec![text(words)], run_in })
}

fn table(number: &str) -> Block {
    Block::Table(Table {
        number: number.to_owned(),
        caption: vec![text("办理情况")],
        columns: vec![Align::Left, Align::Center, Align::Right],
        head: vec![vec![text("来源")], vec![text("角色")], vec![text("合计")]],
        rows: vec![vec![vec![text("省人大")], vec![], vec![figure("cases.total", "138")]]],
    })
}

fn chart(words: &str) -> Block {
    let series = |value: f64| Series { label: words.to_owned(), values: vec![(value, value.to_string())] };
    Block::Chart(Chart {
        number: "图1".to_owned(),
        caption: vec![text(words), figure("cases.total", "138")],
        bars: Bars::Stacked,
        categories: vec!["省人大".to_owned()],
        series: vec![series(45.0), series(93.0)],
    })
}

fn list(words: &str) -> Block {
    let row =
        |role: &str| vec![vec![text(role)], vec![text(words)], vec![text(words), figure("cases.total", "3")]];
    Block::List(List {
        columns: vec![Align::Center, Align::Center, Align::Left],
        rows: vec![row("组长："), row("")],
    })
}

/// Every element and every kind of block and inline, with `words` wherever a text can stand.
fn document(words: &str) -> Document {
    let annex = |label: &str| Annex {
        label: Some(label.to_owned()),
        title: words.to_owned(),
        blocks: vec![heading(1, "一、", words, false), table("表2"), heading(2, "（一）", "甲。", true)],
    };
    let some = || Some(words.to_owned());
    Document {
        head: Head {
            copy_number: some(),
            classification: some(),
            urgency: some(),
            issuers: vec![words.to_owned(), "甲市乙局".to_owned()],
            issuer_suffix: some(),
            number: some(),
            signatories: vec![words.to_owned(), "张三".to_owned()],
        },
        title: words.to_owned(),
        draft: None,
        title_lines: vec![words.to_owned(), "总结".to_owned()],
        occasion: Some(Occasion {
            meeting: words.to_owned(), speaker: "市科技局局长　李涛".to_owned()
        }),
        addressees: some(),
        body: vec![
            Block::Paragraph(vec![text("共"), figure("cases.total", "138"), text("件。")]),
            heading(1, "一、", words, false),
            heading(2, "（一）", "扛牢责任。", true),
            Block::Paragraph(vec![
                Inline::Strong(vec![
                    text("一是"),
                    Inline::Strong(vec![text("强化")]),
                    figure("share", "3.5"),
                ]),
                text(words),
                figure("unknown", words),
            ]),
            table("表1"),
            chart(words),
            list(words),
            heading(1, "二、", "打算", false),
        ],
        sign_off: Some(SignOff {
            signatures: vec![words.to_owned()],
            date: "2021年12月9日".to_owned(),
            seal: Seal::Office,
        }),
        note: some(),
        annexes: vec![annex("附件1"), annex("附件2")],
        imprint: Imprint { copies: some(), office: some(), date: some() },
    }
}

fn page(words: &str) -> String {
    page_with(words, &[])
}

/// The page where these cases may be listed.
fn page_with(words: &str, cases: &[Case]) -> String {
    let figure = |name: &str, value: &str, made: Made| Figure {
        name: name.to_owned(),
        value: value.to_owned(),
        unit: words.to_owned(),
        source: words.to_owned(),
        origin: Origin {
            formula: say(words.to_owned(), "formula"),
            inputs: ["件", ""].map(|unit| input(words, unit)).into(),
            definition: Some(words.to_owned()),
            about: None,
            made,
        },
    };
    let figures = [
        figure("cases.total", "138", Made::Cases(Query::parse("role=lead", &[]).unwrap())),
        figure("share", "3.5", Made::Rate { part: 7, whole: 200, digits: 1, method: Method::HalfUp }),
    ];
    let figures = figures.into_iter().map(|figure| (figure.name.clone(), figure)).collect();
    html(&document(words), &figures, cases, BUILT_IN).unwrap()
}

fn input(words: &str, unit: &str) -> Input {
    Input { label: say(words.to_owned(), "input"), value: "7".to_owned(), unit: unit.to_owned(), name: None }
}

/// The tags of a page in order, without its style sheet.
fn tags(page: &str) -> Vec<&str> {
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    [head, body]
        .into_iter()
        .flat_map(|part| part.split('<').skip(1))
        .filter_map(|tag| tag.split('>').next())
        .collect()
}

fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_block_and_inline_has_its_element() {
    let page = page("文字");
    for expected in [
        "<title>文字</title>",
        "<h1><span class=\"line\">文字</span><span class=\"line\">总结</span></h1>",
        "<p>共<a class=\"figure\" id=\"f1-1\" href=\"#f1\" data-source=\"文字\" aria-describedby=\"f1\"><data value=\"138\">138</data></a>件。</p>",
        "<h2 id=\"s1\">一、文字</h2>",
        "<div class=\"run-in\"><h3 id=\"s1-1\">（一）扛牢责任。</h3><p><strong>一是强化<a ",
        ">3.5</data></a></strong>文字<data value=\"文字\">文字</data></p></div>",
        "<div class=\"table\" role=\"region\" aria-labelledby=\"t1\" tabindex=\"0\">\n<table>\n<caption id=\"t1\"><span>表1　办理情况</span>",
        "<tr><th scope=\"col\" class=\"l n\">来源</th>",
        "<tr><th scope=\"row\" class=\"l n\">省人大</th><td class=\"c n\"></td><td class=\"r n\"><a ",
        "<figure class=\"chart\">\n<figcaption id=\"c1\">图1　文字<a ",
        "<svg viewBox=\"0 0 442.2 54\" role=\"img\" aria-labelledby=\"c1\" aria-describedby=\"c1-d\">\n<desc id=\"c1-d\">省人大：文字45、文字93。</desc>",
        "class=\"s0\"></rect>",
        "text-anchor=\"middle\" font-size=\"9\" class=\"deep\">45</text>",
        "text-anchor=\"middle\" font-size=\"9\" class=\"pale\">93</text>",
        "<ul class=\"list\" role=\"list\">\n<li><span class=\"s n\"><span><span>组长</span>：</span></span> <span class=\"s n\"><span><span>文字</span></span></span> <span class=\"l n\">文字<a ",
        "<li><span class=\"s n\"><span><span></span></span></span> <span class=\"s n\">",
        "<span>2. <a href=\"#a2\">文字</a></span>",
        "<p>文字</p>\n<p>2021年12月9日</p>",
        "<p class=\"label\">附件2</p>\n<h2 id=\"a2\">文字</h2>\n<h3 id=\"a2-s1\">一、文字</h3>",
        "<h4 id=\"a2-s1-1\">（一）甲。</h4>",
        "<li><a href=\"#s1\">一、文字</a>\n<ul>\n<li><a href=\"#s1-1\">（一）扛牢责任</a></li>",
        "<li><b>3.5文字</b> <span id=\"f2\">文字</span> <code>share</code>\n<p>算法：文字；取数：文字7件；四舍五入，保留1位小数；口径说明：文字。</p>\n<p class=\"back\">用在 <a href=\"#f2-1\">第1处</a></p></li>",
    ] {
        assert!(page.contains(expected), "{expected}\nis not in\n{page}");
    }
    assert!(!page.contains("f3\""), "a source stands once");
}

#[test]
fn only_a_page_that_is_given_the_cases_lists_them() {
    let world = crate::world::Memory::with([
        ("r/report.yaml", include_str!("../../../tests/reports/official/report.yaml")),
        ("r/cases.yaml", include_str!("../../../tests/reports/official/cases.yaml")),
    ]);
    let mut sources = crate::source::Sources::default();
    let mut cases = crate::load::load(&world, std::path::Path::new("r"), &mut sources).cases.unwrap();
    cases.truncate(3);
    let page = page_with("文字", &cases);
    let listed = "<details>\n<summary>所数的各件（2件）</summary>\n<ul>\n<li>市建-1　关于打通滨河步道断点的建议</li>\n<li>市建-2　关于在河岸补种耐淹树种的建议</li>\n</ul>\n</details></li>";
    assert!(page.contains(listed), "{page}");
    assert!(!self::page("文字").contains("所数的各件"));
}

#[test]
fn the_elements_of_an_official_document_stand_in_order() {
    let page = page("文字");
    let mut rest = page.as_str();
    for expected in [
        "<article>\n<header class=\"head ruled\">\n<p>文字</p>\n<p class=\"hei\">文字</p>\n<p class=\"hei\">文字</p>\n",
        "<p class=\"mark\" style=\"--ems: 6\"><span><span class=\"line\">文字</span><span class=\"line\">甲市乙局</span></span><span>文字</span></p>\n",
        "<p>文字</p>\n<p>签发人：<span class=\"names\"><span>文字</span><span>张三</span></span></p>\n</div>\n</header>\n",
        "<h1>",
        "</h1>\n<div class=\"occasion\">\n<p>文字</p>\n<p>市科技局局长　李涛</p>\n</div>\n<p class=\"addressees\">文字：</p>\n<p>共<a",
        "<div class=\"sign-off office\">\n<p>文字</p>\n<p>2021年12月9日</p>\n</div>\n<p>（文字）</p>\n<section",
        "</section>\n<footer class=\"imprint\">\n<p class=\"copies\">抄送：文字。</p>\n",
        "<p class=\"printed\"><span>文字</span> <span>文字印发</span></p>\n</footer>\n</article>",
    ] {
        let at = rest.find(expected).unwrap_or_else(|| panic!("{expected}\nis not in\n{rest}"));
        rest = &rest[at + expected.len()..];
    }
}

#[test]
fn a_paragraph_with_leads_is_cut_into_headings_and_text() {
    let lead = |words: &str| Inline::Lead(vec![text(words), Inline::Strong(vec![text("！")])]);
    let leads =
        || Block::Paragraph(vec![text("前："), lead("一是"), text("甲。"), lead("二是"), text("乙。")]);
    let body = vec![
        leads(),
        heading(1, "一、", "甲", false),
        leads(),
        heading(2, "（一）", "乙。", true),
        leads(),
        Block::Paragraph(vec![lead("三是")]),
        heading(3, "1.", "丙", false),
        heading(4, "（1）", "丁", false),
        leads(),
    ];
    let annexes =
        vec![Annex { label: Some("附件".to_owned()), title: "附".to_owned(), blocks: vec![leads()] }];
    let document = Document { title: "报告".to_owned(), body, annexes, ..Document::default() };
    let page = html(&document, &BTreeMap::new(), &[], BUILT_IN).unwrap();
    let expected = |level: usize, id: &str, before: &str| {
        let lead = |number: usize, words: &str| {
            format!("<h{level} id=\"{id}l{number}\" class=\"lead\">{words}！</h{level}>")
        };
        format!(
            "<div class=\"run-in\">{before}<p>前：</p>{}<p>甲。</p>{}<p>乙。</p></div>",
            lead(1, "一是"),
            lead(2, "二是")
        )
    };
    for expected in [
        expected(2, "s", ""),
        expected(3, "s1-", ""),
        expected(4, "s1-1-", "<h3 id=\"s1-1\">（一）乙。</h3>"),
        "<div class=\"run-in\"><h4 id=\"s1-1-l3\" class=\"lead\">三是！</h4></div>".to_owned(),
        expected(6, "s1-1-1-1-", ""),
        expected(3, "a1-s", ""),
    ] {
        assert!(page.contains(&expected), "{expected}\nis not in\n{page}");
    }
    assert!(!page.contains("href=\"#s1-l1\""), "leads are too many for the contents");
}

#[test]
fn columns_of_a_list_wrap_where_they_would_be_wider_than_the_screen() {
    let page = |columns: usize, words: &str| {
        let body = vec![Block::List(List {
            columns: vec![Align::Left; columns],
            rows: vec![vec![vec![text(words)]; columns]],
        })];
        let document = Document { title: "名单".to_owned(), body, ..Document::default() };
        let page = html(&document, &BTreeMap::new(), &[], BUILT_IN).unwrap();
        let list = page.split("<ul class=\"").nth(1).unwrap();
        (list.starts_with("list wide\""), list.matches("<span class=\"l n\">").count())
    };
    assert_eq!(page(3, "四个字的"), (false, 3));
    assert_eq!(page(4, "四个字的"), (true, 4));
    assert_eq!(page(6, "四个字的"), (true, 0));
    assert_eq!(page(2, "十一个字十一个字十一个"), (false, 0));
}

#[test]
fn beside_a_signature_stamp_stands_the_post() {
    let document = document("文字");
    let end = SignOff { seal: Seal::Signatory("局长".to_owned()), ..document.sign_off.clone().unwrap() };
    let page = html(&Document { sign_off: Some(end), ..document }, &BTreeMap::new(), &[], BUILT_IN).unwrap();
    let stamped = "<div class=\"sign-off signatory\">\n<p>局长</p>\n<p>2021年12月9日</p>\n</div>";
    assert!(page.contains(stamped), "{page}");
}

#[test]
fn elements_are_closed_in_order_and_ids_are_unique_and_found() {
    let page = page("文字");
    let mut open = Vec::new();
    for tag in tags(&page) {
        let name = tag.split(' ').next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if ["!DOCTYPE", "meta"].contains(&name) => {}
            None => open.push(name),
        }
    }
    assert_eq!(open, [""; 0]);
    let mut ids = attributes(&page, "id");
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{ids:?}");
    let links = attributes(&page, "href").into_iter().filter_map(|link| link.strip_prefix('#'));
    for id in links.chain(attributes(&page, "aria-labelledby")).chain(attributes(&page, "aria-describedby")) {
        assert!(ids.contains(&id), "{id}");
    }
}

#[test]
fn no_text_becomes_markup() {
    let hostile = "\"'><script>alert(1)</script>&amp;{{ title }}{% raw %}";
    let (calm, page) = (page("文字"), page(hostile));
    let names = |page: &str| {
        tags(page).iter().map(|tag| tag.split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&page), names(&calm));
    assert!(!page.contains("<script") && !page.contains("\"'>"));
    assert!(
        page.contains("&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;{{ title }}{% raw %}")
    );
}

#[test]
fn any_name_of_a_template_escapes() {
    let template = ("own/page.txt", "{{ title }}");
    assert_eq!(html(&document("<b>"), &BTreeMap::new(), &[], template).unwrap(), "&lt;b&gt;");
    assert!(html(&document("甲"), &BTreeMap::new(), &[], ("page", "{{ title")).is_err());
}

#[test]
fn a_report_that_is_nothing_but_a_title_is_a_page() {
    let document = Document { title: "文字".to_owned(), ..Document::default() };
    let page = html(&document, &BTreeMap::new(), &[], BUILT_IN).unwrap();
    assert!(
        !page.contains("<details>") && !page.contains("<nav") && !page.contains("class=\"note\""),
        "{page}"
    );
}
