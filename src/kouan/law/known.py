"""What is known of a transfer: one row of values per flow, read from the facts and checked against the vocabulary."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kouan.law import messages
from kouan.law.attested import attested
from kouan.law.counts import Plan, add, along, count, plan_of, tighten, total
from kouan.law.kleene import ANY_COUNT, NO_END, Value, combine
from kouan.model.facts import Range
from kouan.model.masking import quoted
from kouan.model.vocabulary import FactScope, FactType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.law.compiled import Law
    from kouan.law.evaluator import Classes, Row
    from kouan.law.kleene import Count, Truths
    from kouan.law.regime import Regime
    from kouan.model.errors import KouanError
    from kouan.model.facts import Fact, FactSet, FactValue

_MOST_FLOWS = 64
"""Kinds of persons and data that are decided together; a transfer seldom has ten."""
_MOST_PERSONS = 10**15
"""Of one count: sums over all flows stay far below NO_END."""
_PLAIN: Mapping[FactType, type[bool | str | tuple[str, ...]]] = {
    FactType.BOOL: bool,
    FactType.TEXT: str,
    FactType.TEXTS: tuple,
}
_WORKED_OUT = frozenset({FactScope.DERIVED, FactScope.ATTESTED})


@dataclass(frozen=True, slots=True)
class Known:
    """Values by fact index.

    Attributes:
        law: as which they were read.
        common: of the transfer.
        flows: of each flow, transfer values included and overridden; derived counters filled in.
        several: counts of the transfer that lie in one of several ranges; `common` holds what spans them.
        own: of each flow, the indices of facts that it answers for itself.
        adds: of each flow, whether it adds to each sum of the law.
        counted: of each flow, whether its persons count towards the year.
        truths: of each flow, the truth of every condition of the regime, by slot.
        classes: of each flow, its values as far as some condition of the regime tells them apart.
    """

    law: Law
    common: tuple[Value, ...]
    several: Mapping[int, tuple[Count, ...]]
    flows: tuple[tuple[Value, ...], ...]
    own: tuple[frozenset[int], ...]
    adds: tuple[tuple[bool | None, ...], ...]
    counted: tuple[bool | None, ...]
    truths: tuple[Row, ...]
    classes: tuple[Classes, ...]


def read_facts(facts: FactSet, law: Law) -> Known:
    """Return what the facts say. Raises KouanError K-LAW-002 to 005, 007, 008, 012, 013."""
    common: list[Value] = [None] * len(law.facts)
    given = _fill(common, facts.facts, law, where="facts", flow=False)
    for place in law.regime.claims:
        if place not in given:
            common[place] = False
    for place, kind in law.regime.attested:
        common[place] = attested(facts, kind)
    flow_scope = law.regime.flow_scope
    if len(facts.flows) > _MOST_FLOWS:
        raise messages.MANY_FLOWS.at("flows", count=len(facts.flows), most=_MOST_FLOWS)
    rows: list[list[Value]] = []
    own: list[frozenset[int]] = []
    seen: set[str] = set()
    for number, flow in enumerate(facts.flows, start=1):
        where = f"flows[{number}]"  # its id is whatever somebody wrote
        if flow.id in seen:
            raise messages.SAME_FLOW.at(where, number=number)
        seen.add(flow.id)
        row = list(common)
        own.append(_fill(row, flow.facts, law, where=where, flow=True) | flow_scope)
        _cut(row, law, where=where)
        rows.append(row)
    several = {
        law.index[fact.name]: _spans(value)
        for fact in facts.facts
        if isinstance(value := fact.value, tuple) and _is_several(value)
    }
    early = [law.regime.evaluator.early(row) for row in rows]
    truths, classes = tuple([row for row, _ in early]), tuple([seen for _, seen in early])
    start = Known(law, tuple(common), several, tuple(map(tuple, rows)), tuple(own), (), (), truths, classes)
    return _counted(law, start)


def truths_of(known: Known) -> list[Truths]:
    """Return of each flow the truths of the law's rules."""
    return [tuple([row[slot] for slot in known.law.slots]) for row in known.truths]


def known_under(known: Known, law: Law) -> Known:
    """Return the same facts as the law under another reading sees them: only the counters may differ."""
    adds = tuple(_adds(row, law) for row in known.truths)
    if adds == known.adds and _sums(law) == _sums(known.law):
        return replace(known, law=law)
    return _counted(law, known)


def _counted(law: Law, known: Known) -> Known:
    """Fill the counters in, and the truths of what asks about them."""
    common, flows = list(known.common), [list(row) for row in known.flows]
    adds = tuple(_adds(row, law) for row in known.truths)
    _derive(common, flows, adds, law=law)
    evaluator, truths, classes = law.regime.evaluator, known.truths, known.classes
    if not known.adds or any(map(evaluator.moved, flows, classes)):
        read = [evaluator.late(*one) for one in zip(flows, truths, classes, strict=True)]
        truths, classes = tuple([row for row, _ in read]), tuple([seen for _, seen in read])
    counted = tuple([combine("any", 1, added) for added in adds])
    rows = tuple([tuple(row) for row in flows])
    return Known(law, tuple(common), known.several, rows, known.own, adds, counted, truths, classes)


@lru_cache(maxsize=512)
def _sums(law: Law) -> tuple[tuple[int, int, int, int], ...]:
    return tuple((part.derived, part.start, part.add, part.slot) for part in law.sums)


def _fill(row: list[Value], facts: Sequence[Fact], law: Law, *, where: str, flow: bool) -> frozenset[int]:
    given: set[int] = set()
    places = _places(law.regime)
    for fact in facts:
        place, kind, plain, barred = places.get(fact.name, _NOWHERE)
        if place in given or (barred if flow else barred is not None):
            raise _misplaced(fact.name, law, given, where=where)
        given.add(place)
        value = fact.value
        if type(value) is plain:
            row[place] = value  # type: ignore[assignment]  # of the type that the vocabulary asks for
        elif type(value) is Range and kind is FactType.COUNT and (value.hi or value.lo) <= _MOST_PERSONS:
            row[place] = (value.lo, NO_END if value.hi is None else value.hi)
        else:
            row[place] = _value(fact.name, value, kind, where=where)
    return frozenset(given)


_Reader = tuple[int, FactType, type | None, bool | None]
_NOWHERE: _Reader = (-1, FactType.BOOL, None, True)


@lru_cache(maxsize=128)
def _places(regime: Regime) -> Mapping[str, _Reader]:
    """Return of each fact its index, type, the plain type of a value; None where it may stand anywhere.

    The last is true for facts that nobody gives, false for those of flows.
    """
    return {
        fact.name: (
            place,
            fact.type,
            {FactType.BOOL: bool, FactType.TEXT: str}.get(fact.type),
            True if fact.scope in _WORKED_OUT else False if fact.scope is FactScope.FLOW else None,
        )
        for place, fact in enumerate(regime.facts)
    }


def _misplaced(name: str, law: Law, given: set[int], *, where: str) -> KouanError:
    place = law.index.get(name)
    if place is None:
        near = difflib.get_close_matches(name, law.index, n=1)
        return messages.UNKNOWN_FACT.at(where, name=quoted(name), guess=f" ({near[0]}?)" if near else "")
    if place in given:
        return messages.TWICE.at(where, name=name)
    return messages.WRONG_PLACE.at(where, name=name, scope=law.facts[place].scope.value)


def _value(name: str, value: FactValue, kind: FactType, *, where: str) -> Value:
    if value is None:
        return None
    if kind is FactType.COUNT:
        if _largest(value) > _MOST_PERSONS:
            raise messages.TOO_MANY.at(where, name=name)
        if isinstance(value, Range):
            return (value.lo, NO_END if value.hi is None else value.hi)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return (value, value)
        if _is_several(value):
            spans = _spans(value)
            return (spans[0][0], spans[-1][1])
    elif isinstance(value, _PLAIN[kind]) and not (kind is FactType.TEXTS and _is_several(value)):
        return value
    raise messages.WRONG_TYPE.at(where, name=name, type=kind.value)


def _largest(value: FactValue) -> int:
    """Return the largest finite number in a count."""
    if isinstance(value, int):
        return value
    spans = value if isinstance(value, tuple) else (value,)
    return max((end or 0 for one in spans if isinstance(one, Range) for end in (one.lo, one.hi)), default=0)


def _is_several(value: FactValue) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(one, Range) for one in value)


def _spans(value: FactValue) -> tuple[Count, ...]:
    assert isinstance(value, tuple)
    return tuple((one.lo, NO_END if one.hi is None else one.hi) for one in value if isinstance(one, Range))


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
    for derived, starts, flows in _shares(law, tuple(adds)):
        found = total([count(common[start]) for start in starts])
        for numbers, (sure, maybe) in zip(counts, flows, strict=True):
            most = along(numbers, maybe)
            least = most if sure is maybe else along(numbers, sure)
            found = add(found, (least[0], most[1]))
        common[derived] = found
        for row in rows:
            row[derived] = found


_Share = tuple[int, tuple[int, ...], tuple[tuple[Plan, Plan], ...]]


@lru_cache(maxsize=4_096)
def _shares(law: Law, adds: tuple[tuple[bool | None, ...], ...]) -> tuple[_Share, ...]:
    """Return each derived counter with its starts and, of each flow, what it adds for certain and at most."""
    found: list[_Share] = []
    for derived in dict.fromkeys(part.derived for part in law.sums):
        parts = [(place, part) for place, part in enumerate(law.sums) if part.derived == derived]
        flows = []
        for added in adds:
            sure = plan_of(frozenset(part.add for place, part in parts if added[place]), law.splits)
            maybe = plan_of(frozenset(part.add for place, part in parts if added[place] is not False), law.splits)
            flows.append((sure, sure if sure == maybe else maybe))
        found.append((derived, tuple(part.start for _, part in parts), tuple(flows)))
    return tuple(found)
