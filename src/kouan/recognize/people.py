"""Persons of each role over all tables and files: who is counted, by which keys, as a range."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.engine.threads import map_ordered
from kouan.model.facts import Range
from kouan.recognize.days import NO, UNKNOWN, YES
from kouan.recognize.keys import Coded, ages, code_rows, key_values
from kouan.recognize.resolve import marked, resolve
from kouan.recognize.tables import slices

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.formats.source import Entity
    from kouan.model.time import LegalDay
    from kouan.recognize.columns import Column
    from kouan.recognize.lexicon import Lexicon

    Bools = npt.NDArray[np.bool_]
    States = npt.NDArray[np.int8]

_AGE_ORDER = ("ric", "birth", "age")


@dataclass(frozen=True, slots=True)
class Block:
    """One person per row: the columns of one role (and one of several relatives) in one table.

    Attributes:
        entity: the table.
        columns: of this person.
        every_row: True for the person that rows are about; relatives stand only where a cell of theirs does.
        holder: for relatives, the key of the person they belong to.
    """

    entity: Entity
    columns: tuple[Column, ...]
    every_row: bool
    holder: Column | None = None

    def needed(self) -> list[str]:
        """Return the names of columns that must be read to count."""
        names = [one.profile.name for one in self.columns if not self.every_row or one.key is not None or one.judged]
        return names if self.holder is None else [*names, self.holder.profile.name]


@dataclass(frozen=True, slots=True)
class Part:
    """What is kept of one batch of one block: keys and states of the rows where the person stands."""

    rows: int
    keys: dict[str, Any]
    age: States
    sensitive: Bools
    maybe: Bools


@dataclass(frozen=True, slots=True)
class Context:
    """What every count needs."""

    lexicon: Lexicon
    as_of: LegalDay
    person_key: bytes = field(repr=False)
    threads: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Persons of one role."""

    persons: Range
    sensitive: Range
    under14: Range
    keyless: int


def count_persons(blocks: Sequence[Block], context: Context) -> Counts:
    """Return the persons of one role in all its blocks, read from the start in bounded memory."""
    parts = [part for block in blocks for part in _read(block, context)]
    rows = sum(part.rows for part in parts)
    kinds = sorted({kind for part in parts for kind in part.keys})
    codes = {kind: _codes(kind, parts) for kind in kinds}
    age = _concat([part.age for part in parts], np.int8)
    sensitive = _concat([part.sensitive for part in parts], np.bool_)
    maybe = _concat([part.maybe for part in parts], np.bool_)
    people = resolve(codes, rows)
    keyless = int((people.merged < 0).sum())
    everyone = np.ones(rows, np.bool_)
    young = (age == YES) & ~marked(people.merged, age == NO)[people.merged]
    surely_old = marked(people.apart, age == NO) & ~marked(people.apart, age == YES)
    perhaps_young = ~surely_old[people.apart]
    return Counts(
        persons=Range(lo=people.lowest(everyone), hi=people.highest(everyone)),
        sensitive=Range(lo=people.lowest(sensitive | young), hi=people.highest(sensitive | maybe | perhaps_young)),
        under14=Range(lo=people.lowest(young), hi=people.highest(perhaps_young)),
        keyless=keyless,
    )


def _read(block: Block, context: Context) -> list[Part]:
    names = block.needed()
    if not names:
        return [_nobody_known(len(batch)) for batch in slices(block.entity, [block.columns[0].profile.name])]

    def kernel(batch: Any) -> Part:
        coded = {name: code_rows(batch.column(name), context.lexicon) for name in names}
        return _part(block, coded, rows=len(batch), context=context)

    return list(map_ordered(slices(block.entity, names), kernel, context.threads))


def _nobody_known(rows: int) -> Part:
    nothing = np.zeros(rows, np.bool_)
    return Part(rows, {}, np.full(rows, UNKNOWN, np.int8), nothing, nothing)


def _part(block: Block, coded: dict[str, Coded], *, rows: int, context: Context) -> Part:
    here = np.full(rows, block.every_row)
    sensitive, maybe = np.zeros(rows, np.bool_), np.zeros(rows, np.bool_)
    for one in block.columns:
        if one.profile.name in coded and (one.judged or not block.every_row):
            filled = coded[one.profile.name].index >= 0
            here |= filled
            sensitive |= filled & (one.judged and one.sensitive.value is True)
            maybe |= filled & (one.judged and one.sensitive.value is None)
    keyed = [(one.key, coded[one.profile.name]) for one in block.columns if one.key is not None]
    keys: dict[str, Any] = {}
    for kind, column in keyed:
        if kind != "age":
            values = key_values(kind, column, today=context.as_of, person_key=context.person_key)
            _put(keys, kind.removesuffix("/text"), values if here.all() else values.filter(pa.array(here)))
    if block.holder is not None:
        column = coded[block.holder.profile.name]
        values = key_values("holder", column, today=context.as_of, person_key=context.person_key)
        keys["holder"] = values.filter(pa.array(here))
    return Part(int(here.sum()), keys, _age(keyed, rows, context)[here], sensitive[here], maybe[here])


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
                age = np.where(age == UNKNOWN, stated, age)
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
