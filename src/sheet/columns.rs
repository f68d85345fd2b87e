//! What offices call the columns of their ledgers, and what they write in them: the table in `columns.yaml`.

use crate::model::text::{half_width, is_blank};
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::Column;
use crate::source::tree::{self, Node};

/// The table.
static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(include_str!("columns.yaml")));

/// What the table says.
#[derive(Default)]
pub(super) struct Table {
    /// What a name stands for, and how good it is: 0 for one of the column's own names, more for one that is taken only where
    /// there is no better.
    names: BTreeMap<String, (Column, usize)>,
    /// The names as the table has them, to suggest them.
    written: Vec<String>,
    words: BTreeMap<(Column, String), String>,
    doubtful: BTreeMap<String, Vec<Column>>,
    left: Vec<String>,
    nothing: Vec<String>,
    letters: BTreeMap<String, String>,
    examples: BTreeMap<Column, String>,
    totals: Vec<String>,
    notes: Vec<String>,
}

/// The table as it is built in.
pub(super) fn table() -> &'static Table {
    &TABLE
}

/// The text of a head as names are compared: full-width letters and marks are half-width, blanks do not count, a star or a
/// colon at the end neither.
pub(super) fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !is_blank(*c)).map(half_width).collect();
    text.trim_end_matches(['*', ':']).trim_start_matches('*').to_owned()
}

/// A head without notes in brackets: `答复日期(年月日)`. A unit such as 天 is no note: a number of days is no day.
fn without_notes(name: &str) -> Option<String> {
    let (before, rest) = name.split_once('(')?;
    let (inside, after) = rest.split_once(')')?;
    (!inside.contains('天') && !before.is_empty()).then(|| format!("{before}{after}"))
}

impl Table {
    fn new(text: &str) -> Self {
        let mut table = Table::default();
        let Some(root) = tree::parse(text) else { return table };
        let texts = |node: &Node, key: &str| -> Vec<String> {
            node.items(key).iter().filter_map(text_of).map(str::to_owned).collect()
        };
        for field in root.items("fields") {
            let Some(column) = field.text("field").and_then(|id| Column::parse(id).ok()) else { continue };
            table.examples.extend(field.text("example").map(|example| (column, example.to_owned())));
            for name in texts(field, "names") {
                table.names.entry(plain(&name)).or_insert((column, 0));
                table.written.push(name);
            }
            for (rank, name) in texts(field, "also").into_iter().enumerate() {
                table.names.entry(plain(&name)).or_insert((column, rank + 1));
                table.written.push(name);
            }
            for (term, node) in entries(field.get("words")) {
                let aliases: Vec<&str> = items(node).iter().filter_map(text_of).collect();
                table
                    .words
                    .extend(aliases.into_iter().map(|alias| ((column, plain(alias)), term.to_owned())));
            }
        }
        for (name, node) in entries(root.get("doubtful")) {
            let may = items(node).iter().filter_map(text_of).filter_map(|id| Column::parse(id).ok());
            table.doubtful.insert(plain(name), may.collect());
        }
        table.left = texts(&root, "left").iter().map(|name| plain(name)).collect();
        table.nothing = texts(&root, "nothing");
        table.totals = texts(&root, "totals");
        table.notes = texts(&root, "notes");
        table.letters = entries(root.get("letters"))
            .filter_map(|(letter, node)| Some((letter.to_owned(), text_of(node)?.to_owned())))
            .collect();
        table
    }

    /// The column that a head names, and how good the name is.
    pub(super) fn column(&self, head: &str) -> Option<(Column, usize)> {
        let name = plain(head);
        let found = self.names.get(&name).or_else(|| self.names.get(&without_notes(&name)?));
        found.copied()
    }

    /// The columns that a head may be, if alone it does not say which.
    pub(super) fn doubtful(&self, head: &str) -> Option<&[Column]> {
        self.doubtful.get(&plain(head)).map(Vec::as_slice)
    }

    /// Whether a head is one that no report uses.
    pub(super) fn is_left(&self, head: &str) -> bool {
        let name = plain(head);
        self.left.contains(&name)
            || name.rsplit('/').next().is_some_and(|last| self.left.iter().any(|left| left == last))
    }

    /// Every name, to suggest one.
    pub(super) fn written(&self) -> impl Iterator<Item = &str> {
        self.written.iter().map(String::as_str)
    }

    /// The ledger's term for a word in a column, if it has another.
    pub(super) fn word(&self, column: Column, word: &str) -> Option<&str> {
        self.words.get(&(column, word.to_owned())).map(String::as_str)
    }

    /// Whether a text is a mark for nothing.
    pub(super) fn is_nothing(&self, text: &str) -> bool {
        text.is_empty() || self.nothing.iter().any(|mark| mark == text)
    }

    /// Whether a [`plain`] text begins a row that adds up others.
    pub(super) fn is_total(&self, text: &str) -> bool {
        self.totals.iter().any(|word| {
            text == *word
                || text.strip_prefix(word.as_str()).is_some_and(|rest| {
                    rest.starts_with([':', '(']) || rest.starts_with(|c: char| c.is_ascii_digit())
                })
        })
    }

    /// Whether a [`plain`] text begins a note above or below the table.
    pub(super) fn is_note(&self, text: &str) -> bool {
        self.notes
            .iter()
            .any(|word| text.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(':')))
    }

    /// An example of what stands in a column.
    pub(super) fn example(&self, column: Column) -> &str {
        self.examples.get(&column).map_or("", String::as_str)
    }

    /// The usual outcome of a letter.
    pub(super) fn letter(&self, letter: &str) -> Option<&str> {
        self.letters.get(letter).map(String::as_str)
    }
}

fn text_of(node: &Node) -> Option<&str> {
    match node {
        Node::Text(text) => Some(text),
        _ => None,
    }
}

fn items(node: &Node) -> &[Node] {
    match node {
        Node::List(items) => items,
        _ => &[],
    }
}

fn entries(node: Option<&Node>) -> impl Iterator<Item = (&str, &Node)> {
    let entries = match node {
        Some(Node::Record(entries)) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().map(|(key, value)| (key.as_str(), value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Decision, Kind, Level, Outcome, Role, Satisfaction};

    #[test]
    fn the_table_reads_whole_and_has_every_column() {
        let table = table();
        for column in Column::ALL.iter().filter(|column| **column != Column::Unused) {
            assert!(table.names.values().any(|(own, rank)| own == column && *rank == 0), "{column:?}");
        }
        assert!(
            table.left.len() > 20
                && table.nothing.len() > 5
                && table.totals.len() > 3
                && table.letters.len() == 4
        );
        assert!(table.doubtful.values().all(|may| may.len() > 1));
        for ((column, word), term) in &table.words {
            let known = match column {
                Column::Level => Level::parse(term).is_ok(),
                Column::Kind => Kind::parse(term).is_ok(),
                Column::Role => Role::parse(term).is_ok(),
                Column::Outcome => Outcome::parse(term).is_ok(),
                Column::Decision => Decision::parse(term).is_ok(),
                Column::Satisfaction => Satisfaction::parse(term).is_ok(),
                Column::LeaderLed => term == "true" || term == "false",
                _ => false,
            };
            assert!(known, "{column:?} {word} {term}");
        }
    }

    #[test]
    fn names_are_known_however_they_are_written() {
        let table = table();
        for (head, column, rank) in [
            ("编 号", Column::Id, 0),
            ("案由（标题）", Column::Title, 0),
            ("答复日期\n(年月日)", Column::Replied, 0),
            ("＊办理结果：", Column::Outcome, 0),
            ("代表／委员", Column::Proposer, 0),
            ("领衔代表/姓名", Column::Proposer, 0),
            ("序号", Column::Id, 3),
        ] {
            assert_eq!(table.column(head), Some((column, rank)), "{head}");
        }
        assert_eq!(table.column("办理时限（天）"), None);
        assert_eq!(table.column("走访情况"), None);
        assert!(table.is_left("提案人/单位") && !table.is_left("走访情况"));
        assert!(
            table.is_total(&plain("合  计"))
                && table.is_total(&plain("合计：36件"))
                && !table.is_total("合计划")
        );
    }
}
