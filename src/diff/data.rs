//! What was changed in the files: the ledger case by case, declared figures, and everything else by its path.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::diagnostic::{Say, say};
use crate::model::{Decision, Kind, Level, Outcome, Reason, Role, Satisfaction};
use crate::source::tree::Node;

/// Everything that was changed in the files.
#[derive(Debug, Default, Serialize)]
pub struct Data {
    /// The ledger's cases by `id`.
    pub cases: Records,
    /// The declared figures by name.
    pub figures: Records,
    /// What else the files hold, file by file.
    pub files: Vec<InFile>,
    /// Files that could not be read on one side at least, and so were not compared.
    pub unread: Vec<&'static str>,
}

/// Records by their names.
#[derive(Debug, Default, Serialize)]
pub struct Records {
    /// Those that only the new version has, in its order.
    pub added: Vec<Record>,
    /// Those that only the old version has, in its order.
    pub removed: Vec<Record>,
    /// Those that both have and that are not the same, in the new version's order.
    pub changed: Vec<Record>,
}

/// A record.
#[derive(Debug, Serialize)]
pub struct Record {
    /// The case's `id`, the figure's name.
    pub id: String,
    /// The case's title, the figure's label.
    pub title: String,
    /// What was changed in it; of one that was added or removed, nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Change>,
}

/// The changes in one file.
#[derive(Debug, Serialize)]
pub struct InFile {
    /// The file: `report.yaml`, `cases.yaml`, `figures.yaml`, `bodies.yaml`, whatever a report calls it.
    pub file: &'static str,
    /// By path, in the order of the old version and then of what is new.
    pub changes: Vec<Change>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Where: `header.title`, `practices[“开门办理。”].body`.
    pub path: String,
    /// What stood there; none: nothing.
    pub old: Option<String>,
    /// What stands there now; none: nothing.
    pub new: Option<String>,
    /// Long words; the redline shows them whole.
    pub prose: bool,
}

impl Data {
    /// Whether nothing was changed.
    pub fn is_empty(&self) -> bool {
        self.cases.is_empty() && self.figures.is_empty() && self.files.is_empty()
    }
}

impl Records {
    /// Whether nothing was changed.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

type File = (&'static str, Option<Node>);

/// Compare the files of two versions.
pub(super) fn compare(old: &[File], new: &[File]) -> Data {
    let mut data = Data::default();
    for ((file, old), (_, new)) in old.iter().zip(new) {
        let (Some(old), Some(new)) = (old, new) else {
            data.unread.push(file);
            continue;
        };
        let mut own: &[&str] = &[];
        if *file == "cases.yaml" {
            data.cases = records(&named(old.items("cases"), "id"), &named(new.items("cases"), "id"), "title");
            own = &["cases"];
        } else if *file == "figures.yaml" {
            data.figures = records(&entries(old.get("figures")), &entries(new.get("figures")), "label");
            own = &["figures"];
        }
        let mut changes = Vec::new();
        record(old, new, "", own, &mut changes);
        if !changes.is_empty() {
            data.files.push(InFile { file, changes });
        }
    }
    data
}

/// Items by the text that names them, and how many of that name came before: two may share one by mistake.
fn named<'n>(items: &'n [Node], key: &str) -> Vec<Named<'n>> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let name = |item: &'n Node| {
        let name = item.text(key).unwrap_or_default();
        let count = seen.entry(name).or_default();
        *count += 1;
        ((name, *count), item)
    };
    items.iter().map(name).collect()
}

fn entries(record: Option<&Node>) -> Vec<Named<'_>> {
    match record {
        Some(Node::Record(entries)) => {
            entries.iter().map(|(name, node)| ((name.as_str(), 1), node)).collect()
        }
        _ => Vec::new(),
    }
}

type Named<'n> = ((&'n str, usize), &'n Node);

fn records<'n>(old: &[Named<'n>], new: &[Named<'n>], title: &str) -> Records {
    let by_name = |list: &[Named<'n>]| -> BTreeMap<_, _> { list.iter().copied().collect() };
    let (olds, news) = (by_name(old), by_name(new));
    let record = |id: &str, node: &Node, fields| Record {
        id: id.to_owned(),
        title: node.text(title).unwrap_or_default().to_owned(),
        fields,
    };
    let only = |list: &[Named], others: &BTreeMap<_, _>| -> Vec<Record> {
        let own = list.iter().filter(|(name, _)| !others.contains_key(name));
        own.map(|((id, _), node)| record(id, node, Vec::new())).collect()
    };
    let changed = new.iter().filter_map(|(name, now)| {
        let mut fields = Vec::new();
        value(olds.get(name).copied().map(Some)?, Some(now), "", &mut fields);
        // In the order in which people speak of them.
        fields.sort_by_key(|field| rank(&field.path));
        (!fields.is_empty()).then(|| record(name.0, now, fields))
    });
    Records { added: only(new, &olds), removed: only(old, &news), changed: changed.collect() }
}

/// Compare two values, either of which may not be there.
fn value(old: Option<&Node>, new: Option<&Node>, path: &str, out: &mut Vec<Change>) {
    match (old, new) {
        (Some(old @ Node::Record(_)), Some(new @ Node::Record(_))) => record(old, new, path, &[], out),
        (Some(Node::List(old)), Some(Node::List(new))) => list(old, new, path, out),
        // What may be left out may be said to be false.
        (None, Some(Node::Text(flag))) | (Some(Node::Text(flag)), None) if flag == "false" => {}
        (Some(Node::Text(old)), Some(Node::Text(new))) if is_same(path, old, new) => {}
        (None, None) => {}
        // A small record that was added or removed, such as a disclosure, is shown field by field.
        (None, Some(whole)) | (Some(whole), None) if is_flat(whole) => {
            let nothing = Node::Record(Vec::new());
            record(old.unwrap_or(&nothing), new.unwrap_or(&nothing), path, &[], out);
        }
        _ => whole(old, new, path, out),
    }
}

/// One change, whatever it is of.
fn whole(old: Option<&Node>, new: Option<&Node>, path: &str, out: &mut Vec<Change>) {
    let prose = old.into_iter().chain(new).any(is_prose);
    out.push(Change { path: path.to_owned(), old: old.map(brief), new: new.map(brief), prose });
}

fn record(old: &Node, new: &Node, path: &str, except: &[&str], out: &mut Vec<Change>) {
    let (Node::Record(olds), Node::Record(news)) = (old, new) else {
        return value(Some(old), Some(new), path, out);
    };
    // A record of ten thousand keys is not searched ten thousand times.
    let (by_old, by_new) = (by_key(olds), by_key(news));
    let added = news.iter().filter(|(key, _)| !by_old.contains_key(key.as_str()));
    let keys = olds.iter().chain(added).map(|(key, _)| key.as_str());
    for key in keys.filter(|key| !except.contains(key)) {
        value(by_old.get(key).copied(), by_new.get(key).copied(), &under(path, key), out);
    }
}

fn by_key(entries: &[(String, Node)]) -> BTreeMap<&str, &Node> {
    entries.iter().map(|(key, value)| (key.as_str(), value)).collect()
}

fn under(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// What may name the records of a list.
const NAMES: &[&str] = &["id", "name", "number", "rule", "title", "heading", "label"];
/// Pairs of records without a common name that are looked at.
const MOST_PAIRS: usize = 1_000_000;

fn list(old: &[Node], new: &[Node], path: &str, out: &mut Vec<Change>) {
    let is_text = |node: &Node| matches!(node, Node::Text(_));
    if old.iter().chain(new).all(is_text) {
        return texts(old, new, path, out);
    }
    let name = NAMES.iter().find(|key| old.iter().chain(new).all(|item| item.text(key).is_some()));
    let mut rest_old: Vec<usize> = (0..old.len()).collect();
    let mut partner: Vec<Option<usize>> = vec![None; new.len()];
    if let Some(name) = name {
        let olds: BTreeMap<(&str, usize), usize> =
            named(old, name).into_iter().enumerate().map(|(at, (name, _))| (name, at)).collect();
        for (at, (name, _)) in named(new, name).into_iter().enumerate() {
            partner[at] = olds.get(&name).copied();
        }
        let taken: BTreeSet<usize> = partner.iter().flatten().copied().collect();
        rest_old.retain(|at| !taken.contains(at));
    }
    // Renamed records, and those that have no name, are known by what else they say.
    let rest_new: Vec<usize> = (0..new.len()).filter(|at| partner[*at].is_none()).collect();
    if rest_old.len().saturating_mul(rest_new.len()) <= MOST_PAIRS {
        for least in [2, 1] {
            for at in &rest_new {
                let near = |from: &usize| shares(&old[*from], &new[*at], least);
                if partner[*at].is_none()
                    && let Some(found) = rest_old.iter().position(near)
                {
                    partner[*at] = Some(rest_old.remove(found));
                }
            }
        }
    }
    let place = |node: &Node, at: usize| match name.and_then(|name| node.text(name)) {
        Some(name) => format!("{path}[“{}”]", short(name)),
        None => format!("{path}[{at}]"),
    };
    for at in rest_old {
        whole(Some(&old[at]), None, &place(&old[at], at), out);
    }
    for (at, node) in new.iter().enumerate() {
        match partner[at] {
            Some(from) => value(Some(&old[from]), Some(node), &place(node, at), out),
            None => whole(None, Some(node), &place(node, at), out),
        }
    }
}

/// Whether two records say the same under all of their keys (`least` 2), or under half of them (1).
fn shares(old: &Node, new: &Node, least: usize) -> bool {
    let (Node::Record(olds), Node::Record(_)) = (old, new) else { return old == new };
    let most = olds.len().max(1);
    let same = olds.iter().filter(|(key, value)| new.get(key) == Some(value)).count();
    same * 2 >= most * least
}

/// Texts in a list: what came and what went; another order alone is a change as well, for it is the order of the report.
fn texts(old: &[Node], new: &[Node], path: &str, out: &mut Vec<Change>) {
    let words = |nodes: &[Node]| -> Vec<String> { nodes.iter().map(brief).collect() };
    let (olds, news) = (words(old), words(new));
    let mut push = |old: Option<&String>, new: Option<&String>| {
        out.push(Change { path: path.to_owned(), old: old.cloned(), new: new.cloned(), prose: false });
    };
    for op in capture_diff_slices(Algorithm::Myers, &olds, &news) {
        if let DiffOp::Equal { .. } = op {
            continue;
        }
        let (gone, come) = (&olds[op.old_range()], &news[op.new_range()]);
        for at in 0..gone.len().max(come.len()) {
            push(gone.get(at), come.get(at));
        }
    }
}

/// Longer words are prose.
const LONGEST_VALUE: usize = 60;

fn is_long(text: &str) -> bool {
    text.trim_end().contains('\n') || text.chars().nth(LONGEST_VALUE).is_some()
}

fn is_prose(node: &Node) -> bool {
    match node {
        Node::Text(text) => is_long(text),
        Node::List(items) => items.iter().any(is_prose),
        Node::Record(entries) => entries.iter().any(|(_, value)| is_prose(value)),
    }
}

/// Whether it is a record of short texts without a name.
fn is_flat(node: &Node) -> bool {
    let Node::Record(entries) = node else { return false };
    let is_short = |(_, value): &(String, Node)| matches!(value, Node::Text(text) if !is_long(text));
    !entries.is_empty() && entries.iter().all(is_short) && !NAMES.iter().any(|key| node.get(key).is_some())
}

/// A value in a line: a record by its name, and not all of what has none.
fn brief(node: &Node) -> String {
    let listed = |parts: Vec<String>, mark: &str| cut(&parts.join(mark), LONGEST_VALUE);
    match node {
        Node::Text(text) => text.trim().to_owned(),
        Node::List(items) => listed(items.iter().map(brief).collect(), "；"),
        Node::Record(entries) => match NAMES.iter().find_map(|key| node.text(key)) {
            Some(name) => name.trim().to_owned(),
            None => {
                listed(entries.iter().map(|(key, value)| format!("{key}: {}", brief(value))).collect(), "，")
            }
        },
    }
}

/// A name short enough to stand in a path.
fn short(name: &str) -> String {
    cut(name.trim(), 16)
}

/// At most so many characters.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Whether a path ends in the name of what stands there.
pub(super) fn names(path: &str, value: &str) -> bool {
    path.ends_with(&format!("[“{}”]", short(value)))
}

/// Whether two texts say the same: a term may be written in either language, prose may be broken into lines elsewhere.
fn is_same(path: &str, old: &str, new: &str) -> bool {
    let key = path.rsplit('.').next().unwrap_or(path);
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    old.trim() == new.trim()
        || TERMS.iter().any(|(own, label)| *own == key && label(old).is_some() && label(old) == label(new))
        || (is_long(old) || is_long(new)) && squeezed(old) == squeezed(new)
}

type Label = fn(&str) -> Option<&'static str>;
/// Keys whose values are terms.
const TERMS: &[(&str, Label)] = &[
    ("level", |word| Level::parse(word).ok().map(Level::label)),
    ("kind", |word| Kind::parse(word).ok().map(Kind::label)),
    ("role", |word| Role::parse(word).ok().map(Role::label)),
    ("outcome", |word| Outcome::parse(word).ok().map(Outcome::label)),
    ("decision", |word| Decision::parse(word).ok().map(Decision::label)),
    ("reason", |word| Reason::parse(word).ok().map(Reason::label)),
    ("satisfaction", |word| Satisfaction::parse(word).ok().map(Satisfaction::label)),
    ("result", |word| Satisfaction::parse(word).ok().map(Satisfaction::label)),
];

/// What the fields of cases and of declared figures are called, in the order in which they are shown.
const FIELDS: &[(&str, &str, &str)] = &[
    ("title", "标题", "title"),
    ("level", "层级", "level"),
    ("kind", "种类", "kind"),
    ("role", "办理角色", "role"),
    ("proposer", "提出者", "proposer"),
    ("office", "承办处室", "office"),
    ("leader_led", "领导领办", "led by a leader"),
    ("assigned", "交办日期", "assigned"),
    ("due", "办理期限", "due"),
    ("extended", "延期", "extended"),
    ("extended.until", "延期至", "extended until"),
    ("extended.consented", "同意延期日期", "extension agreed"),
    ("replied", "答复日期", "replied"),
    ("outcome", "办理结果", "outcome"),
    ("disclosure", "公开", "disclosure"),
    ("disclosure.decision", "公开方式", "disclosure decision"),
    ("disclosure.reason", "不予公开的理由", "reason for withholding"),
    ("disclosure.reviewed", "保密审查日期", "reviewed"),
    ("disclosure.consented", "征得同意日期", "consented"),
    ("disclosure.published", "公开日期", "published"),
    ("satisfaction", "满意度", "satisfaction"),
    ("contact", "联系方式", "contact"),
    ("notes", "办理情况", "handling notes"),
    ("internal", "只供内部", "internal"),
    ("label", "名称", "label"),
    ("value", "数值", "value"),
    ("unit", "单位", "unit"),
    ("about", "约数", "word of a number that is not exact"),
    ("source", "来源", "source"),
    ("as_of", "时间", "as of"),
    ("previous", "上期", "previous"),
    ("previous.value", "上期数值", "previous value"),
    ("previous.as_of", "上期时间", "previous as of"),
    ("previous.definition", "口径说明", "counted otherwise"),
];

fn rank(path: &str) -> usize {
    FIELDS.iter().position(|row| row.0 == path).unwrap_or(FIELDS.len())
}

/// What a field of a case or of a declared figure is called.
pub(super) fn field_label(path: &str) -> Say {
    match FIELDS.iter().find(|row| row.0 == path) {
        Some((_, zh, en)) => say(*zh, *en),
        None => say(path.to_owned(), path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::tree::parse;

    fn changes(old: &str, new: &str) -> Vec<String> {
        let mut out = Vec::new();
        value(parse(old).as_ref(), parse(new).as_ref(), "", &mut out);
        let show = |side: &Option<String>| side.clone().unwrap_or("-".to_owned());
        out.iter()
            .map(|change| format!("{} {}>{}", change.path, show(&change.old), show(&change.new)))
            .collect()
    }

    #[test]
    fn records_are_known_by_their_names_and_else_by_what_they_say() {
        let old = "[{name: 甲, post: 长}, {name: 乙, post: 员}]";
        assert_eq!(changes(old, "[{name: 乙, post: 员}, {name: 甲, post: 主任}]"), ["[“甲”].post 长>主任"]);
        assert_eq!(changes(old, "[{name: 丙, post: 长}, {name: 乙, post: 员}]"), ["[“丙”].name 甲>丙"]);
        assert_eq!(changes(old, "[{name: 乙, post: 员}]"), ["[“甲”] 甲>-"]);
        let counts = "[{level: 省, kind: 建议, count: 3}, {level: 市, kind: 提案, count: 5}]";
        let moved = "[{level: 市, kind: 提案, count: 6}, {level: 省, kind: 建议, count: 3}]";
        assert_eq!(changes(counts, moved), ["[0].count 5>6"]);
        assert_eq!(changes("{a: 1}", "{a: 1, b: {c: 2, d: 3}}"), ["b.c ->2", "b.d ->3"]);
        assert_eq!(changes("[{a: 甲, b: 乙}]", "[]"), ["[0] a: 甲，b: 乙>-"]);
        assert_eq!(changes("[a, b, c]", "[a, x, c, d]"), [" b>x", " ->d"]);
    }

    #[test]
    fn the_same_in_other_words_is_no_change() {
        assert!(changes("{level: 省, led: false}", "{level: provincial}").is_empty());
        assert_eq!(changes("{value: 3.20}", "{value: 3.2}"), ["value 3.20>3.2"]);
        let prose = "我局把办理议提案视为政府部门必须履行的法定职责".repeat(3);
        let folded = format!("a: |-\n  {}\n  {}", &prose[..66], &prose[66..]);
        assert!(changes(&folded, &format!("a: {prose}")).is_empty());
    }

    /// The keys that a record knows, by what its reader says of one that it does not.
    fn keys<T: serde::de::DeserializeOwned>() -> Vec<String> {
        let words = serde_yaml::from_str::<T>("{x: 1}").err().unwrap().to_string();
        words.split('`').skip(3).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn every_field_of_a_case_has_a_label() {
        use crate::model::{Case, Declared, Disclosure, Extension, Previous};
        for (prefix, keys) in [
            ("", keys::<Case>()),
            ("extended.", keys::<Extension>()),
            ("disclosure.", keys::<Disclosure>()),
            ("", keys::<Declared>()),
            ("previous.", keys::<Previous>()),
        ] {
            assert!(keys.len() > 1, "{prefix}");
            for key in keys.iter().filter(|key| *key != "id") {
                assert!(rank(&format!("{prefix}{key}")) < FIELDS.len(), "{prefix}{key}");
            }
        }
    }
}
