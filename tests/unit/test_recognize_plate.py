"""机动车号牌: ordinary, new energy, endings, marks between, and everyday words."""

from __future__ import annotations

import pytest

from tests.recognizing import scanned

WHOLE, INSIDE = [0, 1, 0, 0], [0, 0, 0, 1]


@pytest.mark.parametrize(
    "value",
    [
        *("京A12345", "粤B8K789", "京a12345", "沪AD12345", "沪AF02345", "京ADA2345", "沪A12345F", "京A·12345"),
        *("京A-12345", "京A 12345", "京A•12345", "京A・12345", "京Ａ１２３４５"),
        *("京A1234警", "京A1234学", "京A1234挂", "粤Z1234港", "粤Z1234澳", "沪A0023领", "鲁X1234应急"),
    ],
)
def test_plates(value: str) -> None:
    assert scanned([value])["cn.plate"] == WHOLE


@pytest.mark.parametrize(
    "value",
    [
        "京AI2345",  # no I, no O
        "京IA2345",
        "京ABCDE",
        "京A1234",
        "京A1234号",
        "京A123456",  # six without a letter of new energy
        "京AM12345",
        "京A1234567",
        "京A·123456789",
        "京12345",
        "中A12345",
        "A12345",
        "北京大学A1234",
        "编号A12345",
    ],
)
def test_no_plates(value: str) -> None:
    assert "cn.plate" not in scanned([value])


def test_inside_text() -> None:
    assert scanned(["车牌号京A12345，已登记"])["cn.plate"] == INSIDE
    assert scanned(["京A12345、京B23456"])["cn.plate"] == INSIDE


@pytest.mark.parametrize("value", ["最新A12345", "阿里云A12345"])
def test_everyday_words_leave_it_suspected(value: str) -> None:
    assert scanned([value])["cn.plate"] == [0, 0, 1, 0]


@pytest.mark.parametrize(("value", "found"), [("224578使", True), ("使014578", True), ("请使014578", False)])
def test_embassy_plates_only_where_asked_for(value: str, *, found: bool) -> None:
    assert "cn.plate.embassy" not in scanned([value])
    assert ("cn.plate.embassy" in scanned([value], asked=frozenset({"cn.plate.embassy"}))) is found
