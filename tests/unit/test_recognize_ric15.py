"""十五位公民身份号码: area and day only, looked for where asked."""

from __future__ import annotations

import pytest

from tests.recognizing import scanned, unasked


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("110101900517007", [1, 0, 0, 0]),
        ("110101900229007", None),
        ("110101901317007", None),
        ("990101900517007", None),
        ("身份证号110101900517007", [0, 0, 1, 0]),
        ("流水号110101900517007", None),
        ("1101019005170071", None),
    ],
)
def test_where_asked(text: str, counts: list[int] | None) -> None:
    assert scanned([text], asked=frozenset({"cn.ric15"})).get("cn.ric15") == counts
    assert scanned([text]).get("cn.ric15") == unasked(text, counts)
