"""`kouan inspect --out`: the inventory as a document, a workbook, a page or a list, by the ending of the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance.tool import tool
from kouan.clearance.workfolder import disk_errors
from kouan.cli import messages
from kouan.dossier.inventory_page import render_inventory
from kouan.dossier.inventory_workbook import inventory_workbook
from kouan.dossier.sheets import items_csv
from kouan.model.files import write_document, write_whole

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from kouan.model.inventory import Inventory

ENDINGS = (".json", ".xlsx", ".html", ".csv")


def check_out(out: Path, *, force: bool) -> None:
    """Refuse a name before any data are read. Raises KouanError K-CLI-004, K-CLI-032."""
    if out.suffix.lower() not in ENDINGS:
        raise messages.INVENTORY_ENDING.at(str(out), endings=" ".join(ENDINGS))
    if out.exists() and not force:
        raise messages.FILE_EXISTS.at(str(out))


def write_inventory(out: Path, inventory: Inventory, *, lang: str, title: str, made_at: dt.datetime) -> None:
    """Write an inventory under a name that `check_out` let pass. Raises KouanError K-CLR-013 for a full disk."""
    kind = out.suffix.lower()
    with disk_errors(out):
        if kind == ".json":
            write_document(out, "inventory", inventory)
        elif kind == ".xlsx":
            write_whole(out, inventory_workbook(inventory, lang=lang))
        elif kind == ".csv":
            write_whole(out, items_csv(inventory, None))
        else:
            page = render_inventory(inventory, lang=lang, title=title, made_at=made_at, tool=tool())
            write_whole(out, page.encode())
