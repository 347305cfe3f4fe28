"""Names in Latin letters that stand in no list: capitalised words where persons stand, in English and mixed texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.recognize.prose.gate import Gate
from kouan.recognize.prose.lists import any_of, load_lists
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTS = load_lists("pairs_en.yaml")
_NO_NAME = frozenset(_LISTS["no_name"])
_FAMILY_TOO = frozenset(_LISTS["family_too"])
_WORD = r"(?:(?:[OD]['’]|Mc|Mac|Al-|El-|Ben-)?[A-Z][a-z]+(?:['’\-][A-Z]?[a-z]+)*)"
_PARTICLE = r"(?:(?:van|von|de|da|di|der|den|dos|del|la|le|bin|ibn|al|el) ){0,2}"
_NAME = re.compile(
    rf"(?<![\w@.'’\-/]){_WORD}(?: [A-Z]\.)?(?: {_PARTICLE}{_WORD}){{1,2}}(?![\w@/]|\.\w|['’\-][a-z]{{3}})"
)
_ONE = rf"(?P<one>{_WORD})(?![\w@/'’\-])"
_ROLES = rf"(?i:{any_of(_LISTS['roles'])})"
_CALLS = rf"(?:(?i:{any_of(_LISTS['before'])})[,:]?|{_ROLES}[,:]?|{_ROLES}:? \(|(?i:signed|present|cc)\s?:)"
_ZH = "跟|和|与|由|找|给|让|请|联系|抄送|客户|用户|候选人|收件人|旅客|同行|乘客|姓名|称呼|叫|[:：]"
_BEFORE = re.compile(rf"(?:\bI, |(?<![A-Za-z]){_CALLS}\s{{0,2}}|(?:{_ZH})[ :]{{0,2}})\Z")
_BEHIND = re.compile(
    rf"(?:'s)? (?:{any_of(_LISTS['does'])})\b|,? who(?:se|m)?\b|,? \(?(?:the )?{_ROLES}\b(?! \w+ing)"
    rf"|,? \(?(?:{any_of(_LISTS['degrees'])})(?![A-Za-z])"
    r"|,? \(?\d{1,3}(?:-year| years|, | ?y/?o|\))| ?[<(][\w.+\-]{1,40}@"
    r"| ?(?:先生|女士|小姐|教授|博士|老师)| (?:说|表示|确认|介绍|评估|提出|汇报|负责|回复|已|在)|收(?=[\s,。])"
)
_GREETS = r"(?i:hi|hello|hey|dear|thanks|thank you|cheers|regards|best wishes),?\s{1,2}"
_SAYS = r"(?i:this is|my name is|gave (?:her|his|their) name as|it's|spoke (?:with|to)|talked to|met with) "
_ALONE = re.compile(
    rf"(?<![A-Za-z])(?:{_GREETS}|{_SAYS}|(?:Agent|Officer|Nurse|Detective|Sergeant|Judge|Uncle|Aunt) )"
    rf"(?P<called>{_WORD})(?![\w@/'’\-])(?! [A-Z])(?=\s*(?:[,.!;:?()\n—-]|\Z|[㐀-鿿])"
    r"| (?:on|at|from|and|about|who|in|apologi[sz]ed|said|will|has|was)\b)"
)
_GREETED = re.compile(r"(?:\b(?:Hi|Hello|Dear) ?|亲爱的|尊敬的)(?P<name>[㐀-鿿]{2,3})(?=[,:!\n])")
_EVERYBODY = frozenset(_LISTS["everybody"])
_NEXT = re.compile(r" ([A-Z][A-Za-z]*)")
_ROW = re.compile(r"(?:,? (?:and|&)|[,;、/]) ?")
_ASIDE = re.compile(r" ?\([\w ]{1,20}\)")
_LINE = re.compile(r"(?:\A|\n)[ \t]*\Z")
_LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")
_REACH = 40
_CAPITAL = re.compile("[A-Z]")
_WORDED, _GREETING = Gate("[A-Z][a-z]"), Gate("亲爱的|尊敬的|Hi|Hello|Dear")


def find_pairs(text: str) -> Iterator[Span]:
    """Yield names of two words and more, and of one in greetings, of a plain text: all suspected.

    A name is told by what its person does or is, by a word before it that stands before persons, by a line of its own
    under a greeting, or by standing in a row with a name.
    """
    worded = _WORDED(text)
    for one in _ALONE.finditer(text) if worded else ():
        if one["called"] not in _NO_NAME:
            yield Span(*one.span("called"), "name", why="greeted")
    for one in _GREETED.finditer(text) if _GREETING(text) else ():
        if one["name"] not in _EVERYBODY:
            yield Span(*one.span("name"), "name", why="greeted")
    pairs = [*_pairs(text)] if worded else []
    told = [_is_told(text, start, end) for start, end in pairs]
    for order in (range(1, len(pairs)), range(len(pairs) - 2, -1, -1)):
        for at in order:
            other = at - 1 if order.step > 0 else at + 1
            first, last = sorted((pairs[at], pairs[other]))
            told[at] = told[at] or (told[other] and _in_row(text[first[1] : last[0]]))
    for (start, end), known in zip(pairs, told, strict=True):
        if known:
            yield Span(start, end, "name", why="pair")


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield capitalised words that may be a name, without words before them that are no part of one."""
    at = 0
    for capital in _CAPITAL.finditer(text):
        one = _NAME.match(text, capital.start()) if capital.start() >= at else None
        if one is None:
            continue
        words = one[0].split(" ")
        if words[0] in _NO_NAME:
            at = one.start() + len(words[0])
            continue
        at = one.end()
        if _NO_NAME.isdisjoint(words[1:-1]) and (words[-1] not in _NO_NAME or words[-1] in _FAMILY_TOO):
            yield one.start(), one.end() - 2 * one[0].endswith(("'s", "’s"))


def _in_row(between: str) -> bool:
    """Tell whether two names with some text between them stand in a row: A B, C D (chair) and E F."""
    return _ROW.fullmatch(_ASIDE.sub("", between)) is not None


def _is_told(text: str, start: int, end: int) -> bool:
    behind = _NEXT.match(text, end)
    if behind and behind[1] in _NO_NAME:  # Beispiel Maschinenbau AG
        return False
    before = text[max(0, start - _REACH) : start]
    if _BEFORE.search(before) or _BEHIND.match(text, end):
        return True
    if _LINE.search(before):
        return _LINE_END.match(text, end) is not None and text[:start].rstrip(" \t\n")[-1:] in {",", "!"}
    return False
