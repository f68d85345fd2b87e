//! The five kinds of report: the structure that each has in every format, what becomes of it when a record goes, what each
//! says when something is missing, and a sixth kind made from the page that says how.

use std::collections::BTreeMap;
use std::fs;

use crate::common;
use crate::common::office::{Office, Said};
use crate::common::pdf::bookmarks;
use crate::common::{SAMPLES, file, make, report_files};
use banjie::typeset::Faces;

/// A heading as a reader meets it: its depth below the title, from 1, and its words without the mark at their end.
type Entry = (usize, String);

/// Depths by what is there: a heading stands below the last one of a lower level.
fn nested(headings: impl IntoIterator<Item = (usize, String)>) -> Vec<Entry> {
    let mut open: Vec<usize> = Vec::new();
    let place = |(level, words): (usize, String)| {
        open.retain(|above| *above < level);
        open.push(level);
        (open.len(), words.trim_end_matches(['。', '，']).to_owned())
    };
    headings.into_iter().map(place).collect()
}

fn of_markdown(markdown: &str) -> Vec<Entry> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut level = 1;
    for line in markdown.lines().skip(1).filter(|line| !line.starts_with(['|', '!'])) {
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        if hashes > 0 {
            level = hashes;
            found.push((level, line[hashes..].trim().replace('\\', "")));
            continue;
        }
        let caption = line.starts_with("**表") || line.starts_with("**图");
        let leads = line.split("**").skip(1).step_by(2).filter(|_| !caption);
        found.extend(leads.map(|lead| (level + 1, lead.replace('\\', ""))));
    }
    nested(found)
}

fn of_html(html: &str) -> Vec<Entry> {
    let heading = |part: &str| {
        let level = part.strip_prefix('h')?.split([' ', '>']).next()?.parse().ok()?;
        let inner = part.split_once('>')?.1.to_owned();
        Some((level, inner))
    };
    let article = html.split("<article").nth(1).unwrap();
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for part in article.split('<').skip(1) {
        if let Some(begun) = heading(part) {
            open = Some(begun);
        } else if part.starts_with("/h") {
            found.extend(open.take());
        } else if let Some((_, words)) = &mut open {
            words.push_str(part.split_once('>').unwrap().1);
        }
    }
    let plain =
        |(level, words): (usize, String)| (level, words.replace("&quot;", "\"").replace("&amp;", "&"));
    nested(found.into_iter().filter(|(level, _)| *level > 1).map(plain))
}

/// A report made, in what its formats say.
struct Report {
    markdown: String,
    outline: Vec<Entry>,
}

/// The outline is the same in every format.
fn report(files: &BTreeMap<&str, String>, faces: &Faces) -> Report {
    let made = make(files, faces);
    // What is taken out of a report leaves figures that nothing asks for.
    let wrong: Vec<_> = made.diagnostics.iter().filter(|told| told.code.as_str() != "F007").collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let text = |index: usize| String::from_utf8(made.files[index].content.bytes.clone()).unwrap();
    let (markdown, html) = (text(0), of_html(&text(1)));
    // A bookmark says 附件1 before an annex's title, which stands apart from it on the page.
    let title = |(level, words): (usize, String)| {
        let (label, title) = words.split_once('\u{3000}').unwrap_or_default();
        (level, if label.starts_with("附件") { title.to_owned() } else { words })
    };
    let pdf = nested(bookmarks(&made.files[2].content.bytes).into_iter().map(title));
    assert_eq!(html, pdf);
    let of_markdown = of_markdown(&markdown);
    assert_eq!(of_markdown.len(), html.len(), "{of_markdown:#?}");
    for (short, long) in of_markdown.iter().zip(&html) {
        // Markdown closes no stress behind a mark, so marks at its end stand outside.
        assert!(short.0 == long.0 && long.1.starts_with(&short.1), "{short:?} {long:?}");
    }
    Report { markdown, outline: html }
}

impl Report {
    /// The headings just below one that has these words in it.
    fn below(&self, words: &str) -> Vec<&str> {
        let at = self.outline.iter().position(|(_, heading)| heading.contains(words));
        let at = at.unwrap_or_else(|| panic!("no heading {words}: {:#?}", self.outline));
        let depth = self.outline[at].0;
        let inside = self.outline[at + 1..].iter().take_while(|entry| entry.0 > depth);
        inside.filter(|entry| entry.0 == depth + 1).map(|entry| entry.1.as_str()).collect()
    }

    /// The headings just below the title.
    fn top(&self) -> Vec<&str> {
        self.outline.iter().filter(|entry| entry.0 == 1).map(|entry| entry.1.as_str()).collect()
    }

    fn says(&self, words: &str) {
        assert!(self.markdown.contains(words), "not said: {words}");
    }
}

fn sample(name: &str) -> BTreeMap<&'static str, String> {
    report_files(&format!("data/{name}"))
}

/// `一是…`, `二是…`
fn are_ordinal(leads: &[&str]) {
    for (lead, number) in leads.iter().zip("一二三四五六七八九".chars()) {
        assert!(lead.starts_with(&format!("{number}是")), "{lead}");
    }
}

/// `1.…`, `2.…` or （一）…, （二）…
fn are_numbered(headings: &[&str]) {
    for (index, heading) in headings.iter().enumerate() {
        let chinese = "一二三四五六七八九".chars().nth(index).map(|number| format!("（{number}）"));
        let arabic = format!("{}.", index + 1);
        let begins =
            heading.starts_with(&arabic) || chinese.is_some_and(|number| heading.starts_with(&number));
        assert!(begins, "{heading}");
    }
}

#[test]
fn the_annual_summary_has_its_five_sections() {
    let report = report(&sample("wuhan-kjj-2021"), &common::faces());
    assert_eq!(report.top().len(), 5 + 2, "with two annexes: {:?}", report.top());
    let practices = report.below("主要做法");
    assert_eq!(practices.len(), 4);
    are_numbered(&practices);
    let results = report.below("办理成效");
    assert_eq!(results.len(), 8);
    are_ordinal(&results);
    report.says("共138件，其中主（承、分）办45件，会办93件");
}

#[test]
fn the_session_bulletin_has_a_chapter_a_recommendation() {
    let report = report(&sample("wuhan-gov-2023"), &common::faces());
    assert_eq!(report.top().len(), 3);
    let sizes = [5, 4, 4];
    let mut headings = 0;
    for (index, (chapter, size)) in report.top().iter().zip(sizes).enumerate() {
        assert!(chapter.ends_with(&format!("》（{}号建议案）办理情况", index + 1)), "{chapter}");
        let sections = report.below(chapter);
        assert_eq!(sections.len(), size, "{chapter}");
        are_numbered(&sections);
        for section in sections {
            let leads = report.below(section);
            assert_eq!(leads.len(), 3, "{section}");
            headings += leads.len();
        }
    }
    assert_eq!(headings, 39);
    for (number, words) in
        [(1, "市委书记郭元强亲自督办"), (2, "市长程用文领衔办理"), (3, "市政协主席杨智领办")]
    {
        report.says(&format!("{number}号建议案由"));
        report.says(words);
        report.says(&format!("{words}{number}号建议案，"));
    }
    report.says("（2024年1月17日在政协武汉市第十四届委员会第三次会议上）");
    report.says("杨相卫");
    report.says("主席、各位副主席、秘书长、各位委员：");
    let overview = report.markdown.split("## 一、").next().unwrap();
    assert_eq!(overview.matches("的建议案》").count(), 3);
    assert!(
        overview.contains("2023年12月7日，市政协就3件建议案的办理情况组织民主测评，测评结果均为“满意”。")
    );
    report.says("谨致以衷心的感谢！");
}

#[test]
fn the_work_plan_has_a_notice_a_plan_and_a_list() {
    let report = report(&sample("wuhan-motion2-2020"), &common::faces());
    let plan = "市十四届人大五次会议2号议案办理工作方案";
    let list = "市十四届人大五次会议2号议案办理工作领导小组组成人员名单";
    assert_eq!(report.top(), [plan, list]);
    assert_eq!(report.below(plan), ["一、工作目标", "二、工作任务", "三、工作安排", "四、工作要求"]);
    let groups = report.below("二、工作任务");
    are_numbered(&groups);
    let sizes: Vec<usize> = groups.iter().map(|group| report.below(group).len()).collect();
    assert_eq!(sizes, [5, 5, 3, 7]);
    groups.iter().for_each(|group| are_numbered(&report.below(group)));
    assert_eq!(report.markdown.matches("（牵头单位：").count(), 20);
    assert_eq!(report.markdown.matches("；责任单位：").count(), 20);
    report.says("从四个方面安排20项任务。");
    report.says("责任单位：市自然资源和规划局，武汉东湖新技术开发区管委会，武昌区、洪山区、江夏区人民政府）");
    let windows = ["（2020年4月底之前）", "（2020年5—8月）", "（2020年9—10月）", "（2020年11月）"];
    let phases = report.below("三、工作安排");
    assert_eq!(phases.len(), 4);
    assert!(phases.iter().zip(windows).all(|(phase, window)| phase.ends_with(window)), "{phases:?}");
    assert_eq!(report.below("四、工作要求").len(), 3);
    let rows: Vec<&str> = report.markdown.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
    let role = |word: &str| rows.iter().position(|row| row.starts_with(&format!("| {word}："))).unwrap();
    assert_eq!((role("组长"), role("副组长"), role("成员"), rows.len()), (0, 1, 4, 15));
    let notice = report.markdown.split(&format!("# {plan}")).next().unwrap();
    for words in ["各区人民政府，市人民政府各部门：", plan, "武汉市人民政府办公厅", "2020年4月26日"]
    {
        assert!(notice.contains(words), "{words}");
    }
    assert!(!report.markdown.contains("附件"), "what a notice issues is not its annex");
}

#[test]
fn the_department_report_counts_and_compares() {
    let report = report(&sample("jilin-kjt-2024"), &common::faces());
    assert_eq!(report.top().len(), 2);
    let practices = report.below("主要做法");
    assert_eq!(practices.len(), 4);
    are_ordinal(&practices);
    assert!(practices.iter().all(|practice| practice.contains("是坚持")), "{practices:?}");
    report.says("“四个坚持”");
    report.says("共承接建议提案146件，其中省人大代表建议24件（主办3件、协办21件）；省政协提案122件（主办22件、协办99件、参阅1件）。");
    report.says("较上年增加48件，增幅49%。");
    report.says("满意率为100%（按有反馈的25件计）。");
    report.says("省政府办公厅：");
    report.says("吉林省科学技术厅");
    report.says("2024年6月17日");
}

#[test]
fn the_rectification_bulletin_has_its_findings_and_measures() {
    let files = sample("wuhan-kjj-2024");
    let report = report(&files, &common::faces());
    assert_eq!(report.top().len(), 3);
    let organisation = report.below(report.top()[0]);
    assert_eq!(organisation.len(), 4);
    are_ordinal(&organisation);
    let findings = report.below(report.top()[1]);
    assert_eq!(findings.len(), 34);
    are_numbered(&findings);
    report.says("巡察反馈的问题共34个");
    let mut measures = 0;
    for finding in &findings {
        assert!(finding.contains(".关于") && finding.ends_with("问题"), "{finding}");
        let own = report.below(finding);
        assert!(own.len() >= 2, "{finding}");
        are_ordinal(&own);
        measures += own.len();
    }
    assert_eq!(measures, 110);
    assert_eq!(report.markdown.matches("整改情况：").count(), 33);
    assert_eq!(report.markdown.matches("整改措施及成效：").count(), 1);
    let next = report.below(report.top()[2]);
    assert_eq!(next.len(), 4);
    are_numbered(&next);
    report.says("电话：65692205；电子邮箱：372047@qq.com；邮政编码：430023；通信地址：武汉市江汉区发展大道164号武汉科技大厦1614室。");
    report.says("中共武汉市科技创新局党组");
    report.says("2024年6月18日");
}

/// A text without what stands from one place to another.
fn cut(text: &str, from: &str, to: &str) -> String {
    let start = text.find(from).unwrap_or_else(|| panic!("no {from}"));
    let end = start + text[start..].find(to).unwrap_or_else(|| panic!("no {to}"));
    format!("{}{}", &text[..start], &text[end..])
}

#[test]
fn without_a_recommendation_the_others_are_counted_and_numbered_anew() {
    let mut files = sample("wuhan-gov-2023");
    let text = cut(&files["report.yaml"], "  - number: 2", "  - number: 3");
    files.insert("report.yaml", text);
    let report = report(&files, &common::faces());
    assert_eq!(report.top().len(), 2);
    assert!(report.top()[1].starts_with("二、《关于加强社区治理"), "{:?}", report.top());
    assert!(report.top()[1].ends_with("（3号建议案）办理情况"), "its own number is a name and stays");
    report.says("就2件建议案的办理情况");
    assert!(!report.markdown.contains("3件建议案") && !report.markdown.contains("2号建议案"));
}

#[test]
fn without_a_task_the_others_are_counted_and_numbered_anew() {
    let mut files = sample("wuhan-motion2-2020");
    let text = &files["report.yaml"];
    let tasks: Vec<usize> = text.match_indices("      - heading: ").map(|(at, _)| at).collect();
    let text = format!("{}{}", &text[..tasks[1]], &text[tasks[2]..]);
    files.insert("report.yaml", text);
    let report = report(&files, &common::faces());
    let groups = report.below("二、工作任务");
    let sizes: Vec<usize> = groups.iter().map(|group| report.below(group).len()).collect();
    assert_eq!(sizes, [4, 5, 3, 7]);
    are_numbered(&report.below(groups[0]));
    report.says("安排19项任务");
    report.says("四个方面19项任务");
    assert!(!report.markdown.contains("20项"));
}

#[test]
fn without_a_finding_the_others_are_counted_and_numbered_anew() {
    let mut files = sample("wuhan-kjj-2024");
    let text = &files["report.yaml"];
    let findings: Vec<usize> = text.match_indices("\n  - title: ").map(|(at, _)| at).collect();
    assert_eq!(findings.len(), 34);
    // The third, of whose figures nothing else speaks.
    let text = format!("{}{}", &text[..findings[2]], &text[findings[3]..]);
    files.insert("report.yaml", text);
    let report = report(&files, &common::faces());
    let findings = report.below(report.top()[1]);
    assert_eq!(findings.len(), 33);
    are_numbered(&findings);
    report.says("问题共33个");
    assert!(!report.markdown.contains("34"));
}

/// The keys that a genre needs, as its file lists them.
fn needs(genre: &str) -> Vec<String> {
    let text = file(&format!("templates/{genre}/genre.yaml"));
    let list = text.split("\nneeds:").nth(1).unwrap().split("\ntakes:").next().unwrap();
    let words = list.split(['[', ']', ',', '\n', '-', ' ']).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// A YAML text without a key and what stands under it.
fn without(text: &str, key: &str) -> String {
    let (indent, name) = key.split_once('.').map_or(("", key), |(_, name)| ("  ", name));
    let mut out = String::new();
    let mut inside = false;
    for line in text.split_inclusive('\n') {
        if line.starts_with(&format!("{indent}{name}:")) {
            inside = true;
            continue;
        }
        let deeper = line.trim().is_empty() || line.starts_with(&format!("{indent} "));
        inside &= deeper || line.starts_with(&format!("{indent}- "));
        if !inside {
            out.push_str(line);
        }
    }
    out
}

#[test]
fn what_a_genre_needs_and_does_not_find_has_its_line() {
    let mut asked = 0;
    for sample in SAMPLES {
        let whole = file(&format!("data/{sample}/report.yaml"));
        let genre = whole.lines().find_map(|line| line.strip_prefix("genre: ")).unwrap();
        for key in needs(genre) {
            let office = Office::with("needs", sample);
            let text = without(&whole, &key);
            assert!(text.len() < whole.len(), "{sample} has no {key}");
            fs::write(office.file("report.yaml"), &text).unwrap();
            let said = office.run(&["check"]);
            assert_eq!(said.status, 1, "{key}: {}", said.err);
            let line = |start: &str| text.lines().position(|line| line.starts_with(start)).unwrap() + 1;
            // Inside the header the first of its keys, else the genre that needs it.
            let place = match key.split_once('.') {
                Some(_) => format!("--> data/r/report.yaml:{}:3", line("header:") + 1),
                None => format!("--> data/r/report.yaml:{}:8", line("genre:")),
            };
            let told = said.err.split("error[").any(|told| {
                told.starts_with("Y004]") && told.contains(&format!("needs `{key}`")) && told.contains(&place)
            });
            assert!(told, "{sample} without {key}, {place}:\n{}", said.err);
            asked += 1;
        }
    }
    assert!(asked > 35, "{asked}");
}

#[test]
fn an_empty_list_is_no_section() {
    for (sample, key) in [
        ("wuhan-kjj-2024", "findings"),
        ("wuhan-motion2-2020", "task_groups"),
        ("wuhan-gov-2023", "recommendations"),
    ] {
        let office = Office::with("empty", sample);
        let text = without(&office.text("report.yaml"), key);
        let line = text.lines().count() + 1;
        fs::write(office.file("report.yaml"), format!("{text}{key}: []\n")).unwrap();
        let said = office.run(&["check"]);
        assert_eq!(said.status, 1);
        assert!(said.err.contains("error[Y003]: at least one item is needed"), "{}", said.err);
        assert!(said.err.contains(&format!("report.yaml:{line}:")), "{}", said.err);
    }
}

/// The page's files are written as they stand there, its commands run, and what comes out is what it shows.
#[test]
fn the_page_on_new_genres_makes_one() {
    let page = file("docs/new-genre.md");
    let office = Office::new("new-genre");
    fs::remove_dir_all(office.root.join("data")).unwrap();
    let mut shown = None;
    let mut files = 0;
    let mut blocks = page.split("```");
    let mut before = blocks.next().unwrap();
    while let (Some(block), Some(after)) = (blocks.next(), blocks.next()) {
        let (kind, text) = block.split_once('\n').unwrap();
        let name = before.trim_end().rsplit('\n').next().unwrap();
        let name = name.strip_prefix('`').and_then(|name| name.strip_suffix('`'));
        match (kind, name) {
            ("sh", _) => {
                for command in text.lines() {
                    let arguments: Vec<&str> = command.split(' ').skip(1).collect();
                    let said = office.run(&arguments);
                    assert_eq!((said.status, said.err.as_str()), (0, ""), "{command}");
                }
            }
            ("markdown", Some(name)) => shown = Some((name, text)),
            (_, Some(name)) => {
                let path = office.root.join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
                files += 1;
            }
            _ => {}
        }
        before = after;
    }
    assert_eq!(files, 4);
    let (name, text) = shown.unwrap();
    assert_eq!(fs::read_to_string(office.root.join(name)).unwrap(), text);
    for extension in ["html", "pdf"] {
        assert!(office.root.join(name).with_extension(extension).exists());
    }
}

#[test]
fn genres_are_listed_with_what_they_need() {
    let office = Office::new("genres");
    let said = office.run(&["genres"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    let genres: Vec<&str> =
        said.out.lines().filter(|line| !line.starts_with(' ') && !line.is_empty()).collect();
    let names: Vec<&str> = genres.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(
        names,
        ["annual-summary", "department-report", "rectification-bulletin", "session-bulletin", "work-plan"]
    );
    for genre in names {
        let own = office.run(&["genres", genre]).out;
        for key in needs(genre) {
            assert!(own.lines().any(|line| line.split_whitespace().next() == Some(&key)), "{genre}: {key}");
        }
        assert!(own.contains("phrases (a report's `wording` replaces them):"), "{own}");
    }
    let zh = office.run_in("zh_CN.UTF-8", &["genres", "work-plan"]).out;
    assert!(zh.contains("需要：") && zh.contains("领导小组") && zh.contains("措辞"), "{zh}");
    let wrong = office.run(&["genres", "work-plam"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("did you mean work-plan?"), "{}", wrong.err);
}

#[test]
fn ejected_templates_are_the_built_in_ones_and_take_their_place() {
    let office = Office::new("eject");
    let said = office.run(&["genres", "eject", "annual-summary"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    for name in ["genre.yaml", "ledger.md.tera", "overview.md.tera", "report.md.tera", "statistics.md.tera"] {
        let path = format!("templates/annual-summary/{name}");
        assert_eq!(fs::read_to_string(office.root.join(&path)).unwrap(), file(&path), "{path}");
        assert!(said.out.contains(&path), "{}", said.out);
    }
    let genre = office.root.join("templates/annual-summary/genre.yaml");
    fs::write(&genre, file("templates/annual-summary/genre.yaml").replace("主要做法", "工作做法")).unwrap();
    let again = office.run(&["genres", "eject", "annual-summary"]);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("was not overwritten"), "{}", again.err);
    assert!(fs::read_to_string(&genre).unwrap().contains("工作做法"));
    assert_eq!(office.run(&["genres", "eject", "shared", "--to", "own"]).status, 0);
    assert!(office.root.join("own/shared/parts.md.tera").exists());
    let built = office.run(&["build", "--templates", "templates"]);
    assert_eq!((built.status, built.err.as_str()), (0, ""));
    assert!(fs::read_to_string(office.root.join("output/r/r.md")).unwrap().contains("## 三、工作做法"));
    assert_eq!(office.run(&["genres", "eject", "report"]).status, 2);
    // The templates of one's own are those that are written out.
    let own = ["genres", "eject", "annual-summary", "--templates", "templates", "--to", "again"];
    assert_eq!(office.run(&own).status, 0);
    let genre = fs::read_to_string(office.root.join("again/annual-summary/genre.yaml")).unwrap();
    assert!(genre.contains("工作做法"), "{genre}");
}

fn refused(office: &Office, expected: &[&str]) -> Said {
    fs::remove_dir_all(office.root.join("output")).unwrap();
    office.refuses(expected)
}

#[test]
fn phrases_are_replaced_left_out_and_known() {
    let office = Office::with("wording", "jilin-kjt-2024");
    let text = office.text("report.yaml");
    let line = text.lines().position(|line| line == "wording:").unwrap() + 2;
    let with = |phrase: &str| {
        fs::write(office.file("report.yaml"), text.replace("wording:\n", &format!("wording:\n  {phrase}\n")))
            .unwrap();
    };
    with("practices_heading: 经验做法\n  growth: \"\"");
    let said = office.run(&["build"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    let made = fs::read_to_string(office.root.join("output/r/r.md")).unwrap();
    assert!(made.contains("## 二、经验做法") && !made.contains("较上年"), "{made}");
    with("growht: 一");
    let said = refused(&office, &[&format!("Y002 report.yaml:{line}:3")]);
    assert!(said.err.contains("did you mean `growth`?"), "{}", said.err);
    with("growth: '{{ fig(name=\"x\") }}'");
    refused(&office, &[&format!("T001 report.yaml:{line}:15")]);
}

/// One fault in a report of each kind, and where it is told.
#[test]
fn faults_in_records_have_their_places() {
    let table: &[(&str, &str, &str, &str, &str)] = &[
        (
            "wuhan-motion2-2020",
            "report.yaml",
            "lead: [市科技局]",
            "lead: [市科技厅]",
            "R001 report.yaml:43:16",
        ),
        ("wuhan-motion2-2020", "bodies.yaml", ", 市财政局", ", 市财政厅", "R001 report.yaml"),
        ("wuhan-motion2-2020", "report.yaml", "body: 市财政局", "body: 市教育局", "R002 report.yaml"),
        ("wuhan-motion2-2020", "report.yaml", "until: 2020-08-31", "until: 2020-08-30", "R004 report.yaml"),
        (
            "wuhan-motion2-2020",
            "report.yaml",
            "date_signed: 2020-04-26",
            "date_signed: 2020-05-06",
            "R005 report.yaml",
        ),
        ("wuhan-motion2-2020", "report.yaml", "role: 组长 ", "role: 班长 ", "Y003 report.yaml"),
        ("wuhan-gov-2023", "report.yaml", "number: 2", "number: 1", "R003 report.yaml"),
        ("wuhan-gov-2023", "report.yaml", "date: 2023-12-07", "date: 2024-12-07", "R005 report.yaml"),
        ("wuhan-kjj-2024", "report.yaml", "fed_back: 2023-10-13", "fed_back: 2023-08-13", "R005 report.yaml"),
        ("wuhan-kjj-2024", "report.yaml", "372047@qq.com", "372047.qq.com", "Y003 report.yaml"),
        ("wuhan-kjj-2024", "report.yaml", "  - title: 关于", "  - title: 1.关于", "T004 report.yaml"),
        ("jilin-kjt-2024", "report.yaml", "total: 98", "total: 九十八", "Y003 report.yaml"),
    ];
    for (sample, name, from, to, expected) in table {
        let office = Office::with("records", sample);
        office.change(name, from, to);
        let said = office.run(&["check"]);
        assert_eq!(said.status, 1, "{to}: {}", said.err);
        let (code, place) = expected.split_once(' ').unwrap();
        let place = format!("--> data/r/{place}:");
        let place = if place.matches(':').count() > 1 { place.trim_end_matches(':') } else { &place };
        let told = said.err.split("error[").any(|told| told.starts_with(code) && told.contains(place));
        assert!(told, "{to}: {expected}\n{}", said.err);
        // One slip is one kind of fault.
        assert_eq!(
            said.err.matches(&format!("error[{code}]")).count(),
            said.err.matches("error[").count(),
            "{}",
            said.err
        );
    }
}

/// What would vanish, or stand twice, is told; and so is what a genre could be meant by.
#[test]
fn what_a_user_would_write_is_understood_or_told() {
    let table: &[(&str, &str, &str, &str)] = &[
        (
            "wuhan-gov-2023",
            "genre: session-bulletin",
            "genre: session-buletin",
            "T001 did you mean session-bulletin?",
        ),
        ("wuhan-motion2-2020", "wording:\n", "wording:\n  goals_heading: \"\"\n", "Y003 cannot be left out"),
        (
            "wuhan-motion2-2020",
            "wording:\n",
            "wording:\n  goals_heading: 一、目标\n",
            "T004 no number in a heading",
        ),
        ("wuhan-motion2-2020", "name: 部署阶段", "name: 一、部署阶段", "T004 no number in a heading"),
        ("wuhan-gov-2023", "title: 关于大力", "title: 《关于大力", "R006 is added in print"),
        ("wuhan-gov-2023", "we: 市人民政府", "we: 市人民政府\nthanks_: 一", "Y002 unknown key"),
        ("wuhan-gov-2023", "  occasion:", "  seal: 加盖印章\n  occasion:", "H011 without a signature"),
        (
            "wuhan-kjj-2024",
            "preamble: |-\n",
            "preamble: |-\n  {{ organisation.preamble }}\n",
            "T001 nothing is written under",
        ),
        (
            "wuhan-kjj-2024",
            "preamble: |-\n",
            "preamble: |-\n  {{ findings | titles }}\n",
            "T001 titles is for records",
        ),
    ];
    for (sample, from, to, expected) in table {
        let office = Office::with("told", sample);
        office.change("report.yaml", from, to);
        let said = office.run(&["check"]);
        let (code, words) = expected.split_once(' ').unwrap();
        let told = said.err.split("error[").any(|told| told.starts_with(code) && told.contains(words));
        assert!(said.status == 1 && told, "{to}: {expected}\n{}", said.err);
    }
    let office = Office::with("told", "wuhan-gov-2023");
    office.change("report.yaml", "genre: session-bulletin", "genre: 会议通报");
    let said = office.run(&["check"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
}

/// A table at the end of a piece of prose is whole, and so is what the template puts after it.
#[test]
fn nothing_is_lost_behind_a_table() {
    let office = Office::with("table", "wuhan-kjj-2024");
    let table = "body: |-\n          见下表。\n\n          | 甲 | 乙 |\n          | :-- | :-- |\n          | 子 | 丑 |\n          XX";
    office.change("report.yaml", "body: |-\n          ", &table.replace("XX", "\n\n          "));
    let text = office.text("report.yaml");
    let at = text.find("| 子 | 丑 |").unwrap();
    let next = at + text[at..].find("      - heading: ").unwrap();
    let heading = text[next..].lines().next().unwrap().trim_start_matches("      - heading: ").to_owned();
    // Whatever stood after the table in that piece goes, so that the table ends it.
    let end = at + "| 子 | 丑 |".len();
    std::fs::write(office.file("report.yaml"), format!("{}\n{}", &text[..end], &text[next..])).unwrap();
    let said = office.run(&["build", "--format", "markdown"]);
    let made = std::fs::read_to_string(office.root.join("output/r/r.md")).unwrap_or_default();
    assert!(made.contains("| 子 | 丑 |\n\n") && made.contains(&heading), "{heading}: {}", said.err);
}

/// Cases that are only to be read are in every sum.
#[test]
fn cases_to_be_read_are_in_the_sums() {
    let office = Office::new("reference");
    let report = office.text("report.yaml");
    let (report, _) = report.split_once("\nassigned:").unwrap();
    std::fs::write(office.file("report.yaml"), report).unwrap();
    let text = office.text("cases.yaml").replacen("role: 会办", "role: 参阅", 3);
    std::fs::write(office.file("cases.yaml"), text).unwrap();
    let said = office.run(&["build", "--format", "markdown"]);
    assert_eq!(said.status, 0, "{}", said.err);
    let made = std::fs::read_to_string(office.root.join("output/r/r.md")).unwrap();
    assert!(made.contains("主（承、分）办45件，会办90件，参阅3件。"), "{made}");
    assert!(made.contains("| 合计 | 138 | 45 | 90 | 3 |"));
}
