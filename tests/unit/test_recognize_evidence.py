"""Wilson intervals and chance."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kouan.recognize.evidence import wilson


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [  # Newcombe 1998, table I, method 3; the last two are limits
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
        (29, 29, "0.8830", "1.0000"),
        (0, 0, "0.0000", "0.0000"),
    ],
)
def test_wilson(hits: int, total: int, low: str, high: str) -> None:
    assert [round(one, 4) for one in wilson(hits, total)] == [Decimal(low), Decimal(high)]
