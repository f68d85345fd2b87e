//! E001: what is withheld and yet can be read in a public file. This knows what is withheld and looks for it in any text; how a
//! text is got out of a file, others know.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::compute::Figure;
use crate::diagnostic::{Code, Diagnostic, Lang, Say, say};
use crate::model::Declared;
use crate::model::text::is_unseen;
use crate::model::{Dataset, Name};
use crate::source::{Path, Place};

/// A shorter text is in every report.
const LEAST: usize = 4;
/// A sentence of fewer characters may occur by chance: it counts only where it is a sentence as well.
const SENTENCE: usize = 8;

/// Where a withheld text counts as found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Wherever it stands.
    Anywhere,
    /// Between marks that end a sentence.
    Sentence,
    /// Where no digit goes on; never among the lengths of a drawing.
    Number,
}

/// A text that is withheld.
#[derive(Debug)]
struct Secret {
    text: Vec<char>,
    what: (&'static str, &'static str),
    place: Place,
    form: Form,
}

/// Everything that is withheld.
#[derive(Debug)]
pub struct Secrets<'d> {
    dataset: &'d Dataset,
    all: Vec<Secret>,
    /// Their positions by how they begin.
    by_head: BTreeMap<[char; LEAST], Vec<usize>>,
    /// The texts that are public, each once, squeezed; made when the first withheld text is met. They keep their order: what
    /// many cases have in common, such as a proposer, is met early.
    open: OnceLock<Vec<Vec<char>>>,
}

/// A text without white space, for lines are broken anywhere, and without characters that are not seen, such as soft
/// hyphens.
fn squeezed(text: &str) -> Vec<char> {
    let is_seen = |c: &char| !c.is_whitespace() && !is_unseen(*c) && !matches!(c, '\u{fe00}'..='\u{fe0f}');
    text.chars().filter(is_seen).map(folded).collect()
}

/// A title is typed with one kind of marks and told with another.
fn folded(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' => '\'',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

fn head(text: &[char]) -> Option<[char; LEAST]> {
    text.get(..LEAST)?.try_into().ok()
}

impl<'d> Secrets<'d> {
    /// What is withheld of a dataset; `used` are the figures in the public text.
    pub fn new(dataset: &'d Dataset, used: &BTreeMap<String, Figure>) -> Self {
        let mut secrets = Self { dataset, all: Vec::new(), by_head: BTreeMap::new(), open: OnceLock::new() };
        secrets.add_cases();
        secrets.add_figures(used);
        secrets.add_items();
        for (index, secret) in secrets.all.iter().enumerate() {
            if let Some(head) = head(&secret.text) {
                secrets.by_head.entry(head).or_default().push(index);
            }
        }
        secrets
    }

    /// Whether there is nothing to hide.
    pub fn is_empty(&self) -> bool {
        self.by_head.is_empty()
    }

    fn add(&mut self, text: &str, what: (&'static str, &'static str), place: &Place, form: Form) {
        let text = squeezed(text);
        if text.len() >= LEAST {
            self.all.push(Secret { text, what, place: place.clone(), form });
        }
    }

    fn add_cases(&mut self) {
        let dataset = self.dataset;
        for (index, case) in dataset.cases.iter().enumerate() {
            let at = |key: &str| {
                Place::value(&dataset.files.cases, Path::root().key("cases").index(index).key(key))
            };
            if case.is_withheld() {
                self.add(&case.title, ("不予公开的标题", "a withheld title"), &at("title"), Form::Anywhere);
                let what = ("不予公开的件的提出者", "a withheld case's proposer");
                self.add(&case.proposer, what, &at("proposer"), Form::Anywhere);
            }
            if let Some(contact) = &case.contact {
                let (what, place) = (("提出者的联系方式", "a proposer's contact"), at("contact"));
                self.add(contact, what, &place, Form::Anywhere);
                // A number or an address gives it away without the rest.
                let tells =
                    |part: &&str| part.contains('@') || part.bytes().filter(u8::is_ascii_digit).count() > 5;
                let parts = contact.split(|c: char| c.is_whitespace() || "，,、；;：:（）()".contains(c));
                parts.filter(tells).for_each(|part| self.add(part, what, &place, Form::Anywhere));
            }
            if let Some(notes) = &case.notes {
                self.add_prose(notes, ("办理情况", "handling notes"), &at("notes"));
            }
        }
    }

    /// Prose by its sentences, and what stands beside functions of templates.
    fn add_prose(&mut self, prose: &str, what: (&'static str, &'static str), place: &Place) {
        let plain = prose.replace("**", "").replace('\\', "");
        let outside = plain.split("{{").map(|part| part.split_once("}}").map_or(part, |(_, after)| after));
        for sentence in outside.flat_map(|part| part.split(ends_sentence)) {
            let is_short = squeezed(sentence).len() < SENTENCE;
            self.add(sentence, what, place, if is_short { Form::Sentence } else { Form::Anywhere });
        }
    }

    fn add_figures(&mut self, used: &BTreeMap<String, Figure>) {
        let dataset = self.dataset;
        let is_open = |value: &str| {
            let declared = dataset.declared.values().filter(|figure| !figure.internal);
            used.values().any(|figure| figure.value == value)
                || declared.map(|figure| figure.value.to_string()).any(|open| open == value)
        };
        let internal = |(_, figure): &(&Name, &Declared)| figure.internal;
        for (name, figure) in dataset.declared.iter().filter(internal) {
            let at = Path::root().key("figures").key(name.to_string());
            let place = |at: Path| Place::value(&dataset.files.figures, at);
            let what = ("内部数据的名称", "an internal figure's label");
            self.add(&figure.label, what, &place(at.key("label")), Form::Anywhere);
            let earlier = figure.previous.as_ref().map(|own| (&own.value, at.key("previous").key("value")));
            for (value, at) in [(&figure.value, at.key("value"))].into_iter().chain(earlier) {
                let value = value.to_string();
                // A number that may be a year is known by its unit.
                let is_year = value.parse().is_ok_and(|year: u32| (1900..2100).contains(&year));
                let shown = if is_year { format!("{value}{}", figure.unit) } else { value.clone() };
                if !is_open(&value) {
                    self.add(&shown, ("内部数据", "an internal figure"), &place(at), Form::Number);
                }
            }
        }
    }

    fn add_items(&mut self) {
        let dataset = self.dataset;
        for (at, item) in dataset.report.internal_items() {
            for (key, prose) in [("heading", &item.heading), ("body", &item.body)] {
                let place = Place::value(&dataset.files.report, at.key(key));
                self.add_prose(prose, ("内部的文字", "internal prose"), &place);
            }
        }
        for (index, promise) in dataset.report.promises.iter().enumerate().filter(|(_, own)| own.internal) {
            let at = Path::root().key("promises").index(index);
            let place = |key| Place::value(&dataset.files.report, at.key(key));
            let what = ("内部事项的标题", "an internal promise's title");
            self.add(&promise.title, what, &place("title"), Form::Anywhere);
            // The same words may stand beside another promise, which is public.
            let is_open = |reason: &str| {
                let open = dataset.report.promises.iter().filter(|other| !other.internal);
                open.filter_map(|other| other.reason.as_deref()).any(|other| other == reason)
            };
            if let Some(reason) = promise.reason.as_deref().filter(|reason| !is_open(reason)) {
                self.add_prose(reason, ("内部的文字", "internal prose"), &place("reason"));
            }
        }
    }

    /// What of it can be read in a text, each once. `file` and `what` name the text, `is_drawing` says that its numbers are
    /// lengths.
    pub fn surfacing(&self, text: &str, is_drawing: bool, file: &str, what: &Say) -> Vec<Diagnostic> {
        let text = squeezed(text);
        let mut found: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, window) in text.windows(LEAST).enumerate() {
            let known = head(window).and_then(|head| self.by_head.get(&head));
            for index in known.into_iter().flatten() {
                let secret = &self.all[*index];
                let is_here = !found.contains_key(index)
                    && text[at..].starts_with(&secret.text)
                    && secret.stands(&text, at, is_drawing)
                    && !self.is_open(&secret.text, &text, at);
                if is_here {
                    found.insert(*index, at);
                }
            }
        }
        found.into_iter().map(|(index, at)| self.all[index].told(&text, at, file, what)).collect()
    }

    /// Whether what stands at a position is part of something that is public: who proposed a withheld case may have proposed
    /// others, and one title may be in another.
    fn is_open(&self, secret: &[char], text: &[char], at: usize) -> bool {
        self.open.get_or_init(|| self.open_texts()).iter().any(|open| {
            let mut offsets = open.windows(secret.len()).enumerate().filter(|(_, part)| *part == secret);
            offsets.any(|(offset, _)| at >= offset && text[at - offset..].starts_with(open))
        })
    }

    fn open_texts(&self) -> Vec<Vec<char>> {
        let open = |case: &'d crate::model::Case| {
            let always = [&case.office, &case.id];
            always
                .into_iter()
                .chain([&case.title, &case.proposer].into_iter().filter(|_| !case.is_withheld()))
        };
        let cases = self.dataset.cases.iter().flat_map(open).map(|text| &**text);
        let labels = self.dataset.declared.values().filter(|figure| !figure.internal);
        let all = cases.chain(labels.map(|figure| &*figure.label)).chain(self.dataset.contacts());
        let mut known = BTreeSet::new();
        all.filter(|text| known.insert(*text)).map(squeezed).collect()
    }
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '\n' | '|') || c.is_control()
}

impl Secret {
    /// Whether it is itself at a position where its characters are.
    fn stands(&self, text: &[char], at: usize, is_drawing: bool) -> bool {
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        let after = text.get(at + self.text.len());
        match self.form {
            Form::Anywhere => true,
            Form::Sentence => [before, after].into_iter().flatten().all(|c| ends_sentence(*c)),
            Form::Number => {
                let goes_on = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_digit() || *c == '.');
                !is_drawing && !goes_on(before) && !goes_on(after)
            }
        }
    }

    fn told(&self, text: &[char], at: usize, file: &str, what: &Say) -> Diagnostic {
        const AROUND: usize = 8;
        let shown = |range: &[char]| range.iter().filter(|c| !c.is_control()).collect::<String>();
        let around = shown(&text[at.saturating_sub(AROUND)..(at + self.text.len() + AROUND).min(text.len())]);
        let secret = shown(&self.text);
        let (zh, en) = (what.get(Lang::Zh), what.get(Lang::En));
        let message = say(
            format!("{}“{secret}”出现在 {file} 的{zh}：…{around}…", self.what.0),
            format!("{} \"{secret}\" can be read in {file}, {en}: …{around}…", self.what.1),
        );
        let help = say(
            "改写出现的地方；确实可以公开的，改这里的公开方式或 internal；给内部看的用 --edition internal",
            "rewrite where it stands; if it may be public, say so here; for the office's eyes there is --edition internal",
        );
        Diagnostic::error(Code::E001, self.place.clone(), message).help(help)
    }
}

/// A file that cannot be searched is not given out.
pub fn unreadable(file: &str) -> Diagnostic {
    let message = say(
        format!("{file} 读不回来，查不了有没有不该公开的内容"),
        format!("{file} cannot be read back to see whether anything withheld is in it"),
    );
    Diagnostic::placeless(Code::E001, message)
}

#[cfg(test)]
mod tests {
    use super::super::tests::dataset;
    use super::*;

    const FIGURES: &str = "\
source: 统计
as_of: 2021年
figures:
  open: { label: 专利授权, value: 5120, unit: 件 }
  secret: { label: 专项预算, value: 7316.5, unit: 万元, internal: true, previous: { value: 2040, as_of: 2020年 } }
  same: { label: 甲乙, value: 5120, unit: 件, internal: true }
";

    #[test]
    fn marks_of_either_width_and_shape_are_the_same() {
        assert_eq!(squeezed("推动“磷化工”（一期），甲"), squeezed("推动 \"磷化工\"(一期),甲"));
        assert_ne!(squeezed("甲乙"), squeezed("甲，乙"));
    }

    #[test]
    fn a_withheld_text_is_found_as_what_it_is() {
        let report = "practices:\n  - heading: 从严掌握。\n    internal: true\n    body: 拟对两家单位的答复意见退回重办{{ fig(name=\"open\") }}。";
        let dataset = dataset(report, FIGURES);
        let secrets = Secrets::new(&dataset, &BTreeMap::new());
        let what = say("正文", "the text");
        let found = |text: &str, is_drawing| -> Vec<String> {
            let found = secrets.surfacing(text, is_drawing, "r.md", &what);
            found
                .iter()
                .map(|told| told.message.get(Lang::Zh).split('”').next().unwrap().to_owned())
                .collect()
        };
        for (text, wanted) in [
            ("年内专 项\n预算已定", "内部数据的名称“专项预算"),
            ("年内专\u{ad}项\u{200b}预\u{feff}算已定", "内部数据的名称“专项预算"),
            ("计7316.5万元", "内部数据“7316.5"),
            ("上年为2040万元", "内部数据“2040万元"),
            ("要求：从严掌握，另行通知", ""),
            ("前文。从严掌握。后文", "内部的文字“从严掌握"),
            ("将拟对两家单位的答复意见退回重办的情况", "内部的文字“拟对两家单位的答复意见退回重办"),
            ("到2040年，17316.5和7316.51，5120件", ""),
        ] {
            assert_eq!(found(text, false).concat(), wanted, "{text}");
        }
        assert_eq!(found("7316.5", true), [""; 0]);
        assert!(found(&format!("从严{APART}掌握", APART = '\u{1}'), false).is_empty());
    }
}
