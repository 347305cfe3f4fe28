"""Context words beside a number: in the same cell, within about thirty characters of it."""

from __future__ import annotations

from typing import Any

REACH = 90
"""Bytes before a number in which its context word may stand: thirty Chinese characters."""
REACH_BEHIND = 30


def packed(*words: str) -> bytes:
    """Return words in small letters as the constant that `is_near` reads: of each its length and its bytes."""
    coded = [word.lower().encode() for word in words]
    return b"".join(bytes([len(word)]) + word for word in coded)


def is_near(data: Any, lo: int, hi: int, at: int, end: int, words: Any) -> bool:
    """Tell whether one of some words stands before or soon behind `data[at:end]` in the cell `data[lo:hi]`.

    Args:
        data, lo, hi, at, end: as in `Find`.
        words: what `packed` returned.
    """
    first, last = max(lo, at - REACH), min(hi, end + REACH_BEHIND)
    word = 0
    while word < len(words):
        size = words[word]
        for start in range(first, last - size + 1):
            if start + size > at and start < end:
                continue  # it would stand in the number itself
            same = True
            for place in range(size):
                byte = data[start + place]
                if words[word + 1 + place] != (byte + 32 if 65 <= byte <= 90 else byte):
                    same = False
                    break
            if same:
                return True
        word += 1 + size
    return False


def is_whole(lo: int, hi: int, at: int, end: int) -> bool:
    """Tell whether a run is all that its cell holds."""
    return at == lo and end == hi
