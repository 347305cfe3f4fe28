"""The ledger of consents as it stands on a day: read in a stream, kept as keyed hashes and days only.

PIPL Art 14 (consent, and again when purpose, method or kinds change), Art 15 (withdrawal), Arts 29 and 39 (separate
consent), Art 31 (guardians of persons under 14).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from kouan.clearance import consent_messages
from kouan.deidentify.columns import as_text, can_be_text, over_distinct
from kouan.deidentify.references import subject_of_reference
from kouan.engine.persons import HASH_BYTES, normalise, person_hashes, spell
from kouan.model.consent import ConsentColumns
from kouan.recognize.days import read_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.formats.source import Entity, Source
    from kouan.model.consent import ConsentSpec
    from kouan.model.declaration import Declaration
    from kouan.model.time import LegalDay

MOST_ROWS = 5_000_000
_REQUIRED = ("purpose", "recipient", "agreed_on", "separate_consent")
_YES = frozenset({"yes", "y", "true", "t", "1", "是", "有", "已同意", "同意"})
_NO = frozenset({"no", "n", "false", "f", "0", "否", "无", "未同意", "不同意", "不适用", "n/a", "-"})
_NEVER = 0
_DAYS = ("agreed", "guarded", "withdrawn")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a consent must have been given to, as the ledger spells it."""

    purposes: tuple[str, ...]
    recipients: tuple[str, ...]

    @classmethod
    def of(cls, declaration: Declaration, recipients: Sequence[str]) -> Wanted:
        """Return the declared purpose, or what the ledger calls it, and every recipient."""
        spec = declaration.consent
        purposes = (spec.purposes if spec else ()) or (declaration.purpose,)
        return cls(tuple(_spelt(purposes)), tuple(_spelt(recipients)))


@dataclass(frozen=True, slots=True, eq=False)
class Hasher:
    """Turns what names a person into a keyed hash (DESIGN 4.6); a reference (`Patient/1`) names whom its id names.

    Attributes:
        kind: meaning by which values are spelt; equal on both sides.
        key: 32 bytes.
    """

    kind: str
    key: bytes

    def __call__(self, column: Any) -> Any:
        """Return 16 bytes for each cell; null where the cell is null or blank."""
        return over_distinct(as_text(column), self._distinct)

    def _distinct(self, values: Any) -> Any:
        spelt = normalise(self.kind, subject_of_reference(spell(values)))
        filled = [None if value == b"" else value for value in spelt.cast(pa.binary()).to_pylist()]
        digests = person_hashes(self.key, self.kind, [value for value in filled if value is not None])
        parts = iter(range(0, len(digests), HASH_BYTES))
        hashes = [None if value is None else digests[(at := next(parts)) : at + HASH_BYTES] for value in filled]
        return pa.array(hashes, pa.binary())


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """Persons of the ledger on one day, as hashes; arrays of distinct values.

    Attributes:
        rows: of the ledger.
        agreed: separate consent to the purpose and every recipient, not withdrawn since.
        guarded: of these, those whose guardian consented.
        withdrawn: withdrew, and have not consented again since.
        young: under 14, as the ledger says.
        evidenced: with a version or a digest of what was agreed.
    """

    rows: int
    agreed: Any
    guarded: Any
    withdrawn: Any
    young: Any
    evidenced: Any

    def standing_without(self, other: Book) -> int:
        """Return how many persons stand here, their guardians' consent included, and not in another state."""
        pairs = ((self.agreed, other.agreed), (self.guarded, other.guarded))
        return max(len(mine.filter(pc.invert(pc.is_in(mine, value_set=theirs)))) for mine, theirs in pairs)


def read_book(source: Source, spec: ConsentSpec, wanted: Wanted, *, hasher: Hasher, day: LegalDay) -> Book:
    """Return the ledger's state on a day.

    A withdrawal ends what was agreed on or before its day; consent on a later day stands again. A day known to the
    month only counts as late as it can be for consent, and as early as it can be for withdrawal.

    Raises:
        KouanError: K-CLR-034 to K-CLR-036, with row and column and no value.
    """
    entity = _only(source)
    names = _columns(source, entity, spec)
    rows = 0
    parts = []
    for batch in entity.batches(list(names.values())):
        parts.append(_Batch(batch, names, source.name, rows).read(wanted, hasher, int(f"{day:%Y%m%d}")))
        rows += batch.num_rows
        if rows > MOST_ROWS:
            raise consent_messages.LEDGER_TOO_LONG.at(source.name, most=f"{MOST_ROWS:,}")
    source.check_unchanged()
    if rows and not any(part.named for part in parts):
        raise consent_messages.LEDGER_ELSEWHERE.at(source.name)
    return _summed(rows, parts, recipients=len(wanted.recipients))


def _only(source: Source) -> Entity:
    if len(source.entities) != 1:
        raise consent_messages.LEDGER_SHAPE.at(source.name, count=len(source.entities))
    return source.entities[0]


def _columns(source: Source, entity: Entity, spec: ConsentSpec) -> dict[str, str]:
    """Return the ledger's columns by what they are; optional ones that it lacks are left out."""
    known = set(entity.schema.names)
    names = {"person": spec.key.column} | {role: getattr(spec.columns, role) for role in ConsentColumns.model_fields}
    stated = spec.columns.model_fields_set
    missing = [
        name for role, name in names.items() if name not in known and (role in {"person", *_REQUIRED} or role in stated)
    ]
    if missing:
        raise consent_messages.LEDGER_COLUMNS.at(source.name, names=", ".join(missing))
    if len({name for name in names.values() if name in known}) < sum(name in known for name in names.values()):
        raise consent_messages.LEDGER_COLUMNS_SHARED.at(source.name)
    found = {role: name for role, name in names.items() if name in known}
    odd = [name for name in found.values() if not can_be_text(entity.schema.field(name).type)]
    if odd:
        raise consent_messages.LEDGER_CELL.at(source.name, column=odd[0], row="1–", expected=_TEXT)
    return found


_TEXT = "text"
_DAY = "YYYY-MM-DD"
_YES_NO = "yes/no, 是/否"
_PERSON = "≠ ''"


@dataclass(frozen=True, slots=True)
class _Part:
    """One batch: hashes, index of the recipient, and days as YYYYMMDD, 0 where there is none."""

    table: pa.Table
    young: Any
    evidenced: Any
    named: bool


@dataclass(frozen=True, slots=True)
class _Batch:
    """One batch of the ledger.

    Attributes:
        before: rows of the batches before it, so that errors can name a row.
    """

    batch: pa.RecordBatch
    names: dict[str, str]
    source: str
    before: int

    def read(self, wanted: Wanted, hasher: Hasher, today: int) -> _Part:
        person = hasher(self.batch.column(self.names["person"]))
        self._nobody(person)
        purpose, recipient = self._words("purpose"), self._words("recipient")
        agreed, withdrawn = self._days("agreed_on", last=True), self._days("withdrawn_on", last=False)
        separate, guardian = self._flags("separate_consent"), self._flags("guardian_consent")
        noted = self._words("evidence")
        rows: dict[str, list[Any]] = {name: [] for name in ("person", "recipient", *_DAYS)}
        evidenced, named = [], False
        for number, hashed in enumerate(person.to_pylist()):
            if hashed is None:
                continue
            here = range(len(wanted.recipients))
            mine = [at for at in here if recipient[number] == wanted.recipients[at]]
            fits = purpose[number] in wanted.purposes and bool(mine)
            named = named or fits
            day = agreed[number] if fits and separate[number] and agreed[number] <= today else _NEVER
            left = withdrawn[number] if _NEVER < withdrawn[number] <= today else _NEVER
            evidenced += [hashed] if day and noted[number] else []
            reached = mine if recipient[number] else list(here)
            ends = left and (not purpose[number] or purpose[number] in wanted.purposes)
            for at in set(mine if day else ()) | set(reached if ends else ()):
                since = day if at in mine else _NEVER
                rows["person"].append(hashed)
                rows["recipient"].append(at)
                rows["agreed"].append(since)
                rows["guarded"].append(since if guardian[number] else _NEVER)
                rows["withdrawn"].append(left if ends and at in reached else _NEVER)
        days = {name: pa.array(rows[name], pa.int32()) for name in ("recipient", *_DAYS)}
        table = pa.table({"person": pa.array(rows["person"], pa.binary())} | days)
        young = pa.array(self._flags("under_14"), pa.bool_())
        return _Part(table, person.filter(young).drop_null(), pa.array(evidenced, pa.binary()), named)

    def _nobody(self, person: Any) -> None:
        """Refuse a row that names nobody and says something: a withdrawal would be lost in it."""
        for number, hashed in enumerate(person.to_pylist()):
            if hashed is None and any(self._cells(role)[number] for role in self.names if role != "person"):
                raise self._wrong("person", number, _PERSON)

    def _cells(self, role: str) -> list[str]:
        if role not in self.names:
            return [""] * self.batch.num_rows
        cells: list[str] = pc.fill_null(spell(as_text(self.batch.column(self.names[role]))), "").to_pylist()
        return cells

    def _words(self, role: str) -> list[str]:
        return _spelt(self._cells(role))

    def _days(self, role: str, *, last: bool) -> list[int]:
        days = []
        for number, text in enumerate(self._cells(role)):
            found = read_day(text) if text else (_NEVER, _NEVER)
            if found is None:
                raise self._wrong(role, number, _DAY)
            days.append(found[1] if last else found[0])
        return days

    def _flags(self, role: str) -> list[bool]:
        flags = []
        for number, text in enumerate(self._words(role)):
            if text and text not in _YES and text not in _NO:
                raise self._wrong(role, number, _YES_NO)
            flags.append(text in _YES)
        return flags

    def _wrong(self, role: str, number: int, expected: str) -> Exception:
        row = f"{self.before + number + 1:,}"
        return consent_messages.LEDGER_CELL.at(self.source, column=self.names[role], row=row, expected=expected)


def _spelt(words: Sequence[str]) -> list[str]:
    spelt = spell(pa.array(words, pa.string())).to_pylist()
    return [" ".join(word.casefold().split()) for word in spelt]


def _summed(rows: int, parts: list[_Part], *, recipients: int) -> Book:
    """Sum up the last days per person and recipient; a consent stands that is later than every withdrawal."""
    empty = pa.array([], pa.binary())
    if not any(part.table.num_rows for part in parts):
        young, evidenced = (_distinct([getattr(part, name) for part in parts]) for name in ("young", "evidenced"))
        return Book(rows, empty, empty, empty, young, evidenced)
    whole = pa.concat_tables([part.table for part in parts])
    last = whole.group_by(["person", "recipient"]).aggregate([(name, "max") for name in _DAYS])
    agreed = pc.greater(last["agreed_max"], last["withdrawn_max"])
    guarded = pc.greater(last["guarded_max"], last["withdrawn_max"])
    left = pc.and_(pc.invert(agreed), pc.greater(last["withdrawn_max"], _NEVER))
    flags = {"agreed": agreed, "guarded": guarded, "left": left}
    numbers = {name: pc.cast(flag, pa.int32()) for name, flag in flags.items()}
    of = pa.table({"person": last["person"]} | numbers).group_by("person").aggregate([(n, "sum") for n in numbers])
    persons = of["person"].combine_chunks()

    def where(condition: Any) -> Any:
        return persons.filter(condition.combine_chunks())

    return Book(
        rows=rows,
        agreed=where(pc.equal(of["agreed_sum"], recipients)),
        guarded=where(pc.equal(of["guarded_sum"], recipients)),
        withdrawn=where(pc.greater(of["left_sum"], 0)),
        young=_distinct([part.young for part in parts]),
        evidenced=_distinct([part.evidenced for part in parts]),
    )


def _distinct(arrays: list[Any]) -> Any:
    chunked = pa.chunked_array(arrays, pa.binary())
    return pc.unique(chunked)
