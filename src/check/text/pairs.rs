//! X001: brackets and quotes stand in pairs, one within the other.

use super::scan::{before, cut, is_numeral, tail};
use super::{Slip, every};
use crate::diagnostic::{Code, say};
use crate::document::passage::Passage;

/// What opens and what closes; the brackets of half width are the same as those of full width here.
const PAIRS: [(char, char); 8] = [
    ('《', '》'),
    ('〈', '〉'),
    ('（', '）'),
    ('“', '”'),
    ('‘', '’'),
    ('【', '】'),
    ('〔', '〕'),
    ('(', ')'),
];
/// Their places in [`PAIRS`].
const TITLE: usize = 0;
const ROUND: usize = 2;
const QUOTE: usize = 3;
const SINGLE_QUOTE: usize = 4;

/// A mark that has been seen.
struct Mark {
    at: usize,
    shown: char,
    pair: usize,
    /// Title marks within title marks, quotes within quotes: told when these turn out to be a pair.
    inner: Vec<usize>,
}

enum Fault {
    Unpaired,
    Crossed,
    Nested,
    /// The second of two that open, or of two that close.
    WrongWay,
}

/// Marks that have no other half, that cross, or that stand in their like.
pub(in crate::check) fn unpaired(passages: &[Passage]) -> Vec<Slip> {
    let mut found = every(passages, |_| true, in_passage);
    // A quotation of several paragraphs opens every one of them and closes the last.
    found.retain(|slip| {
        let opens =
            |index: usize| passages.get(index).is_some_and(|next| next.text.trim_start().starts_with('“'));
        let text = &passages[slip.passage].text;
        !(slip.range.start == text.len() - text.trim_start().len()
            && opens(slip.passage)
            && opens(slip.passage + 1))
    });
    found
}

fn in_passage(index: usize, passage: &Passage, found: &mut Vec<Slip>) {
    let text = &passage.text;
    let mut open: Vec<Mark> = Vec::new();
    let mut faults: Vec<(Mark, Fault)> = Vec::new();
    // By pair: how many are open, and the faults of those that others were closed over.
    let mut count = [0usize; PAIRS.len()];
    let mut dropped: [Vec<usize>; PAIRS.len()] = Default::default();
    for (at, shown) in text.char_indices() {
        let Some((pair, opens)) = kind(shown) else { continue };
        let mark = Mark { at, shown, pair, inner: Vec::new() };
        if opens {
            count[pair] += 1;
            open.push(mark);
            continue;
        }
        let of = (count[pair] > 0).then(|| open.iter().rposition(|other| other.pair == pair)).flatten();
        match of {
            Some(of) => {
                count[pair] -= 1;
                for over in open.drain(of + 1..) {
                    count[over.pair] -= 1;
                    dropped[over.pair].push(faults.len());
                    faults.push((over, Fault::Unpaired));
                }
                let Some(first) = open.pop() else { continue };
                let in_like = open.last().is_some_and(|outer| outer.pair == pair);
                match open.last_mut() {
                    Some(outer) if in_like && matches!(pair, TITLE | QUOTE) => outer.inner.push(first.at),
                    _ => {}
                }
                let nested =
                    first.inner.into_iter().map(|at| Mark { at, inner: Vec::new(), ..first_of(pair) });
                faults.extend(nested.map(|mark| (mark, Fault::Nested)));
            }
            None if is_apostrophe(text, &mark) || ends_ordinal(text, &mark) => {}
            None => match dropped[pair].pop() {
                Some(of) => faults[of].1 = Fault::Crossed,
                None => faults.push((mark, Fault::Unpaired)),
            },
        }
    }
    faults.extend(open.into_iter().map(|mark| (mark, Fault::Unpaired)));
    faults.sort_by_key(|(mark, _)| mark.at);
    let faults = wrong_way(text, faults);
    found.extend(faults.into_iter().map(|(mark, fault)| slip(index, text, &mark, &fault)));
}

/// The place of a mark in [`PAIRS`], and whether it opens.
fn kind(c: char) -> Option<(usize, bool)> {
    let pair = PAIRS.iter().position(|(open, close)| *open == c || *close == c)?;
    let opens = PAIRS[pair].0 == c;
    Some((if PAIRS[pair].0 == '(' { ROUND } else { pair }, opens))
}

fn opens_pair(c: char) -> bool {
    kind(c).is_some_and(|(_, opens)| opens)
}

fn first_of(pair: usize) -> Mark {
    Mark { at: 0, shown: PAIRS[pair].0, pair, inner: Vec::new() }
}

/// The mark of `it’s`.
fn is_apostrophe(text: &str, mark: &Mark) -> bool {
    mark.pair == SINGLE_QUOTE && before(text, mark.at).is_some_and(|c| c.is_ascii_alphanumeric())
}

/// The bracket of `1）` and `a)`, which stands alone.
fn ends_ordinal(text: &str, mark: &Mark) -> bool {
    let head = text[..mark.at].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || is_numeral(c));
    let starts =
        head.is_empty() || head.ends_with(|c: char| c.is_whitespace() || "。；：，、;:,".contains(c));
    mark.pair == ROUND && starts && (1..=6).contains(&(mark.at - head.len()))
}

/// `“四个意识“` and `”四个意识”`: one slip of the hand, not two marks without their halves.
fn wrong_way(text: &str, faults: Vec<(Mark, Fault)>) -> Vec<(Mark, Fault)> {
    let mut found: Vec<(Mark, Fault)> = Vec::with_capacity(faults.len());
    for (mark, fault) in faults {
        let alike = found.last_mut().filter(|(last, other)| {
            let unpaired = matches!((other, &fault), (Fault::Unpaired, Fault::Unpaired));
            let like = last.shown == mark.shown && matches!(mark.pair, TITLE | QUOTE);
            unpaired && like && text[last.at..mark.at].chars().take(21).count() <= 20
        });
        match alike {
            // Of two that open, the second should close; of two that close, the first should open.
            Some(last) if opens_pair(mark.shown) => *last = (mark, Fault::WrongWay),
            Some((_, last)) => *last = Fault::WrongWay,
            None => found.push((mark, fault)),
        }
    }
    found
}

fn slip(index: usize, text: &str, mark: &Mark, fault: &Fault) -> Slip {
    let (open, close) = PAIRS[mark.pair];
    let end = mark.at + mark.shown.len_utf8();
    let opens = opens_pair(mark.shown);
    let (other, words) = match opens {
        true => (if mark.shown == '(' { ')' } else { close }, cut(&text[mark.at..], 12)),
        false => (if mark.shown == ')' { '(' } else { open }, tail(&text[..end], 12).to_owned()),
    };
    let shown = mark.shown;
    let (message, help) = match fault {
        Fault::Unpaired => (
            say(
                format!("{shown} 没有相配的 {other}：{words}"),
                format!("no {other} goes with this {shown}: {words}"),
            ),
            say(
                format!("补上 {other}，或者删去 {shown}"),
                format!("write the {other}, or delete the {shown}"),
            ),
        ),
        Fault::Crossed => (
            say(
                format!("{shown} 和 {other} 同别的标号交叉：{words}"),
                format!("{shown} and {other} cross another pair: {words}"),
            ),
            say(
                "先开的后关：一对标号整个放在另一对里面",
                "what opens last closes first: put one pair within the other",
            ),
        ),
        Fault::Nested => {
            let (inner, en) =
                if mark.pair == TITLE { ("〈〉", "title marks") } else { ("‘’", "quotes") };
            (
                say(
                    format!("{open}{close} 里面又用了 {open}{close}：{words}"),
                    format!("{open}{close} stand within {open}{close}: {words}"),
                ),
                say(format!("里面一层写成 {inner}"), format!("the inner {en} are {inner}")),
            )
        }
        Fault::WrongWay => (
            say(
                format!("{shown} 方向反了：{}", tail(&text[..end], 12)),
                format!("{shown} points the wrong way: {}", tail(&text[..end], 12)),
            ),
            say(format!("写成 {other}"), format!("write {other}")),
        ),
    };
    Slip { also: None, code: Code::X001, passage: index, range: mark.at..end, message, help }
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn a_mark_has_its_other_half() {
        for (text, slips) in [
            ("共7件（主办3件，会办4件。", &["（"][..]),
            ("共7件(主办3件,会办4件、提案87(主办22件)。", &["("]),
            ("综合处室抓协调”的机制。", &["”"]),
            ("“政产学研金服用一体化体系。", &["“"]),
            ("增强“四个意识“、坚定信心。", &["“"]),
            ("增强”四个意识”、坚定信心。", &["”"]),
            ("《关于印发《工作方案》的通知》", &["《"]),
            ("他说“要把“一”办好”。", &["“"]),
            ("“《甲》、《乙”》两件", &["《"]),
            ("《关于印发〈工作方案〉的通知》（共1件（主办））。", &[]),
            ("1）先办；2）后办；a)再办。it’s “好‘的’”", &[]),
        ] {
            assert_eq!(told(unpaired, &[text]), slips, "{text}");
        }
        assert!(told(unpaired, &["“第一段。", "“第二段。”"]).is_empty());
        assert_eq!(told(unpaired, &["“第一段。", "第二段。"]), ["“"]);
    }
}
