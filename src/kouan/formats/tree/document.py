"""One document as it was opened: bytes, nodes and tables; read again when needed, kept while there is room."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.formats import messages
from kouan.formats.files import pieces_of
from kouan.formats.kept import Kept
from kouan.formats.tree.faults import Fault, ScanError
from kouan.formats.tree.paths import place
from kouan.formats.tree.scan import scan
from kouan.formats.tree.table import make_tables
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kouan.formats.options import Limits, ReadOptions
    from kouan.formats.tree.nodes import Bytes, Nodes
    from kouan.formats.tree.table import RecordTable
    from kouan.model.shape import TreeShape

    _Reading = tuple[str | None, tuple[TreeShape, ...], Mapping[str, str], Limits]

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
_BYTES_PER_COLUMN = 600


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

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        columns = sum(len(table.columns) for table in self.tables)
        return len(self.data) + len(self.nodes.kind) * _BYTES_PER_NODE + columns * _BYTES_PER_COLUMN


@dataclass(frozen=True, slots=True)
class _Read:
    """A document and how it was understood."""

    reading: _Reading
    loaded: Loaded

    @property
    def size(self) -> int:
        return self.loaded.size


_SHELF = Kept[tuple[str, str], _Read](_ROOM)
"""By what they hold."""


def _reading(options: ReadOptions) -> _Reading:
    """Return what of the options decides how a document's bytes are understood."""
    return options.encoding, options.shapes, options.records, options.limits


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

    def load(self, raw: bytes | None = None) -> Loaded:
        """Return the document in memory, from its bytes where the caller has them.

        Raises:
            KouanError: K-FMT-070 to 074; K-FMT-025 when the file no longer holds what was opened.
        """
        found = _SHELF.get((self.digest, self.language))
        loaded = found.loaded if found is not None and found.reading == _reading(self.options) else None
        if loaded is None:
            if raw is None:
                raw = b"".join(pieces_of(self.path))
                if digest_of(raw) != self.digest:
                    raise messages.CHANGED.at(str(self.path))
            loaded = load_bytes(raw, self.language, path=self.path, options=self.options)
            self.keep(loaded, self.digest)
        return loaded

    def keep(self, loaded: Loaded, digest: str) -> None:
        """Keep a document in memory that was read in this one's manner; `digest` is that of its bytes."""
        _SHELF.put((digest, self.language), _Read(_reading(self.options), loaded))


def digest_of(raw: bytes) -> str:
    """Return the digest of bytes as sources give it, `sha256:<hex>`."""
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def load_bytes(raw: bytes, language: str, *, path: Path, options: ReadOptions) -> Loaded:
    """Read a document from its bytes. Raises KouanError K-FMT-070 to 074; no message holds content."""
    limits = options.limits
    if len(raw) > limits.tree_bytes:
        raise messages.TREE_TOO_LARGE.at(str(path), size=len(raw), limit=limits.tree_bytes)
    mark, codec = codec_of(raw, language, options.encoding)
    data = as_utf8(raw[len(mark) :], codec)
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


def as_utf8(raw: bytes, codec: str) -> bytes | None:
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


def codec_of(raw: bytes, language: str, stated: str | None) -> tuple[bytes, str]:
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
