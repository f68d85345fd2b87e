//! Shares of a whole in percent: how many cases have one value of a key, of all that have any. Their rounding is the profile's:
//! each by itself, or together so that they make 100 %.

use super::origin::{Input, Made, Origin};
use super::{Figure, Figures, Query, ratio, read_digits};
use crate::diagnostic::{Say, say};
use crate::model::profile::Method;

/// How the names of shares begin; the key follows, the digits if they are asked for, and the conditions.
pub(super) const SHARE: &str = "share?";

impl Figures {
    /// The share of a name.
    pub(super) fn named_share(&self, name: &str) -> Result<Figure, Say> {
        let (mut by, mut digits, mut rest) = ("", None, Vec::new());
        for part in name.split('&') {
            match part.split_once('=') {
                Some(("by", key)) => by = key,
                Some(("digits", word)) => digits = Some(word),
                _ => rest.push(part),
            }
        }
        self.share(by, digits, &self.parse(&rest.join("&"))?)
    }

    /// The cases of a query in percent of those that meet its other conditions and have any value of `by`, one of its keys.
    /// An error says that there are none, or that the key does not part them.
    pub fn share(&self, by: &str, digits: Option<&str>, query: &Query) -> Result<Figure, Say> {
        let places = digits.map_or(Ok(self.dataset.profile.rounding().digits), read_digits)?;
        let parts = query.parts(by, &self.dataset.cases, self.dataset.profile.classes()).ok_or_else(|| {
            say(
                "share() 要用 by 写明按哪一项分，这一项也要有值，例如 share(by=\"kind\", kind=\"政协提案\")；\
                 进度（status）互相重叠，公开时间（published_by）不是分类，不能算占比",
                "share() takes the key that parts the whole as `by`, and its value: share(by=\"kind\", kind=\"cppcc_proposal\"); \
                 `status` overlaps and `published_by` is no class, so neither has shares",
            )
        })?;
        // The ledger and an office's name are judged as in any count.
        let counted = self.count(query)?;
        let counts: Vec<u64> = parts.iter().map(|part| self.number(part)).collect();
        let (part, whole) = (self.number(query), counts.iter().sum::<u64>());
        let method = self.dataset.profile.rounding().shares;
        let own = parts.iter().position(|part| part == query);
        let value = match method {
            Method::HalfUp => ratio::percent(part, whole, places),
            Method::LargestRemainder => {
                own.and_then(|own| ratio::percents(&counts, places).map(|mut all| all.swap_remove(own)))
            }
        };
        let value =
            value.ok_or_else(|| say("没有可以相比的件，算不出占比", "there is no case to be a share of"))?;
        let (label, labels) = (query.label(self.terms()), |part: &Query| part.label(self.terms()));
        let formula = say(
            format!("{label}占比 = {label}件数 ÷ 各类件数之和 = {part} ÷ {whole} × 100%"),
            format!("share of {} = its cases ÷ all its classes = {part} ÷ {whole} × 100%", query.name()),
        );
        let input = |(query, count): (&Query, &u64)| {
            let name = format!("cases?{}", query.name());
            Input::cases(say(labels(query), query.name()), *count, Some(&name))
        };
        let present = parts.iter().zip(&counts).filter(|(_, count)| **count > 0);
        let printed = value.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let origin = Origin::new(formula, Made::Rate { part, whole, digits: printed, method })
            .inputs(present.map(input));
        let digits = digits.map_or(String::new(), |digits| format!("digits={digits}&"));
        Ok(Figure {
            name: format!("{SHARE}by={by}&{digits}{}", query.name()),
            value,
            unit: "%".to_owned(),
            source: format!("{}，{part}件÷{whole}件", counted.source),
            origin,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::Lang;
    use crate::model::Profile;

    /// Six cases: five of the city and one of the province; of the four answered, one 已解决, two 正在解决, one 列入规划.
    fn figures(profile: &str) -> Figures {
        let mut dataset = super::super::tests::dataset();
        dataset.profile = serde_yaml::from_str::<Profile>(profile).unwrap();
        Figures::new(Arc::new(dataset))
    }

    const LEVELS: [&str; 2] =
        ["share?by=level&digits=1&level=provincial", "share?by=level&digits=1&level=municipal"];

    #[test]
    fn shares_are_rounded_as_the_profile_says() {
        let value = |figures: &Figures, name: &str| figures.get(name).unwrap().value;
        let half_up = figures("label: 甲");
        assert_eq!(LEVELS.map(|name| value(&half_up, name)), ["16.7", "83.3"]);
        let outcomes =
            ["resolved", "in_progress", "planned"].map(|word| format!("share?by=outcome&outcome={word}"));
        assert_eq!(outcomes.each_ref().map(|name| value(&half_up, name)), ["25", "50", "25"]);
        let together = figures("label: 甲\nrounding: { shares: largest_remainder }");
        assert_eq!(LEVELS.map(|name| value(&together, name)), ["16.7", "83.3"]);
        let figure = together.get(LEVELS[0]).unwrap();
        assert_eq!(figure.name, LEVELS[0]);
        let rounding = figure.origin.rounding().unwrap();
        assert_eq!(rounding.get(Lang::Zh), "最大余额法，各项合计100%，保留1位小数");
        assert_eq!(figure.origin.formula.get(Lang::Zh), "省占比 = 省件数 ÷ 各类件数之和 = 1 ÷ 6 × 100%");
    }

    #[test]
    fn letters_part_the_cases_and_what_overlaps_does_not() {
        let outcomes = "outcomes: [{ letter: A, label: 甲, outcomes: [已解决] }, { letter: B, label: 乙, outcomes: [正在解决, 列入规划] }]";
        let all = figures(&format!("label: 甲\n{outcomes}"));
        assert_eq!(all.get("share?by=outcome&outcome=B").unwrap().value, "75");
        for name in [
            "share?by=status&status=open",
            "share?level=provincial",
            "share?by=kind&level=provincial",
            "share?by=level&digits=9&level=provincial",
            "share?by=level&level=national&kind=congress_bill",
        ] {
            assert!(all.get(name).is_err(), "{name}");
        }
    }
}
