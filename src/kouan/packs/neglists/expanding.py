"""From one list to its provisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.packs.neglists.clauses import Shared
from kouan.packs.neglists.papers import Made, PaperMaker
from kouan.packs.neglists.rules import RuleMaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kouan.model.neglist import NegativeList


def expand(one: NegativeList, earlier: Iterable[str]) -> Iterator[Made]:
    """Yield the provisions of a list.

    Args:
        one: the list.
        earlier: ids of the editions that it replaces; who names one of them means this one from its day on.
    """
    shared = Shared(one, tuple(earlier))
    rules = RuleMaker(one, shared)
    for made in (rules.bands(), rules.unread(), rules.ciio()):
        for rule, at in made:
            yield "rules", rule, at
    papers = PaperMaker(one, shared)
    yield from papers.steps()
    yield from papers.formalities()
    yield from papers.changes()
    yield from papers.notes()
