//! A file as it is written: texts, lists and records, without the model's kinds. Two versions of a file are compared by this,
//! whether or not they hold what a report needs.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

/// What a file, or a part of it, holds. Digits stay as they are written: 3.20 is not 3.2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A text, a number, a day or a flag.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A record: keys in the order of the file. A key without a value is none.
    Record(Vec<(String, Node)>),
}

/// Deeper than any file of a report; whatever is read is also walked and freed level by level.
const DEEPEST: usize = 100;
/// Values that references may add to a file.
const MOST_REPEATED: usize = 100_000;

impl Node {
    /// The value under a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Node::Record(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text under a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of the list under a key; none if there is no such list.
    pub fn items(&self, key: &str) -> &[Node] {
        match self.get(key) {
            Some(Node::List(items)) => items,
            _ => &[],
        }
    }

    /// How many values it holds, itself included.
    fn size(&self) -> usize {
        match self {
            Node::Text(_) => 1,
            Node::List(items) => 1 + items.iter().map(Node::size).sum::<usize>(),
            Node::Record(entries) => 1 + entries.iter().map(|(_, value)| value.size()).sum::<usize>(),
        }
    }
}

/// A list or record that is being read, and the number of its anchor.
struct Open {
    anchor: usize,
    is_record: bool,
    items: Vec<Option<Node>>,
}

/// A file of YAML; none if it cannot be read as such, or nests too deeply.
pub fn parse(text: &str) -> Option<Node> {
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: BTreeMap<usize, Option<Node>> = BTreeMap::new();
    let mut repeated = 0;
    for event in Parser::new_from_str(text) {
        let (done, anchor) = match event.ok()?.0 {
            Event::Scalar(text, style, anchor, _) => {
                let nothing =
                    style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                ((!nothing).then(|| Node::Text(text.into_owned())), anchor)
            }
            Event::Alias(anchor) => {
                let node = anchors.get(&anchor).cloned().flatten();
                repeated += node.as_ref().map_or(0, Node::size);
                if repeated > MOST_REPEATED {
                    return None;
                }
                (node, 0)
            }
            begin @ (Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _)) => {
                if open.len() == DEEPEST {
                    return None;
                }
                let is_record = matches!(begin, Event::MappingStart(..));
                open.push(Open { anchor, is_record, items: Vec::new() });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Open { anchor, is_record, items } = open.pop()?;
                (
                    Some(if is_record {
                        record(items)
                    } else {
                        Node::List(items.into_iter().flatten().collect())
                    }),
                    anchor,
                )
            }
            _ => continue,
        };
        if anchor > 0 {
            anchors.insert(anchor, done.clone());
        }
        match open.last_mut() {
            Some(around) => around.items.push(done),
            None => return done,
        }
    }
    None
}

/// Keys and values in turn as a record.
fn record(items: Vec<Option<Node>>) -> Node {
    let mut entries = Vec::new();
    let mut items = items.into_iter();
    while let (Some(key), Some(value)) = (items.next(), items.next()) {
        if let (Some(Node::Text(key)), Some(value)) = (key, value) {
            entries.push((key, value));
        }
    }
    Node::Record(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_reads_as_it_is_written() {
        let node = parse("a: 3.20\nb: ~\nc: [x, '']\nd: &r {k: 'null'}\ne: *r\n").unwrap();
        assert_eq!((node.text("a"), node.get("b")), (Some("3.20"), None));
        assert_eq!(node.items("c"), [Node::Text("x".into()), Node::Text(String::new())]);
        assert_eq!(node.get("e").unwrap().text("k"), Some("null"));
        assert_eq!(node.get("d"), node.get("e"));
    }

    #[test]
    fn hostile_files_are_not_read() {
        assert_eq!(parse("a: [b\n"), None);
        assert_eq!(parse(&"[".repeat(100_000)), None);
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..9 {
            let below = format!("*a{}, ", n - 1).repeat(8);
            bomb += &format!("a{n}: &a{n} [{}]\n", below.trim_end_matches(", "));
        }
        assert_eq!(parse(&bomb), None);
    }
}
