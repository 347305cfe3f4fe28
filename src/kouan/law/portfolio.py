"""Several transfers of one exporter and year, decided beside each other: their persons are counted together.

Persons of different transfers, and those counted before, may be the same people or not: what the others add to a
counter lies between the largest of them less whoever may be the same, and all of them together. Whether the persons of
another transfer count is taken from its own facts: for certain at the lower end, perhaps at the upper; a flow that is
exempt adds nothing. So no order of the transfers and no exempt flow changes a decision, and a further transfer can only
raise counters (order 16 Arts 5, 7, 8).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING

from kouan.law import messages
from kouan.law.compiled import law_on
from kouan.law.counts import add, count, total
from kouan.law.deciding import decide
from kouan.law.kleene import NO_END
from kouan.law.known import read_facts
from kouan.law.scoping import lists_for
from kouan.model.facts import Fact, FactSource, Range

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kouan.law.kleene import Count
    from kouan.law.known import Known
    from kouan.model.decision import Decision
    from kouan.model.facts import FactSet
    from kouan.packs import PackSet

Added = dict[str, "Count"]
"""By the fact that holds a counter's start, the persons that a transfer adds to it."""
Part = tuple[bool, "Count", int]
"""Whether a flow adds for certain, how many persons if it does, and its place in the transfer."""
Flows = frozenset[tuple[int, int]]
"""Flows: the places of their transfers, and their own in these."""
Most = Callable[[int, str, Flows], int | None]
"""Says how many persons a counter of a transfer may start with at most where some flows of others count."""
MOST = 6
"""Open flows of other transfers for which every answer is tried."""
_JOINED = 8
"""Such answers for which persons are told again one by one; beyond it, those of all flows together."""


def decide_portfolio(
    transfers: Sequence[FactSet],
    packs: PackSet,
    *,
    adopted: Sequence[Mapping[str, str]] = (),
    proposals: Collection[str] = (),
    most: Most | None = None,
) -> tuple[Decision, ...]:
    """Return the decisions of the transfers of one exporter and year, in their order.

    Each decision names what the others add as facts of source `derived`, so that it can be replayed by itself. Where
    another reading would change whether another transfer's persons count, adopt that reading to see it.

    Args:
        transfers: facts of each, with counters that leave the others out.
        packs: the law.
        adopted: of each transfer, as `decide` takes them; none means the default ones.
        proposals: as `decide` takes them.
        most: knows persons of several transfers again; None takes all of them for different ones at the upper end.

    Raises:
        KouanError: those of `decide`, and K-LAW-011 for days of different years.
    """
    years = sorted({facts.as_of.year for facts in transfers})
    if len(years) > 1:
        raise messages.MIXED_YEARS.at("as_of", years=", ".join(map(str, years)))
    adopted = adopted or [{}] * len(transfers)
    known = [_read(facts, packs, read, frozenset(proposals)) for facts, read in zip(transfers, adopted, strict=True)]
    added = [_parts(one) for one in known]
    together = [_beside(facts, known[place], added, place=place, most=most) for place, facts in enumerate(transfers)]
    return tuple(
        decide(facts, packs, adopted=read, proposals=proposals) for facts, read in zip(together, adopted, strict=True)
    )


def read_alone(facts: FactSet, packs: PackSet) -> Known:
    """Return what the facts of one transfer say under the default readings."""
    return _read(facts, packs, {}, frozenset())


def _read(facts: FactSet, packs: PackSet, adopted: Mapping[str, str], proposals: frozenset[str]) -> Known:
    readings = tuple(sorted(adopted.items()))
    law = law_on(packs, facts.as_of, adopted=readings, lists=lists_for(facts, packs), proposals=proposals)
    return read_facts(facts, law)


def added_by(known: Known) -> Added:
    """Return what the flows of a transfer add: certain ones at least, open ones at most, exempt ones not."""
    return {name: _total(parts) for name, parts in _parts(known).items()}


def _parts(known: Known) -> dict[str, list[Part]]:
    """Return by start what each flow adds, and whether it does for certain; those that add nothing are left out."""
    law = known.law
    found: dict[str, list[Part]] = {law.facts[part.start].name: [] for part in law.sums}
    for start in dict.fromkeys(part.start for part in law.sums):
        parts = [(place, part.add) for place, part in enumerate(law.sums) if part.start == start]
        for flow, (values, adds) in enumerate(zip(known.flows, known.adds, strict=True)):
            adding = [(adds[place], count(values[fact])) for place, fact in parts if adds[place] is not False]
            if adding:
                span = (min(one[0] for _, one in adding), max(one[1] for _, one in adding))
                sure = len(adding) == len(parts) and all(truth for truth, _ in adding)
                found[law.facts[start].name].append((sure, span, flow))
    return found


def _total(parts: Sequence[Part]) -> Count:
    return total([span if sure else (0, span[1]) for sure, span, _ in parts])


def _beside(
    facts: FactSet, known: Known, added: Sequence[Mapping[str, Sequence[Part]]], *, place: int, most: Most | None
) -> FactSet:
    """Return the facts of one transfer with what the others add to the starts of its counters."""
    given = {fact.name: fact for fact in facts.facts}
    for name, mine in added[place].items():
        before = count(known.common[known.law.index[name]])
        same = add(_total(mine), before)[1]
        others = {at: one.get(name, ()) for at, one in enumerate(added) if at != place}
        cases, spans = list(_cases(others)), []
        every = frozenset().union(*(flows for flows, _ in cases))
        for flows, case in cases:
            span = add(before, _more(case, same))
            bound = None if most is None else most(place, name, flows if len(cases) <= _JOINED else every)
            spans.append(span if bound is None else (span[0], max(span[0], min(span[1], bound))))
        spans = _joined(spans)
        if spans == [before]:
            continue
        ranges = tuple(Range(lo=lo, hi=None if hi == NO_END else hi) for lo, hi in spans)
        evidence = given[name].evidence if name in given else ""
        given[name] = Fact(
            name=name,
            value=ranges if len(ranges) > 1 else ranges[0],
            source=FactSource.DERIVED,
            evidence="; ".join(part for part in (evidence, "portfolio") if part),
        )
    return facts.model_copy(update={"facts": tuple(given.values())})


def _cases(others: Mapping[int, Sequence[Part]]) -> Iterator[tuple[Flows, list[Count]]]:
    """Yield which flows count and what each other transfer adds, for every answer to whether its open flows count.

    Beyond MOST open flows they are taken as adding anything from none to all, which may list too much.
    """
    open_ = [(place, flow) for place, parts in others.items() for sure, _, flow in parts if not sure]
    every = frozenset((place, flow) for place, parts in others.items() for _, _, flow in parts)
    if len(open_) > MOST:
        yield every, [_total(parts) for parts in others.values()]
        return
    for answer in product((False, True), repeat=len(open_)):
        out = {flow for flow, counts in zip(open_, answer, strict=True) if not counts}
        yield (
            every - out,
            [total([span for _, span, flow in parts if (place, flow) not in out]) for place, parts in others.items()],
        )


def _more(others: Sequence[Count], same: int) -> Count:
    """Return by how many persons the others raise a count: from wholly the same people to wholly different ones."""
    return (max(0, max((other[0] for other in others), default=0) - same), total(others)[1])


def _joined(spans: Sequence[Count]) -> list[Count]:
    """Return ranges that leave a gap between each other, ascending."""
    found: list[Count] = []
    for span in sorted(spans):
        if found and span[0] <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], span[1]))
        else:
            found.append(span)
    return found
