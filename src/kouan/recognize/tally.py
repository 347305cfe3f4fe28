"""Persons counted from labelled rows: all, with something sensitive, and under 14."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.recognize.grouping import spans
from kouan.recognize.parts import ADMITTED, EITHER, MAYBE, OLD, SENSITIVE, YOUNG

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.recognize.grouping import Codes
    from kouan.recognize.parts import Says
    from kouan.recognize.resolve import Persons

    Bools = npt.NDArray[np.bool_]

_AGES = (YOUNG, OLD, EITHER, ADMITTED)
_HERE, _CHILD, _SENSITIVE, _BEARING = 1, 2, 4, 8


@dataclass(frozen=True, slots=True)
class Tally:
    """Fewest and most persons; the fewest may be more than the most where data contradict themselves.

    Attributes:
        persons, sensitive, under14: of whom rows say so.
        presumed: persons taken for 14 or older only because that is declared.
        bearing: most persons with something that is or may be sensitive, whatever their age if that is unknown.
    """

    persons: tuple[int, int]
    sensitive: tuple[int, int]
    under14: tuple[int, int]
    presumed: int
    bearing: int


def tally(people: Persons, says: Says) -> Tally:
    """Count the persons of rows by what each row says; what is observed beats what is declared."""
    rows = len(says)
    old = _heard(people.merged, says, (OLD,)) > 0
    ages = _heard(people.apart, says, _AGES)
    presumed = ages == ADMITTED
    shut = presumed | ((ages & (OLD | YOUNG)) == OLD)
    del ages
    low, high = np.zeros(rows + 1, np.uint8), np.zeros(rows + 1, np.uint8)
    for span in spans(rows):
        merged, apart, bits = people.merged[span], people.apart[span], says[span]
        child = ((bits & YOUNG) > 0) & ~old[merged]
        sensitive = ((bits & SENSITIVE) > 0) | child
        bearing = ((bits & MAYBE) > 0) | sensitive
        for into, labels, bit, here in (
            (low, merged, _HERE, None),
            (low, merged, _CHILD, child),
            (low, merged, _SENSITIVE, sensitive),
            (high, apart, _HERE, None),
            (high, apart, _BEARING, bearing),
        ):
            at = labels if here is None else labels[here]
            into[at] |= np.uint8(bit)
    high[-1] = 0
    open_ = (high > 0) & ~shut
    return Tally(
        persons=(_least(low, _HERE), _count(high > 0)),
        sensitive=(_least(low, _SENSITIVE), _count(((high & _BEARING) > 0) | open_)),
        under14=(_least(low, _CHILD), _count(open_)),
        presumed=_count(presumed),
        bearing=_count((high & _BEARING) > 0),
    )


def _heard(labels: Codes, says: Says, bits: tuple[int, ...]) -> Says:
    """Return by label what its rows say; where -1 points, nothing."""
    heard = np.zeros(len(says) + 1, np.uint8)
    for span in spans(len(says)):
        for bit in bits:
            at = np.flatnonzero(says[span] & bit)
            if len(at):
                heard[labels[span][at]] |= np.uint8(bit)
    heard[-1] = 0
    return heard


def _least(flags: Says, bit: int) -> int:
    """Count labels; rows that have none are one person at the least."""
    found = (flags & bit) > 0
    return max(_count(found[:-1]), int(found[-1]))


def _count(found: Bools) -> int:
    return int(np.count_nonzero(found))
