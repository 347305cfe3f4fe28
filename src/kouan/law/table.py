"""The counts of a transfer as a table: one row per flow, cut together by splits and by the counters of the year."""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

from kouan.law.counts import Plan, along, count, meet, plan_of, tighten, total
from kouan.law.kept import keep
from kouan.law.kleene import Count
from kouan.law.residual import TRUE
from kouan.law.variables import COMMON

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kouan.law.compiled import Law
    from kouan.law.known import Known
    from kouan.law.residual import Formula
    from kouan.law.variables import Variable

Row = tuple[Count, ...]
"""Ranges of the counts of one flow (or of the transfer), in the order of `Law.counts`."""
Pins = tuple[tuple[int, Count], ...]
"""Derived counters (fact indices) and the ranges to which they are held."""
Way = tuple[tuple[int, ...], tuple[Plan, ...]]
"""How a sum of counters is told: the counts at which they start, and what each flow adds."""
_RANGES = 4_096
"""Ranges of sums kept of one search; they have no effect on results."""
Ways = tuple[tuple[tuple[int, ...], Way], ...]
"""The same of several choices of counters."""


class Table:
    """Says which ranges fit together; rows are those of the transfer first, then of each flow.

    Attributes:
        sums: the sums of the derived counters that are asked, with their place in the law.
    """

    def __init__(self, law: Law, known: Known, *, asked: Sequence[int]) -> None:
        self.sums = [(place, part) for place, part in enumerate(law.sums) if part.derived in asked]
        self._law = law
        self._known = known
        self._own = known.own
        self._ranges: dict[object, Count | None] = {}
        self._slot = {fact: slot for slot, fact in enumerate(law.counts)}

    def narrowed(self, rows: tuple[Row, ...], variable: Variable, piece: Count) -> tuple[Row, ...] | None:
        """Return the rows once a count lies in a piece, or None where no numbers fit."""
        slot = self._slot[variable.fact]
        result = []
        for number, row in enumerate(rows):
            shared = variable.owner == COMMON and number and variable.fact not in self._own[number - 1]
            if number != variable.owner + 1 and not shared:
                result.append(row)
                continue
            cut = self._cut([*row[:slot], meet(row[slot], piece), *row[slot + 1 :]], variable.fact)
            if cut is None:
                return None
            result.append(cut)
        return tuple(result)

    def _cut(self, row: list[Count], fact: int) -> Row | None:
        slot = self._slot
        for split in self._law.splits:
            places = [slot[one] for one in (split.whole, *split.parts)]
            if slot[fact] in places:
                cut = tighten(row[places[0]], [row[place] for place in places[1:]])
                if cut is None:
                    return None
                for place, found in zip(places, cut, strict=True):
                    row[place] = found
        lo, hi = row[slot[fact]]
        return tuple(row) if lo <= hi else None

    def start(self, flows: Collection[int]) -> tuple[Row, ...]:
        """Return the rows of the transfer and of each flow.

        A flow outside `flows` that may add or not adds anything from none to all of it.
        """
        known, law = self._known, self._law
        rows = [tuple(count(known.common[fact]) for fact in law.counts)]
        for flow, values in enumerate(known.flows):
            row = tuple(count(values[fact]) for fact in law.counts)
            maybe = {part.add for part, truth in zip(law.sums, known.adds[flow], strict=True) if truth is None}
            if flow not in flows and maybe:
                maybe.update(split.whole for split in law.splits)
                row = tuple((0, span[1]) if fact in maybe else span for fact, span in zip(law.counts, row, strict=True))
            rows.append(row)
        return tuple(rows)

    def fits(self, rows: Sequence[Row], adds: Sequence[Sequence[Formula]], pins: Pins) -> bool:
        """Whether some numbers fit the newest pin together with every choice of earlier ones.

        Choices in which two counters add up the same count are left out.
        """
        newest = pins[-1]
        for size in range(len(pins)):
            for others in combinations(pins[:-1], size):
                held = (newest, *others)
                given = self._reached(rows, adds, frozenset([fact for fact, _ in held]))
                if given is not None and not touch(given, total([span for _, span in held])):
                    return False
        return True

    def _reached(self, rows: Sequence[Row], adds: Sequence[Sequence[Formula]], derived: frozenset[int]) -> Count | None:
        """Return the range of the sum of some counters: the same of all pieces that are tried for the newest."""
        key = (rows, adds, derived)
        if key not in self._ranges:
            way = self._way(adds, derived)
            given = None if way is None else _given(self._cells(rows), way)
            return keep(self._ranges, key, given, most=_RANGES)
        return self._ranges[key]

    def ways(self, adds: Sequence[Sequence[Formula]], derived: Sequence[int]) -> Ways:
        """Return every choice of some counters (places in `derived`) whose sum can be told, with how."""
        places = range(len(derived))
        choices = chain.from_iterable(combinations(places, size) for size in range(1, len(derived) + 1))
        found = ((chosen, self._way(adds, {derived[place] for place in chosen})) for chosen in choices)
        return tuple((chosen, way) for chosen, way in found if way is not None)

    def reach(self, rows: Sequence[Row], ways: Ways) -> list[tuple[tuple[int, ...], Count]]:
        """Return the range of the sum of each choice of counters."""
        cells = self._cells(rows)
        return [(chosen, _given(cells, way)) for chosen, way in ways]

    def _cells(self, rows: Sequence[Row]) -> list[dict[int, Count]]:
        return [dict(zip(self._law.counts, row, strict=True)) for row in rows]

    def _way(self, adds: Sequence[Sequence[Formula]], derived: Collection[int]) -> Way | None:
        """Return how the sum of some counters is told, or None where two of them add up the same count."""
        sums = [(row, part) for row, (_, part) in enumerate(self.sums) if part.derived in derived]
        if len({part.add for _, part in sums}) < len(sums):
            return None
        plans = tuple(
            plan_of(frozenset(part.add for row, part in sums if adds[row][flow] is TRUE), self._law.splits)
            for flow in range(len(self._known.flows))
        )
        return tuple(part.start for _, part in sums), plans


def _given(cells: Sequence[dict[int, Count]], way: Way) -> Count:
    """Return the range of the sum of some counters."""
    starts, plans = way
    flows = [along(cell, plan) for cell, plan in zip(cells[1:], plans, strict=True)]
    return total([*[cells[0][start] for start in starts], *flows])


def touch(one: Count, other: Count) -> bool:
    """Whether two ranges share a number."""
    return one[0] <= other[1] and other[0] <= one[1]


def linked(law: Law, variables: Sequence[Variable]) -> list[tuple[int, int]]:
    """Return each row in which a split holds two variables or more, with the bits of these variables."""
    found: dict[tuple[int, int], int] = {}
    for split in law.splits:
        for number, variable in enumerate(variables):
            if variable.fact in (split.whole, *split.parts):
                key = (variable.owner + 1, split.whole)
                found[key] = found.get(key, 0) | 1 << number
    return [(row, bits) for (row, _), bits in found.items() if bits.bit_count() > 1]
