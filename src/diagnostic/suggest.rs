//! "Did you mean": the known word that is nearest to one that is not known, and how it is suggested.

/// The known word that was most likely meant.
pub fn closest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let near = known.map(|known| (strsim::normalized_damerau_levenshtein(word, known), known));
    near.filter(|(score, _)| *score >= 0.5).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
}

/// How a suggested word is set off from the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// Not at all: `generic`, `武汉`.
    None,
    /// As code in English: a key, the name of a figure.
    Code,
    /// In quotation marks: a name in the data.
    Quotes,
}

/// A question whether another word was meant, in both languages; none if no known word is near.
#[derive(Debug)]
pub struct Suggestion(Option<(String, String)>);

/// Suggest the known word that is nearest to `word`.
pub fn did_you_mean<'k>(word: &str, known: impl Iterator<Item = &'k str>, marks: Marks) -> Suggestion {
    let question = |near: &str| match marks {
        Marks::None => (format!("是不是 {near}？"), format!("did you mean {near}?")),
        Marks::Code => (format!("是不是 {near}？"), format!("did you mean `{near}`?")),
        Marks::Quotes => (format!("是不是“{near}”？"), format!("did you mean \"{near}\"?")),
    };
    Suggestion(closest(word, known).map(question))
}

impl Suggestion {
    /// The question as the end of a message: `，是不是 主办？` and `; did you mean ...?`. Empty if there is none.
    pub fn after_message(self) -> (String, String) {
        self.0.map_or_else(Default::default, |(zh, en)| (format!("，{zh}"), format!("; {en}")))
    }

    /// The question as the beginning of a help text: `是不是 主办？` and `did you mean ...? `. Empty if there is none.
    pub fn before_help(self) -> (String, String) {
        self.0.map_or_else(Default::default, |(zh, en)| (zh, en + " "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_suggested_in_both_languages() {
        let suggest = |word, marks| did_you_mean(word, ["level", "role"].into_iter(), marks);
        let pair = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        assert_eq!(
            suggest("lavel", Marks::Code).after_message(),
            pair("，是不是 level？", "; did you mean `level`?")
        );
        assert_eq!(
            suggest("lavel", Marks::Quotes).before_help(),
            pair("是不是“level”？", "did you mean \"level\"? ")
        );
        assert_eq!(suggest("rolle", Marks::None).before_help(), pair("是不是 role？", "did you mean role? "));
        assert_eq!(suggest("处室", Marks::Code).after_message(), pair("", ""));
    }
}
