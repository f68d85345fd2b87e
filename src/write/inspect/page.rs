//! An archived page: whether it fetches or runs anything.

use super::super::page::{Piece, read};

/// Attributes that make a browser fetch something or go somewhere.
const ATTRIBUTES: [&str; 10] =
    ["src", "href", "srcset", "action", "formaction", "data", "poster", "background", "cite", "xlink:href"];

/// Elements that run or hold something foreign.
const ELEMENTS: [&str; 8] = ["script", "iframe", "object", "embed", "applet", "frame", "base", "link"];

/// Everything in a page that reaches beyond it, each at most so long.
pub(super) fn references(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut element = String::new();
    for piece in read(html) {
        match piece {
            Piece::Start(name) => {
                if ELEMENTS.contains(&name.as_str()) {
                    found.push(name.clone());
                }
                element = name;
            }
            Piece::Attribute(name, value) if reaches_out(&element, &name, value.trim()) => {
                found.push(short(&format!("{element} {name}=\"{value}\"")));
            }
            _ => {}
        }
    }
    let lower = html.to_ascii_lowercase();
    for word in ["@import", "url("] {
        for (at, _) in lower.match_indices(word) {
            let value = lower[at + word.len()..].trim_start_matches([' ', '"', '\'']);
            if !value.starts_with(['#']) && !value.starts_with("data:") {
                found.push(short(&lower[at..]));
            }
        }
    }
    found
}

/// The text between the tags of a page.
pub(super) fn shown(html: &str) -> String {
    let text = |piece| if let Piece::Text(words) = piece { Some(words) } else { None };
    read(html).into_iter().filter_map(text).collect()
}

/// Whether an attribute runs something, or makes a browser fetch or go.
fn reaches_out(element: &str, name: &str, value: &str) -> bool {
    let outside = !value.is_empty() && !value.starts_with('#') && !value.starts_with("data:");
    // A redirection is the one `meta` that leads away.
    let leads = element == "meta" && name == "http-equiv" && value.eq_ignore_ascii_case("refresh");
    name.starts_with("on") || leads || ATTRIBUTES.contains(&name) && outside
}

/// What is shown of a finding.
fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::{references, shown};

    #[test]
    fn a_text_is_read_without_its_markup() {
        assert_eq!(shown("<h1 title='x'>R&amp;D<b>总</b>结</h1><!-- y --><style>z</style>"), "R&D总结");
    }

    #[test]
    fn what_reaches_beyond_the_page_is_found() {
        for bad in [
            "<img src=\"http://a/b.png\">",
            "<img src=b.png>",
            "<a HREF='https://a'>",
            "<p onclick=\"x()\">",
            "<script>x()</script>",
            "<link rel=\"stylesheet\" href=\"a.css\">",
            "<meta http-equiv=\"refresh\" content=\"0;url=http://a\">",
            "<style>p { background: url(http://a) }</style>",
            "<style>@import \"a.css\";</style>",
            "<svg><use xlink:href=\"a.svg#b\"/></svg>",
            "<img alt=\">\" src=http://a/b.png>",
            "<p a=b'><img src=http://a/b.png><p b='>",
            "<noscript><img src=http://a/b.png></noscript>",
        ] {
            assert!(!references(bad).is_empty(), "{bad}");
        }
    }

    #[test]
    fn a_hostile_page_is_read_in_bounded_time() {
        assert!(references(&"<a ".repeat(100_000)).is_empty());
        assert!(references(&format!("<a {}", "=".repeat(1_000_000))).is_empty());
        assert!(references(&"<noscript>".repeat(100_000)).is_empty());
    }

    #[test]
    fn what_stays_in_the_page_is_not() {
        for good in [
            "<a href=\"#figure-1\">1</a>",
            "<img src=\"data:image/png;base64,AAAA\">",
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">",
            "<p>a < b, src=x</p>",
            "<style>p { background: url(data:image/png;base64,AAAA) }</style>",
            "<",
        ] {
            assert_eq!(references(good), Vec::<String>::new(), "{good}");
        }
    }
}
