#!/usr/bin/env python3
"""The ledger of data/wuhan-kjj-2021 as an office would keep it in a spreadsheet: a caption, heads of its own, days written in
several ways, roles by other words, an own column, a row of sums. Needs openpyxl and PyYAML.
    python3 tests/sheets/make_sample.py      writes tests/sheets/sample.xlsx
"""
import datetime, pathlib
import openpyxl, yaml

HERE = pathlib.Path(__file__).parent
cases = yaml.safe_load((HERE / "../../data/wuhan-kjj-2021/cases.yaml").read_text(encoding="utf-8"))["cases"]
heads = ["序号", "编号", "案由", "层级", "类别", "主办/会办", "代表/委员", "承办处室", "是否领办", "交办日期", "办理时限", "答复日期", "办理结果",
         "公开方式", "不公开理由", "保密审查日期", "征询公开意见日期", "公开日期", "满意度", "跟踪人"]
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "2021年办件"
sheet.append(["武汉市科学技术局2021年建议提案办理台账"])
sheet.append(heads)
sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
words = {"会办": "协办", "主办": "主办（牵头）", "全文公开": "公开", "不予公开": "不公开"}
for number, case in enumerate(cases, 1):
    d = case.get("disclosure", {})
    text = lambda day, form: day and form.format(day.year, day.month, day.day)
    sheet.append([
        number, case["id"], case["title"], case["level"] + "级", case["kind"], words.get(case["role"], case["role"]), case["proposer"],
        case["office"], "√" if case.get("leader_led") else None, case["assigned"], text(case["due"], "{}.{}.{}"),
        text(case.get("replied"), "{}年{}月{}日"), case.get("outcome"), words.get(d.get("decision"), d.get("decision")), d.get("reason"),
        text(d.get("reviewed"), "{}/{}/{}"), d.get("consented"), text(d.get("published"), "{}-{:02}-{:02}"), case.get("satisfaction", "/"), "示例"])
sheet.append(["合计", f"{len(cases)}件"])
book.properties.created = book.properties.modified = datetime.datetime(2026, 1, 1)
book.save(HERE / "sample.xlsx")
