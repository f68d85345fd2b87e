//! What makes the file one that an archive takes: PDF/A-2a (ISO 19005-2), or with files attached PDF/A-3a (ISO 19005-3), and
//! PDF/UA-1 (ISO 14289-1).

use super::super::page::escaped;
use std::fmt::Write as _;

use chrono::NaiveDateTime;
use lopdf::{Object, ObjectId, Stream, StringFormat, dictionary};

use super::file::Packer;
use super::{Attachment, Info, PRODUCER, text};

/// sRGB (IEC 61966-2-1) as an ICC profile, in the public domain: made by `moxcms` 0.9 (`ColorProfile::new_srgb`), dated 2000.
const SRGB: &[u8] = include_bytes!("sRGB.icc");

/// The days of the file, as the information dictionary has them.
fn pdf_date(date: NaiveDateTime) -> Object {
    Object::string_literal(date.format("D:%Y%m%d%H%M%S+08'00'").to_string())
}

/// The information dictionary; the metadata says the same.
pub(super) fn information(info: &Info) -> lopdf::Dictionary {
    let mut information = dictionary! {
        "Title" => text(&info.title),
        "Creator" => text(PRODUCER),
        "Producer" => text(PRODUCER),
        "CreationDate" => pdf_date(info.date),
        "ModDate" => pdf_date(info.date),
    };
    if !info.author.is_empty() {
        information.set("Author", text(&info.author));
    }
    information
}

/// Adds the metadata (XMP), unpacked, as ISO 19005 asks for.
pub(super) fn metadata(file: &mut lopdf::Document, info: &Info, attached: bool) -> ObjectId {
    let xmp = xmp(info, if attached { 3 } else { 2 });
    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    file.add_object(Stream::new(dictionary, xmp.into_bytes()))
}

/// A namespace, and the properties in it; one without a value is left out.
type Schema<'a> = (&'a str, &'a str, &'a [(&'a str, String)]);

fn xmp(info: &Info, part: u8) -> String {
    let date = info.date.format("%Y-%m-%dT%H:%M:%S+08:00").to_string();
    let list = |kind: &str, attribute: &str, item: &str| {
        format!("<rdf:{kind}><rdf:li{attribute}>{}</rdf:li></rdf:{kind}>", escaped(item))
    };
    let author = if info.author.is_empty() { String::new() } else { list("Seq", "", &info.author) };
    let schemas: [Schema; 5] = [
        (
            "pdfaid",
            "http://www.aiim.org/pdfa/ns/id/",
            &[("part", part.to_string()), ("conformance", "A".to_owned())],
        ),
        ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/", &[("part", "1".to_owned())]),
        (
            "dc",
            "http://purl.org/dc/elements/1.1/",
            &[
                ("format", "application/pdf".to_owned()),
                ("title", list("Alt", " xml:lang=\"x-default\"", &info.title)),
                ("creator", author),
                ("language", list("Bag", "", &info.language)),
            ],
        ),
        (
            "xmp",
            "http://ns.adobe.com/xap/1.0/",
            &[
                ("CreatorTool", PRODUCER.to_owned()),
                ("CreateDate", date.clone()),
                ("ModifyDate", date.clone()),
                ("MetadataDate", date),
            ],
        ),
        ("pdf", "http://ns.adobe.com/pdf/1.3/", &[("Producer", PRODUCER.to_owned())]),
    ];
    let mut out = String::from(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n",
    );
    for (prefix, namespace, properties) in schemas {
        _ = writeln!(out, "<rdf:Description rdf:about=\"\" xmlns:{prefix}=\"{namespace}\">");
        for (name, value) in properties.iter().filter(|(_, value)| !value.is_empty()) {
            _ = writeln!(out, "<{prefix}:{name}>{value}</{prefix}:{name}>");
        }
        out.push_str("</rdf:Description>\n");
    }
    out.push_str(EXTENSION);
    out.push_str("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    out
}

/// PDF/A knows nothing of PDF/UA's property, so the file describes it (ISO 19005-2, 6.6.2.3.3).
const EXTENSION: &str = "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
";

/// Adds the output intent: what the numbers of the colours mean.
pub(super) fn output_intent(file: &mut lopdf::Document, packer: &mut Packer) -> Object {
    let dictionary = dictionary! { "N" => 3, "Filter" => "FlateDecode" };
    let profile = file.add_object(Stream::new(dictionary, packer.pack(SRGB)));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    Object::Array(vec![intent.into()])
}

/// Adds the attached files: their list, and the tree of their names.
pub(super) fn attachments(
    file: &mut lopdf::Document,
    attached: &[Attachment],
    info: &Info,
    packer: &mut Packer,
) -> (Object, Object) {
    let mut list = Vec::new();
    // The tree is sorted by the bytes of its keys.
    let mut sorted: Vec<&Attachment> = attached.iter().collect();
    sorted.sort_by_key(|attachment| text_bytes(&attachment.name));
    let mut names = Vec::new();
    for attachment in sorted {
        let dictionary = dictionary! {
            "Type" => "EmbeddedFile",
            "Subtype" => Object::Name(attachment.media_type.as_bytes().to_vec()),
            "Params" => dictionary! { "Size" => attachment.bytes.len() as i64, "ModDate" => pdf_date(info.date) },
            "Filter" => "FlateDecode",
        };
        let stream = file.add_object(Stream::new(dictionary, packer.pack(&attachment.bytes)));
        let specification = file.add_object(dictionary! {
            "Type" => "Filespec",
            "F" => text(&attachment.name),
            "UF" => text(&attachment.name),
            "Desc" => text(&attachment.description),
            "AFRelationship" => "Source",
            "EF" => dictionary! { "F" => stream, "UF" => stream },
        });
        names.push(Object::String(text_bytes(&attachment.name), StringFormat::Hexadecimal));
        names.push(specification.into());
        list.push(Object::from(specification));
    }
    let names = dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } };
    (Object::Array(list), names.into())
}

fn text_bytes(words: &str) -> Vec<u8> {
    match text(words) {
        Object::String(bytes, _) => bytes,
        _ => Vec::new(),
    }
}
