use proptest::prelude::*;

use super::super::tests::{dataset, paths};
use super::*;
use crate::diagnostic::Lang;

#[test]
fn declared_claims_are_borne_out_by_the_ledger() {
    for (claims, expected) in [
        ("全部公开, 满意率100%", &[][..]),
        ("全部办结", &["claims[0]"]),
        ("all_satisfied, all_on_time", &["claims[1]"]),
        ("{ claim: 全部办结, except: [乙, 丙] }", &[]),
        ("{ claim: all_concluded, except: [乙] }, 没有不满意", &["claims[0]"]),
        ("{ claim: 全部办结, except: [乙, 丙, 甲, 丁] }", &["claims[0].except[2]", "claims[0].except[3]"]),
    ] {
        let dataset = dataset(&format!("claims: [{claims}]"), "");
        assert_eq!(paths(&unfounded(&dataset, "f")), expected, "{claims}");
    }
    let dataset = dataset("claims: [全部办结]", "");
    let message = unfounded(&dataset, "f").remove(0).message;
    assert_eq!(message.get(Lang::Zh), "声明了“全部办结”，台账不是这样：乙、丙");
    let mut without = Dataset::clone(&dataset);
    without.report.ledger = None;
    assert_eq!(paths(&unfounded(&without, "f")), ["claims[0]"]);
}

#[test]
fn at_most_five_cases_are_named() {
    assert_eq!(list(&["甲", "乙"]).0, "甲、乙");
    assert_eq!(
        list(&["1", "2", "3", "4", "5", "6", "7"]),
        ("1、2、3、4、5等7件".into(), "1, 2, 3, 4, 5 and 2 more".into())
    );
}

/// A verdict in a few words.
fn short(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Founded => "so".to_owned(),
        Verdict::Against(ids) => format!("not {}", ids.concat()),
        Verdict::NeedlessExceptions(ids) => format!("needless {}", ids.concat()),
        Verdict::Exceptions { said, ids } => format!("not {said} but {}", ids.concat()),
        Verdict::Count { said, counted } => format!("{said} of {counted}"),
        Verdict::Unclear(words) => format!("unclear {words}"),
        Verdict::NoData => "no data".to_owned(),
    }
}

/// Three cases: 甲 (省, 代表建议, 主办) is answered, 乙 (市, 代表建议, 会办) late, 丙 (市, 政协提案, 分办) open.
#[test]
fn words_that_claim_something_of_all_cases() {
    let dataset = dataset("", "");
    let passage = |kind, text: &str| Passage::new(kind, text);
    let mut wrong = Vec::new();
    for (text, expected) in [
        ("上述3件已全部办结。", &["全部办结: not 乙丙"][..]),
        (
            "各项建议全部办结，且均在规定时限内，无一逾期。",
            &["全部办结: not 乙丙", "均在规定时限内: not 乙", "无一逾期: not 乙"],
        ),
        ("各件均已按规定时限全部办结。", &["均已按规定时限: not 乙", "全部办结: not 乙丙"]),
        ("已完成全部代表建议和政协提案的答复工作。", &["全部代表建议和政协提案的答复: not 乙丙"]),
        ("办结率100%，按期办结率达100%。", &["办结率100%: not 乙丙", "按期办结率达100%: not 乙"]),
        ("答复率、满意率均为100%。", &["答复率: not 乙丙", "满意率均为100%: so"]),
        ("见面率100%，代表没有不满意的。", &["见面率100%: no data", "没有不满意: so"]),
        ("测评结果均为满意或基本满意。", &["均为满意: so"]),
        ("代表、委员均表示非常满意。", &["均表示非常满意: so"]),
        ("答复的1件均按期寄出。", &["均按期: so"]),
        // Some sort of cases.
        ("主办件已全部办结。", &["全部办结: so"]),
        ("会办件已全部办结。", &["全部办结: not 乙"]),
        ("主、承、分、会办件均已办结。", &["均已办结: not 乙丙"]),
        ("主（承、分）办件均已答复。", &["均已答复: not 丙"]),
        ("1件省级建议全部办结。", &["全部办结: so"]),
        ("2件省级建议全部办结。", &["全部办结: 2 of 1"]),
        ("市级2件均已办结。", &["均已办结: not 乙丙"]),
        ("省级建议1件、市级提案1件，均已办结。", &["均已办结: not 丙"]),
        ("政协提案均已答复。", &["均已答复: not 丙"]),
        ("主办1件，会办1件，均已办结。", &["均已办结: not 乙"]),
        ("共3件，其中主办1件，会办1件，分办1件，均已办结。", &["均已办结: not 乙丙"]),
        ("主办1件，答复全部公开。", &["全部公开: so"]),
        ("重点建议均已办结。", &["均已办结: unclear 重点"]),
        // An exception.
        ("除乙、丙外，其余1件已全部办结，且均在规定时限内。", &["全部办结: so", "均在规定时限内: so"]),
        ("除乙外，其他主、承、分、会办件均已办结。", &["均已办结: not 丙"]),
        ("除乙、丙外，其余2件均已办结。", &["均已办结: 2 of 1"]),
        ("除《关于标题二的建议》外，其余均已按期答复。", &["均已按期: so", "答复: not 丙"]),
        ("除《标题一》《标题二》外，其他均已办结。", &["均已办结: so"]),
        ("除《标题三》外，其他均已办结。", &["均已办结: unclear 《标题三》"]),
        ("除甲、乙、丙外，全部办结。", &["全部办结: needless 甲"]),
        ("除2件正在办理以外，其他均已办结。", &["均已办结: so"]),
        ("除1件正在办理外，其他均已办结。", &["均已办结: not 1 but 乙丙"]),
        ("除2件仍在办理外，其余1件已全部办结，且均在规定时限内。", &["全部办结: so", "均在规定时限内: so"]),
        ("除2件外，其余1件已全部办结，且均在规定时限内。", &["全部办结: so", "均在规定时限内: so"]),
        (
            "除3件外，其余0件已全部办结，且均在规定时限内。",
            &["全部办结: not 3 but 乙丙", "均在规定时限内: not 3 but 乙"],
        ),
        ("除2件仍在办理外，其余2件已全部办结。", &["全部办结: 2 of 1"]),
        ("除会办件外，其他均已办结。", &["均已办结: not 丙"]),
        ("除市政协1件提案外，其他均已办结。", &["均已办结: not 乙"]),
        ("除了个别件，其余均已办结。", &["均已办结: unclear 个别件"]),
        ("除因客观条件限制外，其余均已办结。", &["均已办结: unclear 因客观条件限制"]),
        ("会办1件，其余2件均已办结。", &["均已办结: not 丙"]),
        ("2件正在办理，其余均已办结。", &["均已办结: so"]),
        ("其余1件已全部办结。", &["全部办结: unclear 其余"]),
        ("除书面答复外，还当面沟通，各件均已办结。", &["均已办结: not 乙丙"]),
        ("及时清除积压，额外加班，各件均已办结。", &["均已办结: not 乙丙"]),
        // A year that this one is compared with, and how it was done, change nothing.
        ("共3件，较上年增加1件，均已办结。", &["均已办结: not 乙丙"]),
        ("与2020年相比增加1件，按要求全部办结。", &["全部办结: not 乙丙"]),
        ("今年实现办结率100%。", &["办结率100%: not 乙丙"]),
        // Nothing that is claimed of these cases.
        ("办结率、满意率均为98%。", &[]),
        ("各处室均按时限、按程序办理，凡可以公开的全部公开。", &[]),
        ("办结率96.5%，满意率10%。", &[]),
        ("截至目前，尚未全部办结。", &[]),
        ("下一步，确保全部办结。", &[]),
        ("实现办结率100%的目标。", &[]),
        ("上年的建议均已办结。", &[]),
        ("2020年的3件均已答复。", &[]),
        ("各项任务全部办结。", &[]),
        ("岗位均公开招聘，过程均向社会公开征求意见。", &[]),
        ("各件均未答复。", &[]),
    ] {
        let found = said(&[passage(Kind::Cell, text), passage(Kind::Paragraph, text)], &dataset);
        assert!(found.iter().all(|said| said.passage == 1));
        let told: Vec<String> = found
            .iter()
            .map(|said| format!("{}: {}", &text[said.range.clone()], short(&said.verdict)))
            .collect();
        if told != expected {
            wrong.push(format!("{text} {told:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest! {
    #[test]
    fn any_words_are_read(words in proptest::collection::vec(
        prop::sample::select(vec![
            "除", "外", "其余", "均已", "全部", "办结", "满意", "省", "市级", "建议", "提案", "主", "、", "办", "件", "，", "。",
            "《", "》", "标题一", "甲", "1", "２", "十", "年", "号", "率", "100%", "已", "和", "（", "）", "a", " ",
        ]),
        0..24,
    )) {
        let dataset = dataset("", "");
        let text = words.concat();
        said(&[Passage::new(Kind::Paragraph, text)], &dataset);
    }
}

#[test]
fn a_declaration_says_what_is_excepted() {
    let text = "除个别件外，其余均已办结，均已按期答复。";
    let verdicts = |more: &str| -> Vec<String> {
        let passage = Passage::new(Kind::Paragraph, text);
        said(&[passage], &dataset(more, "")).iter().map(|said| short(&said.verdict)).collect()
    };
    let unclear = "unclear 个别件";
    assert_eq!(verdicts("")[..2], [unclear, unclear]);
    assert_eq!(verdicts("claims: [全部办结]")[0], unclear);
    assert_eq!(verdicts("claims: [{ claim: 全部办结, except: [乙, 丙] }]")[..2], ["so", unclear]);
}

#[test]
fn what_is_said_is_founded_and_declared() {
    let dataset = dataset("claims: [全部公开]", "");
    let text = "各件答复全部公开，办结率100%，满意率100%。";
    let passage = Passage::new(Kind::Paragraph, text);
    let codes = |said: &Said| {
        let place = || Place::file("f");
        let found = [said.unfounded(text, place), said.undeclared(text, place(), &dataset.report)];
        found.map(|told| told.map(|told| told.code))
    };
    let found: Vec<_> = said(&[passage], &dataset).iter().map(codes).collect();
    assert_eq!(found, [[None, None], [Some(Code::C002), Some(Code::C003)], [None, Some(Code::C003)]]);
}

/// What a declared figure says is not asked of the ledger.
#[test]
fn a_rate_that_is_a_figure_needs_no_data() {
    let text = "见面率100%。";
    let told = |made: &[Range<usize>]| {
        let passage = Passage { made: made.to_vec(), ..Passage::new(Kind::Paragraph, text) };
        let found = said(&[passage], &dataset("", ""));
        found[0].unfounded(text, || Place::file("f")).map(|told| told.code)
    };
    let number = "见面率".len().."见面率100%".len();
    assert_eq!((told(&[]), told(&[number])), (Some(Code::C004), None));
}
