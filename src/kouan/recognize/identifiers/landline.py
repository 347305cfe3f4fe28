"""固定电话: an area code that exists, a local number of the area's length, an extension; no date or contract number.

010-66551234, (010) 6655-1234, 0311-87654321-802, +86 10 66551234, 01066551234 转 802.
"""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.arithmetic import in_calendar
from kouan.recognize.identifier import DIGITS, SUSPECTED, Identifier, hit
from kouan.recognize.nearby import beside, is_whole, packed

_WORDS = ("电话", "座机", "固话", "传真", "tel", "phone", "fax", "landline")
_NEAR = packed(*_WORDS)
_EIGHT_DIGITS = (
    "10 20-25 27-29 311 371 377 379 411 431-433 435 451 510-519 523 527 531-532 551 571 573-577 579 591 595 731 "
    "754-755 757 760 769 791 851 871 898"
)
_SEVEN_DIGITS = (
    "310 312-319 335 349-359 370 372-376 391-396 398 412 415-419 421 427 429 433-439 452-459 464 467-479 482-483 530 "
    "533-539 543 546 550 552-559 561-564 566 570 572 578 580 592-594 596-599 631-633 635 660 662-663 668 691-692 701 "
    "710-719 722 724 728 730 734-739 743-746 750-754 756 758-759 762-763 766 768 770-779 790 792-799 812-813 816-818 "
    "825-827 830-839 851 854-859 870 872-879 883 886-888 891-897 901-903 906 908-909 911-917 919 930-939 941 943 "
    "951-955 970-979 990-999"
)
"""Area codes without the leading 0, by the length of their local numbers."""
_SEVEN, _EIGHT = 1, 2


def _codes(spans: str) -> set[int]:
    pairs = [span.split("-") for span in spans.split()]
    return {code for pair in pairs for code in range(int(pair[0]), int(pair[-1]) + 1)}


_WITH_SEVEN, _WITH_EIGHT = _codes(_SEVEN_DIGITS), _codes(_EIGHT_DIGITS)
_AREAS = bytes(_SEVEN * (area in _WITH_SEVEN) | _EIGHT * (area in _WITH_EIGHT) for area in range(1000))
_SEPARATOR = bytes(byte in b" -()" for byte in range(256))
_INNER = bytes(byte in b" -" for byte in range(256))
_LETTER_OR_DIGIT = bytes(chr(byte).isalnum() and byte < 128 for byte in range(256))
_NOT_BEFORE = b"-./_"
_BEFORE = bytes(byte for byte in range(256) if byte not in _NOT_BEFORE)
_TURN, _BRANCH = b"\xe8\xbd\xac", b"\xe5\x88\x86\xe6\x9c\xba"  # 转, 分机
_EXT = b"ext"


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find the number that begins with an area code here; in one piece inside a text only beside its words."""
    area, abroad = at, False
    if data[at] == 56:  # +86
        if data[at + 1] != 54 or at == lo or data[at - 1] != 43:
            return 0
        area, abroad = _skipped(data, at + 2, hi), True
    if area < hi and data[area] == 48:
        area += 1
    elif not abroad:
        return 0
    local, code = _area(data, area, hi)
    if code == 0:
        return 0
    split = local >= end or abroad
    local = _skipped(data, local, hi)
    stop = _local_end(data, local, hi, 8) if code & _EIGHT else 0
    if stop == 0 and code & _SEVEN:
        stop = _local_end(data, local, hi, 7)
    if stop == 0:
        return 0
    start = at - 1 if at > lo and data[at - 1] in (40, 43) else at
    stop = _with_extension(data, stop, hi)
    if not split and not is_whole(lo, hi, start, stop) and not beside(data, lo, hi, start, stop, _NEAR):
        return 0
    return hit(SUSPECTED, start, stop)


def _area(data: Any, at: int, hi: int) -> tuple[int, int]:
    """Return the place behind an area code and the lengths of its local numbers; 0 when there is no such code."""
    size = 2 if at < hi and data[at] in (49, 50) else 3
    value = 0
    for place in range(at, at + size):
        if place >= hi or data[place] < 48 or data[place] > 57:
            return at, 0
        value = value * 10 + data[place] - 48
    return at + size, int(_AREAS[value])


def _skipped(data: Any, at: int, hi: int) -> int:
    """Return the place behind up to two separators."""
    for _ in range(2):
        if at < hi and _SEPARATOR[data[at]]:
            at += 1
    return at


def _local_end(data: Any, at: int, hi: int, size: int) -> int:
    """Return the place behind a local number, with at most one break in it; 0 when it is none, or a date."""
    if at >= hi or data[at] < 50 or data[at] > 56:
        return 0
    value, taken, breaks = 0, 0, 0
    while taken < size:
        if at >= hi:
            return 0
        byte = data[at]
        if 48 <= byte <= 57:
            value = value * 10 + byte - 48
            taken += 1
        elif _INNER[byte] and breaks == 0 and taken > 2:
            breaks = 1
        else:
            return 0
        at += 1
    if at < hi and _LETTER_OR_DIGIT[data[at]]:
        return 0
    return 0 if size == 8 and 20_000_000 < value < 21_000_000 and in_calendar(value) else at


def _with_extension(data: Any, at: int, hi: int) -> int:
    """Return the place behind an extension of up to six digits, or the place itself."""
    place = at
    while place < hi and place < at + 2 and data[place] in (32, 44):
        place += 1
    word = max(_behind(data, place, hi, _TURN), _behind(data, place, hi, _BRANCH), _behind(data, place, hi, _EXT))
    if word == 0 and place < hi and data[place] in (45, 35, 42, 120):  # - # * x
        word = place + 1
    if word == 0:
        return at
    while word < hi and data[word] in (32, 46, 58):
        word += 1
    stop = word
    while stop < hi and 48 <= data[stop] <= 57:
        stop += 1
    ends = stop == hi or not (_LETTER_OR_DIGIT[data[stop]] or data[stop] == 45)
    return stop if 1 <= stop - word <= 6 and ends else at


def _behind(data: Any, at: int, hi: int, word: Any) -> int:
    """Return the place behind a word that stands at a place, 0 when it does not."""
    if at + len(word) > hi:
        return 0
    for place in range(len(word)):
        if data[at + place] != word[place]:
            return 0
    return at + len(word)


IDENTIFIER = Identifier(
    id="cn.landline",
    label=Text(zh="固定电话号码", en="landline number"),
    lengths=(2, 3, 4, 11, 12),
    kinds=DIGITS,
    first=b"08",
    find=find,
    source="area codes and lengths of libphonenumber 9.0 metadata for China (P)",
    before=_BEFORE,
    context=_WORDS,
)
