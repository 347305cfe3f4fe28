"""What-if: the smallest honest changes that lead a transfer to a lighter lawful pathway."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictBool

from kouan.model.base import Frozen
from kouan.model.decision import Condition, Duty, OpenPoint, Outcome, Pathway, Question
from kouan.model.facts import FactValue, Range
from kouan.model.text import Text
from kouan.model.time import LegalDay

Number = Annotated[int, Field(ge=0)]


class LeverKind(StrEnum):
    """Sort of a change."""

    DROP = "drop"
    TREAT = "treat"
    KEEP_OUT = "keep_out"
    MAKE_TRUE = "make_true"
    USE_LIST = "use_list"
    WAIT = "wait"
    CERTIFY = "certify"
    GBA_CONTRACT = "gba_contract"


class Cost(Frozen):
    """What a change takes.

    Attributes:
        items: data items that no longer leave though the purpose may need them.
        coarser: data items that leave in a coarser form.
        spare: data items that no longer leave and that the declaration does not list as needed: no loss.
        persons: persons who no longer leave at all though the purpose may need them.
        days: days to wait.
        acts: things that must first be brought about in reality.
    """

    items: Number = 0
    coarser: Number = 0
    spare: Number = 0
    persons: Range = Range(lo=0, hi=0)
    days: Number = 0
    acts: Number = 0

    def plus(self, other: Cost) -> Cost:
        """Return both costs together."""
        return Cost(
            items=self.items + other.items,
            coarser=self.coarser + other.coarser,
            spare=self.spare + other.spare,
            persons=self.persons.plus(other.persons),
            days=self.days + other.days,
            acts=self.acts + other.acts,
        )

    def at_most(self, other: Cost) -> bool:
        """Tell whether nothing here costs more than there; what is not needed costs nothing.

        An item that leaves coarser costs less than one that does not leave.
        """
        within = other.persons.hi is None or (self.persons.hi is not None and self.persons.hi <= other.persons.hi)
        data = self.items <= other.items and self.items + self.coarser <= other.items + other.coarser
        return within and data and self.days <= other.days and self.acts <= other.acts


class Lever(Frozen):
    """One change that the exporter can make in reality.

    Attributes:
        target: what it works on: an item id, a flow, a fact, a list with sector and scenario, a kind of attestation,
            or a day.
        honest: what must really be so for the change to count.
        remark: why the counts after it are a range, or what else to know; None without one.
        chosen: pathway that it takes where several are lawful; None where it takes none.
    """

    id: str
    kind: LeverKind
    target: str
    label: Text
    cost: Cost
    honest: Text
    remark: Text | None = None
    chosen: Pathway | None = None


class FactChange(Frozen):
    """A fact before and after; `flow` is empty for facts of the transfer."""

    flow: str = ""
    fact: str
    label: Text
    before: FactValue
    after: FactValue


class FlowResult(Frozen):
    """What a flow comes to after the changes; `items` are those left of `items_before`."""

    id: str
    label: Text
    possible: tuple[Outcome, ...]
    basis: str
    items: Number
    items_before: Number


class Alternative(Frozen):
    """Changes that together make the pathway lighter, none of which can be left out.

    Attributes:
        as_of: legal day on which it was decided.
        possible: outcomes of the whole transfer then, lightest first.
        duties, conditions: that remain.
        open_points: those on which the outcome hangs: under another reading it may be heavier.
        gone: pathways of the decision before that are not needed any more.
    """

    levers: Annotated[tuple[Lever, ...], Field(min_length=1)]
    as_of: LegalDay
    facts: tuple[FactChange, ...]
    possible: tuple[Outcome, ...]
    flows: tuple[FlowResult, ...]
    cost: Cost
    duties: tuple[Duty, ...]
    conditions: tuple[Condition, ...]
    open_points: tuple[OpenPoint, ...]
    gone: tuple[Pathway, ...]

    @property
    def ways(self) -> tuple[tuple[Pathway, ...], ...]:
        """The pathways of each outcome; where the levers take one of several, that one alone."""
        return ways_of(self.possible, self.levers)


def ways_of(possible: Iterable[Outcome], levers: Iterable[Lever]) -> tuple[tuple[Pathway, ...], ...]:
    """Return the pathways of each outcome; where the levers take one of several lawful ones, that one alone."""
    chosen = {lever.chosen for lever in levers}
    found = (tuple(path for path in one.options if path in chosen) or one.options for one in possible)
    return tuple(dict.fromkeys(found))


class WhatIf(Frozen):
    """What a search found.

    Attributes:
        as_of: legal day of the decision before.
        possible: outcomes before, lightest first.
        questions: facts that are open: an answer may be all it takes.
        alternatives: lightest first, then cheapest; none where nothing helps.
        beside: other ways of the same weight, with what they spare: a choice, not a lighter pathway.
        levers: changes that were tried.
        tried: combinations that were decided.
        complete: False where the search stopped at its bound.
    """

    as_of: LegalDay
    possible: tuple[Outcome, ...]
    questions: tuple[Question, ...]
    alternatives: tuple[Alternative, ...]
    beside: tuple[Alternative, ...] = ()
    levers: tuple[Lever, ...]
    tried: Number
    complete: StrictBool
