//! A chart on the page: the drawing as rules and lines of type, its caption below it.

use super::chart::{Anchor, SHADES, draw, light_ink};
use super::lines::{Fit, Measure, set_whole};
use super::piece::{Flow, Plate, baseline};
use super::role::Role;
use super::shape::Style;
use super::tree::Element;
use super::{Ink, Rule, table};
use crate::document::{Bars, Chart};
use crate::policy::gbt9704 as law;

/// Above the drawing and between it and its caption.
const AIR: f32 = 6.0;
/// White between two segments of a bar.
const BETWEEN: f32 = 0.5;
const GRID: Ink = Ink::Grey(0.75);

/// The chart as one plate. Its caption is read first, then its words, which stand for the labels.
pub(super) fn plate(chart: &Chart, flow: &mut Flow) -> Plate {
    let area = flow.area;
    let caption_part = flow.part(Element::Paragraph);
    let caption = table::caption((&chart.number, &chart.caption), area, caption_part, flow.shaper);
    let part = flow.part(Element::Figure(chart.description()));
    let drawing = draw(chart);
    let caption_height = caption.len() as f32 * law::LINE;
    // The parser limits captions, so that most of the page is left.
    let scale = ((area.height - caption_height - 2.0 * AIR) / drawing.height).clamp(0.1, 1.0);
    let left = area.left + (area.width - drawing.width * scale) / 2.0;
    let foot = AIR + drawing.height * scale + AIR;

    let mut plate = Plate { height: foot + caption_height, ..Plate::default() };
    for (row, line) in caption.into_iter().enumerate() {
        plate.lines.push((line, foot + row as f32 * law::LINE + baseline(law::LINE, law::SIZE_SMALL_4)));
    }
    let rule = |[x, y, width, height]: [f32; 4], ink| Rule {
        x: left + x * scale,
        y: AIR + y * scale,
        width: width * scale,
        height: height * scale,
        ink,
        part,
    };
    let strokes = |light: bool, ink| {
        let strokes = drawing.strokes.iter().filter(move |stroke| stroke.light == light);
        strokes.map(move |stroke| rule([stroke.x, stroke.y, stroke.width, stroke.height], ink))
    };
    let between = if chart.bars == Bars::Stacked { BETWEEN } else { 0.0 };
    let bars = drawing.bars.iter().map(|bar| {
        let width = if bar.width > 2.0 * between { bar.width - between } else { bar.width };
        rule([bar.x, bar.y, width, bar.height], Ink::Grey(SHADES[bar.series % SHADES.len()]))
    });
    plate.rules.extend(strokes(true, GRID).chain(bars).chain(strokes(false, Ink::BLACK)));
    for label in &drawing.labels {
        let size = label.size * scale;
        let text = flow.shaper.shape(&[(Role::Hei, &label.text)], Style { size, cell: size }, part);
        if text.atoms.is_empty() {
            continue;
        }
        let width = text.natural_width();
        let before = match label.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => width / 2.0,
            Anchor::End => width,
        };
        let measure = Measure { left: left + label.x * scale - before, width, indent: 0.0, fit: Fit::Left };
        let mut line = set_whole(&text, measure);
        if label.on.is_some_and(light_ink) {
            line.runs.iter_mut().for_each(|run| run.ink = Ink::Grey(1.0));
        }
        plate.lines.push((line, AIR + label.baseline * scale));
    }
    plate
}
