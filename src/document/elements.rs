//! The header's data as elements of the document, every text ready to print.

use super::{Document, Head, Imprint, Occasion, Seal, SignOff};
use crate::model::{self, Header, Urgency};

/// A document without its body and annexes.
pub(super) fn elements(header: &Header) -> Document {
    let sign_off = header.signature.as_ref().map(|lead| SignOff {
        signatures: texts(std::iter::once(lead).chain(&header.co_signatures)),
        date: header.date_signed.chinese(),
        seal: match header.seal {
            model::Seal::None => Seal::None,
            model::Seal::Office => Seal::Office,
            model::Seal::Signatory => Seal::Signatory(text(&header.signatory_post).unwrap_or_default()),
        },
    });
    Document {
        head: head(header),
        title: header.title.to_string(),
        title_lines: texts(&header.title_lines),
        occasion: occasion(header),
        addressees: text(&header.addressees)
            .or_else(|| Some(header.occasion.as_ref()?.salutation.to_string())),
        sign_off,
        note: text(&header.note),
        imprint: Imprint {
            copies: text(&header.copies),
            office: text(&header.printing_office),
            date: header.date_printed.map(model::Date::chinese),
        },
        ..Document::default()
    }
}

fn occasion(header: &Header) -> Option<Occasion> {
    let occasion = header.occasion.as_ref()?;
    let post = occasion.speaker.post.as_ref().map_or(String::new(), |post| format!("{post}\u{3000}"));
    Some(Occasion {
        meeting: format!("（{}在{}上）", occasion.date.chinese(), occasion.meeting),
        speaker: post + &occasion.speaker.name,
    })
}

fn head(header: &Header) -> Head {
    Head {
        copy_number: text(&header.copy_number),
        classification: text(&header.classification),
        urgency: header.urgency.map(Urgency::label).map(str::to_owned),
        issuers: texts(&header.issuers),
        issuer_suffix: text(&header.issuer_suffix),
        number: text(&header.number),
        signatories: texts(&header.signatories),
    }
}

fn text(text: &Option<impl ToString>) -> Option<String> {
    text.as_ref().map(ToString::to_string)
}

fn texts<'a, T: ToString + 'a>(texts: impl IntoIterator<Item = &'a T>) -> Vec<String> {
    texts.into_iter().map(ToString::to_string).collect()
}
