"""港澳台居民居住证: a resident ID number with an area of its own."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.recognize.identifiers import hmt_res
from tests.recognizing import AS_OF, grades, keys, ric_of, scanned, wrong


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        (ric_of(7, area="810000"), 2),
        (ric_of(7, area="820000"), 2),
        (ric_of(7, area="830000"), 2),
        (wrong(ric_of(7, area="830000")), 1),
        (ric_of(7, area="810101"), 0),
        (ric_of(7, area="110101"), 0),
        (ric_of(7, AS_OF + dt.timedelta(days=1), area="810000"), 0),
        ("81000019900230001X", 0),
        ("8100001990O5170070", 0),
    ],
)
def test_grade(value: str, grade: int) -> None:
    assert grades(hmt_res.IDENTIFIER, [value]) == [grade]


def test_it_is_counted_once_and_apart_from_resident_ids() -> None:
    number = ric_of(7, area="820000")
    grouped = f"{number[:6]} {number[6:14]} {number[14:]}"
    assert scanned([number, grouped, ric_of(7), f"居住证{grouped}。"]) == {
        "cn.hmt_res": [0, 2, 0, 1],
        "cn.ric": [0, 1, 0, 0],
    }


def test_it_tells_persons_apart_as_a_resident_id_does() -> None:
    number = ric_of(7, area="820000")
    assert keys("ric", [number]) == [int(number[:17])]
