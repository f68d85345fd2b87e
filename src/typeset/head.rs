//! 版头 (7.2): what stands above the red line. Places are counted from the top of the type area.

use super::lines::{Fit, Measure, set_line, set_whole};
use super::piece::{BODY, Flow, Plate, baseline};
use super::role::Role;
use super::shape::{Style, Text};
use super::tree::{Element, Part};
use super::{Ink, Rule, title};
use crate::document::Head;
use crate::policy::gbt9704 as law;

/// The largest type of 发文机关标志; the standard leaves it to the office (醒目、美观、庄重).
const LARGEST_MARK: f32 = 56.0;
/// Where a mark in this size is wider than the line, it has more lines.
const SMALLEST_MARK: f32 = 30.0;
/// From line to line of a mark, in em.
const MARK_LEADING: f32 = 1.25;
/// Between the names of a joint mark and what follows them all, in em.
const MARK_GAP: f32 = 0.4;
/// A joint mark leaves room for what stands below it on the first page, the first line of the text included; but it is
/// never smaller than this.
const SMALLEST_JOINT_MARK: f32 = 12.0;

/// The head as one plate; none if the document has none. So many lines shall stand below it on the first page.
pub(super) fn set(head: &Head, lines_below: usize, flow: &mut Flow) -> Option<Plate> {
    let mut plate = Plate { moves_grid: true, keep: true, ..Plate::default() };
    // 份号, 密级和保密期限 and 紧急程度 from the top down, flush left (7.2.1–7.2.3).
    let corner =
        [(&head.copy_number, Role::Fang), (&head.classification, Role::Hei), (&head.urgency, Role::Hei)];
    for (words, role) in corner {
        let Some(words) = words else { continue };
        let text = flow.text(&[(role, words)]);
        plate.put(&text, 0.0, Fit::Left, plate.height + baseline(law::LINE, law::SIZE_3));
        plate.height += law::LINE;
    }
    if !head.issuers.is_empty() {
        let below = lines_below + law::BELOW_MARK + head.signatories.len().max(1);
        let highest = law::TYPE_HEIGHT - law::MARK_DROP - law::RED_LINE_DROP - below as f32 * law::LINE;
        plate.height = mark(&mut plate, head, highest, flow) + law::BELOW_MARK as f32 * law::LINE;
    }
    let has_line = head.number.is_some() || !head.signatories.is_empty();
    if has_line {
        number_and_signatories(&mut plate, head, flow);
    }
    if has_line || !head.issuers.is_empty() {
        let (x, width) = (law::LEFT_MARGIN, law::TYPE_WIDTH);
        let y = plate.height + if has_line { law::RED_LINE_DROP } else { 0.0 };
        plate.rules.push(Rule { x, y, width, height: law::RED_LINE, ink: Ink::Red, part: Part::Artifact });
        plate.height = y + law::RED_LINE;
    }
    (plate.height > 0.0).then_some(plate)
}

impl Plate {
    /// A text in one line, so many points inside the edges of the type area.
    fn put(&mut self, text: &Text, inset: f32, fit: Fit, baseline: f32) {
        let width = law::TYPE_WIDTH - 2.0 * inset;
        let measure = Measure { left: law::LEFT_MARGIN + inset, width, indent: 0.0, fit };
        self.lines.push((set_whole(text, measure), baseline));
    }
}

/// 发文机关标志 (7.2.4): red, its top 35 mm below that of the type area. Returns its foot.
fn mark(plate: &mut Plate, head: &Head, highest: f32, flow: &mut Flow) -> f32 {
    let part = flow.part(Element::Paragraph);
    let suffix = head.issuer_suffix.as_deref().unwrap_or_default();
    // What follows a joint mark stands lower than the first name.
    let beside = if head.issuers.len() == 1 { suffix } else { "" };
    let first = head.issuers[0].chars().chain(beside.chars());
    let top = first.map(|ch| flow.shaper.top_of(Role::Title, ch)).fold(0.0, f32::max);
    let start = plate.lines.len();
    let foot = match &head.issuers[..] {
        [issuer] => {
            let words = format!("{issuer}{suffix}");
            single_mark(plate, &words, part, top, flow)
        }
        issuers => joint_mark(plate, (issuers, suffix), part, [top, highest], flow),
    };
    let runs = plate.lines[start..].iter_mut().flat_map(|(line, _)| &mut line.runs);
    runs.for_each(|run| run.ink = Ink::Red);
    foot
}

fn style(size: f32) -> Style {
    Style { size, cell: size }
}

fn single_mark(plate: &mut Plate, words: &str, part: Part, top: f32, flow: &mut Flow) -> f32 {
    let em = flow.shaper.shape(&[(Role::Title, words)], style(1.0), part).natural_width();
    let size = (law::TYPE_WIDTH / em).clamp(SMALLEST_MARK, LARGEST_MARK);
    let text = flow.shaper.shape(&[(Role::Title, words)], style(size), part);
    let measure = flow.area.centred();
    let mut baseline = law::MARK_DROP + top * size;
    // As wide as the line is one line, whatever rounding says.
    let lines = if size > SMALLEST_MARK {
        vec![set_whole(&text, measure)]
    } else {
        title::break_title(&text, measure).iter().map(|range| set_line(&text, range, measure)).collect()
    };
    for line in lines {
        plate.lines.push((line, baseline));
        baseline += MARK_LEADING * size;
    }
    baseline - MARK_LEADING * size + 0.12 * size
}

/// The names below each other, all as wide as the widest, the lead's first; what follows them, to their right at half height.
fn joint_mark(
    plate: &mut Plate,
    (issuers, suffix): (&[String], &str),
    part: Part,
    [top, highest]: [f32; 2],
    flow: &mut Flow,
) -> f32 {
    let mut shaped = |words: &str, size: f32| flow.shaper.shape(&[(Role::Title, words)], style(size), part);
    let widest = issuers.iter().map(|name| shaped(name, 1.0).natural_width()).fold(0.0, f32::max);
    let after = shaped(suffix, 1.0).natural_width();
    let gap = if suffix.is_empty() { 0.0 } else { MARK_GAP };
    let rows = issuers.len() as f32;
    let fits = (law::TYPE_WIDTH / (widest + gap + after)).min(highest / (rows * MARK_LEADING));
    let size = fits.clamp(SMALLEST_JOINT_MARK, LARGEST_MARK);
    let left = (law::TYPE_WIDTH - (widest + gap + after) * size) / 2.0;
    let first = law::MARK_DROP + top * size;
    let line = |text: &Text, left: f32| {
        let measure =
            Measure { left: law::LEFT_MARGIN + left, width: law::TYPE_WIDTH, indent: 0.0, fit: Fit::Left };
        set_whole(text, measure)
    };
    for (row, name) in issuers.iter().enumerate() {
        let mut text = shaped(name, size);
        text.spread(widest * size);
        plate.lines.push((line(&text, left), first + row as f32 * MARK_LEADING * size));
    }
    if !suffix.is_empty() {
        let text = shaped(suffix, size);
        let middle = first + (rows - 1.0) / 2.0 * MARK_LEADING * size;
        plate.lines.push((line(&text, left + (widest + gap) * size), middle));
    }
    first + (rows - 1.0) * MARK_LEADING * size + 0.12 * size
}

/// 发文字号 in the middle (7.2.5); beside 签发人 (7.2.6), which stand two a line at the right, it stands at the left of their
/// last line. Where two names and the number are too long for a line, each name has its own, and the number the next, if it
/// must.
fn number_and_signatories(plate: &mut Plate, head: &Head, flow: &mut Flow) {
    let inset = law::SIGNATORY_INSET as f32 * law::CELL;
    let number = head.number.as_ref().map(|number| flow.text(&[(Role::Fang, number)]));
    let line = |row: usize| row as f32 * law::LINE + baseline(law::LINE, law::SIZE_3);
    let start = plate.height;
    let mut last = 0;
    if head.signatories.is_empty() {
        if let Some(number) = &number {
            plate.put(number, 0.0, Fit::Center, start + line(0));
        }
    } else {
        let part = flow.part(Element::Paragraph);
        let label = flow.shaper.shape(&[(Role::Fang, "签发人：")], BODY, part);
        let shaped = |name: &String| flow.shaper.shape(&[(Role::Kai, name)], BODY, part);
        let names: Vec<Text> = head.signatories.iter().map(shaped).collect();
        // The colon's cell ends where the names begin.
        let label_width = 4.0 * law::CELL;
        let beside = number.as_ref().map_or(0.0, |number| number.natural_width() + law::CELL);
        let room = law::TYPE_WIDTH - 2.0 * inset - label_width;
        let columns = |in_line: usize| -> Vec<f32> {
            let of = |column: usize| names.iter().skip(column).step_by(in_line).map(Text::natural_width);
            (0..in_line.min(names.len())).map(|column| of(column).fold(0.0, f32::max)).collect()
        };
        let width = |columns: &[f32]| columns.iter().sum::<f32>() + (columns.len() - 1) as f32 * law::CELL;
        let mut in_line = law::SIGNATORIES_A_LINE;
        if width(&columns(in_line)) + beside > room {
            in_line = 1;
        }
        let columns = columns(in_line);
        last = (names.len() - 1) / in_line;
        let number_row = if width(&columns) + beside > room { last + 1 } else { last };
        if let Some(number) = &number {
            plate.put(number, inset, Fit::Left, start + line(number_row));
            last = number_row;
        }
        let left = law::TYPE_WIDTH - inset - width(&columns);
        plate.put(&label, left - label_width, Fit::Left, start + line(0));
        for (index, name) in names.iter().enumerate() {
            let before = &columns[..index % in_line];
            let from = before.iter().sum::<f32>() + before.len() as f32 * law::CELL;
            plate.put(name, left + from, Fit::Left, start + line(index / in_line));
        }
    }
    // The foot of the characters, from which the red line hangs.
    plate.height = start + last as f32 * law::LINE + (law::LINE + law::SIZE_3) / 2.0;
}
