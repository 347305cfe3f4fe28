"""Counts of identifiers in a column, judged against chance, with Wilson intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist
from typing import TYPE_CHECKING

from kouan.model.base import ratio
from kouan.model.inventory import Finding
from kouan.recognize.identifier import NEVER
from kouan.recognize.identifiers import BY_ID, IDENTIFIERS

if TYPE_CHECKING:
    from kouan.recognize.identifier import Identifier
    from kouan.recognize.profile import Profile

_Z = Decimal("1.959964")  # 97.5 % quantile of the normal distribution
_SIX = Decimal("0.000001")


def _is_mark(one: Identifier) -> bool:
    """Tell whether a recognizer only marks some of another's: the sole traders among credit codes."""
    return one.stops == NEVER and any(one.id.startswith(f"{other.id}.") for other in IDENTIFIERS)


CHANCE = {one.id: one.chance for one in IDENTIFIERS if not _is_mark(one)}
"""Identifiers that a column can be, strongest first, and the share of random strings of the format that pass."""
GOOD = 0.9  # share of right check digits from which a column is that identifier
HALF = 0.5
_BY_LUCK = 0.001
"""Of a thousand columns of random numbers one may look as if it held the identifier."""
_EXACT = 500


def wilson(hits: int, total: int) -> tuple[Decimal, Decimal]:
    """Return the 95 % Wilson score interval of a share (Wilson 1927); (0, 0) of nothing."""
    if total == 0:
        return Decimal(0), Decimal(0)
    n, p = Decimal(total), Decimal(hits) / Decimal(total)
    square = _Z * _Z
    centre = p + square / (2 * n)
    spread = _Z * ((p * (1 - p) + square / (4 * n)) / n).sqrt()
    low, high = ((centre + sign * spread) / (1 + square / n) for sign in (-1, 1))
    return max(Decimal(0), low).quantize(_SIX), min(Decimal(1), high).quantize(_SIX)


def luck(right: int, seen: int, chance: float) -> float:
    """Return how likely so many right checks, or more, are among random strings of the format (binomial)."""
    if seen > _EXACT:
        spread = math.sqrt(seen * chance * (1 - chance))
        return 1 - NormalDist().cdf((right - 0.5 - seen * chance) / spread)
    tail = range(right, seen + 1)
    return sum(math.comb(seen, count) * chance**count * (1 - chance) ** (seen - count) for count in tail)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often one identifier stands in a column.

    Attributes:
        id: of the recognizer.
        right, format: whole cells with a right check, and with the format only.
        inside_right, inside_format: cells that hold it inside longer text.
        filled: cells that hold something.
        distinct: different values of the column; None when more than are kept.
    """

    id: str
    right: int
    format: int
    inside_right: int
    inside_format: int
    filled: int
    distinct: int | None = None

    @property
    def kind(self) -> Identifier:
        """The recognizer."""
        return BY_ID[self.id]

    @property
    def whole(self) -> int:
        """Whole cells of the format, whatever their check digit."""
        return self.right + self.format

    @property
    def share(self) -> float:
        """Share of filled cells that are this identifier as a whole, whatever their check digit."""
        return self.whole / self.filled if self.filled else 0.0

    @property
    def passing(self) -> float:
        """Share of right check digits among whole cells of the format."""
        return self.right / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """Wilson interval of `passing`; a value that repeats is one observation, not many."""
        seen = self.whole if self.distinct is None else min(self.whole, self.distinct)
        return wilson(round(self.passing * seen), seen)

    @property
    def checked(self) -> bool:
        """Tell whether its values can be told from others: by a check digit, or by a structure that is seen here."""
        return CHANCE[self.id] < 1.0 or self.right + self.inside_right > 0

    @property
    def beyond_chance(self) -> bool:
        """Tell whether right check digits are more than random numbers of this format would show."""
        chance = CHANCE[self.id]
        if chance == 1.0:
            return self.whole > 0
        return float(self.interval[0]) > min(2 * chance, (1 + chance) / 2)

    @property
    def sure(self) -> bool:
        """Tell whether values are known by their check digits, or by a structure that nothing else has."""
        return self.passing >= GOOD and (self.kind.alone if CHANCE[self.id] == 1.0 else self.beyond_chance)

    @property
    def hidden(self) -> int:
        """Cells, whole or inside text, that hold it beyond doubt; 0 when no more pass than chance lets pass."""
        right, seen = self.right + self.inside_right, self.whole + self.inside
        chance = CHANCE[self.id]
        if chance == 1.0:
            return right
        if self.kind.rare:
            return right if float(wilson(right, seen)[0]) > 2 * chance else 0
        return right if luck(right, seen, chance) < _BY_LUCK else 0

    @property
    def inside(self) -> int:
        """Cells that hold it inside longer text."""
        return self.inside_right + self.inside_format

    def finding(self, *, named: bool) -> Finding:
        """Return it for the inventory; without a check digit only the column's name confirms (DESIGN: tiers)."""
        right = self.hidden if named or self.kind.alone else 0
        rest = self.whole + self.inside - right
        if named and CHANCE[self.id] == 1.0:
            right, rest = right + rest, 0
        low, high = wilson(right + rest, self.filled)
        return Finding(
            identifier=self.id,
            label=self.kind.label,
            confirmed=right,
            suspected=rest,
            share=ratio(right + rest, self.filled),
            wilson_lo=low,
            wilson_hi=high,
        )


def evidence_of(profile: Profile) -> dict[str, Evidence]:
    """Return the evidence for each identifier in a column, strongest first."""
    return {
        key: Evidence(
            id=key,
            right=profile.counts[f"{key}/whole/2"],
            format=profile.counts[f"{key}/whole/1"],
            inside_right=profile.counts[f"{key}/inside/2"],
            inside_format=profile.counts[f"{key}/inside/1"],
            filled=profile.filled,
            distinct=None if profile.distinct is None else len(profile.distinct),
        )
        for key in CHANCE
    }


def findings(profile: Profile, meaning: str, *, identifier: str | None, named: bool) -> tuple[Finding, ...]:
    """Return what to report of a column: the identifier it is, what exceeds chance, and what stands in its text.

    Args:
        profile: of the column.
        meaning: of the column.
        identifier: that the column was judged to be; the cells it has for certain are not given to a weaker one.
        named: whether the column's name or its context confirms it.
    """
    found = evidence_of(profile)
    winner = found.get(identifier or "")
    kept = []
    for one in found.values():
        if one.whole + one.inside == 0:
            continue
        own = one.id in (identifier, meaning)
        taken = winner is not None and winner is not one and not one.checked and one.whole + winner.whole > one.filled
        shown = one.inside > 0 or (one.beyond_chance and (one.checked or one.share > HALF))
        if own or (shown and not taken):
            kept.append(one.finding(named=named and own))
    return tuple(sorted(kept, key=lambda one: (-one.confirmed, -one.suspected, one.identifier)))
