"""Every rule of the file of thresholds, judged on the same measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.thresholds import Degrees, LargestRisk, MoreThan, OverallRisk, Product
from kouan.risk.verdicts.degrees import by_degrees
from kouan.risk.verdicts.harbour import by_list
from kouan.risk.verdicts.numeric import by_largest_risk, by_overall_risk, by_persons
from kouan.risk.verdicts.product import by_product

if TYPE_CHECKING:
    from kouan.model.risk import Verdict
    from kouan.model.thresholds import ThresholdRule, Thresholds
    from kouan.risk.verdicts.evidence import Evidence


def judge(thresholds: Thresholds, evidence: Evidence) -> tuple[Verdict, ...]:
    """Return what each standard says of a release, in the order of the file."""
    return tuple(_judged(rule, evidence) for rule in thresholds.rules)


def _judged(rule: ThresholdRule, evidence: Evidence) -> Verdict:
    if isinstance(rule, OverallRisk):
        return by_overall_risk(rule, evidence)
    if isinstance(rule, MoreThan):
        return by_persons(rule, evidence)
    if isinstance(rule, LargestRisk):
        return by_largest_risk(rule, evidence)
    if isinstance(rule, Product):
        return by_product(rule, evidence)
    if isinstance(rule, Degrees):
        return by_degrees(rule, evidence)
    return by_list(rule, evidence)
