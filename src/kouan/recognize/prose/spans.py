"""What is found in a text, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from kouan.model.inventory import Tier


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text that names somebody or something.

    Attributes:
        start, end: characters.
        kind: what it is: key of `words.LABELS`, or a meaning of the lexicon.
        left: what is written instead of a mark when it is taken out, such as the year of a date.
        tier: how sure: confirmed by a check digit or by words that allow nothing else, else suspected.
        why: rule that found it, such as `title` or `label`; of several, joined by `+`.
    """

    start: int
    end: int
    kind: str
    left: str | None = None
    tier: Tier = Tier.SUSPECTED
    why: str = ""
