//! Leaks in disguise: 300 withheld texts, each written otherwise, planted in what leaves the program in every format and by every exit.

use std::collections::BTreeMap;
use std::path::Path;

use crate::common;
use crate::common::office::Office;
use banjie::check::leak::Secrets;
use banjie::compose::Templates;
use banjie::load;
use banjie::make::{Exit, Maker, leaks};
use banjie::source::Sources;
use banjie::world::Memory;
use banjie::write::{Edition, FORMATS};

/// A ledger with a withheld case and a contact, an internal figure, and something internal in the report.
const CASES: &str = "\
cases:
  - {id: 甲, title: 关于突破高端存储芯片（一期）关键核心技术攻关的提案, level: 市, kind: 政协提案, role: 主办,
     proposer: 张晓峰、欧阳志远、李钰, office: 一处, assigned: 2021-03-01, due: 2021-08-30, replied: 2021-07-01, outcome: 已解决,
     contact: '王建国，电话 138 1234 5678、027-87654321，wangjg@example.cn', notes: 提出者口头要求暂缓推进并另行商议。,
     disclosure: {decision: 不予公开, reason: 商业秘密}}
  - {id: 乙, title: 关于发展养老服务的建议, level: 市, kind: 代表建议, role: 主办, proposer: 江岸代表团, office: 一处,
     assigned: 2021-03-01, due: 2021-08-30, replied: 2021-07-01, outcome: 已解决,
     disclosure: {decision: 全文公开, reviewed: 2021-07-02, consented: 2021-07-03, published: 2021-07-04}}
";
const FIGURES: &str = "source: 统计\nas_of: 2021年\nfigures:\n  budget: { label: 拟安排的专项预算, value: 7316.5, unit: 万元, internal: true }\n";
const REPORT: &str = "genre: session-bulletin\nyear: 2021\nheader: { title: 总结, date_signed: 2021-12-09 }\nledger: cases.yaml\nfigures: figures.yaml\n";

/// What is withheld, in forms that are not the words of the data.
const SECRETS: &[&str] = &[
    "关于突破高端存储芯片（一期）关键核心技术攻关的提案",
    "突破高端存储芯片（一期）关键核心技术攻关",
    "关键核心技术攻关的提案",
    "张晓峰、欧阳志远、李钰",
    "由李钰提出",
    "欧阳志远等委员",
    "联系人王建国，",
    "13812345678",
    "138-1234-5678",
    "电话87654321",
    "（027）87654321",
    "wangjg@example.cn",
    "提出者口头要求暂缓推进并另行商议",
    "拟安排的专项预算",
    "专项资金7,316.5万元",
    "73165000元",
    "0.73165亿元",
    "七千三百一十六点五万元",
];

/// Writes a text otherwise.
type Disguise = fn(&str) -> String;

/// How a text is disguised.
const DISGUISES: &[(&str, Disguise)] = &[
    ("as it is", str::to_owned),
    ("traditional", |text| hanconv::s2t(text)),
    ("full width", |text| {
        let wide = |c: char| {
            if c.is_ascii_alphanumeric() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c }
        };
        text.chars().map(wide).collect()
    }),
    ("blanks", |text| apart(text, " ")),
    ("full-width blanks", |text| apart(text, "\u{3000}")),
    ("zero width", |text| apart(text, "\u{200b}")),
    ("soft hyphens", |text| apart(text, "\u{ad}")),
    ("joiners", |text| apart(text, "\u{34f}")),
    ("tags", |text| apart(text, "\u{e0061}")),
    ("fillers", |text| apart(text, "\u{3164}")),
    ("braille blanks", |text| apart(text, "\u{2800}")),
    ("marks of vowels", |text| apart(text, "\u{180e}")),
    ("quotes", |text| text.replace("芯片", "“芯片”").replace("专项", "「专项」")),
    ("line ends", |text| apart(text, "\n")),
];

/// A text with something between all its characters, but not where two marks or digits and a point make one number.
fn apart(text: &str, between: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let mut out = String::new();
    for (at, c) in chars.iter().enumerate() {
        out.push(*c);
        let visible = between.trim().is_empty() && !between.is_empty();
        let inside = chars.get(at + 1).is_some_and(|next| number(*c) && number(*next));
        if at + 1 < chars.len() && !(visible && inside && text.contains('.')) {
            out.push_str(between);
        }
    }
    out
}

#[test]
fn leaks_in_disguise_are_found_at_every_exit() {
    let files = [("r/report.yaml", REPORT), ("r/cases.yaml", CASES), ("r/figures.yaml", FIGURES)];
    let loaded = load::load(&Memory::with(files), Path::new("r"), &mut Sources::default());
    assert_eq!(loaded.diagnostics, []);
    let dataset = loaded.dataset().unwrap();
    let secrets = Secrets::new(&dataset, &BTreeMap::new());
    let mut missed = Vec::new();
    let mut planted = 0;
    for secret in SECRETS {
        for (how, disguise) in DISGUISES {
            let words = format!("会议指出，{}，有关情况如下。", disguise(secret));
            let json = serde_json::json!({ "text": [{ "words": words }] }).to_string();
            let html = format!(
                "<!DOCTYPE html><title>t</title><p>{}</p>",
                words.replace('芯', "<ruby>芯<wbr></ruby>")
            );
            for (exit, name, bytes) in
                [(Exit::Text, "text", words.clone()), (Exit::Json, "json", json), (Exit::Html, "html", html)]
            {
                planted += 1;
                if leaks(&secrets, exit, Path::new("r"), bytes.as_bytes()).is_empty() {
                    missed.push(format!("{secret} as {how} in {name}"));
                }
            }
        }
    }
    assert!(planted >= 300, "{planted}");
    assert!(missed.is_empty(), "{} of {planted}: {missed:#?}", missed.len());
    // What is public is no leak, and neither is what looks like a part of it.
    for words in [
        "关于发展养老服务的建议由江岸代表团提出，一处承办。",
        "安排预算731万元，增长65%，共7316件。电话12345。",
        "用电高峰，志远学校，钰龙集团，建国门，国庆。",
        "编号1381234、5678，138，1234，5678件。",
    ] {
        assert_eq!(leaks(&secrets, Exit::Text, Path::new("r"), words.as_bytes()), [], "{words}");
    }
    let named = leaks(&secrets, Exit::Text, Path::new("突破高端存储芯片一期关键核心技术攻关.md"), b"");
    assert!(!named.is_empty(), "the name of a file leaves as well");
}

#[test]
fn leaks_in_disguise_are_found_in_every_format() {
    let office = Office::new("leaks-in-formats");
    office.change("report.yaml", "strict: true", "strict: false");
    let title = "关于突破高端存储芯片关键核心技术的提案";
    let texts: Vec<(String, String)> = ["report.yaml", "cases.yaml", "figures.yaml"]
        .map(|name| (format!("r/{name}"), office.text(name)))
        .into();
    assert!(texts[1].1.contains(title));
    let own = common::faces();
    let none = Memory::with([("", ""); 0]);
    let templates = Templates::load(&none, None, &mut Sources::default()).unwrap();
    for (how, disguise) in DISGUISES {
        let faces = || Ok(&own);
        let words = disguise("突破高端存储芯片关键核心技术").replace('\n', "");
        let files = texts.iter().map(|(name, text)| {
            (
                name.as_str(),
                text.replacen("preamble: |-\n", &format!("preamble: |-\n  其中{words}难度较大。\n"), 1),
            )
        });
        let files: Vec<(&str, String)> = files.collect();
        let world = Memory::with(files.iter().map(|(name, text)| (*name, text.as_str())));
        let maker = Maker { edition: Edition::Public, ..Maker::new(&world, &templates, &faces) };
        let formats: Vec<_> = FORMATS.iter().collect();
        let made = maker.make(Path::new("r"), &formats, Path::new("r"), &mut Sources::default()).unwrap();
        assert!(made.files.is_empty(), "{how}");
        // Some of the characters may not stand in the data, or no face has them: then nothing is made that could be searched.
        let codes: Vec<&str> = made.diagnostics.iter().map(|told| told.code.as_str()).collect();
        assert!(["E001", "G001", "Y003"].iter().any(|code| codes.contains(code)), "{how}: {codes:?}");
    }
}
