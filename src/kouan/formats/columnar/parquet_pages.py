"""How much memory the pages of a Parquet file take, read from their headers before any page is unpacked.

A page's header stands in front of it in Thrift's compact protocol (parquet.thrift, PageHeader). What the footer says of
sizes is not trusted: the decoder allocates what the page headers say.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kouan.formats.columnar.thrift import BadThriftError, Compact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.formats.columnar.parquet_footer import Chunk

_FIRST = 1 << 10
_MOST_HEADER = 16 << 20
_MOST_PAGES = 1_000_000
_TOO_LARGE = 1 << 62
_DICTIONARY_PAGE = 2
_V1, _V2 = 5, 8
_DELTA_BYTE_ARRAY = 7
_DICTIONARY_ENCODINGS = {2, 8}


class BadPageError(Exception):
    """A page header cannot be read, or there are too many."""


@dataclass(frozen=True, slots=True)
class ChunkFacts:
    """One column of one row group.

    Attributes:
        largest: bytes of its largest page when unpacked.
        per_value: most bytes that one value takes of its page on average, over pages that hold the values themselves.
        dictionary: some page refers to a dictionary, so that few bytes may stand for long values.
        entries: bytes of the dictionary when unpacked.
        delta: some page shares beginnings between values, so that few bytes may stand for long values.
    """

    largest: int
    per_value: int
    dictionary: bool
    entries: int
    delta: bool


def chunk_facts(descriptor: int, chunk: Chunk) -> ChunkFacts:
    """Walk the page headers of a column chunk. Raises BadPageError."""
    largest = per_value = entries = 0
    dictionary = delta = False
    for header in _pages(descriptor, chunk):
        size, kind = _number(header, 2), _number(header, 1)
        largest = max(largest, size)
        if kind == _DICTIONARY_PAGE:
            entries += size
            continue
        data = header.get(_V1) or header.get(_V2) or {}
        encoding = _number(data, 2 if _V1 in header else 4)
        dictionary = dictionary or encoding in _DICTIONARY_ENCODINGS
        delta = delta or encoding == _DELTA_BYTE_ARRAY
        if encoding not in _DICTIONARY_ENCODINGS:
            per_value = max(per_value, -(-size // max(1, _number(data, 1))))
    return ChunkFacts(largest, per_value, dictionary, entries, delta)


def _pages(descriptor: int, chunk: Chunk) -> Iterator[dict[int, Any]]:
    place = chunk.place
    end = place + chunk.size
    seen = pages = 0
    while place < end and seen < chunk.values:
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
        reader = Compact(data)
        try:
            return reader.struct(), reader.place
        except IndexError:
            continue
        except BadThriftError:
            break
    raise BadPageError


def _number(fields: Any, key: int) -> int:
    value = fields.get(key, 0) if isinstance(fields, dict) else None
    if not isinstance(value, int) or not 0 <= value < _TOO_LARGE:
        raise BadPageError
    return value
