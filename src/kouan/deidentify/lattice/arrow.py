"""An Arrow table and hierarchy files as the search reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.lattice.attributes import attribute
from kouan.deidentify.lattice.table import Sensitive, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kouan.deidentify.hierarchy import Hierarchy
    from kouan.deidentify.lattice.attributes import Attribute
    from kouan.deidentify.lattice.table import Table


def read_table(
    rows: pa.Table,
    hierarchies: Mapping[str, Hierarchy],
    *,
    levels: Mapping[str, tuple[int, int]] | None = None,
    sensitive: Sequence[str] = (),
    population: pa.Table | None = None,
) -> Table:
    """Read the quasi-identifiers and sensitive attributes of a table.

    Args:
        rows: holds the columns; values are compared with the leaves as text.
        hierarchies: by column, in the order of the result's levels.
        levels: by column, lowest and highest level that may be chosen; all when a column is not named.
        sensitive: columns that models name; numbers and dates are ordered by value, text by code point, null last.
        population: a table with the same quasi-identifiers, of which the rows are a sample (for k-map).

    Raises:
        KouanError: K-DEI-040 to K-DEI-044.
    """
    chosen = levels or {}
    attributes = []
    for name, one in hierarchies.items():
        lowest, highest = chosen.get(name, (0, one.height))
        attributes.append(attribute(name, one.rows, lowest=lowest, highest=highest))
    return table(
        attributes,
        [_leaves(rows, one) for one in attributes],
        sensitive=[_sensitive(rows, name) for name in sensitive],
        population=[] if population is None else [_leaves(population, one) for one in attributes],
    )


def _leaves(rows: pa.Table, one: Attribute) -> npt.NDArray[np.integer[Any]]:
    """Return the leaf of each row, -1 where there is none, in as few bytes as will do."""
    leaves = pa.array(one.values, pa.string())
    narrow = np.min_scalar_type(-max(1, len(leaves)))
    found = [np.zeros(0, dtype=narrow)]
    found += [_looked_up(chunk, leaves).astype(narrow) for chunk in rows[one.name].chunks]
    return np.concatenate(found)


def _looked_up(chunk: pa.Array, leaves: pa.Array) -> npt.NDArray[np.int32]:
    """Return the leaf of each value, looked up once for each different value."""
    encoded = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
    found = pc.index_in(pc.cast(encoded.dictionary, pa.string()), value_set=leaves)
    codes: npt.NDArray[np.int32] = pc.fill_null(found.take(encoded.indices), -1).to_numpy(zero_copy_only=False)
    return codes


def _sensitive(rows: pa.Table, name: str) -> Sensitive:
    values = pc.unique(rows[name])
    values = values.take(pc.sort_indices(values))
    return Sensitive(name, pc.index_in(rows[name], value_set=values).to_numpy().astype(np.int64), len(values))
