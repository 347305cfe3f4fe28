"""Write a document back: values in their places, everything else byte by byte as it was, then read again to compare."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.formats import messages
from kouan.formats.landing import Landing, writing
from kouan.formats.opened import FileSource
from kouan.formats.tree.document import Document, load_bytes
from kouan.formats.tree.nodes import Kind
from kouan.formats.tree.splice import Edits, splice
from kouan.formats.tree.table import column_array
from kouan.formats.tree.values import read_values

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Self

    from kouan.formats.source import Source
    from kouan.formats.tree.document import Loaded
    from kouan.formats.tree.nodes import Ids
    from kouan.formats.tree.table import Column, RecordTable
    from kouan.model.text import Text

_ROWS = 65_536


class TreeSink:
    """A document being written (see `Sink`); a document of which no record stays is not written."""

    def __init__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> None:
        layout = like.layout if isinstance(like, FileSource) else None
        if not isinstance(layout, Document):
            raise TypeError("a document is written like the document it comes from")
        self._path = path
        self._document = layout
        self._loaded = layout.load()
        self._edits = Edits()
        self._at: dict[str, int] = {}
        self._expected: dict[tuple[str, str], Any] = {}
        self._asides: list[tuple[tuple[str, str], Ids, Any]] = []
        for table in self._loaded.tables:
            kept = schemas[table.name].names if table.name in schemas else []
            for name, column in table.columns.items():
                if name in kept:
                    self._expected[table.name, name] = _Seen()
                else:
                    self._edits.removed.append(column.nodes)

    @property
    def notes(self) -> tuple[Text, ...]:
        """Nothing is lost beyond the treated values."""
        return ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if exc and exc[0] is not None:
            return
        new = splice(self._loaded, self._edits)
        if new is None:
            return
        self._expect_asides()
        raw = self._loaded.mark + self._encoded(new)
        self._compare(raw)
        landing = Landing(self._path)
        try:
            with writing(self._path):
                landing.stream.write(raw)
            landing.land()
        except BaseException:
            landing.abandon()
            raise

    def write(self, entity: str, batch: pa.RecordBatch, keep: pa.BooleanArray | None = None) -> None:
        """Take the treated values of the next records."""
        table = self._loaded.table(entity)
        if table is None:
            raise ValueError("the batch does not belong to this document")
        start = self._at.get(entity, 0)
        self._at[entity] = start + batch.num_rows
        stays = None if keep is None else np.asarray(keep.fill_null(False), np.bool_)
        if stays is not None:
            self._edits.gone.append(table.anchors[start : start + batch.num_rows][~stays])
        for name, array in zip(batch.schema.names, batch.columns, strict=True):
            self._take(table, table.columns[name], array, start=start, stays=stays)

    def _take(self, table: RecordTable, column: Column, array: Any, *, start: int, stays: Any) -> None:
        which, rows = column.part(start, start + len(array))
        old = read_values(self._loaded.nodes, self._loaded.array, which)
        new = _values(array, rows, repeats=column.repeats)
        emptied = np.array(pc.and_(old.is_valid(), new.is_null()), np.bool_)
        changed = np.array(pc.fill_null(pc.not_equal(old, new), fill_value=False), np.bool_)
        asides = np.isin(self._loaded.nodes.kind[which], (Kind.COMMENT, Kind.INSTRUCTION))
        if asides.any():  # a changed comment goes: it says nothing that a reader of data would miss
            emptied |= asides & changed
            new = pc.if_else(pa.array(asides & changed), pa.scalar(None, pa.string()), new)
            changed &= ~asides
        self._edits.removed.append(which[emptied])
        texts = new.filter(pa.array(changed)).to_pylist()
        self._edits.replaced.update(zip(which[changed].tolist(), texts, strict=True))
        stay = np.ones(len(rows), np.bool_) if stays is None else stays[rows]
        left = new.filter(pa.array(stay))
        key = table.name, column.name
        if self._loaded.nodes.kind[which[:1]].tolist() in ([Kind.COMMENT], [Kind.INSTRUCTION]):
            self._asides.append((key, which[stay], left))
        else:
            self._expected[key].add(left)

    def _expect_asides(self) -> None:
        """Expect those comments again that do not stand inside a text that was replaced, and go with it."""
        nodes = self._loaded.nodes
        texts = np.fromiter(self._edits.replaced, np.int64, len(self._edits.replaced))
        texts = texts[nodes.kind[texts] == Kind.TEXT]
        texts = np.sort(np.concatenate([texts, *(some[nodes.kind[some] == Kind.TEXT] for some in self._edits.removed)]))
        for key, which, values in self._asides:
            before = np.searchsorted(nodes.start[texts], nodes.start[which]) - 1
            inside = (before >= 0) & (nodes.start[which] < np.append(nodes.end[texts], 0)[before])
            self._expected[key].add(values.filter(pa.array(~inside)))

    def _encoded(self, new: bytes) -> bytes:
        if self._loaded.codec == "utf-8":
            return new
        try:
            return new.decode().encode(self._loaded.codec)
        except UnicodeEncodeError:
            raise messages.CANNOT_ENCODE.at(str(self._path), encoding=self._loaded.codec) from None

    def _compare(self, raw: bytes) -> None:
        """Read what is about to be written and hold it against what was given (DESIGN 4.1)."""
        document = self._document
        again = load_bytes(raw, document.language, path=self._path, options=document.options)
        found = {
            (table.name, name): _column_digest(again, table, column)
            for table in again.tables
            for name, column in table.columns.items()
        }
        nothing = _Seen().digest()
        for key, expected in self._expected.items():
            if found.pop(key, nothing) != expected.digest():
                raise messages.TREE_CHANGED.at(str(self._path), table=key[0], column=key[1])
        mark = self._loaded.shape.withheld[0] if self._loaded.shape and self._loaded.shape.withheld else None
        for (table, name), digest in found.items():
            if digest != nothing and name.rpartition("/")[2] != f"@{mark}":
                raise messages.TREE_CHANGED.at(str(self._path), table=table, column=name)


def _values(array: Any, rows: Any, *, repeats: bool) -> Any:
    """Return one new value for each old one."""
    if not repeats:
        return array.take(pa.array(rows))
    plain = array.drop_null()
    flat = pc.list_flatten(plain)
    if len(flat) == len(rows):
        return flat
    lengths = np.bincount(rows, minlength=len(array))
    null = np.asarray(array.is_null(), np.bool_)
    place = np.cumsum(~null[rows]) - 1
    if len(flat) != int(lengths[~null].sum()):
        raise ValueError("a list has another length than the values it stands for")
    return flat.take(pa.array(place, mask=null[rows]))


class _Seen:
    """Values that were seen one after another, whatever the batches; empty ones leave no trace."""

    def __init__(self) -> None:
        self._lengths = hashlib.sha256()
        self._texts = hashlib.sha256()

    def add(self, values: Any) -> None:
        """Add an array of strings."""
        some = values.filter(pc.greater(pc.binary_length(values), 0))
        if len(some):
            _, offsets, text = some.buffers()
            bounds = np.frombuffer(offsets, np.int32)[some.offset : some.offset + len(some) + 1]
            self._lengths.update(np.diff(bounds).tobytes())
            self._texts.update(memoryview(text)[bounds[0] : bounds[-1]])

    def digest(self) -> bytes:
        """Return what tells them from other values."""
        return self._lengths.digest() + self._texts.digest()


def _column_digest(loaded: Loaded, table: RecordTable, column: Column) -> bytes:
    seen = _Seen()
    for start in range(0, len(table.anchors), _ROWS):
        stop = min(start + _ROWS, len(table.anchors))
        array = column_array(loaded.nodes, loaded.array, column, start=start, stop=stop)
        flat = pc.list_flatten(array) if column.repeats else array
        seen.add(flat)
    return seen.digest()
