"""Countries and large cities of the world in running text, in Chinese and English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize.prose.gate import matches_at
from kouan.recognize.prose.lists import any_of, load_lists, tree_of
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTS = load_lists("places_world.yaml")
_ZH = re.compile(tree_of((*_LISTS["countries_zh"], *_LISTS["cities_zh"])))
_NO_ZH = re.compile("[人语文籍产货系裔路街馆店菜餐式]")
"""Behind a country: its people, its language, a style, a road."""
_COUNTRIES = frozenset((*_LISTS["countries"], *_LISTS["countries_long"]))
_EN = re.compile(
    rf"(?<![\w@.'’\-/])(?:{any_of((*_COUNTRIES, *_LISTS['cities'], *_LISTS['cities_long']))})(?![\w@/]|['’\-.]\w)"
)
_CAPITAL = re.compile("[A-Z]")
_NO_PLACE_ALONE = frozenset(_LISTS["persons_too"])
_IN = re.compile(
    r"(?:\b(?:in|to|from|at|near|via|of|visit(?:ed|ing|s)?|leaving|reach(?:ed)?|around|outside|between|across|office|base[d]?"
    r"|for)(?: the)?[ ]|[㐀-鿿—–>/：:(] ?|\b[A-Z][a-z]+ to )\Z"
)
_OF = re.compile(rf", (?:[A-Z]{{2}}\b|(?:{any_of(_LISTS['countries'])})\b)| to [A-Z]|,? [㐀-鿿]")
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w'’\-]* \Z")
_CAPITAL_BEHIND = re.compile(r" [A-Z][a-z]")
_REACH = 24


def find_world(text: str) -> Iterator[Span]:
    """Yield countries, cities and regions of a plain text; in Chinese those that China's table of divisions has not."""
    if not text.isascii():
        for one in _ZH.finditer(text):
            if not _NO_ZH.match(text, one.end()):
                yield Span(*one.span(), "place", tier=Tier.CONFIRMED, why="world")
    for one in matches_at(_EN, text, (capital.start() for capital in _CAPITAL.finditer(text))):
        before = text[max(0, one.start() - _REACH) : one.start()]
        told = _IN.search(before) is not None or _OF.match(text, one.end()) is not None
        if _CAPITAL_BEHIND.match(text, one.end()) or (_CAPITAL_BEFORE.search(before) and not told):
            continue
        if told or one[0] not in _NO_PLACE_ALONE:
            yield Span(
                *one.span(), "place", tier=Tier.CONFIRMED if told or " " in one[0] else Tier.SUSPECTED, why="world"
            )
