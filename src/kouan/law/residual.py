"""What is left of conditions once the known facts are put in: small formulas over the open facts.

A formula is interned: equal formulas are one object, so that states of the search can be compared by identity.
Negation is carried down to the literals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """A formula over open facts.

    Attributes:
        op: `true`, `false`, `lit`, `all`, `any` or `at_least`.
        parts: of a group.
        n: of `at_least`.
        variable, pieces: of a literal: it holds when the variable lies in one of these pieces (a bit each).
        open: bit per variable that occurs.
        order: number in order of creation, for a fixed order of parts.
    """

    op: str
    parts: tuple[Formula, ...] = ()
    n: int = 0
    variable: int = -1
    pieces: int = 0
    open: int = 0
    order: int = 0


TRUE = Formula("true")
FALSE = Formula("false", order=1)


@dataclass(slots=True)
class Formulas:
    """Makes and keeps the formulas of one search.

    Attributes:
        domains: of each variable, the bits of all its pieces.
    """

    domains: Sequence[int]
    _kept: dict[tuple[object, ...], Formula] = field(default_factory=dict)
    _assumed: dict[tuple[int, int, int], Formula] = field(default_factory=dict)

    def literal(self, variable: int, pieces: int) -> Formula:
        """Return “the variable lies in these pieces”."""
        pieces &= self.domains[variable]
        if pieces == 0:
            return FALSE
        if pieces == self.domains[variable]:
            return TRUE
        key = ("lit", variable, pieces)
        found = self._kept.get(key)
        if found is None:
            found = Formula("lit", (), 0, variable, pieces, 1 << variable, self._next())
            self._kept[key] = found
        return found

    def every(self, parts: Iterable[Formula]) -> Formula:
        """Return the conjunction."""
        kept = {part for part in parts if part is not TRUE}
        return FALSE if FALSE in kept else self._group("all", kept, empty=TRUE)

    def some(self, parts: Iterable[Formula]) -> Formula:
        """Return the disjunction."""
        kept = {part for part in parts if part is not FALSE}
        return TRUE if TRUE in kept else self._group("any", kept, empty=FALSE)

    def at_least(self, n: int, parts: Iterable[Formula]) -> Formula:
        """Return “at least n of the parts”, equal parts counted as often as they stand there."""
        kept = [part for part in parts if part is not FALSE]
        n -= sum(part is TRUE for part in kept)
        kept = sorted((part for part in kept if part is not TRUE), key=lambda part: part.order)
        if n <= 0:
            return TRUE
        if n >= len(kept):
            return self.every(kept) if n == len(kept) else FALSE
        if n == 1:
            return self.some(kept)
        return self._make("at_least", tuple(kept), n)

    def group(self, op: str, n: int, parts: Iterable[Formula]) -> Formula:
        """Return a group by the name of its operation."""
        if op == "at_least":
            return self.at_least(n, parts)
        return self.every(parts) if op == "all" else self.some(parts)

    def assume(self, formula: Formula, variable: int, piece: int) -> Formula:
        """Return the formula once a variable that occurs in it is known to lie in one piece."""
        if formula.op == "lit":
            return TRUE if formula.pieces >> piece & 1 else FALSE
        key = (formula.order, variable, piece)
        found = self._assumed.get(key)
        if found is None:
            bit = 1 << variable
            parts = [self.assume(part, variable, piece) if part.open & bit else part for part in formula.parts]
            found = self._assumed[key] = self.group(formula.op, formula.n, parts)
        return found

    def _group(self, op: str, parts: set[Formula], *, empty: Formula) -> Formula:
        if not parts:
            return empty
        if len(parts) == 1:
            return parts.pop()
        flat = {inner for part in parts for inner in (part.parts if part.op == op else (part,))}
        return self._make(op, tuple(sorted(flat, key=lambda part: part.order)), 0)

    def _make(self, op: str, parts: tuple[Formula, ...], n: int) -> Formula:
        key = (op, n, *[part.order for part in parts])
        found = self._kept.get(key)
        if found is None:
            open_ = 0
            for part in parts:
                open_ |= part.open
            found = self._kept[key] = Formula(op, parts, n, -1, 0, open_, self._next())
        return found

    def _next(self) -> int:
        return len(self._kept) + 2
