//! `banjie figures`: numbers without a source become declarations, and the text asks for them.

use crate::common::office::Office;

/// A report with numbers typed into its prose, two of them not exact.
fn office(name: &str) -> Office {
    let office = Office::new(name);
    office.change(
        "report.yaml",
        "preamble: |-\n",
        "preamble: |-\n  全年走访企业三十五家，培训业务骨干1700余名，近2000名代表参加。\n",
    );
    office
}

#[test]
fn numbers_are_proposed_and_nothing_is_written_unless_it_is_asked_for() {
    let office = office("figures-shown");
    let before = (office.text("report.yaml"), office.text("figures.yaml"));
    let said = office.run(&["figures", "r"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    let line = "1700余名  培训业务骨干  {{ fig(name=\"preamble_2\") }}";
    assert!(said.out.contains(line) && said.out.contains("report.yaml:"), "{}", said.out);
    let json: serde_json::Value = serde_json::from_str(&office.run(&["figures", "r", "--json"]).out).unwrap();
    assert_eq!(
        (&json[1]["about"], &json[1]["value"], &json[0]["value"]),
        (&"余".into(), &"1700".into(), &"35".into())
    );
    assert_eq!(before, (office.text("report.yaml"), office.text("figures.yaml")));
}

#[test]
fn what_is_written_prints_the_same_words_from_figures() {
    let office = office("figures-written");
    let kept = office.text("report.yaml").matches('#').count();
    let said = office.run(&["figures", "r", "--write"]);
    assert_eq!(said.status, 0, "{}", said.err);
    let report = office.text("report.yaml");
    assert_eq!(report.matches('#').count(), kept, "comments stay");
    assert!(report.contains("培训业务骨干{{ fig(name=\"preamble_2\") }}，"), "{report}");
    // The sources of the numbers are still to be found out: they are filled in, and the report is as strict as before.
    let figures = office.text("figures.yaml");
    assert!(figures.contains("    about: 余\n    source: todo\n    as_of: todo\n"), "{figures}");
    let filled = figures.replace("source: todo", "source: 统计").replace("as_of: todo", "as_of: 2021年");
    std::fs::write(office.file("figures.yaml"), filled).unwrap();
    let said = office.run(&["build", "r", "--format", "markdown"]);
    assert_eq!(said.status, 0, "{}", said.err);
    let printed = std::fs::read_to_string(office.root.join("output/r/r.md")).unwrap();
    let words: String = printed.chars().filter(|c| !"[]".contains(*c)).collect();
    assert!(words.contains("全年走访企业三十五家，培训业务骨干1700余名，近2000名代表参加。"), "{words}");
    assert!(office.run(&["figures", "r"]).out.contains("every number in the text has a source"));
}

#[test]
fn a_report_that_cannot_be_read_is_not_touched() {
    let office = office("figures-refused");
    office.change("report.yaml", "year: 2021", "yaer: 2021");
    let before = office.text("report.yaml");
    let said = office.run(&["figures", "r", "--write"]);
    assert_eq!((said.status, said.err.contains("Y002")), (1, true), "{}", said.err);
    assert_eq!(before, office.text("report.yaml"));
}
