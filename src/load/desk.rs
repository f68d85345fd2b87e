//! Reads the files of a report's folder, and keeps their texts and everything that is wrong with them.

use std::io::ErrorKind;
use std::path::Path as FilePath;

use super::{is_plain_name, slips, syntax, todo};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::Todo;
use crate::source::{Place, Sources};
use crate::world::{LARGEST_FILE, ReadFiles};

/// Where a report's files are read.
pub(super) struct Desk<'d> {
    pub files: &'d dyn ReadFiles,
    /// The report's folder.
    pub folder: &'d FilePath,
    /// The texts that have been read.
    pub sources: &'d mut Sources,
    /// Everything that is wrong.
    pub wrong: Vec<Diagnostic>,
    /// What the files say is still to be found out.
    pub marked: Vec<Todo>,
}

impl Desk<'_> {
    /// The name under which a file of the folder is shown.
    pub(super) fn shown(&self, name: &str) -> String {
        self.folder.join(name).to_string_lossy().replace('\\', "/")
    }

    /// The text of the file that a key of the report names, if it names one; `named` is the place of the key, `file` takes the
    /// name under which it is shown.
    pub(super) fn named(&mut self, name: Option<&str>, named: &Place, file: &mut String) -> Option<String> {
        let name = name?;
        *file = self.shown(name);
        self.text(name, Some(named))
    }

    /// The text of a file, in which what is still to be found out has its mark.
    pub(super) fn text(&mut self, name: &str, named: Option<&Place>) -> Option<String> {
        let bytes = self.bytes(name, named)?;
        let shown = self.shown(name);
        let text = self.readable(bytes, &shown)?;
        self.wrong.extend(slips::misread(&text).into_iter().map(|(range, message, help)| {
            Diagnostic::warning(Code::Y010, Place::bytes(&shown, range), message).help(help)
        }));
        let (text, marked) = todo::marked(&text, &shown);
        self.marked.extend(marked);
        Some(text)
    }

    /// The bytes of a file; `named` is the place that asks for it.
    pub(super) fn bytes(&mut self, name: &str, named: Option<&Place>) -> Option<Vec<u8>> {
        let shown = self.shown(name);
        let blamed = named.cloned().unwrap_or_else(|| Place::file(&shown));
        if !is_plain_name(name) {
            let zh = format!("“{name}”不是本报告文件夹里的文件名");
            let en = format!("\"{name}\" is not the name of a file in the report's own folder");
            let help = say(
                "只写文件名，例如 cases.yaml，不带路径",
                "write a file name such as cases.yaml, without a path",
            );
            self.wrong.push(Diagnostic::error(Code::Y006, blamed, say(zh, en)).help(help));
            return None;
        }
        match self.files.read(&self.folder.join(name)) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                let (zh, en) = match error.kind() {
                    ErrorKind::NotFound => (format!("找不到文件 {shown}"), format!("no such file: {shown}")),
                    ErrorKind::FileTooLarge => {
                        let most = LARGEST_FILE >> 20;
                        (format!("文件 {shown} 超过 {most} MB"), format!("{shown} is larger than {most} MB"))
                    }
                    ErrorKind::ResourceBusy => (
                        format!("文件 {shown} 一直在改动，没有读到完整的内容"),
                        format!("{shown} keeps changing while it is read"),
                    ),
                    _ => (format!("读不了文件 {shown}：{error}"), format!("cannot read {shown}: {error}")),
                };
                let help = say("检查文件名和存放的位置", "check the file's name and where it lies");
                self.wrong.push(Diagnostic::error(Code::Y005, blamed, say(zh, en)).help(help));
                None
            }
        }
    }

    /// Bytes as a text that can be read, and is kept.
    fn readable(&mut self, bytes: Vec<u8>, shown: &str) -> Option<String> {
        if let Some((zh, en)) = foreign(&bytes) {
            let message = say(
                format!("{shown} 是{zh}，不是 YAML 文本"),
                format!("{shown} is {en}, not a text in YAML"),
            );
            let help = say(
                "这里要纯文本的 .yaml；台账是表格的，写 ledger: 文件名.xlsx",
                "a plain text (.yaml) is wanted here; a ledger in a spreadsheet is named as `ledger: name.xlsx`",
            );
            self.wrong.push(Diagnostic::error(Code::Y005, Place::file(shown), message).help(help));
            return None;
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let readable = String::from_utf8_lossy(error.as_bytes()).into_owned();
                self.sources.add(shown, readable);
                let place = Place::bytes(shown, at..at + '\u{fffd}'.len_utf8());
                let message = say("文件不是 UTF-8 编码", "the file is not UTF-8");
                let help = say(
                    "可能是 GBK：用记事本或 WPS 打开，另存为 UTF-8",
                    "it may be GBK: open it in an editor and save it as UTF-8",
                );
                self.wrong.push(Diagnostic::error(Code::Y005, place, message).help(help));
                return None;
            }
        };
        self.sources.add(shown, text.clone());
        if let Some(at) = control(text.as_bytes()) {
            let place = Place::bytes(shown, at..at + 1);
            let message = say("文件里有不可见的控制字符", "the file has a control character");
            let help = say("删去这个字符", "delete the character");
            self.wrong.push(Diagnostic::error(Code::Y001, place, message).help(help));
            return None;
        }
        if let Some(at) = syntax::too_deep(&text) {
            let message = say("嵌套得太深", "nested too deeply");
            let help = say("减少括号和短横的层数", "use fewer levels of brackets and dashes");
            self.wrong
                .push(Diagnostic::error(Code::Y001, Place::bytes(shown, at..at + 1), message).help(help));
            return None;
        }
        if text.trim().is_empty() {
            let message = say(format!("文件 {shown} 是空的"), format!("{shown} is empty"));
            let help = say("从样例抄一份再改", "start from the sample's file");
            self.wrong.push(Diagnostic::error(Code::Y005, Place::file(shown), message).help(help));
            return None;
        }
        Some(text)
    }
}

/// What a file is by its first bytes, if it is no text, in Chinese and in English.
const FOREIGN: &[(&[u8], &str, &str)] = &[
    (b"PK\x03\x04", "Word、Excel、WPS 文档或压缩包", "a document of Word, Excel or WPS, or a ZIP file"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word、Excel 或 WPS 文档", "an older document of Word, Excel or WPS"),
    (b"%PDF", " PDF ", "a PDF"),
    (b"\x89PNG", "图片", "a picture"),
    (b"\xff\xd8\xff", "图片", "a picture"),
    (b"{\\rtf", " RTF 文档", "an RTF document"),
    (b"Rar!", "压缩包", "an archive of RAR"),
    (b"7z\xbc\xaf", "压缩包", "an archive of 7-Zip"),
    (
        b"\xff\xfe",
        " UTF-16 编码的文本（记事本里叫 Unicode），要另存为 UTF-8",
        "a text in UTF-16: save it as UTF-8",
    ),
    (b"\xfe\xff", " UTF-16 编码的文本，要另存为 UTF-8", "a text in UTF-16: save it as UTF-8"),
];

fn foreign(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    FOREIGN.iter().find(|(begin, ..)| bytes.starts_with(begin)).map(|(_, zh, en)| (*zh, *en))
}

/// The first control character but line breaks and tabs: below U+0020, U+007F to U+009F. By bytes, since a ledger has
/// millions of them.
fn control(text: &[u8]) -> Option<usize> {
    let low = |byte: u8| byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t') || byte == 0x7f;
    let high = |at: usize| text[at] == 0xc2 && text.get(at + 1).is_some_and(|next| *next < 0xa0);
    (0..text.len()).find(|at| low(text[*at]) || high(*at))
}
