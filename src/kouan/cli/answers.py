"""What a person types as an answer, read: yes and no, words, numbers of persons and ranges of them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from kouan.model.facts import Range
from kouan.model.vocabulary import FactType

if TYPE_CHECKING:
    from kouan.model.facts import FactValue
    from kouan.model.interview import InterviewQuestion

_YES = {"y", "yes", "true", "是", "有", "对", "属于"}
_NO = {"n", "no", "false", "否", "不", "不是", "没有", "无", "不属于"}
_MOST = 10**10
"""More persons than there are: a slip of the finger."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_ONE = "[0-9]+(?:[.][0-9]+)?|[零〇一二两三四五六七八九]"
_SECTION = re.compile(f"(?:零?(?P<k>{_ONE})千)?(?:零?(?P<h>{_ONE})百)?(?:零?(?P<t>{_ONE}|)十)?(?:零?(?P<o>{_ONE}))?")
_PARTS = re.compile("(?:(.+)亿)?(?:(.+)万)?(.*)")
_LONE = re.compile("[0-9一二两三四五六七八九]")
_GAP = re.compile("(?<=[0-9十百千万亿]) +(?=[十百千万亿零一二三四五六七八九])")
_GROUPED = re.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_SPAN = re.compile("(.+?)(?:-|~|—+|–|至|到|\\bto\\b)(.+)")
_UNIT = re.compile("[十百千万亿]$")
_FLOOR = (re.compile("(?:≥|>=|至少|不少于|at least)(.+)"), re.compile("(.+?)(?:以上|\\+|or more)"))
_ABOVE = re.compile("(?:>|超过|多于|more than)(.+)")
_CEILING = (re.compile("(?:≤|<=|至多|不超过|at most|up to)(.+)"), re.compile("(.+?)(?:以内|以下)"))
_BELOW = re.compile("(?:<|不满|不足|少于|fewer than|less than)(.+)")


def read_answer(question: InterviewQuestion, text: str) -> FactValue:
    """Return the value that a text states.

    Args:
        question: that is answered.
        text: `y`, `是`; `1.2万`, `1000-2000`, `不满1万`; a word; `#2` or, where no number can be meant, `2` picks.

    Raises:
        ValueError: the text states no value that fits.
    """
    said = unicodedata.normalize("NFKC", text).strip().lower()
    picked = _picked(question, said)
    if picked is not None:
        return picked
    if question.type is FactType.BOOL:
        if said in _YES or said in _NO:
            return said in _YES
        raise ValueError(said)
    if question.type is FactType.COUNT:
        return read_count(said)
    words = re.split("[,、，;；\\s]+", text.strip())
    if not all(words):
        raise ValueError(said)
    return tuple(words) if question.type is FactType.TEXTS else text.strip()


def read_count(text: str) -> Range:
    """Return a number of persons or a range: 以上, 以下, 以内 include the number; 不满, 超过 leave it out.

    Raises:
        ValueError: it is neither, its ends are the wrong way round, or its unit may be meant for both ends.
    """
    said = unicodedata.normalize("NFKC", text).strip().lower()
    said = re.sub("(人|persons?|people)$", "", said).strip()
    for pattern, step in ((_FLOOR[0], 0), (_FLOOR[1], 0), (_ABOVE, 1)):
        if found := pattern.fullmatch(said):
            return Range(lo=read_number(found[1]) + step, hi=None)
    for pattern, step in ((_CEILING[0], 0), (_CEILING[1], 0), (_BELOW, 1)):
        if found := pattern.fullmatch(said):
            return Range(lo=0, hi=read_number(found[1]) - step)
    if found := _SPAN.fullmatch(said):
        lo, hi = read_number(found[1]), read_number(found[2])
        unit = _UNIT.search(found[2].strip())
        if unit and not _UNIT.search(found[1].strip()) and lo * _SCALES[unit[0]] < hi:
            raise ValueError(said)  # “1-2万”: 1 to 20,000, or 10,000 to 20,000?
        return Range(lo=lo, hi=hi)
    number = read_number(said)
    return Range(lo=number, hi=number)


def read_number(text: str) -> int:
    """Return a whole number written in digits, in Chinese, or in both: 12,000, 1.2万, 三万五千, 十二.

    Raises:
        ValueError: it is none, has a fraction, or ends as one speaks (一万二).
    """
    said = _GROUPED.sub("", text.strip())
    if not said:
        raise ValueError(text)
    parts = _PARTS.fullmatch(_GAP.sub("", said))
    if parts is None:
        raise ValueError(text)
    hundreds_of_millions, myriads, rest = (_section(part) for part in parts.groups())
    if (parts[1] or parts[2]) and parts[3] and _LONE.fullmatch(parts[3]):
        raise ValueError(text)  # 一万二 is 12,000 in speech
    result = (hundreds_of_millions * 10_000 + myriads) * 10_000 + rest
    if result != int(result) or result > _MOST:
        raise ValueError(text)
    return int(result)


def _section(text: str | None) -> Decimal:
    """Return what stands before 亿, before 万, or after them; nothing is zero."""
    if not text:
        return Decimal(0)
    found = _SECTION.fullmatch(text)
    if found is None:
        raise ValueError(text)
    thousands, hundreds, tens, ones = found["k"], found["h"], found["t"], found["o"]
    if ones and len(ones) == 1 and (thousands or hundreds) and tens is None and text[-2] in "千百":
        raise ValueError(text)  # 三千五 is 3,500 in speech
    ten = Decimal(0) if tens is None else _digit(tens) if tens else Decimal(1)
    return _digit(thousands) * 1_000 + _digit(hundreds) * 100 + ten * 10 + _digit(ones)


def _digit(text: str | None) -> Decimal:
    return Decimal(0) if not text else Decimal(_DIGITS[text]) if text in _DIGITS else Decimal(text)


def _picked(question: InterviewQuestion, said: str) -> FactValue:
    sign = "#?" if question.type is FactType.BOOL else "#"
    found = re.fullmatch(f"{sign}([0-9]+)", said)
    if not found or not 1 <= int(found[1]) < len(question.choices):
        return None
    return question.choices[int(found[1]) - 1].value
