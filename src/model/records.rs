//! Records that reports are made of: recommendations, tasks, phases, members, findings. A record has fields, and what is
//! said of several, such as their number or their order, is made from them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::case::{Outcome, Satisfaction};
use super::day::Date;
use super::fault::fault;
use super::header::{Organ, Person};
use super::lists::at_least_one;
use super::period::Period;
use super::section::Item;
use super::term::terms;
use super::text::{Prose, Text, formed};

/// 建议案 with the number that its conference gave it, and how it was handled.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// 1 for 1号建议案.
    pub number: u16,
    /// The title without 《》.
    pub title: Text,
    /// Who took it in hand.
    pub leader: Leader,
    /// What the leader did or asked for: it goes on after the sentence's beginning that names the leader.
    pub body: Prose,
    /// What was done, by field.
    #[serde(deserialize_with = "at_least_one")]
    pub sections: Vec<Field>,
}

/// A leader and the part that they took.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leader {
    /// The name.
    pub name: Person,
    /// The post.
    pub post: Text,
    /// The part.
    pub role: LeaderRole,
    /// How: 亲自, 倾力.
    pub manner: Option<Text>,
}

/// A field of work: a heading, and what was done under headings of its own.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// A sentence, full stop included.
    pub heading: Prose,
    /// What was done.
    #[serde(deserialize_with = "at_least_one")]
    pub items: Vec<Item>,
}

/// 民主测评: what the conference thought of the handling.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Appraisal {
    /// The day.
    pub date: Date,
    /// Who appraised.
    pub by: Text,
    /// What they thought, of every recommendation alike.
    pub result: Satisfaction,
}

/// Tasks of one field.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskGroup {
    /// The field, without a full stop.
    pub heading: Prose,
    /// The tasks.
    #[serde(deserialize_with = "at_least_one")]
    pub tasks: Vec<Task>,
}

/// One task of a plan, with the bodies that see to it.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// A sentence, full stop included.
    pub heading: Prose,
    /// What is to be done.
    pub body: Prose,
    /// 牵头单位
    #[serde(deserialize_with = "at_least_one")]
    pub lead: Vec<Organ>,
    /// 责任单位
    #[serde(default, deserialize_with = "at_least_one")]
    pub responsible: Vec<Organ>,
    /// 完成时限
    pub deadline: Option<Date>,
}

impl Task {
    /// Every body that it names, with the key that names it and its position there.
    pub fn bodies(&self) -> impl Iterator<Item = (&'static str, usize, &Organ)> {
        let lead = self.lead.iter().enumerate().map(|(index, body)| ("lead", index, body));
        lead.chain(self.responsible.iter().enumerate().map(|(index, body)| ("responsible", index, body)))
    }
}

/// One phase of a plan.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// 部署阶段
    pub name: Prose,
    /// The first day; none: from the beginning.
    pub from: Option<Date>,
    /// The last day.
    pub until: Date,
    /// What is done in it.
    pub body: Prose,
}

impl Phase {
    /// Its days.
    pub fn period(&self) -> Period {
        Period { from: self.from, until: self.until }
    }
}

/// 领导小组
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadingGroup {
    /// Its name.
    pub name: Text,
    /// Who is in it, in the order of the list.
    #[serde(deserialize_with = "at_least_one")]
    pub members: Vec<Member>,
}

/// A member of a leading group.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The name.
    pub name: Person,
    /// The body that the member comes from.
    pub body: Organ,
    /// The post there, printed after the body's name.
    pub post: Text,
    /// The part in the group.
    pub role: MemberRole,
}

/// An inspection (巡察) and when it was.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inspection {
    /// 十四届市委第五轮巡察
    pub name: Text,
    /// Who inspected.
    pub team: Text,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// The day on which the findings were fed back.
    pub fed_back: Date,
}

/// One problem (问题) that an inspection fed back, and what was done about it.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// 关于…的问题
    pub title: Prose,
    /// What stands before the measures, if not what stands there for all.
    pub label: Option<Text>,
    /// The measures.
    #[serde(deserialize_with = "at_least_one")]
    pub measures: Vec<Measure>,
}

/// One measure against a problem.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// A clause without a mark at its end.
    pub heading: Prose,
    /// What it goes on with, after a comma.
    pub body: Prose,
}

/// What last year's answer to a case promised, and what became of it.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// The case's number last year.
    pub id: Text,
    /// What it asked for.
    pub title: Text,
    /// What had come of it by the end of last year.
    pub outcome: Option<Outcome>,
    /// The section of the office that sees to it.
    pub office: Option<Text>,
    /// What has become of it; none: it is not accounted for yet.
    #[serde(default)]
    pub status: PromiseStatus,
    /// What was done, or why it is still open: sentences.
    pub reason: Option<Prose>,
    /// For the office alone: last year's answer was withheld.
    #[serde(default)]
    pub internal: bool,
}

/// How the office can be reached.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// 电话
    pub phone: Phone,
    /// 电子邮箱
    pub email: Option<Email>,
    /// 邮编
    pub postcode: Option<Postcode>,
    /// 邮寄地址
    pub address: Option<Text>,
}

/// The roster of bodies (单位) that a plan may name.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Roster {
    /// Bodies of one kind; in a list they are kept apart from those of another by a comma.
    #[serde(deserialize_with = "at_least_one")]
    pub groups: Vec<BodyGroup>,
}

/// Bodies of one kind.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BodyGroup {
    /// What they are: 市直部门.
    pub name: Text,
    /// What all their names end in; neighbours in a list share it: 武昌区、洪山区人民政府.
    pub suffix: Option<Text>,
    /// The names, without the suffix.
    #[serde(deserialize_with = "at_least_one")]
    pub bodies: Vec<Organ>,
}

impl Roster {
    /// Every body by its full name, with the positions of its group and of itself in it.
    pub fn bodies(&self) -> impl Iterator<Item = (String, usize, usize)> {
        self.groups.iter().enumerate().flat_map(|(at, group)| {
            let suffix = group.suffix.as_deref().unwrap_or_default();
            group.bodies.iter().enumerate().map(move |(index, body)| (format!("{body}{suffix}"), at, index))
        })
    }

    /// Bodies by their full names as running text: 、 within a group, ， between groups, and a suffix once for neighbours.
    pub fn list(&self, names: &[&str]) -> String {
        let known: Vec<(String, usize, usize)> = self.bodies().collect();
        let group = |name: &str| known.iter().find(|body| body.0 == name).map(|body| body.1);
        let mut out = String::new();
        for (index, name) in names.iter().enumerate() {
            let own = group(name);
            let next = names.get(index + 1).map(|next| group(next));
            let suffix = own.and_then(|at| self.groups[at].suffix.as_deref()).unwrap_or_default();
            let shared = own.is_some() && next == Some(own);
            out.push_str(if shared { name.strip_suffix(suffix).unwrap_or(name) } else { name });
            out.push_str(match next {
                None => "",
                Some(_) if next == Some(own) => "、",
                Some(_) => "，",
            });
        }
        out
    }
}

terms! {
    /// The part that a leader takes in a case.
    LeaderRole ("领导的角色", "leader's role") {
        /// 督办: sees to it that it is handled.
        Supervise = "supervise" "督办",
        /// 领办: takes it in hand.
        Lead = "lead" "领办",
        /// 领衔办理: takes it in hand, before others.
        Head = "head" "领衔办理",
    }

    /// What has become of a promise.
    #[derive(Default)]
    PromiseStatus ("落实情况", "state of a promise") {
        /// 已落实
        Done = "done" "已落实",
        /// 仍在办理
        Open = "open" "仍在办理",
        /// 待核实
        #[default]
        Todo = "todo" "待核实",
    }

    /// The part of a member in a leading group.
    MemberRole ("小组职务", "role in the group") {
        /// 组长
        Head = "head" "组长",
        /// 副组长
        Deputy = "deputy" "副组长",
        /// 成员
        Member = "member" "成员",
    }
}

formed! {
    /// A telephone number: digits, with hyphens, spaces or brackets between them.
    Phone = phone r"[-0-9+() （）、；]{3,}";
    /// An e-mail address.
    Email = email r"[!-?A-~]+@[!-?A-~]+";
    /// A postcode: six digits.
    Postcode = postcode r"[0-9]{6}";
}

fn phone(text: &str) -> Result<(), String> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let allowed = |c: char| c.is_ascii_digit() || "+-() （）、；".contains(c);
    if digits >= 3 && text.chars().all(allowed) {
        return Ok(());
    }
    Err(fault(
        format!("“{text}”不是电话号码，请只写数字和 -"),
        format!("\"{text}\" is no telephone number: write digits and hyphens"),
    ))
}

fn email(text: &str) -> Result<(), String> {
    let graphic = text.bytes().all(|b| b.is_ascii_graphic());
    let sound = text.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty()
            && host.contains('.')
            && !host.contains('@')
            && host.split('.').all(|part| !part.is_empty())
    });
    if graphic && sound {
        return Ok(());
    }
    let zh = format!("“{text}”不是电子邮箱，写成 name@example.cn 这样");
    Err(fault(zh, format!("\"{text}\" is no e-mail address: write it like name@example.cn")))
}

fn postcode(text: &str) -> Result<(), String> {
    if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    let zh = format!("“{text}”不是邮编，邮编是六位数字");
    Err(fault(zh, format!("\"{text}\" is no postcode: it has six digits")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_listed_by_group_with_one_suffix_for_neighbours() {
        let roster: Roster = serde_yaml::from_str(
            "groups: [{ name: 部门, bodies: [甲局, 乙局] }, { name: 开发区, bodies: [新区管委会] }, { name: 区, suffix: 人民政府, bodies: [东区, 西区, 南区] }]",
        )
        .unwrap();
        for (names, list) in [
            (vec!["甲局"], "甲局"),
            (vec!["甲局", "乙局"], "甲局、乙局"),
            (vec!["甲局", "新区管委会"], "甲局，新区管委会"),
            (vec!["东区人民政府"], "东区人民政府"),
            (
                vec!["乙局", "新区管委会", "东区人民政府", "西区人民政府", "南区人民政府"],
                "乙局，新区管委会，东区、西区、南区人民政府",
            ),
            (vec!["东区人民政府", "甲局", "西区人民政府"], "东区人民政府，甲局，西区人民政府"),
            (vec!["无此局", "甲局"], "无此局，甲局"),
        ] {
            assert_eq!(roster.list(&names), list);
        }
    }

    #[test]
    fn contacts_have_their_forms() {
        for (form, good, bad) in [
            (
                phone as fn(&str) -> _,
                &["65692205", "027-65692205", "（027）65692205"][..],
                &["电话", "12", "1234x"][..],
            ),
            (
                email,
                &["a@b.cn", "372047@qq.com"],
                &["a.b.cn", "@b.cn", "a@b", "a b@c.cn", "甲@b.cn", "a@b@c.cn", "a@b.", "a@.cn", "a@b..cn"],
            ),
            (postcode, &["430023"], &["43002", "4300233", "43002a", "４３００２３"]),
        ] {
            for text in good {
                assert_eq!(form(text), Ok(()), "{text}");
            }
            for text in bad {
                assert!(form(text).is_err(), "{text}");
            }
        }
    }
}
