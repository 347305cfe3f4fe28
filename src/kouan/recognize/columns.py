"""A column between its verdict and its place in the inventory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.model.inventory import OPEN_TEXTS, PROSE
from kouan.model.items import item_id
from kouan.recognize.evidence import CHANCE
from kouan.recognize.profile import empty_profile

if TYPE_CHECKING:
    from kouan.model.inventory import IdentityRole, KnownWord, Sensitivity
    from kouan.model.text import Text
    from kouan.recognize.judge import Reading
    from kouan.recognize.naming import NameMatch
    from kouan.recognize.profile import Profile
    from kouan.recognize.subjects import Place


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one table with everything known of it.

    Attributes:
        source, table: names as in the item id.
        profile, match, reading: counts, name, verdict.
        place: whose data it holds.
        label, category, role: as in the inventory.
        sensitive: verdict on the item by its meaning alone (children are judged later).
        personal: relates to a person; None when a person must say.
        intrinsic: identifies or describes a person by itself, not only through the row it stands in.
        freed: was personal, and after treatment no longer relates to anybody.
        element, sector: of a sector's standard, or empty.
        counted: False where a standard's item only refers to somebody whose own record stands elsewhere, if any.
        known: a person's word on whether others may know it.
        key: kind of subject key that tells persons apart by this column, or None: `ric`, `id:member`, `mobile`,
            `email`, `name`, `birth`, `age`.
    """

    source: str
    table: str
    profile: Profile
    match: NameMatch
    reading: Reading
    place: Place
    label: Text
    category: str
    role: IdentityRole
    sensitive: Sensitivity
    personal: bool | None
    intrinsic: bool
    freed: bool
    element: str
    sector: str
    counted: bool
    key: str | None
    known: KnownWord | None = None

    @property
    def id(self) -> str:
        """Item id."""
        return item_id(self.source, self.table, self.profile.name)

    def bare(self) -> Column:
        """Return the column with the numbers of its profile and none of its values."""
        known, bare = self.profile, empty_profile(self.profile.name, pa.null())
        bare = replace(bare, type=known.type, kind=known.kind, cells=known.cells, missing=known.missing)
        return replace(self, profile=bare)

    @property
    def judged(self) -> bool:
        """Tell whether it is, or may be, sensitive personal information."""
        return self.personal is not False and self.sensitive.value is not False

    @property
    def names_somebody(self) -> bool:
        """Tell whether it is a text that names somebody for certain, who need not be the person of its row."""
        return self.reading.meaning in OPEN_TEXTS and bool(self.personal)

    @property
    def has_rows(self) -> bool:
        """Tell whether it shows that its rows are persons to be counted."""
        return self.counted and bool(self.personal) and not self.names_somebody

    @property
    def may_name_others(self) -> bool:
        """Tell whether it is a text in which identifiers or names were found."""
        if self.reading.meaning not in PROSE:
            return False
        named = self.profile.prose.found
        found = any(count for key, count in self.profile.counts.items() if key.partition("/")[0] in CHANCE)
        return found or named["name/confirmed"] + named["name/suspected"] > 0
