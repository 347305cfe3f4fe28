"""A Parquet footer (parquet.thrift, FileMetaData), read and checked before the native library sees it.

The library ends the process where a column chunk's metadata contradict the schema, and raises what no caller expects
where a path is no text. Only what the reader needs is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kouan.formats.columnar.thrift import BadThriftError, Compact
from kouan.formats.files import tail_of

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC = b"PAR1"
_END = 8
_MOST_FOOTER = 256 << 20
_TOO_LARGE = 1 << 62
_REPEATED, _REQUIRED = 2, 0
_BYTE_ARRAY = 6
_CODECS = ("UNCOMPRESSED", "SNAPPY", "GZIP", "LZO", "BROTLI", "LZ4", "ZSTD", "LZ4")


class BadFooterError(Exception):
    """The footer contradicts itself or is not readable."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One column of one row group.

    Attributes:
        column: its path, parts joined by dots.
        codec: such as `SNAPPY`.
        values: as the footer counts them, nulls included.
        place, size: where its pages stand.
        strings: its values have lengths of their own.
        width: bytes of a value of fixed width; 0 for strings and for what a type fixes.
    """

    column: str
    codec: str
    values: int
    place: int
    size: int
    strings: bool
    width: int


@dataclass(frozen=True, slots=True)
class Group:
    """One row group."""

    rows: int
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Footer:
    """What the footer says.

    Attributes:
        rows: of the file; the sum over its groups.
    """

    rows: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class _Leaf:
    path: tuple[bytes, ...]
    kind: int
    width: int
    definition: int
    repetition: int


def read_footer(path: Path) -> Footer:
    """Read and check a footer.

    Raises:
        KouanError: K-FMT-001…003, 026.
        BadFooterError: for one that is cut off, contradicts itself or is no footer.
    """
    tail = tail_of(path, _END)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != _MAGIC or length > _MOST_FOOTER:
        raise BadFooterError
    data = tail_of(path, length + _END)[:-_END]
    if len(data) != length:
        raise BadFooterError
    try:
        found = Compact(data).struct()
        leaves = _leaves(found[2])
        groups = tuple(_group(one, leaves) for one in found.get(4, []))
        rows = _number(found, 3)
    except (BadThriftError, IndexError, KeyError, TypeError, ValueError, AttributeError):
        raise BadFooterError from None
    if sum(group.rows for group in groups) != rows:
        raise BadFooterError
    return Footer(rows, groups)


def _leaves(elements: list[dict[int, Any]]) -> list[_Leaf]:
    """Return the columns of a schema, which stands flat: every element says how many of the next are its children."""
    found: list[_Leaf] = []
    rest = iter(elements[1:])

    def walk(count: int, above: tuple[bytes, ...], definition: int, repetition: int) -> None:
        for _ in range(count):
            one = next(rest, None)
            if one is None:
                raise BadFooterError
            repeated = one.get(3, 0)
            path, inner = (*above, one[4]), definition + (repeated != _REQUIRED)
            deeper = repetition + (repeated == _REPEATED)
            if one.get(5):
                walk(_number(one, 5), path, inner, deeper)
            else:
                found.append(_Leaf(path, one[1], _number(one, 2), inner, deeper))

    try:
        walk(_number(elements[0], 5), (), 0, 0)
    except RecursionError:
        raise BadFooterError from None
    return found


def _group(group: dict[int, Any], leaves: list[_Leaf]) -> Group:
    columns = group[1]
    if len(columns) != len(leaves):
        raise BadFooterError
    return Group(_number(group, 3), tuple(_chunk(one[3], leaf) for one, leaf in zip(columns, leaves, strict=True)))


def _chunk(facts: dict[int, Any], leaf: _Leaf) -> Chunk:
    codec, path = _number(facts, 4), tuple(facts[3])
    if codec >= len(_CODECS) or path != leaf.path or facts[1] != leaf.kind:
        raise BadFooterError
    _check_levels(facts.get(16, {}), leaf)
    place, dictionary = _number(facts, 9), _number(facts, 11)
    return Chunk(
        column=b".".join(path).decode(),
        codec=_CODECS[codec],
        values=_number(facts, 5),
        place=dictionary if 0 < dictionary < place else place,
        size=_number(facts, 7),
        strings=leaf.kind == _BYTE_ARRAY,
        width=leaf.width,
    )


def _check_levels(sizes: dict[int, Any], leaf: _Leaf) -> None:
    """Hold the histograms of levels (SizeStatistics) against the schema: the library ends the process otherwise."""
    for field, level in ((2, leaf.repetition), (3, leaf.definition)):
        if len(sizes.get(field, ())) not in {0, level + 1}:
            raise BadFooterError


def _number(fields: dict[int, Any], key: int) -> int:
    value = fields.get(key, 0)
    if not isinstance(value, int) or not 0 <= value < _TOO_LARGE:
        raise BadFooterError
    return value
