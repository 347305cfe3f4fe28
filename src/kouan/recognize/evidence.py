"""Counts of identifiers in a column, judged against chance, with Wilson intervals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kouan.model.base import ratio
from kouan.model.inventory import Finding
from kouan.recognize.identifier import NEVER
from kouan.recognize.identifiers import IDENTIFIERS

if TYPE_CHECKING:
    from kouan.recognize.profile import Profile

_Z = Decimal("1.959964")  # 97.5 % quantile of the normal distribution
_SIX = Decimal("0.000001")
CHANCE = {one.id: one.chance for one in IDENTIFIERS if one.stops != NEVER}
"""Share of random strings of a format that pass its check."""
GOOD = 0.9  # share of right check digits from which a column is that identifier
HALF = 0.5


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


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often one identifier stands in a column.

    Attributes:
        id: of the recognizer.
        right, format: whole cells with a right check, and with the format only.
        inside_right, inside_format: cells that hold it inside longer text.
        filled: cells that hold something.
    """

    id: str
    right: int
    format: int
    inside_right: int
    inside_format: int
    filled: int

    @property
    def share(self) -> float:
        """Share of filled cells that are this identifier as a whole, whatever their check digit."""
        return (self.right + self.format) / self.filled if self.filled else 0.0

    @property
    def passing(self) -> float:
        """Share of right check digits among whole cells of the format."""
        whole = self.right + self.format
        return self.right / whole if whole else 0.0

    @property
    def beyond_chance(self) -> bool:
        """Tell whether right check digits are more than random numbers of this format would show."""
        if CHANCE[self.id] == 1.0:
            return self.right + self.format > 0
        low, _ = wilson(self.right, self.right + self.format)
        return float(low) > 2 * CHANCE[self.id]

    @property
    def inside(self) -> int:
        """Cells that hold it inside longer text."""
        return self.inside_right + self.inside_format

    def finding(self, *, named: bool) -> Finding:
        """Return it for the inventory; without a check digit only the column's name confirms (DESIGN: tiers)."""
        right, rest = self.right + self.inside_right, self.format + self.inside_format
        if named and CHANCE[self.id] == 1.0:
            right, rest = right + rest, 0
        low, high = wilson(right + rest, self.filled)
        return Finding(
            identifier=self.id,
            confirmed=right,
            suspected=rest,
            share=ratio(right + rest, self.filled),
            wilson_lo=low,
            wilson_hi=high,
        )


def evidence_of(profile: Profile) -> dict[str, Evidence]:
    """Return the evidence for each identifier in a column."""
    return {
        key: Evidence(
            id=key,
            right=profile.counts[f"{key}/whole/2"],
            format=profile.counts[f"{key}/whole/1"],
            inside_right=profile.counts[f"{key}/inside/2"],
            inside_format=profile.counts[f"{key}/inside/1"],
            filled=profile.filled,
        )
        for key in CHANCE
    }


def findings(profile: Profile, meaning: str, *, named: bool) -> tuple[Finding, ...]:
    """Return what to report of a column: the identifier it is, what exceeds chance, and what stands in its text."""
    kept = []
    for one in evidence_of(profile).values():
        whole = one.right + one.format
        shown = one.inside > 0 or (
            one.beyond_chance and (CHANCE[one.id] < 1.0 or one.id == "email" or one.share > HALF)
        )
        if (one.id == meaning and whole + one.inside > 0) or shown:
            kept.append(one.finding(named=named and one.id == meaning))
    return tuple(sorted(kept, key=lambda one: (-one.confirmed, -one.suspected, one.identifier)))
