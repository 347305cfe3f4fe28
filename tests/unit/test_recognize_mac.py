"""MAC addresses, times and dumps."""

from __future__ import annotations

import pytest
from stdnum import mac as oracle

from tests.recognizing import scanned


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        ("00:1A:2B:3C:4D:5E", [0, 1, 0, 0]),
        ("00-1a-2b-3c-4d-5e", [0, 1, 0, 0]),
        ("mac=00:1A:2B:3C:4D:5E;", [0, 0, 0, 1]),
        ("12:30:45:10:20:30", [1, 0, 0, 0]),  # digits alone
        ("00:1A:2B:3C:4D:5E:6F:70", None),  # eight groups
        ("00:1A:2B-3C:4D:5E", None),
        ("00:1A:2B:3C:4D", None),
        ("00:1G:2B:3C:4D:5E", None),
        ("ff:ff:ff:ff:ff:ff", None),
        ("00:00:00:00:00:00", None),
        ("12:30:45", None),
        ("2026-11-22", None),
    ],
)
def test_find(value: str, counts: list[int] | None) -> None:
    assert scanned([value]).get("mac") == counts
    if counts == [0, 1, 0, 0]:
        assert oracle.is_valid(value)


def test_three_groups_only_where_asked_for() -> None:
    values = ["001a.2b3c.4d5e", "1234.56"]
    assert "mac.dotted" not in scanned(values)
    assert scanned(values, asked=frozenset({"mac.dotted"}))["mac.dotted"] == [0, 1, 0, 0]


@pytest.mark.parametrize(("value", "found"), [("001A2B3C4D5E", True), ("20261122-001", False), ("001A2B3C4D5G", False)])
def test_without_separators_only_where_asked_for(value: str, *, found: bool) -> None:
    assert "mac.bare" not in scanned([value])
    assert ("mac.bare" in scanned([value], asked=frozenset({"mac.bare"}))) is found
