"""Flows whose persons count towards a counter of the year however the open points of the law are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.law.compiled import law_of, law_on
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
        for flow, values, counts, adds in zip(facts.flows, read.flows, read.counted, read.adds, strict=True):
            idle = {read.law.index[_PERSONAL]}
            for added, part in zip(adds, read.law.sums, strict=True):
                if read.law.facts[part.start].name == start:
                    # What hangs on the counts alone is left out only where there is nobody.
                    open_ = added is None and set(facts_of(part.when)) <= {*idle, part.start, part.add}
                    if not (added or (open_ and counts and values[read.law.index[_PERSONAL]] is True)):
                        surely.discard(flow.id)
                    if added is not False:
                        maybe.add(flow.id)
    return frozenset(surely), frozenset(maybe)


def _readings(known: Known) -> Iterator[Known]:
    yield known
    law = known.law
    for reading in law.readings:
        for option in reading.options:
            if option.id != law.chosen[reading.id]:
                yield known_under(known, _under(law, reading.id, option.id))


def _under(law: Law, point: str, option: str) -> Law:
    return law_of(law.regime, tuple(sorted({**dict(law.adopted), point: option}.items())))
