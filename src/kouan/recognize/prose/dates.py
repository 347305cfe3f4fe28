"""Full dates in running text; the year may stay, as under HIPAA's safe harbour (45 CFR 164.514(b)(2)(i)(C))."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize.prose.fold import places
from kouan.recognize.prose.gate import Gate, gate_of
from kouan.recognize.prose.spans import Span
from kouan.recognize.prose.words import MONTHS_EN

if TYPE_CHECKING:
    from collections.abc import Iterator

_Y = r"(?P<y>(?:18|19|20|21)(?<!\d..)(?<!\d[.\-/]..)\d\d)"
_YEAR = r"(?P<y>(?:18|19|20|21)\d\d)"
_M = r"(?:1[0-2]|0?[1-9])"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_NAME = rf"(?:{'|'.join(sorted(MONTHS_EN, key=len, reverse=True))})"
_TIME = r"(?:T\d\d(?::?\d\d){0,2}(?:\.\d{1,9})?(?:Z|[+\-]\d\d:?\d\d)?)?"
_NO_UNIT = r"(?!\d)(?!\.\d)(?!\s?(?:mg|mcg|ug|g|kg|ml|mL|L|IU|U|%|patients|subjects|tablets|times|weeks|days)\b)"
_HAN = "〇零一二三四五六七八九十"
_WITH_YEAR = tuple(
    re.compile(form)
    for form in (
        rf"{_Y}[\-/.]{_M}[\-/.]{_D}(?!\d(?!\d?[时点:])){_TIME}",
        rf"{_Y}年 ?{_M}月(?:份| ?{_D}[日号])?",
        rf"{_Y}[\-/](?:0[1-9]|1[0-2])(?![\d\-/.])",
        r"(?P<day>(?:18|19|20|21)(?<!\d..)(?<!\d\...)\d{6})(?!\d)(?!\.\d)",
        rf"\d(?<![\d.\-/].)\d?[/.\-]{_D}[/.\-]{_YEAR}(?!\d)",
    )
)
_SLASHED = re.compile(rf"\d(?<![\d.\-/].)\d?/{_D}/\d\d(?![\d/])")
_MONTH_DAY = re.compile(rf"\d(?<!\d.)\d? ?月 ?{_D} ?[日号]")
_SOME_YEAR = re.compile(r"(?:18|19|20|21)\d\d")
_NAMED = tuple(
    re.compile(form)
    for form in (
        rf"(?<![A-Za-z\d]){_D}(?:st|nd|rd|th)?(?: of)?[ \-]?{_NAME}[ ,.\-]{{0,3}}{_YEAR}(?!\d)",
        rf"\b{_NAME}\.? ?{_D}(?:st|nd|rd|th)?,? {_YEAR}(?!\d)",
        rf"\b{_NAME}[., \-]{{1,2}}{_YEAR}(?!\d)",
        rf"\b{_NAME}\.? {_D}(?:st|nd|rd|th)?{_NO_UNIT}",
        rf"(?<![A-Za-z\d.]){_D}(?:st|nd|rd|th)?(?: of)?[ \-]{_NAME}\b",
    )
)
_WRITTEN = re.compile(rf"(?P<y>[{_HAN[:-1]}]{{4}})年[{_HAN}]{{1,3}}月(?:[{_HAN}]{{1,3}}[日号])?")
_HEADS = tuple(dict.fromkeys(name[:3] for name in MONTHS_EN))
_MONTH = gate_of(_HEADS)
_BEFORE, _BEHIND = 12, 36
"""Characters around a month's name in which its date stands."""


_NEAR = 18
_BORN = re.compile(
    r"(?:出生(?:日期|年月日?|时间|于)?|生日|生于|诞生于"
    r"|(?i:DOB|D\.O\.B\.?|(?:date|day) of birth|birth ?da(?:te|y)|born(?: on| in)?))"
    r"[\s:(为是]{0,3}(?:on )?$"
)
_BORN_AFTER = re.compile(r" ?(?:出生|生(?=[,;。)\s人]|$)|生于)")
_BIRTH_YEAR = re.compile(
    r"(?<!\d)(?P<zh>(?:18|19|20)\d\d年)(?=出?生(?![产活]))"
    r"|(?:生于|出生于) ?(?P<behind>(?:18|19|20)\d\d年?)(?![\d年./\-])(?! ?\d)"
    r"|\bborn in (?P<en>(?:18|19|20)\d\d)\b|(?P<decade>(?<!\d)\d0后)(?=[的女男,。])"
)
_BIRTH, _DAY_TOLD, _DAY_TOLD_EN = Gate("生|后|born in"), Gate("[天日月周期]"), Gate("yesterday|last |this |next ")
_RELATIVE = re.compile(
    r"(?:前|昨|今|明|后)[天日](?:[上下]午|晚上?|凌晨)?\d{1,2}[时点](?:\d{1,2}分|半)?"
    r"|(?:去|前|今|明)年 ?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?:份| ?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?"
    r"|(?:本|上|下)月 ?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]"
    r"|[上下这本](?:个?周|星期|个星期)[一二三四五六日天]"
    r"|(?<![\d年一二三四五六七八九十])[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号]"
)
_RELATIVE_EN = re.compile(
    r"\b(?:yesterday|last (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:this|last|next) (?:morning|night|week))\b"
)


def find_dates(text: str, *, keep_year: bool) -> Iterator[Span]:
    """Yield the dates of a plain text: a day or month with its year, and a day with its month."""
    forms = _WITH_YEAR if _SOME_YEAR.search(text) else ()
    forms += (_SLASHED,) if text.count("/") > 1 else ()
    for form in (*forms, _MONTH_DAY) if "月" in text else forms:
        for one in form.finditer(text):
            parts = one.groupdict()
            if "day" not in parts:
                yield _span(one, parts.get("y"), keep_year=keep_year)
            elif _is_day(parts["day"]):
                yield _span(one, parts["day"][:4], keep_year=keep_year)
    for at in places(text, _HEADS) if _MONTH(text) else ():
        for form in _NAMED:
            for one in form.finditer(text, max(0, at - _BEFORE), at + _BEHIND):
                yield _span(one, one.groupdict().get("y"), keep_year=keep_year)
    if "年" in text:
        for one in _WRITTEN.finditer(text):
            yield _span(one, one["y"], keep_year=keep_year)


def find_other_dates(text: str) -> Iterator[Span]:
    """Yield what tells of a day less exactly: years of birth, days told from today (昨日, 去年5月, last Monday)."""
    for one in _BIRTH_YEAR.finditer(text) if _BIRTH(text) else ():
        group = one.lastgroup or 0
        yield Span(*one.span(group), "birth_date", tier=Tier.CONFIRMED, why="birth")
    for may, pattern in ((_DAY_TOLD, _RELATIVE), (_DAY_TOLD_EN, _RELATIVE_EN)):
        for one in pattern.finditer(text) if may(text) else ():
            yield Span(*one.span(), "date", why="relative")


def _span(one: re.Match[str], year: str | None, *, keep_year: bool) -> Span:
    left = year + ("年" if one[0][4:5] == "年" else "") if year and keep_year else None
    start, end = one.span()
    text = one.string
    if _BORN.search(text, max(0, start - _NEAR), start) or _BORN_AFTER.match(text, end):
        return Span(start, end, "birth_date", left, Tier.CONFIRMED, "birth")
    tier = Tier.CONFIRMED if year else Tier.SUSPECTED
    return Span(start, end, "date", left, tier, "year" if year else "day")


def _is_day(digits: str) -> bool:
    try:
        dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
