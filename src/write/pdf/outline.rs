//! The outline (ISO 32000-1, 12.3.3): headings as bookmarks, those of a section under the section's own.

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::{text, upright};
use crate::typeset::{Element, Page, Part, Tree};

/// A heading's bookmark.
struct Bookmark<'a> {
    level: u8,
    words: &'a str,
    page: usize,
    /// Where its line begins, from the foot of the upright page; none on a turned one, which is shown whole.
    top: Option<f32>,
}

/// Adds the outline; none if there are no headings below the title.
pub(super) fn outline(
    file: &mut lopdf::Document,
    tree: &Tree,
    pages: &[Page],
    page_ids: &[ObjectId],
) -> Option<ObjectId> {
    let bookmarks = bookmarks(tree, pages);
    if bookmarks.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = bookmarks.iter().map(|_| file.new_object_id()).collect();
    let mut items: Vec<Dictionary> = bookmarks.iter().map(|bookmark| item(bookmark, page_ids)).collect();
    let nesting = Nesting::of(&bookmarks);
    for (before, after) in &nesting.neighbours {
        items[*after].set("Prev", ids[*before]);
        items[*before].set("Next", ids[*after]);
    }
    for (index, mut item) in items.into_iter().enumerate() {
        item.set("Parent", nesting.parents[index].map_or(root, |above| ids[above]));
        nesting.describe(index, &ids, &mut item);
        file.set_object(ids[index], item);
    }
    let mut whole = dictionary! { "Type" => "Outlines" };
    nesting.describe(ids.len(), &ids, &mut whole);
    file.set_object(root, whole);
    Some(root)
}

/// Which bookmark stands under which. Lists of children have one entry more than there are bookmarks: the last is for
/// the whole outline, whose children stand under no bookmark.
struct Nesting {
    /// The bookmark above each; none at the top.
    parents: Vec<Option<usize>>,
    /// How many bookmarks are above each.
    depths: Vec<usize>,
    first_child: Vec<Option<usize>>,
    last_child: Vec<Option<usize>>,
    /// For the whole outline, how many bookmarks a reader shows at first; for a bookmark, how many it shows when
    /// opened.
    shown: Vec<i64>,
    /// Bookmarks that follow each other under the same one.
    neighbours: Vec<(usize, usize)>,
}

impl Nesting {
    fn of(bookmarks: &[Bookmark]) -> Self {
        let whole = bookmarks.len();
        let mut nesting = Self {
            parents: Vec::new(),
            depths: Vec::new(),
            first_child: vec![None; whole + 1],
            last_child: vec![None; whole + 1],
            shown: vec![0; whole + 1],
            neighbours: Vec::new(),
        };
        // The bookmarks under which the next one may stand, the innermost last.
        let mut open: Vec<usize> = Vec::new();
        for (index, bookmark) in bookmarks.iter().enumerate() {
            while open.last().is_some_and(|above| bookmarks[*above].level >= bookmark.level) {
                open.pop();
            }
            let above = open.last().copied();
            let parent = above.unwrap_or(whole);
            match nesting.last_child[parent].replace(index) {
                Some(before) => nesting.neighbours.push((before, index)),
                None => nesting.first_child[parent] = Some(index),
            }
            nesting.parents.push(above);
            nesting.depths.push(open.len());
            nesting.shown[parent] += 1;
            // A reader shows two levels at first.
            nesting.shown[whole] += i64::from(open.len() == 1);
            open.push(index);
        }
        nesting
    }

    /// Writes the children of a bookmark, or of the whole outline, into its dictionary.
    fn describe(&self, index: usize, ids: &[ObjectId], item: &mut Dictionary) {
        for (key, child) in [("First", self.first_child[index]), ("Last", self.last_child[index])] {
            if let Some(child) = child {
                item.set(key, ids[child]);
            }
        }
        // A negative count says that the bookmark is closed.
        let is_closed = self.depths.get(index).is_some_and(|depth| *depth > 0);
        match self.shown[index] {
            0 => {}
            count => item.set("Count", if is_closed { -count } else { count }),
        }
    }
}

/// The headings in the order of their first appearance; the title is the file's own.
fn bookmarks<'a>(tree: &'a Tree, pages: &[Page]) -> Vec<Bookmark<'a>> {
    let mut bookmarks = Vec::new();
    let mut last = None;
    for (number, page) in pages.iter().enumerate() {
        for run in &page.runs {
            let Part::Of(node) = run.part else { continue };
            // A heading's runs follow one another.
            if last.is_some_and(|last| node <= last) {
                continue;
            }
            let Element::Heading(level @ 2.., words) = &tree.node(node).element else { continue };
            last = Some(node);
            let [_, _, _, top] = upright(page, [0.0, run.baseline - run.size, 0.0, run.baseline]);
            bookmarks.push(Bookmark {
                level: *level,
                words,
                page: number,
                top: (!page.turned).then_some(top),
            });
        }
    }
    bookmarks
}

fn item(bookmark: &Bookmark, page_ids: &[ObjectId]) -> Dictionary {
    let page = Object::Reference(page_ids[bookmark.page]);
    let destination = match bookmark.top {
        Some(top) => vec![page, "XYZ".into(), Object::Null, Object::Real(top.round()), Object::Null],
        None => vec![page, "Fit".into()],
    };
    dictionary! { "Title" => text(bookmark.words), "Dest" => destination }
}
