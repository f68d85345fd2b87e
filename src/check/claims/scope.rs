//! Which cases a sentence means when it says "all": its subject, and what it excepts.

use std::ops::Range;

use super::words::{Sort, Word, sorts, words};
use crate::model::{Case, Dataset};

/// The cases that a sentence means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scope {
    /// Their positions in the ledger.
    pub cases: Vec<usize>,
    /// Cases that are excepted by name; those of one name together.
    pub excepted: Vec<Vec<usize>>,
    /// How many cases are excepted without being named.
    pub except: Option<usize>,
    /// The number of cases that the sentence gives before "all".
    pub count: Option<usize>,
    /// Whether it means the whole ledger.
    pub whole: bool,
}

/// What is known of the cases that a sentence means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meant {
    /// These.
    Cases(Scope),
    /// Not those of this ledger: another year's, or other matters.
    Others,
    /// These words say which, and the ledger does not know them.
    Unclear(String),
}

/// Other matters than cases of the ledger, right before "all".
const OTHERS: &[&str] =
    &["事项", "任务", "项目", "诉求", "工单", "信访", "投诉", "材料", "资金", "信息", "制度", "文件"];
/// Other years than the report's.
const OTHER_YEARS: &[&str] = &["上年", "去年", "往年", "历年", "上一年"];
/// Words of a clause that compares this year's number with another one.
const GROWTH: &[&str] = &["增加", "减少", "增长", "下降", "同比", "相比", "多于", "少于"];
/// What stands before a year that this one is compared with.
const COMPARED: [char; 6] = ['比', '较', '与', '和', '同', '于'];

/// What a sentence means by "all" at a place of it.
pub(super) fn scope(text: &str, range: &Range<usize>, dataset: &Dataset) -> Meant {
    let before = &text[sentence(text, range.start)..range.start];
    let (before, except) = match exception(before) {
        Some((words, after)) => (after, Some(words)),
        None => (before, None),
    };
    let clause = before.rsplit('，').next().unwrap_or_default();
    let of_others = OTHERS.iter().any(|word| clause.trim_end_matches('已').ends_with(word));
    if of_others || is_of_another_year(before, dataset.report.year) {
        return Meant::Others;
    }
    let ledger = Ledger(dataset);
    let (clauses, words) = subject(before);
    if let Some(sort) =
        words.iter().find_map(|word| if let Word::Unknown(sort) = word { Some(sort) } else { None })
    {
        return Meant::Unclear((*sort).to_owned());
    }
    let rest = words.contains(&Word::Rest);
    let mut scope = ledger.group(&words);
    let (is_known, words) = match except {
        Some(words) => (ledger.excepted(words, &mut scope), words),
        None if rest => (ledger.others_of(&clauses, &mut scope), "其余"),
        None => (true, ""),
    };
    if is_known { Meant::Cases(scope) } else { Meant::Unclear(words.to_owned()) }
}

/// The byte at which the sentence of a place begins.
pub(super) fn sentence(text: &str, at: usize) -> usize {
    let end = text[..at].char_indices().rev().find(|(_, c)| matches!(c, '。' | '；' | '！' | '？'));
    end.map_or(0, |(at, mark)| at + mark.len_utf8())
}

/// The last exception of a text: the words for what is excepted, and the text behind it.
fn exception(text: &str) -> Option<(&str, &str)> {
    let begins = |at: &usize| {
        let before = text[..*at].chars().next_back();
        let (after, rest) = (text[*at + '除'.len_utf8()..].chars().next(), &text[*at..]);
        // 清除, 解除, 除夕 and 除此之外 except nothing.
        !before.is_some_and(|c| "清解拆免删排废消铲根剔破开扫".contains(c))
            && !after.is_some_and(|c| "夕此尘草险".contains(c))
            && !rest.starts_with("除了此")
    };
    let at = text.rmatch_indices('除').map(|(at, _)| at).find(begins)?;
    let words = text[at..].trim_start_matches('除');
    let words = words.strip_prefix('了').unwrap_or(words);
    let comma = words.find('，').unwrap_or(words.len());
    let end = outside(words).unwrap_or(comma).min(words.len());
    let after =
        words[end..].trim_start_matches(['以', '之']).trim_start_matches('外').trim_start_matches('，');
    // 除书面答复外，还… adds and excepts nothing.
    let adds = ["还", "也", "更", "同时"].iter().any(|word| after.starts_with(word));
    (!adds).then_some((words[..end].trim_end_matches(['以', '之']), after))
}

/// Where 外 stands outside titles.
fn outside(words: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in words.char_indices() {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            '外' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// Whether a text speaks of another year's cases. A year that this one is compared with (较上年增加) does not count.
fn is_of_another_year(text: &str, year: u16) -> bool {
    let is_compared = |at: usize| text[..at].ends_with(COMPARED);
    let words = OTHER_YEARS.iter().flat_map(|word| text.match_indices(word)).map(|(at, _)| at);
    let years = text.match_indices('年').filter_map(|(at, _)| {
        let start = at.checked_sub(4)?;
        let digits = text.get(start..at).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        (digits.parse() != Ok(year)).then_some(start)
    });
    words.chain(years).any(|at| !is_compared(at))
}

/// The clauses before the subject, and the words of the subject: of the last clause if it says which cases it means, otherwise
/// of the run of clauses before it that do.
fn subject(before: &str) -> (Vec<Vec<Word>>, Vec<Word>) {
    // 较上年增加1件 says how many more there are, not which ones are meant.
    let compares = |clause: &str| GROWTH.iter().any(|word| clause.contains(word));
    let read = |clause: &str| if compares(clause) { Vec::new() } else { words(clause) };
    let mut clauses: Vec<Vec<Word>> = before.split('，').map(read).collect();
    let own = clauses.pop().unwrap_or_default();
    let says = |words: &Vec<Word>| words.iter().any(|word| !matches!(word, Word::And | Word::Open));
    if says(&own) {
        return (clauses, own);
    }
    while clauses.last().is_some_and(|words| !says(words)) {
        clauses.pop();
    }
    let counts = |words: &Vec<Word>| words.iter().any(|word| matches!(word, Word::Count(_)));
    let Some(last) = clauses.pop() else { return (clauses, own) };
    let mut run = vec![last];
    while counts(&run[0]) && clauses.last().is_some_and(counts) {
        run.extend(clauses.pop());
        run.rotate_right(1);
    }
    (clauses, run.join(&Word::And))
}

/// The cases of a dataset, asked in words.
struct Ledger<'d>(&'d Dataset);

impl Ledger<'_> {
    fn of(&self, sort: &Sort) -> Vec<usize> {
        let cases = self.0.cases.iter().enumerate();
        cases.filter(|(_, case)| sort.takes(case)).map(|(index, _)| index).collect()
    }

    /// The cases that a subject means.
    fn group(&self, words: &[Word]) -> Scope {
        let sorts = sorts(words);
        let everything = || (0..self.0.cases.len()).collect();
        let mut scope =
            Scope { cases: Vec::new(), excepted: Vec::new(), except: None, count: None, whole: false };
        if sorts.iter().all(|sort| !sort.asks()) {
            scope.count = sorts.last().and_then(|sort| sort.count);
            scope.whole = !words.contains(&Word::Rest);
            scope.cases = everything();
            return scope;
        }
        for (index, sort) in sorts.iter().enumerate() {
            let (before, after) = (index.checked_sub(1).map(|before| &sorts[before]), sorts.get(index + 1));
            let filled = sort.filled(before, after);
            let (own, filled) = (self.of(sort), self.of(&filled));
            let cases = match sort.count {
                Some(count) if own.len() == count => own,
                _ => filled,
            };
            scope.cases.extend(cases);
        }
        let counts: Vec<usize> = sorts.iter().filter_map(|sort| sort.count).collect();
        // A total before its parts is not one of them.
        let total = (!sorts[0].asks() && counts[0] == counts[1..].iter().sum::<usize>()).then(|| counts[0]);
        scope.count = total.or_else(|| (counts.len() == sorts.len()).then(|| counts.iter().sum()));
        scope.cases.sort_unstable();
        scope.cases.dedup();
        scope.whole = scope.cases.len() == self.0.cases.len();
        scope
    }

    /// Take out of a scope what an exception names; false where the ledger does not know what that is.
    fn excepted(&self, text: &str, scope: &mut Scope) -> bool {
        let words = words(text);
        let mut named: Vec<Vec<usize>> = Vec::new();
        let which = |wanted: &dyn Fn(&Case) -> bool| -> Vec<usize> {
            let cases = self.0.cases.iter().enumerate();
            cases.filter(|(_, case)| wanted(case)).map(|(index, _)| index).collect()
        };
        for word in &words {
            let Word::Title(title) = word else { continue };
            let cases = which(&|case| is_called(case, title));
            if cases.is_empty() {
                return false;
            }
            named.push(cases);
        }
        named.extend(which(&|case| is_named(text, &case.id)).into_iter().map(|case| vec![case]));
        let sorts = sorts(&words);
        let is_known = match named.is_empty() {
            true => self.excepted_sorts(&sorts, &mut named, scope),
            false => sorts.iter().all(|sort| sort.count.is_none_or(|count| count == named.len())),
        };
        if !is_known {
            return false;
        }
        scope.cases.retain(|case| !named.iter().any(|cases| cases.binary_search(case).is_ok()));
        scope.excepted.extend(named);
        scope.whole = false;
        true
    }

    /// The same for words that name no case: 会办件, 2件, 市政协1号建议案, 在办的3件.
    fn excepted_sorts(&self, sorts: &[Sort], named: &mut Vec<Vec<usize>>, scope: &mut Scope) -> bool {
        for sort in sorts {
            let cases = self.of(sort);
            match (sort.count, sort.ordinal) {
                (_, Some(_)) if cases.len() != 1 => return false,
                (_, Some(_)) => named.push(cases),
                (Some(count), None) if sort.asks() && !sort.open && count == cases.len() => {
                    self.leave_out(sort, scope);
                }
                (Some(count), None) => self.except(sort, count, scope),
                (None, None) if cases.len() == 1 => named.push(cases),
                (None, None) => self.leave_out(sort, scope),
            }
        }
        !sorts.is_empty()
    }

    /// Except so many cases: 2件仍在办理 are the open ones, if there are two; of 2件 it is not known which.
    fn except(&self, sort: &Sort, count: usize, scope: &mut Scope) {
        let cases = self.of(sort);
        if sort.open && cases.len() == count {
            self.leave_out(sort, scope);
            scope.excepted.push(cases);
        } else {
            scope.except = Some(scope.except.unwrap_or_default() + count);
        }
    }

    fn leave_out(&self, sort: &Sort, scope: &mut Scope) {
        scope.cases.retain(|index| !sort.takes(&self.0.cases[*index]));
    }

    /// 其余 without 除: the cases besides those that the clauses before it count.
    fn others_of(&self, clauses: &[Vec<Word>], scope: &mut Scope) -> bool {
        let sorts: Vec<Sort> = clauses.iter().flat_map(|words| sorts(words)).collect();
        let sorts: Vec<&Sort> =
            sorts.iter().filter(|sort| sort.asks() || sort.count != Some(self.0.cases.len())).collect();
        if sorts.is_empty() {
            return false;
        }
        for sort in sorts {
            match sort.count {
                Some(count) if !sort.asks() || sort.open => self.except(sort, count, scope),
                _ => self.leave_out(sort, scope),
            }
        }
        scope.whole = false;
        true
    }
}

/// Whether a title in a text is that of a case: whole, or without 关于…的建议.
fn is_called(case: &Case, title: &str) -> bool {
    let core = |title: &str| {
        let title = title.strip_prefix("关于").unwrap_or(title);
        let kinds = ["建议案", "建议", "提案", "议案"];
        let title = kinds.iter().find_map(|kind| title.strip_suffix(kind)).unwrap_or(title);
        title.strip_suffix('的').unwrap_or(title).to_owned()
    };
    core(&case.title) == core(title)
}

/// Whether a text names an id: not inside a longer number or word of letters.
fn is_named(text: &str, id: &str) -> bool {
    let joins = |a: Option<char>, b: Option<char>| {
        let (Some(a), Some(b)) = (a, b) else { return false };
        a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric()
    };
    // An id of digits alone is not told from a number of cases.
    let telling = !id.bytes().all(|byte| byte.is_ascii_digit());
    telling
        && text.match_indices(id).any(|(at, id)| {
            let (before, after) = (&text[..at], &text[at + id.len()..]);
            !joins(before.chars().next_back(), id.chars().next())
                && !joins(id.chars().next_back(), after.chars().next())
        })
}
