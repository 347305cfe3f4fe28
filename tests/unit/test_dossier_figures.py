from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from kouan.dossier import figures
from kouan.model.facts import Range


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0", "0%"),
        ("1", "100%"),
        ("0.5", "50%"),
        ("0.296938", "29.7%"),
        ("0.000001", "<0.1%"),
        ("0.999999", ">99.9%"),
        ("0.999", "99.9%"),
    ],
)
def test_percent_never_rounds_to_none_or_all(value, shown):
    assert figures.percent(Decimal(value)) == shown


def test_span():
    assert figures.span(Range(lo=1_652, hi=1_668)).zh == "1,652–1,668"
    assert figures.span(Range(lo=3_000, hi=3_000)).en == "3,000"
    assert figures.span(Range(lo=5, hi=None)).zh == "至少 5"


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0 B"), (1023, "1023 B"), (418_336, "408.5 KiB"), (2**40, "1,024.0 GiB")]
)
def test_size(number, shown):
    assert figures.size(number) == shown


def test_instants_are_shown_in_beijing_time():
    shown = figures.instant(dt.datetime(2026, 12, 31, 20, 5, tzinfo=dt.UTC))
    assert shown.zh == "2027 年 1 月 1 日 04:05（北京时间）"
    assert shown.en == "1 Jan 2027, 04:05 Beijing time"


@pytest.mark.parametrize(
    ("value", "zh"),
    [
        (None, "未知"),
        (True, "是"),
        (False, "否"),
        (0, "0"),
        (12_000, "12,000"),
        (("CH", "SG"), "CH、SG"),
        ((), "无"),
        ("once", "once"),
    ],
)
def test_fact_values(value, zh):
    assert figures.fact(value).zh == zh
