"""Items that nobody took for quasi-identifiers: whom they single out, and what somebody who knew every item would see.

The standards speak of quasi-identifiers, which people choose; what they did not choose stands outside every verdict. So
that nothing is silent, each other item is measured beside them, and one that singles out is put to a person: it is
taken among the quasi-identifiers, or refused with a reason. Where the line is drawn is our own rule, no standard's.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.model.base import ratio
from kouan.model.inventory import PROSE, IdentityRole
from kouan.model.risk import Everything, OtherItem
from kouan.risk.classes import Classes, densify, distinct_of, group
from kouan.risk.codes import is_list_of_text
from kouan.risk.distribution import Distribution

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kouan.model.inventory import Inventory, Item
    from kouan.model.risk import RiskView
    from kouan.risk.codes import Codes

BAR = Fraction(1, 20)
"""Share of all records or persons whom items may single out unasked; a number of ours."""

_ASIDE = (IdentityRole.OTHER, IdentityRole.SENSITIVE)


def others_among(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items of a table that no verdict groups by.

    Direct identifiers and pseudonyms are not among them: the former forbid every verdict, what the latter stand for is
    known to nobody without the key.
    """
    return tuple(item for item in items if item.role in _ASIDE and item.meaning != "pseudonym")


def is_measured(item: Item, kind: pa.DataType) -> bool:
    """Tell whether values of an item can be compared: not those of running text, nor of what holds further fields."""
    return item.meaning not in PROSE and (not pa.types.is_nested(kind) or is_list_of_text(kind))


def measure_others(
    classes: Classes, quasi: Sequence[Codes], others: Mapping[str, Codes | None], key: Codes | None
) -> tuple[tuple[OtherItem, ...], Everything]:
    """Return what each of the other items adds, and the figures for a recipient who knew every measured item.

    An item singles out where more than `BAR` of all are alone with its value. Of the rest, which may do so together,
    the least telling are taken as known one after the other; an item singles out where with it more than `BAR` of all
    are alone who were not by the quasi-identifiers. What is left does not single out more, whoever knows all of it.

    Args:
        classes: of the quasi-identifiers.
        quasi: their columns.
        others: column of each other item by its id; None of one that cannot be measured.
        key: whose the rows are; None counts rows.
    """
    known = {item: codes for item, codes in others.items() if codes is not None}
    total = _units(classes, key)
    before, _ = _alone(classes, key)
    itself = {one: _alone(group([codes], len(classes.of), classes.weight), key)[0] for one, codes in known.items()}
    added = {one: _alone(_split(classes, codes), key)[0] - before for one, codes in known.items()}
    telling = {one for one, units in itself.items() if units > BAR * total}
    joint: dict[str, int] = {}
    held, whole = classes, group([*quasi, *known.values()], len(classes.of), classes.weight)
    for one in sorted(known.keys() - telling, key=lambda one: (added[one], itself[one], one)):
        finer = _split(held, known[one])
        joint[one] = _alone(finer, key)[0] - before
        if joint[one] > BAR * total:
            telling.add(one)
        else:
            held = finer
    units, sizes = _alone(whole, key)
    found = tuple(
        OtherItem(item=one, alone=itself[one], added=added[one], together=joint.get(one), singles_out=one in telling)
        if one in known
        else OtherItem(item=one, alone=None, added=None, singles_out=None)
        for one in others
    )
    return found, Everything(
        items=tuple(known),
        units=total,
        alone=units,
        share=ratio(units, total),
        k=sizes.k,
        prosecutor_max=ratio(*sizes.largest_risk.as_integer_ratio()),
        prosecutor_avg=ratio(sizes.classes, sizes.records),
        bar=ratio(*BAR.as_integer_ratio()),
    )


def unanswered(view: RiskView, raw: Inventory) -> Iterator[OtherItem]:
    """Return the items that single out, or may, and of which nobody has said whether others know them.

    Items of tables that are about nobody are left aside.

    Args:
        view: of the data that leave.
        raw: inventory of the raw data, with what persons said.
    """
    return open_among(view, {item.id for item in raw.items if item.personal is not False and item.known is None})


def open_among(view: RiskView, asked: Collection[str]) -> Iterator[OtherItem]:
    """Yield those of some items, of which nobody has said anything, that single out or may."""
    for table in view.tables:
        yield from (one for one in table.others if one.singles_out is not False and one.item in asked)


def _split(classes: Classes, codes: Codes) -> Classes:
    """Return the classes that one more column makes."""
    pairs = densify(classes.of * codes.count + codes.values, classes.count * codes.count)
    return Classes(*pairs, classes.weight)


def _alone(classes: Classes, key: Codes | None) -> tuple[int, Distribution]:
    """Return how many rows or persons are alone in some class, and the sizes of the classes."""
    if key is None:
        sizes = classes.rows()
        return int((sizes == 1).sum()), Distribution.of(sizes)
    subjects, holders = key.subjects()
    where, whose = np.divmod(distinct_of(classes.of * holders + subjects), max(holders, 1))
    sizes = np.bincount(where, minlength=classes.count)
    there = np.zeros(holders, dtype=np.bool_)
    there[whose[sizes[where] == 1]] = True
    return int(there.sum()), Distribution.of(sizes)


def _units(classes: Classes, key: Codes | None) -> int:
    if key is None:
        return int(classes.rows().sum())
    return len(distinct_of(key.subjects()[0]))
