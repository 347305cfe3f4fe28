"""Outcomes under every completion of the open facts: exact by search, or a sound bound where the search grows too big.

Exact means: the set of outcomes over all combinations of values of the open facts, each number inside its range, with
the counters of the year worked out in each combination from the flows that count in it. The search stops after LIMIT
states. It is then repeated flow by flow, the other flows' persons taken as anything from none to all, and after that
the rules' Kleene truths alone are used. Either bound may list an outcome that cannot occur; neither leaves one out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.law import messages
from kouan.law.diagram import Diagram, Outcomes
from kouan.law.kleene import Count, combine
from kouan.law.known import add, count
from kouan.law.residual import FALSE, TRUE, Formula, Formulas
from kouan.law.variables import COMMON, Variable, Variables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.law.compiled import Law
    from kouan.law.known import Known

LIMIT = 4_000
"""Largest number of states of one search."""

Truths = tuple[bool | None, ...]


class TooLargeError(Exception):
    """The search has met more than LIMIT states."""


@dataclass(frozen=True, slots=True)
class State:
    """Where the search stands.

    Attributes:
        outcomes: of each flow, one formula per outcome, heaviest first.
        adds: of each sum, one formula per flow: whether it adds.
        spans: of each sum, the start and then each flow's count.
    """

    outcomes: tuple[tuple[Formula, ...], ...]
    adds: tuple[tuple[Formula, ...], ...]
    spans: tuple[tuple[Count, ...], ...]


class Search:
    """One search over some flows of a transfer."""

    def __init__(self, law: Law, known: Known, *, flows: Sequence[int], truths: Sequence[Truths]) -> None:
        self._law = law
        self._known = known
        self.menu = law.menu
        self.flows = tuple(flows)
        self._truths = truths
        self._formulas = Formulas()
        self._variables = Variables(law, known, self._formulas, flows=self.flows)
        self._rules: dict[tuple[int, int, bool], Formula] = {}
        self._derived = -1 << self._variables.first_derived
        self._done: dict[tuple[object, ...], int] = {}
        self.diagram = Diagram()
        self.root = self._visit(self._start())

    @property
    def variables(self) -> list[Variable]:
        """The open facts; positions are the diagram's variables."""
        return self._variables.all

    @property
    def first_derived(self) -> int:
        """Position of the first variable that is a derived counter."""
        return self._variables.first_derived

    def _start(self) -> State:
        outcomes = tuple(self._outcomes(flow) for flow in self.flows)
        adds, spans = [], []
        for part in self._law.sums:
            row, span = [], [count(self._known.common[part.start])]
            for flow, values in enumerate(self._known.flows):
                lo, hi = count(values[part.add])
                if flow in self.flows:
                    excluded = [self._rule(place, flow, positive=False) for place in self._excluding()]
                    when = self._variables.formula(part.when, flow)
                    row.append(self._formulas.every([when, *excluded]))
                else:
                    row.append(TRUE)
                    lo, hi = self._other(flow, (lo, hi))
                span.append((lo, hi))
            adds.append(tuple(row))
            spans.append(tuple(span))
        return State(outcomes, tuple(adds), tuple(spans))

    def _excluding(self) -> list[int]:
        return [place for place, rule in enumerate(self._law.rules) if not rule.rule.counts]

    def _other(self, flow: int, span: Count) -> Count:
        """A flow outside this search adds anything between what it surely adds and all it may add."""
        counted = self._known.counted[flow]
        return span if counted else (0, 0) if counted is False else (0, span[1])

    def _rule(self, place: int, flow: int, *, positive: bool = True) -> Formula:
        truth = self._truths[flow][place]
        if truth is not None:
            return TRUE if truth is positive else FALSE
        key = (place, flow, positive)
        formula = self._rules.get(key)
        if formula is None:
            formula = self._variables.formula(self._law.rules[place].when, flow, positive=positive)
            self._rules[key] = formula
        return formula

    def _outcomes(self, flow: int) -> tuple[Formula, ...]:
        """A rule decides where it holds and no rule to which it yields does; several may lead to one outcome."""
        formulas = []
        for rules in self.menu.rules:
            ways = []
            for place in rules:
                above = [self._rule(other, flow, positive=False) for other in self._law.rules[place].above]
                ways.append(self._formulas.every([self._rule(place, flow), *above]))
            formulas.append(self._formulas.some(ways))
        return _without_lighter(formulas)

    def _visit(self, state: State) -> int:
        needs = 0
        for flow in state.outcomes:
            for formula in flow:
                needs |= formula.open
        counters = needs & self._derived
        key = (state.outcomes, (state.adds, state.spans) if counters else None)
        node = self._done.get(key)
        if node is None:
            if len(self._done) >= LIMIT:
                raise TooLargeError
            for row in state.adds if counters else ():
                for formula in row:
                    needs |= formula.open
            node = self._done[key] = self._branch(state, needs)
        return node

    def _branch(self, state: State, needs: int) -> int:
        if not needs:
            return self.diagram.end(_settled(state.outcomes))
        number = (needs & -needs).bit_length() - 1
        variable = self.variables[number]
        branches = []
        for piece, value in enumerate(variable.pieces):
            if number >= self.first_derived and not _meets(count(value), self._total(state, variable.fact)):
                continue
            branches.append((piece, self._visit(self._assume(state, number, piece))))
        return self.diagram.ask(number, tuple(branches))

    def _assume(self, state: State, number: int, piece: int) -> State:
        assume = self._formulas.assume
        outcomes = tuple(
            _without_lighter([assume(formula, number, piece) for formula in flow]) for flow in state.outcomes
        )
        adds = tuple(tuple(assume(formula, number, piece) for formula in row) for row in state.adds)
        spans = tuple(
            tuple(
                (0, 0) if place and adds[index][place - 1] is FALSE else self._narrow(span, index, place, number, piece)
                for place, span in enumerate(row)
            )
            for index, row in enumerate(state.spans)
        )
        return State(outcomes, adds, spans)

    def _narrow(self, span: Count, index: int, place: int, number: int, piece: int) -> Count:
        variable = self.variables[number]
        part = self._law.sums[index]
        fact = part.add if place else part.start
        if variable.fact != fact or number >= self.first_derived:
            return span
        owns = variable.owner == place - 1 if place else variable.owner == COMMON
        shared = bool(place) and variable.owner == COMMON and fact not in self._known.own[place - 1]
        return variable.pieces[piece] if owns or shared else span  # type: ignore[return-value]  # a count's piece

    def _total(self, state: State, fact: int) -> Count:
        total = (0, 0)
        for part, adds, spans in zip(self._law.sums, state.adds, state.spans, strict=True):
            if part.derived == fact:
                total = add(total, spans[0])
                for formula, span in zip(adds, spans[1:], strict=True):
                    total = add(total, (0, 0) if formula is FALSE else span)
        return total


def bound(law: Law, truths: Truths) -> tuple[frozenset[int], bool]:
    """Return the outcomes that Kleene truths cannot rule out for a flow, and whether one of them holds for certain.

    A bound that is sound and not always exact. Unless one outcome is certain, it does not show that every completion
    has an outcome.
    """
    found: set[int] = set()
    for outcome, rules in enumerate(law.menu.rules):
        ways = []
        for place in rules:
            above = [None if truths[other] is None else not truths[other] for other in law.rules[place].above]
            ways.append(combine("all", 0, [truths[place], *above]))
        truth = combine("any", 0, ways)
        if truth is not False:
            found.add(outcome)
        if truth:
            return frozenset(found), True
    return frozenset(found), False


def _without_lighter(formulas: Sequence[Formula]) -> tuple[Formula, ...]:
    """The heaviest outcome that holds decides: those after a certain one no longer matter."""
    for place, formula in enumerate(formulas):
        if formula is TRUE:
            return (*formulas[: place + 1], *[FALSE] * (len(formulas) - place - 1))
    return tuple(formulas)


def _settled(outcomes: Sequence[Sequence[Formula]]) -> Outcomes:
    settled = []
    for flow in outcomes:
        if TRUE not in flow:
            raise messages.NO_OUTCOME.at("rules")
        settled.append(flow.index(TRUE))
    return tuple(settled)


def _meets(piece: Count, total: Count) -> bool:
    return piece[0] <= total[1] and total[0] <= piece[1]
