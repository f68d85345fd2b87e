//! R008: a heading that its text runs on from, with no mark between them: 加强领导局党组高度重视.

use super::scan::is_han;
use super::{Slip, every};
use crate::diagnostic::{Code, say};
use crate::document::passage::{Kind, Passage};

/// Headings that run into their text without a stop.
pub(in crate::check) fn without_stop(passages: &[Passage]) -> Vec<Slip> {
    every(
        passages,
        |kind| kind == Kind::Paragraph,
        |index, passage, found| {
            let Some(end) = passage.lead else { return };
            let (lead, rest) = passage.text.split_at(end);
            let joined = |c: Option<char>| c.is_some_and(|c| is_han(c) || c.is_alphanumeric());
            if !joined(lead.trim_end().chars().next_back()) || !joined(rest.trim_start().chars().next()) {
                return;
            }
            let start = lead.char_indices().rev().take(8).last().map_or(0, |(at, _)| at);
            let words = &lead[start..];
            found.push(Slip {
                also: None,
                code: Code::R008,
                passage: index,
                range: start..end,
                message: say(
                    format!("标题后面接着正文，中间没有句号：{words}"),
                    format!("no stop between the heading and its text: {words}"),
                ),
                help: say("标题末尾加“。”", "end the heading with \"。\""),
            });
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_ends_before_its_text_begins() {
        let passage = |lead: &str, rest: &str| Passage {
            lead: Some(lead.len()),
            ..Passage::new(Kind::Paragraph, format!("{lead}{rest}"))
        };
        for (lead, rest, expected) in [
            ("加强领导", "局党组高度重视。", true),
            ("一是健全机制", "2021年印发办法。", true),
            ("加强领导。", "局党组高度重视。", false),
            ("（一）加强领导：", "局党组高度重视。", false),
            ("加强领导", "，局党组高度重视。", false),
            ("“四个坚持”", "贯穿始终。", false),
        ] {
            assert_eq!(without_stop(&[passage(lead, rest)]).len(), usize::from(expected), "{lead}{rest}");
        }
        assert!(without_stop(&[Passage::new(Kind::Paragraph, "加强领导局党组高度重视。")]).is_empty());
    }
}
