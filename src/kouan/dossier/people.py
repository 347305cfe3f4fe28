"""Persons per flow as the report and the papers state them: of all, ordinary, sensitive, under 14."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.model.facts import FactSet, FlowFacts, Range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.model.decision import Decision
    from kouan.model.inventory import Inventory, PersonCount
    from kouan.model.text import Text


@dataclass(frozen=True, slots=True)
class People:
    """Persons of one flow; None where nothing is known.

    Attributes:
        id: the flow's id, or the subject role when nothing was decided.
        counted: whether they count towards the year; None when open.
        method: how they were told apart.
    """

    id: str
    label: Text | None
    subjects: tuple[str, ...]
    persons: Range | None
    ordinary: Range | None
    sensitive: Range | None
    under14: Range | None
    counted: bool | None
    method: tuple[Text, ...]


def people_of(inventory: Inventory, decision: Decision | None) -> tuple[People, ...]:
    """Return the persons of each flow of a decision, or of each subject when there is no decision yet."""
    if decision is None:
        return tuple(_of_subject(one) for one in inventory.persons)
    by_flow = {flow.id: flow for flow in decision.facts.flows}
    result = []
    for flow in decision.flows:
        counts = [one for one in inventory.persons if one.subject in flow.subjects]
        if not counts and flow.id not in by_flow:
            continue
        seen = _Seen(by_flow.get(flow.id), counts)
        row = People(
            id=flow.id,
            label=flow.label,
            subjects=flow.subjects,
            persons=seen.of("persons"),
            ordinary=seen.of("ordinary"),
            sensitive=seen.of("sensitive"),
            under14=seen.of("under14"),
            counted=flow.counted,
            method=tuple(one.method for one in counts),
        )
        if any((row.persons, row.ordinary, row.sensitive)):
            result.append(row)
    return tuple(result)


def range_fact(facts: FactSet, name: str) -> Range | None:
    """Return a transfer-level fact as a range when it is a known number."""
    return _number(next((fact.value for fact in facts.facts if fact.name == name), None))


def ordinary_of(persons: Range, sensitive: Range) -> Range:
    """Return persons without any sensitive item: all less the sensitive, as a range that cannot fall below zero."""
    lo = 0 if sensitive.hi is None else max(0, persons.lo - sensitive.hi)
    hi = None if persons.hi is None else max(lo, persons.hi - sensitive.lo)
    return Range(lo=lo, hi=hi)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Numbers of a flow: its facts first (they are what was decided on), then the inventory's count."""

    flow: FlowFacts | None
    counts: Sequence[PersonCount]

    def of(self, kind: str) -> Range | None:
        name = "flow.persons" if kind == "persons" else f"flow.{kind}_persons"
        if self.flow is not None:
            for fact in self.flow.facts:
                if fact.name == name and fact.value is not None:
                    return _number(fact.value)
        if not self.counts:
            return None
        values = [
            ordinary_of(one.persons, one.sensitive) if kind == "ordinary" else getattr(one, kind) for one in self.counts
        ]
        total: Range = values[0]
        for value in values[1:]:
            total = total.plus(value)
        return total


def _of_subject(one: PersonCount) -> People:
    return People(
        id=one.subject,
        label=None,
        subjects=(one.subject,),
        persons=one.persons,
        ordinary=ordinary_of(one.persons, one.sensitive),
        sensitive=one.sensitive,
        under14=one.under14,
        counted=None,
        method=(one.method,),
    )


def _number(value: object) -> Range | None:
    if isinstance(value, Range):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Range(lo=value, hi=value)
    return None
