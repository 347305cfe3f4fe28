"""The order of values that are known as text: numbers and bands of numbers by value, other text by code point."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = re.compile(r"\s*(?P<sign>[<>]?)[=\[(]*\s*(?P<number>-?\d+(?:\.\d+)?)")


def ranks(values: Sequence[str | None]) -> list[int]:
    """Return the place of each value in their order; an empty cell comes last.

    A band counts by its first number (`[5000,10000)`, `30-34`, `2020-03`), and one that is open below comes before it.
    """
    places = sorted(range(len(values)), key=lambda at: _key(values[at]))
    found = [0] * len(values)
    for rank, at in enumerate(places):
        found[at] = rank
    return found


def _key(value: str | None) -> tuple[int, float, int, str]:
    if value is None:
        return 2, 0.0, 0, ""
    number = _NUMBER.match(value)
    if number is None:
        return 1, 0.0, 0, value
    return 0, float(number["number"]), 0 if number["sign"] == "<" else 1, value
