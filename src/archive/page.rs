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
        let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        // A sign of comparison begins no tag.
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let runs = attributes(tag).any(|(name, value)| {
            let value = value.trim();
            let outside = !value.is_empty() && !value.starts_with('#') && !value.starts_with("data:");
            name.starts_with("on") || ATTRIBUTES.contains(&&*name) && outside
        });
        // A redirection is the one `meta` that leads away.
        let lower = tag.to_ascii_lowercase();
        let leads = name.eq_ignore_ascii_case("meta") && lower.contains("refresh");
        if runs || leads || ELEMENTS.contains(&&*name.to_ascii_lowercase()) {
            found.push(short(tag));
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
        ] {
            assert!(!references(bad).is_empty(), "{bad}");
        }
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
