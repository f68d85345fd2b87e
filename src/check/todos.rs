//! Y008: what is still to be found out. Told place by place, `check` is the list of what there is to do.

use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::Dataset;

/// What a report still has to find out.
pub fn todos(dataset: &Dataset) -> Vec<Diagnostic> {
    let told = |todo: crate::model::Todo| {
        let words = &todo.words;
        let message = say(format!("待核实：{words}"), format!("still to be found out: {words}"));
        Diagnostic::warning(Code::Y008, todo.place, message)
    };
    dataset.todos().into_iter().map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{dataset, paths};
    use super::*;
    use crate::compute::Figures;

    const FIGURES: &str = "\
source: todo
as_of: 2021年
figures:
  funds: { label: 拨款, value: todo, unit: 亿元, previous: { value: 1.5, as_of: 2020年 } }
  share: { label: 占比, value: 40, unit: '%' }
  other: { label: 其余占比, value: '待核实：等统计局', unit: '%' }
relations: [funds > funds.previous]
shares: [[share, other]]
";

    #[test]
    fn every_place_is_told_and_other_rules_are_silent_about_it() {
        let promises = "promises: [{ id: 甲, title: 题 }, { id: 乙, title: 题, status: done }, { id: 丙, title: 题, status: todo }]";
        let dataset = dataset(&format!("we: todo\npreamble: 共【待核实：办件】件。\n{promises}"), FIGURES);
        assert_eq!(
            paths(&todos(&dataset)),
            [
                "we",
                "preamble",
                "source",
                "figures.funds.value",
                "figures.other.value",
                "promises[0].status",
                "promises[2].status"
            ]
        );
        assert!(dataset.is_draft());
        let figures = Figures::new(dataset.clone());
        assert_eq!(super::super::figures(&dataset, &figures), []);
        let value = |name: &str| figures.get(name).map(|figure| figure.value).ok();
        assert_eq!(value("funds").as_deref(), Some("【待核实：拨款】"));
        assert_eq!(value("other").as_deref(), Some("【待核实：等统计局】"));
        assert_eq!(value("funds.previous").as_deref(), Some("1.5"));
        assert_eq!(value("promises.total").as_deref(), Some("3"));
        assert_eq!(value("promises.done").as_deref(), Some("【待核实：已落实的承诺事项】"));
    }

    #[test]
    fn a_finished_report_has_nothing_to_find_out() {
        let done = dataset("promises: [{ id: 甲, title: 题, status: done }]", "");
        assert_eq!(todos(&done), []);
        assert!(!done.is_draft() && dataset("draft: true", "").is_draft());
        let value = |name: &str| Figures::new(done.clone()).get(name).map(|figure| figure.value).ok();
        assert_eq!(["promises.done", "promises.open"].map(value).map(Option::unwrap), ["1", "0"]);
    }

    #[test]
    fn a_drafts_empty_ledger_gives_no_numbers() {
        let mut draft = Dataset::clone(&dataset("draft: true\nlast_year: { source: 上年, total: todo }", ""));
        draft.cases.clear();
        assert_eq!(paths(&todos(&draft)), ["last_year.total", "cases"]);
        let figures = Figures::new(std::sync::Arc::new(draft));
        for name in [
            "cases.total",
            "cases?office=一处",
            "cases.growth",
            "cases.growth_rate",
            "cases.on_time_rate",
            "last_year?",
        ] {
            assert!(figures.get(name).unwrap().is_todo(), "{name}");
        }
        assert_eq!(figures.trend(), None);
    }
}
