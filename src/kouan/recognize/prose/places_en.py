"""Addresses in Latin letters, pinyin too: numbers and streets, what stands before and behind them, post boxes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize.prose.fold import places
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Boulevard|Blvd|Court|Place|Square|Terrace|Crescent|Highway|Hwy|Parkway"
    "|Lu|Jie|Dajie|Dadao|Xiang|Hutong"
)
_AREA = "District|County|Province|City|Town|Township|Village|Qu|Xian|Shi|Sheng|Zhen"
_CODE = r"(?:\d{5}(?:-\d{4})?|\d{6}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b"
_DOORS = "Room|Rm|Apt|Apartment|Flat|Unit|Suite|Building|Bldg|Block|Floor|No"
_AREAS = r"(?:, [A-Z][A-Za-z'\-]+(?: [A-Z][A-Za-z'\-]+){0,2}){0,5}"
_EN = re.compile(
    rf"(?:\b(?:{_DOORS})\.? ?#?\w{{1,5}},? ){{0,4}}"
    rf"\b(?:No\.? ?)?\d{{1,5}}[A-Z]?,? (?:(?:[A-Z][A-Za-z.'\-]*|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}(?:{_STREETS})\b\.?"
    rf"(?:,? (?:{_DOORS}|#)\.? ?#?\w{{1,6}}){{0,3}}"
    rf"{_AREAS}(?:,? [A-Z]{{2}})?(?:,? {_CODE})?(?:, (?:P\.? ?R\.? ?)?China)?"
    r"|\bP\.? ?O\.? Box \d{1,8}\b"
)
_UNNUMBERED = re.compile(
    rf"\b(?:[A-Z][A-Za-z'\-]* ){{1,3}}(?:{_STREETS}), (?:[A-Z][A-Za-z'\-]+ ){{1,2}}(?:{_AREA})\b{_AREAS}"
)
_EN_WORDS = (*(f" {street}" for street in _STREETS.split("|")), "Box ")
_AHEAD, _AFTER = 100, 160
"""Characters around a street's name in which its address stands."""
_ZIP = re.compile(r", [A-Z]{2} \d{5}(?:-\d{4})?\b")


def find_places_en(text: str) -> Iterator[Span]:
    """Yield the addresses in Latin letters of a plain text."""
    yield from (Span(*one.span(), "address", why="code") for one in _ZIP.finditer(text))
    done = 0
    for at in sorted(places(text, _EN_WORDS)):
        if at < done or text[at + 2 : at + 3].isupper():
            continue
        for form in (_EN, _UNNUMBERED):
            for one in form.finditer(text, max(done, at - _AHEAD), at + _AFTER):
                done = max(done, one.end())
                yield _span(one)


def _span(one: re.Match[str]) -> Span:
    """Return an address; one that names an area or has a code behind its street and number is confirmed."""
    said = one[0]
    sure = "," in said and said[:1] != "P" and any(char.isdigit() for char in said)
    return Span(*one.span(), "address", tier=Tier.CONFIRMED if sure else Tier.SUSPECTED, why="street")
