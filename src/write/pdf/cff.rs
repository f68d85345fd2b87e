//! CFF faces whose glyphs call no subroutines, cut by copying.
//!
//! The general subsetter takes every glyph apart to follow its calls, which for the one CFF face that we ask offices to
//! use costs more than all the rest of a report. It has no calls to follow, so its glyphs are copied as they are into a
//! new table (Adobe Technical Note 5176; numbers in brackets are its sections).

use skrifa::raw::ps::cff::dict::{self, Entry};
use skrifa::raw::ps::cff::index::Index;
use skrifa::raw::tables::cff::Cff;

/// Strings of our own are numbered after the 391 standard ones [10].
const FIRST_STRING: i32 = 391;
/// A number in an INDEX takes this many bytes, in a DICT one more [4, 5].
const OFFSET: usize = 4;

/// A CFF table of `glyphs` in this order, numbered from 0 and with CIDs equal to their numbers; none if the face needs
/// the general subsetter.
pub(super) fn cut(cff: &Cff, glyphs: &[u16]) -> Option<Vec<u8>> {
    let source = Source::read(cff)?;
    let count = i32::try_from(glyphs.len()).ok()?;
    let charstrings: Vec<&[u8]> =
        glyphs.iter().map(|glyph| source.charstrings.get(usize::from(*glyph)).ok()).collect::<Option<_>>()?;

    let head = [vec![1, 0, 4, OFFSET as u8], index(&[cff.name(0)?])].concat();
    let strings = [index(&[b"Adobe", b"Identity"]), index(&[])].concat();
    // [18]: all CIDs from 1 on in one range; all glyphs in the one font DICT.
    let last = u16::try_from(count - 1).ok()?;
    let charset = match last.checked_sub(1) {
        Some(more) => [&[2][..], &1_u16.to_be_bytes(), &more.to_be_bytes()].concat(),
        None => vec![0],
    };
    let select = [&[3, 0, 1, 0, 0, 0][..], &(last + 1).to_be_bytes()].concat();
    let charstrings = index(&charstrings);

    // Offsets are of one length, so a DICT with wrong ones is as long as with the right ones.
    let top = |at: [usize; 4]| {
        let [charset, select, charstrings, array] = at.map(|at| at as i32);
        let mut dict = Vec::new();
        entry(&mut dict, &[FIRST_STRING, FIRST_STRING + 1, 0], &[12, 30]);
        entry(&mut dict, &source.bounds, &[5]);
        entry(&mut dict, &[count], &[12, 34]);
        entry(&mut dict, &[charset], &[15]);
        entry(&mut dict, &[select], &[12, 37]);
        entry(&mut dict, &[charstrings], &[17]);
        entry(&mut dict, &[array], &[12, 36]);
        index(&[&dict])
    };
    let font = |at: usize| {
        let mut dict = Vec::new();
        entry(&mut dict, &[source.private.len() as i32, at as i32], &[18]);
        index(&[&dict])
    };
    let mut at = head.len() + top([0; 4]).len() + strings.len();
    let mut next = |length: usize| {
        at += length;
        at - length
    };
    let offsets = [charset.len(), select.len(), charstrings.len(), font(0).len()].map(&mut next);
    let private = next(0);
    Some(
        [head, top(offsets), strings, charset, select, charstrings, font(private), source.private.to_vec()]
            .concat(),
    )
}

/// What is taken over from the face.
struct Source<'a> {
    charstrings: Index<'a>,
    bounds: [i32; 4],
    private: &'a [u8],
}

impl<'a> Source<'a> {
    /// None if anything in the face is not as simple as here supposed.
    fn read(cff: &Cff<'a>) -> Option<Source<'a>> {
        let data = cff.offset_data().as_bytes();
        let mut is_cid = false;
        let (mut charstrings, mut array, mut bounds) = (None, None, [0; 4]);
        for entry in dict::entries(cff.top_dicts().get(0).ok()?, None) {
            match entry.ok()? {
                Entry::Ros { .. } => is_cid = true,
                Entry::FontBbox(edges) => bounds = edges.map(|edge| edge.to_i32()),
                Entry::CharstringsOffset(at) => charstrings = Some(Index::new(data.get(at..)?, false).ok()?),
                Entry::FdArrayOffset(at) => array = Some(Index::new(data.get(at..)?, false).ok()?),
                Entry::FontMatrix(_) => return None,
                _ => {}
            }
        }
        let array = array.filter(|array| is_cid && array.count() == 1 && cff.global_subrs().count() == 0)?;
        let mut private = None;
        for entry in dict::entries(array.get(0).ok()?, None) {
            match entry.ok()? {
                Entry::PrivateDictRange(range) => private = data.get(range),
                Entry::FontMatrix(_) => return None,
                _ => {}
            }
        }
        let private = private?;
        let simple = |entry| matches!(entry, Ok(entry) if !matches!(entry, Entry::SubrsOffset(_)));
        dict::entries(private, None).all(simple).then_some(Source {
            charstrings: charstrings?,
            bounds,
            private,
        })
    }
}

/// An INDEX [5].
fn index(items: &[&[u8]]) -> Vec<u8> {
    let mut out = (items.len() as u16).to_be_bytes().to_vec();
    if items.is_empty() {
        return out;
    }
    let length: usize = items.iter().map(|item| item.len()).sum();
    out.reserve(1 + OFFSET * (items.len() + 1) + length);
    out.push(OFFSET as u8);
    let mut at = 1_u32;
    out.extend(at.to_be_bytes());
    for item in items {
        at += item.len() as u32;
        out.extend(at.to_be_bytes());
    }
    items.iter().for_each(|item| out.extend_from_slice(item));
    out
}

/// An entry of a DICT [4]: numbers of one length, then the operator.
fn entry(dict: &mut Vec<u8>, numbers: &[i32], operator: &[u8]) {
    for number in numbers {
        dict.push(29);
        dict.extend(number.to_be_bytes());
    }
    dict.extend(operator);
}

#[cfg(test)]
mod tests {
    use skrifa::raw::{FontData, FontRead, TableProvider};

    use super::*;

    const FANDOL: &[u8] = include_bytes!("../../../fonts/fandol/FandolFang-Regular.otf");

    #[test]
    fn glyphs_and_hints_are_copied_as_they_are() {
        let font = skrifa::FontRef::new(FANDOL).unwrap();
        let whole = font.cff().unwrap();
        let glyphs = [0, 7, 4000, 9];
        let bytes = cut(&whole, &glyphs).unwrap();
        let small = Cff::read(FontData::new(&bytes)).unwrap();
        let (from, to) = (Source::read(&whole).unwrap(), Source::read(&small).unwrap());
        assert_eq!(to.charstrings.count(), 4);
        for (new, old) in glyphs.iter().enumerate() {
            let old = from.charstrings.get(usize::from(*old)).unwrap();
            assert!(!old.is_empty());
            assert_eq!(to.charstrings.get(new).unwrap(), old);
        }
        assert_eq!((from.private, from.bounds), (to.private, to.bounds));
        assert_eq!(small.name(0), whole.name(0));
    }

    #[test]
    fn a_glyph_that_is_not_there_is_no_reason_to_panic() {
        let font = skrifa::FontRef::new(FANDOL).unwrap();
        assert_eq!(cut(&font.cff().unwrap(), &[0, u16::MAX]), None);
    }
}
