"""By what a person is told again in another transfer: resident ID, declared register, checked document and name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from kouan.model.declaration import ItemHint
from kouan.recognize import inspect
from kouan.recognize.across import Across
from tests.recognizing import AS_OF, KEY, given, hkid_of, mobile_of, ric_of

if TYPE_CHECKING:
    from kouan.model.inventory import Inventory
    from kouan.recognize.across import Marks

OLD, YOUNG = dt.date(1985, 6, 1), dt.date(2018, 6, 1)
CRM = {"member_id": ItemHint(namespace="crm")}


def told(
    table: dict[str, Any], role: str = "customer", *, key: bytes = b"a" * 32, **more: Any
) -> tuple[Marks, Inventory]:
    across = Across(key)
    source = given({"data": table}, subjects=(role,), **more)
    inventory = inspect([source], as_of=AS_OF, person_key=KEY, threads=1, across=across)
    return across.found[role], inventory


def hashes(marks: Marks) -> set[bytes]:
    return {bytes(one) for one in marks.hashes}


def check_sums(marks: Marks, inventory: Inventory) -> None:
    (count,) = inventory.persons
    assert len(marks.hashes) + marks.rest + marks.rest_sensitive == count.persons.hi
    assert int(marks.sensitive.sum()) + marks.rest_sensitive == count.sensitive.hi


def test_resident_ids_are_told_again_whatever_else_changed() -> None:
    one, inventory = told(
        {"姓名": ["王伟", "李婷"], "身份证号": [ric_of(1), ric_of(2)], "手机号": [mobile_of(1), mobile_of(2)]}
    )
    other, _ = told(
        {"姓名": ["李婷", "张敏"], "身份证号": [ric_of(2), ric_of(3)], "手机号": [mobile_of(9), mobile_of(8)]}
    )
    assert len(hashes(one) & hashes(other)) == 1
    assert all(one.resident)
    check_sums(one, inventory)


def test_a_shared_telephone_tells_nobody_again() -> None:
    table = {"姓名": ["王伟", "李婷"], "手机号": [mobile_of(1), mobile_of(1)]}
    marks, inventory = told(table)
    assert len(marks.hashes) == 0
    check_sums(marks, inventory)


def test_numbers_count_only_within_a_declared_register() -> None:
    table = {"member_id": ["M1", "M2", "M3"], "手机号": [mobile_of(1), mobile_of(2), mobile_of(3)]}
    assert len(told(table)[0].hashes) == 0
    marks, inventory = told(table, items=CRM)
    assert len(hashes(marks)) == 3
    assert not any(marks.resident)
    check_sums(marks, inventory)
    other = {"member_id": ItemHint(namespace="shop")}
    assert not hashes(marks) & hashes(told(table, items=other)[0])


def test_a_number_of_another_column_name_is_the_same_in_one_register() -> None:
    one, _ = told({"member_id": ["M1", "M2"]}, items=CRM)
    other, _ = told({"customer_id": ["M2", "M3"]}, items={"customer_id": ItemHint(namespace="crm")})
    assert len(hashes(one) & hashes(other)) == 1


def test_a_resident_id_goes_before_a_number() -> None:
    table = {"member_id": ["M1", "M2"], "身份证号": [ric_of(1), None]}
    marks, inventory = told(table, items=CRM)
    assert sorted(marks.resident.tolist()) == [False, True]
    check_sums(marks, inventory)


def test_a_checked_document_needs_the_name_beside_it() -> None:
    one, inventory = told({"姓名": ["陈大文", "黄美丽"], "香港身份证": [hkid_of(1), hkid_of(2)]})
    other, _ = told({"姓名": ["陈大文", "林小明"], "香港身份证": [hkid_of(1), hkid_of(2)]})
    assert len(hashes(one) & hashes(other)) == 1
    check_sums(one, inventory)


def test_children_and_the_unknown_are_marked_as_sensitive() -> None:
    table = {
        "姓名": ["王伟", "李小宝", "张敏"],
        "身份证号": [ric_of(1, OLD), ric_of(2, YOUNG), None],
    }
    marks, inventory = told(table)
    assert int(marks.sensitive.sum()) == 1
    assert (marks.rest, marks.rest_sensitive) == (0, 1)
    check_sums(marks, inventory)


def test_another_key_gives_other_hashes() -> None:
    table = {"身份证号": [ric_of(1)]}
    assert not hashes(told(table)[0]) & hashes(told(table, key=b"b" * 32)[0])


def test_many_parts_are_as_one() -> None:
    table = {
        "member_id": [f"M{n % 40}" for n in range(100)],
        "身份证号": [ric_of(n % 40, OLD) if n % 3 else None for n in range(100)],
    }
    one, inventory = told(table, items=CRM)
    other, _ = told(table, items=CRM, batch_rows=7)
    assert hashes(one) == hashes(other)
    check_sums(one, inventory)
    check_sums(other, inventory)
