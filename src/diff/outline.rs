//! A diff as a list of lines, in order and in the user's language; each way of showing it adds its own marks.

use super::data::{Change, Data, Record, Records, field_label, names};
use super::figures::{Label, Moved, Printed, Reason};
use super::{Diff, Name, Op, Piece};
use crate::diagnostic::Lang;
use crate::model::Edition;

/// A part under a heading of its own.
pub(super) struct Part {
    /// The heading.
    pub title: String,
    /// What the line says.
    pub entries: Vec<Entry>,
}

/// One thing that differs.
pub(super) struct Entry {
    /// It was taken out, put in, or, `Same`, changed.
    pub op: Op,
    /// What it is.
    pub head: String,
    /// What of it differs.
    pub details: Vec<Detail>,
}

/// A line of an entry.
pub(super) enum Detail {
    /// Words.
    Said(String),
    /// A value before and now.
    Value {
        /// What it is.
        label: String,
        /// Before; none: nothing.
        old: Option<String>,
        /// Now; none: nothing.
        new: Option<String>,
    },
}

/// What stands for nothing.
pub(super) fn none(lang: Lang) -> &'static str {
    lang.pick("（无）", "(none)")
}

/// What stands on every page of a diff that is for the office alone.
pub(super) fn internal(lang: Lang) -> &'static str {
    lang.pick("内部资料，不得外传", "internal: for the office alone")
}

/// What is said before everything: the two sides, and why a side has no text.
pub(super) fn beginning(diff: &Diff, lang: Lang) -> Vec<String> {
    let side = |zh: &str, en: &str, name: &Name| format!("{}{}", lang.pick(zh, en), name.name);
    let mut lines = vec![side("旧：", "old: ", &diff.old), side("新：", "new: ", &diff.new)];
    if diff.edition == Edition::Internal {
        lines.insert(0, internal(lang).to_owned());
    }
    for (zh, en, name) in [("旧的", "the old one", &diff.old), ("新的", "the new one", &diff.new)] {
        let Some(trouble) = &name.trouble else { continue };
        let (count, first) = (trouble.errors, &trouble.first);
        lines.push(lang.pick(
            format!("{zh}一份有{count}个错误，数字和文字没有比对。第一个：{first}"),
            format!("{en} has {count} error(s), so figures and text were not compared. The first: {first}"),
        ));
    }
    if !diff.data.unread.is_empty() {
        let files = diff.data.unread.join(lang.pick("、", ", "));
        lines.push(
            lang.pick(
                format!("读不出来，没有比对：{files}"),
                format!("cannot be read, not compared: {files}"),
            ),
        );
    }
    lines
}

/// That nothing differs.
pub(super) fn nothing(diff: &Diff, lang: Lang) -> Option<&'static str> {
    let (zh, en) = match (diff.is_empty(), diff.has_trouble() || !diff.data.unread.is_empty()) {
        (false, _) => return None,
        (true, false) => ("两份没有不同。", "the two are the same."),
        (true, true) => ("能比对的部分没有不同。", "what could be compared is the same."),
    };
    Some(lang.pick(zh, en))
}

/// What the heading of the redline is.
pub(super) fn text_title(lang: Lang) -> &'static str {
    lang.pick("文字", "Text")
}

/// Data and figures; parts in which nothing differs are left out.
pub(super) fn parts(diff: &Diff, lang: Lang) -> Vec<Part> {
    let Data { cases, figures, files, .. } = &diff.data;
    let mut parts = vec![
        Part {
            title: format!("{}{}", lang.pick("台账", "Ledger"), sum(cases, lang)),
            entries: records(cases, lang),
        },
        Part {
            title: format!("{}{}", lang.pick("数据表", "Declared figures"), sum(figures, lang)),
            entries: records(figures, lang),
        },
    ];
    parts.extend(files.iter().map(|own| Part {
        title: own.file.to_owned(),
        entries: own.changes.iter().map(|one| change(one, lang)).collect(),
    }));
    let moved = diff.figures.iter().flatten().map(|moved| figure(moved, lang)).collect();
    parts
        .push(Part { title: lang.pick("文中的数字", "Figures of the text").to_owned(), entries: moved });
    parts.retain(|part| !part.entries.is_empty());
    parts
}

/// `：增1，减2，改3`
fn sum(records: &Records, lang: Lang) -> String {
    let counts = [
        (&records.added, "增", "added"),
        (&records.removed, "减", "removed"),
        (&records.changed, "改", "changed"),
    ];
    let counts = counts.iter().filter(|(list, _, _)| !list.is_empty());
    let told: Vec<String> = counts
        .map(|(list, zh, en)| lang.pick(format!("{zh}{}", list.len()), format!("{} {en}", list.len())))
        .collect();
    format!("{}{}", lang.pick("：", ": "), told.join(lang.pick("，", ", ")))
}

fn records(records: &Records, lang: Lang) -> Vec<Entry> {
    let entry = |op, record: &Record| {
        let gap = if record.title.is_empty() { "" } else { "　" };
        let detail = |one: &Change| value(field_label(&one.path).get(lang), one, lang);
        Entry {
            op,
            head: format!("{}{gap}{}", record.id, record.title),
            details: record.fields.iter().map(detail).collect(),
        }
    };
    let of = |op, list: &[Record]| list.iter().map(|record| entry(op, record)).collect::<Vec<_>>();
    let groups = [of(Op::Ins, &records.added), of(Op::Del, &records.removed), of(Op::Same, &records.changed)];
    groups.into_iter().flatten().collect()
}

fn value(label: &str, change: &Change, lang: Lang) -> Detail {
    let shown = |side: &Option<String>| match side.as_deref() {
        Some("true") => Some(lang.pick("是", "true").to_owned()),
        Some("false") => Some(lang.pick("否", "false").to_owned()),
        side => side.map(str::to_owned),
    };
    Detail::Value { label: label.to_owned(), old: shown(&change.old), new: shown(&change.new) }
}

fn change(change: &Change, lang: Lang) -> Entry {
    let (op, words) = match (&change.old, &change.new, change.prose) {
        (None, Some(new), _) if names(&change.path, new) => (Op::Ins, ""),
        (Some(old), None, _) if names(&change.path, old) => (Op::Del, ""),
        (None, Some(new), false) => (Op::Ins, new.as_str()),
        (Some(old), None, false) => (Op::Del, old.as_str()),
        (None, _, true) => (Op::Ins, lang.pick("新增文字", "new words")),
        (_, None, true) => (Op::Del, lang.pick("删去文字", "words taken out")),
        (_, _, true) => (Op::Same, lang.pick("文字有改动", "words changed")),
        _ => {
            let details = vec![value("", change, lang)];
            return Entry { op: Op::Same, head: change.path.clone(), details };
        }
    };
    let colon = if words.is_empty() { "" } else { colon(lang) };
    Entry { op, head: format!("{}{colon}{words}", change.path), details: Vec::new() }
}

fn figure(moved: &Moved, lang: Lang) -> Entry {
    let number = |printed: &Printed| format!("{}{}", printed.value, printed.unit);
    let gone = lang.pick("，文中不再用", ", no longer in the text");
    let come = lang.pick("，文中新用", ", new in the text");
    let words = match (&moved.old, &moved.new) {
        (Some(old), Some(new)) => format!("{} → {}", number(old), number(new)),
        (Some(old), None) => number(old) + gone,
        (None, Some(new)) => number(new) + come,
        (None, None) => String::new(),
    };
    let details = moved.because.iter().flat_map(|reason| because(reason, lang)).collect();
    let label = if lang == Lang::Zh { moved.label.as_str() } else { "" };
    let name = if label.is_empty() { moved.name.as_str() } else { label };
    let rest = if label.is_empty() { String::new() } else { format!("　{}", moved.name) };
    Entry { op: Op::Same, head: format!("{name}{}{words}{rest}", colon(lang)), details }
}

fn colon(lang: Lang) -> &'static str {
    lang.pick("：", ": ")
}

/// So many cases are named under a figure; JSON names all.
const MOST_LISTED: usize = 20;

fn because(reason: &Reason, lang: Lang) -> Vec<Detail> {
    let list = |ids: &[String]| {
        let (shown, count) = (&ids[..ids.len().min(MOST_LISTED)], ids.len());
        let more = lang.pick(format!("等{count}件"), format!(" and others, {count} in all"));
        shown.join(lang.pick("、", ", ")) + if count > MOST_LISTED { &more } else { "" }
    };
    let came = |zh: &str, en: &str, ids: &[String]| {
        (!ids.is_empty()).then(|| Detail::Said(format!("{}{}{}", lang.pick(zh, en), colon(lang), list(ids))))
    };
    let value = |label: &str, old: &str, new: &str| Detail::Value {
        label: label.to_owned(),
        old: Some(old.to_owned()),
        new: Some(new.to_owned()),
    };
    match reason {
        Reason::Cases { entered, left } => {
            let entered = came("新计入的件", "cases counted now", entered);
            entered.into_iter().chain(came("不再计入的件", "cases counted no more", left)).collect()
        }
        Reason::Records { entered, left } => {
            let entered = came("新计入", "counted now", entered);
            entered.into_iter().chain(came("不再计入", "counted no more", left)).collect()
        }
        Reason::Declared => {
            vec![Detail::Said(lang.pick("录入的数值改了", "another value was declared").to_owned())]
        }
        Reason::Rate { old, new } => {
            let rate = |[part, whole]: &[u64; 2]| format!("{part}÷{whole}");
            vec![value(lang.pick("算式", "rate"), &rate(old), &rate(new))]
        }
        Reason::Input { label, old, new, entered, left } => {
            let mut details = vec![value(label.get(lang), old, new)];
            details.extend(came("新计入的件", "cases counted now", entered));
            details.extend(came("不再计入的件", "cases counted no more", left));
            details
        }
        Reason::Formula { old, new } => {
            let label = |label: &Label| label.get(lang).to_owned();
            vec![value(lang.pick("算法", "formula"), &label(old), &label(new))]
        }
    }
}

/// So many characters of what did not change are shown on either side of what did.
const AROUND: usize = 24;

/// The pieces of a cell without the long stretches that did not change.
pub(super) fn clipped(pieces: &[Piece]) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let clip = |(at, piece): (usize, &Piece)| {
        let (before, after) = (if at == 0 { 0 } else { AROUND }, if at == last { 0 } else { AROUND });
        let count = piece.text.chars().count();
        // What is left out is longer than the mark that says so.
        if piece.op != Op::Same || count <= before + after + 4 {
            return piece.clone();
        }
        let whole: Vec<char> = piece.text.chars().collect();
        let is_end = |c: &char| "，。；：、！？".contains(*c);
        // Rather a whole clause than half of one.
        let head = whole[..before]
            .iter()
            .rposition(is_end)
            .filter(|at| at * 2 >= before)
            .map_or(before, |at| at + 1);
        let tail = whole[count - after..].iter().position(is_end).filter(|at| at * 2 < after);
        let tail = count - after + tail.map_or(0, |at| at + 1);
        let text = [&whole[..head], &['…', '…'], &whole[tail..]].concat();
        Piece { op: Op::Same, text: text.into_iter().collect() }
    };
    match pieces {
        [only] => vec![only.clone()],
        _ => pieces.iter().enumerate().map(clip).collect(),
    }
}
