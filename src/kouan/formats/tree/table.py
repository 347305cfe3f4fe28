"""The records of one document as tables: rows are records, columns distinct paths, repeated values lists."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from kouan.formats.tree.paths import distinct_of
from kouan.formats.tree.values import read_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from kouan.formats.tree.nodes import Ids, Ints, Nodes
    from kouan.formats.tree.paths import Placed

_MOST_SHORT = 1 << 16
_ONE = pa.string()
_MANY = pa.list_(_ONE)


@dataclass(frozen=True, slots=True)
class Column:
    """One path of one kind of record.

    Attributes:
        name: the path; `.` for a value that is the record itself.
        nodes: its values, by record and then by place.
        rows: row of each of them, ascending.
        repeats: whether some record holds several.
    """

    name: str
    nodes: Ids
    rows: Ids
    repeats: bool

    def part(self, start: int, stop: int) -> tuple[Ids, Ids]:
        """Return nodes and rows (counted from `start`) of the rows from `start` to before `stop`."""
        lo, hi = np.searchsorted(self.rows, (start, stop))
        return self.nodes[lo:hi], self.rows[lo:hi] - start


@dataclass(frozen=True, slots=True)
class RecordTable:
    """All records of one kind in one document.

    Attributes:
        name: of the kind.
        anchors: node that opens each record.
        columns: by path, in order of first appearance.
    """

    name: str
    anchors: Ids
    columns: dict[str, Column]

    @property
    def schema(self) -> pa.Schema:
        """Columns as Arrow fields: text, or lists of text."""
        return pa.schema([pa.field(one.name, _MANY if one.repeats else _ONE) for one in self.columns.values()])


def make_tables(nodes: Nodes, placed: Placed) -> tuple[RecordTable, ...]:
    """Return the tables of a document in order of first appearance; each has its rows in document order."""
    names = list(dict.fromkeys(placed.tables))
    numbers = {name: at for at, name in enumerate(names)}
    table_of_anchor = np.array([numbers[name] for name in placed.tables], np.int64)
    row_of_anchor = np.zeros(len(placed.anchors), np.int64)
    for table in range(len(names)):
        here = table_of_anchor == table
        row_of_anchor[here] = np.arange(int(here.sum()))
    anchor_at = np.zeros(len(nodes.kind), np.int64)
    anchor_at[placed.anchors] = np.arange(len(placed.anchors))
    cells = np.flatnonzero(placed.path >= 0)
    anchor = anchor_at[placed.record[cells]]
    group = table_of_anchor[anchor] * len(placed.paths) + placed.path[cells]
    rows = row_of_anchor[anchor]
    order = _by_group(group, rows)
    group = group[order]
    ids: Ids = cells[order].astype(np.int32)
    row_ids: Ids = rows[order].astype(np.int32)
    tables = [RecordTable(name, placed.anchors[table_of_anchor == at], {}) for at, name in enumerate(names)]
    if not len(ids):
        return tuple(tables)
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    again = np.zeros(len(group), np.bool_)
    again[1:] = (group[1:] == group[:-1]) & (row_ids[1:] == row_ids[:-1])
    facts = (starts, np.append(starts[1:], len(group)), group[starts], np.logical_or.reduceat(again, starts))
    first = np.argsort(np.minimum.reduceat(ids, starts), kind="stable")
    for lo, hi, number, repeats in zip(*(fact[first].tolist() for fact in facts), strict=True):
        table, path = divmod(number, len(placed.paths))
        name = placed.paths[path] or "."
        tables[table].columns[name] = Column(name, ids[lo:hi], row_ids[lo:hi], repeats)
    return tuple(tables)


def _by_group(group: Ints, rows: Ints) -> Ints:
    """Return the order by group and row; rows are mostly in order, but for records inside records of their own kind."""
    distinct, small = distinct_of(group)
    order = np.argsort(small.astype(np.uint16) if len(distinct) < _MOST_SHORT else small, kind="stable")
    apart = np.diff(rows[order]) < 0
    if (apart & (np.diff(small[order]) == 0)).any():
        return np.lexsort((rows, group))
    return order


@dataclass(frozen=True, slots=True)
class Cells:
    """The values of some columns in some rows of one table, column after column.

    Attributes:
        columns: the columns.
        bounds: where each column's values begin, and where the last one's end.
        nodes, rows: of each value; rows counted from the first row asked for.
        count: rows asked for.
    """

    columns: tuple[Column, ...]
    bounds: tuple[int, ...]
    nodes: Ids
    rows: Ids
    count: int

    def spans(self) -> Iterator[tuple[Column, int, int]]:
        """Yield each column with where its values begin and end."""
        yield from zip(self.columns, self.bounds, self.bounds[1:], strict=False)

    def arrays(self, values: Any) -> list[Any]:
        """Return one array per column, of text or of lists of text, out of one value for each node."""
        return [
            _rowwise(values.slice(lo, hi - lo), self.rows[lo:hi], self.count, repeats=column.repeats)
            for column, lo, hi in self.spans()
        ]


def cells_of(table: RecordTable, names: Sequence[str], *, start: int, stop: int) -> Cells:
    """Return the values of the named columns in the rows from `start` to before `stop`."""
    columns = tuple(table.columns[name] for name in names)
    whole = start == 0 and stop == len(table.anchors)
    parts = [(one.nodes, one.rows) if whole else one.part(start, stop) for one in columns]
    nothing = np.zeros(0, np.int32)
    bounds = (0, *itertools.accumulate(len(nodes) for nodes, _ in parts))
    nodes = np.concatenate([nothing, *(nodes for nodes, _ in parts)])
    rows = np.concatenate([nothing, *(rows for _, rows in parts)])
    return Cells(columns, bounds, nodes, rows, stop - start)


def table_arrays(
    nodes: Nodes, data: npt.NDArray[np.uint8], table: RecordTable, names: Sequence[str], *, start: int, stop: int
) -> list[Any]:
    """Return the named columns' rows from `start` to before `stop`, all read at once."""
    cells = cells_of(table, names, start=start, stop=stop)
    return cells.arrays(read_values(nodes, data, cells.nodes))


def _rowwise(values: Any, rows: Ids, count: int, *, repeats: bool) -> Any:
    if repeats:
        offsets = np.searchsorted(rows, np.arange(count + 1)).astype(np.int32)
        held = np.diff(offsets) > 0
        mask = None if held.all() else pa.array(~held)
        return pa.ListArray.from_arrays(pa.array(offsets), values, mask=mask)
    if len(rows) == count:
        return values
    place = np.full(count, -1, np.int64)
    place[rows] = np.arange(len(rows))
    return values.take(pa.array(place, mask=place < 0))
