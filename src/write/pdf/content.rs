//! A page's content stream: every glyph in its place, marked with the part of the document that it belongs to.
//!
//! Written here and not by printpdf, which makes an object of every glyph: an annex of five thousand rows has a quarter of a
//! million of them.

use super::font::{Font, Fonts};
use super::hex;
use crate::policy::gbt9704 as law;
use crate::typeset::{FaceId, Ink, NodeId, Page, Part, Rule, Run, Tree};

/// The ground of what is still to be found out, as parts of red, green and blue light: pale yellow.
const PALE: [f32; 3] = [1.0, 0.93, 0.6];

/// A page's operators, and what they are of.
pub(super) struct Content {
    pub operators: Vec<u8>,
    /// The node of each marked content, by its number on the page.
    pub marks: Vec<NodeId>,
}

/// The operators of a page. `tag` gives the structure type of a node.
pub(super) fn content(
    page: &Page,
    fonts: &Fonts,
    tree: &Tree,
    tag: impl Fn(NodeId) -> &'static str,
) -> Content {
    let glyphs: usize = page.runs.iter().map(|run| run.glyphs.len()).sum();
    let mut writer = Writer {
        out: Vec::with_capacity(4 * glyphs + 64 * page.runs.len() + 512),
        fonts,
        height: if page.turned { law::PAPER_WIDTH } else { law::PAPER_HEIGHT },
        state: State::default(),
    };
    let mut marks = Vec::new();
    if page.turned {
        // Upright, the turned sheet's top is at the left.
        writer.words("q 0 1 -1 0 ");
        writer.number(law::PAPER_WIDTH);
        writer.words("0 cm\n");
    }
    writer.words("/Artifact BMC\n");
    writer.grounds(&page.runs);
    page.rules.iter().filter(|rule| rule.part == Part::Artifact).for_each(|rule| writer.rule(rule));
    writer.words("EMC\n");
    let mut rest = &page.runs[..];
    while let Some(first) = rest.first() {
        let length = rest.iter().take_while(|run| run.part == first.part).count();
        let (runs, more) = rest.split_at(length);
        rest = more;
        let mut ends = "EMC\n";
        match first.part {
            Part::Artifact => writer.words("/Artifact BMC\n"),
            Part::Of(node) => {
                writer.begin(tag(node), marks.len());
                marks.push(node);
                if let Some(text) = tree.actual_text(node) {
                    let drawn = page.rules.iter().filter(|rule| rule.part == first.part);
                    drawn.for_each(|rule| writer.rule(rule));
                    writer.begin_span(text);
                    ends = "EMC\nEMC\n";
                }
            }
        }
        writer.runs(runs);
        writer.words(ends);
    }
    if page.turned {
        writer.words("Q\n");
        writer.state = State::default();
        writer.height = law::PAPER_HEIGHT;
    }
    if !page.folio.is_empty() {
        writer.words("/Artifact BMC\n");
        writer.runs(&page.folio);
        writer.words("EMC\n");
    }
    Content { operators: writer.out, marks }
}

/// What the last operators have set.
#[derive(Default)]
struct State {
    ink: Option<Ink>,
    font: Option<(FaceId, f32)>,
    /// Extra space after every glyph, in thousandths of a point.
    spacing: i32,
    /// Where the last run began, in thousandths of a point.
    place: [i64; 2],
}

struct Writer<'a> {
    out: Vec<u8>,
    fonts: &'a Fonts,
    /// Of the sheet, as it is read.
    height: f32,
    state: State,
}

impl Writer<'_> {
    fn words(&mut self, words: &str) {
        self.out.extend_from_slice(words.as_bytes());
    }

    /// A number and a space.
    fn number(&mut self, number: f32) {
        self.thousandths(thousandths(number));
    }

    fn thousandths(&mut self, number: i64) {
        if number < 0 {
            self.out.push(b'-');
        }
        let (whole, part) = (number.unsigned_abs() / 1000, number.unsigned_abs() % 1000);
        self.integer(whole);
        if part > 0 {
            let digits = [part / 100, part / 10 % 10, part % 10].map(|digit| b'0' + digit as u8);
            let length = 3 - digits.iter().rev().take_while(|digit| **digit == b'0').count();
            self.out.push(b'.');
            self.out.extend_from_slice(&digits[..length]);
        }
        self.out.push(b' ');
    }

    fn integer(&mut self, number: u64) {
        let mut digits = [0; 20];
        let mut at = digits.len();
        let mut rest = number;
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.out.extend_from_slice(&digits[at..]);
    }

    fn begin(&mut self, tag: &str, mark: usize) {
        self.words("/");
        self.words(tag);
        self.words(" <</MCID ");
        self.integer(mark as u64);
        self.words(">> BDC\n");
    }

    /// What follows stands for this text: only a span may say so (ISO 32000-1, 14.9.4).
    fn begin_span(&mut self, text: &str) {
        self.words("/Span <</ActualText ");
        self.words(&hex(text));
        self.words(">> BDC\n");
    }

    fn ink(&mut self, ink: Ink) {
        if self.state.ink == Some(ink) {
            return;
        }
        self.state.ink = Some(ink);
        match ink {
            Ink::Grey(light) => {
                self.number(light);
                self.words("g\n");
            }
            Ink::Pale => {
                PALE.iter().for_each(|light| self.number(*light));
                self.words("rg\n");
            }
            Ink::Red => {
                law::RED.iter().for_each(|light| self.number(*light));
                self.words("rg\n");
            }
        }
    }

    fn rule(&mut self, rule: &Rule) {
        self.ink(rule.ink);
        for number in [rule.x, self.height - rule.y - rule.height, rule.width, rule.height] {
            self.number(number);
        }
        self.words("re f\n");
    }

    /// The grounds under the runs that are still to be found out.
    fn grounds(&mut self, runs: &[Run]) {
        for (index, run) in runs.iter().enumerate().filter(|(_, run)| run.is_todo) {
            // A digit of another face is a run of its own: the ground has no gap before it.
            let next = runs.get(index + 1).filter(|next| next.is_todo && next.part == run.part);
            let meets = next.and_then(|next| next.glyphs.first()).map(|glyph| glyph.x);
            let end = run.glyphs.last().map_or(0.0, |glyph| glyph.x);
            self.ground(run, meets.filter(|x| (end..end + 2.0 * run.size).contains(x)));
        }
    }

    /// The ground under a run, as high as its characters: the blank halves of the brackets at its ends are not coloured.
    fn ground(&mut self, run: &Run, meets: Option<f32>) {
        let (Some(first), Some(last)) = (run.glyphs.first(), run.glyphs.last()) else { return };
        let Some(font) = self.fonts.get(&run.face) else { return };
        let half = run.size / 2.0;
        let x = first.x + if first.text == '【' { half } else { 0.0 };
        let advance = font.glyphs.get(&last.id).map_or(run.size, |glyph| glyph.1 * run.size / 1000.0);
        let end = meets.unwrap_or(last.x + if last.text == '】' { half } else { advance });
        let (above, below) = (0.94 * run.size, 0.18 * run.size);
        let (y, height) = (run.baseline - above, above + below);
        self.rule(&Rule { x, y, width: end - x, height, ink: Ink::Pale, part: Part::Artifact });
    }

    fn runs(&mut self, runs: &[Run]) {
        self.words("BT\n");
        self.state.place = [0; 2];
        for run in runs {
            let Some(font) = self.fonts.get(&run.face) else { continue };
            self.ink(run.ink);
            if self.state.font != Some((run.face, run.size)) {
                self.state.font = Some((run.face, run.size));
                self.words("/F");
                self.integer(u64::from(run.face.0));
                self.words(" ");
                self.number(run.size);
                self.words("Tf\n");
            }
            self.run(run, font);
        }
        self.words("ET\n");
    }

    /// The code of a glyph inside a string, in which brackets, backslashes and carriage returns are escaped.
    fn code(&mut self, id: u16) {
        for byte in id.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => self.out.extend_from_slice(&[b'\\', byte]),
                b'\r' => self.words("\\r"),
                _ => self.out.push(byte),
            }
        }
    }

    /// Numbers between the glyphs move the pen from where a glyph's width and the spacing left it to the next one's place.
    fn run(&mut self, run: &Run, font: &Font) {
        let Some(first) = run.glyphs.first() else { return };
        let spacing = spacing(run, font);
        if spacing != self.state.spacing {
            self.state.spacing = spacing;
            self.thousandths(i64::from(spacing));
            self.words("Tc\n");
        }
        self.go_to([first.x, self.height - run.baseline].map(thousandths));
        let begun = self.out.len();
        let mut is_plain = true;
        self.words("[");
        // In thousandths of an em from the start of the run.
        let extra = f64::from(spacing) / f64::from(run.size);
        let mut pen = 0.0;
        let mut open = false;
        for (index, glyph) in run.glyphs.iter().enumerate() {
            let Some(&(id, width, owner)) = font.glyphs.get(&glyph.id) else { continue };
            // A glyph can stand for one character only; where it stands for another, say so.
            let borrowed = owner != glyph.text;
            if borrowed {
                self.words(if open { ")] TJ\n" } else { "] TJ\n" });
                (open, is_plain) = (false, false);
                let mut text = [0; 4];
                self.begin_span(glyph.text.encode_utf8(&mut text));
                self.words("[");
            }
            if !open {
                self.words("(");
                open = true;
            }
            self.code(id);
            if borrowed {
                self.words(")] TJ\nEMC\n[");
                open = false;
            }
            pen += f64::from(width) + extra;
            if let Some(next) = run.glyphs.get(index + 1) {
                let place = f64::from(next.x - first.x) / f64::from(run.size) * 1000.0;
                let back = (pen - place).round();
                if back != 0.0 {
                    pen -= back;
                    if open {
                        self.words(")");
                        open = false;
                    }
                    self.thousandths(back as i64 * 1000);
                    self.out.pop();
                    is_plain = false;
                }
            }
        }
        if is_plain && open {
            // One string and no numbers: the shorter operator.
            self.out.remove(begun);
            self.words(") Tj\n");
        } else {
            self.words(if open { ")] TJ\n" } else { "] TJ\n" });
        }
    }

    /// Moves from the last run's beginning to this one's; the steps are whole thousandths, so they add up exactly.
    fn go_to(&mut self, place: [i64; 2]) {
        let from = std::mem::replace(&mut self.state.place, place);
        self.thousandths(place[0] - from[0]);
        self.thousandths(place[1] - from[1]);
        self.words("Td\n");
    }
}

/// A thousandth of a point is finer than any press.
fn thousandths(points: f32) -> i64 {
    (f64::from(points) * 1000.0).round() as i64
}

/// A smaller space is left to the numbers between the glyphs, which are needed only where it adds up.
const LEAST: i32 = 5;

/// The space after a glyph that most glyphs of the run have, in thousandths of a point.
fn spacing(run: &Run, font: &Font) -> i32 {
    let mut found: Vec<i32> = run
        .glyphs
        .windows(2)
        .filter_map(|pair| {
            let width = font.glyphs.get(&pair[0].id)?.1;
            let space = pair[1].x - pair[0].x - width * run.size / 1000.0;
            Some((space * 1000.0).round() as i32)
        })
        .collect();
    if found.len() < 3 {
        return 0;
    }
    // Places are rounded, so equal spaces differ by a thousandth or two: the middle one stands for its like.
    let middle = found.len() / 2;
    let space = *found.select_nth_unstable(middle).1;
    if space.abs() < LEAST { 0 } else { space }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_more_digits_than_they_need() {
        let fonts = Fonts::new();
        let mut writer = Writer { out: Vec::new(), fonts: &fonts, height: 0.0, state: State::default() };
        for number in [0.0, 1.0, -0.5, 12.25, 595.276, 0.001, -841.89, 0.0004] {
            writer.number(number);
        }
        assert_eq!(writer.out, b"0 1 -0.5 12.25 595.276 0.001 -841.89 0 ");
    }
}
