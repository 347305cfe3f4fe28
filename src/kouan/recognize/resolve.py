"""Distinct persons as a range: which rows may be, and which rows surely are, one person (DESIGN 4.3).

Lower end: rows that share any key are one person, but two valid resident IDs never are.
Upper end: only a resident ID or a subject key joins rows; a telephone joins them only under one name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    Codes = npt.NDArray[np.int32]
    Labels = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

LINK_LIMIT = 5
"""A telephone or address seen with more persons than this is a hotline and joins nobody."""
_FAR = np.iinfo(np.int64).max
_CLASS = 1 << 60
_PAIR = 1 << 31


@dataclass(frozen=True, slots=True)
class Persons:
    """Labels of rows: equal labels, same person.

    Attributes:
        merged: by every key (lower end); rows without any key have -1.
        apart: by strong keys (upper end).
    """

    merged: Labels
    apart: Labels

    def lowest(self, rows: Bools) -> int:
        """Return the fewest persons that the rows can be."""
        labels = np.unique(self.merged[rows])
        count = len(labels) - int(len(labels) > 0 and labels[0] < 0)
        return max(count, int(rows.any()))

    def highest(self, rows: Bools) -> int:
        """Return the most persons that the rows can be."""
        return len(np.unique(self.apart[rows]))


def resolve(codes: Mapping[str, Codes], rows: int) -> Persons:
    """Label rows by person.

    Args:
        codes: by key kind (`ric`, `id:...`, `mobile`, `email`, `name`, `birth`), one code per row from 0, -1 where
            the row has none.
        rows: number of rows.
    """
    none = np.full(rows, -1, np.int32)
    ric = codes.get("ric", none).astype(np.int64)
    first = int(ric.max(initial=-1)) + 1
    start = np.where(ric >= 0, ric, first + np.arange(rows, dtype=np.int64))
    strong = [code for kind, code in codes.items() if kind.startswith("id:")]
    apart = _join(start, strong, first)
    keyed: Bools = ric >= 0
    for code in strong:
        keyed |= code >= 0
    name, birth = codes.get("name", none), codes.get("birth", none)
    person = _pairs(name, birth)
    seen = np.where(keyed, apart, np.where(name >= 0, -2 - person.astype(np.int64), start))
    mobile, email = (_unshared(codes.get(kind, none), seen) for kind in ("mobile", "email"))
    merged = _join(start, [*strong, mobile, email, person], first)
    known = keyed | (mobile >= 0) | (email >= 0) | (person >= 0)
    merged[~known] = -1
    return Persons(merged, _weak(apart, keyed, (mobile, email), name=name, birth=birth))


def _join(start: Labels, links: list[Codes], fixed: int) -> Labels:
    """Give rows that share a code the smallest label among them; labels below `fixed` (resident IDs) never change."""
    labels = start.copy()
    free = start >= fixed
    while True:
        before = labels.copy()
        for code in links:
            has = code >= 0
            if not has.any():
                continue
            least = np.full(int(code.max()) + 1, _FAR, np.int64)
            np.minimum.at(least, code[has], labels[has])
            change = has & free
            labels[change] = np.minimum(labels[change], least[code[change]])
        far = free & (labels >= fixed)
        labels[far] = labels[labels[far] - fixed]  # a label names a row: follow it, so that long chains close fast
        if np.array_equal(before, labels):
            return labels


def _pairs(name: Codes, birth: Codes) -> Codes:
    """Return one code per distinct name and birth date; rows without a name have none."""
    both = name.astype(np.int64) * _PAIR + (birth.astype(np.int64) + 1)
    result = np.full(len(name), -1, np.int32)
    has = name >= 0
    _, inverse = np.unique(both[has], return_inverse=True)
    result[has] = inverse
    return result


def _unshared(code: Codes, person: Labels) -> Codes:
    """Take the code away from rows whose telephone or e-mail is seen with too many persons."""
    has = np.flatnonzero(code >= 0)
    if len(has) == 0:
        return code
    order = has[np.lexsort((person[has], code[has]))]
    new = np.ones(len(order), np.bool_)
    new[1:] = (code[order[1:]] != code[order[:-1]]) | (person[order[1:]] != person[order[:-1]])
    many = np.bincount(code[order[new]], minlength=int(code.max()) + 1) > LINK_LIMIT
    result = code.copy()
    result[has[many[code[has]]]] = -1
    return result


def _weak(apart: Labels, keyed: Bools, weak: tuple[Codes, Codes], *, name: Codes, birth: Codes) -> Labels:
    """Label rows without a strong key by telephone and name, e-mail and name, or name and birth date."""
    labels = apart.copy()
    left = ~keyed
    pairs = [(code, name) for code in weak] + [(np.where(birth >= 0, name, -1), birth)]
    for rank, (code, beside) in enumerate(pairs):
        rows = left & (code >= 0)
        labels[rows] = _CLASS * (rank + 1) + code[rows].astype(np.int64) * _PAIR + beside[rows].astype(np.int64) + 1
        left &= ~rows
    return labels
