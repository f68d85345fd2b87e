//! X015: a lost character: a count without its 件 beside others that have it, 提案 without its 案, a date without its 月 or its 日.

use super::scan::{Scan, cut};
use super::{Slip, every, prose};
use crate::diagnostic::{Code, Say, say};
use crate::document::passage::Passage;

/// What stands before a count of cases.
const COUNTED: &[&str] =
    &["建议案", "建议", "提案", "议案", "主办", "承办", "独办", "分办", "会办", "协办", "参阅"];
/// Marks after which the next count begins, or where one in brackets is opened or closed.
const NEXT: &str = "，,、；;。（(）)";

/// All characters that are lost.
pub(in crate::check) fn all(passages: &[Passage]) -> Vec<Slip> {
    [measures, names, days].iter().flat_map(|find| find(passages)).collect()
}

/// Counts of cases without a measure word, beside counts that have it.
fn measures(passages: &[Passage]) -> Vec<Slip> {
    every(passages, prose, |index, passage, found| {
        let text = &passage.text;
        // 建议 ends 代表建议 and begins 建议案: whatever matches, the number has to stand right behind it.
        let counts = || {
            let ends = COUNTED
                .iter()
                .flat_map(|word| text.match_indices(word).map(|(at, word)| (at, at + word.len())));
            ends.filter_map(|(at, end)| {
                let mut scan = Scan::new(text, end);
                // 建议案 is one word, not an 议案.
                let inside = text[at..].starts_with("议案") && text[..at].ends_with('建');
                (!scan.digits().is_empty() && !inside).then_some((at, scan))
            })
        };
        if !counts().any(|(_, mut scan)| scan.word("件")) {
            return;
        }
        for (at, scan) in counts() {
            if !scan.peek().is_some_and(|next| NEXT.contains(next)) {
                continue;
            }
            let words = &text[at..scan.at];
            let shown = cut(scan.rest(), 4);
            found.push(Slip {
                also: None,
                code: Code::X015,
                passage: index,
                range: at..scan.at,
                message: say(
                    format!("“{words}”后面没有“件”：{words}{shown}"),
                    format!("no measure word after \"{words}\": {words}{shown}"),
                ),
                help: say(format!("写成“{words}件”"), format!("write \"{words}件\"")),
            });
        }
    })
}

/// 提案 without its 案.
fn names(passages: &[Passage]) -> Vec<Slip> {
    every(passages, prose, |index, passage, found| {
        let text = &passage.text;
        let mut lost = |range: std::ops::Range<usize>, lost: &str, right: String| {
            let words = &text[range.clone()];
            let message = say(format!("漏了“{lost}”：{words}"), format!("\"{lost}\" is lost: {words}"));
            found.push(slip(index, range, message, &right));
        };
        for whose in ["政协", "建议", "建议、", "议案、"] {
            let word = format!("{whose}提");
            for (at, _) in text.match_indices(&word) {
                let mut scan = Scan::new(text, at + word.len());
                let counted = !scan.digits().is_empty() && scan.word("件") && scan.peek() != Some('提');
                let handled = ["办理", "答复", "工作", "，", "、", "。"]
                    .iter()
                    .any(|next| scan.rest().starts_with(next));
                if counted || handled && scan.at == at + word.len() {
                    lost(at..at + word.len(), "案", format!("{word}案"));
                }
            }
        }
    })
}

/// Where a date may end without another number of days.
const DAY_ENDS: &[&str] =
    &["，", "。", "；", "）", "前", "后", "起", "召开", "举行", "上午", "下午", "印发", "交办"];

/// Dates without 月 or 日: 2021年5日, 5月12前.
fn days(passages: &[Passage]) -> Vec<Slip> {
    every(passages, prose, |index, passage, found| {
        let text = &passage.text;
        let within = |digits: &str, most: u32| digits.parse().is_ok_and(|day: u32| (1..=most).contains(&day));
        let mut lost = |start: usize, end: usize, (lost, right): (&str, String)| {
            let words = &text[start..end];
            let message =
                say(format!("日期漏了“{lost}”：{words}"), format!("\"{lost}\" is lost in a date: {words}"));
            found.push(slip(index, start..end, message, &right));
        };
        for (at, _) in text.match_indices('月') {
            let month = ending_digits(&text[..at]);
            let mut scan = Scan::new(text, at + '月'.len_utf8());
            let day = scan.digits().to_owned();
            let end = DAY_ENDS.iter().find(|end| scan.rest().starts_with(**end));
            // 5月12，13日 is a list of days.
            let listed =
                end.is_some_and(|end| scan.rest()[end.len()..].starts_with(|c: char| c.is_ascii_digit()));
            if within(month, 12) && within(&day, 31) && end.is_some() && !listed {
                lost(at - month.len(), scan.at, ("日", format!("{month}月{day}日")));
            }
        }
        for (at, _) in text.match_indices('年') {
            let year = ending_digits(&text[..at]);
            let mut scan = Scan::new(text, at + '年'.len_utf8());
            let day = scan.digits().to_owned();
            let ends = scan.word("日") && !scan.rest().starts_with(['内', '间', '均', '产', '报']);
            if year.len() == 4 && within(&day, 31) && ends {
                lost(at - year.len(), scan.at, ("月", format!("{year}年×月{day}日")));
            }
        }
    })
}

/// The ASCII digits at the end of a text.
fn ending_digits(text: &str) -> &str {
    &text[text.trim_end_matches(|c: char| c.is_ascii_digit()).len()..]
}

fn slip(passage: usize, range: std::ops::Range<usize>, message: Say, right: &str) -> Slip {
    let help = say(format!("写成“{right}”"), format!("write \"{right}\""));
    Slip { also: None, code: Code::X015, passage, range, message, help }
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn counts_keep_their_measure_word() {
        for (text, expected) in [
            ("代表建议7（主办3件，会办4件），市政协建议案1（为主办件）。", &["建议7", "建议案1"][..]),
            ("主办6件,会办14、参阅2件。", &["会办14"]),
            ("代表建议7件，政协提案5件。", &[]),
            ("落实建议1、建议2、建议3。", &[]),
            ("主办6件，其中建议1号由局长领办，提案2021001号已答复。", &[]),
            ("主办率占会办30%，主办6件。", &[]),
        ] {
            assert_eq!(told(measures, &[text]), expected, "{text}");
        }
    }

    #[test]
    fn cases_keep_their_name() {
        for (text, expected) in [
            ("代表建议、政协提办理工作，建议提答复。", &["政协提", "建议提"][..]),
            ("代表建议7件，政协提5件。", &["政协提"]),
            ("议提案办理，建议提案办理，审议提案，会议提案，政协提案5件，政协提出建议。", &[]),
            ("委员建议提高质量，政协提供服务，建议提请审议，向政协提12件提案。", &[]),
        ] {
            assert_eq!(told(names, &[text]), expected, "{text}");
        }
    }

    #[test]
    fn dates_keep_their_month_and_day() {
        for (text, expected) in [
            ("于2021年5月12前完成，5月3召开会议。", &["5月12", "5月3"][..]),
            ("截至2021年12月31，全部办结。", &["12月31"]),
            ("2021年5日印发。", &["2021年5日"]),
            ("5月12日前，5月12、13日，5月12—15日，5月12至15日，5月12，13日。", &[]),
            ("2021年5月12日，2021年30日内答复，12月31号。", &[]),
        ] {
            assert_eq!(told(days, &[text]), expected, "{text}");
        }
    }
}
