"""Electronic mail addresses and what only looks like one."""

from __future__ import annotations

import pytest

from kouan.model.inventory import Tier
from tests.recognizing import column, scanned


@pytest.mark.parametrize(
    ("value", "whole", "inside"),
    [
        ("a.b+c@example.com", True, False),
        ("A_B@Example.COM.CN", True, False),
        ("x@corp.example.de", True, False),
        ("icon@2x.png", False, False),
        ("react@18.2.0", False, False),
        ("@types/node", False, False),
        ("a@b", False, False),
        ("邮箱 a@example.com，请回复", False, True),
        ("mail a@example.com.", False, True),
        ("a@example.com, b@example.com", False, True),
        ("", False, False),
    ],
)
def test_find(value: str, *, whole: bool, inside: bool) -> None:
    assert scanned([value]).get("email", [0, 0, 0, 0]) == [0, int(whole), 0, int(inside)]


def test_column() -> None:
    item = column("contact", [f"u{n}@example.com" for n in range(20)])
    assert (item.meaning, item.tier) == ("email", Tier.CONFIRMED)
    assert item.samples == ("***@***.com",)


def test_a_flag_about_mail_is_no_mail() -> None:
    item = column("email", [True, False] * 20)
    assert (item.meaning, item.tier) == ("code", Tier.REJECTED)
