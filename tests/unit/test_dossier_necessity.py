"""The section on necessity shows the three answers, what is open, and each item with its source, in both languages."""

from __future__ import annotations

from kouan.dossier.necessity_view import lines_of
from kouan.law.necessity import Asked, judge_necessity
from kouan.model.necessity import NecessityClaim
from kouan.packs import find_purpose, load_purposes
from tests.documents import hr_case
from tests.inventories import inventory, item, persons
from tests.pages import parse, render

HR = find_purpose(load_purposes(), "hr_management")
ITEMS = (
    item("a.csv!a#姓名", meaning="name", subject="employee"),
    item("a.csv!a#月薪", meaning="salary", subject="employee"),
    item("a.csv!a#<b>信仰", meaning="religion", subject="employee"),
    item("a.csv!a#住址", meaning="address", subject="employee"),
)


def judged(*leaving):
    asked = Asked(
        scenario="hr_management",
        inventory=inventory(*ITEMS, persons=[persons("employee")]),
        claim=NecessityClaim(export="总部审批"),
        said={ITEMS[3].id: "办理签证"},
        facts={"hr.necessary": True},
        leaving={one.id for one in ITEMS if one.name in leaving},
    )
    return judge_necessity(HR.purpose, HR.ref, asked)


def test_the_page_says_what_stands_and_what_is_open():
    page = render(hr_case(), necessity=judged("姓名", "月薪", "<b>信仰", "住址"))
    section = page[page.index('<section id="necessity"') :]
    section = section[: section.index("</section>")]
    assert 'href="#necessity"' in page
    for words in (
        "不通过",
        "failed",
        "总部审批",
        "办理签证",
        "未说明",
        "境外方负责薪酬",
        "本项目的判断",
        "第五条第一款第二项",
    ):
        assert words in section
    assert "&lt;b&gt;信仰" in section
    assert "<b>信仰" not in section


def test_on_a_phone_every_cell_of_a_table_says_its_column():
    page = render(hr_case(), necessity=judged("姓名", "月薪", "<b>信仰", "住址"))
    section = next(one for one in parse(page).walk() if one.attrs.get("id") == "necessity")
    tables = [one for one in section.walk() if one.tag == "table"]
    assert len(tables) == 2
    for table in tables:
        assert "cards" in table.classes()
        cells = [one for one in table.walk() if one.tag == "td"]
        assert cells
        assert all(any("key" in part.classes() for part in cell.walk()) for cell in cells)


def test_a_page_without_a_judgement_has_no_such_section():
    assert 'id="necessity"' not in render(hr_case())


def test_lines_name_what_is_open_and_what_the_plan_drops():
    zh = [line for _, line in lines_of(judged("姓名", "月薪"), "zh")]
    en = [line for _, line in lines_of(judged("姓名", "月薪"), "en")]
    assert zh[0] == "必要性（跨境人力资源管理）：尚待说明"
    assert en[0] == "necessity (cross-border HR management): open"
    assert any("“月薪”" in line for line in zh)
    assert zh[-1].endswith("<b>信仰")
    assert len(zh) == len(en)


def test_without_a_purpose_one_point_says_that_nothing_was_judged():
    none = judge_necessity(None, None, Asked("elsewhere", inventory(*ITEMS)))
    lines = [line for _, line in lines_of(none, "zh")]
    assert "未判断" in lines[0]
    assert "没有该场景的目的包" in lines[2]
    assert len(lines) == 3
    assert "没有该场景的目的包" in render(hr_case(), necessity=none)
