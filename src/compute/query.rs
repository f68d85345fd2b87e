//! Questions to the ledger: which cases have this level, that role, …; all conditions must hold.

use std::collections::BTreeSet;

use crate::diagnostic::{Marks, Say, did_you_mean, say};
use crate::model::fault::{fault, halves};
use crate::model::profile::Class;
use crate::model::{Case, Date, Decision, Group, Kind, Level, Outcome, Role, Satisfaction, Status, Terms};

/// One condition on a case.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Condition {
    Level(Level),
    Kind(Kind),
    Role(Role),
    Group(Group),
    LeaderLed(bool),
    Office(String),
    Status(Status),
    Outcome(Outcome),
    Class(Class),
    Decision(Decision),
    PublishedBy(Date),
    Satisfaction(Satisfaction),
}

/// Reads a word; the classes are those of the profile.
type Read = fn(&str, &[Class]) -> Result<Condition, String>;

/// What can be asked: key, its Chinese, and how its value is read. Names list conditions in this order.
const KEYS: &[(&str, &str, Read)] = &[
    ("level", "层级", |word, _| Level::parse(word).map(Condition::Level)),
    ("kind", "种类", |word, _| Kind::parse(word).map(Condition::Kind)),
    ("role", "角色", |word, _| Role::parse(word).map(Condition::Role)),
    ("group", "角色组", |word, _| Group::parse(word).map(Condition::Group)),
    ("leader_led", "领导领办", |word, _| flag(word).map(Condition::LeaderLed)),
    ("office", "处室", |word, _| Ok(Condition::Office(word.to_owned()))),
    ("status", "进度", |word, _| Status::parse(word).map(Condition::Status)),
    ("outcome", "结果", outcome),
    ("decision", "公开方式", |word, _| Decision::parse(word).map(Condition::Decision)),
    ("published_by", "公开不晚于", |word, _| day(word).map(Condition::PublishedBy)),
    ("satisfaction", "满意度", |word, _| Satisfaction::parse(word).map(Condition::Satisfaction)),
];

fn flag(word: &str) -> Result<bool, String> {
    word.parse().map_err(|_| {
        fault(format!("“{word}”不是 true 或 false"), format!("\"{word}\" is neither true nor false"))
    })
}

/// An outcome, or the letter of a class of them.
fn outcome(word: &str, classes: &[Class]) -> Result<Condition, String> {
    if !matches!(word.as_bytes(), [b'A'..=b'Z']) {
        return Outcome::parse(word).map(Condition::Outcome);
    }
    let class = classes.iter().find(|class| *class.letter == *word).cloned();
    class.map(Condition::Class).ok_or_else(|| match classes {
        [] => fault(
            format!("没有规定{word}类是什么：在 report.yaml 写 profile，如 profile: wuhan"),
            format!("nobody says what {word} stands for: name a `profile` in report.yaml, such as wuhan"),
        ),
        known => {
            let list = |mark: &str| known.iter().map(|class| &*class.letter).collect::<Vec<_>>().join(mark);
            fault(
                format!("办理结果没有{word}类，可以写：{}", list("、")),
                format!("the profile has no letter {word}; it has {}", list(", ")),
            )
        }
    })
}

fn day(word: &str) -> Result<Date, String> {
    Date::parse(word).ok_or_else(|| fault(format!("“{word}”不是日期"), format!("\"{word}\" is not a date")))
}

/// Conditions, by their rows in the table of keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(Vec<(usize, Condition)>);

impl Query {
    /// From pairs of key and word, in any order; `classes` are the profile's letters for outcomes.
    pub fn new<'p>(
        pairs: impl IntoIterator<Item = (&'p str, &'p str)>,
        classes: &[Class],
    ) -> Result<Self, Say> {
        let mut conditions = Vec::new();
        for (key, word) in pairs {
            let Some(row) = KEYS.iter().position(|row| row.0 == key) else {
                let known: Vec<&str> = KEYS.iter().map(|row| row.0).collect();
                let (zh, en) = did_you_mean(key, known.iter().copied(), Marks::Code).after_message();
                let list = known.join(", ");
                return Err(say(
                    format!("台账不能按 {key} 计数{zh}（可以用：{list}）"),
                    format!("the ledger cannot be counted by `{key}`{en} (known: {list})"),
                ));
            };
            let condition = KEYS[row].2(word, classes).map_err(|fault| {
                let (zh, en) = halves(&fault).unwrap_or((&fault, &fault));
                say(zh.to_owned(), en.to_owned())
            })?;
            conditions.push((row, condition));
        }
        conditions.sort_by_key(|(row, _)| *row);
        Ok(Self(conditions))
    }

    /// From a name, `level=provincial&role=lead`; empty: every case.
    pub fn parse(name: &str, classes: &[Class]) -> Result<Self, Say> {
        let pairs: Vec<(&str, String)> = name
            .split('&')
            .filter(|part| !part.is_empty())
            .map(|part| part.split_once('=').unwrap_or((part, "")))
            .map(|(key, word)| (key, unescape(word)))
            .collect();
        Self::new(pairs.iter().map(|(key, word)| (*key, word.as_str())), classes)
    }

    /// The name that [`Query::parse`] reads back.
    pub fn name(&self) -> String {
        let part = |(row, condition): &(usize, Condition)| format!("{}={}", KEYS[*row].0, condition.id());
        self.0.iter().map(part).collect::<Vec<_>>().join("&")
    }

    /// The office that is asked for.
    pub fn office(&self) -> Option<&str> {
        self.0.iter().find_map(|(_, condition)| match condition {
            Condition::Office(office) => Some(office.as_str()),
            _ => None,
        })
    }

    /// Whether nothing is asked: every case is meant.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is asked, in Chinese; `terms` are what roles are called.
    pub fn label(&self, terms: Terms) -> String {
        if self.0.is_empty() {
            return "全部".to_owned();
        }
        self.0.iter().map(|(_, condition)| condition.label(terms)).collect::<Vec<_>>().join("、")
    }

    /// What is asked, key by key, in Chinese (`层级=省、角色=主办`) and in English (`level=provincial, role=lead`); `terms` are
    /// what roles are called.
    pub fn conditions(&self, terms: Terms) -> (String, String) {
        let zh = |(row, condition): &(usize, Condition)| {
            let word = match condition {
                Condition::LeaderLed(led) => if *led { "是" } else { "否" }.to_owned(),
                Condition::PublishedBy(day) => day.chinese(),
                Condition::Class(class) => {
                    let outcomes: Vec<_> = class.outcomes.iter().map(|outcome| outcome.label()).collect();
                    format!("{}类（{}）", class.letter, outcomes.join("、"))
                }
                _ => condition.label(terms),
            };
            format!("{}={word}", KEYS[*row].1)
        };
        let en = |(row, condition): &(usize, Condition)| {
            let word = match condition {
                Condition::Office(office) => office.clone(),
                _ => condition.id(),
            };
            format!("{}={word}", KEYS[*row].0)
        };
        let (zh, en): (Vec<_>, Vec<_>) =
            self.0.iter().map(|condition| (zh(condition), en(condition))).unzip();
        (zh.join("、"), en.join(", "))
    }

    /// Whether cases of a level and kind meet every condition; none if there are others.
    pub fn finds_sort(&self, level: Level, kind: Kind) -> Option<bool> {
        let holds = |(_, condition): &(usize, Condition)| match condition {
            Condition::Level(own) => Some(*own == level),
            Condition::Kind(own) => Some(*own == kind),
            _ => None,
        };
        self.0.iter().try_fold(true, |found, condition| Some(found & holds(condition)?))
    }

    /// This query with each value that one of its keys may have; none where it has no such condition, or where a case may have
    /// several of the values.
    pub(super) fn parts(&self, key: &str, cases: &[Case], classes: &[Class]) -> Option<Vec<Self>> {
        let at = self.0.iter().position(|(row, _)| KEYS[*row].0 == key)?;
        let with = |condition| {
            let mut part = self.clone();
            part.0[at].1 = condition;
            part
        };
        Some(self.0[at].1.alternatives(cases, classes)?.into_iter().map(with).collect())
    }

    /// Whether a case meets every condition.
    pub fn finds(&self, case: &Case) -> bool {
        self.0.iter().all(|(_, condition)| condition.holds(case))
    }
}

impl Condition {
    /// Every condition of this key of which a case meets one at most.
    fn alternatives(&self, cases: &[Case], classes: &[Class]) -> Option<Vec<Self>> {
        fn all<T: Copy>(values: &[T], condition: fn(T) -> Condition) -> Vec<Condition> {
            values.iter().map(|value| condition(*value)).collect()
        }
        Some(match self {
            Condition::Level(_) => all(Level::ALL, Condition::Level),
            Condition::Kind(_) => all(Kind::ALL, Condition::Kind),
            Condition::Role(_) => all(Role::ALL, Condition::Role),
            Condition::Group(_) => all(Group::ALL, Condition::Group),
            Condition::LeaderLed(_) => all(&[true, false], Condition::LeaderLed),
            Condition::Office(_) => {
                let offices: BTreeSet<&str> = cases.iter().map(|case| &*case.office).collect();
                offices.into_iter().map(|office| Condition::Office(office.to_owned())).collect()
            }
            Condition::Outcome(_) => all(Outcome::ALL, Condition::Outcome),
            Condition::Class(_) => classes.iter().cloned().map(Condition::Class).collect(),
            Condition::Decision(_) => all(Decision::ALL, Condition::Decision),
            Condition::Satisfaction(_) => all(Satisfaction::ALL, Condition::Satisfaction),
            Condition::Status(_) | Condition::PublishedBy(_) => return None,
        })
    }

    fn holds(&self, case: &Case) -> bool {
        match self {
            Condition::Level(level) => case.level == *level,
            Condition::Kind(kind) => case.kind == *kind,
            Condition::Role(role) => case.role == *role,
            Condition::Group(group) => case.role.group() == *group,
            Condition::LeaderLed(led) => case.leader_led == *led,
            Condition::Office(office) => *case.office == **office,
            Condition::Status(status) => case.has_status(*status),
            Condition::Outcome(outcome) => case.outcome == Some(*outcome),
            Condition::Class(class) => case.outcome.is_some_and(|own| class.outcomes.contains(&own)),
            Condition::Decision(decision) => {
                case.disclosure.as_ref().is_some_and(|d| d.decision == *decision)
            }
            Condition::PublishedBy(day) => case.published().is_some_and(|published| published <= *day),
            Condition::Satisfaction(satisfaction) => case.satisfaction == Some(*satisfaction),
        }
    }

    fn id(&self) -> String {
        match self {
            Condition::Level(level) => level.id().into(),
            Condition::Kind(kind) => kind.id().into(),
            Condition::Role(role) => role.id().into(),
            Condition::Group(group) => group.id().into(),
            Condition::LeaderLed(led) => led.to_string(),
            Condition::Office(office) => escape(office),
            Condition::Status(status) => status.id().into(),
            Condition::Outcome(outcome) => outcome.id().into(),
            Condition::Class(class) => class.letter.to_string(),
            Condition::Decision(decision) => decision.id().into(),
            Condition::PublishedBy(day) => day.to_string(),
            Condition::Satisfaction(satisfaction) => satisfaction.id().into(),
        }
    }

    fn label(&self, terms: Terms) -> String {
        match self {
            Condition::Level(level) => level.label().into(),
            Condition::Kind(kind) => kind.label().into(),
            Condition::Role(role) => terms.role(*role).into(),
            Condition::Group(group) => terms.group(*group).into(),
            Condition::LeaderLed(led) => if *led { "领导领办" } else { "非领导领办" }.into(),
            Condition::Office(office) => office.clone(),
            Condition::Status(status) => status.label().into(),
            Condition::Outcome(outcome) => outcome.label().into(),
            Condition::Class(class) => format!("{}类", class.letter),
            Condition::Decision(decision) => decision.label().into(),
            Condition::PublishedBy(day) => format!("截至{}已公开", day.chinese()),
            Condition::Satisfaction(satisfaction) => satisfaction.label().into(),
        }
    }
}

/// A name stands in a link: what is not a letter of some script or a digit is written as its code point.
fn escape(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric();
    word.chars().map(|c| if plain(c) { c.to_string() } else { format!("~{:x}.", u32::from(c)) }).collect()
}

fn unescape(word: &str) -> String {
    let mut parts = word.split('~');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('.').unwrap_or((part, ""));
        out.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_whatever_the_order_and_the_language() {
        let query =
            Query::new([("role", "主办"), ("office", "人事（老干）处 & 机关"), ("level", "provincial")], &[])
                .unwrap();
        let name = query.name();
        assert!(name.starts_with("level=provincial&role=lead&office=人事~ff08.老干"), "{name}");
        assert_eq!(Query::parse(&name, &[]).unwrap(), query);
    }

    #[test]
    fn unknown_keys_and_words_are_refused_with_what_is_known() {
        let refusal = |key, word| Query::new([(key, word)], &[]).unwrap_err();
        assert!(refusal("lavel", "省").get(crate::diagnostic::Lang::Zh).contains("是不是 level"));
        assert!(refusal("level", "郡").get(crate::diagnostic::Lang::En).contains("provincial"));
        assert!(Query::parse("published_by=2021-09-31", &[]).is_err());
    }
}
