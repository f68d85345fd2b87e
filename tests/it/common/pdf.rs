//! A PDF read back by what stands in it: every glyph and every rectangle in its place, with the structure they belong to. None
//! of the code that wrote it is used.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use skrifa::instance::{LocationRef, Size};
use skrifa::{GlyphId, MetadataProvider};

// GB/T 9704's page in millimetres, typed here once more: the tests shall not believe the program.

/// What two places may be apart.
pub const NEAR: f64 = 0.1;
/// The type area.
pub const TOP: f64 = 37.0;
pub const LEFT: f64 = 28.0;
pub const RIGHT: f64 = LEFT + 156.0;
pub const FOOT: f64 = TOP + 225.0;
/// A character's cell, and a line.
pub const CELL: f64 = 156.0 / 28.0;
pub const LINE: f64 = 225.0 / 22.0;
pub const POINT: f64 = 25.4 / 72.0;
/// A character of 16 pt is a little wider than its cell, so it begins a little before it.
pub const INSET: f64 = (CELL - 16.0 * POINT) / 2.0;

/// A page; lengths in millimetres from the top left corner, as the page is read.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Shown turned a quarter to the right.
    pub turned: bool,
    pub glyphs: Vec<Placed>,
    pub rules: Vec<Area>,
    /// The words that stand for a whole marked content.
    pub figures: BTreeMap<i64, String>,
}

/// A glyph.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// What it stands for.
    pub text: String,
    /// Its origin.
    pub x: f64,
    pub baseline: f64,
    /// The highest point of its ink, if the face is TrueType.
    pub top: Option<f64>,
    /// Where the pen would go on.
    pub end: f64,
    /// Size of type in points.
    pub size: f64,
    pub font: String,
    pub colour: Vec<f64>,
    /// The marked content it stands in: none for an artifact.
    pub mark: Option<i64>,
}

/// A filled rectangle.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub colour: Vec<f64>,
    pub mark: Option<i64>,
}

const MM: f64 = 25.4 / 72.0;

/// `[a b c d e f]`
type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `m`, then `n`.
fn product(m: Matrix, n: Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

struct Font {
    name: String,
    unicode: BTreeMap<u16, String>,
    widths: BTreeMap<u16, f64>,
    /// How far each glyph's ink reaches above the baseline, in em.
    tops: BTreeMap<u16, f64>,
}

/// Every page of a file.
pub fn sheets(bytes: &[u8]) -> Vec<Sheet> {
    let document = Document::load_mem(bytes).unwrap();
    document.get_pages().values().map(|page| sheet(&document, *page)).collect()
}

fn sheet(document: &Document, page: ObjectId) -> Sheet {
    let fonts: BTreeMap<Vec<u8>, Font> = document
        .get_page_fonts(page)
        .unwrap()
        .into_iter()
        .map(|(name, dictionary)| (name, font(document, dictionary)))
        .collect();
    let dictionary = document.get_dictionary(page).unwrap();
    let turned = dictionary.get(b"Rotate").is_ok_and(|angle| angle.as_i64().unwrap() == 90);
    let size = dictionary.get(b"MediaBox").unwrap().as_array().unwrap();
    let [width, height] = [2, 3].map(|edge| f64::from(size[edge].as_float().unwrap()));
    // From the foot of the upright page to the top of the page as it is read.
    let read = |x: f64, y: f64| if turned { [y * MM, x * MM] } else { [x * MM, (height - y) * MM] };
    assert!(width < height);

    let mut sheet = Sheet { turned, ..Sheet::default() };
    let mut matrix = IDENTITY;
    let mut kept = Vec::new();
    let (mut text, mut line, mut font, mut type_size, mut spacing) = (matrix, matrix, None, 0.0, 0.0);
    let mut colour = vec![0.0];
    let mut open: Vec<(Option<i64>, Option<String>)> = Vec::new();
    let mut area = [0.0; 4];
    let mut in_text = false;
    for operation in Content::decode(&document.get_page_content(page)).unwrap().operations {
        let operands = &operation.operands;
        let numbers: Vec<f64> =
            operands.iter().filter_map(|operand| operand.as_float().ok()).map(f64::from).collect();
        let mark = open.iter().rev().find_map(|(mark, _)| *mark);
        match operation.operator.as_str() {
            "q" => kept.push((matrix, colour.clone(), spacing)),
            "Q" => (matrix, colour, spacing) = kept.pop().unwrap(),
            "cm" => matrix = product(numbers.try_into().unwrap(), matrix),
            "g" | "rg" => colour = numbers,
            "BMC" => open.push((None, None)),
            "BDC" => {
                let properties = operands[1].as_dict().unwrap();
                let mark = properties.get(b"MCID").ok().map(|mark| mark.as_i64().unwrap());
                let given = properties.get(b"ActualText").ok().map(|words| utf16(words.as_str().unwrap()));
                // Text can be stood for by a span alone (ISO 32000-1, 14.9.4).
                assert!(given.is_none() || operands[0].as_name().unwrap() == b"Span");
                // Those around whole pieces of text stand for all that is drawn of the mark around them.
                let (whole, words) = if in_text { (None, given) } else { (given, None) };
                if let (Some((Some(mark), _)), Some(words)) = (open.last(), whole) {
                    sheet.figures.insert(*mark, words);
                }
                open.push((mark, words));
            }
            "EMC" => _ = open.pop().unwrap(),
            "BT" | "ET" => {
                in_text = operation.operator == "BT";
                (text, line) = (IDENTITY, IDENTITY);
            }
            "Tf" => {
                font = fonts.get(operands[0].as_name().unwrap());
                type_size = numbers[0];
            }
            "Tc" => spacing = numbers[0],
            "Td" => {
                line = product([1.0, 0.0, 0.0, 1.0, numbers[0], numbers[1]], line);
                text = line;
            }
            "re" => area = numbers.try_into().unwrap(),
            "f" => {
                let [x, y, width, height] = area;
                let corner = |x, y| {
                    let at = product([1.0, 0.0, 0.0, 1.0, x, y], matrix);
                    read(at[4], at[5])
                };
                let ([left, bottom], [right, top]) = (corner(x, y), corner(x + width, y + height));
                sheet.rules.push(Area {
                    x: left.min(right),
                    y: top.min(bottom),
                    width: (right - left).abs(),
                    height: (top - bottom).abs(),
                    colour: colour.clone(),
                    mark,
                });
            }
            "TJ" | "Tj" => {
                let font = font.unwrap();
                for item in operands[0].as_array().unwrap_or(operands) {
                    if let Ok(back) = item.as_float() {
                        text =
                            product([1.0, 0.0, 0.0, 1.0, -f64::from(back) / 1000.0 * type_size, 0.0], text);
                        continue;
                    }
                    for code in item.as_str().unwrap().chunks(2) {
                        let code = u16::from_be_bytes([code[0], code[1]]);
                        let at = product(text, matrix);
                        let [x, baseline] = read(at[4], at[5]);
                        let advance = font.widths[&code] / 1000.0 * type_size + spacing;
                        text = product([1.0, 0.0, 0.0, 1.0, advance, 0.0], text);
                        let after = product(text, matrix);
                        let end = read(after[4], after[5])[0];
                        let actual =
                            open.last().and_then(|(mark, words)| words.clone().filter(|_| mark.is_none()));
                        sheet.glyphs.push(Placed {
                            text: actual.unwrap_or_else(|| font.unicode[&code].clone()),
                            x,
                            baseline,
                            top: font.tops.get(&code).map(|top| baseline - top * type_size * MM),
                            end,
                            size: type_size,
                            font: font.name.clone(),
                            colour: colour.clone(),
                            mark,
                        });
                    }
                }
            }
            other => panic!("the operator {other} is not known here"),
        }
    }
    assert!(open.is_empty() && kept.is_empty());
    sheet
}

impl Sheet {
    /// The text of each line, from the top down, and from left to right: page numbers are left out.
    pub fn lines(&self) -> Vec<(f64, Vec<Placed>)> {
        let mut lines: Vec<(f64, Vec<Placed>)> = Vec::new();
        for glyph in self.glyphs.iter().filter(|glyph| glyph.mark.is_some()) {
            match lines.last_mut() {
                Some((baseline, glyphs)) if (*baseline - glyph.baseline).abs() < 0.01 => {
                    glyphs.push(glyph.clone());
                }
                _ => lines.push((glyph.baseline, vec![glyph.clone()])),
            }
        }
        lines
    }

    /// What is there for the eye only.
    pub fn artifacts(&self) -> Vec<Placed> {
        self.glyphs.iter().filter(|glyph| glyph.mark.is_none()).cloned().collect()
    }
}

/// What some glyphs say.
pub fn words(glyphs: &[Placed]) -> String {
    glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
}

fn font(document: &Document, dictionary: &Dictionary) -> Font {
    let name = dictionary.get(b"BaseFont").unwrap().as_name().unwrap();
    let family = dictionary.get_deref(b"DescendantFonts", document).unwrap().as_array().unwrap();
    let descendant = document.dereference(&family[0]).unwrap().1.as_dict().unwrap();
    let mut widths = BTreeMap::new();
    let mut items = descendant.get_deref(b"W", document).unwrap().as_array().unwrap().iter();
    let number = |object: &Object| f64::from(object.as_float().unwrap());
    while let Some(first) = items.next() {
        let first = first.as_i64().unwrap() as u16;
        match items.next().unwrap() {
            Object::Array(list) => {
                widths.extend((first..).zip(list.iter().map(number)));
            }
            last => {
                let width = number(items.next().unwrap());
                widths.extend((first..=last.as_i64().unwrap() as u16).map(|glyph| (glyph, width)));
            }
        }
    }
    let descriptor = descendant.get_deref(b"FontDescriptor", document).unwrap().as_dict().unwrap();
    let program = descriptor.get_deref(b"FontFile2", document).ok();
    let tops = program.map_or(BTreeMap::new(), |program| {
        let program = program.as_stream().unwrap().decompressed_content().unwrap();
        let face = skrifa::FontRef::new(&program).unwrap();
        let metrics = face.glyph_metrics(Size::new(1.0), LocationRef::default());
        let top = |glyph: &u16| Some((*glyph, f64::from(metrics.bounds(GlyphId::from(*glyph))?.y_max)));
        widths.keys().filter_map(top).collect()
    });
    let name = String::from_utf8(name.to_vec()).unwrap();
    Font { name, unicode: to_unicode(document, dictionary), widths, tops }
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks(2).skip(1).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
    String::from_utf16(&units).unwrap()
}

fn to_unicode(document: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let stream = font.get_deref(b"ToUnicode", document).unwrap().as_stream().unwrap();
    let text =
        String::from_utf8(stream.decompressed_content().unwrap_or_else(|_| stream.content.clone())).unwrap();
    let hex = |word: &str| {
        let digits = word.trim_matches(['<', '>']);
        let bytes: Vec<u8> = (0..digits.len() / 2)
            .map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap())
            .collect();
        bytes
    };
    let code = |word: &str| hex(word).iter().fold(0u16, |code, byte| code << 8 | u16::from(*byte));
    let words = |word: &str| {
        let bytes = hex(word);
        String::from_utf16(
            &bytes.chunks(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect::<Vec<_>>(),
        )
        .unwrap()
    };
    let mut map = BTreeMap::new();
    let section = |name: &str| -> Vec<Vec<String>> {
        let (begin, end) = (format!("begin{name}"), format!("end{name}"));
        let parts = text.split(begin.as_str()).skip(1).filter_map(|part| part.split(end.as_str()).next());
        parts
            .flat_map(str::lines)
            .map(|line| line.replace("><", "> <").split_whitespace().map(str::to_owned).collect())
            .collect()
    };
    for row in section("bfchar").iter().filter(|row| row.len() == 2) {
        map.insert(code(&row[0]), words(&row[1]));
    }
    for row in section("bfrange").iter().filter(|row| row.len() == 3) {
        let first = words(&row[2]).chars().next().unwrap();
        for (step, glyph) in (code(&row[0])..=code(&row[1])).enumerate() {
            map.insert(glyph, char::from_u32(u32::from(first) + step as u32).unwrap().to_string());
        }
    }
    map
}

/// The bookmarks in order, each with its depth from 1 and its words.
pub fn bookmarks(bytes: &[u8]) -> Vec<(usize, String)> {
    fn walk(file: &Document, parent: &Dictionary, depth: usize, found: &mut Vec<(usize, String)>) {
        let mut next = parent.get(b"First").ok();
        while let Some(item) = next {
            let item = file.dereference(item).unwrap().1.as_dict().unwrap();
            found.push((depth, lopdf::decode_text_string(item.get(b"Title").unwrap()).unwrap()));
            walk(file, item, depth + 1, found);
            next = item.get(b"Next").ok();
        }
    }
    let file = Document::load_mem(bytes).unwrap();
    let mut found = Vec::new();
    if let Ok(outline) = file.catalog().unwrap().get(b"Outlines") {
        walk(&file, file.dereference(outline).unwrap().1.as_dict().unwrap(), 1, &mut found);
    }
    found
}
