//! The words of a clause that say which cases it means, and the sorts of cases that they name.

use super::super::text::scan::{Scan, number};
use crate::model::{Case, Kind, Level, Role, Status};

/// Words of a clause that say which cases it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) enum Word {
    Levels(Vec<Level>),
    Kinds(Vec<Kind>),
    Roles(Vec<Role>),
    LeaderLed,
    Open,
    Title(String),
    Ordinal(usize),
    Count(usize),
    And,
    /// A sort of cases that the ledger does not know.
    Unknown(&'static str),
    /// 其余
    Rest,
    /// Any word for cases.
    Cases,
}

const LEVELS: &[(&str, Level)] = &[
    ("全国", Level::National),
    ("自治区", Level::AutonomousRegion),
    ("直辖市", Level::DirectMunicipality),
    ("省", Level::Provincial),
    ("县级市", Level::CountyCity),
    ("开发区", Level::DevelopmentZone),
    ("新区", Level::NewArea),
    ("市", Level::Municipal),
    ("自治州", Level::Prefecture),
    ("州", Level::Prefecture),
    ("盟", Level::League),
    ("地区", Level::Area),
    ("区", Level::District),
    ("县", Level::County),
    ("旗", Level::Banner),
    ("乡镇", Level::Township),
    ("街道", Level::Street),
];
/// What stands behind the word for a level when it says where cases came from (市级, 市政协) and not where a body is (市财政局).
const BEHIND_LEVEL: &[&str] =
    &["级", "两级", "人大", "政协", "建议", "提案", "议案", "代表", "“两会”", "两会", "件"];
const CONGRESS: &[Kind] = &[Kind::CongressBill, Kind::DeputySuggestion];
const CPPCC: &[Kind] = &[Kind::CppccRecommendation, Kind::CppccProposal];
/// Words for kinds; those that begin with others stand before them.
const KINDS: &[(&str, &[Kind])] = &[
    ("人大代表建议", &[Kind::DeputySuggestion]),
    ("代表建议", &[Kind::DeputySuggestion]),
    ("人大建议", &[Kind::DeputySuggestion]),
    ("人大议案", &[Kind::CongressBill]),
    ("政协提案", &[Kind::CppccProposal]),
    ("委员提案", &[Kind::CppccProposal]),
    ("政协建议案", &[Kind::CppccRecommendation]),
    ("两会期间", &[Kind::SessionOpinion]),
    ("“两会”期间", &[Kind::SessionOpinion]),
    ("建议提案", &[]),
    ("建议、提案", &[]),
    ("建议和提案", &[]),
    ("议案建议", &[]),
    ("意见建议", &[]),
    ("建议案", &[Kind::CppccRecommendation]),
    ("提案", &[Kind::CppccProposal]),
    ("议案", &[Kind::CongressBill]),
    ("建议", &[]),
    ("人大", CONGRESS),
    ("政协", CPPCC),
];
const ROLES: &[(char, Role)] = &[
    ('主', Role::Lead),
    ('承', Role::Sole),
    ('独', Role::Sole),
    ('分', Role::Split),
    ('会', Role::Assist),
    ('协', Role::Assist),
];
const OPEN: &[&str] =
    &["正在办理", "尚在办理", "仍在办理", "还在办理", "在办", "尚未到期", "未到期", "未办结", "尚未办结"];
/// Sorts of cases that the ledger does not keep.
const UNKNOWN: &[&str] = &["重点", "督办", "部分", "个别", "少数"];
const REST: &[&str] = &["其余", "其他", "其它", "剩余"];

/// The words of a text that say which cases it means.
pub(in crate::check) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut scan = Scan::new(text, 0);
    while let Some(c) = scan.peek() {
        match word(&mut scan) {
            Some(word) => found.push(word),
            None => scan.at += c.len_utf8(),
        }
    }
    found
}

fn word(scan: &mut Scan) -> Option<Word> {
    if scan.word("《") {
        let title = scan.run(usize::MAX, |c| c != '》').to_owned();
        scan.word("》");
        return Some(Word::Title(title));
    }
    if let Some((count, unit)) = counted(scan) {
        return Some(if unit == "件" { Word::Count(count) } else { Word::Ordinal(count) });
    }
    if let Some(roles) = roles(scan) {
        return Some(Word::Roles(roles));
    }
    if let Some(level) = level(scan) {
        return Some(Word::Levels(vec![level]));
    }
    for (name, kinds) in KINDS {
        if scan.word(name) {
            return Some(if kinds.is_empty() { Word::Cases } else { Word::Kinds(kinds.to_vec()) });
        }
    }
    let lists: [(&[&'static str], Word); 4] = [
        (OPEN, Word::Open),
        (REST, Word::Rest),
        (&["领办"], Word::LeaderLed),
        (&["、", "和", "及", "与"], Word::And),
    ];
    for (names, word) in lists {
        if scan.any(names).is_some() {
            return Some(word);
        }
    }
    if let Some(sort) = scan.any(UNKNOWN) {
        return Some(Word::Unknown(sort));
    }
    scan.word("件").then_some(Word::Cases)
}

/// `138件`, `五件`, `1号`
fn counted(scan: &mut Scan) -> Option<(usize, &'static str)> {
    let mut ahead = *scan;
    let digits = ahead.digits();
    let digits = match digits.is_empty() {
        true => ahead.run(5, |c| "一二两三四五六七八九十百〇零".contains(c)),
        false => digits,
    };
    let unit = ahead.any(&["件", "号"])?;
    let count = number(digits)?;
    *scan = ahead;
    Some((count, unit))
}

/// `主办`, `主、承、分、会办`, `主（承、分）办`; 承办 is a verb unless it stands in such a list or before 件.
fn roles(scan: &mut Scan) -> Option<Vec<Role>> {
    let mut ahead = *scan;
    let letters = ahead.run(12, |c| "主承独分会协、（）和".contains(c));
    let list: Vec<Role> =
        letters.chars().filter_map(|c| Some(ROLES.iter().find(|(letter, _)| *letter == c)?.1)).collect();
    let whole = !list.is_empty() && ahead.word("办");
    let verb =
        list.len() == 1 && letters.starts_with(['承', '分', '会', '独']) && !starts_case(ahead.rest(), &list);
    if !whole || verb {
        if scan.word("参阅") {
            return Some(vec![Role::Reference]);
        }
        return None;
    }
    *scan = ahead;
    Some(list)
}

/// Whether a role is followed by cases: 会办92件, 承办件.
fn starts_case(rest: &str, roles: &[Role]) -> bool {
    let noun = ["件", "的", "建议", "提案"].iter().any(|word| rest.starts_with(word));
    let count = rest.starts_with(|c: char| c.is_ascii_digit());
    // 承办 and 办理 of an office are verbs before a number as well.
    noun && (roles != [Role::Sole] || rest.starts_with('件')) || count && roles != [Role::Sole]
}

/// `市级`, `省、市级`: a level, if what follows says that it is one.
fn level(scan: &mut Scan) -> Option<Level> {
    let (name, level) = LEVELS.iter().find(|(name, _)| scan.rest().starts_with(name))?;
    let after = &scan.rest()[name.len()..];
    let listed = after
        .strip_prefix(['、', '和'])
        .is_some_and(|rest| LEVELS.iter().any(|(name, _)| rest.starts_with(name)));
    let numbered = after.starts_with(|c: char| c.is_ascii_digit());
    if !listed && !numbered && !BEHIND_LEVEL.iter().any(|word| after.starts_with(word)) {
        return None;
    }
    scan.word(name);
    scan.word("级");
    Some(*level)
}

/// A sort of cases, as a subject names it; an empty list asks nothing.
#[derive(Debug, Clone, Default)]
pub(in crate::check) struct Sort {
    pub levels: Vec<Level>,
    pub kinds: Option<Vec<Kind>>,
    pub roles: Vec<Role>,
    pub leader_led: bool,
    pub open: bool,
    pub ordinal: Option<usize>,
    pub count: Option<usize>,
}

impl Sort {
    /// Whether it asks anything of a case.
    pub fn asks(&self) -> bool {
        !self.levels.is_empty()
            || self.kinds.is_some()
            || !self.roles.is_empty()
            || self.leader_led
            || self.open
    }

    /// Whether a case is of this sort.
    pub fn takes(&self, case: &Case) -> bool {
        (self.levels.is_empty() || self.levels.contains(&case.level))
            && self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&case.kind))
            && (self.roles.is_empty() || self.roles.contains(&case.role))
            && (!self.leader_led || case.leader_led)
            && (!self.open || case.has_status(Status::Open))
            && self.ordinal.is_none_or(|ordinal| last_number(&case.id) == Some(ordinal))
    }

    /// The same, where the head of the list stands in one of them only: 省、市级代表建议; 省级建议5件、提案3件.
    pub fn filled(&self, before: Option<&Sort>, after: Option<&Sort>) -> Self {
        let mut sort = self.clone();
        if sort.levels.is_empty() {
            sort.levels = before.map(|sort| sort.levels.clone()).unwrap_or_default();
        }
        if sort.kinds.is_none() && sort.count.is_none() {
            sort.kinds = after.and_then(|sort| sort.kinds.clone());
        }
        sort
    }
}

/// The last number in an id.
fn last_number(id: &str) -> Option<usize> {
    let end = id.trim_end_matches(|c: char| !c.is_ascii_digit());
    let digits = end.bytes().rev().take_while(u8::is_ascii_digit).count();
    end[end.len() - digits..].parse().ok()
}

/// The sorts of cases that some words name.
pub(in crate::check) fn sorts(words: &[Word]) -> Vec<Sort> {
    let mut sorts = Vec::new();
    for words in words.split(|word| *word == Word::And) {
        let mut sort = Sort::default();
        for word in words {
            // A number ends a sort: 建议5件提案3件.
            if sort.count.is_some() && sort.asks() && !matches!(word, Word::Cases | Word::Open) {
                sorts.push(std::mem::take(&mut sort));
            }
            match word {
                Word::Levels(levels) => sort.levels.extend(levels),
                Word::Kinds(kinds) => {
                    let both = sort
                        .kinds
                        .take()
                        .map(|old| old.into_iter().filter(|kind| kinds.contains(kind)).collect());
                    sort.kinds = Some(both.unwrap_or_else(|| kinds.clone()));
                }
                Word::Roles(roles) => sort.roles.extend(roles),
                Word::LeaderLed => sort.leader_led = true,
                Word::Open => sort.open = true,
                Word::Ordinal(ordinal) => sort.ordinal = Some(*ordinal),
                Word::Count(count) => sort.count = Some(*count),
                Word::And | Word::Title(_) | Word::Unknown(_) | Word::Rest | Word::Cases => {}
            }
        }
        if sort.asks() || sort.count.is_some() {
            sorts.push(sort);
        }
    }
    sorts
}
