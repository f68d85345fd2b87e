//! Rules over `report.yaml`.

use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::todo::is_mark;
use crate::model::{Number, Report, Seal, Text};
use crate::source::{Path, Place};

/// The place of an element of the header.
fn of_header(file: &str, key: &str) -> Place {
    Place::value(file, Path::root().key("header").key(key))
}

/// H001: the title's lines do not make up the title.
pub(super) fn title_lines_differ(report: &Report, file: &str) -> Vec<Diagnostic> {
    let header = &report.header;
    let joined: String = header.title_lines.iter().map(|line| line.to_string()).collect();
    if header.title_lines.is_empty() || joined == *header.title {
        return Vec::new();
    }
    let message = say(
        format!("title_lines 连起来是“{joined}”，与 title 不同"),
        format!("title_lines make \"{joined}\", which is not the title"),
    );
    let help = say("改成一致，或删去 title_lines", "make them agree, or delete title_lines");
    vec![Diagnostic::error(Code::H001, of_header(file, "title_lines"), message).help(help)]
}

/// H002: the title names a year, and not the report's: a copy of last year's file.
pub(super) fn title_of_another_year(report: &Report, file: &str) -> Vec<Diagnostic> {
    let title = &*report.header.title;
    let year_before = |at: usize| title.get(at.checked_sub(4)?..at)?.parse::<u16>().ok();
    let years: Vec<u16> = title.match_indices('年').filter_map(|(at, _)| year_before(at)).collect();
    if years.is_empty() || years.contains(&report.year) {
        return Vec::new();
    }
    let message = say(
        format!("标题里的年份与 year: {} 不一致", report.year),
        format!("the title's year is not `year: {}`", report.year),
    );
    let help = say("改成一致", "make them agree");
    vec![Diagnostic::error(Code::H002, of_header(file, "title"), message).help(help)]
}

/// H003: a classified document without a copy number (《党政机关公文处理工作条例》, article 9).
pub(super) fn classified_without_copy_number(report: &Report, file: &str) -> Vec<Diagnostic> {
    let header = &report.header;
    if header.classification.is_none() || header.copy_number.is_some() {
        return Vec::new();
    }
    let message = say("涉密公文没有份号", "a classified document has no copy number");
    let help = say("加一行 copy_number: \"000001\"", "add a line like `copy_number: \"000001\"`");
    vec![Diagnostic::error(Code::H003, of_header(file, "classification"), message).help(help)]
}

/// H004: the document's number is of another year than its date. A number may be given after New Year, so it is a warning.
pub(super) fn number_of_another_year(report: &Report, file: &str) -> Vec<Diagnostic> {
    let signed = report.header.date_signed;
    let other = |number: &&Number| !is_mark(number) && number.year() != signed.year().to_string();
    let told = |number| {
        let message = say(
            format!("发文字号 {number} 的年份与成文日期 {signed} 不一致"),
            format!("the year in {number} is not that of the date, {signed}"),
        );
        let help = say("核对发文字号和 date_signed", "check `number` and `date_signed`");
        Diagnostic::warning(Code::H004, of_header(file, "number"), message).help(help)
    };
    report.header.number.iter().filter(other).map(told).collect()
}

/// H005: a stamp of a signature without the post beside it, a post without the stamp, or other organs' signatures, which
/// such a stamp leaves no place for.
pub(super) fn seal_and_post_disagree(report: &Report, file: &str) -> Vec<Diagnostic> {
    let header = &report.header;
    let stamped = header.seal == Seal::Signatory;
    let mut found = Vec::new();
    if stamped && header.signatory_post.is_none() {
        let message = say("加盖签名章，却没有写签发人职务", "a signature stamp without the signatory's post");
        let help = say("加一行 signatory_post: 局长", "add a line like `signatory_post: 局长`");
        found.push(Diagnostic::error(Code::H005, of_header(file, "seal"), message).help(help));
    }
    if !stamped && header.signatory_post.is_some() {
        let message =
            say("写了签发人职务，却不是加盖签名章", "a signatory's post where no signature stamp is pressed");
        let help =
            say("写 seal: 签名章，或删去 signatory_post", "write `seal: signatory` or delete signatory_post");
        found.push(Diagnostic::error(Code::H005, of_header(file, "signatory_post"), message).help(help));
    }
    if stamped && !header.co_signatures.is_empty() {
        let message = say(
            "加盖签名章的公文不印机关署名，co_signatures 无处可放",
            "with a signature stamp no organ's name is printed, so co_signatures have no place",
        );
        let help =
            say("写 seal: 加盖印章，或删去 co_signatures", "write `seal: office` or delete co_signatures");
        found.push(Diagnostic::error(Code::H005, of_header(file, "co_signatures"), message).help(help));
    }
    found
}

/// H006: the printing office without the day of printing or the day without the office, or a day before the signature.
pub(super) fn unsound_printing(report: &Report, file: &str) -> Vec<Diagnostic> {
    let header = &report.header;
    let (key, message, help) = match (&header.printing_office, header.date_printed) {
        (Some(_), None) => (
            "printing_office",
            say("有印发机关，没有印发日期", "a printing office without a day of printing"),
            say("加一行 date_printed: 2021-12-10", "add a line like `date_printed: 2021-12-10`"),
        ),
        (None, Some(_)) => (
            "date_printed",
            say("有印发日期，没有印发机关", "a day of printing without a printing office"),
            say("加一行 printing_office: 某某局办公室", "add a line like `printing_office: 某某局办公室`"),
        ),
        (Some(_), Some(printed)) if printed < header.date_signed => (
            "date_printed",
            say(
                format!("印发日期 {printed} 早于成文日期 {}", header.date_signed),
                format!("printed on {printed}, before it was signed on {}", header.date_signed),
            ),
            say("核对这两个日期", "check both dates"),
        ),
        _ => return Vec::new(),
    };
    vec![Diagnostic::error(Code::H006, of_header(file, key), message).help(help)]
}

/// H007: what stands with the issuers' mark, where there is no mark.
pub(super) fn no_mark_to_stand_with(report: &Report, file: &str) -> Vec<Diagnostic> {
    let header = &report.header;
    let elements = [
        ("issuer_suffix", header.issuer_suffix.is_some()),
        ("number", header.number.is_some()),
        ("signatories", !header.signatories.is_empty()),
    ];
    let told = |(key, _)| {
        let zh = format!("有 {key}，没有发文机关标志");
        let message = say(zh, format!("`{key}` without the issuers' mark"));
        let help = say("加一行 issuers: [发文机关]，或删去这一项", "add `issuers: […]` or delete this");
        Diagnostic::error(Code::H007, of_header(file, key), message).help(help)
    };
    elements.into_iter().filter(|(_, present)| *present && header.issuers.is_empty()).map(told).collect()
}

/// H008: an organ twice in the mark, its suffix typed as well, or other organs than those that sign.
pub(super) fn unsound_mark(report: &Report, file: &str) -> Vec<Diagnostic> {
    let header = &report.header;
    let issuers: Vec<&str> = header.issuers.iter().map(|issuer| &**issuer).collect();
    let place = || of_header(file, "issuers");
    if let Some(twice) = (1..issuers.len()).find(|&index| issuers[..index].contains(&issuers[index])) {
        let organ = issuers[twice];
        let message = say(format!("“{organ}”写了两次"), format!("\"{organ}\" stands there twice"));
        let help = say("每个机关写一次", "write every organ once");
        return vec![Diagnostic::error(Code::H008, place(), message).help(help)];
    }
    let suffix = header.issuer_suffix.as_deref().unwrap_or("文件");
    if let Some(organ) = issuers.iter().find(|organ| organ.ends_with(suffix)) {
        let message = say(
            format!("“{organ}”末尾的“{suffix}”不是机关名称"),
            format!("\"{suffix}\" at the end of \"{organ}\" is no part of an organ's name"),
        );
        let help =
            say(format!("写在 issuer_suffix: {suffix} 里"), format!("write it as `issuer_suffix: {suffix}`"));
        return vec![Diagnostic::error(Code::H008, place(), message).help(help)];
    }
    let signing = header.signature.iter().chain(&header.co_signatures).map(|organ| &**organ);
    let signing: Vec<&str> = signing.collect();
    if issuers.is_empty() || signing.is_empty() || issuers == signing || issuers == signing[..1] {
        return Vec::new();
    }
    let message = say("发文机关标志与署名的机关不一致", "the mark names other organs than those that sign");
    let help = say(
        "issuers 写全部署名机关，或只写主办机关",
        "name in `issuers` all organs that sign, or the lead alone",
    );
    vec![Diagnostic::warning(Code::H008, place(), message).help(help)]
}

/// H009: the title does not name the document that the notice issues.
pub(super) fn title_of_another_document(report: &Report, file: &str) -> Vec<Diagnostic> {
    let header = &report.header;
    let other = |issued: &&Text| !header.title.contains(&***issued);
    let told = |issued: &Text| {
        let message = say(
            format!("标题里没有所印发的“{issued}”"),
            format!("the title does not name \"{issued}\", which is issued"),
        );
        let help = say("标题写成“关于印发…的通知”", "write a title like 关于印发…的通知");
        Diagnostic::error(Code::H009, of_header(file, "issues"), message).help(help)
    };
    header.issues.iter().filter(other).map(told).collect()
}

/// H010: a report that is read out has a salutation, and addressees as well.
pub(super) fn addressed_twice(report: &Report, file: &str) -> Vec<Diagnostic> {
    let header = &report.header;
    if header.addressees.is_none() || header.occasion.is_none() {
        return Vec::new();
    }
    let message = say("既有主送机关，又有会议上的称谓", "addressees as well as a meeting's salutation");
    let help = say("只留 addressees 或 occasion", "keep `addressees` or `occasion`");
    vec![Diagnostic::error(Code::H010, of_header(file, "addressees"), message).help(help)]
}

/// H011: what stands with a signature, where there is none.
pub(super) fn signed_by_nobody(report: &Report, file: &str) -> Vec<Diagnostic> {
    let header = &report.header;
    if header.signature.is_some() {
        return Vec::new();
    }
    let elements = [("co_signatures", !header.co_signatures.is_empty()), ("seal", header.seal != Seal::None)];
    let told = |(key, _): (&str, bool)| {
        let message = say(
            format!("没有署名，{key} 无处可印"),
            format!("without a signature there is no place for `{key}`"),
        );
        let help = say("加一行 signature: …，或删去这一项", "add `signature: …`, or delete this");
        Diagnostic::error(Code::H011, of_header(file, key), message).help(help)
    };
    elements.into_iter().filter(|(_, given)| *given).map(told).collect()
}

/// H012: the report is signed before the figures were closed, or before its year began. A plan may be signed early, so it is a
/// warning.
pub(super) fn signed_too_early(report: &Report, file: &str) -> Vec<Diagnostic> {
    let (signed, closed, year) = (report.header.date_signed, report.as_of(), report.year);
    let message = if signed.year() < i32::from(year) {
        say(
            format!("成文日期 {signed} 在报告年度（{year}年）之前"),
            format!("signed on {signed}, before the report's year {year}"),
        )
    } else if signed < closed {
        say(
            format!("成文日期 {signed} 早于统计截止日 {closed}"),
            format!("signed on {signed}, before the figures were closed on {closed}"),
        )
    } else {
        return Vec::new();
    };
    let help = say("核对 date_signed、year 和 as_of", "check `date_signed`, `year` and `as_of`");
    vec![Diagnostic::warning(Code::H012, of_header(file, "date_signed"), message).help(help)]
}

#[cfg(test)]
mod tests {
    use super::super::table::OfReport;
    use super::*;

    const REPORT: &str = "genre: annual-summary
year: 2021
header: { title: 2021年总结, signature: 甲局, date_signed: 2021-12-09, ELEMENTS }
we: 我局
case_term: 建议
assigned_by: 市政府
as_of: 2021-12-09
ledger: cases.yaml
preamble: 一
disclosure: { deadline: 2021-09-01, rule: 一, review: 一, consent: 一 }
practices: [{ heading: 一。, body: 一 }]
results: [{ heading: 一。, body: 一 }]
next_steps: 一
";
    const OCCASION: &str =
        "occasion: { date: 2021-12-09, meeting: 全体会议, speaker: { name: 张三 }, salutation: 各位委员 }";

    #[test]
    fn rules_fire_and_do_not_fire() {
        type Row<'r> = (OfReport, &'r str, &'static [&'static str]);
        let table: &[Row] = &[
            (title_lines_differ, "title_lines: [2021年, 总结]", &[]),
            (title_lines_differ, "title_lines: [2021, 总结]", &["title_lines"]),
            (classified_without_copy_number, "copy_number: 000001", &[]),
            (classified_without_copy_number, "copy_number: 000001, classification: 机密★1年", &[]),
            (classified_without_copy_number, "classification: 秘密", &["classification"]),
            (number_of_another_year, "number: 甲办〔2021〕1号", &[]),
            (number_of_another_year, "number: 甲办〔2022〕1号", &["number"]),
            (seal_and_post_disagree, "seal: 加盖印章, co_signatures: [乙局]", &[]),
            (seal_and_post_disagree, "seal: 签名章, signatory_post: 局长", &[]),
            (seal_and_post_disagree, "seal: signatory", &["seal"]),
            (seal_and_post_disagree, "signatory_post: 局长", &["signatory_post"]),
            (
                seal_and_post_disagree,
                "seal: 签名章, signatory_post: 局长, co_signatures: [乙局]",
                &["co_signatures"],
            ),
            (unsound_printing, "copies: 乙局", &[]),
            (unsound_printing, "printing_office: 甲局办公室, date_printed: 2021-12-09", &[]),
            (unsound_printing, "printing_office: 甲局办公室, date_printed: 2021-12-08", &["date_printed"]),
            (unsound_printing, "printing_office: 甲局办公室", &["printing_office"]),
            (unsound_printing, "date_printed: 2021-12-10", &["date_printed"]),
            (
                no_mark_to_stand_with,
                "issuers: [甲局], issuer_suffix: 文件, number: 甲办〔2021〕1号, signatories: [张三]",
                &[],
            ),
            (
                no_mark_to_stand_with,
                "issuer_suffix: 文件, number: 甲办〔2021〕1号, signatories: [张三]",
                &["issuer_suffix", "number", "signatories"],
            ),
            (unsound_mark, "issuers: [甲局], issuer_suffix: 文件, co_signatures: [乙局]", &[]),
            (unsound_mark, "issuers: [甲局, 乙局], co_signatures: [乙局]", &[]),
            (unsound_mark, "issuers: [甲局, 甲局]", &["issuers"]),
            (unsound_mark, "issuers: [甲局文件], issuer_suffix: 文件", &["issuers"]),
            (unsound_mark, "issuers: [乙局]", &["issuers"]),
            (unsound_mark, "issuers: [甲局, 乙局]", &["issuers"]),
            (title_of_another_document, "issues: 总结", &[]),
            (title_of_another_document, "issues: 方案", &["issues"]),
            (signed_by_nobody, "seal: 加盖印章", &[]),
            (addressed_twice, "addressees: 各区", &[]),
            (addressed_twice, OCCASION, &[]),
            (addressed_twice, &format!("addressees: 各区, {OCCASION}"), &["addressees"]),
        ];
        for (rule, elements, expected) in table {
            let report: Report = serde_yaml::from_str(&REPORT.replace("ELEMENTS", elements)).unwrap();
            let expected: Vec<Place> = expected.iter().map(|key| of_header("report.yaml", key)).collect();
            let found: Vec<Place> =
                rule(&report, "report.yaml").into_iter().filter_map(|told| told.place).collect();
            assert_eq!(found, expected, "{elements}");
        }
    }

    #[test]
    fn a_report_is_signed_when_its_figures_are_closed() {
        for (signed, told) in
            [("2021-12-09", false), ("2022-01-10", false), ("2021-12-08", true), ("2020-12-09", true)]
        {
            let text = REPORT.replace("ELEMENTS", "").replacen("2021-12-09", signed, 1);
            let report: Report = serde_yaml::from_str(&text).unwrap();
            assert_eq!(!signed_too_early(&report, "r").is_empty(), told, "{signed}");
        }
    }

    #[test]
    fn nobody_signs_and_nothing_is_sealed() {
        for (elements, expected) in
            [("", &[][..]), ("seal: 加盖印章, co_signatures: [乙局]", &["co_signatures", "seal"])]
        {
            let text = REPORT.replace("ELEMENTS", elements).replace("signature: 甲局, ", "");
            let report: Report = serde_yaml::from_str(&text).unwrap();
            let places = signed_by_nobody(&report, "r").into_iter().filter_map(|told| told.place);
            let expected: Vec<Place> = expected.iter().map(|key| of_header("r", key)).collect();
            assert_eq!(places.collect::<Vec<_>>(), expected);
        }
    }
}
