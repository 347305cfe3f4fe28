"""What people type for numbers, read as they mean it or asked again."""

from __future__ import annotations

import pytest

from kouan.cli.answers import read_answer, read_count, read_number
from kouan.model.facts import Range
from kouan.model.interview import Choice, InterviewQuestion
from kouan.model.text import same
from kouan.model.vocabulary import FactType


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("12000", 12_000),
        ("12,000", 12_000),
        ("１２０００", 12_000),
        ("1.2万", 12_000),
        ("1.2 万", 12_000),
        ("3千", 3_000),
        ("1万2千", 12_000),
        ("三万五千", 35_000),
        ("十二", 12),
        ("一百二十", 120),
        ("两千零五", 2_005),
        ("一万零二", 10_002),
        ("1亿2千万", 120_000_000),
        ("十万", 100_000),
        ("100万", 1_000_000),
        ("1万500", 10_500),
    ],
)
def test_numbers(text, number):
    assert read_count(text) == Range(lo=number, hi=number)


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        ("1000-2000", 1_000, 2_000),
        ("1,000 – 2,000", 1_000, 2_000),
        ("1万至2万", 10_000, 20_000),
        ("1千到1.2万人", 1_000, 12_000),
        ("1000 to 2000 persons", 1_000, 2_000),
        ("500-1万", 500, 10_000),
        ("1万以上", 10_000, None),
        ("≥1万", 10_000, None),
        ("至少 100", 100, None),
        ("more than 100", 101, None),
        ("不满1万", 0, 9_999),
        ("1万以下", 0, 10_000),
        ("<= 5", 0, 5),
    ],
)
def test_ranges(text, lo, hi):
    assert read_count(text) == Range(lo=lo, hi=hi)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "-5",
        "1.5",
        "2000-1000",
        "1-2万",
        "一万二",
        "1,00",
        "99999999999",
        "1000-",
        "不满0",
        "万",
        "亿",
        "1 2",
        "三千五",
        "1..2万",
    ],
)
def test_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - one kind, no words
        read_count(text)


def _question(kind, *values):
    choices = tuple(Choice(value=value, label=same(str(value))) for value in (*values, None))
    return InterviewQuestion(fact="x", type=kind, label=same("x"), help=same("x"), choices=choices, free=True)


@pytest.mark.parametrize(
    ("kind", "values", "text", "value"),
    [
        (FactType.BOOL, (True, False), "是", True),
        (FactType.BOOL, (True, False), "Y", True),
        (FactType.BOOL, (True, False), "2", False),
        (FactType.BOOL, (True, False), "没有", False),
        (FactType.COUNT, (Range(lo=0, hi=9), Range(lo=10, hi=None)), "2", Range(lo=2, hi=2)),
        (FactType.COUNT, (Range(lo=0, hi=9), Range(lo=10, hi=None)), "#2", Range(lo=10, hi=None)),
        (FactType.TEXT, ("a", "b"), "#2", "b"),
        (FactType.TEXT, ("a", "b"), "cn-beijing/daxing", "cn-beijing/daxing"),
        (FactType.TEXTS, (("DE",),), "DE、FR", ("DE", "FR")),
    ],
)
def test_answers(kind, values, text, value):
    assert read_answer(_question(kind, *values), text) == value


@pytest.mark.parametrize("text", ["maybe", "3", "是吗"])
def test_neither_yes_nor_no_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        read_answer(_question(FactType.BOOL, True, False), text)


def test_a_number_alone():
    assert read_number("2千万") == 20_000_000
