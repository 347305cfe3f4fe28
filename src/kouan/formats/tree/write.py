"""Write a document back: values in their places, everything else byte by byte as it was, then read again to compare."""

from __future__ import annotations

import hashlib
import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.formats import messages
from kouan.formats.landing import Landing, writing
from kouan.formats.opened import FileSource
from kouan.formats.tree.document import Document, digest_of, load_bytes
from kouan.formats.tree.nodes import Kind
from kouan.formats.tree.splice import Edits, inside, splice
from kouan.formats.tree.table import cells_of
from kouan.formats.tree.values import read_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Self

    from kouan.formats.source import Source
    from kouan.formats.tree.document import Loaded
    from kouan.formats.tree.nodes import Ids
    from kouan.formats.tree.table import Cells, RecordTable
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
        self._marked = self._places_of_marks()
        for table in self._loaded.tables:
            kept = schemas[table.name].names if table.name in schemas else []
            for name, column in table.columns.items():
                if name in kept:
                    self._expected[table.name, name] = _Seen()
                else:
                    self._take_out(table.name, name, column.nodes)

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
        anchors = table.anchors[start : start + batch.num_rows]
        lost = inside(self._loaded, self._edits.gone, anchors)  # with the record around them, which was written before
        if stays is not None:
            self._edits.gone.append(anchors[~stays])
        if lost.any():
            stays = ~lost if stays is None else stays & ~lost
        cells = cells_of(table, batch.schema.names, start=start, stop=start + batch.num_rows)
        self._take(table.name, cells, _values(batch, cells), stays)

    def _places_of_marks(self) -> frozenset[tuple[str, str]]:
        """Return the columns in which the standard's mark may stand in the place of a value that is withheld."""
        shape = self._loaded.shape
        if shape is None or self._document.language != "xml":
            return frozenset()
        places = ((table.name, name) for table in self._loaded.tables for name in table.columns)
        asides = ("comment()", "instruction()")
        return frozenset(one for one in places if one[1] not in asides and shape.may_mark(*one))

    def _take_out(self, table: str, column: str, which: Ids) -> None:
        marked = (table, column) in self._marked
        (self._edits.withheld if marked else self._edits.removed).append(which)

    def _take(self, table: str, cells: Cells, new: Any, stays: Any) -> None:
        """Hold the new values against those that stand in the document, and note what changes."""
        old = read_values(self._loaded.nodes, self._loaded.array, cells.nodes)
        emptied = np.array(pc.and_(old.is_valid(), new.is_null()), np.bool_)
        changed = np.array(pc.fill_null(pc.not_equal(old, new), fill_value=False), np.bool_)
        asides = np.isin(self._loaded.nodes.kind[cells.nodes], (Kind.COMMENT, Kind.INSTRUCTION))
        if (asides & changed).any():  # a changed comment goes: it says nothing that a reader of data would miss
            emptied |= asides & changed
            new = pc.if_else(pa.array(asides & changed), pa.scalar(None, pa.string()), new)
            changed &= ~asides
        for column, (lo, hi) in zip(cells.columns, itertools.pairwise(cells.bounds), strict=True):
            self._take_out(table, column.name, cells.nodes[lo:hi][emptied[lo:hi]])
        texts = new.filter(pa.array(changed)).to_pylist()
        self._edits.replaced.update(zip(cells.nodes[changed].tolist(), texts, strict=True))
        stay = np.ones(len(cells.rows), np.bool_) if stays is None else stays[cells.rows]
        texts = _Texts(new, stay & ~asides)
        for column, lo, hi in cells.spans():
            if asides[lo:hi].any():
                here = stay[lo:hi]
                kept = new.slice(lo, hi - lo).filter(pa.array(here))
                self._asides.append(((table, column.name), cells.nodes[lo:hi][here], kept))
            else:
                self._expected[table, column.name].add(texts, lo, hi)

    def _expect_asides(self) -> None:
        """Expect those comments again that do not stand inside a text that was replaced, and go with it."""
        nodes = self._loaded.nodes
        texts = np.fromiter(self._edits.replaced, np.int64, len(self._edits.replaced))
        texts = texts[nodes.kind[texts] == Kind.TEXT]
        gone = (*self._edits.removed, *self._edits.withheld)
        texts = np.sort(np.concatenate([texts, *(some[nodes.kind[some] == Kind.TEXT] for some in gone)]))
        for key, which, values in self._asides:
            before = np.searchsorted(nodes.start[texts], nodes.start[which]) - 1
            inside = (before >= 0) & (nodes.start[which] < np.append(nodes.end[texts], 0)[before])
            self._expected[key].add(_Texts(values, ~inside), 0, len(values))

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
        document.keep(again, digest_of(raw))
        found = dict(one for table in again.tables for one in _digests(again, table))
        nothing = _Seen().digest()
        for key, expected in self._expected.items():
            if found.pop(key, nothing) != expected.digest():
                raise messages.TREE_CHANGED.at(str(self._path), table=key[0], column=key[1])
        for (table, name), digest in found.items():
            if digest != nothing:
                raise messages.TREE_CHANGED.at(str(self._path), table=table, column=name)


def _values(batch: pa.RecordBatch, cells: Cells) -> Any:
    """Return one new value for each value of the document."""
    parts = [pa.array([], pa.string())]
    for (column, lo, hi), array in zip(cells.spans(), batch.columns, strict=True):
        rows = cells.rows[lo:hi]
        if column.repeats:
            parts.append(flat_values(array, rows))
        else:
            parts.append(array if len(rows) == len(array) else array.take(pa.array(rows)))
    return pa.concat_arrays(parts)


def flat_values(array: Any, rows: Ids) -> Any:
    """Return one value for each of a list column's old ones; a list that has become null has lost them all."""
    flat = pc.list_flatten(array)
    if len(flat) == len(rows):
        return flat
    null = np.asarray(array.is_null(), np.bool_)[rows]
    if len(flat) != int((~null).sum()):
        raise ValueError("a list has another length than the values it stands for")
    return flat.take(pa.array(np.cumsum(~null) - 1, mask=null))


class _Texts:
    """Some values as their lengths and their bytes one after another; empty ones leave no trace."""

    def __init__(self, values: Any, stays: Any = None) -> None:
        _, offsets, text = values.buffers()
        bounds = np.zeros(1, np.int32)  # an array of nothing may have no offsets
        if len(values):
            bounds = np.frombuffer(offsets, np.int32)[values.offset : values.offset + len(values) + 1]
        lengths = np.diff(bounds)
        out = None if not values.null_count else np.asarray(values.is_null(), np.bool_)
        if stays is not None and not stays.all():
            out = ~stays if out is None else out | ~stays
        data = np.frombuffer(text or b"", np.uint8)[bounds[0] : bounds[-1]]
        if out is not None and lengths[out].any():
            data = data[np.repeat(~out, lengths)]
        if out is not None:
            lengths = np.where(out, np.int32(0), lengths)
        self._data = data
        self._ends = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
        some = lengths > 0
        self._lengths = lengths[some]
        self._before = np.concatenate(([0], np.cumsum(some)))

    def part(self, lo: int, hi: int) -> tuple[Any, Any]:
        """Return lengths and bytes of the values from `lo` to before `hi`."""
        lengths = self._lengths[self._before[lo] : self._before[hi]]
        return lengths, self._data[self._ends[lo] : self._ends[hi]]


class _Seen:
    """Values of one column that were seen one after another, whatever the batches."""

    def __init__(self) -> None:
        self._lengths = hashlib.sha256()
        self._texts = hashlib.sha256()

    def add(self, texts: _Texts, lo: int, hi: int) -> None:
        """Add the values from `lo` to before `hi`."""
        lengths, data = texts.part(lo, hi)
        self._lengths.update(lengths)
        self._texts.update(data)

    def digest(self) -> bytes:
        """Return what tells them from other values."""
        return self._lengths.digest() + self._texts.digest()


def _digests(loaded: Loaded, table: RecordTable) -> Iterator[tuple[tuple[str, str], bytes]]:
    """Yield the digest of each column's values."""
    seen = {name: _Seen() for name in table.columns}
    for start in range(0, len(table.anchors), _ROWS):
        cells = cells_of(table, [*seen], start=start, stop=min(start + _ROWS, len(table.anchors)))
        texts = _Texts(read_values(loaded.nodes, loaded.array, cells.nodes))
        for column, lo, hi in cells.spans():
            seen[column.name].add(texts, lo, hi)
    for name, one in seen.items():
        yield (table.name, name), one.digest()
