"""银行卡号: Luhn, issuer prefix, and chance."""

from __future__ import annotations

import pytest
from stdnum import luhn

from kouan.model.inventory import Tier
from kouan.recognize.identifiers import bankcard
from tests.recognizing import card_of, column, grades, ric_of, wrong


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        (card_of(1), 2),
        (card_of(1, 16), 2),
        (wrong(card_of(1)), 1),
        ("4111111111111111", 2),
        ("5500005555555559", 2),
        ("3530111333300000", 2),
        ("1111111111111117", 0),
        ("411111111111111", 0),
        ("41111111111111X1", 0),
    ],
)
def test_grade(value: str, grade: int) -> None:
    assert grades(bankcard.IDENTIFIER, [value]) == [grade]
    assert grade != 2 or luhn.is_valid(value)


def test_column_of_cards() -> None:
    item = column("付款卡", [card_of(n) for n in range(50)])
    assert (item.meaning, item.tier) == ("cn.bankcard", Tier.CONFIRMED)
    assert item.sensitive.value is True
    assert "金融账户" in item.sensitive.clause


def test_grouped_in_fours() -> None:
    values = [" ".join(card_of(n)[at : at + 4] for at in range(0, 19, 4)) for n in range(50)]
    assert column("卡号", values).meaning == "cn.bankcard"


def test_random_numbers_pass_at_one_in_ten_and_are_no_cards() -> None:
    item = column("trace", [f"62{n * 7919 % 10**17:017d}" for n in range(2000)])
    assert item.meaning != "cn.bankcard"
    assert item.findings == ()


def test_resident_ids_that_pass_luhn_are_no_cards() -> None:
    ids = [one for one in (ric_of(n, area="620102") for n in range(1000)) if one.isdigit() and luhn.is_valid(one)]
    assert ids
    item = column("x", ids)
    assert item.meaning == "cn.ric"
    assert [one.identifier for one in item.findings] == ["cn.ric"]
