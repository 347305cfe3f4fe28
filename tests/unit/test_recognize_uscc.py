"""统一社会信用代码: check character, organisations, sole traders."""

from __future__ import annotations

import pytest
from stdnum.cn import uscc as oracle

from kouan.model.inventory import IdentityRole, Tier
from kouan.recognize.identifiers import uscc
from tests.recognizing import column, given, grades, look, uscc_of, wrong


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        (uscc_of(1), 2),
        (uscc_of(1).lower(), 2),
        (wrong(uscc_of(1)), 1),
        ("91110000600037341L", 2),
        ("9111000060003734IL", 0),
        ("91990000600037341L", 0),
        ("Z1110000600037341L", 0),
    ],
)
def test_grade(value: str, grade: int) -> None:
    assert grades(uscc.IDENTIFIER, [value]) == [grade]
    assert grade != 2 or oracle.is_valid(value.upper())


def test_organisations_are_no_persons() -> None:
    inventory = look(given({"suppliers": {"统一社会信用代码": [uscc_of(n) for n in range(30)]}}))
    item = inventory.items[0]
    assert (item.meaning, item.tier, item.personal) == ("cn.uscc", Tier.CONFIRMED, False)
    assert item.role is IdentityRole.OTHER
    assert inventory.persons == ()


def test_sole_traders_are_noted_as_persons() -> None:
    codes = [uscc_of(n, "92110108" if n < 5 else "91110108") for n in range(30)]
    item = look(given({"suppliers": {"税号": codes}})).items[0]
    assert item.personal is None
    assert any("个体工商户" in note.zh and "5 个" in note.zh for note in item.notes)


def test_a_column_of_codes_in_a_table_of_persons() -> None:
    item = column("税号", [uscc_of(n) for n in range(20)])
    assert (item.meaning, item.findings[0].confirmed) == ("cn.uscc", 20)
