"""Which items are personal of themselves, and which only because a person's row holds them (PIPL Art 4).

A name, a birth date, a salary identifies or describes a person wherever it stands, masked and generalised too. The
amount, the product or the time of an order relates to somebody only as long as the row leads to that somebody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.inventory import OPEN_TEXTS, IdentityRole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kouan.model.inventory import Item
    from kouan.recognize.lexicon import Lexicon

_DESCRIBING = {IdentityRole.DIRECT, IdentityRole.QUASI, IdentityRole.SENSITIVE}
_OPEN = {*OPEN_TEXTS, "unknown"}
_OF_THE_ROW = {"event_date", "account_time", "order_id", "record_id", "care_site"}
"""Quasi-identifiers that describe what happened, and lead to a person only through the rest of the row."""


def is_intrinsic(meaning: str, lexicon: Lexicon) -> bool:
    """Tell whether an item of a meaning identifies or describes a person by itself, once its table is about persons."""
    if meaning == "pseudonym" or meaning in lexicon.subject_keys:
        return True
    return lexicon.meanings[meaning].role in _DESCRIBING and meaning not in _OF_THE_ROW


def still_relates(items: Iterable[Item], lexicon: Lexicon) -> bool | None:
    """Tell whether rows of a treated table relate to persons yet, by the items left in it as they were before.

    An order number counts as well: it leads back to the buyer in the exporter's own system. None when only items are
    left that a person must judge.
    """
    kept = [item for item in items if item.personal is not False]
    if any(item.personal and (is_intrinsic(item.meaning, lexicon) or item.meaning == "order_id") for item in kept):
        return True
    return None if any(item.meaning in _OPEN for item in kept) else False
