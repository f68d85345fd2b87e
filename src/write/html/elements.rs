//! The elements around the text as the page's template sees them.

use tera::{Context, Value};

use super::map;
use crate::document::{Document, Head, Occasion, Seal, SignOff};

/// Puts everything but body and annexes into the context.
pub(super) fn insert(context: &mut Context, document: &Document) {
    context.insert("draft", &document.draft);
    context.insert("title", &document.title);
    context.insert("title_lines", &document.title_lines);
    context.insert_value("head", head(&document.head));
    let occasion = |occasion: &Occasion| {
        map([("meeting", occasion.meeting.as_str()), ("speaker", occasion.speaker.as_str())])
    };
    context.insert_value("occasion", document.occasion.as_ref().map(occasion).into());
    context.insert("addressees", &document.addressees);
    context.insert_value("sign_off", document.sign_off.as_ref().map(sign_off).into());
    context.insert("note", &document.note);
    let imprint = &document.imprint;
    context.insert_value(
        "imprint",
        map([
            ("copies", imprint.copies.clone()),
            ("office", imprint.office.clone()),
            ("date", imprint.date.clone()),
        ]),
    );
}

/// The head; none if there is nothing in it. `ems` is the width of the issuers' mark in its own characters.
fn head(head: &Head) -> Value {
    if *head == Head::default() {
        return Value::none();
    }
    let length = |text: &String| text.chars().count();
    let ems =
        head.issuers.iter().map(length).max().unwrap_or(0) + head.issuer_suffix.as_ref().map_or(0, length);
    map([
        ("copy_number", Value::from(head.copy_number.clone())),
        ("classification", head.classification.clone().into()),
        ("urgency", head.urgency.clone().into()),
        ("issuers", head.issuers.clone().into()),
        ("issuer_suffix", head.issuer_suffix.clone().into()),
        ("ems", ems.into()),
        ("number", head.number.clone().into()),
        ("signatories", head.signatories.clone().into()),
    ])
}

fn sign_off(end: &SignOff) -> Value {
    let (seal, post) = match &end.seal {
        Seal::None => ("none", None),
        Seal::Office => ("office", None),
        Seal::Signatory(post) => ("signatory", Some(post.as_str())),
    };
    map([
        ("signatures", Value::from(end.signatures.clone())),
        ("date", end.date.as_str().into()),
        ("seal", seal.into()),
        ("post", post.into()),
    ])
}
