"""The inventory alone as a page: what the data are and how many persons stand in them, with masked samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.dossier.inventory_view import groups_of
from kouan.dossier.itemnames import short_names
from kouan.dossier.page import render

if TYPE_CHECKING:
    import datetime as dt

    from kouan.model.inventory import Inventory


def render_inventory(inventory: Inventory, *, lang: str, title: str, made_at: dt.datetime, tool: str) -> str:
    """Return an inventory as one self-contained page in both languages, without script.

    Args:
        inventory: of raw data; its samples are masked at the source.
        lang: the language shown first, "zh" or "en".
        title: what was inspected.
        made_at: instant of the page.
        tool: name and version of the software.
    """
    return render(
        "inventory.html.j2",
        lang=lang,
        inventory=inventory,
        groups=groups_of(inventory, None, None),
        title=title,
        made_at=made_at,
        tool=tool,
        planned=False,
        brief=False,
        item_names=short_names(item.id for item in inventory.items),
    )
