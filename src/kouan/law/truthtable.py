"""Outcomes of open facts that are free of each other: every combination is one bit of a whole number.

A condition is the set of combinations in which it holds; all, any and not are operations on these numbers, so that
thousands of combinations are tried at once. The counters of the year come last: where it is settled which flows add to
them, they are held to what can be reached (completions).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from kouan.law import messages
from kouan.law.counts import count, total
from kouan.law.diagram import Diagram
from kouan.law.kept import keep
from kouan.law.kleene import Atom
from kouan.law.residual import FALSE, TRUE
from kouan.law.table import Table, touch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kouan.law.compiled import Law
    from kouan.law.diagram import Outcomes
    from kouan.law.kleene import Condition, Count, Truths
    from kouan.law.known import Known
    from kouan.law.table import Ways
    from kouan.law.variables import Variable, Variables

LARGEST = 1 << 16
"""Most combinations of one table."""

Pieces = tuple[int, ...]
"""A piece of each derived counter."""
_TABLES = 64
"""Tables kept of transfers alike; they have no effect on results."""


def size_of(variables: Iterable[Variable]) -> int:
    """Return the number of combinations of some variables."""
    return prod(len(one.pieces) for one in variables)


@lru_cache(maxsize=32)
def _masks(sizes: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Return of each variable and piece the combinations in which it lies there; the first variable varies fastest."""
    every = (1 << prod(sizes)) - 1
    found, stride = [], 1
    for size in sizes:
        repeated = every // ((1 << stride * size) - 1)
        found.append(tuple((((1 << stride) - 1) << piece * stride) * repeated for piece in range(size)))
        stride *= size
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Alike:
    """Combinations that leave the counters the same.

    Attributes:
        mask: of the free facts.
        ways: how the sums of counters are told.
        pieces: in which each open count lies, by variable.
    """

    mask: int
    ways: Ways
    pieces: tuple[tuple[int, int], ...]


class Draft:
    """What the tables of all transfers share that no test tells apart: all but the numbers that counters reach.

    Attributes:
        menu, flows, variables: see `Solved`.
        free: number of combinations of the facts that are no counter.
        masks: of each variable and piece, the combinations in which it lies there.
        every: all combinations.
        cells: of the outcomes of the flows, the combinations that lead to them.
        alike: what the counters hang on; none where none is asked.
    """

    def __init__(
        self, law: Law, known: Known, variables: Variables, *, flows: Sequence[int], truths: Sequence[Truths]
    ) -> None:
        self._law = law
        self._known = known
        self._truths = truths
        self.menu, self.flows, self.variables = law.menu, tuple(flows), variables
        self.free = size_of(variables.all[: variables.first_derived])
        self.masks = _masks(tuple(len(one.pieces) for one in variables.all))
        self.every = (1 << size_of(variables.all)) - 1
        self._rules: dict[tuple[int, int], int] = {}
        self.cells = self._joined([self._flow(flow) for flow in self.flows])
        self._counters = [one.fact for one in variables.all[variables.first_derived :]]
        self.alike = tuple(self._classes()) if self._counters else ()
        self._tables: dict[object, TruthTable] = {}

    def table(self, known: Known, variables: Variables) -> TruthTable:
        """Return the table of a transfer like the first one, with its own numbers."""
        fitting = self._fitting(known, variables)
        key = tuple([tuple(one) for one in fitting])
        found = self._tables.get(key)
        return keep(self._tables, key, TruthTable(self, fitting), most=_TABLES) if found is None else found

    def _fitting(self, known: Known, variables: Variables) -> list[list[Pieces]]:
        """Return of each set of combinations that leave the counters the same the pieces in which these may lie."""
        if not self.alike:
            return []
        derived = variables.all[variables.first_derived :]
        table = Table(self._law, known, asked=self._counters)
        start, found = table.start(self.flows), []
        for one in self.alike:
            rows = start
            for number, piece in one.pieces:
                variable = variables.all[number]
                rows = table.narrowed(rows, variable, count(variable.pieces[piece])) or rows
            found.append(_fitting(derived, table.reach(rows, one.ways)))
        return found

    def _flow(self, flow: int) -> dict[int, int]:
        """Return of each outcome of a flow the combinations that lead to it: the heaviest rule that holds decides."""
        left, found, truths = self.every, dict[int, int](), self._truths[flow]
        for outcome, rules in enumerate(self.menu.rules):
            mask = 0
            for place in rules:
                above = self._law.rules[place].above
                if truths[place] is False or any(truths[other] for other in above):
                    continue
                ways = left if truths[place] else left & self._rule(place, flow)
                for other in above if ways else ():
                    if truths[other] is None:
                        ways &= ~self._rule(other, flow)
                mask |= ways
            if mask:
                found[outcome] = mask
                left &= ~mask
            if not left:
                return found
        raise messages.NO_OUTCOME.at("rules")

    def _joined(self, flows: Sequence[Mapping[int, int]]) -> dict[Outcomes, int]:
        cells: dict[Outcomes, int] = {(): self.every}
        for outcomes in flows:
            cells = {
                (*vector, outcome): both
                for vector, mask in cells.items()
                for outcome, lead in outcomes.items()
                if (both := mask & lead)
            }
        return cells

    def _classes(self) -> Iterable[Alike]:
        """Yield the combinations that leave the counters the same."""
        low, width = (1 << self.free) - 1, len(self._known.flows)
        table = Table(self._law, self._known, asked=self._counters)
        free = self.variables.all[: self.variables.first_derived]
        numbers = [number for number, one in enumerate(free) if one.fact in self._law.counts]
        asked = [[self._add(place, flow, low) for flow in range(width)] for place, _ in table.sums]
        found: dict[tuple[int, ...], int] = {(): low}
        for masks in (*((mask, low & ~mask) for row in asked for mask in row), *(self.masks[n] for n in numbers)):
            found = {
                (*key, piece): both
                for key, group in found.items()
                for piece, mask in enumerate(masks)
                if (both := group & mask)
            }
        for key, group in found.items():
            settled = [TRUE if out == 0 else FALSE for out in key[: len(asked) * width]]
            adds = [settled[row * width : (row + 1) * width] for row in range(len(asked))]
            yield Alike(group, table.ways(adds, self._counters), tuple(zip(numbers, key[len(settled) :], strict=True)))

    def _add(self, place: int, flow: int, low: int) -> int:
        """Return the combinations in which a flow adds to a sum."""
        truth = self._known.adds[flow][place]
        if truth is not None:
            return low if truth else 0
        if flow not in self.flows:
            return low
        mask = self._mask(self._law.sums[place].when, flow)
        for rule in self._law.excluding:
            mask &= ~self._rule(rule, flow)
        return mask & low

    def _rule(self, place: int, flow: int) -> int:
        truth = self._truths[flow][place]
        if truth is not None:
            return self.every if truth else 0
        mask = self._rules.get((place, flow))
        if mask is None:
            mask = self._rules[place, flow] = self._mask(self._law.rules[place].when, flow)
        return mask

    def _mask(self, condition: Condition, flow: int) -> int:
        if isinstance(condition, Atom):
            return self._atom(condition, flow)
        if condition.op == "not":
            return self.every & ~self._mask(condition.parts[0], flow)
        if condition.op == "all":
            mask = self.every
            for part in condition.parts:
                mask &= self._mask(part, flow)
                if not mask:
                    break
            return mask
        n = condition.n if condition.op == "at_least" else 1
        reached = [self.every] + [0] * n
        for part in condition.parts:
            mask = self._mask(part, flow)
            for number in range(n, 0, -1):
                reached[number] |= reached[number - 1] & mask
        return reached[n]

    def _atom(self, atom: Atom, flow: int) -> int:
        met = self.variables.met(atom, flow)
        if isinstance(met, bool):
            return self.every if met else 0
        mask = 0
        for piece, truth in zip(self.masks[met[0]], met[1], strict=True):
            if truth:
                mask |= piece
        return mask


class TruthTable:
    """Every combination of some open facts, with the outcomes of some flows.

    Attributes:
        menu, flows, variables, first_derived: see `Solved`; of numbers, the pieces of the transfer it was made for.
    """

    def __init__(self, draft: Draft, fitting: Sequence[Sequence[Pieces]]) -> None:
        self.menu, self.flows = draft.menu, draft.flows
        self.variables, self.first_derived = draft.variables.all, draft.variables.first_derived
        self._draft = draft
        self._free, self._masks, self._every = draft.free, draft.masks, draft.every
        self._diagram = Diagram()
        self._leaves = self._settle(draft.cells, fitting)
        self._vectors: dict[tuple[int, int], frozenset[Outcomes]] = {}
        self._mattered: dict[int, set[int]] | None = None
        self._bears: dict[int, set[int]] | None = None

    def vectors(self, number: int = -1, piece: int = -1) -> frozenset[Outcomes]:
        """Return the outcomes of the flows together, with one variable held to a piece if given."""
        found = self._vectors.get((number, piece))
        if found is None:
            held = self._masks[number][piece] if 0 <= number < self.first_derived else self._every
            reached = self._diagram.reached
            nodes = [node for node, mask in self._leaves.items() if mask & held]
            found = self._vectors[number, piece] = frozenset().union(*(reached(node, number, piece) for node in nodes))
        return found

    def asked(self) -> Mapping[int, set[int]]:
        """Return the variables that matter, each with the pieces met."""
        if self._mattered is None:
            self._mattered = self._asked(self._diagram, self._leaves)
        return self._mattered

    def bearing(self) -> Mapping[int, set[int]]:
        """Return the flows on whose outcome each variable bears."""
        if self._bears is None:
            found: dict[int, set[int]] = {}
            for place, flow in enumerate(self.flows):
                for number in self._of_flow(place):
                    found.setdefault(number, set()).add(flow)
            self._bears = found
        return self._bears

    def _of_flow(self, place: int) -> Iterable[int]:
        if len(self.flows) == 1:
            return self.asked()
        diagram, leaves = Diagram(), dict[int, int]()
        for node, mask in self._leaves.items():
            of_flow = self._diagram.mapped(node, lambda outcomes: (outcomes[place],), diagram)[1]
            leaves[of_flow] = leaves.get(of_flow, 0) | mask
        return self._asked(diagram, leaves)

    def _asked(self, diagram: Diagram, leaves: Mapping[int, int]) -> dict[int, set[int]]:
        found = {number: set(range(len(self._masks[number]))) for number in self._mattering(list(leaves.values()))}
        for node in leaves:
            for number, pieces in diagram.asked(node).items():
                found.setdefault(number, set()).update(pieces)
        return found

    def _mattering(self, masks: Sequence[int]) -> Iterable[int]:
        """Yield the free variables without which it cannot be told which of the sets a combination is in."""
        every, stride = (1 << self._free) - 1, 1
        for number, pieces in enumerate(self._masks[: self.first_derived]):
            first = pieces[0] & every
            steps = range(stride, stride * len(pieces), stride)
            if any((mask >> step) & first != mask & first for mask in masks[1:] for step in steps):
                yield number
            stride *= len(pieces)

    def _settle(self, cells: Mapping[Outcomes, int], several: Sequence[Sequence[Pieces]]) -> dict[int, int]:
        """Return the ends of the diagram, each with the combinations of the free facts that lead to it."""
        derived = self.variables[self.first_derived :]
        if not derived:
            return {self._diagram.end(vector): mask for vector, mask in cells.items()}
        choices = list(product(*(range(len(one.pieces)) for one in reversed(derived))))
        shifts = {choice[::-1]: place * self._free for place, choice in enumerate(choices)}
        leaves: dict[int, int] = {}
        for alike, fitting in zip(self._draft.alike, several, strict=True):
            groups: dict[tuple[Outcomes, ...], int] = {(): alike.mask}
            for choice in fitting:
                groups = {
                    (*vectors, vector): both
                    for vectors, group in groups.items()
                    for vector, cell in cells.items()
                    if (both := group & cell >> shifts[choice])
                }
            for vectors, group in groups.items():
                node = self._counters(dict(zip(fitting, vectors, strict=True)), 0)
                leaves[node] = leaves.get(node, 0) | group
        return leaves

    def _counters(self, ends: Mapping[Pieces, Outcomes], place: int) -> int:
        """Return the node that asks the counters from one on."""
        if place == len(self.variables) - self.first_derived:
            return self._diagram.end(next(iter(ends.values())))
        parts: dict[int, dict[Pieces, Outcomes]] = {}
        for pieces, vector in sorted(ends.items()):
            parts.setdefault(pieces[place], {})[pieces] = vector
        branches = tuple((piece, self._counters(part, place + 1)) for piece, part in parts.items())
        return self._diagram.ask(self.first_derived + place, branches)


def _fitting(derived: Sequence[Variable], reach: Sequence[tuple[Pieces, Count]]) -> list[Pieces]:
    """Return the pieces of the counters that every choice of them can reach together."""
    found: list[Pieces] = [()]
    for place, variable in enumerate(derived):
        # What one counter cannot reach by itself is no use in any choice.
        alone = [given for chosen, given in reach if chosen == (place,)]
        pieces = [
            number for number, piece in enumerate(variable.pieces) if all(touch(given, count(piece)) for given in alone)
        ]
        several = [(chosen, given) for chosen, given in reach if chosen[-1] == place and len(chosen) > 1]
        found = [both for before in found for piece in pieces if _reached((both := (*before, piece)), derived, several)]
    return found


def _reached(pieces: Pieces, derived: Sequence[Variable], reach: Iterable[tuple[Pieces, Count]]) -> bool:
    for chosen, given in reach:
        if not touch(given, total([count(derived[place].pieces[pieces[place]]) for place in chosen])):
            return False
    return True
