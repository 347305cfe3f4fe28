"""How the outcomes of the open facts are found: in one table, or by search where counts split each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kouan.law.completions import Search
from kouan.law.table import linked
from kouan.law.truthtable import LARGEST, TruthTable, size_of
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
        """The open facts, by number."""

    @property
    def first_derived(self) -> int:
        """Number of the first variable that is a derived counter."""

    def vectors(self, number: int = -1, piece: int = -1) -> frozenset[Outcomes]:
        """Return the outcomes of the flows together, with one variable held to a piece if given."""

    def asked(self) -> Mapping[int, set[int]]:
        """Return the variables that matter, each with the pieces met."""

    def bearing(self) -> Mapping[int, set[int]]:
        """Return the flows on whose outcome each variable bears."""


def solve(law: Law, known: Known, *, flows: Sequence[int], truths: Sequence[Truths]) -> Solved:
    """Return the outcomes of some flows. Raises TooLargeError."""
    variables = Variables(law, known, flows=flows, truths=truths)
    if not linked(law, variables.all) and size_of(variables.all) <= LARGEST:
        return TruthTable(law, known, variables, flows=flows, truths=truths)
    return Search(law, known, variables, flows=flows, truths=truths)
