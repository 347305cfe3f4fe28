"""One batch of one block: the keys of its persons, and what each row says of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.engine.threads import map_ordered
from kouan.recognize.blocks import AGE_ORDER
from kouan.recognize.days import NO, OPEN, UNKNOWN, YES
from kouan.recognize.keys import REFERENCE, Coded, ages, code_rows, key_values
from kouan.recognize.tables import slices

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from kouan.model.time import LegalDay
    from kouan.recognize.blocks import Block
    from kouan.recognize.columns import Column
    from kouan.recognize.keyring import Keyring
    from kouan.recognize.lexicon import Lexicon

    Bools = npt.NDArray[np.bool_]
    States = npt.NDArray[np.int8]
    Says = npt.NDArray[np.uint8]

YOUNG, OLD, EITHER, ADMITTED, SENSITIVE, MAYBE = 1, 2, 4, 8, 16, 32
"""What a row says of its person: under 14; not; a birth too rough to tell; nobody under 14 is admitted; something
sensitive; something that may be."""
_BY_AGE = np.zeros(4, np.uint8)
_BY_AGE[[YES, NO, OPEN]] = YOUNG, OLD, EITHER


@dataclass(frozen=True, slots=True)
class Context:
    """What every count needs."""

    lexicon: Lexicon
    as_of: LegalDay
    person_key: bytes = field(repr=False)
    threads: int


@dataclass(frozen=True, slots=True)
class Part:
    """What is kept of one batch of one block, of the rows where the person stands.

    Attributes:
        rows: how many.
        nobody: other rows, which lead to nobody.
        keys: by kind, one key per row.
        filled: by kind, rows that have one.
        says: bits per row.
        further: by kind, values beyond the first of a record: each may be one more person.
    """

    rows: int
    nobody: int
    keys: dict[str, Any]
    filled: dict[str, int]
    says: Says
    further: dict[str, int] = field(default_factory=dict)


def read_parts(block: Block, context: Context, *, numbered: bool, ring: Keyring) -> Iterator[Part]:
    """Yield the parts of a block in order, their keys as the ring wants them.

    Args:
        block: table and columns.
        context: of the count.
        numbered: whether a subject key is filled in practically all rows of some block of the role.
        ring: will take the keys.
    """
    names = block.needed(numbered=numbered)
    if not names:
        for batch in slices(block.entity, [block.columns[0].profile.name]):
            yield _nobody_known(len(batch), block)
        return

    def kernel(batch: Any) -> Part:
        coded = {name: code_rows(batch.column(name), context.lexicon) for name in names}
        return _part(block, coded, keys=block.keys(numbered=numbered), rows=len(batch), context=context, ring=ring)

    yield from map_ordered(slices(block.entity, names), kernel, context.threads)


def _nobody_known(rows: int, block: Block) -> Part:
    return Part(rows, 0, {}, {}, _admitted(block, {}, rows) * np.uint8(ADMITTED))


def _admitted(block: Block, coded: Mapping[str, Coded], rows: int) -> Bools:
    return np.zeros(rows, np.bool_) if block.admission is None else block.admission.rows(coded, rows)


def _part(
    block: Block, coded: dict[str, Coded], *, keys: tuple[Column, ...], rows: int, context: Context, ring: Keyring
) -> Part:
    watched = block.witnesses()
    here = np.full(rows, not watched)
    for one in watched:
        here |= coded[one.profile.name].index >= 0
    keyed = [(str(one.key), coded[one.profile.name]) for one in keys]
    if block.holder is not None:
        keyed.append(("holder", coded[block.holder.profile.name]))
    values: dict[str, Any] = {}
    for kind, column in keyed:
        if kind != "age":
            found = key_values(kind, column, today=context.as_of, person_key=context.person_key)
            domain = kind.removesuffix("/text").removesuffix(REFERENCE)
            _put(values, domain, found if here.all() else found.filter(pa.array(here)))
    standing = int(here.sum())
    if block.serving:  # all of one holder, so that a name tells them apart
        values["holder"] = pa.repeat(pa.scalar(0, pa.int64()), standing)
    return Part(
        rows=standing,
        nobody=rows - standing if block.every_row else 0,
        keys={kind: ring.packed(found) for kind, found in values.items()},
        filled={kind: standing - found.null_count for kind, found in values.items()},
        says=_says(block, coded, keyed, rows=rows, context=context)[here],
        further={kind: column.further for kind, column in keyed if column.further and kind != "age"},
    )


def _says(
    block: Block, coded: Mapping[str, Coded], keyed: list[tuple[str, Coded]], *, rows: int, context: Context
) -> Says:
    """Return what each row says of its person, as bits."""
    says = _BY_AGE[_age(keyed, rows, context)]
    says[_admitted(block, coded, rows)] |= np.uint8(ADMITTED)
    for one in block.columns:
        if one.judged:
            filled = coded[one.profile.name].index >= 0
            says[filled] |= np.uint8(SENSITIVE if one.sensitive.value else MAYBE)
    return says


def _put(keys: dict[str, Any], kind: str, values: Any) -> None:
    """Keep a key; a second column of its kind (a second telephone) fills the gaps of the first."""
    if kind not in keys:
        keys[kind] = values
    elif keys[kind].type == values.type:
        keys[kind] = pc.coalesce(keys[kind], values)


def _age(keyed: list[tuple[str, Coded]], rows: int, context: Context) -> States:
    """Return per row whether its person is under 14, by the surest column that says so."""
    age = np.full(rows, UNKNOWN, np.int8)
    for wanted in AGE_ORDER:
        for kind, column in keyed:
            if kind == wanted:
                stated = ages(kind, column, today=context.as_of)
                age = np.where((age == UNKNOWN) | ((age == OPEN) & (stated != UNKNOWN)), stated, age)
    return age
