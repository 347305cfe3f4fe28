"""手机号码: prefixes, grouping, boundaries."""

from __future__ import annotations

import pyarrow as pa
import pytest

from kouan.model.inventory import Tier
from kouan.recognize.identifiers import mobile
from tests.recognizing import column, grades, keys, mobile_of


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        ("13812345678", 1),
        ("19912345678", 1),
        ("12812345678", 0),
        ("23812345678", 0),
        ("8613812345678", 1),
        ("8513812345678", 0),
        ("008613812345678", 1),
        ("1381234567a", 0),
        ("138123456789", 0),
    ],
)
def test_grade(value: str, grade: int) -> None:
    assert grades(mobile.IDENTIFIER, [value]) == [grade]


def test_subscriber_drops_the_prefix() -> None:
    assert keys("mobile", ["008613812345678", "+86 138-1234-5678", "x"]) == [13812345678, 13812345678, None]


@pytest.mark.parametrize("form", ["{}", "+86{}", "+86 {}", "0086{}", "86-{}", "(+86){}"])
def test_column_with_prefixes(form: str) -> None:
    item = column("联系电话", [form.format(mobile_of(n)) for n in range(30)])
    assert (item.meaning, item.tier) == ("cn.mobile", Tier.CONFIRMED)
    assert item.findings[0].confirmed == 30


def test_grouped_3_4_4() -> None:
    item = column("phone", [f"138 {n:04d} 5678" for n in range(30)])
    assert (item.meaning, item.tier) == ("cn.mobile", Tier.CONFIRMED)


@pytest.mark.parametrize(
    "type_", [pa.int64(), pa.float64(), pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())]
)
def test_typed_columns(type_: pa.DataType) -> None:
    text = pa.array([mobile_of(n) for n in range(30)] + [None])
    values = text.cast(pa.int64()).cast(type_) if type_ in (pa.int64(), pa.float64()) else text.cast(type_)
    item = column("手机号", values)
    assert (item.meaning, item.findings[0].confirmed, item.nulls) == ("cn.mobile", 30, 1)


def test_without_a_name_a_format_is_only_suspected() -> None:
    item = column("c7", [mobile_of(n) for n in range(30)])
    assert (item.meaning, item.tier) == ("cn.mobile", Tier.SUSPECTED)


def test_an_order_number_that_looks_like_a_mobile_stays_an_order_number() -> None:
    assert column("订单号", [mobile_of(n) for n in range(30)]).meaning == "order_id"


def test_a_shop_telephone_is_no_persons() -> None:
    assert column("门店电话", [f"010-6655{n:04d}" for n in range(30)]).meaning == "text"


def test_masked_numbers_are_recognised_as_masked() -> None:
    item = column("手机号", [f"138****{n:04d}" for n in range(30)])
    assert item.meaning == "cn.mobile"
    assert item.findings == ()
    assert any("已打码" in note.zh for note in item.notes)
