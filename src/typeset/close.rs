//! What closes a text: 附件说明, 署名 and 成文日期, 附注 (7.3.4–7.3.6).

use super::lines::{Fit, Line, Measure, break_lines, set_line, set_whole};
use super::piece::{BODY, Flow};
use super::role::Role;
use super::shape::Text;
use super::tree::{Element, Part, Tree};
use crate::document::{Annex, Seal, SignOff};
use crate::policy::gbt9704 as law;

/// A seal of an office, which the press puts in place: 42 mm, and a little air between two of them.
const SEAL: f32 = 42.0 * law::MM;
const BETWEEN_SEALS: f32 = 2.0 * law::MM;
/// Blank lines above a signature under a seal: the seal's centre is a little above the middle between name and date, and its
/// top less than a line below the text (7.3.5.1).
const ABOVE_SEALED: usize = 2;
/// The width kept for a signatory's stamp, in characters.
const STAMP: f32 = 6.0;

/// A measure from so many points right of the type area's left edge to its right edge.
fn from(indent: f32, fit: Fit) -> Measure {
    Measure { left: law::LEFT_MARGIN + indent, width: law::TYPE_WIDTH - indent, indent: 0.0, fit }
}

/// 附件说明 (7.3.4): a blank line, “附件：” indented two characters, names below each other, no mark after them.
pub(super) fn annex_note(flow: &mut Flow, annexes: &[&Annex]) {
    if annexes.is_empty() {
        return;
    }
    flow.blank(1);
    let start = flow.pieces.len();
    let indent = law::INDENT as f32 * law::CELL;
    let label_part = flow.part(Element::Paragraph);
    let label = flow.shaper.shape(&[(Role::Fang, "附件：")], BODY, label_part);
    let several = annexes.len() > 1;
    // One name belongs to the paragraph of its label; several are a list.
    let list = several.then(|| flow.tree.add(Tree::ROOT, Element::List { numbered: true }));
    let mut items: Vec<(Text, Text)> = Vec::new();
    for (index, annex) in annexes.iter().enumerate() {
        let (number, body) = match list {
            None => (label_part, label_part),
            Some(list) => {
                let item = flow.tree.add(list, Element::Item);
                let number = flow.tree.add(item, Element::Label);
                (Part::Of(number), Part::Of(flow.tree.add(item, Element::Body)))
            }
        };
        let words = if several { format!("{}.", index + 1) } else { String::new() };
        let number = flow.shaper.shape(&[(Role::Fang, &words)], BODY, number);
        items.push((number, flow.shaper.shape(&[(Role::Fang, &annex.title)], BODY, body)));
    }
    let widest = items.iter().map(|(number, _)| number.natural_width()).fold(0.0, f32::max);
    let numbers = indent + 3.0 * law::CELL;
    let names = numbers + (widest / law::CELL).ceil() * law::CELL;
    for (index, (number, name)) in items.iter().enumerate() {
        for (row, range) in break_lines(name, from(names, Fit::Justify)).iter().enumerate() {
            let mut line = Line::default();
            let mut put = |text: &Text, indent: f32| {
                line.runs.extend(set_whole(text, from(indent, Fit::Left)).runs);
            };
            if index == 0 && row == 0 {
                put(&label, indent);
            }
            if row == 0 {
                put(number, numbers);
            }
            line.runs.extend(set_line(name, range, from(names, Fit::Justify)).runs);
            flow.line(line);
        }
    }
    // The note stays in one piece, and with the signature.
    flow.keep_from(start);
}

/// 署名 and 成文日期 (7.3.5), in one piece with each other.
pub(super) fn sign_off(flow: &mut Flow, sign_off: &SignOff) {
    let start = flow.pieces.len();
    match &sign_off.seal {
        Seal::None => unsealed(flow, sign_off),
        Seal::Office => sealed(flow, sign_off),
        Seal::Signatory(post) => stamped(flow, post, &sign_off.date),
    }
    flow.keep_from(start);
}

/// One line that begins so many points from the left edge; or more lines, if it must.
fn put(flow: &mut Flow, text: &Text, indent: f32) {
    flow.lines(text, from(indent.max(0.0), Fit::Left));
}

/// 不加盖印章 (7.3.5.2): below a blank line each signature two characters from the right edge, and under the last the date,
/// whose first character stands two right of the signature's first. If the date is the longer, it stands two characters from
/// the right edge and the signature begins two characters before it.
fn unsealed(flow: &mut Flow, sign_off: &SignOff) {
    flow.blank(1);
    let inset = law::SIGNATURE_INSET as f32 * law::CELL;
    let right = law::TYPE_WIDTH - inset;
    let signatures: Vec<Text> =
        sign_off.signatures.iter().map(|signature| flow.text(&[(Role::Fang, signature)])).collect();
    let date = flow.text(&[(Role::Fang, &sign_off.date)]);
    let mut start = right;
    for (index, signature) in signatures.iter().enumerate() {
        let width = signature.natural_width();
        let pushed = index + 1 == signatures.len() && width < date.natural_width();
        start = if pushed { right - date.natural_width() - inset } else { right - width }.max(0.0);
        put(flow, signature, start);
    }
    put(flow, &date, start + inset);
}

/// 加盖印章 (7.3.5.1): the date four characters from the right edge, a single signature above its middle. Several stand in
/// rows, each in the middle of its seal's place, the last above the date.
fn sealed(flow: &mut Flow, sign_off: &SignOff) {
    flow.blank(ABOVE_SEALED);
    let signatures: Vec<Text> =
        sign_off.signatures.iter().map(|signature| flow.text(&[(Role::Fang, signature)])).collect();
    let date = flow.text(&[(Role::Fang, &sign_off.date)]);
    let date_start = law::TYPE_WIDTH - law::SEALED_DATE_INSET as f32 * law::CELL - date.natural_width();
    let widest = signatures.iter().map(Text::natural_width).fold(0.0, f32::max);
    let place = (SEAL + BETWEEN_SEALS).max(widest + law::CELL);
    // The middle of the last place is that of the date, as long as seal and signature stay inside the type area.
    let reach = widest.max(if signatures.len() > 1 { SEAL } else { 0.0 }) / 2.0;
    let last = (date_start + date.natural_width() / 2.0).min(law::TYPE_WIDTH - reach);
    let in_row = 1 + ((last - reach) / place).max(0.0) as usize;
    if widest > law::TYPE_WIDTH {
        // No seal fits on a name of two lines: they stand one below the other.
        for signature in &signatures {
            put(flow, signature, 0.0);
        }
        return put(flow, &date, date_start);
    }
    let lines_a_row = ((SEAL + BETWEEN_SEALS) / law::LINE).ceil() as usize;
    let rows = signatures.len().div_ceil(in_row);
    for (index, row) in signatures.chunks(in_row).enumerate() {
        let mut line = Line::default();
        for (column, signature) in row.iter().enumerate() {
            let width = signature.natural_width();
            let middle = last - (row.len() - 1 - column) as f32 * place;
            let start = (middle - width / 2.0).clamp(0.0, (law::TYPE_WIDTH - width).max(0.0));
            line.runs.extend(set_whole(signature, from(start, Fit::Left)).runs);
        }
        flow.line(line);
        if index + 1 < rows {
            flow.blank(lines_a_row - 1);
        }
    }
    put(flow, &date, last - date.natural_width() / 2.0);
}

/// 加盖签发人签名章 (7.3.5.3): below two blank lines the place of the stamp, four characters from the right edge, and two
/// characters left of it the post; below a blank line the date, four characters from the right edge.
fn stamped(flow: &mut Flow, post: &str, date: &str) {
    flow.blank(law::ABOVE_STAMP);
    let inset = law::SEALED_DATE_INSET as f32 * law::CELL;
    let post = flow.text(&[(Role::Fang, post)]);
    let stamp = (STAMP + law::POST_GAP as f32) * law::CELL;
    put(flow, &post, law::TYPE_WIDTH - inset - stamp - post.natural_width());
    flow.blank(1);
    let date = flow.text(&[(Role::Fang, date)]);
    put(flow, &date, law::TYPE_WIDTH - inset - date.natural_width());
}

/// 附注 (7.3.6): in brackets, indented two characters, on the line below the date.
pub(super) fn note(flow: &mut Flow, note: &str) {
    let measure = flow.area.paragraph();
    flow.lines_of(&[(Role::Fang, "（"), (Role::Fang, note), (Role::Fang, "）")], measure);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::faces::Faces;
    use crate::typeset::piece::{Piece, UPRIGHT};
    use crate::typeset::shape::Shaper;

    /// Every line that is not blank: its number, and the first and last edge of each of its texts, in cells.
    fn set(signatures: &[&str], date: &str, seal: Seal) -> Vec<(usize, Vec<[f32; 2]>)> {
        let faces = Faces::new(Vec::new());
        let mut shaper = Shaper::new(&faces);
        let mut flow = Flow::new(Element::Document, UPRIGHT, &mut shaper);
        let signatures = signatures.iter().map(ToString::to_string).collect();
        sign_off(&mut flow, &SignOff { signatures, date: date.to_owned(), seal });
        let cells = |x: f32| (x - law::LEFT_MARGIN) / law::CELL;
        let edges = |piece: &Piece| match piece {
            Piece::Line { line, .. } => {
                let mut edges: Vec<(Part, [f32; 2])> = Vec::new();
                for run in &line.runs {
                    let wide = |c: char| if c.is_ascii_digit() { 0.5 } else { 1.0 };
                    let (first, last) = (run.glyphs[0], run.glyphs[run.glyphs.len() - 1]);
                    let ends = [cells(first.x), cells(last.x) + wide(last.text)];
                    match edges.last_mut() {
                        Some((part, own)) if *part == run.part => own[1] = ends[1],
                        _ => edges.push((run.part, ends)),
                    }
                }
                edges.into_iter().map(|(_, ends)| ends).collect()
            }
            _ => Vec::new(),
        };
        let all = flow.pieces.iter().map(edges).enumerate();
        all.filter(|(_, edges)| !edges.is_empty()).collect()
    }

    fn near(a: f32, b: f32) -> bool {
        (a - b).abs() < 0.2
    }

    #[test]
    fn a_date_stands_two_characters_right_of_the_signature() {
        let lines = set(&["吉林省科学技术厅"], "2024年6月17日", Seal::None);
        let [(1, signature), (2, date)] = &lines[..] else { panic!("{lines:?}") };
        assert!(near(signature[0][0], 18.0) && near(date[0][0], 20.0), "{lines:?}");
    }

    #[test]
    fn a_date_longer_than_the_signature_pushes_it_left() {
        let lines = set(&["市科技局"], "2021年12月9日", Seal::None);
        let [(1, signature), (2, date)] = &lines[..] else { panic!("{lines:?}") };
        assert!(near(date[0][0] - signature[0][0], 2.0) && near(date[0][1], 26.0), "{lines:?}");
    }

    #[test]
    fn joint_signatures_stand_below_each_other() {
        let lines = set(&["武汉市科学技术局", "武汉市财政局"], "2021年12月9日", Seal::None);
        let [(1, first), (2, second), (3, date)] = &lines[..] else { panic!("{lines:?}") };
        assert!(near(first[0][1], 26.0) && near(date[0][0] - second[0][0], 2.0), "{lines:?}");
    }

    #[test]
    fn under_a_seal_the_signature_stands_above_the_middle_of_the_date() {
        let lines = set(&["吉林省科学技术厅"], "2024年6月17日", Seal::Office);
        let [(2, signature), (3, date)] = &lines[..] else { panic!("{lines:?}") };
        assert!(near(date[0][1], 24.0), "{lines:?}");
        let middle = |edges: [f32; 2]| (edges[0] + edges[1]) / 2.0;
        assert!(near(middle(signature[0]), middle(date[0])), "{lines:?}");
        // The last resort: a name that would leave the type area takes the date along.
        let long = set(&["中国共产党武汉市科技创新局机关党组织委员会"], "2024年6月17日", Seal::Office);
        assert!(long[0].1[0][1] < 28.1 && near(middle(long[0].1[0]), middle(long[1].1[0])), "{long:?}");
    }

    #[test]
    fn joint_seals_neither_touch_nor_leave_the_type_area() {
        for count in 2..=7 {
            let lines = set(&["市科学技术局"; 7][..count], "2024年6月17日", Seal::Office);
            let seal = SEAL / law::CELL;
            let middles: Vec<(usize, f32)> = lines[..lines.len() - 1]
                .iter()
                .flat_map(|(row, edges)| edges.iter().map(|edge| (*row, (edge[0] + edge[1]) / 2.0)))
                .collect();
            assert_eq!(middles.len(), count);
            for (index, (row, middle)) in middles.iter().enumerate() {
                assert!(middle - seal / 2.0 > -0.1 && middle + seal / 2.0 < 28.1, "{middles:?}");
                for (other_row, other) in &middles[..index] {
                    let down = (row - other_row) as f32 * law::LINE;
                    let apart = ((middle - other) * law::CELL).hypot(down);
                    assert!(apart > SEAL, "{middles:?}");
                }
            }
            let date = lines[lines.len() - 1].1[0];
            assert!(near(middles[count - 1].1, (date[0] + date[1]) / 2.0));
        }
    }

    #[test]
    fn a_post_stands_beside_the_stamp_and_the_date_below_it() {
        let lines = set(&["某省科学技术厅"], "2024年6月17日", Seal::Signatory("厅长".to_owned()));
        let [(2, post), (4, date)] = &lines[..] else { panic!("{lines:?}") };
        assert!(near(post[0][1], 24.0 - STAMP - 2.0) && near(date[0][1], 24.0), "{lines:?}");
    }
}
