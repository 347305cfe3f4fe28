"""Conjunctions of conditions, counted over tables: one bit per row, so that a thousand cost a millisecond or two."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.risk.attacks.column import Numbers
from kouan.risk.classes import group_in_order
from kouan.risk.codes import Codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.risk.attacks.column import Column

_BYTES = 1 << 25
"""Bits of conditions held at a time."""


class Sign(IntEnum):
    """How a condition compares a column with a label."""

    IS = 0
    IS_NOT = 1
    AT_LEAST = 2
    AT_MOST = 3
    ABOVE = 4
    BELOW = 5


@dataclass(frozen=True, slots=True)
class Predicates:
    """Conditions joined by "and", a row each.

    Attributes:
        columns: int64 [predicates, conditions], numbers of columns, rising in each row.
        signs: int64, alike.
        labels: int64, alike, codes of labels; 0 asks for null.
    """

    columns: npt.NDArray[np.int64]
    signs: npt.NDArray[np.int64]
    labels: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.columns)

    def take(self, which: npt.NDArray[np.int64]) -> Predicates:
        """Return some of them."""
        return Predicates(self.columns[which], self.signs[which], self.labels[which])

    def keys(self) -> list[bytes]:
        """Return what tells predicates apart."""
        joined = np.ascontiguousarray(np.hstack([self.columns, self.signs, self.labels]))
        return [row.tobytes() for row in joined]


class Rows:
    """The distinct rows of one table, against which predicates are counted.

    Args:
        columns: of the table.
        codes: int32 [rows] for each column.
        treated: True when the codes are labels, False when they are known values.
    """

    def __init__(self, columns: Sequence[Column], codes: Sequence[npt.NDArray[np.int32]], *, treated: bool) -> None:
        classes = group_in_order([Codes(one, int(one.max(initial=0)) + 1) for one in codes], len(codes[0]))
        first = np.empty(classes.count, dtype=np.int64)
        first[classes.of[::-1]] = np.arange(len(classes.of))[::-1]
        self._columns = columns
        self.codes = [one[first] for one in codes]
        self._treated = treated
        self.count = classes.count
        self._words = -(-classes.count // 64)
        self._kept: dict[int, npt.NDArray[np.uint64]] = {}

    def counts(self, predicates: Predicates, among: npt.NDArray[np.bool_] | None = None) -> npt.NDArray[np.int64]:
        """Return int64 [predicates], how many distinct rows fulfil each; only `among` these rows where given."""
        step = max(1, _BYTES // (self._words * 8 * max(1, predicates.columns.shape[1])))
        limit = self._packed(among) if among is not None else None
        found = [np.zeros(0, dtype=np.int64)]
        for begin in range(0, len(predicates), step):
            block = predicates.take(np.arange(begin, min(begin + step, len(predicates))))
            bits = self._bits(block)
            if limit is not None:
                bits &= limit
            found.append(np.bitwise_count(bits).sum(axis=1, dtype=np.int64))
        return np.concatenate(found)

    def _bits(self, block: Predicates) -> npt.NDArray[np.uint64]:
        """Return uint64 [predicates, words], each condition worked out once however many predicates use it."""
        most = max(one.labels for one in self._columns)
        keys = (block.columns * len(Sign) + block.signs) * most + block.labels
        distinct, place = np.unique(keys, return_inverse=True)
        conditions = np.stack([self._condition(int(key), most) for key in distinct])
        place = place.reshape(block.columns.shape)
        bits: npt.NDArray[np.uint64] = conditions[place[:, 0]]
        for number in range(1, place.shape[1]):
            bits &= conditions[place[:, number]]
        return bits

    def _condition(self, key: int, most: int) -> npt.NDArray[np.uint64]:
        found = self._kept.get(key)
        if found is None:
            rest, label = divmod(key, most)
            found = self._packed(self._holds(*divmod(rest, len(Sign)), label))
            if len(self._kept) * self._words * 8 < _BYTES:
                self._kept[key] = found
        return found

    def _packed(self, rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
        packed = np.zeros(self._words * 8, dtype=np.uint8)
        few = np.packbits(rows)
        packed[: len(few)] = few
        return packed.view(np.uint64)

    def _holds(self, column: int, sign: int, label: int) -> Any:
        one, codes = self._columns[column], self.codes[column]
        if label == 0:
            return (codes == 0) ^ (sign == Sign.IS_NOT)
        if isinstance(one, Numbers):
            fits: npt.NDArray[np.bool_] = _numbers(one, sign, label, treated=self._treated)[codes]
            return fits
        if self._treated:
            holds = np.arange(one.labels) == label
        else:
            holds = np.zeros(one.values, dtype=np.bool_)
            holds[one.covered.of(label)] = True
        return (holds[codes] ^ (sign == Sign.IS_NOT)) & (codes != 0)


def _numbers(one: Numbers, sign: int, label: int, *, treated: bool) -> Any:
    """Return which codes fulfil a condition on numbers; null fulfils none."""
    low, high = (one.low, one.high) if treated else (one.known, one.known)
    least, most = one.low[label], one.high[label]
    with np.errstate(invalid="ignore"):
        if sign in {Sign.IS, Sign.IS_NOT}:
            inside = (low >= least) & (high <= most)
            return inside if sign == Sign.IS else ~inside & ~np.isnan(low)
        if sign == Sign.AT_LEAST:
            return np.asarray(low >= least)
        if sign == Sign.AT_MOST:
            return np.asarray(high <= most)
        return np.asarray(low > most if sign == Sign.ABOVE else high < least)
