"""Persons in tables: roles, relatives, several files, children, sensitive items."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from kouan.model.declaration import ItemHint
from kouan.model.errors import KouanError
from tests.recognizing import AS_OF, given, look, mobile_of, ric_of, wrong

if TYPE_CHECKING:
    from kouan.model.inventory import Inventory

OLD, YOUNG = dt.date(1985, 6, 1), dt.date(2018, 6, 1)


def counts(inventory: Inventory) -> dict[str, tuple[tuple[int, int | None], ...]]:
    """By subject: persons, sensitive, under 14."""
    return {
        one.subject: tuple((part.lo, part.hi) for part in (one.persons, one.sensitive, one.under14))
        for one in inventory.persons
    }


STAFF = {
    "工号": [f"E{n}" for n in range(10)],
    "姓名": ["王伟"] * 10,
    "身份证号": [ric_of(n, OLD) for n in range(10)],
    "子女1姓名": ["王小一", None, "无", "", "王小五", *[None] * 5],
    "子女1出生日期": ["2018-05-06", None, None, None, "2001-01-01", *[None] * 5],
    "子女2姓名": ["王小二", *[None] * 9],
    "子女2出生日期": ["2020-05-06", *[None] * 9],
}


def test_children_in_columns_are_persons_of_their_own() -> None:
    inventory = look(given({"员工": STAFF}, subjects=("employee", "child")))
    assert counts(inventory) == {
        "employee": ((10, 10), (0, 0), (0, 0)),
        "child": ((3, 3), (2, 2), (2, 2)),
    }
    subjects = {item.name: item.subject for item in inventory.items}
    assert subjects == {name: "child" if name.startswith("子女") else "employee" for name in STAFF}
    child = next(item for item in inventory.items if item.name == "子女1姓名")
    assert child.sensitive.value is True
    assert "不满十四周岁" in child.sensitive.clause


def test_roles_take_the_declared_words() -> None:
    inventory = look(given({"员工": STAFF}, subjects=("员工", "家属")))
    assert set(counts(inventory)) == {"员工", "家属"}


def test_undeclared_children_still_count() -> None:
    inventory = look(given({"员工": STAFF}, subjects=("employee",)))
    assert counts(inventory)["child"][0] == (3, 3)


def test_children_in_a_second_sheet() -> None:
    children = {
        "工号": ["E0", "E0", "E4"],
        "姓名": ["王小一", "王小二", "王小五"],
        "出生日期": [YOUNG, YOUNG, OLD],
        "与员工关系": ["子", "女", "子"],
    }
    staff = {key: STAFF[key] for key in ("工号", "姓名", "身份证号")}
    inventory = look(given({"员工": staff, "子女信息": children}, subjects=("employee", "child"), name="hr.xlsx"))
    assert counts(inventory) == {
        "employee": ((10, 10), (0, 0), (0, 0)),
        "child": ((3, 3), (2, 2), (2, 2)),
    }
    subjects = {item.id: item.subject for item in inventory.items}
    assert subjects["hr.xlsx!子女信息#工号"] == "employee"
    assert subjects["hr.xlsx!子女信息#姓名"] == "child"


def test_children_of_unknown_age_are_left_open() -> None:
    inventory = look(given({"员工": {"工号": ["E1"], "子女姓名": ["王小一"]}}, subjects=("employee", "child")))
    assert counts(inventory)["child"] == ((1, 1), (0, 1), (0, 1))
    child = next(item for item in inventory.items if item.name == "子女姓名")
    assert child.sensitive.value is None


def test_grown_up_children_are_not_sensitive() -> None:
    tables = {"员工": {"工号": ["E1"], "子女姓名": ["王小一"], "子女出生日期": [OLD]}}
    inventory = look(given(tables, subjects=("employee", "child")))
    assert counts(inventory)["child"] == ((1, 1), (0, 0), (0, 0))
    assert {item.sensitive.value for item in inventory.items} == {False}


def test_two_files_are_linked_by_their_subject_key() -> None:
    members = {"member_id": ["M1", "M2", "M3"], "身份证号": [ric_of(1), None, ric_of(1)], "birth_date": [OLD] * 3}
    orders = {"order_id": list(range(5)), "会员号": ["M1", "M2", "M2", "M4", None], "amount": [1.0] * 5}
    inventory = look(
        given({"m": members}, name="m.parquet", subjects=("member",)),
        given({"o": orders}, name="o.parquet", subjects=("member",)),
    )
    # M1 and M3 are one ID, in the lower end only; the order without a number is a guest's
    assert counts(inventory)["member"] == ((3, 4), (0, 1), (0, 1))
    assert "1 行没有任何键" in inventory.persons[0].method.zh
    assert inventory.persons[0].keys == ("m.parquet!m#身份证号", "m.parquet!m#member_id", "o.parquet!o#会员号")


def test_numbers_and_texts_are_one_key() -> None:
    one = given({"a": {"member_id": [1, 2]}}, name="a.csv")
    other = given({"b": {"member_id": ["1", "３"]}}, name="b.csv")
    assert counts(look(one, other))["member"][0] == (3, 3)


def test_shared_phones_and_wrong_ids() -> None:
    tables = {"t": {"身份证号": [ric_of(1), ric_of(2), wrong(ric_of(3))], "手机": [mobile_of(1)] * 3}}
    assert counts(look(given(tables)))["person"][0] == (2, 3)


def test_sensitive_persons_are_those_with_a_sensitive_cell() -> None:
    tables = {
        "t": {
            "工号": ["E1", "E1", "E2", "E3"],
            "出生日期": [OLD] * 4,
            "月薪": [None, 5, None, None],
            "奇怪": [None, None, "甲", None],
        }
    }
    assert counts(look(given(tables)))["employee"] == ((3, 3), (1, 2), (0, 0))


def test_under_14_by_id_date_or_age_and_unknown_widens() -> None:
    tables = {
        "t": {
            "会员号": ["M1", "M2", "M3", "M4"],
            "身份证号": [ric_of(1, YOUNG), None, None, None],
            "出生日期": [None, "2018", "2012-11-22", None],
            "年龄": [None, None, None, None],
        }
    }
    assert counts(look(given(tables)))["member"][2] == (2, 3)


def test_rows_without_any_key_widen_the_range() -> None:
    tables = {"t": {"性别": ["男"] * 8, "民族": ["汉"] * 8, "年龄": [40] * 8}}
    inventory = look(given(tables))
    assert counts(inventory) == {"person": ((1, 8), (0, 0), (0, 0))}
    assert "按行计" in inventory.persons[0].method.zh


def test_long_keys_are_hashed_and_still_equal() -> None:
    long = "x" * 200
    tables = {"t": {"user_id": [long + "1", long + "2", long + "1"], "age": [30, 30, 30]}}
    assert counts(look(given(tables)))["user"][0] == (2, 2)


def test_declared_subject_without_columns_is_noted() -> None:
    inventory = look(given({"员工": {"工号": ["E1"], "姓名": ["王伟"]}}, subjects=("employee", "child")), as_of=AS_OF)
    assert any("child" in note.zh for note in inventory.notes)


def test_subject_keys_count_and_shared_phones_do_not_merge_them() -> None:
    members = {
        "member_id": ["M1", "M2", "M3", "M1"],
        "手机": [mobile_of(1)] * 4,
        "姓名": ["王伟"] * 4,
        "出生日期": ["1990-01-01"] * 4,
    }
    (count,) = look(given({"m": members}, subjects=("member",))).persons
    assert (count.persons.lo, count.persons.hi) == (3, 3)
    assert count.keys == ("data.csv!m#member_id",)
    assert "上限为不同编号的个数" in count.method.zh


def test_guests_add_nobody_and_buyers_known_by_phone_widen_the_range() -> None:
    members = {"member_id": ["M1", "M2"], "birth_date": [OLD] * 2}
    orders = {
        "member_id": ["M1", None, None, None, None],
        "收货电话": [None, mobile_of(5), mobile_of(5), None, "无"],
        "amount": [1.0] * 5,
        "store": ["西单店"] * 5,
        "备注": [None, None, None, "放门口，谢谢", None],
    }
    (count,) = look(
        given({"m": members}, name="m.csv", subjects=("member",)),
        given({"o": orders}, name="o.csv", subjects=("member",)),
    ).persons
    assert (count.persons.lo, count.persons.hi) == (2, 3)
    assert "2 行没有编号但有其他个人信息" in count.method.zh
    assert "2 行没有任何键，也没有其他指向个人的内容" in count.method.zh
    assert "2 rows hold neither a key" in count.method.en


def test_sensitive_and_children_stay_within_the_persons() -> None:
    members = {"member_id": ["M1", "M2", "M3"], "birth_date": [YOUNG, OLD, None], "支付宝账号": [None, "a", None]}
    orders = {"member_id": ["M1"] * 4 + [None] * 4, "amount": [1.0] * 8, "备注": ["放门口，谢谢"] * 8}
    inventory = look(
        given({"m": members}, name="m.csv", subjects=("member",)),
        given({"o": orders}, name="o.csv", subjects=("member",)),
    )
    assert counts(inventory)["member"] == ((3, 3), (2, 3), (1, 2))


MINORS = {
    "会员号": ["M1", "M2", "M3", "M4"],
    "出生日期": ["2018-06-01", None, "2012", "1985-06-01"],
    "姓名": ["王伟"] * 4,
}


def test_a_declared_lowest_age_stands_in_for_unknown_births_only() -> None:
    assert counts(look(given({"t": MINORS}, subjects=("member",))))["member"][2] == (1, 3)
    inventory = look(given({"t": MINORS}, subjects=("member",), min_age={"member": 14}))
    assert counts(inventory)["member"] == ((4, 4), (1, 2), (1, 2))  # born in 2012: the data leave it open
    (count,) = inventory.persons
    assert "1 人出生日期不明，按申报的最低年龄" in count.method.zh
    assert any("至少有 1 人不满十四周岁" in note.zh for note in inventory.notes)


def test_a_lowest_age_under_14_says_nothing() -> None:
    inventory = look(given({"t": MINORS}, subjects=("member",), min_age={"member": 13}))
    assert counts(inventory)["member"][2] == (1, 3)
    assert "min_age" not in inventory.persons[0].method.zh


def test_a_lowest_age_for_a_role_that_is_not_declared_is_refused() -> None:
    with pytest.raises(KouanError) as caught:
        look(given({"t": MINORS}, subjects=("member",), min_age={"membre": 14}))
    assert caught.value.code == "K-REC-005"
    assert "(member?)" in str(caught.value)


def test_flights_without_passengers_are_about_nobody() -> None:
    flights = {
        "year": [2013] * 3,
        "dep_time": [517, 533, 542],
        "carrier": ["UA", "UA", "AA"],
        "tailnum": ["N14228", "N24211", "N619AA"],
        "dest": ["IAH", "IAH", "MIA"],
    }
    inventory = look(given({"flights": flights}))
    assert inventory.persons == ()
    assert not any(item.personal for item in inventory.items)


def named(head: str, count: int = 30) -> list[str]:
    """Names of nobody, all different."""
    return [f"{head}一{chr(0x4E00 + n)}" for n in range(count)]


STAFF_NAMES = [("王伟", "李婷", "张敏")[n % 3] for n in range(30)]
NUMBERS = [mobile_of(n) for n in range(30)]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            {"患者姓名": named("赵"), "住院号": [f"ZY{n}" for n in range(30)], "主治医师": STAFF_NAMES},
            {"patient": (30, 30), "practitioner": (3, 3)},
        ),
        (
            {"法定代表人": named("赵"), "联系人": named("钱"), "联系人手机": NUMBERS},
            {"person": (30, 30), "contact": (30, 30)},
        ),
        (
            {"会员号": [f"M{n}" for n in range(30)], "收货人": named("钱"), "收货电话": NUMBERS},
            {"member": (30, 30), "recipient": (30, 30)},
        ),
        (
            {"学生姓名": named("赵"), "家长": named("钱"), "家长电话": NUMBERS},
            {"person": (30, 30), "parent": (30, 30)},
        ),
        ({"收货人": named("钱"), "收货电话": NUMBERS}, {"person": (30, 30)}),
        ({"业务": ["a"] * 30, "经办人": STAFF_NAMES, "审批人": STAFF_NAMES}, {"person": (3, 30), "agent": (3, 3)}),
        ({"姓名": named("钱"), "曾用名": [None] * 29 + ["王二小"], "手机": NUMBERS}, {"person": (30, 30)}),
        # Not every row has a customer, and many have the same driver.
        (
            {
                "customer_id": [f"C{n}" if n % 2 else None for n in range(30)],
                "driver_id": [f"D{n % 3}" if n % 5 else None for n in range(30)],
            },
            {"customer": (15, 15), "driver": (3, 3)},
        ),
        (
            {
                "客户编号": [f"C{n}" if n % 2 else None for n in range(30)],
                "业务员编号": [f"D{n % 3}" if n % 5 else None for n in range(30)],
                "业务员": [STAFF_NAMES[n] if n % 5 else None for n in range(30)],
            },
            {"customer": (15, 15), "agent": (3, 3)},
        ),
        # Members who were served by one employee are not one member.
        (
            {
                "会员号": [f"M{n}" if n % 2 else None for n in range(30)],
                "工号": [f"E{n % 3}" if n % 5 else None for n in range(30)],
            },
            {"member": (6, 15)},
        ),
        # Children belong to the customer, wherever the driver's number stands.
        (
            {
                "driver_id": ["D1"] * 30,
                "customer_id": [f"C{n}" for n in range(30)],
                "child_name": ["王一小"] * 30,
            },
            {"customer": (30, 30), "driver": (1, 1), "child": (1, 30)},
        ),
        (
            {"PAX_NAME": ["ZHANG/WEI MR"] * 30, "DOC_NO": [f"E{10**7 + n}" for n in range(30)]},
            {"person": (30, 30)},
        ),
    ],
)
def test_several_persons_in_one_row(columns: dict[str, list[str]], expected: dict[str, tuple[int, int]]) -> None:
    inventory = look(given({"data": columns}))
    assert {key: found[0] for key, found in counts(inventory).items()} == expected


def test_namesakes_among_those_who_serve_are_said_to_be_too_few() -> None:
    columns = {"患者姓名": named("赵"), "住院号": [f"ZY{n}" for n in range(30)], "主治医师": STAFF_NAMES}
    methods = {one.subject: one.method.zh for one in look(given({"data": columns})).persons}
    assert "上限可能偏低" in methods["practitioner"]
    assert "偏低" not in methods["patient"]


def test_a_declared_subject_takes_in_whom_the_columns_name() -> None:
    columns = {"会员号": [f"M{n}" for n in range(30)], "收货人": named("钱")}
    hint = {"收货人": ItemHint(subject="member")}
    assert set(counts(look(given({"data": columns}, subjects=("member",), items=hint)))) == {"member"}
