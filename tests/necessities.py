"""Judgements of necessity for tests of the rooms that read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.necessity import Answer, ItemNecessity, Necessity, Standing
from kouan.model.text import same

if TYPE_CHECKING:
    from kouan.model.inventory import Item
    from kouan.model.necessity import ItemStanding


def necessity(*judged: tuple[Item, ItemStanding], leaves: bool = True) -> Necessity:
    """Return a judgement in which items stand so, and all of them leave or none."""
    items = tuple(
        ItemNecessity(
            item=one.id,
            name=one.name,
            label=one.label,
            meaning=one.meaning,
            sensitive=None,
            standing=standing,
            leaves=leaves,
            reason=same("r"),
        )
        for one, standing in judged
    )
    answer = Answer(standing=Standing.OPEN, ask=same("?"))
    return Necessity(
        scenario="s", purpose=None, label=same("s"), export=answer, persons=answer, range=answer, items=items
    )
