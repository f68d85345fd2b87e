//! Charts: bars, strokes and labels with their places, for every format that draws.
//!
//! Horizontal bars, because Chinese names are long and stand at their left; under them a scale of round numbers, above
//! them the key. Widths of type are estimated, a full-width character at 1 em and any other at 0.55 em, so that no face is
//! needed. The parser limits what comes here; [`draw`] keeps within the type area's width and one page.

use super::kind;
use crate::document::han::is_wide;
use crate::document::{Bars, Chart};
use crate::policy::gbt9704 as law;

/// The greys of the series in black and white, 0 black to 1 white: neighbours differ most.
pub const SHADES: [f32; 6] = [0.25, 0.70, 0.45, 0.82, 0.08, 0.58];

/// Whether a label on a series is white rather than black.
pub fn light_ink(series: usize) -> bool {
    SHADES[series % SHADES.len()] < 0.5
}

/// A drawn chart, without its caption; lengths in points, origin at the top left.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawing {
    /// The type area's.
    pub width: f32,
    /// Less than a page.
    pub height: f32,
    /// Lines; the light ones lie behind the bars, the others before them.
    pub strokes: Vec<Stroke>,
    /// The key's squares, if there is a key, one a series; then the bars from the top down.
    pub bars: Vec<Bar>,
    /// All that is written, in reading order.
    pub labels: Vec<Label>,
}

/// A filled rectangle in the shade of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// To the right.
    pub width: f32,
    /// Downwards.
    pub height: f32,
    /// Its series, which chooses its shade.
    pub series: usize,
}

/// A line, as the rectangle that it fills.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// To the right.
    pub width: f32,
    /// Downwards.
    pub height: f32,
    /// A line of the grid, not the axis.
    pub light: bool,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Where its anchor is.
    pub x: f32,
    /// Distance of the baseline from the top.
    pub baseline: f32,
    /// Which point of it is at `x`.
    pub anchor: Anchor,
    /// Size of type.
    pub size: f32,
    /// The text.
    pub text: String,
    /// The series on whose bar it stands: see [`light_ink`].
    pub on: Option<usize>,
}

/// Which point of a label is at its `x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

impl Label {
    /// Left edge, top, right edge and bottom, with the width estimated.
    fn edges(&self) -> [f32; 4] {
        let width = self.size * ems(&self.text);
        let left = self.x
            - match self.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => width / 2.0,
                Anchor::End => width,
            };
        [left, self.baseline - 0.88 * self.size, left + width, self.baseline + 0.12 * self.size]
    }
}

/// How the rows are set.
struct Rows {
    /// Size of the names, and of their second line below the first.
    size: f32,
    leading: f32,
    /// A name wider than this is set in two lines; none where there is no room for two.
    column: Option<f32>,
    /// From one bar to the next in a group, and how much of it is the bar.
    pitch: f32,
    bar: f32,
    /// Between two categories.
    gap: f32,
}

/// As long as the chart stays well below a page.
const ROOMY: Rows = Rows { size: 10.5, leading: 12.5, column: Some(150.0), pitch: 13.0, bar: 12.0, gap: 9.0 };
/// For charts of many bars.
const TIGHT: Rows = Rows { size: 9.0, leading: 10.5, column: None, pitch: 10.0, bar: 9.5, gap: 5.5 };
/// The most that the bars take in height.
const MOST_HEIGHT: f32 = 470.0;
/// The widest that names may be where they stand in one line; longer ones shrink.
const WIDEST: f32 = law::TYPE_WIDTH / 2.0;

/// Where the values end: widths are estimates, and some faces have wide figures.
const RIGHT: f32 = law::TYPE_WIDTH - 3.0;
/// Values, the scale and the key.
const SMALL: f32 = 9.0;
/// Between a bar and what is written beside it, and in it on either side.
const BESIDE: f32 = 4.0;
/// Between the names and the bars.
const ASIDE: f32 = 7.0;
/// The key: side of its squares, from square to name, from name to the next square, from line to line.
const KEY: (f32, f32, f32, f32) = (8.0, 4.0, 16.0, 13.0);
/// Between the key and the bars.
const BELOW_KEY: f32 = 5.0;
/// From the foot of the bars to the baseline of the scale, and from there to the foot of the drawing.
const SCALE: (f32, f32) = (12.0, 2.0);
/// Lines of the grid, and the axis.
const HAIR: (f32, f32) = (0.4, 0.7);
/// Between two numbers of the scale, at least.
const APART: f32 = 5.0;

/// Estimated width of a text in em.
fn ems(text: &str) -> f32 {
    text.chars().map(|c| if is_wide(c) { 1.0 } else { 0.55 }).sum()
}

/// Baseline of a line of type whose middle is at `y`.
fn centred(y: f32, size: f32) -> f32 {
    y + 0.36 * size
}

/// The places of everything in a chart.
pub fn draw(chart: &Chart) -> Drawing {
    let roomy = Names::new(chart, &ROOMY);
    let names = if roomy.row * chart.categories.len() as f32 <= MOST_HEIGHT {
        roomy
    } else {
        Names::new(chart, &TIGHT)
    };
    let mut drawing = Drawing { width: law::TYPE_WIDTH, ..Drawing::default() };
    let ends = ends(chart);
    let scale = Scale::new(chart, names.width + ASIDE, &ends);
    let top = key(&mut drawing, chart, scale.left);
    let foot = top + names.row * chart.categories.len() as f32;
    for category in 0..chart.categories.len() {
        let middle = top + names.row * (category as f32 + 0.5);
        names.draw(&mut drawing, category, middle);
        let bars = bars(chart);
        for bar in 0..bars {
            let y = middle + names.rows.pitch * (bar as f32 - (bars - 1) as f32 / 2.0);
            let series = if chart.bars == Bars::Grouped { bar..bar + 1 } else { 0..chart.series.len() };
            let parts = series.map(|series| (series, &chart.series[series].values[category]));
            scale.bar(&mut drawing, (y, names.rows.bar), parts, chart.bars);
            let (value, text) = &ends[category * bars + bar];
            let (x, anchor) = match *value < 0.0 {
                true => (scale.x(*value) - BESIDE, Anchor::End),
                false => (scale.x(*value) + BESIDE, Anchor::Start),
            };
            drawing.labels.push(Label {
                x,
                baseline: centred(y, SMALL),
                anchor,
                size: SMALL,
                text: text.clone(),
                on: None,
            });
        }
    }
    scale.draw(&mut drawing, top, foot);
    drawing.height = foot + SCALE.0 + SCALE.1;
    drawing
}

/// How many bars a category has.
fn bars(chart: &Chart) -> usize {
    if chart.bars == Bars::Grouped { chart.series.len() } else { 1 }
}

/// What stands at the end of each bar, and where that is on the scale.
fn ends(chart: &Chart) -> Vec<(f64, String)> {
    let of = |category: usize| match chart.bars {
        Bars::Grouped => chart.series.iter().map(|series| series.values[category].clone()).collect(),
        Bars::Stacked => {
            let total = chart.series.iter().map(|series| series.values[category].0).sum();
            vec![(total, chart.total(category))]
        }
    };
    (0..chart.categories.len()).flat_map(of).collect()
}

/// The key, its lines as far to the right as the bars begin if they are not too long; returns where it ends.
fn key(drawing: &mut Drawing, chart: &Chart, axis: f32) -> f32 {
    if chart.series.len() < 2 {
        return 0.0;
    }
    let (side, after, between, leading) = KEY;
    let mut lines: Vec<Vec<(usize, f32)>> = vec![Vec::new()];
    let (mut x, mut widest) = (0.0, 0.0f32);
    for (index, series) in chart.series.iter().enumerate() {
        let width = side + after + SMALL * ems(&series.label);
        if x > 0.0 && x + width > law::TYPE_WIDTH {
            lines.push(Vec::new());
            x = 0.0;
        }
        lines.last_mut().into_iter().for_each(|line| line.push((index, x)));
        widest = widest.max(x + width);
        x += width + between;
    }
    let left = axis.min(law::TYPE_WIDTH - widest).max(0.0);
    for (number, line) in lines.iter().enumerate() {
        let middle = leading * (number as f32 + 0.5);
        for &(series, x) in line {
            let x = left + x;
            drawing.bars.push(Bar { x, y: middle - side / 2.0, width: side, height: side, series });
            drawing.labels.push(Label {
                x: x + side + after,
                baseline: centred(middle, SMALL),
                anchor: Anchor::Start,
                size: SMALL,
                text: chart.series[series].label.clone(),
                on: None,
            });
        }
    }
    leading * lines.len() as f32 + BELOW_KEY
}

/// The names of the categories, set in lines.
struct Names {
    rows: &'static Rows,
    lines: Vec<Vec<String>>,
    size: f32,
    width: f32,
    /// Height of a category.
    row: f32,
}

impl Names {
    fn new(chart: &Chart, rows: &'static Rows) -> Self {
        let wrap = |name: &String| match rows.column {
            Some(column) if rows.size * ems(name) > column => in_two(name),
            _ => vec![name.clone()],
        };
        let lines: Vec<Vec<String>> = chart.categories.iter().map(wrap).collect();
        let widest = lines.iter().flatten().map(|line| ems(line)).fold(0.5, f32::max);
        let size = rows.size.min(rows.column.unwrap_or(WIDEST) / widest);
        let most = lines.iter().map(Vec::len).max().unwrap_or(1);
        let row = (rows.pitch * bars(chart) as f32).max(rows.leading * most as f32) + rows.gap;
        Self { rows, lines, size, width: size * widest, row }
    }

    fn draw(&self, drawing: &mut Drawing, category: usize, middle: f32) {
        let lines = &self.lines[category];
        for (number, line) in lines.iter().enumerate() {
            let y = middle + self.rows.leading * (number as f32 - (lines.len() - 1) as f32 / 2.0);
            drawing.labels.push(Label {
                x: self.width,
                baseline: centred(y, self.size),
                anchor: Anchor::End,
                size: self.size,
                text: line.clone(),
                on: None,
            });
        }
    }
}

/// A name in two lines of nearly one length, where it may be broken.
fn in_two(name: &str) -> Vec<String> {
    let may_break = |&(at, after): &(usize, char)| {
        let Some(before) = name[..at].chars().last() else { return false };
        let (left, right) = (kind::of(before), kind::of(after));
        let word = left.is_western() && right.is_western() && before != ' ' && after != ' ';
        !word && !left.never_last(before) && !right.never_first(after)
    };
    let longer = |at: usize| ems(&name[..at]).max(ems(&name[at..]));
    let breaks = name.char_indices().filter(may_break).map(|(at, _)| at);
    match breaks.min_by(|&a, &b| longer(a).total_cmp(&longer(b))) {
        Some(at) => vec![name[..at].trim().to_owned(), name[at..].trim().to_owned()],
        None => vec![name.to_owned()],
    }
}

/// From values to places.
struct Scale {
    /// Left edge of the scale's first step.
    left: f32,
    /// A step's width, and its value.
    width: f32,
    step: f64,
    /// The first and the last of the steps' ends.
    from: i64,
    to: i64,
    /// What is written under them.
    ticks: Vec<String>,
}

impl Scale {
    /// The scale with most ticks whose numbers stand apart; `aside` is the width of the names.
    fn new(chart: &Chart, aside: f32, ends: &[(f64, String)]) -> Self {
        let beside = |text: &str| BESIDE + SMALL * ems(text);
        let negative = ends.iter().filter(|(value, _)| *value < 0.0);
        let aside = aside + negative.map(|(_, text)| beside(text)).fold(0.0, f32::max);
        let low = ends.iter().map(|(value, _)| *value).fold(0.0, f64::min);
        let high = ends.iter().map(|(value, _)| *value).fold(0.0, f64::max);
        let whole = ends.iter().all(|(value, _)| value.fract() == 0.0);
        let make = |most: i64| {
            let (step, decimals, from, to) = steps(low, high, whole, most);
            let print = |tick| chart.print(tick as f64 * step, if tick == 0 { 0 } else { decimals });
            let ticks: Vec<String> = (from..=to).map(print).collect();
            let half = |text: Option<&String>| text.map_or(0.0, |text| SMALL * ems(text) / 2.0);
            let left = aside.max(half(ticks.first()));
            let mut width = (RIGHT - left - half(ticks.last())) / (to - from) as f32;
            for (value, text) in ends.iter().filter(|(value, _)| *value >= 0.0) {
                let along = (value / step) as f32 - from as f32;
                if along > 0.0 {
                    width = width.min((RIGHT - left - beside(text)) / along);
                }
            }
            Self { left, width, step, from, to, ticks }
        };
        let apart = |scale: &Self| {
            let room = |pair: &[String]| SMALL * (ems(&pair[0]) + ems(&pair[1])) / 2.0 + APART;
            scale.ticks.windows(2).all(|pair| room(pair) <= scale.width)
        };
        (3..=5).rev().map(make).find(apart).unwrap_or_else(|| make(2))
    }

    fn x(&self, value: f64) -> f32 {
        self.left + self.width * ((value / self.step) as f32 - self.from as f32)
    }

    /// One bar of one part or several, each with its value in it where there is room.
    fn bar<'c>(
        &self,
        drawing: &mut Drawing,
        (middle, height): (f32, f32),
        parts: impl Iterator<Item = (usize, &'c (f64, String))>,
        kind: Bars,
    ) {
        let mut before = 0.0;
        for (series, (value, text)) in parts.filter(|(_, (value, _))| *value != 0.0) {
            let (from, to) = (self.x(before), self.x(before + value));
            before += value;
            let (x, width) = (from.min(to), (to - from).abs());
            drawing.bars.push(Bar { x, y: middle - height / 2.0, width, height, series });
            if kind == Bars::Stacked && SMALL * ems(text) + BESIDE <= width {
                drawing.labels.push(Label {
                    x: x + width / 2.0,
                    baseline: centred(middle, SMALL),
                    anchor: Anchor::Middle,
                    size: SMALL,
                    text: text.clone(),
                    on: Some(series),
                });
            }
        }
    }

    /// The numbers of the scale, its grid, which makes way for the labels, and the axis at zero.
    fn draw(&self, drawing: &mut Drawing, top: f32, foot: f32) {
        let beside: Vec<[f32; 4]> =
            drawing.labels.iter().filter(|label| label.on.is_none()).map(Label::edges).collect();
        for (tick, text) in (self.from..=self.to).zip(&self.ticks) {
            let x = self.left + self.width * (tick - self.from) as f32;
            drawing.labels.push(Label {
                x,
                baseline: foot + SCALE.0,
                anchor: Anchor::Middle,
                size: SMALL,
                text: text.clone(),
                on: None,
            });
            let (light, thin) = (tick != 0, if tick == 0 { HAIR.1 } else { HAIR.0 });
            let mut line = |from: f32, to: f32| {
                if to > from {
                    let (y, height) = (from, to - from);
                    drawing.strokes.push(Stroke { x: x - thin / 2.0, y, width: thin, height, light });
                }
            };
            let mut from = top;
            let in_way = |[left, above, right, _]: &&[f32; 4]| {
                light && *left < x + BESIDE && x - BESIDE < *right && *above >= top
            };
            for [_, above, _, below] in beside.iter().filter(in_way) {
                line(from, *above);
                from = *below;
            }
            line(from, foot);
        }
    }
}

/// A step of 1, 2 or 5 times a power of ten, its decimals, and the first and the last of at most `most` steps around 0.
fn steps(low: f64, high: f64, whole: bool, most: i64) -> (f64, usize, i64, i64) {
    let span = (high - low) / most as f64;
    // The power at or below the smallest step that can be enough.
    let mut power = if span > 0.0 { span.log10().floor() as i32 } else { 0 };
    if whole {
        power = power.max(0);
    }
    loop {
        for digit in [1.0, 2.0, 5.0] {
            let step = if power < 0 { digit / 10f64.powi(-power) } else { digit * 10f64.powi(power) };
            let (from, to) = ((low / step).floor() as i64, (high / step).ceil() as i64);
            if to - from <= most {
                let decimals = usize::try_from(-power).unwrap_or(0);
                // A scale has three ticks at least.
                let short = (2 - (to - from)).max(0);
                return if high > 0.0 || low == 0.0 {
                    (step, decimals, from, to + short)
                } else {
                    (step, decimals, from - short, to)
                };
            }
        }
        power += 1;
    }
}
