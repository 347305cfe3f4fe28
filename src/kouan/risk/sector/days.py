"""Study days: what the dates come to, beside what is recorded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from kouan.risk.sector.frame import Words, named

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

AGREES, DIFFERS, OPEN = "<agrees>", "<differs>", "<open>"
BLANK = np.iinfo(np.int64).min
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?\Z")


def day_numbers(column: Words) -> Ints:
    """Return each date as days since 1970; BLANK where there is none or only a part of one."""
    table = np.array([_number(word) for word in column.words], np.int64)
    return table[column.codes]


def study_days(date: Words, recorded: Words, reference: Words) -> tuple[Words, Words]:
    """Return whether the recorded study day is what the dates come to, and that day.

    The reference date is day 1, the day before it day -1; there is no day 0 (CDISC SDTM IG, --DY).

    Dates are those of ISO 8601; partial ones leave the day open.
    """
    day, first = day_numbers(date), day_numbers(reference)
    told = (day != BLANK) & (first != BLANK)
    apart = np.where(told, day - np.where(told, first, 0), 0)
    apart += apart >= 0
    said = np.array([_whole(word) for word in recorded.words], np.int64)[recorded.codes]
    state = np.where(~told | (said == BLANK), 2, np.where(said == apart, 0, 1))
    known, place = np.unique(np.where(told, apart, BLANK), return_inverse=True)
    words = [None if one == BLANK else str(one) for one in known.tolist()]
    return named(state, [AGREES, DIFFERS, OPEN]), named(place, words)


def _number(word: str | None) -> int:
    found = None if word is None else _DAY.match(word)
    if found is None:
        return int(BLANK)
    try:
        return int(np.datetime64(found[1], "D").astype(np.int64))
    except ValueError:  # 30 February
        return int(BLANK)


def _whole(word: str | None) -> int:
    try:
        return int(BLANK) if word is None else int(word)
    except ValueError:
        return int(BLANK)
