"""A table's rows grouped where other processes read them: how many rows have the same values, and no value.

A value is a keyed hash of 128 bits (BLAKE2b, RFC 7693) of its text under a key that is made for one table and never
kept. Equal values have equal hashes wherever they are read, and that is all that classes, uniques and diversity need.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from kouan.formats.splits import splits_of
from kouan.risk.classes import combined, densify
from kouan.risk.codes import Codes, check_flat, encoded, read_with_values, unified

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy.typing as npt

    from kouan.engine.maps import Engine
    from kouan.formats.source import Entity

_KEY_BYTES = 32
_HASH_BYTES = 16
_HELD = 4_000_000
"""Combinations of values that wait here until they are put together."""


@dataclass(frozen=True, slots=True)
class Read:
    """Some columns of a table, as rows or as combinations that stand for several rows.

    Attributes:
        columns: codes of each, and its values, of which the first has code 1; of combinations the hashes of these.
        weight: int64, rows of each combination; None of rows.
        spell: how values of another table are written so that equal ones equal those here.
    """

    columns: Mapping[str, tuple[Codes, pa.Array]]
    weight: npt.NDArray[np.int64] | None
    spell: Callable[[pa.Array], pa.Array]

    @property
    def rows(self) -> int:
        """Rows of the table."""
        if self.weight is not None:
            return int(self.weight.sum())
        return len(next(iter(self.columns.values()))[0].values) if self.columns else 0

    def apart(self, name: str) -> Read:
        """Return it with every row by itself that is null in a column."""
        if self.weight is None:
            return self
        null = self.columns[name][0].values == 0
        times = np.where(null, self.weight, 1)
        columns = {
            one: (Codes(np.repeat(codes.values, times), codes.count), values)
            for one, (codes, values) in self.columns.items()
        }
        return Read(columns, np.repeat(np.where(null, 1, self.weight), times), self.spell)


@dataclass(frozen=True, slots=True)
class Grouped:
    """Combinations of values in some columns.

    Attributes:
        columns: dictionary arrays of hashes [combinations].
        rows: int64 [combinations], how many rows have each.
    """

    columns: tuple[pa.Array, ...]
    rows: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grouping:
    """The kernel (see `engine.maps`): groups the rows of a batch.

    Attributes:
        names: of the columns to group by; with none the rows are only counted.
        key: of the hashes.
    """

    names: tuple[str, ...]
    key: bytes = field(repr=False)

    def __call__(self, first: int, batch: Any) -> Grouped:
        """Return the combinations of a batch."""
        del first
        columns = [encoded(batch.column(batch.schema.get_field_index(name))) for name in self.names]
        hashed = [pa.DictionaryArray.from_arrays(one.indices, self.spell(one.dictionary)) for one in columns]
        return _collapsed([(one,) for one in hashed], np.ones(batch.num_rows, dtype=np.int64))

    def spell(self, values: pa.Array) -> pa.Array:
        """Return the hashes of values without nulls, `binary(16)`."""
        texts = values if _is_bytes(values.type) else _text(values).cast(pa.binary())
        found = [blake2b(text, key=self.key, digest_size=_HASH_BYTES).digest() for text in texts.to_pylist()]
        return pa.array(found, pa.binary(_HASH_BYTES))


def together(one: Grouped, other: Grouped) -> Grouped:
    """Put the combinations of two parts of a table together."""
    return _united((one, other))


def read_table(entity: Entity, columns: Sequence[str], engine: Engine) -> Read:
    """Read some columns: as rows here, or grouped by an engine of other processes where these can read the table.

    Memory: 4 bytes for each column of a row or combination.

    Raises:
        KouanError: K-RSK-002 for nested columns, K-ENG-… of the engine, or a reader's error.
    """
    # A table without any column to group by still has rows: its first column counts them.
    wanted = list(columns) or entity.schema.names[:1]
    if not engine.apart or splits_of(entity) is None:
        return Read(read_with_values(entity, wanted, threads=engine.here.threads), None, _text)
    check_flat(entity, wanted)
    kernel = Grouping(tuple(columns), secrets.token_bytes(_KEY_BYTES))
    whole = _gathered(engine.rows(entity, wanted).rest(kernel, merge=together, seen=_unheard))
    found = whole.columns if whole is not None else [None for _ in columns]
    coded = {name: unified([] if one is None else [one]) for name, one in zip(columns, found, strict=True)}
    return Read(coded, whole.rows if whole is not None else np.zeros(0, dtype=np.int64), kernel.spell)


def _gathered(parts: Iterable[Grouped]) -> Grouped | None:
    """Put all parts together, some at a time."""
    waiting: list[Grouped] = []
    held, most = 0, _HELD
    for part in parts:
        waiting.append(part)
        held += len(part.rows)
        if held > most:
            waiting = [_united(waiting)]
            held = len(waiting[0].rows)
            most = max(_HELD, 2 * held)
    return _united(waiting) if waiting else None


def _united(parts: Sequence[Grouped]) -> Grouped:
    if len(parts) == 1:
        return parts[0]
    columns = list(zip(*(one.columns for one in parts), strict=True))
    return _collapsed(columns, np.concatenate([one.rows for one in parts]))


def _collapsed(columns: Sequence[Sequence[pa.Array]], rows: npt.NDArray[np.int64]) -> Grouped:
    """Return each combination once, with the rows of all that are equal."""
    coded = [unified(chunks) for chunks in columns]
    of, count = densify(*combined([codes for codes, _ in coded], len(rows)))
    first = np.zeros(count, dtype=np.int64)
    first[of] = np.arange(len(of))
    kept = []
    for codes, values in coded:
        here = codes.values[first]
        kept.append(pa.DictionaryArray.from_arrays(pa.array(here - np.int32(1), mask=here == 0), values))
    return Grouped(tuple(kept), np.bincount(of, rows, count).astype(np.int64))


def _is_bytes(kind: pa.DataType) -> bool:
    """Tell whether values are bytes, which need not be UTF-8."""
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind))


def _text(values: pa.Array) -> pa.Array:
    return values.cast(pa.string())


def _unheard(_: int) -> None:
    """Nobody waits for a count of rows here."""
