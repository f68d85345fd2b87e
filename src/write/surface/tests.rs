use super::*;

fn texts(found: Option<Vec<Surface>>) -> Vec<String> {
    found.unwrap().into_iter().map(|surface| surface.text).filter(|text| !text.is_empty()).collect()
}

#[test]
fn a_page_is_read_with_its_attributes_and_comments() {
    let page = "<p title='甲&amp;乙' data-x=丙>一<b>二</b>&#x4e09;</p><!-- 四 --><style>五 > 六</style><img alt=\"七>八\"/>九";
    let found = texts(html(page.as_bytes()));
    assert_eq!(found, ["\u{1}一二三\u{1}\u{1}\u{1}\u{1}九", "甲&乙", "丙", " 四 ", "五 > 六", "七>八"]);
    // Text is not hidden by elements that are not known, references without a semicolon, or a second attribute of one name.
    for hidden in [
        "<p>机<ins>密</ins>件",
        "<p>机<font color=red>密</font>件",
        "<p><ruby>机<rt></rt></ruby>密件",
        "<p>机<x-y>密</x-y>件",
        "<p>机&#23494件",
        "<p a=1 a=机密件>",
        "<![CDATA[机密件]]>",
        "<p>一</p 机密件>",
        "<p title=\"机&#x5bc6;件\">",
        "<textarea><b>机密件</textarea>",
        "<style>p::before { content: \"机密件\" }</style>",
        "<!doctype html SYSTEM '机密件'>",
    ] {
        let found = html(hidden.as_bytes()).unwrap();
        let says = |surface: &Surface| {
            surface.text.contains("机密件") || format!("{:?}", surface.what).contains("机密件")
        };
        assert!(found.iter().any(says), "{hidden}: {found:?}");
    }
    // Whatever the page is, reading it ends.
    for broken in
        ["<", "<a", "<a b", "<a b=", "<a b='", "<!--", "<style>", "&", "&#xffffffff;", "<é=>", "</", "<a é"]
    {
        assert!(html(broken.as_bytes()).is_some(), "{broken}");
    }
}

/// Text that a reader of the page, or of its source, can put together is one text of a surface: the gate searches
/// nothing else.
#[test]
fn what_can_be_read_in_a_page_is_a_text() {
    for page in [
        // In elements of any kind, known or not.
        "<p>机<blink>密</blink>件</p>",
        "<svg><text>机<foo>密</foo>件</text></svg>",
        "<noscript>机<b>密</b>件</noscript>",
        "<p>机<script></script>密件</p>",
        "<p>机<!-- x -->密件</p>",
        "<iframe>机密件</iframe>",
        // However its characters are written.
        "<p>&#x673a;&#23494;件</p>",
        "<p>&#x673a&#23494件</p>",
        "<noscript>&#x673a;密件</noscript>",
        // In sections of characters: shown in a drawing, in a page a comment.
        "<svg><text>机<![CDATA[密]]>件</text></svg>",
        "<p>机<![CDATA[x]]>密件</p>",
        "<p><![CDATA[机密件]]></p>",
        "<!-- 机密件 -->",
        // In values and names of attributes, and in names of elements.
        "<img alt='机密件'>",
        "<p title=机密件>",
        "<p aria-label=\"机&#x5bc6;件\">",
        "<meta name=description content=机密件>",
        "<a href='https://a.cn/机密件'>",
        "<p 机密件>",
        "<p>一</p 机密件>",
        "<x机密件>",
        "<p x></机密件>",
        // In what is not shown.
        "<style>p::after { content: '机密件' }</style>",
        "<script>let x = '机密件';</script>",
        "<template>机密件</template>",
        "<?机密件?>",
    ] {
        let found = html(page.as_bytes()).unwrap();
        assert!(found.iter().any(|surface| surface.text.contains("机密件")), "{page}: {found:?}");
    }
    // Cells and paragraphs are read one by one.
    for page in ["<p>机</p><p>密件</p>", "<table><tr><td>机<td>密件</table>", "<li>机<li>密件"] {
        let found = html(page.as_bytes()).unwrap();
        assert!(found.iter().all(|surface| !surface.text.contains("机密件")), "{page}: {found:?}");
    }
}

#[test]
fn markdown_is_read_without_its_escapes() {
    let found =
        texts(markdown("甲\\*乙**丙**<!-- 丁 -->\n\n| 戊 |\n| :-- |\n| [己](庚 \"辛\") |\n".as_bytes()));
    assert_eq!(found, ["甲*乙丙\u{1}戊\u{1}己\u{1}", "<!-- 丁 -->\u{1}庚\u{1}辛\u{1}"]);
}
