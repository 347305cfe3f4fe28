"""Wilson score intervals and the risk above control, as Anonymeter defines them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from statistics import NormalDist

from kouan.model.attacks import Risk, Successes

_PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Sampling:
    """What all evaluators share.

    Attributes:
        attacks: tries; fewer where there are fewer persons.
        seed: of every draw.
        confidence: of the intervals, between 0 and 1.
    """

    attacks: int = 1000
    seed: int = 1
    confidence: float = 0.95

    @property
    def z(self) -> float:
        """Half-width of the interval in standard deviations."""
        return NormalDist().inv_cdf((1 + self.confidence) / 2)


def successes(worked: float, attacks: int, z: float) -> Successes:
    """Return a rate with its Wilson score interval (Wilson 1927); nothing tried leaves 0 to 1."""
    if attacks == 0:
        return Successes(attacks=0, successes=Decimal(0), rate=Decimal(0), lo=Decimal(0), hi=Decimal(1))
    worked = float(decimal(worked))  # all else follows from what is written, so that others can work it out again
    centre, error = _wilson(worked, attacks, z)
    return Successes(
        attacks=attacks,
        successes=decimal(worked),
        rate=decimal(worked / attacks),
        lo=_bound(centre - error),
        hi=_bound(centre + error),
    )


def risk(main: Successes, control: Successes | None, z: float) -> Risk:
    """Return R = (a - c) / (1 - c) with the error propagated; a alone without a control.

    a and c are the centres of the Wilson intervals, as in Anonymeter 1.1.0, so that neither is ever 0 or 1. Nothing
    tried says nothing: the interval is then 0 to 1.
    """
    if main.attacks == 0 or (control is not None and control.attacks == 0):
        return Risk(value=Decimal(0), lo=Decimal(0), hi=Decimal(1), above_control=control is not None)
    a, error_a = _wilson(float(main.successes), main.attacks, z)
    if control is None:
        return Risk(value=_bound(a), lo=_bound(a - error_a), hi=_bound(a + error_a), above_control=False)
    c, error_c = _wilson(float(control.successes), control.attacks, z)
    value = (a - c) / (1 - c)
    error = sqrt((error_a / (1 - c)) ** 2 + (error_c * (1 - a) / (1 - c) ** 2) ** 2)
    return Risk(value=_bound(value), lo=_bound(value - error), hi=_bound(value + error), above_control=True)


def decimal(value: float) -> Decimal:
    """Return a number of a document: whole, or with six places."""
    return Decimal(int(value)) if value == int(value) else Decimal(value).quantize(_PLACES)


def _wilson(worked: float, attacks: int, z: float) -> tuple[float, float]:
    whole = attacks + z * z
    spread = max(worked * (attacks - worked) / attacks, 0.0)
    return (worked + z * z / 2) / whole, z / whole * sqrt(spread + z * z / 4)


def _bound(value: float) -> Decimal:
    return decimal(min(max(value, 0.0), 1.0))
