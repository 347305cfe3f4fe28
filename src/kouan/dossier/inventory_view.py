"""Items grouped by source and table, each with what the plan does and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.model.inventory import IdentityRole
from kouan.model.items import split_item_id
from kouan.model.plan import Action

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.model.inventory import EntityReport, Inventory, Item, SourceReport
    from kouan.model.plan import Plan, PlanLine
    from kouan.model.text import Text
    from kouan.model.treatment import TreatedItem, Treatment


MANY = 25
"""Items of one table from which those that say little are shown apart."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item; `plan` and `done` are None where there is none.

    Attributes:
        why: number of the plan's reason among those of the table, from 1.
    """

    item: Item
    plan: PlanLine | None
    done: TreatedItem | None
    why: int | None


@dataclass(frozen=True, slots=True)
class EntityGroup:
    """One table of a source with its items in column order, and each reason of the plan once.

    Attributes:
        rows: items to read first.
        plain: of a table of many items those that say little about anybody and stay as they are, such as the codes
            of a standard.
    """

    entity: EntityReport
    rows: tuple[ItemRow, ...]
    reasons: tuple[Text, ...]
    plain: tuple[ItemRow, ...] = ()


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
    items: dict[tuple[str, str], list[Item]] = {}
    for item in inventory.items:
        source, entity, _ = split_item_id(item.id)
        items.setdefault((source, entity), []).append(item)
    return tuple(
        SourceGroup(
            source=source,
            entities=tuple(
                _group(one, items.get((source.path, one.name), []), lines=lines, done=done) for one in source.entities
            ),
        )
        for source in inventory.sources
    )


def _group(
    entity: EntityReport, items: Sequence[Item], *, lines: Mapping[str, PlanLine], done: Mapping[str, TreatedItem]
) -> EntityGroup:
    reasons = tuple(dict.fromkeys(lines[one.id].why for one in items if one.id in lines))
    number = {why: place for place, why in enumerate(reasons, start=1)}
    rows = []
    for one in items:
        line = lines.get(one.id)
        rows.append(ItemRow(one, line, done.get(one.id), number[line.why] if line else None))
    plain = [row for row in rows if is_plain(row.item) and row.plan is not None and row.plan.action is Action.KEEP]
    if len(items) < MANY or len(plain) == len(rows):
        plain = []
    aside = {row.item.id for row in plain}
    return EntityGroup(entity, tuple(row for row in rows if row.item.id not in aside), reasons, tuple(plain))


def is_plain(item: Item) -> bool:
    """Tell whether an item neither tells persons apart nor is, or may be, sensitive."""
    return item.role is IdentityRole.OTHER and item.sensitive.value is False


def steps_of(item: Item) -> tuple[str, str] | None:
    """Return the last two steps of an item's path in a document, and the whole path; None for a plain column."""
    *_, path = split_item_id(item.id)
    if "/" not in path:
        return None
    return "/".join(path.split("/")[-2:]), path
