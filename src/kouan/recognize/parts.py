"""One batch of one block: the keys of its persons, and what each row says of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.recognize.blocks import AGE_ORDER
from kouan.recognize.days import NO, OPEN, UNKNOWN, YES
from kouan.recognize.filled import filled_rows
from kouan.recognize.keys import REFERENCE, Coded, ages, code_rows, key_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import numpy.typing as npt

    from kouan.engine.maps import Engine
    from kouan.model.time import LegalDay
    from kouan.recognize.blocks import Block
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
    engine: Engine


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

    Raises:
        KouanError: as the table's reader and the engine do.
    """
    assert block.entity is not None
    names = block.needed(numbered=numbered)
    kernel: Counting | Standing = Standing(block.bare())
    if names:
        pack = ring.packing if context.engine.apart else ring.packed
        kernel = Counting(
            block.bare(), tuple(names), numbered, context.lexicon, context.as_of, context.person_key, pack
        )
    rows = context.engine.rows(block.entity, names or [block.columns[0].profile.name])
    return rows.rest(kernel, merge=None, seen=_unheard)


def _unheard(rows: int) -> None:
    """Counting is heard by nobody."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Makes the part of a batch in which nothing tells who its persons are (see `Kernel`)."""

    block: Block

    def __call__(self, first: int, batch: Any) -> Part:
        """Count a batch."""
        del first
        return Part(len(batch), 0, {}, {}, _admitted(self.block, {}, len(batch)) * np.uint8(ADMITTED))


@dataclass(frozen=True, slots=True)
class Counting:
    """Makes the part of a batch (see `Kernel`).

    Attributes:
        block: the bare block.
        names: columns to read.
        numbered: see `read_parts`.
        person_key: key of the hash of long keys.
        pack: makes of keys what is handed over.
    """

    block: Block
    names: tuple[str, ...]
    numbered: bool
    lexicon: Lexicon
    as_of: LegalDay
    person_key: bytes = field(repr=False)
    pack: Callable[[Any], Any]

    def __call__(self, first: int, batch: Any) -> Part:
        """Count a batch."""
        del first
        texts = self.block.texts(numbered=self.numbered)
        coded = {name: code_rows(batch.column(name), self.lexicon) for name in self.names if name in texts}
        filled = {
            name: coded[name].index >= 0 if name in coded else filled_rows(batch.column(name), self.lexicon)
            for name in self.names
        }
        return _part(self, coded, filled, rows=len(batch))


def _admitted(block: Block, coded: Mapping[str, Coded], rows: int) -> Bools:
    return np.zeros(rows, np.bool_) if block.admission is None else block.admission.rows(coded, rows)


def _part(given: Counting, coded: Mapping[str, Coded], filled: Mapping[str, Bools], *, rows: int) -> Part:
    block = given.block
    keys = block.keys(numbered=given.numbered)
    watched = block.witnesses()
    here = np.full(rows, not watched)
    for one in watched:
        here |= filled[one.profile.name]
    keyed = [(str(one.key), coded[one.profile.name]) for one in keys]
    if block.holder is not None:
        keyed.append(("holder", coded[block.holder.profile.name]))
    values: dict[str, Any] = {}
    for kind, column in keyed:
        if kind != "age":
            found = key_values(kind, column, today=given.as_of, person_key=given.person_key)
            domain = kind.removesuffix("/text").removesuffix(REFERENCE)
            _put(values, domain, found if here.all() else found.filter(pa.array(here)))
    standing = int(here.sum())
    if block.serving:  # all of one holder, so that a name tells them apart
        values["holder"] = pa.repeat(pa.scalar(0, pa.int64()), standing)
    return Part(
        rows=standing,
        nobody=rows - standing if block.every_row else 0,
        keys={kind: given.pack(found) for kind, found in values.items()},
        filled={kind: standing - found.null_count for kind, found in values.items()},
        says=_says(given, coded, filled, keyed, rows=rows)[here],
        further={kind: column.further for kind, column in keyed if column.further and kind != "age"},
    )


def _says(
    given: Counting,
    coded: Mapping[str, Coded],
    filled: Mapping[str, Bools],
    keyed: list[tuple[str, Coded]],
    *,
    rows: int,
) -> Says:
    """Return what each row says of its person, as bits."""
    block = given.block
    says = _BY_AGE[_age(keyed, rows, given.as_of)]
    says[_admitted(block, coded, rows)] |= np.uint8(ADMITTED)
    for one in block.columns:
        if one.judged:
            says[filled[one.profile.name]] |= np.uint8(SENSITIVE if one.sensitive.value else MAYBE)
    return says


def _put(keys: dict[str, Any], kind: str, values: Any) -> None:
    """Keep a key; a second column of its kind (a second telephone) fills the gaps of the first."""
    if kind not in keys:
        keys[kind] = values
    elif keys[kind].type == values.type:
        keys[kind] = pc.coalesce(keys[kind], values)


def _age(keyed: list[tuple[str, Coded]], rows: int, today: LegalDay) -> States:
    """Return per row whether its person is under 14, by the surest column that says so."""
    age = np.full(rows, UNKNOWN, np.int8)
    for wanted in AGE_ORDER:
        for kind, column in keyed:
            if kind == wanted:
                stated = ages(kind, column, today=today)
                age = np.where((age == UNKNOWN) | ((age == OPEN) & (stated != UNKNOWN)), stated, age)
    return age
