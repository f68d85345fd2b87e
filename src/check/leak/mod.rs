//! E001: what is withheld and yet can be read in a public file. This knows what is withheld and looks for it in any text; how a
//! text is got out of a file, others know.

mod derive;
mod normal;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::compute::Figure;
use crate::diagnostic::{Code, Diagnostic, Lang, Say, say};
use crate::model::Declared;
use crate::model::{Dataset, Name};
use crate::source::{Path, Place};
use derive::{Form, LEAST, Pattern};
use normal::{Break, Normal, normal};

/// A text that is withheld, in one of its forms.
#[derive(Debug)]
struct Secret {
    pattern: Pattern,
    /// It as the data has it.
    shown: String,
    what: (&'static str, &'static str),
    place: Place,
}

/// Everything that is withheld.
#[derive(Debug)]
pub struct Secrets<'d> {
    dataset: &'d Dataset,
    /// Another version whose public texts are public as well.
    other: Option<&'d Dataset>,
    all: Vec<Secret>,
    /// Finds every form in one pass; by its patterns the secrets that have it.
    searcher: Option<AhoCorasick>,
    by_pattern: Vec<Vec<usize>>,
    /// Finds the texts that are public; made when the first withheld text is met.
    open: OnceLock<Option<AhoCorasick>>,
}

/// Finds texts in one pass.
fn searcher<T: AsRef<[u8]>>(texts: impl IntoIterator<Item = T>) -> Option<AhoCorasick> {
    // It fails only for more texts than memory has room for.
    AhoCorasick::new(texts).ok()
}

impl<'d> Secrets<'d> {
    /// What is withheld of a dataset; `used` are the figures in the public text.
    pub fn new(dataset: &'d Dataset, used: &BTreeMap<String, Figure>) -> Self {
        let (all, by_pattern, open) = Default::default();
        let mut secrets = Self { dataset, other: None, all, searcher: None, by_pattern, open };
        secrets.add_cases();
        secrets.add_figures(used);
        secrets.add_items();
        // Of what many cases have in common, such as a proposer, the first is enough.
        let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
        let mut known = BTreeSet::new();
        for (index, secret) in secrets.all.iter().enumerate() {
            let next = ids.len();
            let id = *ids.entry(&secret.pattern.text).or_insert(next);
            if id == secrets.by_pattern.len() {
                secrets.by_pattern.push(Vec::new());
            }
            if known.insert((id, secret.pattern.form, &secret.pattern.beside)) {
                secrets.by_pattern[id].push(index);
            }
        }
        let mut texts: Vec<(usize, &str)> = ids.into_iter().map(|(text, id)| (id, text)).collect();
        texts.sort_unstable();
        secrets.searcher = searcher(texts.iter().map(|(_, text)| text)).filter(|_| !texts.is_empty());
        secrets
    }

    /// The same where what another version has in public is public as well.
    pub fn beside(self, other: &'d Dataset) -> Self {
        Self { other: Some(other), ..self }
    }

    /// Whether there is nothing to hide.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    fn add(
        &mut self,
        patterns: Vec<Pattern>,
        shown: &str,
        what: (&'static str, &'static str),
        place: &Place,
    ) {
        let shown: String = shown.split_whitespace().collect();
        for pattern in patterns {
            let shown = if shown.chars().count() > MOST_SHOWN { pattern.text.clone() } else { shown.clone() };
            self.all.push(Secret { pattern, shown, what, place: place.clone() });
        }
    }

    fn add_cases(&mut self) {
        let dataset = self.dataset;
        // Who proposed a public case as well is named in public.
        let open = dataset.cases.iter().filter(|case| !case.is_withheld());
        let open: BTreeSet<String> =
            open.flat_map(|case| derive::names(&case.proposer)).map(|name| name.text).collect();
        for (index, case) in dataset.cases.iter().enumerate() {
            let at = |key: &str| {
                Place::value(&dataset.files.cases, Path::root().key("cases").index(index).key(key))
            };
            if case.is_withheld() {
                let what = ("不予公开的标题", "a withheld title");
                self.add(derive::title(&case.title), &case.title, what, &at("title"));
                let what = ("不予公开的件的提出者", "a withheld case's proposer");
                let mut patterns = derive::text(&case.proposer);
                patterns.extend(
                    derive::names(&case.proposer).into_iter().filter(|name| !open.contains(&name.text)),
                );
                self.add(patterns, &case.proposer, what, &at("proposer"));
            }
            if let Some(contact) = &case.contact {
                let what = ("提出者的联系方式", "a proposer's contact");
                let mut patterns = derive::contact(contact);
                patterns.retain(|name| name.form != Form::Name || !open.contains(&name.text));
                for pattern in patterns {
                    let shown = pattern.text.clone();
                    self.add(vec![pattern], &shown, what, &at("contact"));
                }
            }
            if let Some(notes) = &case.notes {
                self.add_prose(notes, ("办理情况", "handling notes"), &at("notes"));
            }
        }
    }

    fn add_prose(&mut self, prose: &str, what: (&'static str, &'static str), place: &Place) {
        for pattern in derive::prose(prose) {
            let shown = pattern.text.clone();
            self.add(vec![pattern], &shown, what, place);
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
            self.add(derive::text(&figure.label), &figure.label, what, &place(at.key("label")));
            let earlier = figure.previous.as_ref().map(|own| (&own.value, at.key("previous").key("value")));
            for (value, at) in [(&figure.value, at.key("value"))].into_iter().chain(earlier) {
                let value = value.to_string();
                if !is_open(&value) {
                    let patterns = derive::amount(&value, &figure.unit, &figure.label);
                    let shown = format!("{value}{}", figure.unit);
                    self.add(patterns, &shown, ("内部数据", "an internal figure"), &place(at));
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
            self.add(derive::title(&promise.title), &promise.title, what, &place("title"));
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
        let Some(searcher) = &self.searcher else { return Vec::new() };
        let text = Normal::new(text);
        let mut found: BTreeMap<usize, Range<usize>> = BTreeMap::new();
        let open = OnceLock::new();
        for met in searcher.find_overlapping_iter(&text.text) {
            for index in &self.by_pattern[met.pattern().as_usize()] {
                let is_here = !found.contains_key(index)
                    && self.all[*index].stands(&text, &met.range(), is_drawing)
                    && !covers(open.get_or_init(|| self.open_places(&text.text)), &met.range());
                if is_here {
                    found.insert(*index, met.range());
                }
            }
        }
        found.into_iter().map(|(index, at)| self.all[index].told(&text.text, at, file, what)).collect()
    }

    /// Where public texts stand: what begins at each byte, and how far what began before it reaches.
    fn open_places(&self, text: &str) -> Vec<(usize, usize)> {
        let Some(open) = self.open.get_or_init(|| searcher(self.open_texts())) else { return Vec::new() };
        let mut places: Vec<(usize, usize)> =
            open.find_overlapping_iter(text).map(|met| (met.start(), met.end())).collect();
        places.sort_unstable();
        let mut reach = 0;
        for (_, end) in &mut places {
            reach = reach.max(*end);
            *end = reach;
        }
        places
    }

    fn open_texts(&self) -> BTreeSet<String> {
        let open = |case: &'d crate::model::Case| {
            let always = [&case.office, &case.id];
            always
                .into_iter()
                .chain([&case.title, &case.proposer].into_iter().filter(|_| !case.is_withheld()))
        };
        let both = || std::iter::once(self.dataset).chain(self.other);
        let cases = both().flat_map(|dataset| &dataset.cases).flat_map(open).map(|text| &**text);
        let labels = both().flat_map(|dataset| dataset.declared.values()).filter(|figure| !figure.internal);
        let contacts = both().flat_map(Dataset::contacts);
        let all = cases.chain(labels.map(|figure| &*figure.label)).chain(contacts);
        all.map(normal).filter(|text| text.chars().count() >= LEAST).collect()
    }
}

/// Whether some bytes are part of something that is public: who proposed a withheld case may have proposed others, and one title may
/// be in another.
fn covers(open: &[(usize, usize)], range: &Range<usize>) -> bool {
    let before = open.partition_point(|(start, _)| *start <= range.start);
    before.checked_sub(1).is_some_and(|last| open[last].1 >= range.end)
}

/// Longest text that is shown as the data has it, in characters; of a longer one the part that was found.
const MOST_SHOWN: usize = 40;
/// How near a word counts as beside a number, in characters.
const BESIDE: usize = 16;
/// What may stand right before a name, and right behind it.
const BEFORE_NAMES: &[&str] = &[
    "代表",
    "委员",
    "由",
    "和",
    "与",
    "及",
    "向",
    "对",
    "经",
    "同志",
    "给",
    "请",
    "是",
    "为",
    "联系人",
    "负责人",
    "经办人",
    "提案人",
    "建议人",
    "提出者",
    "领衔",
];
const AFTER_NAMES: &[&str] = &[
    "代表", "委员", "等", "和", "与", "及", "提出", "同志", "先生", "女士", "的", "所", "说", "表示", "反映",
    "联系", "来电",
];

impl Secret {
    /// Whether it is itself at a position where its characters are.
    fn stands(&self, text: &Normal, range: &Range<usize>, is_drawing: bool) -> bool {
        let (before, after) = (&text.text[..range.start], &text.text[range.end..]);
        let apart = |byte: usize, least: Break| text.at(byte).is_some_and(|found| found >= least);
        if text.within(range.start, range.end) == Some(Break::Apart) {
            return false;
        }
        match self.pattern.form {
            Form::Anywhere => true,
            Form::Sentence => apart(range.start, Break::End) && apart(range.end, Break::End),
            Form::Name => {
                let begins = apart(range.start, Break::Blank)
                    || BEFORE_NAMES.iter().any(|word| before.ends_with(word));
                begins
                    && (apart(range.end, Break::Blank)
                        || AFTER_NAMES.iter().any(|word| after.starts_with(word)))
            }
            Form::Number => {
                let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.');
                let joined = |byte: usize, c: Option<char>| digit(c) && !apart(byte, Break::Blank);
                !is_drawing
                    && !joined(range.start, before.chars().next_back())
                    && !joined(range.end, after.chars().next())
                    && text.within(range.start, range.end).is_none_or(|kind| kind == Break::Blank)
                    && self.has_word_beside(before, after)
            }
        }
    }

    fn has_word_beside(&self, before: &str, after: &str) -> bool {
        let start = before.char_indices().rev().take(BESIDE).last().map_or(before.len(), |(at, _)| at);
        let end = after.char_indices().nth(BESIDE).map_or(after.len(), |(at, _)| at);
        let near = [&before[start..], &after[..end]];
        self.pattern.beside.is_empty()
            || self.pattern.beside.iter().any(|word| near.iter().any(|part| part.contains(word.as_str())))
    }

    fn told(&self, text: &str, at: Range<usize>, file: &str, what: &Say) -> Diagnostic {
        const AROUND: usize = 8;
        let start = text[..at.start].char_indices().rev().take(AROUND).last().map_or(at.start, |(at, _)| at);
        let end = text[at.end..].char_indices().nth(AROUND).map_or(text.len(), |(own, _)| at.end + own);
        let (around, secret) = (&text[start..end], &self.shown);
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
            ("计7316.5万元", "内部数据“7316.5万元"),
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
