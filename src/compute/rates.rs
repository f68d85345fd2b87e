//! Figures that are computed from several counts: growth, and rates. Every denominator is said in the formula; every rate is
//! rounded half up (四舍五入).

use super::origin::{Input, Made, Origin};
use super::{Figure, Figures, LAST_YEAR, Query, ratio};
use crate::diagnostic::{Lang, Say, say};
use crate::model::Group;
use crate::model::profile::Method;

/// A rate before it is computed.
struct Rate {
    /// `办结率 = 办结件数 ÷ 应办结件数`
    formula: Say,
    part: u64,
    whole: u64,
    /// `办结137件÷应办结138件`
    source: String,
    inputs: Vec<Input>,
    /// What is said where there is no whole.
    nothing: Say,
}

impl Rate {
    fn figure(self, digits: usize) -> Result<Figure, Say> {
        let Self { formula, part, whole, source, inputs, nothing } = self;
        let value = ratio::percent(part, whole, digits).ok_or(nothing)?;
        let digits = value.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let with = |words: &str| format!("{words} = {part} ÷ {whole} × 100%");
        let formula = say(with(formula.get(Lang::Zh)), with(formula.get(Lang::En)));
        let origin =
            Origin::new(formula, Made::Rate { part, whole, digits, method: Method::HalfUp }).inputs(inputs);
        Ok(Figure { name: String::new(), value, unit: "%".to_owned(), source, origin })
    }
}

impl Figures {
    /// How many cases more or fewer than the year before: never less than nothing, for 增加 or 减少 is said beside it.
    pub(super) fn growth(&self) -> Result<Figure, Say> {
        let (last, total) = (self.counted_last_year()?, self.count(&Query::default())?);
        let (now, then) = (self.number(&Query::default()), u64::from(last.total.unwrap_or_default()));
        let change = now.abs_diff(then);
        let year = self.dataset.report.year;
        let before = year.saturating_sub(1);
        let source = format!("{year}年{now}件，{before}年{then}件；来源：台账计数，{}", last.source);
        let (more, less) = (now.max(then), now.min(then));
        let formula = say(
            format!("增减件数 = 两年件数之差 = {more} − {less}"),
            format!("difference between the two years = {more} − {less}"),
        );
        let label = |year: u16| say(format!("{year}年件数"), format!("cases of {year}"));
        let mut origin = Origin::new(formula, Made::Inputs).inputs([
            Input::cases(label(year), now, Some("cases.total")),
            Input::cases(label(before), then, Some(LAST_YEAR)),
            Input::words(&format!("{year}年来源"), &format!("source of {year}"), "台账计数"),
            Input::words(&format!("{before}年来源"), &format!("source of {before}"), &last.source),
        ]);
        origin.definition = last.definition.as_ref().map(ToString::to_string);
        Ok(Figure { value: change.to_string(), source, origin, ..total })
    }

    /// The same in percent of the year before.
    pub(super) fn growth_rate(&self, digits: usize) -> Result<Figure, Say> {
        let (last, growth) = (u64::from(self.counted_last_year()?.total.unwrap_or_default()), self.growth()?);
        let change = self.number(&Query::default()).abs_diff(last);
        let rate = Rate {
            formula: say("增减幅度 = 增减件数 ÷ 上年件数", "change ÷ cases of the year before"),
            part: change,
            whole: last,
            source: format!("{change}÷{last}，{}", growth.source),
            inputs: growth.origin.inputs,
            nothing: say(
                "上年没有办件，算不出增幅",
                "there were no cases the year before, so there is no rate of growth",
            ),
        };
        let mut figure = rate.figure(digits)?;
        figure.origin.definition = growth.origin.definition;
        Ok(figure)
    }

    /// The satisfied in percent of those who said anything, by the profile's scale.
    pub(super) fn satisfaction_rate(&self, digits: usize) -> Result<Figure, Say> {
        let [satisfied, basically, not] = [
            self.input("satisfaction=satisfied", say("满意", "satisfied"))?,
            self.input("satisfaction=basically_satisfied", say("基本满意", "basically satisfied"))?,
            self.input("satisfaction=dissatisfied", say("不满意", "dissatisfied"))?,
        ];
        let (mut part, mut whole) = (satisfied.0, satisfied.0 + basically.0 + not.0);
        let mut inputs = vec![satisfied.1, basically.1, not.1];
        let scale = self.dataset.profile.scale();
        let (mut of, mut of_en) = ("满意", "satisfied");
        if scale.count_basically_satisfied {
            (of, of_en) = ("满意和基本满意", "satisfied and basically satisfied");
            part += basically.0;
        }
        let (mut all, mut sum) = ("有反馈", "满意、基本满意、不满意");
        let mut all_en = "all who said anything (satisfied, basically satisfied, dissatisfied)";
        if scale.count_no_feedback {
            let silent = self.input("satisfaction=none", say("未反馈", "no feedback"))?;
            (all, sum) = ("应反馈", "满意、基本满意、不满意、未反馈");
            all_en = "all who were asked (satisfied, basically satisfied, dissatisfied, no feedback)";
            whole += silent.0;
            inputs.push(silent.1);
        }
        let rate = Rate {
            formula: say(
                format!("满意率 = {of}件数 ÷ {all}件数（{sum}之和）"),
                format!("{of_en} ÷ {all_en}"),
            ),
            part,
            whole,
            source: format!("台账计数：{of}{part}件÷{all}{whole}件"),
            inputs,
            nothing: say("台账没有满意度，算不出满意率", "the ledger has no satisfaction to make a rate of"),
        };
        rate.figure(digits)
    }

    /// The concluded in percent of all that are to be concluded.
    pub(super) fn conclusion_rate(&self, digits: usize) -> Result<Figure, Say> {
        let concluded = self.input("status=concluded", say("办结件数", "concluded"))?;
        let open = self.input("status=open", say("在办件数", "open"))?;
        let (part, whole) = (concluded.0, concluded.0 + open.0);
        let rate = Rate {
            formula: say(
                "办结率 = 办结件数 ÷ 应办结件数（办结、在办之和，没有答复的参阅件不计）",
                "concluded ÷ all to be concluded (concluded and open; cases for reference owe nothing)",
            ),
            part,
            whole,
            source: format!("台账计数：办结{part}件÷应办结{whole}件"),
            inputs: vec![concluded.1, open.1],
            nothing: say(
                "台账没有应办结的件，算不出办结率",
                "the ledger has no case to be concluded, so there is no rate of it",
            ),
        };
        rate.figure(digits)
    }

    /// What was concluded in time, in percent of all that was concluded or should have been by the day of closing.
    pub(super) fn on_time_rate(&self, digits: usize) -> Result<Figure, Say> {
        let on_time = self.input("status=on_time", say("按期办结件数", "concluded in time"))?;
        let concluded = self.input("status=concluded", say("办结件数", "concluded"))?;
        let as_of = self.dataset.report.as_of();
        let late = self.dataset.cases.iter().filter(|case| case.is_late(as_of)).count() as u64;
        let (part, whole) = (on_time.0, concluded.0 + late);
        let label =
            say(format!("截至{}到期仍在办件数", as_of.chinese()), format!("open though due before {as_of}"));
        let rate = Rate {
            formula: say(
                "按期办结率 = 按期办结件数 ÷（办结件数 + 到期仍在办件数）",
                "concluded in time ÷ (concluded + open though due)",
            ),
            part,
            whole,
            source: format!("台账计数：按期办结{part}件÷办结和到期仍在办{whole}件"),
            inputs: vec![on_time.1, concluded.1, Input::cases(label, late, None)],
            nothing: say(
                "台账没有办结或到期的件，算不出按期办结率",
                "the ledger has no case that is concluded or due, so there is no rate of it",
            ),
        };
        rate.figure(digits)
    }

    /// What was published until the day of closing, in percent of the answers to proposers.
    pub(super) fn disclosure_rate(&self, digits: usize) -> Result<Figure, Say> {
        const ANSWERED: &str = "group=reply&status=concluded";
        let as_of = self.dataset.report.as_of();
        let (reply, assist) = (self.terms().group(Group::Reply), self.terms().group(Group::Assist));
        let label = say(format!("{reply}已答复件数"), "answered to the proposer");
        let answered = self.input(ANSWERED, label)?;
        let label =
            say(format!("其中截至{}已公开件数", as_of.chinese()), format!("of them published by {as_of}"));
        let published = self.input(&format!("{ANSWERED}&published_by={as_of}"), label)?;
        let (part, whole) = (published.0, answered.0);
        let rate = Rate {
            formula: say(
                format!("公开率 = 已公开件数 ÷ {reply}已答复件数（{assist}、参阅件不答复提出者，不计）"),
                "published ÷ answered to the proposer (who assists or only reads answers nobody)",
            ),
            part,
            whole,
            source: format!("台账计数：已公开{part}件÷{reply}已答复{whole}件"),
            inputs: vec![published.1, answered.1],
            nothing: say(
                format!("台账没有{reply}已答复的件，算不出公开率"),
                "the ledger has no case answered to its proposer, so there is no rate of disclosure",
            ),
        };
        rate.figure(digits)
    }

    /// Of how many cases a rate is.
    pub(super) fn base(&self, rate: fn(&Self, usize) -> Result<Figure, Say>) -> Result<Figure, Say> {
        let rate = rate(self, 0)?;
        let Made::Rate { whole, .. } = rate.origin.made else { return Ok(rate) };
        let with = |lang| format!("{} = {whole}", denominator(rate.origin.formula.get(lang)));
        let formula = say(with(Lang::Zh), with(Lang::En));
        let origin = Origin::new(formula, Made::Inputs).inputs(rate.origin.inputs);
        Ok(Figure { value: whole.to_string(), unit: "件".to_owned(), origin, ..rate })
    }

    /// A count of the ledger as an input.
    fn input(&self, query: &str, label: Say) -> Result<(u64, Input), Say> {
        let query = self.parse(query)?;
        let name = self.count(&query)?.name;
        let count = self.number(&query);
        Ok((count, Input::cases(label, count, Some(&name))))
    }
}

/// What stands behind ÷ in a formula in words, before its numbers.
fn denominator(formula: &str) -> &str {
    let words = formula.split_once('÷').map_or(formula, |(_, words)| words);
    words.rsplitn(2, " = ").last().unwrap_or(words).trim()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Date, Extension, Role};

    /// Six cases of which four answer their proposers and are published; the day of closing is 2023-11-30.
    fn figures(change: impl FnOnce(&mut crate::model::Dataset)) -> Figures {
        let mut dataset = super::super::tests::dataset();
        change(&mut dataset);
        Figures::new(Arc::new(dataset))
    }

    fn told(figures: &Figures, name: &str) -> (String, String) {
        let figure = figures.get(name).unwrap();
        let formula = figure.origin.formula.get(Lang::Zh);
        (figure.value, formula.rsplit(" = ").next().unwrap_or_default().to_owned())
    }

    #[test]
    fn every_rate_says_its_denominator() {
        let open = |due: Option<Date>, role: Role| {
            figures(|dataset| {
                let case = &mut dataset.cases[0];
                (case.replied, case.role, case.due) = (None, role, due.unwrap_or(case.due));
            })
        };
        let later = Date::parse("2023-12-31");
        for (figures, concluded, on_time) in [
            (figures(|_| ()), "6 ÷ 6 × 100%", "6 ÷ 6 × 100%"),
            (open(None, Role::Assist), "5 ÷ 6 × 100%", "5 ÷ 6 × 100%"),
            (open(later, Role::Assist), "5 ÷ 6 × 100%", "5 ÷ 5 × 100%"),
            (open(None, Role::Reference), "5 ÷ 5 × 100%", "5 ÷ 5 × 100%"),
        ] {
            assert_eq!(told(&figures, "cases.conclusion_rate").1, concluded);
            assert_eq!(told(&figures, "cases.on_time_rate").1, on_time);
        }
        let late = figures(|dataset| dataset.cases[0].due = dataset.cases[0].assigned);
        assert_eq!(
            told(&late, "cases.on_time_rate?digits=1"),
            ("83.3".to_owned(), "5 ÷ 6 × 100%".to_owned())
        );
        // Extended past the day of closing, an open case is not late yet; extended to a day before it, it is.
        for (until, on_time) in [("2023-12-31", "5 ÷ 5 × 100%"), ("2023-11-29", "5 ÷ 6 × 100%")] {
            let extended = figures(|dataset| {
                let case = &mut dataset.cases[0];
                (case.replied, case.role, case.due) = (None, Role::Assist, case.assigned);
                case.extended = Some(Extension { until: Date::parse(until).unwrap(), consented: None });
            });
            assert_eq!(told(&extended, "cases.on_time_rate").1, on_time, "{until}");
        }
        let hidden = figures(|dataset| dataset.cases[1].disclosure = None);
        assert_eq!(told(&hidden, "cases.disclosure_rate"), ("75".to_owned(), "3 ÷ 4 × 100%".to_owned()));
        assert_eq!(told(&hidden, "cases.satisfaction_rate").1, "3 ÷ 4 × 100%");
        let none = figures(|dataset| dataset.cases.clear());
        for name in ["conclusion", "on_time", "disclosure", "satisfaction"] {
            assert!(none.get(&format!("cases.{name}_rate")).is_err(), "{name}");
        }
    }

    #[test]
    fn a_rate_says_how_it_is_rounded_and_a_count_what_it_asks() {
        let all = figures(|_| ());
        let rounding = |name: &str| {
            let rounding = all.get(name).unwrap().origin.rounding();
            rounding.map(|rounding| rounding.get(Lang::Zh).to_owned())
        };
        assert_eq!(rounding("cases.growth_rate").as_deref(), Some("四舍五入，取整数"));
        assert_eq!(rounding("cases.growth_rate?digits=2").as_deref(), Some("四舍五入，保留2位小数"));
        assert_eq!(rounding("cases.lead"), None);
        let formula = |name: &str, lang| all.get(name).unwrap().origin.formula.get(lang).to_owned();
        assert_eq!(formula("cases.lead", Lang::Zh), "主办件数 = 台账中 角色=主办 的件数");
        assert_eq!(formula("cases.lead", Lang::En), "number of cases in the ledger with role=lead");
        assert_eq!(formula("cases.growth", Lang::Zh), "增减件数 = 两年件数之差 = 9 − 6");
        assert_eq!(
            formula("cases?leader_led=true&published_by=2023-09-30", Lang::Zh),
            "领导领办、截至2023年9月30日已公开件数 = 台账中 领导领办=是、公开不晚于=2023年9月30日 的件数"
        );
        let growth = all.get("cases.growth_rate").unwrap().origin;
        let inputs: Vec<_> =
            growth.inputs.iter().map(|input| (&*input.value, input.name.as_deref())).collect();
        let expected = [
            ("6", Some("cases.total")),
            ("9", Some("last_year?")),
            ("台账计数", None),
            ("两局2022年办理情况报告", None),
        ];
        assert_eq!(inputs, expected);
        assert_eq!(growth.made, Made::Rate { part: 3, whole: 9, digits: 0, method: Method::HalfUp });
    }
}
