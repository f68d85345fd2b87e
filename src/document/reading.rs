//! A file of text as passages, with the way from their words back to the file: Markdown, or plain text of which every line
//! is a paragraph. What is markup in Markdown belongs to no passage.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::passage::{Kind, Passage};

/// Longest line that may be a heading because an ordinal begins it, in characters.
const LONGEST_HEADING: usize = 80;

/// The passages of a file.
#[derive(Debug, Default)]
pub struct Reading {
    /// In their order.
    pub passages: Vec<Passage>,
    /// By passage: where pieces of its text begin, in the passage and in the file.
    pieces: Vec<Vec<(usize, usize)>>,
}

impl Reading {
    /// A file of Markdown.
    pub fn markdown(text: &str) -> Self {
        let mut reader = Reader { file: text, ..Reader::default() };
        for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
            reader.take(event, range);
        }
        reader.reading
    }

    /// A file of plain text: its first line is its title, and a line that an ordinal begins and no stop ends is a heading.
    pub fn plain(text: &str) -> Self {
        let mut reading = Self::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let words = line.trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}');
            let at = start + line.len() - line.trim_start_matches('\u{feff}').len();
            start += line.len();
            if words.trim().is_empty() {
                continue;
            }
            if let (Some(last), Some(pieces)) = (reading.passages.last_mut(), reading.pieces.last_mut())
                && goes_on(&last.text)
            {
                let indent = words.len() - words.trim_start().len();
                pieces.push((last.text.len(), at + indent));
                last.text.push_str(&words[indent..]);
                continue;
            }
            let kind = match reading.passages.is_empty() {
                true => Kind::Title,
                false if is_heading(words) => Kind::Heading,
                false => Kind::Paragraph,
            };
            reading.passages.push(Passage::new(kind, words));
            reading.pieces.push(vec![(0, at)]);
        }
        reading
    }

    /// The bytes of the file that some bytes of a passage were read from.
    pub fn range(&self, passage: usize, range: &Range<usize>) -> Range<usize> {
        let pieces = self.pieces.get(passage).map_or(&[][..], Vec::as_slice);
        let at = |byte: usize| {
            let piece = pieces.partition_point(|(own, _)| *own <= byte).checked_sub(1);
            piece.map_or(0, |piece| pieces[piece].1 + byte - pieces[piece].0)
        };
        // The end is where the last byte is, and one more: the next piece may lie far off.
        at(range.start)..at(range.end.saturating_sub(1).max(range.start)) + usize::from(!range.is_empty())
    }
}

/// Whether a line goes on in the next: it ends in ， or 、, or a bracket or a quotation that it opened is still open.
fn goes_on(line: &str) -> bool {
    let open = |open: char, close: char| {
        let count = |mark: char| line.matches(mark).count();
        count(open) > count(close)
            && line.chars().count() - line.rfind(open).map_or(0, |at| line[..at].chars().count()) < 40
    };
    line.trim_end().ends_with(['，', '、']) || open('（', '）') || open('“', '”') || open('《', '》')
}

/// Whether the lines of a passage are read as one: those of a title or a heading always are.
fn is_one(passage: &Passage) -> bool {
    matches!(passage.kind, Kind::Title | Kind::Heading) || goes_on(&passage.text)
}

/// Whether a line of plain text is a heading.
fn is_heading(line: &str) -> bool {
    let text = line.trim().trim_start_matches(['（', '(']);
    let ordinal: usize = text
        .chars()
        .take(4)
        .take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c))
        .map(char::len_utf8)
        .sum();
    let marked = text[ordinal..].starts_with(['、', '.', '．', '）', ')']);
    let short = line.chars().count() <= LONGEST_HEADING;
    ordinal > 0 && marked && short && !text.contains(['。', '；', ';', '！', '？'])
}

#[derive(Default)]
struct Reader<'t> {
    file: &'t str,
    reading: Reading,
    /// What is being read.
    open: Option<(Passage, Vec<(usize, usize)>)>,
    /// Code, and what is not shown.
    hidden: usize,
    /// The ordinal of a list's item, which waits for its text.
    ordinal: Option<Range<usize>>,
    /// The row and the column of the next cell.
    cell: (usize, usize),
    titled: bool,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                self.hidden = self.hidden.saturating_sub(1);
                self.close();
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::TableCell
                | TagEnd::Item
                | TagEnd::BlockQuote(_),
            ) => self.close(),
            Event::Text(text) if self.hidden == 0 => self.text(&text, range),
            // The words of `code` are a name; what they are made of is no text.
            Event::Code(_) if self.hidden == 0 => self.push("x", range.start),
            Event::HardBreak if self.open.as_ref().is_some_and(|(passage, _)| is_one(passage)) => {}
            Event::HardBreak => {
                let kind = self.open.as_ref().map(|(passage, _)| passage.kind);
                self.close();
                self.open = kind.map(Self::passage);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.begin(Kind::Paragraph),
            Tag::Heading { .. } => {
                let kind = if self.titled { Kind::Heading } else { Kind::Title };
                self.titled = true;
                self.begin(kind);
            }
            // Row 0 is the head, which has no `TableRow`.
            Tag::TableHead => self.cell = (0, 0),
            Tag::TableRow => self.cell = (self.cell.0 + 1, 0),
            Tag::TableCell => {
                self.begin(Kind::Cell);
                if let Some((passage, _)) = &mut self.open {
                    passage.cell = Some(self.cell);
                }
                self.cell.1 += 1;
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) | Tag::HtmlBlock => self.hidden += 1,
            // Four blanks before a paragraph are meant as an indent.
            Tag::CodeBlock(CodeBlockKind::Indented) => self.begin(Kind::Paragraph),
            Tag::Item => {
                self.begin(Kind::Paragraph);
                let mark = self.file[range.start..]
                    .bytes()
                    .take_while(|b| b.is_ascii_digit() || b".)".contains(b))
                    .count();
                self.ordinal = (mark > 0).then_some(range.start..range.start + mark);
            }
            _ => {}
        }
    }

    fn passage(kind: Kind) -> (Passage, Vec<(usize, usize)>) {
        (Passage::new(kind, ""), Vec::new())
    }

    /// Begin a passage; what is open ends.
    fn begin(&mut self, kind: Kind) {
        self.close();
        self.open = Some(Self::passage(kind));
    }

    fn close(&mut self) {
        if let Some((passage, pieces)) =
            self.open.take().filter(|(passage, _)| !passage.text.trim().is_empty())
        {
            self.reading.passages.push(passage);
            self.reading.pieces.push(pieces);
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if let Some(ordinal) = self.ordinal.take() {
            let words = self.file[ordinal.clone()].to_owned();
            self.push(&words, ordinal.start);
        }
        // Stars that Markdown does not read as such, beside a full-width mark, are markup all the same.
        if !text.bytes().all(|b| b == b'*') {
            self.push(text, range.start);
        }
    }

    fn push(&mut self, text: &str, at: usize) {
        let Some((passage, pieces)) = &mut self.open else { return };
        for line in text.split_inclusive('\n') {
            let words = line.trim_end_matches(['\n', '\r']);
            if !words.is_empty() {
                let offset = line.as_ptr() as usize - text.as_ptr() as usize;
                pieces.push((passage.text.len(), at + offset));
                passage.text.push_str(words);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(reading: &Reading) -> Vec<(Kind, &str)> {
        reading.passages.iter().map(|passage| (passage.kind, &*passage.text)).collect()
    }

    #[test]
    fn what_is_broken_over_two_lines_by_hand_is_read_as_one() {
        let reading =
            Reading::plain("题\n各单位（见附件一\n　　和附件二）已办结。\n完成，\n继续。\n落款\n日期");
        let words: Vec<&str> = reading.passages.iter().map(|passage| &*passage.text).collect();
        assert_eq!(words, ["题", "各单位（见附件一和附件二）已办结。", "完成，继续。", "落款", "日期"]);
        let joined = "和附件二";
        let at = words[1].find(joined).unwrap();
        let text = "题\n各单位（见附件一\n　　和附件二）已办结。\n完成，\n继续。\n落款\n日期";
        assert_eq!(&text[reading.range(1, &(at..at + joined.len()))], joined);
        let reading = Reading::markdown("关于办理\\\n情况的报告\n===\n\n落款\\\n日期\n");
        let words: Vec<&str> = reading.passages.iter().map(|passage| &*passage.text).collect();
        assert_eq!(words, ["关于办理情况的报告", "落款", "日期"]);
    }

    #[test]
    fn the_words_of_markdown_are_read_without_its_marks() {
        let text = "# 总结\n\n## 一、概况\n\n　　**共办理。**其中\n[138](figure:a)件 `a,b`。\\\n落款\n\n\
                    | 来源 | 件数 |\n| :-- | --: |\n| **省** | 5 |\n\n```\na,甲\n```\n\n1. 甲\n2. 乙\n- 丙\n\n<!-- 甲,乙 -->\n\n    缩进,段。\n";
        let reading = Reading::markdown(text);
        let expected = [
            (Kind::Title, "总结"),
            (Kind::Heading, "一、概况"),
            (Kind::Paragraph, "共办理。其中138件 x。"),
            (Kind::Paragraph, "落款"),
            (Kind::Cell, "来源"),
            (Kind::Cell, "件数"),
            (Kind::Cell, "省"),
            (Kind::Cell, "5"),
            (Kind::Paragraph, "1.甲"),
            (Kind::Paragraph, "2.乙"),
            (Kind::Paragraph, "丙"),
            (Kind::Paragraph, "缩进,段。"),
        ];
        let read: Vec<(Kind, &str)> =
            read(&reading).into_iter().map(|(kind, text)| (kind, text.trim_start_matches('　'))).collect();
        assert_eq!(read, expected);
        for (index, passage) in reading.passages.iter().enumerate() {
            for (at, c) in passage.text.char_indices().filter(|(_, c)| *c != 'x') {
                let range = reading.range(index, &(at..at + c.len_utf8()));
                assert_eq!(text[range].chars().collect::<Vec<_>>(), [c], "{}", passage.text);
            }
        }
    }

    #[test]
    fn a_line_of_plain_text_is_a_paragraph() {
        let text =
            "\u{feff}总结\r\n\r\n　　一、概况\n（一）加强领导。落实责任。\n12、关于问题\n3.5万人参加\n";
        let reading = Reading::plain(text);
        let expected = [
            (Kind::Title, "总结"),
            (Kind::Heading, "　　一、概况"),
            (Kind::Paragraph, "（一）加强领导。落实责任。"),
            (Kind::Heading, "12、关于问题"),
            (Kind::Heading, "3.5万人参加"),
        ];
        assert_eq!(read(&reading), expected);
        assert_eq!(&text[reading.range(1, &(6..12))], "一、");
    }
}
