"""Persons who are named once for certain words around, and again without them in the same text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.recognize.prose.persons import has_surname, surnames
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHORTEST = 2
_REACH = 10_000
"""Characters around a name in which it is looked for again."""
_GREETED = ("你好", "您好", "先生", "女士", "老师", "同学", "说", "表示")
_WITHIN = "'’-.@_"
"""Signs by which a part of a longer word, an address or a double name goes on."""


def find_again(text: str, spans: Sequence[Span], given: Sequence[Span]) -> Iterator[Span]:
    """Yield where persons that were found in a text stand in it again: by the whole name or by a part of it.

    A part counts as a word of its own only: John or Smith of John Smith, 建国 of 王建国 between signs or where a model
    calls it a person.

    Args:
        text: plain.
        spans: found in it, with kinds.
        given: what a model calls a person and what has no surname.
    """
    known = _known(text, spans)
    for word, around in _sought(known).items():
        for at in _near(text, word, around):
            if _is_han(word) or _is_word(text, at, at + len(word)):
                yield Span(at, at + len(word), "name", why="again")
    parts = {name[_surname(name) :]: known[name] for name in sorted(known) if _has_given(name)}
    for part, around in parts.items():
        for at in _near(text, part, around):
            if not _is_han(text[at - 1 : at] if at else "") and _ends(text, at + len(part)):
                yield Span(at, at + len(part), "name", why="again")
    yield from (
        Span(one.start, one.end, "name", why="model+again") for one in given if text[one.start : one.end] in parts
    )


def _known(text: str, spans: Sequence[Span]) -> dict[str, tuple[int, int]]:
    """Return the names found in a text, each with the part of it from the first to the last place."""
    known: dict[str, tuple[int, int]] = {}
    for one in spans:
        name = text[one.start : one.end]
        if one.kind == "name" and len(name) >= _SHORTEST and _is_sure(name):
            known[name] = (known.get(name, (one.start, 0))[0], one.end)
    return known


def _sought(known: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Return names and their words, each once: a row of one word again and again would cost its square."""
    sought: dict[str, tuple[int, int]] = {}
    for name in sorted(known):
        for word in (name, *_words(name)):
            low, high = sought.get(word, known[name])
            sought[word] = (min(low, known[name][0]), max(high, known[name][1]))
    return sought


def _is_sure(name: str) -> bool:
    """Tell whether a name is one in itself: with a surname or in parts, and no abbreviation."""
    return has_surname(name) or "·" in name if _is_han(name) else name != name.upper()


def _near(text: str, word: str, around: tuple[int, int]) -> Iterator[int]:
    """Yield where a word stands in a part of a text or near it; all of a long text would cost its square."""
    low, high = max(0, around[0] - _REACH), around[1] + _REACH
    at = text.find(word, low, high)
    while at >= 0:
        yield at
        at = text.find(word, at + 1, high)


def _words(name: str) -> list[str]:
    """Return the words of a name in Latin letters by which alone its person may be called."""
    if _is_han(name) or " " not in name:
        return []
    return [word for word in name.split(" ") if len(word) >= _SHORTEST and word[0].isupper() and word[-1] != "."]


def _is_word(text: str, start: int, end: int) -> bool:
    """Tell whether a part of a text is a word of its own, and no part of an address or a double name."""
    before, behind = text[start - 1 : start] if start else "", text[end : end + 1]
    if (before.isalnum() and not _is_han(before)) or (before and before in _WITHIN):
        return False
    if behind in {".", "'", "’"}:
        return not text[end + 1 : end + 2].isalnum() or behind != "."
    return not ((behind.isalnum() and not _is_han(behind)) or (behind and behind in _WITHIN))


def _ends(text: str, at: int) -> bool:
    """Tell whether a given name may end at a place: before a sign, or before a word that greets or quotes."""
    return not _is_han(text[at : at + 1]) or text.startswith(_GREETED, at)


def _is_han(text: str) -> bool:
    return any("㐀" <= char <= "鿿" for char in text)


def _surname(name: str) -> int:
    return 2 if name[:2] in surnames()[1] else 1


def _has_given(name: str) -> bool:
    """Tell whether a name is a surname and two characters, by which alone a person may be called."""
    size = _surname(name)
    known = size > 1 or name[0] in surnames()[0]
    return known and len(name) == size + 2 and _is_han(name[-2]) and _is_han(name[-1])
