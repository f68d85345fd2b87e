//! Every part that a report may have, one row each: what it is called, how it is begun, what becomes of it next year. The
//! genres, `todo`, new reports, roll-over and editions go by these rows.

use super::report::Report;
use super::section::Section;
use crate::source::Path;

/// A part that a report may have.
#[derive(Debug)]
pub struct Part {
    /// Its key; `header.` before the elements around the text.
    pub key: &'static str,
    /// What it is, in Chinese and in English.
    pub label: (&'static str, &'static str),
    /// Whether a report has it.
    pub given: fn(&Report) -> bool,
    /// What a new report has after the key. `YEAR` is the report's year; a line break is followed by the part's own indent, two
    /// spaces for every part, to which `header` adds two.
    pub begin: &'static str,
    /// What becomes of it when the report is rolled over.
    pub next_year: NextYear,
    /// Its section, if it is one: an edition looks for internal items there.
    pub section: Option<SectionOf>,
}

/// How a section is found in a report.
#[derive(Debug)]
pub struct SectionOf {
    /// The section, to be read.
    pub get: fn(&Report) -> &Option<Section>,
    /// The section, to be changed.
    pub get_mut: fn(&mut Report) -> &mut Option<Section>,
}

/// What becomes of a part or a setting in the report of the next year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextYear {
    /// It stays as it is; days in it are a year later.
    Stays,
    /// It stays, with the advice to read it again.
    Reread,
    /// It becomes a comment, below this line.
    Commented(&'static str),
    /// It is left out.
    Dropped,
}

impl Part {
    /// The way to it in `report.yaml`.
    pub fn path(&self) -> Path {
        self.key.split('.').fold(Path::root(), |path, key| path.key(key))
    }

    /// Its Chinese name, without examples.
    pub fn name(&self) -> &'static str {
        self.label.0.split('，').next().unwrap_or_default()
    }
}

/// What becomes of a part or a setting of this key next year.
pub fn next_year(key: &str) -> NextYear {
    let part = PARTS.iter().find(|part| part.key == key).map(|part| part.next_year);
    part.or_else(|| SETTINGS.iter().find(|row| row.0 == key).map(|row| row.1)).unwrap_or(NextYear::Stays)
}

macro_rules! parts {
    ($($key:literal $zh:literal $en:literal $given:expr; $begin:expr, $next:ident $(, section $field:ident)?;)+) => {
        /// Every part that not all genres have, in the order of reports.
        pub const PARTS: &[Part] = &[$(Part {
            key: $key,
            label: ($zh, $en),
            given: $given,
            begin: $begin,
            next_year: NextYear::$next,
            section: parts!(@section $($field)?),
        },)+];
    };
    (@section) => { None };
    (@section $field:ident) => {
        Some(SectionOf { get: |report| &report.$field, get_mut: |report| &mut report.$field })
    };
}

/// A part of one line.
const TODO: &str = " todo";
/// A section of points under headings of their own.
const SECTION: &str = "\n  items:\n    - heading: todo\n      body: todo";

parts! {
    "header.addressees" "主送机关" "whom it is sent to" |r| r.header.addressees.is_some();
        TODO, Stays;
    "header.signature" "署名" "who signs" |r| r.header.signature.is_some();
        TODO, Stays;
    "header.issues" "所印发文件的标题" "the title of what it issues" |r| r.header.issues.is_some();
        TODO, Stays;
    "header.occasion" "会议、日期、报告人、称谓" "meeting, day, speaker, salutation" |r| r.header.occasion.is_some();
        "\n  date: YEAR-12-31\n  meeting: todo\n  speaker: { name: 'todo: 报告人', post: todo }\n  salutation: todo", Stays;
    "we" "自称，如 我局" "how the office calls itself" |r| r.we.is_some();
        TODO, Stays;
    "case_term" "办件的统称，如 议提案" "what cases are called" |r| r.case_term.is_some();
        TODO, Stays;
    "assist_term" "会办的叫法，如 协办" "what 会办 is called" |r| r.assist_term.is_some();
        TODO, Stays;
    "assigned_by" "交办单位" "who assigned the cases" |r| r.assigned_by.is_some();
        TODO, Stays;
    "as_of" "统计截止日" "the day the figures were closed" |r| r.as_of.is_some();
        " YEAR-12-31", Stays;
    "ledger" "办件台账" "the ledger" |r| r.ledger.is_some();
        " cases.yaml", Stays;
    "ledger_note" "台账的说明" "a note on the ledger" |r| r.ledger_note.is_some();
        TODO, Reread;
    "tables" "要附哪些表" "which tables stand in it" |r| r.tables.is_some();
        " [概况表, 统计表, 台账]", Stays;
    "last_year" "上年件数" "last year's cases" |r| r.last_year.is_some();
        "\n  source: 'todo: 上年的报告'\n  total: 'todo: 上年件数'", Stays;
    "bodies" "单位名册" "the roster of bodies" |r| r.bodies.is_some();
        " bodies.yaml", Stays;
    "preamble" "引言" "the opening" |r| r.preamble.is_some();
        TODO, Reread;
    "overview" "总体情况" "the overview" |r| r.overview.is_some();
        TODO, Reread;
    "disclosure" "公开的规定和做法" "how answers are published" |r| r.disclosure.is_some();
        "\n  deadline: YEAR-09-01\n  rule: todo", Reread;
    "appraisal" "民主测评" "the appraisal" |r| r.appraisal.is_some();
        "\n  date: YEAR-12-31\n  by: todo\n  result: 满意", Reread;
    "recommendations" "建议案" "recommendations" |r| !r.recommendations.is_empty();
        "\n  - number: 1\n    title: todo\n    leader: { name: 'todo: 领导姓名', post: todo, role: 领办 }\n    body: todo\n    sections:\n      - heading: todo\n        items:\n          - heading: todo\n            body: todo", Reread;
    "inspection" "巡察" "the inspection" |r| r.inspection.is_some();
        "\n  name: 'todo: 巡察'\n  team: todo\n  from: YEAR-03-01\n  until: YEAR-04-30\n  fed_back: YEAR-06-30", Reread;
    "organisation" "组织领导" "how the work was organised" |r| r.organisation.is_some();
        SECTION, Reread, section organisation;
    "findings" "问题和整改措施" "findings and measures" |r| !r.findings.is_empty();
        "\n  - title: 'todo: 问题'\n    measures:\n      - heading: 'todo: 措施'\n        body: todo", Reread;
    "goals" "工作目标" "goals" |r| r.goals.is_some();
        SECTION, Reread, section goals;
    "task_groups" "工作任务" "tasks" |r| !r.task_groups.is_empty();
        "\n  - heading: 'todo: 方面'\n    tasks:\n      - heading: 'todo: 任务'\n        body: todo\n        lead: ['todo: 牵头单位']", Reread;
    "phases" "工作安排" "phases" |r| !r.phases.is_empty();
        "\n  - name: 'todo: 阶段'\n    until: YEAR-12-31\n    body: todo", Reread;
    "requirements" "工作要求" "requirements" |r| r.requirements.is_some();
        SECTION, Reread, section requirements;
    "leading_group" "领导小组" "the leading group" |r| r.leading_group.is_some();
        "\n  name: 'todo: 领导小组'\n  members:\n    - { name: 'todo: 姓名', body: 'todo: 牵头单位', post: todo, role: 组长 }", Reread;
    "practices" "做法" "practices" |r| r.practices.is_some();
        SECTION, Reread, section practices;
    "results" "成效" "results" |r| r.results.is_some();
        SECTION, Reread, section results;
    "promises" "上年承诺事项的落实情况" "what became of last year's promises" |r| !r.promises.is_empty();
        "\n  - id: todo\n    title: todo\n    status: todo", Dropped;
    "thanks" "致谢" "thanks" |r| r.thanks.is_some();
        TODO, Reread;
    "next_steps" "下步打算" "next steps" |r| r.next_steps.is_some();
        SECTION, Reread, section next_steps;
    "closing" "结语" "the closing" |r| r.closing.is_some();
        TODO, Reread;
    "profile_note" "规则说明" "by which rules the figures are made" |r| r.profile_note;
        TODO, Stays;
    "contact" "联系方式" "how to reach the office" |r| r.contact.is_some();
        "\n  phone: todo", Reread;
}

/// What is said of one year's ledger goes until the new one is there.
const AFTER_LEDGER: NextYear = NextYear::Commented("# 台账录完以后重新填写： / To be filled anew:\n");

/// The keys of `report.yaml` that are settings and no parts: no genre says that it needs or prints them.
pub const SETTINGS: &[(&str, NextYear)] = &[
    ("genre", NextYear::Stays),
    ("year", NextYear::Stays),
    ("draft", NextYear::Dropped),
    ("strict", NextYear::Stays),
    ("allow", NextYear::Stays),
    ("names", NextYear::Stays),
    ("header", NextYear::Stays),
    ("assigned", AFTER_LEDGER),
    ("claims", AFTER_LEDGER),
    ("offices", NextYear::Stays),
    ("figures", NextYear::Stays),
    ("profile", NextYear::Stays),
    ("sheet", NextYear::Dropped),
    ("columns", NextYear::Stays),
    ("every_case", NextYear::Stays),
    ("archive", NextYear::Commented("# 换成今年的件号： / With this year's item:\n")),
    ("wording", NextYear::Reread),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The fields of a report: the key, its schema, and the same with the schemas of all records to which that leads.
    fn fields() -> Vec<(String, String, String)> {
        let schema = schemars::schema_for!(Report);
        let records = schema.get("$defs").unwrap();
        let fields = schema.get("properties").and_then(|fields| fields.as_object()).unwrap();
        let whole = |field: &serde_json::Value| {
            let (mut all, mut seen) = (field.to_string(), BTreeSet::new());
            loop {
                let names =
                    all.split("#/$defs/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
                let Some(name) = names.into_iter().find(|name| !seen.contains(name)) else { return all };
                all += &format!("{name}: {}", records[&name]);
                seen.insert(name);
            }
        };
        fields.iter().map(|(key, field)| (key.clone(), field.to_string(), whole(field))).collect()
    }

    #[test]
    fn every_field_of_a_report_is_a_part_or_a_setting() {
        let fields = fields();
        for (key, _, _) in &fields {
            let is_part = PARTS.iter().any(|part| part.key == key);
            let is_setting = SETTINGS.iter().any(|row| row.0 == key);
            assert!(is_part != is_setting, "{key} needs one row, in PARTS or in SETTINGS");
        }
        let known = |key: &str| fields.iter().any(|(field, _, _)| field == key);
        for key in PARTS.iter().map(|part| part.key).chain(SETTINGS.iter().map(|row| row.0)) {
            assert!(known(key.split('.').next().unwrap()), "{key} is no field of a report");
        }
    }

    #[test]
    fn a_row_says_which_parts_are_sections() {
        for (key, own, _) in fields() {
            let Some(part) = PARTS.iter().find(|part| part.key == key) else { continue };
            assert_eq!(part.section.is_some(), own.contains("/Section\""), "{key}");
        }
    }

    /// Prose of last year is read again, wherever in a part it stands.
    #[test]
    fn prose_is_read_again_next_year() {
        for (key, _, field) in fields() {
            let Some(part) = PARTS.iter().find(|part| part.key == key) else { continue };
            assert!(!field.contains("/Prose\"") || part.next_year != NextYear::Stays, "{key}");
        }
    }

    /// What may be for the office alone is a section, or named in `edition.rs`: otherwise a public edition would count it and
    /// the leak gate would not look for it.
    #[test]
    fn every_part_with_internal_items_is_known_to_the_editions() {
        let internal = fields().into_iter().filter(|(_, _, field)| field.contains("\"internal\":"));
        let (sections, others): (Vec<String>, Vec<String>) = internal
            .map(|(key, _, _)| key)
            .partition(|key| PARTS.iter().any(|part| part.key == key && part.section.is_some()));
        assert_eq!(sections.len(), PARTS.iter().filter(|part| part.section.is_some()).count());
        assert_eq!(others, ["promises", "recommendations"], "see Report::internal_items and Report::public");
    }

    #[test]
    fn names_have_no_examples() {
        assert!(PARTS.iter().all(|part| !part.name().is_empty() && !part.name().contains('，')));
        assert_eq!(PARTS.iter().find(|part| part.key == "we").unwrap().name(), "自称");
    }
}
