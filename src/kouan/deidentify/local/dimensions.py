"""A quasi-identifier as an order of places: numbers, dates, values in a hierarchy, or values by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import as_text
from kouan.deidentify.local import messages
from kouan.deidentify.numbers import as_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

KINDS = ("number", "date", "values", "hierarchy")
MOST_VALUES = 200
"""Different values of an item without an order: a longer set could not be read."""
ANY = "*"
EMPTY = "∅"
_CODE = re.compile(r"[-+]?0\d")
"""Digits that are no number: their zeros would be lost."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


@dataclass(frozen=True, eq=False)
class Dimension:
    """One item.

    Places are numbers in the item's order: the number itself, days since 1970-01-01, or where a value stands in
    `values`. An empty cell comes before all others.

    Attributes:
        name: of the column.
        kind: one of `KINDS`.
        values: by place, of `values` and `hierarchy`; leaves of one group stand side by side.
        paths: of `hierarchy`: by place, the groups from the value itself upwards, the last of them one for all.
        empty: whether the table that was learnt from has empty cells here.
        lowest: level of a hierarchy below which no group leaves.
    """

    name: str
    kind: str
    values: tuple[str, ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()
    empty: bool = False
    lowest: int = 0

    @cached_property
    def up(self) -> Ints:
        """Groups by level, and by leaf after the empty cell: int64 [levels, leaves + 1], ascending with the leaf."""
        return _numbered(self.paths)

    @cached_property
    def covered(self) -> Ints:
        """Leaves of these groups, an empty cell too where there are any: int64 [levels, leaves + 1]."""
        found = np.ones_like(self.up)
        for level, groups in enumerate(self.up):
            found[level] = np.bincount(groups[1 - self.empty :])[groups] if level else 1
        return found

    def places(self, column: pa.Array) -> Floats:
        """Return the place of each cell: -inf where it is empty, NaN where there is none for its value."""
        encoded = as_text(column).dictionary_encode()
        texts = pc.utf8_trim_whitespace(encoded.dictionary)
        if self.kind in {"values", "hierarchy"}:
            found = pc.cast(pc.index_in(texts, value_set=pa.array(self.values, pa.string())), pa.float64())
        else:
            found = _numbers(texts) if self.kind == "number" else _days(texts)
        distinct = np.asarray(pc.fill_null(found, np.nan), np.float64)
        distinct = np.append(np.where(np.asarray(pc.equal(texts, "")), -np.inf, distinct), -np.inf)
        return distinct[np.asarray(pc.fill_null(encoded.indices, len(distinct) - 1), np.int64)]

    def level(self, low: Any, high: Any) -> Ints:
        """Return the lowest level that may leave at which leaves, as columns of `up`, have one group."""
        found: Ints = np.maximum((self.up[:, low] == self.up[:, high]).argmax(axis=0), self.lowest)
        return found

    def label(self, low: float, high: float, *, empty: bool = False) -> str | None:
        """Return what stands in the cells of a class.

        Args:
            low: least place of a cell that is not empty.
            high: largest; below `low` where all are empty, which they then stay.
            empty: whether cells of the class are empty.
        """
        if high < low:
            return None
        if self.kind == "hierarchy":
            return self.paths[int(high)][int(self.level(0 if empty else int(low) + 1, int(high) + 1))]
        names = self.values[int(low) : int(high) + 1] if self.kind == "values" else ()
        if low == high:
            found = self.word(low)
        elif names:
            found = f"{{{','.join(names)}}}"
        else:
            found = f"[{self.word(low)},{self.word(high)}]"
        return f"{found}|{EMPTY}" if empty else found

    def word(self, place: float) -> str:
        """Return how a place is written."""
        if self.kind == "date":
            return str(np.datetime64(int(place), "D"))
        if self.kind == "number":
            return str(int(place)) if place == int(place) else repr(float(place))
        return self.values[int(place)]


def dimension(name: str, distinct: Sequence[str], *, empty: bool) -> Dimension:
    """Return an item without a hierarchy, of the kind that fits all its values.

    Args:
        name: of the column.
        distinct: its different values as text.
        empty: whether there are empty cells.

    Raises:
        KouanError: K-DEI-070 no value at all; K-DEI-071 too many values without an order.
    """
    values = sorted({value.strip() for value in distinct} - {""})
    if not values:
        raise messages.ALL_EMPTY.at(name, item=name)
    texts = pa.array(values, pa.string())
    if _numbers(texts).null_count == 0 and not any(_CODE.match(value) for value in values):
        return Dimension(name, "number", empty=empty)
    if _days(texts).null_count == 0:
        return Dimension(name, "date", empty=empty)
    if len(values) > MOST_VALUES:
        raise messages.MANY_VALUES.at(name, item=name, count=f"{len(values):,}", most=MOST_VALUES)
    return Dimension(name, "values", values=tuple(values), empty=empty)


def over_hierarchy(name: str, rows: Sequence[Sequence[str]], *, empty: bool, lowest: int = 0) -> Dimension:
    """Return an item whose values become groups of a hierarchy.

    Args:
        name: of the column.
        rows: one a leaf, the value itself and its groups upwards; no value has two parents.
        empty: whether there are empty cells; they belong to the one group of all.
        lowest: level below which no group leaves.
    """
    tops = {row[-1] for row in rows}
    above = (ANY,) if tops != {ANY} and (empty or len(tops) > 1) else ()
    paths = sorted(((*row, *above) for row in rows), key=lambda path: path[::-1])
    return Dimension(name, "hierarchy", tuple(path[0] for path in paths), tuple(paths), empty, lowest)


def _numbered(paths: Sequence[Sequence[str]]) -> Ints:
    if not paths:
        return np.zeros((0, 0), np.int64)
    found = np.zeros((len(paths[0]), len(paths) + 1), np.int64)
    for level in range(len(paths[0]) - 1):
        # A change of any group above is a change here too, for leaves of one group stand side by side.
        changed = [1, *(one[level:] != other[level:] for one, other in pairwise(paths))]
        found[level, 1:] = np.cumsum(changed)
    return found


def _numbers(texts: pa.Array) -> Any:
    return as_number(texts)


def _days(texts: pa.Array) -> Any:
    found = []
    for text in texts.to_pylist():
        try:
            day = np.datetime64(text, "D") if text is not None and _DATE.match(text) else None
        except ValueError:
            day = None
        found.append(None if day is None else float(day.astype(np.int64)))
    return pa.array(found, pa.float64())
