"""Labelled columns: what stands in each cell, and what recognition is asked to say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from examples.dice import Dice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CELLS = 200
"""Cells of a labelled column."""
NEUTRAL = "col_07"
"""A column's name that says nothing."""


class Ask(StrEnum):
    """What is asked of the cells of a column.

    `CONFIRMED`: counted, and sure. `COUNTED`: counted, sure or not. `SUSPECTED`: counted, and not sure: there is no
    check character, or a wrong one. `OPEN`: may be counted, but never as sure: nothing near it tells what it is.
    `NEVER`: a trap; whatever is reported is a mistake. `VERDICT`: only the column's meaning is asked for.
    """

    CONFIRMED = "confirmed"
    COUNTED = "counted"
    SUSPECTED = "suspected"
    OPEN = "open"
    NEVER = "never"
    VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled column.

    Attributes:
        identifier: row of the table of identifiers that the column tests.
        what: the writing or the trap, for people.
        column: its name; `NEUTRAL` or one that tells what it holds.
        values: its cells, an Arrow array.
        ask: what is asked of its cells.
        held: cells that hold the identifier; 0 in a trap.
        named: the verdict on the column is asked for too, mostly because its name tells it.
        beside: other columns of the table, by name.
        truth: another identifier that stands here too, or in a trap for this one instead; else empty.
    """

    identifier: str
    what: str
    column: str
    values: Any
    ask: Ask
    held: int
    named: bool = False
    beside: dict[str, Any] = field(default_factory=dict)
    truth: str = ""

    @property
    def holds(self) -> tuple[str, ...]:
        """Identifiers that are rightly found here."""
        return tuple(filter(None, (self.identifier if self.held else "", self.truth)))


class Row:
    """Makes the cases of one identifier; each has dice of its own, so that one more case changes no other."""

    def __init__(self, identifier: str, name: str) -> None:
        self.identifier, self.name = identifier, name
        self.cases: list[Case] = []

    def named(self, what: str, make: Callable[[Dice], object], ask: Ask = Ask.CONFIRMED, *, name: str = "") -> None:
        """Add a column whose name tells what it holds."""
        self.cases.append(
            Case(self.identifier, what, name or self.name, self._values(what, make), ask, CELLS, named=True)
        )

    def neutral(self, what: str, make: Callable[[Dice], object], ask: Ask = Ask.CONFIRMED) -> None:
        """Add a column whose name says nothing."""
        self.cases.append(Case(self.identifier, what, NEUTRAL, self._values(what, make), ask, CELLS))

    def both(self, what: str, make: Callable[[Dice], object], named: Ask, neutral: Ask) -> None:
        """Add the same kind of column with a name that tells and with one that says nothing."""
        self.named(what, make, named)
        self.neutral(what, make, neutral)

    def inside(self, what: str, make: Callable[[Dice], str], ask: Ask = Ask.COUNTED, *, words: str = "") -> None:
        """Add a column of remarks in which it stands, after words that tell what it is, or after none."""
        texts = (f"客户来电说{words}{{}}，请尽快核实", f"补充{words}{{}}。已登记", f"{words or '记下'}{{}} 待回访")
        values = self._values(what, lambda dice: dice.pick(texts).format(make(dice)))
        self.cases.append(Case(self.identifier, what, "备注", values, ask, CELLS))

    def some(
        self,
        what: str,
        make: Callable[[Dice], object],
        other: Callable[[Dice], object],
        *,
        every: int,
        name: str,
        truth: str = "",
    ) -> None:
        """Add a column in which it stands in one cell of `every`, and something else (`truth`) in the others."""
        dice = Dice("labelled", self.identifier, what)
        values = pa.array([make(dice) if at % every == 0 else other(dice) for at in range(CELLS)])
        held = len(range(0, CELLS, every))
        self.cases.append(Case(self.identifier, what, name, values, Ask.CONFIRMED, held, truth=truth))

    def trap(self, what: str, make: Callable[[Dice], object], *, name: str = NEUTRAL, truth: str = "") -> None:
        """Add a column in which it does not stand, though perhaps another identifier does."""
        self.cases.append(Case(self.identifier, what, name, self._values(what, make), Ask.NEVER, 0, truth=truth))

    def told(self, what: str, make: Callable[[Dice], object]) -> None:
        """Add a column whose values alone tell its meaning."""
        values = self._values(what, make)
        self.cases.append(Case(self.identifier, what, NEUTRAL, values, Ask.VERDICT, CELLS, named=True))

    def verdict(self, name: str, make: Callable[[Dice], object], *, what: str = "") -> None:
        """Add a column of which only the meaning is asked."""
        said = what or f"列名 {name}"
        self.cases.append(Case(self.identifier, said, name, self._values(said, make), Ask.VERDICT, CELLS, named=True))

    def _values(self, what: str, make: Callable[[Dice], object]) -> Any:
        dice = Dice("labelled", self.identifier, what)
        return pa.array([make(dice) for _ in range(CELLS)])


def wide(value: str) -> str:
    """Return the text in full-width letters and digits, as an input method leaves it."""
    return "".join(chr(ord(mark) + 0xFEE0) if "!" <= mark <= "~" else mark for mark in value)


def grouped(value: str, sizes: Iterable[int], by: str = " ") -> str:
    """Return the text cut into groups of these sizes; the last takes the rest."""
    parts, rest = [], value
    for size in sizes:
        parts.append(rest[:size])
        rest = rest[size:]
    return by.join([*parts, rest] if rest else parts)


def masked(value: str, head: int, tail: int, mark: str = "*") -> str:
    """Return the text with its middle hidden."""
    return value[:head] + mark * (len(value) - head - tail) + value[len(value) - tail :]
