"""What a sector's standard says of the items of its files: a person's word goes before it, plain identifiers too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.formats.source import SHAPE
from kouan.model.inventory import PROSE, IdentityRole, Tier
from kouan.recognize import reasons
from kouan.recognize.judge import Reading, seen_in_values
from kouan.recognize.subjects import named_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.formats.source import Entity
    from kouan.model.sector import SectorItem
    from kouan.packs import Sector
    from kouan.recognize.lexicon import Lexicon
    from kouan.recognize.profile import Profile

ANYBODY = "person"
"""What is declared when nobody said whose data they are."""


@dataclass(frozen=True, slots=True)
class Standard:
    """The standard that one table follows.

    Attributes:
        sector: the standard.
        table: name of the table.
        role: of the person that a record of the table is about, as declared; None when about nobody.
        other: role of persons whom a table about nobody refers to.
    """

    sector: Sector
    table: str
    role: str | None
    other: str

    def item(self, path: str) -> SectorItem | None:
        """Return what the standard says of a column or tree path."""
        return self.sector.find(self.table, path)

    def keys(self, one: SectorItem) -> bool:
        """Tell whether persons are told apart by an item."""
        return one.element in self.sector.schema.keys

    def reading(self, one: SectorItem, profile: Profile, *, lexicon: Lexicon) -> Reading:
        """Return the verdict on an item: the standard's, unless its values are identifiers that it does not expect."""
        label = reasons.SECTOR if one.confidence == "H" else reasons.SECTOR_SECOND_HAND
        reason = label.fill(standard=self.sector.schema.standard, element=one.element, label=one.label)
        seen = seen_in_values(profile, lexicon)
        harmless = role_of(one, lexicon) is not IdentityRole.DIRECT and one.meaning not in PROSE
        if seen is None or not harmless or _is_weaker(seen, lexicon):
            return Reading(one.meaning, Tier.CONFIRMED, reason, named=True)
        note = reasons.OVERRULED.fill(
            standard=self.sector.schema.short, label=one.label, found=lexicon.meanings[seen.meaning].label
        )
        return Reading(seen.meaning, seen.tier, reasons.join(reason, seen.reason), named=False, notes=(note,))


def role_of(one: SectorItem, lexicon: Lexicon) -> IdentityRole:
    """Return the role of an item in re-identification."""
    return one.role or lexicon.meanings[one.meaning].role


def standard_of(
    entity: Entity, sectors: Sequence[Sector], declared: Sequence[str], lexicon: Lexicon
) -> Standard | None:
    """Return the standard that a table follows: by the shape its reader names, else by its columns; None for none."""
    shape = (entity.schema.metadata or {}).get(SHAPE, b"").decode()
    by_shape = (one for one in sectors if one.schema.tree is not None and one.schema.tree.id == shape)
    by_columns = (one for one in sectors if not shape and one.covers(entity.schema.names))
    sector = next(by_shape, None) or next(by_columns, None)
    if sector is None:
        return None
    roles = [role for role in sector.schema.subjects.values() if role is not None]
    role = sector.subject(entity.name)
    main = _as_declared(roles[0], roles, declared, lexicon)
    return Standard(sector, entity.name, None if role is None else _as_declared(role, roles, declared, lexicon), main)


def _as_declared(role: str, roles: Sequence[str], declared: Sequence[str], lexicon: Lexicon) -> str:
    """Return what the declaration calls a role; the first it names is whom the files are about."""
    named = named_as(role, declared, lexicon)
    unknown = named not in declared and role == roles[0] and declared and declared[0] not in (*roles, ANYBODY)
    return declared[0] if unknown else named


def _is_weaker(seen: Reading, lexicon: Lexicon) -> bool:
    return seen.meaning not in PROSE and lexicon.meanings[seen.meaning].role is not IdentityRole.DIRECT
