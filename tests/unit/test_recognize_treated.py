"""Treated data keep their meaning, subject and personal status; pseudonyms still count persons."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from kouan.model.inventory import IdentityRole
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same
from tests.recognizing import given, look, mobile_of, ric_of

if TYPE_CHECKING:
    from kouan.model.inventory import Inventory

RAW = {
    "member_id": [f"M{n}" for n in range(6)],
    "身份证号": [ric_of(n, dt.date(1985, 1, 1)) for n in range(6)],
    "手机号": [mobile_of(n // 2) for n in range(6)],
    "出生日期": ["1985-01-01"] * 6,
    "月薪": [1] * 6,
    "姓名": ["王伟"] * 6,
}
TREATED = {
    "member_id": [f"p{n}" for n in range(6)],
    "身份证号": [f"{n:032x}" for n in range(6)],
    "手机号": ["138****0000"] * 6,
    "出生日期": ["1980-1989"] * 6,
    "月薪": [1] * 6,
}
ACTIONS = {
    "member_id": Action.PSEUDONYM,
    "身份证号": Action.PSEUDONYM,
    "手机号": Action.MASK,
    "出生日期": Action.GENERALISE,
    "月薪": Action.KEEP,
}


def test_treated_columns_keep_what_they_are() -> None:
    original = look(given({"data": RAW}, subjects=("member",)))
    lines = {
        f"data.csv!data#{name}": PlanLine(item=f"data.csv!data#{name}", action=action, why=same("-"))
        for name, action in ACTIONS.items()
    }
    after = look(given({"data": TREATED}, subjects=("member",), treated=lines, original=original))
    items = {item.name: item for item in after.items}
    assert [items[name].meaning for name in TREATED] == ["pseudonym", "pseudonym", "cn.mobile", "birth_date", "salary"]
    assert [items[name].role for name in TREATED] == [
        IdentityRole.OTHER,
        IdentityRole.OTHER,
        IdentityRole.QUASI,
        IdentityRole.QUASI,
        IdentityRole.SENSITIVE,
    ]
    assert all(item.personal for item in after.items)
    assert {item.subject for item in after.items} == {"member"}
    assert items["月薪"].sensitive.value is True
    count = after.persons[0]
    assert (count.persons.lo, count.persons.hi) == (6, 6)
    assert (count.under14.lo, count.under14.hi) == (0, 0)


def test_dropping_a_key_neither_adds_persons_nor_loses_any() -> None:
    original = look(given({"data": RAW}, subjects=("member",)))
    after = look(given({"data": {"月薪": [1] * 6}}, subjects=("member",), original=original))
    count = after.persons[0]
    assert (count.persons.lo, count.persons.hi) == (6, 6)  # all six rows are still there
    assert count.under14.hi == 0  # the raw data showed that nobody is a child


ORDERS = {
    "order_id": [str(n) for n in range(6)],
    "member_id": ["M1", "M2", "M3", "M1", None, None],
    "store": ["西单店"] * 6,
    "amount": [1.5] * 6,
    "order_time": [dt.datetime(2026, 1, 1, 10, 30, n) for n in range(6)],  # noqa: DTZ001
    "备注": ["放门口，谢谢，收件人在家", None, None, None, None, None],
}
MONTHS = ["2026-01"] * 6


def after(kept: dict[str, list[object]], actions: dict[str, Action]) -> Inventory:
    """The orders after treatment, with the columns that are left of them."""
    original = look(given({"o": ORDERS}, subjects=("member",)))
    lines = {
        f"data.csv!o#{name}": PlanLine(item=f"data.csv!o#{name}", action=action, why=same("-"))
        for name, action in actions.items()
    }
    return look(given({"o": kept}, subjects=("member",), treated=lines, original=original))


def test_orders_without_anything_of_the_buyer_are_no_longer_personal() -> None:
    kept = {"store": ORDERS["store"], "amount": ORDERS["amount"], "order_time": MONTHS}
    inventory = after(kept, {"order_time": Action.GENERALISE})
    for item in inventory.items:
        assert (item.personal, item.subject, item.role) == (False, None, IdentityRole.OTHER)
        assert item.sensitive.value is False
        assert "不再与已识别或者可识别的自然人有关" in item.reason.zh
    assert inventory.persons == ()
    assert sum("个人信息保护法第四条" in note.zh and "比对" in note.zh for note in inventory.notes) == 1


@pytest.mark.parametrize("left", ["member_id", "order_id"])
def test_orders_that_still_lead_to_the_buyer_stay_personal(left: str) -> None:
    kept = {left: ORDERS[left], "amount": ORDERS["amount"]}
    inventory = after(kept, {left: Action.PSEUDONYM})
    assert [item.personal for item in inventory.items] == [True, True]
    assert inventory.persons


def test_free_text_left_leaves_it_open() -> None:
    inventory = after({"amount": ORDERS["amount"], "备注": ORDERS["备注"]}, {})
    assert [item.personal for item in inventory.items] == [None, None]


@pytest.mark.parametrize(
    ("births", "expected"),
    [
        (["2010", "2012", "2014", "1985"], (2, 2)),  # 2012 is open, the raw data say that two are children
        (["2010-2014"] * 4, (2, 2)),
        ([None] * 4, (2, 2)),
    ],
)
def test_rough_births_keep_the_children_of_the_raw_data(births: list[str | None], expected: tuple[int, int]) -> None:
    days = ["2010-05-01", "2012-12-01", "2014-05-01", "1985-05-01"]
    keys = ["M1", "M2", "M3", "M4"]
    original = look(given({"t": {"member_id": keys, "birth_date": days}}, subjects=("member",)))
    assert (original.persons[0].under14.lo, original.persons[0].under14.hi) == (2, 2)
    name = "data.csv!t#birth_date"
    lines = {name: PlanLine(item=name, action=Action.GENERALISE, why=same("-"))}
    table = pa.table({"member_id": keys, "birth_date": pa.array(births, pa.string())})
    (count,) = look(given({"t": table}, subjects=("member",), treated=lines, original=original)).persons
    assert (count.under14.lo, count.under14.hi) == expected
    assert (count.sensitive.lo, count.sensitive.hi) == expected


def test_years_alone_tell_surely_old_and_surely_young() -> None:
    table = {"member_id": ["M1", "M2", "M3", "M4"], "birth_date": ["2010", "2012", "2014", "2008-2012"]}
    (count,) = look(given({"t": table}, subjects=("member",))).persons
    assert (count.under14.lo, count.under14.hi) == (1, 3)
