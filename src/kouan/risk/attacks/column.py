"""One column of the three tables in codes: distances and coverage between known values and treated labels.

Distances are whole numbers of which ONE is a full mismatch, so that sums are exact and ties are ties. A label that
covers a value costs half the share of all values that it covers: an exact copy costs nothing, a band of five years of
72 a little, a suppressed cell ONE / 2. A number outside a label's interval adds its distance in shares of the range
(Gower 1971), a word that a label does not cover costs ONE.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int32]
    Floats = npt.NDArray[np.float64]

ONE = 1 << 20
_HALF = ONE // 2


@dataclass(frozen=True, slots=True)
class Coded:
    """Rows of one column as codes; code 0 is null.

    Attributes:
        original, control: int32 [rows], codes of known values; control None when there is none.
        treated: int32 [rows], codes of labels.
    """

    original: Ints
    control: Ints | None
    treated: Ints


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of codes end to end: that of `one` is `codes[starts[one] : starts[one + 1]]`."""

    starts: npt.NDArray[np.int64]
    codes: Ints

    def counts(self) -> npt.NDArray[np.int64]:
        """Return the length of each list."""
        return np.diff(self.starts)

    def of(self, one: int) -> Ints:
        """Return one list."""
        return self.codes[self.starts[one] : self.starts[one + 1]]

    def pairs(self, wanted: Ints) -> tuple[npt.NDArray[np.int64], Ints]:
        """Return the lists asked for end to end, and beside each code the place of its list in `wanted`."""
        many = self.starts[wanted + 1] - self.starts[wanted]
        rows = np.repeat(np.arange(len(wanted)), many)
        places = np.repeat(self.starts[wanted] - np.cumsum(many) + many, many) + np.arange(len(rows))
        return rows, self.codes[places]

    def turned(self, count: int) -> Lists:
        """Return, for each of `count` codes, the lists that hold it."""
        lists = np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), self.counts())
        order = np.argsort(self.codes, kind="stable")
        return Lists(np.append(0, np.cumsum(np.bincount(self.codes, minlength=count))), lists[order])


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers, or of days.

    Attributes:
        name: of the column.
        coded: its rows.
        known: float64 [known values], NaN for null.
        low, high: float64 [labels], ends of each label, NaN for null, infinite where open.
        cost: int32 [labels], what covering costs.
        span: the range of all values.
    """

    name: str
    coded: Coded
    known: Floats
    low: Floats
    high: Floats
    cost: Ints
    span: float

    @property
    def labels(self) -> int:
        """Number of labels, null included."""
        return len(self.low)

    @classmethod
    def of(cls, name: str, coded: Coded, known: Floats, low: Floats, high: Floats) -> Numbers:
        """Return the column with its range and costs worked out."""
        every = np.concatenate([known, low, high])
        every = every[np.isfinite(every)]
        first, last = (float(every.min()), float(every.max())) if len(every) else (0.0, 0.0)
        span = last - first or 1.0
        share = np.minimum(np.clip(high, first, last) - np.clip(low, first, last), span) / span
        cost = (np.where(np.isnan(share), 1, np.round(share, 9)) * _HALF).astype(np.int32)
        return cls(name, coded, known, low, high, cost, span)

    def distances(self, codes: Ints) -> Ints:
        """Return int32 [codes, labels]."""
        values = self.known[codes][:, None]
        with np.errstate(invalid="ignore"):
            off = np.maximum(np.maximum(self.low - values, values - self.high), 0) / self.span
            found = np.minimum(off * ONE + self.cost, ONE)
        found[:, np.isnan(self.low)] = _HALF
        lost = codes == 0
        found[lost] = ONE
        found[np.ix_(lost, np.isnan(self.low))] = 0
        return np.rint(found).astype(np.int32)

    def covers(self, codes: Ints, labels: Ints, tolerance: float) -> npt.NDArray[np.bool_]:
        """Tell pair by pair whether a label says the value: covers it with at most half the range, or is near it."""
        value, low, high = self.known[codes], self.low[labels], self.high[labels]
        near = (low == high) & (np.abs(low - value) <= tolerance * np.abs(low))
        inside = (low <= value) & (value <= high) & (self.cost[labels] <= _HALF // 2)
        both: npt.NDArray[np.bool_] = near | inside | ((codes == 0) & (labels == 0))
        return both


@dataclass(frozen=True, slots=True)
class Words:
    """A column of words.

    Attributes:
        name: of the column.
        coded: its rows.
        values: number of known values, null included.
        covered: known values that each label covers.
        covering: labels that cover each known value.
        cost: int32 [labels], what covering costs.
    """

    name: str
    coded: Coded
    values: int
    covered: Lists
    covering: Lists
    cost: Ints

    @property
    def labels(self) -> int:
        """Number of labels, null included."""
        return len(self.cost)

    @classmethod
    def of(cls, name: str, coded: Coded, values: int, covered: Lists) -> Words:
        """Return the column with its costs worked out."""
        share = np.clip(covered.counts() - 1, 0, None) / max(values - 2, 1)
        cost = (share * _HALF).astype(np.int32)
        cost[0] = _HALF
        return cls(name, coded, values, covered, covered.turned(values), cost)

    def distances(self, codes: Ints) -> Ints:
        """Return int32 [codes, labels]."""
        found = np.full((len(codes), self.labels), ONE, dtype=np.int32)
        rows, labels = self.covering.pairs(codes)
        found[rows, labels] = self.cost[labels]
        found[:, 0] = _HALF
        lost = codes == 0
        found[lost] = ONE
        found[lost, 0] = 0
        return found

    def covers(self, codes: Ints, labels: Ints, tolerance: float) -> npt.NDArray[np.bool_]:
        """Tell pair by pair whether a label says the value: covers it, and at most half of all values."""
        del tolerance
        rows, found = self.covering.pairs(codes)
        hit = np.zeros(len(codes), dtype=np.bool_)
        hit[rows[found == labels[rows]]] = True
        said: npt.NDArray[np.bool_] = (hit & (self.cost[labels] <= _HALF // 2)) | ((codes == 0) & (labels == 0))
        return said


Column = Numbers | Words
