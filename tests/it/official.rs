//! The elements around the text (GB/T 9704 7.2–7.5): every place is read back from the PDF and compared with the standard's
//! millimetres.

use std::sync::LazyLock;

use crate::common::pdf::{
    Area, CELL, FOOT, INSET, LEFT, LINE, NEAR, POINT, Placed, RIGHT, Sheet, TOP, sheets, words,
};
use banjie::document::{Block, Document, Head, Imprint, Inline, Seal, SignOff};
use banjie::typeset::{Faces, typeset};
use banjie::write::pdf::{Info, pdf};

static FACES: LazyLock<Faces> = LazyLock::new(|| Faces::new(Vec::new()));

/// A character's square of 16 pt stands in the middle of its line and reaches 0.88 em above the baseline.
const IN_LINE: f64 = LINE / 2.0 + 0.38 * 16.0 * POINT;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < NEAR
}

fn some(words: &str) -> Option<String> {
    Some(words.to_owned())
}

fn head() -> Head {
    Head {
        copy_number: some("000001"),
        classification: some("机密★1年"),
        urgency: some("特急"),
        issuers: vec!["武汉市科学技术局".to_owned()],
        issuer_suffix: some("文件"),
        number: some("武科办〔2021〕1号"),
        signatories: Vec::new(),
    }
}

fn document(lines: usize) -> Document {
    let paragraph = |index: usize| Block::Paragraph(vec![Inline::Text(format!("第{index}段文字。"))]);
    Document {
        title: "办理工作总结".to_owned(),
        body: (0..lines).map(paragraph).collect(),
        ..Document::default()
    }
}

fn set(document: &Document) -> Vec<Sheet> {
    let info = Info {
        title: document.title.clone(),
        author: "市科学技术局".to_owned(),
        language: "zh-CN".to_owned(),
        date: "2021-12-09T00:00:00".parse().unwrap(),
    };
    sheets(&pdf(&typeset(document, &FACES), &FACES, &info, &[]).unwrap())
}

/// The glyphs that say `text`, which stand on one line of a page.
fn find(page: &Sheet, text: &str) -> Vec<Placed> {
    let lines = page.lines();
    let found = lines.into_iter().find_map(|(_, glyphs)| {
        let at = words(&glyphs).find(text)?;
        let start = words(&glyphs)[..at].chars().count();
        Some(glyphs[start..start + text.chars().count()].to_vec())
    });
    found.unwrap_or_else(|| panic!("{text} is not on the page"))
}

/// The edges of glyphs' cells.
fn edges(glyphs: &[Placed]) -> [f64; 2] {
    [glyphs[0].x - INSET, glyphs[glyphs.len() - 1].end - INSET]
}

fn red(page: &Sheet) -> Vec<&Area> {
    page.rules.iter().filter(|rule| rule.colour.len() == 3).collect()
}

#[test]
fn copy_number_classification_and_urgency_stand_flush_left_from_the_first_line_down() {
    let page = &set(&Document { head: head(), ..document(3) })[0];
    for (row, text) in ["000001", "机密★1年", "特急"].into_iter().enumerate() {
        let glyphs = find(page, text);
        assert!(glyphs[0].x - LEFT < NEAR, "{text} at {}", glyphs[0].x);
        assert!(near(glyphs[0].baseline, TOP + row as f64 * LINE + IN_LINE), "{text}");
        assert_eq!(glyphs.iter().any(|glyph| glyph.font.contains("Hei")), row > 0, "{text}");
    }
}

#[test]
fn the_mark_hangs_35_mm_below_the_top_and_is_red_and_as_wide_as_the_line() {
    let page = &set(&Document { head: head(), ..document(3) })[0];
    let mark = find(page, "武汉市科学技术局文件");
    assert!(mark.iter().all(|glyph| (glyph.colour[1] - 0.2).abs() < 0.01
        && glyph.colour[0] == 1.0
        && glyph.font.contains("Title")));
    let top = mark.iter().filter_map(|glyph| glyph.top).fold(f64::MAX, f64::min);
    assert!(near(top, TOP + 35.0), "{top}");
    let middle = (mark[0].x + mark[mark.len() - 1].end) / 2.0;
    assert!(near(middle, (LEFT + RIGHT) / 2.0));
    assert!(mark[0].x > LEFT - NEAR && mark[mark.len() - 1].end < RIGHT + NEAR);
}

#[test]
fn the_number_stands_two_lines_below_the_mark_and_4_mm_above_the_red_line() {
    let pages = set(&Document { head: head(), ..document(3) });
    let mark = find(&pages[0], "武汉市科学技术局文件");
    let number = find(&pages[0], "武科办〔2021〕1号");
    let foot_of_mark = mark[0].baseline + 0.12 * mark[0].size * POINT;
    assert!(near(number[0].baseline, foot_of_mark + 2.0 * LINE + IN_LINE), "{}", number[0].baseline);
    let [left, right] = edges(&number);
    assert!(near((left + right) / 2.0, (LEFT + RIGHT) / 2.0));
    let lines = red(&pages[0]);
    let [line] = lines[..] else { panic!("{lines:?}") };
    assert!(near(line.x, LEFT) && near(line.width, 156.0) && (0.35..=0.51).contains(&line.height));
    let foot_of_number = number[0].baseline + 0.12 * 16.0 * POINT;
    assert!(near(line.y, foot_of_number + 4.0), "{} {}", line.y, foot_of_number);
    // The title, two blank lines below it; then a blank line; then the text.
    let title = find(&pages[0], "办理工作总结");
    assert!(near(title[0].baseline, line.y + line.height + 2.0 * LINE + IN_LINE));
    assert!(near(find(&pages[0], "第0段文字。")[0].baseline, title[0].baseline + 2.0 * LINE));
    assert!(red(&set(&document(3))[0]).is_empty());
}

#[test]
fn signatories_stand_at_the_right_two_a_line_and_the_number_beside_the_last() {
    let signatories = ["王一", "李二三", "张四"].map(str::to_owned).to_vec();
    let page = &set(&Document { head: Head { signatories, ..head() }, ..document(3) })[0];
    let [label, first, second, third] = ["签发人：", "王一", "李二三", "张四"].map(|text| find(page, text));
    assert!(near(edges(&second)[1], RIGHT - CELL), "{:?}", edges(&second));
    assert!(near(edges(&first)[0], edges(&third)[0]) && near(edges(&label)[1], edges(&first)[0]));
    assert!(near(third[0].baseline, first[0].baseline + LINE) && near(second[0].baseline, first[0].baseline));
    assert!(first[0].font.contains("Kai") && label[0].font.contains("Fang"));
    let number = find(page, "武科办〔2021〕1号");
    assert!(near(edges(&number)[0], LEFT + CELL) && near(number[0].baseline, third[0].baseline));
    assert!(near(red(page)[0].y, third[0].baseline + 0.12 * 16.0 * POINT + 4.0));
}

#[test]
fn the_names_of_a_joint_mark_are_equally_wide_and_what_follows_stands_at_half_height() {
    let issuers = ["市科学技术局", "市发展和改革委员会", "市财政局"].map(str::to_owned).to_vec();
    let page = &set(&Document { head: Head { issuers, ..head() }, ..document(3) })[0];
    let names = ["市科学技术局", "市发展和改革委员会", "市财政局"].map(|text| find(page, text));
    let end = |glyph: &Placed| glyph.x + glyph.size * POINT;
    let [left, right] = [names[1][0].x, end(&names[1][8])];
    for name in &names {
        assert!(near(name[0].x, left) && near(end(&name[name.len() - 1]), right), "{name:?}");
    }
    let top = names[0].iter().filter_map(|glyph| glyph.top).fold(f64::MAX, f64::min);
    assert!(near(top, TOP + 35.0), "{top}");
    let suffix = find(page, "文件");
    assert!(suffix[0].x > right && near(suffix[0].baseline, names[1][0].baseline));
    assert!(end(&suffix[1]) < RIGHT + NEAR && left > LEFT - NEAR);
    assert!(words(&page.lines().pop().unwrap().1).contains("段文字"), "text on the first page");
}

#[test]
fn addressees_stand_flush_left_below_a_blank_line_and_move_when_there_is_no_room_for_text() {
    let few = Document { head: head(), addressees: some("各区科技局"), ..document(3) };
    let page = &set(&few)[0];
    let addressees = find(page, "各区科技局：");
    assert!(near(edges(&addressees)[0], LEFT));
    assert!(near(addressees[0].baseline, find(page, "办理工作总结")[0].baseline + 2.0 * LINE));
    assert!(near(find(page, "第0段")[0].baseline, addressees[0].baseline + LINE));

    let many = vec!["市某某某某某某某局"; 60].join("、");
    let pages = set(&Document { addressees: Some(many), ..few });
    find(&pages[0], "第0段文字。");
    find(pages.last().unwrap(), "主送：市某某");
}

#[test]
fn the_note_stands_below_the_date_indented_two_characters_in_brackets() {
    let sign_off = Some(SignOff {
        signatures: vec!["武汉市科学技术局".to_owned()],
        date: "2021年12月9日".to_owned(),
        seal: Seal::None,
    });
    let page = &set(&Document { sign_off, note: some("联系人：张三"), ..document(3) })[0];
    let [name, date, note] =
        ["武汉市科学技术局", "2021年12月9日", "（联系人：张三）"].map(|text| find(page, text));
    assert!(near(edges(&name)[1], RIGHT - 2.0 * CELL));
    // A figure's own origin is not that of its cell.
    assert!((date[0].x - name[0].x - 2.0 * CELL).abs() < 0.6);
    assert!(
        near(date[0].baseline, name[0].baseline + LINE) && near(note[0].baseline, date[0].baseline + LINE)
    );
    assert!((note[0].x + 8.0 * POINT - LEFT - 2.5 * CELL).abs() < CELL / 2.0, "{}", note[0].x);
}

fn imprint() -> Imprint {
    Imprint {
        copies: some("市政协提案委"), office: some("市科技局办公室"), date: some("2021年12月10日")
    }
}

#[test]
fn the_imprint_ends_at_the_foot_of_the_type_area_between_lines_of_035_and_025_mm() {
    let pages = set(&Document { imprint: imprint(), ..document(30) });
    assert_eq!(pages.len(), 2);
    let page = &pages[1];
    let rules: Vec<&Area> = page.rules.iter().filter(|rule| rule.width > 100.0).collect();
    let mut lines: Vec<(f64, f64)> = rules.iter().map(|rule| (rule.y, rule.height)).collect();
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    let [first, middle, last] = lines[..] else { panic!("{lines:?}") };
    assert!(rules.iter().all(|rule| near(rule.x, LEFT) && near(rule.width, 156.0)));
    for (line, weight) in [(first, 0.35), (middle, 0.25), (last, 0.35)] {
        assert!((line.1 - weight).abs() < 0.005, "{lines:?}");
    }
    assert!(near(last.0 + last.1, FOOT), "{lines:?}");
    let small = 14.0 * POINT;
    let [copies, office, date] =
        ["抄送：市政协提案委。", "市科技局办公室", "2021年12月10日印发"].map(|text| find(page, text));
    assert!(near(copies[0].x, LEFT + small) && near(office[0].x, LEFT + small));
    assert!(near(date[date.len() - 1].end, RIGHT - small));
    assert!(near(office[0].baseline, date[0].baseline) && copies[0].size == 14.0);
    assert!(first.0 < copies[0].baseline && copies[0].baseline < middle.0 && middle.0 < office[0].baseline);
}

#[test]
fn the_imprint_stands_on_the_back_of_a_sheet_and_alone_there_has_no_number() {
    let folio = |page: &Sheet| words(&page.artifacts());
    // One page of text: the imprint is on its back, which is numbered like any other.
    let pages = set(&Document { imprint: imprint(), ..document(3) });
    assert_eq!(pages.iter().map(folio).collect::<Vec<_>>(), ["— 1 —", "— 2 —"]);
    // Two full pages: it stands on the back of another sheet, whose front is blank.
    let pages = set(&Document { imprint: imprint(), ..document(38) });
    assert_eq!(pages.iter().map(folio).collect::<Vec<_>>(), ["— 1 —", "— 2 —", "", ""]);
    assert!(pages[2].glyphs.is_empty() && pages[2].rules.is_empty());
    find(&pages[3], "市科技局办公室");
}

#[test]
fn page_numbers_hang_7_mm_below_the_type_area_one_character_from_the_outer_edge() {
    for (index, page) in set(&document(50)).iter().enumerate() {
        let glyphs = page.artifacts();
        assert_eq!(words(&glyphs), format!("— {} —", index + 1));
        assert!(glyphs.iter().all(|glyph| glyph.size == 14.0 && glyph.font.contains("Song")));
        let edge = if index % 2 == 0 {
            RIGHT - CELL - glyphs[glyphs.len() - 1].end
        } else {
            glyphs[0].x - LEFT - CELL
        };
        assert!(edge.abs() < NEAR, "page {}: {edge}", index + 1);
        assert!(near(glyphs[0].top.unwrap(), FOOT + 7.0), "{:?}", glyphs[0]);
    }
}

#[test]
fn the_first_page_shows_text_however_high_its_head() {
    let issuers = ["市科学技术局", "市发展和改革委员会", "市财政局", "市教育局"].map(str::to_owned).to_vec();
    let signatories = ["王一", "李二三", "张四", "赵五"].map(str::to_owned).to_vec();
    let sign_off =
        Some(SignOff {
            signatures: issuers.clone(), date: "2021年12月9日".to_owned(), seal: Seal::Office
        });
    for lines in 1..6 {
        let head = Head { issuers: issuers.clone(), signatories: signatories.clone(), ..head() };
        let addressees = some("市人民政府");
        let pages = set(&Document { head, addressees, sign_off: sign_off.clone(), ..document(lines) });
        find(&pages[0], "市人民政府：");
        find(&pages[0], "第0段文字。");
    }
}

#[test]
fn a_long_printing_office_leaves_the_date_its_place() {
    let office = some("某某省某某市科学技术和工业信息化局办公室（行政审批处、政策法规处）");
    let pages = set(&Document { imprint: Imprint { office, ..imprint() }, ..document(3) });
    let [first, last, date] =
        ["某某省某某市", "法规处）", "2021年12月10日印发"].map(|text| find(&pages[1], text));
    assert!(near(last[0].baseline, date[0].baseline) && first[0].baseline < last[0].baseline - 5.0);
    assert!(last[last.len() - 1].end < date[0].x);
}

#[test]
fn a_mark_as_wide_as_the_line_stands_on_one_line() {
    for length in 2..=12 {
        let issuer: String = "某市科学技术和工业信息化局办公室".chars().take(length).collect();
        let page =
            &set(&Document { head: Head { issuers: vec![issuer.clone()], ..head() }, ..document(3) })[0];
        let mark = find(page, &format!("{issuer}文件"));
        assert!(mark[0].x > LEFT - NEAR && mark[0].size <= 56.01, "{length}: {mark:?}");
        assert!(mark.iter().all(|glyph| glyph.x + glyph.size * POINT < RIGHT + NEAR), "{length}");
    }
}

#[test]
fn number_and_signatories_never_meet() {
    let number = some("云水园林发〔2023〕136号");
    for names in [
        vec!["王一"; 3],
        vec!["阿卜杜拉江"; 2],
        vec!["阿不都热西提·买买提"; 2],
        vec!["阿不都热西提·买买提江·艾合买提"; 2],
    ] {
        let signatories: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let page =
            &set(&Document { head: Head { number: number.clone(), signatories, ..head() }, ..document(3) })
                [0];
        let mut lines: Vec<(f64, Vec<(f64, f64)>)> = Vec::new();
        for glyph in page
            .glyphs
            .iter()
            .filter(|glyph| glyph.size > 14.1 && glyph.size < 16.1 && glyph.baseline < red(page)[0].y)
        {
            let cell = (glyph.x, glyph.x + glyph.size * POINT / 2.5);
            assert!(cell.0 > LEFT - NEAR && cell.1 < RIGHT + NEAR, "{glyph:?}");
            match lines.iter_mut().find(|(baseline, _)| (*baseline - glyph.baseline).abs() < 1.0) {
                Some((_, cells)) => cells.push(cell),
                None => lines.push((glyph.baseline, vec![cell])),
            }
        }
        for (_, mut cells) in lines {
            cells.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert!(cells.windows(2).all(|pair| pair[0].1 < pair[1].0 + NEAR), "{names:?} {cells:?}");
        }
    }
}

#[test]
fn eight_organs_and_eight_signatories_leave_room_for_text() {
    let issuers: Vec<String> = (1..=8).map(|index| format!("某某市第{index}局")).collect();
    let signatories: Vec<String> = (1..=8).map(|index| format!("王第{index}")).collect();
    let head = Head { issuers, signatories, ..head() };
    let pages = set(&Document { head, addressees: some("市人民政府"), ..document(9) });
    find(&pages[0], "市人民政府：");
    find(&pages[0], "第0段文字。");
}

#[test]
fn a_sealed_signature_longer_than_the_line_is_broken() {
    let signatures = vec!["某某省某某市".repeat(7)];
    let sign_off = Some(SignOff { signatures, date: "2021年12月9日".to_owned(), seal: Seal::Office });
    let pages = set(&Document { sign_off, ..document(5) });
    assert!(pages[0].glyphs.iter().all(|glyph| glyph.x + 5.0 < RIGHT + 1.0));
    find(&pages[0], "2021年12月9日");
}
