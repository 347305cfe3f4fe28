"""What stands in an Arrow IPC file, and how much memory it takes, read before anything is unpacked.

Columnar format, "Encapsulated message format", and Message.fbs: a message's metadata is a flatbuffer; a compressed
buffer begins with the bytes that it unpacks to. The decoder allocates what they say.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.formats import messages
from kouan.formats.files import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kouan.formats.options import Limits

FILE_MAGIC = b"ARROW1\0\0"
STREAM_MAGIC = b"\xff\xff\xff\xff"
ARROW_MAGICS = (FILE_MAGIC, STREAM_MAGIC)
"""File format (Feather version 2 is one) and stream format."""

_MOST_METADATA = 16 << 20
_MOST_MESSAGES = 1_000_000
_MOST_BUFFERS = 200_000
_DICTIONARY, _RECORDS = 2, 3
_CONTINUES = 0xFFFFFFFF
_CODECS = {0: "lz4", 1: "zstd"}
_SPARE_ROWS = 1 << 20
_BROKEN = (struct.error, LookupError, ValueError, OverflowError)


@dataclass(frozen=True, slots=True)
class ArrowLayout:
    """How an Arrow IPC file was written.

    Attributes:
        file: file format rather than stream.
        start: where its stream of messages begins.
        rows: of all batches.
        codec: compression of buffers, or None.
        ended: whether a mark of the end stands there; a stream may do without.
    """

    file: bool
    start: int
    rows: int
    codec: str | None
    ended: bool


def examine(path: Path, limits: Limits) -> ArrowLayout:
    """Walk the messages of a file. Raises KouanError: K-FMT-054, 055."""
    with opened(path) as descriptor:
        size = os.fstat(descriptor).st_size
        is_file = os.pread(descriptor, 8, 0) == FILE_MAGIC
        start = len(FILE_MAGIC) if is_file else 0
        if is_file and os.pread(descriptor, 6, max(0, size - 6)) != FILE_MAGIC[:6]:
            raise messages.COLUMNAR_DAMAGED.at(str(path), format="Arrow")
        rows = dictionaries = 0
        codec, ended = None, False
        try:
            for kind, batch in _messages(descriptor, start, size):
                if kind is None:
                    ended = True
                    break
                if batch.length > 8 * batch.unpacked + _SPARE_ROWS:  # rows that take no bytes never end
                    raise messages.BATCH_TOO_LARGE.at(str(path), limit=limits.page_bytes >> 20)
                dictionaries += batch.unpacked if kind == _DICTIONARY else 0
                if dictionaries + batch.unpacked > limits.page_bytes:
                    raise messages.BATCH_TOO_LARGE.at(str(path), limit=limits.page_bytes >> 20)
                rows += batch.length if kind == _RECORDS else 0
                codec = batch.codec or codec
        except _BROKEN:
            raise messages.COLUMNAR_DAMAGED.at(str(path), format="Arrow") from None
        if is_file and not ended:
            raise messages.COLUMNAR_DAMAGED.at(str(path), format="Arrow")
    return ArrowLayout(is_file, start, rows, codec, ended)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows of a batch, bytes of its buffers when unpacked, and the codec of those that are packed."""

    length: int = 0
    unpacked: int = 0
    codec: str | None = None


def _messages(descriptor: int, place: int, size: int) -> Iterator[tuple[int | None, _Batch]]:
    """Yield kind and content of every message; None for the mark of the end. Raises what `_BROKEN` holds."""
    for _ in range(_MOST_MESSAGES):
        head = os.pread(descriptor, 8, place)
        if not head:
            return
        mark, length = struct.unpack("<Ii", head)
        if mark != _CONTINUES or not 0 <= length <= _MOST_METADATA:
            raise ValueError
        if not length:
            yield None, _Batch()
            return
        message = _Table.root(os.pread(descriptor, length, place + 8))
        kind, body = message.number(1, "<B"), message.number(3, "<q")
        start = place + 8 + length
        if body < 0 or start + body > size:
            raise ValueError
        table = message.table(2)
        if kind == _DICTIONARY and table is not None:
            table = table.table(1)
        known = kind in {_DICTIONARY, _RECORDS} and table is not None
        yield kind, _batch(descriptor, table, start, body) if known and table is not None else _Batch()
        place = start + body
    raise ValueError


def _batch(descriptor: int, table: _Table, start: int, body: int) -> _Batch:
    length = table.number(0, "<q")
    packing = table.table(3)
    codec = None if packing is None else _CODECS[packing.number(0, "<b")]
    unpacked = 0
    for offset, size in table.pairs(2):
        if offset < 0 or size < 0 or offset + size > body:
            raise ValueError
        claimed = struct.unpack("<q", os.pread(descriptor, 8, start + offset))[0] if codec and size else -1
        if claimed < -1:
            raise ValueError
        unpacked += size if claimed < 0 else claimed
    if length < 0:
        raise ValueError
    return _Batch(length, unpacked, codec)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of a flatbuffer. Raises struct.error and IndexError for places outside of it."""

    data: bytes
    at: int

    @classmethod
    def root(cls, data: bytes) -> _Table:
        return cls(data, struct.unpack_from("<I", data, 0)[0])

    def number(self, field: int, kind: str) -> int:
        place = self._place(field)
        return 0 if place is None else int(struct.unpack_from(kind, self.data, place)[0])

    def table(self, field: int) -> _Table | None:
        place = self._place(field)
        return None if place is None else _Table(self.data, place + struct.unpack_from("<I", self.data, place)[0])

    def pairs(self, field: int) -> list[tuple[int, int]]:
        place = self._place(field)
        if place is None:
            return []
        place += struct.unpack_from("<I", self.data, place)[0]
        count = struct.unpack_from("<I", self.data, place)[0]
        if count > _MOST_BUFFERS:
            raise ValueError
        return [struct.unpack_from("<qq", self.data, place + 4 + 16 * index) for index in range(count)]

    def _place(self, field: int) -> int | None:
        directory = self.at - struct.unpack_from("<i", self.data, self.at)[0]
        if directory < 0:
            raise IndexError
        if 4 + 2 * field >= struct.unpack_from("<H", self.data, directory)[0]:
            return None
        offset = struct.unpack_from("<H", self.data, directory + 4 + 2 * field)[0]
        return self.at + offset if offset else None
