//! Words of a finished text, looked for in the text that it was made from.

use std::ops::Range;

/// A text without white space and comments.
#[derive(Debug)]
pub(super) struct Squeezed {
    text: String,
    /// Where each stretch that was kept begins, here and in the whole text.
    stretches: Vec<(usize, usize)>,
}

impl Squeezed {
    pub(super) fn new(whole: &str) -> Self {
        let (mut text, mut stretches) = (String::with_capacity(whole.len()), Vec::new());
        let mut start = 0;
        for line in whole.split_inclusive('\n') {
            if !line.trim_start().starts_with('#') {
                for word in line.split_whitespace() {
                    stretches.push((text.len(), start + word.as_ptr().addr() - line.as_ptr().addr()));
                    text.push_str(word);
                }
            }
            start += line.len();
        }
        Self { text, stretches }
    }

    /// Where words stand in the whole text between two others.
    pub(super) fn find(&self, before: &str, words: &str, after: &str) -> Option<Range<usize>> {
        let [before, words, after] =
            [before, words, after].map(|part| part.split_whitespace().collect::<String>());
        let start = self.text.find(&format!("{before}{words}{after}"))? + before.len();
        let last = start + words.len().checked_sub(1)?;
        Some(self.at(start)?..self.at(last)? + 1)
    }

    /// Where a byte of it stands in the whole text.
    fn at(&self, byte: usize) -> Option<usize> {
        let after = self.stretches.partition_point(|(own, _)| *own <= byte);
        let (own, whole) = self.stretches.get(after.checked_sub(1)?)?;
        Some(whole + byte - own)
    }
}
