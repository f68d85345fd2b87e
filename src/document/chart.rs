//! Charts: what `![…](chart:stacked)` takes from the table before it, and what a chart says in words.

use super::{Bars, Chart, Inline, Series, Table, plain};
use crate::diagnostic::{Say, say};

/// The scheme of an image that is a chart of the table before it.
pub(super) const CHART: &str = "chart:";

/// More cannot be told apart in black and white.
const MOST_SERIES: usize = 6;
/// More do not stand on a page below each other.
const MOST_CATEGORIES: usize = 30;
/// The same for the bars of groups.
const MOST_BARS: usize = 36;
/// What stands in a cell whose number is not known.
const NO_DATA: &str = "—";
/// Longest name of a series or category: two lines beside its bar.
const LONGEST_NAME: usize = 24;
/// Longest number; who needs more should take a larger unit.
const LONGEST_NUMBER: usize = 10;

impl Chart {
    /// The chart of a table: its rows are the categories, its columns after the first the series. Totals are no parts; and where
    /// bars are compared, a row that lacks a number has nothing to compare.
    pub(super) fn of(table: &Table, kind: &str, number: String, caption: Vec<Inline>) -> Result<Chart, Say> {
        let bars = match kind {
            "stacked" => Bars::Stacked,
            "grouped" => Bars::Grouped,
            _ => {
                return Err(say(
                    format!(
                        "没有 {CHART}{kind} 这种图，只有 {CHART}stacked（一行一条，分段）和 {CHART}grouped（并列）"
                    ),
                    format!("there is no {CHART}{kind}: a chart is {CHART}stacked or {CHART}grouped"),
                ));
            }
        };
        if plain(&caption).trim().is_empty() {
            return Err(say(
                format!("图没有图题，写成 ![图题]({CHART}{kind})"),
                format!("the chart has no caption: write ![caption]({CHART}{kind})"),
            ));
        }
        let columns: Vec<usize> =
            (1..table.head.len()).filter(|&column| !is_total(&table.head[column])).collect();
        let rows: Vec<&Vec<Vec<Inline>>> =
            table.rows.iter().filter(|row| row.first().is_some_and(|cell| !is_total(cell))).collect();
        let lacks =
            |row: &&Vec<Vec<Inline>>| columns.iter().any(|&column| plain(&row[column]).trim() == NO_DATA);
        let compared: Vec<&Vec<Vec<Inline>>> =
            rows.iter().filter(|row| bars == Bars::Stacked || !lacks(row)).copied().collect();
        // If no row has all its numbers, the first that is missing is reported.
        let rows = if compared.is_empty() { rows } else { compared };
        let (series, categories) = (columns.len(), rows.len());
        if series == 0 || categories == 0 {
            return Err(say(
                format!("{}除去合计没有可画的行或列", table.number),
                format!("{} has no row or no column to draw besides totals", table.number),
            ));
        }
        let bars_drawn = categories * if bars == Bars::Grouped { series } else { 1 };
        if series > MOST_SERIES || categories > MOST_CATEGORIES || bars_drawn > MOST_BARS {
            return Err(say(
                format!(
                    "图太大：最多{MOST_SERIES}列、{MOST_CATEGORIES}行，并列的最多{MOST_BARS}条，{}有{series}列、{categories}行",
                    table.number
                ),
                format!(
                    "a chart has at most {MOST_SERIES} columns and {MOST_CATEGORIES} rows, and {MOST_BARS} bars if grouped; {} has {series} and {categories}",
                    table.number
                ),
            ));
        }
        let is_share = |row: &&Vec<Vec<Inline>>, column: usize| plain(&row[column]).trim().ends_with('%');
        let shares = rows.iter().flat_map(|row| columns.iter().map(move |&column| is_share(row, column)));
        if shares.clone().any(|share| share) && !shares.clone().all(|share| share) {
            return Err(say(
                "图里的数有的带 %、有的不带，不能画在一起",
                "some numbers of the chart have a % and some have none: they cannot be drawn together",
            ));
        }
        let categories = rows.iter().map(|row| name(&row[0])).collect::<Result<_, _>>()?;
        let series = columns.iter().map(|&column| {
            let values = rows.iter().map(|row| value(&row[column], bars)).collect::<Result<_, _>>()?;
            Ok(Series { label: name(&table.head[column])?, values })
        });
        Ok(Chart { number, caption, bars, categories, series: series.collect::<Result<_, Say>>()? })
    }

    /// What the chart shows, as one sentence for those who do not see it. Parts that are nothing are left out.
    pub fn description(&self) -> String {
        let clauses: Vec<String> = match self.series.as_slice() {
            [only] => vec![self.clause(&only.label, self.categories.iter().zip(&only.values))],
            series => (0..self.categories.len())
                .map(|index| {
                    let values = series.iter().map(|series| (&series.label, &series.values[index]));
                    self.clause(&self.categories[index], values)
                })
                .collect(),
        };
        clauses.join("；") + "。"
    }

    /// `省人大代表建议：主办9、会办2`
    fn clause<'a>(
        &self,
        whole: &str,
        values: impl Iterator<Item = (&'a String, &'a (f64, String))> + Clone,
    ) -> String {
        let keeps_nothing = self.bars == Bars::Grouped || values.clone().all(|(_, value)| value.0 == 0.0);
        let shown = values.filter(|(_, value)| keeps_nothing || value.0 != 0.0);
        let say = |(label, (_, printed)): (&String, &(f64, String))| {
            // Between two figures a word.
            let word =
                if label.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '年') { "为" } else { "" };
            format!("{label}{word}{printed}")
        };
        format!("{whole}：{}", shown.map(say).collect::<Vec<_>>().join("、"))
    }

    /// The sum of a category's values, printed as they are.
    pub fn total(&self, category: usize) -> String {
        let values = || self.series.iter().map(|series| &series.values[category]);
        let decimals =
            values().filter_map(|(_, printed)| printed.split_once('.')).map(|(_, rest)| digits(rest));
        self.print(values().map(|(value, _)| value).sum(), decimals.max().unwrap_or(0))
    }

    /// A number printed as the chart's own are: with per cent signs and separators of thousands where they have them.
    pub fn print(&self, value: f64, decimals: usize) -> String {
        let mut printed = self.series.iter().flat_map(|series| &series.values).map(|(_, printed)| printed);
        let mut text = format!("{value:.decimals$}");
        if printed.clone().any(|printed| printed.contains(',')) {
            let sign = usize::from(text.starts_with('-'));
            let mut at = text.find('.').unwrap_or(text.len());
            while at > sign + 3 {
                at -= 3;
                text.insert(at, ',');
            }
        }
        if printed.all(|printed| printed.ends_with('%')) {
            text.push('%');
        }
        text
    }
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn is_total(cell: &[Inline]) -> bool {
    ["合计", "总计"].contains(&plain(cell).trim())
}

fn name(cell: &[Inline]) -> Result<String, Say> {
    let name = plain(cell).trim().to_owned();
    match name.chars().count() {
        0 => Err(say("图的每行、每列都要有名称", "every row and column of a chart has a name")),
        1..=LONGEST_NAME => Ok(name),
        _ => Err(say(
            format!("图里的名称最多{LONGEST_NAME}个字：{name}"),
            format!("a name in a chart has at most {LONGEST_NAME} characters: {name}"),
        )),
    }
}

fn value(cell: &[Inline], bars: Bars) -> Result<(f64, String), Say> {
    let printed = plain(cell).trim().to_owned();
    let bare = printed.strip_suffix('%').unwrap_or(&printed).replace(',', "");
    // No `inf`, `nan` or `1e5`.
    let plain = bare.bytes().all(|byte| byte.is_ascii_digit() || b"-.".contains(&byte));
    match bare.parse::<f64>() {
        Ok(value) if plain && value < 0.0 && bars == Bars::Stacked => Err(say(
            format!("负数不是一条的一段，改用 {CHART}grouped：{printed}"),
            format!("a negative number is no part of a bar, take {CHART}grouped: {printed}"),
        )),
        Ok(value) if plain && bare.len() <= LONGEST_NUMBER => Ok((value, printed)),
        Ok(_) if plain => Err(say(
            format!("图里的数最多{LONGEST_NUMBER}位，换用大的单位：{printed}"),
            format!("a number in a chart has at most {LONGEST_NUMBER} digits, take a larger unit: {printed}"),
        )),
        _ => Err(say(
            format!("图的表里每格都要是数：“{printed}”不是"),
            format!("every cell of a chart's table is a number: \"{printed}\" is not"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Align;

    fn cell(text: &str) -> Vec<Inline> {
        vec![Inline::Text(text.to_owned())]
    }

    /// A table of lines of cells, the first of them its head.
    fn table(lines: &[&[&str]]) -> Table {
        let mut rows: Vec<Vec<_>> =
            lines.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect();
        Table {
            number: "表1".to_owned(),
            caption: Vec::new(),
            columns: vec![Align::Left; rows[0].len()],
            head: rows.remove(0),
            rows,
        }
    }

    fn chart(kind: &str, lines: &[&[&str]]) -> Result<Chart, Say> {
        Chart::of(&table(lines), kind, "图1".to_owned(), vec![Inline::Text("图题".to_owned())])
    }

    #[test]
    fn totals_are_no_parts_and_figures_are_numbers() {
        let mut table =
            table(&[&["来源", "合计", "主办", "会办"], &["省", "13", "9", ""], &["合计", "13", "9", "4"]]);
        table.rows[0][3] = vec![Inline::Figure { name: "cases.assist".to_owned(), text: "4".to_owned() }];
        let chart =
            Chart::of(&table, "stacked", "图1".to_owned(), vec![Inline::Text("图题".to_owned())]).unwrap();
        assert_eq!(chart.categories, ["省"]);
        let series: Vec<_> =
            chart.series.iter().map(|series| (&*series.label, &*series.values[0].1)).collect();
        assert_eq!(series, [("主办", "9"), ("会办", "4")]);
        assert_eq!(chart.series[1].values[0].0, 4.0);
        assert_eq!(chart.total(0), "13");
    }

    #[test]
    fn a_chart_says_its_values() {
        let lines: &[&[&str]] = &[
            &["来源", "合计", "主办", "承办", "会办"],
            &["省人大代表建议", "11", "9", "0", "2"],
            &["市政协提案", "87", "22", "3", "62"],
            &["市人大议案", "0", "0", "0", "0"],
        ];
        assert_eq!(
            chart("stacked", lines).unwrap().description(),
            "省人大代表建议：主办9、会办2；市政协提案：主办22、承办3、会办62；市人大议案：主办0、承办0、会办0。"
        );
        let lines: &[&[&str]] = &[&["", "2020年", "2021年"], &["共", "130", "138"], &["逾期", "1", "0"]];
        assert_eq!(
            chart("grouped", lines).unwrap().description(),
            "共：2020年为130、2021年为138；逾期：2020年为1、2021年为0。"
        );
        let lines: &[&[&str]] = &[&["年份", "件数"], &["2020", "130"], &["2021", "138"]];
        assert_eq!(chart("grouped", lines).unwrap().description(), "件数：2020为130、2021为138。");
    }

    #[test]
    fn numbers_are_summed_in_the_way_they_are_printed() {
        let chart = chart("stacked", &[&["", "甲", "乙"], &["一", "1,200.5", "999999"]]).unwrap();
        assert_eq!((chart.series[0].values[0].0, chart.total(0)), (1200.5, "1,001,199.5".to_owned()));
        assert_eq!(chart.print(-100.0, 0), "-100");
        let chart = self::chart("grouped", &[&["", "甲", "乙"], &["一", "-3.25%", "10%"]]).unwrap();
        assert_eq!((chart.series[0].values[0].0, chart.total(0)), (-3.25, "6.75%".to_owned()));
    }

    #[test]
    fn what_lacks_a_number_is_not_compared_and_is_no_part() {
        let lines: &[&[&str]] = &[&["", "上年", "今年"], &["一", "—", "3"], &["二", "0", "4"]];
        assert_eq!(chart("grouped", lines).unwrap().categories, ["二"]);
        assert!(chart("stacked", lines).is_err());
    }

    #[test]
    fn what_cannot_be_drawn_is_a_fault() {
        for text in ["", "—", "3件", "inf", "NaN", "1e5", "1-2", "12345678901", "5%%"] {
            assert!(chart("grouped", &[&["", "甲"], &["一", text]]).is_err(), "{text}");
        }
        let minus: &[&[&str]] = &[&["", "甲"], &["一", "-1"]];
        assert!(chart("grouped", minus).is_ok() && chart("stacked", minus).is_err());
        assert!(chart("pie", &[&["", "甲"], &["一", "1"]]).is_err());
        assert!(chart("stacked", &[&["", "合计"], &["一", "1"]]).is_err());
        assert!(chart("stacked", &[&["", "甲"], &["总计", "1"]]).is_err());
        assert!(chart("stacked", &[&["", ""], &["一", "1"]]).is_err());
        assert!(chart("stacked", &[&["", "甲"], &[&"长".repeat(25), "1"]]).is_err());
        assert!(chart("stacked", &[&["", "1", "2", "3", "4", "5", "6", "7"], &["一"; 8]]).is_err());
        let lines = |rows: usize| [vec![&["", "甲", "乙"][..]], vec![&["一", "1", "1"][..]; rows]].concat();
        assert!(chart("stacked", &lines(30)).is_ok() && chart("stacked", &lines(31)).is_err());
        assert!(chart("grouped", &lines(18)).is_ok() && chart("grouped", &lines(19)).is_err());
    }
}
