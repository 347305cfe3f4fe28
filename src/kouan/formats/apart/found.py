"""What a process apart found in a file, kept as long as this process lives: letters are read from a picture once."""

from __future__ import annotations

import atexit
import json
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kouan.formats.apart.process import Apart, Bounds, RefusedFileError
from kouan.formats.collection.spool import Spool
from kouan.formats.opened import chosen, cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kouan.formats.files import OpenedFile
    from kouan.formats.options import ReadOptions

MIB = 1 << 20
BOUNDS = {
    "pdf": Bounds(memory=1536 * MIB, seconds=1800, silence=300, answer=512 * MIB),
    "pdf-ocr": Bounds(memory=3072 * MIB, seconds=7200, silence=600, answer=512 * MIB),
    "picture": Bounds(memory=3072 * MIB, seconds=7200, silence=900, answer=64 * MIB),
    "dicom": Bounds(memory=768 * MIB, seconds=30, silence=60, answer=256 * MIB),
    "dicom-write": Bounds(memory=1024 * MIB, seconds=60, silence=60, answer=256 * MIB),
}
_NUMBERS = {"page", "confidence"}


@dataclass(slots=True)
class Found:
    """What was found in one file.

    Attributes:
        rows: by table, each row's values by column.
        labels: column -> what the file's own standard calls it.
        said: other lines of the answer, each with its `note`.
    """

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    said: list[dict[str, Any]] = field(default_factory=list)

    def pages(self, note: str) -> list[int]:
        """Return the pages of which something was said."""
        return [int(one.get("page", 0)) for one in self.said if one.get("note") == note]

    def of(self, note: str) -> list[dict[str, Any]]:
        """Return all lines of one kind."""
        return [one for one in self.said if one.get("note") == note]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table that is held in memory; what holds it is bounded by the size of an answer."""

    name: str
    table: pa.RecordBatch
    options: ReadOptions

    @property
    def schema(self) -> pa.Schema:
        """Columns and types."""
        return self.table.schema

    @property
    def rows(self) -> int | None:
        """Number of rows."""
        return int(self.table.num_rows)

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read the table from its start."""
        yield from cut(self.table.select(chosen(self.schema, columns)), self.options.batch_rows)


def found_in(file: OpenedFile, reader: str, request: Mapping[str, object]) -> Found:
    """Return what a library finds in a file, by a process apart unless it was read before.

    Raises:
        RefusedFileError: the reader says why it does not read the file.
        KouanError: K-FMT-025, K-FMT-140.
    """
    key = (file.sha256, reader, json.dumps(request, sort_keys=True))
    lines = _KEPT.get(key)
    if lines is None:
        lines = apart(reader).ask(file.path, request)
        file.check_unchanged()
        _KEPT.put(key, lines)
    done = Found()
    for line in lines:
        if "entity" in line:
            done.rows.setdefault(str(line["entity"]), []).extend(line.get("rows") or [])
        elif "labels" in line:
            done.labels.update(line["labels"])
        else:
            done.said.append(line)
    return done


def tables(found: Found, options: ReadOptions, empty: Mapping[str, Sequence[str]]) -> tuple[FoundTable, ...]:
    """Return the tables of what was found.

    Args:
        found: see Found.
        options: rows of a batch.
        empty: columns of the tables that are there even without rows.

    Raises:
        RefusedFileError: `columns`.
    """
    made = []
    for name in dict.fromkeys([*empty, *found.rows]):
        rows = found.rows.get(name, [])
        columns = list(dict.fromkeys([*empty.get(name, ()), *(column for row in rows for column in row)]))
        if len(columns) > options.limits.columns:
            raise RefusedFileError("columns", {"columns": len(columns)})
        arrays = [_array(column, [row.get(column) for row in rows]) for column in columns]
        fields = [
            pa.field(column, array.type, metadata={"label": found.labels[column]} if found.labels.get(column) else None)
            for column, array in zip(columns, arrays, strict=True)
        ]
        made.append(FoundTable(name, pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields)), options))
    return tuple(made)


def _array(column: str, values: list[Any]) -> pa.Array:
    if column in _NUMBERS:
        return pa.array([one if isinstance(one, int) else None for one in values], pa.int64())
    lists = [
        None if one is None else [_text(part) for part in one] if isinstance(one, list) else [_text(one)]
        for one in values
    ]
    if any(one is not None and len(one) > 1 for one in lists):
        return pa.array(lists, pa.list_(pa.string()))
    return pa.array([one[0] if one else None for one in lists], pa.string())


def _text(value: object) -> str:
    return str(value).encode("utf-8", "replace").decode().replace("\0", "")


class _Kept:
    """Answers in a file that no name leads to."""

    _MOST = 1024 * MIB

    def __init__(self) -> None:
        self._spool: Spool | None = None
        self._places: dict[object, tuple[int, int]] = {}
        self._lock = Lock()

    def get(self, key: object) -> list[dict[str, Any]] | None:
        with self._lock:
            if self._spool is None or key not in self._places:
                return None
            return list(json.loads(self._spool.read(*self._places[key])))

    def put(self, key: object, lines: list[dict[str, Any]]) -> None:
        data = json.dumps(lines).encode("ascii")
        with self._lock:
            if self._spool is None or self._spool.size + len(data) > self._MOST:
                self._spool, self._places = Spool(), {}
            self._places[key] = self._spool.append(data)


_KEPT = _Kept()


@cache
def apart(reader: str) -> Apart:
    """Return the process of a library; it starts with the first file."""
    made = Apart(reader, BOUNDS[reader])
    atexit.register(made.stop)
    return made
