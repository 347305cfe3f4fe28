"""Made-up people, a column for each trait."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from examples import digits, names, places

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

TODAY = dt.date(2026, 11, 1)
"""The day on which the examples were exported from their systems."""

_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class People:
    """People, one per row of every column.

    Attributes:
        male: True for men.
        surname: surname numbers, for relatives who share it.
        name, latin: full name, and mailbox name in Latin letters.
        births: birth days.
        place: district numbers of their homes.
        mobile: 11 digits.
    """

    male: NDArray[np.bool_]
    surname: NDArray[np.int64]
    name: pa.Array
    latin: pa.Array
    births: NDArray[np.datetime64]
    place: NDArray[np.int64]
    mobile: pa.Array

    def resident_ids(self, rng: Generator) -> pa.Array:
        """Return their resident identity digits."""
        return digits.resident_ids(rng, places.area_codes(self.place), births=self.births, male=self.male)

    def emails(self, rng: Generator) -> pa.Array:
        """Return mailboxes under the domains that RFC 2606 and its Chinese counterpart keep for examples."""
        count = len(self.male)
        suffix = pa.array(rng.integers(1, 9999, count)).cast(pa.string())
        domain = pa.array(["@example.com", "@example.cn"]).take(pa.array(rng.integers(0, 2, count)))
        return pc.binary_join_element_wise(self.latin, suffix, domain, "")


def people(
    rng: Generator, count: int, *, ages: tuple[float, float], surname: NDArray[np.int64] | None = None
) -> People:
    """Draw people whose ages on `TODAY` lie between two ends, in years, with drawn or given surnames."""
    male = rng.integers(0, 2, count).astype(np.bool_)
    if surname is None:
        surname = names.surnames(rng, count)
    name, latin = names.names(rng, surname, male=male)
    return People(
        male=male,
        surname=surname,
        name=name,
        latin=latin,
        births=birth_days(rng, count, ages=ages),
        place=places.places(rng, count),
        mobile=digits.mobiles(rng, count),
    )


def birth_days(rng: Generator, count: int, *, ages: tuple[float, float]) -> NDArray[np.datetime64]:
    """Draw birth days of people whose ages on `TODAY` lie between two ends, in years."""
    back = (rng.uniform(*ages, count) * _YEAR).astype(np.int64) + 1
    return np.datetime64(TODAY) - back.astype("timedelta64[D]")
