//! The page: GB/T 9704's numbers, the rules for line ends over texts made at random, and the PDF read back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the unexpected")]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use banjie::document::{Align, Annex, Block, Document, Heading, Inline, Seal, SignOff, Table};
use banjie::policy::gbt9704 as law;
use banjie::typeset::{FaceFile, Faces, Glyph, Page, Typeset, typeset};
use banjie::write::pdf::{Info, pdf};
use proptest::prelude::*;

static FACES: LazyLock<Faces> = LazyLock::new(|| Faces::new(Vec::new()));
/// With the face for 仿宋 that we ask offices to use.
static FANDOL: LazyLock<Faces> = LazyLock::new(|| {
    let bytes = include_bytes!("../fonts/fandol/FandolFang-Regular.otf").to_vec();
    Faces::new(vec![FaceFile { origin: "FandolFang".to_owned(), bytes }])
});

const LEFT: f32 = law::LEFT_MARGIN;
const RIGHT: f32 = law::LEFT_MARGIN + law::TYPE_WIDTH;
const FOOT: f32 = law::TOP_MARGIN + law::TYPE_HEIGHT;

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

fn set(body: Vec<Block>) -> Typeset {
    typeset(&document(body), &FACES)
}

fn info() -> Info {
    Info {
        title: "标题".to_owned(),
        author: "市科学技术局".to_owned(),
        language: "zh-CN".to_owned(),
        date: "2021-12-09T00:00:00".parse().unwrap(),
    }
}

/// A page's lines from the top down: baseline and glyphs.
fn lines(page: &Page) -> Vec<(f32, Vec<Glyph>)> {
    let mut lines: Vec<(f32, Vec<Glyph>)> = Vec::new();
    for run in &page.runs {
        match lines.last_mut() {
            Some((baseline, glyphs)) if (*baseline - run.baseline).abs() < 0.01 => glyphs.extend(&run.glyphs),
            _ => lines.push((run.baseline, run.glyphs.clone())),
        }
    }
    lines
}

fn words(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|glyph| glyph.text).collect()
}

/// The lines of all pages as text, without those of the title.
fn body_lines(set: &Typeset) -> Vec<String> {
    set.pages.iter().flat_map(lines).skip(1).map(|(_, glyphs)| words(&glyphs)).collect()
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
        let lines = lines(page);
        assert_eq!(lines.len(), 22);
        for (row, (baseline, glyphs)) in lines.iter().enumerate() {
            let middle = law::TOP_MARGIN + (row as f32 + 0.5) * law::LINE;
            // An em box reaches from 0.12 em below the baseline to 0.88 em above.
            assert!((baseline - 0.38 * law::SIZE_3 - middle).abs() < 0.01, "line {row} at {baseline}");
            assert_eq!(glyphs.len(), 28);
            for (column, glyph) in glyphs.iter().enumerate() {
                let cell = LEFT + column as f32 * law::CELL;
                let x = cell + (law::CELL - law::SIZE_3) / 2.0;
                assert!((glyph.x - x).abs() < 0.01, "column {column} at {}", glyph.x);
            }
        }
    }
}

#[test]
fn a_paragraph_is_indented_two_characters() {
    let set = set(vec![paragraph(&han(40))]);
    let lines = lines(&set.pages[0]);
    assert_eq!(lines[1].1.len(), 26);
    assert!((lines[1].1[0].x - LEFT - 2.0 * law::CELL).abs() < 0.2);
    assert!((lines[2].1[0].x - LEFT).abs() < 0.2);
}

#[test]
fn the_title_stands_on_the_third_line_and_the_text_after_a_blank_one() {
    let set = set(vec![paragraph(&han(40))]);
    let lines = lines(&set.pages[0]);
    let row = |baseline: f32| ((baseline - law::TOP_MARGIN) / law::LINE) as usize;
    assert_eq!([row(lines[0].0), row(lines[1].0)], [2, 4]);
    let glyphs = &lines[0].1;
    let middle = (glyphs[0].x + glyphs[glyphs.len() - 1].x + law::SIZE_2) / 2.0;
    assert!((middle - (LEFT + RIGHT) / 2.0).abs() < 0.01);
}

#[test]
fn page_numbers_stand_outside_one_character_from_the_edge() {
    let set = set(vec![paragraph(&han(28 * 30))]);
    for (index, page) in set.pages.iter().enumerate() {
        let glyphs: Vec<Glyph> = page.folio.iter().flat_map(|run| run.glyphs.clone()).collect();
        assert_eq!(words(&glyphs), format!("— {} —", index + 1));
        let edge = if index % 2 == 0 {
            RIGHT - law::CELL - (glyphs[glyphs.len() - 1].x + law::SIZE_4)
        } else {
            glyphs[0].x - LEFT - law::CELL
        };
        assert!(edge.abs() < 0.01, "page {}: {edge}", index + 1);
        // The dash of Noto Serif SC is 0.04 em thick, its top 0.4 em above the baseline.
        let top = page.folio[0].baseline - 0.4 * law::SIZE_4;
        assert!((top - FOOT - law::PAGE_NUMBER_DROP).abs() < 0.01, "{top}");
    }
}

#[test]
fn two_marks_that_meet_take_one_and_a_half_characters() {
    let set = set(vec![paragraph("人民说：“好。”他说，“走！”")]);
    let glyphs = &lines(&set.pages[0])[1].1;
    let after = |ch: char| {
        let at = glyphs.iter().position(|glyph| glyph.text == ch).unwrap();
        (glyphs[at + 2].x - glyphs[at].x) / law::CELL
    };
    // 。” and the character after them; ：“ and the character after them.
    assert!((after('。') - 1.5).abs() < 0.03, "{}", after('。'));
    assert!((after('：') - 1.5).abs() < 0.03, "{}", after('：'));
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
            let lines = lines(page);
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
        label: "附件1".to_owned(),
        title: title.to_owned(),
        blocks: vec![paragraph("见附表。")],
    };
    for before in 10..24 {
        let body: Vec<Block> = (0..before).map(|_| paragraph("一行文字。")).collect();
        let annexes = vec![annex("名单"), annex("说明")];
        let document = Document { sign_off: Some(sign_off.clone()), annexes, ..document(body) };
        let set = typeset(&document, &FACES);
        let page =
            set.pages.iter().find(|page| lines(page).iter().any(|(_, line)| words(line).contains("科学")));
        let page = lines(page.unwrap());
        let bodies = page.iter().filter(|(_, line)| words(line) == "一行文字。").count();
        assert!(bodies >= 2, "{before} lines of text, {bodies} with the signature");
        assert!(page.iter().any(|(_, line)| words(line) == "附件：1.名单"));
    }
}

#[test]
fn no_section_ends_with_one_line_on_a_page() {
    for lines_of_text in 17..22 {
        let set = set(vec![paragraph(&han(26 + 28 * lines_of_text))]);
        let last = lines(set.pages.last().unwrap());
        assert!(last.len() > 1, "{lines_of_text}");
    }
}

#[test]
fn an_annex_begins_a_page_with_its_label_and_its_title_on_the_third_line() {
    let annexes =
        vec![Annex {
            label: "附件".to_owned(), title: "名单".to_owned(), blocks: vec![paragraph("甲乙。")]
        }];
    let set = typeset(&Document { annexes, ..document(vec![paragraph("正文。")]) }, &FACES);
    assert_eq!(set.pages.len(), 2);
    let page = lines(&set.pages[1]);
    let row = |index: usize| ((page[index].0 - law::TOP_MARGIN) / law::LINE) as usize;
    assert_eq!([words(&page[0].1), words(&page[1].1)], ["附件", "名单"]);
    assert_eq!([row(0), row(1), row(2)], [0, 2, 4]);
    assert!((page[0].1[0].x - LEFT).abs() < 0.2);
    assert!(body_lines(&set).contains(&"附件：名单".to_owned()));
}

#[test]
fn the_lines_of_a_given_title_are_kept() {
    let title_lines = vec!["市科学技术局".to_owned(), "办理工作总结".to_owned()];
    let set = typeset(&Document { title_lines, ..document(Vec::new()) }, &FACES);
    let lines: Vec<String> = lines(&set.pages[0]).iter().map(|(_, glyphs)| words(glyphs)).collect();
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
    for page in &set.pages {
        let text: String = page.runs.iter().map(|run| words(&run.glyphs)).collect();
        let heads = text.matches("序号题目主办单位会办单位答复日期占比").count();
        assert_eq!(heads, usize::from(!page.rules.is_empty()), "{text}");
        all.push_str(&text);
    }
    for row in 1..=80 {
        assert!(all.contains(&format!("{row}关于支持")), "row {row}");
    }
    assert_eq!(all.matches("表1").count(), 1);
    assert!(all.ends_with("表后。"));
}

#[test]
fn a_date_in_a_table_is_not_broken_and_rules_stay_in_the_type_area() {
    let set = set(vec![table(40)]);
    for page in &set.pages {
        for rule in &page.rules {
            assert!(rule.x > LEFT - 0.01 && rule.x + rule.width < RIGHT + 0.01, "{rule:?}");
            assert!(rule.y > law::TOP_MARGIN - 0.01 && rule.y + rule.height < FOOT + 0.01, "{rule:?}");
        }
        let dates = lines(page).iter().filter(|(_, line)| words(line).contains("2021年12月29日")).count();
        let rows = lines(page).iter().filter(|(_, line)| words(line).contains("3.20%")).count();
        assert_eq!(dates, rows);
        assert!(rows > 0);
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
        let rows: Vec<(f32, Vec<Glyph>)> = set.pages.iter().flat_map(lines).skip(1).collect();
        let inset = (law::CELL - law::SIZE_3) / 2.0;
        for (index, (baseline, glyphs)) in rows.iter().enumerate() {
            prop_assert!(*baseline > law::TOP_MARGIN && *baseline < FOOT);
            let last = glyphs[glyphs.len() - 1];
            let width = match last.text {
                '。' | '，' | '、' | '：' | '；' | '！' | '？' | '）' | '》' | '”' | '〕' => law::CELL / 2.0,
                c if c.is_ascii() || "—…～·".contains(c) => continue,
                _ => law::CELL,
            };
            let right = last.x - inset + width;
            prop_assert!(right < RIGHT + 0.1, "line {} ends at {}", index, right);
            if index + 1 < rows.len() {
                prop_assert!(right > RIGHT - 0.1, "line {} ends at {}", index, right);
            }
            let first = glyphs[0];
            prop_assert!(first.x > LEFT - law::CELL, "line {} begins at {}", index, first.x);
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
        prop_assert!(pdf(&set.pages, &FACES, &info()).is_ok());
    }
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let first = set(vec![paragraph("甲乙丙丁，2021年。"), table(30)]);
    let other = set(vec![paragraph("别的文字")]);
    let bytes = |set: &Typeset| pdf(&set.pages, &FACES, &info()).unwrap();
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
        let bytes = pdf(&set.pages, faces, &info()).unwrap();
        let file = lopdf::Document::load_mem(&bytes).unwrap();
        let read = read_back(&file);
        assert_eq!(read.len(), set.pages.len());
        for (page, read) in set.pages.iter().zip(read) {
            let runs = page.runs.iter().chain(&page.folio);
            assert_eq!(read, runs.map(|run| words(&run.glyphs)).collect::<String>());
        }
    }
}

#[test]
fn a_character_that_the_office_s_face_lacks_comes_from_another() {
    // FandolFang has neither 硚 nor 喆, and its figures and book-title marks are not wanted.
    let set = typeset(&document(vec![paragraph("硚口区赵喆《办法》2021年。")]), &FANDOL);
    assert_eq!(set.missing, []);
    let faces: BTreeMap<char, _> = set.pages[0].runs[1..]
        .iter()
        .flat_map(|run| run.glyphs.iter().map(|glyph| (glyph.text, run.face)))
        .collect();
    assert_eq!(faces[&'硚'], faces[&'喆']);
    assert_eq!(faces[&'硚'], faces[&'《']);
    assert_ne!(faces[&'硚'], faces[&'口']);
    assert_ne!(faces[&'2'], faces[&'年']);
    assert_eq!(faces[&'口'], faces[&'年']);
}

#[test]
fn the_pdf_says_what_it_is() {
    let bytes = pdf(&set(vec![paragraph("正文。")]).pages, &FACES, &info()).unwrap();
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let catalog = file.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"zh-CN");
    let about = file.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let about = file.get_dictionary(about).unwrap();
    assert_eq!(about.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20211209000000+08'00'");
    let names: Vec<String> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"FontName").ok()?.as_name().ok())
        .map(|name| String::from_utf8(name.to_vec()).unwrap())
        .collect();
    assert!(!names.is_empty());
    assert!(names.iter().all(|name| &name[6..13] == "+Banjie"), "{names:?}");
}

/// The text of each page in the order of its operators, through the fonts' ToUnicode and /ActualText.
fn read_back(file: &lopdf::Document) -> Vec<String> {
    let mut pages = Vec::new();
    for id in file.page_iter() {
        let maps: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = file
            .get_page_fonts(id)
            .unwrap()
            .into_iter()
            .map(|(name, font)| (name, to_unicode(file, font)))
            .collect();
        let content = lopdf::content::Content::decode(&file.get_page_content(id)).unwrap();
        let mut text = String::new();
        let mut map = &BTreeMap::new();
        let mut actual: Option<String> = None;
        for operation in content.operations {
            match operation.operator.as_str() {
                "Tf" => map = &maps[operation.operands[0].as_name().unwrap()],
                "BDC" => {
                    let properties = operation.operands[1].as_dict().unwrap();
                    actual =
                        properties.get(b"ActualText").ok().map(|text| utf16(&text.as_str().unwrap()[2..]));
                }
                "EMC" => text.push_str(&actual.take().unwrap_or_default()),
                "TJ" if actual.is_none() => {
                    for item in operation.operands[0].as_array().unwrap() {
                        for code in item.as_str().unwrap_or_default().chunks(2) {
                            text.push_str(&map[&u16::from_be_bytes([code[0], code[1]])]);
                        }
                    }
                }
                _ => {}
            }
        }
        pages.push(text);
    }
    pages
}

fn to_unicode(file: &lopdf::Document, font: &lopdf::Dictionary) -> BTreeMap<u16, String> {
    let stream = file.get_object(font.get(b"ToUnicode").unwrap().as_reference().unwrap()).unwrap();
    let text = String::from_utf8(stream.as_stream().unwrap().decompressed_content().unwrap()).unwrap();
    let mut map = BTreeMap::new();
    for section in text.split("beginbfchar").skip(1) {
        for line in section.split("endbfchar").next().unwrap().lines().filter(|line| !line.trim().is_empty())
        {
            let hex: Vec<&str> =
                line.split(['<', '>']).map(str::trim).filter(|part| !part.is_empty()).collect();
            let bytes = |hex: &str| -> Vec<u8> {
                (0..hex.len())
                    .step_by(2)
                    .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
                    .collect()
            };
            let code = bytes(hex[0]);
            map.insert(u16::from_be_bytes([code[0], code[1]]), utf16(&bytes(hex[1])));
        }
    }
    map
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}
