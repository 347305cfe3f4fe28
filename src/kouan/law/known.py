"""What is known of a transfer: one row of values per flow, read from the facts and checked against the vocabulary."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.law import messages
from kouan.law.kleene import ANY_COUNT, NO_END, Count, Value, combine, evaluate
from kouan.model.facts import Range
from kouan.model.pack import FactScope, FactType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.law.compiled import Law, Sum
    from kouan.model.facts import Fact, FactSet, FactValue

_PLAIN: Mapping[FactType, type[bool | str | tuple[str, ...]]] = {
    FactType.BOOL: bool,
    FactType.TEXT: str,
    FactType.TEXTS: tuple,
}


@dataclass(frozen=True, slots=True)
class Known:
    """Values by fact index.

    Attributes:
        common: of the transfer.
        flows: of each flow, transfer values included and overridden; derived counters filled in.
        own: of each flow, the indices of facts that it answers for itself.
        counted: of each flow, whether its persons count towards the year.
    """

    common: tuple[Value, ...]
    flows: tuple[tuple[Value, ...], ...]
    own: tuple[frozenset[int], ...]
    counted: tuple[bool | None, ...]


def read_facts(facts: FactSet, law: Law) -> Known:
    """Return what the facts say. Raises KouanError K-LAW-002 to K-LAW-005, K-LAW-007."""
    common: list[Value] = [None] * len(law.facts)
    _fill(common, facts.facts, law, where="facts", flow=False)
    flow_scope = frozenset(place for place, fact in enumerate(law.facts) if fact.scope is FactScope.FLOW)
    rows: list[list[Value]] = []
    own: list[frozenset[int]] = []
    seen: set[str] = set()
    for flow in facts.flows:
        if flow.id in seen:
            raise messages.SAME_FLOW.at("flows", name=flow.id)
        seen.add(flow.id)
        row = list(common)
        own.append(_fill(row, flow.facts, law, where=f"flows.{flow.id}", flow=True) | flow_scope)
        rows.append(row)
    excluded = tuple(_excluded(row, law) for row in rows)
    counted = tuple(_any_sum(row, out, law) for row, out in zip(rows, excluded, strict=True))
    _derive(common, rows, excluded, law=law)
    return Known(tuple(common), tuple(tuple(row) for row in rows), tuple(own), counted)


def _fill(row: list[Value], facts: Sequence[Fact], law: Law, *, where: str, flow: bool) -> frozenset[int]:
    given: set[int] = set()
    for fact in facts:
        place = law.index.get(fact.name)
        if place is None:
            near = difflib.get_close_matches(fact.name, law.index, n=1)
            raise messages.UNKNOWN_FACT.at(where, name=fact.name, guess=f" ({near[0]}?)" if near else "")
        if place in given:
            raise messages.TWICE.at(where, name=fact.name)
        definition = law.facts[place]
        if definition.scope is FactScope.DERIVED or (definition.scope is FactScope.FLOW and not flow):
            raise messages.WRONG_PLACE.at(where, name=fact.name, scope=definition.scope.value)
        given.add(place)
        row[place] = _value(fact.name, fact.value, definition.type, where=where)
    return frozenset(given)


def _value(name: str, value: FactValue, kind: FactType, *, where: str) -> Value:
    if value is None:
        return None
    if kind is FactType.COUNT:
        if isinstance(value, Range):
            return (value.lo, NO_END if value.hi is None else value.hi)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return (value, value)
    elif isinstance(value, _PLAIN[kind]):
        return value
    raise messages.WRONG_TYPE.at(where, name=name, type=kind.value)


def _excluded(row: Sequence[Value], law: Law) -> bool | None:
    """Whether a rule keeps the flow's persons out of the counters (order 16 Arts 7(2), 8(2))."""
    return combine("any", 1, [evaluate(rule.when, row) for rule in law.rules if not rule.rule.counts])


def _adds(row: Sequence[Value], excluded: bool | None, part: Sum) -> bool | None:  # noqa: FBT001
    return combine("all", 0, [evaluate(part.when, row), None if excluded is None else not excluded])


def _any_sum(row: Sequence[Value], excluded: bool | None, law: Law) -> bool | None:  # noqa: FBT001
    return combine("any", 1, [_adds(row, excluded, part) for part in law.sums])


def _derive(common: list[Value], rows: list[list[Value]], excluded: Sequence[bool | None], *, law: Law) -> None:
    """Fill the derived counters: what counts for certain at the lower end, what may count at the upper."""
    totals: dict[int, Count] = {}
    for part in law.sums:
        total = add(totals.get(part.derived, (0, 0)), count(common[part.start]))
        for row, out in zip(rows, excluded, strict=True):
            counts = _adds(row, out, part)
            lo, hi = count(row[part.add])
            if counts is not False:
                total = add(total, (lo if counts else 0, hi))
        totals[part.derived] = total
    for place, total in totals.items():
        common[place] = total
        for row in rows:
            row[place] = total


def count(value: Value) -> Count:
    """Return a count, any number where it is unknown."""
    return ANY_COUNT if value is None else value  # type: ignore[return-value]  # only asked of counts


def add(one: Count, other: Count) -> Count:
    """Return the range of a sum; open ends stay open."""
    return (one[0] + other[0], min(NO_END, one[1] + other[1]))
