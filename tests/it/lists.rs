//! Lists of people: a table without a head in Markdown, columns of names on the page.

use crate::common;
use crate::common::pdf::{CELL, FOOT, INSET, LEFT, LINE, NEAR, Placed, RIGHT, Sheet, TOP, sheets, words};
use banjie::diagnostic::Lang;
use banjie::document::{Align, Block, Document, Inline, List, plain};
use banjie::typeset::{Faces, typeset};
use banjie::write::markdown::markdown;
use banjie::write::pdf::{Info, pdf};

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn list(columns: &[Align], rows: &[&[&str]]) -> Block {
    let rows = rows.iter().map(|row| row.iter().map(|cell| text(cell)).collect());
    Block::List(List { columns: columns.to_vec(), rows: rows.collect() })
}

fn set(body: Vec<Block>) -> Vec<Sheet> {
    let faces = Faces::new(Vec::new());
    let document = Document { title: "名单".to_owned(), body, ..Document::default() };
    let info = Info {
        title: "名单".to_owned(),
        author: "市科学技术局".to_owned(),
        language: "zh-CN".to_owned(),
        date: "2021-12-09T00:00:00".parse().unwrap(),
    };
    sheets(&pdf(&typeset(&document, &faces), &faces, &info, &[]).unwrap())
}

const PEOPLE: &[&[&str]] = &[
    &["组长：", "陈邂馨", "市人民政府副市长"],
    &["副组长：", "李涛", "市人民政府副秘书长"],
    &["", "", "市发展和改革委员会党组成员、副主任兼市创新驱动发展工作领导小组办公室专职副主任"],
];
const COLUMNS: [Align; 3] = [Align::Center, Align::Center, Align::Left];

#[test]
fn a_table_without_a_head_is_a_list_and_is_not_counted() {
    let source = "# 名单\n\n**不是表题**\n\n|  | |\n|:-:|---|\n| 组长： | 陈邂馨 |\n| | *李\\*涛 |\n\n**表题**\n\n| 甲 | |\n|---|--:|\n| 乙 | 1 |\n";
    let (document, faults) = common::parse(source);
    assert_eq!(faults, []);
    let [Block::Paragraph(before), Block::List(people), Block::Table(table)] = &document.body[..] else {
        panic!("{:?}", document.body)
    };
    assert_eq!(plain(before), "不是表题");
    assert_eq!((&*table.number, &*plain(&table.caption)), ("表1", "表题"));
    assert_eq!(people.columns, [Align::Center, Align::Left]);
    let cells: Vec<String> = people.rows.iter().flatten().map(|cell| plain(cell)).collect();
    assert_eq!(cells, ["组长：", "陈邂馨", "", "*李*涛"]);
    // As Markdown it is a table without a head again.
    let made = markdown(&document);
    assert!(made.contains("\n|  |  |\n| :-: | :-- |\n| 组长： | 陈邂馨 |\n|  | \\*李\\*涛 |\n"), "{made}");
    assert_eq!(common::parse(&made).0.body[1], document.body[1]);
}

#[test]
fn a_list_has_figures_but_no_chart_and_not_too_many_columns() {
    let (document, faults) = common::parse("# 名单\n\n||\n|-|\n|[3](figure:n)人|\n\n![图](chart:stacked)\n");
    assert!(
        matches!(&faults[..], [fault] if fault.message.get(Lang::Zh).contains("紧跟在它的表后面")),
        "{faults:?}"
    );
    let mut names = Vec::new();
    document.each_inline(&mut |inline| {
        if let Inline::Figure { name, .. } = inline {
            names.push(name.clone());
        }
    });
    assert_eq!(names, ["n"]);
    let wide = |columns: usize| {
        let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(columns));
        common::parse(&format!("# 名单\n\n{}{}{}", row(" "), row("-"), row("甲"))).1
    };
    assert_eq!(wide(8), []);
    assert!(
        matches!(&wide(9)[..], [fault] if fault.message.get(Lang::En).contains("a list of more than 8 columns"))
    );
}

/// Where the cell of each glyph begins, in cells from the left edge.
fn places(glyphs: &[Placed]) -> Vec<(&str, f64)> {
    glyphs.iter().map(|glyph| (glyph.text.as_str(), (glyph.x - INSET - LEFT) / CELL)).collect()
}

#[test]
fn columns_are_as_wide_as_their_widest_text_and_names_are_spread_over_it() {
    let page = &set(vec![list(&COLUMNS, PEOPLE)])[0];
    assert!(page.rules.is_empty());
    let lines = page.lines();
    assert_eq!(lines.len(), 6, "a line for the title and each of the first rows, three for the last");
    for (row, (baseline, glyphs)) in lines[1..].iter().enumerate() {
        let middle = TOP + (row as f64 + 4.5) * LINE;
        assert!((baseline - 0.38 * 16.0 * 25.4 / 72.0 - middle).abs() < NEAR, "{row}");
        assert!(glyphs.iter().all(|glyph| glyph.size == 16.0 && glyph.font.contains("Fang")), "{row}");
    }
    // Two characters of indent; 副组长： is three and a half wide, a name three, and between columns is one.
    let expected: [&[(&str, f64)]; 2] = [
        &[("组", 2.0), ("长", 4.0), ("：", 5.0), ("陈", 6.5), ("邂", 7.5), ("馨", 8.5), ("市", 10.5)],
        &[("副", 2.0), ("组", 3.0), ("长", 4.0), ("：", 5.0), ("李", 6.5), ("涛", 8.5), ("市", 10.5)],
    ];
    for ((_, glyphs), expected) in lines[1..].iter().zip(expected) {
        for ((text, x), (wanted, place)) in places(glyphs).into_iter().zip(expected) {
            assert!(text == *wanted && (x - place).abs() < 0.03, "{text} at {x}, not {wanted} at {place}");
        }
    }
    // The last column wraps inside itself, up to the right edge.
    for (_, glyphs) in &lines[3..] {
        assert!((places(glyphs)[0].1 - 10.5).abs() < 0.03, "{}", words(glyphs));
    }
    let ends = lines[3..5].iter().map(|(_, glyphs)| glyphs[glyphs.len() - 1].x - INSET + CELL);
    assert!(ends.clone().all(|end| (end - RIGHT).abs() < NEAR), "{:?}", ends.collect::<Vec<_>>());
    assert_eq!(
        lines[1..].iter().map(|(_, glyphs)| words(glyphs)).collect::<String>(),
        PEOPLE.concat().concat()
    );
}

#[test]
fn columns_that_are_too_wide_wrap_and_stay_inside_the_line() {
    let long = "市创新驱动发展工作领导小组办公室".repeat(3);
    let page =
        &set(vec![list(&[Align::Left, Align::Right, Align::Center], &[&[&long, &long, &long], &["甲"; 3]])])
            [0];
    let lines = page.lines();
    assert_eq!(lines.iter().map(|(_, glyphs)| glyphs.len()).sum::<usize>(), 2 + 3 * 48 + 3);
    for glyph in lines.iter().flat_map(|(_, glyphs)| glyphs) {
        assert!(glyph.x > LEFT - NEAR && glyph.x - INSET + CELL < RIGHT + NEAR, "{glyph:?}");
    }
    // The last column has a third of the line; a text at the right of its own ends where the others' lines do.
    let last = &lines[lines.len() - 1].1;
    let [_, right, centre] = &places(last)[..] else { panic!("{}", words(last)) };
    assert!((centre.1 - (2.0 + 26.0 * 2.0 / 3.0)).abs() < 0.03, "{centre:?}");
    assert!((right.1 + 2.0 - centre.1).abs() < 0.03, "{right:?}");
}

#[test]
fn a_list_ends_a_page_between_rows_only_and_leaves_no_row_alone() {
    let rows: Vec<[String; 2]> =
        (0..7).map(|row| [format!("第{row}人"), "职务".repeat(if row % 3 == 1 { 15 } else { 4 })]).collect();
    for before in 0..24 {
        let mut body: Vec<Block> = (0..before).map(|_| Block::Paragraph(text("一行。"))).collect();
        body.push(Block::Paragraph(text("名单如下：")));
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        body.push(list(&[Align::Left, Align::Left], &rows));
        let pages = set(body);
        let mut all = 0;
        for page in &pages {
            let lines: Vec<String> = page.lines().iter().map(|(_, glyphs)| words(glyphs)).collect();
            let begun = lines.iter().filter(|line| line.contains('人')).count();
            assert!(begun != 1, "{before}: {lines:?}");
            assert!(
                begun == 0
                    || lines.iter().any(|line| line.contains("如下") || line.contains("0人"))
                    || all > 0
            );
            // Each row is whole: fifteen times 职务 or four.
            let posts = lines.concat().matches("职务").count();
            let wanted: usize = (all..all + begun).map(|row| if row % 3 == 1 { 15 } else { 4 }).sum();
            assert_eq!(posts, wanted, "{before}: {lines:?}");
            let (said, first) = (lines.concat().contains("如下"), lines.concat().contains("第0人"));
            assert_eq!(said, first, "{before}: {lines:?}");
            all += begun;
        }
        assert_eq!(all, 7, "{before}");
    }
}

#[test]
fn no_row_leaves_the_type_area() {
    let high = "职务".repeat(500);
    let half = "职务".repeat(120);
    for before in 0..22 {
        for post in [&high, &half] {
            let mut body: Vec<Block> = (0..before).map(|_| Block::Paragraph(text("一行。"))).collect();
            body.push(list(&[Align::Left, Align::Left], &[&["甲", post], &["乙", post], &["丙", post]]));
            let pages = set(body);
            let posts: usize = pages.iter().map(|page| words(&page.glyphs).matches('职').count()).sum();
            assert_eq!(posts, 3 * post.chars().count() / 2);
            let lines = pages.iter().flat_map(Sheet::lines);
            assert!(lines.into_iter().all(|(baseline, _)| baseline > TOP && baseline < FOOT), "{before}");
        }
    }
}

#[test]
fn rows_of_the_last_list_go_along_with_the_signature() {
    let sign_off = banjie::document::SignOff {
        signatures: vec!["市科学技术局".to_owned()],
        date: "2021年12月9日".to_owned(),
        seal: banjie::document::Seal::None,
    };
    let faces = Faces::new(Vec::new());
    for rows in 3..30 {
        let body = vec![list(&[Align::Left, Align::Left], &vec![&["某某人", "职务"][..]; rows])];
        let document = Document {
            title: "名单".to_owned(),
            body,
            sign_off: Some(sign_off.clone()),
            ..Document::default()
        };
        let pages = typeset(&document, &faces).pages;
        let last = pages.last().unwrap();
        let glyphs: String =
            last.runs.iter().flat_map(|run| run.glyphs.iter().map(|glyph| glyph.text)).collect();
        assert!(glyphs.matches("某某人").count() >= 2 && glyphs.contains("2021年"), "{rows}: {glyphs}");
    }
}
