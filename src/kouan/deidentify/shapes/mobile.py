"""Mobile numbers of mainland China: eleven digits, 1, then 3 to 9, then nine more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.shapes.domain import Domain, Group, by_length, digits, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from kouan.deidentify.ff1 import Numbers
    from kouan.deidentify.shapes.domain import Letters

_LENGTH, _HALF = 11, 5
_DOMAIN = Domain(10, 10, 3 * 10**9, 10**10)
_ZERO, _NINE = ord("0"), 9
_SECOND = 3


class Mobile:
    """Numbers as they are dialled inside China; no surrogate says by itself that it is one."""

    def __init__(self, *, right_check: bool = False) -> None:
        """Make the shape; it has no check digit."""
        del right_check

    def read(self, values: pa.StringArray, *, back: bool) -> Iterator[Group]:
        """Yield the mobile numbers."""
        del back
        for rows, text in by_length(values):
            if text.shape[1] != _LENGTH:
                continue
            told = text - _ZERO  # what stands before 0 wraps around to large numbers
            fits = (told <= _NINE).all(axis=1) & (told[:, 0] == 1) & (told[:, 1] >= _SECOND)
            if fits.any():
                left, right = number(told[fits, 1 : 1 + _HALF]), number(told[fits, 1 + _HALF :])
                yield Group(rows[fits], _DOMAIN, left, right, _written)


def _written(left: Numbers, right: Numbers) -> Letters:
    one = np.ones((len(left), 1), dtype=np.uint8)
    return np.hstack((one, digits(left, _HALF), digits(right, _HALF))) + np.uint8(_ZERO)
