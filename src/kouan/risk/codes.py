"""A table's columns as small integers: four bytes per row and column, whatever the values are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.engine.threads import map_ordered
from kouan.risk import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.formats.source import Entity


@dataclass(frozen=True, slots=True)
class Codes:
    """One column: equal values have equal codes.

    Attributes:
        values: int32 [rows], 0 to `count - 1`; 0 is null.
        count: distinct values, null included whether or not it occurs.
    """

    values: npt.NDArray[np.int32]
    count: int

    @property
    def has_nulls(self) -> bool:
        """Whether any cell is null."""
        return bool((self.values == 0).any())

    def subjects(self) -> tuple[npt.NDArray[np.int64], int]:
        """Return whose each row is, and an upper end of these numbers; a row without a key is its own subject."""
        subjects = self.values.astype(np.int64)
        lost = np.flatnonzero(subjects == 0)
        subjects[lost] = self.count + np.arange(len(lost))
        return subjects, self.count + len(lost)


def read_with_values(entity: Entity, columns: Sequence[str], *, threads: int) -> dict[str, tuple[Codes, pa.Array]]:
    """Read some columns as codes, each with its values, of which the first has code 1.

    Memory: 4 bytes per row and column, and each batch's distinct values once.

    Raises:
        KouanError: K-RSK-002 for nested columns, or a reader's error.
    """
    check_flat(entity, columns)
    parts: list[list[pa.Array]] = [[] for _ in columns]
    for encoded in map_ordered(entity.batches(list(columns)), _encode, threads):
        for chunks, chunk in zip(parts, encoded, strict=True):
            chunks.append(chunk)
    return {name: unified(chunks) for name, chunks in zip(columns, parts, strict=True)}


def check_flat(entity: Entity, columns: Sequence[str]) -> None:
    """Refuse columns without one value per row. Raises KouanError K-RSK-002."""
    for name in columns:
        kind = entity.schema.field(name).type
        if pa.types.is_nested(kind) and not is_list_of_text(kind):
            raise messages.NESTED.at(entity.name, item=name, type=kind)


def _encode(batch: pa.RecordBatch) -> list[pa.Array]:
    return [encoded(column) for column in batch.columns]


def encoded(column: pa.Array) -> pa.Array:
    """Return a column as a dictionary array."""
    return plain(column).dictionary_encode()


def is_list_of_text(kind: pa.DataType) -> bool:
    """Tell whether cells hold several texts, as what repeats in a record of a document does."""
    return bool(pa.types.is_list(kind) and pa.types.is_string(kind.value_type))


def plain(column: pa.Array) -> pa.Array:
    """Return one value per row; all values that repeat in a record are its value together."""
    if pa.types.is_dictionary(column.type):
        return column.dictionary_decode()
    if pa.types.is_null(column.type):  # Arrow unites no dictionaries of a column that is empty throughout
        return column.cast(pa.string())
    if pa.types.is_floating(column.type) and pc.any(pc.is_nan(column)).as_py():
        return pc.if_else(pc.is_nan(column), pa.scalar(float("nan"), column.type), column)  # whatever its bits are
    if not is_list_of_text(column.type):
        return column
    lengths = pc.list_value_length(column).fill_null(0).to_numpy(zero_copy_only=False)
    offsets = pa.array(np.append(0, np.cumsum(lengths)), pa.int32())
    filled = pa.ListArray.from_arrays(offsets, pc.list_flatten(column).fill_null(""))
    joined = pc.binary_join(filled, "\x1f")
    return pc.if_else(pa.array(lengths > 0), joined, pa.scalar(None, pa.string()))


def unified(chunks: Sequence[pa.Array]) -> tuple[Codes, pa.Array]:
    """Return the codes of dictionary arrays that follow each other, and the values, of which the first has code 1."""
    if not chunks:
        return Codes(np.zeros(0, dtype=np.int32), 1), pa.array([], pa.string())
    column = pa.chunked_array(list(chunks)).unify_dictionaries()
    values = np.concatenate([_indices(chunk) for chunk in column.chunks])
    longest = max((chunk.dictionary for chunk in column.chunks), key=len)
    return Codes(values, 1 + len(longest)), longest


def _indices(chunk: pa.Array) -> npt.NDArray[np.int32]:
    """Return the chunk's codes; the dictionary's own start at 1."""
    found: npt.NDArray[np.int32] = chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False) + np.int32(1)
    return found
