//! The case (件): one bill, suggestion or proposal in the ledger.

use schemars::JsonSchema;
use serde::Deserialize;

use super::day::Date;
use super::term::terms;
use super::text::{Memo, Text};

terms! {
    /// The level of the congress or conference that a case came from.
    Level ("层级", "level") {
        /// 全国
        National = "national" "全国",
        /// 省
        Provincial = "provincial" "省",
        /// 自治区
        AutonomousRegion = "autonomous_region" "自治区",
        /// 直辖市
        DirectMunicipality = "direct_municipality" "直辖市",
        /// 市
        Municipal = "municipal" "市",
        /// 州, 自治州
        Prefecture = "prefecture" "州" | "自治州",
        /// 盟
        League = "league" "盟",
        /// 地区
        Area = "area" "地区",
        /// 区
        District = "district" "区",
        /// 县, 自治县
        County = "county" "县" | "自治县",
        /// 县级市
        CountyCity = "county_city" "县级市",
        /// 旗, 自治旗
        Banner = "banner" "旗" | "自治旗",
        /// 新区
        NewArea = "new_area" "新区",
        /// 开发区
        DevelopmentZone = "development_zone" "开发区",
        /// 乡镇
        Township = "township" "乡镇",
        /// 乡
        RuralTownship = "rural_township" "乡",
        /// 镇
        Town = "town" "镇",
        /// 街道
        Street = "street" "街道",
    }

    /// What a case is.
    Kind ("种类", "kind") {
        /// 人大议案
        CongressBill = "congress_bill" "人大议案" | "议案",
        /// 政协建议案: adopted by a meeting and issued in the conference's name.
        CppccRecommendation = "cppcc_recommendation" "政协建议案" | "建议案",
        /// 代表建议、批评和意见
        DeputySuggestion = "deputy_suggestion" "代表建议" | "人大代表建议" | "建议",
        /// 政协提案: by members, parties or groups.
        CppccProposal = "cppcc_proposal" "政协提案" | "提案",
        /// What deputies and members suggested while the two sessions sat.
        SessionOpinion = "session_opinion" "两会期间建议" | "“两会”期间意见建议",
    }

    /// The office's part in a case.
    Role ("办理角色", "role") {
        /// 主办: answers, and sums up what the others say.
        Lead = "lead" "主办",
        /// 承办: answers alone.
        Sole = "sole" "承办" | "独办",
        /// 分办: answers its own part.
        Split = "split" "分办",
        /// 会办: gives its opinion to the lead and never answers the proposer.
        Assist = "assist" "会办" | "协办",
        /// 参阅: received to be read; nothing is owed.
        Reference = "reference" "参阅",
    }

    /// Roles by what they owe the proposer.
    Group ("角色组", "group of roles") {
        /// 主（承、分）办: those who answer.
        Reply = "reply" "主（承、分）办" | "答复",
        /// 会办
        Assist = "assist" "会办" | "协办",
        /// 参阅
        Reference = "reference" "参阅",
    }

    /// How far a case has come.
    Status ("进度", "status") {
        /// 在办: an answer is owed and not given yet.
        Open = "open" "在办",
        /// 办结: answered.
        Concluded = "concluded" "办结",
        /// 按期办结
        OnTime = "on_time" "按期办结",
        /// 逾期: answered after it was due.
        Overdue = "overdue" "逾期办结",
    }

    /// What came of a case.
    Outcome ("办理结果", "outcome") {
        /// 已解决
        Resolved = "resolved" "已解决" | "已经解决或者基本解决" | "已采纳",
        /// 正在解决
        InProgress = "in_progress" "正在解决",
        /// 列入规划
        Planned = "planned" "列入规划" | "列入计划",
        /// 因条件限制
        Constrained = "constrained" "因条件限制" | "因条件限制待以后解决",
        /// 留作参考
        Reference = "reference" "留作参考",
        /// 不可行
        NotFeasible = "not_feasible" "不可行",
    }

    /// How much of an answer is published.
    Decision ("公开方式", "disclosure decision") {
        /// 全文公开
        Full = "full" "全文公开",
        /// 摘要公开
        Summary = "summary" "摘要公开",
        /// 依申请公开
        OnRequest = "on_request" "依申请公开",
        /// 不予公开
        Withheld = "none" "不予公开",
    }

    /// Why an answer is withheld.
    Reason ("不予公开的理由", "reason for withholding") {
        /// 国家秘密
        StateSecret = "state_secret" "国家秘密",
        /// 商业秘密
        CommercialSecret = "commercial_secret" "商业秘密",
        /// 个人隐私
        Privacy = "privacy" "个人隐私",
        /// 公共安全
        Safety = "safety" "公共安全",
    }

    /// What the proposer thought of the answer.
    Satisfaction ("满意度", "satisfaction") {
        /// 满意
        Satisfied = "satisfied" "满意",
        /// 基本满意
        BasicallySatisfied = "basically_satisfied" "基本满意",
        /// 不满意
        Dissatisfied = "dissatisfied" "不满意",
        /// 未反馈
        NoFeedback = "none" "未反馈",
    }
}

impl Level {
    /// The usual name of its rank: rules for 区 are for 县, 旗 and so on as well.
    pub fn rank(self) -> Self {
        match self {
            Level::National => Level::National,
            Level::Provincial | Level::AutonomousRegion | Level::DirectMunicipality => Level::Provincial,
            Level::Municipal | Level::Prefecture | Level::League | Level::Area => Level::Municipal,
            Level::District
            | Level::County
            | Level::CountyCity
            | Level::Banner
            | Level::NewArea
            | Level::DevelopmentZone => Level::District,
            Level::Township | Level::RuralTownship | Level::Town | Level::Street => Level::Township,
        }
    }
}

/// One case of the ledger.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The office's own number for it; no two cases share one.
    pub id: Text,
    /// What it asks for.
    pub title: Text,
    /// Where it came from.
    pub level: Level,
    /// What it is.
    pub kind: Kind,
    /// The office's part in it.
    pub role: Role,
    /// Who proposed it: a delegation, party, sector, group, committee.
    pub proposer: Text,
    /// The section of the office that handles it.
    pub office: Text,
    /// A leader of the government takes it in hand (领办).
    #[serde(default)]
    pub leader_led: bool,
    /// 交办
    pub assigned: Date,
    /// The last day for the answer, or for the opinion to the lead.
    pub due: Date,
    /// 延期: a later last day, and when it was agreed to.
    pub extended: Option<Extension>,
    /// The day of the answer, or of the opinion; none: still open, or, of a case for reference, nothing is owed.
    pub replied: Option<Date>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Whether the answer is published.
    pub disclosure: Option<Disclosure>,
    /// What the proposer said of the answer.
    pub satisfaction: Option<Satisfaction>,
    /// How the proposer can be reached: for the office alone.
    pub contact: Option<Text>,
    /// How it was handled: for the office alone.
    pub notes: Option<Memo>,
}

impl Role {
    /// Whether it answers the proposer.
    pub fn group(self) -> Group {
        match self {
            Role::Lead | Role::Sole | Role::Split => Group::Reply,
            Role::Assist => Group::Assist,
            Role::Reference => Group::Reference,
        }
    }
}

impl Case {
    /// Whether it has come as far as this. A case for reference owes nothing: without a reply it is neither open nor anything
    /// else.
    pub fn has_status(&self, status: Status) -> bool {
        match (status, self.replied) {
            (Status::Open, replied) => replied.is_none() && self.role != Role::Reference,
            (Status::Concluded, replied) => replied.is_some(),
            (Status::OnTime, replied) => replied.is_some_and(|day| day <= self.deadline()),
            (Status::Overdue, replied) => replied.is_some_and(|day| day > self.deadline()),
        }
    }

    /// Whether it is late on this day: still open, and its deadline has passed.
    pub fn is_late(&self, day: Date) -> bool {
        self.has_status(Status::Open) && self.deadline() < day
    }

    /// The deadline in force: the day that it was extended to, otherwise the day that it was due on.
    pub fn deadline(&self) -> Date {
        self.extended.as_ref().map_or(self.due, |extended| extended.until)
    }

    /// Whether its answer is not published at all: then its title and its proposer are withheld as well.
    pub fn is_withheld(&self) -> bool {
        self.disclosure.as_ref().is_some_and(|disclosure| disclosure.decision == Decision::Withheld)
    }

    /// The day its answer was published.
    pub fn published(&self) -> Option<Date> {
        self.disclosure.as_ref()?.published
    }
}

/// A later deadline. The assigning office has to agree before the first one has passed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// The new last day.
    pub until: Date,
    /// The day on which the assigning office agreed.
    pub consented: Option<Date>,
}

/// The decision whether an answer is published, and its way there: review first, then consent, then publication.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    /// How much is published.
    pub decision: Decision,
    /// Why it is withheld.
    pub reason: Option<Reason>,
    /// The secrecy review (保密审查).
    pub reviewed: Option<Date>,
    /// The proposer's consent.
    pub consented: Option<Date>,
    /// The day it was published.
    pub published: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(role: &str, more: &str) -> Case {
        let yaml = format!(
            "{{id: 甲, title: 题, level: 省, kind: 建议, role: {role}, proposer: 团, office: 处, assigned: 2021-03-01, due: 2021-05-31{more}}}"
        );
        serde_yaml::from_str(&yaml).unwrap()
    }

    #[test]
    fn every_name_of_a_place_is_a_level_and_has_a_rank() {
        for (word, label, rank) in [
            ("县", "县", "区"),
            ("县级市", "县级市", "区"),
            ("旗", "旗", "区"),
            ("开发区", "开发区", "区"),
            ("州", "州", "市"),
            ("盟", "盟", "市"),
            ("自治区", "自治区", "省"),
            ("镇", "镇", "乡镇"),
            ("district", "区", "区"),
        ] {
            let level = Level::parse(word).unwrap();
            assert_eq!((level.label(), level.rank().label()), (label, rank), "{word}");
        }
        assert!(Level::parse("郡").is_err());
    }

    #[test]
    fn an_extension_moves_the_day_on_which_a_case_is_late() {
        let late = |more: &str, day: &str| case("会办", more).is_late(Date::parse(day).unwrap());
        let extended = ", extended: {until: 2021-08-31, consented: 2021-05-30}";
        for (more, day, expected) in [
            ("", "2021-05-31", false),
            ("", "2021-06-01", true),
            (extended, "2021-06-01", false),
            (extended, "2021-08-31", false),
            (extended, "2021-09-01", true),
            (", replied: 2021-07-01", "2021-09-01", false),
        ] {
            assert_eq!(late(more, day), expected, "{more} {day}");
        }
        assert!(!case("参阅", "").is_late(Date::parse("2021-09-01").unwrap()));
        let replied = |day: &str| case("会办", &format!("{extended}, replied: {day}"));
        assert!(replied("2021-08-31").has_status(Status::OnTime));
        assert!(replied("2021-09-01").has_status(Status::Overdue));
    }

    #[test]
    fn a_case_for_reference_is_neither_open_nor_late() {
        let all = |case: Case| -> Vec<Status> {
            Status::ALL.iter().copied().filter(|status| case.has_status(*status)).collect()
        };
        assert_eq!(all(case("参阅", "")), []);
        assert_eq!(all(case("会办", "")), [Status::Open]);
        assert_eq!(all(case("参阅", ", replied: 2021-05-30")), [Status::Concluded, Status::OnTime]);
        assert_eq!(all(case("会办", ", replied: 2021-06-01")), [Status::Concluded, Status::Overdue]);
    }
}
