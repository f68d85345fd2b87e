//! The structure tree (ISO 32000-1, 14.7): what each marked content is, for readers who do not see the page.
//!
//! A ledger of five thousand rows has forty thousand cells, each an object, so they are written as text at once.

use std::io::{self, Write};

use lopdf::ObjectId;

use super::content::Content;
use super::file::Loose;
use super::hex;
use crate::typeset::{Element, NodeId, Page, Part, Tree};

/// The structure type of a node (ISO 32000-1, 14.8.4).
pub(super) fn tag(element: &Element) -> &'static str {
    match element {
        Element::Document => "Document",
        Element::Section => "Sect",
        Element::Heading(level, _) => {
            ["H1", "H2", "H3", "H4", "H5", "H6"][usize::from(*level).clamp(1, 6) - 1]
        }
        Element::Paragraph => "P",
        Element::List { .. } => "L",
        Element::Item => "LI",
        Element::Label => "Lbl",
        Element::Body => "LBody",
        Element::Table => "Table",
        Element::Caption => "Caption",
        Element::Row => "TR",
        Element::ColumnHead | Element::RowHead => "TH",
        Element::Cell => "TD",
        Element::Figure(_) => "Figure",
    }
}

/// Attributes that nodes share.
const ATTRIBUTES: [&str; 4] = [
    "<</O/Table/Scope/Column>>",
    "<</O/Table/Scope/Row>>",
    "<</O/List/ListNumbering/Decimal>>",
    "<</O/List/ListNumbering/None>>",
];

/// Which of the attributes a node has.
fn attribute(element: &Element) -> Option<u32> {
    match element {
        Element::ColumnHead => Some(0),
        Element::RowHead => Some(1),
        Element::List { numbered: true } => Some(2),
        Element::List { numbered: false } => Some(3),
        _ => None,
    }
}

/// A marked content: its node, its page, and its number on the page.
type Mark = (u32, u32, u32);

/// The tree's objects, numbered from `first` on; the first of them is the root.
pub(super) fn structure(
    tree: &Tree,
    pages: &[Page],
    contents: &[Content],
    page_ids: &[ObjectId],
    first: u32,
) -> Loose {
    let nodes = tree.nodes();
    let mut marks: Vec<Mark> = Vec::new();
    for (page, content) in contents.iter().enumerate() {
        marks.extend(content.marks.iter().enumerate().map(|(mark, node)| (node.0, page as u32, mark as u32)));
    }
    marks.sort_unstable();
    // Before the nodes: the root, the parent tree, and the attributes.
    let first_node = first + 2 + ATTRIBUTES.len() as u32;
    let writer = Writer { tree, pages, page_ids, kids: Kids::of(tree, &marks), first, first_node };

    let mut loose = Loose::new(first);
    writer.root(&mut loose);
    for attribute in ATTRIBUTES {
        loose.add(|out| out.write_all(attribute.as_bytes()));
    }
    let mut rest = &marks[..];
    for index in 0..nodes.len() as u32 {
        let own = rest.iter().take_while(|mark| mark.0 == index).count();
        let (own, more) = rest.split_at(own);
        rest = more;
        loose.add(|out| writer.node(out, index, own));
    }
    for content in contents {
        loose.add(|out| {
            out.write_all(b"[")?;
            for node in &content.marks {
                write!(out, "{} 0 R ", writer.object(node.0))?;
            }
            out.write_all(b"]")
        });
    }
    loose
}

/// Writes the objects of a tree.
struct Writer<'a> {
    tree: &'a Tree,
    pages: &'a [Page],
    page_ids: &'a [ObjectId],
    kids: Kids,
    /// The number of the root.
    first: u32,
    /// The number of the first node.
    first_node: u32,
}

impl Writer<'_> {
    /// The number of a node's object.
    fn object(&self, node: u32) -> u32 {
        self.first_node + node
    }

    /// Adds the root, and the parent tree, which leads from a page to the nodes of its marked contents.
    fn root(&self, loose: &mut Loose) {
        let pages = self.page_ids.len();
        let first_page = self.object(self.tree.nodes().len() as u32);
        loose.add(|out| {
            let (kid, parents) = (self.object(0), self.first + 1);
            write!(
                out,
                "<</Type/StructTreeRoot/K {kid} 0 R/ParentTree {parents} 0 R/ParentTreeNextKey {pages}>>"
            )
        });
        loose.add(|out| {
            out.write_all(b"<</Nums[")?;
            for page in 0..pages {
                write!(out, "{page} {} 0 R ", first_page + page as u32)?;
            }
            out.write_all(b"]>>")
        });
    }

    /// Writes a node; `null` for one that is left out. `own` are its marked contents.
    fn node(&self, out: &mut Vec<u8>, index: u32, own: &[Mark]) -> io::Result<()> {
        if !self.kids.is_kept(index) {
            return out.write_all(b"null");
        }
        let node = self.tree.node(NodeId(index));
        let parent = if index == 0 { self.first } else { self.object(node.parent.0) };
        write!(out, "<</S/{}/P {parent} 0 R", tag(&node.element))?;
        if let Some(offset) = attribute(&node.element) {
            write!(out, "/A {} 0 R", self.first + 2 + offset)?;
        }
        if let Element::Figure(words) = &node.element {
            write!(out, "/Alt {}", hex(words))?;
            if let Some([left, bottom, right, top]) = bounds(NodeId(index), self.pages) {
                let bounds = format!("{left:.1} {bottom:.1} {right:.1} {top:.1}");
                write!(out, "/A<</O/Layout/Placement/Block/BBox[{bounds}]>>")?;
            }
        }
        let page_id = |page: u32| self.page_ids[page as usize].0;
        if let Some((_, page, _)) = own.first() {
            write!(out, "/Pg {} 0 R", page_id(*page))?;
        }
        out.write_all(b"/K[")?;
        for (_, page, mark) in own {
            if own[0].1 == *page {
                write!(out, "{mark} ")?;
            } else {
                write!(out, "<</Type/MCR/Pg {} 0 R/MCID {mark}>>", page_id(*page))?;
            }
        }
        self.kids.of_node(index).try_for_each(|kid| write!(out, "{} 0 R ", self.object(kid)))?;
        out.write_all(b"]>>")
    }
}

/// The children of every node, as chains: first child, next sibling.
struct Kids {
    first: Vec<u32>,
    next: Vec<u32>,
    kept: Vec<bool>,
}

const NONE: u32 = u32::MAX;

impl Kids {
    fn of(tree: &Tree, marks: &[Mark]) -> Kids {
        let nodes = tree.nodes();
        // Something that stands on no page is left out; but a row keeps its empty cells.
        let is_cell =
            |element: &Element| matches!(element, Element::Cell | Element::RowHead | Element::ColumnHead);
        let mut kept: Vec<bool> = nodes.iter().map(|node| is_cell(&node.element)).collect();
        kept[0] = true;
        marks.iter().for_each(|mark| kept[mark.0 as usize] = true);
        let mut kids = Kids { first: vec![NONE; nodes.len()], next: vec![NONE; nodes.len()], kept };
        // From the last to the first: a node's children come after it, and each is put before those after it.
        for index in (1..nodes.len()).rev() {
            if kids.kept[index] {
                let parent = nodes[index].parent.0 as usize;
                kids.kept[parent] = true;
                kids.next[index] = std::mem::replace(&mut kids.first[parent], index as u32);
            }
        }
        kids
    }

    fn is_kept(&self, node: u32) -> bool {
        self.kept[node as usize]
    }

    fn of_node(&self, node: u32) -> impl Iterator<Item = u32> {
        let kid = |node: u32| (node != NONE).then_some(node);
        std::iter::successors(kid(self.first[node as usize]), move |last| kid(self.next[*last as usize]))
    }
}

/// The rectangle around what is drawn of a node, from the bottom left of the page.
fn bounds(node: NodeId, pages: &[Page]) -> Option<[f32; 4]> {
    let page = pages.iter().find(|page| page.runs.iter().any(|run| run.part == Part::Of(node)))?;
    let rules = page.rules.iter().filter(|rule| rule.part == Part::Of(node));
    let rules = rules.map(|rule| [rule.x, rule.y, rule.x + rule.width, rule.y + rule.height]);
    let runs = page.runs.iter().filter(|run| run.part == Part::Of(node));
    let runs = runs.filter_map(|run| {
        let (first, last) = (run.glyphs.first()?, run.glyphs.last()?);
        Some([first.x, run.baseline - run.size, last.x + run.size, run.baseline + 0.2 * run.size])
    });
    let join = |a: [f32; 4], b: [f32; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
    let [left, top, right, bottom] = rules.chain(runs).reduce(join)?;
    Some(super::upright(page, [left, top, right, bottom]))
}
