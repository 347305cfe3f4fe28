"""Addresses in Latin letters, pinyin too: numbers and streets, what stands before and behind them, post boxes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize.prose.gate import gate_of
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Boulevard|Blvd|Court|Place|Square|Terrace|Crescent|Highway|Hwy|Parkway|Grove|Close|Gardens|Mews"
    "|Lu|Jie|Dajie|Dadao|Xiang|Hutong"
)
_AREA = "District|County|Province|City|Town|Township|Village|Qu|Xian|Shi|Sheng|Zhen"
_CODE = r"(?:\d{5}(?:-\d{4})?|\d{6}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b"
_DOORS = "Room|Rm|Apt|Apartment|Flat|Unit|Suite|Building|Bldg|Block|Floor|No"
_AREAS = r"(?:, [A-Z][A-Za-z'\-]+(?: [A-Z][A-Za-z'\-]+){0,2}){0,5}"
_CORE = re.compile(
    rf"(?<![\w.])\d{{1,5}}[A-Z]?,? (?:(?:[A-Z][A-Za-z.'\-]*|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}(?:{_STREETS})\b\.?"
)
_BEFORE = re.compile(rf"(?:\b(?:{_DOORS})\.? ?#?\w{{1,5}},? ){{1,4}}(?:No\.? ?)?$|\bNo\.? ?$")
_BEHIND = re.compile(
    rf"(?:,? (?:{_DOORS}|#)\.? ?#?\w{{1,6}}){{0,3}}{_AREAS}"
    rf"(?:,? [A-Z]{{2}})?(?:,? {_CODE})?(?:, (?:P\.? ?R\.? ?)?China)?"
)
_BOX = re.compile(r"P\.? ?O\.? Box \d{1,8}\b")
_UNNUMBERED = re.compile(rf"(?:{_STREETS}), (?:[A-Z][A-Za-z'\-]+ ){{1,2}}(?:{_AREA})\b{_AREAS}")
_NAME = re.compile(r"(?:[A-Z][A-Za-z'\-]* ){1,3}$")
_STREET = gate_of(_STREETS.split("|"))
_AHEAD = 60
"""Characters before a house's number in which floor and room stand."""
_ZIP = re.compile(r", [A-Z]{2} \d{5}(?:-\d{4})?\b")


def find_places_en(text: str) -> Iterator[Span]:
    """Yield the addresses in Latin letters of a plain text."""
    yield from (Span(*one.span(), "address", why="code") for one in _ZIP.finditer(text))
    yield from (Span(*one.span(), "address", why="box") for one in _BOX.finditer(text))
    if not _STREET(text):
        return
    for core in _CORE.finditer(text):
        before = _BEFORE.search(text, max(0, core.start() - _AHEAD), core.start())
        behind = _BEHIND.match(text, core.end())
        end = behind.end() if behind else core.end()
        tier = Tier.CONFIRMED if "," in text[core.end() : end] else Tier.SUSPECTED
        yield Span(before.start() if before else core.start(), end, "address", tier=tier, why="street")
    for one in _UNNUMBERED.finditer(text):
        name = _NAME.search(text, max(0, one.start() - _AHEAD), one.start())
        if name:
            yield Span(name.start(), one.end(), "address", why="street")
