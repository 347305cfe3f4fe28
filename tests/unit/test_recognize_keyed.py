"""Distinct persons where a subject key numbers them: keys count, only a resident ID merges or splits them."""

from __future__ import annotations

import numpy as np
import pytest

from kouan.recognize.keyed import resolve_keyed
from tests.recognizing import coded


def ends(**keys: list[int]) -> tuple[int, int]:
    """Lower and upper end over all rows; -1 is no key."""
    codes = {kind.replace("id_", "id:"): coded(values) for kind, values in keys.items()}
    rows = len(next(iter(codes.values())))
    people = resolve_keyed(codes, rows)
    everyone = np.ones(rows, np.bool_)
    return people.lowest(everyone), people.highest(everyone)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"id_member": [0, 1, 2, 0]}, (3, 3)),
        ({"id_member": [0, 1], "mobile": [0, 0]}, (2, 2)),  # a shared phone never merges keyed persons
        ({"id_member": [0, 1], "email": [0, 0], "name": [0, 0], "birth": [5, 5]}, (2, 2)),
        ({"id_member": [0, 1], "ric": [7, 7]}, (1, 2)),  # one resident ID under two numbers
        ({"id_member": [0, 0], "ric": [1, 2]}, (2, 2)),  # two resident IDs under one number
        ({"id_member": [0, 0, 0], "ric": [1, -1, 2]}, (2, 2)),
        ({"id_member": [0, 0, 1], "ric": [1, -1, 1]}, (1, 2)),
        ({"id_member": [0, 1, 2], "ric": [-1, 3, 3]}, (2, 3)),
        ({"id_member": [0, 1, -1], "mobile": [0, 1, 2]}, (2, 3)),  # a row without a number, known by its phone
        ({"id_member": [0, 1, -1, -1], "mobile": [0, 1, 2, 2]}, (2, 3)),
        ({"id_member": [0, 1, -1, -1], "mobile": [0, 1, 2, 2], "name": [-1, -1, 3, 4]}, (2, 4)),
        ({"id_member": [0, 1, -1], "ric": [4, 5, 4]}, (2, 2)),  # it shows the resident ID of a member
        ({"id_member": [0, 1, -1], "ric": [4, 5, 6]}, (2, 3)),
        ({"id_member": [0, 1, 2], "id_user": [0, -1, 0]}, (3, 3)),
        ({"id_member": [0, 1, -1], "id_user": [0, -1, 0]}, (2, 2)),  # a second key leads to the first
        ({"id_member": [0, 1, -1], "id_user": [0, -1, 1]}, (3, 3)),
        ({"id_member": [-1, -1]}, (1, 2)),
        ({"id_member": []}, (0, 0)),
    ],
)
def test_ends(keys: dict[str, list[int]], expected: tuple[int, int]) -> None:
    assert ends(**keys) == expected
