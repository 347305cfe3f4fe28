"""Neighbouring attributes as one: combinations of their leaves, numbered once, and what they become at any levels.

A node is then a pair of numbers for each combination of rows rather than one number an attribute.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.deidentify.lattice.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.deidentify.lattice.attributes import Attribute

    Ints = npt.NDArray[np.int64]

_HELD = 2_000_000
"""Numbers held of the levels that were asked for (16 MB); when there are more they are found again."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The values of an axis at some levels, ascending.

    Attributes:
        of: int64 [combinations of leaves], the value of each.
        first: int64 [values], a combination of leaves that each covers.
    """

    of: Ints
    first: Ints


@dataclass(frozen=True)
class Axis:
    """Some neighbouring attributes.

    Attributes:
        attributes: in their order.
        place: of these among all attributes.
        leaves: by attribute: int64 [combinations], its leaf in each combination that occurs.
    """

    attributes: tuple[Attribute, ...]
    place: slice
    leaves: tuple[Ints, ...]

    @cached_property
    def _cuts(self) -> dict[tuple[int, ...], Cut]:
        return {}

    @cached_property
    def _between(self) -> dict[tuple[tuple[int, ...], tuple[int, ...]], Ints]:
        return {}

    def at(self, levels: tuple[int, ...]) -> Cut:
        """Return the values at these levels of its attributes."""
        if levels not in self._cuts:
            above = [
                (one.up[level][leaf], one.sizes[level])
                for one, level, leaf in zip(self.attributes, levels, self.leaves, strict=True)
                if one.sizes[level] > 1
            ]
            if above:
                keys = Keys([column for column, _ in above], [size for _, size in above])
                found = Cut(keys.of, keys.first)
            else:
                found = Cut(np.zeros(len(self.leaves[0]), dtype=np.int64), np.zeros(1, dtype=np.int64))
            if (len(self._cuts) + 1) * len(found.of) > _HELD:
                self._cuts.clear()
            self._cuts[levels] = found
        return self._cuts[levels]

    def between(self, low: tuple[int, ...], high: tuple[int, ...]) -> Ints:
        """Return int64 [values at `low`], the value of each at `high`."""
        if (low, high) not in self._between:
            found = self.at(high).of[self.at(low).first]
            if (len(self._between) + 1) * len(self.leaves[0]) > _HELD:
                self._between.clear()
            self._between[low, high] = found
        return self._between[low, high]

    def codes(self, levels: tuple[int, ...], attribute: int) -> Ints:
        """Return int64 [values at these levels], the code of one of its attributes in each."""
        return self.attributes[attribute].up[levels[attribute]][self.leaves[attribute][self.at(levels).first]]

    def without(self, attribute: int) -> Axis:
        """Return the same where one of its attributes has a single value, at level 0."""
        one = self.attributes[attribute]
        flat = replace(one, up=(np.zeros_like(one.up[0]),), lowest=0, highest=0)
        return replace(self, attributes=(*self.attributes[:attribute], flat, *self.attributes[attribute + 1 :]))


def axes_of(
    attributes: Sequence[Attribute], columns: Sequence[npt.NDArray[np.integer[Any]]]
) -> tuple[tuple[Axis, ...], list[Ints]]:
    """Cut the attributes into two axes with about as many combinations, one where there is one attribute.

    Args:
        attributes: the quasi-identifiers.
        columns: by attribute: integers [rows], leaf of each row.

    Returns:
        The axes, and by axis: int64 [rows], combination of leaves of each row.
    """
    axes, found = [], []
    half = halfway([one.leaves for one in attributes])
    for place in (slice(0, half), slice(half, len(attributes))):
        if place.start < place.stop:
            keys = Keys(list(columns[place]), [one.leaves for one in attributes[place]])
            first = keys.first
            axes.append(
                Axis(
                    tuple(attributes[place]), place, tuple(column[first].astype(np.int64) for column in columns[place])
                )
            )
            found.append(keys.of)
    return tuple(axes), found


def halfway(spans: Sequence[int]) -> int:
    """Return where to cut so that both halves have about as many combinations."""
    whole = math.prod(spans)
    cuts = range(len(spans) + 1)
    return min(cuts, key=lambda cut: abs(math.prod(spans[:cut]) - math.sqrt(whole)))
