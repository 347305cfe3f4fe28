"""Elements for which a standard takes nothing but a whole instant: date, time to the second, zone (FHIR R4 instant)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kouan.deidentify.dates import UNITS
from kouan.model.plan import Action
from kouan.packs import load_sectors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.model.inventory import Item

Params = dict[str, int | str]


def as_instant(item: Item, action: Action, params: Params) -> Params:
    """Return params by which an instant stays one: the first of its day or period, in UTC; others as they are."""
    if not breaks_instant(item, action, params):
        return params
    return {**params, "time": "midnight"} if action is Action.SHIFT else {**params, "form": "instant"}


def breaks_instant(item: Item, action: Action, params: Mapping[str, int | str]) -> bool:
    """Tell whether a treatment leaves of an instant what its standard does not take."""
    if (item.sector, item.element) not in _instants():
        return False
    if action is Action.SHIFT:
        return params.get("time") == "drop"
    return action is Action.GENERALISE and params.get("to") in UNITS and params.get("form") != "instant"


@cache
def _instants() -> frozenset[tuple[str | None, str | None]]:
    return frozenset(
        (one.schema.id, item.element) for one in load_sectors() for item in one.schema.items if item.value == "instant"
    )
