//! Spreadsheets that are broken, or made to break a reader: each is read in bounded time and memory, or refused with what to do.

use std::io::{Cursor, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use banjie::diagnostic::Lang;
use banjie::model::Column;
use banjie::sheet::grid::{Book, Value};
use banjie::sheet::{Settings, ledger, open};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A file of these parts.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with one sheet of this XML, and more parts.
fn workbook(sheet: &[u8], more: &[(&str, &[u8])]) -> Vec<u8> {
    let relation = |kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let book = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let (top, inner) =
        (relation("officeDocument", "xl/workbook.xml"), relation("worksheet", "worksheets/sheet1.xml"));
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
    let own: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", top.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", inner.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    zipped(&[&own[..], more].concat())
}

/// The XML of a sheet with these rows.
fn sheet(rows: &str) -> Vec<u8> {
    format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#).into_bytes()
}

fn cell(name: &str, text: &str) -> String {
    format!(r#"<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// An .ods with these rows.
fn ods(rows: &str) -> Vec<u8> {
    let names = ["office", "table", "text"]
        .map(|name| format!(r#"xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0""#));
    let content = format!(
        r#"<office:document-content {}><office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#,
        names.join(" ")
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

/// A compound file with these streams.
fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn layout(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sheets/layouts").join(name)).unwrap()
}

/// Opens a file and reads it as a ledger, within the time that is allowed.
fn opened(name: &str, bytes: &[u8]) -> Result<Book, String> {
    let begun = Instant::now();
    let book = open(bytes);
    if let Ok(book) = &book {
        let every = Column::ALL.iter().map(|column| (*column, "1".to_owned())).collect();
        ledger(book, name, &Settings { every_case: every, ..Settings::default() });
    }
    // On a quiet machine a release build needs less than a tenth of that.
    assert!(begun.elapsed() < Duration::from_secs(100), "{name}");
    book.map_err(|why| {
        assert!(!why.help.get(Lang::Zh).is_empty(), "{name}");
        why.message.get(Lang::En).to_owned()
    })
}

fn cells(book: &Book) -> usize {
    book.grids.iter().flat_map(|grid| &grid.rows).map(|row| row.cells.len()).sum()
}

#[test]
fn what_cannot_be_read_is_refused_with_what_to_do() {
    let own = layout("15-own-ledger.xlsx");
    let old = layout("15d-own-ledger-lo.xls");
    let named = layout("15b-own-ledger.ods");
    let password: Vec<u8> =
        [0x809_u16, 8, 0x600, 5, 0, 0, 0x2F, 2, 0].iter().flat_map(|word| word.to_le_bytes()).collect();
    for (name, bytes, words) in [
        ("empty.xlsx", Vec::new(), "is empty"),
        ("blank.csv", b" \r\n".to_vec(), "is empty"),
        ("truncated.xlsx", own[..own.len() / 2].to_vec(), "cut off or damaged"),
        ("truncated.xls", old[..old.len() / 2].to_vec(), "cut off or damaged"),
        ("truncated.ods", named[..named.len() / 2].to_vec(), "cut off or damaged"),
        (
            "encrypted.xlsx",
            compound(&[("EncryptionInfo", b"x"), ("EncryptedPackage", b"x")]),
            "has a password",
        ),
        ("encrypted.xls", compound(&[("Workbook", &password)]), "has a password"),
        ("ledger.et", compound(&[("WpsContent", b"x")]), "(.et) is not read"),
        ("ledger.xlsb", workbook(b"", &[("xl/workbook.bin", b"x")]), "(.xlsb) is not read"),
        ("report.pdf", b"%PDF-1.7\n".to_vec(), "no spreadsheet"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "no spreadsheet"),
        ("latin.csv", b"\xff\xff\xff,\xff".to_vec(), "neither UTF-8 nor GB18030"),
        ("not-xml.xlsx", workbook(b"hello", &[]), "cut off or damaged"),
        ("no-sheet.xlsx", zipped(&[("xl/workbook.xml", b"<workbook/>")]), "cut off or damaged"),
    ] {
        let told = opened(name, &bytes).map(|book| cells(&book)).unwrap_err();
        assert!(told.contains(words), "{name}: {told}");
    }
}

#[test]
fn what_would_take_all_memory_is_refused() {
    let blanks = vec![b' '; 300 << 20];
    let ones = sheet(&format!("<row r=\"1\">{}</row>", "<c><v>1</v></c>".repeat(16_000)).repeat(200));
    let long = format!(r#"<sst xmlns="{MAIN}"><si><t>{}</t></si></sst>"#, "长".repeat(10_000));
    let shared = sheet(&format!("<row>{}</row>", r#"<c t="s"><v>0</v></c>"#.repeat(12_000)));
    let texts = format!(r#"<sst xmlns="{MAIN}">{}</sst>"#, "<si><t/></si>".repeat(5_200_000));
    let text = r#"<table:table-cell table:number-columns-repeated="1000" office:value-type="string"><text:p>x</text:p></table:table-cell>"#;
    let rows =
        format!(r#"<table:table-row table:number-rows-repeated="1000">{text}</table:table-row>"#).repeat(5);
    let corners: Vec<u8> = [
        (0x809_u16, &[0x600_u16, 5, 0, 0][..]),
        (0x0A, &[]),
        (0x809, &[0x600, 0x10, 0, 0]),
        (0x203, &[0, 0, 0, 0, 0, 0, 0]),
        (0x203, &[65_535, 255, 0, 0, 0, 0, 0]),
        (0x0A, &[]),
    ]
    .iter()
    .flat_map(|(kind, words)| [&[*kind, 2 * words.len() as u16], *words].concat())
    .flat_map(u16::to_le_bytes)
    .collect();
    for (name, bytes) in [
        ("blanks.xlsx", workbook(&blanks, &[])),
        ("blanks.ods", zipped(&[("content.xml", &blanks)])),
        ("cells.xlsx", workbook(&ones, &[])),
        ("one-long-text.xlsx", workbook(&shared, &[("xl/sharedStrings.xml", long.as_bytes())])),
        ("texts.xlsx", workbook(&sheet(""), &[("xl/sharedStrings.xml", texts.as_bytes())])),
        ("repeated.ods", ods(&rows)),
        ("corners.xls", compound(&[("Workbook", &corners)])),
    ] {
        let told = opened(name, &bytes).map(|book| cells(&book)).unwrap_err();
        assert!(told.contains("too large"), "{name}: {told}");
    }
}

/// A part that is longer than it says.
#[test]
fn a_part_that_lies_about_its_size_is_not_unpacked() {
    let mut bytes = workbook(&vec![b' '; 40 << 20], &[]);
    let at = bytes.windows(4).enumerate().filter(|(_, four)| *four == b"PK\x01\x02").map(|(at, _)| at);
    for at in at.collect::<Vec<_>>() {
        if bytes[at + 46..].starts_with(b"xl/worksheets/sheet1.xml") {
            bytes[at + 24..at + 28].copy_from_slice(&1_000_u32.to_le_bytes());
        }
    }
    let told = opened("lies.xlsx", &bytes).map(|book| cells(&book)).unwrap_err();
    assert!(told.contains("cut off or damaged"), "{told}");
}

#[test]
fn odd_but_harmless_files_are_read() {
    let two = |first: &str, second: &str| {
        format!("<row r=\"1\">{}</row><row r=\"1048576\">{}</row>", cell(first, "编号"), cell(second, "案由"))
    };
    let formatted: String = (2..100_000)
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>"#))
        .collect();
    let wide = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(16_384)).repeat(20);
    let external = r#"<row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>7</v></c></row>"#;
    let odd = r##"<row r="1"><c r="A1"><v>1e308</v></c><c r="B1" t="d"><v>2025-03-05</v></c><c r="C1"><v>NaN</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#WEIRD!</v></c><c r="F1"><v>abc</v></c><c r="G1"><v>1</v></c></row>"##;
    let deep = format!(
        r#"<row r="1"><c r="A1" t="inlineStr"><is>{}<t>x</t>{}</is></c></row>"#,
        "<r>".repeat(50_000),
        "</r>".repeat(50_000)
    );
    let bottom = r#"<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"#;
    for (name, bytes, count) in [
        ("corners.xlsx", workbook(&sheet(&two("A1", "XFD1048576")), &[]), 2),
        ("formats.xlsx", workbook(&sheet(&formatted), &[]), 0),
        ("wide.xlsx", workbook(&sheet(&wide), &[]), 20 * 16_384),
        (
            "external.xlsx",
            workbook(&sheet(external), &[("xl/externalLinks/externalLink1.xml", b"<externalLink/>")]),
            1,
        ),
        ("no-data.xlsx", workbook(format!(r#"<worksheet xmlns="{MAIN}"/>"#).as_bytes(), &[]), 0),
        ("odd.xlsx", workbook(&sheet(odd), &[]), 7),
        ("deep.xlsx", workbook(&sheet(&deep), &[]), 1),
        ("bottom.ods", ods(bottom), 1),
        ("xlsx-named.et", layout("15-own-ledger.xlsx"), 188),
    ] {
        match opened(name, &bytes) {
            Ok(book) => assert!(cells(&book) == count || count == 188, "{name}: {}", cells(&book)),
            // A reader may also give up on it.
            Err(told) => assert!(
                told.contains("cut off or damaged") && ["no-data.xlsx", "odd.xlsx"].contains(&name),
                "{name}: {told}"
            ),
        }
    }
    let lies = format!(
        r#"<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData><row r="1">{}</row></sheetData></worksheet>"#,
        cell("A1", "a")
    );
    assert_eq!(opened("lies.xlsx", &workbook(lies.as_bytes(), &[])).map(|book| cells(&book)), Ok(1));
}

/// Rows and columns that no spreadsheet has, entities, references to nothing: an error or nothing, and no panic.
#[test]
fn nonsense_is_survived() {
    let head = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>"#);
    let end = "</sheetData></worksheet>";
    let entities = r#"<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///some/file">]>"#;
    for (name, xml) in [
        (
            "row",
            format!(
                "{head}<row r=\"4294967295\">{}</row><row r=\"99999999999\">{}</row>{end}",
                cell("A4294967295", "a"),
                cell("ZZZZZZ99999999999", "b")
            ),
        ),
        ("reference", format!("{head}<row r=\"x\"><c r=\"1A\"><v>1</v></c></row>{end}")),
        ("shared", format!("{head}<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row>{end}")),
        (
            "entities",
            format!("{entities}{head}<row r=\"1\">{}{}</row>{end}", cell("A1", "&b;"), cell("B1", "&x;")),
        ),
        (
            "formula",
            format!("{head}<row r=\"1\"><c r=\"A1\"><f></f></c><c><f>1</f></c><c r=\"\"><f/></c></row>{end}"),
        ),
        (
            "merge",
            format!(
                "{head}<row r=\"1\">{}</row></sheetData><mergeCells><mergeCell ref=\"A1:XFD1048576\"/><mergeCell ref=\"B9\"/></mergeCells></worksheet>",
                cell("A1", "编号")
            ),
        ),
        ("unended", format!("{head}<row r=\"1\"><c r=\"A1\"><v>1")),
    ] {
        let book = opened(name, &workbook(xml.as_bytes(), &[]));
        let has_secret = |book: &Book| {
            let values = book.grids.iter().flat_map(|grid| &grid.rows).flat_map(|row| &row.cells);
            values.clone().any(|(_, value)| matches!(value, Value::Text(text) if text.contains("lol") || text.contains("root")))
        };
        assert!(book.is_err() || book.is_ok_and(|book| cells(&book) <= 2 && !has_secret(&book)), "{name}");
    }
}

#[test]
fn macros_are_not_run_and_it_is_told() {
    let rows =
        format!("<row r=\"1\">{}{}{}</row>", cell("A1", "编号"), cell("B1", "案由"), cell("C1", "提案人"));
    let bytes = workbook(&sheet(&rows), &[("xl/vbaProject.bin", b"macro")]);
    let book = open(&bytes).unwrap();
    assert!((book.kind, book.has_macros) == ("XLSM", true));
    let every = Column::ALL.iter().map(|column| (*column, "1".to_owned())).collect();
    let told = ledger(&book, "f", &Settings { every_case: every, ..Settings::default() }).understood.told;
    assert!(told.iter().any(|say| say.get(Lang::En).contains("were not run")));
}
