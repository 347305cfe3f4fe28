"""What is known of a transfer: one row of values per flow, read from the facts and checked against the vocabulary."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kouan.law import messages
from kouan.law.counts import add, count, share, tighten, total
from kouan.law.kleene import ANY_COUNT, NO_END, Value, combine
from kouan.model.facts import Range
from kouan.model.vocabulary import FactScope, FactType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.law.compiled import Law, Sum
    from kouan.law.evaluator import Row
    from kouan.law.kleene import Truths
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
        law: as which they were read.
        common: of the transfer.
        flows: of each flow, transfer values included and overridden; derived counters filled in.
        own: of each flow, the indices of facts that it answers for itself.
        adds: of each flow, whether it adds to each sum of the law.
        counted: of each flow, whether its persons count towards the year.
        truths: of each flow, the truth of every condition of the regime, by slot.
    """

    law: Law
    common: tuple[Value, ...]
    flows: tuple[tuple[Value, ...], ...]
    own: tuple[frozenset[int], ...]
    adds: tuple[tuple[bool | None, ...], ...]
    counted: tuple[bool | None, ...]
    truths: tuple[Row, ...]


def read_facts(facts: FactSet, law: Law) -> Known:
    """Return what the facts say. Raises KouanError K-LAW-002 to K-LAW-005, K-LAW-007, K-LAW-008."""
    common: list[Value] = [None] * len(law.facts)
    given = _fill(common, facts.facts, law, where="facts", flow=False)
    for place in law.regime.claims:
        if place not in given:
            common[place] = False
    flow_scope = law.regime.flow_scope
    rows: list[list[Value]] = []
    own: list[frozenset[int]] = []
    seen: set[str] = set()
    for flow in facts.flows:
        if flow.id in seen:
            raise messages.SAME_FLOW.at("flows", name=flow.id)
        seen.add(flow.id)
        row = list(common)
        own.append(_fill(row, flow.facts, law, where=f"flows.{flow.id}", flow=True) | flow_scope)
        _cut(row, law, where=f"flows.{flow.id}")
        rows.append(row)
    return _counted(law, common, rows, own=tuple(own), early=[law.regime.evaluator.early(row) for row in rows])


def truths_of(known: Known) -> list[Truths]:
    """Return of each flow the truths of the law's rules."""
    return [tuple([row[slot] for slot in known.law.slots]) for row in known.truths]


def known_under(known: Known, law: Law) -> Known:
    """Return the same facts as the law under another reading sees them: only the counters may differ."""
    adds = tuple(_adds(row, law) for row in known.truths)
    if adds == known.adds and [_key(part) for part in law.sums] == [_key(part) for part in known.law.sums]:
        return replace(known, law=law)
    return _counted(law, known.common, known.flows, own=known.own, early=known.truths)


def _counted(
    law: Law,
    common: Sequence[Value],
    rows: Sequence[Sequence[Value]],
    *,
    own: tuple[frozenset[int], ...],
    early: Sequence[Row],
) -> Known:
    """Fill the counters in, and the truths of what asks about them."""
    common, flows = list(common), [list(row) for row in rows]
    adds = tuple(_adds(row, law) for row in early)
    _derive(common, flows, adds, law=law)
    truths = tuple(law.regime.evaluator.late(row, sure) for row, sure in zip(flows, early, strict=True))
    counted = tuple(combine("any", 1, added) for added in adds)
    return Known(law, tuple(common), tuple(tuple(row) for row in flows), own, adds, counted, truths)


def _key(part: Sum) -> tuple[int, int, int, int]:
    return (part.derived, part.start, part.add, part.slot)


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


def _cut(row: list[Value], law: Law, *, where: str) -> None:
    """Cut each count to what the other counts of its split leave possible; refuse counts that contradict each other."""
    for split in law.splits:
        places = (split.whole, *split.parts)
        cut = tighten(count(row[split.whole]), [count(row[part]) for part in split.parts])
        if cut is None:
            names = [law.facts[place].name for place in places]
            raise messages.NO_SPLIT.at(where, whole=names[0], parts=" + ".join(names[1:]))
        for place, found in zip(places, cut, strict=True):
            row[place] = row[place] if found == ANY_COUNT else found


def _adds(row: Row, law: Law) -> tuple[bool | None, ...]:
    """Whether a flow adds to each sum: not where a rule keeps its persons out (order 16 Arts 7(2), 8(2))."""
    excluded = combine("any", 1, [row[law.slots[place]] for place in law.excluding])
    counts = None if excluded is None else not excluded
    return tuple(combine("all", 0, [row[part.slot], counts]) for part in law.sums)


def _derive(
    common: list[Value], rows: Sequence[list[Value]], adds: Sequence[Sequence[bool | None]], *, law: Law
) -> None:
    """Fill the derived counters: what counts for certain at the lower end, what may count at the upper."""
    counts = [{place: count(row[place]) for place in law.counts} for row in rows]
    for derived in dict.fromkeys(part.derived for part in law.sums):
        sums = [(place, part) for place, part in enumerate(law.sums) if part.derived == derived]
        found = total([count(common[part.start]) for _, part in sums])
        for numbers, added in zip(counts, adds, strict=True):
            sure = {part.add for place, part in sums if added[place]}
            maybe = {part.add for place, part in sums if added[place] is not False}
            most = share(numbers, maybe, law.splits)
            least = most if sure == maybe else share(numbers, sure, law.splits)
            found = add(found, (least[0], most[1]))
        common[derived] = found
        for row in rows:
            row[derived] = found
