"""A decision diagram: which outcomes every completion of the open facts leads to, equal parts shared and merged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Outcomes = tuple[int, ...]
"""One outcome number per flow."""


@dataclass(slots=True)
class Diagram:
    """Nodes by number; a node is an end with outcomes, or asks one variable and has one branch per possible piece.

    Variables are asked in rising order, and a node whose branches all lead to the same place is never made: a variable
    occurs exactly when it matters.
    """

    ends: list[Outcomes | None] = field(default_factory=list)
    asks: list[tuple[int, tuple[tuple[int, int], ...]]] = field(default_factory=list)
    _kept: dict[object, int] = field(default_factory=dict)

    def end(self, outcomes: Outcomes) -> int:
        """Return the node at which these outcomes are settled."""
        return self._keep(("end", outcomes), outcomes, (-1, ()))

    def ask(self, variable: int, branches: tuple[tuple[int, int], ...]) -> int:
        """Return the node that asks a variable; `branches` are pairs of piece and node."""
        if all(branch[1] == branches[0][1] for branch in branches):
            return branches[0][1]
        return self._keep((variable, branches), None, (variable, branches))

    def reached(self, node: int, variable: int = -1, piece: int = -1) -> frozenset[Outcomes]:
        """Return the outcomes that can be reached, with one variable held to a piece if given."""
        found: set[Outcomes] = set()
        seen: set[int] = set()
        pending = [node]
        while pending:
            at = pending.pop()
            if at in seen:
                continue
            seen.add(at)
            outcomes = self.ends[at]
            if outcomes is not None:
                found.add(outcomes)
                continue
            asked, branches = self.asks[at]
            pending += [to for key, to in branches if asked != variable or key == piece]
        return frozenset(found)

    def asked(self, node: int) -> dict[int, set[int]]:
        """Return the variables that matter below a node, each with the pieces met."""
        found: dict[int, set[int]] = {}
        for at in self._below(node):
            variable, branches = self.asks[at]
            if variable >= 0:
                found.setdefault(variable, set()).update(piece for piece, _ in branches)
        return found

    def mapped(
        self, node: int, change: Callable[[Outcomes], Outcomes], into: Diagram | None = None
    ) -> tuple[Diagram, int]:
        """Return the diagram with the outcomes changed, merged anew (into another, if given)."""
        result = Diagram() if into is None else into
        done: dict[int, int] = {}

        def walk(at: int) -> int:
            if at not in done:
                outcomes = self.ends[at]
                if outcomes is not None:
                    done[at] = result.end(change(outcomes))
                else:
                    variable, branches = self.asks[at]
                    done[at] = result.ask(variable, tuple((piece, walk(to)) for piece, to in branches))
            return done[at]

        return result, walk(node)

    def _below(self, node: int) -> set[int]:
        seen: set[int] = set()
        pending = [node]
        while pending:
            at = pending.pop()
            if at not in seen:
                seen.add(at)
                pending += [to for _, to in self.asks[at][1]]
        return seen

    def _keep(self, key: object, outcomes: Outcomes | None, asks: tuple[int, tuple[tuple[int, int], ...]]) -> int:
        place = self._kept.get(key)
        if place is None:
            place = self._kept[key] = len(self.ends)
            self.ends.append(outcomes)
            self.asks.append(asks)
        return place
