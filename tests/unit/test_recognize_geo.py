"""Pairs of coordinates in one cell; ratios, prices and longer lists."""

from __future__ import annotations

import pytest

from tests.recognizing import scanned


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        ("116.39748,39.90882", [0, 1, 0, 0]),
        ("39.90882, 116.39748", [0, 1, 0, 0]),
        ("116.39748，39.90882", [0, 1, 0, 0]),
        ("POINT(116.39748 39.90882)", [0, 0, 0, 1]),
        ("[116.39748,39.90882]", [0, 0, 0, 1]),
        ("116.39748,39.90882;116.39750,39.90890", [0, 0, 0, 1]),
        ("-73.98513,40.74881", [1, 0, 0, 0]),
        ("48.85837,2.29448", [1, 0, 0, 0]),
        ("116.397,39.908", None),  # too coarse for a place
        ("0.12345,0.98765", None),
        ("1.1234,2.2345,3.3456", None),
        ("0.1111,116.39748,39.90882", None),
        ("199.99990,29.99990", None),
        ("116.39748", None),
        ("116.39748-39.90882", None),
    ],
)
def test_find(value: str, counts: list[int] | None) -> None:
    assert scanned([value]).get("geo") == counts
