"""Changes of a text that leave most of it what it was: lines and words rather than bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

_WORD = re.compile(r"[^\s\[\]{}:,;\"']+")
_STRANGE = (
    "null",
    "unknown",
    "-1",
    "0",
    "999999999999999999",
    "0.5",
    "1e9",
    '""',
    "[]",
    "{}",
    "2026-02-30",
    "\u202e",
    "\r",
)
_ENDS = (",", ";", ":", " {}", '"', "\r", "\0", " #x", "\u2028")


def words_of(*texts: str) -> tuple[str, ...]:
    """Return the words of texts, and some that nobody expects."""
    return tuple(dict.fromkeys([*_STRANGE, *(word for text in texts for word in _WORD.findall(text))]))


def blocks_of(text: str) -> tuple[str, ...]:
    """Return what stands in curly brackets."""
    return tuple(dict.fromkeys(re.findall(r"\{[^{}]*\}", text)))


def changed(text: str, dice: random.Random, words: Sequence[str], blocks: Sequence[str]) -> str:
    """Return a text with up to five changes."""
    lines = text.split("\n")
    for _ in range(dice.randrange(1, 6)):
        at, what = dice.randrange(len(lines)), dice.randrange(7)
        line = lines[at]
        if what == 0 and len(lines) > 1:
            del lines[at]
        elif what == 1:
            lines.insert(at, dice.choice(lines))
        elif what == 2:  # noqa: PLR2004 - one of seven
            lines.insert(at, line[: len(line) - len(line.lstrip())] + dice.choice(words) + ": " + dice.choice(words))
        elif what == 3:  # noqa: PLR2004
            lines[at] = line + dice.choice(_ENDS)
        elif what == 4 and "{" in line and blocks:  # noqa: PLR2004
            lines[at] = re.sub(r"\{[^{}]*\}", lambda _: dice.choice(blocks), line, count=1)
        elif found := _WORD.findall(line):
            lines[at] = line.replace(dice.choice(found), dice.choice(words), 1)
    return "\n".join(lines)
