"""澳门居民身份证: looked for where asked, because any eight digits may be one."""

from __future__ import annotations

import pytest

from tests.recognizing import scanned

ASKED = frozenset({"moid"})


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("1234567(8)", [1, 0, 0, 0]),
        ("5234567（0）", [1, 0, 0, 0]),
        ("12345678", [1, 0, 0, 0]),
        ("22345678", None),
        ("1234567", None),
        ("1234567(89)", None),
        ("澳门居民身份证 1234567(8)", [0, 0, 1, 0]),
        ("编号 1234567(8)", None),
    ],
)
def test_in_cells(text: str, counts: list[int] | None) -> None:
    assert scanned([text], asked=ASKED).get("moid") == counts


def test_not_looked_for_unasked() -> None:
    assert scanned(["1234567(8)", "12345678"]) == {}
