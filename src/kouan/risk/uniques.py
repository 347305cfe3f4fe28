"""Who can be singled out and by what: minimal sample uniques, and what each item adds to the risk."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from kouan.model.base import ratio
from kouan.model.risk import Combination, ItemEffect, Uniques

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.risk.rollup import Entries

MOST = 3
"""Attributes of a combination: what somebody is likely to know of a person."""

_SHOWN = 20
_BUDGET = 600_000_000
"""Entries times combinations that are looked at; beyond, combinations are shorter."""


def minimal_uniques(entries: Entries, items: Sequence[str], *, most: int = MOST) -> tuple[Uniques, tuple[int, ...]]:
    """Return the minimal sample uniques, exactly, and for each item how many records or persons have it in one.

    A combination of values is a minimal sample unique when one record or person alone has it and nobody is alone with
    any part of it (Elliot, Manning, Ford 2002). Values are never looked up.

    Args:
        entries: of the classes.
        items: ids, one for each column.
        most: attributes of a combination at most; fewer are taken where there is too much to look at.
    """
    count = len(items)
    while most > 1 and _work(count, most) * len(entries) > _BUDGET:
        most -= 1
    anyone = np.zeros(len(entries), dtype=np.bool_)
    touched = [anyone.copy() for _ in items]
    alone: dict[tuple[int, ...], npt.NDArray[np.bool_]] = {}
    found: list[Combination] = []
    for size in range(1, min(most, count) + 1):
        for places in combinations(range(count), size):
            before = np.zeros(len(entries), dtype=np.bool_)
            for part in combinations(places, size - 1) if size > 1 else ():
                before |= alone[part]
            # Who is alone with some of these values shares all of them with nobody: only the others are compared.
            fresh = np.zeros(len(entries), dtype=np.bool_)
            fresh[entries.alone(places, np.flatnonzero(~before))] = True
            if size < most:
                alone[places] = before | fresh
            units = entries.units(fresh)
            if units:
                found.append(Combination(items=tuple(items[place] for place in places), units=units))
                anyone |= fresh
                for place in places:
                    touched[place] |= fresh
    found.sort(key=lambda one: (-one.units, len(one.items), one.items))
    report = Uniques(
        most=most,
        units=entries.units(anyone),
        combinations=tuple(found[:_SHOWN]),
        further=max(len(found) - _SHOWN, 0),
    )
    return report, tuple(entries.units(mask) for mask in touched)


def effects_of(entries: Entries, items: Sequence[str], touched: Sequence[int], least: int) -> tuple[ItemEffect, ...]:
    """Return the risk of the table as it would be without each single item.

    Args:
        entries: of the classes.
        items: ids, one for each column.
        touched: records or persons with the item in a minimal unique.
        least: smallest class whose risk is not above tau.
    """
    everything = range(len(items))
    effects = []
    for place, item in enumerate(items):
        sizes = entries.sizes([one for one in everything if one != place])
        effects.append(
            ItemEffect(
                item=item,
                units=touched[place],
                k=sizes.k,
                prosecutor_max=ratio(*sizes.largest_risk.as_integer_ratio()),
                prosecutor_avg=ratio(sizes.classes, sizes.records),
                share_at_risk=ratio(sizes.records_below(least), sizes.records),
            )
        )
    return tuple(effects)


def _work(count: int, most: int) -> int:
    """Return the number of combinations of at most so many attributes."""
    return sum(len(list(combinations(range(count), size))) for size in range(1, most + 1))
