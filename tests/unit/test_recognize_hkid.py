"""香港身份证: check in brackets, two letters, bare numbers and what only looks like one."""

from __future__ import annotations

import pytest

from kouan.recognize.identifiers import hkid
from tests.recognizing import grades, hkid_of, scanned


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        ("A1234563", 2),
        ("AB9876543", 2),  # with a letter more, another value stands for the first place
        ("A1234564", 1),
        (hkid_of(0), 2),
        ("a1234563", 0),
        ("11234563", 0),
        ("A12345A3", 0),
        ("ABC123456", 0),
        ("A123456B", 1),
    ],
)
def test_grade(value: str, grade: int) -> None:
    assert grades(hkid.IDENTIFIER, [value]) == [grade]


def test_a_check_of_ten_is_an_a() -> None:
    number = next(one for one in map(hkid_of, range(99)) if one.endswith("A"))
    assert grades(hkid.IDENTIFIER, [number, number[:-1] + "0"]) == [2, 1]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("A123456(3)", [0, 1, 0, 0]),
        ("A123456（3）", [0, 1, 0, 0]),
        ("A123456(4)", [1, 0, 0, 0]),
        ("持证人 A123456(3)，女", [0, 0, 0, 1]),
        ("持证人 A123456(4)，女", None),
        ("香港身份证号：A1234563", [0, 0, 0, 1]),
        ("HKID A1234563", [0, 0, 0, 1]),
        ("part A1234563 replaced", None),
        ("A123456(30)", None),
        ("A123456(", None),
    ],
)
def test_in_cells(text: str, counts: list[int] | None) -> None:
    assert scanned([text]).get("hkid") == counts


def test_of_product_codes_one_in_eleven_passes() -> None:
    found = scanned([f"B{n:07d}" for n in range(1100)])["hkid"]
    assert found[0] + found[1] == 1100
    assert 80 < found[1] < 120
