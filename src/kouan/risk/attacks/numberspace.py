"""All numbers of a kind, walked in an order that looks random, so that a part of them stands for the whole."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

MOBILE = re.compile(r"1[3-9]\d{9}\Z")
RESIDENT = re.compile(r"[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]\Z")
_MOBILE_DIGITS = 11
_SEGMENTS = tuple(str(number) for number in range(130, 200))
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECK = np.frombuffer(b"10X98765432", dtype=np.uint8)
_PER_DAY = 1000
_WIDEST = 1 << 63


class NumberSpace(Protocol):
    """Numbers that a pseudonym may hide."""

    @property
    def size(self) -> int:
        """How many there are."""

    def numbers(self, places: npt.NDArray[np.int64]) -> list[bytes]:
        """Return the numbers at these places, 0 to size - 1."""


@dataclass(frozen=True, slots=True)
class Mobiles:
    """Mobile numbers of the mainland: eleven digits.

    Attributes:
        segments: beginnings that are in question, all of one length; 130 to 199 unless more is known.
    """

    segments: tuple[str, ...] = _SEGMENTS

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.segments) * self._each

    @property
    def _each(self) -> int:
        return int(10 ** (_MOBILE_DIGITS - len(self.segments[0])))

    def numbers(self, places: npt.NDArray[np.int64]) -> list[bytes]:
        """Return the numbers at these places."""
        starts = np.array([int(one) for one in self.segments], dtype=np.int64) * self._each
        return _written(_digits(starts[places // self._each] + places % self._each, _MOBILE_DIGITS))


@dataclass(frozen=True, slots=True)
class ResidentIds:
    """Resident identity numbers (GB 11643-1999): region, birth date, sequence, check character.

    Attributes:
        regions: six digits each, those in question.
        born: first and last year of birth.
    """

    regions: tuple[str, ...]
    born: tuple[int, int] = (1940, 2010)

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.regions) * self._days * _PER_DAY

    @property
    def _days(self) -> int:
        return (dt.date(self.born[1] + 1, 1, 1) - dt.date(self.born[0], 1, 1)).days

    def numbers(self, places: npt.NDArray[np.int64]) -> list[bytes]:
        """Return the numbers at these places, with their check characters."""
        region, rest = np.divmod(places, self._days * _PER_DAY)
        day, sequence = np.divmod(rest, _PER_DAY)
        dates = np.datetime64(f"{self.born[0]}-01-01") + day
        months = dates.astype("datetime64[M]")
        years = dates.astype("datetime64[Y]").astype(np.int64) + 1970
        month = months.astype(np.int64) % 12 + 1
        date = years * 10_000 + month * 100 + (dates - months).astype(np.int64) + 1
        code = np.array([int(one) for one in self.regions], dtype=np.int64)[region]
        digits = _digits(code * 10**11 + date * _PER_DAY + sequence, 17)
        check = _CHECK[((digits - ord("0")) @ _WEIGHTS) % 11]
        return _written(np.hstack([digits, check[:, None]]))


def space_of(values: Sequence[str]) -> NumberSpace | None:
    """Return the space that all these values come from, as far as an attacker would know it; None for no such kind.

    Of mobile numbers he knows nothing more; of resident IDs where the persons are registered, and that they were born
    from 1940 to 2010.
    """
    if values and all(MOBILE.match(value) for value in values):
        return Mobiles()
    if values and all(RESIDENT.match(value) for value in values):
        return ResidentIds(tuple(sorted({value[:6] for value in values})))
    return None


def walk(space: NumberSpace, most: int, block: int, seed: int) -> Iterator[list[bytes]]:
    """Yield different numbers in blocks until `most` or all were seen; the same seed gives the same order."""
    size = space.size
    rng = np.random.default_rng(seed)
    factor = int(rng.integers(1, max(2, min(_WIDEST // size, size))))
    while math.gcd(factor, size) != 1:
        factor = factor % (size + 1) + 1
    start = int(rng.integers(0, size))
    for begin in range(0, min(most, size), block):
        steps = np.arange(begin, min(begin + block, most, size), dtype=np.uint64)
        places = (steps * np.uint64(factor) + np.uint64(start)) % np.uint64(size)
        yield space.numbers(places.astype(np.int64))


def _digits(numbers: npt.NDArray[np.int64], width: int) -> npt.NDArray[np.uint8]:
    found = np.empty((len(numbers), width), dtype=np.uint8)
    rest = numbers.copy()
    for place in range(width - 1, -1, -1):
        rest, digit = np.divmod(rest, 10)
        found[:, place] = digit + ord("0")
    return found


def _written(digits: npt.NDArray[np.uint8]) -> list[bytes]:
    words = np.ascontiguousarray(digits).view(f"S{digits.shape[1]}")[:, 0]
    found: list[bytes] = words.tolist()
    return found
