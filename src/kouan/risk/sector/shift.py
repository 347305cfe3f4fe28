"""Shift tables: how a finding lies to its normal range at baseline, and how after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.risk.sector.frame import Words, named, numbered

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.model.sectorcheck import SectorCheck
    from kouan.risk.sector.frame import Frame

    Ints = npt.NDArray[np.int64]

_BETWEEN = " / "


@dataclass(frozen=True, slots=True)
class Shifts:
    """One row for each person and test.

    Attributes:
        rows: a row of the frame that this person and test has.
        test, before, after: words.
    """

    rows: Ints
    test: Words
    before: Words
    after: Words


def shifts(check: SectorCheck, frame: Frame, persons: Ints) -> Shifts:
    """Return baseline and what came after it for each person and test.

    Baseline is the last record that a flag column marks `Y`, where any is marked, else the last one by study day 1.
    What came after has a later study day. Records without a study day or finding are left out; of several on one day
    the finding that is last by the alphabet counts as the last, so that the order of rows does not matter.
    """
    test, finding, day = frame.one(str(check.test)), frame.one(str(check.indicator)), _days(frame.one(str(check.day)))
    if not frame.rows:
        nothing = named(np.zeros(0, np.int64), [None])
        return Shifts(np.zeros(0, np.int64), nothing, nothing, nothing)
    pair = numbered(persons * len(test.words) + test.codes)
    rows = np.zeros(int(pair.max()) + 1, np.int64)
    rows[pair] = np.arange(len(pair))
    by_name = np.argsort(np.argsort([word or "" for word in finding.words]))[finding.codes]
    order = np.lexsort((by_name, day, pair))
    order = order[(~np.isnan(day) & (finding.codes != 0))[order]]
    first = _may_begin(check, frame, pair, day)
    base = np.full(len(rows), -1, np.int64)
    chosen = order[first[order]]
    base[pair[chosen]] = chosen  # the last one of each pair stays
    begun = base[pair[order]]
    later = order[(begun >= 0) & (day[order] > day[begun])]
    after = _worst(finding, pair, later, check.normal) if check.after == "worst" else _last(finding, pair, later)
    return Shifts(
        rows=rows,
        test=Words(test.codes[rows], test.words),
        before=Words(np.where(base < 0, 0, finding.codes[base]), finding.words),
        after=after,
    )


def _may_begin(check: SectorCheck, frame: Frame, pair: Ints, day: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Return which rows may be a baseline: those that are marked, of a pair without any those by day 1."""
    marked = np.zeros(frame.rows, np.bool_)
    for pattern in check.flags:
        for column in frame.of(pattern):
            marked |= np.array([word == "Y" for word in column.words])[column.codes]
    has = np.zeros(int(pair.max()) + 1, np.bool_)
    has[pair[marked]] = True
    return np.where(has[pair], marked, day <= 1)


def _last(finding: Words, pair: Ints, later: Ints) -> Words:
    codes = np.zeros(int(pair.max()) + 1, np.int64)
    codes[pair[later]] = finding.codes[later]
    return Words(codes, finding.words)


def _worst(finding: Words, pair: Ints, later: Ints, normal: str) -> Words:
    """Return every finding outside the normal range that occurred, together; the normal one where none did."""
    width = len(finding.words)
    seen: dict[int, list[str]] = {}
    for one in np.unique(pair[later] * width + finding.codes[later]).tolist():
        seen.setdefault(one // width, []).append(str(finding.words[one % width]))
    names: dict[str | None, int] = {None: 0}
    codes = np.zeros(int(pair.max()) + 1, np.int64)
    for at, words in seen.items():
        bad = sorted(word for word in words if word != normal)
        codes[at] = names.setdefault(_BETWEEN.join(bad) or normal, len(names))
    return Words(codes, tuple(names))


def _days(column: Words) -> npt.NDArray[np.float64]:
    table = []
    for word in column.words:
        try:
            table.append(float("nan") if word is None else float(word))
        except ValueError:
            table.append(float("nan"))
    return np.array(table)[column.codes]
