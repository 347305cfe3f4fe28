"""The open facts of a transfer as variables, each cut into the pieces that some rule tells apart."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.law.counts import count
from kouan.law.kleene import Atom, Count, Value, facts_of, holds
from kouan.model.vocabulary import FactScope, FactType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.law.compiled import Law
    from kouan.law.kleene import Truths
    from kouan.law.known import Known

COMMON = -1
"""Owner of a variable that all flows share."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One open fact.

    Attributes:
        owner: number of the flow, or COMMON.
        fact: its index.
        pieces: values between which no rule tells a difference; of several words, whether a set of words is met.
        words: of a fact with several words, the set that one test asks about.
        flow: in whose row its value stands.
    """

    owner: int
    fact: int
    pieces: tuple[Value, ...]
    words: frozenset[str] = frozenset()
    flow: int = 0


class Variables:
    """Gathers the open facts on which outcomes may hang; facts of flows and transfer first, derived counters last."""

    def __init__(self, law: Law, known: Known, *, flows: Sequence[int], truths: Sequence[Truths]) -> None:
        self._law = law
        self._known = known
        self._flows = flows
        self._places: dict[tuple[int, int, frozenset[str]], int] = {}
        self.all: list[Variable] = []
        self.first_derived = 0
        self._gather(truths)

    def moved(self, known: Known) -> Variables:
        """Return the same variables for a transfer that no test tells apart from this one: numbers may differ."""
        other = copy(self)
        other._known = known  # noqa: SLF001 - a copy of this object
        other.all = [
            Variable(
                one.owner, one.fact, self._cut(one.fact, count(known.flows[one.flow][one.fact])), one.words, one.flow
            )
            if self._law.facts[one.fact].type is FactType.COUNT
            else one
            for one in self.all
        ]
        return other

    def met(self, atom: Atom, flow: int) -> tuple[int, tuple[bool, ...]] | bool:
        """Return the variable that a test of one flow asks, with whether it holds in each piece; or its truth."""
        place = atom.fact
        words = atom.wants if atom.type is FactType.TEXTS and isinstance(atom.wants, frozenset) else frozenset()
        owner = flow if place in self._known.own[flow] else COMMON
        number = self._places.get((owner, place, words))
        if number is None:
            return bool(holds(atom, self._known.flows[flow][place]))
        pieces = self.all[number].pieces
        return number, tuple(bool(piece) if words else bool(holds(atom, piece)) for piece in pieces)

    def _gather(self, truths: Sequence[Truths]) -> None:
        """Number the variables of open rules: a fixed order, so that the diagram is the same in every run."""
        derived: dict[int, None] = {}
        asked = {flow: bearing(self._law, truths[flow]) for flow in self._flows}
        for number, rule in enumerate(self._law.rules):
            flows = [flow for flow in self._flows if number in asked[flow]]
            for place in rule.facts if flows else ():
                if self._law.facts[place].scope is FactScope.DERIVED:
                    if self._pieces(place, count(self._known.common[place]))[1:]:
                        derived[place] = None
                else:
                    for flow in flows:
                        self._open(flow, place)
        if derived:
            self._gather_adding(truths)
            for part in self._law.sums:
                if part.derived in derived and part.start in self._known.several:
                    span = count(self._known.common[part.start])
                    self._add(Variable(COMMON, part.start, self._pieces(part.start, span)))
        self.first_derived = len(self.all)
        for place in derived:
            self._add(Variable(COMMON, place, self._pieces(place, count(self._known.common[place]))))

    def _gather_adding(self, truths: Sequence[Truths]) -> None:
        """Number what decides whether a flow adds to the counters."""
        for flow in self._flows:
            for number in self._law.excluding:
                for fact in self._law.rules[number].facts if truths[flow][number] is None else ():
                    self._open(flow, fact)
            for number, part in enumerate(self._law.sums):
                for fact in facts_of(part.when) if self._known.adds[flow][number] is None else ():
                    self._open(flow, fact)

    def _open(self, flow: int, place: int) -> None:
        value = self._known.flows[flow][place]
        owner = flow if place in self._known.own[flow] else COMMON
        kind = self._law.facts[place].type
        if kind is FactType.COUNT:
            self._add(Variable(owner, place, self._pieces(place, count(value)), flow=flow))
        elif value is None and kind is FactType.BOOL:
            self._add(Variable(owner, place, (True, False)))
        elif value is None and kind is FactType.TEXT:
            self._add(Variable(owner, place, (*self._law.words[place], "")))
        elif value is None:
            for words in self._law.sets[place]:
                self._add(Variable(owner, place, (True, False), words))

    def _pieces(self, place: int, span: Count) -> tuple[Count, ...]:
        """Cut a span at the numbers where some test changes, and into the ranges in one of which it lies."""
        if place in self._known.several and span == self._known.common[place]:
            return tuple(piece for one in self._known.several[place] for piece in self._cut(place, one))
        return self._cut(place, span)

    def _cut(self, place: int, span: Count) -> tuple[Count, ...]:
        starts = [span[0], *[cut for cut in self._law.cuts.get(place, ()) if span[0] < cut <= span[1]]]
        ends = [start - 1 for start in starts[1:]] + [span[1]]
        return tuple(zip(starts, ends, strict=True))

    def _add(self, variable: Variable) -> None:
        key = (variable.owner, variable.fact, variable.words)
        if key not in self._places and len(variable.pieces) > 1:
            self._places[key] = len(self.all)
            self.all.append(variable)


def bearing(law: Law, truths: Truths) -> frozenset[int]:
    """Return the open rules that may bear on a flow's outcome: not those of outcomes lighter than a certain one."""
    found: set[int] = set()
    for rules in law.menu.rules:
        certain = False
        for place in rules:
            above = law.rules[place].above
            if truths[place] is False or any(truths[other] for other in above):
                continue
            open_ = [other for other in above if truths[other] is None]
            found.update(open_)
            if truths[place] is None:
                found.add(place)
            elif not open_:
                certain = True
        if certain:
            break
    return frozenset(found)
