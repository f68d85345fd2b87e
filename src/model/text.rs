//! Values that carry their own rules: texts, days, decimal numbers.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{Deserializer, Error, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::fault::fault;
use super::todo::is_mark;

fn clean<E: Error>(text: &str, most: usize, allowed: &[char]) -> Result<String, E> {
    if let Some(c) = text.chars().find(|c| (c.is_control() && !allowed.contains(c)) || is_unseen(*c)) {
        let code = format!("U+{:04X}", u32::from(c));
        let zh = format!("文字里有不可见的字符 {code}，请删去");
        return Err(E::custom(fault(zh, format!("invisible character {code} in a text; delete it"))));
    }
    let length = text.chars().count();
    if length > most {
        let zh = format!("文字过长：{length} 个字符，最多 {most} 个");
        return Err(E::custom(fault(zh, format!("text too long: {length} characters, at most {most}"))));
    }
    let text = text.trim();
    // `~` is how YAML writes nothing.
    if text.is_empty() || text == "~" {
        return Err(E::custom(fault("文字为空，请填写", "empty text; fill it in")));
    }
    Ok(text.to_owned())
}

/// Invisible code points that change what is seen (joiners, changes of direction), and those that Unicode keeps
/// for programs' own use: the Markdown parser marks places with one.
pub fn is_unseen(c: char) -> bool {
    matches!(u32::from(c), 0xAD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFEFF | 0xFDD0..=0xFDEF)
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// A full-width form of ASCII as the character itself.
pub fn half_width(c: char) -> char {
    match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        0x3000 => ' ',
        _ => c,
    }
}

/// Blanks of every width, and marks that nobody sees.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}')
}

/// What holds a text is read and printed as one.
macro_rules! reads_as_text {
    ($name:ident) => {
        impl std::ops::Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self)
            }
        }
    };
}
pub(super) use reads_as_text;

/// Texts that have a form, each with the function that knows it; they are kept as they are printed.
///
/// The pattern is what editors know of the form: it holds for whatever the function accepts.
macro_rules! formed {
    ($($(#[$doc:meta])* $name:ident = $form:ident $pattern:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
        #[serde(try_from = "Text")]
        #[schemars(extend("pattern" = concat!(r"^\s*(?:", $pattern, r"|(?:todo|待核实).*)\s*$")))]
        pub struct $name($crate::model::Text);

        impl TryFrom<$crate::model::Text> for $name {
            type Error = String;

            fn try_from(text: $crate::model::Text) -> Result<Self, String> {
                // What is still to be found out has no form yet.
                if $crate::model::todo::is_mark(&text) {
                    return Ok(Self(text));
                }
                $form(&text).map(|()| Self(text))
            }
        }

        $crate::model::text::reads_as_text!($name);
    )+};
}
pub(super) use formed;

/// What is read as a text: without quotes it may look like a number or a flag.
pub(super) const WRITTEN: [&str; 3] = ["string", "number", "boolean"];

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $most:expr, $allowed:expr, $pattern:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema)]
        #[schemars(extend("type" = WRITTEN, "maxLength" = $most, "pattern" = $pattern))]
        pub struct $name(String);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Words;
                impl Visitor<'_> for Words {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                        f.write_str(&fault("文字", "a text"))
                    }
                    fn visit_str<E: Error>(self, text: &str) -> Result<$name, E> {
                        clean(text, $most, $allowed).map($name)
                    }
                }
                deserializer.deserialize_str(Words)
            }
        }

        reads_as_text!($name);
    };
}

text! {
    /// One line of data: at most 200 characters, no control characters. It never becomes markup.
    Text, 200, &[], r"^[^\n]*\S[^\n]*$"
}

text! {
    /// Written prose: Markdown with template functions, at most 20,000 characters.
    Prose, 20_000, &['\n'], r"\S"
}

text! {
    /// Several lines of data, at most 2,000 characters. It never becomes markup.
    Memo, 2_000, &['\n'], r"\S"
}

impl TryFrom<String> for Text {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let read: Result<String, serde::de::value::Error> = clean(&text, 200, &[]);
        read.map(Self).map_err(|wrong| wrong.to_string())
    }
}

/// Under this key alone, [`Prose`] stands among other values: it is a template that has yet to be rendered.
pub const PROSE: &str = "\u{1f}prose";

impl Serialize for Prose {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(PROSE, &self.0)?;
        map.end()
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

/// The name of a declared figure or of a phrase: lower-case letters, digits and underscores, so that it can stand in a link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("pattern" = "^[a-z0-9_]{1,60}$"))]
pub struct Name(String);

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if (1..=60).contains(&name.len()) && name.bytes().all(allowed) {
            return Ok(Self(name));
        }
        let shown: String = name.chars().take(40).collect();
        let zh = format!("“{shown}”不能做名字，名字只用小写字母、数字和下划线，最多 60 个");
        Err(fault(zh, format!("\"{shown}\" cannot be a name: use a-z, 0-9 and _, at most 60 of them")))
    }
}

impl std::borrow::Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A number as it was published: the digits are kept, so that 3.20 stays 3.20; or the mark of one that is still to be found
/// out.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(extend("type" = ["number", "string"], "pattern" = r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$|^(todo|待核实)"))]
pub struct Decimal(String);

impl Decimal {
    /// An optional minus, digits, and at most one point with digits on both sides.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str| (1..=15).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        let (whole, fraction) =
            text.trim_start_matches('-').split_once('.').unwrap_or((text.trim_start_matches('-'), "0"));
        let signs = text.len() - text.trim_start_matches('-').len();
        (signs <= 1 && digits(whole) && digits(fraction)).then(|| Self(text.to_owned()))
    }
}

impl Decimal {
    /// Whether it is still to be found out.
    pub fn is_todo(&self) -> bool {
        is_mark(&self.0)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Decimal;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str(&fault("数字", "a number"))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Decimal, E> {
                if is_mark(text) {
                    return Ok(Decimal(text.to_owned()));
                }
                let shown: String = text.chars().take(40).collect();
                Decimal::parse(text).ok_or_else(|| {
                    let bare = text.replace([',', '，', ' '], "");
                    if Decimal::parse(&bare).is_some() {
                        let zh = format!("数字“{shown}”写成 {bare}，不带逗号和空格");
                        return E::custom(fault(zh, format!("write the number \"{shown}\" as {bare}")));
                    }
                    let zh = format!("“{shown}”不是数字，请只写数字（如 152.67），单位写在 unit 里");
                    let en = format!(
                        "\"{shown}\" is not a number: write digits only (152.67), the unit goes into `unit`"
                    );
                    E::custom(fault(zh, en))
                })
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Decimal, E> {
                self.visit_str(&number.to_string())
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Decimal, E> {
                self.visit_str(&number.to_string())
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Decimal, E> {
                self.visit_str(&number.to_string())
            }
        }
        // Asked for as a text, a YAML reader hands over the digits as they stand in the file.
        deserializer.deserialize_str(Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_with_marks_in_it_is_refused_with_the_number_to_write() {
        let told = |text: &str| serde_yaml::from_str::<Decimal>(text).err().map(|error| error.to_string());
        assert!(told("'1,600'").unwrap().contains("as 1600"));
        assert!(told("'1 600.5'").unwrap().contains("as 1600.5"));
        assert!(told("'152.67亿元'").unwrap().contains("is not a number"));
        assert_eq!(told("1600"), None);
    }

    #[test]
    fn a_decimal_keeps_its_digits() {
        for good in ["3.20", "-28.57", "0", "152.67"] {
            assert_eq!(Decimal::parse(good).map(|d| d.to_string()).as_deref(), Some(good));
        }
        for bad in ["", "3.", ".5", "1e3", "--1", "1,000", "３", "NaN", "152.67亿元"] {
            assert_eq!(Decimal::parse(bad), None, "{bad}");
        }
    }
}
