"""The JSON of one column of a batch, scanned at once: its leaves by path and row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.formats.tree.faults import ScanError
from kouan.formats.tree.nodes import Kind
from kouan.formats.tree.paths import Steps, any_of, spell_paths
from kouan.formats.tree.scan import scan
from kouan.formats.tree.splice import apply, patches_of
from kouan.formats.tree.values import read_values
from kouan.formats.tree.write import flat_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from kouan.formats.options import Limits
    from kouan.formats.tree.nodes import Ids, Ints, Nodes

_HOLDERS = (Kind.OBJECT, Kind.ARRAY)
_VALUES = (Kind.STRING, Kind.NUMBER, Kind.LITERAL)
_BETWEEN = b"\n"
_MARK = 0x1E
"""Stands between cells while they are put together again: it can be no part of JSON (RFC 8259 7)."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one column, all of them JSON objects or arrays, blank or null.

    Attributes:
        column: as it was read.
        rows: those whose cells hold JSON.
        data: these cells one after another, a line feed between them.
        nodes: of all of them.
        leaves: nodes that are values, or hold nothing, in the order in which they are written.
        row: of each leaf.
        path: of each leaf, index into `paths`.
        paths: distinct paths below the column; empty for a value that stands in the array that a cell is.
    """

    column: Any
    rows: Ints
    data: bytes
    nodes: Nodes
    leaves: Ids
    row: Ints
    path: Ids
    paths: tuple[str, ...]

    def parts(self) -> Iterator[tuple[str, Ids, Ints]]:
        """Yield each path with its leaves and their rows, in the order in which paths first appear."""
        order = np.argsort(self.path, kind="stable")
        distinct, first, counts = np.unique(self.path, return_index=True, return_counts=True)
        ends = np.cumsum(counts)
        for at in np.argsort(first, kind="stable").tolist():
            here = order[ends[at] - counts[at] : ends[at]]
            yield self.paths[distinct[at]], self.leaves[here], self.row[here]

    def values(self, which: Ids) -> Any:
        """Return what leaves hold, as text; JSON's null is null."""
        return read_values(self.nodes, np.frombuffer(self.data, np.uint8), which)

    def column_of(self, which: Ids, row: Ints, *, repeats: bool) -> Any:
        """Return leaves of one path as a column of the batch: text, or lists of text."""
        values, count = self.values(which), len(self.column)
        if not repeats:
            place = np.full(count, -1, np.int64)
            place[row] = np.arange(len(row))
            return values.take(pa.array(place, mask=place < 0))
        lengths = np.bincount(row, minlength=count)
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(offsets), values, mask=pa.array(lengths == 0))

    def written(self, new: dict[str, Any]) -> Any:
        """Return the column with new values in the places of the old ones; a path that is not in `new` is taken out."""
        if not len(self.rows):
            return self.column
        replaced: dict[int, str] = {}
        removed = np.zeros(len(self.nodes.kind), np.bool_)
        for path, which, row in self.parts():
            if path not in new:
                removed[which] = True
                continue
            old = self.values(which)
            array = new[path]
            texts = (
                flat_values(array, row.astype(np.int32)) if pa.types.is_list(array.type) else array.take(pa.array(row))
            )
            removed[which[_true(pc.and_(old.is_valid(), texts.is_null()))]] = True
            changed = _true(pc.and_(texts.is_valid(), pc.fill_null(pc.not_equal(old, texts), fill_value=True)))
            replaced |= zip(which[changed].tolist(), texts.filter(pa.array(changed)).to_pylist(), strict=True)
        return self._put_together(patches_of(self.nodes, self.data, replaced, removed))

    def _put_together(self, patches: list[tuple[int, int, bytes]]) -> Any:
        if not patches:
            return self.column
        lengths = np.asarray(pc.binary_length(self.column.take(pa.array(self.rows))), np.int64)
        data = bytearray(self.data)
        for at in (np.cumsum(lengths + 1)[:-1] - 1).tolist():
            data[at] = _MARK
        cells = apply(bytes(data), patches).split(bytes([_MARK]))
        mask = np.zeros(len(self.column), np.bool_)
        mask[self.rows] = True
        return pc.replace_with_mask(self.column, pa.array(mask), pa.array(cells, pa.binary()).cast(pa.string()))


def scan_cells(column: Any, limits: Limits) -> Cells | None:
    """Return the JSON of a column, or None when some cell is no JSON object or array."""
    filled = _true(pc.fill_null(pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(column)), 0), fill_value=False))
    rows = np.flatnonzero(filled)
    values = column.take(pa.array(rows))
    data = _BETWEEN.join(values.cast(pa.binary()).to_pylist())
    if not len(rows):
        return Cells(column, rows, b"", _NOTHING, _NONE, rows, _NONE, ())
    starts = np.concatenate([[0], np.cumsum(np.asarray(pc.binary_length(values), np.int64)[:-1] + 1)])
    try:
        nodes = scan(data, "json", limits)
    except ScanError:
        return None
    roots = np.flatnonzero(nodes.parent < 0)
    if len(roots) != len(rows) or not any_of(nodes.kind[roots], _HOLDERS).all():
        return None
    if (np.searchsorted(starts, nodes.start[roots], side="right") - 1 != np.arange(len(rows))).any():
        return None
    bare = any_of(nodes.kind, _HOLDERS) & (nodes.parent >= 0)
    bare[nodes.parent[nodes.parent >= 0]] = False
    nodes = replace(nodes, kind=np.where(bare, int(Kind.OBJECT), nodes.kind).astype(np.uint8))  # an array adds no step
    path, paths = spell_paths(nodes, Steps(nodes, None))
    same: dict[str, int] = {}  # a member may be named by the empty text, so that two paths read alike
    path = np.array([same.setdefault(text, at) for at, text in enumerate(paths)], np.int32)[path]
    leaves = np.flatnonzero(any_of(nodes.kind, _VALUES) | bare).astype(np.int32)
    row = rows[np.searchsorted(starts, nodes.start[leaves], side="right") - 1]
    return Cells(column, rows, data, nodes, leaves, row, path[leaves], tuple(paths))


def _texts(array: Any, row: Ints) -> Any:
    """Return one new value for each leaf of a path."""
    return flat_values(array, row.astype(np.int32)) if pa.types.is_list(array.type) else array.take(pa.array(row))


def _true(mask: Any) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = np.asarray(mask, np.bool_)
    return found


_NONE: Ids = np.zeros(0, np.int32)
_NOTHING: Any = None
