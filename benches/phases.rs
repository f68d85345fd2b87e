//! Each phase of the sample report on its own, from files in memory to bytes.

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench that meets the unexpected should stop")]

#[path = "../tests/it/common/mod.rs"]
mod common;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use banjie::compose::{Templates, compose};
use banjie::compute::Figures;
use banjie::document::{Inline, parse};
use banjie::load::load;
use banjie::source::Sources;
use banjie::typeset::typeset;
use banjie::world::Memory;
use banjie::write::{html::html, markdown::markdown, pdf::Info, pdf::pdf};
use criterion::{Criterion, criterion_group, criterion_main};

fn phases(criterion: &mut Criterion) {
    let files = common::sample();
    let named: Vec<(String, &str)> =
        files.iter().map(|(name, text)| (format!("data/r/{name}"), text.as_str())).collect();
    let world = Memory::with(named.iter().map(|(name, text)| (name.as_str(), *text)));
    let folder = Path::new("data/r");
    let mut sources = Sources::default();
    let templates = Templates::load(&world, None, &mut sources).unwrap();
    let dataset = Arc::new(load(&world, folder, &mut sources).dataset().unwrap());
    let (genre, _) = templates.genre(&dataset.report.genre);
    let figures = Figures::new(Arc::clone(&dataset));
    let markdown_text = compose(&dataset, &figures, &templates, genre.as_ref()).markdown;
    let (document, _) = parse(&markdown_text, &dataset.report.header);
    let mut used = BTreeMap::new();
    document.each_inline(&mut |inline| {
        if let Inline::Figure { name, .. } = inline {
            used.insert(name.clone(), figures.get(name).unwrap());
        }
    });
    let faces = common::faces();
    let set = typeset(&document, &faces);
    let info = Info {
        title: document.title.clone(),
        author: dataset.report.header.signature.as_deref().unwrap_or_default().to_owned(),
        language: "zh-CN".to_owned(),
        date: chrono::NaiveDate::from(dataset.report.header.date_signed).into(),
    };
    let page = templates.get("page.html.tera").unwrap();

    criterion.bench_function("load", |b| b.iter(|| load(black_box(&world), folder, &mut Sources::default())));
    criterion.bench_function("compose", |b| {
        b.iter(|| {
            // Nothing counted yet.
            let figures = Figures::new(Arc::clone(&dataset));
            compose(black_box(&dataset), &figures, &templates, genre.as_ref())
        })
    });
    criterion
        .bench_function("parse", |b| b.iter(|| parse(black_box(&markdown_text), &dataset.report.header)));
    criterion.bench_function("markdown", |b| b.iter(|| markdown(black_box(&document))));
    criterion.bench_function("html", |b| {
        b.iter(|| html(black_box(&document), &used, &[], (&page.shown, &page.text)))
    });
    criterion.bench_function("typeset", |b| b.iter(|| typeset(black_box(&document), &faces)));
    criterion.bench_function("pdf", |b| b.iter(|| pdf(black_box(&set), &faces, &info, &[])));
}

criterion_group!(benches, phases);
criterion_main!(benches);
