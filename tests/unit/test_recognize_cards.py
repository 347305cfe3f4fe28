"""社会保障卡 and 驾驶证档案编号: everybody's formats, looked for where asked, in a text beside their words."""

from __future__ import annotations

import pytest

from tests.recognizing import scanned, unasked


@pytest.mark.parametrize(
    ("identifier", "text", "counts"),
    [
        ("cn.ssn", "A12345678", [1, 0, 0, 0]),
        ("cn.ssn", "123456789", [1, 0, 0, 0]),
        ("cn.ssn", "12345678", None),
        ("cn.ssn", "a12345678", None),
        ("cn.ssn", "社保卡 A12345678", [0, 0, 1, 0]),
        ("cn.ssn", "批号 A12345678", None),
        ("cn.driving_file", "310012345678", [1, 0, 0, 0]),
        ("cn.driving_file", "31001234567", None),
        ("cn.driving_file", "驾驶证档案编号310012345678", [0, 0, 1, 0]),
        ("cn.driving_file", "订单310012345678", None),
    ],
)
def test_where_asked(identifier: str, text: str, counts: list[int] | None) -> None:
    assert scanned([text], asked=frozenset({identifier})).get(identifier) == counts
    assert scanned([text]).get(identifier) == unasked(text, counts)
