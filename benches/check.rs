//! What checking costs over loading: 100,000 cases without a fault, and as many of which each has one.

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench that meets the unexpected should stop")]

#[path = "../tests/it/common/mod.rs"]
mod common;

use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use banjie::check;
use banjie::compose::Templates;
use banjie::compute::Figures;
use banjie::diagnostic::Diagnostic;
use banjie::load::load;
use banjie::make::Maker;
use banjie::model::Dataset;
use banjie::source::Sources;
use banjie::world::Memory;
use banjie::write::Edition;
use criterion::{Criterion, criterion_group, criterion_main};

const CASES: usize = 100_000;

/// A ledger as an office would keep it: of every three cases one was answered and published, one assisted, one answered to be
/// published in part; titles, offices, days and proposers differ. With a fault each was answered before it was assigned.
fn ledger(has_faults: bool) -> String {
    let topics =
        ["河道治理", "科技成果转化", "老旧小区改造", "职业教育", "智慧农业", "公共交通", "中小企业融资"];
    let ways = ["加强", "支持", "完善", "加快推进", "进一步规范"];
    let offices = ["规划与资源配置处", "成果转化处", "社会发展处", "高新技术处", "办公室"];
    let kinds = ["代表建议", "政协提案"];
    let mut text = String::from("cases:\n");
    for case in 0..CASES {
        let (level, role) = [("省", "主办"), ("省", "会办"), ("市", "分办")][case % 3];
        let (way, topic, office, kind) =
            (ways[case % 5], topics[case % 7], offices[case % 5], kinds[case % 2]);
        let (month, day) = (1 + case % 2, 1 + case % 28);
        let replied = if has_faults { "2023-12-20".to_owned() } else { format!("2024-04-{day:02}") };
        write!(
            text,
            "  - id: 件-{case:06}\n    title: 关于{way}第{case}网格{topic}工作的建议\n    level: {level}\n    kind: {kind}\n    \
             role: {role}\n    proposer: 第{}代表团\n    office: {office}\n    assigned: 2024-{month:02}-{day:02}\n    \
             due: 2024-05-31\n    replied: {replied}\n",
            case % 40,
        )
        .unwrap();
        if role != "会办" {
            let decision = ["全文公开", "摘要公开"][case % 2];
            let (reviewed, published) =
                if has_faults { ("2023-12-21", "2023-12-30") } else { ("2024-05-06", "2024-05-20") };
            write!(
                text,
                "    outcome: 正在解决\n    disclosure:\n      decision: {decision}\n      reviewed: {reviewed}\n      \
                 consented: {reviewed}\n      published: {published}\n    satisfaction: 满意\n",
            )
            .unwrap();
        }
        text.push('\n');
    }
    text
}

/// A report that does not print its ledger, with another one; what the sample's was assigned is left out.
fn world(has_faults: bool) -> Memory {
    let mut files = common::report_files("data/jilin-kjt-2024");
    files.insert("cases.yaml", ledger(has_faults));
    let report = files.get_mut("report.yaml").unwrap();
    let at = report.find("\nassigned:").unwrap() + 1;
    let end = at + report[at..].find("\n\n").unwrap();
    report.replace_range(at..end, "");
    let named = files.iter().map(|(name, text)| (format!("data/r/{name}"), text.clone()));
    let named: Vec<(String, String)> = named.collect();
    Memory::with(named.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

fn rules(dataset: &Arc<Dataset>) -> Vec<Diagnostic> {
    let Dataset { report, cases, roster, files, .. } = &**dataset;
    let figures = Figures::new(Arc::clone(dataset));
    let found = [
        check::ledger(cases, &files.cases),
        check::cases(cases, report, &files.cases),
        check::report(report, &files.report),
        check::records(report, roster, &files.report),
        check::totals(report, &figures, &files.report),
        check::dataset(dataset),
        check::figures(dataset, &figures),
    ];
    found.concat()
}

fn checking(criterion: &mut Criterion) {
    let folder = Path::new("data/r");
    let mut group = criterion.benchmark_group("100,000 cases");
    group.sample_size(10);
    for (has_faults, name) in [(false, "clean"), (true, "each at fault")] {
        let world = world(has_faults);
        let templates = Templates::load(&world, None, &mut Sources::default()).unwrap();
        let maker = Maker {
            files: &world,
            world: &world,
            templates: &templates,
            faces: &|| unreachable!("nothing is set"),
            step: &|_| {},
            show_grid: false,
            edition: Edition::Public,
        };
        let ready = || {
            let (mut sources, mut wrong) = (Sources::default(), Vec::new());
            let ready = maker.ready(folder, &mut sources, &mut wrong);
            (ready, sources, wrong)
        };
        let (_, sources, wrong) = ready();
        eprintln!("{name}: {} found, such as {:?}", wrong.len(), wrong.first().map(|told| told.code));
        group.bench_function(format!("{name}: load"), |b| {
            b.iter_with_large_drop(|| load(black_box(&world), folder, &mut Sources::default()))
        });
        let dataset = Arc::new(load(&world, folder, &mut Sources::default()).dataset().unwrap());
        group.bench_function(format!("{name}: rules over the data"), |b| {
            b.iter_with_large_drop(|| rules(black_box(&dataset)))
        });
        group.bench_function(format!("{name}: load and check, its text included"), |b| {
            b.iter_with_large_drop(ready)
        });
        group.bench_function(format!("{name}: find every place"), |b| {
            b.iter_with_large_drop(|| sources.ranges(wrong.iter().map(|told| told.place.as_ref())))
        });
    }
    group.finish();
}

criterion_group!(benches, checking);
criterion_main!(benches);
