"""手机号码: 1[3-9] and nine digits, with +86, 86 or 0086 before it. There is no check digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kouan.recognize.patterns import Pattern, digits, grades, number

if TYPE_CHECKING:
    from kouan.model.time import LegalDay
    from kouan.recognize.patterns import Bytes, Grades, Ints

_PREFIXES = {11: (), 13: (8, 6), 15: (0, 0, 8, 6)}


def grade(cells: Bytes, today: LegalDay) -> Grades:  # noqa: ARG001 - one signature for all recognizers
    """Grade cells of 11, 13 or 15 digits; without a check digit nothing is confirmed here."""
    values, whole = digits(cells)
    prefix = _PREFIXES[cells.shape[1]]
    body = values[:, len(prefix) :]
    fits = whole & (body[:, 0] == 1) & (body[:, 1] >= 3)  # noqa: PLR2004 - 10, 11, 12 are no mobile segments
    if prefix:
        fits &= (values[:, : len(prefix)] == np.array(prefix)).all(axis=1)
    return grades(fits)


def subscriber(cells: Bytes) -> Ints:
    """Return the 11 digits without prefix as one number."""
    return number(digits(cells[:, -11:])[0])


PATTERN = Pattern("cn.mobile", (11, 13, 15), grade, groups=((3, 4, 4),), inside=True)
