"""Whether what a model calls a person can be one: surname, words around, and words that are none."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kouan.recognize.lexicon import load_lexicon
from kouan.recognize.prose.words import CONTEXT_ZH, NOBODY, TITLES_ZH, WORDS_AFTER

if TYPE_CHECKING:
    from kouan.recognize.prose.spans import Span

_HAN = "㐀-鿿"
_PARTS_BEFORE = re.compile(rf"(?:[{_HAN}]{{1,8}}[·\-])+\Z")
_LONGEST_PARTS = 20
_LAST_CALL = re.compile("[^·]*(?:[人员为是请由叫向把让者方生女子]|户主|家属|妻子?|丈夫|客户|报告)(?=[^·])")
"""What calls for a person right before a name in parts; of several the last."""
_NICK = re.compile(rf"[小老阿][{_HAN}]\Z")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ROLES = _words("总 工 警官 经理 主管 总监 组长 科长 处长 局长 部长 队长 校长 班长 律师 法官 同学 爸爸 妈妈 奶奶 爷爷")
_BEHIND = tuple(sorted({*TITLES_ZH, *_ROLES}, key=len, reverse=True))
_TITLED = re.compile("|".join(_BEHIND))
_PART_BEHIND = re.compile(rf"·(?:[{_HAN}]{{1,8}}?(?=[^{_HAN}]|\Z|{'|'.join(_BEHIND)})|[{_HAN}]{{1,4}})")
_CALLED = re.compile(rf"(?:{'|'.join(sorted(CONTEXT_ZH, key=len, reverse=True))}|户主|其女|其子|[ :：(（,，、])\Z")
_LONGEST_CALL = 6
_BRANDS = frozenset(
    _words(
        """
        王老吉 李宁 张小泉 周大福 周大生 周生生 周黑鸭 张裕 江小白 王守义 李锦记 王致和 李子园 张一元 吴裕泰 谢瑞麟
        马应龙 潘高寿 康师傅 任天堂 乔丹 曹操 雷允上 胡庆余 方回春 陈李济 叶开泰 张君雅 史丹利 高露洁 马可波罗 金龙鱼
        安踏 鲁花 白加黑 史克 方太 万宝路
        """
    )
)
"""Brands and figures that look like names of persons; they name a product, whoever they are called after."""
_ALL_HAN = re.compile(f"[{_HAN}]+")
_LAST = re.compile(rf"[{_HAN}](?![{_HAN}·])")
_NO_LAST = frozenset(
    "说称诉述问答讲写收签等到在是有来去住办转寄取发送付给打接约定看用吃服做让请叫要想会能可应该已未不没无也都就又再还且或及与和跟同向从"
    "对把被将为于因由自即若如的了着过吧吗呢啊男女系现曾原拟先后前上下中内外里间处室科院部局所负主某总工"
)
"""What stands behind a name and is no part of it."""
_DOUBLE, _USUAL, _FOUR = 2, 3, 4
_INNER = re.compile("[的了是在无未不已被与及或其之并且把让还室科院]")
"""What stands in no given name."""


def checked(text: str, span: Span) -> Span | None:
    """Return a model's person with the characters of the name alone; None when it cannot be one.

    Names without a Chinese surname count where a word before or a title behind calls for a person, or when they are
    long; in two or three characters they are more often a drug, a verb or a role.
    """
    dotted = _dotted(text, span)
    if dotted is not None:
        return dotted
    if text[max(0, span.start - 1) : span.start + 1] in TITLES_ZH:  # 石 of 师傅石, of which 师 was left out
        span = replace(span, start=span.start + 1)
    span = replace(span, end=span.start + _without_title(text[span.start : span.end]))
    word = text[span.start : span.end]
    if word in NOBODY or word in _BRANDS:
        return None
    if has_surname(word):
        return span if can_be_name(word) or _stands_alone(text, span) else None
    if span.start and len(word) < _USUAL and can_be_name(text[span.start - 1] + word):
        return replace(span, start=span.start - 1)  # 曾小红, of which 曾 was read as a word
    return span if _NICK.match(word) or _without_surname(text, span) else None


@cache
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Return the surnames of one and of two characters."""
    words = load_lexicon().words
    singles = frozenset(name for name in words["surnames"] if len(name) == 1)
    return singles | set("阎傅萧肖闫付"), frozenset(words["compound_surnames"])


def has_surname(word: str) -> bool:
    """Tell whether a word begins with a surname."""
    singles, doubles = surnames()
    return word[:2] in doubles or word[:1] in singles


def can_be_name(word: str) -> bool:
    """Tell whether a word that begins with a surname is as long as names are, and none of the words that begin so."""
    singles, doubles = surnames()
    surname = 2 if word[:2] in doubles else 1
    given = word[surname:]
    if not given or len(given) > _DOUBLE:
        return surname == _DOUBLE and not given
    if surname == 1 and (word[0] not in singles or given[0] in WORDS_AFTER.get(word[0], "")):
        return False
    return not _INNER.search(given) and word not in _BRANDS and word not in NOBODY


def allowed(text: str, span: Span) -> Span | None:
    """Return a person of a reading that is nearly the model's best: a surname and two characters, or more.

    A surname and one character, or a name without a surname, needs a word before or a title behind that calls for it.
    """
    word = text[span.start : span.end]
    if not _ALL_HAN.fullmatch(word) or is_brand(word):
        return None
    for size in range(min(len(word), _FOUR), 1, -1):
        one = replace(span, end=span.start + size)
        named = can_be_name(word[:size]) if has_surname(word) else size == len(word) > _USUAL
        if named and word[:size] not in NOBODY and ((size > _DOUBLE and has_surname(word)) or _is_called(text, one)):
            return one
    return None


def extended(text: str, span: Span) -> Span:
    """Return a Chinese name with the one character that stands between it and the next sign, as 釉 of 许龄釉,."""
    word = text[span.start : span.end]
    size = 2 if word[:2] in surnames()[1] else 1
    more = text[span.end : span.end + 1]
    if len(word) != size + 1 or not has_surname(word) or not _LAST.match(text, span.end) or more in _NO_LAST:
        return span
    return replace(span, end=span.end + 1) if can_be_name(word + more) else span


def is_brand(word: str) -> bool:
    """Tell whether a word is a brand that looks like a name of a person, or begins with one."""
    return any(word[:size] in _BRANDS for size in (_DOUBLE, _USUAL))


def _stands_alone(text: str, span: Span) -> bool:
    """Tell whether a surname has a title behind it, as 王 in 王女士, or a name has four characters."""
    if span.end - span.start == 1:
        return _TITLED.match(text, span.end) is not None
    return span.end - span.start == _FOUR and not _INNER.search(text[span.start : span.end])


def _without_surname(text: str, span: Span) -> bool:
    length = span.end - span.start
    return length >= _FOUR or (length > 1 and _is_called(text, span))


def _is_called(text: str, span: Span) -> bool:
    before = _CALLED.search(text, max(0, span.start - _LONGEST_CALL), span.start)
    return bool(before and len(before[0]) > 1) or _TITLED.match(text, span.end) is not None


def _without_title(word: str) -> int:
    """Return how long a name is without the title that a model took with it."""
    for title in _BEHIND:
        if word.endswith(title) and len(word) > len(title):
            return len(word) - len(title)
    return len(word)


def _dotted(text: str, span: Span) -> Span | None:
    """Return the whole of a name in parts, such as 买买提·吐尔逊, of which a model named one."""
    if "·" not in text[max(0, span.start - 1) : span.end + 1]:
        return None
    before = _PARTS_BEFORE.search(text, max(0, span.start - _LONGEST_PARTS), span.start)
    first = before.start() if before else span.start
    called = _LAST_CALL.match(text, first, span.start)
    end = span.end
    while text.startswith("·", end) and (behind := _PART_BEHIND.match(text, end)):
        end = behind.end()
    return replace(span, start=called.end() if called else first, end=end)
