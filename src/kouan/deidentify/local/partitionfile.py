"""The cuts of Mondrian as a file, and rows treated by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import Joint
from kouan.deidentify.local import messages
from kouan.deidentify.rows import class_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.deidentify.local.dimensions import Dimension, Floats, Ints

_TWO = 2
_CLASS = -1


@dataclass(frozen=True, slots=True)
class Known:
    """What the classes of a partition cover of one item, and the words for it.

    Attributes:
        low, high: float64 [classes], places of ordered items; `low` is above `high` where all cells are empty.
        empty: bool [classes], whether empty cells are covered.
        level, group: int64 [classes], of hierarchies.
        word, words: int64 [classes], place of the class's word, and the different words.
    """

    low: Floats
    high: Floats
    empty: npt.NDArray[np.bool_]
    level: Ints
    group: Ints
    word: Ints
    words: pa.Array


@dataclass(frozen=True, eq=False)
class PartitionFile(Joint):
    """A tree of cuts; the class at which a row arrives covers its values, or the row is refused.

    Attributes:
        dimensions: the items.
        item: int64 [nodes], the item that is cut; -1 for a class.
        cut: float64 [nodes], of ordered items the last place of the first part.
        level: int64 [nodes], of hierarchies: the level of the groups.
        first: int64 [nodes], where its children begin in `children`; of a class its number.
        children: int64, nodes.
        keys, branch: int64, ascending `node * width + group` and the part that the group belongs to.
        width: above the number of any group.
        known: by item.
    """

    dimensions: tuple[Dimension, ...]
    item: Ints
    cut: Floats
    level: Ints
    first: Ints
    children: Ints
    keys: Ints
    branch: Ints
    width: int
    known: tuple[Known, ...]

    @property
    def columns(self) -> tuple[str, ...]:  # type: ignore[override]
        """Names of the columns."""
        return tuple(one.name for one in self.dimensions)

    def together(self, columns: Sequence[pa.Array]) -> tuple[pa.Array, ...]:
        """Return the words of each row's class.

        Raises:
            KouanError: K-DEI-074 when a class does not cover a row.
        """
        places = [one.places(column) for one, column in zip(self.dimensions, columns, strict=True)]
        classes, bad = self.classes(places)
        if bad.any():
            names = [one.name for one, lost in zip(self.dimensions, bad.T, strict=True) if lost.any()]
            raise messages.NOT_COVERED.at("", rows=f"{int(bad.any(axis=1).sum()):,}", items=", ".join(names))
        return tuple(one.words.take(pa.array(one.word[classes])) for one in self.known)

    def gives(self, columns: Sequence[pa.Array]) -> bool:
        """Tell whether every row of these text columns reads like a class."""
        words = [one.words.take(pa.array(one.word)) for one in self.known]
        found = pc.is_in(class_keys(list(columns)), value_set=pc.unique(class_keys(words)))
        return pc.all(found).as_py() is not False

    def classes(self, places: Sequence[Floats]) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """Return the class of each row, and by item whether it does not cover the row: bool [rows, items]."""
        count = len(places[0])
        node, bad = np.zeros(count, np.int64), np.zeros((count, len(places)), np.bool_)
        for place, (one, mine) in enumerate(zip(self.dimensions, places, strict=True)):
            bad[:, place] = np.isnan(mine) | (np.isneginf(mine) & (not one.empty))
        going = np.flatnonzero(~bad.any(axis=1))
        going = going[self.item[node[going]] >= 0]
        while len(going):
            items = self.item[node[going]]
            for place in np.unique(items).tolist():
                rows = going[items == place]
                part = self._part(place, node[rows], places[place][rows])
                bad[rows[part < 0], place] = True
                fine = rows[part >= 0]
                node[fine] = self.children[self.first[node[fine]] + part[part >= 0]]
            going = going[~bad[going].any(axis=1)]
            going = going[self.item[node[going]] >= 0]
        good = np.flatnonzero(~bad.any(axis=1))
        found = np.zeros(count, np.int64)
        found[good] = self.first[node[good]]
        for place, (one, mine) in enumerate(zip(self.dimensions, places, strict=True)):
            bad[good, place] = ~_covers(one, self.known[place], found[good], mine[good])
        return found, bad

    def _part(self, place: int, nodes: Ints, mine: Floats) -> Ints:
        """Return into which part of its node each row falls, -1 for none."""
        one = self.dimensions[place]
        if one.kind != "hierarchy":
            return (mine > self.cut[nodes]).astype(np.int64)
        keys = nodes * self.width + one.up[self.level[nodes], _column(mine)]
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.branch[at], -1)


def _covers(one: Dimension, known: Known, classes: Ints, places: Floats) -> npt.NDArray[np.bool_]:
    nothing = np.isneginf(places)
    found = np.where(nothing, known.empty[classes], (known.low[classes] <= places) & (places <= known.high[classes]))
    if one.kind == "hierarchy":
        grouped = one.up[known.level[classes], _column(places)] == known.group[classes]
        found = np.where(nothing, known.empty[classes], grouped & (known.high[classes] >= known.low[classes]))
    covers: npt.NDArray[np.bool_] = found
    return covers


def _column(places: Floats) -> Ints:
    """Return the column of `Dimension.up` of each place."""
    return np.where(np.isneginf(places), -1, places).astype(np.int64) + 1
