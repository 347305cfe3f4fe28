"""统一社会信用代码 (GB 32100-2015): MOD 31-3 check. It names an organisation; 92… is a sole trader, a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kouan.recognize.patterns import PROVINCES, Pattern, digits, grades

if TYPE_CHECKING:
    from kouan.model.time import LegalDay
    from kouan.recognize.patterns import Bools, Bytes, Grades, Ints

_ALPHABET = b"0123456789ABCDEFGHJKLMNPQRTUWXY"
_BAD = 99
_VALUE = np.full(256, _BAD, np.int64)
_VALUE[list(_ALPHABET)] = np.arange(31)
_VALUE[list(_ALPHABET[10:].lower())] = np.arange(10, 31)
_WEIGHTS = np.array([pow(3, at, 31) for at in range(17)], np.int64)
_CENTRAL = np.array([1, 0, 0, 0, 0, 0])
_AUTHORITIES = np.zeros(256, np.bool_)
_AUTHORITIES[list(b"123456789ANYany")] = True


def grade(cells: Bytes, today: LegalDay) -> Grades:  # noqa: ARG001 - one signature for all recognizers
    """Grade 18-character cells: authority, area and alphabet make them suspected, the check character confirms."""
    area, fits = digits(cells[:, 2:8])
    head = area[:, 0] * 10 + area[:, 1]
    fits &= _AUTHORITIES[cells[:, 0]] & (PROVINCES[head] | (area == _CENTRAL).all(axis=1))
    rows = np.flatnonzero(fits)
    fits[rows] = (_VALUE[cells[rows]] != _BAD).all(axis=1)
    return grades(fits, lambda rows: _is_right(_VALUE[cells[rows]]))


def _is_right(values: Ints) -> Bools:
    result: Bools = (31 - values[:, :17] @ _WEIGHTS % 31) % 31 == values[:, 17]
    return result


def sole_trader(cells: Bytes) -> Bools:
    """Tell which codes belong to 个体工商户 (92…), which are persons."""
    result: Bools = (cells[:, 0] == ord("9")) & (cells[:, 1] == ord("2"))
    return result


PATTERN = Pattern("cn.uscc", (18,), grade, chance=1 / 31)
