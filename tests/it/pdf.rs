//! The PDF as a file: its structure, its outline, what it says of itself, and files attached, all read back with lopdf.
//! `tools/outside-checks` looks at the same with other programs.

use std::path::Path;
use std::sync::LazyLock;

use banjie::document::{Align, Annex, Block, Document, Heading, Inline, List, Table};
use banjie::typeset::{Faces, typeset};
use banjie::write::pdf::{Attachment, Info, pdf};
use lopdf::{Dictionary, Object};

static FACES: LazyLock<Faces> = LazyLock::new(|| Faces::new(Vec::new()));

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn heading(depth: u8, number: &str, words: &str) -> Block {
    Block::Heading(Heading { depth, number: number.to_owned(), text: text(words), run_in: false })
}

fn table() -> Block {
    Block::Table(Table {
        number: "表1".to_owned(),
        caption: text("办理情况"),
        columns: vec![Align::Left, Align::Right],
        head: vec![text("类别"), text("件数")],
        rows: vec![vec![text("建议"), text("3")], vec![text("提案"), text("")]],
    })
}

fn document() -> Document {
    let body = vec![
        heading(1, "一、", "基本情况"),
        Block::Paragraph(text("今年共办理三件。")),
        table(),
        heading(2, "（一）", "办理"),
        heading(2, "（二）", "公开"),
        heading(1, "二、", "下步打算"),
        Block::Paragraph(text("继续办好。")),
    ];
    let annex = Annex {
        label: Some("附件".to_owned()),
        title: "台账".to_owned(),
        blocks: vec![Block::Paragraph(text("只有一句。"))],
    };
    Document { title: "报告".to_owned(), body, annexes: vec![annex], ..Document::default() }
}

fn info() -> Info {
    Info {
        title: "报告 <一> & 二".to_owned(),
        author: "市科学技术局".to_owned(),
        language: "zh-CN".to_owned(),
        date: "2021-12-09T08:05:03".parse().unwrap(),
    }
}

fn bytes(info: &Info, attached: &[Attachment]) -> Vec<u8> {
    pdf(&typeset(&document(), &FACES), &FACES, info, attached).unwrap()
}

fn read(bytes: &[u8]) -> lopdf::Document {
    lopdf::Document::load_mem(bytes).unwrap()
}

/// A dictionary's entry, and what it refers to.
fn get<'a>(file: &'a lopdf::Document, dictionary: &'a Dictionary, key: &str) -> &'a Object {
    file.dereference(dictionary.get(key.as_bytes()).unwrap_or_else(|_| panic!("no {key}"))).unwrap().1
}

fn under<'a>(file: &'a lopdf::Document, dictionary: &'a Dictionary, key: &str) -> &'a Dictionary {
    get(file, dictionary, key).as_dict().unwrap()
}

fn words(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap()
}

fn metadata(file: &lopdf::Document) -> String {
    let stream = get(file, file.catalog().unwrap(), "Metadata").as_stream().unwrap();
    String::from_utf8(stream.content.clone()).unwrap()
}

/// An element with those in it: `TR(TH TD)`.
fn show(file: &lopdf::Document, element: &Dictionary) -> String {
    let kind = String::from_utf8(get(file, element, "S").as_name().unwrap().to_vec()).unwrap();
    let kids = match element.get(b"K").map(|kids| file.dereference(kids).unwrap().1) {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(Object::Integer(_)) | Err(_) => Vec::new(),
        Ok(_) => vec![element.get(b"K").unwrap().clone()],
    };
    let kids = kids.iter().filter_map(|kid| file.dereference(kid).unwrap().1.as_dict().ok());
    let kids: Vec<String> = kids.filter(|kid| kid.has(b"S")).map(|kid| show(file, kid)).collect();
    if kids.is_empty() { kind } else { format!("{kind}({})", kids.join(" ")) }
}

/// The bookmarks below one, each with those below it.
fn bookmarks(file: &lopdf::Document, parent: &Dictionary) -> String {
    let mut shown = Vec::new();
    let mut next = parent.get(b"First").ok();
    while let Some(item) = next {
        let item = file.dereference(item).unwrap().1.as_dict().unwrap();
        let page = get(file, item, "Dest").as_array().unwrap()[0].as_reference().unwrap();
        let (number, _) = file.get_pages().into_iter().find(|(_, id)| *id == page).unwrap();
        let below = bookmarks(file, item);
        let below = if below.is_empty() { below } else { format!("[{below}]") };
        shown.push(format!("{}@{number}{below}", words(get(file, item, "Title"))));
        next = item.get(b"Next").ok();
    }
    shown.join(" ")
}

#[test]
fn the_structure_is_the_document() {
    let file = read(&bytes(&info(), &[]));
    let root = under(&file, file.catalog().unwrap(), "StructTreeRoot");
    assert_eq!(
        show(&file, under(&file, root, "K")),
        "Document(H1 H2 P Table(Caption TR(TH TH) TR(TH TD) TR(TH TD)) H3 H3 H2 P P Sect(P H2 P))"
    );
}

#[test]
fn heads_of_tables_say_whose_they_are() {
    let file = read(&bytes(&info(), &[]));
    let scopes = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|element| element.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == b"TH"));
    let scopes: Vec<&[u8]> =
        scopes.map(|element| get(&file, under(&file, element, "A"), "Scope").as_name().unwrap()).collect();
    assert_eq!(scopes, [&b"Column"[..], b"Column", b"Row", b"Row"]);
}

#[test]
fn the_outline_is_nested_as_the_headings_are() {
    let file = read(&bytes(&info(), &[]));
    let outline = under(&file, file.catalog().unwrap(), "Outlines");
    assert_eq!(
        bookmarks(&file, outline),
        "一、基本情况@1[（一）办理@1 （二）公开@1] 二、下步打算@1 附件　台账@2"
    );
    assert_eq!(get(&file, outline, "Count").as_i64().unwrap(), 5);
}

fn of_body(body: Vec<Block>) -> lopdf::Document {
    let document = Document { title: "报告".to_owned(), body, ..Document::default() };
    read(&pdf(&typeset(&document, &FACES), &FACES, &info(), &[]).unwrap())
}

/// Every bookmark's count that has one, in the order of the outline: of those below it, negative where they are hidden.
fn counts(file: &lopdf::Document, parent: &Dictionary) -> Vec<i64> {
    let mut found: Vec<i64> =
        parent.get(b"Count").ok().map(|count| count.as_i64().unwrap()).into_iter().collect();
    let mut next = parent.get(b"First").ok();
    while let Some(item) = next {
        let item = file.dereference(item).unwrap().1.as_dict().unwrap();
        found.extend(counts(file, item));
        next = item.get(b"Next").ok();
    }
    found
}

#[test]
fn leads_stand_one_level_below_their_heading_and_are_hidden_at_first() {
    let lead = |words: &str| Inline::Lead(text(words));
    let leads = |one: &str, two: &str| {
        let between = |words: &str| Inline::Text(words.to_owned());
        Block::Paragraph(vec![lead(one), between("甲乙。"), lead(two), between("丙丁。")])
    };
    let Block::Heading(mut run_in) = heading(2, "（一）", "增强功能。") else { panic!() };
    run_in.run_in = true;
    let file = of_body(vec![
        leads("前一。", "前二。"),
        heading(1, "一、", "基本情况"),
        Block::Heading(run_in),
        leads("培育力量。", "加快攻关，"),
        leads("再加力。", "更提速！"),
        heading(1, "二、", "打算"),
        leads("一是办，", "二是督。"),
    ]);
    let root = under(&file, file.catalog().unwrap(), "StructTreeRoot");
    assert_eq!(
        show(&file, under(&file, root, "K")),
        "Document(H1 H2 P H2 P H2 H3 H4 P H4 P H4 P H4 P H2 H3 P H3 P)"
    );
    let outline = under(&file, file.catalog().unwrap(), "Outlines");
    assert_eq!(
        bookmarks(&file, outline),
        "前一@1 前二@1 一、基本情况@1[（一）增强功能@1[培育力量@1 加快攻关@1 再加力@1 更提速@1]] 二、打算@1[一是办@1 二是督@1]"
    );
    // 4 and 1 and 2 are seen; of 一、 one, of （一） four that are not, of 二、 two.
    assert_eq!(counts(&file, outline), [7, 1, -4, 2]);
}

#[test]
fn a_list_has_an_item_a_row_and_a_part_a_text_and_only_numbers_that_are_there() {
    let list = Block::List(List {
        columns: vec![Align::Center, Align::Left],
        rows: vec![vec![text("组长："), text("陈邂馨")], vec![text(""), text("李涛")]],
    });
    let annex = Annex { label: Some("附件".to_owned()), title: "甲".to_owned(), blocks: Vec::new() };
    let annexes = vec![annex.clone(), annex];
    let document = Document { title: "报告".to_owned(), body: vec![list], annexes, ..Document::default() };
    let file = read(&pdf(&typeset(&document, &FACES), &FACES, &info(), &[]).unwrap());
    let root = under(&file, file.catalog().unwrap(), "StructTreeRoot");
    let shown = show(&file, under(&file, root, "K"));
    let begin = "Document(H1 L(LI(LBody(P P)) LI(LBody(P))) P L(LI(Lbl LBody) LI(Lbl LBody)) ";
    assert!(shown.starts_with(begin), "{shown}");
    let lists = file.objects.values().filter_map(|object| object.as_dict().ok());
    let lists =
        lists.filter(|element| element.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == b"L"));
    let numbering = |list| get(&file, under(&file, list, "A"), "ListNumbering").as_name().unwrap();
    assert_eq!(lists.map(numbering).collect::<Vec<_>>(), [&b"None"[..], b"Decimal"]);
}

#[test]
fn a_document_without_headings_has_no_outline() {
    let bare = Document { title: "报告".to_owned(), ..Document::default() };
    let file = read(&pdf(&typeset(&bare, &FACES), &FACES, &info(), &[]).unwrap());
    assert!(!file.catalog().unwrap().has(b"Outlines"));
}

#[test]
fn properties_and_metadata_say_the_same() {
    let file = read(&bytes(&info(), &[]));
    let properties = under(&file, &file.trailer, "Info");
    let property = |key: &str| words(get(&file, properties, key));
    let metadata = metadata(&file);
    let says = |name: &str, value: &str| {
        let element = format!("<{name}>{value}</{name}>");
        assert!(metadata.contains(&element), "no {element} in {metadata}");
    };
    assert_eq!(property("Title"), "报告 <一> & 二");
    says("dc:title", "<rdf:Alt><rdf:li xml:lang=\"x-default\">报告 &lt;一&gt; &amp; 二</rdf:li></rdf:Alt>");
    assert_eq!(property("Author"), "市科学技术局");
    says("dc:creator", "<rdf:Seq><rdf:li>市科学技术局</rdf:li></rdf:Seq>");
    for (key, name) in [("CreationDate", "xmp:CreateDate"), ("ModDate", "xmp:ModifyDate")] {
        assert_eq!(property(key), "D:20211209080503+08'00'");
        says(name, "2021-12-09T08:05:03+08:00");
    }
    for (key, name) in [("Creator", "xmp:CreatorTool"), ("Producer", "pdf:Producer")] {
        says(name, &property(key));
    }
}

#[test]
fn a_document_that_nobody_signed_has_no_author() {
    let file = read(&bytes(&Info { author: String::new(), ..info() }, &[]));
    assert!(!under(&file, &file.trailer, "Info").has(b"Author"));
    let metadata = metadata(&file);
    assert!(!metadata.contains("dc:creator") && metadata.contains("dc:title"), "{metadata}");
}

#[test]
fn the_file_says_what_it_is() {
    let file = read(&bytes(&info(), &[]));
    assert_eq!(file.version, "1.7");
    let catalogue = file.catalog().unwrap();
    assert_eq!(words(get(&file, catalogue, "Lang")), "zh-CN");
    assert!(get(&file, under(&file, catalogue, "MarkInfo"), "Marked").as_bool().unwrap());
    assert!(get(&file, under(&file, catalogue, "ViewerPreferences"), "DisplayDocTitle").as_bool().unwrap());
    let metadata = metadata(&file);
    for claim in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ] {
        assert!(metadata.contains(claim), "no {claim}");
    }
    assert!(!catalogue.has(b"AF") && !catalogue.has(b"Names"));
}

#[test]
fn the_same_input_gives_the_same_bytes_and_another_one_another_id() {
    let id = |bytes: &[u8]| read(bytes).trailer.get(b"ID").unwrap().clone();
    let first = bytes(&info(), &[]);
    assert!(first == bytes(&info(), &[]));
    let other = bytes(&Info { author: "市水务局".to_owned(), ..info() }, &[]);
    assert_ne!(id(&first), id(&other));
}

/// Writes `attached.pdf` into Cargo's folder for tests, where `tools/outside-checks` takes it from.
#[test]
fn an_attached_file_makes_it_pdf_a_3() {
    let attach = |name: &str, media_type: &str, bytes: &str| Attachment {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        description: format!("{name}，报告所据的数据"),
        bytes: bytes.as_bytes().to_vec(),
    };
    let attached = [
        attach("台账.yaml", "application/yaml", "cases:\n  - id: 市建-1\n"),
        attach("figures.csv", "text/csv", "name,value\nprojects,3\n"),
    ];
    let bytes = bytes(&info(), &attached);
    #[expect(clippy::disallowed_methods, reason = "other programs read the file")]
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("attached.pdf"), &bytes).unwrap();

    let file = read(&bytes);
    assert!(metadata(&file).contains("<pdfaid:part>3</pdfaid:part>"));
    let catalogue = file.catalog().unwrap();
    let tree = under(&file, under(&file, catalogue, "Names"), "EmbeddedFiles");
    let names = get(&file, tree, "Names").as_array().unwrap();
    let list = get(&file, catalogue, "AF").as_array().unwrap();
    assert_eq!((names.len(), list.len()), (4, 2));
    // A tree of names is sorted.
    for (entry, wanted) in names.chunks(2).zip([&attached[1], &attached[0]]) {
        assert_eq!(words(&entry[0]), wanted.name);
        assert!(list.contains(&entry[1]));
        let about = file.dereference(&entry[1]).unwrap().1.as_dict().unwrap();
        for (key, value) in [("F", &wanted.name), ("UF", &wanted.name), ("Desc", &wanted.description)] {
            assert_eq!(words(get(&file, about, key)), *value);
        }
        assert_eq!(get(&file, about, "AFRelationship").as_name().unwrap(), b"Source");
        let stream = get(&file, under(&file, about, "EF"), "F").as_stream().unwrap();
        assert_eq!(stream.decompressed_content().unwrap(), wanted.bytes);
        assert_eq!(get(&file, &stream.dict, "Subtype").as_name().unwrap(), wanted.media_type.as_bytes());
        let size = get(&file, under(&file, &stream.dict, "Params"), "Size").as_i64().unwrap();
        assert_eq!(size, wanted.bytes.len() as i64);
    }
}
