//! The profile (地方规则): what the standard leaves to a place and its year: time limits, letters for outcomes, what roles are
//! called, how satisfaction is counted and shares are rounded, and how a report is filed.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::case::{Case, Group, Kind, Level, Outcome, Role, Satisfaction};
use super::column::Columns;
use super::day::Date;
use super::fault::fault;
use super::keeping::Keeping;
use super::lists::{at_least_one, each_once};
use super::term::terms;
use super::text::{Text, formed};

/// A profile's file. A section that is not there leaves open what it is about, or leaves it to the profile that this one is
/// based on.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Whose rules they are.
    pub label: Text,
    /// The built-in profile that says what this one does not, section by section.
    pub based_on: Option<Text>,
    /// What roles are called.
    pub labels: Option<Labels>,
    /// Last days for answers and opinions; the first row that speaks of a case counts.
    #[serde(default, deserialize_with = "at_least_one_if_there")]
    pub limits: Option<Vec<Limit>>,
    /// The last day for publishing an answer.
    pub publication: Option<Publication>,
    /// Letters for outcomes.
    #[serde(default, deserialize_with = "each_outcome_once")]
    pub outcomes: Option<Vec<Class>>,
    /// How the rate of satisfaction is made.
    pub satisfaction: Option<Scale>,
    /// How percentages are rounded.
    pub rounding: Option<Rounding>,
    /// How reports are filed.
    #[serde(default, deserialize_with = "without_item")]
    pub archive: Option<Keeping>,
    /// Set phrases of the place whose numbers count nothing, such as 3号线.
    #[serde(default, deserialize_with = "at_least_one_if_there")]
    pub names: Option<Vec<Text>>,
    /// What columns of ledgers in spreadsheets hold, by what their heads say.
    #[serde(default, deserialize_with = "each_column_once")]
    pub columns: Option<Columns>,
}

impl Profile {
    /// This profile, with what another says of sections that it does not have.
    pub fn over(self, base: Self) -> Self {
        Self {
            label: self.label,
            based_on: self.based_on,
            labels: self.labels.or(base.labels),
            limits: self.limits.or(base.limits),
            publication: self.publication.or(base.publication),
            outcomes: self.outcomes.or(base.outcomes),
            satisfaction: self.satisfaction.or(base.satisfaction),
            rounding: self.rounding.or(base.rounding),
            archive: self.archive.or(base.archive),
            names: self.names.or(base.names),
            columns: self.columns.or(base.columns),
        }
    }

    /// The row of limits that speaks of a case.
    pub fn limit(&self, case: &Case) -> Option<&Limit> {
        self.limits.iter().flatten().find(|limit| limit.is_of(case))
    }

    /// How the rate of satisfaction is made.
    pub fn scale(&self) -> Scale {
        self.satisfaction.unwrap_or_default()
    }

    /// How percentages are rounded.
    pub fn rounding(&self) -> Rounding {
        self.rounding.unwrap_or_default()
    }

    /// The classes of outcomes by letter; none if the profile has no letters.
    pub fn classes(&self) -> &[Class] {
        self.outcomes.as_deref().unwrap_or_default()
    }
}

/// What roles are called where it is not what most call them.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// 承办, or 独办.
    pub sole: Option<Text>,
    /// 会办, or 协办.
    pub assist: Option<Text>,
    /// Those who answer, together: 主（承、分）办.
    pub reply: Option<Text>,
}

/// What roles and groups of them are called in one report.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    sole: &'a str,
    assist: &'a str,
    reply: &'a str,
}

impl<'a> Terms<'a> {
    /// By a profile; a report's own word for 会办 goes before it.
    pub fn new(profile: &'a Profile, assist: Option<&'a str>) -> Self {
        let label = |pick: fn(&Labels) -> Option<&Text>| Some(&**pick(profile.labels.as_ref()?)?);
        let assist = assist.or_else(|| label(|labels| labels.assist.as_ref()));
        Self {
            sole: label(|labels| labels.sole.as_ref()).unwrap_or(Role::Sole.label()),
            assist: assist.unwrap_or(Role::Assist.label()),
            reply: label(|labels| labels.reply.as_ref()).unwrap_or(Group::Reply.label()),
        }
    }

    /// What a role is called.
    pub fn role(self, role: Role) -> &'a str {
        match role {
            Role::Sole => self.sole,
            Role::Assist => self.assist,
            role => role.label(),
        }
    }

    /// What a group of roles is called.
    pub fn group(self, group: Group) -> &'a str {
        match group {
            Group::Reply => self.reply,
            Group::Assist => self.assist,
            group => group.label(),
        }
    }
}

/// The last day for some cases.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(try_from = "WrittenLimit")]
pub struct Limit {
    group: Group,
    levels: Vec<Level>,
    kinds: Vec<Kind>,
    /// Until when.
    pub until: Until,
    /// Months from the day of assignment that an extension may reach; none: nothing is said of it.
    pub extended: Option<u16>,
}

/// A [`Limit`] as it is written.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenLimit {
    /// Cases in which the office has such a part.
    group: Group,
    /// Where they come from; none: from anywhere.
    #[serde(default, deserialize_with = "at_least_one")]
    levels: Vec<Level>,
    /// What they are; none: anything.
    #[serde(default, deserialize_with = "at_least_one")]
    kinds: Vec<Kind>,
    /// Months from the day of assignment.
    months: Option<u16>,
    /// A day of the year.
    last_day: Option<DayOfYear>,
    /// Months from the day of assignment, at most, for an extended case.
    extended: Option<u16>,
}

impl TryFrom<WrittenLimit> for Limit {
    type Error = String;

    fn try_from(limit: WrittenLimit) -> Result<Self, String> {
        let WrittenLimit { group, levels, kinds, months, last_day, extended } = limit;
        let until = match (months, last_day) {
            (Some(months), None) => Until::Months(months),
            (None, Some(day)) => Until::Day(day),
            _ => {
                let (zh, en) =
                    ("months 和 last_day 要写一个，也只写一个", "write one of `months` and `last_day`");
                return Err(fault(zh, en));
            }
        };
        Ok(Self { group, levels, kinds, until, extended })
    }
}

impl Limit {
    /// Whether it speaks of a case.
    pub fn is_of(&self, case: &Case) -> bool {
        self.group == case.role.group()
            && (self.levels.is_empty()
                || self.levels.contains(&case.level)
                || self.levels.contains(&case.level.rank()))
            && (self.kinds.is_empty() || self.kinds.contains(&case.kind))
    }

    /// Its group of roles, levels and kinds; of the latter two none: all.
    pub fn of(&self) -> (Group, &[Level], &[Kind]) {
        (self.group, &self.levels, &self.kinds)
    }
}

/// Until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, schemars::JsonSchema)]
pub enum Until {
    /// Months from the day of assignment.
    Months(u16),
    /// The first such day on or after it.
    Day(DayOfYear),
}

impl Until {
    /// The last day, counted from another; none beyond the end of all calendars.
    pub fn from(self, day: Date) -> Option<Date> {
        match self {
            Until::Months(months) => months_after(day, months),
            Until::Day(last) => last.after(day),
        }
    }
}

/// So many months later; a day that the month does not have is its last one.
pub fn months_after(day: Date, months: u16) -> Option<Date> {
    date(NaiveDate::from(day).checked_add_months(Months::new(months.into()))?)
}

fn date(day: NaiveDate) -> Option<Date> {
    Date::new(day.year(), day.month(), day.day())
}

/// The last day for publishing an answer, counted from the day of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(try_from = "WrittenPublication")]
pub enum Publication {
    /// So many days of work after it.
    WorkingDays(u16),
    /// The first such day on or after it.
    Day(DayOfYear),
}

/// A [`Publication`] as it is written.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenPublication {
    /// Working days from the day of the answer.
    working_days: Option<u16>,
    /// A day of the year.
    last_day: Option<DayOfYear>,
}

impl TryFrom<WrittenPublication> for Publication {
    type Error = String;

    fn try_from(publication: WrittenPublication) -> Result<Self, String> {
        match (publication.working_days, publication.last_day) {
            (Some(days), None) => Ok(Self::WorkingDays(days)),
            (None, Some(day)) => Ok(Self::Day(day)),
            _ => Err(fault(
                "working_days 和 last_day 要写一个，也只写一个",
                "write one of `working_days` and `last_day`",
            )),
        }
    }
}

impl Publication {
    /// The last day for what was answered on a day. Days of work are Monday to Friday: public holidays are not known.
    pub fn from(self, answered: Date) -> Option<Date> {
        match self {
            Publication::WorkingDays(days) => working_days_after(answered, days),
            Publication::Day(last) => last.after(answered),
        }
    }
}

fn working_days_after(day: Date, days: u16) -> Option<Date> {
    let mut day = NaiveDate::from(day);
    let mut left = days;
    while left > 0 {
        day = day.checked_add_days(Days::new(1))?;
        left -= u16::from(!matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
    }
    date(day)
}

/// A day of every year, `05-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(try_from = "Text")]
pub struct DayOfYear(u32, u32);

impl TryFrom<Text> for DayOfYear {
    type Error = String;

    fn try_from(text: Text) -> Result<Self, String> {
        // No leap year: 02-29 is no day of every year.
        let day = Date::parse(&format!("2001-{text}")).map(NaiveDate::from);
        day.map(|day| Self(day.month(), day.day())).ok_or_else(|| {
            let zh = format!("“{text}”不是每年都有的一天，请写成 05-31 这样（两位月-两位日）");
            fault(zh, format!("\"{text}\" is no day of every year: write it like 05-31"))
        })
    }
}

impl DayOfYear {
    /// The first such day on or after another.
    fn after(self, day: Date) -> Option<Date> {
        let of = |year| Date::new(year, self.0, self.1);
        of(day.year()).filter(|last| *last >= day).or_else(|| of(day.year() + 1))
    }

    /// `5月31日`
    pub fn chinese(self) -> String {
        format!("{}月{}日", self.0, self.1)
    }
}

formed! {
    /// A letter from A to Z.
    Letter = letter r"[A-Z]";
}

fn letter(text: &str) -> Result<(), String> {
    let is_letter = matches!(text.as_bytes(), [b'A'..=b'Z']);
    let zh = format!("“{text}”不是一个大写字母 A—Z");
    if is_letter { Ok(()) } else { Err(fault(zh, format!("\"{text}\" is no letter from A to Z"))) }
}

/// A class of outcomes, and the letter that it is known by (A类).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// The letter.
    pub letter: Letter,
    /// What it stands for, in the words of the rule.
    pub label: Text,
    /// The outcomes that belong to it.
    #[serde(deserialize_with = "at_least_one")]
    pub outcomes: Vec<Outcome>,
}

/// Classes of which none has the letter or an outcome of another.
fn each_outcome_once<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Class>>, D::Error> {
    let classes: Vec<Class> = at_least_one(deserializer)?;
    for (index, class) in classes.iter().enumerate() {
        let before = &classes[..index];
        if before.iter().any(|other| other.letter == class.letter) {
            let (zh, en) =
                (format!("{}类写了两次", class.letter), format!("{} is written twice", class.letter));
            return Err(D::Error::custom(fault(zh, en)));
        }
        let taken = |outcome: &&Outcome| before.iter().any(|other| other.outcomes.contains(outcome));
        if let Some(outcome) = class.outcomes.iter().find(taken) {
            let zh = format!("“{}”归了两类", outcome.label());
            let en = format!("`{}` belongs to two letters", outcome.id());
            return Err(D::Error::custom(fault(zh, en)));
        }
    }
    Ok(Some(classes))
}

/// Who is satisfied, and of whom (满意率的口径).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// 基本满意 is satisfied as well.
    #[serde(default)]
    pub count_basically_satisfied: bool,
    /// 未反馈 is part of the whole.
    #[serde(default)]
    pub count_no_feedback: bool,
}

impl Scale {
    /// Whether somebody who said this is satisfied.
    pub fn is_satisfied(self, said: Satisfaction) -> bool {
        match said {
            Satisfaction::Satisfied => true,
            Satisfaction::BasicallySatisfied => self.count_basically_satisfied,
            Satisfaction::Dissatisfied | Satisfaction::NoFeedback => false,
        }
    }

    /// Whether they are counted at all.
    pub fn counts(self, said: Satisfaction) -> bool {
        said != Satisfaction::NoFeedback || self.count_no_feedback
    }
}

/// How percentages are rounded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// How the shares of a whole are.
    #[serde(default)]
    pub shares: Method,
    /// Digits after the point, unless the text asks for another number: at most [`MOST_DIGITS`].
    #[serde(default, deserialize_with = "few_digits")]
    pub digits: usize,
}

/// Most digits after the point that are asked for.
pub const MOST_DIGITS: usize = 4;

fn few_digits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    let digits = usize::from(u16::deserialize(deserializer)?);
    if digits > MOST_DIGITS {
        let (zh, en) =
            (format!("小数位数最多 {MOST_DIGITS}"), format!("at most {MOST_DIGITS} digits after the point"));
        return Err(D::Error::custom(fault(zh, en)));
    }
    Ok(digits)
}

terms! {
    /// How the shares of a whole are rounded.
    Method ("取舍办法", "method of rounding") {
        /// 四舍五入: each by itself, and their sum as it comes.
        HalfUp = "half_up" "四舍五入",
        /// 最大余额法: together, so that they make 100 %.
        LargestRemainder = "largest_remainder" "最大余额法",
    }
}

#[expect(clippy::derivable_impls, reason = "the list of terms has no place for a default")]
impl Default for Method {
    fn default() -> Self {
        Method::HalfUp
    }
}

fn each_column_once<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Columns>, D::Error> {
    each_once(deserializer).map(Some)
}

/// A list that is there has something in it.
fn at_least_one_if_there<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Vec<T>>, D::Error> {
    at_least_one(deserializer).map(Some)
}

/// How reports are filed, without the number of one of them.
fn without_item<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Keeping>, D::Error> {
    let keeping = Keeping::deserialize(deserializer)?;
    if keeping.item.is_some() {
        let (zh, en) = (
            "件号 item 是一份报告的，写在 report.yaml 里",
            "`item` is of one report: write it in report.yaml",
        );
        return Err(D::Error::custom(fault(zh, en)));
    }
    Ok(Some(keeping))
}
