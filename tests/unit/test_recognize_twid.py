"""台湾身份证: the check digit, residents without household registration, and product codes."""

from __future__ import annotations

import pytest

from kouan.recognize.identifiers import twid
from tests.recognizing import grades, scanned, twid_of, wrong


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        ("A123456789", 2),  # the usual example
        ("A800000014", 2),
        (twid_of(7), 2),
        (twid_of(7, "W9"), 2),
        (wrong(twid_of(7)), 1),
        ("A323456789", 0),
        ("1123456789", 0),
        ("a123456789", 0),
        ("AB23456789", 0),
    ],
)
def test_grade(value: str, grade: int) -> None:
    assert grades(twid.IDENTIFIER, [value]) == [grade]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("A123456789", [0, 1, 0, 0]),
        ("台湾身份证号 A123456789", [0, 0, 0, 1]),
        ("身分證字號：A123456789", [0, 0, 0, 1]),
        ("台湾身份证号 A123456780", None),
        ("SKU A123456789 已下架", None),
    ],
)
def test_in_cells(text: str, counts: list[int] | None) -> None:
    assert scanned([text]).get("twid") == counts


def test_of_part_numbers_one_in_ten_passes() -> None:
    found = scanned([f"C1{n:08d}" for n in range(1000)])["twid"]
    assert found == [900, 100, 0, 0]
