"""军官证: the words around the number, and papers numbered in the same way."""

from __future__ import annotations

import pytest

from tests.recognizing import scanned


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("军字第1234567号", [1, 0, 0, 0]),
        ("士字第 1234567 号", [1, 0, 0, 0]),
        ("文字第12345678", [1, 0, 0, 0]),
        ("军字第１２３４５６７号", [1, 0, 0, 0]),
        ("军官证：军字第1234567号", [0, 0, 0, 1]),
        ("军官证兵字第1234567号", [0, 0, 0, 1]),
        ("京文字第1234号", None),
        ("海字第1234567号", None),
        ("军字第123号", None),
        ("军字第123456789号", None),
        ("军第1234567号", None),
        ("第1234567号", None),
    ],
)
def test_in_cells(text: str, counts: list[int] | None) -> None:
    assert scanned([text]).get("cn.officer") == counts
