"""Numbers of persons known as ranges: sums, and counts that are split into parts (persons = ordinary + sensitive).

A range is a pair (lo, hi), both included, with hi = NO_END when open.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kouan.law.kleene import ANY_COUNT, NO_END, Count, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """A count that is the sum of its parts: fact indices."""

    whole: int
    parts: tuple[int, ...]


Plan = tuple[tuple[tuple[int, tuple[int, ...], tuple[int, ...]], ...], tuple[int, ...]]
"""How counts are added up: whole, parts in and parts out by split; and the counts that belong to none."""


def count(value: Value) -> Count:
    """Return a count, any number where it is unknown."""
    return ANY_COUNT if value is None else value  # type: ignore[return-value]  # only asked of counts


def add(one: Count, other: Count) -> Count:
    """Return the range of a sum; open ends stay open."""
    return (one[0] + other[0], min(NO_END, one[1] + other[1]))


def meet(one: Count, other: Count) -> Count:
    """Return what lies in both ranges; empty (lo > hi) where nothing does."""
    return (max(one[0], other[0]), min(one[1], other[1]))


def rest(whole: Count, others: Count) -> Count:
    """Return the range of what is left of a whole once the others are taken away."""
    hi = NO_END if whole[1] == NO_END else whole[1] - others[0]
    return (max(0, whole[0] - others[1]), hi)


def tighten(whole: Count, parts: Sequence[Count]) -> tuple[Count, ...] | None:
    """Return the whole and each part cut to what the sum allows, or None where no numbers fit.

    Every number of the result occurs in some solution of whole = sum of the parts.
    """
    whole = meet(whole, total(parts))
    if whole[0] > whole[1]:
        return None
    cut = (meet(part, rest(whole, total([*parts[:place], *parts[place + 1 :]]))) for place, part in enumerate(parts))
    return (whole, *cut)


def total(counts: Sequence[Count]) -> Count:
    """Return the range of a sum of several."""
    lo = hi = 0
    for one in counts:
        lo += one[0]
        hi += one[1]
    return (lo, min(NO_END, hi))


def share(row: Mapping[int, Count], wanted: Collection[int], splits: tuple[Split, ...]) -> Count:
    """Return the range of the sum of some counts of one flow, each once.

    Parts of one split are added together: what the whole leaves to the other parts bounds them.

    Args:
        row: ranges by fact index.
        wanted: fact indices.
        splits: of the law.
    """
    return along(row, plan_of(frozenset(wanted), splits)) if wanted else (0, 0)


def along(row: Mapping[int, Count], plan: Plan) -> Count:
    """Return the range of the sum that a plan says."""
    groups, left = plan
    found = total([row[fact] for fact in left])
    for whole, inside, outside in groups:
        others = total([row[part] for part in outside])
        found = add(found, meet(total([row[part] for part in inside]), rest(row[whole], others)))
    return found


@lru_cache(maxsize=4_096)
def plan_of(wanted: frozenset[int], splits: tuple[Split, ...]) -> Plan:
    """Return how some counts are added up: by split its whole and the parts that are in and out, and what is left.

    Args:
        wanted: fact indices.
        splits: of the law.
    """
    groups, left = [], set(wanted)
    for split in splits:
        inside = tuple(part for part in split.parts if part in left)
        if inside:
            groups.append((split.whole, inside, tuple(part for part in split.parts if part not in left)))
            left.difference_update(split.parts)
    return tuple(groups), tuple(sorted(left))
