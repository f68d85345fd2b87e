//! Which characters are Chinese: by what they are, and by how wide they are set.

/// Whether a character is a Han ideograph: the unified ones with their extensions, the compatibility ones, and 〇.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Whether a character is set in the width of a Han one: those, and the marks and letters of full width.
pub fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fff}' | '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}'
        | '—' | '…' | '“' | '”' | '‘' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_han_character_is_wide() {
        let all = (0..0x40000).filter_map(char::from_u32);
        assert!(all.filter(|c| is_han(*c)).all(is_wide));
        assert!(is_han('办') && is_han('𠀀') && !is_han('，') && is_wide('，') && !is_wide('a'));
    }
}
