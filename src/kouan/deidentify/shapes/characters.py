"""Any code of ASCII letters and digits: a digit becomes a digit, a letter a letter of the same case, the rest stays."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.deidentify.shapes.domain import Domain, Group, by_length, digits, large_enough, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from kouan.deidentify.ff1 import Numbers
    from kouan.deidentify.shapes.domain import Letters, Marks

_LONGEST = 128
_MOST = 32
"""Letters and digits of a value."""
_ZERO, _NINE, _CASE = np.uint8(ord("0")), np.uint8(ord("9")), np.uint8(0x20)
_A, _Z = np.uint8(ord("a")), np.uint8(ord("z"))
_FIRST, _LAST = ord(" "), ord("~")
_WIDE = 1 << 63


class Characters:
    """Values of printable ASCII with 5 to 32 letters and digits, and a million values of their form or more.

    Numbers without letters keep a first digit that is not 0, so that spreadsheets do not shorten them.
    """

    def __init__(self, *, right_check: bool = False) -> None:
        """Make the shape; it has no check digit."""
        del right_check

    def read(self, values: pa.StringArray, *, back: bool) -> Iterator[Group]:
        """Yield the values, in groups of as many letters and as many digits."""
        del back  # a surrogate has the form of its value
        for rows, text in by_length(values):
            if text.shape[1] > _LONGEST:
                continue
            digit = (text >= _ZERO) & (text <= _NINE)
            small = text | _CASE
            letter = (small >= _A) & (small <= _Z) & (text >= ord("A"))
            plain = ((text >= _FIRST) & (text <= _LAST)).all(axis=1)
            counts = np.where(plain, letter.sum(axis=1) * _LONGEST + digit.sum(axis=1), -1)
            for count in np.unique(counts[counts >= 0]):
                at = counts == count
                yield from _groups(rows[at], text[at], letter[at], digit[at])


def _groups(rows: Any, text: Letters, letter: Marks, digit: Marks) -> Iterator[Group]:
    letters, figures = int(letter[0].sum()), int(digit[0].sum())
    if letters + figures > _MOST:
        return
    if not letters:
        yield from _plain_numbers(rows, text, digit, figures)
        return
    size = 26**letters * 10**figures
    domain = Domain(2, (size - 1).bit_length(), 0, size)
    if not large_enough(domain):
        return
    wide = size > _WIDE
    names: Letters = (text[letter] | _CASE).reshape(len(text), letters) - _A
    told: Letters = text[digit].reshape(len(text), figures) - _ZERO
    ranks = number(names, base=26, wide=wide)
    ranks = ranks * _as(ranks, 10**figures) + number(told, wide=wide)
    write = partial(_written, text=text, letter=letter, digit=digit, domain=domain)
    yield Group(rows, domain, ranks // _as(ranks, domain.right), ranks % _as(ranks, domain.right), write)


def _written(left: Numbers, right: Numbers, *, text: Letters, letter: Marks, digit: Marks, domain: Domain) -> Letters:
    letters, figures = int(letter[0].sum()), int(digit[0].sum())
    wide = domain.size > _WIDE
    if wide:
        left, right = left.astype(object), right.astype(object)
    ranks = left * _as(left, domain.right) + right
    found = text.copy()
    found[digit] = digits(ranks % _as(ranks, 10**figures), figures).ravel() + _ZERO
    names = digits(ranks // _as(ranks, 10**figures), letters, base=26).ravel() + _A
    found[letter] = names & ~(~text[letter] & _CASE)  # a capital's place gets a capital
    return found


def _plain_numbers(rows: Any, text: Letters, digit: Marks, figures: int) -> Iterator[Group]:
    if not figures:
        return
    told: Letters = text[digit].reshape(len(text), figures) - _ZERO
    half = figures // 2
    for zero in (False, True):
        low, high = (0, 10 ** (figures - 1)) if zero else (10 ** (figures - 1), 10**figures)
        domain, at = Domain(10, figures, low, high), (told[:, 0] == 0) == zero
        if not at.any() or not large_enough(domain):
            continue
        write = partial(_numbered, text=text[at], digit=digit[at], half=half)
        yield Group(rows[at], domain, number(told[at, :half]), number(told[at, half:]), write)


def _numbered(left: Numbers, right: Numbers, *, text: Letters, digit: Marks, half: int) -> Letters:
    found, figures = text.copy(), int(digit[0].sum())
    found[digit] = np.hstack((digits(left, half), digits(right, figures - half))).ravel() + _ZERO
    return found


def _as(like: Numbers, value: int) -> Any:
    return value if like.dtype == object else np.uint64(value)
