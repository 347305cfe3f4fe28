"""Addresses in running text, down from the street or the door; a city or a province alone may stay."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from kouan.recognize.prose.fold import places
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS = "路|街道|街|大道|镇|乡|村|胡同|小区|花园|公寓|大厦|新村|弄|巷"
_COUNT = "[一二三四五六七八九十百]{1,4}"
_ANCHOR = re.compile(
    r"(?:路|街|大道|巷|弄|胡同|街道|新村|小区|社区|花园|公寓|大厦|家园|村|组|院)(?:[东西南北中]段?)?"
    rf" ?(?:\d{{1,5}}|{_COUNT})(?:[\-之]\d{{1,4}})? ?(?:号楼|号院|号|弄|巷|栋|幢|座|组)"
    rf"|[省市区县旗州](?:(?![省市区县病院科])[一-鿿]){{1,10}}(?:{_KINDS})(?![径过])"
)
_DOOR = re.compile(
    rf"(?:\d{{1,4}}|[A-Z]{{1,3}}|{_COUNT})(?:号楼|栋|幢|座)"
    rf" ?(?:(?:[\dA-Z]{{1,4}}|{_COUNT})单元)? ?\d{{2,5}}(?:室|户|号)?"
)
"""A building and a door, without the street."""
_BUILDINGS = ("号楼", "栋", "幢", "座")
_HINTS = re.compile("[路街道巷弄村室栋幢座镇乡楼组院园区寓厦号]")
_BEHIND = re.compile(
    rf"(?: ?(?:\d{{1,5}}|[A-Za-z]|{_COUNT})(?:[\-之]\d{{1,4}})?"
    r" ?(?:号楼|号院|号|栋|幢|座|单元|层|楼|室|户|弄|支弄|巷|组|队)"
    r"| ?(?:(?!医院|门诊)[一-鿿]){2,8}(?:小区|软件园|园区|花园|公寓|大厦|家园|新村|苑|广场)"
    r"|-\d{1,4}| ?\d{3,5}(?:室|户)?)+"
)
_PART = re.compile(r"[一-鿿\dA-Za-z\-]")
_STOP = frozenset("住在于址为是自从到至由往来者家的和及与后前曾现系往返回去即送乘经")
_MOST = 30
_STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Boulevard|Blvd|Court|Place|Square|Terrace|Crescent|Highway|Hwy|Parkway"
    "|Lu|Jie"
)
_CODE = r"(?:\d{5}(?:-\d{4})?|\d{6}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b"
_EN = re.compile(
    r"(?:\b(?:Room|Rm|Apt|Apartment|Flat|Unit|Suite|Building|Bldg|Floor|No)\.? ?#?\d{1,5}[A-Z]?,? ){0,3}"
    rf"\b\d{{1,5}}[A-Z]?,? (?:(?:[A-Z][A-Za-z.'\-]*|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}(?:{_STREETS})\b\.?"
    r"(?:,? (?:Apt|Apartment|Flat|Unit|Suite|Room|Floor|#)\.? ?#?\w{1,6})?"
    rf"(?:, [A-Z][A-Za-z'\-]+(?: [A-Z][A-Za-z'\-]+){{0,2}}){{0,4}}(?:,? [A-Z]{{2}})?(?:,? {_CODE})?"
    r"|\bP\.? ?O\.? Box \d{1,8}\b"
)
_EN_WORDS = (*(f" {street}" for street in _STREETS.split("|")), "Box ")
_AHEAD, _AFTER = 80, 140
"""Characters around a street's name in which its address stands."""


_ZIP = re.compile(r", [A-Z]{2} \d{5}(?:-\d{4})?\b")


def find_places(text: str) -> Iterator[Span]:
    """Yield the addresses of a plain text."""
    if not text.isascii() and _HINTS.search(text):
        doors = _DOOR.finditer(text) if any(word in text for word in _BUILDINGS) else ()
        for anchor in itertools.chain(_ANCHOR.finditer(text), doors):
            start, end = anchor.span()
            low = max(0, start - _MOST)
            while start > low and _PART.match(text[start - 1]) and text[start - 1] not in _STOP:
                start -= 1
            behind = _BEHIND.match(text, end)
            yield Span(start, behind.end() if behind else end, "address")
    yield from (Span(*one.span(), "address") for one in _ZIP.finditer(text))
    for at in places(text, _EN_WORDS):
        if not text[at + 2 : at + 3].isupper():
            found = _EN.finditer(text, max(0, at - _AHEAD), at + _AFTER)
            yield from (Span(*one.span(), "address") for one in found)
