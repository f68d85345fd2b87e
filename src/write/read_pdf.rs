//! Reads a finished PDF back: opens it, unpacks its streams, and decodes its strings and the text of its pages. The
//! file may be hostile, so whatever is unpacked has bounds.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, ObjectId, Stream};

/// Most bytes that one stream may unpack to.
const MOST_UNPACKED: usize = 256 << 20;
/// Most codes that the table of one font may name; a font has 65,536.
const MOST_CODES: usize = 1 << 20;

/// Opens a file.
pub(super) fn open(bytes: &[u8]) -> lopdf::Result<Document> {
    let options = LoadOptions { max_decompressed_size: Some(MOST_UNPACKED), ..LoadOptions::default() };
    Document::load_mem_with_options(bytes, options)
}

/// The unpacked bytes of a stream: as they are if the way they are packed is not known, none if they are too many.
pub(super) fn unpacked(stream: &Stream) -> Option<Vec<u8>> {
    match stream.get_plain_content_with_limit(MOST_UNPACKED) {
        Ok(bytes) => Some(bytes),
        Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => None,
        Err(_) => Some(stream.content.clone()),
    }
}

/// What a page draws.
#[derive(Default)]
pub(super) struct PageText {
    /// The text, in the order of drawing.
    pub text: String,
    /// Text that is not part of the document, such as page numbers.
    pub artifacts: String,
    /// The properties of its marked content; there stand alternatives to the text.
    pub properties: Vec<Object>,
}

/// Reads a page by its fonts' own tables; none if it cannot be read.
pub(super) fn page_text(file: &Document, page: ObjectId) -> Option<PageText> {
    let fonts = file.get_page_fonts(page).ok()?;
    let fonts: BTreeMap<Vec<u8>, BTreeMap<u16, String>> =
        fonts.into_iter().map(|(name, font)| Some((name, unicode(file, font)?))).collect::<Option<_>>()?;
    let mut read = PageText::default();
    let mut font = None;
    // Whether each marked content that is open is an artifact.
    let mut open: Vec<bool> = Vec::new();
    let content = file.get_page_content_with_limit(page, MOST_UNPACKED).ok()?;
    for operation in Content::decode(&content).ok()?.operations {
        let operands = operation.operands;
        match operation.operator.as_str() {
            "BMC" | "BDC" => {
                let kind = operands.first().and_then(|kind| kind.as_name().ok());
                open.push(kind == Some(b"Artifact"));
                read.properties.extend(operands);
            }
            "EMC" => _ = open.pop(),
            "Tf" => font = operands.first().and_then(|name| fonts.get(name.as_name().ok()?)),
            "Tj" | "TJ" | "'" | "\"" => {
                let list = operands.first().and_then(|list| list.as_array().ok());
                let out = if open.contains(&true) { &mut read.artifacts } else { &mut read.text };
                for bytes in list.unwrap_or(&operands).iter().filter_map(|item| item.as_str().ok()) {
                    for code in bytes.chunks_exact(2) {
                        let glyph = font?.get(&u16::from_be_bytes([code[0], code[1]]));
                        out.push_str(glyph.map_or("\u{fffd}", String::as_str));
                    }
                }
            }
            _ => {}
        }
    }
    Some(read)
}

/// A text string (ISO 32000-1, 7.9.2.2): UTF-16 or UTF-8 with a mark, or bytes that are Latin letters.
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> =
                rest.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => std::str::from_utf8(bytes)
            .map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), str::to_owned),
    }
}

/// What each code of a font stands for (ISO 32000-1, 9.10.3).
fn unicode(file: &Document, font: &Dictionary) -> Option<BTreeMap<u16, String>> {
    let stream = font.get_deref(b"ToUnicode", file).ok()?.as_stream().ok()?;
    let table = unpacked(stream)?;
    let text = String::from_utf8_lossy(&table);
    let mut map = BTreeMap::new();
    let mut codes = 0;
    for (name, each) in [("bfchar", 2), ("bfrange", 3)] {
        let (begin, end) = (format!("begin{name}"), format!("end{name}"));
        for section in text.split(&*begin).skip(1).filter_map(|part| part.split(&*end).next()) {
            let marks: Vec<Vec<u16>> = section.split('<').skip(1).filter_map(units).collect();
            for row in marks.chunks_exact(each) {
                let (first, last) = (*row[0].first()?, *row[each - 2].first()?);
                let start = String::from_utf16_lossy(&row[each - 1]);
                codes += usize::from(last.saturating_sub(first)) + 1;
                if codes > MOST_CODES {
                    return None;
                }
                for (step, code) in (first..=last).enumerate() {
                    map.insert(code, later(&start, step));
                }
            }
        }
    }
    Some(map)
}

/// The units of `4e00>…`.
fn units(part: &str) -> Option<Vec<u16>> {
    let digits = part.split('>').next()?.as_bytes();
    let unit = |four: &[u8]| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok();
    digits.chunks(4).map(unit).collect()
}

/// A text whose last character is so many further on.
fn later(text: &str, step: usize) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    if let Some(last) = chars.last_mut() {
        let code = u32::from(*last) + u32::try_from(step).unwrap_or_default();
        *last = char::from_u32(code).unwrap_or(*last);
    }
    chars.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a font with this table of codes maps.
    fn mapped(table: &str) -> Option<BTreeMap<u16, String>> {
        let mut file = Document::new();
        let stream = file.add_object(Stream::new(Dictionary::new(), table.as_bytes().to_vec()));
        let mut font = Dictionary::new();
        font.set("ToUnicode", stream);
        unicode(&file, &font)
    }

    #[test]
    fn a_table_of_codes_is_read_within_bounds() {
        let table =
            "beginbfchar <0001> <529e> <0002> <7ed3> endbfchar beginbfrange <0003> <0004> <4e00> endbfrange";
        let codes = mapped(table).unwrap();
        assert_eq!(codes.into_values().collect::<String>(), "办结一丁");
        let rows = "<0000> <ffff> <4e00> ".repeat(10_000);
        assert_eq!(mapped(&format!("beginbfrange {rows} endbfrange")), None);
    }

    #[test]
    fn a_text_string_is_read_by_its_mark() {
        for (bytes, text) in
            [(&b"\xfe\xff\x52\x9e"[..], "办"), (b"\xef\xbb\xbf\xe5\x8a\x9e", "办"), (b"banjie", "banjie")]
        {
            assert_eq!(text_string(bytes), text);
        }
    }
}
