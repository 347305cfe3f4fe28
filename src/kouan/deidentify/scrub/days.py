"""Days that are told less plainly than a calendar does: years of the Republic, months, lunar days, feasts.

Of a year that is written the year may stay, as under HIPAA's safe harbour (45 CFR 164.514(b)(2)(i)(C)); everything
finer goes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.recognize.prose.gate import Gate
from kouan.recognize.prose.spans import Span
from kouan.recognize.prose.words import MONTHS_EN

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN = "〇零○一二三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾元"
_H = f"[{_HAN}]"
_M = r"(?:1[0-2]|0?[1-9])"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_MD = (
    rf"(?: ?(?:{_M}|{_H}{{1,3}}) ?月(?:份|[上中下]旬|[初底末]|(?:{_D}|{_H}{{1,3}})(?= ?[日号])| ?(?:{_D}"
    rf"|初?{_H}{{1,3}}))?(?: ?[日号])?)"
)
_NO_UNIT = (
    r"(?!\d)(?! ?(?:mg|mcg|ug|μg|kg|g|ml|L|IU|U|mmol|mm|%|[次例人元件个名片粒支组倍份]|patients|subjects|responders))"
)
_BEHIND = (
    "(?:开始|入院|出院|手术|住院|转院|复诊|复查|就诊|门诊|发病|起病|停药|来院|入职|离职|报警|收到|下单|签收"
    "|发货|确诊|诊断"
    "|加重|首次|再次|随访|起|至|到|因|于|后|前|以来|[上下]午|凌晨|早|晚|夜|当)"
)
_SINCE = "(?:时间|日期|时间为|日期为|月经|生日|出生|从|自|于|至|到|since|from|until|till|in|on|to|date|DOB|LMP)"
_ZH = tuple(
    re.compile(form)
    for form in (
        rf"(?P<y>民[国國] ?(?:\d{{1,3}}|{_H}{{1,4}}) ?年){_MD}",
        rf"(?P<y>民[国國] ?\d{{2,3}})[/.\-]{_M}[/.\-]{_D}(?!\d)",
        rf"(?P<y>(?<!\d)\d{{2}}年){_M}月(?!\d)(?:{_D}[日号]|[上中下]旬|[初底末份])?",
        rf"(?P<y>(?<!{_H}){_H}{{4}}年)(?:{_MD}|[正冬腊闰]月(?:[初十廿卅]{_H}{{0,2}})?)",
        (
            r"(?P<y>(?:18|19|20|21)(?<!\d..)\d\d ?年)(?:第?[一二三四1-4]季度|[上下]半年|[春夏秋冬][季天]?"
            r"|年?[初底末中])(?!\d)"
        ),
        r"(?<![\d.])(?:1[0-2]|[1-9])月(?:份|[上中下]旬|[初底末])",
        rf"(?<!{_H}){_H}{{1,2}}月[上中下]旬",
        (
            rf"(?:[去前今明后]年 ?|[上下本当]个?月 ?)?(?<!{_H})"
            rf"(?<!\d)[一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十廿]{{1,3}}[日号]"
        ),
        (
            rf"[去前今明后]年 ?(?:{_M}|[一二三四五六七八九十]{{1,2}})月(?![经龄])(?:份| ?(?:{_D}"
            rf"|[一二三四五六七八九十]{{1,3}})[日号])?"
        ),
        rf"[上下本当]个?月 ?(?:{_D}|[一二三四五六七八九十廿]{{1,3}})[日号]",
        rf"(?:[农阴旧]历) ?(?:{_H}{{1,2}}|[正冬腊闰])月(?:[初十廿卅]?{_H}{{1,2}})?",
        rf"[正冬腊]月(?:[初廿卅]?{_H}{{1,3}})(?![始])",
        rf"(?<![\d.])(?:1[0-2]|[1-9])\.(?:3[01]|[12]\d|[1-9])(?![\d.])(?=日?{_BEHIND})",
    )
)
_FEASTS = (
    "春节|元宵节?|清明节?|端午节?|中秋节?|国庆节?|劳动节|元旦节?|重阳节?|七夕节?|圣诞节?|儿童节|妇女节|教师节|母亲节"
    "|父亲节|情人节|万圣节|感恩节|复活节|冬至|腊八节?|小年|五一|六一|十一国庆|双十一|双11|三八节"
)
_WHEN = (
    "(?:当[天日晚夜]|那[天日晚]|次日|第[一二三四五六七八九十\\d]+天|假期|放假|期间|长假|夜里|前后|前夕|过后"
    "|[之以]?[前后](?:第?[一二两三四五六七八九十几\\d]+(?:天|日|周|个?月|个?星期))?|一过|早上|晚上|凌晨|[上下]午|夜)"
)
_FEAST = re.compile(
    rf"(?P<y>(?:(?:18|19|20|21)(?<!\d..)\d\d ?年)?)(?:[去前今明]年 ?)?"
    rf"(?:(?:{_FEASTS}){_WHEN}|除夕夜?|大年(?:三十|夜|初[一二三四五六七])|平安夜)"
)
_DAY_OF_YEAR = re.compile(rf"(?P<y>(?:18|19|20|21)(?<!\d..)\d\d ?年)(?:{_FEASTS})")
_NAME = rf"(?:{'|'.join(sorted(MONTHS_EN, key=len, reverse=True))})"
_YEAR = r"(?P<y>(?:18|19|20|21)\d\d)(?!\d)"
_MONTH_YEAR = tuple(
    re.compile(form)
    for form in (
        rf"(?<![A-Za-z\d./\-+])(?:1[0-2]|0?[1-9])/{_YEAR}(?![/.\-]\d){_NO_UNIT}",
        rf"(?<![A-Za-z\d./\-+])(?:1[0-2]|0[1-9])-{_YEAR}(?![/.\-]\d){_NO_UNIT}",
        rf"(?<![A-Za-z\d./\-+])(?P<y>(?:19|20)\d\d)/(?:1[0-2]|0?[1-9])(?![\d/.\-]){_NO_UNIT}",
        (
            rf"(?<![A-Za-z\d./\-+])(?P<y>(?:19|20)\d\d)\.(?:1[0-2]|0[1-9])(?![\d/.]){_NO_UNIT}(?= ?{_BEHIND}"
            r"| ?- ?(?:19|20)\d\d\.)"
        ),
    )
)
_SHORT = re.compile(
    rf"{_SINCE}[ :]{{0,2}}(?P<day>[0-3]\d[\-./](?:0[1-9]|1[0-2])[\-./](?:0[1-9]|[12]\d|3[01]))(?![\d\-./])"
    rf"|{_SINCE}[ :]{{0,2}}(?P<month>(?:19|20)\d\d\.(?:1[0-2]|0[1-9]))(?![\d/.]){_NO_UNIT}"
)
_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    "|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)-(?:first|second|third|fourth"
    "|fifth|sixth|seventh|eighth|ninth)"
)
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_SAID = (
    f"{_ONES}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty"
    "|sixty|seventy|eighty|ninety"
)
_NUMBER = rf"(?:{_ONES}|ten|a|\d{{1,2}})"
_FEAST_EN = (
    r"Christmas(?: Eve| Day)?|Thanksgiving(?: Day)?|New Year['’]s(?: Eve| Day)|Easter(?: Sunday| Monday)?|Good Friday"
    r"|(?:Chinese|Lunar) New Year|Spring Festival|Mid-Autumn Festival|Dragon Boat Festival|National Day|Halloween"
    r"|Labou?r Day|Memorial Day|Independence Day|Boxing Day|Valentine['’]s Day|Mother['’]s Day"
    r"|Father['’]s Day|Diwali"
)
_EN = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:early |mid[- ]|late )?{_NAME}(?: of)? {_YEAR}",
        rf"\b(?:early |mid[- ]|late ){_NAME}\b",
        rf"(?<![A-Za-z])(?:UNK?|UK|XX|--)[ \-]?{_NAME}[ \-]?{_YEAR}",
        (
            rf"\b(?:{_ORDINALS})(?: day)?(?: of)? {_NAME}(?:,? (?:two thousand|twenty|nineteen)(?: and)?(?:[ \-]"
            rf"(?:{_SAID})){{1,3}})?"
        ),
        rf"(?i:\b(?:early |late )?(?:spring|summer|autumn|winter|fall) (?:of |in )?){_YEAR}",
        rf"(?<![\d.\-/])(?P<y>(?:19|20)\d\d) {_NAME}(?: {_D}(?:st|nd|rd|th)?)?\b",
        (
            rf"\b(?:(?:the (?:day|night|week|morning) |{_NUMBER} (?:days?|weeks?) )(?:before|after) )?(?:{_FEAST_EN})\b"
            r"(?! (?:disease|factor|lil|egg|tree|card|party|rose))(?:,? (?P<y>(?:19|20)\d\d)(?!\d))?"
        ),
    )
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? (?:the )?\Z")
_CLOCK = re.compile(
    r" ?(?:[上下中]午|凌晨|早上?|晚上?|夜间|傍晚)? ?(?:[01]?\d|2[0-4])(?:[时点](?:[0-5]?\d分?|半)?"
    r"(?:[0-5]?\d秒)?|:[0-5]\d(?::[0-5]\d)?)"
    r"(?![\d.])"
)
_MONTH, _MANY = Gate("月|季度|半年|年[春夏秋冬初底末中]|民[国國]|\\.|年\\d"), Gate("(?:19|20)\\d\\d")
_IS_FEAST = Gate("节|除夕|大年|夜|五一|六一|双十|双11|元旦|清明|端午|中秋|国庆|元宵|重阳|七夕|圣诞|冬至|腊八|小年")
_IS_EN = Gate(
    rf"{_NAME}|Day|day|Eve|Easter|New Year|Festival|Christmas|Thanks|Halloween|Diwali|spring|summer|autumn|winter|fall"
)
_REACH = 20


def find_days(text: str, *, keep_year: bool) -> Iterator[Span]:
    """Yield months, days of the Republic's or the lunar calendar, and feasts of a plain text."""
    if not text.isascii():
        forms = (*_ZH, *((_FEAST, _DAY_OF_YEAR) if _IS_FEAST(text) else ())) if _MONTH(text) or _IS_FEAST(text) else ()
        for form in forms:
            yield from (_span(one, keep_year=keep_year) for one in form.finditer(text))
    if _MANY(text):
        for form in _MONTH_YEAR:
            yield from (_span(one, keep_year=keep_year) for one in form.finditer(text))
    for one in _SHORT.finditer(text):
        group = "day" if one["day"] else "month"
        left = one[group][:4] if keep_year and group == "month" else None
        yield Span(*one.span(group), "date", left)
    if _IS_EN(text):
        for form in _EN:
            yield from (_span(one, keep_year=keep_year) for one in form.finditer(text))


def widened(text: str, span: Span) -> Span:
    """Return a date with the weekday before it and the time of day behind it."""
    before = _WEEKDAY.search(text, max(0, span.start - _REACH), span.start)
    behind = _CLOCK.match(text, span.end)
    start, end = before.start() if before else span.start, behind.end() if behind else span.end
    return (
        span if (start, end) == (span.start, span.end) else Span(start, end, span.kind, span.left, span.tier, span.why)
    )


def _span(one: re.Match[str], *, keep_year: bool) -> Span:
    year = one.groupdict().get("y") if keep_year else None
    return Span(*one.span(), "date", year or None)
