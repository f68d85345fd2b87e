//! X007: a paragraph of sentences ends in a full stop.

use super::ordinals::ordinal;
use super::scan::{is_han, tail};
use super::{Slip, every};
use crate::diagnostic::{Code, say};
use crate::document::passage::{Kind, Passage};

/// What ends a sentence, or goes over to what follows; X003 reports the half-width ones.
const ENDS: &str = "。！？；：…—!?;:.";
const STOPS: &str = "。！？";
const CLOSES: &str = "”’》）】〕〉)\"'";

/// Without a stop in it, a text of fewer characters may be anything.
const SENTENCE: usize = 30;

/// What documents are called by their last words.
const TITLES: &[&str] = &[
    "通知",
    "方案",
    "报告",
    "通报",
    "总结",
    "意见",
    "办法",
    "名单",
    "公告",
    "决定",
    "细则",
    "规定",
    "函",
    "纪要",
    "批复",
    "规划",
    "条例",
    "要点",
    "清单",
    "一览表",
];

/// Paragraphs that are sentences and end in none of their marks.
pub(in crate::check) fn without_stop(passages: &[Passage]) -> Vec<Slip> {
    every(
        passages,
        |kind| kind == Kind::Paragraph,
        |index, passage, found| {
            let text = passage.text.trim_end();
            let Some((at, last)) = text.char_indices().next_back() else { return };
            if ends(text) || !is_sentences(text) {
                return;
            }
            let words = tail(text, 12);
            let leads = text.ends_with("如下") || text.ends_with("如下，");
            let (zh, en) = match last {
                _ if leads => ("后面有内容的，末尾用“：”", "end it with \"：\", since something follows"),
                '，' | '、' | ',' => ("把最后的标点改成“。”", "write \"。\" for the last mark"),
                _ => ("在末尾加上“。”", "end it with \"。\""),
            };
            found.push(Slip {
                also: None,
                code: Code::X007,
                passage: index,
                range: at..text.len(),
                message: say(
                    format!("这一段末尾没有句号：…{words}"),
                    format!("the paragraph does not end in a full stop: …{words}"),
                ),
                help: say(zh, en),
            });
        },
    )
}

/// Whether a text ends as a paragraph may.
fn ends(text: &str) -> bool {
    let bare = text.trim_end_matches(|c| CLOSES.contains(c));
    if bare.is_empty() || bare.ends_with(|c| ENDS.contains(c)) {
        return true;
    }
    // A note after the last sentence, or a line that is all a note.
    let Some(open) = (text.ends_with(['）', ')'])).then(|| opening(text)).flatten() else { return false };
    let head = text[..open].trim();
    head.is_empty() || head.ends_with(|c| STOPS.contains(c) || "”）".contains(c)) && ends(head)
}

/// Where the bracket is opened that a text ends with.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices().rev() {
        depth += match c {
            '）' | ')' => 1,
            '（' | '(' => -1,
            _ => 0,
        };
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Whether a text is sentences, and not a heading, a label, a row of a list, a signature.
fn is_sentences(text: &str) -> bool {
    let text = text.trim();
    let parted = text.contains('\t') || text.contains("  ") || text.contains('\u{3000}');
    if text.contains(|c| STOPS.contains(c)) {
        // Names and posts in columns are no sentences, even where one of them has a stop.
        return !parted && !text.starts_with("附件");
    }
    let label = text.chars().take(8).any(|c| c == '：' || c == ':');
    let titled = text.starts_with("关于") || TITLES.iter().any(|word| text.ends_with(word));
    let listed = text.starts_with("附件") || ordinal(text).is_some();
    let joined = text.contains(|c| "，；,;".contains(c));
    let worded = text.ends_with(|c| is_han(c) || "，、,".contains(c) || CLOSES.contains(c));
    text.chars().count() > SENTENCE && joined && worded && !(parted || label || titled || listed)
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;

    #[test]
    fn a_paragraph_of_sentences_ends_in_a_stop() {
        for (text, slips) in [
            ("其他件均已办结。我局将继续努力", &["力"][..]),
            ("既注重解决当前问题，又注重办理工作的长远成效，全面推动武汉科技创新工作", &["作"]),
            ("一是加强领导。二是落实责任，", &["，"]),
            ("工作完成（见附件）。做到“四个意识”", &["”"]),
            ("任务完成。（牵头单位：市科技局）", &[]),
            ("他说：“办好了。”", &[]),
            ("（2024年1月17日在政协武汉市第十四届委员会第三次会议上通过，并已公布施行）", &[]),
            ("一、关于工作不够到位，联系不够主动，学习不够到位，落实不够有力的问题", &[]),
            ("武汉市科学技术局", &[]),
            ("2024年6月18日", &[]),
            ("各区人民政府，市人民政府各部门，各有关单位，各人民团体，各大专院校：", &[]),
            ("联系人：张某，电话65692205，邮箱a@b.cn，地址武汉市江汉区发展大道", &[]),
            ("组长：陈某  市人民政府副市长，负责全面工作，主持召开领导小组会议和协调", &[]),
        ] {
            assert_eq!(told(without_stop, &[text]), slips, "{text}");
        }
    }
}
