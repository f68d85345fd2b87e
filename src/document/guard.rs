//! Stars in Chinese text, made ready for CommonMark.
//!
//! CommonMark closes no `**强调。**后文`: it takes the stop for a mark that ends a word. Chinese has no spaces to tell, so
//! marks next to stars are kept apart from them by a code point that counts as a letter; and a row of stars that ends one
//! thing and begins another, `*一是。***强调**`, is parted by it.

/// Stands beside stars. No text may hold it, and the parser takes it out again.
pub(super) const JOINER: char = '\u{fdd0}';

/// The Markdown with joiners in it.
pub(super) fn guard(markdown: &str) -> String {
    let mut guard = Guard { out: String::with_capacity(markdown.len() + 16), ..Guard::default() };
    let mut rest = markdown;
    while let Some(at) = rest.find(['*', '\\', '|', '\n']) {
        guard.plain(&rest[..at]);
        rest = match &rest[at..] {
            stars if stars.starts_with('*') => guard.stars(stars),
            // What is escaped is no markup.
            escaped if escaped.starts_with('\\') => {
                let length = escaped.chars().take(2).map(char::len_utf8).sum();
                guard.plain(&escaped[..length]);
                &escaped[length..]
            }
            other => {
                // Nothing goes on beyond a paragraph or a cell.
                if other.starts_with('|')
                    || other[1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n')
                {
                    (guard.in_lead, guard.in_strong) = (false, false);
                }
                guard.plain(&other[..1]);
                &other[1..]
            }
        };
    }
    guard.plain(rest);
    guard.out
}

#[derive(Default)]
struct Guard {
    out: String,
    before: Option<char>,
    in_lead: bool,
    in_strong: bool,
}

impl Guard {
    fn plain(&mut self, text: &str) {
        self.out.push_str(text);
        self.before = text.chars().last().or(self.before);
    }

    /// A row of stars at the beginning of `text`; returns what follows it.
    fn stars<'t>(&mut self, text: &'t str) -> &'t str {
        let rest = text.trim_start_matches('*');
        let count = text.len() - rest.len();
        let (before, after) = (self.before, rest.chars().next());
        let ends_in_mark = before.is_some_and(is_full_width_mark);
        let first = match count {
            // One lead after another; elsewhere in a lead, strong text begins.
            2 if self.in_lead && !self.in_strong && ends_in_mark => 1,
            3 if self.in_lead && !self.in_strong => 1,
            3 if self.in_strong && !self.in_lead => 2,
            4.. => 2,
            all => all,
        };
        let closes = self.turn(first, before, after);
        let opens = if first < count { !self.turn(count - first, before, after) } else { !closes };
        let is_mark = |c: Option<char>, inside: bool| {
            c.is_some_and(|c| is_full_width_mark(c) || inside && c.is_ascii_punctuation())
        };
        self.out.extend(is_mark(before, closes).then_some(JOINER));
        self.out.push_str(&text[..first]);
        if first < count {
            self.out.push(JOINER);
            self.out.push_str(&text[first..count]);
        }
        self.out.extend(is_mark(after, opens).then_some(JOINER));
        self.before = Some('*');
        rest
    }

    /// So many stars open what is not open and close what is; whether they close something. Stars between spaces are neither.
    fn turn(&mut self, stars: usize, before: Option<char>, after: Option<char>) -> bool {
        let is_text = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let turn = |open: &mut bool| {
            let closes = *open;
            *open = if closes { !is_text(before) } else { is_text(after) };
            closes
        };
        let strong = stars >= 2 && turn(&mut self.in_strong);
        let lead = stars % 2 == 1 && turn(&mut self.in_lead);
        strong || lead
    }
}

fn is_full_width_mark(c: char) -> bool {
    !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace()
}
