"""Masking: some characters at the ends stay, the rest become `*`; short values are hidden whole."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import as_text, over_distinct


@dataclass(frozen=True, slots=True)
class Mask:
    """Keeps characters at the start and the end.

    Where less than a third of a value would be hidden, all of it is: 3 + 4 characters of a mobile number stay, but
    nothing of an eight-digit number.

    Attributes:
        keep_start, keep_end: characters (code points) that stay.
    """

    keep_start: int
    keep_end: int

    def __call__(self, column: pa.Array) -> pa.Array:
        """Return the masked values; null stays null, an empty value stays empty."""
        return over_distinct(as_text(column), self._distinct)

    def _distinct(self, values: pa.Array) -> pa.Array:
        length = pc.utf8_length(values)
        hidden = pc.subtract(length, self.keep_start + self.keep_end)
        enough = pc.greater_equal(pc.multiply(hidden, 3), length)
        start = pc.utf8_slice_codeunits(values, 0, self.keep_start)
        end = pc.utf8_slice_codeunits(values, -self.keep_end) if self.keep_end else pa.scalar("")
        stars = pc.binary_repeat("*", pc.max_element_wise(hidden, 0))
        shown = pc.binary_join_element_wise(start, stars, end, "")
        return pc.if_else(enough, shown, pc.binary_repeat("*", length))
