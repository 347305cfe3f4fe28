"""Class sizes and the measures that follow from them alone, in exact arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from kouan.model.risk import ClassSizes

if TYPE_CHECKING:
    from collections.abc import Iterable

BUCKETS = ((1, 1), (2, 2), (3, 4), (5, 9), (10, 19), (20, 49), (50, 99), (100, None))


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many classes there are of each size.

    Attributes:
        sizes: (class size, number of classes of that size), smallest first.
    """

    sizes: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, sizes: Iterable[int]) -> Distribution:
        """Count the sizes of single classes."""
        values, counts = np.unique(np.asarray(sizes, dtype=np.int64), return_counts=True)
        return cls(tuple(zip(values.tolist(), counts.tolist(), strict=True)))

    @property
    def classes(self) -> int:
        """|J|."""
        return sum(count for _, count in self.sizes)

    @property
    def records(self) -> int:
        """n, the sum of all class sizes."""
        return sum(size * count for size, count in self.sizes)

    @property
    def k(self) -> int:
        """Smallest class; 0 when there is none."""
        return self.sizes[0][0] if self.sizes else 0

    @property
    def largest_risk(self) -> Fraction:
        """R_b = max 1/f_j (GB/T 42460-2023 D.2)."""
        return Fraction(1, self.k) if self.k else Fraction(0)

    @property
    def class_average(self) -> Fraction:
        """R_c = (1/|J|) sum 1/f_j (GB/T 42460-2023 D.3): over classes, not records."""
        if not self.sizes:
            return Fraction(0)
        return sum((Fraction(count, size) for size, count in self.sizes), Fraction(0)) / self.classes

    def classes_below(self, least: int) -> int:
        """Return the number of classes smaller than `least`, those whose risk 1/f_j exceeds 1/least."""
        return sum(count for size, count in self.sizes if size < least)

    def records_below(self, least: int) -> int:
        """Return the number of records in classes smaller than `least`."""
        return sum(size * count for size, count in self.sizes if size < least)

    def histogram(self) -> tuple[ClassSizes, ...]:
        """Return classes and records by size bucket, empty buckets included."""
        return tuple(self._bucket(low, high) for low, high in BUCKETS)

    def _bucket(self, low: int, high: int | None) -> ClassSizes:
        inside = [(size, count) for size, count in self.sizes if size >= low and (high is None or size <= high)]
        classes, records = sum(count for _, count in inside), sum(size * count for size, count in inside)
        return ClassSizes(lo=low, hi=high, classes=classes, records=records)
