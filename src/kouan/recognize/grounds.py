"""What a verdict rests on, as the inventory keeps it: names, counts, intervals, chance; never a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.base import ratio
from kouan.model.inventory import Count, Grounds
from kouan.recognize.evidence import CHANCE, evidence_of
from kouan.recognize.in_texts import texts_of
from kouan.recognize.judge import said_by_name

if TYPE_CHECKING:
    from kouan.recognize.columns import Column
    from kouan.recognize.evidence import Evidence
    from kouan.recognize.lexicon import Lexicon

_MILLION = 1_000_000


def grounds_of(column: Column, lexicon: Lexicon) -> Grounds:
    """Return what the verdict on a column rests on."""
    profile, match, calls = column.profile, column.match, column.reading.calls
    return Grounds(
        tokens=match.tokens,
        matched=match.matched,
        said=said_by_name(match, lexicon),
        context=tuple(dict.fromkeys((*calls.column.values(), *calls.table.values()))),
        counts=tuple(_count(one) for one in evidence_of(profile).values() if one.whole + one.inside),
        looked=profile.looked,
        texts=texts_of(profile, column.reading.meaning, lexicon),
    )


def _count(one: Evidence) -> Count:
    chance = CHANCE[one.id]
    low, high = one.interval
    return Count(
        identifier=one.id,
        label=one.kind.label,
        right=one.right,
        format=one.format,
        inside_right=one.inside_right,
        inside_format=one.inside_format,
        passing_lo=low,
        passing_hi=high,
        chance=None if chance == 1.0 else ratio(round(chance * _MILLION), _MILLION),
    )
