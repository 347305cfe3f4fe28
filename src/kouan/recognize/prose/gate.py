"""Cheap signs without which a rule finds nothing in a text: a rule runs only where one of its signs stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.recognize.prose.lists import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ALIKE = {"i": "ıİ", "k": "\u212a", "s": "ſ"}
"""Letters that are the same without regard to case, besides the capital."""


class Gate:
    """Tells whether a text holds a sign that every match of a rule holds; without one the rule need not be run.

    A gate that lets too much through costs time, one that lets too little through loses findings: the latter is what
    tests look for, by reading the same texts with every gate open.
    """

    __slots__ = ("_search",)

    def __init__(self, signs: str) -> None:
        """Make a gate of a regular expression; alternatives that begin with a letter each are the fastest."""
        self._search = re.compile(signs).search

    def __call__(self, text: str) -> bool:
        """Tell whether a text holds a sign."""
        return self._search(text) is not None


def gate_of(words: Iterable[str]) -> Gate:
    """Return a gate of literal words."""
    return Gate(tree_of(words))


def matches_at(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer` does, given where alone its matches can begin, in order."""
    done = 0
    for start in starts:
        found = pattern.match(text, start) if start >= done else None
        if found:
            done = found.end()
            yield found


def either_case(word: str) -> str:
    """Return a regular expression for a word in any case that spells its first letter out: it is looked for faster."""
    first = word[0].lower()
    behind = re.escape(word[1:])
    return "|".join(f"{one}(?i:{behind})" for one in (first, first.upper(), *_ALIKE.get(first, "")))
