"""Hierarchies as people write them in YAML: nested groups, or intervals of whole numbers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kouan.deidentify import hierarchy_messages as messages
from kouan.model.strictyaml import Loaded, TooManyError, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.model.strictyaml import Location

Row = tuple[int, tuple[str, ...]]
"""Line in the file, and the values from the leaf up."""

_TOP = "*"


def yaml_rows(text: str, where: str, *, most: int) -> Iterator[Row]:
    """Yield one row a leaf.

    `{Asia: [China, Japan], Europe: [France]}` has two levels, deeper nesting more. `intervals: {from: 0, to: 100,
    widths: [5, 10, 20]}` has the whole numbers from 0 to 99, their intervals `0-4`, `0-9`, `0-19`, and `*`.

    Args:
        text: the file.
        where: its name for error messages.
        most: leaves that are read.

    Raises:
        KouanError: K-DEI-013, K-DEI-019, K-DEI-020, K-MOD-001, K-MOD-002.
    """
    try:
        loaded = load(text, where, most=4 * most)
    except TooManyError:
        raise messages.LARGE.at(where, found=f"> {most:,}", most=f"{most:,}") from None
    if not loaded.value:
        raise messages.EMPTY.at(where)
    if not isinstance(loaded.value, dict):
        raise messages.SHAPE.at(loaded.at(()), problem=messages.NOT_NESTED)
    if isinstance(loaded.value.get("intervals"), dict) and len(loaded.value) == 1:
        yield from _intervals(loaded, loaded.value["intervals"], most)
    else:
        yield from _nested(loaded, loaded.value, (), ())


def _nested(loaded: Loaded, value: Any, at: Location, above: tuple[str, ...]) -> Iterator[Row]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _nested(loaded, inner, (*at, name), (name.strip(), *above))
    elif isinstance(value, list) and value:
        for place, leaf in enumerate(value):
            if not isinstance(leaf, str | int) or isinstance(leaf, bool):
                raise messages.SHAPE.at(loaded.at((*at, place)), problem=messages.NOT_PLAIN)
            yield _line(loaded, (*at, place)), (str(leaf).strip(), *above)
    else:
        raise messages.SHAPE.at(loaded.at(at), problem=messages.NOT_NESTED)


def _intervals(loaded: Loaded, told: dict[str, Any], most: int) -> Iterator[Row]:
    first, end, widths = (told.get(name) for name in ("from", "to", "widths"))
    whole = isinstance(widths, list) and all(type(one) is int for one in (first, end, *widths))
    if not whole or set(told) != {"from", "to", "widths"}:
        raise messages.SHAPE.at(loaded.at(("intervals",)), problem=messages.NOT_A_RANGE)
    assert isinstance(first, int)
    assert isinstance(end, int)
    assert isinstance(widths, list)
    steps = [1, *widths]
    if first >= end or len(steps) == 1 or any(wide <= fine or wide % fine for fine, wide in pairwise(steps)):
        raise messages.SHAPE.at(loaded.at(("intervals",)), problem=messages.NOT_A_RANGE)
    if end - first > most:
        raise messages.LARGE.at(loaded.at(("intervals",)), found=f"{end - first:,}", most=f"{most:,}")
    line, dash = _line(loaded, ("intervals",)), "-" if first >= 0 else "~"  # -5--1 does not read
    for number in range(first, end):
        lows = [first + (number - first) // width * width for width in widths]
        labels = (f"{low}{dash}{min(low + width, end) - 1}" for low, width in zip(lows, widths, strict=True))
        yield line, (str(number), *labels, _TOP)


def _line(loaded: Loaded, at: Location) -> int:
    return int(loaded.at(at).rpartition(":")[2])
