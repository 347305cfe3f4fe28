"""Readings that take a fact for so: an option may let one fact of a flow count otherwise where another is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.decision import OpenPoint, ReadOption

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kouan.law.compiled import Law
    from kouan.model.decision import Outcome
    from kouan.model.facts import FactSet, FlowFacts
    from kouan.model.reading import Reading, ReadingOption, Taken

    Possible = Callable[[FactSet], Sequence[Outcome]]


def as_read(facts: FactSet, law: Law) -> FactSet:
    """Return the facts as the chosen options take them; the same object where none takes any."""
    for reading in law.readings:
        facts = _under(facts, _option(reading, law.chosen[reading.id]))
    return facts


def taken_points(facts: FactSet, law: Law, possible: Sequence[Outcome], read: Possible) -> tuple[OpenPoint, ...]:
    """Return the open points of which another option takes a fact of this transfer for so and leads elsewhere.

    Args:
        facts: as observed.
        law: of the day, as chosen.
        possible: what is possible under the chosen options.
        read: returns what is possible with other facts.
    """
    return tuple(filter(None, (_point(reading, facts, law, possible, read) for reading in law.readings)))


def _point(reading: Reading, facts: FactSet, law: Law, possible: Sequence[Outcome], read: Possible) -> OpenPoint | None:
    if not any(one.takes is not None and _touched(facts, one.takes) for one in reading.options):
        return None
    found = {
        one.id: tuple(possible) if one.id == law.chosen[reading.id] else tuple(read(_under(facts, one)))
        for one in reading.options
    }
    chosen = law.chosen[reading.id]
    if all(_paths(one) == _paths(found[chosen]) for one in found.values()):
        return None
    return OpenPoint(
        id=reading.id,
        question=reading.question,
        source=law.regime.packs.sources[reading.id],
        chosen=chosen,
        adopted=reading.id in dict(law.adopted),
        options=tuple(
            ReadOption(id=one.id, label=one.label, ground=one.ground, confidence=one.confidence, possible=found[one.id])
            for one in reading.options
        ),
    )


def _option(reading: Reading, chosen: str) -> ReadingOption:
    return next(one for one in reading.options if one.id == chosen)


def _paths(possible: Sequence[Outcome]) -> list[object]:
    return [one.options for one in possible]


def _touched(facts: FactSet, takes: Taken) -> bool:
    return any(_holds(flow, takes) for flow in facts.flows)


def _holds(flow: FlowFacts, takes: Taken) -> bool:
    return any(fact.name == takes.where and fact.value is True for fact in flow.facts)


def _under(facts: FactSet, option: ReadingOption) -> FactSet:
    takes = option.takes
    if takes is None or not _touched(facts, takes):
        return facts
    flows = tuple(_flow(flow, takes) if _holds(flow, takes) else flow for flow in facts.flows)
    return facts.model_copy(update={"flows": flows})


def _flow(flow: FlowFacts, takes: Taken) -> FlowFacts:
    kept = tuple(
        fact.model_copy(update={"value": takes.as_}) if fact.name == takes.fact else fact for fact in flow.facts
    )
    return flow.model_copy(update={"facts": kept})
