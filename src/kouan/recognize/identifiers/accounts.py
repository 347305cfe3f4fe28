"""Accounts: WeChat's own `wxid_…`, QQ numbers, and openid or unionid of WeChat applications."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import CONFIRMED, DIGITS, LOWER, MIXED, SUSPECTED, Identifier, hit
from kouan.recognize.nearby import beside, is_whole, packed

_QQ = ("qq", "扣扣", "企鹅号")
_OPEN = ("openid", "open_id", "unionid", "union_id", "微信openid")
_NEAR_QQ, _NEAR_OPEN = packed(*_QQ), packed(*_OPEN)
_PREFIX = b"wxid_"
_INNER = bytes((chr(byte).isalnum() and byte < 128) or byte in b"-_" for byte in range(256))
_SIZES = (28, 29)


def find_wechat(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find the identifier whose part behind `wxid_` stands here."""
    start = at - 5
    if start < lo or (start > lo and _INNER[data[start - 1]]):
        return 0
    for place in range(5):
        if data[start + place] != _PREFIX[place]:
            return 0
    return 0 if end < hi and _INNER[data[end]] else hit(CONFIRMED, start, end)


def find_qq(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade 5 to 11 digits, alone in their cell or beside their words."""
    if data[at] == 48 or (not is_whole(lo, hi, at, end) and not beside(data, lo, hi, at, end, _NEAR_QQ)):
        return 0
    return hit(SUSPECTED, at, end)


def find_openid(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find 28 or 29 characters of letters, digits, hyphens and underscores that begin with `o` here."""
    if data[at] != 111 or (at > lo and _INNER[data[at - 1]]):
        return 0
    stop = at
    while stop < hi and _INNER[data[stop]]:
        stop += 1
    if stop - at != _SIZES[0] and stop - at != _SIZES[1]:
        return 0
    if not is_whole(lo, hi, at, stop) and not beside(data, lo, hi, at, stop, _NEAR_OPEN):
        return 0
    return hit(SUSPECTED, at, stop)


WECHAT = Identifier(
    id="cn.wechat",
    label=Text(zh="微信内部号（wxid）", en="WeChat identifier (wxid)"),
    lengths=tuple(range(6, 33)),
    kinds=DIGITS | LOWER,
    find=find_wechat,
    source="observed form (P)",
    before=b"_",
    context=("微信", "wechat", "weixin", "wxid"),
    alone=False,
)
QQ = Identifier(
    id="cn.qq",
    label=Text(zh="QQ 号", en="QQ number"),
    lengths=tuple(range(5, 12)),
    kinds=DIGITS,
    find=find_qq,
    source="observed form (P)",
    context=_QQ,
    asked=True,
    spoken=True,
)
OPENID = Identifier(
    id="cn.openid",
    label=Text(zh="微信 OpenID 或 UnionID", en="WeChat OpenID or UnionID"),
    lengths=tuple(range(1, 30)),
    kinds=MIXED,
    first=b"o",
    find=find_openid,
    source="observed form (P)",
    context=_OPEN,
    asked=True,
    spoken=True,
)
