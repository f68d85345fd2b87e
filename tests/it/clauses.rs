//! `docs/gbt9704.md`: made from the table of clauses, which has every clause and every number of the policy.

use std::fmt::Write;

use crate::common::{file, golden};
use banjie::policy::clauses::{CLAUSES, Clause, Measure, State};
use banjie::policy::gbt9704 as law;

const INTRO: &str = "\
# GB/T 9704-2012 逐条对照 · Clause by clause

What becomes of each clause of GB/T 9704-2012, the format of official documents, in the PDF that banjie makes: done
(已实现), done in part or otherwise than the words say (部分实现), left out on purpose (不提供), or a matter of the press and
the bindery (印制环节). The numbers are the program's own: the page is made from
[src/policy/clauses.rs](../src/policy/clauses.rs) and [src/policy/gbt9704.rs](../src/policy/gbt9704.rs), and a test fails
when it differs from them.

《党政机关公文格式》的条文，在办结生成的 PDF 里各做到哪一步。数值取自程序本身，与程序不符的，测试不能通过。条文依据公开转载的文本核对。
H003 一类的编号是[检查规则](rules/README.md)。部分实现，是指有没做的，或做法与条文的字面有出入，各条写明。
";

fn clauses() -> impl Iterator<Item = &'static Clause> {
    CLAUSES.iter().flat_map(|(_, clauses)| *clauses)
}

/// What a reader of the page is told of a clause's state.
fn label(state: State) -> &'static str {
    match state {
        State::Done => "已实现",
        State::Partly => "部分实现",
        State::NotOffered => "不提供",
        State::Print => "印制环节",
    }
}

fn shown(measure: Measure) -> String {
    // Two digits are what a ruler and the standard have; a float has more.
    let rounded = |number: f32| (number * 100.0).round() / 100.0;
    match measure {
        Measure::Length(points) => format!("{} mm", rounded(points / law::MM)),
        Measure::Type(points) => format!("{points} pt"),
        Measure::Count(count, unit) => format!("{count} {unit}"),
        Measure::Colour(parts) => {
            format!("RGB {}", parts.map(|part| (part * 255.0).round().to_string()).join(", "))
        }
    }
}

fn page() -> String {
    let mut page = INTRO.to_owned();
    let states = [State::Done, State::Partly, State::NotOffered, State::Print];
    let counts = states.map(|state| {
        format!("{} {}", label(state), clauses().filter(|clause| clause.state == state).count())
    });
    _ = writeln!(page, "\n共 {} 条：{}。", clauses().count(), counts.join("，"));
    for (title, clauses) in CLAUSES {
        _ = writeln!(page, "\n## {title}\n\n| 条款 | 要素 | 状态 | 数值和做法 |\n| :-- | :-- | :-- | :-- |");
        for Clause { number, title, state, measures, note } in *clauses {
            let measures: Vec<String> =
                measures.iter().map(|(what, measure)| format!("{what} {}", shown(*measure))).collect();
            let measures =
                if measures.is_empty() { String::new() } else { format!("{}。", measures.join("，")) };
            _ = writeln!(page, "| {number} | {title} | {} | {measures}{note} |", label(*state));
        }
    }
    page
}

#[test]
fn the_page_is_the_table() {
    golden("docs/gbt9704.md", &page()).unwrap();
}

#[test]
fn every_clause_has_one_row_in_order() {
    let numbers: Vec<Vec<u32>> = clauses()
        .map(|clause| clause.number.split('.').map(|part| part.parse().unwrap()).collect())
        .collect();
    for pair in numbers.windows(2) {
        assert!(pair[0] < pair[1], "{pair:?}");
        // The next of its kind, or the first below the next: none is left out in between.
        let same = pair[0].iter().zip(&pair[1]).take_while(|(a, b)| a == b).count();
        let below = pair[0].get(same).map_or(1, |part| part + 1);
        assert!(
            pair[1][same] == below && pair[1][same + 1..].iter().all(|part| *part == 1),
            "{pair:?} are not neighbours"
        );
    }
    assert_eq!((numbers[0].as_slice(), numbers[numbers.len() - 1].as_slice()), (&[1][..], &[11][..]));
}

#[test]
fn every_note_is_a_sentence_in_a_cell() {
    for Clause { number, note, .. } in clauses() {
        assert!(note.ends_with('。') && !note.contains(['|', '\n']), "{number}: {note}");
    }
}

/// The clauses that a comment names: in brackets, nothing else with them. `(7.4.2, 7.4.3)`
fn cited(comment: &str) -> Vec<&str> {
    let groups = comment.split('(').skip(1).filter_map(|rest| rest.split_once(')'));
    let groups = groups.filter(|(group, _)| group.chars().all(|c| c.is_ascii_digit() || "., –".contains(c)));
    groups.flat_map(|(group, _)| group.split([',', '–']).map(str::trim)).collect()
}

#[test]
fn every_number_stands_in_the_rows_of_its_clauses() {
    let law = file("src/policy/gbt9704.rs");
    let table = file("src/policy/clauses.rs");
    let rows: Vec<(&str, &str)> =
        table.split("number: \"").skip(1).map(|row| row.split_once('"').unwrap()).collect();
    let mut comment = String::new();
    let mut seen = 0;
    for line in law.lines() {
        let Some(constant) = line.strip_prefix("pub const ") else {
            comment = if line.starts_with("///") { comment + line } else { String::new() };
            continue;
        };
        let name = constant.split(':').next().unwrap();
        // Everything but the unit comes from a clause.
        assert!(name == "MM" || !cited(&comment).is_empty(), "{name} has no clause");
        for number in cited(&comment) {
            let row = rows.iter().find(|row| row.0 == number);
            let row = row.unwrap_or_else(|| panic!("{name} names {number}, which is no clause")).1;
            let names = |word: &str| row.split(|c: char| c != '_' && !c.is_alphanumeric()).any(|w| w == word);
            assert!(names(name), "{name} names {number}, whose row has it not");
            seen += 1;
        }
        comment.clear();
    }
    assert!(seen > 30, "the test has stopped seeing the clauses: {seen}");
}

#[test]
fn no_comment_names_a_clause_that_is_not_there() {
    let is_there = |number: &str| {
        clauses().any(|clause| clause.number == number || clause.number.starts_with(&format!("{number}.")))
    };
    let mut seen = 0;
    for folder in ["policy", "typeset", "document", "model"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                continue;
            }
            for line in std::fs::read_to_string(&path).unwrap().lines() {
                for number in line.split_once("//").map(|(_, comment)| cited(comment)).unwrap_or_default() {
                    assert!(is_there(number), "{}: {number} is no clause: {line}", path.display());
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 80, "the test has stopped seeing the clauses: {seen}");
}

/// Numbers that are the typesetter's choice and not the standard's: the page tells them in words.
#[test]
fn what_the_page_tells_of_our_own_choices_is_so() {
    let table = [
        ("head", "const LARGEST_MARK: f32 = 56.0;", "7.2.4", "最大 56 pt"),
        ("head", "const SMALLEST_MARK: f32 = 30.0;", "7.2.4", "小到 30 pt"),
        ("head", "const SMALLEST_JOINT_MARK: f32 = 12.0;", "7.2.4", "最小 12 pt"),
        ("close", "const SEAL: f32 = 42.0 * law::MM;", "7.3.5.1", "直径 42 mm"),
        ("close", "const ABOVE_SEALED: usize = 2;", "7.3.5.1", "空 2 行"),
        ("close", "const STAMP: f32 = 6.0;", "7.3.5.3", "留 6 字宽"),
    ];
    for (room, line, number, words) in table {
        assert!(file(&format!("src/typeset/{room}.rs")).contains(line), "{line}: change the row {number}");
        let clause = clauses().find(|clause| clause.number == number).unwrap();
        assert!(clause.note.contains(words), "{number}: {words}");
    }
}
