"""Which persons of a decided transfer enter the year's counters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.model.facts import Range

if TYPE_CHECKING:
    from kouan.model.decision import Decision, FlowDecision


@dataclass(frozen=True, slots=True)
class Counted:
    """Persons for both counters (order 16 Arts 5, 7, 8)."""

    ordinary: Range
    sensitive: Range


def counted(decision: Decision) -> Counted:
    """Return the sums over the flows: exempt flows stay out, doubtful ones widen the upper end."""
    total = Counted(Range(lo=0, hi=0), Range(lo=0, hi=0))
    for flow in decision.flows:
        total = Counted(
            total.ordinary.plus(_persons(decision, flow, "flow.ordinary_persons")),
            total.sensitive.plus(_persons(decision, flow, "flow.sensitive_persons")),
        )
    return total


def _persons(decision: Decision, flow: FlowDecision, name: str) -> Range:
    if flow.counted is False:
        return Range(lo=0, hi=0)
    facts = next(part.facts for part in decision.facts.flows if part.id == flow.id)
    value = next((fact.value for fact in facts if fact.name == name), None)
    if not isinstance(value, Range):
        return Range(lo=0, hi=None)
    return value if flow.counted else Range(lo=0, hi=value.hi)
