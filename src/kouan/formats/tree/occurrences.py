"""What repeats inside a record, one row each: values that stand in one element stay together.

A record's columns hold lists, and where one of two reactions has no outcome the lists no longer say whose the other is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.formats.occurrences import RECORD
from kouan.formats.tree.nodes import Kind
from kouan.formats.tree.values import read_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.formats.tree.nodes import Ids, Nodes
    from kouan.formats.tree.table import Column, RecordTable

_STEP = re.compile(r"(?:[^/()]|\([^()]*\))+")


def occurrences_of(
    nodes: Nodes, data: npt.NDArray[np.uint8], table: RecordTable, *, at: str, names: Sequence[str]
) -> pa.RecordBatch:
    """Return one row for each element at `at`, in document order.

    Args:
        nodes: of the document.
        data: its bytes.
        table: kind of records.
        at: path of the element inside its record, as columns write it.
        names: columns; those below `at` give the first value in the element, others the first of the record. A column
            that this document lacks is null.

    Returns:
        Text columns of those names, and RECORD, int64.
    """
    inside = {name: column for name, column in table.columns.items() if name.startswith(f"{at}/")}
    owners = {name: _owners(nodes, column, name[len(at) + 1 :]) for name, column in inside.items()}
    pairs = [np.stack([owners[name], column.rows.astype(np.int64)]) for name, column in inside.items()]
    every, first = np.unique(np.concatenate([part[0] for part in pairs] or [_NONE]), return_index=True)
    records = np.concatenate([part[1] for part in pairs] or [_NONE])[first]
    arrays = []
    for name in names:
        column = table.columns.get(name)
        if column is None:
            arrays.append(pa.nulls(len(every), pa.string()))
            continue
        keys = owners.get(name)
        arrays.append(
            _first(nodes, data, column, column.rows if keys is None else keys, records if keys is None else every)
        )
    return pa.RecordBatch.from_arrays([*arrays, pa.array(records, pa.int64())], names=[*names, RECORD])


_NONE = np.zeros(0, np.int64)


def _first(
    nodes: Nodes,
    data: npt.NDArray[np.uint8],
    column: Column,
    keys: npt.NDArray[np.int64] | Ids,
    wanted: npt.NDArray[np.int64],
) -> pa.Array:
    """Return for each wanted key the first value that has it."""
    known, first = np.unique(keys, return_index=True)
    if not len(known):
        return pa.nulls(len(wanted), pa.string())
    values = read_values(nodes, data, column.nodes[first])
    place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return values.take(pa.array(place, mask=known[place] != wanted))


def _owners(nodes: Nodes, column: Column, rest: str) -> npt.NDArray[np.int64]:
    """Return the element that each value stands in, so many steps above it."""
    steps = _STEP.findall(rest)
    at = column.nodes.astype(np.int64)
    stands = nodes.kind[at] == Kind.TEXT  # text, or an attribute that is its element's value, adds no step
    if not steps[-1].startswith("@"):
        stands |= nodes.kind[at] == Kind.ATTRIBUTE
    at = np.where(stands, nodes.parent[at], at)
    for _ in steps:
        at = nodes.parent[at].astype(np.int64)
        while (arrays := nodes.kind[at] == Kind.ARRAY).any():
            at = np.where(arrays, nodes.parent[at], at)
    return at
