"""Items that nobody took for quasi-identifiers: whom they single out, and what somebody who knew every item would see.

The standards speak of quasi-identifiers, which people choose; what they did not choose stands outside every verdict. So
that nothing is silent, each other item is measured beside them, and one that singles out is put to a person: it is
taken among the quasi-identifiers, or refused with a reason. Where the line is drawn is our own rule, no standard's.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.model.base import ratio
from kouan.model.inventory import PROSE, IdentityRole
from kouan.model.risk import Everything, OtherItem
from kouan.risk.classes import densify, group, how_many
from kouan.risk.codes import Codes, is_list_of_text
from kouan.risk.distribution import Distribution
from kouan.risk.rollup import entries_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from kouan.model.inventory import Inventory, Item
    from kouan.model.risk import RiskView
    from kouan.risk.classes import Classes
    from kouan.risk.rollup import Entries

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
    whole = group([*quasi, *known.values()], len(classes.of), classes.weight)
    entries = entries_of(whole, [Codes(classes.of.astype(np.int32), classes.count), *known.values()], key)
    columns = dict(zip(known, entries.columns[1:], strict=True))
    total = how_many(entries.holder, entries.holders) if entries.by_person else int(entries.weight.sum())
    nothing = _Alone.without(entries)
    by_quasi = nothing.knowing(entries.columns[0])
    before = by_quasi.units
    itself = {one: nothing.knowing(codes).units for one, codes in columns.items()}
    added = {one: by_quasi.knowing(codes).units - before for one, codes in columns.items()}
    telling = {one for one, units in itself.items() if units > BAR * total}
    joint: dict[str, int] = {}
    held = by_quasi
    for one in sorted(known.keys() - telling, key=lambda one: (added[one], itself[one], one)):
        finer = held.knowing(columns[one])
        joint[one] = finer.units - before
        if joint[one] > BAR * total:
            telling.add(one)
        else:
            held = finer
    finest = entries.finest()
    units, sizes = entries.units(finest[entries.of] == 1), Distribution.of(finest)
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


@dataclass(frozen=True, slots=True)
class _Alone:
    """Who is alone with what is known so far, and by what the others can still be told apart.

    Who is alone shares all of it with nobody, so that only the others are compared when more becomes known.

    Attributes:
        entries: of the classes that everything makes.
        live: int64, entries that share what is known with somebody else.
        number: int64 [live], equal where what is known is.
        most: an upper end of the numbers, at most `len(live)`.
        there: bool [holders], records or persons who are alone with some entry.
    """

    entries: Entries
    live: npt.NDArray[np.int64]
    number: npt.NDArray[np.int64]
    most: int
    there: npt.NDArray[np.bool_]

    @classmethod
    def without(cls, entries: Entries) -> _Alone:
        """Return what is when nothing is known: all are alike, nobody is alone yet."""
        everybody = np.zeros(len(entries), dtype=np.int64)
        return cls(entries, np.arange(len(entries)), everybody, 1, np.zeros(entries.holders, dtype=np.bool_))

    @property
    def units(self) -> int:
        """How many are alone."""
        return int(self.there.sum())

    def knowing(self, codes: Codes) -> _Alone:
        """Return who is alone when one more column of the entries is known."""
        number, most = densify(self.number * codes.count + codes.values[self.live], self.most * codes.count)
        alone = self.entries.apart(number, most, self.live)
        there = self.there.copy()
        there[self.entries.holder[self.live[alone]]] = True
        rest = np.flatnonzero(~alone)
        return _Alone(self.entries, self.live[rest], number[rest], most, there)
