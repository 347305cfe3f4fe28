"""Ages of persons in running text: 45岁, 3月龄, aged 45, 45-year-old; limits such as 18岁以上 are nobody's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize.prose.gate import Gate
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_COUNT = "[一二两三四五六七八九十百零〇]{1,4}"
_ZH = re.compile(
    rf"(?P<years>(?<![\d.≥≤><~\-—至到满过])(?:1[0-4]\d|\d{{1,2}})|(?<![一二两三四五六七八九十百零〇≥≤满过到至]){_COUNT})"
    r" ?(?:周岁|岁)(?:半|(?:零|又)?\d{1,2}个?月)?"
    r"(?! ?(?:以[上下内前后]|及以|至|到|[~\-—]\d|之?[前后间]|组|数))"
    r"|(?<![\d.])\d{1,2} ?(?:个?月龄|日龄|周龄|天龄)|(?<![\d.])\d{1,2}个月大"
    r"|(?:出生后?|生后) ?\d{1,3} ?(?:天|日|小时|个?月)"
)
_AGE_OF = re.compile(r"年龄\s?[:为是]?\s?(?P<age>\d{1,3})(?![\d.岁周个\-~至])")
_MONTHS = re.compile(r"(?<![\d.第])\d{1,2}个月(?=[ ,)]|$)")
"""An age only where one is asked for: behind a name, between signs."""
_BEFORE_MONTHS = re.compile(r"(?:[,(]|年龄[:为]?|患儿|女婴|男婴|[男女])\s?$")
_EN = re.compile(
    r"(?<![\d.≥≤><\-])\d{1,3}(?:[ \-]?(?:year|yr|month|week|day)s?[ \-]old|[ \-]?(?:y/o|yo\b|y\.o\.)| years? of age)"
    r"(?! (?:or|and) (?:older|over|above|younger))"
    r"|\b[Aa]ged? (?:\d{1,3})(?: ?(?:years?|yrs?|months?))?\b(?! ?(?:-|to) ?\d)"
    r"|\b[Aa]ge ?[:=] ?\d{1,3}(?: ?(?:years?|yrs?|y|months?))?\b"
)

_AGED, _AGED_EN = Gate("岁|龄|个月|生后|出生"), Gate(r"old|y/o|yo|y\.o|of age|Age|age")


def find_ages(text: str) -> Iterator[Span]:
    """Yield the ages of a plain text; those behind 年龄 or `age` are confirmed."""
    if _AGED(text):
        for one in _ZH.finditer(text):
            yield Span(*one.span(), "age", why="age")
        for one in _AGE_OF.finditer(text):
            yield Span(*one.span("age"), "age", tier=Tier.CONFIRMED, why="label")
        for one in _MONTHS.finditer(text):
            if _BEFORE_MONTHS.search(text, max(0, one.start() - 5), one.start()):
                yield Span(*one.span(), "age", why="age")
    for one in _EN.finditer(text) if _AGED_EN(text) else ():
        sure = one[0][:3].lower() == "age"
        yield Span(*one.span(), "age", tier=Tier.CONFIRMED if sure else Tier.SUSPECTED, why="label" if sure else "age")
