"""What a recognizer of one identifier is: where to look, and a function that grades what stands there.

The function is plain Python over bytes and runs as it stands; for large data the same function is compiled. It keeps
to what both understand: integers, `bytes` and tuples of integers as constants, and functions of the same kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from kouan.model.text import Text

    Find = Callable[[Any, int, int, int, int, int], int]
    """(data, lo, hi, at, end, today) -> packed hit or 0.

    `data[lo:hi]` is the cell in its plain form, `data[at:end]` a maximal run of ASCII letters and digits in it, `today`
    the legal day as YYYYMMDD.
    """

NOT, SUSPECTED, CONFIRMED = 0, 1, 2
DIGITS, UPPER, LOWER = 1, 2, 4
"""Kinds of characters of a run, added up."""
LETTERS = UPPER | LOWER
MIXED = DIGITS | LETTERS
LONGEST = 64
"""Characters of the longest run whose length is told apart."""
LONGER = LONGEST + 1
"""Length by which an identifier names all longer runs."""
NEVER = 3
ANY = bytes(range(256))


@dataclass(frozen=True, slots=True)
class Identifier:
    """One recognizer.

    Attributes:
        id: such as `cn.ric`; also its meaning in the lexicon.
        label: for people.
        lengths: characters of the runs that set it off.
        kinds: characters that such a run may hold (DIGITS | UPPER | LOWER), and those that it must hold.
        needs: characters without which it is none.
        find: grades what stands at a run.
        source: standard, clause, and how sure (S, P or W of the reference).
        chance: share of random strings of its format that pass its check; 1 when it has none.
        first: bytes with one of which the run begins.
        before, after: bytes of which one must stand before and after the run.
        groups: lengths of its parts when written in groups with single blanks or hyphens between them.
        stops: grade from which no weaker identifier is tried at the same run; NEVER lets others be tried.
        context: words of which one must stand near; without them nothing is confirmed that has no check.
        rare: True when hardly any random string has its format, so that one right check already tells it.
        fraction: True when its run may stand behind a digit and a point.
        asked: True when it is looked for only where a context word stands, because its format is everybody's.
        spoken: True when it is also looked for in every longer text, as it must stand beside its words there.
        alone: False when its form, however plain, confirms nothing without a name or word that calls for it.
    """

    id: str
    label: Text
    lengths: tuple[int, ...]
    kinds: int
    find: Find
    source: str
    needs: int = 0
    chance: float = 1.0
    first: bytes = ANY
    before: bytes = ANY
    after: bytes = ANY
    groups: tuple[tuple[int, ...], ...] = ()
    stops: int = CONFIRMED
    context: tuple[str, ...] = ()
    rare: bool = False
    fraction: bool = False
    asked: bool = False
    spoken: bool = False
    alone: bool = True

    def runs(self) -> tuple[int, ...]:
        """Return the slots of the dispatch table (length * 8 + kinds) of the runs that set it off."""
        kinds = [kind for kind in range(1, 8) if kind | self.kinds == self.kinds and kind & self.needs == self.needs]
        return tuple(length * 8 + kind for length in self.lengths for kind in kinds)


def hit(grade: int, start: int, end: int) -> int:
    """Return a grade and the range of bytes that it is about as one number; 0 when the grade is NOT."""
    return 0 if grade == 0 else grade | start << 2 | end << 33


def grade_of(packed: int) -> int:
    """Return the grade of a hit."""
    return packed & 3


def start_of(packed: int) -> int:
    """Return the first byte of a hit."""
    return packed >> 2 & 0x7FFFFFFF


def end_of(packed: int) -> int:
    """Return the byte after a hit."""
    return packed >> 33


def grade(identifier: Identifier, text: str, today: int) -> int:
    """Return the grade of a text that is one run of ASCII letters and digits, and nothing else.

    Args:
        identifier: one recognizer.
        text: without separators.
        today: the legal day as YYYYMMDD.
    """
    data = text.encode()
    kinds = sum({_kind_of(char) for char in text})
    if min(len(data), LONGER) * 8 + kinds not in identifier.runs():
        return NOT
    return grade_of(identifier.find(data, 0, len(data), 0, len(data), today))


def _kind_of(char: str) -> int:
    if not char.isascii() or not char.isalnum():
        return MIXED + 1
    return DIGITS if char.isdigit() else UPPER if char.isupper() else LOWER
