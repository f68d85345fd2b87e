//! What kinds of characters there are, and where in a line each may stand (CLREQ 3.1, level “GB”; GB/T 15834 5.1).

/// How a character behaves in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A Chinese character, or anything else that fills its cell and stands where it likes.
    Han,
    /// Opening bracket or quotation mark: ink on the right of its cell.
    Open,
    /// Closing bracket or quotation mark: ink on the left of its cell.
    Close,
    /// 、，；：, ink on the left.
    Pause,
    /// 。？！, ink on the left.
    Stop,
    /// 间隔号: half a cell.
    Middle,
    /// One stroke of 破折号, or alone 一字线.
    Dash,
    /// Half of 省略号.
    Ellipsis,
    /// 连接号.
    Connector,
    /// 分隔号.
    Slash,
    /// Arabic figure.
    Digit,
    /// Latin letter, and signs such as % that belong to words and figures.
    Letter,
    /// ASCII mark: belongs to the word before or after it.
    Mark,
}

const OPEN: &str = "（〔［｛《〈「『【〖“‘";
const CLOSE: &str = "）〕］｝》〉」』】〗”’";
const PAUSE: &str = "、，；：";
const STOP: &str = "。．？！";
const MIDDLE: &str = "·•‧・";
const CONNECTOR: &str = "～–〜－";
/// ASCII marks that may not begin a line, and those that may not end one.
const MARKS_NEVER_FIRST: &str = ",.;:!?)]}/-~";
const MARKS_NEVER_LAST: &str = "([{/";
/// Measure words and signs that a figure keeps with it where that costs little (数字、年份不能回行).
const COUNTS: &str = "年月日时分秒件项条款次个名人户家元亿万千百多余号页届章节类级周天岁倍点位场期批";
/// What stands before a figure and belongs to it.
const ORDINALS: &str = "第表图约近超达〕";

/// The kind of a visible character.
pub(super) fn of(ch: char) -> Kind {
    match ch {
        // Nearly every character is one of these: they need not be looked up among the marks.
        '\u{4e00}'..='\u{9fff}' => Kind::Han,
        '0'..='9' => Kind::Digit,
        '—' | '―' => Kind::Dash,
        '…' | '⋯' => Kind::Ellipsis,
        '／' => Kind::Slash,
        _ if OPEN.contains(ch) => Kind::Open,
        _ if CLOSE.contains(ch) => Kind::Close,
        _ if PAUSE.contains(ch) => Kind::Pause,
        _ if STOP.contains(ch) => Kind::Stop,
        _ if MIDDLE.contains(ch) => Kind::Middle,
        _ if CONNECTOR.contains(ch) => Kind::Connector,
        '%' => Kind::Letter,
        _ if ch.is_ascii_punctuation() => Kind::Mark,
        _ if super::faces::is_western(ch) => Kind::Letter,
        _ => Kind::Han,
    }
}

impl Kind {
    /// A full-width mark whose right half is blank.
    pub fn has_trailing_blank(self) -> bool {
        matches!(self, Kind::Close | Kind::Pause | Kind::Stop)
    }

    /// A Chinese character or mark with a cell of its own: needs no space beside it.
    pub fn is_chinese(self) -> bool {
        matches!(self, Kind::Han | Kind::Open) || self.has_trailing_blank()
    }

    /// Part of Western text, in which only a space lets a line end.
    pub fn is_western(self) -> bool {
        matches!(self, Kind::Digit | Kind::Letter | Kind::Mark)
    }

    /// Stands a little apart from Chinese characters; marks do not.
    pub fn is_word(self) -> bool {
        matches!(self, Kind::Digit | Kind::Letter)
    }

    /// Counts as a character where 孤字不成行 is in question.
    pub fn is_character(self) -> bool {
        matches!(self, Kind::Han | Kind::Digit | Kind::Letter)
    }

    /// May not begin a line.
    pub fn never_first(self, ch: char) -> bool {
        match self {
            Kind::Mark => MARKS_NEVER_FIRST.contains(ch),
            // Signs that belong to the figure before them.
            Kind::Han | Kind::Letter => matches!(ch, '％' | '℃' | '‰' | '%'),
            Kind::Middle | Kind::Connector | Kind::Slash => true,
            _ => self.has_trailing_blank(),
        }
    }

    /// May not end a line.
    pub fn never_last(self, ch: char) -> bool {
        match self {
            Kind::Mark => MARKS_NEVER_LAST.contains(ch),
            _ => matches!(self, Kind::Open | Kind::Slash),
        }
    }
}

/// A measure word, which follows its figure.
pub(super) fn counts(ch: char) -> bool {
    COUNTS.contains(ch)
}

/// 亿 and 万, which stand between a figure and its measure word.
pub(super) fn multiplies(ch: char) -> bool {
    matches!(ch, '万' | '亿')
}

/// A word that stands before its figure.
pub(super) fn ordinal(ch: char) -> bool {
    ORDINALS.contains(ch)
}

/// Controls, joiners and variation selectors: nothing to draw, nothing to miss.
pub(super) fn is_invisible(ch: char) -> bool {
    ch.is_control() && !ch.is_whitespace()
        || matches!(ch, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
        || matches!(ch, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_not_begin_a_line_may_not() {
        for ch in "。．，、：；！？”’）〕》〉】·～/％%‰℃,.;:!?)]}".chars() {
            assert!(of(ch).never_first(ch), "{ch}");
        }
        for ch in "（〔《〈【“‘中1a—…".chars() {
            assert!(!of(ch).never_first(ch), "{ch}");
        }
    }

    #[test]
    fn what_may_not_end_a_line_may_not() {
        for ch in "（〔《〈【“‘([{/／".chars() {
            assert!(of(ch).never_last(ch), "{ch}");
        }
        for ch in "。，”）》中1a%—…".chars() {
            assert!(!of(ch).never_last(ch), "{ch}");
        }
    }
}
