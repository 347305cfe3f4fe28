"""外国人永久居留身份证: both editions, and credit codes that begin with 9."""

from __future__ import annotations

import pytest

from kouan.recognize.identifiers import permanent, uscc
from tests.recognizing import grades, permanent_of, scanned, unasked, uscc_of, wrong

NEW = permanent_of(7)


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        (NEW, 2),
        (wrong(NEW), 1),
        (permanent_of(7, area="811840"), 0),
        (permanent_of(7, area="999840"), 0),
        ("911840199002300010", 0),
        ("911840209005170010", 0),
        ("91184019900517O010", 0),
    ],
)
def test_grade(value: str, grade: int) -> None:
    assert grades(permanent.IDENTIFIER, [value]) == [grade]


def test_an_x_may_be_its_check() -> None:
    number = next(one for one in map(permanent_of, range(200)) if one.endswith("X"))
    assert grades(permanent.IDENTIFIER, [number, number.lower()]) == [2, 2]


def test_credit_codes_stay_credit_codes() -> None:
    codes = [f"9111010{n:010d}" for n in range(3000)]
    checked = [uscc_of(n) for n in range(300)] + [
        code + digit for code in codes for digit in "0123456789" if grades(uscc.IDENTIFIER, [code + digit]) == [2]
    ]
    assert len(checked) > 1000
    found = scanned(checked)
    assert found["cn.uscc"][1] == len(checked)
    assert "cn.pr" not in found


def test_where_both_checks_are_right_it_is_only_suspected() -> None:
    numbers = (permanent_of(serial, area=f"9111{place:02d}") for place in range(100) for serial in range(1000))
    both = next(one for one in numbers if grades(uscc.IDENTIFIER, [one]) == [2])
    found = scanned([both])
    assert (found["cn.pr"], found["cn.uscc"]) == ([1, 0, 0, 0], [0, 1, 0, 0])


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("CAN110078062401", [1, 0, 0, 0]),
        ("XQZ110078062401", None),
        ("ORD202401010001", None),
        ("CAN990078062401", None),
        ("永久居留证 CAN110078062401", [0, 0, 1, 0]),
        ("合同 CAN110078062401", None),
    ],
)
def test_the_old_edition_where_asked(text: str, counts: list[int] | None) -> None:
    assert scanned([text], asked=frozenset({"cn.pr15"})).get("cn.pr15") == counts
    assert scanned([text]).get("cn.pr15") == unasked(text, counts)
