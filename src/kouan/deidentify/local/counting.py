"""Rows as the search for classes reads them, and whether classes meet the models."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kouan.risk.classes import distinct_in
from kouan.risk.privacy.counts import ClassCounts, histogram

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kouan.risk.privacy import Histogram, Model

    Ints = npt.NDArray[np.int64]
    Codes = npt.NDArray[np.int32]
    Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """The rows of one table.

    Attributes:
        codes: by item: int32 [rows]; 0 where the cell is empty, values from 1 on in the item's order.
        models: all must be met by every class.
        sensitive: by name: int64 [rows] codes from 0, in the item's order, and how many codes there are.
        persons: int64 [rows], whose each row is, from 0; None where every row counts as a person.
    """

    codes: Sequence[Codes]
    models: Sequence[Model]
    sensitive: Mapping[str, tuple[Ints, int]] = field(default_factory=dict)
    persons: Ints | None = None

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self.codes[0])

    @cached_property
    def least(self) -> int:
        """A size that every class that meets the models has."""
        nothing = np.ones(1)
        return max([1, *(model.least(self._wholes.get(model.sensitive or "", nothing)) for model in self.models)])

    @cached_property
    def _wholes(self) -> dict[str, npt.NDArray[np.float64]]:
        return {
            name: np.bincount(values, minlength=size) / max(len(values), 1)
            for name, (values, size) in self.sensitive.items()
        }

    @cached_property
    def _people(self) -> int:
        return 0 if self.persons is None or not len(self.persons) else int(self.persons.max()) + 1

    def meets(self, of: Ints, count: int, rows: Ints) -> Marks:
        """Return which classes meet all models: bool [count].

        Args:
            of: int64 [n], class of each of these rows, 0 to `count - 1`; every class occurs.
            count: number of classes.
            rows: int64 [n], the rows.
        """
        sizes = np.bincount(of, minlength=count).astype(np.float64)
        fine: Marks = sizes >= self.least
        histograms: dict[str, Histogram] = {}
        counts = ClassCounts(sizes, histograms, persons=self._persons(of, count, rows))
        for model in self.models:
            if not fine.any():
                break
            if model.sensitive is not None and model.sensitive not in histograms:
                histograms[model.sensitive] = self._histogram(model.sensitive, of, count, rows)
            fine &= model.meets(counts)
        return fine

    def _histogram(self, name: str, of: Ints, count: int, rows: Ints) -> Histogram:
        values = self.sensitive[name][0][rows]
        return histogram(of, values, classes=count, whole=self._wholes[name])

    def _persons(self, of: Ints, count: int, rows: Ints) -> npt.NDArray[np.float64] | None:
        if self.persons is None:
            return None
        return distinct_in(of, count, self.persons[rows], self._people).astype(np.float64)
