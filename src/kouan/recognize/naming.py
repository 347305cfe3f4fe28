"""What a column's name says: tokens, never substrings, and the head of the name decides.

`carrier name` and `filename` are no person's name, and `手机号归属地` is no phone: the words that carry the meaning
stand last in Chinese and in English, and what stands before them says whose it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

_PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[㐀-䶿一-鿿]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of column names.

    Attributes:
        han: Chinese words, for cutting names that have no spaces.
        names: token run -> meaning.
        things: words that say it is not about a person (`carrier`, `门店`).
        persons: words that say it is (`employee`, `收货`).
        neutral: words that say nothing (`class`, `元`).
        ordinals: Chinese numerals after a relative (`子女一`).
        longest: tokens of the longest run in `names`.
    """

    han: frozenset[str]
    names: dict[tuple[str, ...], str]
    things: frozenset[str]
    persons: frozenset[str]
    neutral: frozenset[str]
    ordinals: dict[str, int]
    longest: int = field(init=False)

    def __post_init__(self) -> None:
        """Look up the longest run, so that a name of thousands of letters is read in one pass."""
        object.__setattr__(self, "longest", max(map(len, self.names), default=0))


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What the vocabulary finds in a name.

    Attributes:
        tokens: of the whole name.
        meaning: None when no known name stands at its end.
        matched: the tokens that carried the meaning.
        before: tokens that stand before them.
    """

    tokens: tuple[str, ...]
    meaning: str | None
    matched: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    def of_thing(self, vocabulary: Vocabulary) -> bool:
        """Tell whether the words before the name say that it is not about a person."""
        return any(token in vocabulary.things for token in self.before)

    def of_person(self, vocabulary: Vocabulary) -> bool:
        """Tell whether the words before the name say that it is about a person."""
        return any(token in vocabulary.persons for token in self.before)


def split_name(name: str, han: frozenset[str]) -> tuple[str, ...]:
    """Return the tokens of a column name: `bankCardNo` -> bank, card, no; `子女1出生日期` -> 子女, 1, 出生日期."""
    tokens: list[str] = []
    for piece in _PIECES.findall(unicodedata.normalize("NFKC", name)):
        tokens += [piece.lower()] if piece.isascii() else _cut(piece, han)
    return tuple(_join(tokens, han))


def _cut(run: str, han: frozenset[str]) -> list[str]:
    """Cut a Chinese run by longest match from its end, because the head of a compound stands there."""
    longest = _longest(han)
    tokens: list[str] = []
    end = last = len(run)
    while end:
        start = next((at for at in range(max(0, end - longest), end) if run[at:end] in han), None)
        if start is None:
            end -= 1
            continue
        tokens += [run[end:last]] if end < last else []
        tokens.append(run[start:end])
        end = last = start
    tokens += [run[:last]] if last else []
    return tokens[::-1]


@lru_cache(maxsize=8)
def _longest(words: frozenset[str]) -> int:
    return max(map(len, words), default=0)


def _join(tokens: list[str], han: frozenset[str]) -> list[str]:
    """Join mixed words of the vocabulary, such as 会员 + id -> 会员ID."""
    joined: list[str] = []
    for token in tokens:
        if joined and token.isascii() and joined[-1] + token.upper() in han:
            joined[-1] += token.upper()
        else:
            joined.append(token)
    return joined


def match_name(name: str, vocabulary: Vocabulary) -> NameMatch:
    """Return what a column name says; the longest known name at its end wins."""
    tokens = split_name(name, vocabulary.han)
    bare = len(tokens)
    while bare and (tokens[bare - 1].isdigit() or tokens[bare - 1] in vocabulary.neutral):
        bare -= 1
    for end in range(bare or 1, len(tokens) + 1):  # "salary class" is a salary, "class" alone a code
        for start in range(max(0, end - vocabulary.longest), end):
            meaning = vocabulary.names.get(tokens[start:end])
            if meaning is not None:
                return NameMatch(tokens, meaning, tokens[start:end], tokens[:start])
    return NameMatch(tokens, None)


def ordinal(tokens: tuple[str, ...], vocabulary: Vocabulary) -> int:
    """Return which of several relatives a name speaks of: 2 for `子女2姓名` and `child_2_name`, 0 without a number."""
    for token in tokens:
        if token.isdigit() and len(token) == 1:
            return int(token)
        if token in vocabulary.ordinals:
            return vocabulary.ordinals[token]
    return 0
