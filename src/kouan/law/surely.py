"""Flows whose persons count towards a counter of the year however the open points of the law are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.law.compiled import law_of, law_on
from kouan.law.counts import count
from kouan.law.kleene import facts_of
from kouan.law.known import known_under, read_facts
from kouan.law.scoping import lists_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kouan.law.compiled import Law
    from kouan.law.known import Known
    from kouan.model.facts import FactSet
    from kouan.packs import PackSet

_PERSONAL = "flow.personal"


def surely_counted(
    facts: FactSet, packs: PackSet, start: str, adopted: Mapping[str, str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the flows that add to every sum from one start, and those that may add to one of them.

    An exempt flow is among neither (order 16 Arts 7(2), 8(2)); each open point is read otherwise by itself.

    Args:
        facts: of a transfer.
        packs: the law.
        start: fact at which the counter starts, such as `year_before.ordinary_persons`.
        adopted: readings of open points, as `decide` takes them.
    """
    readings = tuple(sorted(adopted.items()))
    law = law_on(packs, facts.as_of, adopted=readings, lists=lists_for(facts, packs))
    known = read_facts(facts, law)
    surely = {flow.id for flow in facts.flows}
    maybe: set[str] = set()
    for read in _readings(known):
        parts = [place for place, part in enumerate(read.law.sums) if read.law.facts[part.start].name == start]
        for place, flow in enumerate(facts.flows):
            if not all(_adds(read, place, part) for part in parts):
                surely.discard(flow.id)
            if any(read.adds[place][part] is not False for part in parts):
                maybe.add(flow.id)
    return frozenset(surely), frozenset(maybe)


def _adds(known: Known, flow: int, place: int) -> bool:
    """Tell whether a flow surely adds to a sum, or hangs back for its counts alone and may have nobody to add."""
    law, part, values = known.law, known.law.sums[place], known.flows[flow]
    if known.adds[flow][place]:
        return True
    personal = law.index[_PERSONAL]
    by_counts = set(facts_of(part.when)) <= {personal, part.start, part.add} and values[personal] is True
    return by_counts and known.counted[flow] is True and count(values[part.add])[0] == 0


def _readings(known: Known) -> Iterator[Known]:
    yield known
    law = known.law
    for reading in law.readings:
        for option in reading.options:
            if option.id != law.chosen[reading.id]:
                yield known_under(known, _under(law, reading.id, option.id))


def _under(law: Law, point: str, option: str) -> Law:
    return law_of(law.regime, tuple(sorted({**dict(law.adopted), point: option}.items())))
