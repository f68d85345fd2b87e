//! The page: GB/T 9704's numbers, and the rules for line ends over texts made at random. Every place is read back from the
//! PDF, in millimetres.

use std::sync::{Arc, LazyLock};

use crate::common::pdf::{
    CELL, FOOT, INSET, LEFT, LINE, NEAR, POINT, Placed, RIGHT, Sheet, TOP, sheets, words,
};
use banjie::document::{Align, Annex, Block, Document, Heading, Inline, Seal, SignOff, Table};
use banjie::typeset::{FaceFile, Faces, Missing, Typeset, typeset};
use banjie::write::pdf::{Info, pdf};
use proptest::prelude::*;

static FACES: LazyLock<Faces> = LazyLock::new(|| Faces::new(Vec::new()));
/// With the face for 仿宋 that we ask offices to use.
static FANDOL: LazyLock<Faces> = LazyLock::new(|| {
    let bytes = Arc::new(include_bytes!("../../fonts/fandol/FandolFang-Regular.otf"));
    Faces::new(vec![FaceFile { origin: "FandolFang".to_owned(), bytes }])
});

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(text(words))
}

fn heading(words: &str, run_in: bool) -> Block {
    Block::Heading(Heading { depth: 1, number: "一、".to_owned(), text: text(words), run_in })
}

fn document(body: Vec<Block>) -> Document {
    Document { title: "标题".to_owned(), body, ..Document::default() }
}

/// Pages read back from the PDF, and what no face had.
struct Set {
    pages: Vec<Sheet>,
    missing: Vec<Missing>,
}

fn set(body: Vec<Block>) -> Set {
    set_document(&document(body), &FACES)
}

fn set_document(document: &Document, faces: &Faces) -> Set {
    let set = typeset(document, faces);
    let bytes = pdf(&set, faces, &info(), &[]).unwrap();
    Set { pages: sheets(&bytes), missing: set.missing }
}

fn info() -> Info {
    Info {
        title: "标题".to_owned(),
        author: "市科学技术局".to_owned(),
        language: "zh-CN".to_owned(),
        date: "2021-12-09T00:00:00".parse().unwrap(),
    }
}

/// The lines of all pages as text, without those of the title.
fn body_lines(set: &Set) -> Vec<String> {
    set.pages.iter().flat_map(Sheet::lines).skip(1).map(|(_, glyphs)| words(&glyphs)).collect()
}

/// The line of the grid that a baseline belongs to.
fn row(baseline: f64) -> usize {
    ((baseline - TOP) / LINE) as usize
}

/// Chinese characters that are no mark, one after another.
fn han(count: usize) -> String {
    "天地人和春夏秋冬东南西北山川草木".chars().cycle().take(count).collect()
}

#[test]
fn a_full_page_has_22_lines_of_28_characters_in_their_cells() {
    let set = set(vec![paragraph(&han(26 + 28 * 70 + 20))]);
    assert_eq!(set.pages.len(), 4);
    for page in &set.pages[1..3] {
        let lines = page.lines();
        assert_eq!(lines.len(), 22);
        for (row, (baseline, glyphs)) in lines.iter().enumerate() {
            let middle = TOP + (row as f64 + 0.5) * LINE;
            // An em box reaches from 0.12 em below the baseline to 0.88 em above.
            let own = baseline - 0.38 * 16.0 * POINT;
            assert!((own - middle).abs() < NEAR, "line {row} at {baseline}");
            assert_eq!(glyphs.len(), 28);
            for (column, glyph) in glyphs.iter().enumerate() {
                let x = LEFT + column as f64 * CELL + INSET;
                assert!((glyph.x - x).abs() < NEAR, "column {column} at {}", glyph.x);
                assert_eq!(glyph.size, 16.0);
            }
        }
    }
}

#[test]
fn a_paragraph_is_indented_two_characters() {
    let set = set(vec![paragraph(&han(40))]);
    let lines = set.pages[0].lines();
    assert_eq!(lines[1].1.len(), 26);
    assert!((lines[1].1[0].x - INSET - LEFT - 2.0 * CELL).abs() < NEAR);
    assert!((lines[2].1[0].x - INSET - LEFT).abs() < NEAR);
}

#[test]
fn the_title_stands_on_the_third_line_and_the_text_after_a_blank_one() {
    let set = set(vec![paragraph(&han(40))]);
    let lines = set.pages[0].lines();
    assert_eq!([row(lines[0].0), row(lines[1].0)], [2, 4]);
    let glyphs = &lines[0].1;
    assert!(glyphs.iter().all(|glyph| glyph.size == 22.0 && glyph.font.contains("Title")));
    let middle = (glyphs[0].x + glyphs[glyphs.len() - 1].end) / 2.0;
    assert!((middle - (LEFT + RIGHT) / 2.0).abs() < NEAR);
}

#[test]
fn two_marks_that_meet_take_one_and_a_half_characters() {
    let set = set(vec![paragraph("人民说：“好。”他说，“走！”")]);
    let glyphs = &set.pages[0].lines()[1].1;
    let after = |ch: &str| {
        let at = glyphs.iter().position(|glyph| glyph.text == ch).unwrap();
        (glyphs[at + 2].x - glyphs[at].x) / CELL
    };
    // 。” and the character after them; ：“ and the character after them.
    assert!((after("。") - 1.5).abs() < 0.03, "{}", after("。"));
    assert!((after("：") - 1.5).abs() < 0.03, "{}", after("："));
}

#[test]
fn figures_stand_an_eighth_of_a_character_from_chinese_ones_and_marks_none() {
    let set = set(vec![paragraph("共138件（2021年）。")]);
    let glyphs = &set.pages[0].lines()[1].1;
    let at = |text: &str| glyphs.iter().position(|glyph| glyph.text == text).unwrap();
    let gap = |left: usize| (glyphs[left + 1].x - glyphs[left].x) / (16.0 * POINT);
    // A character is a cell wide, a figure half of one, in which it stands a little to the right.
    let before = gap(at("共")) - CELL / (16.0 * POINT);
    assert!((0.0..=0.25).contains(&before), "{before}");
    let last = at("8");
    let after = gap(last) - 0.5;
    assert!((0.0..=0.25).contains(&after), "{after}");
    // 2021 hugs its bracket.
    assert!(gap(at("（")) < 1.05, "{}", gap(at("（")));
}

#[test]
fn a_figure_keeps_the_whole_of_its_unit() {
    for before in 10..40 {
        let set = set(vec![paragraph(&format!("{}152.67亿元{}", han(before), han(30)))]);
        let lines = body_lines(&set);
        assert!(lines.iter().any(|line| line.contains("152.67亿元")), "{before}: {lines:?}");
    }
}

#[test]
fn a_table_of_five_thousand_rows_is_set_whole() {
    let cells = |cells: [&str; 3]| cells.iter().map(|cell| text(cell)).collect::<Vec<_>>();
    let table = Table {
        number: "表1".to_owned(),
        caption: text("台账"),
        columns: vec![Align::Center, Align::Left, Align::Right],
        head: cells(["编号", "标题", "件数"]),
        rows: (1..=5000).map(|row| cells([&format!("第{row}件"), "关于改进办理工作的建议", "1"])).collect(),
    };
    let set = set(vec![Block::Table(table)]);
    let lines = set.pages.iter().flat_map(Sheet::lines).map(|(_, line)| words(&line));
    let rows: Vec<String> = lines.filter(|line| line.contains("关于改进")).collect();
    assert_eq!(rows.len(), 5000);
    assert!(rows.iter().enumerate().all(|(index, row)| row.starts_with(&format!("第{}件", index + 1))));
    // A page of 22 lines holds 29 rows below its head, the first one the caption as well.
    assert_eq!(set.pages.len(), 173);
}

#[test]
fn a_run_in_heading_and_its_paragraph_share_a_line() {
    let set = set(vec![heading("坚持分类施策。", true), paragraph("对能够解决的立行立改。")]);
    assert_eq!(body_lines(&set), ["一、坚持分类施策。对能够解决的立行立改。"]);
}

#[test]
fn no_heading_ends_a_page() {
    for before in 0..24 {
        let mut body: Vec<Block> = (0..before).map(|_| paragraph("一行。")).collect();
        body.extend([heading("标题在此", false), paragraph(&han(80))]);
        let set = set(body);
        for page in &set.pages {
            let lines = page.lines();
            let at = lines.iter().position(|(_, glyphs)| words(glyphs).contains("标题在此"));
            assert!(at.is_none_or(|at| at + 2 < lines.len()), "{before} lines before it");
        }
    }
}

#[test]
fn a_signature_is_never_without_text() {
    let sign_off = SignOff {
        signatures: vec!["市科学技术局".to_owned()],
        date: "2021年12月9日".to_owned(),
        seal: Seal::None,
    };
    let annex = |title: &str| Annex {
        label: Some("附件1".to_owned()),
        title: title.to_owned(),
        blocks: vec![paragraph("见附表。")],
    };
    for before in 10..24 {
        let body: Vec<Block> = (0..before).map(|_| paragraph("一行文字。")).collect();
        let annexes = vec![annex("名单"), annex("说明")];
        let document = Document { sign_off: Some(sign_off.clone()), annexes, ..document(body) };
        let set = set_document(&document, &FACES);
        let mut pages = set.pages.iter().map(Sheet::lines);
        let page = pages.find(|page| page.iter().any(|(_, line)| words(line).contains("科学"))).unwrap();
        let bodies = page.iter().filter(|(_, line)| words(line) == "一行文字。").count();
        assert!(bodies >= 2, "{before} lines of text, {bodies} with the signature");
        assert!(page.iter().any(|(_, line)| words(line) == "附件：1.名单"));
    }
}

#[test]
fn no_section_ends_with_one_line_on_a_page() {
    for lines_of_text in 17..22 {
        let set = set(vec![paragraph(&han(26 + 28 * lines_of_text))]);
        let last = set.pages.last().unwrap().lines();
        assert!(last.len() > 1, "{lines_of_text}");
    }
}

#[test]
fn an_annex_begins_a_page_with_its_label_and_its_title_on_the_third_line() {
    let annexes = vec![Annex {
        label: Some("附件".to_owned()),
        title: "名单".to_owned(),
        blocks: vec![paragraph("甲乙。")],
    }];
    let set = set_document(&Document { annexes, ..document(vec![paragraph("正文。")]) }, &FACES);
    assert_eq!(set.pages.len(), 2);
    let page = set.pages[1].lines();
    let row = |index: usize| row(page[index].0);
    assert_eq!([words(&page[0].1), words(&page[1].1)], ["附件", "名单"]);
    assert_eq!([row(0), row(1), row(2)], [0, 2, 4]);
    assert!((page[0].1[0].x - INSET - LEFT).abs() < NEAR);
    assert!(page[0].1.iter().all(|glyph| glyph.font.contains("Hei")));
    assert!(body_lines(&set).contains(&"附件：名单".to_owned()));
}

#[test]
fn the_lines_of_a_given_title_are_kept() {
    let title_lines = vec!["市科学技术局".to_owned(), "办理工作总结".to_owned()];
    let set = set_document(&Document { title_lines, ..document(Vec::new()) }, &FACES);
    let lines: Vec<String> = set.pages[0].lines().iter().map(|(_, glyphs)| words(glyphs)).collect();
    assert_eq!(lines, ["市科学技术局", "办理工作总结"]);
}

fn table(rows: usize) -> Block {
    let cells = |cells: &[&str]| cells.iter().map(|cell| text(cell)).collect::<Vec<_>>();
    let row = |index: usize| {
        let title = "关于支持中小企业数字化转型、降低“上云”成本并推广成功经验的建议".repeat(1 + index % 2);
        let office = "市工业和信息化局、市农业农村局、市生态环境局";
        cells(&[&index.to_string(), &title, office, office, "2021年12月29日", "3.20%"])
    };
    Block::Table(Table {
        number: "表1".to_owned(),
        caption: text("办理情况"),
        columns: vec![Align::Center, Align::Left, Align::Left, Align::Left, Align::Center, Align::Right],
        head: cells(&["序号", "题目", "主办单位", "会办单位", "答复日期", "占比"]),
        rows: (1..=rows).map(row).collect(),
    })
}

#[test]
fn a_table_repeats_its_head_on_every_page_and_loses_no_row() {
    let set = set(vec![paragraph("见下表。"), table(80), paragraph("表后。")]);
    assert!(set.pages.len() > 3);
    let mut all = String::new();
    let mut heads = 0;
    for page in &set.pages {
        let text: String = page.glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
        let head = text.matches("序号题目主办单位会办单位答复日期占比").count();
        assert_eq!(head, usize::from(!page.rules.is_empty()), "{text}");
        // Only the first of them is read.
        heads += words(&page.lines().concat_glyphs()).matches("序号题目").count();
        all.push_str(&words(&page.lines().concat_glyphs()));
    }
    assert_eq!(heads, 1);
    for row in 1..=80 {
        assert!(all.contains(&format!("{row}关于支持")), "row {row}");
    }
    assert_eq!(all.matches("表1").count(), 1);
    assert!(all.ends_with("表后。"));
}

/// The glyphs of lines, one line after another.
trait Concat {
    fn concat_glyphs(self) -> Vec<Placed>;
}

impl Concat for Vec<(f64, Vec<Placed>)> {
    fn concat_glyphs(self) -> Vec<Placed> {
        self.into_iter().flat_map(|(_, glyphs)| glyphs).collect()
    }
}

#[test]
fn a_wide_table_stands_on_turned_pages_inside_the_type_area() {
    let set = set(vec![paragraph("表前。"), table(40), paragraph("表后。")]);
    let turned: Vec<bool> = set.pages.iter().map(|page| page.turned).collect();
    assert!(
        !turned[0] && turned[1..turned.len() - 1].iter().all(|turned| *turned) && !turned[turned.len() - 1]
    );
    let mut dates = 0;
    for page in set.pages.iter().filter(|page| page.turned) {
        // As it is read, the type area is 225 mm wide and 156 mm high, 35 mm from the left and 28 mm from the top.
        for rule in &page.rules {
            assert!(rule.x > 35.0 - NEAR && rule.x + rule.width < 260.0 + NEAR, "{rule:?}");
            assert!(rule.y > 28.0 - NEAR && rule.y + rule.height < 184.0 + NEAR, "{rule:?}");
        }
        let text: Vec<String> = page.lines().iter().map(|(_, line)| words(line)).collect();
        dates += text.iter().filter(|line| line.contains("2021年12月29日")).count();
        let rows = text.iter().filter(|line| line.contains("3.20%")).count();
        assert!(rows > 0);
        // The page number stands at the foot of the upright sheet, which is here the left edge.
        let folio = page.artifacts().into_iter().filter(|glyph| glyph.size == 14.0).collect::<Vec<_>>();
        assert!(!folio.is_empty() && folio.iter().all(|glyph| glyph.x < 35.0), "{folio:?}");
    }
    assert_eq!(dates, 40);
}

#[test]
fn a_narrow_table_stands_in_the_upright_type_area() {
    let cells = |cells: [&str; 3]| cells.iter().map(|cell| text(cell)).collect::<Vec<_>>();
    let rows = (1..=60).map(|row| cells(["省人大代表建议", &row.to_string(), "3.20%"])).collect();
    let table = Table {
        number: "表1".to_owned(),
        caption: text("办理情况"),
        columns: vec![Align::Left, Align::Right, Align::Right],
        head: cells(["来源", "件数", "占比"]),
        rows,
    };
    let set = set(vec![Block::Table(table)]);
    assert!(set.pages.len() > 1);
    for page in &set.pages {
        assert!(!page.turned);
        let right = page.rules.iter().map(|rule| rule.x + rule.width).fold(0.0, f64::max);
        let left = page.rules.iter().map(|rule| rule.x).fold(f64::MAX, f64::min);
        assert!((left - LEFT).abs() < NEAR && (right - RIGHT).abs() < NEAR);
        assert!(page.rules.iter().all(|rule| rule.y > TOP - NEAR && rule.y + rule.height < FOOT + NEAR));
        // Amounts end below each other.
        let ends = page.glyphs.iter().filter(|glyph| glyph.text == "%").map(|glyph| glyph.end);
        let (least, most) = ends.fold((f64::MAX, 0.0_f64), |(a, b), end| (a.min(end), b.max(end)));
        assert!(most - least < NEAR, "{least} {most}");
    }
}

#[test]
fn a_cell_higher_than_a_page_goes_on_and_a_high_head_is_not_repeated() {
    let long = han(3000);
    let cells = |a: &str, b: &str| vec![text(a), text(b)];
    let high = Table {
        number: "表1".to_owned(),
        caption: text("说明"),
        columns: vec![Align::Left, Align::Left],
        head: cells("项目", &han(900)),
        rows: vec![cells("甲", &long), cells("乙", "完")],
    };
    let set = set(vec![Block::Table(high)]);
    let all: String = set.pages.iter().flat_map(Sheet::lines).map(|(_, line)| words(&line)).collect();
    assert!(all.chars().filter(|c| han(16).contains(*c)).count() >= 3900);
    for page in &set.pages {
        let foot = if page.turned { 184.0 } else { FOOT };
        assert!(page.lines().iter().all(|(baseline, _)| *baseline < foot));
    }
}

#[test]
fn a_character_that_no_face_has_is_reported_with_its_text() {
    let set = set(vec![paragraph("办理\u{1f600}工作\u{1f600}结束。")]);
    let missing: Vec<(char, &str)> = set.missing.iter().map(|m| (m.ch, m.context.as_str())).collect();
    assert_eq!(missing, [('\u{1f600}', "办理\u{1f600}工作\u{1f600}结束。")]);
    assert_eq!(body_lines(&set), ["办理\u{1f600}工作\u{1f600}结束。"]);
}

/// Pieces of text that follow one another; figures and Latin words stand between characters.
fn prose() -> impl Strategy<Value = String> {
    let han = "[天地人和春夏秋冬东南西北山川草木]{1,9}";
    let piece = prop_oneof![
        6 => han.boxed(),
        3 => (han, "[，。；：、！？]").prop_map(|(han, mark)| han + &mark).boxed(),
        2 => (han, "[0-9]{1,7}", "(\\.[0-9]{1,2})?%?", "[年月日件个亿]")
            .prop_map(|(han, whole, part, unit)| han + &whole + &part + &unit).boxed(),
        1 => (han, "[A-Za-z]{1,9}", han).prop_map(|(a, word, b)| a + &word + &b).boxed(),
        1 => (han, "[（《“〔]", han, "[，、]?", han).prop_map(|(a, open, b, mark, c)| {
            let close = match open.as_str() { "（" => '）', "《" => '》', "“" => '”', _ => '〕' };
            format!("{a}{open}{b}{mark}{c}{close}")
        }).boxed(),
        1 => (han, prop_oneof![Just("——"), Just("……"), Just("～"), Just("·")], han)
            .prop_map(|(a, mark, b)| format!("{a}{mark}{b}")).boxed(),
    ];
    proptest::collection::vec(piece, 1..60).prop_map(|pieces| pieces.concat() + "。")
}

const NEVER_FIRST: &str = "。．，、：；！？）》”〕～·%";
const NEVER_LAST: &str = "（《“〔";

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn lines_obey_the_rules_and_lose_nothing(prose in prose()) {
        let set = set(vec![paragraph(&prose)]);
        let texts = body_lines(&set);
        prop_assert_eq!(texts.concat(), prose.clone());
        let joined = |a: char, b: char| {
            a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() || a == b && "—…".contains(a)
                || a.is_ascii_digit() && ".%".contains(b) || a == '.' && b.is_ascii_digit()
                // A figure and its unit.
                || (a.is_ascii_digit() || a == '%') && "年月日件个亿".contains(b)
        };
        for pair in texts.windows(2) {
            let (end, start) = (pair[0].chars().last().unwrap(), pair[1].chars().next().unwrap());
            prop_assert!(!NEVER_FIRST.contains(start), "a line begins with {}", start);
            prop_assert!(!NEVER_LAST.contains(end), "a line ends with {}", end);
            prop_assert!(!joined(end, start), "{}|{}", end, start);
        }
        if let [.., _, last] = texts.as_slice() {
            let characters = last.chars().filter(|c| !NEVER_FIRST.contains(*c)).count();
            prop_assert!(characters > 1, "one character alone: {}", last);
        }
    }

    #[test]
    fn full_lines_end_at_the_edge_and_none_beyond_it(prose in prose()) {
        let set = set(vec![paragraph(&prose)]);
        let rows: Vec<(f64, Vec<Placed>)> = set.pages.iter().flat_map(Sheet::lines).skip(1).collect();
        for (index, (baseline, glyphs)) in rows.iter().enumerate() {
            prop_assert!(*baseline > TOP && *baseline < FOOT);
            let last = &glyphs[glyphs.len() - 1];
            let width = match last.text.chars().next().unwrap() {
                '。' | '，' | '、' | '：' | '；' | '！' | '？' | '）' | '》' | '”' | '〕' => CELL / 2.0,
                c if c.is_ascii() || "—…～·".contains(c) => continue,
                _ => CELL,
            };
            let right = last.x - INSET + width;
            prop_assert!(right < RIGHT + NEAR, "line {} ends at {}", index, right);
            if index + 1 < rows.len() {
                prop_assert!(right > RIGHT - NEAR, "line {} ends at {}", index, right);
            }
            let first = &glyphs[0];
            prop_assert!(first.x > LEFT - CELL, "line {} begins at {}", index, first.x);
        }
    }

    #[test]
    fn any_text_is_set_without_loss(text in "\\PC{0,300}") {
        let set = set(vec![paragraph(&text)]);
        let visible = |text: &str| -> String {
            let hidden = |c: &char| c.is_whitespace() || c.is_control()
                || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
                || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
            text.chars().filter(|c| !hidden(c)).collect()
        };
        prop_assert_eq!(visible(&body_lines(&set).concat()), visible(&text));
    }
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let set = |body| typeset(&document(body), &FACES);
    let first = set(vec![paragraph("甲乙丙丁，2021年。"), table(30)]);
    let other = set(vec![paragraph("别的文字")]);
    let bytes = |set: &Typeset| pdf(set, &FACES, &info(), &[]).unwrap();
    let before = bytes(&first);
    bytes(&other);
    assert!(before == bytes(&first));
    assert!(before != bytes(&other));
}

#[test]
fn the_pdf_reads_back_as_it_was_set() {
    let body = vec![
        heading("基本情况", false),
        // U+2F47 is drawn with the glyph of 日, and the face on the right has neither.
        paragraph("2021年12月9日，共138件，占3.20%——\u{2f47}“办结率”100%……see the page, \u{1f600}。"),
        table(12),
    ];
    for faces in [&*FACES, &*FANDOL] {
        let set = typeset(&document(body.clone()), faces);
        let read = sheets(&pdf(&set, faces, &info(), &[]).unwrap());
        assert_eq!(read.len(), set.pages.len());
        for (page, read) in set.pages.iter().zip(read) {
            let runs = page.runs.iter().chain(&page.folio);
            let set: String = runs.flat_map(|run| run.glyphs.iter().map(|glyph| glyph.text)).collect();
            assert_eq!(words(&read.glyphs), set);
            // Every glyph in its place, to a hundredth of a millimetre.
            let places =
                page.runs.iter().flat_map(|run| run.glyphs.iter().map(move |glyph| (glyph.x, run.baseline)));
            for ((x, baseline), read) in places.zip(&read.glyphs) {
                let away = (f64::from(x) * POINT - read.x).abs()
                    + (f64::from(baseline) * POINT - read.baseline).abs();
                assert!(away < 0.01, "{read:?} is {away} mm away");
            }
        }
    }
}

#[test]
fn a_character_that_the_office_s_face_lacks_comes_from_another() {
    // FandolFang has neither 硚 nor 喆, and its figures and book-title marks are not wanted.
    let set = set_document(&document(vec![paragraph("硚口区赵喆《办法》2021年。")]), &FANDOL);
    assert_eq!(set.missing, []);
    let face = |ch: &str| {
        let glyph = set.pages[0].glyphs.iter().find(|glyph| glyph.text == ch && glyph.size < 20.0).unwrap();
        glyph.font.split('+').nth(1).unwrap().to_owned()
    };
    for ch in ["硚", "喆", "《"] {
        assert_eq!(face(ch), "BanjieFang");
    }
    assert!(face("口").starts_with("FandolFang"));
    assert_eq!(face("2"), "BanjieSong");
}

/// A table of rows so many characters high.
fn high_table(rows: usize, length: usize) -> Block {
    let cells = |a: &str, b: &str| vec![text(a), text(b)];
    Block::Table(Table {
        number: "表1".to_owned(),
        caption: text("说明"),
        columns: vec![Align::Left, Align::Left],
        head: cells("项目", "内容"),
        rows: (0..rows).map(|row| cells(&format!("第{row}项"), &han(length))).collect(),
    })
}

#[test]
fn nothing_of_a_table_stands_outside_the_type_area() {
    for before in 0..22 {
        for (rows, length) in [(3, 900), (2, 2000), (30, 5)] {
            let mut body: Vec<Block> = (0..before).map(|_| paragraph("一行。")).collect();
            body.push(high_table(rows, length));
            for page in &set(body).pages {
                let foot = if page.turned { 184.0 } else { FOOT };
                let lowest = page.glyphs.iter().filter(|glyph| glyph.size < 13.0).map(|glyph| glyph.baseline);
                assert!(lowest.fold(0.0, f64::max) < foot, "{before} lines before {rows} rows");
            }
        }
    }
}

#[test]
fn no_page_holds_a_heading_before_a_turned_table_alone_and_turned_tables_share_pages() {
    for before in 0..22 {
        let mut body: Vec<Block> = (0..before).map(|_| paragraph("一行。")).collect();
        body.extend([heading("标题在此", false), table(3), table(3)]);
        let set = set(body);
        let turned = set.pages.iter().filter(|page| page.turned).count();
        assert_eq!((turned, set.pages.last().unwrap().turned), (1, true), "{before}");
        let page = set
            .pages
            .iter()
            .find(|page| page.lines().iter().any(|(_, line)| words(line).contains("标题在此")));
        assert!(page.unwrap().lines().len() > 1, "{before} lines before the heading");
    }
}

#[test]
fn rows_of_the_last_table_go_along_with_the_signature() {
    let sign_off = Some(SignOff {
        signatures: vec!["市科学技术局".to_owned()],
        date: "2021年12月9日".to_owned(),
        seal: Seal::None,
    });
    for rows in 15..50 {
        let Block::Table(mut table) = high_table(rows, 5) else { panic!("a table") };
        table.caption = text("办理情况");
        let set = set_document(
            &Document { sign_off: sign_off.clone(), ..document(vec![Block::Table(table)]) },
            &FACES,
        );
        let last = set.pages.last().unwrap().lines();
        let text: Vec<String> = last.iter().map(|(_, line)| words(line)).collect();
        assert!(text.iter().any(|line| line.contains(&format!("第{}项", rows - 1))), "{rows}: {text:?}");
        assert!(text.last().unwrap().contains("2021年12月9日"), "{rows}");
    }
}
