//! X012: from one year to another.

use super::scan::{Scan, before};
use super::{Slip, every};
use crate::diagnostic::{Code, say};
use crate::document::passage::Passage;

/// What is written for the 一字线 between years, the longest first; 至, 到 and the wave are as good as the line.
const HYPHENS: &[&str] = &["——", "--", "-", "–", "―", "−", "─", "－"];

/// Years with a hyphen between them, or of which the second is cut short.
pub(in crate::check) fn years(passages: &[Passage]) -> Vec<Slip> {
    every(
        passages,
        |_| true,
        |index, passage, found| {
            let text = &passage.text;
            let mut scan = Scan::new(text, 0);
            while let Some(at) = scan.rest().find(|c: char| c.is_ascii_digit()) {
                let start = scan.at + at;
                scan.at = start;
                let first = scan.digits();
                if !is_year(first) || !stands_alone(text, start) {
                    continue;
                }
                let mut ahead = scan;
                ahead.word("年");
                let hyphen = ahead.any(HYPHENS);
                let line = hyphen.is_some() || ahead.any(&["—", "～", "~", "至", "到"]).is_some();
                let second = ahead.digits();
                let closed = ahead.word("年");
                // 2021-12, 2021-12-09 are a month and a day; GB/T 9704-2012 is cut off by its first number.
                let whole = is_year(second) && second > first && !ahead.rest().starts_with(['-', '/', '.']);
                let short = second.len() == 2 && closed && second > &first[2..];
                let wrong = (whole && hyphen.is_some()) || (short && line);
                if !wrong {
                    continue;
                }
                let second = if whole { second.to_owned() } else { format!("{}{second}", &first[..2]) };
                let year = if closed { "年" } else { "" };
                let range = start..ahead.at;
                let words = &text[range.clone()];
                found.push(Slip {
                    also: None,
                    code: Code::X012,
                    passage: index,
                    message: say(
                        format!("起止年份的写法不对：{words}"),
                        format!("years from and to: {words}"),
                    ),
                    help: say(
                        format!("用一字线，年份写全：{first}—{second}{year}"),
                        format!("a long dash between whole years: {first}—{second}{year}"),
                    ),
                    range,
                });
                scan = ahead;
            }
        },
    )
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Not part of a standard's number, a telephone number, a name.
fn stands_alone(text: &str, at: usize) -> bool {
    !before(text, at).is_some_and(|c| c.is_ascii_alphanumeric() || "-.,/".contains(c))
        && !text[..at].trim_end().ends_with(|c: char| c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn years_are_whole_and_a_dash_lies_between_them() {
        for (text, slips) in [
            ("《实施方案（2021-2025）》，2021-2025年", &["2021-2025", "2021-2025年"][..]),
            ("2021年-2025年，2021—25年，2021–2025年", &["2021年-2025年", "2021—25年", "2021–2025年"]),
            ("2021—2025年，2021年至2025年，2021～2025年，2020年9—10月", &[]),
            ("2021-12-09，GB/T 2012-2015，GB 1998-2006，电话027-2021-2025，省建2021-2022-01", &[]),
        ] {
            assert_eq!(told(years, &[text]), slips, "{text}");
        }
    }
}
