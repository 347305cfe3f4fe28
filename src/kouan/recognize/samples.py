"""Samples of a column as they may be shown: a common code as it is, everything else masked at the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.recognize.evidence import HALF
from kouan.recognize.masks import mask

if TYPE_CHECKING:
    from kouan.recognize.lexicon import Lexicon
    from kouan.recognize.profile import Profile

CODE_LISTS = frozenset(
    {
        "sex", "education", "department", "position", "marital_status", "relation", "product", "store", "channel",
        "currency", "code", "quantity", "city", "region",
    }
)  # fmt: skip
"""Meanings whose common values tell of nobody: lists of codes that many rows share."""
_OPEN = frozenset({"department", "position", "product", "store", "code"})
"""Of these, lists in which somebody's name may stand (the product manager as a status)."""
_NAME = 3
SHARED = 20
LONGEST = 12
_NUMBER = re.compile(r"\d{5}")


def samples(profile: Profile, meaning: str, *, sensitive: bool, lexicon: Lexicon) -> tuple[str, ...]:
    """Return what may be shown of a column: the most frequent value of a list of codes, else masked values."""
    common = None if sensitive else _common(profile, meaning, lexicon)
    return (common,) if common else tuple(dict.fromkeys(mask(value, meaning) for value in profile.shown))


def _common(profile: Profile, meaning: str, lexicon: Lexicon) -> str | None:
    """Return the most frequent value when at least twenty rows share it and it can name nobody."""
    if meaning not in CODE_LISTS or not profile.tally or profile.share("romanised") >= HALF:
        return None
    value, count = min(profile.tally.items(), key=lambda pair: (-pair[1], pair[0]))
    fits = count >= SHARED and 0 < len(value) <= LONGEST and value.isprintable() and not _NUMBER.search(value)
    named = meaning in _OPEN and profile.share("surname") >= HALF and _is_short_name(value, lexicon)
    return value if fits and not named else None


def _is_short_name(value: str, lexicon: Lexicon) -> bool:
    """Tell whether a value of a column in which most have the form of names is no longer than most names are."""
    return len(value) <= _NAME or value.startswith(lexicon.words["compound_surnames"])
