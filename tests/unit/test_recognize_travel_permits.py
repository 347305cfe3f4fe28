"""回乡证 and 台胞证: formats of everybody, looked for where asked, in a text beside their words."""

from __future__ import annotations

import pytest

from tests.recognizing import scanned, unasked


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("H12345678", [1, 0, 0, 0]),
        ("M1234567801", [1, 0, 0, 0]),
        ("K12345678", None),
        ("H1234567", None),
        ("H1234567890", [1, 0, 0, 0]),
        ("H123456789", None),
        ("回乡证号 H12345678", [0, 0, 1, 0]),
        ("型号 H12345678", None),
    ],
)
def test_home_return_permit(text: str, counts: list[int] | None) -> None:
    assert scanned([text], asked=frozenset({"cn.hkmo_permit"})).get("cn.hkmo_permit") == counts
    assert scanned([text]).get("cn.hkmo_permit") == unasked(text, counts)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("12345678", [1, 0, 0, 0]),
        ("01234567", [1, 0, 0, 0]),
        ("20240517", None),
        ("19990101", None),
        ("20241350", [1, 0, 0, 0]),
        ("0123456789A", [1, 0, 0, 0]),
        ("0123456789(A)", [1, 0, 0, 0]),
        ("01234567890", None),
        ("台胞证12345678", [0, 0, 1, 0]),
        ("批号12345678", None),
    ],
)
def test_mainland_travel_permit(text: str, counts: list[int] | None) -> None:
    assert scanned([text], asked=frozenset({"cn.tw_permit"})).get("cn.tw_permit") == counts
    assert scanned([text]).get("cn.tw_permit") == unasked(text, counts)
