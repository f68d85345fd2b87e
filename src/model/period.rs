//! Periods: days that follow each other, and how they are written.

use chrono::{Datelike, NaiveDate};

use super::day::Date;

/// Days from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day; none: from the beginning.
    pub from: Option<Date>,
    /// The last day.
    pub until: Date,
}

impl Period {
    /// By months where it is made of whole ones (`2020年5—8月`, `2020年11月`, `2020年4月底之前`), else by days
    /// (`2023年7月13日至8月31日`, `2020年4月20日之前`); the year is not repeated.
    pub fn chinese(self) -> String {
        let until = NaiveDate::from(self.until);
        let whole_end = until.succ_opt().is_none_or(|next| next.day() == 1);
        let month = |day: NaiveDate| format!("{}年{}月", day.year(), day.month());
        let Some(first) = self.from else {
            return match whole_end {
                true => format!("{}底之前", month(until)),
                false => format!("{}之前", self.until.chinese()),
            };
        };
        let from = NaiveDate::from(first);
        let same_year = from.year() == until.year();
        match (whole_end && from.day() == 1, same_year) {
            (true, true) if from.month() == until.month() => month(from),
            (true, true) => format!("{}年{}—{}月", from.year(), from.month(), until.month()),
            (true, false) => format!("{}—{}", month(from), month(until)),
            (false, _) if first == self.until => first.chinese(),
            (false, true) => format!("{}至{}", first.chinese(), self.until.chinese_day()),
            (false, false) => format!("{}至{}", first.chinese(), self.until.chinese()),
        }
    }

    /// Whether it begins on the day after another ends.
    pub fn follows(self, other: Self) -> bool {
        self.from.is_some_and(|from| NaiveDate::from(other.until).succ_opt() == Some(from.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, until: &str) -> Period {
        Period { from: Date::parse(from), until: Date::parse(until).unwrap() }
    }

    #[test]
    fn whole_months_are_written_as_months() {
        for (from, until, written) in [
            ("", "2020-04-30", "2020年4月底之前"),
            ("", "2020-04-29", "2020年4月29日之前"),
            ("2020-05-01", "2020-08-31", "2020年5—8月"),
            ("2020-11-01", "2020-11-30", "2020年11月"),
            ("2020-02-01", "2020-02-29", "2020年2月"),
            ("2021-02-01", "2021-02-27", "2021年2月1日至2月27日"),
            ("2020-11-01", "2021-01-31", "2020年11月—2021年1月"),
            ("2023-07-13", "2023-08-31", "2023年7月13日至8月31日"),
            ("2023-12-30", "2024-01-02", "2023年12月30日至2024年1月2日"),
            ("2023-12-30", "2023-12-30", "2023年12月30日"),
        ] {
            assert_eq!(period(from, until).chinese(), written);
        }
    }

    #[test]
    fn one_period_follows_another_on_the_next_day() {
        let first = period("", "2020-04-30");
        assert!(period("2020-05-01", "2020-08-31").follows(first));
        assert!(!period("2020-05-02", "2020-08-31").follows(first), "a gap");
        assert!(!period("2020-04-30", "2020-08-31").follows(first), "an overlap");
        assert!(!period("", "2020-08-31").follows(first), "no beginning");
    }
}
