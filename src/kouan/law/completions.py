"""Outcomes under every completion of the open facts: exact by search, or a sound bound where the search grows too big.

Exact means: the set of outcomes over all combinations of values of the open facts, each number inside its range and
parts adding up to their whole, with the counters of the year worked out in each combination from the flows that count
in it. Flows are the rows and counters the columns of a table with bounds on its cells, rows and columns; numbers that
fit exist exactly when every set of columns can be given what it is held to by the rows alone (Frank, Tardos:
Generalized polymatroids and submodular flows, Math. Programming 42, 1988). Two counters that add up the same count are
not held to each other, which may list too much.

The search stops after LIMIT states. It is then repeated flow by flow, the other flows' persons taken as anything from
none to all, and after that the rules' Kleene truths alone are used. Either bound may list an outcome that cannot occur;
neither leaves one out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kouan.law import messages
from kouan.law.counts import count
from kouan.law.diagram import Diagram, Outcomes
from kouan.law.kleene import Atom, Condition, Truths, combine
from kouan.law.residual import FALSE, TRUE, Formula, Formulas
from kouan.law.table import Pins, Row, Table, linked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.law.compiled import Law, Sum
    from kouan.law.known import Known
    from kouan.law.variables import Variable, Variables

LIMIT = 4_000
"""Largest number of states of one search."""

Counts = tuple[tuple[Row, ...], Pins]
"""Rows and pins of a state."""


class TooLargeError(Exception):
    """The search has met more than LIMIT states."""


@dataclass(frozen=True, slots=True)
class State:
    """Where the search stands.

    Attributes:
        outcomes: of each flow, one formula per outcome, heaviest first.
        adds: of each sum, one formula per flow: whether it adds.
        rows: of the transfer and then of each flow, the ranges of the counts that add up to others.
        pins: ranges to which derived counters are already held, by fact.
    """

    outcomes: tuple[tuple[Formula, ...], ...]
    adds: tuple[tuple[Formula, ...], ...]
    rows: tuple[Row, ...]
    pins: Pins = ()


class Search:
    """One search over some flows of a transfer."""

    def __init__(
        self, law: Law, known: Known, variables: Variables, *, flows: Sequence[int], truths: Sequence[Truths]
    ) -> None:
        self._law = law
        self._known = known
        self.menu = law.menu
        self.flows = tuple(flows)
        self._truths = truths
        self._variables = variables
        self._formulas = Formulas([(1 << len(one.pieces)) - 1 for one in variables.all])
        self._rules: dict[tuple[int, int, bool], Formula] = {}
        self._derived = -1 << self._variables.first_derived
        self._table = Table(law, known, asked=[one.fact for one in self.variables[self.first_derived :]])
        self._linked = linked(law, self.variables)
        self._done: dict[tuple[object, ...], int] = {}
        self.diagram = Diagram()
        self._root = self._visit(self._start())

    @property
    def variables(self) -> list[Variable]:
        """The open facts; positions are the diagram's variables."""
        return self._variables.all

    @property
    def first_derived(self) -> int:
        """Position of the first variable that is a derived counter."""
        return self._variables.first_derived

    def vectors(self, number: int = -1, piece: int = -1) -> frozenset[Outcomes]:
        """Return the outcomes of the flows together, with one variable held to a piece if given."""
        return self.diagram.reached(self._root, number, piece)

    def asked(self) -> dict[int, set[int]]:
        """Return the variables that matter, each with the pieces met."""
        return self.diagram.asked(self._root)

    def bearing(self) -> dict[int, set[int]]:
        """Return the flows on whose outcome each variable bears."""
        found: dict[int, set[int]] = {}
        for place, flow in enumerate(self.flows):
            diagram, root = self.diagram.mapped(self._root, lambda outcomes, place=place: (outcomes[place],))  # type: ignore[misc]
            for number in diagram.asked(root):
                found.setdefault(number, set()).add(flow)
        return found

    def _start(self) -> State:
        outcomes = tuple(self._outcomes(flow) for flow in self.flows)
        flows = range(len(self._known.flows))
        adds = tuple(tuple(self._add(part, place, flow) for flow in flows) for place, part in self._table.sums)
        return State(outcomes, adds, self._table.start(self.flows))

    def _add(self, part: Sum, place: int, flow: int) -> Formula:
        truth = self._known.adds[flow][place]
        if truth is not None:
            return TRUE if truth else FALSE
        if flow not in self.flows:
            return TRUE
        excluded = [self._rule(rule, flow, positive=False) for rule in self._law.excluding]
        return self._formulas.every([self._formula(part.when, flow), *excluded])

    def _rule(self, place: int, flow: int, *, positive: bool = True) -> Formula:
        truth = self._truths[flow][place]
        if truth is not None:
            return TRUE if truth is positive else FALSE
        key = (place, flow, positive)
        formula = self._rules.get(key)
        if formula is None:
            formula = self._rules[key] = self._formula(self._law.rules[place].when, flow, positive=positive)
        return formula

    def _formula(self, condition: Condition, flow: int, *, positive: bool = True) -> Formula:
        """Return what is left of a condition (or of its opposite) for one flow."""
        if isinstance(condition, Atom):
            met = self._variables.met(condition, flow)
            if isinstance(met, bool):
                return TRUE if met is positive else FALSE
            return self._formulas.literal(
                met[0], sum(1 << bit for bit, truth in enumerate(met[1]) if truth is positive)
            )
        if condition.op == "not":
            return self._formula(condition.parts[0], flow, positive=not positive)
        parts = [self._formula(part, flow, positive=positive) for part in condition.parts]
        if positive:
            return self._formulas.group(condition.op, condition.n, parts)
        if condition.op == "at_least":
            return self._formulas.at_least(len(parts) - condition.n + 1, parts)
        return self._formulas.group("any" if condition.op == "all" else "all", 0, parts)

    def _outcomes(self, flow: int) -> tuple[Formula, ...]:
        """A rule decides where it holds and no rule to which it yields does; several may lead to one outcome."""
        truths = self._truths[flow]
        formulas: list[Formula] = []
        for rules in self.menu.rules:
            if TRUE in formulas:  # lighter ones no longer matter, and their facts were not gathered
                formulas.append(FALSE)
                continue
            ways = []
            for place in rules:
                above = self._law.rules[place].above
                if truths[place] is False or any(truths[other] for other in above):
                    continue
                open_ = [self._rule(other, flow, positive=False) for other in above if truths[other] is None]
                ways.append(self._formulas.every([self._rule(place, flow), *open_]))
            formulas.append(self._formulas.some(ways))
        return _without_lighter(formulas)

    def _visit(self, state: State) -> int:
        needs = 0
        for flow in state.outcomes:
            for formula in flow:
                needs |= formula.open
        key = (state.outcomes, *self._bearing(state, needs))
        node = self._done.get(key)
        if node is None:
            if len(self._done) >= LIMIT:
                raise TooLargeError
            for row in state.adds if needs & self._derived else ():
                for formula in row:
                    needs |= formula.open
            node = self._done[key] = self._branch(state, needs)
        return node

    def _bearing(self, state: State, needs: int) -> tuple[object, ...]:
        """Return what else decides how a state goes on: all counts for a counter, else those of shared splits."""
        if needs & self._derived:
            return (state.adds, state.rows, state.pins)
        return tuple(state.rows[row] for row, linked in self._linked if needs & linked)

    def _branch(self, state: State, needs: int) -> int:
        if not needs:
            return self.diagram.end(_settled(state.outcomes))
        number = (needs & -needs).bit_length() - 1
        pieces = range(len(self.variables[number].pieces))
        fitting = [(piece, rest) for piece in pieces if (rest := self._counts(state, number, piece)) is not None]
        return self.diagram.ask(
            number,
            tuple((piece, self._visit(self._assume(state, number, piece, rest))) for piece, rest in fitting),
        )

    def _assume(self, state: State, number: int, piece: int, rest: Counts) -> State:
        assume, bit = self._formulas.assume, 1 << number

        def assumed(formulas: tuple[Formula, ...]) -> tuple[Formula, ...]:
            for one in formulas:
                if one.open & bit:
                    return tuple([assume(one, number, piece) if one.open & bit else one for one in formulas])
            return formulas  # most flows do not ask it

        outcomes = tuple([flow if (new := assumed(flow)) is flow else _without_lighter(new) for flow in state.outcomes])
        adds = tuple([assumed(row) for row in state.adds])
        return State(outcomes, adds, *rest)

    def _counts(self, state: State, number: int, piece: int) -> Counts | None:
        """Return the counts once a variable lies in a piece, or None where no numbers fit."""
        variable = self.variables[number]
        value = variable.pieces[piece]
        if number >= self.first_derived:
            pins = (*state.pins, (variable.fact, count(value)))
            return (state.rows, pins) if self._table.fits(state.rows, state.adds, pins) else None
        rows = state.rows
        if variable.fact in self._law.counts:
            narrowed = self._table.narrowed(rows, variable, count(value))
            if narrowed is None:
                return None
            rows = narrowed
        return rows, state.pins


@lru_cache(maxsize=4_096)
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
