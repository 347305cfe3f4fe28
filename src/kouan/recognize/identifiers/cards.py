"""Numbers of cards that are everybody's format: 社会保障卡 (nine characters) and 驾驶证档案编号 (twelve digits)."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import DIGITS, SUSPECTED, UPPER, Identifier, hit
from kouan.recognize.nearby import beside, is_whole, packed

_CARD = ("社保卡", "社会保障卡", "社保卡号", "医保卡", "医保卡号", "social security card", "social insurance card")
_FILE = ("档案编号", "驾驶证档案", "行驶证档案", "driving licence file", "file no")
_NEAR_CARD, _NEAR_FILE = packed(*_CARD), packed(*_FILE)


def find_card(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade nine characters, alone in their cell or beside their words."""
    near = is_whole(lo, hi, at, end) or beside(data, lo, hi, at, end, _NEAR_CARD)
    return hit(SUSPECTED, at, end) if near else 0


def find_file(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade twelve digits, alone in their cell or beside their words."""
    near = is_whole(lo, hi, at, end) or beside(data, lo, hi, at, end, _NEAR_FILE)
    return hit(SUSPECTED, at, end) if near else 0


SOCIAL_SECURITY = Identifier(
    id="cn.ssn",
    label=Text(zh="社会保障卡卡号", en="social security card number"),
    lengths=(9,),
    kinds=DIGITS | UPPER,
    needs=DIGITS,
    find=find_card,
    source="public descriptions of the card (P)",
    context=_CARD,
    asked=True,
    spoken=True,
)
DRIVING_FILE = Identifier(
    id="cn.driving_file",
    label=Text(zh="驾驶证档案编号", en="file number of a driving licence"),
    lengths=(12,),
    kinds=DIGITS,
    find=find_file,
    source="public descriptions of driving and vehicle licences (P)",
    context=_FILE,
    asked=True,
    spoken=True,
)
