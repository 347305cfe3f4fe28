"""Persons who are named once for certain words around, and again without them in the same text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.recognize.prose.persons import surnames
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HAN = "㐀-鿿"
_SHORTEST = 2
_GREETED = "你好|您好|先生|女士|老师|同学|说|表示"
_SEPARATE = re.compile(r"[ ·\-]")


def find_again(text: str, spans: Sequence[Span], given: Sequence[Span]) -> Iterator[Span]:
    """Yield where persons that were found in a text stand in it again: by the whole name or by a part of it.

    A part counts as a word of its own only: John or Smith of John Smith, 建国 of 王建国 between signs or where a model
    calls it a person.

    Args:
        text: plain.
        spans: found in it, with kinds.
        given: what a model calls a person and what has no surname.
    """
    names = {text[one.start : one.end] for one in spans if one.kind == "name"}
    parts = {name[_surname(name) :] for name in names if _has_given(name)}
    for name in sorted(name for name in names if len(name) >= _SHORTEST):
        for pattern in _patterns(name):
            yield from (Span(*one.span(), "name", why="again") for one in pattern.finditer(text))
    for one in given:
        if text[one.start : one.end] in parts:
            yield Span(one.start, one.end, "name", why="model+again")


def _patterns(name: str) -> Iterator[re.Pattern[str]]:
    if not re.search(f"[{_HAN}]", name):
        words = [word for word in name.split(" ") if len(word.rstrip(".")) >= _SHORTEST and word[0].isupper()]
        for part in sorted({name, *words}):
            yield re.compile(rf"(?<![\w'’\-.@]){re.escape(part)}(?![\w\-@])(?!\.\w)")
        return
    yield re.compile(re.escape(name))
    if _has_given(name):
        yield re.compile(rf"(?<![{_HAN}]){name[_surname(name) :]}(?=[^{_HAN}]|\Z|{_GREETED})")


def _surname(name: str) -> int:
    return 2 if name[:2] in surnames()[1] else 1


def _has_given(name: str) -> bool:
    """Tell whether a name is a surname and two characters, by which alone a person may be called."""
    size = _surname(name)
    known = size == 2 or name[0] in surnames()[0]  # noqa: PLR2004 - surnames of two characters are known
    return known and len(name) == size + 2 and name[-2] >= "㐀" and name[-1] >= "㐀"
