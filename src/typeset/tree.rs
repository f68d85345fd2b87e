//! The logical structure of set pages: what a screen reader says of them, in reading order.

/// A node's number in its [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(crate) u32);

/// What a part of the document is.
#[derive(Debug, Clone, PartialEq)]
pub enum Element {
    /// All of it.
    Document,
    /// An annex.
    Section,
    /// A heading with its level, 1 for the document's title, 2 for what stands next below it, such as the title of an annex;
    /// and with the words of the outline.
    Heading(u8, String),
    /// A paragraph, or an element of the official document that stands on its own.
    Paragraph,
    /// A list, of items.
    List {
        /// Whether its items have labels with their numbers.
        numbered: bool,
    },
    /// An item, of a label, if its list is numbered, and a body.
    Item,
    /// The number of an item.
    Label,
    /// The words of an item.
    Body,
    /// A table, of a caption and rows.
    Table,
    /// The caption of a table or a figure.
    Caption,
    /// A row, of cells.
    Row,
    /// A cell that is the head of its column.
    ColumnHead,
    /// A cell that is the head of its row.
    RowHead,
    /// Any other cell.
    Cell,
    /// A drawing, with the words that say the same.
    Figure(String),
}

/// A part of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub element: Element,
    /// What it is a part of; the root is its own parent.
    pub parent: NodeId,
}

/// The structure of a document; a node comes after its parent and after what is read before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// The first node, under which all others are.
    pub const ROOT: NodeId = NodeId(0);

    /// A tree of one node.
    pub(super) fn new(root: Element) -> Self {
        Self { nodes: vec![Node { element: root, parent: Self::ROOT }] }
    }

    /// A new last child of `parent`.
    pub(super) fn add(&mut self, parent: NodeId, element: Element) -> NodeId {
        self.nodes.push(Node { element, parent });
        NodeId(self.nodes.len() as u32 - 1)
    }

    /// Takes another tree over as a child of the root; its nodes' numbers grow by what is returned.
    pub(super) fn adopt(&mut self, other: Tree) -> u32 {
        let offset = self.nodes.len() as u32;
        for (index, mut node) in other.nodes.into_iter().enumerate() {
            node.parent = if index == 0 { Self::ROOT } else { NodeId(node.parent.0 + offset) };
            self.nodes.push(node);
        }
        offset
    }

    /// All nodes in the order of their numbers.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The words that stand for a drawing's labels.
    pub fn actual_text(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).element {
            Element::Figure(words) => Some(words),
            _ => None,
        }
    }

    /// A node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }
}

/// Who reads a piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It belongs to this node.
    Of(NodeId),
    /// It is there for the eye only: rules, page numbers, the repeated head of a table.
    Artifact,
}
