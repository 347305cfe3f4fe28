"""Open points of the law: what the transfer would come to under the other readings."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kouan.law.compiled import law_on
from kouan.law.kleene import evaluate
from kouan.law.known import read_facts
from kouan.law.outcomes import explain, overall, possible_outcomes
from kouan.law.tracing import truths_of
from kouan.model.decision import OpenPoint, ReadOption

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.law.compiled import Law
    from kouan.law.kleene import Condition
    from kouan.law.known import Known
    from kouan.model.decision import Outcome
    from kouan.model.facts import FactSet
    from kouan.model.reading import Reading
    from kouan.packs import PackSet


def open_points(
    law: Law,
    facts: FactSet,
    packs: PackSet,
    *,
    known: Known,
    possible: Sequence[Outcome],
    adopted: Mapping[str, str],
) -> tuple[OpenPoint, ...]:
    """Return the open points on which the outcome hangs, with what each reading leads to.

    One point is read otherwise at a time, the others staying as chosen.

    Args:
        law: of the day, as chosen.
        facts: of the transfer.
        packs: the law.
        known: the facts as the law read them.
        possible: outcomes of the transfer under the chosen readings.
        adopted: readings taken in place of the default ones.
    """
    found = []
    for reading in law.readings:
        chosen = law.chosen[reading.id]
        others = {
            option.id: _other(law, packs, facts, reading=reading, option=option.id, adopted=adopted, known=known)
            for option in reading.options
            if option.id != chosen
        }
        if all(other is None or _same(other, possible) for other in others.values()):
            continue
        options = tuple(
            ReadOption(
                id=option.id,
                label=option.label,
                ground=option.ground,
                confidence=option.confidence,
                possible=others.get(option.id) or tuple(possible),
            )
            for option in reading.options
        )
        found.append(
            OpenPoint(
                id=reading.id,
                question=reading.question,
                source=packs.sources[reading.id],
                chosen=chosen,
                adopted=reading.id in adopted,
                options=options,
            )
        )
    return tuple(found)


def _other(
    law: Law,
    packs: PackSet,
    facts: FactSet,
    *,
    reading: Reading,
    option: str,
    adopted: Mapping[str, str],
    known: Known,
) -> tuple[Outcome, ...] | None:
    """Return the outcomes under one other reading, or None where it cannot touch this transfer."""
    other = law_on(packs, facts.as_of, adopted=tuple(sorted({**adopted, reading.id: option}.items())), lists=law.lists)
    if not _touches(law, other, known=known, point=reading.id):
        return None
    read = read_facts(facts, other)
    truths = [truths_of(values, other) for values in read.flows]
    outcomes = possible_outcomes(other, read, truths)
    explained = [
        explain(one, read.flows[flow], truths[flow], law=other, as_of=facts.as_of)
        for flow, one in enumerate(outcomes.flows)
    ]
    return overall(facts, outcomes, explained)


def _touches(law: Law, other: Law, *, known: Known, point: str) -> bool:
    """Whether what only one of the two readings has may bear on a flow: a rule, a part of one, a sum that rules ask."""
    if any(
        evaluate(when, values) is not False
        for one in (law, other)
        for when in _marked(one, point)
        for values in known.flows
    ):
        return True
    for mine, theirs in _halves(law, other, point):
        for values in known.flows:
            truth = evaluate(mine, values)
            if truth is None or evaluate(theirs, values) is not truth:
                return True
    derived, asking = _summed(law, other, point)
    blind = [[None if place in derived else value for place, value in enumerate(values)] for values in known.flows]
    return any(evaluate(when, values) is not False for when in asking for values in blind)


@lru_cache(maxsize=512)
def _marked(law: Law, point: str) -> tuple[Condition, ...]:
    """Return the conditions of rules that stand under one reading only."""
    return tuple(rule.when for rule in law.rules if point in rule.rule.under)


@lru_cache(maxsize=512)
def _halves(law: Law, other: Law, point: str) -> tuple[tuple[Condition, Condition], ...]:
    """Return the conditions of rules of which a part stands under one reading only, as each of the two reads them."""
    theirs = {rule.rule.id: rule.when for rule in other.rules}
    mine = [rule for rule in law.rules if rule.rule.when is not None and point in rule.rule.when.points]
    return tuple((rule.when, theirs[rule.rule.id]) for rule in mine if rule.rule.id in theirs)


@lru_cache(maxsize=512)
def _summed(law: Law, other: Law, point: str) -> tuple[frozenset[int], tuple[Condition, ...]]:
    """Return the counters that the readings add up differently, and the conditions of rules that ask about them."""
    derived = frozenset(part.derived for one in (law, other) for part in one.sums if point in part.under)
    return derived, tuple(rule.when for rule in law.rules if derived.intersection(rule.facts))


def _same(one: Sequence[Outcome], other: Sequence[Outcome]) -> bool:
    return [outcome.options for outcome in one] == [outcome.options for outcome in other]
