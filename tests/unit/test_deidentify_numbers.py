"""Bins and age bands by table."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest

from kouan.deidentify.numbers import AgeBand, Bins


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", "[0,5000)"),
        ("4999.99", "[0,5000)"),
        ("5000", "[5000,10000)"),
        ("12,345.60", "[10000,15000)"),
        ("￥12 345元", "[10000,15000)"),
        ("１２３４５", "[10000,15000)"),
        ("50000", ">=50000"),
        ("99999999", ">=50000"),
        ("-1", "<0"),
        (" 1,234,567.8 ", ">=50000"),
        ("-¥1,234", "<0"),
        ("1.234,56", None),
        ("1,23", None),
        ("12,34,567", None),
        ("35 36", None),
        ("35\n36", None),
        ("138 0013 8000", None),
        ("1,234 567", None),
        ("1.2万", None),
        ("1e5", None),
        ("n/a", None),
        ("", None),
        (None, None),
        ("99999999999999999999", None),
    ],
)
def test_bins_of_text(value, expected):
    assert Bins(5000, top=50000, bottom=0)(pa.array([value], pa.string())).to_pylist() == [expected]


@pytest.mark.parametrize(
    "column",
    [
        pa.array([-1, 10, None], pa.int16()),
        pa.array([-0.5, 10.0, float("nan")]),
        pa.array([Decimal("-0.01"), Decimal("19.99"), None]),
        pa.array(["-1", "10", None]).dictionary_encode(),
    ],
)
def test_bins_of_every_type(column):
    assert Bins(10)(column).to_pylist() == ["[-10,0)", "[10,20)", None]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", "0-4"),
        ("34", "30-34"),
        ("35岁", "35-39"),
        ("79.9", "75-79"),
        ("80", "80+"),
        ("150", "80+"),
        ("151", None),
        ("-1", None),
        ("x", None),
    ],
)
def test_age_bands(value, expected):
    assert AgeBand(5, 80)(pa.array([value])).to_pylist() == [expected]


def test_columns_without_values():
    assert Bins(10)(pa.nulls(2)).to_pylist() == [None, None]
    assert AgeBand(5, 80)(pa.array([], pa.int64())).to_pylist() == []
