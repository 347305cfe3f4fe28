"""Inventories for tests of the rooms that read them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kouan.model.facts import Range
from kouan.model.inventory import IdentityRole, Inventory, Item, PersonCount, Sensitivity, Tier
from kouan.model.items import split_item_id
from kouan.model.text import same

if TYPE_CHECKING:
    from collections.abc import Sequence


def item(
    item_id: str,
    *,
    meaning: str = "unknown",
    role: str = "other",
    personal: bool | None = True,
    sensitive: bool | None = False,
    subject: str | None = None,
    cells: int = 0,
    nulls: int = 0,
) -> Item:
    """Return an item with this verdict."""
    name = split_item_id(item_id)[2]
    return Item(
        id=item_id,
        name=name,
        type="string",
        meaning=meaning,
        label=same(meaning),
        category="business" if personal is False else "其他信息",
        personal=personal,
        sensitive=Sensitivity(value=sensitive),
        role=IdentityRole(role),
        subject=subject,
        tier=Tier.CONFIRMED,
        cells=cells,
        nulls=nulls,
        reason=same("test"),
    )


def persons(subject: str, *keys: str) -> PersonCount:
    """Return a count of some persons told apart by these items."""
    some = Range(lo=1, hi=1)
    return PersonCount(subject=subject, persons=some, sensitive=some, under14=some, keys=keys, method=same("test"))


def inventory(*items: Item, persons: Sequence[PersonCount] = ()) -> Inventory:
    """Return an inventory of these items."""
    return Inventory(as_of=dt.date(2026, 11, 1), sources=(), items=items, persons=tuple(persons))
