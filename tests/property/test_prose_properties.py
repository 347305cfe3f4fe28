"""What holds for every finder and every text: spans lie in it, signs around change nothing, and time is linear."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.recognize.prose.ages import find_ages
from kouan.recognize.prose.dates import find_dates, find_other_dates
from kouan.recognize.prose.names import find_names
from kouan.recognize.prose.organisations import find_organisations
from kouan.recognize.prose.places import find_places
from kouan.recognize.prose.words import LABELS

FINDERS = {
    "names": find_names,
    "places": find_places,
    "organisations": find_organisations,
    "dates": lambda text: find_dates(text, keep_year=False),
    "other dates": find_other_dates,
    "ages": find_ages,
}
PIECES = st.sampled_from(
    [
        "患者",
        "张",
        "王小明",
        "先生",
        "姓名：",
        "医院",
        "公司",
        "北京",
        "朝阳区",
        "路",
        "88号",
        "·",
        "年",
        "2024",
        "5月",
        "3日",
        "出生",
        "45岁",
        ",",
        "。",
        "(",
        ")",
        "Dr.",
        "Smith",
        "at",
        "12",
        "Main",
        "Street",
        "Ltd",
        "of",
        "University",
        "Bank",
        "中国银行",
        "某",
        "大学",
        "的",
        "在",
        "和",
        "、",
        "\n",
        "小",
        "老",
        "A",
        "1",
        "-",
        "村",
        "组",
        "DOB",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=25).map("".join)
FEW = settings(max_examples=150, deadline=None)


@pytest.mark.parametrize("finder", FINDERS)
@FEW
@given(text=TEXTS)
def test_spans_lie_in_the_text_and_say_what_and_why(finder, text):
    for one in FINDERS[finder](text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.kind in LABELS
        assert one.why


@pytest.mark.parametrize(
    ("finder", "core"),
    [
        ("names", "患者张伟"),
        ("names", "刘晓东医生"),
        ("names", "Dr. Emily Chen"),
        ("places", "北京市朝阳区建国路88号院3号楼2单元1201室"),
        ("places", "浙江省杭州市"),
        ("organisations", "北京协和医院"),
        ("organisations", "华辰技术有限公司"),
        ("organisations", "Northwind Trading Co., Ltd"),
        ("dates", "2024年5月3日"),
        ("ages", "45岁"),
    ],
)
@settings(max_examples=40, deadline=None)
@given(
    before=st.sampled_from(["", "。", ";", "\n", '"', "(", "!", "?", "…"]),
    after=st.sampled_from(["", "。", ";", "\n", ")", "!", "…", ">"]),
)
def test_signs_around_change_nothing(finder, core, before, after):
    def words(text):
        return {(text[one.start : one.end], one.kind) for one in FINDERS[finder](text)}

    assert words(core)
    assert words(f"{before}{core}{after}") == words(core)


@pytest.mark.parametrize(
    "unit",
    [
        "张",
        "1号",
        "A",
        "路",
        "北京",
        "医院",
        "公司",
        "大学中",
        "中国银行",
        "·",
        "某",
        "1-",
        "北京市",
        "张三先生",
        "年",
        "1月",
        "村",
        "(",
        ")",
        "二〇",
        "先生",
        "姓名",
        "患者",
        "号1",
        "小",
        "老",
        "、",
        "A ",
        "Dr. ",
        "Street ",
        "1 Main Street, ",
        "Ltd ",
        "of the University of ",
        "浙江 杭州 ",
        "Zhang ",
        "1岁",
        ": ",
        "Hi ",
    ],
)
def test_hostile_repetition_costs_no_more_than_its_length(unit):
    def cost(finder, size):
        text = (unit * size)[:size]
        start = time.process_time()
        for _ in finder(text):
            pass
        return time.process_time() - start

    for finder in FINDERS.values():
        cost(finder, 1_000)
        assert cost(finder, 40_000) < 10 * cost(finder, 10_000) + 0.2
