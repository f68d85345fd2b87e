//! The field's terms: closed lists of values, each with its identifier and its Chinese words.

use serde_json::json;

/// Declares enumerations. In a file a value may be written as the identifier, as the Chinese term, or as another word that
/// is in use for it; it is always shown as the Chinese term.
macro_rules! terms {
    ($($(#[$doc:meta])* $name:ident ($zh:literal, $en:literal) {
        $($(#[$value_doc:meta])* $value:ident = $id:literal $label:literal $(| $other:literal)*,)+
    })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, schemars::JsonSchema)]
        #[schemars(transform = Self::words)]
        pub enum $name { $($(#[$value_doc])* $value,)+ }

        impl $name {
            /// Every value, in the order in which reports name them.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The identifier.
            pub fn id(self) -> &'static str {
                match self { $(Self::$value => $id,)+ }
            }

            /// The Chinese term.
            pub fn label(self) -> &'static str {
                match self { $(Self::$value => $label,)+ }
            }

            /// What a file may say for each value, instead of the names that the values have here.
            fn words(schema: &mut schemars::Schema) {
                let words = [$((stringify!($value), $label, &[$id, $label $(, $other)*][..])),+];
                $crate::model::term::choices(schema, &words);
            }

            /// The value that a word stands for; otherwise what is wrong, with every allowed word.
            pub fn parse(word: &str) -> Result<Self, String> {
                match word {
                    $($id | $label $(| $other)* => Ok(Self::$value),)+
                    _ => {
                        let list = [$(concat!($label, " ", $id)),+].join("、");
                        let shown: String = word.chars().take(40).collect();
                        let zh = format!("“{shown}”不是{}，可以写：{list}", $zh);
                        let en = format!("\"{shown}\" is not {}; write one of: {list}", $crate::model::term::one($en));
                        Err($crate::model::fault::fault(zh, en))
                    }
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.label())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Word;
                impl serde::de::Visitor<'_> for Word {
                    type Value = $name;
                    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                        f.write_str(&$crate::model::fault::fault($zh, $crate::model::term::one($en)))
                    }
                    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<$name, E> {
                        $name::parse(word).map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Word)
            }
        }
    )+};
}

pub(super) use terms;

/// The schema of an enumeration, each value with its Chinese term and all words for it.
pub(super) fn choices(schema: &mut schemars::Schema, words: &[(&str, &str, &[&str])]) {
    let values = schema.remove("oneOf");
    let about = |name: &str| {
        let values = values.as_ref()?.as_array()?;
        values.iter().find(|value| value["const"] == name)?.get("description").cloned()
    };
    let choice = |(name, label, words): &(&str, &str, &[&str])| json!({ "title": label, "description": about(name), "enum": words });
    schema.insert("type".to_owned(), "string".into());
    schema.insert("anyOf".to_owned(), words.iter().map(choice).collect());
}

/// English words with their article.
pub(super) fn one(words: &str) -> String {
    let article = if words.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {words}")
}
