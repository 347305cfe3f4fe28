"""Grade 1 to 4 of GB/T 42460-2023: the qualitative gate first, then annex D."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kouan.model.base import ratio
from kouan.model.declaration import ReleaseMode
from kouan.model.risk import Grade
from kouan.model.text import Text
from kouan.risk import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.model.inventory import Item
    from kouan.model.thresholds import OverallRisk
    from kouan.risk.distribution import Distribution
    from kouan.risk.setting import Setting
    from kouan.risk.table import Measured

_SHOWN = 3


def grade(tables: Sequence[Measured], rule: OverallRisk, setting: Setting) -> Grade:
    """Grade a whole release by its worst table.

    R_a is read strictly: one class with 1/f_j > tau makes R = 1. Otherwise R = R_b for public release, and R_c times
    the context probability for the other modes; R at the threshold or above is grade 2, below is grade 3. Kept free
    text may hold direct identifiers and is graded 1. A pseudonym still links a person's records and excludes grade 4.
    """
    direct = [item for table in tables for item in table.roles.direct]
    if direct:
        why = messages.REASON_DIRECT.fill(count=len(direct), items=_names(direct))
        return _grade(1, rule, setting, risk=None, why=why)
    free_text = [item for table in tables for item in table.roles.free_text]
    if free_text:
        return _grade(1, rule, setting, risk=None, why=messages.REASON_FREE_TEXT.fill(items=_names(free_text)))
    worst = deciding(tables, rule, setting)
    if worst is None:
        return _grade(4, rule, setting, risk=None, why=messages.REASON_NOTHING)
    risk = overall(worst, rule, setting)
    number = 2 if risk >= Fraction(rule.acceptable) else 3
    return _grade(number, rule, setting, risk=risk, why=_why(worst, rule, setting, number=number))


def deciding(tables: Sequence[Measured], rule: OverallRisk, setting: Setting) -> Measured | None:
    """Return the table with the highest overall risk; None where no table tells anybody apart."""
    judged = [table for table in tables if table.roles.quasi or table.roles.pseudonyms]
    return max(judged, key=lambda table: overall(table, rule, setting), default=None)


def overall(table: Measured, rule: OverallRisk, setting: Setting) -> Fraction:
    """Return R of one table (annex D)."""
    return overall_of(table.distribution, rule, setting)


def overall_of(sizes: Distribution, rule: OverallRisk, setting: Setting) -> Fraction:
    """Return R of classes of these sizes."""
    if sizes.classes_below(rule.least[setting.mode]):
        return Fraction(1)
    public = setting.mode is ReleaseMode.PUBLIC
    return (sizes.largest_risk if public else sizes.class_average) * setting.probability(rule)


def _grade(number: int, rule: OverallRisk, setting: Setting, *, risk: Fraction | None, why: Text) -> Grade:
    return Grade(
        grade=number,
        tau=ratio(1, rule.least[setting.mode]),
        risk=None if risk is None else ratio(*risk.as_integer_ratio()),
        threshold=ratio(*Fraction(rule.acceptable).as_integer_ratio()),
        reason=why,
        confidence=rule.confidence,
    )


def _why(worst: Measured, rule: OverallRisk, setting: Setting, *, number: int) -> Text:
    least = rule.least[setting.mode]
    small = worst.distribution.classes_below(least)
    entity = worst.roles.name
    if small:
        unit = messages.ROWS if worst.report.unit == "row" else messages.PEOPLE
        return messages.REASON_CLASSES.fill(entity=entity, classes=small, least=least, unit=unit, tau=f"1/{least}")
    return messages.REASON_RISK.fill(
        tau=f"1/{least}",
        risk=ratio(*overall(worst, rule, setting).as_integer_ratio()),
        entity=entity,
        verdict=messages.BELOW if number > 2 else messages.NOT_BELOW,  # noqa: PLR2004 - grade 3 is below the threshold
        threshold=f"{rule.acceptable:f}",
        grade=number,
        context=messages.CONTEXT_PUBLIC if setting.mode is ReleaseMode.PUBLIC else _context(rule, setting),
    )


def _context(rule: OverallRisk, setting: Setting) -> Text:
    context = setting.context
    inputs = messages.CONTEXT_DEFAULT.fill(attempt=f"{rule.attempt:f}", breach=f"{rule.breach:f}")
    if context is not None:
        acquaintance = "-" if context.acquaintance is None else context.acquaintance
        inputs = messages.CONTEXT_INPUTS.fill(attempt=context.attempt, acquaintance=acquaintance, breach=context.breach)
    probability = ratio(*setting.probability(rule).as_integer_ratio()).normalize()
    return messages.CONTEXT_GIVEN.fill(probability=probability, inputs=inputs)


def _names(items: Sequence[Item]) -> Text:
    names = [item.name for item in items[:_SHOWN]]
    more = len(items) > _SHOWN
    return Text(zh="、".join(names) + ("等" if more else ""), en=", ".join(names) + (", …" if more else ""))
