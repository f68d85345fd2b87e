//! What becomes of a clerk's slips: each of 400 plausible errors in the samples' data is reported, or prints nothing wrong.
//!
//! A wrong digit in `figures.yaml` is not among them: where nothing else in the data knows the number, nothing can tell. How
//! many of those are caught by what is declared about them is printed as well.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use crate::common;
use crate::common::{SAMPLES, report_files};
use banjie::compose::Templates;
use banjie::make::Maker;
use banjie::source::Sources;
use banjie::typeset::Faces;
use banjie::world::Memory;
use banjie::write::{Edition, FORMATS, Format};

type Files = BTreeMap<&'static str, String>;

const MUTATIONS: usize = 400;
const FEWEST: f64 = 0.97;

/// Numbers that look random and are the same in every run (Knuth's MMIX generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn pick<'t, T>(&mut self, list: &'t [T]) -> Option<&'t T> {
        (!list.is_empty()).then(|| &list[self.below(list.len())])
    }
}

/// The Markdown, and the codes of what is told.
fn made(files: &Files, templates: &Templates, faces: &Faces) -> (String, Vec<&'static str>) {
    let named: Vec<(String, &str)> =
        files.iter().map(|(name, text)| (format!("data/r/{name}"), text.as_str())).collect();
    let world = Memory::with(named.iter().map(|(name, text)| (name.as_str(), *text)));
    let faces = || Ok(faces);
    let maker = Maker {
        files: &world,
        world: &world,
        templates,
        faces: &faces,
        step: &|_| {},
        show_grid: false,
        edition: Edition::Public,
    };
    let markdown: Vec<&'static Format> = FORMATS.iter().filter(|format| format.name == "markdown").collect();
    let made = maker.make(Path::new("data/r"), &markdown, Path::new("r"), &mut Sources::default()).unwrap();
    let text = made
        .files
        .first()
        .map_or(String::new(), |file| String::from_utf8(file.content.bytes.clone()).unwrap());
    (text, made.diagnostics.iter().map(|told| told.code.as_str()).collect())
}

/// A slip: what was done, if it could be done.
type Slip = fn(&mut Files, &mut Chance) -> Option<String>;

const SLIPS: &[(&str, Slip)] = &[
    ("a case dropped", drop_case),
    ("a role swapped", swap_role),
    ("a date shifted", shift_date),
    ("a figure typed", type_figure),
    ("a bracket cut", cut_bracket),
    ("another open case under an exception", except_one),
    ("a case moved under a sum", move_case),
    ("a quantity in numerals", type_numeral),
    ("a day that does not exist", write_day),
    ("a day of publication lost", lose_published),
    ("a placeholder left", leave_blank),
];

/// Put a sentence behind another one of the prose.
fn say_more(files: &mut Files, chance: &mut Chance, words: &str) -> Option<String> {
    let text = files.get("report.yaml")?.clone();
    let ends = text.match_indices("。\n").map(|(at, _)| at + "。".len());
    let prose = ends.filter(|at| {
        let start = text[..*at].rfind('\n').map_or(0, |at| at + 1);
        text[start..].starts_with("    ") && !text[start..*at].contains([':', '#', '"', '\''])
    });
    let places: Vec<usize> = prose.collect();
    let at = *chance.pick(&places)?;
    change(files, "report.yaml", at, "", words)
}

/// Ids of the cases, and the bytes of each record.
fn records(text: &str) -> Vec<(String, std::ops::Range<usize>)> {
    let starts: Vec<usize> = text.match_indices("\n  - id: ").map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let id = |at: usize| text[at + "\n  - id: ".len()..].lines().next().unwrap_or_default().trim().to_owned();
    starts.iter().zip(ends).map(|(start, end)| (id(*start), *start..end)).collect()
}

/// A sentence excepts the cases that are open, and one more is opened.
fn except_one(files: &mut Files, chance: &mut Chance) -> Option<String> {
    let text = files.get("cases.yaml")?.clone();
    let all = records(&text);
    let is_open = |range: &std::ops::Range<usize>| !text[range.clone()].contains("\n    replied:");
    let open: Vec<&str> = all.iter().filter(|row| is_open(&row.1)).map(|row| row.0.as_str()).collect();
    let answered: Vec<&(String, std::ops::Range<usize>)> =
        all.iter().filter(|row| !is_open(&row.1) && text[row.1.clone()].contains("会办")).collect();
    let (id, range) = (*chance.pick(&answered)?).clone();
    let words = match open.len() {
        0 => "各件均已按规定时限全部办结。".to_owned(),
        1..4 => format!("除{}外，其他主、承、分、会办件均已全部办结。", open.join("、")),
        _ => return None,
    };
    let said = say_more(files, chance, &words)?;
    let dropped = ["    replied:", "    outcome:", "    satisfaction:"];
    let lines = text[range.clone()].lines().filter(|line| !dropped.iter().any(|key| line.starts_with(key)));
    let record = lines.collect::<Vec<_>>().join("\n") + "\n";
    files.get_mut("cases.yaml")?.replace_range(range, &record);
    Some(format!("{said}; {id} opened"))
}

/// A sentence adds up two levels, and a case is of a third.
fn move_case(files: &mut Files, chance: &mut Chance) -> Option<String> {
    let text = files.get("cases.yaml")?.clone();
    let places: Vec<usize> = text.match_indices("    level: ").map(|(at, words)| at + words.len()).collect();
    let at = *chance.pick(&places)?;
    let level = text[at..].lines().next()?.to_owned();
    let levels: Vec<&str> = ["全国", "省", "市", "区"]
        .into_iter()
        .filter(|level| text.contains(&format!("    level: {level}\n")))
        .collect();
    let other = if levels.contains(&"乡镇") { return None } else { "乡镇" };
    let count = |level: &&str| format!("{level}级{{{{ count(level=\"{level}\") }}}}");
    let list: Vec<String> = levels.iter().map(count).collect();
    if list.len() < 2 {
        return None;
    }
    let words = format!("全部办件{{{{ fig(name=\"cases.total\") }}}}，其中{}。", list.join("、"));
    let said = say_more(files, chance, &words)?;
    change(files, "cases.yaml", at, &level, other).map(|moved| format!("{said}; {moved}"))
}

fn type_numeral(files: &mut Files, chance: &mut Chance) -> Option<String> {
    let words = [
        "三十五家企业受益。",
        "投入二十亿元。",
        "采纳率达百分之九十八点五。",
        "九成以上建议得到采纳。",
        "产值翻一番。",
        "三分之二已完成。",
    ];
    let words = *chance.pick(&words)?;
    say_more(files, chance, words)
}

fn write_day(files: &mut Files, chance: &mut Chance) -> Option<String> {
    let words = [
        "于9月31日召开会议。",
        "2023年2月29日印发。",
        "六月三十一日完成。",
        "13月3日答复。",
        "4月31日前报送。",
    ];
    let words = *chance.pick(&words)?;
    say_more(files, chance, words)
}

/// One day of publication, or all of them.
fn lose_published(files: &mut Files, chance: &mut Chance) -> Option<String> {
    let text = files.get("cases.yaml")?.clone();
    let line = "\n      published: 2021-01-01".len();
    let places: Vec<usize> = text.match_indices("\n      published: ").map(|(at, _)| at).collect();
    let at = *chance.pick(&places)?;
    if chance.below(2) == 0 {
        return change(files, "cases.yaml", at, &text[at..at + line], "");
    }
    let mut all = text;
    for at in places.into_iter().rev() {
        all.replace_range(at..at + line, "");
    }
    files.insert("cases.yaml", all);
    Some("every published dropped".to_owned())
}

fn leave_blank(files: &mut Files, chance: &mut Chance) -> Option<String> {
    let words = ["共走访XX家。", "由××局牵头。", "时间待定。", "（此处补充做法）", "增加＿＿件。"];
    let words = *chance.pick(&words)?;
    say_more(files, chance, words)
}

fn change(files: &mut Files, name: &'static str, at: usize, from: &str, to: &str) -> Option<String> {
    let text = files.get_mut(name)?;
    let line = text[..at].matches('\n').count() + 1;
    text.replace_range(at..at + from.len(), to);
    Some(format!("{name}:{line}: {} → {}", from.trim().replace('\n', " "), to.trim()))
}

fn drop_case(files: &mut Files, chance: &mut Chance) -> Option<String> {
    let text = files.get("cases.yaml")?.clone();
    let starts: Vec<usize> = text.match_indices("\n  - id: ").map(|(at, _)| at).collect();
    let index = chance.below(starts.len());
    let end = starts.get(index + 1).copied().unwrap_or(text.len());
    let record = text[starts[index]..end].to_owned();
    change(files, "cases.yaml", starts[index], &record, "\n").map(|said| said.chars().take(60).collect())
}

fn swap_role(files: &mut Files, chance: &mut Chance) -> Option<String> {
    let text = files.get("cases.yaml")?.clone();
    let places: Vec<usize> = text.match_indices("    role: ").map(|(at, words)| at + words.len()).collect();
    let at = *chance.pick(&places)?;
    let role = text[at..].lines().next()?.to_owned();
    let others: Vec<&str> = ["主办", "会办", "分办"].into_iter().filter(|other| *other != role).collect();
    let other = *chance.pick(&others)?;
    change(files, "cases.yaml", at, &role, other)
}

/// Another year, the month and the day in each other's place, or a day that the month does not have.
fn shift_date(files: &mut Files, chance: &mut Chance) -> Option<String> {
    let name = *chance.pick(&["cases.yaml", "report.yaml"])?;
    let text = files.get(name)?.clone();
    let is_date = |at: &usize| {
        text.get(*at..*at + 10).is_some_and(|word| {
            word.bytes()
                .enumerate()
                .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() })
        })
    };
    let places: Vec<usize> =
        (0..text.len()).filter(|at| text.is_char_boundary(*at)).filter(is_date).collect();
    let at = *chance.pick(&places)?;
    let date = text[at..at + 10].to_owned();
    let (year, month, day) = (&date[..4], &date[5..7], &date[8..]);
    let other = match chance.below(4) {
        0 => format!("{}-{month}-{day}", year.parse::<u16>().unwrap() + 1),
        1 => format!("{}-{month}-{day}", year.parse::<u16>().unwrap() - 1),
        2 => format!("{year}-{day}-{month}"),
        _ => format!("{year}-{month}-{}1", &day[..1].replace(['0', '1', '2'], "3")),
    };
    if other == date {
        return None;
    }
    change(files, name, at, &date, &other)
}

/// A figure of the prose written as a number, as it was or with another digit.
fn type_figure(files: &mut Files, chance: &mut Chance) -> Option<String> {
    let text = files.get("report.yaml")?.clone();
    let places: Vec<usize> = text
        .match_indices("{{ ")
        .map(|(at, _)| at)
        .filter(|at| text[*at..].starts_with("{{ fig(") || text[*at..].starts_with("{{ count("))
        .collect();
    let at = *chance.pick(&places)?;
    let end = at + text[at..].find("}}")? + 2;
    let call = text[at..end].to_owned();
    let number = format!("{}件", 1 + chance.below(998));
    change(files, "report.yaml", at, &call, &number)
}

fn cut_bracket(files: &mut Files, chance: &mut Chance) -> Option<String> {
    let text = files.get("report.yaml")?.clone();
    let comment = |at: usize| {
        let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
        text[start..].trim_start().starts_with('#')
    };
    let marks = ['《', '》', '（', '）', '“', '”'];
    let places: Vec<(usize, char)> =
        text.char_indices().filter(|(at, c)| marks.contains(c) && !comment(*at)).collect();
    let (at, mark) = *chance.pick(&places)?;
    change(files, "report.yaml", at, &mark.to_string(), "")
}

/// Another digit in a declared figure.
fn retype_declared(files: &mut Files, chance: &mut Chance) -> Option<String> {
    let text = files.get("figures.yaml")?.clone();
    let places: Vec<usize> = text.match_indices("value: ").map(|(at, words)| at + words.len()).collect();
    let at = *chance.pick(&places)?;
    let offset = text[at..].find(|c: char| c.is_ascii_digit())?;
    let digit = text[at + offset..].chars().next()?.to_digit(10)?;
    let other = ((digit + 1 + chance.below(8) as u32) % 10).to_string();
    change(files, "figures.yaml", at + offset, &digit.to_string(), &other)
}

#[test]
fn slips_are_told_or_print_nothing_wrong() {
    let faces = common::faces();
    let templates = Templates::load(&Memory::with([]), None, &mut Sources::default()).unwrap();
    let sound: Vec<(&str, Files, String)> = SAMPLES
        .iter()
        .map(|name| {
            let files = report_files(&format!("data/{name}"));
            let (text, told) = made(&files, &templates, &faces);
            assert!(told.is_empty() && !text.is_empty(), "{name}: {told:?}");
            (*name, files, text)
        })
        .collect();
    let mut chance = Chance(20_240_617);
    let mut report = String::new();
    let mut run = |kind: &str, slip: Slip, chance: &mut Chance| -> bool {
        let (name, mut files, text, what) = loop {
            let (name, files, text) = chance.pick(&sound).unwrap();
            let mut files = files.clone();
            if let Some(what) = slip(&mut files, chance) {
                break (name, files, text, what);
            }
        };
        let (now, told) = made(&files, &templates, &faces);
        files.clear();
        let good = !told.is_empty() || now == *text;
        if !good {
            _ = writeln!(report, "{name}: {kind}: {what}");
        }
        good
    };
    let mut caught = 0;
    for index in 0..MUTATIONS {
        let (kind, slip) = SLIPS[index % SLIPS.len()];
        caught += usize::from(run(kind, slip, &mut chance));
    }
    let declared = (0..40).filter(|_| run("a declared figure retyped", retype_declared, &mut chance)).count();
    let share = caught as f64 / MUTATIONS as f64;
    println!(
        "told or harmless: {caught} of {MUTATIONS}; of wrong digits in figures.yaml {declared} of 40; the rest:\n{report}"
    );
    assert!(share >= FEWEST, "{caught} of {MUTATIONS} are told or harmless; not:\n{report}");
}
