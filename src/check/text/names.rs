//! X009: one body under two names. A text may have a body's full name and its short one; two short names, or a full name
//! after a bare 市 beside a short one, are reported.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Slip;
use super::scan::{Scan, before, is_han};
use crate::diagnostic::{Code, say};
use crate::document::passage::{Kind, Passage};

/// Bodies, each under the name to keep and its others, without what says whose they are.
const BODIES: &[&[&str]] = &[
    &["发展改革委", "发展和改革委员会", "发展改革委员会", "发展和改革委", "发改委"],
    &["经济和信息化局", "经济信息化局", "经信局"],
    &["经济和信息化厅", "经济信息化厅", "经信厅"],
    &["科技局", "科学技术局"],
    &["科技厅", "科学技术厅"],
    &["人力资源和社会保障局", "人力资源社会保障局", "人社局"],
    &["自然资源和规划局", "自然资源规划局", "资规局", "自规局"],
    &["住房和城乡建设局", "住房城乡建设局", "住建局"],
    &["交通运输局", "交通局"],
    &["文化和旅游局", "文化旅游局", "文旅局"],
    &["卫生健康委", "卫生健康委员会", "卫健委"],
    &["退役军人事务局", "退役军人局"],
    &["应急管理局", "应急局"],
    &["市场监管局", "市场监督管理局"],
    &["国资委", "国有资产监督管理委员会", "国有资产监管委员会"],
    &["医疗保障局", "医保局"],
    &["生态环境局", "环保局"],
    &["园林和林业局", "园林林业局"],
    &["农业农村局", "农业局"],
    &["派驻纪检监察组", "派驻纪检组"],
];

/// What says whose a body is. A bare one makes the name of a body of the writer's own level.
const LEVELS: [char; 5] = ['省', '市', '州', '区', '县'];

/// Characters before a bare level: what is not one of them is taken for the name of a place.
const BEFORE: &str = "由和与及向在对为将请经报送同合按受是到从被让给有并即求靠托据至赴往了各以会抄致组含称";

/// Words that two ways of one name may differ by.
const DROPPED: &[&str] = &["和", "与", "及", "管理", "监督", "监督管理", "事务", "工作"];

/// As many names are held against all others.
const FEW: usize = 300;
/// And of more, each against so many.
const BESIDE: usize = 8;

/// A name of a body with its level: where it stands first, and how often it does.
struct Named {
    passage: usize,
    range: Range<usize>,
    count: usize,
}

/// The second name of a body.
pub(in crate::check) fn two_names(passages: &[Passage]) -> Vec<Slip> {
    let mut named: BTreeMap<&str, Named> = BTreeMap::new();
    let mut introduced: BTreeSet<&str> = BTreeSet::new();
    for (index, passage) in passages.iter().enumerate().filter(|(_, passage)| passage.kind != Kind::Cell) {
        let text = &passage.text;
        for range in bodies(text) {
            let name = &text[range.clone()];
            // A short name that the text introduces may stand beside the long one.
            let head = text[..range.start].trim_end_matches(['“', '为']);
            if head.ends_with("简称") || head.ends_with("统称") {
                introduced.insert(name);
            }
            named.entry(name).or_insert(Named { passage: index, range, count: 0 }).count += 1;
        }
    }
    let names: Vec<&str> = named.keys().copied().collect();
    let mut found = Vec::new();
    for (at, one) in names.iter().enumerate() {
        // Of very many names, each is held against those beside it in the order of words.
        let most = if names.len() <= FEW { names.len() } else { BESIDE };
        for other in names[at + 1..].iter().take(most) {
            let Some(keep) = same(one, other) else { continue };
            if introduced.contains(one) || introduced.contains(other) {
                continue;
            }
            let (one, other) = (*one, *other);
            let keep = keep.unwrap_or(if named[one].count >= named[other].count { one } else { other });
            let wrong = if keep == one { other } else { one };
            let place = &named[wrong];
            found.push(Slip {
                also: None,
                code: Code::X009,
                passage: place.passage,
                range: place.range.clone(),
                message: say(
                    format!("同一单位有两种名称：“{wrong}”和“{keep}”"),
                    format!("one body has two names: \"{wrong}\" and \"{keep}\""),
                ),
                help: say(format!("全文统一，例如都写“{keep}”"), format!("use one name, such as \"{keep}\"")),
            });
        }
    }
    found
}

/// Whether two names are of one body; if the table has it, the one to keep.
fn same<'n>(one: &'n str, other: &'n str) -> Option<Option<&'n str>> {
    let level = |name: &str| name.chars().next().filter(|c| LEVELS.contains(c));
    if level(one) != level(other) {
        return None;
    }
    let bare = |name: &'n str| level(name).map_or(name, |c| &name[c.len_utf8()..]);
    let rank = |name: &'n str| {
        BODIES
            .iter()
            .enumerate()
            .find_map(|(row, names)| Some((row, names.iter().position(|own| *own == bare(name))?)))
    };
    match (rank(one), rank(other)) {
        (Some((row, first)), Some((other_row, second))) => {
            (row == other_row).then_some(Some(if first < second { one } else { other }))
        }
        // Two orders of one name: 民族宗教事务局, 宗教民族事务局.
        _ if reordered(one, other) => Some(None),
        // A name that the table does not have: only what offices do drop may be missing, from its inside.
        _ => {
            let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
            let head: usize =
                short.chars().zip(long.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
            let rest = &short[head..];
            let dropped = long[head..].strip_suffix(rest)?;
            let inside = head > '市'.len_utf8() * 2 && !rest.is_empty();
            (inside && short.chars().count() >= 5 && DROPPED.contains(&dropped)).then_some(None)
        }
    }
}

/// Whether two names of six characters or more differ in the order of two words only.
fn reordered(one: &str, other: &str) -> bool {
    let sorted = |name: &str| {
        let mut chars: Vec<char> = name.chars().collect();
        chars.sort_unstable();
        chars
    };
    one.len() == other.len() && one != other && one.chars().count() >= 6 && sorted(one) == sorted(other)
}

/// The names of bodies in a text, outside titles.
fn bodies(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut depth, mut last) = (0usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ if depth > 0 || at < last => {}
            '派' => found.extend(listed(text, at).map(|end| at..end)),
            c if LEVELS.contains(&c) => {
                let bare = before(text, at).is_none_or(|c| !is_han(c) || BEFORE.contains(c));
                let start = at + c.len_utf8();
                let end = listed(text, start).or_else(|| shaped(text, start));
                if let Some(end) = end.filter(|_| bare) {
                    found.push(at..end);
                    last = end;
                }
            }
            _ => {}
        }
    }
    found
}

/// Where a name of the table ends that begins at a byte: the longest.
fn listed(text: &str, at: usize) -> Option<usize> {
    let names = BODIES.iter().copied().flatten().filter(|name| text[at..].starts_with(**name));
    names.map(|name| at + name.len()).max()
}

/// Where a name ends that has the shape of a body's: up to 16 characters and 局, 委, 办 or 厅.
fn shaped(text: &str, at: usize) -> Option<usize> {
    let mut scan = Scan::new(text, at);
    let inner = scan.run(16, |c| is_han(c) && !"局委办厅".contains(c));
    if inner.chars().count() < 3 {
        return None;
    }
    let kind = scan.run(1, |c| "局委办厅".contains(c));
    let rest: &[&'static str] = match kind {
        "" => return None,
        "委" => &["员会"],
        "办" => &["公室", "公厅"],
        _ => &[],
    };
    scan.any(rest);
    Some(scan.at)
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn a_body_has_one_name() {
        for (texts, slips) in [
            (&["支持派驻纪检监察组工作。", "听取派驻纪检组意见。"][..], &["派驻纪检组"][..]),
            (&["市发展改革委牵头，市发改委配合。"], &["市发改委"]),
            (&["联合市经信局，市经济和信息化局负责。"], &["市经信局"]),
            (&["由市政务服务管理局负责。", "市政务服务局、市政务服务管理局参加。"], &["市政务服务局"]),
            (&["市民族宗教事务局牵头。", "市民族宗教事务局、市宗教民族事务局。"], &["市宗教民族事务局"]),
            (&["武汉市科学技术局", "市科技局负责，省科技厅指导。"], &[]),
            (&["市经济和信息化局（以下简称市经信局）负责，市经信局落实。"], &[]),
            (&["省发展改革委、市发改委，《市经信局规则》、市经济和信息化局。"], &[]),
            (&["市教育局、市教育考试局，市人民政府办公厅、市政府办公厅。"], &[]),
        ] {
            assert_eq!(told(two_names, texts), slips, "{texts:?}");
        }
    }
}
