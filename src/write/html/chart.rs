//! A chart's drawing as the values that the page's template makes an inline SVG of.

use tera::Value;

use super::map;
use crate::document::Chart;
use crate::typeset::chart::{Anchor, Bar, Label, Stroke, draw, light_ink};

/// `width`, `height`, and in the order in which they are painted `grid`, `bars`, `axis`, `labels`.
pub(super) fn drawing(chart: &Chart) -> Value {
    let drawing = draw(chart);
    let bar = |bar: &Bar| {
        let place = [("x", bar.x), ("y", bar.y), ("width", bar.width), ("height", bar.height)];
        let [x, y, width, height] = place.map(|(key, length)| (key, at(length)));
        map([x, y, width, height, ("series", bar.series.into())])
    };
    let stroke = |line: &Stroke| {
        let place = [("x", line.x), ("y", line.y), ("width", line.width), ("height", line.height)];
        map(place.map(|(key, length)| (key, at(length))))
    };
    let strokes = |light: bool| -> Value {
        let strokes = drawing.strokes.iter().filter(|line| line.light == light);
        strokes.map(stroke).collect::<Vec<_>>().into()
    };
    map([
        ("width", at(drawing.width)),
        ("height", at(drawing.height)),
        ("grid", strokes(true)),
        ("bars", drawing.bars.iter().map(bar).collect::<Vec<_>>().into()),
        ("axis", strokes(false)),
        ("labels", drawing.labels.iter().map(label).collect::<Vec<_>>().into()),
    ])
}

fn label(label: &Label) -> Value {
    let anchor = match label.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let on = label.on.map(|series| if light_ink(series) { "deep" } else { "pale" });
    map([
        ("x", at(label.x)),
        ("y", at(label.baseline)),
        ("anchor", anchor.into()),
        ("size", at(label.size)),
        ("on", on.into()),
        ("text", label.text.as_str().into()),
    ])
}

/// A length with at most two decimals.
fn at(length: f32) -> Value {
    let text = format!("{length:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned().into()
}
