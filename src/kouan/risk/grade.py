"""Grade 1 to 4 of GB/T 42460-2023: the qualitative gate first, then annex D."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
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
    from kouan.risk.table import Measured

LEAST = {ReleaseMode.PUBLIC: 20, ReleaseMode.CONTROLLED: 5, ReleaseMode.ENCLAVE: 3}
"""1/tau of each release mode: the smallest class whose risk is not above tau (annex D)."""

THRESHOLD = Fraction(1, 20)
"""Overall acceptable risk, 0.05 (D.1.5)."""

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Context:
    """How likely an attack is where the data will be; the largest of the three counts (annex D).

    Attributes:
        attempt: deliberate attempt, by the recipient's control against its motive and capacity.
        acquaintance: 1 - (1 - p)^m that somebody knows a person in the data; None when p is not known.
        breach: by the recipient's control.
    """

    attempt: Decimal
    acquaintance: Decimal | None
    breach: Decimal

    @property
    def probability(self) -> Fraction:
        """The probability of the context."""
        return Fraction(max(self.attempt, self.acquaintance or Decimal(0), self.breach))


DEFAULT_CONTEXT = Context(attempt=Decimal("0.3"), acquaintance=None, breach=Decimal("0.27"))
"""Medium control, motive and capacity; not confirmed against the standard's text (medium confidence)."""


def grade(tables: Sequence[Measured], mode: ReleaseMode, context: Context = DEFAULT_CONTEXT) -> Grade:
    """Grade a whole release by its worst table.

    R_a is read strictly: one class with 1/f_j > tau makes R = 1. Otherwise R = R_b for public release, and R_c times
    the context probability for the other modes; R >= 0.05 is grade 2, below is grade 3. Kept free text may hold
    direct identifiers and is graded 1. A pseudonym still links a person's records and excludes grade 4.
    """
    direct = [item for table in tables for item in table.roles.direct]
    if direct:
        why = messages.REASON_DIRECT.fill(count=len(direct), items=_names(direct))
        return _grade(1, mode, None, why=why)
    free_text = [item for table in tables for item in table.roles.free_text]
    if free_text:
        return _grade(1, mode, None, why=messages.REASON_FREE_TEXT.fill(items=_names(free_text)))
    judged = [table for table in tables if table.roles.quasi or table.roles.pseudonyms]
    if not judged:
        return _grade(4, mode, None, why=messages.REASON_NOTHING)
    worst = max(judged, key=lambda table: overall(table, mode, context))
    risk = overall(worst, mode, context)
    number = 2 if risk >= THRESHOLD else 3
    return _grade(number, mode, risk, why=_why(worst, mode, context, number=number))


def overall(table: Measured, mode: ReleaseMode, context: Context) -> Fraction:
    """Return R of one table (annex D)."""
    sizes = table.distribution
    if sizes.classes_below(LEAST[mode]):
        return Fraction(1)
    return sizes.largest_risk if mode is ReleaseMode.PUBLIC else sizes.class_average * context.probability


def _grade(number: int, mode: ReleaseMode, risk: Fraction | None, *, why: Text) -> Grade:
    return Grade(
        grade=number,
        tau=ratio(1, LEAST[mode]),
        risk=None if risk is None else ratio(*risk.as_integer_ratio()),
        threshold=ratio(*THRESHOLD.as_integer_ratio()),
        reason=why,
    )


def _why(worst: Measured, mode: ReleaseMode, context: Context, *, number: int) -> Text:
    least = LEAST[mode]
    small = worst.distribution.classes_below(least)
    entity = worst.roles.name
    if small:
        unit = messages.ROWS if worst.report.unit == "row" else messages.PEOPLE
        return messages.REASON_CLASSES.fill(entity=entity, classes=small, least=least, unit=unit, tau=f"1/{least}")
    return messages.REASON_RISK.fill(
        tau=f"1/{least}",
        risk=ratio(*overall(worst, mode, context).as_integer_ratio()),
        entity=entity,
        verdict=messages.BELOW if number > 2 else messages.NOT_BELOW,  # noqa: PLR2004 - grade 3 is below the threshold
        threshold="0.05",
        grade=number,
        context=messages.CONTEXT_PUBLIC if mode is ReleaseMode.PUBLIC else _context(context),
    )


def _context(context: Context) -> Text:
    inputs = messages.CONTEXT_DEFAULT
    if context != DEFAULT_CONTEXT:
        acquaintance = "-" if context.acquaintance is None else context.acquaintance
        inputs = messages.CONTEXT_INPUTS.fill(attempt=context.attempt, acquaintance=acquaintance, breach=context.breach)
    probability = ratio(*context.probability.as_integer_ratio()).normalize()
    return messages.CONTEXT_GIVEN.fill(probability=probability, inputs=inputs)


def _names(items: Sequence[Item]) -> Text:
    names = [item.name for item in items[:_SHOWN]]
    more = len(items) > _SHOWN
    return Text(zh="、".join(names) + ("等" if more else ""), en=", ".join(names) + (", …" if more else ""))
