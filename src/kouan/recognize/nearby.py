"""Words that stand near a place inside a cell; plain Python over bytes that is also compiled."""

from __future__ import annotations

from typing import Any

REACH = 40
"""Bytes before a place in which a word is near: about 30 Latin characters or a dozen Chinese ones."""

WIDE, BEHIND = 90, 30


def packed(*words: str) -> bytes:
    """Return words as bytes for `near` and `beside`: of each its length and its UTF-8 bytes in small letters."""
    coded = [word.lower().encode() for word in words]
    return b"".join(bytes([len(word)]) + word for word in coded)


def near(data: Any, lo: int, at: int, words: Any) -> bool:
    """Tell whether one of some words stands in the 40 bytes before a place, whatever the case of its letters.

    Args:
        data: bytes of the cell.
        lo: where the cell begins.
        at: the place.
        words: as `packed` returns them.
    """
    first = max(lo, at - REACH)
    word = 0
    while word < len(words):
        length = words[word]
        for start in range(first, at - length + 1):
            if same(data, start, words, word + 1, length):
                return True
        word += 1 + length
    return False


def beside(data: Any, lo: int, hi: int, at: int, end: int, words: Any) -> bool:
    """Tell whether one of some words stands in the 90 bytes before a number (30 Chinese characters) or the 30 behind.

    Args:
        data, lo, hi, at, end: as in `Find`.
        words: as `packed` returns them.
    """
    first, last = max(lo, at - WIDE), min(hi, end + BEHIND)
    word = 0
    while word < len(words):
        length = words[word]
        for start in range(first, last - length + 1):
            if (start + length <= at or start >= end) and same(data, start, words, word + 1, length):
                return True
        word += 1 + length
    return False


def is_whole(lo: int, hi: int, at: int, end: int) -> bool:
    """Tell whether a run is all that its cell holds."""
    return at == lo and end == hi


def same(data: Any, at: int, word: Any, start: int, length: int) -> bool:
    """Tell whether `word[start:start + length]`, in small letters, stands at a place, whatever its case there."""
    for place in range(length):
        byte = data[at + place]
        if 65 <= byte <= 90:
            byte += 32
        if byte != word[start + place]:
            return False
    return True
