"""Persons by what tells them again in another transfer: keyed hashes, never a value (DESIGN 4.3, 4.6; ADR 0019).

Only what the upper end of a count may join by: a valid resident ID, a number of a declared register (`namespace`), or
a document number that passes its check together with the name. A telephone or an e-mail never tells anybody again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.engine.persons import HASH_BYTES, person_hashes
from kouan.recognize.grouping import spans
from kouan.recognize.identifiers import BY_ID
from kouan.recognize.keyring import Keyring
from kouan.recognize.keys import DOCUMENT, REFERENCE
from kouan.recognize.parts import ADMITTED, EITHER, MAYBE, OLD, SENSITIVE, YOUNG, read_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from kouan.recognize.blocks import Block
    from kouan.recognize.parts import Context, Says
    from kouan.recognize.resolve import Persons

    Bools = npt.NDArray[np.bool_]
    Codes = npt.NDArray[np.int32]

_BITS = (YOUNG, OLD, EITHER, ADMITTED, SENSITIVE, MAYBE)
_AGES = YOUNG | OLD | EITHER | ADMITTED
_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Marks:
    """Persons of one role as the upper end of their count has them, those with a mark beside those without.

    Attributes:
        hashes: one of 16 bytes per person with a mark, in any order; one may come several times.
        resident: of each, whether the mark is a resident ID.
        sensitive: of each, whether something sensitive may stand beside it.
        rest: persons without a mark, of whom nothing sensitive can be known.
        rest_sensitive: persons without a mark of whom something may be.
    """

    hashes: npt.NDArray[np.void]
    resident: Bools
    sensitive: Bools
    rest: int
    rest_sensitive: int


@dataclass(slots=True)
class Across:
    """Asks for the marks of every role while persons are counted.

    Attributes:
        key: of the hash; hashes under different keys cannot be compared.
        names: registers that keys belong to, by (source, table, column).
        found: by role.
    """

    key: bytes = field(repr=False)
    names: dict[tuple[str, str, str], str] = field(default_factory=dict)
    found: dict[str, Marks] = field(default_factory=dict)

    def registers(self, block: Block) -> dict[str, str]:
        """Return by kind of key the register of its numbers, where every column of that kind names the same one."""
        named: dict[str, set[str]] = {}
        for one in block.columns:
            if one.key is not None and one.key.startswith("id:"):
                name = self.names.get((one.source, one.table, one.profile.name), "")
                named.setdefault(one.key.removesuffix(REFERENCE), set()).add(name)
        return {kind: names.pop() for kind, names in named.items() if len(names) == 1 and "" not in names}


def mark(
    blocks: Sequence[Block],
    context: Context,
    across: Across,
    *,
    numbered: bool,
    people: Persons,
    says: Says,
    further: int,
) -> Marks:
    """Return the marks of the persons of one role; its blocks are read once more.

    A label of the upper end is one of its person's rows, and where one of them has a resident ID or a subject key that
    row has (see `resolve`, `keyed`); so one row per person is hashed.

    Args:
        blocks: as they were counted.
        context: as it was then.
        numbered: as it was then.
        across: key and registers.
        people: labels of the rows.
        says: what they say.
        further: persons who may stand beside others in one record.
    """
    sensitive = _sensitive(people.apart, says)
    standing = np.zeros(len(says), np.bool_)
    hashes: list[bytes] = []
    resident: list[Bools] = []
    rows: list[npt.NDArray[np.int64]] = []
    start = 0
    for block in blocks:
        registers = across.registers(block)
        for part in read_parts(block, context, numbered=numbered, ring=Keyring()):
            label = people.apart[start : start + part.rows]
            own = label == np.arange(start, start + part.rows)
            standing[start : start + part.rows] = own
            for at, digests, by_id in _hashed(part.keys, own, registers, across.key):
                rows.append(at + start)
                hashes.append(digests)
                resident.append(np.full(len(at), by_id))
            start += part.rows
    marked = np.concatenate(rows) if rows else np.zeros(0, np.int64)
    standing[marked] = False
    rest_sensitive = int(np.count_nonzero(standing & sensitive))
    return Marks(
        hashes=np.frombuffer(b"".join(hashes), f"V{HASH_BYTES}"),
        resident=np.concatenate(resident) if resident else np.zeros(0, np.bool_),
        sensitive=sensitive[marked],
        rest=int(np.count_nonzero(standing)) - rest_sensitive,
        rest_sensitive=rest_sensitive + further,
    )


def _sensitive(labels: Codes, says: Says) -> Bools:
    """Return for each row that is a label whether its person may be sensitive, as `tally` has it at the upper end."""
    heard = np.zeros(len(says), np.uint8)
    for span in spans(len(says)):
        for bit in _BITS:
            at = np.flatnonzero(says[span] & bit)
            if len(at):
                heard[labels[span][at]] |= np.uint8(bit)
    ages = heard & np.uint8(_AGES)
    shut = (ages == ADMITTED) | ((ages & (OLD | YOUNG)) == OLD)
    sensitive: Bools = ((heard & (SENSITIVE | MAYBE)) > 0) | ~shut
    return sensitive


def _hashed(
    keys: Mapping[str, Any], own: Bools, registers: Mapping[str, str], key: bytes
) -> Iterator[tuple[npt.NDArray[np.int64], bytes, bool]]:
    """Yield rows, their hashes and whether these are of resident IDs; each row once, by its surest mark."""
    left = own.copy()
    for kind, values, by_id in _marks(keys, registers):
        at = np.flatnonzero(left & np.asarray(values.is_valid()))
        if len(at):
            left[at] = False
            texts = values.take(pa.array(at)).cast(pa.string()).cast(pa.binary()).to_pylist()
            yield at, person_hashes(key, kind, texts), by_id


def _marks(keys: Mapping[str, Any], registers: Mapping[str, str]) -> Iterator[tuple[str, Any, bool]]:
    if "ric" in keys:
        yield "ric", keys["ric"], True
    for kind in sorted(registers, key=registers.__getitem__):
        if kind in keys:
            yield f"id:{registers[kind]}", keys[kind], False
    for kind in sorted(keys):
        # A number without a check may be a slip or a filler; with a name beside it, it is a person's.
        if kind.startswith(DOCUMENT) and "name" in keys and _is_checked(kind.removeprefix(DOCUMENT)):
            yield f"{kind}+name", pc.binary_join_element_wise(keys[kind], keys["name"], _BETWEEN), False


def _is_checked(identifier: str) -> bool:
    return identifier in BY_ID and BY_ID[identifier].chance < 1
