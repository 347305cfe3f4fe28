"""The persons of one release as keyed hashes, sorted, in memory or in a file (format below; ADR 0019).

A file is a line that names the format, a line of JSON, and for each role in the order of the JSON five columns, each of
`entries` little-endian numbers: `high` and `low` halves of the hash (uint64), `persons`, `sensitive`, `resident`
(uint8). Hashes ascend by (high, low) and none comes twice. Columns of eight bytes begin at multiples of eight.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.model.canonical import sha256_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import numpy.typing as npt

    from kouan.recognize.across import Marks

    Words = npt.NDArray[np.uint64]
    Bytes = npt.NDArray[np.uint8]

_FORMAT = b"kouan-person-set/v1\n"
_COLUMNS = (("high", "<u8"), ("low", "<u8"), ("persons", "u1"), ("sensitive", "u1"), ("resident", "u1"))
_MOST = 255
"""Persons of one mark; more of them have none."""
_HEADER_AT_MOST = 1 << 20


@dataclass(frozen=True, slots=True)
class PersonSet:
    """Persons at the upper end of a count, those with a mark one by one.

    Attributes:
        high, low: halves of the marks, ascending.
        persons: of each mark, how many persons the count has under it: more than one where data contradict themselves.
        sensitive: how many of them may have something sensitive.
        resident: 1 where the mark is a resident ID.
        rest, rest_sensitive: persons without a mark, of whom nothing sensitive or perhaps something is known.
    """

    high: Words
    low: Words
    persons: Bytes
    sensitive: Bytes
    resident: Bytes
    rest: int
    rest_sensitive: int

    @property
    def most(self) -> int:
        """Persons in all."""
        return int(self.persons.sum(dtype=np.int64)) + self.rest + self.rest_sensitive

    @property
    def most_sensitive(self) -> int:
        """Persons of whom something sensitive may be known."""
        return int(self.sensitive.sum(dtype=np.int64)) + self.rest_sensitive


def set_of(marks: Marks) -> PersonSet:
    """Return the set of one role as recognition marked it."""
    halves = np.frombuffer(marks.hashes.tobytes(), ">u8").reshape(-1, 2).astype(np.uint64)
    ones = np.ones(len(halves), np.int64)
    columns = (ones, marks.sensitive.astype(np.int64), marks.resident.astype(np.uint8))
    return _summed(halves[:, 0], halves[:, 1], columns, rest=marks.rest, rest_sensitive=marks.rest_sensitive)


def together(sets: Iterable[PersonSet]) -> PersonSet:
    """Return the set of several roles of one transfer: who stands in two of them is counted in both."""
    parts = list(sets)
    if len(parts) == 1:
        return parts[0]
    empty = [np.zeros(0, np.uint64)]
    columns = (
        np.concatenate([np.zeros(0, np.int64), *(one.persons.astype(np.int64) for one in parts)]),
        np.concatenate([np.zeros(0, np.int64), *(one.sensitive.astype(np.int64) for one in parts)]),
        np.concatenate([np.zeros(0, np.uint8), *(one.resident for one in parts)]),
    )
    return _summed(
        np.concatenate(empty + [one.high for one in parts]),
        np.concatenate(empty + [one.low for one in parts]),
        columns,
        rest=sum(one.rest for one in parts),
        rest_sensitive=sum(one.rest_sensitive for one in parts),
    )


def order(high: Words, low: Words) -> npt.NDArray[np.int64]:
    """Return the order by both halves; the first alone nearly always tells all of them apart."""
    by_high = np.argsort(high, kind="stable")
    ordered = high[by_high]
    same = ordered[1:] == ordered[:-1]
    if (same & (low[by_high][1:] != low[by_high][:-1])).any():
        return np.lexsort((low, high))
    return by_high


def starts_of(high: Words, low: Words) -> npt.NDArray[np.int64]:
    """Return where each distinct mark begins in ordered halves."""
    new = np.ones(len(high), np.bool_)
    new[1:] = (high[1:] != high[:-1]) | (low[1:] != low[:-1])
    return np.flatnonzero(new)


def _summed(high: Words, low: Words, columns: tuple[Any, Any, Any], *, rest: int, rest_sensitive: int) -> PersonSet:
    at = order(high, low)
    high, low = high[at], low[at]
    first = starts_of(high, low)
    if len(first) == len(high):
        persons, sensitive, resident = (column[at] for column in columns)
    else:
        persons, sensitive = (np.add.reduceat(column[at], first) for column in columns[:2])
        resident = np.maximum.reduceat(columns[2][at], first)
    kept = np.minimum(persons, _MOST)
    # Of those beyond it the sensitive ones come first: they add to both counters.
    kept_sensitive = np.minimum(sensitive, kept)
    beyond, beyond_sensitive = int((persons - kept).sum()), int((sensitive - kept_sensitive).sum())
    return PersonSet(
        high[first],
        low[first],
        kept.astype(np.uint8),
        kept_sensitive.astype(np.uint8),
        resident.astype(np.uint8),
        rest=rest + beyond - beyond_sensitive,
        rest_sensitive=rest_sensitive + beyond_sensitive,
    )


def to_bytes(sets: Mapping[str, PersonSet], *, year: int, key: str) -> bytes:
    """Return the file of the sets of a transfer by role.

    Args:
        sets: by role.
        year: whose key the marks are made with.
        key: fingerprint of that key.
    """
    roles = [
        {"role": role, "entries": len(one.high), "rest": one.rest, "rest_sensitive": one.rest_sensitive}
        for role, one in sorted(sets.items())
    ]
    header = json.dumps({"year": year, "key": key, "roles": roles}, ensure_ascii=False, sort_keys=True).encode()
    header += b" " * (-(len(_FORMAT) + len(header) + 1) % 8) + b"\n"
    parts = [_FORMAT, header]
    for _, one in sorted(sets.items()):
        for name, kind in _COLUMNS:
            parts.append(np.ascontiguousarray(getattr(one, name), kind).tobytes())
        parts.append(b"\0" * (-3 * len(one.high) % 8))
    return b"".join(parts)


def read_sets(path: Path, *, digest: str | None = None, year: int, key: str) -> dict[str, PersonSet] | None:
    """Return the sets of a file by role, mapped rather than read; None where it is not what is looked for.

    Args:
        path: the file.
        digest: of its bytes; None where none is known.
        year: as for `to_bytes`.
        key: as for `to_bytes`.
    """
    try:
        if digest is not None and sha256_file(path) != digest:
            return None
        with path.open("rb") as stream:
            if stream.readline(len(_FORMAT)) != _FORMAT:
                return None
            header = json.loads(stream.readline(_HEADER_AT_MOST))
            at = stream.tell()
        data: Any = np.memmap(path, np.uint8, mode="r")
        if (header["year"], header["key"], at + _size(header["roles"])) != (year, key, len(data)):
            return None
        return _sets(data, header["roles"], at=at)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _size(roles: list[dict[str, Any]]) -> int:
    return sum(19 * one["entries"] + -3 * one["entries"] % 8 for one in roles)


def _sets(data: Any, roles: list[dict[str, Any]], *, at: int) -> dict[str, PersonSet]:
    found = {}
    for one in roles:
        entries, columns = one["entries"], {}
        for name, kind in _COLUMNS:
            width = np.dtype(kind).itemsize * entries
            columns[name] = data[at : at + width].view(kind)
            at += width
        at += -3 * entries % 8
        found[one["role"]] = PersonSet(**columns, rest=one["rest"], rest_sensitive=one["rest_sensitive"])
    return found
