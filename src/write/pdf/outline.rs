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
    let mut parent: Vec<Option<usize>> = Vec::new();
    // The bookmarks under which the next one may stand, the innermost last.
    let mut open: Vec<usize> = Vec::new();
    let mut last_child = vec![None; items.len() + 1];
    // Of the whole, all that are seen at first; of a bookmark, those that are seen when it is open.
    let mut seen = vec![0_i64; items.len() + 1];
    let slot = |parent: Option<usize>| parent.map_or(items.len(), |parent| parent);
    let root_slot = items.len();
    let mut depth = Vec::new();
    let mut first_child = vec![None; items.len() + 1];
    let mut links: Vec<(usize, &str, usize)> = Vec::new();
    for (index, bookmark) in bookmarks.iter().enumerate() {
        while open.last().is_some_and(|above| bookmarks[*above].level >= bookmark.level) {
            open.pop();
        }
        let above = open.last().copied();
        parent.push(above);
        let place = slot(above);
        match last_child[place].replace(index) {
            Some(before) => links.extend([(index, "Prev", before), (before, "Next", index)]),
            None => first_child[place] = Some(index),
        }
        seen[place] += 1;
        // Two depths are seen at first.
        seen[root_slot] += i64::from(open.len() == 1);
        depth.push(open.len());
        open.push(index);
    }
    for (from, key, to) in links {
        items[from].set(key, ids[to]);
    }
    let family = |place: usize| {
        let child = |child: Option<usize>| child.map(|child| Object::from(ids[child]));
        let entries = [("First", child(first_child[place])), ("Last", child(last_child[place]))];
        // A negative count says that the bookmark is closed.
        let is_closed = depth.get(place).is_some_and(|depth| *depth > 0);
        let count = if is_closed { -seen[place] } else { seen[place] };
        let count = (count != 0).then(|| ("Count", Object::from(count)));
        entries.into_iter().filter_map(|(key, id)| Some((key, id?))).chain(count).collect::<Vec<_>>()
    };
    for (index, mut item) in items.into_iter().enumerate() {
        item.set("Parent", parent[index].map_or(root, |above| ids[above]));
        family(index).into_iter().for_each(|(key, value)| item.set(key, value));
        file.set_object(ids[index], item);
    }
    let mut whole = dictionary! { "Type" => "Outlines" };
    family(root_slot).into_iter().for_each(|(key, value)| whole.set(key, value));
    file.set_object(root, whole);
    Some(root)
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
