//! The parts of a zipped spreadsheet. What they say of their sizes is summed before anything is unpacked.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Unread;

/// Most bytes of one sheet, and of all parts that are read.
const LARGEST_SHEET: u64 = 256 << 20;
/// Most bytes of any other part that is read whole into memory, such as the shared texts.
const LARGEST_PART: u64 = 64 << 20;
/// Most bytes of all parts together.
const LARGEST: u64 = 512 << 20;

/// A zipped file.
pub(super) struct Parts<'b>(ZipArchive<Cursor<&'b [u8]>>);

impl<'b> Parts<'b> {
    /// Opens a file whose parts are of a bearable size.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Unread> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(Unread::damaged)?;
        let mut sum = 0_u64;
        for index in 0..zip.len() {
            let part = zip.by_index_raw(index).map_err(Unread::damaged)?;
            if part.encrypted() {
                return Err(Unread::encrypted());
            }
            let name = part.name().map_err(Unread::damaged)?;
            // Pictures are never unpacked.
            if !name.ends_with(".xml") && !name.ends_with(".rels") {
                continue;
            }
            let is_sheet = name.contains("worksheets/") || name == "content.xml";
            sum = sum.saturating_add(part.size());
            if part.size() > if is_sheet { LARGEST_SHEET } else { LARGEST_PART } || sum > LARGEST {
                return Err(Unread::too_large());
            }
        }
        Ok(Self(zip))
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.index_for_name(name).is_some()
    }

    /// A part as text; empty if there is none, or it cannot be unpacked.
    pub(super) fn text(&mut self, name: &str) -> String {
        let mut bytes = Vec::new();
        if let Ok(part) = self.0.by_name(name) {
            // A part may be longer than it says.
            _ = part.take(LARGEST_SHEET).read_to_end(&mut bytes);
        }
        String::from_utf8(bytes).unwrap_or_default()
    }
}

/// The attributes of every element of a name in an XML text, as they are written. Only for texts whose elements are looked
/// for here and there; whole texts are read by an XML reader.
pub(super) fn elements<'x>(xml: &'x str, name: &'x str) -> impl Iterator<Item = (usize, &'x str)> {
    xml.match_indices('<').filter_map(move |(at, _)| {
        let inside = &xml[at + 1..];
        let prefix =
            inside.find(|c: char| !c.is_ascii_alphanumeric()).filter(|end| inside[*end..].starts_with(':'));
        let local = prefix.map_or(inside, |end| &inside[end + 1..]);
        let rest = local.strip_prefix(name)?;
        let rest = rest.get(..rest.find('>')?)?;
        let is_whole = rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n', '/']);
        is_whole.then_some((at, rest))
    })
}

/// The value of an attribute of an element.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    while let Some(at) = rest.find(name) {
        let (before, after) = (&rest[..at], &rest[at + name.len()..]);
        rest = after;
        let value = after.strip_prefix('=').filter(|_| before.ends_with([' ', '\t', '\r', '\n', ':']));
        let Some(value) = value else { continue };
        let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
        let value = value[1..].split(quote).next()?;
        return Some(
            quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), |text| text.into_owned()),
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_their_name_and_attributes_by_theirs() {
        let xml = "<a><row r=\"1\" hidden='1'/><x:row spans=\"1\" r=\"2\"></x:row><rows r=\"3\"/><row/><row></a><row";
        let rows: Vec<Option<String>> = elements(xml, "row").map(|(_, row)| attribute(row, "r")).collect();
        assert_eq!(rows, [Some("1".to_owned()), Some("2".to_owned()), None, None]);
        assert_eq!(attribute(" name=\"甲&amp;乙\" id=\"1\"", "name").as_deref(), Some("甲&乙"));
        assert_eq!(attribute(" ht=\"1\" customHeight=\"2\" r:id=\"3\"", "id").as_deref(), Some("3"));
    }
}
