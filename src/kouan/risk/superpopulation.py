"""How many persons of a population are unique in it, estimated from the class sizes of a sample.

Three models, and the choice between them by Dankar and others, BMC Med Inform Decis Mak 12:66 (2012). They hold for a
simple random sample without replacement in which a record is a person.
"""

from __future__ import annotations

from math import exp, lgamma, log
from typing import TYPE_CHECKING

from kouan.model.base import ratio
from kouan.model.risk import PopulationUniques
from kouan.risk import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kouan.model.base import Ratio
    from kouan.risk.distribution import Distribution

_SMALL = 0.1
"""Sampling fraction up to which the rule takes Pitman's model."""

_STEPS = 80
_GOLDEN = 0.6180339887498949
_CLOSE = 1e-9


def population_uniques(sizes: Distribution, size: int) -> PopulationUniques:
    """Estimate the share of a population that is unique in it.

    Args:
        sizes: class sizes of the sample.
        size: persons of the population.

    Raises:
        KouanError: K-RSK-006 when the population is smaller than the sample.
    """
    n = sizes.records
    if size < n:
        raise messages.POPULATION_SMALL.at("population", size=size, records=n)
    fraction = n / size if size else 1.0
    found = {
        "zayatz": zayatz(sizes, size),
        "pitman": pitman(sizes, size),
        "snb": shifted_negative_binomial(sizes, size),
    }
    model = _chosen(found, fraction)
    return PopulationUniques(
        size=size,
        fraction=ratio(n, size),
        zayatz=_share(found["zayatz"], size),
        pitman=_share(found["pitman"], size),
        snb=_share(found["snb"], size),
        estimate=None if model is None else _share(found[model], size),
        model=model,
        conditions=messages.POPULATION_CONDITIONS,
    )


def _chosen(found: dict[str, float | None], fraction: float) -> str | None:
    """Dankar's rule: up to 0.1 Pitman, else the lower of SNB and Zayatz; Zayatz where the other one does not fit."""
    other = "pitman" if fraction <= _SMALL else "snb"
    if found[other] is None:
        return "zayatz" if found["zayatz"] is not None else None
    if other == "pitman" or found["zayatz"] is None:
        return other
    return min(("snb", "zayatz"), key=lambda name: found[name] or 0.0)


def _share(uniques: float | None, size: int) -> Ratio | None:
    return None if uniques is None else ratio(round(min(uniques, size) * 10**6), size * 10**6)


def zayatz(sizes: Distribution, size: int) -> float | None:
    """Return the estimate of Zayatz (1991): s1 P(F=1|f=1) N/n, class sizes of the population taken from the sample."""
    n = sizes.records
    if n == 0:
        return None
    singles = dict(sizes.sizes).get(1, 0)
    # Hypergeometric: of a class of j, exactly one falls into the sample.
    drawn = [(count, _one_drawn(j, n, size)) for j, count in sizes.sizes]
    total = sum(count * likely for count, likely in drawn)
    if not singles or total <= 0:
        return 0.0
    return singles * (singles * _one_drawn(1, n, size) / total) * size / n


def _one_drawn(j: int, n: int, size: int) -> float:
    if j > size - n + 1:
        return 0.0
    return exp(log(j) + _choose(size - j, n - 1) - _choose(size, n))


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def pitman(sizes: Distribution, size: int) -> float | None:
    """Return the estimate of Pitman's model (Hoshino 2001), parameters by maximum likelihood; None where it has none.

    The likelihood is maximised over theta for each alpha, and over alpha in (0, 1).
    """
    n, classes = sizes.records, sizes.classes
    singles = dict(sizes.sizes).get(1, 0)
    if singles in (0, n) or classes < 2:  # noqa: PLR2004 - one class says nothing of how sizes vary
        return None

    def best_theta(alpha: float) -> float:
        return exp(
            _highest(lambda raised: _likelihood(sizes.sizes, n, classes, alpha=alpha, theta=exp(raised)), -9, 25)
        )

    def profile(alpha: float) -> float:
        return _likelihood(sizes.sizes, n, classes, alpha=alpha, theta=best_theta(alpha))

    alpha = _highest(profile, 1e-6, 1 - 1e-6)
    theta = best_theta(alpha)
    if alpha < 1e-4 or alpha > 1 - 1e-4:  # noqa: PLR2004 - at the edge there is no maximum inside
        return None
    return exp(lgamma(1 + theta) - lgamma(theta + alpha) + alpha * log(size))


def _likelihood(sizes: Sequence[tuple[int, int]], n: int, classes: int, *, alpha: float, theta: float) -> float:
    """Log-likelihood of Pitman's sampling formula without what does not depend on its parameters."""
    value = (classes - 1) * log(alpha) + lgamma(theta / alpha + classes) - lgamma(theta / alpha + 1)
    value -= lgamma(theta + n) - lgamma(theta + 1)
    return value + sum(count * (lgamma(j - alpha) - lgamma(1 - alpha)) for j, count in sizes if j > 1)


def shifted_negative_binomial(sizes: Distribution, size: int) -> float | None:
    """Return the estimate by a shifted negative binomial (Chen, Keller-McNulty 1998); None where it does not fit.

    A class of the population has 1 + NB(a, b) persons. Under binomial sampling the expected classes and singles of
    the sample, for the K classes that make up the population, are set equal to those seen.
    """
    n, classes = sizes.records, sizes.classes
    singles = dict(sizes.sizes).get(1, 0)
    if not 0 < singles < n:
        return None
    drawn = n / size

    def missing(a: float, b: float) -> tuple[float, float]:
        whole = size / (1 + a * b / (1 - b))
        left = 1 - drawn
        scale = ((1 - b) / (1 - b * left)) ** a
        seen = whole * (1 - left * scale)
        once = whole * drawn * scale * (1 + left * a * b / (1 - b * left))
        return seen / classes - 1, once / singles - 1

    solved = _solve(missing)
    if solved is None:
        return None
    a, b = solved
    return float(size / (1 + a * b / (1 - b)) * (1 - b) ** a)


def _solve(missing: Callable[[float, float], tuple[float, float]]) -> tuple[float, float] | None:
    """Solve two equations in a > 0 and 0 < b < 1 by Newton's method from several starts; None where none ends."""
    for start in ((-1.0, 0.0), (0.0, 2.0), (-2.0, 3.0), (1.0, -2.0), (-3.0, 5.0), (2.0, -4.0), (-5.0, 8.0)):
        found = _newton(lambda u, v: missing(exp(u), 1 / (1 + exp(-v))), start)
        if found is not None:
            return exp(found[0]), 1 / (1 + exp(-found[1]))
    return None


def _newton(
    missing: Callable[[float, float], tuple[float, float]], start: tuple[float, float]
) -> tuple[float, float] | None:
    u, v = start
    try:
        for _ in range(_STEPS):
            f, g = missing(u, v)
            if max(abs(f), abs(g)) < _CLOSE:
                return u, v
            step = 1e-6
            fu, gu = ((x - y) / step for x, y in zip(missing(u + step, v), (f, g), strict=True))
            fv, gv = ((x - y) / step for x, y in zip(missing(u, v + step), (f, g), strict=True))
            bottom = fu * gv - fv * gu
            du, dv = (f * gv - g * fv) / bottom, (g * fu - f * gu) / bottom
            longest = max(abs(du), abs(dv), 1.0)
            u, v = u - du / longest, v - dv / longest
    except (OverflowError, ZeroDivisionError, ValueError):
        return None
    return None


def _highest(value: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function with one top is highest, by golden section."""
    a, b = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    fa, fb = value(a), value(b)
    for _ in range(_STEPS):
        if fa >= fb:
            high, b, fb = b, a, fa
            a = high - _GOLDEN * (high - low)
            fa = value(a)
        else:
            low, a, fa = a, b, fb
            b = low + _GOLDEN * (high - low)
            fb = value(b)
        if high - low < _CLOSE * 10:
            break
    return (low + high) / 2
