"""One document as it was opened: bytes, nodes and tables; read again when needed, kept while there is room."""

from __future__ import annotations

import codecs
import re
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.formats import messages
from kouan.formats.files import pieces_of
from kouan.formats.tree.faults import Fault, ScanError
from kouan.formats.tree.paths import place
from kouan.formats.tree.scan import scan
from kouan.formats.tree.table import make_tables
from kouan.model.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.formats.options import ReadOptions
    from kouan.formats.tree.nodes import Bytes, Nodes
    from kouan.formats.tree.table import RecordTable
    from kouan.model.shape import TreeShape

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"\A<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_LIMITS = {
    Fault.DEPTH: Text(zh="嵌套太深", en="nested too deeply"),
    Fault.VALUE: Text(zh="单个值太大", en="one value is too large"),
}
_ROOM = 256 << 20
_BYTES_PER_NODE = 60


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document in memory.

    Attributes:
        data: its text as UTF-8, without a byte order mark.
        nodes, tables: of it.
        shape: that cut it into records, if a known one did.
        codec: Python codec that gives back the file's bytes from the text.
        mark: its byte order mark.
    """

    data: bytes
    nodes: Nodes
    tables: tuple[RecordTable, ...]
    shape: TreeShape | None
    codec: str
    mark: bytes

    @property
    def array(self) -> Bytes:
        """The text as bytes."""
        return np.frombuffer(self.data, np.uint8)

    def table(self, name: str) -> RecordTable | None:
        """Return a table by name."""
        return next((one for one in self.tables if one.name == name), None)


class _Shelf:
    """Documents read last, while they fit in 256 MiB together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str], tuple[Loaded, int]] = OrderedDict()

    def get(self, key: tuple[str, str]) -> Loaded | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        return None

    def put(self, key: tuple[str, str], loaded: Loaded) -> None:
        size = len(loaded.data) + len(loaded.nodes.kind) * _BYTES_PER_NODE
        with self._lock:
            self._kept[key] = (loaded, size)
            while sum(kept for _, kept in self._kept.values()) > _ROOM and self._kept:
                self._kept.popitem(last=False)


_SHELF = _Shelf()


@dataclass(frozen=True)
class Document:
    """A document on disk and how it is read.

    Attributes:
        path: where it lies.
        language: `xml` or `json`.
        digest: of its bytes, so that an older reading of another file is never taken for it.
        options: how to read.
    """

    path: Path
    language: str
    digest: str
    options: ReadOptions = field(repr=False)

    def load(self) -> Loaded:
        """Return the document in memory. Raises KouanError K-FMT-070 to 074."""
        key = (f"{self.digest} {self.options!r}", str(self.path))
        loaded = _SHELF.get(key)
        if loaded is None:
            raw = b"".join(pieces_of(self.path))
            loaded = load_bytes(raw, self.language, path=self.path, options=self.options)
            _SHELF.put(key, loaded)
        return loaded


def load_bytes(raw: bytes, language: str, *, path: Path, options: ReadOptions) -> Loaded:
    """Read a document from its bytes. Raises KouanError K-FMT-070 to 074; no message holds content."""
    limits = options.limits
    if len(raw) > limits.tree_bytes:
        raise messages.TREE_TOO_LARGE.at(str(path), size=len(raw), limit=limits.tree_bytes)
    mark, codec = _codec(raw, language, options.encoding)
    data = _as_utf8(raw[len(mark) :], codec)
    if data is None:
        raise messages.TREE_ENCODING.at(str(path), encoding=codec)
    try:
        nodes = scan(data, language, limits)
        shape = fitting(nodes, data, options.shapes, language)
        tables = make_tables(nodes, place(nodes, data, shape=shape, records=dict(options.records)))
    except ScanError as error:
        raise _refusal(error, data, path) from None
    for table in tables:
        if len(table.columns) > limits.columns:
            raise messages.TREE_PATHS.at(str(path), count=len(table.columns), limit=limits.columns)
    return Loaded(data, nodes, tables, shape, codec, mark)


def _as_utf8(raw: bytes, codec: str) -> bytes | None:
    """Return a text as UTF-8, or None when it could not be turned back into the very same bytes."""
    if codec == "utf-8":
        return raw if is_utf8(raw) else None
    try:
        text = raw.decode(codec)
        return text.encode() if text.encode(codec) == raw else None
    except (UnicodeError, LookupError):
        return None


def is_utf8(raw: bytes) -> bool:
    """Tell whether bytes are UTF-8, without making a text of them."""
    ends = pa.py_buffer(np.array([0, len(raw)], np.int64))
    try:
        pa.LargeStringArray.from_buffers(1, ends, pa.py_buffer(raw)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _codec(raw: bytes, language: str, stated: str | None) -> tuple[bytes, str]:
    """Return the byte order mark and the codec of what follows it."""
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return mark, "utf-8" if codec == "utf-8-sig" else codec
    if stated:
        return b"", stated
    declared = _DECLARED.match(raw) if language == "xml" else None
    if declared is None:
        return b"", "utf-8"
    name = declared[1].decode().lower()
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return b"", name
    return b"", "utf-8" if known == "ascii" else "gb18030" if known in {"gb2312", "gbk"} else known


def fitting(nodes: Nodes, data: bytes, shapes: tuple[TreeShape, ...], language: str) -> TreeShape | None:
    """Return the first shape whose root the document has."""
    if language == "json":
        roots = {int(one) for one in np.flatnonzero(nodes.parent < 0)[:1]}
        names = {
            nodes.names[nodes.name[child]]
            for child in np.flatnonzero(np.isin(nodes.parent, [*roots])).tolist()
            if nodes.name[child] >= 0
        }
        return next((one for one in shapes if one.members and names >= set(one.members)), None)
    root = int(np.argmax(nodes.kind == 0))
    prefix, _, local = nodes.names[nodes.name[root]].rpartition(":")
    wanted = f"xmlns:{prefix}" if prefix else "xmlns"
    space = ""
    for child in np.flatnonzero(nodes.parent == root).tolist():
        if nodes.kind[child] == 1 and nodes.names[nodes.name[child]] == wanted:
            space = data[nodes.inner_start[child] : nodes.inner_end[child]].decode()
    for shape in shapes:
        if local in shape.elements and (not shape.namespaces or space in shape.namespaces):
            return shape
    return None


def _refusal(error: ScanError, data: bytes, path: Path) -> Exception:
    line = data.count(b"\n", 0, error.offset) + 1
    where = f"{path}:{line}"
    if error.fault is Fault.SYNTAX:
        return messages.TREE_DAMAGED.at(where, line=line)
    if error.fault in (Fault.DECLARATIONS, Fault.ENTITY):
        return messages.TREE_ENTITIES.at(where, line=line)
    if error.fault is Fault.ENCODING:
        return messages.TREE_ENCODING.at(where, encoding="UTF-16 surrogate")
    return messages.TREE_LIMIT.at(where, limit=_LIMITS[error.fault])
