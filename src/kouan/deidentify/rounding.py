"""Numbers rounded to a multiple of a base.

GB/T 37964-2019 annex A, generalisation (rounding); ISO/IEC 20889:2018, rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import over_distinct
from kouan.deidentify.numbers import as_number
from kouan.deidentify.params import only, whole

if TYPE_CHECKING:
    from kouan.model.plan import PlanLine

_MOST = 10**12


@dataclass(frozen=True, slots=True)
class Rounded:
    """Replaces a number by the nearest multiple of a base, one that lies halfway by the greater one.

    A single number stays a single number: how rare it is shows only in the risk report. What is no number becomes null.

    Attributes:
        base: in the column's unit; 1 takes decimals away.
    """

    base: int

    def __call__(self, column: pa.Array) -> pa.Array:
        """Return the multiples as text."""
        return over_distinct(column, self._distinct)

    def _distinct(self, values: pa.Array) -> pa.Array:
        times = pc.cast(pc.floor(pc.add(pc.divide(as_number(values), float(self.base)), 0.5)), pa.int64())
        return pc.cast(pc.multiply(times, self.base), pa.string())


def rounded(line: PlanLine) -> Rounded:
    """Return what `{to: rounded, base}` means. Raises BadParamsError."""
    only(line, "to", "base")
    return Rounded(whole(line, "base", 1, _MOST))
