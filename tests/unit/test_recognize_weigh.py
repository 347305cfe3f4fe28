"""Verdicts where formats meet chance, repetition and the words of names."""

from __future__ import annotations

import random
import uuid
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from stdnum import luhn

from kouan.model.inventory import Tier
from tests.recognizing import card_of, column, given, look, mobile_of, ric_of, uscc_of, wrong

if TYPE_CHECKING:
    from kouan.model.inventory import Item

CHANCE = random.Random(20261123)


def orders(count: int, head: str) -> list[str]:
    """Order numbers of 18 digits: a day, then serials."""
    return [f"{head}{CHANCE.randrange(10**10):010d}" for _ in range(count)]


def passing(share: float, count: int = 2000) -> list[str]:
    """Numbers of cards, a share of them with a right check digit."""
    numbers = [card_of(CHANCE.randrange(10**12)) for _ in range(count)]
    return [one if place < share * count else wrong(one) for place, one in enumerate(numbers)]


def in_table(table: str, name: str, values: Any) -> Item:
    inventory = look(given({table: {name: values}}))
    return inventory.items[0]


@pytest.mark.parametrize("head", ["20210113", "20230630", "20240113", "62240113"])
@pytest.mark.parametrize("name", ["流水", "订单号", "serial"])
def test_order_numbers_that_begin_with_a_day_are_no_identifiers(head: str, name: str) -> None:
    item = column(name, orders(2000, head))
    assert item.meaning not in ("cn.ric", "cn.uscc", "cn.bankcard"), item.reason.zh
    assert item.findings == ()


@pytest.mark.parametrize(
    ("share", "meaning", "tier"),
    [
        (0.0, "number", Tier.SUSPECTED),
        (0.1, "number", Tier.SUSPECTED),
        (0.4, "cn.bankcard", Tier.SUSPECTED),
        (1.0, "cn.bankcard", Tier.CONFIRMED),
    ],
)
def test_check_digits_count_against_chance(share: float, meaning: str, tier: Tier) -> None:
    item = column("col_7", passing(share))
    assert (item.meaning, item.tier) == (meaning, tier), item.reason.zh


def test_the_runner_up_says_why_it_is_not_the_verdict() -> None:
    item = column("col_7", passing(0.1))
    assert item.runner_up is not None
    assert item.runner_up.meaning == "cn.bankcard"
    assert "10.0%" in item.runner_up.why.zh
    assert "与随机数无异" in item.runner_up.why.zh


def test_a_name_keeps_numbers_that_pass_no_more_than_chance_but_never_confirms_them() -> None:
    item = column("银行卡号", passing(0.1))
    assert (item.meaning, item.tier) == ("cn.bankcard", Tier.SUSPECTED)
    assert "与随机数无异" in item.reason.zh


def test_values_win_over_a_name_that_says_otherwise_and_the_name_is_next() -> None:
    item = column("备用手机", [ric_of(serial) for serial in range(200)])
    assert (item.meaning, item.tier) == ("cn.ric", Tier.CONFIRMED)
    assert item.runner_up is not None
    assert item.runner_up.meaning == "cn.mobile"
    assert "备用手机" not in item.runner_up.why.zh
    assert "手机" in item.runner_up.why.zh


def test_mixed_documents_name_both_kinds() -> None:
    values = [ric_of(serial) for serial in range(600)] + [uscc_of(serial) for serial in range(400)]
    item = column("证件号码", values)
    assert item.meaning == "cn.ric"
    assert {one.identifier: one.confirmed for one in item.findings} == {"cn.ric": 600, "cn.uscc": 400}
    assert item.runner_up is not None
    assert item.runner_up.meaning == "cn.uscc"


@pytest.mark.parametrize(
    ("name", "table", "meaning", "tier"),
    [
        ("col_7", "data", "cn.mobile", Tier.SUSPECTED),
        ("col_7", "电话登记", "cn.mobile", Tier.SUSPECTED),
        ("电话备注", "data", "cn.mobile", Tier.CONFIRMED),
        ("手机号", "data", "cn.mobile", Tier.CONFIRMED),
        ("订单号", "data", "order_id", Tier.SUSPECTED),
        ("公司电话", "data", "text", Tier.SUSPECTED),
    ],
)
def test_what_has_no_check_digit_is_confirmed_by_words_alone(name: str, table: str, meaning: str, tier: Tier) -> None:
    item = in_table(table, name, [mobile_of(serial) for serial in range(100)])
    assert (item.meaning, item.tier) == (meaning, tier), item.reason.zh


@pytest.mark.parametrize(
    ("values", "meaning", "tier"),
    [
        ([mobile_of(1)] * 100, "unknown", Tier.REJECTED),
        ([mobile_of(serial % 2) for serial in range(200)], "unknown", Tier.REJECTED),
        ([mobile_of(serial % 50) for serial in range(200)], "cn.mobile", Tier.SUSPECTED),
        ([ric_of(1)] * 100, "cn.ric", Tier.SUSPECTED),
    ],
)
def test_a_column_that_says_the_same_everywhere_is_no_identifier(values: list[str], meaning: str, tier: Tier) -> None:
    item = column("col_7", values)
    assert (item.meaning, item.tier) == (meaning, tier), item.reason.zh


def test_a_value_that_repeats_is_one_observation() -> None:
    """Three numbers of three pass by luck in one of a thousand columns; a thousand rows do not make it less."""
    lucky = [number for number in (f"62{CHANCE.randrange(10**14):014d}" for _ in range(100)) if luhn.is_valid(number)]
    item = column("col_7", [lucky[row % 2] for row in range(1000)])
    count = next(one for one in item.evidence.counts if one.identifier == "cn.bankcard")
    assert count.right == 1000
    assert count.passing_lo < count.passing_hi / 2


def test_a_part_of_numbers_that_are_identifiers_is_never_business_data() -> None:
    values = pa.array([int(ric_of(n, area="110105")[:17] + "0") if n % 5 else 10**17 + n for n in range(1000)])
    numbers = [value for value in (ric_of(n) for n in range(1000)) if value.isdigit()][:200]
    mixed = pa.array([int(one) for one in numbers] + [9 * 10**17 + n for n in range(800)])
    assert column("zz", values).meaning != "cn.ric"
    item = column("zz", mixed)
    assert (item.meaning, item.tier) == ("cn.ric", Tier.SUSPECTED), item.reason.zh
    assert "并非整列都是" in item.reason.zh


def test_grounds_hold_counts_by_tier_and_no_value() -> None:
    numbers = [ric_of(serial) for serial in range(90)] + [wrong(ric_of(serial)) for serial in range(10)]
    item = column("身份证号", [*numbers, None])
    assert item.evidence.tokens == ("身份证号",)
    assert item.evidence.said == "cn.ric"
    assert item.evidence.context == ("身份证",)
    (count,) = item.evidence.counts
    assert (count.right, count.format, count.inside_right, count.inside_format) == (90, 10, 0, 0)
    assert count.passing_lo < 0.9 < count.passing_hi
    assert float(count.chance) == pytest.approx(1 / 11, abs=1e-6)
    assert not any(number in item.evidence.model_dump_json() for number in numbers)


def vins(count: int) -> list[str]:
    """Numbers of vehicles as in Europe, where nothing is checked."""
    body = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    return ["W" + "".join(CHANCE.choices(body, k=12)) + f"{CHANCE.randrange(10**4):04d}" for _ in range(count)]


def dotted(count: int, most: int) -> list[str]:
    return [".".join(str(CHANCE.randrange(1, most)) for _ in range(4)) for _ in range(count)]


def keys(count: int) -> list[str]:
    return [str(uuid.UUID(int=CHANCE.getrandbits(128), version=4)) for _ in range(count)]


@pytest.mark.parametrize(
    ("name", "values", "meaning", "tier"),
    [
        ("车架号", vins(500), "vin", Tier.SUSPECTED),
        ("流水", vins(500), "unknown", Tier.REJECTED),
        ("version", dotted(500, 9), "code", Tier.SUSPECTED),
        ("col_7", dotted(500, 9), "unknown", Tier.REJECTED),
        ("login_ip", dotted(500, 254), "ip", Tier.CONFIRMED),
        ("user_id", keys(500), "person_id", Tier.SUSPECTED),
        ("id", keys(500), "code", Tier.SUSPECTED),
        ("oaid", keys(500), "device_id", Tier.CONFIRMED),
        ("col_7", keys(500), "uuid", Tier.SUSPECTED),
    ],
)
def test_formats_that_many_things_have(name: str, values: list[str], meaning: str, tier: Tier) -> None:
    item = column(name, values)
    assert (item.meaning, item.tier) == (meaning, tier), item.reason.zh


def test_a_key_of_anything_is_the_runner_up_of_what_the_name_says() -> None:
    item = column("user_id", keys(500))
    assert item.runner_up is not None
    assert item.runner_up.meaning == "uuid"


@pytest.mark.parametrize("name", ["col_7", "trace_uuid"])
def test_a_key_of_anything_may_be_a_person_s(name: str) -> None:
    inventory = look(given({"data": {name: keys(50), "amount": list(range(50))}}))
    assert {item.personal for item in inventory.items} == {None}


@pytest.mark.parametrize(
    ("named", "make", "meaning"),
    [
        ("车牌号", lambda at: f"京A{10000 + at}", "cn.plate"),
        ("登录IP", lambda at: f"203.0.113.{at % 250}", "ip"),
        ("坐标", lambda at: f"116.{39748 + at},39.{90882 + at}", "location"),
        ("微信号", lambda at: f"wxid_{at:08d}abcdef", "cn.wechat"),
    ],
)
def test_a_form_without_a_check_is_confirmed_by_its_name_alone(named: str, make: Any, meaning: str) -> None:
    values = [make(at) for at in range(200)]
    with_name, without = column(named, values), column("col_07", values)
    assert (with_name.meaning, with_name.tier) == (meaning, Tier.CONFIRMED)
    assert (without.meaning, without.tier) == (meaning, Tier.SUSPECTED)
    assert [one.confirmed for one in without.findings if one.suspected or one.confirmed][:1] == [0]


def test_numbers_that_pass_another_check_by_chance_stay_what_their_column_says() -> None:
    item = column("组织机构代码", [f"MA{n:06d}-{orgcode_check(f'MA{n:06d}')}" for n in range(2000)])
    assert (item.meaning, item.findings[0].confirmed) == ("cn.orgcode", 2000)


def orgcode_check(body: str) -> str:
    total = sum(int(char, 36) * weight for char, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return "0123456789X0"[11 - total % 11]
