//! The title's lines: 词意完整，排列对称，长短适宜，间距恰当, in the shape of a trapezoid or a lozenge (7.3.1).
//!
//! A title has two to four lines, so every way to break it is tried and the least bad kept. Without a dictionary, the
//! words that titles are made of are listed here, and no line ends inside one.

use std::ops::Range;

use super::lines::{Measure, break_lines};
use super::shape::{FORBIDDEN, Text};

/// Words that occur in the titles of reports on suggestions and proposals.
const WORDS: &[&str] = &[
    "关于", "建议", "提案", "议案", "办理", "情况", "工作", "总结", "报告", "通知", "通报", "方案", "意见",
    "代表", "委员", "政协", "人大", "人民", "全国", "会议", "大会", "常务", "年度", "问题", "整改", "落实",
    "公开", "答复", "办公", "政府", "科学", "技术", "科技", "创新", "发展", "改革", "管理", "服务", "经济",
    "社会", "企业", "产业", "项目", "建设", "实施", "推进", "推动", "加强", "贯彻", "评估", "考核", "措施",
    "任务", "重点", "计划", "统计", "督办", "反馈", "进展", "汇报", "公告", "决定", "请示", "批复", "纪要",
    "教育", "卫生", "健康", "农业", "农村", "交通", "运输", "住房", "城乡", "生态", "环境", "文化", "旅游",
    "市场", "监督", "信息", "数字", "安全", "应急", "政治", "全体",
];
/// Longer ones.
const LONG_WORDS: &[&str] = &["委员会", "协商会议", "代表大会"];
/// Words that belong together where the shape allows it.
const COMPOUNDS: &[&str] = &[
    "人大代表",
    "代表建议",
    "政协提案",
    "政协委员",
    "委员提案",
    "建议提案",
    "提案办理",
    "建议办理",
    "办理工作",
    "工作情况",
    "办理情况",
    "工作总结",
    "工作报告",
    "情况的",
];
/// 文种: a 的 before one of these belongs to it.
const GENRES: &[&str] =
    &["报告", "总结", "通知", "通报", "方案", "意见", "函", "请示", "批复", "决定", "公告", "纪要", "汇报"];

/// Most lines that are weighed against each other; a longer title is set like a paragraph.
const MOST_LINES: usize = 4;
/// Bad beyond remedy: one more line is better.
const UGLY: f32 = 30.0;
/// Worth a line that is three characters longer than the other.
const LOOSENED: f32 = 4.0;

/// The ranges of the title's lines.
pub(super) fn break_title(text: &Text, measure: Measure) -> Vec<Range<usize>> {
    let total = text.natural_width();
    let least = (total / measure.width).ceil().max(1.0) as usize;
    if least == 1 {
        return break_lines(text, measure);
    }
    let stops = stops(text);
    let reach = reach(text);
    let mut best: Option<(f32, Vec<usize>)> = None;
    for count in least..=MOST_LINES {
        let mean = total / count as f32;
        let mut search = Search { text, reach: &reach, stops: &stops, width: measure.width, mean, best };
        search.go(&mut Vec::new(), count, 0.0);
        best = search.best;
        if best.as_ref().is_some_and(|(cost, _)| *cost < UGLY) {
            break;
        }
    }
    match best {
        None => break_lines(text, measure),
        Some((_, ends)) => {
            let starts = std::iter::once(0).chain(ends.iter().copied());
            starts.zip(ends.iter().copied()).map(|(start, end)| start..end).collect()
        }
    }
}

/// Where a line may end, with how bad that is; the end of the title is last.
fn stops(text: &Text) -> Vec<(usize, f32)> {
    let chars: Vec<char> = text.atoms.iter().map(|atom| atom.ch).collect();
    let starts_with = |at: usize, word: &str| {
        let mut rest = chars[at..].iter();
        word.chars().all(|ch| rest.next() == Some(&ch))
    };
    let inside = |words: &[&str], at: usize| {
        words.iter().any(|word| {
            let length = word.chars().count();
            (1..length).any(|back| back <= at && starts_with(at - back, word))
        })
    };
    // Brackets around all of it enclose nothing.
    let mut depth = if chars.first() == Some(&'（') && chars.last() == Some(&'）') { -1 } else { 0 };
    let mut stops = Vec::new();
    for at in 1..chars.len() {
        depth += match chars[at - 1] {
            '《' | '“' | '（' => 1,
            '》' | '”' | '）' => -1,
            _ => 0,
        };
        let price = text.gaps[at - 1].price;
        if price >= FORBIDDEN {
            continue;
        }
        let genre = |at: usize| GENRES.iter().any(|genre| starts_with(at, genre));
        let cost = match chars[at - 1] {
            // A title in a title, and a figure with its measure word, stay whole.
            _ if depth > 0 => 2.0 * UGLY,
            _ if price > 0.0
                || inside(WORDS, at)
                || inside(LONG_WORDS, at)
                || in_ordinal(chars[at - 1], chars[at]) =>
            {
                UGLY
            }
            '的' if genre(at) => UGLY,
            _ if chars[at] == '的' => UGLY,
            _ if inside(COMPOUNDS, at) => LOOSENED,
            '的' | '》' => -2.0,
            _ if starts_with(at, "关于") => -4.0,
            _ if "和与及暨".contains(chars[at]) => -1.0,
            _ => 0.0,
        };
        stops.push((at, cost));
    }
    stops.push((chars.len(), 0.0));
    stops
}

/// Between two characters of an ordinal, such as 第十四届.
fn in_ordinal(a: char, b: char) -> bool {
    let is_numeral = |ch: char| "一二三四五六七八九十".contains(ch);
    (a == '第' || is_numeral(a)) && (is_numeral(b) || "届次".contains(b))
}

/// Width of the text up to each atom, the gap before it included.
fn reach(text: &Text) -> Vec<f32> {
    let mut reach = vec![0.0];
    for (atom, gap) in text.atoms.iter().zip(&text.gaps) {
        reach.push(reach[reach.len() - 1] + atom.width + gap.natural);
    }
    reach
}

struct Search<'a> {
    text: &'a Text,
    reach: &'a [f32],
    stops: &'a [(usize, f32)],
    width: f32,
    mean: f32,
    best: Option<(f32, Vec<usize>)>,
}

impl Search<'_> {
    /// Tries every end for the next line after those in `ends`, `lines` lines being left.
    fn go(&mut self, ends: &mut Vec<usize>, lines: usize, cost: f32) {
        let start = ends.last().copied().unwrap_or(0);
        let last = self.text.atoms.len();
        // What the lines after this one cannot hold must stand in it.
        let rest = self.width * (lines - 1) as f32;
        let first = self.stops.partition_point(|&(end, _)| end <= start || self.line_width(end, last) > rest);
        for index in first..self.stops.len() {
            let (end, price) = self.stops[index];
            if self.line_width(start, end) > self.width {
                break;
            }
            if (lines == 1) != (end == last) {
                continue;
            }
            ends.push(end);
            if lines > 1 {
                self.go(ends, lines - 1, cost + price);
            } else {
                let cost = cost + self.shape_cost(ends);
                if self.best.as_ref().is_none_or(|(best, _)| cost < *best) {
                    self.best = Some((cost, ends.clone()));
                }
            }
            ends.pop();
        }
    }

    fn line_width(&self, start: usize, end: usize) -> f32 {
        if start == end {
            return 0.0;
        }
        self.reach[end] - self.reach[start] - self.text.gaps[end - 1].natural
    }

    /// How far the lines are from an even trapezoid or lozenge.
    fn shape_cost(&self, ends: &[usize]) -> f32 {
        let em = self.text.style.size;
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let widths: Vec<f32> = starts.zip(ends).map(|(start, &end)| self.line_width(start, end)).collect();
        let uneven: f32 = widths.iter().map(|width| ((width - self.mean) / em).powi(2)).sum();
        let short = widths.iter().filter(|width| **width < 3.0 * em).count() as f32;
        let steps: Vec<f32> = widths.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let level = |step: &f32| step.abs() < em / 2.0;
        // Long, short, long: an hour-glass.
        let glass = steps.windows(2).any(|pair| pair[0] < 0.0 && pair[1] > 0.0 && !pair.iter().all(level));
        let block = steps.iter().all(level);
        0.4 * uneven + UGLY * short + if glass { UGLY } else { 0.0 } + if block { 1.0 } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::gbt9704 as law;
    use crate::typeset::lines::Fit;
    use crate::typeset::shape::{Shaper, Style};
    use crate::typeset::tree::Part;
    use crate::typeset::{Faces, Role};

    fn lines(title: &str) -> Vec<String> {
        let faces = Faces::new(Vec::new());
        let style = Style { size: law::SIZE_2, cell: law::SIZE_2 };
        let text = Shaper::new(&faces).shape(&[(Role::Title, title)], style, Part::Artifact);
        let measure = Measure { left: 0.0, width: law::TYPE_WIDTH, indent: 0.0, fit: Fit::Center };
        let ranges = break_title(&text, measure);
        ranges.into_iter().map(|range| text.atoms[range].iter().map(|atom| atom.ch).collect()).collect()
    }

    #[test]
    fn a_short_title_has_one_line() {
        assert_eq!(lines("建议提案办理工作总结"), ["建议提案办理工作总结"]);
    }

    #[test]
    fn a_title_breaks_between_its_words() {
        assert_eq!(
            lines("市科学技术局关于2021年人大代表建议和政协提案办理工作情况的报告"),
            ["市科学技术局关于2021年人大代表建议", "和政协提案办理工作情况的报告"]
        );
    }

    #[test]
    fn brackets_around_all_of_it_do_not_hinder_a_break_and_an_ordinal_stays_whole() {
        assert_eq!(
            lines("（2024年1月17日在政协武汉市第十四届委员会第三次会议上）"),
            ["（2024年1月17日在政协武汉市", "第十四届委员会第三次会议上）"]
        );
        let lines = lines("中共武汉市硚口区长丰街第二十四届党员群众座谈研讨纪要");
        let whole = |line: &String| line.contains("第二十四届");
        assert!(lines.iter().any(whole), "{lines:?}");
    }

    #[test]
    fn a_title_within_a_title_stays_whole() {
        let lines = lines("市科学技术局关于贯彻落实《加强建议提案办理工作的意见》情况的报告");
        assert!(lines.iter().all(|line| line.contains('《') == line.contains('》')), "{lines:?}");
    }
}
