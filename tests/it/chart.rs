//! Charts: how Markdown asks for one, and how it is drawn, whatever its values.

use crate::common;
use banjie::diagnostic::Lang;
use banjie::document::parse::prose_faults;
use banjie::document::{Bars, Block, Chart, Document, Inline, Series, plain};
use banjie::policy::gbt9704 as law;
use banjie::typeset::chart::{Anchor, Bar, Drawing, Label, SHADES, draw, light_ink};
use proptest::prelude::*;

const TABLE: &str =
    "| 来源 | 合计 | 主办 | 会办 |\n| :-- | --: | --: | --: |\n| 省 | 13 | 9 | [4](figure:assist) |\n\n";

fn parse(markdown: &str) -> (Document, Vec<String>) {
    let (document, faults) = common::parse(markdown);
    (document, faults.iter().map(|fault| fault.message.get(Lang::En).to_owned()).collect())
}

#[test]
fn an_image_after_a_table_is_its_chart() {
    let markdown = format!(
        "{TABLE}![共[13](figure:total)件](chart:stacked)\n\n# 附件\n\n{TABLE}![乙](chart:grouped)\n\n后文"
    );
    let (document, faults) = parse(&format!("# 题\n\n{markdown}"));
    assert_eq!(faults, [""; 0]);
    let [Block::Table(_), Block::Chart(first)] = &document.body[..] else {
        unreachable!("{:?}", document.body)
    };
    assert_eq!((&*first.number, &*plain(&first.caption), first.bars), ("图1", "共13件", Bars::Stacked));
    assert!(matches!(&first.caption[1], Inline::Figure { name, .. } if name == "total"));
    assert_eq!(first.description(), "省：主办9、会办4。");
    let [Block::Table(_), Block::Chart(second), Block::Paragraph(_)] = &document.annexes[0].blocks[..] else {
        unreachable!("{:?}", document.annexes)
    };
    assert_eq!((&*second.number, second.bars), ("图2", Bars::Grouped));
}

#[test]
fn an_image_is_nothing_else() {
    let chart = "![甲](chart:stacked)";
    for (wrong, said) in [
        (chart.to_owned(), "just after its table"),
        (format!("{TABLE}文字\n\n{chart}"), "just after its table"),
        (format!("{TABLE}{chart}\n\n{chart}"), "just after its table"),
        (format!("{TABLE}{chart}{chart}"), "a paragraph of its own"),
        (format!("{TABLE}见{chart}"), "a paragraph of its own"),
        (format!("{TABLE}{chart}。"), "a paragraph of its own"),
        (format!("{TABLE}**{chart}**"), "a paragraph of its own"),
        (format!("{TABLE}[{chart}](figure:total)"), "a paragraph of its own"),
        (format!("## {chart}"), "a paragraph of its own"),
        (format!("| {chart} |\n| -- |\n| 1 |"), "a paragraph of its own"),
        (format!("{TABLE}![甲](chart:pie)"), "there is no chart:pie"),
        (format!("{TABLE}![](chart:stacked)"), "no caption"),
        (format!("{}![甲](chart:stacked)", TABLE.replace('9', "9%")), "some have none"),
        (format!("{TABLE}![甲](pie.png)"), "an image"),
        (format!("{}![甲](chart:stacked)", TABLE.replace('9', "—")), "\"—\" is not"),
    ] {
        let (_, faults) = parse(&format!("# 题\n\n{wrong}"));
        assert!(faults.len() == 1 && faults[0].contains(said), "{wrong}: {faults:?}");
    }
    let nested = parse(&format!("# 题\n\n{TABLE}![{chart}](chart:stacked)")).1;
    assert!(nested.iter().any(|fault| fault.contains("a paragraph of its own")), "{nested:?}");
    assert!(prose_faults(&format!("{TABLE}{chart}")).is_empty());
}

#[test]
fn shades_can_be_told_apart_and_written_on() {
    let mut shades = SHADES;
    shades.sort_by(f32::total_cmp);
    assert!(shades.windows(2).all(|pair| pair[1] - pair[0] >= 0.11));
    assert!(SHADES.windows(2).all(|pair| (pair[1] - pair[0]).abs() >= 0.2));
    for (series, shade) in SHADES.iter().enumerate() {
        let light = shade.powf(2.2);
        let contrast = if light_ink(series) { 1.05 / (light + 0.05) } else { (light + 0.05) / 0.05 };
        assert!(contrast >= 4.5, "{series}: {contrast}");
    }
}

fn width(label: &Label) -> f32 {
    let em = |c: char| if c.is_ascii() { 0.55 } else { 1.0 };
    label.text.chars().map(em).sum::<f32>() * label.size
}

/// Left, top, right, bottom.
fn edges(label: &Label) -> [f32; 4] {
    let left = match label.anchor {
        Anchor::Start => label.x,
        Anchor::Middle => label.x - width(label) / 2.0,
        Anchor::End => label.x - width(label),
    };
    [left, label.baseline - 0.88 * label.size, left + width(label), label.baseline + 0.12 * label.size]
}

fn overlap(a: [f32; 4], b: [f32; 4]) -> bool {
    let slack = 0.01;
    a[0] + slack < b[2] && b[0] + slack < a[2] && a[1] + slack < b[3] && b[1] + slack < a[3]
}

fn of_bar(bar: &Bar) -> [f32; 4] {
    [bar.x, bar.y, bar.x + bar.width, bar.y + bar.height]
}

/// What must hold for any chart.
fn sound(chart: &Chart, drawing: &Drawing) -> Result<(), TestCaseError> {
    prop_assert_eq!(drawing.width, law::TYPE_WIDTH);
    prop_assert!(drawing.height <= law::TYPE_HEIGHT - 2.0 * law::LINE, "{}", drawing.height);
    let strokes = drawing.strokes.iter().map(|s| [s.x, s.y, s.x + s.width, s.y + s.height]);
    let labels: Vec<_> = drawing.labels.iter().map(edges).collect();
    for [left, top, right, bottom] in
        drawing.bars.iter().map(of_bar).chain(strokes).chain(labels.iter().copied())
    {
        prop_assert!(left >= -0.01 && top >= -0.01 && left <= right && top <= bottom);
        prop_assert!(right <= drawing.width + 0.01 && bottom <= drawing.height + 0.01, "{right} {bottom}");
    }
    for (index, label) in drawing.labels.iter().enumerate() {
        prop_assert!((7.0..=10.5).contains(&label.size), "{label:?}");
        for other in index + 1..labels.len() {
            prop_assert!(!overlap(labels[index], labels[other]), "{label:?} {:?}", drawing.labels[other]);
        }
        // A label lies on its own series or on none.
        for bar in drawing.bars.iter().filter(|bar| overlap(labels[index], of_bar(bar))) {
            prop_assert_eq!(label.on, Some(bar.series));
            prop_assert!(bar.x <= labels[index][0] && labels[index][2] <= bar.x + bar.width);
        }
    }
    let ticks = drawing.labels.iter().filter(|l| l.anchor == Anchor::Middle && l.on.is_none()).count();
    prop_assert!((3..=6).contains(&ticks), "{ticks}");
    prop_assert_eq!(drawing.strokes.iter().filter(|stroke| !stroke.light).count(), 1);
    for stroke in drawing.strokes.iter().filter(|stroke| stroke.light) {
        let line = [stroke.x, stroke.y, stroke.x + stroke.width, stroke.y + stroke.height];
        let free = labels
            .iter()
            .zip(&drawing.labels)
            .all(|(edges, label)| label.on.is_some() || !overlap(line, *edges));
        prop_assert!(free, "a line of the grid runs through a label");
    }
    proportional(chart, drawing)
}

/// Bars are as long as their values, stand on the axis, and the parts of one touch.
fn proportional(chart: &Chart, drawing: &Drawing) -> Result<(), TestCaseError> {
    let axis = drawing.strokes.iter().find(|stroke| !stroke.light).map(|s| s.x + s.width / 2.0).unwrap();
    let keys = if chart.series.len() > 1 { chart.series.len() } else { 0 };
    let mut bars = drawing.bars[keys..].iter();
    let mut scale: Option<f64> = None;
    for category in 0..chart.categories.len() {
        let mut end = axis;
        for (index, series) in chart.series.iter().enumerate().filter(|(_, s)| s.values[category].0 != 0.0) {
            let (value, bar) = (series.values[category].0, bars.next().unwrap());
            prop_assert_eq!(bar.series, index);
            let start = if chart.bars == Bars::Stacked { end } else { axis };
            let begins = if value < 0.0 { bar.x + bar.width } else { bar.x };
            prop_assert!((begins - start).abs() < 0.01, "{begins} {start}");
            end = bar.x + bar.width;
            if bar.width > 20.0 {
                let found = f64::from(bar.width) / value.abs();
                let scale = *scale.get_or_insert(found);
                prop_assert!((found / scale - 1.0).abs() < 0.01, "{found} {scale}");
            }
        }
    }
    prop_assert!(bars.next().is_none());
    Ok(())
}

fn name() -> impl Strategy<Value = String> {
    "[市人大代表建议政协提案“”（）、A-Z0-9]{1,24}"
}

/// Any chart that the parser lets through.
fn charts() -> impl Strategy<Value = Chart> {
    let size = (1usize..=6, 1usize..=30, any::<bool>());
    let size = size.prop_map(|(series, categories, grouped)| {
        (series, if grouped { categories.min(36 / series) } else { categories }, grouped)
    });
    let number = move |(series, categories, grouped)| {
        let number = prop_oneof![
            4 => (0i64..200).prop_map(|n| n.to_string()),
            1 => Just("0".to_owned()),
            1 => (0i64..9_999_999_999).prop_map(|n| n.to_string()),
            1 => (0u32..100_000).prop_map(|n| format!("{:.2}%", f64::from(n) / 100.0)),
            1 => (-999_999_999i64..0)
                .prop_map(move |n| if grouped { n.to_string() } else { (-n).to_string() }),
            1 => (0i64..999).prop_map(|n| format!("0.{n:08}")),
        ];
        let values = prop::collection::vec(number, categories);
        let series = prop::collection::vec((name(), values), series);
        (prop::collection::vec(name(), categories), series, Just(grouped))
    };
    size.prop_flat_map(number).prop_map(|(categories, series, grouped)| {
        let value = |text: String| (text.trim_end_matches('%').parse().unwrap(), text);
        let series = series
            .into_iter()
            .map(|(label, values)| Series { label, values: values.into_iter().map(value).collect() });
        Chart {
            number: "图1".to_owned(),
            caption: Vec::new(),
            bars: if grouped { Bars::Grouped } else { Bars::Stacked },
            categories,
            series: series.collect(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
    #[test]
    fn any_chart_is_drawn_well(chart in charts()) {
        sound(&chart, &draw(&chart))?;
    }
}

fn stacked(rows: &[(&str, &[u32])]) -> Chart {
    let series = |index: usize| Series {
        label: ["主办", "承办", "会办"][index].to_owned(),
        values: rows
            .iter()
            .map(|(_, values)| (f64::from(values[index]), values[index].to_string()))
            .collect(),
    };
    Chart {
        number: "图1".to_owned(),
        caption: Vec::new(),
        bars: Bars::Stacked,
        categories: rows.iter().map(|(name, _)| (*name).to_owned()).collect(),
        series: (0..rows[0].1.len()).map(series).collect(),
    }
}

fn texts(drawing: &Drawing) -> Vec<(&str, Option<usize>)> {
    drawing.labels.iter().map(|label| (&*label.text, label.on)).collect()
}

#[test]
fn a_table_of_more_columns_than_a_page_shows_is_a_fault() {
    let table = |columns: usize| {
        let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(columns));
        [row("列"), row("--"), row("甲")].concat()
    };
    assert_eq!(common::parse(&table(24)).1, []);
    let faults = common::parse(&table(25)).1;
    assert_eq!(faults.len(), 1);
    assert!(faults[0].message.get(Lang::En).contains("more than 24 columns"), "{faults:?}");
}

#[test]
fn a_stacked_chart_has_key_names_parts_totals_and_scale() {
    let drawing = draw(&stacked(&[("省人大代表建议", &[9, 1, 30]), ("市政协提案", &[22, 3, 62])]));
    assert_eq!(
        texts(&drawing),
        [
            ("主办", None),
            ("承办", None),
            ("会办", None),
            ("省人大代表建议", None),
            ("9", Some(0)),
            ("30", Some(2)),
            ("40", None),
            ("市政协提案", None),
            ("22", Some(0)),
            ("3", Some(1)),
            ("62", Some(2)),
            ("87", None),
            ("0", None),
            ("20", None),
            ("40", None),
            ("60", None),
            ("80", None),
            ("100", None),
        ]
    );
}

#[test]
fn one_series_needs_no_key_and_a_long_name_two_lines() {
    let drawing = draw(&stacked(&[("省人民政府办公厅转来的人大代表建议", &[1])]));
    assert_eq!(
        texts(&drawing),
        [
            ("省人民政府办公厅", None),
            ("转来的人大代表建议", None),
            ("1", Some(0)),
            ("1", None),
            ("0", None),
            ("1", None),
            ("2", None)
        ]
    );
    assert_eq!(drawing.bars.len(), 1);
}
