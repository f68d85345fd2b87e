//! X005: ordinals go on without a gap. Two kinds of series: 一、（一）1.（1） at the beginning of paragraphs, each within the
//! one before it; and 一是…二是… at the beginning of sentences or of paragraphs.

use std::ops::Range;

use super::Slip;
use super::scan::{Scan, before, is_han, is_numeral, number, numeral};
use crate::diagnostic::{Code, Say, say};
use crate::document::passage::{Kind, Passage};

/// How an ordinal is written, from the outermost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// 一、
    Chapter,
    /// （一）
    Section,
    /// 1.
    Item,
    /// 1、, which means the same
    ItemComma,
    /// （1）
    Point,
}

impl Style {
    fn depth(self) -> usize {
        match self {
            Style::Chapter => 0,
            Style::Section => 1,
            Style::Item | Style::ItemComma => 2,
            Style::Point => 3,
        }
    }

    fn shown(self, number: usize) -> String {
        match self {
            Style::Chapter => format!("{}、", numeral(number)),
            Style::Section => format!("（{}）", numeral(number)),
            Style::Item => format!("{number}."),
            Style::ItemComma => format!("{number}、"),
            Style::Point => format!("（{number}）"),
        }
    }
}

/// An ordinal: how it is written, its number and its bytes.
type Ordinal = (Style, usize, Range<usize>);

/// The ordinal that a paragraph begins with.
pub(super) fn ordinal(text: &str) -> Option<Ordinal> {
    doubtful_ordinal(text).filter(|(_, doubtful)| !doubtful).map(|(ordinal, _)| ordinal)
}

/// The same, with whether another number follows at once: 二、三十五家企业 and 2.5G基站 may begin with an ordinal or be one number,
/// and only the series can tell.
fn doubtful_ordinal(text: &str) -> Option<(Ordinal, bool)> {
    // The first of the annexes stands in the line that names them.
    let head = text.trim_start();
    let head = head
        .strip_prefix("附件")
        .and_then(|rest| rest.strip_prefix(['：', ':']))
        .unwrap_or(head)
        .trim_start();
    let start = text.len() - head.len();
    let mut scan = Scan::new(text, start);
    let bracketed = scan.any(&["（", "("]).is_some();
    if bracketed {
        scan.run(2, char::is_whitespace);
    }
    let numerals = scan.run(4, is_numeral);
    let digits = if numerals.is_empty() { scan.run(3, |c| c.is_ascii_digit()) } else { "" };
    let style = match (bracketed, digits.is_empty()) {
        (true, is_chinese) => {
            scan.run(2, char::is_whitespace);
            scan.any(&["）", ")"])?;
            if is_chinese { Style::Section } else { Style::Point }
        }
        (false, true) if scan.word("、") => Style::Chapter,
        (false, false) if scan.any(&[".", "．"]).is_some() => Style::Item,
        (false, false) if scan.word("、") => Style::ItemComma,
        _ => return None,
    };
    // 1.1 and what is no heading at all.
    if scan.peek().is_some_and(|c| "、．.".contains(c)) && !bracketed {
        return None;
    }
    // 一、二季度; 3.5万人. A year behind the mark makes an ordinal of what is before it: 1.2021年.
    let mut ahead = scan;
    let year = ahead.digits().len() == 4 && ahead.word("年");
    let doubtful = !bracketed && !year && scan.peek().is_some_and(|c| is_numeral(c) || c.is_ascii_digit());
    let number = number(if digits.is_empty() { numerals } else { digits })?;
    (1..100).contains(&number).then_some(((style, number, start..scan.at), doubtful))
}

/// The 一是 of a text, in order: each its number and its bytes. 一要 counts with them where it is no word such as 三要素.
pub(super) fn firstlies(text: &str) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    for (at, verb) in text.match_indices(['是', '要']) {
        let numerals: usize =
            text[..at].chars().rev().take(3).take_while(|c| is_numeral(*c)).map(char::len_utf8).sum();
        let start = at - numerals;
        let end = at + verb.len();
        let begins = before(text, start)
            .is_none_or(|c| c.is_whitespace() || "。；：，、！？”）》…—,:;!?.)".contains(c));
        let word = verb == "要" && text[end..].starts_with(['素', '件', '点', '务', '害', '地', '不']);
        if let Some(number) = number(&text[start..at]).filter(|_| begins && !word && numerals > 0) {
            found.push((number, start..end));
        }
    }
    found
}

/// Ordinals with a gap, told twice, without their first, or with another mark than their series.
pub(in crate::check) fn out_of_series(passages: &[Passage]) -> Vec<Slip> {
    let mut found = Vec::new();
    let mut heads = Heads::default();
    let mut firsts = Firsts::default();
    for (index, passage) in passages.iter().enumerate().filter(|(_, passage)| passage.kind != Kind::Cell) {
        let mut tell = |range: Range<usize>, (message, help): (Say, Say)| {
            found.push(Slip { also: None, code: Code::X005, passage: index, range, message, help });
        };
        if passage.kind == Kind::Title {
            (heads, firsts) = Default::default();
        }
        if passage.kind == Kind::Heading {
            firsts = Firsts::default();
        }
        let ordinal = doubtful_ordinal(&passage.text).filter(|_| passage.kind != Kind::Caption);
        let ordinal =
            ordinal.filter(|((style, number, _), doubtful)| !doubtful || heads.awaits(*style, *number));
        if let Some(((style, number, range), _)) = ordinal {
            firsts = Firsts::default();
            if let Some(fault) = heads.take(style, number) {
                tell(range, fault);
            }
        }
        if passage.kind == Kind::Paragraph {
            firsts.read(&passage.text, &mut tell);
        }
    }
    found
}

/// The series at the beginning of paragraphs.
#[derive(Default)]
struct Heads {
    /// By depth: the last number, and whether a heading above has come since.
    last: [Option<(usize, bool)>; 4],
    /// The last number of 1、, which has a series of its own until it is seen to go on with 1.
    comma: Option<usize>,
    /// By depth: the last numbers of the series that a list under a label of its own stands in.
    outer: [Vec<usize>; 4],
}

impl Heads {
    /// Whether a number begins a series where none has begun, or goes on with one.
    fn awaits(&self, style: Style, number: usize) -> bool {
        let last =
            if style == Style::ItemComma { self.comma } else { self.last[style.depth()].map(|own| own.0) };
        last.map_or(1, |last| last + 1) == number
    }

    fn take(&mut self, style: Style, number: usize) -> Option<(Say, Say)> {
        let depth = style.depth();
        if style == Style::ItemComma || style == Style::Item {
            // Among 1. 2. the mark of 3、 is another: told where it does not go on with a series of its own.
            let (own, other) = match style {
                Style::Item => (self.last[depth].map(|(last, _)| last), self.comma),
                _ => (self.comma, self.last[depth].map(|(last, _)| last)),
            };
            let goes_on = |last: Option<usize>| last.is_some_and(|last| last + 1 == number);
            if number > 1 && !goes_on(own) && goes_on(other) {
                let (last, next) = match style {
                    Style::Item => (Style::ItemComma.shown(number - 1), Style::ItemComma.shown(number)),
                    _ => (Style::Item.shown(number - 1), Style::Item.shown(number)),
                };
                (self.last[depth], self.comma) = (Some((number, false)), Some(number));
                return Some((
                    say(
                        format!("“{last}”之后写成“{}”，标点不一致", style.shown(number)),
                        format!("\"{last}\" is followed by \"{}\": another mark", style.shown(number)),
                    ),
                    say(format!("写成“{next}”"), format!("write \"{next}\"")),
                ));
            }
            if style == Style::ItemComma {
                let fault = self.comma.filter(|last| last + 1 != number && number != 1).map_or_else(
                    || (self.comma.is_none() && number != 1).then(|| missing_first(style, number)),
                    |last| Some(gap(last, number, &|n| style.shown(n))),
                );
                self.comma = Some(number);
                return fault;
            }
        }
        let fault = match self.last[depth] {
            Some((last, false)) if number == 1 => {
                self.outer[depth].push(last);
                None
            }
            _ if number == 1 => None,
            Some((last, _)) if last + 1 == number => None,
            // A list under a label of its own has ended, and the series that it stands in goes on.
            Some((_, false)) if self.outer[depth].contains(&(number - 1)) => {
                while self.outer[depth].pop().is_some_and(|last| last + 1 != number) {}
                None
            }
            Some((last, false)) => Some(gap(last, number, &|n| style.shown(n))),
            _ => Some(missing_first(style, number)),
        };
        self.last[depth] = Some((number, false));
        for outer in &mut self.outer[depth + 1..] {
            outer.clear();
        }
        for (_, fresh) in self.last[depth + 1..].iter_mut().flatten() {
            *fresh = true;
        }
        if depth < 2 {
            self.comma = None;
        }
        fault
    }
}

fn missing_first(style: Style, number: usize) -> (Say, Say) {
    lost(&style.shown(number), &style.shown(1))
}

fn lost(shown: &str, first: &str) -> (Say, Say) {
    (
        say(
            format!("以“{shown}”开头，前面没有“{first}”"),
            format!("begins with \"{shown}\": there is no \"{first}\" before it"),
        ),
        say(
            "补上缺的序号，或者从头重新编号",
            "write the ordinals that are missing, or number from the first",
        ),
    )
}

fn gap(last: usize, number: usize, show: &dyn Fn(usize) -> String) -> (Say, Say) {
    let (last_shown, shown) = (show(last), show(number));
    let next = show(last + 1);
    let (zh, en) = match number {
        number if number == last => (format!("“{shown}”写了两次"), format!("\"{shown}\" stands twice")),
        number if number < last => (
            format!("“{last_shown}”之后是“{shown}”，次序颠倒"),
            format!("\"{last_shown}\" is followed by \"{shown}\": out of order"),
        ),
        _ => (
            format!("“{last_shown}”之后是“{shown}”，缺“{next}”"),
            format!("\"{last_shown}\" is followed by \"{shown}\": \"{next}\" is missing"),
        ),
    };
    (
        say(zh, en),
        say(
            format!("写成“{next}”，或者补上缺的一项"),
            format!("write \"{next}\", or the item that is missing"),
        ),
    )
}

/// The series of 一是 under one heading.
#[derive(Default)]
struct Firsts {
    /// The last number at the beginning of a paragraph.
    outer: Option<usize>,
    /// The last number within the last paragraph that had one.
    inner: Option<usize>,
}

impl Firsts {
    fn read(&mut self, text: &str, tell: &mut dyn FnMut(Range<usize>, (Say, Say))) {
        let start = text.len() - text.trim_start().len();
        let tokens = firstlies(text);
        let heads = tokens.first().is_some_and(|(_, range)| range.start == start);
        if !heads && self.outer.is_some() && lacks_numeral(&text[start..]) {
            tell(start..start + '是'.len_utf8(), headless(self.outer.map(|last| last + 1)));
        }
        // Whether what stands within the paragraph goes on with what begins it.
        let mut joined = false;
        let mut end = 0;
        for (place, (number, range)) in tokens.into_iter().enumerate() {
            let verb = &text[range.end - 3..range.end];
            let show = |number: usize| format!("{}{verb}", numeral(number));
            let next = |last: Option<usize>| last.is_some_and(|last| last + 1 == number);
            let begins = place == 0 && heads;
            let (own, other) = if begins { (self.outer, self.inner) } else { (self.inner, self.outer) };
            // 下一步一是抓规划，二是抓项目: the first stands in the middle of a sentence.
            let within = number > 1 && text[end..range.start].contains(&show(number - 1));
            end = range.end;
            if number != 1 && !next(own) && !next(other) && !within {
                let fault = match own.or(other).filter(|_| begins || place > 0) {
                    None => lost(&show(number), &show(1)),
                    Some(last) => gap(last, number, &show),
                };
                tell(range, fault);
            }
            // Within a paragraph a series of its own comes before the one that the paragraph is a part of.
            joined = begins || number != 1 && (joined || !next(self.inner) && next(self.outer));
            self.inner = Some(number);
            self.outer = if joined { Some(number) } else { self.outer };
        }
    }
}

/// Whether a paragraph begins with the 是 of 三是 and no numeral before it.
fn lacks_numeral(text: &str) -> bool {
    let mut scan = Scan::new(text, 0);
    scan.word("是") && scan.peek().is_some_and(|c| is_han(c) && !"否的非日以因由".contains(c))
}

fn headless(number: Option<usize>) -> (Say, Say) {
    let next = number.map_or(String::new(), numeral);
    (
        say("“是”前面没有序数".to_owned(), "no ordinal before this \"是\"".to_owned()),
        say(format!("补上序数，例如“{next}是”"), format!("write the ordinal, such as \"{next}是\"")),
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn a_series_has_no_gap() {
        for (texts, slips) in [
            (&["一是甲。二是乙。四是丙。"][..], &["四是"][..]),
            (&["一是甲；二是乙；二是丙。"], &["二是"]),
            (&["二是乙。三是丙。"], &["二是"]),
            (&["一是甲。", "二是乙。", "丙。", "是加快推进。", "八是丁。"], &["是", "八是"]),
            (&["一、甲", "三、乙"], &["三、"]),
            (&["一、甲", "（一）子", "（三）丑", "二、乙", "（二）寅"], &["（三）", "（二）"]),
            (&["1.甲", "2.乙", "4.丙", "5.丁"], &["4."]),
            (&["1.甲", "2.乙", "3、丙", "4.丁", "5、戊"], &["3、", "5、"]),
            (&["（1）甲", "（2）乙", "（2）丙"], &["（2）"]),
            (&["（一）甲", "（ 二 ）乙", "（四）丙"], &["（四）"]),
            (&["一要甲，二要乙，四要丙。"], &["四要"]),
            (&["1.甲", "2.乙", "1.子", "2.丑", "5.丙"], &["5."]),
            (&["一、二十项任务", "二、三十五家企业", "四、丁"], &["四、"]),
            (&["一是甲。二是乙。", "又，四是丙。"], &["四是"]),
        ] {
            assert_eq!(told(out_of_series, texts), slips, "{texts:?}");
        }
    }

    #[test]
    fn a_series_may_begin_again_lie_in_another_or_go_on_beyond_a_heading() {
        for texts in [
            &["主要有：一是甲。", "二是乙。", "三是丙。"][..],
            &["一是甲：一是子；二是丑。", "二是乙：一是寅；二是卯；三是辰。", "三是丙。"],
            &["整改：一是甲。二是乙。", "整改：一是甲。二是乙。三是丙。", "整改：一是甲。二是乙。"],
            &["一是甲。二是乙。", "又有丙。", "三是丁。"],
            &["一、甲", "（一）子", "（二）丑", "二、乙", "（三）寅", "三、丙", "（一）卯"],
            &["1.甲", "1、子", "2、丑", "2.乙", "1、寅", "2、卯"],
            &["下一步一是抓甲，二是抓乙，三是抓丙。", "我局一要抓甲，二要抓乙。"],
            &["附件：1.甲", "　　2.乙"],
            &["1.甲", "2.整改措施：", "1.子", "2.丑", "3.丙", "4.丁"],
            &["一、甲", "二、三十五家企业", "三、丙"],
            &["1.2021年工作", "2.5G基站", "3.丙"],
            &["一、甲", "一、二季度增长。", "二、乙", "3.5万人参加。"],
            &["1.甲", "2.乙", "（一）子", "1.丙", "1.5倍", "一、二季度", "2021.5.1"],
            &["之一是甲，进一步是乙，三要素，做到统一是关键。是否可行。", "是以为记。"],
        ] {
            assert_eq!(told(out_of_series, texts), [""; 0], "{texts:?}");
        }
    }
}
