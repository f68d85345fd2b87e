//! An archived page: whether it fetches or runs anything.

/// Attributes that make a browser fetch something or go somewhere.
const ATTRIBUTES: [&str; 10] =
    ["src", "href", "srcset", "action", "formaction", "data", "poster", "background", "cite", "xlink:href"];

/// Elements that run or hold something foreign.
const ELEMENTS: [&str; 8] = ["script", "iframe", "object", "embed", "applet", "frame", "base", "link"];

/// Everything in a page that reaches beyond it, as it is written, each at most so long.
pub(super) fn references(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let rest = &rest[..rest.floor_char_boundary(LONGEST_TAG)];
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        // Before anything but a letter, `<` is a character.
        if name.is_empty() {
            continue;
        }
        // A quoted `>` ends no tag; but where a quote is none, the first one does. Nothing may hide behind either reading.
        let plain = &rest[..rest.find(['>', '<']).unwrap_or(rest.len())];
        let quoted = &rest[..end(rest)];
        if [plain, quoted].into_iter().any(|tag| reaches_out(&name, tag)) {
            found.push(short(quoted));
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

/// No tag of a page that banjie makes is longer, in bytes; of a longer one the beginning is judged.
const LONGEST_TAG: usize = 4096;

/// Where a tag ends: at the first `>` outside quotes.
fn end(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match quote {
            None if c == '>' => return at,
            None if "\"'".contains(c) => quote = Some(c),
            Some(open) if c == open => quote = None,
            _ => {}
        }
    }
    tag.len()
}

fn reaches_out(name: &str, tag: &str) -> bool {
    let runs = attributes(tag).any(|(name, value)| {
        let value = value.trim();
        let outside = !value.is_empty() && !value.starts_with('#') && !value.starts_with("data:");
        name.starts_with("on") || ATTRIBUTES.contains(&&*name) && outside
    });
    // A redirection is the one `meta` that leads away.
    let leads = name.eq_ignore_ascii_case("meta") && tag.to_ascii_lowercase().contains("refresh");
    runs || leads || ELEMENTS.contains(&&*name.to_ascii_lowercase())
}

/// The attributes of a tag with their values, names in small letters.
fn attributes(tag: &str) -> impl Iterator<Item = (String, &str)> {
    tag.match_indices('=').filter_map(|(at, _)| {
        let name = tag[..at].trim_end().rsplit(|c: char| c.is_whitespace() || "\"'/".contains(c)).next()?;
        let value = tag[at + 1..].trim_start();
        let quote = value.chars().next().filter(|c| "\"'".contains(*c));
        let value = match quote {
            Some(quote) => value[1..].split(quote).next()?,
            None => value.split_whitespace().next().unwrap_or_default(),
        };
        Some((name.to_ascii_lowercase(), value))
    })
}

/// What is shown of a finding.
fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::references;

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
        ] {
            assert!(!references(bad).is_empty(), "{bad}");
        }
    }

    #[test]
    fn a_hostile_page_is_read_in_bounded_time() {
        assert!(references(&"<a ".repeat(100_000)).is_empty());
        assert!(references(&format!("<a {}", "=".repeat(1_000_000))).is_empty());
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
