"""What a sector's standard does to an item unless a person says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.deidentify import reasons
from kouan.deidentify.unless import PARTNER
from kouan.model.items import split_item_id
from kouan.model.plan import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.model.inventory import Inventory, Item
    from kouan.model.sector import SectorItem, SectorSchema
    from kouan.model.text import Text
    from kouan.packs import Sector


_WORDED = frozenset({"display", "displayName", "@displayName", "originalText", "text"})
"""What stands beside a code for people to read: whoever fills it in by hand may write a name there."""


@dataclass(frozen=True, slots=True)
class Default:
    """The treatment of one item, and why."""

    action: Action
    params: dict[str, int | str]
    why: Text


class Defaults:
    """The defaults of all items of an inventory."""

    def __init__(self, sectors: Sequence[Sector], inventory: Inventory) -> None:
        self._sectors = {sector.schema.id: sector for sector in sectors}
        self._tables: dict[tuple[str, str], list[Item]] = {}
        for item in inventory.items if sectors else ():
            self._tables.setdefault(split_item_id(item.id)[:2], []).append(item)

    def find(self, item: Item) -> Default | None:
        """Return the default of an item; None where no standard speaks, or the item is not what the standard says."""
        source, entity, path = split_item_id(item.id)
        sector = self._sectors.get(item.sector)
        found = sector.find(entity, path) if sector is not None else None
        if sector is None or found is None or (found.element, found.meaning) != (item.element, item.meaning):
            return None
        default = self._default(found, sector.schema, self._tables[source, entity])
        if default is None or default.action is not Action.KEEP or path.rpartition("/")[2] not in _WORDED:
            return default
        why = reasons.SECTOR[Action.SCRUB]
        return Default(
            Action.SCRUB, {}, why.fill(standard=sector.schema.short, element=found.element, label=found.label)
        )

    def is_foreign(self, item: Item) -> bool:
        """Tell whether an item stands among those of a standard that does not know it."""
        return not item.sector and any(one.sector in self._sectors for one in self._table(item))

    def person_column(self, item: Item) -> str | None:
        """Return the column of an item's table by which its standard tells persons apart; None where it names none."""
        sector = self._sectors.get(item.sector)
        return None if sector is None else _subject_key(sector.schema, self._table(item))

    def _table(self, item: Item) -> Sequence[Item]:
        return self._tables.get(split_item_id(item.id)[:2], ())

    def _default(self, found: SectorItem, schema: SectorSchema, table: Sequence[Item]) -> Default | None:
        if found.treatment is None:
            return None
        action, params = found.treatment.action, dict(found.treatment.params)
        why = reasons.SECTOR[action]
        if PARTNER in params:
            beside = _column(str(params[PARTNER]), table)
            if beside is None:
                action, params, why = Action.DROP, {}, reasons.SECTOR[Action.DROP]
            else:
                params[PARTNER] = beside
        if action is Action.SHIFT:
            by = _subject_key(schema, table)
            if by is None:
                action, params, why = Action.GENERALISE, {"to": "year"}, reasons.NO_SUBJECT
            else:
                params["by"] = by
        return Default(action, params, why.fill(standard=schema.short, element=found.element, label=found.label))


def _column(name: str, table: Sequence[Item]) -> str | None:
    """Return the column of a table that a standard calls so; SDTM writes names in capitals, files may not."""
    return next((path for item in table if (path := split_item_id(item.id)[2]).upper() == name.upper()), None)


def _subject_key(schema: SectorSchema, table: Sequence[Item]) -> str | None:
    """Return the column of a table that tells its persons apart: one value a row, the schema's first key first."""
    for element in schema.keys:
        for item in table:
            if item.element == element and not item.type.startswith("list"):
                return split_item_id(item.id)[2]
    return None
