"""Distinct persons: what joins rows, and what never does."""

from __future__ import annotations

import numpy as np
import pytest

from kouan.recognize.resolve import LINK_LIMIT, resolve
from tests.recognizing import coded


def ends(**keys: list[int]) -> tuple[int, int]:
    """Lower and upper end over all rows; -1 is no key."""
    codes = {kind.replace("id_", "id:"): coded(values) for kind, values in keys.items()}
    rows = len(next(iter(codes.values())))
    people = resolve(codes, rows)
    everyone = np.ones(rows, np.bool_)
    return people.lowest(everyone), people.highest(everyone)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"ric": [0, 1, 0]}, (2, 2)),
        ({"ric": [0, 1], "mobile": [0, 0]}, (2, 2)),  # a shared phone never merges two valid IDs
        ({"ric": [0, -1], "mobile": [0, 0]}, (1, 2)),
        ({"ric": [0, -1], "id_member": [0, 0]}, (1, 1)),  # one subject key, one person
        ({"ric": [0, 1], "id_member": [0, 0]}, (2, 2)),
        ({"ric": [0, 0], "id_member": [0, 1]}, (1, 1)),  # one ID with two member numbers
        ({"id_member": [0, 1], "mobile": [0, 0]}, (1, 2)),
        ({"id_member": [0, -1], "email": [3, 3]}, (1, 2)),
        ({"mobile": [0, 0, 1]}, (2, 2)),
        ({"mobile": [0, 0], "name": [0, 1]}, (1, 2)),  # one phone, two names
        ({"mobile": [0, 1], "email": [0, 0]}, (1, 2)),
        ({"name": [0, 0, 1]}, (2, 3)),  # one name can be two persons
        ({"name": [0, 0, 1], "birth": [5, 5, 5]}, (2, 2)),
        ({"name": [0, 0, 0], "birth": [5, 6, -1]}, (2, 3)),  # without a birth date: may be either
        ({"name": [0, 0], "birth": [-1, -1], "holder": [1, 2]}, (1, 2)),
        ({"name": [0, 0], "birth": [-1, -1], "holder": [1, 1]}, (1, 1)),
        ({"name": [0, 0], "birth": [5, 5], "holder": [1, 2]}, (1, 2)),
        ({"mobile": [-1, -1, -1]}, (1, 3)),  # no key at all
        ({"mobile": [0, -1, -1]}, (1, 3)),
        ({"id_member": [0, -1, 1, -1], "mobile": [0, 0, 1, 1], "email": [-1, 7, -1, 7]}, (1, 4)),  # a chain
    ],
)
def test_ends(keys: dict[str, list[int]], expected: tuple[int, int]) -> None:
    assert ends(**keys) == expected


def test_a_hotline_joins_nobody() -> None:
    many = LINK_LIMIT + 1
    assert ends(id_member=list(range(LINK_LIMIT)), mobile=[0] * LINK_LIMIT) == (1, LINK_LIMIT)
    assert ends(id_member=list(range(many)), mobile=[0] * many) == (many, many)


def test_ten_orders_of_one_telephone_are_one_customer() -> None:
    assert ends(mobile=[0] * 10) == (1, 1)


def test_a_long_chain_is_one_person_at_the_least() -> None:
    rows = 2001
    mobile = [n // 2 for n in range(rows)]
    email = [(n + 1) // 2 for n in range(rows)]
    assert ends(id_member=list(range(rows)), mobile=mobile, email=email) == (1, rows)


def test_no_rows() -> None:
    assert ends(ric=[]) == (0, 0)
