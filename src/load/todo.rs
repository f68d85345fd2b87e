//! `todo` in a file becomes the mark that is printed in its place, before anything is read: so every kind of value may be
//! one, and nothing after the loader knows how it was written.

use crate::model::todo::{find, mark, words};
use crate::model::{PARTS, Part, Todo};
use crate::source::{Path, Place, Scalar, Spot, Step, scalars};

/// What is to be found out, by the key that it stands under. A part of the report is called by its name in `PARTS`; any other
/// key by itself.
const KEYS: &[(&str, &str)] = &[
    ("address", "通信地址"),
    ("as_of", "时间"),
    ("assigned", "交办日期"),
    ("bodies", "单位"),
    ("body", "正文"),
    ("by", "测评单位"),
    ("consent", "征询意见的做法"),
    ("copies", "抄送机关"),
    ("count", "件数"),
    ("decision", "公开方式"),
    ("definition", "口径说明"),
    ("disclosure", "公开情况"),
    ("due", "办理期限"),
    ("email", "电子邮箱"),
    ("heading", "标题"),
    ("id", "编号"),
    ("issuers", "发文机关"),
    ("kind", "种类"),
    ("label", "名称"),
    ("lead", "牵头单位"),
    ("level", "层级"),
    ("meeting", "会议"),
    ("name", "名称"),
    ("note", "附注"),
    ("number", "发文字号"),
    ("office", "承办处室"),
    ("offices", "处室"),
    ("phone", "电话"),
    ("post", "职务"),
    ("postcode", "邮编"),
    ("printing_office", "印发机关"),
    ("proposer", "提出者"),
    ("reason", "说明"),
    ("responsible", "责任单位"),
    ("review", "审查的做法"),
    ("role", "办理角色"),
    ("rule", "公开的规定"),
    ("salutation", "称谓"),
    ("signatories", "签发人"),
    ("source", "来源"),
    ("team", "巡察组"),
    ("title", "标题"),
    ("total", "总数"),
    ("unit", "单位"),
    ("value", "数值"),
];

/// Whether something in a text may still be to be found out. Most files have nothing of it, and a ledger may be long.
pub(super) fn may_have(text: &str) -> bool {
    ["todo", "TODO", "待核实"].iter().any(|word| text.contains(word))
}

/// The text with marks for what is still to be found out, and a list of that.
pub(super) fn marked(text: &str, file: &str) -> (String, Vec<Todo>) {
    if !may_have(text) {
        return (text.to_owned(), Vec::new());
    }
    // A text that is not YAML is left as it is; its faults are reported for it as it stands.
    let Some(all) = scalars(text) else { return (text.to_owned(), Vec::new()) };
    let (mut out, mut end) = (String::with_capacity(text.len()), 0);
    let mut todos = Vec::new();
    for scalar in all.iter().filter(|scalar| !has_own_word(&scalar.path)) {
        let Some(own) = words(&scalar.value) else {
            todos.extend(typed(scalar, file));
            continue;
        };
        let own = match own.split_whitespace().collect::<Vec<_>>().join(" ") {
            own if own.is_empty() => name(scalar, &all),
            own => own,
        };
        let quoted = mark(&own).replace('\\', "\\\\").replace('"', "\\\"");
        out.push_str(&text[end..scalar.range.start]);
        out.push_str(&format!("\"{quoted}\""));
        end = scalar.range.end;
        todos.push(Todo { place: Place::value(file, scalar.path.clone()), words: own });
    }
    out.push_str(&text[end..]);
    (out, todos)
}

/// Whether `todo` is one of the words that may stand there anyway.
fn has_own_word(path: &Path) -> bool {
    matches!(path.steps(), [Step::Key(list), _, Step::Key(key)] if list == "promises" && key == "status")
}

/// Marks that were typed among other words.
fn typed(scalar: &Scalar, file: &str) -> Vec<Todo> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some((start, end)) = find(&scalar.value[from..]) {
        let (start, end) = (from + start, from + end);
        let seen = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let before = seen(&scalar.value[..start]);
        let mark = &scalar.value[start..end];
        let spot = Spot::Within(scalar.path.clone(), before..before + seen(mark));
        let words = mark.trim_matches(['【', '】']).trim_start_matches("待核实").trim_start_matches('：');
        found.push(Todo { place: Place { file: file.to_owned(), spot }, words: words.to_owned() });
        from = end;
    }
    found
}

/// What a value is called: a figure by its label, any other by its key.
fn name(scalar: &Scalar, all: &[Scalar]) -> String {
    let steps = scalar.path.steps();
    if let [Step::Key(figures), figure, ..] = steps
        && figures == "figures"
        && steps.len() > 2
    {
        let label: Path =
            [steps[0].clone(), figure.clone(), Step::Key("label".to_owned())].into_iter().collect();
        let label = all.iter().find(|other| other.path == label && words(&other.value).is_none());
        if let Some(label) = label.filter(|_| steps.last() == Some(&Step::Key("value".to_owned()))) {
            return label.value.clone();
        }
    }
    let key = steps.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    let key = key.unwrap_or_default();
    label(key).unwrap_or(key).to_owned()
}

/// What a key is called in Chinese.
pub(super) fn label(key: &str) -> Option<&'static str> {
    let part = || PARTS.iter().find(|part| part.key.rsplit('.').next() == Some(key)).map(Part::name);
    KEYS.iter().find(|row| row.0 == key).map(|row| row.1).or_else(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_where_todo_was_written() {
        let text = "# todo\nwe: todo\nheader: { title: '甲 todo', number: todo }\npreamble: |-\n  待核实：上年 \"原话\"\n  两行\npractices:\n  - { heading: todo, body: \"前【待核实：数】后\" }\nfigures:\n  a: { label: 拨款, value: todo }\npromises:\n  - { status: todo }\nrest: 3.20\n";
        let (out, todos) = marked(text, "f");
        assert_eq!(
            out,
            "# todo\nwe: \"【待核实：自称】\"\nheader: { title: '甲 todo', number: \"【待核实：发文字号】\" }\npreamble: \"【待核实：上年 \\\"原话\\\" 两行】\"\npractices:\n  - { heading: \"【待核实：标题】\", body: \"前【待核实：数】后\" }\nfigures:\n  a: { label: 拨款, value: \"【待核实：拨款】\" }\npromises:\n  - { status: todo }\nrest: 3.20\n"
        );
        let words: Vec<&str> = todos.iter().map(|todo| todo.words.as_str()).collect();
        assert_eq!(words, ["自称", "发文字号", "上年 \"原话\" 两行", "标题", "数", "拨款"]);
        assert!(KEYS.is_sorted());
    }
}
