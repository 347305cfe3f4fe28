"""How the outcomes of the open facts are found: in one table, or by search where counts split each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kouan.law.completions import Search
from kouan.law.kept import keep
from kouan.law.table import linked
from kouan.law.truthtable import LARGEST, Draft, size_of
from kouan.law.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.law.compiled import Law, Menu
    from kouan.law.diagram import Outcomes
    from kouan.law.kleene import Truths
    from kouan.law.known import Known
    from kouan.law.variables import Variable


class Solved(Protocol):
    """The outcomes of some flows under every completion of the open facts.

    Attributes:
        menu: numbers the outcomes.
        flows: of the transfer.
    """

    menu: Menu
    flows: tuple[int, ...]

    @property
    def variables(self) -> list[Variable]:
        """The open facts, by number; of counts, the pieces may be those of a transfer alike."""

    @property
    def first_derived(self) -> int:
        """Number of the first variable that is a derived counter."""

    def vectors(self, number: int = -1, piece: int = -1) -> frozenset[Outcomes]:
        """Return the outcomes of the flows together, with one variable held to a piece if given."""

    def asked(self) -> Mapping[int, set[int]]:
        """Return the variables that matter, each with the pieces met."""

    def bearing(self) -> Mapping[int, set[int]]:
        """Return the flows on whose outcome each variable bears."""


_DRAFTS = 512
_SMALL = 1 << 12
"""Most combinations of a table that is kept."""
_drafts: dict[tuple[object, ...], Draft | Variables] = {}
"""Of transfers that no test tells apart, what their solutions share; without effect on results."""


def solve(law: Law, known: Known, *, flows: Sequence[int], truths: Sequence[Truths]) -> Solved:
    """Return the outcomes of some flows. Raises TooLargeError."""
    # A count in one of several ranges has pieces that its class does not tell.
    key = None if known.several else _key(law, known, flows)
    found = None if key is None else _drafts.get(key)
    if isinstance(found, Draft):
        return found.table(known, found.variables.moved(known))
    variables = Variables(law, known, flows=flows, truths=truths) if found is None else found.moved(known)
    if found is None and not linked(law, variables.all) and size_of(variables.all) <= LARGEST:
        draft = Draft(law, known, variables, flows=flows, truths=truths)
        if key is not None and size_of(variables.all) <= _SMALL:
            keep(_drafts, key, draft, most=_DRAFTS)
        return draft.table(known, variables)
    if key is not None:
        keep(_drafts, key, variables, most=_DRAFTS)
    return Search(law, known, variables, flows=flows, truths=truths)


def _key(law: Law, known: Known, flows: Sequence[int]) -> tuple[object, ...]:
    seen = law.regime.evaluator.seen
    return (law, tuple(flows), tuple([seen(one) for one in known.classes]), known.own, known.adds)
