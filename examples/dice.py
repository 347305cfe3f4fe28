"""Draws for one record at a time, from the one sequence of random numbers that Python promises to keep."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

_T = TypeVar("_T")


class Dice:
    """Draws that are the same on every platform and in every Python: all of them rest on `Random.random`."""

    def __init__(self, *seed: object) -> None:
        self._random = random.Random("/".join(map(str, seed))).random

    def chance(self, share: float) -> bool:
        """Return True in a share of the draws."""
        return self._random() < share

    def below(self, end: int) -> int:
        """Return a whole number from 0 to before an end."""
        return int(self._random() * end)

    def between(self, first: int, last: int) -> int:
        """Return a whole number, both ends included."""
        return first + self.below(last - first + 1)

    def pick(self, values: Sequence[_T]) -> _T:
        """Return one of some values."""
        return values[self.below(len(values))]

    def some(self, values: Sequence[_T], count: int) -> list[_T]:
        """Return different ones of some values, in a drawn order."""
        left = list(values)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]

    def digits(self, count: int) -> str:
        """Return decimal digits as text."""
        return "".join(str(self.below(10)) for _ in range(count))

    def uuid(self) -> str:
        """Return the text of a version 4 UUID (RFC 9562)."""
        body = "".join(f"{self.below(16):x}" for _ in range(30))
        return f"{body[:8]}-{body[8:12]}-4{body[12:15]}-{'89ab'[self.below(4)]}{body[15:18]}-{body[18:30]}"

    def moment(self, day: dt.date) -> str:
        """Return a time of a working day as `CCYYMMDDhhmmss+0800`."""
        return f"{day:%Y%m%d}{self.between(8, 18):02}{self.below(60):02}{self.below(60):02}+0800"
