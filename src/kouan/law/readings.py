"""Open points of the law: what the transfer would come to under the other readings."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kouan.law.compiled import law_of
from kouan.law.counts import count
from kouan.law.known import known_under, truths_of
from kouan.law.outcomes import explain, overall, possible_outcomes
from kouan.model.decision import OpenPoint, ReadOption

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.law.compiled import Law
    from kouan.law.known import Known
    from kouan.law.regime import Regime
    from kouan.model.decision import Outcome
    from kouan.model.facts import FactSet
    from kouan.model.reading import Reading

    Marks = tuple[tuple[int, ...], tuple[int, ...]]


def open_points(
    law: Law,
    facts: FactSet,
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
        known: the facts as the law read them.
        possible: outcomes of the transfer under the chosen readings.
        adopted: readings taken in place of the default ones.
    """
    found = []
    marks = _marks(law.regime)
    for reading in law.readings:
        others = {
            option: outcomes
            for option, other in (_alternatives(law, reading) if _touches(known, marks[reading.id]) else ())
            if (outcomes := _other(other, facts, known=known, possible=possible))
        }
        if not others:
            continue
        options = tuple(
            ReadOption(
                id=option.id,
                label=option.label,
                ground=option.ground,
                confidence=option.confidence,
                possible=others.get(option.id, tuple(possible)),
            )
            for option in reading.options
        )
        found.append(
            OpenPoint(
                id=reading.id,
                question=reading.question,
                source=law.regime.packs.sources[reading.id],
                chosen=law.chosen[reading.id],
                adopted=reading.id in adopted,
                options=options,
            )
        )
    return tuple(found)


@lru_cache(maxsize=4_096)
def _alternatives(law: Law, reading: Reading) -> tuple[tuple[str, Law], ...]:
    """Return the other options of an open point, each with the law under it."""
    return tuple(
        (option.id, law_of(law.regime, tuple(sorted({**dict(law.adopted), reading.id: option.id}.items()))))
        for option in reading.options
        if option.id != law.chosen[reading.id]
    )


def _other(law: Law, facts: FactSet, *, known: Known, possible: Sequence[Outcome]) -> tuple[Outcome, ...] | None:
    """Return the outcomes under another reading, or None where they are the same."""
    read = known_under(known, law)
    truths = truths_of(read)
    outcomes = possible_outcomes(law, read, truths)
    if set(outcomes.overall) == {outcome.options for outcome in possible}:
        return None
    explained = [
        explain(one, read.flows[flow], truths[flow], law=law, as_of=facts.as_of)
        for flow, one in enumerate(outcomes.flows)
    ]
    return overall(facts, outcomes, explained)


def _touches(known: Known, marked: Marks) -> bool:
    """Whether some rule or sum that hangs on a reading may bear on a flow, or a sum adds whom it counted before."""
    slots, starts = marked
    return any(row[slot] is not False for slot in slots for row in known.truths) or any(
        count(known.common[start])[1] > 0 for start in starts
    )


@lru_cache(maxsize=128)
def _marks(regime: Regime) -> Mapping[str, Marks]:
    """Return of each open point the slots of the rules and sums that hang on it, and the starts of these sums."""
    slots: dict[str, set[int]] = {one.id: set() for one in regime.readings}
    starts: dict[str, set[int]] = {one.id: set() for one in regime.readings}
    of_rule: dict[str, list[int]] = {}
    for (name, _), (slot, _) in regime.when.items():
        of_rule.setdefault(name, []).append(slot)
    for rule in regime.packs.rules:
        for point in {*rule.under, *rule.counts_under, *regime.points.get(rule.id, ())} & slots.keys():
            slots[point].update(of_rule.get(rule.id, ()))
    for (name, place), (slot, _) in regime.sums.items():
        part = regime.packs.facts[name].sums[place]
        for point in part.under.keys() & slots.keys():
            slots[point].add(slot)
            starts[point].add(regime.index[part.start])
    return {point: (tuple(sorted(slots[point])), tuple(sorted(starts[point]))) for point in slots}
