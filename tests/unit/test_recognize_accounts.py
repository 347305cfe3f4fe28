"""wxid_, QQ, openid: a prefix that nothing else has, and formats that need their words."""

from __future__ import annotations

import pytest

from tests.recognizing import scanned, unasked

OPENID = "oABC-defg_hijkLMNOP0123456789"[:28]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("wxid_abcdef1234567", [0, 1, 0, 0]),
        ("加微信wxid_abcdef1234567，谢谢", [0, 0, 0, 1]),
        ("xwxid_abcdef1234567", None),
        ("wxid_abcdef1234567_x", None),
        ("wxid_ab", None),
        ("table_abcdef1234567", None),
    ],
)
def test_wechat(text: str, counts: list[int] | None) -> None:
    assert scanned([text]).get("cn.wechat") == counts


@pytest.mark.parametrize(
    ("identifier", "text", "counts"),
    [
        ("cn.qq", "12345", [1, 0, 0, 0]),
        ("cn.qq", "12345678901", [1, 0, 0, 0]),
        ("cn.qq", "012345", None),
        ("cn.qq", "1234", None),
        ("cn.qq", "QQ：123456789", [0, 0, 1, 0]),
        ("cn.qq", "价格 123456789", None),
        ("cn.openid", OPENID, [1, 0, 0, 0]),
        ("cn.openid", OPENID + "x", [1, 0, 0, 0]),
        ("cn.openid", OPENID[:27], None),
        ("cn.openid", "p" + OPENID[1:], None),
        ("cn.openid", OPENID + "xy", None),
        ("cn.openid", "openid=" + OPENID, [0, 0, 1, 0]),
        ("cn.openid", "token=" + OPENID, None),
    ],
)
def test_where_asked(identifier: str, text: str, counts: list[int] | None) -> None:
    assert scanned([text], asked=frozenset({identifier})).get(identifier) == counts
    assert scanned([text]).get(identifier) == unasked(text, counts)
