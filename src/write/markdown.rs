//! The document as Markdown: numbered headings, bare figures, tables as GitHub and pandoc read them.

use std::fmt::Write;

use crate::document::{
    Align, Block, Document, Head, Imprint, Inline, List, Occasion, Seal, SignOff, Table, plain,
};

/// The whole document, ending in a line break.
pub fn markdown(document: &Document) -> String {
    let mut out = String::new();
    match document.draft {
        Some(0) => out.push_str("> 草稿\n\n"),
        Some(count) => _ = writeln!(out, "> 草稿：还有 {count} 处待核实\n"),
        None => {}
    }
    out += &head(&document.head);
    _ = writeln!(out, "# {}", escape(&document.title));
    if let Some(Occasion { meeting, speaker }) = &document.occasion {
        _ = writeln!(out, "\n{}\n\n{}", line(meeting), line(speaker));
    }
    if let Some(addressees) = &document.addressees {
        _ = writeln!(out, "\n{}", line(&format!("{addressees}：")));
    }
    blocks(&mut out, &document.body);
    let attached = document.attached();
    for (index, annex) in attached.iter().enumerate() {
        let (head, number) = match attached.len() {
            1 => ("附件：", String::new()),
            _ if index == 0 => ("附件：", format!("{}\\. ", index + 1)),
            _ => ("", format!("{}\\. ", index + 1)),
        };
        // Two spaces at the end of a line break it.
        let end = if index + 1 < attached.len() { "  " } else { "" };
        let gap = if index == 0 { "\n" } else { "" };
        _ = writeln!(out, "{gap}{head}{number}{}{end}", escape(&annex.title));
    }
    if let Some(sign_off) = &document.sign_off {
        self::sign_off(&mut out, sign_off);
    }
    if let Some(note) = &document.note {
        _ = writeln!(out, "\n{}", line(&format!("（{note}）")));
    }
    for annex in &document.annexes {
        if let Some(label) = &annex.label {
            _ = writeln!(out, "\n{}", escape(label));
        }
        _ = writeln!(out, "\n# {}", escape(&annex.title));
        blocks(&mut out, &annex.blocks);
    }
    imprint(&mut out, &document.imprint);
    out
}

fn head(head: &Head) -> String {
    let mut out = String::new();
    let mark = head.issuers.join("　") + head.issuer_suffix.as_deref().unwrap_or_default();
    let signatories = match head.signatories.as_slice() {
        [] => String::new(),
        names => format!("签发人：{}", names.join("　")),
    };
    let above = [&head.copy_number, &head.classification, &head.urgency].into_iter().flatten();
    let texts = above.chain([&mark]).chain(&head.number).chain([&signatories]);
    for text in texts.filter(|text| !text.is_empty()) {
        _ = writeln!(out, "{}\n", line(text));
    }
    out
}

/// A signature stamp stands for the organ's name, and needs its place in print only.
fn sign_off(out: &mut String, sign_off: &SignOff) {
    out.push('\n');
    let signatures = match &sign_off.seal {
        Seal::Signatory(post) => std::slice::from_ref(post),
        Seal::None | Seal::Office => &sign_off.signatures,
    };
    for signature in signatures {
        _ = writeln!(out, "{}  ", line(signature));
    }
    _ = writeln!(out, "{}", escape(&sign_off.date));
}

fn imprint(out: &mut String, imprint: &Imprint) {
    if let Some(copies) = &imprint.copies {
        _ = writeln!(out, "\n抄送：{}。", escape(copies));
    }
    if let (Some(office), Some(date)) = (&imprint.office, &imprint.date) {
        _ = writeln!(out, "\n{}", line(&format!("{office}　{date}印发")));
    }
}

/// A text that begins a line.
fn line(text: &str) -> String {
    at_line_start(&escape(text))
}

fn blocks(out: &mut String, blocks: &[Block]) {
    for block in blocks {
        out.push('\n');
        match block {
            Block::Heading(heading) => {
                let marks = "#".repeat(usize::from(heading.depth) + 1);
                // `1.` after the marks would be read as nothing else, so only the words are escaped.
                _ = writeln!(out, "{marks} {}{}", heading.number, inlines(&heading.text));
            }
            Block::Paragraph(text) => {
                let text = inlines(text);
                _ = writeln!(out, "{}", at_line_start(&text));
            }
            Block::Table(table) => self::table(out, table),
            Block::List(list) => self::list(out, list),
            // A reader of Markdown sees no bars: what they show stands in words.
            Block::Chart(chart) => {
                caption(out, &chart.number, &chart.caption);
                _ = writeln!(out, "{}", at_line_start(&escape(&chart.description())));
            }
        }
    }
}

fn caption(out: &mut String, number: &str, words: &[Inline]) {
    let gap = if words.is_empty() { "" } else { "　" };
    _ = writeln!(out, "**{number}{gap}{}**\n", escape(&plain(words)));
}

fn table(out: &mut String, table: &Table) {
    caption(out, &table.number, &table.caption);
    grid(out, &table.columns, &table.head, &table.rows);
}

/// A table in Markdown has a head: an empty one.
fn list(out: &mut String, list: &List) {
    grid(out, &list.columns, &vec![Vec::new(); list.columns.len()], &list.rows);
}

fn grid(out: &mut String, columns: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
    row(out, head);
    let rule = |align: &Align| match align {
        Align::Left => ":--",
        Align::Center => ":-:",
        Align::Right => "--:",
    };
    _ = writeln!(out, "| {} |", columns.iter().map(rule).collect::<Vec<_>>().join(" | "));
    for cells in rows {
        row(out, cells);
    }
}

fn row(out: &mut String, cells: &[Vec<Inline>]) {
    _ = writeln!(out, "| {} |", cells.iter().map(|cell| inlines(cell)).collect::<Vec<_>>().join(" | "));
}

fn inlines(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Figure { text, .. } => out.push_str(&escape(text)),
            Inline::Strong(inner) | Inline::Lead(inner) => strong(&mut out, &plain(inner)),
            Inline::Todo(inner) => out.push_str(&escape(&plain(inner))),
        }
    }
    out
}

/// Strong text sheds the marks at its ends, `**强调**。后文`: next to a letter inside, `**` always opens and always
/// closes, whatever stands outside (CommonMark 6.2).
fn strong(out: &mut String, text: &str) {
    let core = text.trim_matches(|c: char| !c.is_alphanumeric());
    let start = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let stars = if core.is_empty() { "" } else { "**" };
    let (before, after) = (&text[..start], &text[start + core.len()..]);
    // Four stars in a row would be literal ones; a plain star is escaped, so two end strong text.
    if before.is_empty() && !core.is_empty() && out.ends_with("**") {
        out.push_str("<!-- -->");
    }
    _ = write!(out, "{}{stars}{}{stars}{}", escape(before), escape(core), escape(after));
}

/// What Markdown would take for markup anywhere in a line.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let entity = c == '&' && text[at..].contains(';');
        if entity || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What Markdown would take for markup at the start of a line.
fn at_line_start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let ordinal = digits > 0 && text[digits..].starts_with(['.', ')']);
    if ordinal {
        format!("{}\\{}", &text[..digits], &text[digits..])
    } else if text.starts_with(['-', '+', '=', ':']) {
        format!("\\{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Annex;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    /// What an ordinary reader of CommonMark sees: the text, and the text of what is strong.
    fn read(markdown: &str) -> (String, String) {
        let (mut all, mut stressed, mut depth) = (String::new(), String::new(), 0);
        for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Start(Tag::Strong) => depth += 1,
                Event::End(pulldown_cmark::TagEnd::Strong) => depth -= 1,
                Event::Text(text) => {
                    all.push_str(&text);
                    if depth > 0 {
                        stressed.push_str(&text);
                    }
                }
                Event::InlineHtml(html) if &*html == "<!-- -->" => {}
                Event::Start(Tag::Paragraph) | Event::End(_) | Event::HardBreak => {}
                other => panic!("{markdown:?} became {other:?}"),
            }
        }
        (all, stressed)
    }

    /// A document with every element around its text, each beginning with `words`.
    fn official(words: &str, seal: Seal) -> Document {
        let text = |text: &str| format!("{words}{text}");
        let some = |element: &str| Some(text(element));
        Document {
            head: Head {
                copy_number: some("份号"),
                classification: some("密级"),
                urgency: some("紧急程度"),
                issuers: vec![text("甲局"), text("乙局")],
                issuer_suffix: some("文件"),
                number: some("发文字号"),
                signatories: vec![text("张三"), text("李四")],
            },
            title: "标题".to_owned(),
            occasion: Some(Occasion { meeting: text("会议"), speaker: text("报告人") }),
            addressees: some("主送机关"),
            body: vec![Block::Paragraph(vec![Inline::Text(text("正文"))])],
            sign_off: Some(SignOff {
                signatures: vec![text("甲局署名"), text("乙局署名")],
                date: text("成文日期"),
                seal,
            }),
            note: some("附注"),
            annexes: vec![Annex {
                label: Some("附件".to_owned()),
                title: "附表".to_owned(),
                blocks: Vec::new(),
            }],
            imprint: Imprint {
                copies: some("抄送机关"), office: some("印发机关"), date: some("印发日期")
            },
            ..Document::default()
        }
    }

    const OFFICIAL: &str = "\
@份号

@密级

@紧急程度

@甲局　@乙局@文件

@发文字号

签发人：@张三　@李四

# 标题

@会议

@报告人

@主送机关：

@正文

附件：附表

@甲局署名  
@乙局署名  
@成文日期

（@附注）

附件

# 附表

抄送：@抄送机关。

@印发机关　@印发日期印发
";

    #[test]
    fn the_elements_of_an_official_document_stand_in_order() {
        assert_eq!(markdown(&official("", Seal::Office)), OFFICIAL.replace('@', ""));
        let stamped = markdown(&official("", Seal::Signatory("局长".to_owned())));
        assert!(stamped.contains("\n附件：附表\n\n局长  \n成文日期\n"), "{stamped}");
    }

    proptest! {
        #[test]
        fn strong_text_is_read_back_as_strong(
            before in "[后文a1，。（“]{0,3}", core in "[强调ab，。“”）（1%、]{1,6}", after in "[后文a1，。）”]{0,3}",
        ) {
            let text = [Inline::Text(before.clone()), Inline::Strong(vec![Inline::Text(core.clone())]), Inline::Text(after.clone())];
            let (all, stressed) = read(&at_line_start(&inlines(&text)));
            prop_assert_eq!(all, format!("{before}{core}{after}"));
            prop_assert_eq!(stressed, core.trim_matches(|c: char| !c.is_alphanumeric()));
        }

        #[test]
        fn neighbours_that_are_strong_stay_two(
            one in "[强调a，。]{0,4}", two in "[强调a，。]{0,4}", is_lead in any::<bool>(),
        ) {
            let first = Inline::Strong(vec![Inline::Text(one.clone())]);
            let second = vec![Inline::Text(two.clone())];
            let second = if is_lead { Inline::Lead(second) } else { Inline::Strong(second) };
            let made = inlines(&[first, second]);
            let (all, stressed) = read(&made);
            let core = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
            prop_assert_eq!(all, format!("{one}{two}"));
            prop_assert_eq!(stressed, core(&one) + &core(&two));
            let strong = Parser::new(&made).filter(|event| *event == Event::Start(Tag::Strong)).count();
            prop_assert_eq!(strong, [one, two].iter().filter(|text| !core(text).is_empty()).count());
        }

        #[test]
        fn no_text_becomes_markup(text in "[甲a1\\\\`*_\\[\\]<>|~#&;!(){}.:=+$^'\"-]{1,12}") {
            let (all, stressed) = read(&at_line_start(&inlines(&[Inline::Text(text.clone())])));
            prop_assert_eq!(all, text);
            prop_assert_eq!(stressed, "");
        }

        #[test]
        fn no_element_becomes_markup(text in "[甲a1\\\\`*_\\[\\]<>|~#&;!(){}.:=+$^'\"-]{1,12}") {
            let made = markdown(&official(&text, Seal::None)).replace("\n# ", "\n");
            let (all, stressed) = read(&made);
            prop_assert_eq!(all, OFFICIAL.replace("\n# ", "\n").replace("  \n", "").replace('\n', "").replace('@', &text));
            prop_assert_eq!(stressed, "");
        }
    }
}
