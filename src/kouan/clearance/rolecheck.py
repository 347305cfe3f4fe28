"""Whether what items are in the treated inventory follows from the raw one and the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.recognize.treating import foresee

if TYPE_CHECKING:
    from kouan.model.inventory import Inventory
    from kouan.model.plan import Plan


def first_other_role(raw: Inventory, treated: Inventory, plan: Plan) -> str | None:
    """Return the first treated item whose role, or whether it is personal, does not follow; None where all do."""
    seen = {item.id: item for item in foresee(raw, {line.item: line for line in plan.lines})}
    for item in treated.items:
        one = seen.get(item.id)
        if one is None or (item.role, item.personal) != (one.role, one.personal):
            return item.id
    return None
