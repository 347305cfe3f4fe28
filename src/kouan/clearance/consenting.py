"""Who in the data has a standing consent, and which rows are kept back because somebody in them has none.

It runs where consent is the ground (PIPL Art 13(1)(1)): on another ground of Art 13(1)(2) to (7) no consent is needed
(Art 13(2)), so a declaration that names several grounds says for whom consent is one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from kouan.clearance import consent_messages
from kouan.clearance.consentbook import Hasher, Wanted, read_book
from kouan.deidentify.columns import as_text
from kouan.engine.threads import map_ordered
from kouan.model.consent import Consent, ConsentTable
from kouan.model.declaration import Basis, PartyRole
from kouan.model.items import split_item_id
from kouan.model.text import Text
from kouan.recognize.days import YES, age_under14, read_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kouan.formats.source import Entity, Source
    from kouan.model.consent import ConsentSpec
    from kouan.model.declaration import Declaration
    from kouan.model.inventory import Inventory, Item
    from kouan.model.ports import KeyStore
    from kouan.model.strictyaml import Loaded
    from kouan.model.time import LegalDay

_NO_CONSENT = Text(zh="写了台账，basis 中却没有 consent", en="a ledger is named and basis has no consent")
_NARROWED = Text(
    zh="basis 只有 consent，applies_to 却只写了部分主体",
    en="consent is the only ground and applies_to leaves somebody out",
)
_NO_ROLE = Text(
    zh="applies_to 中的“{name}”不在任何来源的 subjects 中", en="“{name}” of applies_to is in no source's subjects"
)
_NO_ITEM = Text(zh="没有数据项与“{name}”相符", en="no item matches “{name}”")
_NO_KEY = Text(
    zh="“{source}”的“{entity}”含有这些人的个人信息，但没有识别个人的数据项",
    en="“{entity}” of “{source}” is about these persons and has no item that names them",
)
_BIRTHS = frozenset({"birth_date", "age"})


def key_purpose(day: LegalDay) -> str:
    """Return the purpose of the key under which persons of a ledger are compared."""
    return f"consent/{day.year}"


def check_ground(declaration: Declaration, loaded: Loaded) -> None:
    """Refuse a ledger without consent among the grounds, and one that leaves out persons who have no other ground.

    Raises:
        KouanError: K-CLR-038, with the line.
    """
    spec = declaration.consent
    if spec is None:
        return
    where = loaded.at(("consent",))
    if Basis.CONSENT not in declaration.basis:
        raise consent_messages.CONSENT_GROUND.at(where, problem=_NO_CONSENT)
    if spec.applies_to and set(declaration.basis) == {Basis.CONSENT}:
        raise consent_messages.CONSENT_GROUND.at(loaded.at(("consent", "applies_to")), problem=_NARROWED)
    roles = {role for source in declaration.sources for role in source.subjects}
    roles |= {hint.subject for source in declaration.sources for hint in source.items.values() if hint.subject}
    for name in spec.applies_to:
        if name not in roles:
            raise consent_messages.CONSENT_GROUND.at(
                loaded.at(("consent", "applies_to")), problem=_NO_ROLE.fill(name=name)
            )


def recipients_of(declaration: Declaration) -> tuple[str, ...]:
    """Return the names of the recipients that a consent must have been given for."""
    return tuple(dict.fromkeys(party.name for party in declaration.parties_as(PartyRole.RECIPIENT)))


@dataclass(frozen=True, slots=True)
class KeyedTable:
    """One table with items that name the persons concerned.

    Attributes:
        keys: columns that name a person.
        births: columns that tell an age.
    """

    source: str
    entity: str
    keys: tuple[str, ...]
    births: tuple[str, ...]


def keyed_tables(inventory: Inventory, spec: ConsentSpec) -> tuple[KeyedTable, ...]:
    """Return the tables in which persons are named, in the order of the inventory.

    Raises:
        KouanError: K-CLR-039 when a match fits nothing, or a table about the persons concerned names none of them.
    """
    concerned = [item for item in inventory.items if not spec.applies_to or item.subject in spec.applies_to]
    keys = {match: _matching(match, inventory, concerned) for match in spec.key.matches}
    for match, found in keys.items():
        if not found:
            raise consent_messages.CONSENT_KEY.at("consent.key.matches", problem=_NO_ITEM.fill(name=match))
    named = {item.id for found in keys.values() for item in found}
    tables: dict[tuple[str, str], list[Item]] = {}
    for item in inventory.items:
        tables.setdefault(split_item_id(item.id)[:2], []).append(item)
    about = {item.id for item in concerned if item.personal is not False}
    result = []
    for (source, entity), items in tables.items():
        here = tuple(split_item_id(item.id)[2] for item in items if item.id in named)
        if here:
            births = (item for item in items if item.id in about and item.meaning in _BIRTHS)
            result.append(KeyedTable(source, entity, here, tuple(split_item_id(item.id)[2] for item in births)))
        elif any(item.id in about for item in items):
            raise consent_messages.CONSENT_KEY.at(source, problem=_NO_KEY.fill(source=source, entity=entity))
    return tuple(result)


def _matching(match: str, inventory: Inventory, concerned: Iterable[Item]) -> list[Item]:
    if "#" in match:
        return [item for item in inventory.items if item.id == match]
    return [item for item in concerned if item.meaning == match]


def _kind(inventory: Inventory, tables: Iterable[KeyedTable]) -> str:
    """Return the meaning by which keys are spelt; a plain subject key where the items differ."""
    meanings = {item.id: item.meaning for item in inventory.items}
    kinds = {meanings[f"{one.source}!{one.entity}#{key}"] for one in tables for key in one.keys}
    return kinds.pop() if len(kinds) == 1 else "person_id"


@dataclass(frozen=True, slots=True, eq=False)
class Holder:
    """Keeps back the rows of persons without standing consent; a row that names nobody is kept back too.

    A row stays when every key in it names a person with standing consent, and there is one.
    """

    tables: Mapping[tuple[str, str], KeyedTable]
    hasher: Hasher
    standing: Any

    def columns(self, source: str, entity: str) -> tuple[str, ...]:
        """Return the columns that tell whose row it is; none where a table is not about these persons."""
        table = self.tables.get((source, entity))
        return () if table is None else table.keys

    def keep(self, source: str, entity: str, batch: pa.RecordBatch) -> pa.BooleanArray | None:
        """Return which rows of a batch stay; None where all do."""
        table = self.tables.get((source, entity))
        if table is None:
            return None
        good = pa.array([True] * batch.num_rows, pa.bool_())
        named = pa.array([False] * batch.num_rows, pa.bool_())
        for key in table.keys:
            places, hashes = _named(batch.column(key), self.hasher)
            fits = pc.is_in(hashes, value_set=self.standing)
            bad = places.filter(pc.invert(fits))
            good = pc.and_(good, _marked(bad, batch.num_rows, inverse=True))
            named = pc.or_(named, _marked(places, batch.num_rows))
        return pc.and_(good, named)


def _named(column: Any, hasher: Hasher) -> tuple[Any, Any]:
    """Return the row and the hash of every key of a column, which may hold several in one row."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        places, hashes = pc.cast(pc.list_parent_indices(column), pa.int64()), hasher(pc.list_flatten(column))
    else:
        places, hashes = pa.array(range(len(column)), pa.int64()), hasher(column)
    known = pc.is_valid(hashes)
    return places.filter(known), hashes.filter(known)


def _marked(places: Any, rows: int, *, inverse: bool = False) -> Any:
    found = pc.is_in(pa.array(range(rows), pa.int64()), value_set=places)
    return pc.invert(found) if inverse else found


@dataclass(frozen=True, slots=True, eq=False)
class Consenting:
    """The result for one clearing.

    Attributes:
        document: in numbers.
        holder: keeps rows back.
    """

    document: Consent
    holder: Holder


@dataclass(slots=True)
class _Seen:
    """What one table holds."""

    rows: int = 0
    hashes: list[Any] = field(default_factory=list)
    young: list[Any] = field(default_factory=list)


def match_consents(
    declaration: Declaration,
    sources: tuple[Source, ...],
    ledger: Source,
    *,
    inventory: Inventory,
    keys: KeyStore,
    day: LegalDay,
    threads: int,
) -> Consenting:
    """Compare the persons in the raw data with the ledger as it stands on a day.

    Raises:
        KouanError: K-CLR-034 to 037, 039, 041, 042; no message holds a value of the ledger or the data.
    """
    spec = declaration.consent
    assert spec is not None
    recipients = recipients_of(declaration)
    tables = keyed_tables(inventory, spec)
    hasher = Hasher(_kind(inventory, tables), keys.derive(key_purpose(day)))
    book = read_book(ledger, spec, Wanted.of(declaration, recipients), hasher=hasher, day=day)
    entities = {(source.name, entity.name): entity for source in sources for entity in source.entities}
    seen = [_look(entities[one.source, one.entity], one, hasher, day=day, threads=threads) for one in tables]
    persons = _union([part for one in seen for part in one.hashes])
    young = _union([*(part for one in seen for part in one.young), book.young])
    unguarded = young.filter(pc.invert(pc.is_in(young, value_set=book.guarded)))
    agreed = _both(persons, book.agreed)
    missing = _both(agreed, unguarded)
    standing = agreed.filter(pc.invert(pc.is_in(agreed, value_set=missing)))
    withdrawn = _both(persons, book.withdrawn)
    holder = Holder({(one.source, one.entity): one for one in tables}, hasher, standing)
    document = Consent(
        as_of=day,
        ledger=spec.ledger,
        sha256=ledger.sha256,
        rows=book.rows,
        kind=hasher.kind,
        key=keys.fingerprint(key_purpose(day)),
        applies_to=spec.applies_to,
        items=tuple(f"{one.source}!{one.entity}#{key}" for one in tables for key in one.keys),
        recipients=recipients,
        persons=len(persons),
        standing=len(standing),
        withdrawn=len(withdrawn),
        absent=len(persons) - len(agreed) - len(withdrawn),
        guardian_missing=len(missing),
        evidenced=len(_both(standing, book.evidenced)),
        tables=tuple(
            _held(entities[one.source, one.entity], one, holder, rows=look.rows, threads=threads)
            for one, look in zip(tables, seen, strict=True)
        ),
    )
    return Consenting(document, holder)


def _look(entity: Entity, table: KeyedTable, hasher: Hasher, *, day: LegalDay, threads: int) -> _Seen:
    """Gather who is in a table, and who of them is under 14."""
    seen = _Seen()

    def kernel(batch: pa.RecordBatch) -> tuple[int, Any, Any]:
        named = [_named(batch.column(key), hasher) for key in table.keys]
        young = pa.array(_young(batch, table.births, day), pa.int64())
        small = [hashes.filter(pc.is_in(places, value_set=young)) for places, hashes in named]
        return batch.num_rows, _union([hashes for _, hashes in named]), _union(small)

    for rows, hashes, young in map_ordered(entity.batches(_once(table.keys, table.births)), kernel, threads):
        seen.rows += rows
        seen.hashes.append(hashes)
        seen.young.append(young)
    return seen


def _young(batch: pa.RecordBatch, births: tuple[str, ...], day: LegalDay) -> list[int]:
    """Return the rows in which a birth or an age is surely under 14 on the day."""
    floor = int(f"{day.year - 14}{day:%m%d}")
    today = int(f"{day:%Y%m%d}")
    found = []
    for name in births:
        column = batch.column(name)
        if not pa.types.is_nested(column.type):
            for row, text in enumerate(as_text(column).to_pylist()):
                born = read_day(text.strip()) if text else None
                small = born is not None and floor < born[0] <= today
                if text and (small or (born is None and age_under14(text.strip()) == YES)):
                    found.append(row)
    return found


def _held(entity: Entity, table: KeyedTable, holder: Holder, *, rows: int, threads: int) -> ConsentTable:
    def kernel(batch: pa.RecordBatch) -> tuple[int, int]:
        keep = holder.keep(table.source, table.entity, batch)
        named = pa.array([False] * batch.num_rows, pa.bool_())
        for key in table.keys:
            named = pc.or_(named, _marked(_named(batch.column(key), holder.hasher)[0], batch.num_rows))
        return 0 if keep is None else keep.false_count, named.false_count

    counts = list(map_ordered(entity.batches(list(table.keys)), kernel, threads))
    return ConsentTable(
        source=table.source,
        entity=table.entity,
        rows=rows,
        held=sum(held for held, _ in counts),
        nameless=sum(nameless for _, nameless in counts),
    )


def _once(*groups: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(name for group in groups for name in group))


def _union(arrays: list[Any]) -> Any:
    return pc.unique(pa.chunked_array(arrays, pa.binary()))


def _both(one: Any, other: Any) -> Any:
    return one.filter(pc.is_in(one, value_set=other))
