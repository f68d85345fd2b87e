//! What the public may see of a report's files: withheld titles and proposers, contacts, notes and what is marked internal are gone.

use super::Files;
use crate::model::{Decision, WITHHELD};
use crate::source::tree::Node;

/// Keys of a case that are for the office alone.
const PRIVATE: &[&str] = &["contact", "notes"];
/// Keys of a withheld case that name it.
const NAMES: &[&str] = &["title", "proposer"];

/// The files without what is for the office alone.
pub fn public(files: &Files) -> Files {
    files.iter().map(|(file, node)| (*file, node.as_ref().map(open))).collect()
}

fn open(node: &Node) -> Node {
    match node {
        Node::Text(text) => Node::Text(text.clone()),
        Node::List(items) => Node::List(items.iter().filter(|item| !is_internal(item)).map(open).collect()),
        Node::Record(entries) => {
            let withheld = is_withheld(node);
            let value = |key: &str, value: &Node| match withheld && NAMES.contains(&key) {
                true => Node::Text(WITHHELD.to_owned()),
                false => open(value),
            };
            let kept =
                entries.iter().filter(|(key, value)| !PRIVATE.contains(&key.as_str()) && !is_internal(value));
            Node::Record(kept.map(|(key, own)| (key.clone(), value(key, own))).collect())
        }
    }
}

fn is_internal(node: &Node) -> bool {
    // What is no flag is an error of the file: then it is not shown.
    node.text("internal").is_some_and(|word| word != "false")
}

/// Whether a record is a case whose answer is not published at all.
fn is_withheld(record: &Node) -> bool {
    let decision = record.get("disclosure").and_then(|disclosure| disclosure.text("decision"));
    decision.is_some_and(|word| Decision::parse(word.trim()) == Ok(Decision::Withheld))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::tree::parse;

    #[test]
    fn what_is_for_the_office_alone_is_gone() {
        let file = "cases:\n- {id: 甲, title: 题, proposer: 张三, contact: 139, notes: 谈, disclosure: {decision: 不予公开}}\n\
                    - {id: 乙, title: 题, proposer: 李四, disclosure: {decision: 全文公开}}\n\
                    figures: {a: {value: 1, internal: true}, b: {value: 2, internal: false}}\n\
                    practices:\n- {heading: 内, internal: true}\n- {heading: 外}\n";
        let expected = "cases:\n- {id: 甲, title: （不予公开）, proposer: （不予公开）, disclosure: {decision: 不予公开}}\n\
                        - {id: 乙, title: 题, proposer: 李四, disclosure: {decision: 全文公开}}\n\
                        figures: {b: {value: 2, internal: false}}\npractices:\n- {heading: 外}\n";
        let files = vec![("report.yaml", parse(file)), ("cases.yaml", None)];
        assert_eq!(public(&files), [("report.yaml", parse(expected)), ("cases.yaml", None)]);
    }
}
