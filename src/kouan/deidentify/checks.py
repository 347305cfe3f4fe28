"""Whether a plan fits its inventory and leaves nobody named."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from kouan.deidentify import messages
from kouan.deidentify.planfile import line_places
from kouan.deidentify.rules import BadParamsError, transform
from kouan.model.inventory import IdentityRole
from kouan.model.plan import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import Plan, PlanLine


def check_plan(plan: Plan, inventory: Inventory, where: str, *, text: str | None = None) -> None:
    """Refuse a plan that does not fit.

    A direct identifier or free text may stay only where the line itself says why: `params: {accepted: "reason"}`.

    Args:
        plan: as made or as read back.
        inventory: of the raw data.
        where: the plan's name for error messages.
        text: the YAML it was read from; errors then name the line.

    Raises:
        KouanError: K-DEI-001 to K-DEI-006.
    """
    items = {item.id: item for item in inventory.items}
    places = {} if text is None else line_places(text, where)
    seen: set[str] = set()
    for line in plan.lines:
        place = places.get(line.item, where)
        if line.item not in items:
            raise messages.ITEM_UNKNOWN.at(place, item=line.item, guess=_guess(line.item, items))
        if line.item in seen:
            raise messages.ITEM_TWICE.at(place, item=line.item)
        seen.add(line.item)
        _check_line(line, items[line.item], place)
    for item in inventory.items:
        if item.id not in seen:
            raise messages.ITEM_MISSING.at(where, item=item.id)
    if not plan.key.strip() and any(line.action is Action.PSEUDONYM for line in plan.lines):
        raise messages.KEY_MISSING.at(where)


def _check_line(line: PlanLine, item: Item, place: str) -> None:
    try:
        transform(line, meaning=item.meaning, key=b"")
    except BadParamsError as error:
        raise messages.PARAMS.at(place, item=line.item, problem=error.problem) from None
    free_text = item.meaning == "free_text"
    if line.action is Action.KEEP and "accepted" not in line.params and (free_text or item.role is IdentityRole.DIRECT):
        what = messages.FREE_TEXT if free_text else messages.DIRECT
        raise messages.DIRECT_KEPT.at(place, item=line.item, what=what)


def _guess(name: str, items: Mapping[str, Item]) -> str:
    near = difflib.get_close_matches(name, sorted(items), n=1)
    return f" ({near[0]}?)" if near else ""
