"""Names of data items: `source!entity#path`, NFC, without indices (DESIGN 4.11)."""

from __future__ import annotations

import unicodedata


def item_id(source: str, entity: str, path: str) -> str:
    """Return the id of an item.

    Args:
        source: the source's path as the declaration writes it.
        entity: table, sheet or record kind inside the source; the file's stem for single tables.
        path: column name or tree path.
    """
    return unicodedata.normalize("NFC", f"{source}!{entity}#{path}")


def split_item_id(item: str) -> tuple[str, str, str]:
    """Return (source, entity, path) of an item id. Raises ValueError if it is not one."""
    head, mark, path = item.partition("#")
    source, bang, entity = head.rpartition("!")
    if not mark or not bang:
        raise ValueError(item)
    return source, entity, path
