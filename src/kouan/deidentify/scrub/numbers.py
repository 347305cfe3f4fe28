"""Numbers of persons in running text: mobile and other phones, resident IDs, cards, documents, plates, records."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING

from kouan.recognize.identifier import CONFIRMED, grade
from kouan.recognize.identifiers import bankcard, mobile, ric, uscc
from kouan.recognize.prose.fold import places, small
from kouan.recognize.prose.spans import Span
from kouan.recognize.prose.words import RECORDS_ZH

if TYPE_CHECKING:
    from collections.abc import Iterator


_RUN = re.compile(r"\d(?:[ \-.·_]{0,2}\d){10,}[Xx]?")
_GROUP = re.compile(r"\d+[Xx]?")
_MOBILE_GROUPS = frozenset({(3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (3, 3, 5), (5, 6), (3, 4, 2, 2), (3, 2, 2, 4)})
_RIC, _LONG, _LEAST_CARD = 18, 11, 13
_MANY = 40
"""More single digits in a row are no readings, and would take long to judge."""
_STAMPS = (12, 14)
_CENTURIES = ("18", "19", "20")
_EVER = 2199_12_31

_PHONES = re.compile(
    r"\(0\d{2,3}\) ?\d{7,8}(?:[\-转 ]{1,2}\d{1,6})?"
    r"|0(?<!\d0)(?<!\d\.0)(?:10|2\d|[3-9]\d\d)[ \-]{0,2}\d{3,4}[ \-]?\d{4}(?!\d)(?:[\-转]\d{1,6})?"
    r"|[48](?<!\d.)00(?:-\d{3}-\d{4}|-\d{4}-\d{3}|-\d{7}| \d{3} \d{4}|\d{7})(?!\d)"
    r"|\+\d{1,3}[ .\-]?\(?\d{1,4}\)?(?:[ .\-]?\d{2,4}){2,5}(?!\d)"
    r"|\(\d{3}\) ?\d{3}[\-. ]\d{4}(?!\d)"
    r"|[2-9](?<![\d\-.].)\d\d[\-.]\d{3}[\-.]\d{4}(?!\d)"
)
_PHONE_WORDS = ("电话", "手机", "传真", "座机", "联系方式", "热线", "致电", "tel", "phone", "fax", "mobile", "cell")
_AFTER_PHONE = re.compile(
    r"(?:联系方式|[一-鿿]{2}|telephone|tel|phone|fax|mobile|cell(?: ?phone)?)(?:号码|号|\.| ?number| ?no\.?)?"
    r"\s{0,2}(?:[:为是]|is|was)?\s{0,2}(?P<value>\+?[\d(][\d ()\-.]{5,22}\d)"
)
_SSN = re.compile(r"\d(?<![\d\-].)\d\d-\d\d-\d{4}(?![\d\-])")
_PASSPORT = re.compile(r"[EeGgDdSsPpHhMmCc](?<![A-Za-z0-9].)(?:[A-Za-z]\d{7}|\d{8}(?:\d\d)?)(?![0-9A-Za-z])")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-HJ-NP-Za-hj-np-z][·.\- ]?"
    r"[A-HJ-NP-Za-hj-np-z0-9]{4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳](?![0-9A-Za-z])"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+ ?@ ?(?:[A-Za-z0-9\-]{1,63}\.)+[A-Za-z]{2,24}")
_BEFORE, _BEHIND = 66, 260
"""Characters around an @ in which its address stands."""
_URL = re.compile(r"(?:https?|ftp)://[^\s<>\"',;()。、】\[\]]+|\bwww\.[^\s<>\"',;()。、】\[\]]+")
_IP = re.compile(r"\d(?<![\d.].)\d{0,2}(?:\.\d{1,3}){3}(?![\d.]*\d)")
_IP6 = re.compile(r"[0-9A-Fa-f](?<![0-9A-Za-z:].)[0-9A-Fa-f]{0,3}(?::[0-9A-Fa-f]{0,4}){5,7}(?![0-9A-Za-z:])")
_MAC = re.compile(r"[0-9A-Fa-f](?<![0-9A-Za-z:\-].)[0-9A-Fa-f](?:[:\-][0-9A-Fa-f]{2}){5}(?![0-9A-Za-z:\-])")
_HAN_NUMBER = re.compile("[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺]{7,}")
_VALUE = r"(?P<value>(?=[A-Za-z\-_/.]{0,12}\d)[A-Za-z0-9][A-Za-z0-9\-_/.]{1,30}(?<![.\-/_]))"
_RECORD_ZH = re.compile(
    rf"(?:{'|'.join(sorted(RECORDS_ZH, key=len, reverse=True))})(?:码|号)?\s{{0,2}}(?:为|是|[:#])?\s{{0,2}}"
    rf"{_VALUE}(?![年月])"
)
_CHAT = re.compile(r"(?:微信|QQ)号?\s{0,2}[:为是]?\s{0,2}(?P<value>[A-Za-z][A-Za-z0-9_\-]{5,19})")
_RECORD_EN = re.compile(
    r"(?:mrn|usubjid|subjid|ssn|passport|[a-z]{2,14} ?(?:number|no\.?|num\.?|#|id|identifier|code))(?![a-z0-9])"
    r"\s{0,2}(?:[:#=]|is|was)?\s{0,2}" + _VALUE
)
_ID = re.compile(r"id(?<![a-z0-9]id)(?![a-z0-9])\s{0,2}(?:[:#=]|is|was)?\s{0,2}" + _VALUE)
_RECORD_WORDS = (
    "mrn",
    "usubjid",
    "subjid",
    "ssn",
    "record",
    "chart",
    "hospital",
    "patient",
    "subject",
    "account",
    "policy",
    "screening",
    "randomi",
    "enrolment",
    "enrollment",
    "nhs",
    "insurance",
    "passport",
    "licen",
    "case",
)
_SUBJECT = re.compile(
    r"(?:(?:subject|patient|participant|case)[ #]{1,2}|受试者[ #]?)"
    r"(?P<value>(?!(?:18|19|20|21)\d\d(?!\w))(?:[a-z]{1,6}-?)?\d{3,}[a-z0-9\-]*)"
    r"(?![.\d]*\s?(?:[年月天日岁例名人个次%]|mg|ml|kg|day|year|patients|subjects))"
)
_SUBJECT_WORDS = ("subject", "patient", "participant", "case", "受试者")
_ANCHORED = (
    ("phone", _PHONE_WORDS, _AFTER_PHONE),
    ("record", _RECORD_WORDS, _RECORD_EN),
    ("record", _SUBJECT_WORDS, _SUBJECT),
)
"""Looked for in small letters, where one of the words stands."""
_WHOLE = (("phone", _PHONES), ("number", _SSN), ("passport", _PASSPORT))
_DIGITS = re.compile(r"\d(?:[ \-.·_()]{0,2}\d){6}")
"""Without so many digits no number of a person is looked for by its form."""


def find_numbers(text: str) -> Iterator[Span]:
    """Yield everything in a plain text that is a number or an address of some network."""
    for at in places(text, ("@",)):
        yield from (Span(*one.span(), "email") for one in _EMAIL.finditer(text, max(0, at - _BEFORE), at + _BEHIND))
    if "://" in text or "www." in text:
        yield from (Span(*one.span(), "url") for one in _URL.finditer(text))
    if text.count(":") > 4 or text.count("-") > 4:  # noqa: PLR2004 - of an address
        yield from (Span(*one.span(), "ip") for pattern in (_IP6, _MAC) for one in pattern.finditer(text))
    yield from (Span(*one.span("value"), "record") for one in _RECORD_ZH.finditer(text))
    if "微信" in text or "QQ" in text:
        yield from (Span(*one.span("value"), "record") for one in _CHAT.finditer(text))
    if not text.isascii():
        yield from (Span(*one.span(), "plate") for one in _PLATE.finditer(text))
        yield from (Span(*one.span(), "number") for one in _HAN_NUMBER.finditer(text))
    yield from _after_words(text)
    if _DIGITS.search(text):
        yield from (Span(*one.span(), kind) for kind, pattern in _WHOLE for one in pattern.finditer(text))
        for run in _RUN.finditer(text):
            yield from _in_run(text, *run.span())
    if text.count(".") > 2:  # noqa: PLR2004 - of an address
        yield from (Span(*one.span(), "ip") for one in _IP.finditer(text) if _is_address(one[0]))


def _after_words(text: str) -> Iterator[Span]:
    low = small(text)
    yield from (Span(*one.span("value"), "record") for one in _ID.finditer(low))
    for kind, words, pattern in _ANCHORED:
        for at in places(low, words):
            found = None if at and low[at].isascii() and low[at - 1].isalpha() else pattern.match(low, at)
            if found:
                yield Span(*found.span("value"), kind)


def _is_address(text: str) -> bool:
    return all(int(part) <= 255 for part in text.split("."))  # noqa: PLR2004


def _in_run(text: str, start: int, end: int) -> Iterator[Span]:
    """Judge digits that stand together, alone and in groups."""
    groups = [found.span() for found in _GROUP.finditer(text, start, end)]
    for low, high in groups:
        fraction = low > 1 and text[low - 1] == "." and text[low - 2].isdigit()
        kind = None if fraction or high - low < _LONG else _kind(text[low:high])
        if kind is not None:
            yield Span(low, high, kind)
    if len(groups) > _MANY and all(high - low == 1 for low, high in groups):
        yield Span(start, end, "number")
        return
    for first in range(len(groups)):
        joined = ""
        for last in range(first, len(groups)):
            joined += text[slice(*groups[last])]
            if len(joined) > 19:  # noqa: PLR2004 - the longest bank card
                break
            if last > first and (len(joined) == _LONG or len(joined) >= _LEAST_CARD):
                kind = _grouped(joined, tuple(high - low for low, high in groups[first : last + 1]))
                if kind is not None:
                    yield Span(groups[first][0], groups[last][1], kind)


@cache
def _kind(digits: str) -> str | None:
    """Return what digits that stand alone are; None when they stay, such as an organisation's code."""
    if len(digits) == _RIC:
        if grade(ric.IDENTIFIER, digits, _EVER):
            return "resident_id"
        if grade(uscc.IDENTIFIER, digits, _EVER) == CONFIRMED and not grade(uscc.SOLE_TRADER, digits, _EVER):
            return None
    if grade(mobile.IDENTIFIER, digits, _EVER):
        return "mobile"
    if grade(bankcard.IDENTIFIER, digits, _EVER):
        return "bankcard"
    return "date" if len(digits) in _STAMPS and is_stamp(digits) else "number"


def _grouped(digits: str, lengths: tuple[int, ...]) -> str | None:
    """Return what digits written in groups are: of mobile numbers and cards only the usual groups."""
    single = set(lengths) == {1}
    plain = digits.isdigit()
    if (
        plain
        and len(digits) == _LONG
        and digits[0] == "1"
        and digits[1] > "2"
        and (single or lengths in _MOBILE_GROUPS)
    ):
        return "mobile"
    if len(digits) == _RIC and digits[6:8] in _CENTURIES and grade(ric.IDENTIFIER, digits, _EVER):
        return "resident_id"
    fours = len(lengths) > 3 and set(lengths[:-1]) == {4} and lengths[-1] <= 4  # noqa: PLR2004
    if plain and len(digits) >= _LEAST_CARD and (fours or single):
        return "bankcard"
    return None


def is_stamp(digits: str) -> bool:
    """Tell whether 12 or 14 digits are YYYYMMDDhhmm[ss]."""
    try:
        stamp = dt.datetime.strptime(digits.ljust(14, "0"), "%Y%m%d%H%M%S")  # noqa: DTZ007 - no instant is meant
    except ValueError:
        return False
    return 1800 <= stamp.year < 2200  # noqa: PLR2004
