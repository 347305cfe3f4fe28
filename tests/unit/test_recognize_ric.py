"""公民身份号码: format, calendar, area, check digit, and traps."""

from __future__ import annotations

import datetime as dt

import pytest
from stdnum.cn import ric as oracle

from kouan.model.inventory import IdentityRole, Tier
from kouan.recognize.identifiers import ric
from tests.recognizing import AS_OF, column, grades, keys, ric_of, wrong

GOOD = ric_of(7)


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        (GOOD, 2),
        (ric_of(7, dt.date(2000, 2, 29)), 2),
        (ric_of(7, AS_OF), 2),
        (ric_of(7, AS_OF + dt.timedelta(days=1)), 0),
        (ric_of(7, area="830000"), 2),
        (ric_of(7, area="990101"), 0),
        (wrong(GOOD), 1),
        ("110101199002300011", 0),
        ("110101199013010011", 0),
        ("11010119900517007A", 0),
        ("1101011990O5170070", 0),
        (GOOD[:15], 0),
    ],
)
def test_grade(value: str, grade: int) -> None:
    assert grades(ric.IDENTIFIER, [value]) == [grade]


def test_last_x_in_either_case() -> None:
    number = next(one for one in map(ric_of, range(200)) if one.endswith("X"))
    assert grades(ric.IDENTIFIER, [number, number.lower()]) == [2, 2]
    assert oracle.is_valid(number)


def test_a_key_is_the_first_17_digits_of_a_right_number() -> None:
    assert keys("ric", [GOOD, wrong(GOOD), f" {GOOD} "]) == [int(GOOD[:17]), None, int(GOOD[:17])]


@pytest.mark.parametrize(
    "written",
    [
        lambda one: one,
        lambda one: f"{one[:6]} {one[6:14]} {one[14:]}",
        lambda one: f"{one[:6]}-{one[6:14]}-{one[14:]}",
        lambda one: one.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")),
        lambda one: f"\u200b{one}\u3000",
        lambda one: one.lower(),
    ],
)
def test_column_in_many_writings(written: object) -> None:
    item = column("证件", [written(ric_of(n)) for n in range(40)])  # type: ignore[operator]
    assert (item.meaning, item.tier) == ("cn.ric", Tier.CONFIRMED)
    assert item.findings[0].confirmed == 40
    assert item.role is IdentityRole.DIRECT


def test_random_numbers_pass_at_one_in_eleven_and_are_no_ids() -> None:
    values = [str(110101_19900517_0000 + n * 7) for n in range(600)]
    item = column("batch", values)
    assert item.meaning != "cn.ric"
    assert item.findings == ()


def test_named_column_with_wrong_check_digits_stays_suspected() -> None:
    item = column("身份证号", [wrong(ric_of(n)) for n in range(50)])
    assert (item.meaning, item.tier) == ("cn.ric", Tier.SUSPECTED)
    assert "50 个号码校验位不符" in [note.zh for note in item.notes]


def test_order_numbers_with_a_date_are_no_ids() -> None:
    item = column("order_no", [f"2024{n:014d}" for n in range(300)])
    assert item.meaning == "order_id"


def test_numbers_kept_as_floats_are_reported_as_damaged() -> None:
    item = column("身份证号", [float(ric_of(n)[:17] + "0") for n in range(20)])
    assert item.meaning == "cn.ric"
    assert any("浮点" in note.zh for note in item.notes)
