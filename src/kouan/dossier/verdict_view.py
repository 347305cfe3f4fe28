"""Verdicts before and after treatment, rule by rule, as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kouan.model.risk import RiskReport, Verdict


@dataclass(frozen=True, slots=True)
class Row:
    """One rule; `now` is its verdict on what leaves: after treatment, where there was any."""

    before: Verdict
    after: Verdict | None

    @property
    def now(self) -> Verdict:
        """The verdict that counts."""
        return self.after or self.before


def rows_of(report: RiskReport | None) -> tuple[Row, ...]:
    """Return the rules in the order of their file."""
    if report is None:
        return ()
    after = {one.rule: one for one in report.after.verdicts} if report.after else {}
    return tuple(Row(one, after.get(one.rule)) for one in report.before.verdicts)
