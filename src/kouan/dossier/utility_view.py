"""What treatment took from a table's items: those that tell less now first, the untouched ones apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.dossier.inventory_view import MANY
from kouan.model.plan import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.model.utility import ItemUtility


def touched(items: Sequence[ItemUtility]) -> tuple[Sequence[ItemUtility], Sequence[ItemUtility]]:
    """Return the items to read and those left exactly as they were; of a table of few items all are to be read."""
    if len(items) < MANY:
        return items, ()
    same = [one for one in items if _same(one)]
    return [one for one in items if not _same(one)], same


def _same(one: ItemUtility) -> bool:
    return one.action is Action.KEEP and not one.emptied and one.kept in {None, 1} and not one.distance
