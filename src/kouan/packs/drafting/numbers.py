"""Thresholds as lists print them, such as 100万人以上且不满1000万人的敏感个人信息, and what was not understood.

以上 includes the number, 不满 and 超过 exclude it, 以下 and 以内 include it (民法典 Art 1259).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
# Bounded, and only from a number's first figure: a cell of figures alone must not be looked at from each of them.
_NUM = (
    r"(?:(?<![0-9,])[0-9][0-9,]{0,15}(?:\.[0-9]{1,6})?[十百千]?[万亿]?"
    r"|(?<![零〇一二两三四五六七八九十百千])[零〇一二两三四五六七八九十百千]{1,16}[万亿]?)"
)
_TOKEN = re.compile(
    rf"(?P<ordinary>个人信息\((?:不含|不包括|不包含)敏感个人信息\))|(?P<sensitive>敏感个人信息)|(?P<bare>个人信息)"
    rf"|(?:不满|未满|不足|少于|低于|未达到)(?P<below>{_NUM})人"
    rf"|(?:不超过|至多)(?P<most>{_NUM})人"
    rf"|(?:超过|多于|大于)(?P<above>{_NUM})人"
    rf"|(?:达到|满)(?P<reaching>{_NUM})人(?:\(?含\)?)?(?:以上)?"
    rf"|(?P<least>{_NUM})人?(?:\(含\))?(?:及?以上)"
    rf"|(?P<within>{_NUM})人?(?:\(含\))?(?:及?以下|以内)"
)
_PERSONS = re.compile(rf"{_NUM}人")


@dataclass(frozen=True, slots=True)
class PrintedBand:
    """Numbers of persons of one counter: `at_least` is included, `below` is not."""

    counter: str
    at_least: int | None = None
    below: int | None = None


def plain(text: str) -> str:
    """Return text for reading: compatibility forms made plain, no white space at all."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def persons(text: str) -> int | None:
    """Return a printed number (1000万, 10 万, 一万, 1.5万, 100,000), or None where it is no whole number."""
    text = plain(text).replace(",", "")
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([十百千]?)([万亿]?)", text)
    if found:
        value = Decimal(found[1])
        for unit in found.groups()[1:]:
            value *= _UNITS.get(unit, 1)
        return int(value) if value == value.to_integral_value() else None
    return _chinese(text) if text and set(text) <= {*_DIGITS, *_UNITS} else None


def _chinese(text: str) -> int:
    total = part = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif _UNITS[char] < _UNITS["万"]:
            part += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            total += (part + digit or 1) * _UNITS[char]
            part = digit = 0
    return total + part + digit


def bands_of(text: str) -> tuple[list[PrintedBand], list[str]]:
    """Return the thresholds that a text prints, and the numbers of persons in it that were not understood."""
    text = plain(text)
    found: list[PrintedBand] = []
    unread: list[str] = []
    low: list[int | None] = []
    high: list[int | None] = []
    spans: list[tuple[int, int]] = []
    start = 0
    for token in _TOKEN.finditer(text):
        kind, value = token.lastgroup or "", persons(token[token.lastgroup or 0])
        if kind in ("ordinary", "sensitive", "bare"):
            if low or high:
                band = _band(kind, low, high)
                if band is None:
                    unread.append(text[start : token.end()])
                else:
                    found.append(band)
            low, high = [], []
            continue
        if not low and not high:
            start = token.start()
        spans.append(token.span())
        step = kind in ("above", "most", "within")
        side = low if kind in ("least", "reaching", "above") else high
        side.append(None if value is None else value + step)
    if low or high:
        unread.append(text[start:])
    unread += [
        one.group()
        for one in _PERSONS.finditer(text)
        if not any(begin <= one.start() and one.end() <= end for begin, end in spans)
    ]
    return found, unread


def numbers_in(text: str) -> list[str]:
    """Return every number of persons that a text mentions."""
    return [found.group() for found in _PERSONS.finditer(plain(text))]


def _band(kind: str, low: list[int | None], high: list[int | None]) -> PrintedBand | None:
    """Return a band, or None where counter or numbers are not certain."""
    if kind == "bare" or len(low) > 1 or len(high) > 1 or None in (*low, *high):
        return None
    least, below = next(iter(low), None), next(iter(high), None)
    if least is not None and below is not None and least >= below:
        return None
    return PrintedBand(kind, least or None, below)
