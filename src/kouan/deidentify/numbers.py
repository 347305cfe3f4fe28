"""Numbers to bins, with one bin for everything very high or very low; ages to bands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import as_text, over_distinct, pick

OLDEST = 150
_LARGEST = 1e15
_DIGITS = 30
_DECORATION = r"[¥$€£元岁]"
_NUMBER = r"^[-+]?(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.\d+)?$"
"""Separators stand between thousands, or the text is two numbers, or one with a decimal comma: `1.234,56`, `35 36`."""


@dataclass(frozen=True, slots=True)
class Bins:
    """Generalises numbers to half-open bins `[10000,15000)`.

    Attributes:
        width: of a bin, in the column's unit.
        top: numbers from here on read `>=top`; None for no such bin.
        bottom: numbers below read `<bottom`; None for no such bin.
    """

    width: int
    top: int | None = None
    bottom: int | None = None

    def __call__(self, column: pa.Array) -> pa.Array:
        """Return the bins; what is no number becomes null."""
        return over_distinct(column, self._distinct)

    def _distinct(self, values: pa.Array) -> pa.Array:
        number = as_number(values)
        low, high = _ends(number, self.width)
        label = pc.binary_join_element_wise("[", low, ",", high, ")", "")
        if self.top is not None:
            label = pc.if_else(pc.greater_equal(number, self.top), f">={self.top}", label)
        if self.bottom is not None:
            label = pc.if_else(pc.less(number, self.bottom), f"<{self.bottom}", label)
        return label


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Generalises ages in years to bands `30-34`, with one band `80+` for the oldest.

    Attributes:
        width: years in a band.
        top: age from which all fall into one band.
    """

    width: int
    top: int

    def __call__(self, column: pa.Array) -> pa.Array:
        """Return the bands; what is no age from 0 to 150 becomes null."""
        return over_distinct(column, self._distinct)

    def _distinct(self, values: pa.Array) -> pa.Array:
        number = as_number(values)
        number = pick(pc.and_(pc.greater_equal(number, 0), pc.less_equal(number, OLDEST)), number)
        low, high = _ends(number, self.width, last=1)
        label = pc.binary_join_element_wise(low, high, "-")
        return pc.if_else(pc.greater_equal(number, self.top), f"{self.top}+", label)


def as_number(values: pa.Array) -> Any:
    """Return the values as float64; text may carry separators of thousands, a currency sign, 元 or 岁."""
    if pa.types.is_integer(values.type) or pa.types.is_floating(values.type) or pa.types.is_decimal(values.type):
        number = pc.cast(values, pa.float64(), safe=False)
    else:
        text = pc.replace_substring_regex(pc.utf8_normalize(as_text(values), form="NFKC"), _DECORATION, "")
        text = pc.utf8_trim_whitespace(text)
        text = pick(pc.match_substring_regex(text, _NUMBER), text)
        number = pc.cast(pc.replace_substring_regex(text, "[, ]", ""), pa.float64())
    return pick(pc.and_(pc.is_finite(number), pc.less(pc.abs(number), _LARGEST)), number)


def number_words(numbers: Any, decimals: int) -> pa.Array:
    """Return numbers as text with so many digits after the point."""
    rounded = pc.round(numbers, decimals, round_mode="half_up")
    return pc.cast(pc.cast(rounded, pa.decimal128(_DIGITS, decimals)), pa.string())


def _ends(number: Any, width: int, *, last: int = 0) -> tuple[Any, Any]:
    """Return the first number of each value's bin and the first of the next (less `last`), as text."""
    low = pc.multiply(pc.cast(pc.floor(pc.divide(number, float(width))), pa.int64()), width)
    return pc.cast(low, pa.string()), pc.cast(pc.add(low, width - last), pa.string())
