"""How much memory the pages of a Parquet file take, read from their headers before any page is unpacked.

A page's header stands in front of it in Thrift's compact protocol (parquet.thrift, PageHeader). What the footer says of
sizes is not trusted: the decoder allocates what the page headers say.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow.parquet as pq

_FIRST = 1 << 10
_MOST_HEADER = 16 << 20
_MOST_PAGES = 1_000_000
_DICTIONARY_PAGE = 2
_V1, _V2 = 5, 8
_DELTA_BYTE_ARRAY = 7
_DICTIONARY_ENCODINGS = {2, 8}
_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12)
_DEEPEST = 8
_LONGEST_VARINT = 70


class BadPageError(Exception):
    """A page header cannot be read, or there are too many."""


@dataclass(frozen=True, slots=True)
class ChunkFacts:
    """One column of one row group.

    Attributes:
        largest: bytes of its largest page when unpacked.
        per_value: most bytes that one value takes of its page on average, over pages that hold the values themselves.
        dictionary: some page refers to a dictionary, so that few bytes may stand for long values.
        delta: some page shares beginnings between values, so that few bytes may stand for long values.
    """

    largest: int
    per_value: int
    dictionary: bool
    delta: bool


def chunk_facts(descriptor: int, column: pq.ColumnChunkMetaData) -> ChunkFacts:
    """Walk the page headers of a column chunk. Raises BadPageError."""
    largest = per_value = 0
    dictionary = delta = False
    for header in _pages(descriptor, column):
        size, kind = _number(header, 2), _number(header, 1)
        largest = max(largest, size)
        if kind == _DICTIONARY_PAGE:
            continue
        data = header.get(_V1) or header.get(_V2) or {}
        encoding = _number(data, 2 if _V1 in header else 4)
        dictionary = dictionary or encoding in _DICTIONARY_ENCODINGS
        delta = delta or encoding == _DELTA_BYTE_ARRAY
        if encoding not in _DICTIONARY_ENCODINGS:
            per_value = max(per_value, -(-size // max(1, _number(data, 1))))
    return ChunkFacts(largest, per_value, dictionary, delta)


def _pages(descriptor: int, column: pq.ColumnChunkMetaData) -> Iterator[dict[int, Any]]:
    place = column.data_page_offset
    if column.has_dictionary_page and 0 < column.dictionary_page_offset < place:
        place = column.dictionary_page_offset
    end = place + column.total_compressed_size
    seen = pages = 0
    while place < end and seen < column.num_values:
        header, length = _header(descriptor, place, end)
        pages += 1
        if pages > _MOST_PAGES or _number(header, 3) < 0:
            raise BadPageError
        yield header
        for field in (_V1, _V2):
            seen += _number(header.get(field, {}), 1)
        place += length + _number(header, 3)


def _header(descriptor: int, place: int, end: int) -> tuple[dict[int, Any], int]:
    for window in (_FIRST, _MOST_HEADER):
        data = os.pread(descriptor, min(window, end - place), place)
        reader = _Compact(data)
        try:
            return reader.struct(), reader.place
        except IndexError:
            continue
    raise BadPageError


def _number(fields: dict[int, Any], key: int) -> int:
    value = fields.get(key, 0)
    if not isinstance(value, int) or value < 0:
        raise BadPageError
    return value


class _Compact:
    """Thrift's compact protocol, as far as page headers need it. Raises IndexError at the end of the data."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.place = 0

    def struct(self, depth: int = 0) -> dict[int, Any]:
        fields: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            step, kind = head >> 4, head & 15
            number = number + step if step else self._zigzag()
            fields[number] = self._value(kind, depth + 1)
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        if depth > _DEEPEST:
            raise BadPageError
        if kind in {_I16, _I32, _I64}:
            return self._zigzag()
        if kind == _STRUCT:
            return self.struct(depth)
        if kind in {_LIST, _SET}:
            self._list(depth)
        elif kind in {_BYTE, _DOUBLE, _BINARY}:
            self._skip(self._varint() if kind == _BINARY else 8 if kind == _DOUBLE else 1)
        elif kind not in {_TRUE, _FALSE}:
            raise BadPageError
        return None

    def _list(self, depth: int) -> None:
        head = self._byte()
        count = self._varint() if head >> 4 == 15 else head >> 4  # noqa: PLR2004 - the protocol's mark for a long list
        for _ in range(count):
            if head & 15 in {_TRUE, _FALSE}:
                self._byte()
            else:
                self._value(head & 15, depth + 1)

    def _byte(self) -> int:
        value = self._data[self.place]
        self.place += 1
        return value

    def _skip(self, length: int) -> None:
        if self.place + length > len(self._data):
            raise IndexError
        self.place += length

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:  # noqa: PLR2004 - the last byte has no mark
                return value
            shift += 7
            if shift > _LONGEST_VARINT:
                raise BadPageError

    def _zigzag(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)
