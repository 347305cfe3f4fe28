"""Values that few cells hold are taken out.

GB/T 37964-2019 annex A, suppression (local); ISO/IEC 20889:2018, suppression.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import Kernel, Learner, as_text, over_distinct
from kouan.deidentify.params import only, text, whole

if TYPE_CHECKING:
    from kouan.model.plan import PlanLine

_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Suppress(Learner):
    """Empties values that fewer than `below` persons have, or replaces them by one word; cells where nobody is named.

    What is emptied is a group of its own, which may be smaller than `below`; the risk report counts it as one.

    Attributes:
        below: persons, or cells, that a value needs to stay.
        other: word for those that do not; None empties them.
    """

    below: int
    other: str | None = None

    def counted(self, column: pa.Array) -> pa.Array:
        """Return the values as text."""
        return as_text(column)

    def learnt(self, values: pa.Array, counts: pa.Array) -> Kernel:
        """Return the kernel that lets frequent values through."""
        stay = pc.cast(values.filter(pc.greater_equal(counts, self.below)), pa.string())

        def distinct(part: pa.Array) -> pa.Array:
            return pc.if_else(pc.is_in(part, value_set=stay), part, pa.scalar(self.other, pa.string()))

        return lambda column: over_distinct(as_text(column), distinct)


def suppress(line: PlanLine) -> Suppress:
    """Return what `{below, other, by}` means. Raises BadParamsError."""
    only(line, "below", "other", "by")
    other = text(line, "other") if "other" in line.params else None
    return Suppress(whole(line, "below", 2, _LARGEST), other)
