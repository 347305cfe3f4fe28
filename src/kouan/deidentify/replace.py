"""Values replaced or emptied where a condition on another column of the row holds.

GB/T 37964-2019 annex A, suppression (local): for rules such as “of persons over 90, no occupation”.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify import messages
from kouan.deidentify.columns import Paired, as_text, pick
from kouan.deidentify.numbers import as_number
from kouan.deidentify.params import BadParamsError, decimal, only, text

if TYPE_CHECKING:
    from kouan.model.plan import PlanLine

TESTS = ("equals", "below", "above")
_MOST = str(10**12)


@dataclass(frozen=True, slots=True)
class Replace(Paired):
    """Replaces a cell where the other column's cell fits; where that one is empty or no number, it counts as fitting.

    Null stays null. Blanks around the other cell do not count.

    Attributes:
        test: one of `TESTS`.
        bound: text to equal, or number to lie below or above of.
        value: what stands there then; None for nothing.
    """

    test: str
    bound: str | float
    value: str | None = None

    def __call__(self, column: pa.Array, other: pa.Array) -> pa.Array:
        """Return the column as text, with cells replaced."""
        texts = as_text(column)
        fits = pc.fill_null(self._fits(other), True)
        return pick(pc.is_valid(texts), pc.if_else(fits, pa.scalar(self.value, pa.string()), texts))

    def _fits(self, other: pa.Array) -> pa.Array:
        if self.test == "equals":
            told = pc.utf8_trim_whitespace(as_text(other))
            return pick(pc.not_equal(told, ""), pc.equal(told, self.bound))
        compare = pc.less if self.test == "below" else pc.greater
        return compare(as_number(other), self.bound)


def replaced(line: PlanLine) -> Replace:
    """Return what `{when, equals | below | above, value}` means. Raises BadParamsError."""
    only(line, "when", *TESTS, "value")
    text(line, "when")
    tests = [name for name in TESTS if name in line.params]
    if len(tests) != 1:
        raise BadParamsError(messages.PARAM_ONE_OF.fill(names=", ".join(TESTS)))
    (test,) = tests
    bound = text(line, test) if test == "equals" else decimal(line, test, f"-{_MOST}", _MOST)
    return Replace(test, bound, text(line, "value") if "value" in line.params else None)
