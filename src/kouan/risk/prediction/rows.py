"""Some rows of a raw table and what became of each of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.risk.codes import plain, unified

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.formats.source import Entity

    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

_SALT = b"kouan/halves"


@dataclass(frozen=True, slots=True)
class Cut:
    """A column of some rows.

    Attributes:
        codes: int64 [rows], -1 for an empty cell.
        words: of each code, in the order of the alphabet, so that the order of rows makes no difference.
        numbers: float64 of each word; None where they are no numbers.
    """

    codes: Ints
    words: tuple[str, ...]
    numbers: npt.NDArray[np.float64] | None

    def only(self, rows: Bools | Ints) -> Cut:
        """Return some of the rows."""
        return Cut(self.codes[rows], self.words, self.numbers)


def take(entity: Entity, names: Sequence[str], places: Ints) -> dict[str, Cut]:
    """Read some rows of a table.

    Args:
        entity: the table.
        names: columns whose cells are single values.
        places: ascending row numbers.
    """
    parts: list[list[pa.Array]] = [[] for _ in names]
    before = 0
    for batch in entity.batches(list(names)):
        lo, hi = np.searchsorted(places, (before, before + batch.num_rows))
        here = pa.array(places[lo:hi] - before)
        before += batch.num_rows
        for part, column in zip(parts, batch.columns, strict=True):
            part.append(plain(column.take(here)).dictionary_encode())
    return {name: _cut(part) for name, part in zip(names, parts, strict=True)}


def _cut(part: list[pa.Array]) -> Cut:
    codes, values = unified(part)
    words = [_word(value) for value in values.to_pylist()]
    order = sorted({word for word in words if word})
    place = {word: at for at, word in enumerate(order)}
    table = np.array([-1, *(place.get(word, -1) for word in words)], np.int64)
    return Cut(table[codes.values], tuple(order), _numbers(order))


def _word(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _numbers(words: Sequence[str]) -> npt.NDArray[np.float64] | None:
    try:
        found = np.array([float(word) for word in words])
    except ValueError:
        return None
    return found if len(found) and np.isfinite(found).all() else None


def half_of(columns: Sequence[Cut]) -> Bools:
    """Return in which half each row lies, by nothing but the words of these columns: equal rows lie in one half."""
    rows = len(columns[0].codes)
    state = np.zeros(rows, np.uint64)
    for at, column in enumerate(columns):
        digests = [_digest(at, word) for word in (*column.words, "")]
        state = state * np.uint64(0x9E3779B97F4A7C15) + np.array(digests, np.uint64)[column.codes]
        state ^= state >> np.uint64(29)
    half: Bools = (state * np.uint64(0xBF58476D1CE4E5B9)) >> np.uint64(63) == 1
    return half


def _digest(place: int, word: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"{place}:{word}".encode(), digest_size=8, key=_SALT).digest())
