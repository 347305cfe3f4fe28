"""Open points of the law: what the transfer would come to under the other readings."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from kouan.law.compiled import hanging, law_of
from kouan.law.counts import count
from kouan.law.known import known_under, truths_of
from kouan.law.outcomes import explain, overall, possible_outcomes
from kouan.model.decision import OpenPoint, ReadOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.law.compiled import Law
    from kouan.law.known import Known
    from kouan.law.outcomes import Possible
    from kouan.law.regime import Regime
    from kouan.model.decision import Outcome
    from kouan.model.facts import FactSet
    from kouan.model.reading import Reading

    Alternative = tuple[str, tuple[int, ...], tuple[int, ...]]
    """An option, the slots of the rules and sums that it or the one chosen has because of the point, and the facts at
    which these sums start."""


def open_points(
    law: Law,
    facts: FactSet,
    *,
    known: Known,
    found: Possible,
    possible: Sequence[Outcome],
) -> tuple[OpenPoint, ...]:
    """Return the open points on which the outcome hangs, with what each reading leads to.

    One point is read otherwise at a time, the others staying as chosen.

    Args:
        law: of the day, as chosen.
        facts: of the transfer.
        known: the facts as the law read them.
        found: what is possible under the chosen readings; where it is a bound, what others are compared by is too.
        possible: the same of the whole transfer, in words.
    """
    adopted, points = dict(law.adopted), []
    read = partial(_other, facts=facts, known=known, found=found, possible=possible)
    for reading, alternatives in _alternatives(law):
        others = {
            option: outcomes
            for option, slots, starts in alternatives
            if _touches(known, slots, starts) and (outcomes := read(_under(law, reading.id, option)))
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
        points.append(
            OpenPoint(
                id=reading.id,
                question=reading.question,
                source=law.regime.packs.sources[reading.id],
                chosen=law.chosen[reading.id],
                adopted=reading.id in adopted,
                options=options,
            )
        )
    return tuple(points)


@lru_cache(maxsize=512)
def _alternatives(law: Law) -> tuple[tuple[Reading, tuple[Alternative, ...]], ...]:
    """Return each open point with its other options; the law under one is made only where it may matter."""
    regime, found = law.regime, []
    for reading in law.readings:
        chosen = set(hanging(regime, reading.id, law.chosen))
        others = [option.id for option in reading.options if option.id != law.chosen[reading.id]]
        slots = [chosen.union(hanging(regime, reading.id, {**law.chosen, reading.id: option})) for option in others]
        starts = _starts(regime, reading.id)
        found.append((reading, tuple((one, tuple(marked), starts) for one, marked in zip(others, slots, strict=True))))
    return tuple(found)


def _under(law: Law, point: str, option: str) -> Law:
    return law_of(law.regime, tuple(sorted({**dict(law.adopted), point: option}.items())))


def _other(
    law: Law, *, facts: FactSet, known: Known, found: Possible, possible: Sequence[Outcome]
) -> tuple[Outcome, ...] | None:
    """Return the outcomes under another reading, or None where they are the same."""
    read = known_under(known, law)
    if law.slots == known.law.slots and read.truths == known.truths and not found.counters:
        return None  # the same rules hold, and nobody asked how many persons there are
    truths = truths_of(read)
    outcomes = possible_outcomes(law, read, truths, exact=found.exact)
    if set(outcomes.overall) == {outcome.options for outcome in possible}:
        return None
    explained = [
        explain(one, read.flows[flow], truths[flow], law=law, as_of=facts.as_of)
        for flow, one in enumerate(outcomes.flows)
    ]
    return overall(facts, outcomes, explained)


def _starts(regime: Regime, point: str) -> tuple[int, ...]:
    parts = (regime.packs.facts[name].sums[place] for name, place in regime.sums)
    return tuple(sorted({regime.index[part.start] for part in parts if point in part.under}))


def _touches(known: Known, slots: Sequence[int], starts: Sequence[int]) -> bool:
    """Whether some rule or sum that only one of two readings has may bear on a flow, or counted somebody before."""
    return any(row[slot] is not False for slot in slots for row in known.truths) or any(
        count(known.common[start])[1] > 0 for start in starts
    )
