//! How a report is filed: the parts of its number in the archive (档号) and how long it is kept.

use serde::{Deserialize, Serialize};

use super::term::terms;
use super::text::Text;
use crate::diagnostic::{Say, say};

terms! {
    /// How long a report is kept. The identifiers are those that stand in the number.
    Retention ("保管期限", "retention") {
        /// 永久
        Permanent = "Y" "永久",
        /// 30年
        ThirtyYears = "D30" "30年",
        /// 10年
        TenYears = "D10" "10年",
    }
}

/// How reports are filed, as a profile says it, or one report. What is not there, the other says.
#[derive(Debug, Clone, Default, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Keeping {
    /// 全宗号
    pub fonds: Option<Text>,
    /// 门类; none: WS, 文书.
    pub category: Option<Text>,
    /// 保管期限
    pub retention: Option<Retention>,
    /// 机构代码
    pub section: Option<Text>,
    /// How the number is written: text, and parts in braces; none: [`NUMBER`].
    pub number: Option<Text>,
    /// 件号, 1 to 9999: of one report, and not of a profile.
    pub item: Option<u16>,
}

/// The number of a document kept by years and sections (归档文件).
pub const NUMBER: &str = "{fonds}-{category}·{year}-{retention}-{section}-{item}";
/// 文书
const CATEGORY: &str = "WS";

impl Keeping {
    /// This one, with what another says where it says nothing.
    pub fn over(&self, base: Option<&Self>) -> Self {
        let Some(base) = base else { return self.clone() };
        let either = |own: &Option<Text>, base: &Option<Text>| own.clone().or_else(|| base.clone());
        Self {
            fonds: either(&self.fonds, &base.fonds),
            category: either(&self.category, &base.category),
            retention: self.retention.or(base.retention),
            section: either(&self.section, &base.section),
            number: either(&self.number, &base.number),
            item: self.item.or(base.item),
        }
    }

    /// The number in the archive of a report of a year: `J001-WS·2021-D30-BGS-0007`. It can be a file's name on every system.
    /// An error says which part is missing or cannot stand in it.
    pub fn number(&self, year: u16) -> Result<String, Say> {
        let mut number = String::new();
        let mut rest = self.number.as_deref().unwrap_or(NUMBER);
        while let Some((text, after)) = rest.split_once('{') {
            let Some((key, after)) = after.split_once('}') else { break };
            number.push_str(text);
            number.push_str(&self.part(key, year)?);
            rest = after;
        }
        number.push_str(rest);
        let forbidden = |c: char| c.is_control() || r#"/\:*?"<>|{}"#.contains(c);
        if let Some(c) = number.chars().find(|c| forbidden(*c)) {
            let shown = c.escape_debug();
            return Err(say(
                format!("档号 {number} 里不能有“{shown}”"),
                format!("the archive number {number} cannot have \"{shown}\" in it"),
            ));
        }
        if number.contains("..") || number.starts_with('.') || number.ends_with('.') {
            return Err(say(
                format!("档号 {number} 不能以点开头、结尾，也不能有两个相连的点"),
                format!("the archive number {number} cannot begin or end with a dot or have two together"),
            ));
        }
        Ok(number)
    }

    fn part(&self, key: &str, year: u16) -> Result<String, Say> {
        let text = |text: &Option<Text>| text.as_ref().map(ToString::to_string);
        let (label, part) = match key {
            "fonds" => ("全宗号", text(&self.fonds)),
            "category" => ("门类", text(&self.category).or(Some(CATEGORY.to_owned()))),
            "year" => ("年度", Some(year.to_string())),
            "retention" => ("保管期限", self.retention.map(|kept| kept.id().to_owned())),
            "section" => ("机构代码", text(&self.section)),
            "item" => match self.item {
                Some(item @ 1..=9999) => ("件号", Some(format!("{item:04}"))),
                Some(item) => {
                    return Err(say(
                        format!("件号 item 是 1 到 9999 的整数，不是 {item}"),
                        format!("`item` is a whole number from 1 to 9999, not {item}"),
                    ));
                }
                None => ("件号", None),
            },
            _ => {
                return Err(say(
                    format!(
                        "档号里没有 {{{key}}} 这一项，可以写：fonds, category, year, retention, section, item"
                    ),
                    format!(
                        "an archive number has no part {{{key}}}; there are fonds, category, year, retention, section, item"
                    ),
                ));
            }
        };
        part.ok_or_else(|| {
            say(
                format!("编档号缺少{label} {key}，写在 report.yaml 或地方规则的 archive 里"),
                format!("the archive number lacks `{key}`: write it under `archive` in report.yaml or in the profile"),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Lang;

    fn keeping(yaml: &str) -> Keeping {
        serde_yaml::from_str(yaml).unwrap()
    }

    #[test]
    fn a_number_has_its_parts_from_report_and_profile() {
        let profile = keeping("{ fonds: J001, retention: 30年, section: BGS }");
        assert_eq!(
            keeping("{ item: 7 }").over(Some(&profile)).number(2021).unwrap(),
            "J001-WS·2021-D30-BGS-0007"
        );
        let report = keeping("{ item: 12, retention: 永久, number: '{fonds}.{year}.{retention}.{item}' }");
        assert_eq!(report.over(Some(&profile)).number(2021).unwrap(), "J001.2021.Y.0012");
    }

    #[test]
    fn what_could_not_be_a_files_name_is_refused() {
        for (yaml, words) in [
            ("{ fonds: J001, retention: D10, section: BGS }", "`item`"),
            ("{ retention: D10, section: BGS, item: 1 }", "`fonds`"),
            ("{ fonds: J001, retention: D10, section: BGS, item: 0 }", "not 0"),
            ("{ fonds: J001, retention: D10, section: BGS, item: 10000 }", "not 10000"),
            ("{ fonds: J/1, number: '{fonds}' }", "\"/\""),
            ("{ fonds: 'J\\1', number: '{fonds}' }", "\"\\\\\""),
            ("{ fonds: .., number: 'a{fonds}b' }", "dot"),
            ("{ number: '.{year}' }", "dot"),
            ("{ number: '{yaer}' }", "{yaer}"),
            ("{ number: '{year' }", "\"{\""),
        ] {
            let refused = keeping(yaml).number(2021).unwrap_err();
            assert!(refused.get(Lang::En).contains(words), "{yaml}: {}", refused.get(Lang::En));
        }
    }
}
