"""Names of persons in running text, told by the words around them; values known from the source are found elsewhere."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kouan.recognize.lexicon import load_lexicon
from kouan.recognize.prose.fold import places, small
from kouan.recognize.prose.spans import Span
from kouan.recognize.prose.words import (
    CONTEXT_EN,
    CONTEXT_ZH,
    ENDS,
    ENDS_TWO,
    FUNCTION,
    GIVEN_EN,
    NO_GIVEN,
    NO_NAME_EN,
    PAPERS_ZH,
    PINYIN,
    PINYIN_AMONG_WORDS,
    SAYS,
    TITLES_EN,
    TITLES_ZH,
    WORDS_AFTER,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_COMMON = 240
"""So many surnames of the lexicon, most frequent first, are looked for in running text."""
_HAN = "一-鿿"
_HIDDEN = "某×*○"


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_TITLE = re.compile(_any(TITLES_ZH))
_LABEL = re.compile(
    rf"(?:姓名|联系人|签名|签字|记录人|审核人|报告人)\s?:\s?(?P<name>[{_HAN}]{{2,4}}(?:·[{_HAN}]{{1,8}}){{0,2}}"
    rf"|[A-Z][A-Za-z.'\-]*(?: [A-Z][A-Za-z.'\-]*){{0,2}})|(?:名叫|叫做|姓名为|姓名是)(?P<said>[{_HAN}]{{2,3}})"
)
_DOTTED = re.compile(rf"[{_HAN}]{{2,8}}·[{_HAN}]{{2,10}}(?:·[{_HAN}]{{2,8}})?")
_WORD = r"(?:[A-Z]\.|[A-Z][A-Za-z'’\-]*)"
_PARTICLES = "(?:(?:van|von|de|der|da|di|bin|al|la|le) ){0,2}"
_VERBS = "was|is|had|has|did|reported|experienced|developed|took|received|presented|died|said|denied|recovered"
_CAPITAL = re.compile(r"[A-Z][A-Za-z]*")
_TITLE_EN = re.compile(
    rf"(?:{'|'.join(TITLES_EN)})(?:\. ?| )"
    rf"(?P<name>{_PARTICLES}{_WORD}(?: {_PARTICLES}{_WORD}){{0,2}})"
)
_CONTEXT_EN = re.compile(
    rf"(?i:{'|'.join(CONTEXT_EN)})(?:,| is| was| named| called| name| known as|:|'s name is| \(){{0,3}} ?"
    r"(?P<name>[A-Z][a-z'’\-]+(?: [A-Z]\.)?(?: [A-Z][a-z'’\-]+){1,2})\b"
    rf"|(?i:{'|'.join(CONTEXT_EN)})[,:]? (?P<said>{_any(GIVEN_EN)})\b"
    rf"|(?i:{'|'.join(CONTEXT_EN)}) (?P<alone>[A-Z][a-z'’\-]+)(?= (?:{_VERBS})\b)"
)
_NAMED_EN = re.compile(
    rf"(?i:name ?[:=]|named|name is|called|signed(?: by)?[: ]|reported by)\s?(?P<name>{_WORD}(?: {_WORD}){{0,2}})"
)
_GIVEN_EN = re.compile(r"[A-Z][a-z]+(?: [A-Z]\.)? (?P<last>[A-Z][a-z'’\-]+)\b")
_PINYIN = re.compile(r"[A-Z][A-Za-z]+,? (?P<last>[A-Z][A-Za-z]{1,11}(?:-[A-Z]?[a-z]{1,6})?)\b")
_SYLLABLE = (
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|ong|eng|ing|iao|ian|uan|uai|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|[aeiouvü]))"
)
_SPELT = rf"(?=[A-Z])(?i:{_SYLLABLE}-?{_SYLLABLE}?-?{_SYLLABLE}?)"
"""A given name in pinyin: one to three syllables."""
_PINYIN_FIRST = re.compile(rf"[A-Z][a-z]+,? (?P<last>{_SPELT})(?![A-Za-z])")
_INITIALS = re.compile(
    r"(?i:patient|subject|pt|reporter|participant|患者|受试者|病人|报告人)[:( ]{0,3}"
    r"(?P<name>(?:[A-Z]\.[ \-]?){1,3}[A-Z]\.?)(?![A-Za-z])"
)
_ALL_INITIALS = re.compile(
    r"(?i:initials?(?: of)?\s?(?:[:=(]|are|were|is)?|缩写|首字母)\s?[:(]?\s?"
    r"(?P<name>[A-Z](?:[ .\-]{0,2}[A-Z]){1,3}\.?)(?![A-Za-z])"
)
_GIVEN = frozenset(GIVEN_EN)
_TITLES = frozenset(TITLES_EN)
_FAMILY = frozenset(PINYIN) | frozenset(name.upper() for name in PINYIN)
_FAMILY_AMONG_WORDS = frozenset(PINYIN_AMONG_WORDS)
_PINYIN_LAST = re.compile(rf"{_SPELT} (?P<last>{_any((*PINYIN, *PINYIN_AMONG_WORDS))})(?![A-Za-z'\-])")
_ANCHORED = (
    (CONTEXT_EN, _CONTEXT_EN),
    (("name", "called", "signed", "reported by"), _NAMED_EN),
    (("patient", "subject", "pt", "reporter", "participant", "患者", "受试者", "病人", "报告人"), _INITIALS),
    (("initial", "缩写", "首字母"), _ALL_INITIALS),
)
_EPONYMS = frozenset({"Wort", "Syndrome", "Disease", "Test", "Sign", "Score", "Scale", "Method", "Catheter", "Splint"})


def find_names(text: str) -> Iterator[Span]:
    """Yield the names of persons in a plain text."""
    if not text.isascii():
        yield from _chinese(text)
    for one in _CAPITAL.finditer(text):
        yield from _capital(text, one)
    low = small(text)
    for words, pattern in _ANCHORED:
        for at in places(low, words):
            if at and text[at].isascii() and text[at - 1].isalnum() and text[at - 1].isascii():
                continue
            found = pattern.match(text, at)
            if found:
                yield from _words(found.start(found.lastgroup or 0), found[found.lastgroup or 0])


def _capital(text: str, one: re.Match[str]) -> Iterator[Span]:
    """Yield the name that a capitalised word stands in front of, or begins."""
    word = one[0]
    if word in _TITLES:
        found = _TITLE_EN.match(text, one.start())
        if found:
            yield from _words(found.start("name"), found["name"])
    among = _PINYIN_FIRST if word in _FAMILY_AMONG_WORDS else _PINYIN_LAST
    pattern = _GIVEN_EN if word in _GIVEN else _PINYIN if word in _FAMILY else among
    found = pattern.match(text, one.start()) or _PINYIN_LAST.match(text, one.start())
    no_name = NO_NAME_EN - {"He"} if pattern is _PINYIN_LAST else NO_NAME_EN
    if found and word not in NO_NAME_EN and found["last"] not in _EPONYMS and found["last"] not in no_name:
        yield Span(*found.span(), "name")


def _words(start: int, name: str) -> Iterator[Span]:
    """Yield a name without the words at its ends that are none."""
    words = name.split(" ")
    while words and words[-1].rstrip(".") in NO_NAME_EN:
        words.pop()
    if words and words[0].rstrip(".") not in NO_NAME_EN:
        yield Span(start, start + len(" ".join(words).rstrip(".")), "name")


@cache
def _surnames() -> tuple[str, frozenset[str], frozenset[str]]:
    """Return the common surnames, all of one character, and those of two."""
    words = load_lexicon().words
    single = [name for name in words["surnames"] if len(name) == 1]
    return "".join((*single[:_COMMON], "阎")), frozenset(single), frozenset(words["compound_surnames"])


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    common, every, double = _surnames()
    surname = rf"(?:{_any(double)}|[{common}])"
    after = rf"(?:{_any(CONTEXT_ZH)})(?:的)?[: ]{{0,2}}(?P<name>{surname}(?:[{_HIDDEN}xX]{{1,2}}|[{_HAN}]{{1,2}}))"
    hidden = rf"(?:{_any(double)}|[{''.join(every)}])(?:某{{1,2}}|[×*○]{{1,2}}|[xX]{{2}}(?![A-Za-z]))"
    clause = (
        rf"(?<![{_HAN}A-Za-z0-9])(?P<name>{surname}[{_HAN}]{{1,2}}?)"
        rf"(?=(?:{_any(SAYS)})|,? ?\(?(?:男|女|male|female|\d{{1,3}}岁|\d{{4}}[\d年月日./\-]{{0,9}}出?生))"
        rf"|(?:{_any(PAPERS_ZH)})[ :(_\-]{{1,2}}(?P<titled>{surname}[{_HAN}]{{1,2}})(?![{_HAN}])"
    )
    return re.compile(after), re.compile(hidden), re.compile(clause)


def _chinese(text: str) -> Iterator[Span]:
    after, hidden, clause = _patterns()
    for one in after.finditer(text):
        end = _end_of_name(text, *one.span("name"))
        if end is not None:
            yield Span(one.start("name"), end, "name")
    yield from (Span(*one.span(), "name") for one in hidden.finditer(text))
    for one in clause.finditer(text):
        if _may_be_name(one[one.lastgroup or 0]):
            yield Span(*one.span(one.lastgroup or 0), "name")
    for one in _LABEL.finditer(text):
        yield Span(*one.span("name" if one["name"] else "said"), "name")
    for at in places(text, ("·",)):
        yield from (Span(*one.span(), "name") for one in _DOTTED.finditer(text, max(0, at - 8), at + 20))
    for title in _TITLE.finditer(text):
        start = _start_of_name(text, title.start())
        if start is not None:
            yield Span(start, title.start(), "name")


def _may_be_name(name: str) -> bool:
    """Tell whether what begins at a surname is none of the words that begin so too."""
    surname = 2 if name[:2] in _surnames()[2] else 1
    given = name[surname:]
    no_name = surname == 1 and (name[0] in FUNCTION or given[0] in WORDS_AFTER.get(name[0], ""))
    return NO_GIVEN.isdisjoint(given) and not no_name


def _end_of_name(text: str, start: int, end: int) -> int | None:
    """Return where a name ends that begins at a surname after a word such as 患者; None when it is no name."""
    surname = 2 if text[start : start + 2] in _surnames()[2] else 1
    given = text[start + surname : end]
    if not given or given[0] in _HIDDEN + "xX":  # a surname of two characters alone, or 王某
        return end
    words = WORDS_AFTER.get(text[start], "")
    if given[0] in NO_GIVEN or (surname == 1 and given[0] in words):
        return None
    if len(given) > 1 and (given[1] in ENDS or given[1] in NO_GIVEN):
        return end - 1
    closed = end >= len(text) or not text[end].isalpha() or text.startswith(ENDS_TWO, end)
    ended = closed or (text[end] in ENDS and text[start] not in FUNCTION)
    if ended or (surname == 1 and not words):
        return end
    if text[start] in FUNCTION:
        return None
    short = start + surname + 1
    return short if len(given) > 1 and text[short] in ENDS else None


def _start_of_name(text: str, title: int) -> int | None:
    """Return where the name before a title begins: the longest that can be one."""
    common, _, double = _surnames()
    before = text[max(0, title - 4) : title]
    for length in range(len(before), 0, -1):
        name = before[-length:]
        previous = text[title - length - 1 : title - length] if title > length else ""
        surname = 2 if name[:2] in double else 1
        given = name[surname:]
        if surname == 1 and (name[0] not in common or length == 4):  # noqa: PLR2004 - one and three is no usual name
            continue
        if name[0] in FUNCTION and surname == 1 and "一" <= previous <= "鿿":
            continue
        if name[0] in WORDS_AFTER.get(previous, " "):
            continue
        if given and (not NO_GIVEN.isdisjoint(given) or given[0] in WORDS_AFTER.get(name[0], "")):
            continue
        if all("一" <= char <= "鿿" for char in given):
            return title - length
    return None
