"""What is looked for where: identifiers as bits, by the length and characters of a run and the bytes beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kouan.recognize.identifier import DIGITS, LONGER, LOWER, UPPER
from kouan.recognize.identifiers import IDENTIFIERS

if TYPE_CHECKING:
    from collections.abc import Iterable

SEPARATOR, HIGH, FOREIGN, OTHER = 8, 16, 32, 64
"""Kinds of bytes of a cell besides DIGITS, UPPER and LOWER: what may stand between the groups of a number, bytes above
127, of these the first bytes of characters with a plain form of their own (full-width, dashes, invisible marks), and
all others."""
ALNUM = DIGITS | UPPER | LOWER
OTHERS = HIGH | FOREIGN | OTHER


def _kind(byte: int) -> int:
    char = chr(byte)
    if byte > 127:
        return FOREIGN if byte in b"\xc2\xe2\xe3\xef" else HIGH
    if char.isalnum():
        return DIGITS if char.isdigit() else UPPER if char.isupper() else LOWER
    return SEPARATOR if char in " -+()" else OTHER


KINDS = bytes(map(_kind, range(256)))
"""Kind of each byte."""


def _by_run() -> tuple[int, ...]:
    slots = [0] * ((LONGER + 1) * 8)
    for key, one in enumerate(IDENTIFIERS):
        for slot in one.runs():
            slots[slot] |= 1 << key
    return tuple(slots)


def _by_byte(allowed: Iterable[bytes]) -> tuple[int, ...]:
    return tuple(sum(1 << key for key, one in enumerate(allowed) if byte in one) for byte in range(256))


def _groups() -> tuple[int, ...]:
    found: dict[int, int] = {}
    for key, one in enumerate(IDENTIFIERS):
        for lengths in one.groups:
            signature = int("".join(f"{length:x}" for length in lengths), 16)
            found[signature] = found.get(signature, 0) | 1 << key
    return tuple(value for pair in found.items() for value in pair)


RUNS = _by_run()
"""By length * 8 + kinds of a run."""
FIRST = _by_byte([one.first for one in IDENTIFIERS])
"""By the first byte of a run."""
BEFORE = _by_byte([one.before for one in IDENTIFIERS])
AFTER = _by_byte([one.after for one in IDENTIFIERS])
"""By the byte before and after a run; 0 stands for the edge of a cell."""
GROUPS = _groups()
"""Pairs: lengths of groups as hexadecimal digits, and the bits looked for in them."""
STOPS = tuple(one.stops for one in IDENTIFIERS)
"""By identifier, the grade from which no weaker one is tried."""
_POINT = 46
FRACTION = sum(1 << key for key, one in enumerate(IDENTIFIERS) if one.fraction)
"""Identifiers that may begin behind a digit and a point, as the digits of 0.13812345678 do."""
UNASKED = sum(1 << key for key, one in enumerate(IDENTIFIERS) if not one.asked)
"""Identifiers that are looked for everywhere."""

SPOKEN = sum(1 << key for key, one in enumerate(IDENTIFIERS) if one.spoken)
"""Identifiers that are looked for in every longer text besides."""


def wanted(asked: Iterable[str]) -> int:
    """Return the bits of what is looked for where context words call for some identifiers besides."""
    keys = {one.id: key for key, one in enumerate(IDENTIFIERS)}
    return UNASKED | sum(1 << keys[one] for one in set(asked))


def bits_of(kinds: int, data: Any, lo: int, hi: int, at: int, end: int) -> int:
    """Return the identifiers that a run sets off, by its length and kinds and by what stands beside it."""
    bits: int = RUNS[min(end - at, LONGER) * 8 + kinds]
    if bits == 0:
        return 0
    bits &= FIRST[data[at]] & BEFORE[data[at - 1] if at > lo else 0] & AFTER[data[end] if end < hi else 0]
    if at - lo >= 2 and data[at - 1] == _POINT and KINDS[data[at - 2]] == DIGITS:
        bits &= FRACTION
    return bits
