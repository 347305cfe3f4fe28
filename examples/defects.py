"""What is wrong in real files, done to a share of a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

_WIDE = {ord(mark): ord(mark) + 0xFEE0 for mark in "0123456789X+-"}


def spoil(column: pa.Array, rng: Generator, share: float, *, change: Callable[[str], str]) -> pa.Array:
    """Return the column with `change` applied to a random share of its cells (nulls stay null)."""
    mask = pa.array(rng.random(len(column)) < share)
    changed = [None if value is None else change(value) for value in column.filter(mask).to_pylist()]
    return pc.replace_with_mask(column, mask, pa.array(changed, column.type))


def blank(column: pa.Array, rng: Generator, share: float) -> pa.Array:
    """Return the column with a random share of its cells missing."""
    return pc.if_else(pa.array(rng.random(len(column)) < share), pa.scalar(None, column.type), column)


def shared(column: pa.Array, rng: Generator, share: float) -> pa.Array:
    """Return the column with a random share of its cells repeating the cell before (a family, a colleague)."""
    before = pa.concat_arrays([column.slice(0, 1), column.slice(0, max(len(column) - 1, 0))]).slice(0, len(column))
    return pc.if_else(pa.array(rng.random(len(column)) < share), before, column)


def full_width(value: str) -> str:
    """Return the digits as full-width characters, as a Chinese input method leaves them."""
    return value.translate(_WIDE)


def wrong_check(value: str) -> str:
    """Return the number with another last digit."""
    last = "0" if value[-1] == "X" else str((int(value[-1]) + 1) % 10)
    return value[:-1] + last


def grouped(*sizes: int, by: str) -> Callable[[str], str]:
    """Return a function that cuts a number into groups; the last group takes the rest."""

    def change(value: str) -> str:
        parts, rest = [], value
        for size in sizes:
            parts.append(rest[:size])
            rest = rest[size:]
        return by.join([*parts, rest])

    return change


def around(before: str, after: str) -> Callable[[str], str]:
    """Return a function that puts text (often blanks) before and after a value."""
    return lambda value: f"{before}{value}{after}"
