"""How much memory the pages of a Parquet file take, read from their headers before any page is unpacked.

A page's header stands in front of it in Thrift's compact protocol (parquet.thrift, PageHeader). What the footer says of
sizes is not trusted: the decoder allocates what the page headers say.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from kouan.formats.columnar.thrift import BadThriftError, Compact

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from kouan.formats.columnar.parquet_footer import Chunk

_FIRST = 1 << 10
_MOST_HEADER = 16 << 20
_MOST_PAGES = 1_000_000
_TOO_LARGE = 1 << 62
_DICTIONARY_PAGE = 2
_V1, _V2 = 5, 8
_DELTA_BYTE_ARRAY = 7
_DICTIONARY_ENCODINGS = {2, 8}
_MOST_UNPACKED = 64 << 20
_CODECS = {"UNCOMPRESSED": "", "SNAPPY": "snappy", "GZIP": "gzip", "BROTLI": "brotli", "ZSTD": "zstd"}
"""Names that Arrow gives to codecs whose pages are one stream."""


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
        packed: where the dictionary's bytes stand in the file: place and size; None without one, or with several.
    """

    largest: int
    per_value: int
    dictionary: bool
    entries: int
    delta: bool
    packed: tuple[int, int] | None = None


def chunk_facts(descriptor: int, chunk: Chunk) -> ChunkFacts:
    """Walk the page headers of a column chunk. Raises BadPageError."""
    largest = per_value = entries = 0
    dictionary = delta = False
    packed: list[tuple[int, int]] = []
    for header, place in _pages(descriptor, chunk):
        size, kind = _number(header, 2), _number(header, 1)
        largest = max(largest, size)
        if kind == _DICTIONARY_PAGE:
            entries += size
            packed.append((place, _number(header, 3)))
            continue
        data = header.get(_V1) or header.get(_V2) or {}
        encoding = _number(data, 2 if _V1 in header else 4)
        dictionary = dictionary or encoding in _DICTIONARY_ENCODINGS
        delta = delta or encoding == _DELTA_BYTE_ARRAY
        if encoding not in _DICTIONARY_ENCODINGS:
            per_value = max(per_value, -(-size // max(1, _number(data, 1))))
    return ChunkFacts(largest, per_value, dictionary, entries, delta, packed[0] if len(packed) == 1 else None)


def longest_entry(descriptor: int, chunk: Chunk, facts: ChunkFacts) -> int | None:
    """Return the bytes of the longest text of a dictionary; None where that takes the native library to say.

    The lengths of its texts are guessed at once, from the zero bytes that end them (most dictionaries hold texts of 1
    to 65,535 bytes without zeros), and followed from first to last: only a guess that holds throughout is an answer.
    """
    if facts.packed is None or not 0 < facts.entries <= _MOST_UNPACKED or chunk.codec not in _CODECS:
        return None
    place, size = facts.packed
    try:
        page = os.pread(descriptor, size, place)
        if chunk.codec != "UNCOMPRESSED":
            page = pa.Codec(_CODECS[chunk.codec]).decompress(page, facts.entries)
    except (pa.ArrowException, OSError, ValueError):
        return None
    return _longest(np.frombuffer(page, np.uint8))


def _longest(page: npt.NDArray[np.uint8]) -> int | None:
    """Return the longest of texts that each stand behind the four bytes of their length; see `longest_entry`."""
    width = 4 + int.from_bytes(page[:4].tobytes(), "little")
    if len(page) >= width and not len(page) % width:  # numbers are most often all of one length
        texts = page.reshape(-1, width)
        if (texts[:, :4] == texts[0, :4]).all():
            return width - 4
    zero = page == 0
    ends = zero[2:-1] & zero[3:]  # the two high bytes of a length
    ends[:-1] &= ~ends[1:]
    starts = np.flatnonzero(ends)
    lengths = page[starts].astype(np.int64) | page[starts + 1].astype(np.int64) << 8
    follow = starts + 4 + lengths
    if not len(starts) or starts[0] != 0 or follow[-1] != len(page) or not np.array_equal(follow[:-1], starts[1:]):
        return None
    return int(lengths.max())


def _pages(descriptor: int, chunk: Chunk) -> Iterator[tuple[dict[int, Any], int]]:
    """Yield the header of each page, and where its data begin."""
    place = chunk.place
    end = place + chunk.size
    seen = pages = 0
    while place < end and seen < chunk.values:
        header, length = _header(descriptor, place, end)
        pages += 1
        if pages > _MOST_PAGES or _number(header, 3) < 0:
            raise BadPageError
        yield header, place + length
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
