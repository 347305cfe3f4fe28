"""How fine coordinates are, and when places of persons make a track."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.recognizing import given, look

if TYPE_CHECKING:
    from kouan.model.inventory import Item


def _places(values: list[Any], *, keys: list[str | None] | None = None, key: str = "member_id") -> Item:
    rows = len(values)
    columns = {
        key: keys or [f"M{row // 4}" for row in range(rows)],
        "latitude": values,
        "gps time": [f"2026-01-02 08:{row % 60:02d}:00" for row in range(rows)],
    }
    columns["event time"] = columns.pop("gps time")
    inventory = look(given({"data": columns}))
    return next(item for item in inventory.items if item.name == "latitude")


def _fine(rows: int, step: float = 0.0137) -> list[float]:
    return [round(31.2001 + row * step, 4) for row in range(rows)]


@pytest.mark.parametrize(
    ("values", "track"),
    [
        (_fine(24), True),
        ([f"{value:.4f}" for value in _fine(24)], True),
        ([f"{value:.4f},121.{row:02d}" for row, value in enumerate(_fine(24))], True),
        ([round(value, 2) for value in _fine(24)], None),
        ([f"{value:.2f}000" for value in _fine(24)], None),
        ([31.2305] * 24, None),
    ],
    ids=["numbers", "text", "pairs in a cell", "two decimals", "zeros are no precision", "one place"],
)
def test_precise_places_of_few_persons_are_a_track(values: list[Any], *, track: bool | None) -> None:
    assert _places(values).sensitive.value is track


def test_rows_without_their_key_may_be_of_anybody() -> None:
    some: list[str | None] = ["M1" if row < 1 else None for row in range(24)]
    assert _places(_fine(24), keys=some).sensitive.value is None
    two: list[str | None] = ["M1" if row < 2 else None for row in range(24)]
    assert _places(_fine(24), keys=two).sensitive.value is True  # 24 places, at most 23 persons
    assert _places(_fine(24), keys=["M1"] * 24).sensitive.value is True


def test_a_name_tells_nobody_apart_well_enough() -> None:
    names: list[str | None] = ["张伟", "王芳"] * 12
    assert _places(_fine(24), keys=names, key="姓名").sensitive.value is None
