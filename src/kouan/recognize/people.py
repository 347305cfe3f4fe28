"""Persons of each role over all tables and files: who is counted, by which keys, as a range."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.engine.threads import map_ordered
from kouan.model.facts import Range
from kouan.recognize.days import NO, OPEN, UNKNOWN, YES
from kouan.recognize.keyed import resolve_keyed
from kouan.recognize.keys import REFERENCE, Coded, ages, code_rows, key_values
from kouan.recognize.resolve import marked, resolve
from kouan.recognize.tables import slices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kouan.formats.source import Entity
    from kouan.model.text import Text
    from kouan.model.time import LegalDay
    from kouan.recognize.columns import Column
    from kouan.recognize.lexicon import Lexicon
    from kouan.recognize.resolve import Persons

    Bools = npt.NDArray[np.bool_]
    States = npt.NDArray[np.int8]

_AGE_ORDER = ("ric", "birth", "age")
_PRACTICALLY_ALL = 0.99


@dataclass(frozen=True, slots=True)
class Admission:
    """Why nobody under 14 is admitted to a role.

    Attributes:
        why: what a sector's standard says of the role; None where the declaration states the age (`min_age`).
        columns, values: it holds only in rows where one of these columns has one of these values; none: in every row.
    """

    why: Text | None = None
    columns: tuple[Column, ...] = ()
    values: tuple[str, ...] = ()

    def rows(self, coded: Mapping[str, Coded], rows: int) -> Bools:
        """Return the rows of a part in which it holds."""
        if not self.columns:
            return np.ones(rows, np.bool_)
        found = np.zeros(rows, np.bool_)
        for one in self.columns:
            here = coded[one.profile.name]
            fits = np.asarray(pc.is_in(here.text, pa.array(self.values, pa.string())), np.bool_)
            found |= np.append(fits, False)[here.index]
        return found


@dataclass(frozen=True, slots=True)
class Block:
    """One person per row: the columns of one role (and one of several relatives) in one table.

    Attributes:
        entity: the table.
        columns: of this person.
        every_row: True for the person that rows are about; relatives stand only where a cell of theirs does.
        holder: for relatives, the key of the person they belong to.
        admission: whether nobody under 14 is admitted to the role, and who says so.
    """

    entity: Entity
    columns: tuple[Column, ...]
    every_row: bool
    holder: Column | None = None
    admission: Admission | None = None

    def witnesses(self) -> tuple[Column, ...]:
        """Return the columns of which one must be filled for the person to stand in a row; none: in every row.

        An order whose member number is empty is a guest's: what is left of it leads to nobody (PIPL Art 4).
        """
        if not self.every_row:
            return self.columns
        keys = [one for one in self.columns if one.key not in (None, "age")]
        if not keys or any(one.profile.missing == 0 for one in keys):
            return ()
        return tuple(one for one in self.columns if one.intrinsic)

    def numbered(self) -> bool:
        """Tell whether a subject key is filled in practically all rows."""
        return any(one.profile.filled >= _PRACTICALLY_ALL * max(one.profile.cells, 1) for one in self._subject_keys())

    def keys(self, *, numbered: bool) -> tuple[Column, ...]:
        """Return the columns that tell persons apart; where every row has its number, telephones and names do not."""
        keys = tuple(one for one in self.columns if one.key is not None)
        if numbered and any(one.profile.missing == 0 for one in self._subject_keys()):
            return tuple(one for one in keys if one.key in _AGE_ORDER or one in self._subject_keys())
        return keys

    def needed(self, *, numbered: bool) -> list[str]:
        """Return the names of columns that must be read to count."""
        told = () if self.admission is None else self.admission.columns
        used = (*self.witnesses(), *self.keys(numbered=numbered), *told)
        names = [one.profile.name for one in self.columns if one in used or one.judged]
        return names if self.holder is None else [*names, self.holder.profile.name]

    def _subject_keys(self) -> list[Column]:
        return [one for one in self.columns if one.key is not None and one.key.startswith("id:")]


@dataclass(frozen=True, slots=True)
class Part:
    """What is kept of one batch of one block: keys and states of the rows where the person stands.

    `further` counts by kind of key the values beyond the first of a record: each may be one more person.
    """

    rows: int
    nobody: int
    keys: dict[str, Any]
    age: States
    sensitive: Bools
    maybe: Bools
    admitted: Bools
    further: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What every count needs."""

    lexicon: Lexicon
    as_of: LegalDay
    person_key: bytes = field(repr=False)
    threads: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Persons of one role.

    Attributes:
        persons, sensitive, under14: ranges; the last two lie within the first, and each within the one before.
        keyed: True when a subject key numbers the persons.
        keyless: rows without a key that widen the range.
        nobody: rows that lead to nobody.
        presumed: persons of unknown birth for whom a lowest age stood in.
        admissions: whose lowest age that was.
        bearing: most persons with an item that is or may be sensitive whatever their age.
        further: persons who may stand beside others in one record of a document; they widen the upper ends.
    """

    persons: Range
    sensitive: Range
    under14: Range
    keyed: bool
    keyless: int
    nobody: int
    presumed: int
    bearing: int
    further: int = 0
    admissions: tuple[Admission, ...] = ()


def count_persons(blocks: Sequence[Block], context: Context) -> Counts:
    """Return the persons of one role in all its blocks, read from the start in bounded memory."""
    numbered = any(block.numbered() for block in blocks)
    read = [_read(block, context, numbered=numbered) for block in blocks]
    parts = [part for some in read for part in some]
    rows = sum(part.rows for part in parts)
    keyed = numbered or any(_is_keyed(some) for some in read)
    presumed = _concat([part.admitted for part in parts], np.bool_)
    kinds = sorted({kind for part in parts for kind in part.keys})
    codes = {kind: _codes(kind, parts) for kind in kinds}
    people = resolve_keyed(codes, rows) if keyed else resolve(codes, rows)
    age = _concat([part.age for part in parts], np.int8)
    ages = _young(people, age, presumed)
    young, perhaps_young = ages.young, ages.perhaps
    sensitive = _concat([part.sensitive for part in parts], np.bool_) | young
    maybe = _concat([part.maybe for part in parts], np.bool_) | sensitive
    persons = _range(people, np.ones(rows, np.bool_), np.ones(rows, np.bool_))
    some_sensitive = _within(_range(people, sensitive, maybe | perhaps_young), persons)
    under14 = _within(_range(people, young, perhaps_young), some_sensitive)
    further = _further(parts, keyed=keyed)
    return Counts(
        persons=_wider(persons, further),
        sensitive=_wider(some_sensitive, further if some_sensitive.hi else 0),
        under14=_wider(under14, further if under14.hi else 0),
        keyed=keyed,
        keyless=int((~people.keyed if keyed else people.merged < 0).sum()),
        nobody=sum(part.nobody for part in parts),
        presumed=people.highest(ages.presumed),
        bearing=people.highest(maybe) + further,
        further=further,
        admissions=tuple(block.admission for block in blocks if block.admission is not None),
    )


def _further(parts: Sequence[Part], *, keyed: bool) -> int:
    """Return how many persons may stand beside others in one record: values of a key beyond the first of each."""
    kinds = {kind for part in parts for kind in part.further}
    counts = (
        sum(part.further.get(kind, 0) for part in parts)
        for kind in kinds
        if not keyed or kind == "ric" or kind.startswith("id:")
    )
    return max(counts, default=0)


def _wider(count: Range, further: int) -> Range:
    return Range(lo=count.lo, hi=None if count.hi is None else count.hi + further)


def _is_keyed(parts: Sequence[Part]) -> bool:
    """Tell whether a subject key is filled in practically all rows in which a person stands."""
    rows = sum(part.rows for part in parts)
    kinds = {kind for part in parts for kind in part.keys if kind.startswith("id:")}
    filled = [sum(part.rows - part.keys[kind].null_count for part in parts if kind in part.keys) for kind in kinds]
    return rows > 0 and max(filled, default=0) >= _PRACTICALLY_ALL * rows


@dataclass(frozen=True, slots=True)
class Young:
    """Rows of persons surely under 14, perhaps under 14, and taken for older only because that is declared."""

    young: Bools
    perhaps: Bools
    presumed: Bools


def _young(people: Persons, age: States, presumed: Bools) -> Young:
    """Return whose rows are of children under 14; what is observed beats what is declared."""
    yes, no = age == YES, age == NO
    young = yes & ~marked(people.merged, no)[people.merged]
    old = marked(people.apart, no) & ~marked(people.apart, yes)
    unknown = ~(marked(people.apart, no) | marked(people.apart, yes) | marked(people.apart, age == OPEN))
    declared = unknown & marked(people.apart, presumed)
    return Young(young, ~(old | declared)[people.apart], declared[people.apart])


def _range(people: Persons, least: Bools, most: Bools) -> Range:
    lo, hi = people.lowest(least), people.highest(most)
    return Range(lo=min(lo, hi), hi=hi)


def _within(part: Range, whole: Range) -> Range:
    assert part.hi is not None
    assert whole.hi is not None
    hi = min(part.hi, whole.hi)
    return Range(lo=min(part.lo, whole.lo, hi), hi=hi)


def _read(block: Block, context: Context, *, numbered: bool) -> list[Part]:
    names = block.needed(numbered=numbered)
    if not names:
        return [_nobody_known(len(batch), block) for batch in slices(block.entity, [block.columns[0].profile.name])]

    def kernel(batch: Any) -> Part:
        coded = {name: code_rows(batch.column(name), context.lexicon) for name in names}
        return _part(block, coded, keys=block.keys(numbered=numbered), rows=len(batch), context=context)

    return list(map_ordered(slices(block.entity, names), kernel, context.threads))


def _nobody_known(rows: int, block: Block) -> Part:
    nothing = np.zeros(rows, np.bool_)
    return Part(rows, 0, {}, np.full(rows, UNKNOWN, np.int8), nothing, nothing, _admitted(block, {}, rows))


def _admitted(block: Block, coded: Mapping[str, Coded], rows: int) -> Bools:
    return np.zeros(rows, np.bool_) if block.admission is None else block.admission.rows(coded, rows)


def _part(block: Block, coded: dict[str, Coded], *, keys: tuple[Column, ...], rows: int, context: Context) -> Part:
    watched = block.witnesses()
    here = np.full(rows, not watched)
    for one in watched:
        here |= coded[one.profile.name].index >= 0
    whole = bool(here.all())
    sensitive, maybe = np.zeros(rows, np.bool_), np.zeros(rows, np.bool_)
    for one in block.columns:
        if one.judged:
            filled = coded[one.profile.name].index >= 0
            (sensitive if one.sensitive.value else maybe)[filled] = True
    keyed = [(str(one.key), coded[one.profile.name]) for one in keys]
    if block.holder is not None:
        keyed.append(("holder", coded[block.holder.profile.name]))
    values_of: dict[str, Any] = {}
    for kind, column in keyed:
        if kind != "age":
            values = key_values(kind, column, today=context.as_of, person_key=context.person_key)
            domain = kind.removesuffix("/text").removesuffix(REFERENCE)
            _put(values_of, domain, values if whole else values.filter(pa.array(here)))
    nobody = rows - int(here.sum()) if block.every_row else 0
    age = _age(keyed, rows, context)[here]
    further = {kind: column.further for kind, column in keyed if column.further and kind != "age"}
    admitted = _admitted(block, coded, rows)[here]
    return Part(int(here.sum()), nobody, values_of, age, sensitive[here], maybe[here], admitted, further)


def _put(keys: dict[str, Any], kind: str, values: Any) -> None:
    """Keep a key; a second column of its kind (a second telephone) fills the gaps of the first."""
    if kind not in keys:
        keys[kind] = values
    elif keys[kind].type == values.type:
        keys[kind] = pc.coalesce(keys[kind], values)


def _age(keyed: list[tuple[str, Coded]], rows: int, context: Context) -> States:
    """Return per row whether its person is under 14, by the surest column that says so."""
    age = np.full(rows, UNKNOWN, np.int8)
    for wanted in _AGE_ORDER:
        for kind, column in keyed:
            if kind == wanted:
                stated = ages(kind, column, today=context.as_of)
                age = np.where((age == UNKNOWN) | ((age == OPEN) & (stated != UNKNOWN)), stated, age)
    return age


def _codes(kind: str, parts: list[Part]) -> npt.NDArray[np.int32]:
    """Return one code per row over all parts: equal keys, equal codes; -1 where there is none."""
    having = np.concatenate([np.full(part.rows, kind in part.keys) for part in parts])
    held = [part.keys.pop(kind) for part in parts if kind in part.keys]
    codes = np.full(len(having), -1, np.int32)
    if having.any():
        chunks = pa.chunked_array(held, held[0].type).dictionary_encode().chunks
        codes[having] = np.concatenate([np.asarray(chunk.indices.fill_null(-1), np.int32) for chunk in chunks])
    return codes


def _concat(arrays: list[Any], dtype: Any) -> Any:
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype)
