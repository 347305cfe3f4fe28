"""What recognition is given of one source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.formats.source import Source
    from kouan.model.declaration import SourceSpec
    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import PlanLine
    from kouan.packs import Sector


@dataclass(frozen=True, slots=True)
class SourceInput:
    """One source to be inspected.

    Attributes:
        spec: what the declaration says of it; `spec.path` is the first part of item ids.
        source: the opened file.
        sectors: standards whose files are known.
        treated: what was done to items, by item id; empty for raw data.
        original: inventory before treatment: treated columns keep their meaning, subject and personal status.
        fewer: treatment may have dropped columns that the declaration speaks of, and nothing said of it is believed:
            each column is read for what it is.
    """

    spec: SourceSpec
    source: Source
    sectors: tuple[Sector, ...] = ()
    treated: Mapping[str, PlanLine] = field(default_factory=dict)
    original: Inventory | None = None
    fewer: bool = False

    def original_item(self, item_id: str) -> Item | None:
        """Return the item as it was before treatment, or None for raw data."""
        if self.original is None:
            return None
        return next((item for item in self.original.items if item.id == item_id), None)
