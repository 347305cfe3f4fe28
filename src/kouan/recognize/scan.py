"""All recognizers over one part of a column: whole cells first, then inside the text that is left."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from kouan.recognize.cells import DIGITS, LETTERS, Runs, compact, count_in, cut_runs, view
from kouan.recognize.patterns import CONFIRMED, DIGIT, NOT, SUSPECTED, Pattern
from kouan.recognize.recognizers import bankcard, email, mobile, ric, uscc

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.model.time import LegalDay
    from kouan.recognize.cells import Cells
    from kouan.recognize.lexicon import Lexicon

    Grades = npt.NDArray[np.int8]
    Ints = npt.NDArray[np.int64]

PATTERNS: tuple[Pattern, ...] = (ric.PATTERN, uscc.PATTERN, bankcard.PATTERN, mobile.PATTERN)
"""By strength: a cell that a stronger one claims is not given to a weaker one (a resident ID can pass Luhn)."""
_SHORTEST = 11
_BLANK, _HYPHEN, _POINT = ord(" "), ord("-"), ord(".")


def scan(cells: Cells, lexicon: Lexicon, today: LegalDay) -> Counter[str]:
    """Return weighted counts by `identifier/whole|inside/grade`, and `cn.uscc/sole` for sole traders."""
    counts: Counter[str] = Counter()
    text, weight = cells.text, cells.weight
    runs = compact(text, cells.shape)
    taken = np.zeros(len(text), np.bool_)
    for pattern, graded in grade_runs(runs, len(text), today).items():
        _add(counts, f"{pattern}/whole", graded, weight)
        taken |= graded > NOT
        if pattern == uscc.PATTERN.id and (graded == CONFIRMED).any():
            counts["cn.uscc/sole"] = _sole(runs, graded, weight)
    full, some = email.find(text, cells.shape, lexicon)
    _add(counts, "email/whole", np.where(full, CONFIRMED, NOT).astype(np.int8), weight)
    _add(counts, "email/inside", np.where(some, CONFIRMED, NOT).astype(np.int8), weight)
    # A cell of letters and digits alone is one run, which has been judged as a whole.
    mixed = ((cells.shape & DIGITS) > 0) & ((cells.shape & ~np.uint8(DIGITS | LETTERS)) > 0)
    left = np.flatnonzero(~(taken | full) & mixed & (np.diff(view(text)[1]) > _SHORTEST))
    for pattern, graded in inside_cells(text.take(pa.array(left)), today).items():
        _add(counts, f"{pattern}/inside", graded, weight[left])
    return +counts


def grade_runs(runs: Runs, rows: int, today: LegalDay) -> dict[str, Grades]:
    """Return by recognizer the grade of each of `rows` cells from its compact form."""
    taken = np.zeros(rows, np.bool_)
    found: dict[str, Grades] = {}
    for pattern in PATTERNS:
        graded = np.zeros(rows, np.int8)
        for length in pattern.lengths:
            at, matrix = runs.matrix(length)
            free = ~taken[at]
            if free.any():
                graded[at[free]] = pattern.grade(matrix[free], today)
        # Where area and birth date of a resident ID fit, no number of another kind is looked for.
        taken |= graded > NOT if pattern.id == ric.PATTERN.id else graded == CONFIRMED
        found[pattern.id] = graded
    return found


def inside_cells(text: Any, today: LegalDay) -> dict[str, Grades]:
    """Return by recognizer the best grade of anything it finds inside each cell."""
    data, offsets = view(text)
    digits = count_in((data >= ord("0")) & (data <= ord("9")), offsets)
    rows = np.flatnonzero(digits >= _SHORTEST)
    found = {pattern.id: np.zeros(len(text), np.int8) for pattern in PATTERNS if pattern.inside}
    if len(rows) == 0:
        return found
    part = _whole_numbers(text.take(pa.array(rows)))
    for pattern in PATTERNS:
        if not pattern.inside:
            continue
        for runs in (part, *(_grouped(part, groups) for groups in pattern.groups)):
            for length in pattern.lengths:
                at, matrix = runs.matrix(length)
                np.maximum.at(found[pattern.id], rows[at], pattern.grade(matrix, today))
    return found


def _whole_numbers(text: Any) -> Runs:
    """Return the runs of each cell without those that are a decimal fraction, such as the digits of 0.13812345678."""
    runs = cut_runs(text)
    _, offsets = view(text)
    inner = runs.starts - offsets[runs.rows] >= 2  # noqa: PLR2004 - a digit and a point stand before it
    before = runs.data[np.maximum(runs.starts - 1, 0)] == _POINT
    digit = DIGIT[runs.data[np.maximum(runs.starts - 2, 0)]] <= 9  # noqa: PLR2004
    free = ~(inner & before & digit)
    return Runs(runs.rows[free], runs.data, runs.starts[free], runs.lengths[free])


def _grouped(runs: Runs, groups: tuple[int, ...]) -> Runs:
    """Return runs of the given lengths that follow one another with one blank or hyphen between them, joined."""
    count = len(groups)
    first = np.arange(max(len(runs.starts) - count + 1, 0))
    ok = np.ones(len(first), np.bool_)
    for step, length in enumerate(groups):
        ok &= runs.lengths[first + step] == length
        if step:
            gap = runs.starts[first + step] - 1
            ok &= (runs.rows[first + step] == runs.rows[first]) & np.isin(runs.data[gap], (_BLANK, _HYPHEN))
            ok &= gap == runs.starts[first + step - 1] + runs.lengths[first + step - 1]
    first = first[ok]
    parts = [runs.data[runs.starts[first + step, None] + np.arange(length)] for step, length in enumerate(groups)]
    data = np.concatenate(parts, axis=1) if parts else np.zeros((0, 0), np.uint8)
    width = sum(groups)
    starts = np.arange(len(first), dtype=np.int64) * width
    return Runs(runs.rows[first], data.reshape(-1), starts, np.full(len(first), width, np.int64))


def _sole(runs: Runs, graded: Grades, weight: Ints) -> int:
    rows, matrix = runs.matrix(18)
    return int(weight[rows[(graded[rows] == CONFIRMED) & uscc.sole_trader(matrix)]].sum())


def _add(counts: Counter[str], key: str, graded: Grades, weight: Ints) -> None:
    for grade in (SUSPECTED, CONFIRMED):
        counts[f"{key}/{grade}"] += int(weight[graded == grade].sum())
