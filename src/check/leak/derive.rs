//! What is searched for: of every withheld text the forms in which it would be known all the same. docs/editions.md has them as a table.

use super::normal::{Normal, normal};
use crate::check::exact::{Exact, unit};
use crate::document::han::is_han;

/// A shorter text is in every report.
pub(super) const LEAST: usize = 4;
/// A sentence of fewer characters may occur by chance: it counts only where it is a sentence as well. A clause of fewer is none.
const SENTENCE: usize = 8;
/// The shortest core of a title.
const CORE: usize = 6;
/// A number of fewer digits occurs by chance: it counts only with a word beside it.
const DIGITS: usize = 7;
/// The same of a decimal.
const DECIMAL: usize = 5;

/// Where a withheld text counts as found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// Wherever it stands.
    Anywhere,
    /// Between marks that end a sentence.
    Sentence,
    /// Where a name begins and ends.
    Name,
    /// Where no digit goes on; never among the lengths of a drawing.
    Number,
}

/// A form of a withheld text: its normal form, where it counts, and the words of which one has to stand beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    pub text: String,
    pub form: Form,
    pub beside: Vec<String>,
}

impl Pattern {
    fn new(text: &str, form: Form) -> Self {
        Self { text: normal(text), form, beside: Vec::new() }
    }

    fn is_long(&self, least: usize) -> bool {
        self.text.chars().count() >= least
    }
}

/// A text that counts wherever it stands, and its clauses.
pub(super) fn text(text: &str) -> Vec<Pattern> {
    let mut found = vec![Pattern::new(text, Form::Anywhere)];
    found.extend(clauses(text));
    found.retain(|pattern| pattern.is_long(LEAST));
    found
}

/// A title: the same, and what stands between 关于 and the name of its kind.
pub(super) fn title(title: &str) -> Vec<Pattern> {
    let mut found = text(title);
    let core = title.trim().trim_start_matches("关于");
    let kinds = ["的建议案", "的建议", "的提案", "的议案", "建议案", "建议", "提案", "议案"];
    let core = kinds.iter().find_map(|kind| core.strip_suffix(kind)).unwrap_or(core);
    found.extend([Pattern::new(core, Form::Anywhere)].into_iter().filter(|core| core.is_long(CORE)));
    found
}

/// The parts of a text between its marks that say something by themselves.
fn clauses(text: &str) -> Vec<Pattern> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && !c.is_whitespace());
    parts.map(|part| Pattern::new(part, Form::Anywhere)).filter(|part| part.is_long(SENTENCE)).collect()
}

/// Prose by its sentences and clauses, and what stands beside functions of templates.
pub(super) fn prose(prose: &str) -> Vec<Pattern> {
    let plain = prose.replace("**", "").replace('\\', "");
    let outside = plain.split("{{").map(|part| part.split_once("}}").map_or(part, |(_, after)| after));
    let mut found = Vec::new();
    for sentence in outside.flat_map(|part| part.split(super::normal::ends_sentence)) {
        let whole = Pattern::new(sentence, Form::Anywhere);
        let form = if whole.is_long(SENTENCE) { Form::Anywhere } else { Form::Sentence };
        found.push(Pattern { form, ..whole });
        found.extend(clauses(sentence));
    }
    found.retain(|pattern| pattern.is_long(LEAST));
    found
}

/// Words that stand where a name might, and name nobody.
const NOBODY: &[&str] = &[
    "代表",
    "委员",
    "个人",
    "集体",
    "联名",
    "党派",
    "团体",
    "界别",
    "群众",
    "机关",
    "电话",
    "手机",
    "座机",
    "邮箱",
    "地址",
    "联系人",
    "联系",
    "办公",
    "传真",
    "住址",
    "其他",
    "主任",
    "秘书",
    "处长",
    "科长",
];
/// What ends the name of a body.
const BODIES: &str = "团委会界组党派局院社部办厅处室盟联";

/// The names in a list of people: each counts where a name begins and ends.
pub(super) fn names(list: &str) -> Vec<Pattern> {
    let mut found = Vec::new();
    for part in list.split(|c: char| !is_han(c)) {
        let titles = ["等代表", "等委员", "代表", "委员", "同志", "先生", "女士", "等"];
        let name = titles.iter().find_map(|title| part.strip_suffix(title)).unwrap_or(part);
        let length = name.chars().count();
        let is_body = name.ends_with(|c| BODIES.contains(c));
        match length {
            2 | 3 if !is_body && !NOBODY.contains(&name) => found.push(Pattern::new(name, Form::Name)),
            4.. if part.len() < list.trim().len() => found.push(Pattern::new(name, Form::Anywhere)),
            _ => {}
        }
    }
    found
}

/// A contact: the whole, the names in it, its addresses, and its numbers as bare digits.
pub(super) fn contact(contact: &str) -> Vec<Pattern> {
    let mut found = vec![Pattern::new(contact, Form::Anywhere)];
    let parts = contact.split(|c: char| c.is_whitespace() || "，,、；;：:（）()".contains(c));
    found.extend(parts.filter(|part| part.contains('@')).map(|part| Pattern::new(part, Form::Anywhere)));
    found.retain(|pattern| pattern.is_long(LEAST));
    found.extend(names(contact));
    for run in contact.split(|c: char| !(c.is_ascii_digit() || " -‐–—()（）+".contains(c))) {
        let digits: String = run.chars().filter(char::is_ascii_digit).collect();
        let local = run.trim().split(['-', '‐', '–', '—', ')', '）']).skip(1).last().unwrap_or_default();
        let local: String = local.chars().filter(char::is_ascii_digit).collect();
        let domestic =
            digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or_default().to_owned();
        for digits in [digits, local, domestic] {
            found.extend(number(digits));
        }
    }
    found
}

/// Digits of a telephone; few of them only beside a word for one.
fn number(digits: String) -> Option<Pattern> {
    let words = ["电话", "手机", "联系", "座机", "热线", "传真"];
    let beside = if digits.len() < DIGITS { words.map(str::to_owned).to_vec() } else { Vec::new() };
    let is_long = digits.len() > LEAST;
    is_long.then_some(Pattern { text: digits, form: Form::Number, beside })
}

/// A figure's value in the forms that it may be written in: as it is, without its word of number, with 亿 for 万, and in Chinese
/// numerals.
pub(super) fn amount(value: &str, of: &str, label: &str) -> Vec<Pattern> {
    let value = value.trim_start_matches('-');
    let (tens, base) = unit(of);
    let whole = Exact::parse(value);
    let shifted = |up: u32| whole.and_then(|whole| whole.shifted(up)).map(|number| number.to_string());
    let mut written = vec![(value.to_owned(), of.to_owned())];
    if tens > 0 {
        written.extend(
            shifted(tens).filter(|number| !number.contains('.')).map(|number| (number, base.to_owned())),
        );
    }
    if tens == 4 {
        written.extend(whole.map(|whole| (whole.lowered(4).to_string(), format!("亿{base}"))));
    }
    if tens == 8 {
        written.extend(shifted(4).map(|number| (number, format!("万{base}"))));
    }
    // Any two characters of the label that stand together.
    let label: Vec<char> = normal(label).chars().collect();
    let words = label.windows(2).map(|pair| pair.iter().collect::<String>());
    let mut found: Vec<Pattern> = Vec::new();
    for (number, unit) in written {
        let text = Normal::new(&number).text;
        // A decimal is less likely by chance.
        let least = if text.contains('.') { DECIMAL } else { DIGITS };
        let few = text.chars().filter(char::is_ascii_digit).count() < least;
        let unit = normal(&unit);
        let beside = if few {
            words.clone().chain([unit]).filter(|word| !word.is_empty()).collect()
        } else {
            Vec::new()
        };
        found.push(Pattern { text, form: Form::Number, beside });
    }
    found.extend(spoken(value).map(|numeral| Pattern::new(&format!("{numeral}{of}"), Form::Anywhere)));
    found.retain(|pattern| pattern.form == Form::Number || pattern.is_long(LEAST));
    found
}

/// A decimal number in Chinese numerals: 7316.5 is 七千三百一十六点五.
fn spoken(value: &str) -> Option<String> {
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let digit = |c: char| c.to_digit(10).and_then(|digit| "零一二三四五六七八九".chars().nth(digit as usize));
    let mut out = spoken_whole(whole.parse().ok()?);
    if !part.is_empty() {
        out.push('点');
        out.extend(part.chars().filter_map(digit));
    }
    Some(out)
}

fn spoken_whole(number: u64) -> String {
    const LARGE: [(u64, char); 2] = [(100_000_000, '亿'), (10_000, '万')];
    for (size, word) in LARGE {
        if number >= size {
            let rest = number % size;
            let zero = if rest > 0 && rest < size / 10 { "零" } else { "" };
            let rest = if rest > 0 { spoken_whole(rest) } else { String::new() };
            return format!("{}{word}{zero}{rest}", spoken_whole(number / size));
        }
    }
    let mut out = String::new();
    let mut gap = false;
    for (size, word) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / size % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
        }
        gap = false;
        let is_ten = size == 10 && digit == 1 && out.is_empty();
        if !is_ten {
            out.extend("零一二三四五六七八九".chars().nth(digit as usize));
        }
        out.push_str(word);
    }
    if out.is_empty() { "零".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(patterns: Vec<Pattern>) -> Vec<String> {
        patterns.into_iter().map(|pattern| pattern.text).collect()
    }

    #[test]
    fn a_title_has_its_core_and_its_clauses() {
        assert_eq!(
            texts(title("关于突破高端存储芯片（一期）关键核心技术攻关的提案")),
            [
                "关于突破高端存储芯片一期关键核心技术攻关的提案",
                "关于突破高端存储芯片",
                "关键核心技术攻关的提案",
                "突破高端存储芯片一期关键核心技术攻关"
            ]
        );
        assert_eq!(texts(title("关于养老的建议")), ["关于养老的建议"]);
    }

    #[test]
    fn a_contact_has_its_numbers_and_its_names() {
        let found = texts(contact(
            "联系人：张三，电话 138 1234 5678、027-87654321（办），zhang@a.cn，+86 13912345678",
        ));
        for wanted in ["张三", "13812345678", "02787654321", "87654321", "zhangacn", "13912345678"] {
            assert!(found.iter().any(|text| text == wanted), "{wanted}: {found:?}");
        }
        assert!(!found.iter().any(|text| text == "电话" || text == "联系人"), "{found:?}");
        assert_eq!(texts(names("张三、李四光等代表，市工商联，代表团")), ["张三", "李四光", "市工商联"]);
    }

    #[test]
    fn an_amount_is_known_in_every_form() {
        let found = texts(amount("7316.5", "万元", "专项预算"));
        assert_eq!(found, ["7316.5", "73165000", "0.73165", "七千三百一十六点五万元"]);
        for (number, numeral) in [
            (10, "十"),
            (105, "一百零五"),
            (120, "一百二十"),
            (3005, "三千零五"),
            (25_000, "二万五千"),
            (10_050_000, "一千零五万"),
        ] {
            assert_eq!(spoken_whole(number), numeral);
        }
    }
}
