"""Search for the smallest sets of changes under which the decision is lighter; every result is decided.

A set counts only where each of its changes is needed: without any of them the pathway would be heavier.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kouan.model.decision import Pathway
from kouan.model.whatif import Alternative, Cost, FactChange, FlowResult, WhatIf, ways_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kouan.model.decision import Decision
    from kouan.model.facts import FactSet, FactValue
    from kouan.model.vocabulary import FactDef
    from kouan.model.whatif import Lever

    Move = tuple[Lever, ...]
    Ids = frozenset[str]

SIZE = 3
"""Moves tried together at most."""
LIMIT = 2_000
"""Decisions taken at most."""
_LIGHTEST = min(pathway.weight for pathway in Pathway)


def what_if(
    facts: FactSet,
    moves: Sequence[Move],
    *,
    apply: Callable[[tuple[Lever, ...]], FactSet | None],
    decide: Callable[[FactSet], Decision],
    vocabulary: Mapping[str, FactDef],
    beside: Sequence[Lever] = (),
    size: int = SIZE,
    limit: int = LIMIT,
) -> WhatIf:
    """Return the minimal, undominated sets of levers that make the heaviest possible outcome lighter.

    Args:
        facts: as they are.
        moves: levers that are tried together as one step (several where one alone changes nothing, such as all the
            sensitive items of a flow); a result keeps only those that are needed.
        apply: gives the facts after some levers, None where nothing would be left of the transfer.
        decide: gives the decision on facts.
        vocabulary: words for the facts that change.
        beside: levers that are shown where they alone leave the weight as it is and give the pathway they choose.
        size: moves tried together at most.
        limit: decisions taken at most.

    Raises:
        KouanError: those of `decide`.
    """
    before = decide(facts)
    search = _Search(apply, decide, start=_weight(before), limit=limit)
    moves = list({frozenset(lever.id for lever in move): move for move in moves}.values())
    known = {lever.id: lever for move in moves for lever in move}
    reached: dict[frozenset[int], int] = {}
    found: list[dict[str, Lever]] = []
    for picked in _grown(len(moves), size):
        levers = {lever.id: lever for place in picked for lever in moves[place]}
        if not search.more(levers):
            break
        least = min((reached[part] for part in reached if part < picked), default=search.start)
        if least <= _LIGHTEST:
            continue  # nothing added makes it lighter still
        weight = search.weigh(levers)
        if weight >= least:
            continue
        reached[picked] = weight
        kept = search.shrink(levers)
        if kept not in found:
            found.append(kept)
    results = [_alternative(search.take(levers), levers, before, facts, vocabulary) for levers in found]
    equal = [_equal(lever, search, before, facts, vocabulary) for lever in beside]
    known |= {lever.id: lever for lever in beside}
    return WhatIf(
        as_of=before.as_of,
        possible=before.possible,
        questions=before.questions,
        alternatives=_best(results),
        beside=tuple(one for one in equal if one is not None),
        levers=tuple(known.values()),
        tried=len(search.seen),
        complete=not search.cut,
    )


@dataclass(slots=True)
class _Search:
    """Decides each set of levers once; `start` is the weight without any."""

    apply: Callable[[tuple[Lever, ...]], FactSet | None]
    decide: Callable[[FactSet], Decision]
    start: int
    limit: int
    seen: dict[Ids, Decision | None] = field(default_factory=dict)
    cut: bool = False

    def more(self, levers: Mapping[str, Lever]) -> bool:
        """Tell whether another set may be decided."""
        self.cut = self.cut or (frozenset(levers) not in self.seen and len(self.seen) >= self.limit)
        return not self.cut

    def weigh(self, levers: Mapping[str, Lever]) -> int:
        """Return the weight after some levers; no change counts where nothing is left or the law is only a reading."""
        ids = frozenset(levers)
        if not ids:
            return self.start
        if ids not in self.seen:
            facts = self.apply(tuple(levers.values()))
            self.seen[ids] = None if facts is None else self.decide(facts)
        decision = self.seen[ids]
        return self.start if decision is None or not _sound(decision) else _weight(decision)

    def take(self, levers: Mapping[str, Lever]) -> Decision:
        """Return the decision on a set that was weighed and found lighter."""
        decision = self.seen[frozenset(levers)]
        assert decision is not None
        return decision

    def shrink(self, levers: Mapping[str, Lever]) -> dict[str, Lever]:
        """Return the levers without those that the result does not need: each that is left makes it lighter."""
        kept, weight = dict(levers), self.weigh(levers)
        again = True
        while again:
            again = False
            for name in tuple(kept):
                fewer = {key: lever for key, lever in kept.items() if key != name}
                if self.weigh(fewer) <= weight:
                    kept, weight, again = fewer, self.weigh(fewer), True
        return kept


def _grown(number: int, most: int) -> Iterable[frozenset[int]]:
    """Yield the places of one move, then of two together, and so on."""
    for size in range(1, min(most, number) + 1):
        yield from map(frozenset, itertools.combinations(range(number), size))


def _weight(decision: Decision) -> int:
    """Weight of the heaviest outcome that is possible: not knowing never makes a result lighter."""
    return max(outcome.weight for outcome in decision.possible)


def _sound(decision: Decision) -> bool:
    """Tell whether no outcome rests on an unconfirmed text: what is only a reading is not recommended."""
    return all(source.confidence != "L" for outcome in decision.possible for source in outcome.sources)


def _equal(
    lever: Lever, search: _Search, before: Decision, facts: FactSet, vocabulary: Mapping[str, FactDef]
) -> Alternative | None:
    """Return what one lever leads to, where that weighs the same and the pathway it chooses is lawful."""
    levers = {lever.id: lever}
    if not search.more(levers) or search.weigh(levers) != search.start or search.seen[frozenset(levers)] is None:
        return None
    decision = search.take(levers)
    heaviest = max(decision.possible, key=lambda outcome: outcome.weight)
    if lever.chosen not in heaviest.options or not _sound(decision):
        return None
    return _alternative(decision, levers, before, facts, vocabulary)


def _alternative(
    decision: Decision,
    levers: Mapping[str, Lever],
    before: Decision,
    facts: FactSet,
    vocabulary: Mapping[str, FactDef],
) -> Alternative:
    needed = {path for outcome in decision.possible for path in outcome.options}
    gone = {path for outcome in before.possible for path in outcome.options} - needed
    ways = {path for way in ways_of(decision.possible, levers.values()) for path in way}
    cost = Cost()
    for lever in levers.values():
        cost = cost.plus(lever.cost)
    items = {flow.id: len(flow.items) for flow in facts.flows}
    left = {flow.id: len(flow.items) for flow in decision.facts.flows}
    return Alternative(
        levers=tuple(levers.values()),
        as_of=decision.as_of,
        facts=tuple(_changed(facts, decision.facts, vocabulary)),
        possible=decision.possible,
        flows=tuple(
            FlowResult(
                id=flow.id,
                label=flow.label,
                possible=flow.possible,
                basis=flow.basis,
                items=left[flow.id],
                items_before=items.get(flow.id, left[flow.id]),
            )
            for flow in decision.flows
        ),
        cost=cost,
        duties=tuple(one for one in decision.duties if not one.pathways or ways & set(one.pathways)),
        conditions=tuple(one for one in decision.conditions if not one.pathways or ways & set(one.pathways)),
        open_points=decision.open_points,
        gone=tuple(sorted(gone, key=lambda path: path.weight)),
    )


def _changed(before: FactSet, after: FactSet, vocabulary: Mapping[str, FactDef]) -> Iterable[FactChange]:
    old, new = _values(before), _values(after)
    flows = {flow.id for flow in after.flows} & {flow.id for flow in before.flows} | {""}
    for flow, name in sorted({*old, *new}):
        if flow in flows and old.get((flow, name)) != new.get((flow, name)):
            label = vocabulary[name].label
            yield FactChange(
                flow=flow, fact=name, label=label, before=old.get((flow, name)), after=new.get((flow, name))
            )


def _values(facts: FactSet) -> dict[tuple[str, str], FactValue]:
    found = {("", fact.name): fact.value for fact in facts.facts}
    return found | {(flow.id, fact.name): fact.value for flow in facts.flows for fact in flow.facts}


def _best(results: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """Return the results that no other beats in weight and every cost, lightest first, then cheapest."""
    kept = [one for one in results if not any(_beats(other, one) for other in results)]
    return tuple(sorted(kept, key=_order))


def _beats(one: Alternative, other: Alternative) -> bool:
    no_worse = _heaviest(one) <= _heaviest(other) and one.cost.at_most(other.cost)
    return no_worse and (_heaviest(one) < _heaviest(other) or not other.cost.at_most(one.cost))


def _heaviest(one: Alternative) -> int:
    return max(outcome.weight for outcome in one.possible)


def _order(one: Alternative) -> tuple[int, ...]:
    persons = one.cost.persons
    most = (0, persons.hi) if persons.hi is not None else (1, persons.lo)
    return (_heaviest(one), *most, one.cost.items, one.cost.coarser, one.cost.acts, one.cost.days, one.cost.spare)
