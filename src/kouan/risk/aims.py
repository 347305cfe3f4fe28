"""What a verdict asks of every class of a table, so that a search can aim at it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from kouan.model.declaration import ReleaseMode
from kouan.model.thresholds import Degrees, LargestRisk, MoreThan, OverallRisk, Product
from kouan.risk.grade import overall_of
from kouan.risk.verdicts.evidence import in_scope
from kouan.risk.verdicts.product import sharing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kouan.model.inventory import Item
    from kouan.model.thresholds import ThresholdRule, Thresholds
    from kouan.risk.distribution import Distribution
    from kouan.risk.setting import Setting

_CONFIRMED = ("H", "M")
_IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True)
class Aim:
    """What must hold of every class of a table.

    Attributes:
        least: no class may be smaller; below it no verdict aimed at can hold.
        sure: where no class is smaller than this, the class sizes meet every one of them.
        l: different values of every sensitive attribute in each class; None asks for none.
        t: distance of every sensitive attribute from the table; None asks for none.
        average: rules that look at the average of the classes too, with where the data go.
    """

    least: int = 1
    sure: int = 1
    l: int | None = None  # noqa: E741 - its name in the field
    t: Decimal | None = None
    average: tuple[tuple[OverallRisk, Setting], ...] = ()

    def meets(self, sizes: Distribution) -> bool:
        """Tell whether classes of these sizes meet what is asked of sizes."""
        if sizes.records and sizes.k < self.least:
            return False
        return all(overall_of(sizes, rule, setting) < Fraction(rule.acceptable) for rule, setting in self.average)

    def joined(self, other: Aim) -> Aim:
        """Return what asks for both."""
        return Aim(
            least=max(self.least, other.least),
            sure=max(self.sure, other.sure),
            l=max((one for one in (self.l, other.l) if one is not None), default=None),
            t=min((one for one in (self.t, other.t) if one is not None), default=None),
            average=(*self.average, *other.average),
        )


def aim_of(rule: ThresholdRule, setting: Setting) -> Aim | None:
    """Return what a rule asks of classes; None for a rule that is about which items are there and not about classes.

    Where a draft takes l or t, l is aimed at.

    Raises:
        KouanError: K-RSK-003 for a sharing scenario that the rule does not have.
    """
    if isinstance(rule, OverallRisk):
        least = rule.least[setting.mode]
        below = floor(setting.probability(rule) / Fraction(rule.acceptable)) + 1
        return Aim(least=least, sure=max(least, below), average=((rule, setting),))
    if isinstance(rule, MoreThan):
        return _sizes(rule.persons + 1)
    if isinstance(rule, LargestRisk):
        return _sizes(ceil(1 / Fraction(rule.at_most)))
    if isinstance(rule, Product):
        scenario, _ = sharing(rule, setting)
        given = setting.environment
        return _sizes(ceil(Fraction(scenario.divisor) / Fraction(rule.environment if given is None else given)))
    return _degree(rule, setting) if isinstance(rule, Degrees) else None


def default_rules(thresholds: Thresholds, items: Sequence[Item], setting: Setting) -> tuple[ThresholdRule, ...]:
    """Return the rules in force, confirmed by their text or a copy, that are about such a release or may be."""
    return tuple(
        rule
        for rule in thresholds.rules
        if rule.status == _IN_FORCE and rule.confidence in _CONFIRMED and in_scope(rule, items, setting) is not False
    )


def _sizes(least: int) -> Aim:
    return Aim(least=least, sure=least)


def _degree(rule: Degrees, setting: Setting) -> Aim:
    """Return the parameters of the least degree that is enough for this scenario and environment."""
    risk = setting.scenario_risk or rule.recipient_abroad
    if risk not in rule.bounds:
        risk = next(iter(rule.bounds))
    levels = ("none", "basic", "enhanced")
    secure = setting.secure if setting.mode is ReleaseMode.ENCLAVE and setting.secure is not None else "none"
    enough = [one.degree for one in rule.needs if one.risk == risk and levels.index(one.secure) <= levels.index(secure)]
    degrees = enough if rule.required is None else [rule.required]
    bounds = min((rule.bounds[risk][one] for one in degrees), key=lambda one: one.k)
    ceilings = [ceil(1 / Fraction(one)) for one in (bounds.largest, bounds.average) if one is not None]
    return Aim(
        least=max(bounds.k, *ceilings) if ceilings else bounds.k,
        sure=max(bounds.k, *ceilings) if ceilings else bounds.k,
        l=bounds.l,
        t=None if rule.either and bounds.l is not None else bounds.t,
    )
