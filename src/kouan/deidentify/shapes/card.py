"""Bank card numbers of 13 to 19 digits with the check digit of ISO/IEC 7812-1 (Luhn)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.shapes.domain import Domain, Group, by_length, digits, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from kouan.deidentify.ff1 import Numbers
    from kouan.deidentify.shapes.domain import Letters

_LENGTHS = range(13, 20)
_ZERO, _NINE = ord("0"), 9
_OFF = 5
"""What is added to the check digit of a surrogate that must not pass."""


class Card:
    """Card numbers whose check digit is right; the first digit stays, which names the kind of issuer.

    A surrogate's check digit is off by five, unless it is asked to be right: no terminal takes it for a card.
    """

    def __init__(self, *, right_check: bool = False) -> None:
        """Make the shape."""
        self._off = 0 if right_check else _OFF

    def read(self, values: pa.StringArray, *, back: bool) -> Iterator[Group]:
        """Yield the card numbers of each length."""
        off, other = (self._off, 0) if back else (0, self._off)
        for rows, text in by_length(values):
            length = text.shape[1]
            if length not in _LENGTHS:
                continue
            told = text - _ZERO
            fits = (told <= _NINE).all(axis=1)
            fits &= (_check(told[:, :-1]) + off) % 10 == told[:, -1]
            if not fits.any():
                continue
            kept, half = told[fits], 1 + (length - 2) // 2
            domain = Domain(10, length - 2, 0, 10 ** (length - 2))
            write = partial(_written, first=kept[:, :1], length=length, off=other)
            yield Group(rows[fits], domain, number(kept[:, 1:half]), number(kept[:, half:-1]), write)


def _written(left: Numbers, right: Numbers, *, first: Letters, length: int, off: int) -> Letters:
    half = (length - 2) // 2
    body = np.hstack((first, digits(left, half), digits(right, length - 2 - half)))
    check = ((_check(body) + off) % 10).astype(np.uint8)
    return np.hstack((body, check[:, None])) + np.uint8(_ZERO)


def _check(body: Letters) -> Letters:
    """Return the check digit of each number without it."""
    doubled = body[:, ::-1].astype(np.int64)
    doubled[:, ::2] *= 2
    found: Letters = ((-(doubled // 10 + doubled % 10).sum(axis=1)) % 10).astype(np.uint8)
    return found
