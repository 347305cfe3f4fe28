"""The texts of a column in which identifiers can stand: all of a text column, and long numbers of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.recognize.cells import as_text, is_list_of_text, kind_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.recognize.cells import Values

_SHORTEST = 10_000_000
"""Numbers below it are no identifier."""
_NONE = pa.array([], pa.string())


def texts_of(column: Any, cells: Values | None) -> tuple[Any, npt.NDArray[np.int64] | None, int]:
    """Return the texts of a part of a column, how many cells each stands for, and how many cells are left out as null.

    Args:
        column: `pa.Array` of any type.
        cells: its distinct values, where they have been taken together; None: every row is a text of its own.

    Returns:
        A string array; weights, or None where every valid row counts once; nulls.
    """
    kind = kind_of(column.type)
    if kind not in ("text", "integer", "decimal"):
        return _NONE, None, column.null_count
    if cells is not None:
        values, weights = cells.raw, cells.weight
        if kind != "text":
            long = _long(values)
            values, weights = as_text(values.filter(pa.array(long))), weights[long]
        return values.cast(pa.string()), weights, 0
    if is_list_of_text(column.type):
        empty = pc.sum(pc.equal(pc.list_value_length(column).fill_null(0), 0)).as_py() or 0
        column = pc.list_flatten(column)
        return column, None, empty + column.null_count
    plain = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
    if kind == "text":
        return plain.cast(pa.string()), None, column.null_count
    filled = plain.drop_null()
    return as_text(filled.filter(pa.array(_long(filled)))), None, column.null_count


def cells_of(column: Any) -> int:
    """Return how many cells a part of a column has; a record without any value is one cell that holds nothing."""
    if not is_list_of_text(column.type):
        return len(column)
    lengths = pc.list_value_length(column).fill_null(0)
    return int(pc.sum(pc.max_element_wise(lengths, 1)).as_py() or 0)


def _long(values: Any) -> npt.NDArray[np.bool_]:
    """Tell which numbers are whole and long enough to be an identifier."""
    if pa.types.is_floating(values.type):
        numbers = np.asarray(values, np.float64)
        long: npt.NDArray[np.bool_] = np.isfinite(numbers) & (np.abs(numbers) >= _SHORTEST)
        long[long] = numbers[long] == np.trunc(numbers[long])
        return long
    if pa.types.is_decimal(values.type):
        return np.ones(len(values), np.bool_)
    return np.asarray(pc.greater_equal(values, _SHORTEST), np.bool_)
