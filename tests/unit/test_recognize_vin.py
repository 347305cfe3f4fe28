"""车辆识别代号: check at the ninth place, European vehicles without one, hashes and tokens."""

from __future__ import annotations

import pytest

from kouan.recognize.identifiers import vin
from tests.recognizing import grades, scanned


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        ("1M8GDM9AXKP042788", 2),
        ("1m8gdm9axkp042788", 2),
        ("LSVAA49J132047371", 2),
        ("1M8GDM9A1KP042788", 1),  # wrong check
        ("WVWZZZ1JZ3W386752", 1),  # European: no check digit
        ("1M8GDM9AXKP04278I", 0),  # no I, O, Q
        ("OM8GDM9AXKP042788", 0),
        ("1M8GDM9AXKP04B788", 0),  # the last four are digits
        ("1M8gDM9AXKP042788", 0),  # a token of both cases
        ("12345678901234567", 0),  # an order number
        ("AB202611221234567", 1),  # an order number
        ("1A2B3C4D5E6F01234", 1),  # hexadecimal: never confirmed
    ],
)
def test_grade(value: str, grade: int) -> None:
    assert grades(vin.IDENTIFIER, [value]) == [grade]


def test_hexadecimal_is_not_confirmed_even_with_a_right_check() -> None:
    values = [f"1A2B3C4D{check}5F601234" for check in "0123456789"]
    assert set(grades(vin.IDENTIFIER, values)) == {1}


def test_inside_text_and_in_groups() -> None:
    assert scanned(["车架号LSVAA49J132047371，请核对"])["vin"] == [0, 0, 0, 1]
    assert scanned(["LSV AA49J 132047371"])["vin"] == [0, 1, 0, 0]
    assert "vin" not in scanned(["XLSVAA49J132047371"])
