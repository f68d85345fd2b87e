//! F008: a rate of fewer cases than the total beside it. A reader takes a rate for one of the cases that the paragraph has counted; a
//! rate that leaves some of them out has to say of how many it is.

use super::Slip;
use crate::check::Used;
use crate::compute::Made;
use crate::diagnostic::{Code, say};
use crate::document::passage::{Kind, Passage};

/// Rates beside a count of more cases, where the paragraph has their own base nowhere.
pub(in crate::check) fn other_base(passages: &[Passage], figures: &Used) -> Vec<Slip> {
    let mut found = Vec::new();
    for (index, passage) in passages.iter().enumerate().filter(|(_, passage)| passage.kind == Kind::Paragraph)
    {
        // The largest count before the rate: its total, as the reader sees it.
        let mut total: Option<u64> = None;
        for (range, name) in &passage.figures {
            let Some(figure) = figures.get(name) else { continue };
            match figure.origin.made {
                Made::Cases(_) => total = total.max(figure.value.parse().ok()),
                // Growth is of last year's cases.
                Made::Rate { whole, .. } if !name.starts_with("cases.growth") => {
                    let counted = is_written(&passage.text, whole);
                    let Some(total) = total.filter(|total| *total > whole && !counted) else { continue };
                    let rate = &passage.text[range.clone()];
                    found.push(Slip {
                        also: None,
                        code: Code::F008,
                        passage: index,
                        range: range.clone(),
                        message: say(
                            format!("前面写的是{total}件，{rate}{}是按{whole}件算的，文中没有说明", figure.unit),
                            format!("{total} cases stand before it, but {rate}{} is a rate of {whole}, which the text does not say", figure.unit),
                        ),
                        help: say(
                            format!("写明基数，例如“（按{whole}件计）”，件数用 count() 取"),
                            format!("say of how many, such as \"（按{whole}件计）\", and ask for the number with count()"),
                        ),
                    });
                }
                _ => {}
            }
        }
    }
    found
}

/// Whether a paragraph has a number by itself, not inside a longer one.
fn is_written(text: &str, number: u64) -> bool {
    let number = number.to_string();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.');
    text.match_indices(&number).any(|(at, _)| {
        !digit(text[..at].chars().next_back()) && !digit(text[at + number.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::dataset;
    use crate::compute::Figures;

    /// What is found in a paragraph of words and names of figures, by turns.
    fn wrong(pieces: &[(&str, &str)]) -> Vec<String> {
        let figures = Figures::new(dataset("", ""));
        let mut passage = Passage::new(Kind::Paragraph, "");
        let mut named = Used::new();
        for (words, name) in pieces {
            passage.text.push_str(words);
            let Some(figure) = (!name.is_empty()).then(|| figures.get(name).unwrap()) else { continue };
            let start = passage.text.len();
            passage.text.push_str(&figure.value);
            passage.figures.push((start..passage.text.len(), (*name).to_owned()));
            named.insert((*name).to_owned(), figure);
        }
        let text = passage.text.clone();
        other_base(&[passage], &named).into_iter().map(|slip| text[slip.range].to_owned()).collect()
    }

    #[test]
    fn a_rate_says_of_how_many_cases_it_is() {
        // Three cases, of which one has an outcome.
        let total = ("共", "cases.total");
        let share = ("件，已解决占", "share?by=outcome&outcome=resolved");
        assert_eq!(wrong(&[total, share, ("%。", "")]), ["100"]);
        assert_eq!(wrong(&[total, share, ("%（按1件计）。", "")]), [""; 0]);
        assert_eq!(wrong(&[total, ("件，占", "share?by=level&level=provincial"), ("%。", "")]), [""; 0]);
        assert_eq!(wrong(&[share, ("%，共", "cases.total"), ("件。", "")]), [""; 0]);
        // 12件 is not 1件.
        assert_eq!(wrong(&[total, share, ("%，走访12人。", "")]), ["100"]);
    }
}
