"""Items grouped by source and table, each with what the plan does and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.model.items import split_item_id

if TYPE_CHECKING:
    from kouan.model.inventory import EntityReport, Inventory, Item, SourceReport
    from kouan.model.plan import Plan, PlanLine
    from kouan.model.treatment import TreatedItem, Treatment


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item; `plan` and `done` are None where there is none."""

    item: Item
    plan: PlanLine | None
    done: TreatedItem | None


@dataclass(frozen=True, slots=True)
class EntityGroup:
    """One table of a source with its items in column order."""

    entity: EntityReport
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """One source with its tables."""

    source: SourceReport
    entities: tuple[EntityGroup, ...]


def groups_of(inventory: Inventory | None, plan: Plan | None, treatment: Treatment | None) -> tuple[SourceGroup, ...]:
    """Return the items of an inventory by source and table."""
    if inventory is None:
        return ()
    lines = {line.item: line for line in plan.lines} if plan else {}
    done = {one.item: one for one in treatment.items} if treatment else {}
    rows: dict[tuple[str, str], list[ItemRow]] = {}
    for item in inventory.items:
        source, entity, _ = split_item_id(item.id)
        rows.setdefault((source, entity), []).append(ItemRow(item, lines.get(item.id), done.get(item.id)))
    return tuple(
        SourceGroup(
            source=source,
            entities=tuple(EntityGroup(one, tuple(rows.get((source.path, one.name), ()))) for one in source.entities),
        )
        for source in inventory.sources
    )
