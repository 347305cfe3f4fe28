"""UUIDs: a key of anything, and a device's where the names speak of devices."""

from __future__ import annotations

import pytest

from tests.recognizing import column, scanned

ONE = "123e4567-e89b-42d3-a456-426614174000"


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        (ONE, [1, 0, 0, 0]),
        (ONE.upper(), [1, 0, 0, 0]),
        ("{" + ONE + "}", [0, 0, 1, 0]),
        ("123e4567-e89b-92d3-a456-426614174000", None),  # no such version
        ("123e4567-e89b-42d3-c456-426614174000", None),  # another variant
        (ONE + "-1", None),
        (ONE[:-1], None),
        ("123e4567e89b42d3a456426614174000", None),  # could be any hash
    ],
)
def test_find(value: str, counts: list[int] | None) -> None:
    assert scanned([value]).get("uuid") == counts


def test_where_a_device_is_asked_for_it_is_one() -> None:
    assert scanned([ONE], asked=frozenset({"device_uuid"})) == {"device_uuid": [0, 1, 0, 0]}


@pytest.mark.parametrize(("name", "meaning"), [("user_id", "person_id"), ("idfa", "device_id"), ("uuid", "uuid")])
def test_the_name_of_a_column_says_whose_key_it_is(name: str, meaning: str) -> None:
    values = [f"123e4567-e89b-42d3-a456-4266141{n:05d}" for n in range(40)]
    assert column(name, values).meaning == meaning
