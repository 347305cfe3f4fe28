"""公民身份号码 (GB 11643): area, birth date, order, MOD 11-2 check (ISO 7064)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kouan.recognize.patterns import DIGIT, PROVINCES, Pattern, digits, grades, number, real_days

if TYPE_CHECKING:
    from kouan.model.time import LegalDay
    from kouan.recognize.patterns import Bytes, Grades, Ints

_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], np.int64)
_LAST = DIGIT.copy()
_LAST[[ord("X"), ord("x")]] = 10


def grade(cells: Bytes, today: LegalDay) -> Grades:
    """Grade 18-character cells: area and past date make them suspected, the check digit confirms."""
    body, whole = digits(cells[:, :17])
    last = _LAST[cells[:, 17]]
    area = PROVINCES[body[:, 0] * 10 + body[:, 1]]
    fits = whole & (last <= 10) & area & real_days(number(body[:, 6:14]), today)  # noqa: PLR2004
    return grades(fits, lambda rows: (body[rows] @ _WEIGHTS + last[rows]) % 11 == 1)


def body_number(cells: Bytes) -> Ints:
    """Return the 17 digits before the check digit as one number: it names the person exactly."""
    return number(digits(cells[:, :17])[0])


PATTERN = Pattern("cn.ric", (18,), grade, groups=((6, 8, 4),), inside=True, chance=1 / 11)
