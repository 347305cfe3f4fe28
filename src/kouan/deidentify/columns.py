"""Columns as text, and kernels run once per distinct value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

Kernel = Callable[[pa.Array], pa.Array]
"""Takes a column of one batch and returns a column of the same length."""


class Paired(ABC):
    """A kernel that also reads another column of the same rows, such as the one that names the person."""

    __slots__ = ()

    @abstractmethod
    def __call__(self, column: pa.Array, other: pa.Array) -> pa.Array:
        """Return a column of the same length."""


class Joint(ABC):
    """Treats several columns of the same rows at once."""

    columns: tuple[str, ...]

    @abstractmethod
    def together(self, columns: Sequence[pa.Array]) -> tuple[pa.Array, ...]:
        """Return text columns of the same length, for `columns` in that order."""


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a joint treatment that one column has."""

    joint: Joint
    column: str


class Learner(ABC):
    """A transform that must see the whole column before its kernel is known."""

    __slots__ = ()

    @abstractmethod
    def counted(self, column: pa.Array) -> pa.Array:
        """Return what is counted of a column's cells; nulls are not."""

    @abstractmethod
    def learnt(self, values: pa.Array, counts: pa.Array) -> Kernel:
        """Return the kernel, from all distinct values in no order and the cells that hold each."""


_EXACT = float(2**53)


def can_be_text(kind: pa.DataType) -> bool:
    """Tell whether values of this type have one obvious wording (nested and raw binary values do not)."""
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(not pa.types.is_nested(inner) and not pa.types.is_binary(inner) and not pa.types.is_large_binary(inner))


def as_text(column: pa.Array) -> pa.Array:
    """Return the column as strings; whole floats and decimals lose their `.0`: 1001.0 and "1001" are one value."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type):
        return _floats(pc.cast(column, pa.float64()))
    if pa.types.is_decimal(column.type):
        return pc.replace_substring_regex(pc.cast(column, pa.string()), r"\.0+$", "")
    return column if pa.types.is_string(column.type) else pc.cast(column, pa.string())


def over_distinct(column: pa.Array, kernel: Kernel) -> pa.Array:
    """Run a kernel over the distinct non-null values only and spread its results; null stays null."""
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    return spread(kernel(encoded.dictionary), encoded.indices)


def pick(condition: Any, value: Any) -> Any:
    """Return the value where the condition holds, else null."""
    return pc.if_else(condition, value, pa.scalar(None, value.type))


def spread(values: pa.Array, indices: pa.Array) -> pa.Array:
    """Return the value that each index names; null for a null index."""
    if len(values) == 0:
        return pa.nulls(len(indices), values.type)
    return values.take(indices)


def _floats(column: pa.Array) -> pa.Array:
    whole = pc.and_(pc.equal(column, pc.floor(column)), pc.less(pc.abs(column), pa.scalar(_EXACT)))
    digits = pc.cast(pc.cast(pick(whole, column), pa.int64()), pa.string())
    return pc.coalesce(digits, pc.cast(column, pa.string()))
