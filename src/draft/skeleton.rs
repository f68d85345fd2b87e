//! A report of a genre with everything that it needs and nothing filled in.

use std::fmt::Write;

use super::{File, empty_ledger};
use crate::diagnostic::Lang;
use crate::model::genre::PartKey;
use crate::model::{Column, Genre, PARTS, Part};
use crate::source::quoted;

/// The roster that a plan names its bodies from.
const ROSTER: &str = "# 单位名册：任务和领导小组只能写名册里有的单位。 / The roster: a plan names no other bodies.\n\
                      groups:\n  - name: 'todo: 单位的类别'\n    bodies: ['todo: 牵头单位']\n";

/// The spreadsheet that a new report begins with.
#[derive(Debug)]
pub struct Sheet {
    /// The file's name.
    pub name: String,
    /// The fields that it has no column for, each with what may stand there until somebody has checked it.
    pub missing: Vec<(Column, String)>,
    /// What 会办 is called in it, if it is called otherwise.
    pub assist: Option<&'static str>,
}

impl Sheet {
    /// What a report says of it after `ledger:`.
    fn lines(&self, lang: Lang) -> String {
        let mut out = format!(" {}", quoted(&self.name));
        if !self.missing.is_empty() {
            let comment = lang.pick(
                "表里没有的栏目，各件都这样读：请核对，或在表里加上这些栏目后删去。",
                "The sheet has no column for these; every case is read so. Check them, or add the columns and delete this.",
            );
            _ = write!(out, "\n# {comment}\nevery_case:");
            for (field, value) in &self.missing {
                _ = write!(out, "\n  {}: {value}", field.id());
            }
        }
        out
    }
}

/// The files of a new report of a genre, with comments in a language. Its ledger is a spreadsheet, or is begun empty.
pub fn skeleton(name: &str, genre: &Genre, year: u16, sheet: Option<&Sheet>, lang: Lang) -> Vec<File> {
    let needs = |key: &str| genre.needs.iter().any(|PartKey(part)| part.key == key);
    let mut files = vec![("report.yaml".to_owned(), report(name, genre, year, sheet, lang))];
    if needs("ledger") && sheet.is_none() {
        files.push(("cases.yaml".to_owned(), empty_ledger(i32::from(year))));
    }
    files.push(("figures.yaml".to_owned(), figures(year)));
    if needs("bodies") {
        files.push(("bodies.yaml".to_owned(), ROSTER.to_owned()));
    }
    files
}

fn figures(year: u16) -> String {
    format!(
        "# 台账里没有的数据，每项注明来源和时间；正文用 {{{{ fig(name=\"名称\") }}}} 取。\n\
         # Figures that are not in the ledger, each with source and day; prose asks for them by name.\n\
         # 录入以后删去 {{}}，照下面的样子写： / Delete {{}} and write figures like this one:\n\
         #  signed_projects:\n\
         #    label: 成果转化对接签约项目\n\
         #    value: todo\n\
         #    unit: 个\n\
         #    source: 某某处统计\n\
         #    as_of: {year}年\n\
         figures: {{}}\n"
    )
}

fn report(name: &str, genre: &Genre, year: u16, sheet: Option<&Sheet>, lang: Lang) -> String {
    let say = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let comment = |part: &Part| lang.pick(part.label.0, part.label.1);
    let mut out = String::new();
    _ = writeln!(
        out,
        "# {}{}\n# {}\ngenre: {name}\nyear: {year}\n# {}\ndraft: true",
        lang.pick(&*genre.label.zh, &*genre.label.en),
        say(
            "：逐处填写 todo，banjie check 列出还差哪些。",
            ": fill in each todo; `banjie check` lists what is left."
        ),
        say(
            "要印出 todo 处的说明，写成 'todo: 等统计局'。",
            "Words are printed where they stand: 'todo: 等统计局'."
        ),
        say("定稿时删去这一行。", "Delete this line when it is finished."),
    );
    let parts: Vec<&Part> =
        PARTS.iter().filter(|part| genre.needs.iter().any(|own| own.0.key == part.key)).collect();
    let issues = parts.iter().any(|part| part.key == "header.issues");
    // A notice is called by what it issues.
    let title =
        if issues { "关于印发【待核实：所印发文件的标题】的通知" } else { "todo" };
    _ = writeln!(
        out,
        "header:\n  title: {title}\n  # {}\n  date_signed: {year}-12-31",
        say("成文日期，请改成实际的日期。", "The day of signing: correct it."),
    );
    for part in &parts {
        if let Some(key) = part.key.strip_prefix("header.") {
            let begun = begun(part, year).replace('\n', "\n  ");
            _ = writeln!(out, "  # {}\n  {key}:{begun}", comment(part));
        }
    }
    _ = writeln!(
        out,
        "\n# {}\nfigures: figures.yaml",
        say("台账里没有的数据所在的文件。", "The file of figures that are not in the ledger."),
    );
    for part in parts.iter().filter(|part| !part.key.starts_with("header.")) {
        let begun = match sheet {
            Some(sheet) if part.key == "ledger" => sheet.lines(lang),
            _ => begun(part, year),
        };
        _ = writeln!(out, "\n# {}\n{}:{begun}", comment(part), part.key);
    }
    let assist = PARTS.iter().find(|part| part.key == "assist_term");
    if let (Some(term), Some(part)) = (sheet.and_then(|sheet| sheet.assist), assist) {
        _ = writeln!(out, "\n# {}\nassist_term: {term}", comment(part));
    }
    if !genre.takes.is_empty() {
        _ = writeln!(
            out,
            "\n# {}",
            say("还可以写（写法见 docs/records.md）：", "There may also be (see docs/records.md):")
        );
        for PartKey(part) in &genre.takes {
            _ = writeln!(out, "#   {:<18} {}", part.key, comment(part));
        }
    }
    out
}

fn begun(part: &Part, year: u16) -> String {
    part.begin.replace("YEAR", &year.to_string())
}
