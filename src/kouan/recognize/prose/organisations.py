"""Names of organisations in running text, told by what they end in and by where the words before them begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize.prose.gate import gate_of
from kouan.recognize.prose.lists import any_of, load_lists, tree_of
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 32
"""Characters of a name before its ending."""
_LOOKED = 12
"""Characters of a name by which it is told whether it names anybody."""
_OVERLAP = 4
"""Characters looked at twice, so that a word across the edge of two looks is seen."""


_LISTS = load_lists("organisations.yaml")
_SORT = {ending: sort for sort, endings in _LISTS["endings"].items() for ending in endings.split()}
_FIRM = frozenset((*_LISTS["firm"], *_LISTS["firm_en"]))
_NOT_BEHIND = _LISTS["not_behind"]
_ORDINAL = frozenset(f"{number}中" for number in "一二三四五六七八九")
_COUNTED = frozenset("届录表图款条项篇章第")
"""Before 二中 they count something else than schools."""
_ENDING = re.compile(
    "|".join(
        re.escape(word) + (f"(?!路|{_NOT_BEHIND[word]})" if word in _NOT_BEHIND else "")
        for word in sorted(_SORT, key=len, reverse=True)
    )
)
_BREAK = re.compile(r"[^一-鿿A-Za-z0-9()·&\-]|(?<![A-Za-z&]) ")
_KEPT = tree_of(_LISTS["kept"])
_EDGE = re.compile(
    rf"(?P<kept>{_KEPT})|(?P<stop>{tree_of(_LISTS['stops'])}"
    r"|今天(?!津)|(?:\d|年)[\-—至]今|\d+(?:[年月日时分岁]|号(?!线)))"
)
_AT_HEAD = re.compile(rf"(?!{_KEPT})(?:{any_of(_LISTS['stops_at_head'])}|[),·&\- ]|\d+[家个所名张期次位])")
_NUMBER = re.compile(r"^\d+$")
_GENERIC = re.compile(rf"(?>{any_of(_LISTS['generic'])})++|(?>{any_of(_SORT)})++")
_SORT_EN = {ending: sort for sort, endings in _LISTS["endings_en"].items() for ending in endings.split()}
_OF_EN = _LISTS["of_en"]
_SHORT_EN, _LINKS_EN = frozenset(_LISTS["short_en"]), frozenset(_LISTS["links_en"])
_GENERIC_EN, _STOPS_EN = frozenset(_LISTS["generic_en"]), frozenset(_LISTS["stops_en"])
_ENDING_EN = re.compile(rf"(?<![A-Za-z0-9])(?:{any_of(_SORT_EN)})(?![A-Za-z0-9])")
_ENDED_EN = gate_of(_SORT_EN)
_WORDS_BEFORE, _ENDINGS = 7, 2
_WORD = re.compile(r"(?P<word>[A-Za-z0-9&][A-Za-z0-9&'’.\-]*)(?P<comma>,?)$")
_LONGEST_WORD = 24
_SENTENCE = re.compile(r"(?<!^St)(?<!^Mt)(?<!^Co)(?<=[A-Za-z]{2})\.$")
"""Ends a sentence before the name."""
_SENTENCE_END = re.compile(r" *\Z| +[A-Z]")
_OF = re.compile(r"of (?:the )?(?P<first>[A-Z][A-Za-z'’\-]+)(?:(?: and| &| of| the)? [A-Z][A-Za-z'’\-]+){0,4}")


def find_organisations(text: str) -> Iterator[Span]:
    """Yield the names of organisations of a plain text; `why` says of what sort (`company`, `hospital` ...)."""
    if not text.isascii():
        yield from _chinese(text)
    yield from _english(text)


def _chinese(text: str) -> Iterator[Span]:
    last: Span | None = None
    edge, nobody = (0, 0), -1
    for ending in _ENDING.finditer(text):
        if ending.start() == nobody:  # 医院 behind 大学 alone names nobody either
            nobody = ending.end()
            continue
        edge = _left_edge(text, ending.start(), edge)
        found = _before(text, edge[0], ending)
        if found is None:
            nobody = ending.end()
            continue
        if last is not None and found.start > last.start:
            yield last
        last = found
    if last is not None:
        yield last


def _left_edge(text: str, start: int, before: tuple[int, int]) -> tuple[int, int]:
    """Return where a name can begin whose ending starts here, and up to where that was looked at.

    What was looked at for the ending before is not looked at again: a row of endings costs no more than its length.
    """
    cut, seen = before
    low = start - _MOST
    if seen < low:
        cut = seen = max(0, low)
    at = cut = max(cut, low)
    at = max(at, seen - _OVERLAP)
    for one in _BREAK.finditer(text, at, start):
        cut = one.end()
    for one in _EDGE.finditer(text, max(at, cut), start):
        if one["stop"]:
            cut = one.end()
    return cut, start


def _before(text: str, cut: int, ending: re.Match[str]) -> Span | None:
    """Return the organisation that ends here; None when what stands before the ending names none."""
    start, end = ending.span()
    while head := _AT_HEAD.match(text, cut, start):
        cut = head.end()
    cut += _brackets(text[cut:start], 0)
    name = text[cut:start]
    if ending[0] in _ORDINAL and text[start - 1] in _COUNTED:
        return None
    if not name or name[-1] == "某" or _GENERIC.fullmatch(name[:_LOOKED]) or _NUMBER.match(name):
        return None
    return Span(cut, end, "organisation", tier=_tier(ending[0]), why=_SORT[ending[0]])


def _tier(ending: str) -> Tier:
    return Tier.CONFIRMED if ending in _FIRM else Tier.SUSPECTED


def _brackets(run: str, cut: int) -> int:
    """Return where the name begins so that every bracket in it has its other half."""
    if "(" not in run and ")" not in run:
        return cut
    open_: list[int] = []
    for at in range(cut, len(run)):
        if run[at] == "(":
            open_.append(at)
        elif run[at] == ")":
            if open_:
                open_.pop()
            else:
                cut = at + 1
    return open_[-1] + 1 if open_ else cut


def _english(text: str) -> Iterator[Span]:
    last: Span | None = None
    for ending in _ENDING_EN.finditer(text) if _ENDED_EN(text) else ():
        found = _before_en(text, ending)
        if found is None:
            continue
        if last is not None and found.start >= last.end:
            yield last
        elif last is not None:
            found = Span(min(last.start, found.start), found.end, found.kind, tier=found.tier, why=found.why)
        last = found
    if last is not None:
        yield last


def _before_en(text: str, ending: re.Match[str]) -> Span | None:
    word, end = ending[0], ending.end()
    if word.endswith(".") and "." not in word[:-1] and _SENTENCE_END.match(text, end):
        end -= 1  # the point ends the sentence, too
    start, names = _start_en(text, ending.start())
    sort = _SORT_EN[word]
    behind = _OF.match(text, end + 1) if word in _OF_EN and text[end : end + 1] == " " else None
    if behind and behind["first"] not in _STOPS_EN:
        return Span(start, behind.end(), "organisation", tier=Tier.SUSPECTED, why=_OF_EN[word])
    if not names or all(name in _GENERIC_EN for name in names):
        return None
    if word in _SHORT_EN and all(len(name) <= len("SAS") for name in names):
        return None
    tier = _tier(word)
    return Span(start, end, "organisation", tier=tier, why=sort)


def _start_en(text: str, at: int) -> tuple[int, list[str]]:
    """Return where the words before an ending begin that belong to its name, and those of them that are capitalised."""
    start, names, endings = at, [], 0
    for _ in range(_WORDS_BEFORE):
        if text[at - 1 : at] != " ":
            break
        begin = max(0, at - _LONGEST_WORD)
        begin = max(text.rfind(" ", begin, at - 1) + 1, begin)
        found = _WORD.search(text, begin, at - 1)
        if found is None:
            break
        word, comma = found["word"], found["comma"]
        named = word[0].isupper() or word[0].isdigit() or word in _LINKS_EN
        if word in _STOPS_EN or (comma and at != start) or not named or _SENTENCE.search(word):
            break
        at = found.start()
        endings += word in _SORT_EN
        if endings > _ENDINGS:
            break
        if word not in _LINKS_EN and not word[0].isdigit():
            start = at
            names.append(word)
        if at != begin:
            break
    return start, names
