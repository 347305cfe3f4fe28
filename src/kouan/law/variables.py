"""The open facts of a transfer as variables, each cut into the pieces that some rule tells apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.law.counts import count
from kouan.law.kleene import Atom, Condition, Count, Value, facts_of, holds
from kouan.law.residual import FALSE, TRUE, Formula, Formulas
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
    """

    owner: int
    fact: int
    pieces: tuple[Value, ...]
    words: frozenset[str] = frozenset()


class Variables:
    """Makes variables as conditions are put in; open facts of flows and transfer first, derived counters last."""

    def __init__(
        self, law: Law, known: Known, formulas: Formulas, *, flows: Sequence[int], truths: Sequence[Truths]
    ) -> None:
        self._law = law
        self._known = known
        self._formulas = formulas
        self._flows = flows
        self._places: dict[tuple[int, int, frozenset[str]], int] = {}
        self.all: list[Variable] = []
        self.first_derived = 0
        self._gather(truths)

    def formula(self, condition: Condition, flow: int, *, positive: bool = True) -> Formula:
        """Return what is left of a condition (or of its opposite) for one flow."""
        if isinstance(condition, Atom):
            return self._literal(condition, flow, positive=positive)
        if condition.op == "not":
            return self.formula(condition.parts[0], flow, positive=not positive)
        parts = [self.formula(part, flow, positive=positive) for part in condition.parts]
        if positive:
            return self._formulas.group(condition.op, condition.n, parts)
        if condition.op == "at_least":
            return self._formulas.at_least(len(parts) - condition.n + 1, parts)
        return self._formulas.group("any" if condition.op == "all" else "all", 0, parts)

    def _gather(self, truths: Sequence[Truths]) -> None:
        """Number the variables of open rules: a fixed order, so that the diagram is the same in every run."""
        derived: dict[int, None] = {}
        for number, rule in enumerate(self._law.rules):
            flows = [flow for flow in self._flows if truths[flow][number] is None]
            for place in rule.facts if flows else ():
                if self._law.facts[place].scope is FactScope.DERIVED:
                    derived[place] = None
                else:
                    for flow in flows:
                        self._open(flow, place)
        for number, part in enumerate(self._law.sums):
            for flow in self._flows:
                for fact in facts_of(part.when) if self._known.adds[flow][number] is None else ():
                    self._open(flow, fact)
        self.first_derived = len(self.all)
        for place in derived:
            self._add(Variable(COMMON, place, self._pieces(place, count(self._known.common[place]))))

    def _open(self, flow: int, place: int) -> None:
        value = self._known.flows[flow][place]
        owner = flow if place in self._known.own[flow] else COMMON
        kind = self._law.facts[place].type
        if kind is FactType.COUNT:
            self._add(Variable(owner, place, self._pieces(place, count(value))))
        elif value is None and kind is FactType.BOOL:
            self._add(Variable(owner, place, (True, False)))
        elif value is None and kind is FactType.TEXT:
            self._add(Variable(owner, place, (*self._law.words[place], "")))
        elif value is None:
            for words in self._law.sets[place]:
                self._add(Variable(owner, place, (True, False), words))

    def _pieces(self, place: int, span: Count) -> tuple[Count, ...]:
        """Cut a span at the numbers where some test changes."""
        starts = [span[0], *[cut for cut in self._law.cuts.get(place, ()) if span[0] < cut <= span[1]]]
        ends = [start - 1 for start in starts[1:]] + [span[1]]
        return tuple(zip(starts, ends, strict=True))

    def _add(self, variable: Variable) -> None:
        key = (variable.owner, variable.fact, variable.words)
        if key not in self._places and len(variable.pieces) > 1:
            self._places[key] = len(self.all)
            self.all.append(variable)
            self._formulas.domains.append((1 << len(variable.pieces)) - 1)

    def _literal(self, atom: Atom, flow: int, *, positive: bool) -> Formula:
        place = atom.fact
        words = atom.wants if atom.type is FactType.TEXTS and isinstance(atom.wants, frozenset) else frozenset()
        own = place in self._known.own[flow]
        number = self._places.get((flow if own else COMMON, place, words))
        if number is None:
            truth = holds(atom, self._known.flows[flow][place])
            return TRUE if truth is positive else FALSE
        pieces = self.all[number].pieces
        met = pieces if words else [holds(atom, piece) for piece in pieces]
        bits = sum(1 << bit for bit, truth in enumerate(met) if truth is positive)
        return self._formulas.literal(number, bits)
