"""Numbers in a range, as the halves that FF1 takes, and the values of one form that stand for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from kouan.deidentify.ff1 import LEAST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from kouan.deidentify.ff1 import Numbers

Letters = np.ndarray[Any, np.dtype[np.uint8]]
"""Shape (values, characters): ASCII."""
Marks = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Domain:
    """The whole numbers from `low` to below `high`, written with `length` numerals of `radix`.

    A permutation of all such strings becomes one of the range by going on until the range is met again (cycle
    walking: Black and Rogaway, CT-RSA 2002).
    """

    radix: int
    length: int
    low: int
    high: int

    @property
    def size(self) -> int:
        """Return how many numbers there are."""
        return self.high - self.low

    @property
    def right(self) -> int:
        """Return how many values the right half may have."""
        size: int = self.radix ** (self.length - self.length // 2)
        return size

    def holds(self, left: Numbers, right: Numbers) -> Marks:
        """Tell which pairs of halves stand for a number of the range."""
        ends = (divmod(self.low, self.right), divmod(self.high - 1, self.right))
        (low_left, low_right), (high_left, high_right) = ends
        over = (left > low_left) | ((left == low_left) & (right >= low_right))
        under = (left < high_left) | ((left == high_left) & (right <= high_right))
        return np.asarray(over & under, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Group:
    """Values of one form.

    Attributes:
        rows: where they stand among all.
        domain: of the numbers that stand for them; at least `LEAST` of them.
        left, right: halves of these numbers.
        write: makes the values of other numbers of the domain, in the same order.
    """

    rows: np.ndarray[Any, np.dtype[np.intp]]
    domain: Domain
    left: Numbers
    right: Numbers
    write: Callable[[Numbers, Numbers], Letters]


class Shape(Protocol):
    """A form, with or without a right check digit in its surrogates."""

    def __init__(self, *, right_check: bool) -> None:
        """Take whether surrogates get the check digit that their other digits ask for; else never that one."""

    def read(self, values: pa.StringArray, *, back: bool) -> Iterator[Group]:
        """Yield the values that have the form; what no group names has not.

        Args:
            values: known and not empty.
            back: True where they are surrogates, to be written as what they stand for.
        """


def large_enough(domain: Domain) -> bool:
    """Tell whether FF1 may serve a domain."""
    return domain.size >= LEAST


def by_length(values: pa.StringArray) -> Iterator[tuple[np.ndarray[Any, np.dtype[np.intp]], Letters]]:
    """Yield the rows of each length in bytes, and their bytes, shape (rows, length)."""
    offsets = np.frombuffer(values.buffers()[1], np.int32)[values.offset : values.offset + len(values) + 1]
    data = np.frombuffer(values.buffers()[2] or b"", np.uint8)
    lengths = np.diff(offsets)
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        places = offsets[rows].astype(np.int64)[:, None] + np.arange(length)
        yield rows, data[places]


def number(digits: Letters, *, base: int = 10, wide: bool = False) -> Numbers:
    """Return the number that each row of digits (from 0) writes; `wide` where it may exceed 63 bits."""
    total: Numbers = np.zeros(len(digits), dtype=object if wide else np.uint64)
    for column in digits.T:
        total = total * _same(base, wide) + column.astype(total.dtype)
    return total


def digits(numbers: Numbers, width: int, *, base: int = 10) -> Letters:
    """Return the digits (from 0) of each number, shape (numbers, width)."""
    found = np.empty((len(numbers), width), dtype=np.uint8)
    rest, step = numbers, _same(base, numbers.dtype == object)
    for at in reversed(range(width)):
        found[:, at] = rest % step
        rest = rest // step
    return found


def _same(base: int, wide: bool) -> Any:  # noqa: FBT001 - two words for one thing
    return base if wide else np.uint64(base)
